//! The notes of a path that follows a target, and its level. Many patches decay: a path through them with one held note
//! falls silent. Notes that are struck again and again sound on, and a level for each step makes them equally loud.

use plane::{Map, Point};

use super::path_through;
use crate::latent_path::NOTE_LIMIT;
use crate::strokes::{PATH_LIMIT_S, USUAL_VELOCITY, rounded_s};
use crate::{LatentPath, PathNote, PathValueError};

/// Notes a second of a path that states none.
pub const USUAL_STRIKES_HZ: f64 = 2.0;
/// Fewest and most notes a second; 0 is one held note. With the most, the longest path has as many notes as a path may.
pub const STRIKES_HZ: [f64; 2] = [0.0, NOTE_LIMIT as f64 / PATH_LIMIT_S];

/// The least difference of two times that a path keeps, in seconds.
const LEAST_TIME_S: f64 = 1e-4;
/// The stored volume of decoded patches, at which they are measured.
const MEASURED_LEVEL: f32 = 0.6;
/// The gain of a level in dB is this many times its common logarithm: amSynth's volume is its square.
const LEVEL_DB: f32 = 40.0;
/// The level never falls below the least step of a controller.
const LEAST_LEVEL: f32 = 1.0 / 127.0;
/// A sound this much less loud than the middle of the plane costs something, in dB: a level cannot make it loud.
const QUIET_DB: f32 = 10.0;
/// The name of the layer of loudness.
pub(super) const LOUDNESS: &str = "loudness";

/// The length of the notes, in seconds, of a path of this length that is struck this many times a second: a whole
/// number of notes fills the path. `None` if one note is held.
pub fn note_s(length_s: f64, strikes_hz: f64) -> Option<f64> {
    let is_struck = strikes_hz > 0.0 && length_s > 0.0 && length_s.is_finite();
    is_struck.then(|| length_s / (length_s * strikes_hz.min(STRIKES_HZ[1])).round().max(1.0))
}

/// The path through points as it is to be played: struck every `note_s` seconds and equally loud at all steps, whose
/// rows of measurements end with the loudness in LUFS. Without `note_s` it is one held note at the patches' own
/// volumes.
///
/// # Errors
/// As [`path_through`].
pub fn played_path(
    points: &[Point],
    rows: &[Vec<f32>],
    length_s: f64,
    note_s: Option<f64>,
) -> Result<LatentPath, PathValueError> {
    let mut path = path_through(points, length_s)?;
    if let Some(note_s) = note_s {
        strike(&mut path, note_s);
        let loudness: Option<Vec<f32>> = rows.iter().map(|row| row.last().copied()).collect();
        level(&mut path, &loudness.unwrap_or_default());
    }
    Ok(path)
}

/// Replaces the notes of a path by notes that are struck every `note_s` seconds.
pub fn strike(path: &mut LatentPath, note_s: f64) {
    let length_s = path.length_s();
    let count = (length_s / note_s).round().clamp(1.0, NOTE_LIMIT as f64) as usize;
    let start_s = |note: usize| rounded_s(length_s * note as f64 / count as f64);
    let notes = (0..count).map(|note| PathNote {
        start_s: start_s(note),
        length_s: held_s(start_s(note), start_s(note + 1)),
        key: None,
        velocity: USUAL_VELOCITY,
    });
    path.set_notes(&notes.collect::<Vec<_>>());
}

/// The length of a note that ends when the next one begins: never later, or it would need a finger of its own.
fn held_s(start_s: f64, next_s: f64) -> f64 {
    let length_s = rounded_s(next_s - start_s);
    if start_s + length_s > next_s { rounded_s(length_s - LEAST_TIME_S) } else { length_s }
}

/// Gives a path the level by which all its places are as loud as the middle one: their loudness at even times, in LUFS.
/// Returns by how much the loudest place is louder than the quietest, before and after, in dB. Without numbers, the
/// path gets no level.
pub fn level(path: &mut LatentPath, loudness: &[f32]) -> [f32; 2] {
    let middle = median(loudness.to_vec());
    let level =
        |own: &f32| (MEASURED_LEVEL * 10.0f32.powf((middle - own) / LEVEL_DB)).clamp(LEAST_LEVEL, 1.0);
    let levels: Vec<f32> = loudness.iter().map(level).collect();
    path.set_level(Some(&levels));
    let played = loudness.iter().zip(&levels).map(|(own, level)| own + LEVEL_DB * level.log10());
    [range(loudness.iter().copied()), range(played)]
}

/// The greatest of these numbers minus the least; 0 without numbers.
fn range(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let [least, most] = [values.clone().reduce(f32::min), values.reduce(f32::max)];
    most.zip(least).map_or(0.0, |(most, least)| most - least)
}

/// The loudness below which a sound is too quiet on the plane of a map, in LUFS; `None` if the map lacks it.
pub(super) fn quiet_lufs(map: &Map) -> Option<f32> {
    let loudness = map.layer(LOUDNESS)?;
    Some(median(loudness.values.iter().map(|value| f32::from(*value) / 10.0).collect()) - QUIET_DB)
}

/// The cost of a loudness in LUFS: none above the quietest one that a level can make loud, and then the square of what
/// is missing in dB.
pub(super) fn quiet_cost(quiet_lufs: f32, own_lufs: f32) -> f32 {
    let missing_db = (quiet_lufs - own_lufs).max(0.0);
    missing_db * missing_db
}

pub(super) fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_of_notes_fills_a_path() {
        assert_eq!(note_s(8.0, 2.0), Some(0.5));
        assert_eq!(note_s(2.2, 2.0), Some(0.55));
        assert_eq!(note_s(0.1, 2.0), Some(0.1));
        assert_eq!(note_s(600.0, 100.0), Some(1.0 / 7.0));
        assert_eq!([note_s(8.0, 0.0), note_s(0.0, 2.0), note_s(8.0, f64::NAN)], [None; 3]);
    }

    #[test]
    fn notes_follow_each_other_and_quiet_steps_play_at_a_higher_level() {
        let points = [0.0, 1.0, 2.0].map(|x| Point { x, y: 0.0 });
        let rows = [-30.0, -20.0, -24.0].map(|lufs| vec![50.0, lufs]);
        let path = played_path(&points, &rows, 4.0, Some(0.5)).unwrap();
        let notes: Vec<[f64; 2]> = path.notes().iter().map(|note| [note.start_s, note.end_s()]).collect();
        assert_eq!(notes.len(), 8);
        assert!(notes.windows(2).all(|two| two[0][1] == two[1][0]) && notes[7][1] == 4.0, "{notes:?}");
        let level = path.level().unwrap();
        assert!((level[2] - 0.6).abs() < 1e-3 && level[0] > 0.8 && level[1] < 0.5, "{level:?}");
        let held = played_path(&points, &rows, 4.0, None).unwrap();
        assert_eq!((held.notes().len(), held.level()), (1, None));
    }

    #[test]
    fn the_remaining_differences_of_a_levelled_path_are_those_beyond_the_greatest_volume() {
        let mut path = path_through(&[Point::default(); 3], 2.0).unwrap();
        // The volume has 8.9 dB above the level at which patches are measured.
        let [before, after] = level(&mut path, &[-26.0, -20.0, -14.0]);
        assert!((before - 12.0).abs() < 1e-4 && after < 1e-4, "{before} {after}");
        let [before, after] = level(&mut path, &[-40.0, -20.0, -20.0]);
        assert!((before - 20.0).abs() < 1e-4 && (after - 11.13).abs() < 0.01, "{before} {after}");
        assert_eq!((level(&mut path, &[]), path.level()), ([0.0; 2], None));
    }

    #[test]
    fn a_single_finger_plays_the_notes_of_every_length_and_rate() {
        let points = [0.0, 1.0, 2.0].map(|x| Point { x, y: 0.0 });
        for tenths in 1..200 {
            for strikes_hz in [1.0, 1.5, 2.0, 3.0, 5.0, 7.0] {
                let length_s = f64::from(tenths) / 10.0;
                let path = played_path(&points, &[], length_s, note_s(length_s, strikes_hz)).unwrap();
                let fingers = path.to_strokes();
                assert_eq!(fingers.len(), 1, "{length_s} s, {strikes_hz} notes a second");
                let wanted = (length_s * strikes_hz).round().max(1.0) as usize;
                assert_eq!(fingers[0].notes().count(), wanted, "{length_s} s, {strikes_hz} notes a second");
            }
        }
    }

    #[test]
    fn the_longest_path_has_room_for_the_most_notes() {
        let points = [Point::default(); 64];
        let note_s = note_s(PATH_LIMIT_S, STRIKES_HZ[1]);
        let path = played_path(&points, &vec![vec![-20.0]; 64], PATH_LIMIT_S, note_s).unwrap();
        assert_eq!(path.notes().len(), NOTE_LIMIT);
    }
}
