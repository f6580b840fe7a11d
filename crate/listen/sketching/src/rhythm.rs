//! The hits that make a rhythm, told from the swings of a tremolo and from the syllables of speech.

use crate::contours::ContourMeter;
use crate::error::FEWEST_HITS;
use crate::hits::{VoiceHit, find_hits, kinds};
use crate::swing::levels_db;
use std::f32::consts::TAU;

/// Levels below this do not tell the shape of a hit, in dB below the loudest.
const RANGE_DB: f32 = 40.0;
/// A sound begins and ends within this of its loudest, in dB.
const LOUD_DB: f32 = 12.0;
/// The share of a tremolo's swings that sound alike.
const ALIKE_SHARE: f32 = 0.8;
/// The greatest share of rising steps in a tremolo.
const RISING: f32 = 0.67;
/// The times between a tremolo's swings differ by less than this share of their mean, as a standard deviation.
const REGULAR: f32 = 0.5;
/// Grids on which the hits of a loop lie, in seconds.
const GRIDS_S: [f32; 2] = [0.06, 0.6];

/// The hits of a sound; empty if they are too few or the swings of a tremolo.
pub fn hits_of_rhythm(samples: &[f32]) -> Vec<VoiceHit> {
    let hits = find_hits(samples);
    if hits.len() < FEWEST_HITS || is_tremolo(samples, &hits) { Vec::new() } else { hits }
}

/// True if the hits are the swings of one sound's level: alike, and rising as they fall. A tremolo that rises at
/// once and falls slowly cannot be told from hits.
pub fn is_tremolo(samples: &[f32], hits: &[VoiceHit]) -> bool {
    let kinds = kinds(samples, hits, hits.len());
    let most =
        (0..hits.len()).map(|kind| kinds.iter().filter(|&&own| own == kind).count()).max().unwrap_or(0);
    most as f32 >= ALIKE_SHARE * hits.len() as f32
        && irregularity(hits) <= REGULAR
        && rising(samples) <= RISING
}

/// The share of the squares of the level's steps that rise: about ½ of a tremolo, more of hits, which begin at once
/// and die away.
fn rising(samples: &[f32]) -> f32 {
    let levels = levels_db(&ContourMeter::new().measure(samples), RANGE_DB);
    // The sound's own beginning and end are no swings.
    let loud = |level: &f32| *level > -LOUD_DB;
    let inner = levels.iter().position(loud).zip(levels.iter().rposition(loud));
    let Some((first, last)) = inner else { return 0.0 };
    let [mut rises, mut falls] = [0.0, f32::MIN_POSITIVE];
    for pair in levels[first..=last].windows(2) {
        let step = pair[1] - pair[0];
        *(if step > 0.0 { &mut rises } else { &mut falls }) += step * step;
    }
    rises / (rises + falls)
}

/// The standard deviation of the times between hits as a share of their mean.
fn irregularity(hits: &[VoiceHit]) -> f32 {
    let times: Vec<f32> = hits.windows(2).map(|pair| pair[1].start_s - pair[0].start_s).collect();
    let count = times.len().max(1) as f32;
    let mean = times.iter().sum::<f32>() / count;
    let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f32>() / count;
    variance.sqrt() / mean.max(f32::MIN_POSITIVE)
}

/// How well the hits lie on a grid of equal times, 0…1.
pub fn on_grid(hits: &[VoiceHit]) -> f32 {
    let count = hits.len().max(1) as f32;
    let mut best = 0.0_f32;
    let mut grid_s = GRIDS_S[0];
    while grid_s < GRIDS_S[1] {
        let (sin, cos) = hits.iter().fold((0.0, 0.0), |(sin, cos), hit| {
            let turn = TAU * hit.start_s / grid_s;
            (sin + turn.sin(), cos + turn.cos())
        });
        best = best.max((sin * sin + cos * cos).sqrt() / count);
        grid_s *= 1.002;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use features::test_note::SAMPLE_RATE_HZ;

    fn sound(level: impl Fn(f32) -> f32) -> Vec<f32> {
        let mut state = 1_u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 - 0.5
        };
        let rate = SAMPLE_RATE_HZ as f32;
        (0..3 * SAMPLE_RATE_HZ).map(|n| level(n as f32 / rate) * noise()).collect()
    }

    #[test]
    fn a_tremolo_has_no_hits_and_a_loop_has_them() {
        let tremolo = sound(|seconds| 0.2 * (0.5 - 0.5 * (TAU * 3.0 * seconds).cos()).powi(2));
        assert!(find_hits(&tremolo).len() > 4, "its swings are as steep as hits");
        assert!(hits_of_rhythm(&tremolo).is_empty());
        let hits = hits_of_rhythm(&sound(|seconds| 0.2 * (-20.0 * (seconds % 0.25)).exp()));
        assert!(hits.len().abs_diff(12) <= 1, "{}", hits.len());
    }

    #[test]
    fn hits_of_a_loop_lie_on_a_grid_and_those_of_speech_do_not() {
        let hit = |start_s: f32| VoiceHit { start_s, held_s: 0.05, velocity: 90 };
        let even: Vec<VoiceHit> = [0, 2, 3, 4, 6, 7, 8, 11, 12, 14].map(|at| hit(0.125 * at as f32)).to_vec();
        assert!(on_grid(&even) > 0.95, "{}", on_grid(&even));
        let (mut state, mut at_s) = (1_u32, 0.0);
        let speech: Vec<VoiceHit> = (0..40)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                at_s += 0.1 + 0.3 * state as f32 / u32::MAX as f32;
                hit(at_s)
            })
            .collect();
        assert!(on_grid(&speech) < 0.6, "{}", on_grid(&speech));
        assert_eq!(on_grid(&[]), 0.0);
    }
}
