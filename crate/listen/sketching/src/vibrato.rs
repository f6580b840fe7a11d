//! The vibrato of a held note: its rate and depth, if it swings regularly.

use std::f32::consts::TAU;

use crate::contours::{HOP_S, smoothed};
use crate::notes::NoteGroup;
use crate::pitch_track::PitchTrack;

/// Rates of a singer's vibrato, in Hz.
const RATES_HZ: [f32; 2] = [3.5, 8.5];
const RATE_STEP_HZ: f32 = 0.1;
/// Frames on each side of the slow part, which is no vibrato: the longest period.
const SLOW: usize = 14;
/// The shortest voiced part whose swing counts: three periods.
const SHORTEST: usize = 50;
/// A smaller depth is inaudible, a greater one is the melody of speech, in cents.
const DEPTHS_CENTS: [f32; 2] = [12.0, 110.0];
/// A regular swing explains at least this share of the pitch's movement beside its slow part.
const EXPLAINED: f32 = 0.6;

/// A regular swing of the pitch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vibrato {
    /// Swings a second.
    pub rate_hz: f32,
    /// The distance from the middle to the highest pitch, in cents.
    pub depth_cents: f32,
}

/// The vibrato of the longest voiced part of a group, if it has one.
pub fn find_vibrato(track: &PitchTrack, groups: &[NoteGroup]) -> Option<Vibrato> {
    let longest = groups.iter().flat_map(|group| {
        let ends = group.notes.iter().skip(1).map(|note| note.0).chain([group.end]);
        let spans = group.notes.iter().map(|note| note.0).zip(ends);
        spans.flat_map(|(first, end)| {
            track.keys[first..end]
                .split(Option::is_none)
                .map(|part| part.iter().copied().flatten().collect::<Vec<f32>>())
        })
    });
    let keys = longest.max_by_key(Vec::len).filter(|keys| keys.len() >= SHORTEST)?;
    let slow = smoothed(&keys, SLOW);
    // The ends of the slow part lack neighbours.
    let swing: Vec<f32> = (SLOW / 2..keys.len() - SLOW / 2).map(|at| 100.0 * (keys[at] - slow[at])).collect();
    let power = swing.iter().map(|cents| cents * cents).sum::<f32>() / swing.len() as f32;
    let steps = ((RATES_HZ[1] - RATES_HZ[0]) / RATE_STEP_HZ) as usize;
    let at_rate = |step: usize| {
        let rate_hz = RATES_HZ[0] + step as f32 * RATE_STEP_HZ;
        let [mut real, mut imaginary] = [0.0; 2];
        for (at, cents) in swing.iter().enumerate() {
            let (sine, cosine) = (TAU * rate_hz * at as f32 * HOP_S).sin_cos();
            real += cents * cosine;
            imaginary += cents * sine;
        }
        Vibrato { rate_hz, depth_cents: 2.0 / swing.len() as f32 * real.hypot(imaginary) }
    };
    let found = (0..=steps).map(at_rate).max_by(|a, b| a.depth_cents.total_cmp(&b.depth_cents))?;
    let explained = 0.5 * found.depth_cents.powi(2) / power.max(f32::MIN_POSITIVE);
    ((DEPTHS_CENTS[0]..=DEPTHS_CENTS[1]).contains(&found.depth_cents) && explained >= EXPLAINED)
        .then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(keys: impl Fn(f32) -> f32) -> Option<Vibrato> {
        let keys: Vec<_> = (0..150).map(|at| Some(keys(at as f32 * HOP_S))).collect();
        let group = NoteGroup { first: 0, end: 150, notes: vec![(0, 60)] };
        find_vibrato(&PitchTrack { noise: vec![0.0; 150], keys }, &[group])
    }

    #[test]
    fn rate_and_depth_are_found_on_a_glide() {
        let found = found(|s| 60.0 + s + 0.4 * (TAU * 5.5 * s).sin()).unwrap();
        assert!((found.rate_hz - 5.5).abs() < 0.25 && (found.depth_cents - 40.0).abs() < 8.0, "{found:?}");
    }

    #[test]
    fn a_straight_tone_and_a_glide_have_none() {
        assert_eq!(found(|_| 60.0), None);
        assert_eq!(found(|s| 60.0 + 5.0 * s), None);
        assert_eq!(found(|s| 60.0 + 0.05 * (TAU * 5.5 * s).sin()), None);
    }
}
