//! A loop as the page stores it (`play::RecordedLoop` as JSON), and one of its fingers as a path. Fields of a loop that
//! this module does not know stay as they are.

use path::latent_path::BEAT_LIMIT;
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
    /// The finger as it was, and its path.
    own: Option<(String, LatentPath)>,
}

/// A text is not a loop. Its message is a word, as the messages of [`crate::refusal`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("loop")]
pub struct LoopError;

impl PageLoop {
    /// Reads a loop and one of its fingers.
    ///
    /// # Errors
    /// If the text is not a loop, or has no such finger.
    pub fn read(text: &str, finger: usize) -> Result<(Self, LatentPath), LoopError> {
        let mut fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| LoopError)?;
        let length_s = fields.get("length_s").and_then(Value::as_f64).ok_or(LoopError)?;
        let fingers = fields.get_mut("fingers").and_then(Value::as_array_mut).ok_or(LoopError)?;
        let finger = finger.min(fingers.len().saturating_sub(1));
        let own = fingers.get_mut(finger).ok_or(LoopError)?.take();
        let strokes: Path = serde_json::from_value(own).map_err(|_| LoopError)?;
        let text = text_of(&strokes);
        let mut path = LatentPath::from_strokes(&strokes, length_s);
        path.set_loop(true);
        let name = fields.get("name").and_then(Value::as_str).unwrap_or_default();
        path.set_name(name);
        path.set_beats(fields.get("beats").and_then(Value::as_f64));
        Ok((Self { fields, finger, own: Some((text, path.clone())) }, path))
    }

    /// The part of a loop (JSON) that a link holds.
    ///
    /// # Errors
    /// If the text is not a loop.
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

    /// A loop of one finger, ready for another path. The loop of this text (JSON) keeps its instrument, speed and
    /// direction; an empty text makes a new loop.
    ///
    /// # Errors
    /// If the text is not a loop.
    pub fn of_one_finger(text: &str) -> Result<Self, LoopError> {
        let text = if text.is_empty() { r#"{"number":0}"# } else { text };
        let mut fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| LoopError)?;
        fields.insert("fingers".to_owned(), json!([null]));
        // The other path has a length of its own.
        for field in ["length_s", "beats"] {
            fields.remove(field);
        }
        Ok(Self { fields, finger: 0, own: None })
    }

    /// Its whole beats, if it has any, when it lasts `length_s` with a path. A longer loop has more beats: with as many
    /// as before it would only play slower.
    pub fn beats(&self, path: &LatentPath, length_s: f64) -> Option<f64> {
        let beats = match self.fields.get("length_s").and_then(Value::as_f64) {
            Some(former_s) => self.fields.get("beats")?.as_f64()? * length_s / former_s,
            None => path.beats()?,
        };
        Some(beats.round().clamp(1.0, BEAT_LIMIT))
    }

    /// The loop with its finger replaced by a path; by several if notes of the path sound at the same time.
    pub fn write(&self, path: &LatentPath) -> String {
        let mut fields = self.fields.clone();
        let strokes = path.to_strokes();
        // If only the name differs, the points and the length are kept: the path's rate might round the length down.
        let kept = self.own.as_ref().filter(|(_, own)| own.plays_like(path));
        let former_s = kept.and_then(|_| fields.get("length_s")?.as_f64());
        let mut length_s =
            former_s.unwrap_or_else(|| strokes.iter().map(Path::end_s).fold(path.length_s(), f64::max));
        let fingers = fields.remove("fingers");
        let mut texts = Vec::new();
        for (number, finger) in fingers.iter().flat_map(|fingers| fingers.as_array()).flatten().enumerate() {
            if number == self.finger {
                match kept {
                    Some((text, _)) => texts.push(text.clone()),
                    None => texts.extend(strokes.iter().map(text_of)),
                }
            } else {
                let end_s = serde_json::from_value::<Path>(finger.clone()).map_or(0.0, |path| path.end_s());
                length_s = length_s.max(end_s);
                texts.push(finger.to_string());
            }
        }
        fields.insert("length_s".to_owned(), json!(length_s));
        if let Some(beats) = self.beats(path, length_s) {
            fields.insert("beats".to_owned(), json!(beats as u64));
        }
        match path.name() {
            "" => drop(fields.remove("name")),
            name => drop(fields.insert("name".to_owned(), json!(name))),
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
    use path::operators;

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

    /// A loop of two seconds in four beats, which has a name.
    fn in_beats() -> Value {
        let finger = json!({ "strokes": [[[0.0, [0.0, 0.0]], [2.0, [1.0, 1.0]]]], "velocities": [90] });
        json!({
            "number": 3, "length_s": 2.0, "fingers": [finger], "name": "Tide", "beats": 4,
            "speed": 0.5, "direction": "Backward", "instrument": 2,
        })
    }

    #[test]
    fn a_path_that_replaces_a_whole_loop_keeps_its_instrument_speed_and_direction() {
        let (_, mut path) = PageLoop::read(&in_beats().to_string(), 0).unwrap();
        path.set_name("Mix A");
        let replaced = PageLoop::of_one_finger(&in_beats().to_string()).unwrap().write(&path);
        let replaced: Value = serde_json::from_str(&replaced).unwrap();
        let expected = Map::from_iter([("name".to_owned(), json!("Mix A"))]);
        for (field, value) in in_beats().as_object().unwrap().iter().filter(|(field, _)| *field != "fingers")
        {
            assert_eq!(&replaced[field], expected.get(field).unwrap_or(value), "{field}");
        }
        let new: Value = serde_json::from_str(&PageLoop::of_one_finger("").unwrap().write(&path)).unwrap();
        assert_eq!((&new["number"], &new["instrument"]), (&json!(0), &Value::Null));
        assert!(PageLoop::of_one_finger("no loop").is_err());
    }

    #[test]
    fn a_loop_in_beats_keeps_its_tempo_when_it_becomes_longer_or_shorter() {
        let (page_loop, path) = PageLoop::read(&in_beats().to_string(), 0).unwrap();
        let beats = |factor: f64| {
            let written = page_loop.write(&operators::stretch(&path, factor));
            serde_json::from_str::<Value>(&written).unwrap()["beats"].clone()
        };
        assert_eq!([0.01, 1.0, 1.5, 2.0].map(beats), [1, 4, 6, 8].map(|beats| json!(beats)));
    }

    #[test]
    fn a_file_says_the_beats_of_a_new_loop_and_a_name_can_be_removed() {
        let (page_loop, mut path) = PageLoop::read(&in_beats().to_string(), 0).unwrap();
        path.set_beats(Some(6.6));
        let new: Value = serde_json::from_str(&PageLoop::of_one_finger("").unwrap().write(&path)).unwrap();
        assert_eq!((&new["beats"], &new["name"]), (&json!(7), &json!("Tide")));
        path.set_name("");
        let nameless: Value = serde_json::from_str(&page_loop.write(&path)).unwrap();
        assert!(nameless.get("name").is_none());
    }

    #[test]
    fn a_loop_that_gets_another_name_keeps_its_recorded_points() {
        // Points of a screen's frames, which are no hundredths of a second.
        let points: Vec<Value> = (0..60)
            .map(|frame| {
                let time_s = (f64::from(frame) / 60.0 * 1e4).round() / 1e4;
                json!([time_s, [(f64::from(frame) * 0.3).sin(), 0.0]])
            })
            .collect();
        let text =
            json!({ "number": 3, "length_s": 1.0, "fingers": [{ "strokes": [points], "velocities": [90] }] });
        let (page_loop, mut path) = PageLoop::read(&text.to_string(), 0).unwrap();
        path.set_name("Tide");
        let written: Value = serde_json::from_str(&page_loop.write(&path)).unwrap();
        assert_eq!(written["name"], "Tide");
        let count = |own: &Value| own["fingers"][0]["strokes"][0].as_array().map(Vec::len);
        assert_eq!(count(&written), count(&text));
        let moved = operators::bias(&path, path::Scope::Lanes, 0.5);
        assert_ne!(page_loop.write(&moved), page_loop.write(&path));
    }

    #[test]
    fn a_loop_that_gets_another_name_lasts_as_long_as_before() {
        // The path's rate rounds some lengths to a little less.
        for length_s in (1..500).map(|number| f64::from(number) / 7.0) {
            let finger =
                json!({ "strokes": [[[0.0, [0.0, 0.0]], [length_s, [1.0, 1.0]]]], "velocities": [90] });
            let text = json!({ "number": 3, "length_s": length_s, "fingers": [finger] });
            let (page_loop, mut path) = PageLoop::read(&text.to_string(), 0).unwrap();
            path.set_name("Tide");
            let written: Value = serde_json::from_str(&page_loop.write(&path)).unwrap();
            assert_eq!(written["length_s"], text["length_s"]);
        }
    }
}
