//! The start of a search: a patch that sounds as the given one (differences are below −70 dB) but from which more
//! can be changed, and the parameters that may move.

use matching::space::{Position, SEARCHED_CONTINUOUS, is_audible, position};
use matching::with_gain;
use patch::Parameter::{self, *};
use patch::{Info, Patch};

use crate::property::SoundProperty;

/// Inaudible parameters that limit others: an LFO of 0 Hz would move nothing, and with a decay of 0 s a lower
/// sustain is only quieter, not shorter.
const USEFUL: [(Parameter, f32); 4] = [
    // Half a second.
    (AmpDecay, 0.8),
    (FilterDecay, 0.8),
    // 5 Hz: the usual rate of a vibrato.
    (LfoFreq, 2.236),
    (ReverbRoomsize, 0.6),
];

/// The step by which slopes are measured, on the scale of 0…1: large beside the steps of the timbre models (which
/// find onsets, or not), small beside the effect of a parameter.
const PROBE: f32 = 0.1;
/// Parameters whose low values are inaudible, such as an attack of 3 ms, and the place at which they become
/// audible.
const HEARD_FROM: [(Parameter, f32); 6] = [
    (AmpAttack, 0.16),
    (AmpRelease, 0.16),
    (FilterAttack, 0.16),
    (FreqModAmount, 0.25),
    (FilterModAmount, 0.15),
    (AmpModAmount, 0.15),
];

/// More than the volume can add.
const ANY_GAIN_DB: f32 = 200.0;
/// The farthest that the detune may move, as amSynth stores it: 23 cents. Farther, another note would be heard.
const DETUNE_REACH: f32 = 0.06;
/// The farthest that the depth of a vibrato may move, on the scale of 0…1.
const VIBRATO_REACH: f32 = 0.4;
/// A filter with more resonance than this whistles: its frequency is heard as another note.
const MOST_RESONANCE: f32 = 0.85;

/// A prepared patch.
#[derive(Clone, Debug)]
pub(crate) struct MacroStart {
    /// The given patch.
    pub(crate) given: Patch,
    /// A patch that sounds the same.
    pub(crate) prepared: Patch,
    /// The position of the prepared patch.
    pub(crate) position: Position,
    /// Indices in [`SEARCHED_CONTINUOUS`] of the parameters that may move.
    pub(crate) axes: Vec<usize>,
    /// True if the volume must stay and therefore cannot compensate a change of loudness.
    pub(crate) keeps_volume: bool,
}

impl MacroStart {
    pub(crate) fn new(given: &Patch) -> Self {
        let mut prepared = *given;
        for (parameter, value) in USEFUL {
            if !has_effect(given, parameter) {
                prepared.set(parameter, value);
            }
        }
        let may_move = |&axis: &usize| {
            let parameter = SEARCHED_CONTINUOUS[axis];
            is_audible(&prepared, parameter) && !(parameter == OscMix && adds_interval(&prepared))
        };
        let axes = (0..SEARCHED_CONTINUOUS.len()).filter(may_move).collect();
        Self { given: *given, prepared, position: position(&prepared), axes, keeps_volume: false }
    }

    /// Keeps the values of these parameters.
    pub(crate) fn keep(&mut self, kept: &[Parameter]) {
        for &parameter in kept {
            self.prepared.set(parameter, self.given.get(parameter));
        }
        self.axes.retain(|&axis| !kept.contains(&SEARCHED_CONTINUOUS[axis]));
        self.position = position(&self.prepared);
        self.keeps_volume = kept.contains(&MasterVol);
    }

    /// The loss of loudness that the patch may have, in dB: as much as the volume can restore, or any if the
    /// volume stays.
    pub(crate) fn headroom_db(&self) -> f64 {
        if self.keeps_volume { f64::INFINITY } else { f64::from(with_gain(&self.prepared, ANY_GAIN_DB).1) }
    }

    /// The columns of the axes that may move for a property: the tuning may only move for roughness and movement.
    pub(crate) fn columns(&self, property: SoundProperty) -> Vec<usize> {
        let may_detune = matches!(property, SoundProperty::Roughness | SoundProperty::Movement);
        let is_tuning =
            |axis: usize| matches!(SEARCHED_CONTINUOUS[axis], Osc2Detune | FreqModAmount | OscMixMode);
        let columns = self.axes.iter().enumerate();
        columns.filter(|&(_, &axis)| may_detune || !is_tuning(axis)).map(|(column, _)| column).collect()
    }

    /// The places at which slopes are measured: above and below the start on an axis.
    pub(crate) fn probes(&self, axis: usize) -> [Position; 2] {
        let [least, greatest] = self.range(axis);
        let parameter = SEARCHED_CONTINUOUS[axis];
        let heard = HEARD_FROM.iter().find(|(other, _)| *other == parameter).map_or(0.0, |(_, place)| *place);
        let from = self.position[axis];
        [(from + PROBE).max(heard), from - PROBE].map(|place| {
            let mut position = self.position;
            position[axis] = place.clamp(least, greatest);
            position
        })
    }

    /// The least and the greatest place of an axis.
    pub(crate) fn range(&self, axis: usize) -> [f32; 2] {
        let from = self.position[axis];
        match SEARCHED_CONTINUOUS[axis] {
            Osc2Detune => {
                let detune = self.prepared.get(Osc2Detune);
                [detune - DETUNE_REACH, detune + DETUNE_REACH].map(|to| {
                    let mut patch = self.prepared;
                    patch.set(Osc2Detune, to);
                    position(&patch)[axis]
                })
            }
            FreqModAmount => [(from - VIBRATO_REACH).max(0.0), (from + VIBRATO_REACH).min(1.0)],
            FilterResonance => [0.0, from.max(MOST_RESONANCE)],
            _ => [0.0, 1.0],
        }
    }
}

/// True if a parameter is audible. The decay of an envelope is not if its sustain is at the level from which it
/// falls.
fn has_effect(patch: &Patch, parameter: Parameter) -> bool {
    let falls = |sustain: Parameter| patch.get(sustain) < sustain.info().max;
    match parameter {
        AmpDecay => falls(AmpSustain),
        FilterDecay => falls(FilterSustain) && is_audible(patch, FilterDecay),
        _ => is_audible(patch, parameter),
    }
}

/// True if the mix would add an oscillator that plays another note than the present one.
fn adds_interval(patch: &Patch) -> bool {
    let &Info { min, max, .. } = OscMix.info();
    let is_alone = [min, max].contains(&patch.get(OscMix));
    is_alone && patch.get(Osc2Pitch) as i32 % 12 != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use features::test_note::render;

    #[test]
    fn a_prepared_patch_sounds_the_same() {
        let mut swell = Patch::default();
        let settings = [(AmpAttack, 0.6), (FilterAttack, 0.7), (FilterCutoff, 0.4), (FilterEnvAmount, 5.0)];
        for (parameter, value) in settings {
            swell.set(parameter, value);
        }
        // An envelope that rises slowly ends a rounding error below its sustain, and then falls or rises there.
        for (patch, most) in [(Patch::default(), 0.0), (swell, 2e-4)] {
            let start = MacroStart::new(&patch);
            assert!(start.prepared.get(AmpDecay) > patch.get(AmpDecay));
            assert!(start.prepared.get(FilterDecay) > patch.get(FilterDecay));
            let [sound, given] = [&start.prepared, &patch].map(render);
            let differs = |(a, b): (&f32, &f32)| (a - b).abs() > most;
            assert_eq!(sound.iter().flatten().zip(given.iter().flatten()).position(differs), None);
        }
    }

    #[test]
    fn no_oscillator_comes_in_that_plays_another_note() {
        let mix = SEARCHED_CONTINUOUS.iter().position(|&parameter| parameter == OscMix).unwrap();
        let mut patch = Patch::default();
        patch.set(OscMix, -1.0);
        assert!(MacroStart::new(&patch).axes.contains(&mix));
        patch.set(Osc2Pitch, 7.0);
        assert!(!MacroStart::new(&patch).axes.contains(&mix));
        patch.set(OscMix, -0.5);
        assert!(MacroStart::new(&patch).axes.contains(&mix));
    }
}
