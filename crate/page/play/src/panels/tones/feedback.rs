//! The band-pass through which tones become tones again: where its sliders are, and what that means.

/// The ends of the sliders, which are those of the band-pass in crate `tone_voice` (`feedback.rs`) but for rare ends.
const FREQUENCIES_HZ: [f32; 2] = [60.0, 4000.0];
const QUALITIES: [f32; 2] = [0.5, 50.0];

/// A value between two ends, evenly for the ear.
fn between([low, high]: [f32; 2], share: f32) -> f32 {
    low * (high / low).powf(share.clamp(0.0, 1.0))
}

/// The places of the two sliders, 0…1.
#[derive(Clone, Copy, Debug)]
pub(super) struct FeedbackBand {
    pub frequency: f32,
    pub quality: f32,
}

impl Default for FeedbackBand {
    fn default() -> Self {
        Self { frequency: 0.5, quality: 0.5 }
    }
}

impl FeedbackBand {
    pub fn frequency_hz(self) -> f32 {
        between(FREQUENCIES_HZ, self.frequency)
    }

    pub fn quality(self) -> f32 {
        between(QUALITIES, self.quality)
    }
}
