//! The MIDI controller that moves the cutoff of a sketch.

use patch::{Info, Parameter};

/// The stored cutoff of a controller's value of 0…127, by amSynth's law: linear over the parameter's range.
pub fn stored_cutoff(value: u8) -> f32 {
    let &Info { min, max, .. } = Parameter::FilterCutoff.info();
    min + f32::from(value) / 127.0 * (max - min)
}

/// The controller value whose cutoff is nearest.
pub fn controller_value(stored: f32) -> u8 {
    let &Info { min, max, .. } = Parameter::FilterCutoff.info();
    ((stored - min) / (max - min) * 127.0).round().clamp(0.0, 127.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_controller_reaches_the_whole_range() {
        assert_eq!([0, 127].map(stored_cutoff), [-0.5, 1.5]);
        for value in 0..=127 {
            assert_eq!(controller_value(stored_cutoff(value)), value);
        }
        assert_eq!([-9.0, 9.0].map(controller_value), [0, 127]);
    }
}
