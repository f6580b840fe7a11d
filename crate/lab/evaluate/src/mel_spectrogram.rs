//! Mel spectrograms of any frame, hop and number of bands, for the metrics of sounds.

use fourier::{Complex32, Planner, RealToComplex};
use std::f32::consts::TAU;
use std::sync::Arc;

/// Sample rate of the sounds, in Hz.
pub const SAMPLE_RATE_HZ: f32 = features::test_note::SAMPLE_RATE_HZ as f32;

/// Powers of the bands in each frame.
pub type Frames = Vec<Vec<f32>>;

/// Seconds of a frame, and bands, of a spectrogram for a picture.
pub const MIDDLE: (f32, usize) = (0.025, 64);
/// Levels this far below a sound's peak count as silence.
const RANGE_DB: f32 = 80.0;

/// Measures spectrograms; plans once.
pub struct MelSpectrogram {
    plan: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    hop: usize,
    bands: Vec<Vec<(usize, f32)>>,
}

impl MelSpectrogram {
    /// Frames of `frame_s` every `hop_s` seconds, in bands that are equally wide in mel from 0 Hz to half the rate.
    pub fn new(frame_s: f32, hop_s: f32, bands: usize) -> Self {
        let frame = (frame_s * SAMPLE_RATE_HZ).round() as usize;
        let hann = |n: usize| 0.5 - 0.5 * (TAU * n as f32 / frame as f32).cos();
        let fft = frame.next_power_of_two();
        let mel = |hz: f32| 2595.0 * (1.0 + hz / 700.0).log10();
        let highest = mel(SAMPLE_RATE_HZ / 2.0);
        let corner =
            |at: usize| 700.0 * (10.0_f32.powf(highest * at as f32 / (bands + 1) as f32 / 2595.0) - 1.0);
        let bin_hz = SAMPLE_RATE_HZ / fft as f32;
        let band = |band: usize| {
            let [low, middle, high] = [band, band + 1, band + 2].map(corner);
            let weight = |bin: usize| {
                let hz = bin as f32 * bin_hz;
                (bin, ((hz - low) / (middle - low)).min((high - hz) / (high - middle)))
            };
            let bins = (0..=fft / 2).map(weight).filter(|(_, weight)| *weight > 0.0);
            let bins: Vec<_> = bins.collect();
            // A band between two bins has the nearer one's power.
            if bins.is_empty() { vec![((middle / bin_hz).round() as usize, 1.0)] } else { bins }
        };
        Self {
            plan: Planner::new().real_forward(fft),
            window: (0..frame).map(hann).collect(),
            hop: (hop_s * SAMPLE_RATE_HZ).round() as usize,
            bands: (0..bands).map(band).collect(),
        }
    }

    /// The powers of the bands.
    pub fn bands(&self, samples: &[f32]) -> Frames {
        let bands = |spectrum: &Vec<f32>| {
            let band =
                |bins: &Vec<(usize, f32)>| bins.iter().map(|&(bin, weight)| spectrum[bin] * weight).sum();
            self.bands.iter().map(band).collect()
        };
        self.bins(samples).iter().map(bands).collect()
    }

    /// The powers of the transform's bins.
    pub fn bins(&self, samples: &[f32]) -> Frames {
        let (mut input, mut output) = (self.plan.make_input_vec(), self.plan.make_output_vec());
        let frames = samples.len().saturating_sub(self.window.len()) / self.hop + 1;
        let frame = |frame: usize| {
            input.fill(0.0);
            let samples = samples.iter().skip(frame * self.hop);
            for ((input, sample), weight) in input.iter_mut().zip(samples).zip(&self.window) {
                *input = sample * weight;
            }
            self.plan.process(&mut input, &mut output).expect("the buffers were made by the plan itself");
            output.iter().map(Complex32::norm_sqr).collect()
        };
        (0..frames).map(frame).collect()
    }
}

/// The levels of all bands, relative to the loudest.
pub fn levels_db(frames: &Frames) -> Frames {
    let peak = frames.iter().flatten().copied().fold(f32::MIN_POSITIVE, f32::max);
    let level = |power: &f32| (10.0 * (power / peak).max(f32::MIN_POSITIVE).log10()).max(-RANGE_DB);
    frames.iter().map(|frame| frame.iter().map(level).collect()).collect()
}

/// A spectrogram for a picture: levels of 64 bands every 12.5 ms.
pub fn spectrogram_db(samples: &[f32]) -> Frames {
    let (frame_s, bands) = MIDDLE;
    levels_db(&MelSpectrogram::new(frame_s, frame_s / 2.0, bands).bands(samples))
}
