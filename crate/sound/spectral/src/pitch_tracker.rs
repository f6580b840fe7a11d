//! The pitch of a live sound, frame by frame, by the McLeod pitch method: the normalised square difference
//! function, whose first high maximum is the period (McLeod and Wyvill, "A smarter way to find pitch", ICMC 2005).
//! Never allocates after construction. `crate/listen/matching` and `crate/listen/sketching` have the same method
//! for whole sounds: this crate's README says why they are not merged.

use std::ops::RangeInclusive;

use vectors::widest;

use crate::error::SpectralError;
use crate::sums::exact_sum;
use crate::transform::FrameTransform;

/// The pitch of a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PitchEstimate {
    /// The fundamental frequency in Hz; without a pitch the frequency of the last frame with one, 0 before the
    /// first.
    pub frequency_hz: f32,
    /// The similarity of the frame to itself one period later, 0…1.
    pub clarity: f32,
    /// True if the frame has a pitch.
    pub is_voiced: bool,
}

/// A frame with less self-similarity has no pitch. White noise seldom exceeds 0.2, an ensemble may fall below 0.7.
const LEAST_CLARITY: f32 = 0.5;
/// The first maximum with this share of the highest one is the period: the paper's constant, 0.8 to 1.
const FIRST_SHARE: f32 = 0.9;
/// A maximum next to the last period needs only this share.
const SAME_SHARE: f32 = 0.8;
/// A lag within this ratio of the last period is next to it: a semitone and a half.
const SAME_RATIO: f32 = 1.09;
/// A multiple of the period with this share of the similarity of one period makes the period more exact.
const MULTIPLE_SHARE: f32 = 0.9;
/// Frames with a mean power below −80 dB of full scale have no pitch.
const LEAST_POWER: f64 = 1e-8;
/// The lowest and the highest frequency that is found.
const RANGE_HZ: [f32; 2] = [40.0, 5000.0];

/// Lags that are looked at together.
const TOGETHER: usize = 8;

/// Finds pitches in the order of time.
#[derive(Clone)]
pub struct PitchTracker {
    sample_rate_hz: f32,
    window: usize,
    shortest: usize,
    transform: FrameTransform,
    samples: Vec<f32>,
    similarities: Vec<f32>,
    /// The lags of the maxima of the last frame.
    maxima: Vec<usize>,
    last: PitchEstimate,
}

impl PitchTracker {
    /// A tracker for frames of `window` samples, which should hold two periods: 2048 at 44.1 kHz for 43 Hz.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn new(window: usize, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        let longest = ((sample_rate_hz / RANGE_HZ[0]) as usize).min(window * 6 / 10);
        Ok(Self {
            sample_rate_hz,
            window,
            shortest: (sample_rate_hz / RANGE_HZ[1]) as usize,
            transform: FrameTransform::new(2 * window.max(1)),
            samples: vec![0.0; window],
            similarities: vec![0.0; longest + 2],
            // Two maxima never have neighbouring lags.
            maxima: Vec::with_capacity(longest / 2 + 2),
            last: PitchEstimate::default(),
        })
    }

    /// Forgets the last pitch: as before the first frame.
    pub fn reset(&mut self) {
        self.last = PitchEstimate::default();
    }

    /// The pitch of the next frame, whose samples are given in parts, oldest first (see
    /// [`crate::FrameSource::samples`]); a sample that is missing or not finite counts as zero.
    pub fn track(&mut self, parts: [&[f32]; 2]) -> PitchEstimate {
        // With AVX2 or AVX-512 where the machine has it: the sums have the same order.
        widest(
            #[inline(always)]
            || self.estimate(parts),
        )
    }

    #[inline(always)]
    fn estimate(&mut self, parts: [&[f32]; 2]) -> PitchEstimate {
        let mut rest = self.samples.as_mut_slice();
        for part in parts {
            let (own, further) = rest.split_at_mut(part.len().min(rest.len()));
            for (own, &sample) in own.iter_mut().zip(part) {
                *own = if sample.is_finite() { sample.clamp(-1e6, 1e6) } else { 0.0 };
            }
            rest = further;
        }
        rest.fill(0.0);
        // With a DC offset a frame would be similar to itself at every lag.
        let offset = exact_sum(&self.samples, |sample| sample) / self.window.max(1) as f64;
        self.samples.iter_mut().for_each(|sample| *sample -= offset as f32);
        let power = exact_sum(&self.samples, |sample| sample * sample);
        self.last = if power > LEAST_POWER * self.window as f64 {
            self.measure_similarities(power);
            self.find()
        } else {
            PitchEstimate { clarity: 0.0, is_voiced: false, ..self.last }
        };
        self.last
    }

    /// The normalised square difference function (equation 9 of the paper), for a frame of this sum of squares: 1
    /// at a lag at which the frame equals itself.
    #[inline(always)]
    fn measure_similarities(&mut self, whole: f64) {
        let Self { transform, samples, similarities, .. } = self;
        let correlation = transform.correlation(|buffer| {
            buffer[..samples.len()].copy_from_slice(samples);
            buffer[samples.len()..].fill(0.0);
        });
        similarities.fill(0.0);
        write_energies(samples, 2.0 * whole, similarities);
        let (scale, least) = (2.0 / correlation.len() as f32, (1e-9 * whole) as f32);
        for (similarity, correlation) in similarities.iter_mut().zip(correlation) {
            let energy = *similarity;
            *similarity = if energy > least { (correlation * scale / energy).clamp(-1.0, 1.0) } else { 0.0 };
        }
    }

    /// The period, from the highest maximum between each two descents through zero.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn find(&mut self) -> PitchEstimate {
        self.find_maxima();
        let similarity = |lag: usize| self.similarities[lag];
        let highest = self.maxima.iter().map(|&lag| similarity(lag)).fold(0.0, f32::max);
        let last_period =
            if self.last.is_voiced { self.sample_rate_hz / self.last.frequency_hz } else { f32::INFINITY };
        let is_same = |lag: usize| {
            let ratio = lag as f32 / last_period;
            ratio < SAME_RATIO && ratio > 1.0 / SAME_RATIO
        };
        // Multiples of the period are as similar as the period: the last period only counts if it is the shorter
        // one.
        let chosen = self.maxima.iter().copied().find(|&lag| {
            let share = if is_same(lag) { SAME_SHARE } else { FIRST_SHARE };
            similarity(lag) >= share * highest
        });
        let silent = PitchEstimate { clarity: highest, is_voiced: false, ..self.last };
        let Some(lag) = chosen.filter(|&lag| similarity(lag) >= LEAST_CLARITY) else { return silent };
        let frequency_hz = self.sample_rate_hz / self.exact_period(lag);
        PitchEstimate { frequency_hz, clarity: similarity(lag), is_voiced: true }
    }

    /// Lists the lags of the highest values between a rise through zero and the next descent, in order.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn find_maxima(&mut self) {
        let values = &self.similarities[..self.similarities.len() - 1];
        self.maxima.clear();
        let first = values.iter().position(|&value| value < 0.0).unwrap_or(values.len());
        let (mut best, mut highest) = (first, 0.0);
        for (step, chunk) in values[first..].chunks(TOGETHER).enumerate() {
            let from = first + step * TOGETHER;
            let positive = chunk.iter().map(|&value| u32::from(value > 0.0)).sum::<u32>() as usize;
            if positive == chunk.len() {
                let greatest = chunk.iter().copied().fold(0.0, f32::max);
                if greatest >= highest {
                    let last = chunk.iter().rposition(|&value| value == greatest).unwrap_or(0);
                    (best, highest) = (from + last, greatest);
                }
                continue;
            }
            // If no value of the chunk is positive, its first value ends the stretch before it.
            let chunk = if positive == 0 { &chunk[..1] } else { chunk };
            for (n, &value) in chunk.iter().enumerate() {
                if value > 0.0 {
                    (best, highest) = if value >= highest { (from + n, value) } else { (best, highest) };
                } else {
                    if highest > 0.0 && best >= self.shortest {
                        self.maxima.push(best);
                    }
                    highest = 0.0;
                }
            }
        }
        // The rise at the end has its maximum outside.
        if highest > 0.0 && best + 1 < values.len() && best >= self.shortest {
            self.maxima.push(best);
        }
    }

    /// The period to a fraction of a sample: the maximum's place between samples, divided by its number of
    /// periods. That number doubles as long as the frame stays similar to itself.
    fn exact_period(&self, lag: usize) -> f32 {
        let (mut period, mut periods) = (self.vertex(lag), 1.0);
        let least = MULTIPLE_SHARE * self.similarities[lag];
        loop {
            let expected = 2.0 * periods * period;
            let from = (expected - 2.0).round() as usize;
            let to = (expected + 2.0).round() as usize;
            if to + 1 >= self.similarities.len() {
                return period;
            }
            let best = (from..=to).max_by(|&a, &b| self.similarities[a].total_cmp(&self.similarities[b]));
            let Some(best) =
                best.filter(|&best| best > from && best < to && self.similarities[best] >= least)
            else {
                return period;
            };
            periods *= 2.0;
            period = self.vertex(best) / periods;
        }
    }

    /// The vertex of the parabola through a maximum and its neighbours.
    fn vertex(&self, lag: usize) -> f32 {
        let [left, middle, right] = [lag - 1, lag, lag + 1].map(|lag| self.similarities[lag]);
        let curvature = left - 2.0 * middle + right;
        let offset = if curvature < 0.0 { 0.5 * (left - right) / curvature } else { 0.0 };
        lag as f32 + offset.clamp(-0.5, 0.5)
    }
}

/// Writes for each lag the sum of the squares of both parts that are compared. It is `both` at first, and loses a
/// sample at each end from lag to lag.
#[inline(always)]
fn write_energies(samples: &[f32], mut both: f64, energies: &mut [f32]) {
    // The losses of several lags are added up beside those of the next ones: a single sum would wait for each addition.
    let square = |sample: &f32| f64::from(*sample).powi(2);
    let parts = samples.chunks(TOGETHER).zip(samples.rchunks(TOGETHER));
    for (energies, (first, last)) in energies.chunks_mut(TOGETHER).zip(parts) {
        let mut losses = [0.0; TOGETHER];
        for (loss, (first, last)) in losses.iter_mut().zip(first.iter().zip(last.iter().rev())) {
            *loss = square(first) + square(last);
        }
        let mut lost = 0.0;
        for loss in &mut losses {
            (*loss, lost) = (lost, lost + *loss);
        }
        for (energy, lost) in energies.iter_mut().zip(losses) {
            *energy = (both - lost) as f32;
        }
        both -= lost;
    }
}

/// The sample rates that this crate accepts, in Hz: those of microphones and sound outputs.
pub const SAMPLE_RATES_HZ: RangeInclusive<f32> = 8_000.0..=192_000.0;

/// Refuses a rate outside of [`SAMPLE_RATES_HZ`].
///
/// # Errors
/// [`SpectralError::SampleRate`].
pub fn check_rate(sample_rate_hz: f32) -> Result<(), SpectralError> {
    if SAMPLE_RATES_HZ.contains(&sample_rate_hz) {
        Ok(())
    } else {
        Err(SpectralError::SampleRate { sample_rate_hz })
    }
}
