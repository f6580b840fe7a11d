//! The files of a path, as a wasm module that a worker of the page loads (`www/path-files/`): path files and MIDI in,
//! MIDI and a bank out, and the words that the voice's module plays. The command `latent-pad path` makes the same
//! bytes. The module also writes the notes of several loops as one MIDI file.
//!
//! It knows no network: the caller decodes. Each of its errors is a word, for which the page has a sentence.
#![forbid(unsafe_code)]

mod refusal;

use js_sys::{Float32Array, Function};
use patch::file::text_of;
use patch::{PARAMETER_COUNT, Patch};
use path::midi::{
    MidiImport, MidiLoss, MidiPathError, MidiUsual, Song, controllers, read_midi, write_automation,
    write_midi,
};
use path::{LatentPath, bank};
use plane::Point;
use wasm_bindgen::prelude::*;

/// A path of the plane that becomes files.
#[wasm_bindgen]
pub struct PathExport {
    path: LatentPath,
}

#[wasm_bindgen]
impl PathExport {
    /// Reads a path file (JSON).
    ///
    /// # Errors
    /// `failed` if the text is not a path file.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Self, JsError> {
        Ok(Self { path: path::read(text).map_err(|_| failed())? })
    }

    /// Its length in seconds.
    pub fn length_s(&self) -> f64 {
        self.path.length_s()
    }

    /// Its words for the audio thread (`protocol::path_score`).
    pub fn score(&self) -> Vec<u32> {
        path::score(&self.path.to_strokes(), self.path.length_s())
    }

    /// MIDI with the point in controllers 16 and 17, the level in 7, and the notes; those without a key get `key`. A
    /// path without beats gets the tempo `bpm`, in beats a minute.
    pub fn midi(&self, key: u8, bpm: f64) -> Vec<u8> {
        write_midi(&self.path, MidiUsual { key, bpm })
    }

    /// MIDI that automates amSynth's 41 parameters; key and tempo as for [`PathExport::midi`]. `decode` gets x and y
    /// and returns the 41 stored values, or nothing.
    ///
    /// # Errors
    /// `failed` as soon as there is no patch.
    pub fn automation(&self, key: u8, bpm: f64, decode: &Function) -> Result<Vec<u8>, JsError> {
        let usual = MidiUsual { key, bpm };
        write_automation(&self.path, usual, |point| decoded(decode, point).ok()).ok_or_else(failed)
    }

    /// Up to 128 of its patches, evenly over time, as a bank. `decode` as for [`PathExport::automation`].
    ///
    /// # Errors
    /// `failed` as soon as there is no patch.
    pub fn bank(&self, decode: &Function) -> Result<String, JsError> {
        let presets = bank::presets(&self.path, |point| decoded(decode, point))?;
        patch::file::write_bank(&presets).map_err(|_| failed())
    }

    /// amSynth's map from controllers to parameters, as [`PathExport::automation`] uses them.
    pub fn controllers() -> String {
        controllers::map_file()
    }

    /// The path of a path file (JSON): a `read_path` without losses.
    ///
    /// # Errors
    /// The reason why it is no path of the plane: a word and numbers, see module `refusal`.
    pub fn of_file(bytes: &[u8]) -> Result<String, JsError> {
        let path = path::read(&text_of(bytes)).map_err(|reason| refusal::of_file(&reason))?;
        if path.lanes().len() != 2 {
            return Err(refusal::of_dimensions(path.lanes().len()));
        }
        Ok(read_path(&path, &[]))
    }

    /// The path of a MIDI file: a `read_path`.
    ///
    /// # Errors
    /// The reason why the file has no path: `size`, `kind`, `damaged`, `point` or `duration`.
    pub fn of_midi(bytes: &[u8]) -> Result<String, JsError> {
        let MidiImport { path, losses } = read_midi(bytes).map_err(|reason| {
            JsError::new(match reason {
                MidiPathError::Size => "size",
                MidiPathError::Damaged => "damaged",
                MidiPathError::NoPoint => "point",
                MidiPathError::Duration => "duration",
                _ => "kind",
            })
        })?;
        let losses: Vec<&str> = losses.iter().map(word_of_loss).collect();
        Ok(read_path(&path, &losses))
    }
}

/// The MIDI file of a song, the JSON text of `path::midi::Song`.
///
/// # Errors
/// `failed` if the text is none.
#[wasm_bindgen]
pub fn midi_of_song(text: &str) -> Result<Vec<u8>, JsError> {
    Ok(Song::read(text).map_err(|_| failed())?.to_midi())
}

/// A path as the path file that this program writes, with the words of what it lacks, as JSON: `path` and `losses`.
fn read_path(path: &LatentPath, losses: &[&str]) -> String {
    let losses: Vec<String> = losses.iter().map(|word| format!("\"{word}\"")).collect();
    format!("{{\"path\":{},\"losses\":[{}]}}", path::write(path), losses.join(","))
}

fn word_of_loss(loss: &MidiLoss) -> &'static str {
    match loss {
        MidiLoss::Notes(_) => "notes",
        MidiLoss::Bends => "bends",
        _ => "damaged",
    }
}

fn failed() -> JsError {
    JsError::new("failed")
}

/// The patch at a point.
fn decoded(decode: &Function, point: Point) -> Result<Patch, JsError> {
    let values = decode.call2(&JsValue::UNDEFINED, &point.x.into(), &point.y.into()).unwrap_or_default();
    let values: Float32Array = values.dyn_into().map_err(|_| failed())?;
    let values: [f32; PARAMETER_COUNT] = values.to_vec().try_into().map_err(|_| failed())?;
    Ok(Patch::from_values(&values))
}
