//! Path files: JSON, described by [`SCHEMA`]. The reader rejects everything that the schema does not describe; a path
//! that was read is written again exactly.

use std::collections::BTreeMap;

use protocol::constants::PATH_FILE_SIZE_LIMIT;
use serde::{Deserialize, Serialize};

use crate::latent_path::{BEAT_LIMIT, NAME_LIMIT, NOTE_LIMIT};
use crate::{LatentPath, PathNote, PathValueError};

/// The JSON schema of path files.
pub const SCHEMA: &str = include_str!("../path.schema.json");
/// The value of `format` in every path file.
pub const FORMAT: &str = "latent-pad path";
/// The version that is written and read.
pub const VERSION: u8 = 1;

/// The reason why a text is not a path.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PathFileError {
    /// It is too long.
    #[error(
        "the file has more than {} MB, the most that is read; choose a smaller one, or save the path with fewer values a second",
        PATH_FILE_SIZE_LIMIT / 1_000_000
    )]
    Size,
    /// It is not JSON.
    #[error("this is not a path file, since it is not JSON ({0}); choose a file that was saved as a path")]
    Json(String),
    /// It is JSON of another kind.
    #[error(
        "this file is not a path: its \"format\" is not \"{FORMAT}\"; choose a file that was saved as a path"
    )]
    Format,
    /// Another version.
    #[error(
        "the path file has version {0}, this program reads {VERSION}; save it again with the same program"
    )]
    Version(f64),
    /// It states no version.
    #[error("the path file is damaged: its version is missing or not a number; save it again")]
    NoVersion,
    /// A field that is missing, unknown or of another type.
    #[error("the path file is damaged: {0}; save it again")]
    Field(String),
    /// Lanes of unknown names.
    #[error(
        "the path file has lanes named {0}, expected x and y if there are two, else z1, z2 and so on; save it again"
    )]
    Lanes(String),
    /// The values do not make a path.
    #[error(transparent)]
    Values(#[from] PathValueError),
    /// A level curve of another length or with a value outside 0…1.
    #[error(
        "the path file's level needs {0} values from 0 to 1, the same number as a lane has; save it again"
    )]
    Level(usize),
    /// A note outside the path, or with an invalid key or velocity.
    #[error(
        "note {0} of the path file is outside the path, or its key or velocity is invalid; save the path again"
    )]
    Note(usize),
    /// Too many notes.
    #[error("the path file has {0} notes, at most {NOTE_LIMIT} are read; delete some notes")]
    Notes(usize),
    /// A length in beats that is not above 0, or is above [`BEAT_LIMIT`].
    #[error("the path file's beats must be above 0 and at most {BEAT_LIMIT}; correct them, or remove them")]
    Beats,
    /// A name that is too long.
    #[error("the path file's name has more than {NAME_LIMIT} characters; shorten it")]
    Name,
}

/// The fields that say whether the file is read at all.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: serde_json::Value,
    #[serde(default)]
    version: serde_json::Value,
}

/// A file, field by field.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PathFile {
    format: String,
    #[serde(deserialize_with = "crate::note::whole")]
    version: u8,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    rate_hz: f64,
    #[serde(default, rename = "loop")]
    is_loop: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    beats: Option<f64>,
    lanes: BTreeMap<LaneName, Vec<f32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<Vec<f32>>,
    #[serde(default)]
    notes: Vec<PathNote>,
}

/// A lane's name, ordered as lanes are: z2 before z10.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct LaneName(String);

impl Ord for LaneName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for LaneName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The names of this many lanes.
fn lane_names(count: usize) -> Vec<LaneName> {
    match count {
        2 => ["x", "y"].map(|name| LaneName(name.to_owned())).to_vec(),
        _ => (1..=count).map(|number| LaneName(format!("z{number}"))).collect(),
    }
}

/// A few words of a message of serde, which may quote the file at full length.
fn excerpt(message: &str) -> String {
    let short: String = message.chars().take(120).collect();
    if short.len() < message.len() { format!("{short}…") } else { short }
}

/// Reads a path file.
///
/// # Errors
/// One sentence if it is not a path file, or damaged.
pub fn read(text: &str) -> Result<LatentPath, PathFileError> {
    if text.len() > PATH_FILE_SIZE_LIMIT {
        return Err(PathFileError::Size);
    }
    // Some editors begin a file with a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    let head: Head = serde_json::from_str(text).map_err(|error| {
        use serde_json::error::Category;
        match error.classify() {
            Category::Syntax | Category::Eof | Category::Io => {
                PathFileError::Json(excerpt(&error.to_string()))
            }
            Category::Data => PathFileError::Format,
        }
    })?;
    if head.format.as_str() != Some(FORMAT) {
        return Err(PathFileError::Format);
    }
    // The schema's 1 is also 1.0, as some programs write it.
    let version = head.version.as_f64().ok_or(PathFileError::NoVersion)?;
    if version != f64::from(VERSION) {
        return Err(PathFileError::Version(version));
    }
    let file: PathFile =
        serde_json::from_str(text).map_err(|error| PathFileError::Field(excerpt(&error.to_string())))?;
    path(file)
}

fn path(file: PathFile) -> Result<LatentPath, PathFileError> {
    let names: Vec<&LaneName> = file.lanes.keys().collect();
    if !names.iter().copied().eq(&lane_names(names.len())) {
        let names: Vec<&str> = names.iter().map(|name| name.0.as_str()).collect();
        return Err(PathFileError::Lanes(excerpt(&names.join(", "))));
    }
    let mut path = LatentPath::new(file.lanes.into_values().collect(), file.rate_hz)?;
    if file.name.chars().count() > NAME_LIMIT {
        return Err(PathFileError::Name);
    }
    path.set_name(&file.name);
    path.set_loop(file.is_loop);
    path.set_beats(file.beats);
    if file.beats.is_some() && path.beats().is_none() {
        return Err(PathFileError::Beats);
    }
    if let Some(level) = &file.level {
        let is_level = |value: &f32| (0.0..=1.0).contains(value);
        if level.len() != path.steps() || !level.iter().all(is_level) {
            return Err(PathFileError::Level(path.steps()));
        }
        path.set_level(Some(level));
    }
    if file.notes.len() > NOTE_LIMIT {
        return Err(PathFileError::Notes(file.notes.len()));
    }
    // Times are kept in tenths of a millisecond.
    let end_s = path.length_s() + 2e-4;
    let is_valid = |note: &PathNote| {
        note.start_s >= 0.0
            && note.length_s >= 0.0
            && note.end_s() <= end_s
            && note.key.is_none_or(|key| key < 128)
            && (1..128).contains(&note.velocity)
    };
    if let Some(number) = file.notes.iter().position(|note| !is_valid(note)) {
        return Err(PathFileError::Note(number + 1));
    }
    path.set_notes(&file.notes);
    Ok(path)
}

/// Writes a path file.
pub fn write(path: &LatentPath) -> String {
    let lanes = lane_names(path.lanes().len()).into_iter().zip(path.lanes().iter().cloned()).collect();
    let file = PathFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        name: path.name().to_owned(),
        rate_hz: path.rate_hz(),
        is_loop: path.is_loop(),
        beats: path.beats(),
        lanes,
        level: path.level().map(<[f32]>::to_vec),
        notes: path.notes().to_vec(),
    };
    serde_json::to_string(&file).expect("numbers and texts can always be written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SMALL: &str =
        r#"{"format":"latent-pad path","version":1,"rate_hz":2,"lanes":{"x":[0,1,2],"y":[0,0.5,-4]}}"#;

    #[test]
    fn a_small_file_is_a_path() {
        let path = read(SMALL).unwrap();
        assert_eq!((path.length_s(), path.steps(), path.notes().len()), (1.0, 3, 1));
        assert_eq!(path.point_at(0.25), plane::Point { x: 0.5, y: 0.25 });
        assert_eq!(read(&write(&path)).unwrap(), path);
    }

    #[test]
    fn a_byte_order_mark_changes_nothing() {
        assert_eq!(read(&format!("\u{feff}{SMALL}")).unwrap(), read(SMALL).unwrap());
    }

    fn notes(key: &str, velocity: &str) -> String {
        format!(r#""notes":[{{"start_s":0,"length_s":1,"key":{key},"velocity":{velocity}}}]"#)
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_decimal_point() {
        let file = |version: &str, key: &str, velocity: &str| {
            SMALL.replace("\"version\":1", &format!("\"version\":{version},{}", notes(key, velocity)))
        };
        let expected = read(&file("1", "60", "90")).unwrap();
        assert_eq!((expected.notes()[0].key, expected.notes()[0].velocity), (Some(60), 90));
        assert_eq!(read(&file("1.0", "60.0", "90.0")).unwrap(), expected);
        assert_eq!(read(&file("1e0", "6e1", "9e1")).unwrap(), expected);
        assert_eq!(read(&file("1", "null", "90")).unwrap().notes()[0].key, None);
    }

    #[test]
    fn the_schema_is_json_and_names_every_field() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let mut path = read(SMALL).unwrap();
        path.set_name("a");
        path.set_beats(Some(4.0));
        path.set_level(Some(&[0.0, 1.0]));
        let file: serde_json::Value = serde_json::from_str(&write(&path)).unwrap();
        let names = |value: &serde_json::Value| {
            let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(names(&schema["properties"]), names(&file));
        let note = &schema["properties"]["notes"]["items"]["properties"];
        assert_eq!(names(note), names(&file["notes"][0]));
    }

    #[test]
    fn a_file_of_another_kind_gets_one_sentence() {
        let change = |from: &str, to: &str| SMALL.replace(from, to);
        for (text, sentence) in [
            (String::new(), "not JSON"),
            ("{".to_owned(), "not JSON"),
            ("[1]".to_owned(), "\"format\""),
            ("{}".to_owned(), "\"format\""),
            (change("latent-pad path", "latent-pad bank"), "\"format\""),
            (change("\"version\":1", "\"version\":2"), "version 2"),
            (change("\"version\":1", "\"version\":1.5"), "version 1.5"),
            (change("\"version\":1,", ""), "its version is missing"),
            (change("\"version\":1", "\"version\":\"1\""), "its version is missing or not a number"),
            (change("\"version\":1", &format!("\"version\":1,{}", notes("60.5", "90"))), "60.5"),
            (change("\"version\":1", &format!("\"version\":1,{}", notes("60", "-1"))), "damaged"),
            (change("\"version\":1", &format!("\"version\":1,{}", notes("200", "90"))), "note 1"),
            (change("[0,1,2]", "[0,1]"), "lane 2 has 3 values, the first one 2"),
            (change("[0,1,2]", "[0,1,\"2\"]"), "damaged"),
            (change("[0,1,2]", "[0,1,null]"), "damaged"),
            (change("[0,1,2]", "[0,1,5]"), "value 3 of lane 1"),
            (change("[0,1,2]", "[0,1,1e400]"), "damaged"),
            (change("\"y\"", "\"z\""), "lanes named x, z"),
            (
                change("\"x\"", "\"z1\"").replace("\"y\"", "\"z2\""),
                "z1, z2, expected x and y if there are two, else z1",
            ),
            (change("\"rate_hz\":2", "\"rate_hz\":0"), "rate"),
            (change("\"rate_hz\":2", "\"rate_hz\":2,\"odd\":1"), "unknown field"),
            (change("\"rate_hz\":2", "\"rate_hz\":2,\"level\":[0,1]"), "level needs 3 values"),
            (change("\"rate_hz\":2", "\"rate_hz\":2,\"beats\":-1"), "beats"),
            (change("\"rate_hz\":2", "\"rate_hz\":2,\"notes\":[{\"start_s\":5,\"length_s\":1}]"), "note 1"),
        ] {
            let refusal = read(&text).unwrap_err().to_string();
            assert!(refusal.contains(sentence) && refusal.chars().count() < 300, "{text}: {refusal}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_unchanged(
            lanes in (1usize..12, 2usize..40).prop_flat_map(|(lanes, steps)| prop::collection::vec(
                prop::collection::vec(-4.0f32..=4.0, steps), lanes,
            )),
            rate_hz in 0.1f64..1000.0,
            name in "\\PC{0,60}",
            notes in prop::collection::vec((0.0f64..1.0, 0.0f64..1.0, prop::option::of(0u8..128), 1u8..128), 0..9),
            beats in prop::option::of(0.001f64..3000.0),
        ) {
            let mut path = LatentPath::new(lanes, rate_hz).unwrap();
            path.set_name(&name);
            path.set_beats(beats);
            let length = path.length_s();
            let notes: Vec<PathNote> = notes
                .into_iter()
                .map(|(start, end, key, velocity)| PathNote {
                    start_s: start * length, length_s: end * length, key, velocity,
                })
                .collect();
            path.set_notes(&notes);
            path.set_level(Some(&[0.0, 0.3, 1.0]));
            let text = write(&path);
            let again = read(&text).unwrap();
            prop_assert_eq!(write(&again), text);
            prop_assert_eq!(again.lanes(), path.lanes());
            prop_assert_eq!(again.notes(), path.notes());
        }
    }
}
