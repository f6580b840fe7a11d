//! A loop as the page stores it (`play::RecordedLoop` as JSON), and one of its fingers as a path. What this module does not
//! know of a loop stays as it is.

use path::strokes::Path;
use path::{LatentPath, LinkedLoop};
use serde_json::{Map, Value, json};

/// The directions of playback as the page stores them, in the order of its menu.
const DIRECTIONS: [&str; 3] = ["Forward", "Backward", "ThereAndBack"];

/// A loop whose finger is edited.
#[derive(Clone, Debug, Default)]
pub struct PageLoop {
    fields: Map<String, Value>,
    finger: usize,
}

/// Why a text is no loop.
#[derive(Clone, Debug, thiserror::Error)]
#[error("this path is damaged: record it again")]
pub struct LoopError;

impl PageLoop {
    /// Reads a loop and one of its fingers.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(text: &str, finger: usize) -> Result<(Self, LatentPath), LoopError> {
        let fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| LoopError)?;
        let length_s = fields.get("length_s").and_then(Value::as_f64).ok_or(LoopError)?;
        let fingers = fields.get("fingers").and_then(Value::as_array).ok_or(LoopError)?;
        let finger = finger.min(fingers.len().saturating_sub(1));
        let strokes: Path =
            serde_json::from_value(fingers.get(finger).cloned().ok_or(LoopError)?).map_err(|_| LoopError)?;
        let mut path = LatentPath::from_strokes(&strokes, length_s);
        path.set_loop(true);
        let name = fields.get("name").and_then(Value::as_str).unwrap_or_default();
        path.set_name(name);
        path.set_beats(fields.get("beats").and_then(Value::as_f64));
        Ok((Self { fields, finger }, path))
    }

    /// What a link holds of a loop (JSON).
    ///
    /// # Errors
    /// If it is none.
    pub fn linked(text: &str) -> Result<LinkedLoop, LoopError> {
        let fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| LoopError)?;
        let fingers = fields.get("fingers").and_then(Value::as_array).ok_or(LoopError)?;
        let fingers = fingers.iter().map(|finger| serde_json::from_value(finger.clone()));
        let word = |field: &str| fields.get(field).and_then(Value::as_str).unwrap_or_default();
        let number = |field: &str| fields.get(field).and_then(Value::as_f64);
        let direction = DIRECTIONS.iter().position(|direction| *direction == word("direction"));
        Ok(LinkedLoop {
            name: word("name").to_owned(),
            fingers: fingers.collect::<Result<Vec<Path>, _>>().map_err(|_| LoopError)?,
            length_s: number("length_s").ok_or(LoopError)?,
            beats: number("beats").map(|beats| beats as u16),
            speed: number("speed").unwrap_or(1.0),
            direction: direction.unwrap_or_default() as u8,
        })
    }

    /// The new loop (JSON) that a link holds.
    pub fn of_link(own: &LinkedLoop) -> String {
        let LinkedLoop { name, fingers, length_s, beats, speed, direction } = own;
        let direction = DIRECTIONS.get(usize::from(*direction)).unwrap_or(&DIRECTIONS[0]);
        let name = Some(name).filter(|name| !name.is_empty());
        let fingers: Vec<Value> =
            fingers.iter().map(|finger| serde_json::to_value(finger).unwrap_or_default()).collect();
        json!({
            "number": 0, "name": name, "fingers": fingers, "length_s": length_s,
            "beats": beats, "speed": speed, "direction": direction,
        })
        .to_string()
    }

    /// A loop of one finger with this number; 0 stands for a free one.
    pub fn new(number: u8) -> Self {
        let fields = json!({ "number": number, "fingers": [null] });
        Self { fields: fields.as_object().cloned().unwrap_or_default(), finger: 0 }
    }

    /// The loop with its finger replaced by a path; by several if notes of the path sound at the same time.
    pub fn write(&self, path: &LatentPath) -> String {
        let mut fields = self.fields.clone();
        let strokes = path.to_strokes();
        let mut length_s = strokes.iter().map(Path::end_s).fold(path.length_s(), f64::max);
        if let Some(fingers) = fields.get_mut("fingers").and_then(Value::as_array_mut) {
            let own = self.finger.min(fingers.len().saturating_sub(1));
            let strokes = strokes.iter().map(|strokes| serde_json::to_value(strokes).unwrap_or_default());
            let end_s =
                |finger: Value| serde_json::from_value::<Path>(finger).map_or(0.0, |path| path.end_s());
            if fingers.len() > 1 {
                length_s = fingers
                    .iter()
                    .enumerate()
                    .filter(|(number, _)| *number != own)
                    .fold(length_s, |length_s, (_, finger)| length_s.max(end_s(finger.clone())));
            }
            fingers.splice(own..=own, strokes);
        }
        fields.insert("length_s".to_owned(), json!(length_s));
        if !path.name().is_empty() {
            fields.insert("name".to_owned(), json!(path.name()));
        }
        Value::Object(fields).to_string()
    }
}
