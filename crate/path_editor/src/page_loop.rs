//! A loop as the page stores it (`play::RecordedLoop` as JSON), and one of its fingers as a path. What this module does not
//! know of a loop stays as it is.

use path::strokes::Path;
use path::{LatentPath, LinkedLoop};
use serde_json::{Map, Value, json};

/// The directions of playback as the page stores them, in the order of its menu.
const DIRECTIONS: [&str; 3] = ["Forward", "Backward", "ThereAndBack"];

/// A loop whose finger is edited: `fields` has null in its place.
#[derive(Clone, Debug, Default)]
pub struct PageLoop {
    fields: Map<String, Value>,
    finger: usize,
}

/// A text is no loop. Its message is a word as those of [`crate::refusal`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("loop")]
pub struct LoopError;

impl PageLoop {
    /// Reads a loop and one of its fingers.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(text: &str, finger: usize) -> Result<(Self, LatentPath), LoopError> {
        let mut fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| LoopError)?;
        let length_s = fields.get("length_s").and_then(Value::as_f64).ok_or(LoopError)?;
        let fingers = fields.get_mut("fingers").and_then(Value::as_array_mut).ok_or(LoopError)?;
        let finger = finger.min(fingers.len().saturating_sub(1));
        let own = fingers.get_mut(finger).ok_or(LoopError)?.take();
        let strokes: Path = serde_json::from_value(own).map_err(|_| LoopError)?;
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
            instrument: number("instrument").unwrap_or_default() as u8,
        })
    }

    /// The new loop (JSON) that a link holds.
    pub fn of_link(own: &LinkedLoop) -> String {
        let LinkedLoop { name, fingers, length_s, beats, speed, direction, instrument } = own;
        let direction = DIRECTIONS.get(usize::from(*direction)).unwrap_or(&DIRECTIONS[0]);
        let name = Some(name).filter(|name| !name.is_empty());
        let fields = json!({
            "number": 0, "name": name, "length_s": length_s,
            "beats": beats, "speed": speed, "direction": direction, "instrument": instrument,
        });
        with_fingers(&fields, &fingers.iter().map(text_of).collect::<Vec<_>>())
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
        let fingers = fields.remove("fingers");
        let mut texts = Vec::new();
        for (number, finger) in fingers.iter().flat_map(|fingers| fingers.as_array()).flatten().enumerate() {
            if number == self.finger {
                texts.extend(strokes.iter().map(text_of));
            } else {
                let end_s = serde_json::from_value::<Path>(finger.clone()).map_or(0.0, |path| path.end_s());
                length_s = length_s.max(end_s);
                texts.push(finger.to_string());
            }
        }
        fields.insert("length_s".to_owned(), json!(length_s));
        if !path.name().is_empty() {
            fields.insert("name".to_owned(), json!(path.name()));
        }
        with_fingers(&Value::Object(fields), &texts)
    }
}

/// A finger as text.
fn text_of(strokes: &Path) -> String {
    serde_json::to_string(strokes).unwrap_or_default()
}

/// Fields, at least one, with the texts of the fingers: as values they would take ten times as long.
fn with_fingers(fields: &Value, fingers: &[String]) -> String {
    let fields = fields.to_string();
    format!("{},\"fingers\":[{}]}}", fields.strip_suffix('}').unwrap_or_default(), fingers.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_finger_replaces_its_own_and_the_rest_of_the_loop_stays() {
        let finger = |x: f64| json!({ "strokes": [[[0.0, [x, 0.0]], [x, [x, 1.0]]]], "velocities": [90] });
        let text = json!({ "number": 3, "length_s": 2.0, "fingers": [finger(1.0), finger(2.0)], "zone": { "a": {} } });
        let (page_loop, path) = PageLoop::read(&text.to_string(), 1).unwrap();
        let written: Value = serde_json::from_str(&page_loop.write(&path)).unwrap();
        assert_eq!((&written["number"], &written["zone"]), (&text["number"], &text["zone"]));
        assert_eq!((&written["fingers"][0], written["length_s"].as_f64()), (&text["fingers"][0], Some(2.0)));
        let (_, again) = PageLoop::read(&written.to_string(), 1).unwrap();
        assert_eq!(again, path);
    }
}
