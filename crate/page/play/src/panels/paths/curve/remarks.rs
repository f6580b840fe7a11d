//! The sentences about a path that follows a curve.

use serde::Serialize;

use super::PathsDescriptor;

/// A sentence. `file` is the name of a sound, `is_beginning` is true if only its first minute is read, `is_damaged` if
/// parts of the file are missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum PathsCurveRemark {
    /// No sentence.
    #[default]
    Nothing,
    /// A typed text is no number.
    NoNumber { former: f64 },
    /// A typed text is no length of a path.
    NoLength { former_s: f64, least_s: f64, most_s: f64 },
    /// A typed text is no number of notes a second.
    NoStrikes { former_hz: f64, most_hz: f64 },
    /// The search waits for what it needs.
    Planning,
    /// Something could not be loaded.
    Lost,
    /// The model that plays came without a map.
    NoMap,
    /// The map of the model that plays has other layers than what is measured.
    OtherMap,
    /// There is no room for another loop.
    NoRoom,
    /// A sound is read.
    Reading { file: String },
    /// A sound cannot be read: `too_large`, `not_audio` or `lost`.
    Unread { file: String, word: String },
    /// The descriptor hardly changes in a sound.
    NoContour { file: String, is_beginning: bool },
    /// The target is the contour of a sound.
    Contour { file: String, is_beginning: bool, is_damaged: bool, descriptor: PathsDescriptor },
    /// No path follows the target: a word and the numbers of its sentence.
    Refused { word: String, numbers: Vec<f64>, descriptor: PathsDescriptor },
    /// How well the path follows, if that is measured; `all` is 0 once the search is over, else the number of points
    /// of this round, of which `done` are measured.
    Followed { followed: Option<PathsFollowed>, done: usize, all: usize },
}

/// How well a path follows its target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFollowed {
    /// The descriptor.
    pub descriptor: PathsDescriptor,
    /// Its mean error in points.
    pub points: f64,
    /// The second descriptor.
    pub second: Option<PathsFollowedSecond>,
    /// The time at which it is farthest off, in seconds.
    pub worst_s: f64,
    /// By how much there, in points: above 0 if it is too much.
    pub worst_points: f64,
    /// The mean way of a step, in units of the map.
    pub way: f64,
    /// The mean change of the other descriptors in a step, in points.
    pub jump: f64,
}

/// How well the second descriptor follows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFollowedSecond {
    /// The descriptor.
    pub descriptor: PathsDescriptor,
    /// Its mean error in points.
    pub points: f64,
}
