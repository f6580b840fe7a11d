//! The pitch of a voice every 10 ms by the McLeod pitch method (McLeod and Wyvill, "A smarter way to find pitch",
//! ICMC 2005), with jumps by an octave corrected. The part of each frame that does not repeat itself is noise
//! (Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
//! sampled sound", 1993). `spectral::PitchTracker` and `crate/listen/matching` have the same method for live
//! sounds and for the one pitch of a sound: the README of `crate/sound/spectral` says why they are not merged.

use features::test_note::SAMPLE_RATE_HZ;
use fourier::{Complex32, ComplexToReal, Planner, RealToComplex};
use std::sync::Arc;

use crate::contours::HOP;
use statistics::median;

/// Samples of a frame: 23 ms, in which a fast glide hardly moves; if that is too short, 46 ms, three periods of
/// the lowest pitch.
const FRAMES: [usize; 2] = [1024, 2048];
/// Keys of voices and whistles: B1 to B7, at whose period, 11 samples, the pitch is known to an eighth of a semitone.
const KEYS: [f32; 2] = [35.0, 107.5];
/// A frame with less normalised self-similarity is unvoiced.
const CLARITY: f32 = 0.7;
/// A short frame needs more, and this many periods.
const SHORT_CLARITY: f32 = 0.8;
const SHORT_PERIODS: f32 = 2.2;
/// The first peak of the self-similarity that reaches this share of the highest is the period (McLeod's k).
const FIRST_PEAK: f32 = 0.88;
/// Frames on each side whose median shows an octave's jump: a quarter of a second.
const NEIGHBOURS: usize = 12;
/// A jump within this distance of an octave counts as one.
const OCTAVE_KEYS: f32 = 1.5;
/// A shorter voiced part counts as unvoiced.
const SHORTEST_FRAMES: usize = 4;
/// Beside a voiced frame a frame needs only this clarity, at a pitch this near: onsets and ends of syllables.
const CONTINUED_CLARITY: f32 = 0.4;
const CONTINUED_KEYS: f32 = 1.5;
/// At most this many frames beyond the voiced one: in noise something always repeats nearly.
const CONTINUED_FRAMES: usize = 6;

/// The pitch of a sound over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PitchTrack {
    /// In semitones above MIDI key 0; `None` where the frame is unvoiced.
    pub keys: Vec<Option<f32>>,
    /// The share of each frame's power that does not repeat with the pitch, 0…1; 1 in an unvoiced frame.
    pub noise: Vec<f32>,
}

/// The pitch of one channel at 44.1 kHz in the frames of which `loud` is true.
pub fn track_pitch(samples: &[f32], loud: &[bool]) -> PitchTrack {
    let mut finder = PitchFinder::new();
    let mut track = PitchTrack::default();
    for (at, &loud) in loud.iter().enumerate() {
        let found = if loud { finder.key(samples, at) } else { None };
        track.noise.push(found.map_or(1.0, |(_, clarity)| (1.0 - clarity).clamp(0.0, 1.0)));
        track.keys.push(found.map(|found| found.0));
    }
    correct_octaves(&mut track.keys);
    remove_short(&mut track);
    let given = track.keys.clone();
    let mut near = |at, key| finder.key_near(samples, at, key);
    continue_voiced(&mut track, &given, &mut near, 0..loud.len(), loud);
    continue_voiced(&mut track, &given, &mut near, (0..loud.len()).rev(), loud);
    track
}

/// Makes the loud frames after each voiced part of `given` voiced, in this order of time, as long as each has nearly
/// the pitch of the one before.
fn continue_voiced(
    track: &mut PitchTrack,
    given: &[Option<f32>],
    mut near: impl FnMut(usize, f32) -> Option<(f32, f32)>,
    order: impl Iterator<Item = usize>,
    loud: &[bool],
) {
    let (mut before, mut left) = (None, 0);
    for at in order {
        if given[at].is_some() {
            (before, left) = (given[at], CONTINUED_FRAMES);
            continue;
        }
        let found = before.filter(|_| loud[at] && left > 0).and_then(|key| near(at, key));
        before = found.map(|found| found.0);
        left = left.saturating_sub(1);
        if let Some((key, clarity)) = found.filter(|_| track.keys[at].is_none()) {
            track.keys[at] = Some(key);
            track.noise[at] = (1.0 - clarity).clamp(0.0, 1.0);
        }
    }
}

/// Finds the pitch of a frame; plans once.
pub(crate) struct PitchFinder {
    frames: [SelfSimilarity; 2],
}

impl PitchFinder {
    pub fn new() -> Self {
        Self { frames: FRAMES.map(SelfSimilarity::new) }
    }

    /// The pitch of the frame whose middle is `at` times 10 ms into a sound, in semitones above MIDI key 0, and
    /// its similarity to itself a period later; `None` if it is unvoiced.
    pub fn key(&mut self, samples: &[f32], at: usize) -> Option<(f32, f32)> {
        let [short, long] = &mut self.frames;
        let is_enough = |&(period, clarity): &(f32, f32)| {
            clarity >= SHORT_CLARITY && period * SHORT_PERIODS <= FRAMES[0] as f32
        };
        let found = short.period(samples, at * HOP).filter(is_enough);
        let (period, clarity) = found.or_else(|| long.period(samples, at * HOP))?;
        let keys = keys_of(period);
        (KEYS[0]..=KEYS[1]).contains(&keys).then_some((keys, clarity))
    }

    /// As [`Self::key`] for a frame beside one with the pitch `key`: finds nearly that pitch, which then needs
    /// less similarity.
    pub fn key_near(&mut self, samples: &[f32], at: usize, key: f32) -> Option<(f32, f32)> {
        let [short, long] = &mut self.frames;
        let period = SAMPLE_RATE_HZ as f32 / (440.0 * ((key - 69.0) / 12.0).exp2());
        let frame = if period * SHORT_PERIODS <= FRAMES[0] as f32 { short } else { long };
        let (period, clarity) = frame.period_near(samples, at * HOP, period)?;
        let keys = keys_of(period);
        (KEYS[0]..=KEYS[1]).contains(&keys).then_some((keys, clarity))
    }
}

/// The pitch of a period in samples, in semitones above MIDI key 0.
fn keys_of(period: f32) -> f32 {
    69.0 + 12.0 * (SAMPLE_RATE_HZ as f32 / period / 440.0).log2()
}

/// The normalised square difference of a frame and itself some samples later; plans once.
struct SelfSimilarity {
    forward: Arc<dyn RealToComplex<f32>>,
    back: Arc<dyn ComplexToReal<f32>>,
    frame: Vec<f32>,
    padded: Vec<f32>,
    bins: Vec<Complex32>,
    products: Vec<f32>,
}

impl SelfSimilarity {
    fn new(length: usize) -> Self {
        let mut planner = Planner::new();
        let (forward, back) = (planner.real_forward(2 * length), planner.real_inverse(2 * length));
        let (padded, bins) = (forward.make_input_vec(), forward.make_output_vec());
        Self { frame: vec![0.0; length], products: padded.clone(), forward, back, padded, bins }
    }

    /// The similarity of the frame around a sample to itself at each lag, up to 1; `None` for silence.
    fn similarity(&mut self, samples: &[f32], middle: usize) -> Option<Vec<f32>> {
        let length = self.frame.len();
        for (n, value) in self.frame.iter_mut().enumerate() {
            let sample = (middle + n).checked_sub(length / 2).and_then(|at| samples.get(at));
            *value = sample.copied().unwrap_or(0.0);
        }
        let frame = &self.frame;
        self.padded.fill(0.0);
        self.padded[..length].copy_from_slice(frame);
        self.forward.process(&mut self.padded, &mut self.bins).ok()?;
        self.bins.iter_mut().for_each(|bin| *bin = Complex32::new(bin.norm_sqr(), 0.0));
        self.back.process(&mut self.bins, &mut self.products).ok()?;
        // The squares of both parts that are compared, for each lag.
        let scale = 2.0 / (2 * length) as f32;
        let mut squares = scale * self.products[0];
        if squares <= 0.0 {
            return None;
        }
        let similarity = (0..length / 2).map(|lag| {
            if lag > 0 {
                squares -= frame[lag - 1].powi(2) + frame[length - lag].powi(2);
            }
            scale * self.products[lag] / squares.max(f32::MIN_POSITIVE)
        });
        Some(similarity.collect())
    }

    /// The highest place of the similarity around a period, unless it is one of the ends, and its height.
    fn period_near(&mut self, samples: &[f32], middle: usize, period: f32) -> Option<(f32, f32)> {
        let similarity = self.similarity(samples, middle)?;
        let ratio = (CONTINUED_KEYS / 12.0).exp2();
        let lags = (period / ratio) as usize..((period * ratio).ceil() as usize + 1).min(similarity.len());
        let lag = lags.clone().max_by(|&a, &b| similarity[a].total_cmp(&similarity[b]))?;
        let is_inner = lag > lags.start && lag + 1 < lags.end;
        (is_inner && similarity[lag] >= CONTINUED_CLARITY).then(|| vertex(&similarity, lag))
    }

    /// The period in samples of the frame around a sample, and its similarity to itself a period later, up to 1.
    fn period(&mut self, samples: &[f32], middle: usize) -> Option<(f32, f32)> {
        let similarity = self.similarity(samples, middle)?;
        // The highest points between two rises through zero, except the one around lag 0.
        let first = similarity.iter().position(|&value| value < 0.0)?;
        let mut peaks: Vec<usize> = Vec::new();
        let mut is_above = false;
        for lag in first..similarity.len() - 1 {
            if similarity[lag] <= 0.0 {
                is_above = false;
            } else if !is_above {
                is_above = true;
                peaks.push(lag);
            } else if let Some(peak) = peaks.last_mut().filter(|peak| similarity[lag] > similarity[**peak]) {
                *peak = lag;
            }
        }
        let highest = peaks.iter().map(|&lag| similarity[lag]).fold(0.0, f32::max);
        let lag = peaks.into_iter().find(|&lag| similarity[lag] >= FIRST_PEAK * highest)?;
        (similarity[lag] >= CLARITY).then(|| vertex(&similarity, lag))
    }
}

/// The vertex of the parabola through a value and its neighbours, and the value, up to 1.
fn vertex(values: &[f32], at: usize) -> (f32, f32) {
    let [before, here, after] = [at - 1, at, at + 1].map(|at| values[at]);
    let bow = before - 2.0 * here + after;
    let shift = if bow < 0.0 { (0.5 * (before - after) / bow).clamp(-1.0, 1.0) } else { 0.0 };
    (at as f32 + shift, here.min(1.0))
}

/// Moves frames that are one or two octaves from their neighbours.
fn correct_octaves(keys: &mut [Option<f32>]) {
    let given = keys.to_vec();
    for (at, own) in keys.iter_mut().enumerate() {
        let Some(key) = own else { continue };
        let near = &given[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(given.len())];
        let usual = median(&near.iter().copied().flatten().collect::<Vec<_>>());
        for octave in [12.0, 24.0, -12.0, -24.0] {
            if (*key - usual - octave).abs() < OCTAVE_KEYS {
                *key -= octave;
                break;
            }
        }
    }
}

fn remove_short(track: &mut PitchTrack) {
    let mut at = 0;
    while at < track.keys.len() {
        let begins = at;
        while at < track.keys.len() && track.keys[at].is_some() {
            // A jump within a few frames is the end of a voiced part, too.
            let jumps = at > begins
                && track.keys[at]
                    .zip(track.keys[at - 1])
                    .is_some_and(|(now, before)| (now - before).abs() > 3.0);
            if jumps {
                break;
            }
            at += 1;
        }
        if at - begins < SHORTEST_FRAMES {
            for short in begins..at {
                track.keys[short] = None;
                track.noise[short] = 1.0;
            }
        }
        if at == begins {
            at += 1;
        }
    }
}

impl PitchTrack {
    /// True if a frame's own pitch is clear, not only that of its neighbours.
    pub(crate) fn is_clear(&self, at: usize) -> bool {
        self.keys[at].is_some() && self.noise[at] <= 1.0 - CLARITY
    }

    /// The share of some frames that are voiced; 0 for no frames.
    pub fn voiced_share(&self, of: &[bool]) -> f32 {
        let chosen = of.iter().zip(&self.keys).filter(|(of, _)| **of);
        let (all, voiced) =
            chosen.fold((0, 0), |(all, voiced), (_, keys)| (all + 1, voiced + usize::from(keys.is_some())));
        voiced as f32 / all.max(1) as f32
    }

    /// The keys of all frames: straight lines between voiced ones; `fallback` if none is voiced.
    pub fn filled(&self, fallback: f32) -> Vec<f32> {
        let mut filled = vec![fallback; self.keys.len()];
        let mut before: Option<(usize, f32)> = None;
        for (at, key) in self.keys.iter().enumerate() {
            let Some(key) = *key else { continue };
            match before {
                None => filled[..at].fill(key),
                Some((from, start)) => {
                    for (ahead, between) in filled[from..at].iter_mut().enumerate() {
                        let share = ahead as f32 / (at - from) as f32;
                        // A gap of more than 80 ms without pitch holds the pitch: voices do not glide through
                        // silence.
                        let share = if at - from > 8 { f32::from(u8::from(share >= 0.5)) } else { share };
                        *between = start + share * (key - start);
                    }
                }
            }
            filled[at..].fill(key);
            before = Some((at, key));
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn harmonic(keys: impl Fn(f32) -> f32, seconds: f32) -> Vec<f32> {
        let rate = SAMPLE_RATE_HZ as f32;
        let mut phase = 0.0_f32;
        (0..(seconds * rate) as usize)
            .map(|n| {
                let step = 440.0 * ((keys(n as f32 / rate) - 69.0) / 12.0).exp2() / rate;
                phase += step;
                let heard = (1..9).take_while(|&k| step * (k as f32) < 0.5);
                heard.map(|k| (TAU * phase * k as f32).sin() / k as f32).sum::<f32>() * 0.1
            })
            .collect()
    }

    #[test]
    fn glides_of_low_and_high_voices_are_followed_within_ten_cents() {
        for (from, to) in [(40.0, 47.0), (57.0, 60.0), (72.0, 67.0), (84.0, 90.0)] {
            let keys = |seconds: f32| from + (to - from) * seconds;
            let sound = harmonic(keys, 1.0);
            let found = track_pitch(&sound, &vec![true; sound.len() / HOP + 1]);
            for at in 5..95 {
                let error = found.keys[at].unwrap() - keys(at as f32 * 0.01);
                assert!(error.abs() < 0.1, "{from} to {to}, frame {at}: {error}");
            }
            assert!(found.noise[50] < 0.1);
        }
    }

    #[test]
    fn whistles_up_to_b7_have_their_pitch() {
        for key in 88..=107 {
            let whistle = |n: usize| {
                let frequency_hz = 440.0 * ((key as f32 - 69.0) / 12.0).exp2();
                0.1 * (TAU * frequency_hz / SAMPLE_RATE_HZ as f32 * n as f32).sin()
            };
            for sound in [harmonic(|_| key as f32, 0.3), (0..13_230).map(whistle).collect()] {
                let keys = track_pitch(&sound, &vec![true; sound.len() / HOP + 1]).keys;
                let is_right =
                    |found: &Option<f32>| found.is_some_and(|found| (found - key as f32).abs() < 0.125);
                assert!(keys[5..25].iter().all(is_right), "{key}: {:?}", &keys[5..25]);
            }
        }
    }

    #[test]
    fn noise_has_no_pitch() {
        let mut state = 1_u32;
        let noise: Vec<f32> = (0..20_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state as f32 / u32::MAX as f32 - 0.5
            })
            .collect();
        let loud = vec![true; 45];
        assert!(track_pitch(&noise, &loud).voiced_share(&loud) < 0.1);
    }

    #[test]
    fn a_noisy_onset_has_the_pitch_of_its_tone_and_noise_after_a_tone_has_no_pitch() {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 * 2.0 - 1.0
        };
        let mut sound = harmonic(|_| 57.0, 0.5);
        sound.iter_mut().take(4_410).for_each(|sample| *sample += 0.13 * noise());
        sound.extend((0..22_050).map(|_| 0.2 * noise()));
        let keys = track_pitch(&sound, &vec![true; sound.len() / HOP + 1]).keys;
        let is_right = |key: &Option<f32>| key.is_some_and(|key| (key - 57.0).abs() < 0.3);
        assert!(keys[5..45].iter().all(is_right), "{:?}", &keys[..45]);
        let after = keys[52..].iter().flatten().count();
        assert!(after <= CONTINUED_FRAMES, "{after} frames of noise have a pitch");
    }

    #[test]
    fn gaps_are_filled_from_both_sides() {
        let track = PitchTrack { keys: vec![None, Some(60.0), None, Some(62.0), None], noise: vec![1.0; 5] };
        assert_eq!(track.filled(0.0), [60.0, 60.0, 61.0, 62.0, 62.0]);
        assert_eq!(PitchTrack { keys: vec![None; 2], noise: vec![1.0; 2] }.filled(57.0), [57.0; 2]);
    }
}
