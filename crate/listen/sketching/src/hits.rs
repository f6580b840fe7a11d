//! The hits of a beatboxed rhythm: their times, and the groups that sound alike.

use features::spectrum::{BAND_COUNT, Spectrum};
use features::test_note::SAMPLE_RATE_HZ;

use crate::contours::{ContourMeter, HOP, HOP_S};
use crate::error::FEWEST_HITS;

/// A hit's level rises by at least this within 50 ms, in dB.
const RISE_DB: f32 = 9.0;
const RISE_FRAMES: usize = 5;
/// Quieter hits, in dB below the loudest, are noise of the room.
const QUIETEST_DB: f32 = 26.0;
/// Hits follow each other after at least this many frames: sixteenths at 150 beats a minute. The vowel after a
/// spoken “k” or “p” begins earlier.
const APART: usize = 10;
/// The longest part of a hit that is heard, in frames.
const LONGEST: usize = 40;
/// Hits whose bands differ by less on average, in dB, are of one kind. Chosen on rhythms with drums and spoken
/// syllables, for which 3 to 4 are as good; `models/match.md` has the figures.
const ALIKE_DB: f32 = 4.0;
/// Levels this far below a hit's loudest band do not count.
const RANGE_DB: f32 = 15.0;

/// A hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoiceHit {
    /// Its beginning, in seconds.
    pub start_s: f32,
    /// The time for which its key is held, in seconds.
    pub held_s: f32,
    /// MIDI velocity, 1…127.
    pub velocity: u8,
}

/// The hits of a recording.
pub fn find_hits(samples: &[f32]) -> Vec<VoiceHit> {
    let level = ContourMeter::new().measure(samples).level;
    let loudest = level.iter().copied().fold(0.0, f32::max);
    if loudest <= 0.0 {
        return Vec::new();
    }
    let levels: Vec<f32> = level.iter().map(|level| 20.0 * (level / loudest).max(1e-4).log10()).collect();
    let mut starts: Vec<usize> = Vec::new();
    for at in 0..levels.len() {
        // Silence comes before the recording.
        let before = (1..=RISE_FRAMES).map(|back| at.checked_sub(back).map_or(-80.0, |at| levels[at]));
        let lowest = before.fold(f32::MAX, f32::min);
        let peak = levels[at..(at + RISE_FRAMES).min(levels.len())].iter().copied().fold(f32::MIN, f32::max);
        let is_new = starts.last().is_none_or(|last| at - last >= APART);
        if levels[at] - lowest >= RISE_DB && peak >= -QUIETEST_DB && is_new {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([levels.len()]);
    let hit = |(start, end): (usize, usize)| {
        let end = end.min(start + LONGEST);
        let own = &levels[start..end.max(start + 1)];
        let peak = own.iter().copied().fold(f32::MIN, f32::max);
        // It is held until its level has fallen by 20 dB for good.
        let held = own.iter().rposition(|&level| level >= peak - 20.0).unwrap_or(0) + 1;
        let velocity = (110.0 * 10.0_f32.powf(peak / 20.0)).round().clamp(1.0, 127.0) as u8;
        VoiceHit { start_s: start as f32 * HOP_S, held_s: held as f32 * HOP_S, velocity }
    };
    starts.iter().copied().zip(ends).map(hit).collect()
}

/// True if a recording has enough hits.
pub fn is_rhythm(samples: &[f32]) -> bool {
    find_hits(samples).len() >= FEWEST_HITS
}

/// The samples of a hit.
pub fn samples_of<'a>(samples: &'a [f32], hit: &VoiceHit) -> &'a [f32] {
    let start = ((hit.start_s / HOP_S).round() as usize * HOP).saturating_sub(HOP).min(samples.len());
    let length = ((hit.held_s / HOP_S).round() as usize + 3) * HOP;
    &samples[start..(start + length).min(samples.len())]
}

/// The mean difference of two hits' bands. The weight of a band is the level of the louder hit above the range's
/// end: most bands of a drum are silent, and a band that is silent in both must not count.
fn difference_db(a: &[f32; BAND_COUNT], b: &[f32; BAND_COUNT]) -> f32 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let weight = a.max(*b) + RANGE_DB;
        sum += weight * (a - b).abs();
        weights += weight;
    }
    // The loudest band of each is at 0 dB.
    sum / weights
}

/// The kind of each hit, counted from 0. The hits that sound nearest to each other are joined until all kinds
/// differ and there are at most `most`.
pub fn kinds(samples: &[f32], hits: &[VoiceHit], most: usize) -> Vec<usize> {
    let bands = |hit: &VoiceHit| -> [f32; BAND_COUNT] {
        let own = samples_of(samples, hit);
        let length_s = own.len().max(1) as f64 / f64::from(SAMPLE_RATE_HZ);
        let features = Spectrum::with_ends([length_s; 5]).measure(own);
        let loudest = features[..BAND_COUNT].iter().copied().fold(f32::MIN, f32::max);
        std::array::from_fn(|band| (features[band] - loudest).max(-RANGE_DB))
    };
    let bands: Vec<_> = hits.iter().map(bands).collect();
    let between = |a: usize, b: usize| difference_db(&bands[a], &bands[b]);
    let mut groups: Vec<Vec<usize>> = (0..hits.len()).map(|hit| vec![hit]).collect();
    while groups.len() > 1 {
        let distance = |a: &[usize], b: &[usize]| {
            let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
            pairs.map(|(a, b)| between(a, b)).sum::<f32>() / (a.len() * b.len()) as f32
        };
        let pairs = (0..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let nearest =
            pairs.map(|(a, b)| (a, b, distance(&groups[a], &groups[b]))).min_by(|a, b| a.2.total_cmp(&b.2));
        let Some((a, b, distance)) = nearest else { break };
        if distance > ALIKE_DB && groups.len() <= most {
            break;
        }
        let joined = groups.remove(b);
        groups[a].extend(joined);
    }
    groups.sort_by_key(|group| group.iter().copied().min());
    let kind = |hit: usize| groups.iter().position(|group| group.contains(&hit)).unwrap_or(0);
    (0..hits.len()).map(kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A low thud and a bright hiss by turns, a quarter of a second apart.
    fn rhythm() -> Vec<f32> {
        let mut state = 1_u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 - 0.5
        };
        let mut before = 0.0;
        let mut samples = vec![0.0; 2000];
        for hit in 0..8 {
            for n in 0..SAMPLE_RATE_HZ as usize / 4 {
                let fall = (-(n as f32) / 2000.0).exp();
                let now = noise();
                let hiss = now - std::mem::replace(&mut before, now);
                let thud = (n as f32 * 0.012).sin();
                samples.push(fall * if hit % 2 == 0 { 0.4 * thud } else { 0.2 * hiss });
            }
        }
        samples
    }

    #[test]
    fn hits_and_their_kinds_are_found() {
        let samples = rhythm();
        let hits = find_hits(&samples);
        assert_eq!(hits.len(), 8, "{hits:?}");
        for (at, hit) in hits.iter().enumerate() {
            let wanted = 2000.0 / SAMPLE_RATE_HZ as f32 + at as f32 * 0.25;
            assert!((hit.start_s - wanted).abs() < 0.02, "{hit:?}");
        }
        assert_eq!(kinds(&samples, &hits, 6), [0, 1, 0, 1, 0, 1, 0, 1]);
        assert_eq!(kinds(&samples, &hits, 1), [0; 8]);
    }

    #[test]
    fn drums_and_a_bell_are_kinds_of_their_own() {
        // A bass drum, a tom and a bell, by their partials in Hz, three times.
        let partials: [&[f32]; 3] = [&[50.0], &[150.0], &[587.0, 845.0, 1500.0]];
        let samples: Vec<f32> = (0..9 * SAMPLE_RATE_HZ as usize / 4)
            .map(|n| {
                let (hit, since) = (n / (SAMPLE_RATE_HZ as usize / 4), n % (SAMPLE_RATE_HZ as usize / 4));
                let since_s = since as f32 / SAMPLE_RATE_HZ as f32;
                let tone = |hz: &f32| (std::f32::consts::TAU * hz * since_s).sin();
                0.2 * (-12.0 * since_s).exp() * partials[hit % 3].iter().map(tone).sum::<f32>()
            })
            .collect();
        let hits = find_hits(&samples);
        assert_eq!(kinds(&samples, &hits, 6), [0, 1, 2, 0, 1, 2, 0, 1, 2]);
    }

    #[test]
    fn silence_has_no_hits() {
        assert!(find_hits(&[0.0; 20_000]).is_empty());
    }
}
