//! The values of a part's controllers, which a source that comes later gets. Makes no sound. Never allocates.

use crate::controllers::{
    DATA_ENTRY, EXPRESSION, LEGATO_PEDAL, MODULATION, PEDAL, RESET_CONTROLLERS, RPN, VOLUME,
};
use crate::sound_source::SoundSource;

/// The controllers whose values a newly chosen source gets.
const KEPT: [u8; 7] = [VOLUME, MODULATION, EXPRESSION, PEDAL, LEGATO_PEDAL, RPN[0], RPN[1]];
/// Their initial values; 127 selects no RPN.
const INITIAL: [u8; KEPT.len()] = [INITIAL_VOLUME, 0, 127, 0, 0, 127, 127];
/// General MIDI's initial volume.
pub const INITIAL_VOLUME: u8 = 100;

/// The values of a part's controls, for a source that comes later.
#[derive(Clone, Copy)]
pub struct KeptControls {
    values: [u8; KEPT.len()],
    /// The pitch wheel, −8192…8191.
    pub bend: i16,
    bend_range_semitones: u8,
}

impl KeptControls {
    /// The initial values.
    pub const INITIAL: Self = Self { values: INITIAL, bend: 0, bend_range_semitones: 2 };

    /// Takes a controller 0…127.
    pub fn change(&mut self, controller: u8, value: u8) {
        if controller == RESET_CONTROLLERS {
            self.values[1..].copy_from_slice(&INITIAL[1..]);
            self.bend = 0;
        } else if let Some(at) = KEPT.iter().position(|&kept| kept == controller) {
            self.values[at] = value;
        } else if controller == DATA_ENTRY && self.values.ends_with(&[0; RPN.len()]) {
            self.bend_range_semitones = value;
        }
    }

    /// The value of the pedal.
    pub fn pedal(&self) -> u8 {
        KEPT.iter().position(|&kept| kept == PEDAL).map_or(0, |at| self.values[at])
    }

    /// Sends all to a source.
    pub fn send(&self, part: usize, tones: &mut dyn SoundSource) {
        let range = [(RPN[0], 0), (RPN[1], 0), (DATA_ENTRY, self.bend_range_semitones)];
        // The selected RPN comes after the range, which selects RPN 0.
        for (controller, value) in range.into_iter().chain(KEPT.into_iter().zip(self.values)) {
            tones.control_change(part, controller, value);
        }
        tones.pitch_bend(part, self.bend);
    }
}
