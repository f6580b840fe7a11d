//! The notes of the domains: their recordings, and the recordings that are kept from training.
//!
//! Kept from training are every sixth key of each group, with all its recordings (`test`), one whole instrument of
//! each domain (`unheard`), and the recordings that only a second font has (`other`). FluidR3_GM has few of these:
//! most of its recordings of an instrument that both fonts have are the same. Some of them have another level,
//! which hides them from a comparison of their values.

use crate::shared::SharedRecordings;
use crate::sound_font::{Header, SoundFont, write as write_wav};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

/// A domain: the names of its groups with the beginnings of their recordings' names, the same of the instrument
/// that is left out, and the beginnings of the names of a second font's recordings.
struct DomainNotes {
    name: &'static str,
    groups: &'static [(&'static str, &'static str)],
    unheard: (&'static str, &'static str),
    other: &'static [&'static str],
}

const DOMAINS: [DomainNotes; 4] = [
    DomainNotes {
        name: "strings",
        groups: &[
            ("violin", "Violin "),
            ("cello", "Cello "),
            ("double-bass", "Bass "),
            ("violins", "Violins_"),
            ("violas", "Violas_"),
            ("celli", "Celli_"),
            ("basses", "Basses_"),
        ],
        unheard: ("viola", "Viola "),
        other: &["Strings "],
    },
    DomainNotes {
        name: "voices",
        groups: &[("choir-aah", "Ahh Choir "), ("choir-ooh", "Ohh Voices ")],
        unheard: ("solo-voice", "Solo Vox "),
        other: &[],
    },
    DomainNotes {
        name: "winds",
        groups: &[
            ("flute", "Flute "),
            ("piccolo", "Piccolo "),
            ("recorder", "Recorder "),
            ("pan-flute", "Pan Flute "),
            ("ocarina", "Ocar"),
            ("oboe", "Oboe "),
            ("clarinet", "Clarinet "),
            ("bassoon", "E's Bassoon "),
            ("soprano-saxophone", "Sax-Soprano "),
            ("alto-saxophone", "Sax-Alto "),
            ("tenor-saxophone", "Sax-Tenor "),
            ("baritone-saxophone", "Sax-Baritone "),
        ],
        unheard: ("english-horn", "English Horn "),
        other: &[],
    },
    DomainNotes {
        name: "brass",
        groups: &[
            ("trumpet", "Trumpet "),
            ("muted-trumpet", "Muted Trumpet "),
            ("french-horns", "French Horns "),
            ("brass-section", "Brass Section "),
            ("tuba", "Tuba "),
        ],
        unheard: ("trombone", "Trombone "),
        other: &["Sbrass "],
    },
];

/// One in this many keys is kept for tests.
const TEST_EVERY: usize = 6;
const LONGEST_S: f32 = 3.0;
/// A shorter recording is extended by its repeated part, as a player of the font does.
const SHORTEST_S: f32 = 0.8;
/// The least length of a recording without a repeated part.
const LEAST_S: f32 = 0.15;

pub fn write(font: &SoundFont, other: Option<&SoundFont>, folder: &Path) -> Result<(), Box<dyn Error>> {
    let shared = other.map(|other| SharedRecordings::find(other, font));
    for domain in &DOMAINS {
        let folder = folder.join(domain.name);
        for part in ["train", "test", "unheard", "other"] {
            std::fs::create_dir_all(folder.join(part))?;
        }
        let mut counts = [0; 4];
        for (group, prefix) in domain.groups {
            let notes = left_channels(font, prefix);
            let keys: BTreeSet<u8> = notes.iter().map(|note| note.key).collect();
            let kept: Vec<u8> = keys.into_iter().skip(TEST_EVERY / 2).step_by(TEST_EVERY).collect();
            for (number, note) in notes.iter().enumerate() {
                let is_test = kept.contains(&note.key);
                let part = folder.join(if is_test { "test" } else { "train" });
                counts[usize::from(is_test)] += 1;
                write_wav(
                    &part.join(format!("{group}_{number}_{}.wav", note.key)),
                    &font.sound(note, SHORTEST_S, LONGEST_S),
                )?;
            }
        }
        let (group, prefix) = domain.unheard;
        for (number, note) in left_channels(font, prefix).iter().enumerate() {
            let path = folder.join("unheard").join(format!("{group}_{number}_{}.wav", note.key));
            write_wav(&path, &font.sound(note, SHORTEST_S, LONGEST_S))?;
            counts[2] += 1;
        }
        if let (Some(other), Some(shared)) = (other, &shared) {
            for prefix in domain.other {
                for (number, note) in left_channels(other, prefix).iter().enumerate() {
                    if shared.is_shared(note) {
                        continue;
                    }
                    // This font's keys are unreliable: the pitch is found from the sound.
                    let group = prefix.trim_end_matches([' ', '_']).to_lowercase().replace([' ', '_'], "-");
                    let path = folder.join("other").join(format!("{group}-{number}.wav"));
                    write_wav(&path, &other.sound(note, SHORTEST_S, LONGEST_S))?;
                    counts[3] += 1;
                }
            }
        }
        let [train, test, unheard, others] = counts;
        println!(
            "{}: {train} to train with, {test} to test with, {unheard} of {group}, {others} of the other font",
            domain.name
        );
    }
    Ok(())
}

/// The recordings whose name begins so, without right channels and recordings that are too short, by key and name.
fn left_channels<'a>(font: &'a SoundFont, prefix: &str) -> Vec<&'a Header> {
    let fits = |one: &&Header| one.name.starts_with(prefix) && !one.is_right() && one.seconds() >= LEAST_S;
    let mut notes: Vec<&Header> = font.headers.iter().filter(fits).collect();
    notes.sort_by(|a, b| (a.key, &a.name).cmp(&(b.key, &b.name)));
    notes
}
