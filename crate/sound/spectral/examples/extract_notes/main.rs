//! Writes notes of a SoundFont as WAV files at 44.1 kHz, one channel.
//! `cargo run --release -p spectral --example extract_notes -- FONT.sf2 FOLDER` writes the notes for `compare`:
//! two notes of each of thirteen groups, at most three seconds each. With `--domains [OTHER.sf2]` it writes the
//! notes of the domains of `latent-pad train --task timbre`: FOLDER/DOMAIN/train, test, unheard and other (see
//! `domains.rs`).

mod domains;
mod shared;
mod sound_font;

use sound_font::{Header, SoundFont, write};
use std::error::Error;
use std::path::Path;

/// The beginning of the samples' names, the group's kind and its name.
const GROUPS: [(&str, &str, &str); 13] = [
    ("Violin ", "solo", "violin"),
    ("Viola ", "solo", "viola"),
    ("Cello ", "solo", "cello"),
    ("Flute ", "solo", "flute"),
    ("English Horn ", "solo", "english-horn"),
    ("Oboe ", "solo", "oboe"),
    ("Recorder ", "solo", "recorder"),
    ("Sax-Alto ", "solo", "alto-saxophone"),
    ("Sax-Tenor ", "solo", "tenor-saxophone"),
    ("Solo Vox ", "solo", "voice"),
    ("Violins_", "ensemble", "violins"),
    ("Celli_", "ensemble", "celli"),
    ("Ahh Choir ", "ensemble", "choir"),
];
/// Notes of each group: the notes at a third and two thirds of its range.
const NOTES: usize = 2;
const LONGEST_S: f32 = 3.0;
const SHORTEST_S: f32 = 0.7;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [font, folder] => for_comparison(&SoundFont::read(Path::new(font))?, Path::new(folder)),
        [font, folder, "--domains"] => {
            domains::write(&SoundFont::read(Path::new(font))?, None, Path::new(folder))
        }
        [font, folder, "--domains", other] => {
            let other = SoundFont::read(Path::new(other))?;
            domains::write(&SoundFont::read(Path::new(font))?, Some(&other), Path::new(folder))
        }
        _ => Err("usage: extract_notes FONT.sf2 FOLDER [--domains [OTHER.sf2]]".into()),
    }
}

fn for_comparison(font: &SoundFont, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for (prefix, kind, group) in GROUPS {
        let fits =
            |one: &&Header| one.name.starts_with(prefix) && !one.is_right() && one.seconds() >= SHORTEST_S;
        let mut notes: Vec<&Header> = font.headers.iter().filter(fits).collect();
        notes.sort_by_key(|one| one.key);
        for note in 1..=NOTES {
            let Some(header) = notes.get(notes.len() * note / (NOTES + 1)) else { continue };
            let path = folder.join(format!("{kind}_{group}_{note}_{}.wav", header.key));
            write(&path, &font.sound(header, 0.0, LONGEST_S))?;
            println!("{} ({})", path.display(), header.name);
        }
    }
    Ok(())
}
