//! Onset strength of each frame, and the candidate frames for onsets. Uses only mel spectra; `onset`
//! refines the candidates to samples.
//!
//! Constants: the defaults of librosa 0.10, `onset_strength`, `onset_detect`, `peak_pick` and
//! `onset_backtrack`, which timbral_models 0.4.0 relies on.

use fourier::Complex32;
use vectors::{log2, widest};

use crate::mel::{MELS, MelBank, PADDED_BINS};
use crate::stft::{FRAME, HOP};

/// Least energy, and the range in dB below the largest to which levels are limited.
const FLOOR: f32 = 1e-10;
const RANGE_DB: f32 = 80.0;

/// 10 log₁₀ 2.
const DECIBELS_PER_DOUBLING: f32 = 10.0 * std::f32::consts::LOG10_2;

/// Least excess of a peak over the mean around it, as a share of the largest strength.
const DELTA: f64 = 0.07;

/// Collects mel spectra in dB and turns them into onset strengths.
pub(crate) struct StrengthMeter {
    mels: MelBank,
    power: Box<[f32; PADDED_BINS]>,
    levels_db: Vec<f32>,
}

impl StrengthMeter {
    pub(crate) fn new(sample_rate_hz: f64) -> Self {
        Self {
            mels: MelBank::new(sample_rate_hz),
            power: Box::new([0.0; PADDED_BINS]),
            levels_db: Vec::new(),
        }
    }

    /// Removes all frames.
    pub(crate) fn clear(&mut self) {
        self.levels_db.clear();
    }

    /// Adds one frame of the short-time transform.
    pub(crate) fn push(&mut self, bins: &[Complex32]) {
        widest(
            #[inline(always)]
            || {
                for (power, bin) in self.power.iter_mut().zip(bins) {
                    *power = bin.norm_sqr();
                }
                let mut levels_db = self.mels.energies(&self.power);
                for level in &mut levels_db {
                    *level = DECIBELS_PER_DOUBLING * log2(if *level > FLOOR { *level } else { FLOOR });
                }
                self.levels_db.extend_from_slice(&levels_db);
            },
        );
    }

    /// Mean rise over the bands in dB per frame, delayed by three frames to be centred.
    pub(crate) fn strengths(&mut self) -> Vec<f64> {
        const DELAY: usize = 1 + FRAME / (2 * HOP);
        let frames = self.levels_db.len() / MELS;
        let loudest = self.levels_db.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for level in &mut self.levels_db {
            *level = level.max(loudest - RANGE_DB);
        }
        let mut strengths = vec![0.0; DELAY];
        let earlier = self.levels_db.chunks_exact(MELS);
        for (before, after) in earlier.zip(self.levels_db.chunks_exact(MELS).skip(1)) {
            let rise: f64 =
                after.iter().zip(before).map(|(after, before)| f64::from((after - before).max(0.0))).sum();
            strengths.push(rise / MELS as f64);
        }
        strengths.truncate(frames);
        strengths
    }
}

/// Candidate frames for onsets, in order: local peaks of the strength, each moved back to the minimum
/// before it. Empty if the strength is constant.
pub(crate) fn candidates(strengths: &[f64], sample_rate_hz: f64) -> Vec<usize> {
    let lowest = strengths.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = strengths.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if highest <= lowest {
        return Vec::new();
    }
    let relative: Vec<f64> =
        strengths.iter().map(|strength| (strength - lowest) / (highest - lowest)).collect();
    let minima: Vec<usize> = (1..relative.len().saturating_sub(1))
        .filter(|&frame| relative[frame] <= relative[frame - 1] && relative[frame] < relative[frame + 1])
        .collect();
    peaks(&relative, sample_rate_hz)
        .into_iter()
        .map(|peak| minima[..minima.partition_point(|&minimum| minimum <= peak)].last().copied().unwrap_or(0))
        .collect()
}

/// Frames that are the largest of the last 30 ms and exceed the mean of the 100 ms around them.
fn peaks(relative: &[f64], sample_rate_hz: f64) -> Vec<usize> {
    let frames_in = |seconds: f64| (seconds * sample_rate_hz / HOP as f64).floor() as usize;
    let (wait, around) = (frames_in(0.03), frames_in(0.1));
    let mut found = Vec::new();
    let mut frame = 0;
    while frame < relative.len() {
        let recent = if frame == 0 { &relative[..1] } else { &relative[frame.saturating_sub(wait)..=frame] };
        let is_largest = recent.iter().all(|&other| other <= relative[frame]);
        let nearby = &relative[frame.saturating_sub(around)..(frame + around + 1).min(relative.len())];
        let mean = nearby.iter().sum::<f64>() / nearby.len() as f64;
        if is_largest && relative[frame] >= mean + DELTA {
            found.push(frame);
            frame += wait;
        }
        frame += 1;
    }
    found
}
