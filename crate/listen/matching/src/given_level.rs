//! How loud a given sound is, as both ears hear its file.

use features::loudness_lufs;

use crate::preparation::{self, peak_of};
use crate::target_error::TargetError;

/// The loudness of a part of a sound, in LUFS. A single channel plays to both ears. The answer is measured for the same
/// time: silence belongs to the blocks of the measure.
pub(crate) fn loudness_of(
    channels: &[&[f32]],
    sample_rate_hz: u32,
    lead_s: f32,
    seconds: f32,
) -> Result<f64, TargetError> {
    let frame = |seconds: f32| (seconds * sample_rate_hz as f32) as usize;
    // Sums of enormous samples would not be numbers.
    let peak = channels.iter().map(|channel| peak_of(channel)).fold(f32::MIN_POSITIVE, f32::max);
    let part = |channel: &[f32]| {
        let end = frame(lead_s + seconds).min(channel.len());
        let mut scaled: Vec<f32> =
            channel[frame(lead_s).min(end)..end].iter().map(|sample| sample / peak).collect();
        scaled.resize(frame(seconds), 0.0);
        preparation::resample(scaled, sample_rate_hz)
    };
    let left = part(channels[0])?;
    let right = channels.get(1).map(|right| part(right)).transpose()?;
    let scaled_lufs = loudness_lufs(&[&left, right.as_ref().unwrap_or(&left)]);
    Ok(scaled_lufs + 20.0 * f64::from(peak).log10())
}

/// The greatest |left| + |right|. A single channel plays to both ears.
pub(crate) fn loudest_of(channels: &[&[f32]]) -> f32 {
    let left = channels[0];
    let right = channels.get(1).unwrap_or(&left);
    left.iter().zip(*right).map(|(left, right)| left.abs() + right.abs()).fold(0.0, f32::max)
}
