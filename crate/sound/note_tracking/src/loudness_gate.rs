//! The level of a live sound, the noise gate with its two thresholds, and the sound's loudness relative to the
//! loudest that was heard.

/// Hops whose mean power is the level: 16 ms at 48 kHz, a period of 62 Hz.
const LEVEL_HOPS: usize = 6;
/// The lowest level and noise floor, in dB of full scale.
const FLOOR_DB: f32 = -80.0;
/// A note begins this far above the noise floor, in dB, and ends as far above it as the second number says.
const GATE_DB: [f32; 2] = [12.0, 5.0];
/// However quiet the room is, a note begins above this level, in dB of full scale: breath and handling stay below it.
const LEAST_ONSET_DB: f32 = -52.0;
/// However loud the room is, a note can begin above this level, in dB of full scale.
const GREATEST_ONSET_DB: f32 = -22.0;
/// The rise of the noise floor, in dB a second: it follows a room within seconds, but no sung note.
const FLOOR_RISE_DB_S: f32 = 6.0;
/// Time constant with which the noise floor falls, in seconds.
const FLOOR_FALL_S: f32 = 0.05;
/// The level of the greatest velocity: at first, and at least, in dB of full scale.
const REFERENCE_DB: [f32; 2] = [-18.0, -42.0];
/// The fall of that level during a note, in dB a second: a quiet singer reaches the greatest velocity within some
/// notes.
const REFERENCE_FALL_DB_S: f32 = 1.5;
/// The range below it that velocity and gain cover, in dB: about that between soft and loud singing.
const RANGE_DB: f32 = 24.0;
/// Velocities of the quietest and the loudest onset: soft but audible, MIDI's greatest.
const VELOCITIES: [f32; 2] = [30.0, 127.0];

/// Follows the level, hop by hop.
#[derive(Clone, Debug)]
pub(crate) struct LoudnessGate {
    hop_s: f32,
    powers: [f32; LEVEL_HOPS],
    next: usize,
    level_db: f32,
    floor_db: f32,
    reference_db: f32,
}

impl LoudnessGate {
    /// Before the first hop is silence. `hop_s`: seconds from hop to hop.
    pub(crate) fn new(hop_s: f32) -> Self {
        Self {
            hop_s,
            powers: [0.0; LEVEL_HOPS],
            next: 0,
            level_db: FLOOR_DB,
            floor_db: FLOOR_DB,
            reference_db: REFERENCE_DB[0],
        }
    }

    /// Takes the mean power of a hop. The noise floor only follows hops outside of notes.
    pub(crate) fn push(&mut self, power: f32, is_note: bool) {
        self.powers[self.next] = power;
        self.next = (self.next + 1) % LEVEL_HOPS;
        let mean = self.powers.iter().sum::<f32>() / LEVEL_HOPS as f32;
        self.level_db = (10.0 * (mean + 1e-12).log10()).max(FLOOR_DB);
        if is_note {
            let fallen = self.reference_db - REFERENCE_FALL_DB_S * self.hop_s;
            self.reference_db = fallen.max(self.level_db).max(REFERENCE_DB[1]);
        } else if self.level_db < self.floor_db {
            self.floor_db += (self.level_db - self.floor_db) * (self.hop_s / FLOOR_FALL_S).min(1.0);
        } else {
            self.floor_db = (self.floor_db + FLOOR_RISE_DB_S * self.hop_s).min(self.level_db);
        }
    }

    /// The level, in dB of full scale: −80 at least.
    pub(crate) fn level_db(&self) -> f32 {
        self.level_db
    }

    /// True if a note may begin.
    pub(crate) fn is_open(&self) -> bool {
        self.level_db >= self.onset_db()
    }

    /// True if a note must end.
    pub(crate) fn is_shut(&self) -> bool {
        self.level_db < self.onset_db() - (GATE_DB[0] - GATE_DB[1])
    }

    /// The loudness below the reference level, −1 (and below) to 0, in shares of the range.
    fn share(&self) -> f32 {
        ((self.level_db - self.reference_db) / RANGE_DB).clamp(-1.0, 0.0)
    }

    /// The velocity of a note that begins now, 30…127.
    pub(crate) fn velocity(&self) -> u8 {
        (VELOCITIES[1] + (VELOCITIES[1] - VELOCITIES[0]) * self.share()).round() as u8
    }

    /// The gain that a note has now, as a factor of the amplitude: 1 for the loudest, 0.06 for the quietest.
    pub(crate) fn gain(&self) -> f32 {
        10_f32.powf(self.share() * RANGE_DB / 20.0)
    }

    fn onset_db(&self) -> f32 {
        (self.floor_db + GATE_DB[0]).clamp(LEAST_ONSET_DB, GREATEST_ONSET_DB)
    }
}
