//! The notes of a voice: parts between pauses and between renewed attacks, divided at a step of the pitch from one
//! steady key to another. A glide is one note.

use crate::contours::{HOP_S, SoundContours, smoothed};
use crate::pitch_track::PitchTrack;
use statistics::median;

/// A level this far below the loudest is a pause, in dB.
const PAUSE_DB: f32 = 32.0;
/// A shorter gap is the closure of a consonant and no pause.
const SHORTEST_PAUSE: usize = 6;
/// A shorter part is no note.
const SHORTEST_NOTE: usize = 5;
/// A level that has fallen by this much, in dB, and rises again by as much begins another note.
const DIP_DB: f32 = 10.0;
/// A step of at least this many semitones begins another note.
const STEP_KEYS: f32 = 0.8;
/// A key that is held for this many frames, within [`STEADY_KEYS`], is steady.
const STEADY: usize = 14;
const STEADY_KEYS: f32 = 0.6;

/// A note that plays a part of a voice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SketchedNote {
    /// The time at which the key is pressed, in seconds.
    pub start_s: f32,
    /// The time at which it is released, in seconds.
    pub end_s: f32,
    /// MIDI key, 0…127.
    pub key: u8,
    /// MIDI velocity, 1…127.
    pub velocity: u8,
}

/// Notes of one breath, without an attack between them: frames of the whole, and where each next note begins.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteGroup {
    /// The first frame.
    pub first: usize,
    /// The frame after the last one.
    pub end: usize,
    /// The first frame of each note and its key; at least one.
    pub notes: Vec<(usize, u8)>,
}

impl NoteGroup {
    /// Its length in seconds.
    pub fn length_s(&self) -> f32 {
        (self.end - self.first) as f32 * HOP_S
    }
}

/// The groups of a voice, in order; `fallback` is the key without any pitch.
pub fn find_groups(contours: &SoundContours, track: &PitchTrack, fallback: u8) -> Vec<NoteGroup> {
    let filled = track.filled(f32::from(fallback));
    let group = |(first, end): (usize, usize)| {
        let keys = divide(&filled[first..end]);
        NoteGroup { first, end, notes: keys.into_iter().map(|(at, key)| (first + at, key)).collect() }
    };
    parts(contours).into_iter().flat_map(|part| split_at_dips(&contours.level, part)).map(group).collect()
}

/// The loud parts, with closures bridged.
fn parts(contours: &SoundContours) -> Vec<(usize, usize)> {
    let loud = contours.loud(PAUSE_DB);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for at in loud.iter().enumerate().filter(|(_, loud)| **loud).map(|(at, _)| at) {
        match parts.last_mut() {
            Some((_, end)) if at - *end < SHORTEST_PAUSE => *end = at + 1,
            _ => parts.push((at, at + 1)),
        }
    }
    parts.retain(|(first, end)| end - first >= SHORTEST_NOTE);
    parts
}

/// Divides a part where its level falls and rises again.
fn split_at_dips(level: &[f32], (first, end): (usize, usize)) -> Vec<(usize, usize)> {
    let levels: Vec<f32> =
        smoothed(&level[first..end], 1).iter().map(|level| 20.0 * level.max(1e-6).log10()).collect();
    let mut found = Vec::new();
    let (mut begins, mut highest, mut lowest) = (0, f32::MIN, (f32::MAX, 0));
    for (at, &level) in levels.iter().enumerate() {
        if level > highest {
            (highest, lowest) = (level, (f32::MAX, at));
        }
        if level < lowest.0 {
            lowest = (level, at);
        }
        let is_dip = highest - lowest.0 >= DIP_DB && level - lowest.0 >= DIP_DB;
        if is_dip && lowest.1 - begins >= SHORTEST_NOTE {
            found.push((first + begins, first + lowest.1));
            (begins, highest, lowest) = (lowest.1, level, (f32::MAX, at));
        }
    }
    found.push((first + begins, end));
    found
}

/// The notes of a curve of keys: where each begins, and its key.
fn divide(keys: &[f32]) -> Vec<(usize, u8)> {
    // A vibrato is no step.
    let smooth = smoothed(keys, 7);
    let steady = |at: usize| {
        let held = smooth.get(at..at + STEADY)?;
        let [low, high] =
            held.iter().fold([f32::MAX, f32::MIN], |[low, high], &key| [low.min(key), high.max(key)]);
        (high - low <= STEADY_KEYS).then(|| median(held))
    };
    let mut begins = vec![0];
    let mut now: Option<f32> = None;
    for at in 0..smooth.len() {
        let Some(key) = steady(at) else { continue };
        match now {
            Some(before) if (key - before).abs() >= STEP_KEYS => {
                // Halfway between both keys.
                let is_left = |from: &usize| (smooth[*from] - key).abs() < (smooth[*from] - before).abs();
                let from = *begins.last().unwrap_or(&0);
                let turn = (from..at).rev().take_while(is_left).last().unwrap_or(at);
                begins.push(turn.max(from + 1));
                now = Some(key);
            }
            Some(before) => now = Some(before + 0.1 * (key - before)),
            None => now = Some(key),
        }
    }
    let ends = begins.iter().skip(1).copied().chain([keys.len()]).collect::<Vec<_>>();
    let key = |(begins, end): (usize, usize)| {
        median(&keys[begins..end.max(begins + 1)]).round().clamp(0.0, 127.0) as u8
    };
    let mut notes: Vec<(usize, u8)> = begins.into_iter().zip(ends).map(|part| (part.0, key(part))).collect();
    // Two pitches that one key plays are one note, which bends: the second would end with the first.
    notes.dedup_by_key(|&mut (_, key)| key);
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(level: Vec<f32>, keys: Vec<f32>) -> Vec<NoteGroup> {
        let track = PitchTrack { noise: vec![0.0; keys.len()], keys: keys.into_iter().map(Some).collect() };
        find_groups(&SoundContours { brightness: vec![10.0; level.len()], level }, &track, 60)
    }

    #[test]
    fn pauses_and_dips_divide_groups_and_steps_divide_notes() {
        let level = [vec![0.1; 60], vec![0.0; 20], vec![0.1; 40], vec![0.01; 6], vec![0.1; 50]].concat();
        let keys = [vec![60.0; 30], vec![64.0; 30], vec![64.0; 20], vec![62.0; 96]].concat();
        let groups = found(level, keys);
        let notes: Vec<Vec<u8>> =
            groups.iter().map(|group| group.notes.iter().map(|note| note.1).collect()).collect();
        assert_eq!(notes, [vec![60, 64], vec![62], vec![62]]);
        assert!(groups[0].notes[1].0.abs_diff(30) <= 2, "{groups:?}");
        assert!(groups[1].first == 80 && groups[1].end.abs_diff(123) <= 4, "{groups:?}");
    }

    #[test]
    fn vibrato_and_glide_are_one_note() {
        let vibrato = |at: usize| 60.0 + 0.5 * (at as f32 * 0.36).sin();
        assert_eq!(found(vec![0.1; 100], (0..100).map(vibrato).collect())[0].notes.len(), 1);
        let glide = |at: usize| 60.0 + 0.1 * at as f32;
        assert_eq!(found(vec![0.1; 60], (0..60).map(glide).collect())[0].notes.len(), 1);
        let step = [vec![59.51; 60], vec![60.49; 60]].concat();
        assert_eq!(found(vec![0.1; 120], step)[0].notes, [(0, 60)], "a step that no key has");
    }
}
