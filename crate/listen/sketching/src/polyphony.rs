//! Finds the pitches that sound at once: divides the peaks of a spectrum among fundamentals, and begins with the one
//! that explains most of them (Klapuri, "Multiple fundamental frequency estimation by summing harmonic amplitudes",
//! ISMIR 2006, has the idea).

use features::test_note::SAMPLE_RATE_HZ;
use fourier::Planner;
use std::f32::consts::TAU;

/// Samples of a frame: 372 ms, which tells the semitones of the octave below C3 apart.
const FRAME: usize = 16_384;
/// Peaks this far below the loudest do not count, in dB.
const RANGE_DB: f32 = 36.0;
/// The most peaks, the loudest first.
const MOST_PEAKS: usize = 60;
/// The keys of fundamentals.
const KEYS: [f32; 2] = [28.0, 100.0];
/// A peak this near to a multiple of a fundamental is a harmonic of it, in semitones.
const NEAR_KEYS: f32 = 0.3;
/// The most harmonics of a fundamental.
const HARMONICS: usize = 16;
/// A pitch explains at least this share of all peaks.
const LEAST_SHARE: f32 = 0.09;
/// All pitches together explain at least this share.
const WHOLE_SHARE: f32 = 0.75;
/// The most pitches that are looked for.
const MOST_PITCHES: usize = 6;

/// A peak of a spectrum.
#[derive(Clone, Copy, Debug)]
struct PitchPeak {
    /// In semitones above MIDI key 0.
    keys: f32,
    /// The square root of its amplitude: a weak harmonic counts, too.
    weight: f32,
}

/// A pitch among others.
#[derive(Clone, Copy, Debug, PartialEq)]
struct ChordPart {
    keys: f32,
    /// Peaks that no louder pitch explains.
    peaks: usize,
    share: f32,
}

/// The pitches of a chord at 44.1 kHz from its loudest moment on, in semitones above MIDI key 0, the lowest first. A
/// single pitch, its octaves and fifths, and partials that are no harmonics make no chord: then the list is empty.
pub fn chord_keys(samples: &[f32]) -> Vec<f32> {
    let peaks = peaks(samples);
    let parts = divide(&peaks);
    let explained: f32 = parts.iter().map(|part| part.share).sum();
    let are_pitches = parts.iter().all(|part| part.peaks > 1) || are_equal_tones(&parts, &peaks);
    let mut keys: Vec<f32> = parts.iter().map(|part| part.keys).collect();
    keys.sort_by(f32::total_cmp);
    let has_other = keys.iter().any(|key| !is_fused(key - keys[0]));
    if explained >= WHOLE_SHARE && are_pitches && has_other && is_tuned(&keys) { keys } else { Vec::new() }
}

/// True for octaves, fourths and fifths: two oscillators of one note are often as far apart.
fn is_fused(interval: f32) -> bool {
    matches!(interval.round() as i32 % 12, 0 | 5 | 7)
}

/// True if all intervals are nearly whole semitones.
fn is_tuned(keys: &[f32]) -> bool {
    keys.iter().all(|key| ((key - keys[0]) - (key - keys[0]).round()).abs() < NEAR_KEYS)
}

/// True for a few pure tones of similar level.
fn are_equal_tones(parts: &[ChordPart], peaks: &[PitchPeak]) -> bool {
    let shares = parts.iter().map(|part| part.share);
    let [least, greatest] =
        shares.fold([f32::MAX, 0.0], |[low, high], share| [low.min(share), high.max(share)]);
    parts.len() > 2 && peaks.len() <= 2 * parts.len() && least > 0.6 * greatest
}

fn divide(peaks: &[PitchPeak]) -> Vec<ChordPart> {
    let whole: f32 = peaks.iter().map(|peak| peak.weight).sum();
    let mut is_free = vec![true; peaks.len()];
    let mut parts = Vec::new();
    while parts.len() < MOST_PITCHES {
        let candidates = peaks
            .iter()
            .enumerate()
            .filter(|(at, peak)| is_free[*at] && (KEYS[0]..=KEYS[1]).contains(&peak.keys));
        let part = |fundamental: f32| {
            let own: Vec<usize> = (0..peaks.len())
                .filter(|&at| is_free[at] && is_harmonic(peaks[at].keys - fundamental))
                .collect();
            let share = own.iter().map(|&at| peaks[at].weight).sum::<f32>() / whole;
            (ChordPart { keys: fundamental, peaks: own.len(), share }, own)
        };
        let best = candidates.map(|(_, peak)| part(peak.keys)).max_by(|a, b| a.0.share.total_cmp(&b.0.share));
        let Some((best, own)) = best.filter(|(part, _)| part.share >= LEAST_SHARE) else { break };
        own.into_iter().for_each(|at| is_free[at] = false);
        parts.push(best);
    }
    parts
}

fn is_harmonic(interval: f32) -> bool {
    let multiple = (interval / 12.0).exp2();
    let nearest = multiple.round();
    nearest >= 1.0 && nearest <= HARMONICS as f32 && (12.0 * (multiple / nearest).log2()).abs() <= NEAR_KEYS
}

/// The peaks of the mean spectrum of three frames from the loudest one on.
fn peaks(samples: &[f32]) -> Vec<PitchPeak> {
    let power = |frame: &[f32]| frame.iter().map(|sample| sample * sample).sum::<f32>();
    let step = FRAME / 8;
    let loudest = (samples.chunks(step).enumerate())
        .max_by(|a, b| power(a.1).total_cmp(&power(b.1)))
        .map_or(0, |(at, _)| at * step);
    let plan = Planner::new().real_forward(FRAME);
    let (mut input, mut bins) = (plan.make_input_vec(), plan.make_output_vec());
    let mut scratch = plan.make_scratch_vec();
    let mut powers = vec![0.0; bins.len()];
    let end = samples.len().min(loudest + 2 * FRAME);
    let begin = loudest.min(end.saturating_sub(FRAME));
    for at in 0..3 {
        let first = begin + at * FRAME / 2;
        let part = &samples[first.min(end)..(first + FRAME).min(end)];
        if part.len() < FRAME / 8 {
            break;
        }
        input.fill(0.0);
        for (n, (input, sample)) in input.iter_mut().zip(part).enumerate() {
            *input = sample * (0.5 - 0.5 * (TAU * n as f32 / part.len() as f32).cos());
        }
        plan.process_with_scratch(&mut input, &mut bins, &mut scratch)
            .expect("the buffers were made by the plan itself");
        powers.iter_mut().zip(&bins).for_each(|(power, bin)| *power += bin.norm_sqr());
    }
    let greatest = powers.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let least = greatest * 10.0_f32.powf(-RANGE_DB / 10.0);
    let is_peak =
        |at: &usize| powers[*at] >= least && (at - 3..=at + 3).all(|near| powers[near] <= powers[*at]);
    let mut peaks: Vec<PitchPeak> = (5..powers.len() - 3)
        .filter(is_peak)
        .map(|at| {
            let [before, here, after] = [at - 1, at, at + 1].map(|at| powers[at].max(f32::MIN_POSITIVE).ln());
            let bow = before - 2.0 * here + after;
            let shift = if bow < 0.0 { 0.5 * (before - after) / bow } else { 0.0 };
            let hz = (at as f32 + shift) * SAMPLE_RATE_HZ as f32 / FRAME as f32;
            PitchPeak {
                keys: 69.0 + 12.0 * (hz / 440.0).log2(),
                weight: (powers[at] / greatest).sqrt().sqrt(),
            }
        })
        .collect();
    peaks.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    peaks.truncate(MOST_PEAKS);
    peaks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Saws of some keys together.
    fn saws(keys: &[f32]) -> Vec<f32> {
        let saw = |n: usize, key: f32| {
            let turn = TAU * 440.0 * ((key - 69.0) / 12.0).exp2() * n as f32 / SAMPLE_RATE_HZ as f32;
            (1..20).map(|k| (turn * k as f32).sin() / k as f32).sum::<f32>()
        };
        (0..60_000).map(|n| 0.05 * keys.iter().map(|&key| saw(n, key)).sum::<f32>()).collect()
    }

    #[test]
    fn the_keys_of_chords_are_found() {
        for wanted in [&[48.0, 52.0, 55.0][..], &[60.0, 63.0, 67.0], &[57.0, 61.0, 64.0, 67.0]] {
            let found = chord_keys(&saws(wanted));
            assert_eq!(found.len(), wanted.len(), "{found:?}");
            assert!(
                found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.2),
                "{found:?}"
            );
        }
    }

    #[test]
    fn notes_octaves_fifths_and_bells_are_no_chords() {
        for keys in [&[40.0][..], &[60.0], &[48.0, 60.0], &[48.0, 55.0]] {
            assert!(chord_keys(&saws(keys)).is_empty(), "{keys:?}");
        }
        let partial = |n: usize, hz: f32| (TAU * hz * n as f32 / SAMPLE_RATE_HZ as f32).sin();
        let bell = |n: usize| {
            0.1 * [1.0, 2.76, 5.4, 8.93].map(|ratio| partial(n, 330.0 * ratio)).iter().sum::<f32>()
        };
        assert!(chord_keys(&(0..60_000).map(bell).collect::<Vec<f32>>()).is_empty());
        assert!(chord_keys(&[]).is_empty() && chord_keys(&[0.0; 30_000]).is_empty());
    }
}
