//! The pitch of a sound: the median over its frames, if most agree. The pitch of a frame is the first high peak of
//! its autocorrelation, found as in the McLeod pitch method (McLeod and Wyvill, "A smarter way to find pitch",
//! ICMC 2005). Only the search for peaks is from the crate `pitch-detection`: its detectors plan their transforms
//! again for each frame, which takes most of their time. The pitch of a tone with harmonics is exact to 6 cents up
//! to key 100; above, a period has few samples. `spectral::PitchTracker` and `crate/listen/sketching` have the
//! same method for live sounds and for voices; the README of `crate/sound/spectral` says why they are not merged.

use std::sync::Arc;

use features::test_note::SAMPLE_RATE_HZ;
use fourier::{Complex32, ComplexToReal, Planner, RealToComplex};
use pitch_detection::utils::peak::{PeakCorrection, choose_peak, correct_peak, detect_peaks};

/// The pitch of a sound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pitch {
    /// The nearest MIDI key, 0…127.
    pub key: u8,
    /// The distance of the sound above the key, −50…50 cents.
    pub cents: f32,
}

/// Samples of a frame: two and a half periods of the lowest key of a piano.
const FRAME: usize = 4096;
const HOP: usize = 2048;
/// Samples of a transform: a frame, and zeros for its first half of lags.
const TRANSFORM: usize = FRAME + FRAME / 2;
/// Frames this far below the loudest do not count.
const LEVEL_DB: f32 = -30.0;
/// A frame whose autocorrelation is at most this share of that at 0 has no pitch.
const CLARITY: f32 = 0.7;
/// For a longer period than this, in samples, the autocorrelation is measured in shares of the compared samples.
/// So few samples of a frame have others a period later that even a tone reaches no more than [`CLARITY`] of the
/// value at 0.
const LONG_PERIOD: f32 = FRAME as f32 * (1.0 - CLARITY);
/// A wave repeats as well as ever after a period whose similarity is this share of the best.
const NEARLY_BEST: f32 = 0.9;
/// The lowest key of a wave that repeats better after a longer period than after the first clear one.
const LOWEST_FUNDAMENTAL: u8 = 24;
/// Pitches are different if they are farther apart than this, in semitones.
const APART_KEYS: f32 = 1.0;
/// Frames within this of the median agree with it.
const AGREEMENT_CENTS: f32 = 60.0;
/// A sound has a pitch if this share of its loud frames agree.
const AGREEING: f32 = 0.5;

impl Pitch {
    /// The pitch of a frequency; `None` outside of the keys.
    pub fn of_frequency(frequency_hz: f32) -> Option<Self> {
        let keys = 69.0 + 12.0 * (frequency_hz / 440.0).log2();
        let key = keys.round();
        (0.0..=127.0).contains(&key).then_some(Self { key: key as u8, cents: 100.0 * (keys - key) })
    }

    /// In semitones above MIDI key 0.
    pub fn keys(self) -> f32 {
        f32::from(self.key) + self.cents / 100.0
    }
}

/// The autocorrelation of frames, from transforms that are planned once.
struct Autocorrelation {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    /// A frame and zeros, and then the autocorrelation.
    values: Vec<f32>,
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl Autocorrelation {
    fn new() -> Self {
        let mut planner = Planner::new();
        let (forward, inverse) = (planner.real_forward(TRANSFORM), planner.real_inverse(TRANSFORM));
        Self {
            values: forward.make_input_vec(),
            bins: forward.make_output_vec(),
            scratch: vec![Complex32::default(); forward.get_scratch_len().max(inverse.get_scratch_len())],
            forward,
            inverse,
        }
    }

    /// The autocorrelation of a frame, in shares of its value at 0.
    fn measure(&mut self, frame: &[f32]) -> &[f32] {
        let Self { forward, inverse, values, bins, scratch } = self;
        values[..FRAME].copy_from_slice(frame);
        values[FRAME..].fill(0.0);
        forward
            .process_with_scratch(values, bins, scratch)
            .expect("the buffers were made by the plan itself");
        bins.iter_mut().for_each(|bin| *bin = Complex32::new(bin.norm_sqr(), 0.0));
        inverse.process_with_scratch(bins, values, scratch).expect("a power has no imaginary part");
        let whole = values[0];
        values.iter_mut().for_each(|value| *value /= whole);
        values
    }
}

/// The first clear period in an autocorrelation, in samples.
fn clear_period(values: &[f32]) -> Option<f32> {
    let peak = choose_peak(detect_peaks(values), CLARITY)?;
    Some(correct_peak(peak, values, PeakCorrection::Quadratic).0)
}

/// The same for a long period, which is clear only in shares of the compared samples.
fn long_period(frame: &[f32], values: &[f32]) -> Option<f32> {
    clear_period(&similarity(frame, values)).filter(|&period| period > LONG_PERIOD)
}

/// The autocorrelation of a frame in shares of the compared samples.
fn similarity(frame: &[f32], values: &[f32]) -> Vec<f32> {
    let power: f32 = frame.iter().map(|sample| sample * sample).sum();
    let share = |sample: f32| sample * sample / power;
    let mut compared = 2.0;
    let similarity = |lag: usize| {
        if lag > 0 {
            compared -= share(frame[lag - 1]) + share(frame[FRAME - lag]);
        }
        2.0 * values[lag] / compared.max(f32::MIN_POSITIVE)
    };
    (0..=FRAME / 2).map(similarity).collect()
}

/// The first clear period of a frame, given its autocorrelation.
fn first_period(frame: &[f32], values: &[f32]) -> Option<f32> {
    clear_period(values).or_else(|| long_period(frame, values))
}

/// The period after which a frame repeats best, given its autocorrelation.
fn best_period(frame: &[f32], values: &[f32]) -> Option<f32> {
    let similarity = similarity(frame, values);
    let best = detect_peaks(&similarity).map(|peak| peak.1).max_by(f32::total_cmp)?;
    let peak = choose_peak(detect_peaks(&similarity), (NEARLY_BEST * best).max(CLARITY))?;
    Some(correct_peak(peak, &similarity, PeakCorrection::Quadratic).0)
}

/// The pitch of a sound at 44.1 kHz; `None` if it has no pitch, or too many.
pub fn find_pitch(samples: &[f32]) -> Option<Pitch> {
    let [pitch] = pitches_by(samples, |frame, values| [first_period(frame, values)]);
    pitch
}

/// The pitch of a sound at 44.1 kHz; then that of its loudest partial, if a filter lets one ring so that the wave nearly
/// repeats after a period of it.
pub(crate) fn find_pitches(samples: &[f32]) -> [Option<Pitch>; 2] {
    let periods = |frame: &[f32], values: &[f32]| [first_period(frame, values), best_period(frame, values)];
    let [first, fundamental] = pitches_by(samples, periods);
    let lies_below = |pitch: &Pitch| first.is_none_or(|first| first.keys() - pitch.keys() > APART_KEYS);
    let is_lower = |pitch: &Pitch| pitch.key >= LOWEST_FUNDAMENTAL && lies_below(pitch);
    match fundamental.filter(is_lower) {
        Some(fundamental) => [Some(fundamental), first],
        None => [first, None],
    }
}

/// The pitches of a sound, by each of the periods that a function finds in a frame and its autocorrelation.
fn pitches_by<const N: usize>(
    samples: &[f32],
    periods_of: impl Fn(&[f32], &[f32]) -> [Option<f32>; N],
) -> [Option<Pitch>; N] {
    let mut padded = samples.to_vec();
    padded.resize(samples.len().max(FRAME), 0.0);
    let power = |frame: &[f32]| frame.iter().map(|sample| sample * sample).sum::<f32>();
    let frames: Vec<&[f32]> = padded.windows(FRAME).step_by(HOP).collect();
    let loudest = frames.iter().map(|frame| power(frame)).fold(0.0, f32::max);
    let loud = frames.into_iter().filter(|frame| power(frame) > loudest * 10.0_f32.powf(LEVEL_DB / 10.0));
    let mut autocorrelation = Autocorrelation::new();
    let periods: Vec<_> = loud.map(|frame| periods_of(frame, autocorrelation.measure(frame))).collect();
    std::array::from_fn(|at| agreed_pitch(periods.iter().map(|periods| periods[at]).collect()))
}

/// The median pitch of the periods of all frames, in samples; `None` if too few agree with it.
fn agreed_pitch(periods: Vec<Option<f32>>) -> Option<Pitch> {
    let count = periods.len();
    let semitones = |period: f32| 12.0 * (SAMPLE_RATE_HZ as f32 / period / 440.0).log2();
    let found = periods.into_iter().flatten().map(semitones);
    let mut found: Vec<f32> = found.filter(|semitones| semitones.is_finite()).collect();
    found.sort_by(f32::total_cmp);
    let median = *found.get(found.len() / 2)?;
    found.retain(|semitones| (semitones - median).abs() * 100.0 <= AGREEMENT_CENTS);
    if (found.len() as f32) < AGREEING * count as f32 {
        return None;
    }
    Pitch::of_frequency(440.0 * (median / 12.0).exp2())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn tone(frequency_hz: f32) -> Vec<f32> {
        let step = frequency_hz / SAMPLE_RATE_HZ as f32;
        let partial = |n: usize, k: usize| (TAU * step * n as f32 * k as f32).sin() / k as f32;
        (0..30_000).map(|n| 0.1 * (1..6).map(|k| partial(n, k)).sum::<f32>()).collect()
    }

    fn sine(frequency_hz: f32) -> Vec<f32> {
        (0..30_000).map(|n| 0.1 * (TAU * frequency_hz / SAMPLE_RATE_HZ as f32 * n as f32).sin()).collect()
    }

    #[test]
    fn keys_and_cents_are_found() {
        for key in (28..100).step_by(6) {
            for cents in [-45.0, 0.0, 30.0] {
                let frequency_hz = 440.0 * ((key as f32 - 69.0 + cents / 100.0) / 12.0).exp2();
                let found = find_pitch(&tone(frequency_hz)).expect("a pitch");
                let error = 100.0 * (found.keys() - key as f32) - cents;
                assert!(error.abs() < 5.0, "{key} {cents}: {found:?}");
            }
        }
    }

    #[test]
    fn the_lowest_keys_of_a_piano_have_their_pitch() {
        for key in 21..26 {
            for cents in [-20.0, 0.0, 40.0] {
                let frequency_hz = 440.0 * ((key as f32 - 69.0 + cents / 100.0) / 12.0).exp2();
                for sound in [tone(frequency_hz), sine(frequency_hz)] {
                    let found = find_pitch(&sound).expect("a pitch");
                    let error = 100.0 * (found.keys() - key as f32) - cents;
                    assert!(error.abs() < 5.0, "{key} {cents}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn noise_and_silence_have_no_pitch() {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 - 0.5
        };
        assert_eq!(find_pitch(&(0..40_000).map(|_| noise()).collect::<Vec<_>>()), None);
        assert_eq!(find_pitch(&[0.0; 40_000]), None);
        assert_eq!(find_pitch(&[]), None);
    }
}
