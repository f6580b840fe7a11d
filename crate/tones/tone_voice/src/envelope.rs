//! The rise and the fall of a tone, one value a hop. Never allocates.

/// Long enough that a tone begins without a click, short enough that keys answer at once.
const ATTACK_S: f32 = 0.02;
/// The time in which a released tone falls by 60 dB.
const RELEASE_S: f32 = 0.15;
/// −60 dB: a lower amplitude counts as silence.
const SILENT: f32 = 1e-3;

/// The speed at which tones rise and fall.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EnvelopeSlopes {
    /// The summand of a hop in the attack.
    rise: f32,
    /// The factor of a hop in the release.
    fall: f32,
    /// The share of the rise that is left to the contour of a recorded note, 0…1.
    life: f32,
    hop_s: f32,
}

impl EnvelopeSlopes {
    pub(crate) fn new(hop_s: f32) -> Self {
        let rise = (hop_s / ATTACK_S).min(1.0);
        Self { rise, fall: SILENT.powf(hop_s / RELEASE_S), life: 0.0, hop_s }
    }

    /// The length of a hop.
    pub(crate) fn hop_s(self) -> f32 {
        self.hop_s
    }

    /// The slopes of a tone that has this share of the attack and of the release of a recorded note.
    pub(crate) fn living(self, life: f32, release_s: f32) -> Self {
        let release_s = RELEASE_S * (release_s / RELEASE_S).powf(life);
        Self { fall: SILENT.powf(self.hop_s / release_s), life, ..self }
    }
}

/// The loudness of a tone over its life, 0…1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToneEnvelope {
    slopes: EnvelopeSlopes,
    amplitude: f32,
    has_risen: bool,
}

impl ToneEnvelope {
    /// The envelope of a tone that begins.
    pub(crate) fn new(slopes: EnvelopeSlopes) -> Self {
        Self { slopes, amplitude: 0.0, has_risen: false }
    }

    /// The amplitude at the end of the next hop. A released tone rises before it falls, so that the shortest tap is
    /// heard.
    pub(crate) fn next(&mut self, is_held: bool) -> f32 {
        let slopes = self.slopes;
        if !self.has_risen {
            self.amplitude = (self.amplitude + slopes.rise).min(1.0);
            self.has_risen = self.amplitude >= 1.0;
            return self.amplitude + slopes.life * (1.0 - self.amplitude);
        }
        if !is_held {
            self.amplitude *= slopes.fall;
            if self.amplitude < SILENT {
                self.amplitude = 0.0;
            }
        }
        self.amplitude
    }

    /// True if the tone has fallen to silence.
    pub(crate) fn is_over(self) -> bool {
        self.has_risen && self.amplitude == 0.0
    }
}
