//! The sound that a loop keeps, whatever its maker plays later: how its touches become notes, the parameters that its
//! maker had locked, and the patch of a point that had one of its own.

use patch::{PARAMETER_COUNT, Parameter, Patch};
use serde::{Deserialize, Serialize};

use crate::saved_patch;
use crate::{Locks, Notes};

/// The sound of a loop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoopSound {
    /// How its touches become notes. (The tempo and the latch of these notes count for nothing.)
    pub notes: Notes,
    /// The parameters that keep their values along the path.
    #[serde(default, skip_serializing_if = "Locks::is_empty")]
    pub locks: Locks,
    /// The patch that it plays everywhere; none: those that its points decode to.
    #[serde(default, with = "saved_patch", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Box<Patch>>,
    /// The points of the path move the cutoff of `patch`: it has its own one where the decoded patch has this one, as a
    /// stored value, and elsewhere lies as far above or below. None: the cutoff stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub led_cutoff: Option<f32>,
}

/// How the instrument plays a loop.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopSettings {
    /// By parameter: the stored value that it has in every patch of the loop; none: that of the patch.
    pub overrides: [Option<f32>; PARAMETER_COUNT],
    /// The keys of each lane of the plane from left to right: bit n for key n.
    pub lane_keys: Vec<u128>,
    /// True if a finger that slides to other keys plays them in legato.
    pub is_legato: bool,
    /// The number of the arpeggio's pattern.
    pub pattern: u8,
    /// Its steps in a second.
    pub steps_per_second: f64,
    /// The sounding share of a step.
    pub gate: f64,
    /// The number of the instrument, see [`crate::tone_domain::ToneDomain::of_number`].
    pub source: u8,
    /// A number that is added to the stored cutoff of the decoded patches.
    pub cutoff_shift: f32,
}

impl LoopSound {
    /// The numbers that the points of the path add to the stored cutoff of their patches; none if they do not move it.
    fn cutoff_shift(&self) -> Option<f32> {
        let is_free = self.locks.get(Parameter::FilterCutoff).is_none();
        let own = self.patch.as_deref().filter(|_| is_free)?.get(Parameter::FilterCutoff);
        Some(own - self.led_cutoff?)
    }

    /// The stored values that replace those of each patch.
    fn overrides(&self) -> [Option<f32>; PARAMETER_COUNT] {
        let given = self.patch.as_deref();
        let mut values = Parameter::ALL
            .map(|parameter| self.locks.get(parameter).or_else(|| given.map(|patch| patch.get(parameter))));
        if self.cutoff_shift().is_some() {
            values[Parameter::FilterCutoff.index()] = None;
        }
        values[Parameter::KeyboardMode.index()] = Some(self.notes.keyboard_mode);
        values[Parameter::PortamentoTime.index()] = Some(self.notes.portamento_time);
        values
    }

    /// How the instrument of a number plays it at a tempo.
    pub fn settings(&self, source: u8, bpm: f32) -> LoopSettings {
        let notes = Notes { bpm, ..self.notes };
        LoopSettings {
            overrides: self.overrides(),
            lane_keys: notes.lane_keys(),
            is_legato: notes.is_legato(),
            pattern: notes.arpeggio.pattern(),
            steps_per_second: notes.steps_per_second().into(),
            gate: notes.gate.into(),
            source,
            cutoff_shift: self.cutoff_shift().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chord::Chord;
    use patch::Group;

    #[test]
    fn a_loop_is_read_with_the_sound_with_which_it_was_written() {
        let mut locks = Locks::default();
        locks.lock(Group::ALL[1], &Patch::default());
        let notes = Notes { root: 36, chord: Chord::Triad, ..Notes::default() };
        for patch in [None, Some(Box::default())] {
            let own = LoopSound { notes, locks, patch, led_cutoff: Some(0.25) };
            let json = serde_json::to_string(&own).unwrap();
            assert_eq!(serde_json::from_str::<LoopSound>(&json).unwrap(), own);
        }
    }

    #[test]
    fn a_given_patch_replaces_every_value_and_a_lock_only_its_own() {
        let notes = Notes::default();
        let mut locks = Locks::default();
        locks.lock(Group::ALL[0], &Patch::default());
        let count = |own: &LoopSound| own.overrides().iter().flatten().count();
        let given = LoopSound { notes, locks, patch: Some(Box::default()), led_cutoff: None };
        assert_eq!(count(&given), PARAMETER_COUNT);
        let decoded = LoopSound { patch: None, ..given };
        assert!((2..PARAMETER_COUNT / 2).contains(&count(&decoded)));
    }

    #[test]
    fn points_move_the_cutoff_of_a_given_patch_unless_it_is_locked() {
        let patch = Patch::default();
        let own = LoopSound {
            notes: Notes::default(),
            locks: Locks::default(),
            patch: Some(Box::new(patch)),
            led_cutoff: Some(0.25),
        };
        let settings = own.settings(0, 112.0);
        assert_eq!(settings.overrides[Parameter::FilterCutoff.index()], None);
        assert_eq!(settings.cutoff_shift, patch.get(Parameter::FilterCutoff) - 0.25);
        let mut locks = Locks::default();
        locks.lock(Group::Filter, &patch);
        let settings = LoopSound { locks, ..own.clone() }.settings(0, 112.0);
        assert_eq!(
            (settings.overrides.iter().flatten().count(), settings.cutoff_shift),
            (PARAMETER_COUNT, 0.0)
        );
        let decoded = LoopSound { patch: None, ..own }.settings(0, 112.0);
        assert_eq!(decoded.cutoff_shift, 0.0, "without a patch the points decide everything");
    }
}
