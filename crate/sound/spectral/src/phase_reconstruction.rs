//! Complex frames of a whole sound from magnitudes, by RTPGHI. For a live sound see [`crate::PhaseSynthesizer`].

use fourier::Complex32;

use crate::error::SpectralError;
use crate::frames::{Magnitudes, SpectralFrames};
use crate::layout::FrameLayout;
use crate::phase_integration::{Lookahead, PhaseIntegrator};

/// The frames with these magnitudes and the phases that [`PhaseIntegrator`] finds.
///
/// # Errors
/// [`SpectralError::Bins`] if the magnitudes do not belong to the layout.
pub fn reconstruct(
    magnitudes: &Magnitudes,
    layout: FrameLayout,
    lookahead: Lookahead,
) -> Result<SpectralFrames<Complex32>, SpectralError> {
    if magnitudes.bins() != layout.bins() {
        return Err(SpectralError::Bins { bins: magnitudes.bins(), expected: layout.bins() });
    }
    let mut integrator = PhaseIntegrator::new(layout, lookahead);
    let mut frames = SpectralFrames::zeros(layout.bins(), magnitudes.count());
    let silence = vec![0.0; layout.bins()];
    let mut following = magnitudes.iter().chain([&silence[..]]);
    if lookahead == Lookahead::OneFrame {
        integrator.begin(following.next().unwrap_or(&silence));
    }
    for (frame, magnitudes) in frames.iter_mut().zip(following) {
        integrator.begin(magnitudes);
        integrator.advance(u32::MAX);
        let (magnitudes, phases) = integrator.frame();
        write_bins(frame, magnitudes, phases, 0..layout.bins());
    }
    Ok(frames)
}

/// Complex bins from magnitudes and phases. The phases are those of windows with their middle at time zero, the bins
/// those of frames with their beginning at time zero: half a turn from bin to bin.
pub(crate) fn write_bins(
    bins: &mut [Complex32],
    magnitudes: &[f32],
    phases: &[f32],
    range: std::ops::Range<usize>,
) {
    for bin in range {
        let (sine, cosine) = phases[bin].sin_cos();
        let magnitude = if bin % 2 == 0 { magnitudes[bin] } else { -magnitudes[bin] };
        bins[bin] = Complex32::new(magnitude * cosine, magnitude * sine);
    }
}
