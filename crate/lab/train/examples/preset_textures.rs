//! Writes sounds of amSynth's presets that have several pitches, or none, as WAV files for
//! `latent-pad train --task timbre --head texture`. `cargo run --release -p train --example preset_textures -- BANKS
//! FOLDER` writes a chord of each preset that sounds at one pitch, and a note of each other one. FOLDER/train has the
//! sounds of the rows that the plane's networks learn from; FOLDER/test_chords, test_unpitched, unseen_chords and
//! unseen_unpitched have the sounds of rows that no training sees.

#[allow(dead_code, reason = "an example of its own")]
#[path = "preset_notes.rs"]
mod preset_notes;

use dataset::{Dataset, Split};
use preset_notes::{KEYS, LEAST_LEVEL, LENGTH, mixed_render, steady_key, write_sound};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::error::Error;
use std::path::Path;

/// Semitones of a chord above its lowest key.
const CHORDS: [&[u8]; 6] =
    [&[0, 4, 7], &[0, 3, 7, 10], &[0, 5, 7, 14], &[0, 4, 8, 11], &[0, 7, 16], &[0, 1, 6, 13]];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [banks, folder] = &arguments[..] else { return Err("usage: preset_textures BANKS FOLDER".into()) };
    let dataset = Dataset::read(Path::new(banks))?;
    let split = Split::new(&dataset);
    let folder = Path::new(folder);
    for (part, rows) in [("train", &split.train), ("test", &split.test), ("unseen", &split.unseen)] {
        let folders = ["chords", "unpitched"].map(|kind| match part {
            "train" => folder.join(part),
            _ => folder.join(format!("{part}_{kind}")),
        });
        for folder in &folders {
            std::fs::create_dir_all(folder)?;
        }
        let [chord_folder, other_folder] = &folders;
        let written =
            rows.par_iter().map(|&row| write(&dataset, row, [chord_folder, other_folder]).unwrap_or(false));
        println!("{part}: {} of {} presets", written.filter(|&written| written).count(), rows.len());
    }
    Ok(())
}

/// Writes the chord or the note of a preset, unless it is quiet.
fn write(dataset: &Dataset, row: usize, [chords, others]: [&Path; 2]) -> Result<bool, hound::Error> {
    let preset = &dataset.rows[row];
    let key = KEYS[row % KEYS.len()];
    let note = mixed_render(&preset.patch, &[key]);
    let is_chord = steady_key(&note).is_some();
    let chord: Vec<u8> = CHORDS[row % CHORDS.len()].iter().map(|step| key + step).collect();
    let sound = if is_chord { mixed_render(&preset.patch, &chord) } else { note };
    let power = sound.iter().map(|sample| sample * sample).sum::<f32>() / LENGTH as f32;
    if power.sqrt() <= LEAST_LEVEL {
        return Ok(false);
    }
    write_sound(dataset, row, key, &sound, if is_chord { chords } else { others })?;
    Ok(true)
}
