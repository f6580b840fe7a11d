//! Phase from magnitudes by following the peaks of the spectrum: single pass spectrogram inversion, SPSI (Beauregard,
//! Harish and Wyse, DSP 2015). For comparison.

use std::f32::consts::{PI, TAU};

use fourier::Complex32;

use crate::error::SpectralError;
use crate::frames::{Magnitudes, SpectralFrames};
use crate::layout::FrameLayout;
use crate::phase_reconstruction::write_bins;

/// The frames with these magnitudes; each peak's phase goes on with the peak's frequency, and the bins around a peak
/// have the phases that a Hann window gives them.
///
/// # Errors
/// [`SpectralError::Bins`] if the magnitudes do not belong to the layout.
pub fn single_pass_inversion(
    magnitudes: &Magnitudes,
    layout: FrameLayout,
) -> Result<SpectralFrames<Complex32>, SpectralError> {
    let bins = layout.bins();
    if magnitudes.bins() != bins {
        return Err(SpectralError::Bins { bins: magnitudes.bins(), expected: bins });
    }
    let mut frames = SpectralFrames::zeros(bins, magnitudes.count());
    let mut phases = vec![0.0_f32; bins];
    for (frame, levels) in frames.iter_mut().zip(magnitudes.iter()) {
        let mut next = phases.clone();
        let mut from = 0;
        for peak in 1..bins - 1 {
            if !(levels[peak] > levels[peak - 1] && levels[peak] >= levels[peak + 1]) {
                continue;
            }
            // Up to the valley between this peak and the next.
            let end =
                (peak + 1..bins - 1).find(|&bin| levels[bin + 1] > levels[bin]).map_or(bins, |bin| bin + 1);
            let [left, middle, right] = [levels[peak - 1], levels[peak], levels[peak + 1]];
            let curvature = left - 2.0 * middle + right;
            let offset = if curvature < 0.0 { 0.5 * (left - right) / curvature } else { 0.0 };
            let position = peak as f32 + offset;
            let advance = TAU * (layout.hop() as f32 * position / layout.window() as f32).fract();
            let phase = (phases[peak] + advance) % TAU;
            for (bin, next) in next.iter_mut().enumerate().take(end).skip(from) {
                *next = phase + if is_opposite(bin as f32 - position) { PI } else { 0.0 };
            }
            from = end;
        }
        phases = next;
        write_bins(frame, levels, &phases, 0..bins);
    }
    Ok(frames)
}

/// True if the transform of a Hann window is negative this many bins from its middle: in every second side lobe,
/// from the first on.
fn is_opposite(distance: f32) -> bool {
    let lobe = distance.abs().floor();
    lobe >= 2.0 && lobe % 2.0 == 0.0
}
