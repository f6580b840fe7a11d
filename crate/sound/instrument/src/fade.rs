//! Fades a sound out to silence and in again, so that neither clicks. Never allocates.

/// The length of a fade, our choice: too short to be heard as one, too long for a click.
const FADE_S: f64 = 0.01;

/// The gain of a sound, with its fades.
pub struct Fade {
    /// The gain, 0 to 1.
    share: f32,
    /// The change of the gain in a frame.
    step: f32,
}

impl Fade {
    /// The sound at full level.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self { share: 1.0, step: (1.0 / (FADE_S * sample_rate_hz)) as f32 }
    }

    /// Ends a fade at once.
    pub fn finish(&mut self, is_heard: bool) {
        self.share = if is_heard { 1.0 } else { 0.0 };
    }

    /// Lets these frames be heard or not; if that changes, a fade comes first.
    pub fn apply(&mut self, is_heard: bool, left: &mut [f32], right: &mut [f32]) {
        let (end, step) = if is_heard { (1.0, self.step) } else { (0.0, -self.step) };
        if self.share == end {
            if !is_heard {
                left.fill(0.0);
                right.fill(0.0);
            }
            return;
        }
        for (left, right) in left.iter_mut().zip(right) {
            self.share = (self.share + step).clamp(0.0, 1.0);
            *left *= self.share;
            *right *= self.share;
        }
    }
}
