//! Hints about a given sound: its kind, and the command or the options that fit it better.

use matching::{Target, stereo_width};
use patch::note_name;
use sketching::{KindOfSound, kind_of_sound, loudest_part};
use sound_file::SoundFile;
use std::path::Path;

use crate::output::warn;
use crate::region_arguments::RegionArguments;

/// From this width on it is told: a sound at one side has about half of it.
const WIDE: f32 = 0.15;

/// The name of a kind in JSON.
pub fn kind_name(kind: &KindOfSound) -> &'static str {
    match kind {
        KindOfSound::OneNote { .. } => "one note",
        KindOfSound::Unpitched => "unpitched",
        KindOfSound::Chord { .. } => "chord",
        KindOfSound::Melody { .. } => "melody",
        KindOfSound::Rhythm { .. } => "rhythm",
        KindOfSound::SeveralSounds { .. } => "several sounds",
    }
}

/// Hints for `match`, which takes every sound as one note. Returns the kind of the sound.
pub fn hint_for_match(
    target: &Target,
    sound: &SoundFile,
    path: &Path,
    region: &RegionArguments,
) -> KindOfSound {
    let kind = kind_of_sound(target);
    let file = path.display();
    match &kind {
        KindOfSound::Melody { notes } => warn(format_args!(
            "{file} is a melody of {notes} notes: `latent-pad sketch {file}` finds its notes, too"
        )),
        KindOfSound::Rhythm { hits } => warn(format_args!(
            "{file} is a rhythm of {hits} hits: `latent-pad sketch --beatbox {file}` finds its hits, too"
        )),
        _ => hint_of_part(target, &kind, path, region),
    }
    if let [left, right] = sound.channels.as_slice() {
        let width = stereo_width(left, right);
        if width >= WIDE {
            warn(format_args!(
                "{file} is wide: {:.0} % of its energy is the difference of both channels, and a patch is wide only by \
                 its reverb",
                100.0 * width
            ));
        }
    }
    kind
}

/// A hint for `sketch`, which takes every sound as one voice or as a rhythm: a chord is neither.
pub fn hint_for_sketch(recording: &Target, path: &Path, region: &RegionArguments) {
    let kind = kind_of_sound(recording);
    if matches!(kind, KindOfSound::Chord { .. }) {
        hint_of_part(recording, &kind, path, region);
    }
}

fn hint_of_part(target: &Target, kind: &KindOfSound, path: &Path, region: &RegionArguments) {
    let file = path.display();
    match kind {
        KindOfSound::Chord { keys } => {
            let name = |key: &f32| note_name(key.round().clamp(0.0, 127.0) as u8).to_string();
            let names: Vec<String> = keys.iter().map(name).collect();
            warn(format_args!(
                "{file} is a chord ({}): one note is searched for; choose a part with one note by --from and --to",
                names.join(", ")
            ));
        }
        KindOfSound::SeveralSounds { sounds } => {
            let before_s = region.from_s.unwrap_or(0.0) as f32;
            let loudest = loudest_part(target).map_or_else(String::new, |[from_s, to_s]| {
                format!(": --from {:.2} --to {:.2} is the loudest one", before_s + from_s, before_s + to_s)
            });
            warn(format_args!(
                "{file} has {sounds} sounds one after another; choose one by --from and --to{loudest}"
            ));
        }
        _ => {}
    }
}
