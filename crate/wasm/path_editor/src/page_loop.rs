//! A loop as the page stores it (`play::RecordedLoop` as JSON), which a path replaces. The fields that this module
//! does not know stay as they are.

use path::LatentPath;
use path::latent_path::BEAT_LIMIT;
use path::strokes::Path;
use serde_json::{Map, Value, json};

/// A loop of one finger that a path replaces.
#[derive(Clone, Debug, Default)]
pub struct PageLoop {
    fields: Map<String, Value>,
}

/// A text is no loop. Its message is a word as those of [`crate::refusal`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("loop")]
pub struct LoopError;

impl PageLoop {
    /// The loop of this text (JSON), of which instrument, speed and direction stay, or a new one if the text is empty.
    ///
    /// # Errors
    /// If it is no loop.
    pub fn of_one_finger(text: &str) -> Result<Self, LoopError> {
        let text = if text.is_empty() { r#"{"number":0}"# } else { text };
        let mut fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| LoopError)?;
        // The path has its own.
        for field in ["length_s", "beats", "fingers", "name"] {
            fields.remove(field);
        }
        Ok(Self { fields })
    }

    /// The loop with a path; with several fingers if notes of the path sound at the same time.
    pub fn write(&self, path: &LatentPath) -> String {
        let mut fields = self.fields.clone();
        let strokes = path.to_strokes();
        let length_s = strokes.iter().map(Path::end_s).fold(path.length_s(), f64::max);
        fields.insert("length_s".to_owned(), json!(length_s));
        if let Some(beats) = path.beats() {
            fields.insert("beats".to_owned(), json!(beats.round().clamp(1.0, BEAT_LIMIT) as u64));
        }
        if !path.name().is_empty() {
            fields.insert("name".to_owned(), json!(path.name()));
        }
        // As values the fingers would take ten times as long as texts.
        let fingers: Vec<String> =
            strokes.iter().map(|strokes| serde_json::to_string(strokes).unwrap_or_default()).collect();
        let fields = Value::Object(fields).to_string();
        format!("{},\"fingers\":[{}]}}", fields.strip_suffix('}').unwrap_or_default(), fingers.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_replaces_a_loop_keeps_its_instrument_speed_and_direction() {
        let own = json!({
            "number": 3, "length_s": 2.0, "fingers": [{ "strokes": [[[0.0, [0.0, 0.0]]]] }], "name": "Tide", "beats": 4,
            "speed": 0.5, "direction": "Backward", "instrument": 2,
        });
        let mut path = LatentPath::new(vec![vec![0.0, 1.0]; 2], 1.0).unwrap();
        path.set_name("Ebb");
        let replaced = PageLoop::of_one_finger(&own.to_string()).unwrap().write(&path);
        let replaced: Value = serde_json::from_str(&replaced).unwrap();
        for field in ["number", "speed", "direction", "instrument"] {
            assert_eq!(replaced[field], own[field], "{field}");
        }
        assert_eq!((&replaced["name"], &replaced["length_s"]), (&json!("Ebb"), &json!(1.0)));
        assert!(replaced.get("beats").is_none());
        assert!(PageLoop::of_one_finger("no loop").is_err());
    }
}
