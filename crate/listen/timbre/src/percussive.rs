//! The percussive share of a sound: two running medians split the short-time spectrum (along time for the
//! harmonic part, along frequency for the percussive part), and the levels of both parts are compared.
//!
//! Method: D. Fitzgerald, "Harmonic/percussive separation using median filtering", DAFx 2010.
//! Constants: the defaults of librosa 0.10, `librosa.decompose.hpss` (31 values, soft mask of power
//! two), and timbral_models 0.4.0, `get_percussive_audio` (blocks of 1024 samples, 512 apart).

use std::sync::Arc;

use fourier::{Complex32, ComplexToReal, Planner};

use crate::envelope::rms;
use crate::median::{LANES, running_median};
use crate::stft::{BINS, FRAME, HOP};
use vectors::widest;

/// Samples per block whose levels are compared, and from block to block.
const BLOCK: usize = 1024;
const BLOCK_HOP: usize = 512;

/// A row of the time-by-frequency table, padded to whole lanes.
const ROW: usize = BINS.next_multiple_of(LANES);

/// Harmonic-percussive separation; reuses its tables from sound to sound.
pub(crate) struct HarmonicPercussiveSplit {
    inverse: Arc<dyn ComplexToReal<f32>>,
    spectrum: Vec<Complex32>,
    codes: Vec<i16>,
    transposed: Vec<i16>,
    harmonic: Vec<i16>,
    percussive: Vec<i16>,
    filtered: Vec<i16>,
    sum: Vec<f32>,
    weight: Vec<f32>,
    parts: [Vec<f64>; 2],
}

impl HarmonicPercussiveSplit {
    pub(crate) fn new(planner: &mut Planner) -> Self {
        Self {
            inverse: planner.real_inverse(FRAME),
            spectrum: Vec::new(),
            codes: Vec::new(),
            transposed: Vec::new(),
            harmonic: Vec::new(),
            percussive: Vec::new(),
            filtered: Vec::new(),
            sum: Vec::new(),
            weight: Vec::new(),
            parts: [Vec::new(), Vec::new()],
        }
    }

    /// Removes all frames.
    pub(crate) fn clear(&mut self) {
        self.spectrum.clear();
        self.codes.clear();
    }

    /// Adds one frame of the short-time transform.
    pub(crate) fn push(&mut self, bins: &[Complex32]) {
        self.spectrum.extend_from_slice(bins);
        let start = self.codes.len();
        self.codes.resize(start + ROW, 0);
        widest(
            #[inline(always)]
            || {
                for (code, bin) in self.codes[start..].iter_mut().zip(bins) {
                    *code = encode(bin.norm_sqr().sqrt());
                }
            },
        );
    }

    /// Level of the percussive part over that of both parts, block by block, weighted by the
    /// latter; `None` if both are silent. `signal` is the signal of the frames.
    pub(crate) fn share(&mut self, signal: &[f64], window: &[f32]) -> Option<f64> {
        let frames = self.spectrum.len() / BINS;
        self.medians(frames);
        self.resynthesise(frames, window);
        let [percussive, harmonic] = &mut self.parts;
        percussive.clear();
        let inner = FRAME / 2..FRAME / 2 + HOP * (frames - 1);
        let samples = self.sum[inner.clone()].iter().zip(&self.weight[inner]);
        percussive.extend(samples.map(|(sum, weight)| f64::from(sum / weight)));
        // Both parts add up to the signal, so the harmonic one needs no transform.
        harmonic.clear();
        harmonic.extend(signal.iter().zip(percussive.iter()).map(|(all, part)| all - part));
        let [percussive, harmonic] =
            [percussive, harmonic].map(|part| rms(part, BLOCK, BLOCK_HOP).iter().sum::<f64>());
        let both = percussive + harmonic;
        (both > 0.0).then(|| percussive / both)
    }

    /// Both running medians, in the layout of the codes.
    fn medians(&mut self, frames: usize) {
        self.harmonic.resize(self.codes.len(), 0);
        self.percussive.resize(self.codes.len(), 0);
        running_median(&self.codes, ROW, &mut self.harmonic);
        let transposed_row = frames.next_multiple_of(LANES);
        self.transposed.clear();
        self.transposed.resize(transposed_row * BINS, 0);
        transpose(&self.codes, ROW, &mut self.transposed, transposed_row, frames, BINS);
        self.filtered.resize(self.transposed.len(), 0);
        running_median(&self.transposed, transposed_row, &mut self.filtered);
        transpose(&self.filtered, transposed_row, &mut self.percussive, ROW, BINS, frames);
    }

    /// Masks the spectra and resynthesises the percussive part by overlap-add into `sum`; `weight` is the
    /// sum of the squared windows by which `sum` must be divided.
    fn resynthesise(&mut self, frames: usize, window: &[f32]) {
        let Self { sum, weight, .. } = self;
        for buffer in [&mut *sum, &mut *weight] {
            buffer.clear();
            buffer.resize(HOP * (frames - 1) + FRAME, 0.0);
        }
        let mut frame_samples = self.inverse.make_output_vec();
        let mut scratch = self.inverse.make_scratch_vec();
        for frame in 0..frames {
            let bins = &mut self.spectrum[frame * BINS..(frame + 1) * BINS];
            let codes = frame * ROW..frame * ROW + BINS;
            let medians = self.percussive[codes.clone()].iter().zip(&self.harmonic[codes]);
            widest(
                #[inline(always)]
                || {
                    for (bin, (&percussive, &harmonic)) in bins.iter_mut().zip(medians) {
                        let (percussive, harmonic) = (decode(percussive).powi(2), decode(harmonic).powi(2));
                        *bin *= percussive / ((percussive + harmonic) * FRAME as f32);
                    }
                },
            );
            bins[0].im = 0.0;
            bins[BINS - 1].im = 0.0;
            self.inverse
                .process_with_scratch(bins, &mut frame_samples, &mut scratch)
                .expect("the buffers were made by the plan itself");
            let at = frame * HOP..frame * HOP + FRAME;
            let places = sum[at.clone()].iter_mut().zip(&mut weight[at]);
            widest(
                #[inline(always)]
                || {
                    for ((sum, weight), (sample, window)) in places.zip(frame_samples.iter().zip(window)) {
                        *sum += sample * window;
                        *weight += window * window;
                    }
                },
            );
        }
    }
}

/// Writes `rows` by `columns` values of `from` transposed to `to`.
fn transpose(from: &[i16], from_row: usize, to: &mut [i16], to_row: usize, rows: usize, columns: usize) {
    const TILE: usize = 16;
    for first in (0..rows).step_by(TILE) {
        for column in 0..columns {
            let target = &mut to[column * to_row + first..][..TILE.min(rows - first)];
            for (offset, value) in target.iter_mut().enumerate() {
                *value = from[(first + offset) * from_row + column];
            }
        }
    }
}

/// Encodes a magnitude in 15 bits, monotonically: ten bits of mantissa, 32 octaves up to 2¹². The error
/// of 0.1 % changes the share's logarithm by less than 0.001.
#[inline(always)]
fn encode(magnitude: f32) -> i16 {
    const LOWEST: u32 = (127 + 12 - 32) << 10;
    let bits = magnitude.to_bits() >> 13;
    bits.saturating_sub(LOWEST).min(i16::MAX as u32) as i16
}

/// The magnitude of a code.
#[inline(always)]
fn decode(code: i16) -> f32 {
    const LOWEST: u32 = (127 + 12 - 32) << 10;
    f32::from_bits((code as u32 + LOWEST) << 13)
}
