//! The contents of a path file as plain values, which pass between the page and the reader and writer of files.

use path::{LatentPath, PathNote};
use serde::{Deserialize, Serialize};

/// The steps of a unit in which the values of a path are kept.
const FINENESS: f64 = 1e4;

/// The contents of a path file: written as JSON, this is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFileValues {
    /// `latent-pad path`.
    pub format: String,
    /// The version of the format.
    pub version: u8,
    /// The name of the path.
    pub name: String,
    /// Values a second.
    pub rate_hz: f64,
    /// True if it begins again at its end.
    #[serde(rename = "loop")]
    pub is_loop: bool,
    /// The length in beats, if it lasts beats.
    #[serde(default)]
    pub beats: Option<f64>,
    /// The values of x and y.
    pub lanes: PathsFileLanes,
    /// The loudness.
    #[serde(default)]
    pub level: Option<Vec<f64>>,
    /// The notes.
    pub notes: Vec<PathsFileNote>,
}

/// The lanes of a path file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFileLanes {
    /// The values of x.
    pub x: Vec<f64>,
    /// The values of y.
    pub y: Vec<f64>,
}

/// A note of a path file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFileNote {
    /// Its beginning in seconds.
    pub start_s: f64,
    /// Its length in seconds.
    pub length_s: f64,
    /// Its MIDI key; null: the key that the page plays.
    #[serde(default)]
    pub key: Option<u8>,
    /// Its velocity.
    pub velocity: u8,
}

impl PathsFileValues {
    pub(super) fn of(path: &LatentPath) -> Self {
        // Every kept value is a ten-thousandth, so that its text is short.
        let exact = |values: &[f32]| -> Vec<f64> {
            values.iter().map(|value| (f64::from(*value) * FINENESS).round() / FINENESS).collect()
        };
        let lane = |number: usize| path.lanes().get(number).map_or_else(Vec::new, |lane| exact(lane));
        let note = |note: &PathNote| PathsFileNote {
            start_s: note.start_s,
            length_s: note.length_s,
            key: note.key,
            velocity: note.velocity,
        };
        Self {
            format: path::file::FORMAT.to_owned(),
            version: path::file::VERSION,
            name: path.name().to_owned(),
            rate_hz: path.rate_hz(),
            is_loop: path.is_loop(),
            beats: path.beats(),
            lanes: PathsFileLanes { x: lane(0), y: lane(1) },
            level: path.level().map(exact),
            notes: path.notes().iter().map(note).collect(),
        }
    }

    /// The path; `None` if the values make no path.
    pub(super) fn into_path(self) -> Option<LatentPath> {
        let short = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<f32>>();
        let mut path =
            LatentPath::new(vec![short(&self.lanes.x), short(&self.lanes.y)], self.rate_hz).ok()?;
        path.set_name(&self.name);
        path.set_loop(self.is_loop);
        path.set_beats(self.beats);
        path.set_level(self.level.as_deref().map(short).as_deref());
        let note = |note: &PathsFileNote| PathNote {
            start_s: note.start_s,
            length_s: note.length_s,
            key: note.key,
            velocity: note.velocity,
        };
        path.set_notes(&self.notes.iter().map(note).collect::<Vec<PathNote>>());
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_after_its_file() {
        let mut path = LatentPath::new(vec![vec![0.1, -0.7, 3.9999], vec![0.0, 0.5, -4.0]], 2.0).unwrap();
        path.set_name("Tide");
        path.set_level(Some(&[0.1, 0.2, 0.3]));
        path.set_beats(Some(3.0));
        let values = PathsFileValues::of(&path);
        assert_eq!(
            serde_json::to_string(&values.lanes).unwrap(),
            r#"{"x":[0.1,-0.7,3.9999],"y":[0.0,0.5,-4.0]}"#
        );
        assert_eq!(path::read(&serde_json::to_string(&values).unwrap()).unwrap(), path);
        assert_eq!(values.into_path().unwrap(), path);
    }
}
