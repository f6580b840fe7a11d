//! The MIDI controllers that the instrument knows by themselves, by their numbers (MIDI 1.0, Control Change Messages).

/// The modulation wheel.
pub const MODULATION: u8 = 1;
/// The volume of a part.
pub const VOLUME: u8 = 7;
/// The loudness beside the volume.
pub const EXPRESSION: u8 = 11;
/// The pedal that holds keys.
pub const PEDAL: u8 = 64;
/// Silence at once.
pub const SOUND_OFF: u8 = 120;
/// All but the volume get their initial values.
pub const RESET_CONTROLLERS: u8 = 121;
/// All keys end.
pub const NOTES_OFF: u8 = 123;
