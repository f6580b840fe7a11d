//! The reasons why a file is no path, as a word and numbers with blanks between. The page has a sentence of its own for
//! each word, in its language (`www/paths/words/`).

use path::{PathFileError, PathValueError};
use wasm_bindgen::JsError;

/// A word and the numbers of its sentence.
fn error(word: &str, numbers: &[f64]) -> JsError {
    let numbers: String = numbers.iter().map(|number| format!(" {number}")).collect();
    JsError::new(&format!("{word}{numbers}"))
}

/// The reason why a path file cannot be read.
pub fn of_file(reason: &PathFileError) -> JsError {
    match reason {
        PathFileError::Version(version) => error("version", &[*version]),
        PathFileError::Field(_) | PathFileError::NoVersion => error("field", &[]),
        PathFileError::Lanes(_) => error("lanes", &[]),
        PathFileError::Values(reason) => of_values(reason),
        PathFileError::Level(values) => error("level", &[*values as f64]),
        PathFileError::Note(number) => error("note", &[*number as f64]),
        PathFileError::Notes(_) => error("notes", &[path::latent_path::NOTE_LIMIT as f64]),
        PathFileError::Beats => error("beats", &[path::latent_path::BEAT_LIMIT]),
        PathFileError::Name => error("name", &[path::latent_path::NAME_LIMIT as f64]),
        _ => error("other", &[]),
    }
}

/// A path that has not two dimensions.
pub fn of_dimensions(count: usize) -> JsError {
    error("dimensions", &[count as f64])
}

/// The reason why values do not make a path.
fn of_values(reason: &PathValueError) -> JsError {
    match reason {
        PathValueError::Steps(_) => error("steps", &[2.0, path::latent_path::STEP_LIMIT as f64]),
        PathValueError::Value { lane, step, limit } => {
            error("value", &[*step as f64, *lane as f64, f64::from(*limit)])
        }
        PathValueError::Rate => error("rate", &path::latent_path::RATES_HZ),
        PathValueError::NoDuration => error("no_duration", &[]),
        PathValueError::Duration(_) => error("duration", &[path::strokes::PATH_LIMIT_S]),
        _ => error("lanes", &[]),
    }
}
