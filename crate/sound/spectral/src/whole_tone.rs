//! Harmonics and noise of a whole sound, and back, by [`crate::ToneEncoder`] and [`crate::ToneSynthesizer`], which
//! also serve a live sound.

use crate::error::SpectralError;
use crate::layout::FrameLayout;
use crate::pitch_tracker::PitchEstimate;
use crate::tone_encoder::ToneEncoder;
use crate::tone_frame::ToneFrame;
use crate::tone_synthesis::ToneSynthesizer;

/// The frames of a sound, with their pitches: as many as a [`crate::ShortTimeFourier`] has, in the same places.
///
/// # Errors
/// As [`crate::ToneAnalyzer::new`].
pub fn analyze_tone(
    samples: &[f32],
    layout: FrameLayout,
    sample_rate_hz: f32,
) -> Result<Vec<(PitchEstimate, ToneFrame)>, SpectralError> {
    let mut encoder = ToneEncoder::new(layout, sample_rate_hz)?;
    let mut padded = samples.to_vec();
    padded.resize(layout.frames(samples.len()) * layout.hop(), 0.0);
    let mut frames = Vec::with_capacity(layout.frames(samples.len()));
    for hop in padded.chunks_exact(layout.hop()) {
        if let Some(frame) = encoder.push(hop).cloned() {
            frames.push((encoder.pitch(), frame));
        }
    }
    Ok(frames)
}

/// The first `length` samples of the sound with these frames.
///
/// # Errors
/// As [`ToneSynthesizer::new`].
pub fn synthesize_tone<'a>(
    frames: impl IntoIterator<Item = &'a ToneFrame>,
    layout: FrameLayout,
    sample_rate_hz: f32,
    length: usize,
) -> Result<Vec<f32>, SpectralError> {
    let mut synthesizer = ToneSynthesizer::new(layout, layout.hop(), sample_rate_hz)?;
    let latency = synthesizer.latency();
    let silence = ToneFrame::default();
    let mut frames = frames.into_iter();
    let mut sound = vec![0.0; (length + latency).next_multiple_of(layout.hop())];
    for hop in sound.chunks_exact_mut(layout.hop()) {
        synthesizer.begin_frame(frames.next().unwrap_or(&silence));
        synthesizer.render_block(hop);
    }
    Ok(sound[latency..latency + length].to_vec())
}
