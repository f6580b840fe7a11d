//! Phase from magnitudes by iterations over the whole sound: the fast Griffin–Lim algorithm (Perraudin, Balazs and
//! Søndergaard, WASPAA 2013). For comparison, and to refine the phases of a sound that is saved.

use fourier::Complex32;

use crate::error::SpectralError;
use crate::frames::{Magnitudes, SpectralFrames, magnitude};
use crate::short_time::ShortTimeFourier;

/// The share of the last step that is repeated; 0 is the algorithm of Griffin and Lim (1984). The paper's
/// recommendation.
const ACCELERATION: f32 = 0.99;

/// `iterations` of the fast Griffin–Lim algorithm, from the phases of `start`, for a sound of `length` samples. The
/// result has the magnitudes that are asked for.
///
/// # Errors
/// [`SpectralError::Bins`] if the frames do not belong to the transform or to each other.
pub fn fast_griffin_lim(
    transform: &mut ShortTimeFourier,
    magnitudes: &Magnitudes,
    start: SpectralFrames<Complex32>,
    length: usize,
    iterations: usize,
) -> Result<SpectralFrames<Complex32>, SpectralError> {
    let fits = start.bins() == magnitudes.bins() && start.count() == magnitudes.count();
    if !fits {
        return Err(SpectralError::Bins { bins: start.bins(), expected: magnitudes.bins() });
    }
    let mut frames = start;
    let mut consistent = SpectralFrames::zeros(frames.bins(), frames.count());
    let mut last: Option<SpectralFrames<Complex32>> = None;
    for _ in 0..iterations {
        let sound = transform.synthesize(&frames, length)?;
        transform.analyze_into(&sound, &mut consistent);
        let values = frames.values_mut().iter_mut().zip(consistent.values()).zip(magnitudes.values());
        match &mut last {
            Some(last) => {
                for (((frame, &new), &magnitude), old) in values.zip(last.values_mut()) {
                    *frame = with_magnitude(new + (new - *old) * ACCELERATION, magnitude);
                    *old = new;
                }
            }
            None => {
                for ((frame, &new), &magnitude) in values {
                    *frame = with_magnitude(new, magnitude);
                }
                last = Some(consistent.clone());
            }
        }
    }
    Ok(frames)
}

/// Frames with these magnitudes and random phases, the same at every run: a start for [`fast_griffin_lim`].
pub fn random_phases(magnitudes: &Magnitudes) -> SpectralFrames<Complex32> {
    let mut random = 1_u32;
    let mut frames = SpectralFrames::zeros(magnitudes.bins(), magnitudes.count());
    for (frame, &magnitude) in frames.values_mut().iter_mut().zip(magnitudes.values()) {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let phase = std::f32::consts::TAU * (random >> 8) as f32 / (1 << 24) as f32;
        *frame = Complex32::from_polar(magnitude, phase);
    }
    frames
}

/// A number with the phase of another one.
fn with_magnitude(value: Complex32, wanted: f32) -> Complex32 {
    let norm = magnitude(&value);
    if norm > 0.0 { value * (wanted / norm) } else { Complex32::new(wanted, 0.0) }
}
