//! The spectrum of the test note over time: 32 mel bands in five segments of time, the mean level step, and the
//! spectral centroid. 162 numbers in dB or in units of similar weight.
//!
//! The figures here (frames, bands, segments, weights) define the features: a model or a table made
//! with others cannot be compared.

use fourier::PowerSpectra;
use std::ops::Range;

use crate::mel_triangles::{MelTriangles, corner_hz};
use crate::test_note::SAMPLE_RATE_HZ;

/// Mel bands.
pub const BAND_COUNT: usize = 32;
/// Segments of time.
pub const SEGMENT_COUNT: usize = 5;
/// Numbers per sound: the level of each band in each segment, the level step, the centroid.
pub const SPECTRAL_COUNT: usize = BAND_COUNT * SEGMENT_COUNT + 2;

/// Levels of all bands, segment by segment, low band first, in dB relative to a mean power of 1. Ten times the
/// mean step of the level from frame to frame follows, in dB. The last is three times the spectral centroid, in
/// bands counted from 0.
pub type SpectralFeatures = [f32; SPECTRAL_COUNT];

/// Samples of a frame.
const FRAME: usize = 2048;
/// Samples from frame to frame.
const HOP: usize = 1024;
/// The beginning of the lowest band and the end of the highest, in Hz.
const RANGE_HZ: [f64; 2] = [30.0, 18_000.0];
/// Ends of the test note's segments, in seconds: the attack, the time after it, the held note, its release, its
/// tail.
pub const ENDS_S: [f64; SEGMENT_COUNT] = [0.1, 0.5, 2.0, 2.5, 4.0];
/// Power that counts as silence: -90 dB.
const FLOOR: f32 = 1e-9;
/// Weight of the mean level step.
const STEP_WEIGHT: f64 = 10.0;
/// Weight of the centroid.
const CENTROID_WEIGHT: f64 = 3.0;

/// Measures [`SpectralFeatures`]; plans once, and keeps no state between sounds.
#[derive(Clone)]
pub struct Spectrum {
    spectra: PowerSpectra,
    bands: MelTriangles,
    ends_s: [f64; SEGMENT_COUNT],
}

impl Default for Spectrum {
    fn default() -> Self {
        Self::new()
    }
}

impl Spectrum {
    /// For the test note: plans the transform and lays out the bands.
    pub fn new() -> Self {
        Self::with_ends(ENDS_S)
    }

    /// For another note, whose segments end at these times, which must not fall.
    pub fn with_ends(ends_s: [f64; SEGMENT_COUNT]) -> Self {
        Self {
            spectra: PowerSpectra::new(FRAME),
            bands: MelTriangles::new(FRAME, RANGE_HZ, BAND_COUNT),
            ends_s,
        }
    }

    /// The features of one channel at 44.1 kHz (±1 is full scale). A segment that the sound does not reach has the
    /// level of silence.
    pub fn measure(&mut self, mono: &[f32]) -> SpectralFeatures {
        self.measure_with(mono, |_, _| ())
    }

    /// As [`Spectrum::measure`]; `each` also gets every frame's middle in seconds and the power of each band.
    pub fn measure_with(
        &mut self,
        mono: &[f32],
        mut each: impl FnMut(f64, &[f32; BAND_COUNT]),
    ) -> SpectralFeatures {
        let mut sums = [[0.0_f64; BAND_COUNT]; SEGMENT_COUNT];
        let mut counts = [0_u32; SEGMENT_COUNT];
        let (mut step_sum_db, mut steps, mut before_db) = (0.0, 0_u32, None);
        let mut pair = [[0.0; BAND_COUNT]; 2];
        for index in 0..=mono.len() / HOP {
            if index % 2 == 0 {
                pair = self.frames(mono, [index, index + 1]);
            }
            let bands = pair[index % 2];
            let seconds = (index * HOP) as f64 / f64::from(SAMPLE_RATE_HZ);
            each(seconds, &bands);
            if let Some(segment) = self.ends_s.iter().position(|&end| seconds < end) {
                sums[segment].iter_mut().zip(&bands).for_each(|(sum, &power)| *sum += f64::from(power));
                counts[segment] += 1;
            }
            let level_db = decibels(f64::from(bands.iter().sum::<f32>()));
            if let Some(before_db) = before_db.replace(level_db) {
                step_sum_db += f64::abs(level_db - before_db);
                steps += 1;
            }
        }

        let mut features = [0.0; SPECTRAL_COUNT];
        let (mut total, mut moment) = (0.0, 0.0);
        for (segment, (sums, &count)) in sums.iter().zip(&counts).enumerate() {
            for (band, &sum) in sums.iter().enumerate() {
                features[segment * BAND_COUNT + band] = decibels(sum / f64::from(count.max(1))) as f32;
                total += sum;
                moment += sum * band as f64;
            }
        }
        let centroid = if total > 0.0 { moment / total } else { 0.0 };
        features[SPECTRAL_COUNT - 2] = (STEP_WEIGHT * step_sum_db / f64::from(steps.max(1))) as f32;
        features[SPECTRAL_COUNT - 1] = (CENTROID_WEIGHT * centroid) as f32;
        features
    }

    /// Power of each band in two frames. The middle of the first frame is the first sample.
    fn frames(&mut self, mono: &[f32], indices: [usize; 2]) -> [[f32; BAND_COUNT]; 2] {
        let starts = indices.map(|index| (index * HOP) as isize - (FRAME / 2) as isize);
        let Self { spectra, bands, .. } = self;
        spectra.measure(mono, starts).map(|bins| {
            let mut powers = [0.0; BAND_COUNT];
            powers.iter_mut().zip(bands.powers(bins)).for_each(|(stored, power)| *stored = power);
            powers
        })
    }
}

fn decibels(power: f64) -> f64 {
    10.0 * power.max(f64::from(FLOOR)).log10()
}

/// The beginning and the end of neighbouring bands, in Hz: the corners of the triangles of the outer ones.
pub fn band_edges_hz(bands: Range<usize>) -> [f32; 2] {
    [bands.start, bands.end + 1].map(|corner| corner_hz(RANGE_HZ, BAND_COUNT, corner) as f32)
}
