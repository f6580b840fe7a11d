//! The reasons why the module refuses an input, as a word and numbers with blanks between. The page has a sentence of
//! its own for each word, in its language (`www/paths/words/`).

use path::PathValueError;
use path::target::{TargetPathError, TargetRequest};
use wasm_bindgen::JsError;

/// A word and the numbers of its sentence.
fn error(word: &str, numbers: &[f64]) -> JsError {
    let numbers: String = numbers.iter().map(|number| format!(" {number}")).collect();
    JsError::new(&format!("{word}{numbers}"))
}

/// The reason why values do not make a path.
pub fn of_values(reason: &PathValueError) -> JsError {
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

/// The reason why a shape does not make a target.
pub fn of_target(_: &TargetPathError) -> JsError {
    error("target", &[])
}

/// The reason why no path follows the target as requested.
pub fn of_plan(reason: &TargetPathError, request: &TargetRequest) -> JsError {
    match reason {
        TargetPathError::Unreachable { name, least, most, from, to, .. } => {
            let tenths = |value: &f32| (f64::from(*value) * 10.0).round() / 10.0;
            let goal = request.goals.iter().position(|goal| goal.layer == *name).unwrap_or_default();
            let [least, most, from, to] = [least, most, from, to].map(tenths);
            error("reach", &[least, most, from, to, goal as f64])
        }
        TargetPathError::ForbiddenPin(step) => {
            let pin = request.pins.iter().position(|pin| pin.0 + 1 == *step).unwrap_or_default();
            error("pin", &[pin as f64 + 1.0])
        }
        TargetPathError::NoWay => error("way", &[]),
        _ => error("target", &[]),
    }
}
