//! A frame as harmonics and noise, which the analysis measures and the synthesis plays.

/// Harmonics of a frame.
pub const HARMONIC_COUNT: usize = 100;
/// Bands of noise of a frame.
pub const NOISE_BAND_COUNT: usize = 65;

/// Harmonics of one frequency, and noise in bands (Serra and Smith, "Spectral modeling synthesis", 1990; the sizes are
/// near those of DDSP, Engel et al., ICLR 2020).
#[derive(Clone, Debug, PartialEq)]
pub struct ToneFrame {
    /// The fundamental frequency in Hz. Without harmonics it does not matter.
    pub frequency_hz: f32,
    /// Peak amplitudes of the harmonics, the fundamental first.
    pub amplitudes: [f32; HARMONIC_COUNT],
    /// For each band of [`crate::NoiseBands`], the root mean square that white noise of this density would have.
    pub noise: [f32; NOISE_BAND_COUNT],
}

impl Default for ToneFrame {
    /// Silence.
    fn default() -> Self {
        Self { frequency_hz: 0.0, amplitudes: [0.0; HARMONIC_COUNT], noise: [0.0; NOISE_BAND_COUNT] }
    }
}
