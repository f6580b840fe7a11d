//! The steps of 10 ms in which the level of a sound is compared: by a search, by the fit of an envelope and by the
//! difference for people.

use features::test_note::SAMPLE_RATE_HZ;

/// Seconds of a step.
pub const STEP_S: f32 = 0.01;
/// Samples of a step.
pub const STEP: usize = SAMPLE_RATE_HZ as usize / 100;

/// The mean power of each step; the last one may be shorter.
pub fn step_powers(samples: &[f32]) -> Vec<f32> {
    let power = |step: &[f32]| step.iter().map(|sample| sample * sample).sum::<f32>() / step.len() as f32;
    samples.chunks(STEP).map(power).collect()
}
