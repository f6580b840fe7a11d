//! Where a search begins: a patch that sounds exactly as the given one but from which more can be changed, and the
//! parameters that may move.

use matching::space::{CONTINUOUS, Position, is_audible, position};
use patch::Parameter::{self, *};
use patch::{Info, Patch};

/// Inaudible parameters that decide what others do once they can be heard: an LFO of 0 Hz would move nothing.
const USEFUL: [(Parameter, f32); 2] = [
    // 5 Hz: the usual rate of a vibrato.
    (LfoFreq, 2.236),
    (ReverbRoomsize, 0.6),
];

/// The step by which slopes are measured, on the scale of 0…1: large beside the steps of the timbre models (which find
/// onsets, or not), small beside what a parameter does.
const PROBE: f32 = 0.06;
/// Parameters of which little is not heard, such as an attack of 3 ms, and the place from which it is.
const HEARD_FROM: [(Parameter, f32); 6] = [
    (AmpAttack, 0.16),
    (AmpRelease, 0.16),
    (FilterAttack, 0.16),
    (FreqModAmount, 0.25),
    (FilterModAmount, 0.15),
    (AmpModAmount, 0.15),
];

/// A prepared patch.
#[derive(Clone, Debug)]
pub(crate) struct MacroStart {
    /// As it was given.
    pub(crate) given: Patch,
    /// Sounds the same.
    pub(crate) prepared: Patch,
    /// That of the prepared patch.
    pub(crate) position: Position,
    /// Indices in [`CONTINUOUS`] of the parameters that may move.
    pub(crate) axes: Vec<usize>,
}

impl MacroStart {
    pub(crate) fn new(given: &Patch) -> Self {
        let mut prepared = *given;
        for (parameter, value) in USEFUL {
            if !is_audible(given, parameter) {
                prepared.set(parameter, value);
            }
        }
        let may_move = |&axis: &usize| {
            let parameter = CONTINUOUS[axis];
            is_audible(&prepared, parameter) && !(parameter == OscMix && adds_interval(&prepared))
        };
        let axes = (0..CONTINUOUS.len()).filter(may_move).collect();
        Self { given: *given, prepared, position: position(&prepared), axes }
    }

    /// The places at which slopes are measured: above and below the start on an axis.
    pub(crate) fn probes(&self, axis: usize) -> [Position; 2] {
        let [least, greatest] = self.range(axis);
        let parameter = CONTINUOUS[axis];
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
        // On the scale of 0…1; the detune's is that of the square root: 20 cents. Farther, the pitch would change.
        let reach = match CONTINUOUS[axis] {
            Osc2Detune => 0.11,
            FreqModAmount => 0.4,
            _ => 1.0,
        };
        let from = self.position[axis];
        [(from - reach).max(0.0), (from + reach).min(1.0)]
    }
}

/// Whether the mix would bring in an oscillator that plays another note than the one that is heard.
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
        let patch = Patch::default();
        let start = MacroStart::new(&patch);
        assert_ne!(start.prepared, patch);
        assert_eq!(render(&start.prepared), render(&patch));
    }

    #[test]
    fn no_oscillator_comes_in_that_plays_another_note() {
        let mix = CONTINUOUS.iter().position(|&parameter| parameter == OscMix).unwrap();
        let mut patch = Patch::default();
        patch.set(OscMix, -1.0);
        assert!(MacroStart::new(&patch).axes.contains(&mix));
        patch.set(Osc2Pitch, 7.0);
        assert!(!MacroStart::new(&patch).axes.contains(&mix));
        patch.set(OscMix, -0.5);
        assert!(MacroStart::new(&patch).axes.contains(&mix));
    }
}
