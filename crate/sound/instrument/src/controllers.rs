//! The MIDI controllers that the instrument knows by themselves, by their numbers (MIDI 1.0, Control Change Messages).

/// The modulation wheel.
pub const MODULATION: u8 = 1;
/// Data entry: the value of the selected registered parameter (RPN).
pub const DATA_ENTRY: u8 = 6;
/// The volume of a part.
pub const VOLUME: u8 = 7;
/// The loudness beside the volume.
pub const EXPRESSION: u8 = 11;
/// The pedal that holds keys.
pub const PEDAL: u8 = 64;
/// The pedal that binds keys.
pub const LEGATO_PEDAL: u8 = 68;
/// The two controllers that select the parameter of data entry; RPN 0 is the range of the pitch wheel.
pub const RPN: [u8; 2] = [101, 100];
/// The two controllers that select a parameter that is not registered.
pub const NRPN: [u8; 2] = [99, 98];
/// Silence at once.
pub const SOUND_OFF: u8 = 120;
/// All but the volume get their initial values.
pub const RESET_CONTROLLERS: u8 = 121;
/// All keys end.
pub const NOTES_OFF: u8 = 123;

/// True if a control change ends all notes of its part: all sound off, all notes off, and the four modes, which
/// imply it (MIDI 1.0, channel mode messages).
pub fn ends_all_notes(controller: u8, value: u8) -> bool {
    matches!((controller, value), (SOUND_OFF | NOTES_OFF, 0) | (124..=127, _))
}
