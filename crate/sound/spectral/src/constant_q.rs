//! The constant-Q transform of a whole sound: bins equally far apart in octaves, each with a window of the same number
//! of periods (Brown, "Calculation of a constant Q spectral transform", 1991). For comparison with Latent Timbre
//! Synthesis, whose frames it makes.
//!
//! Each bin is a filter: the sound's spectrum times that of the bin's Hann window, folded to the rate of the frames and
//! transformed back, which gives exactly the products of windows and sound at the frames.

use fourier::Complex32;

use crate::error::SpectralError;
use crate::frames::SpectralFrames;
use crate::pitch_tracker::check_rate;
use crate::transform::FrameTransform;

/// The bins, and the distance of the frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConstantQLayout {
    /// The lowest bin, in Hz.
    pub lowest_hz: f32,
    /// Bins of an octave.
    pub bins_per_octave: usize,
    /// All bins.
    pub bins: usize,
    /// Samples from frame to frame. Frame `k` has its middle at sample `k · hop`.
    pub hop: usize,
}

impl Default for ConstantQLayout {
    /// The layout of Latent Timbre Synthesis: eight octaves of 48 bins from C1, 128 samples from frame to frame.
    fn default() -> Self {
        Self { lowest_hz: 32.703, bins_per_octave: 48, bins: 384, hop: 128 }
    }
}

/// The spectrum of a window is left out beyond so many times its bandwidth: a Hann window has less than −80 dB there.
const REACH: f64 = 16.0;

/// A constant-Q transform for sounds of one rate.
#[derive(Clone, Debug)]
pub struct ConstantQ {
    layout: ConstantQLayout,
    sample_rate_hz: f64,
}

impl ConstantQ {
    /// Checks the layout.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz; [`SpectralError::ConstantQ`] if there is no bin, no hop,
    /// or a bin outside of 10 Hz to half the sample rate.
    pub fn new(layout: ConstantQLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        let all = Self { layout, sample_rate_hz: f64::from(sample_rate_hz) };
        let is_possible = layout.lowest_hz >= 10.0
            && layout.lowest_hz.is_finite()
            && (1..=4096).contains(&layout.bins)
            && (1..=4096).contains(&layout.bins_per_octave)
            && (1..=65_536).contains(&layout.hop);
        if is_possible && all.frequency_hz(layout.bins - 1) < all.sample_rate_hz / 2.0 {
            Ok(all)
        } else {
            Err(SpectralError::ConstantQ { bins: layout.bins, lowest_hz: layout.lowest_hz, sample_rate_hz })
        }
    }

    /// The frequency of a bin in Hz.
    pub fn frequency_hz(&self, bin: usize) -> f64 {
        f64::from(self.layout.lowest_hz) * (bin as f64 / self.layout.bins_per_octave as f64).exp2()
    }

    /// The samples of a bin's window, a fraction included.
    fn window(&self, bin: usize) -> f64 {
        let quality = 1.0 / ((1.0 / self.layout.bins_per_octave as f64).exp2() - 1.0);
        quality * self.sample_rate_hz / self.frequency_hz(bin)
    }

    /// The frames of one channel: a sine of amplitude 1 at a bin's frequency has magnitude 1 there, and a phase
    /// relative to the first sample. Samples that are not finite count as zero, and so do samples beyond both
    /// ends.
    pub fn analyze(&self, samples: &[f32]) -> SpectralFrames<Complex32> {
        let hop = self.layout.hop;
        let count = samples.len().div_ceil(hop);
        let mut frames = SpectralFrames::zeros(self.layout.bins, count);
        if count == 0 {
            return frames;
        }
        // The rows are so long that the circular filters do not wrap around.
        let rows = (count + self.window(0) as usize / hop + 2).next_power_of_two();
        let length = rows * hop;
        let mut whole = FrameTransform::new(length + length % 2);
        let spectrum = whole.forward(|buffer| {
            buffer.fill(0.0);
            for (value, sample) in buffer.iter_mut().zip(samples) {
                *value = if sample.is_finite() { *sample } else { 0.0 };
            }
        });
        let mut inverse = ComplexInverse::new(rows);
        for bin in 0..self.layout.bins {
            let window = self.window(bin);
            let middle = self.frequency_hz(bin) / self.sample_rate_hz * length as f64;
            let reach = REACH * length as f64 / window;
            let from = (middle - reach).ceil().max(0.0) as usize;
            let to = ((middle + reach) as usize).min(spectrum.len() - 1);
            inverse.folded.fill(Complex32::default());
            for (at, value) in spectrum.iter().enumerate().take(to + 1).skip(from) {
                let weight = hann_spectrum((at as f64 - middle) * window / length as f64);
                inverse.folded[at % rows] += value * weight as f32;
            }
            inverse.transform();
            let gain = 2.0 / length as f32;
            for (frame, value) in frames.iter_mut().zip(&inverse.values) {
                frame[bin] = value * gain;
            }
        }
        frames
    }
}

/// The spectrum of a Hann window around its middle, 1 at its maximum, at a distance in units of one over its length.
fn hann_spectrum(distance: f64) -> f64 {
    let x = std::f64::consts::PI * distance;
    if distance.abs() < 1e-6 {
        1.0
    } else if (distance.abs() - 1.0).abs() < 1e-6 {
        0.5
    } else {
        x.sin() / x / (1.0 - distance * distance)
    }
}

/// The inverse transform of a complex spectrum, by two real ones: for the real and the imaginary part of the
/// values.
struct ComplexInverse {
    transform: FrameTransform,
    folded: Vec<Complex32>,
    values: Vec<Complex32>,
}

impl ComplexInverse {
    fn new(length: usize) -> Self {
        let zeros = vec![Complex32::default(); length];
        Self { transform: FrameTransform::new(length), folded: zeros.clone(), values: zeros }
    }

    fn transform(&mut self) {
        let Self { transform, folded, values } = self;
        let length = folded.len();
        let mirrored = |at: usize| folded[(length - at) % length].conj();
        let real = transform.inverse(|bins| {
            bins.iter_mut().enumerate().for_each(|(at, bin)| *bin = (folded[at] + mirrored(at)) * 0.5);
        });
        values.iter_mut().zip(real).for_each(|(value, &real)| value.re = real);
        let imaginary = transform.inverse(|bins| {
            let turn = Complex32::new(0.0, -0.5);
            bins.iter_mut().enumerate().for_each(|(at, bin)| *bin = (folded[at] - mirrored(at)) * turn);
        });
        values.iter_mut().zip(imaginary).for_each(|(value, &imaginary)| value.im = imaginary);
    }
}
