//! The controllers of one part: pitch wheel, vibrato, volume, pedal, legato. Never allocates.

/// The deepest vibrato, cents to each side.
const VIBRATO_CENTS: f32 = 50.0;
/// RPN "null": data entry changes nothing (MIDI 1.0).
const UNSELECTED: u8 = 127;
/// The volume at which tones have the loudness of amSynth's presets: General MIDI's initial value.
const NOMINAL_VOLUME: u8 = 100;
/// The greatest gain of a part.
const PART_GAIN_LIMIT: f32 = 2.0;

/// The effect of a control change beside a value of [`ToneControls`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ControlOutcome {
    /// Nothing.
    None,
    /// The pedal came up: the tones that it held end.
    PedalUp,
    /// All keys end.
    NotesOff,
    /// Silence at once.
    SoundOff,
}

/// The controllers of a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToneControls {
    bend: i16,
    bend_range_semitones: u8,
    registered: (u8, u8),
    vibrato: u8,
    volume: u8,
    expression: u8,
    /// The gain beside volume and expression.
    part_gain: f32,
    pub(crate) has_pedal: bool,
    pub(crate) is_legato: bool,
}

impl Default for ToneControls {
    fn default() -> Self {
        Self {
            bend: 0,
            bend_range_semitones: 2,
            registered: (UNSELECTED, UNSELECTED),
            vibrato: 0,
            volume: NOMINAL_VOLUME,
            expression: 127,
            part_gain: 1.0,
            has_pedal: false,
            is_legato: false,
        }
    }
}

impl ToneControls {
    pub(crate) fn bend(&mut self, value: i16) {
        self.bend = value.clamp(-8192, 8191);
    }

    /// Takes controllers 1, 7, 11, 64, 68, the bend range (RPN 0) and the channel modes. A controller that amSynth
    /// has works as in amSynth.
    pub(crate) fn change(&mut self, controller: u8, value: u8) -> ControlOutcome {
        let value = value.min(127);
        match controller {
            1 => self.vibrato = value,
            6 if self.registered == (0, 0) => self.bend_range_semitones = value,
            7 => self.volume = value,
            11 => self.expression = value,
            64 => {
                self.has_pedal = value > 0;
                if !self.has_pedal {
                    return ControlOutcome::PedalUp;
                }
            }
            68 => self.is_legato = value >= 64,
            100 => self.registered.1 = value,
            101 => self.registered.0 = value,
            120 if value == 0 => return ControlOutcome::SoundOff,
            // All but the volume (MIDI Association, RP-015).
            121 => {
                *self = Self {
                    volume: self.volume,
                    bend_range_semitones: self.bend_range_semitones,
                    ..Self::default()
                };
                return ControlOutcome::PedalUp;
            }
            123 if value == 0 => return ControlOutcome::NotesOff,
            124..=127 => return ControlOutcome::NotesOff,
            _ => {}
        }
        ControlOutcome::None
    }

    /// The gain of volume and expression, 1 at volume 100; the law of both is a square, as that of amSynth's volume.
    pub(crate) fn gain(&self) -> f32 {
        let share = f32::from(self.volume) / f32::from(NOMINAL_VOLUME) * f32::from(self.expression) / 127.0;
        share * share * self.part_gain
    }

    pub(crate) fn set_part_gain(&mut self, gain: f32) {
        if !gain.is_nan() {
            self.part_gain = gain.clamp(0.0, PART_GAIN_LIMIT);
        }
    }

    /// The shift of the pitch by wheel and vibrato, in octaves. `vibrato_turn` is the vibrato's sine, −1…1.
    pub(crate) fn octaves(&self, vibrato_turn: f32) -> f32 {
        let wheel = f32::from(self.bend) / 8192.0 * f32::from(self.bend_range_semitones) / 12.0;
        let depth_cents = VIBRATO_CENTS * f32::from(self.vibrato) / 127.0;
        wheel + vibrato_turn * depth_cents / 1200.0
    }
}
