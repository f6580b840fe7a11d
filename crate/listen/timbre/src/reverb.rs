//! Reverb: decides whether the sound seems reverberant. Detects free decays, estimates the maximum-likelihood
//! reverberation time of each among ten candidates, and classifies the smoothed estimate.
//!
//! Method: H. Löllmann et al., "An improved algorithm for blind reverberation time estimation",
//! IWAENC 2010, with the Laplace distribution of T. Jan and W. Wang, EUSIPCO 2012. Constants from
//! timbral_models 0.4.0, `timbral_reverb` and the functions that it calls.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use crate::scan::range;
use vectors::widest;

/// Candidate reverberation times, in seconds.
const TIMES_S: [f64; 10] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1];

/// The sample rate of the lengths below.
const NOMINAL_RATE_HZ: f64 = 24_000.0;

/// Above this rate every second sample is used.
const HALVING_RATE_HZ: f64 = 8_000.0;

/// Samples per sub-frame and from frame to frame, and number of estimates in the histogram.
const SUBFRAME: f64 = 700.0;
const SHIFT: f64 = 200.0;
const MEMORY: f64 = 800.0;

/// Sub-frames per frame, and the fewest decaying ones (after the first) for a decay.
const SUBFRAMES: usize = 7;
const FEWEST_FALLING: usize = 3;

/// Smoothing coefficient of the estimate per frame, and the initial estimate in seconds.
const SMOOTHING: f64 = 0.995;
const START_S: f64 = 0.3;

/// Logistic regression on the estimate in seconds.
const SLOPE: f64 = 2.971_264_61;
const INTERCEPT: f64 = -1.450_829_89;

/// True if estimates (one per channel, in seconds) indicate a reverberant sound.
pub(crate) fn is_reverberant(estimates_s: &[f64]) -> bool {
    let mean_s = estimates_s.iter().sum::<f64>() / estimates_s.len() as f64;
    SLOPE * mean_s + INTERCEPT >= 0.0
}

/// The planned estimator of one sample rate.
pub(crate) struct ReverbEstimator {
    step: usize,
    subframe: usize,
    shift: usize,
    memory: usize,
    /// For each candidate time, the gain per sample of a frame that cancels the decay.
    growth: [Vec<f64>; TIMES_S.len()],
    log_decay: [f64; TIMES_S.len()],
}

impl ReverbEstimator {
    pub(crate) fn new(sample_rate_hz: f64) -> Self {
        let step = if sample_rate_hz > HALVING_RATE_HZ { 2 } else { 1 };
        let scaled = |length: f64| {
            (sample_rate_hz / NOMINAL_RATE_HZ * length / step as f64).round_ties_even().max(1.0) as usize
        };
        let subframe = scaled(SUBFRAME);
        let log_decay = TIMES_S.map(|time_s| -3.0 * 10.0_f64.ln() / (time_s * sample_rate_hz / step as f64));
        let growth = log_decay
            .map(|log| (0..subframe * SUBFRAMES).map(|sample| (-log * sample as f64).exp()).collect());
        Self { step, subframe, shift: scaled(SHIFT), memory: scaled(MEMORY), growth, log_decay }
    }

    /// Estimated reverberation time of one channel, in seconds.
    #[inline(never)]
    pub(crate) fn estimate_s(&self, samples: &[f32]) -> f64 {
        let frame_span = self.subframe * SUBFRAMES * self.step;
        if samples.len() <= frame_span {
            return TIMES_S[0];
        }
        // Frames start at odd offsets only if the shift is not a multiple of the step.
        let offsets = if self.shift.is_multiple_of(self.step) { 1 } else { self.step };
        let mut channels: Vec<DecimatedChannel> =
            (0..offsets).map(|offset| DecimatedChannel::new(samples, offset, self.step)).collect();
        let mut histogram = EstimateHistogram::new(self.memory);
        let (mut sum_s, mut count, mut smoothed_s, mut latest_s) = (0.0, 0_u32, START_S, START_S);
        for start in (0..=samples.len() - frame_span).step_by(self.shift) {
            let channel = &mut channels[start % self.step];
            let first = start / self.step;
            let estimate =
                self.decay_length(channel, first).map(|length| self.likeliest(channel, first, length));
            if let Some(time) = estimate {
                latest_s = TIMES_S[histogram.most_frequent_with(time)];
            }
            smoothed_s = SMOOTHING * smoothed_s + (1.0 - SMOOTHING) * latest_s;
            if estimate.is_some() {
                sum_s += smoothed_s;
                count += 1;
            }
        }
        if count == 0 { TIMES_S[0] } else { sum_s / f64::from(count) }
    }

    /// Length of the decay that starts at `first`, in samples, if the frame has one: variance, maximum and
    /// minimum shrink over enough sub-frames, and then stop to.
    fn decay_length(&self, channel: &DecimatedChannel, first: usize) -> Option<usize> {
        let segment = |index: usize| {
            // All but the first overlap the next by one sample, as in the original.
            let end = (index + 1) * self.subframe + usize::from(index > 0);
            first + index * self.subframe..first + end
        };
        let mut before = segment(0);
        let mut variance_before = channel.variance(before.clone());
        for index in 1..SUBFRAMES - 1 {
            let now = segment(index);
            let variance = channel.variance(now.clone());
            let falls = variance_before > variance && {
                let (low_before, high_before) = channel.range(before);
                let (low, high) = channel.range(now.clone());
                high_before > high && low_before < low
            };
            if !falls {
                let falling = index - 1;
                return (falling >= FEWEST_FALLING).then_some(falling * self.subframe);
            }
            (before, variance_before) = (now, variance);
        }
        // A decay that fills the frame is detected in a later frame.
        None
    }

    /// Index of the time with the maximum likelihood for decaying Laplace noise of the magnitudes from `first` on.
    fn likeliest(&self, channel: &mut DecimatedChannel, first: usize, length: usize) -> usize {
        let count = length as f64;
        let sums = self.without_decay(channel, first, length);
        let mut best = (0, f64::NEG_INFINITY);
        for (time, without_decay) in sums.into_iter().enumerate() {
            let decay = self.log_decay[time] * count * (count - 1.0) / 2.0;
            let value = -count * (without_decay / count).ln() - decay;
            if value > best.1 {
                best = (time, value);
            }
        }
        best.0
    }

    /// Sum of the magnitudes without the decay of each candidate time. Frames overlap, so the sums of the pieces
    /// between the starts of two frames are kept.
    fn without_decay(
        &self,
        channel: &mut DecimatedChannel,
        first: usize,
        length: usize,
    ) -> [f64; TIMES_S.len()] {
        // Frames of a channel are a whole number of pieces apart.
        let piece = if self.shift.is_multiple_of(self.step) { self.shift / self.step } else { self.shift };
        let (start, whole) = (first / piece, length / piece);
        let offset = first % piece;
        let mut sums = [0.0; TIMES_S.len()];
        for index in 0..whole {
            let at = offset + (start + index) * piece;
            let of_piece = channel.pieces.entry(at).or_insert_with(|| {
                let magnitudes = &channel.magnitudes[at..at + piece];
                std::array::from_fn(|time| dot(&self.growth[time], magnitudes))
            });
            for ((sum, of_piece), growth) in sums.iter_mut().zip(of_piece).zip(&self.growth) {
                *sum += growth[index * piece] * *of_piece;
            }
        }
        let rest = whole * piece..length;
        for (sum, growth) in sums.iter_mut().zip(&self.growth) {
            *sum += dot(&growth[rest.clone()], &channel.magnitudes[first + rest.start..first + rest.end]);
        }
        sums
    }
}

/// Sum of products, in eight accumulators for vectorisation.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    widest(
        #[inline(always)]
        || {
            let mut accumulators = [0.0; 8];
            for (a, b) in a[..b.len()].chunks(8).zip(b.chunks(8)) {
                for ((accumulator, a), b) in accumulators.iter_mut().zip(a).zip(b) {
                    *accumulator += a * b;
                }
            }
            accumulators.iter().sum()
        },
    )
}

/// Every `step`th sample of a channel.
struct DecimatedChannel {
    samples: Vec<f64>,
    magnitudes: Vec<f64>,
    /// Sums of pieces without the decay of each candidate time, by their first sample.
    pieces: BTreeMap<usize, [f64; TIMES_S.len()]>,
}

impl DecimatedChannel {
    fn new(samples: &[f32], offset: usize, step: usize) -> Self {
        let samples: Vec<f64> = samples[offset..].chunks(step).map(|chunk| f64::from(chunk[0])).collect();
        let magnitudes = samples.iter().map(|sample| sample.abs()).collect();
        Self { samples, magnitudes, pieces: BTreeMap::new() }
    }

    /// Computed per segment: with running sums over the whole sound, rounding errors would exceed the
    /// variance of a quiet tail.
    fn variance(&self, segment: Range<usize>) -> f64 {
        let samples = &self.samples[segment];
        widest(
            #[inline(always)]
            || {
                let count = samples.len() as f64;
                let mean = sum_of(samples, |sample| sample) / count;
                sum_of(samples, |sample| (sample - mean) * (sample - mean)) / count
            },
        )
    }

    fn range(&self, segment: Range<usize>) -> (f64, f64) {
        range(&self.samples[segment])
    }
}

/// Sum of a function of each sample, in eight accumulators for vectorisation.
#[inline(always)]
fn sum_of(samples: &[f64], value: impl Fn(f64) -> f64) -> f64 {
    let mut accumulators = [0.0; 8];
    let chunks = samples.chunks_exact(8);
    let rest: f64 = chunks.remainder().iter().map(|&sample| value(sample)).sum();
    for chunk in chunks {
        for (accumulator, &sample) in accumulators.iter_mut().zip(chunk) {
            *accumulator += value(sample);
        }
    }
    accumulators.iter().sum::<f64>() + rest
}

/// Sliding histogram of the latest estimates.
struct EstimateHistogram {
    counts: [i64; TIMES_S.len()],
    recent: VecDeque<usize>,
    total: usize,
}

impl EstimateHistogram {
    fn new(memory: usize) -> Self {
        Self { counts: [0; TIMES_S.len()], recent: VecDeque::from(vec![0; memory]), total: 0 }
    }

    /// Counts `time` and returns the most frequent one.
    fn most_frequent_with(&mut self, time: usize) -> usize {
        self.total += 1;
        self.counts[time] += 1;
        let oldest = self.recent.pop_front().unwrap_or(0);
        if self.total > self.recent.len() + 2 {
            self.counts[oldest] -= 1;
        }
        self.recent.push_back(time);
        let highest = self.counts.iter().max().copied().unwrap_or(0);
        self.counts.iter().position(|&count| count == highest).unwrap_or(0)
    }
}
