//! The sentences that the editor of paths says below its elements.

use serde::Serialize;

/// A sentence. `file` is the name of a file, `name` the name of a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum PathsRemark {
    /// There is no room for another loop.
    NoRoom,
    /// A mix needs another path.
    NeedTwo,
    /// A mix needs a path in another corner.
    NeedCorner,
    /// The mix is in its place already.
    MixIsHere { name: String },
    /// A typed text is no number of notes a second of a mix.
    NoStrikes { former_hz: f64, most_hz: f64 },
    /// A mix has got its level: the difference of its loudest and its quietest place before and after, in dB.
    MixIsEven { name: String, before_db: f64, after_db: f64 },
    /// The link to a path is copied.
    LinkCopied { name: String },
    /// The link to a path is in the address bar, because the browser does not copy it.
    LinkShown { name: String },
    /// The path is too long for a link.
    LinkLong { name: String },
    /// The link in the address is damaged.
    LinkDamaged,
    /// The link in the address is of another version.
    LinkVersion,
    /// A file is read.
    Reading { file: String },
    /// A file cannot be read: `unreadable`, `tooLarge`, `midiTooLarge` or `lost`.
    Unread { file: String, word: String },
    /// A file is no path: a word and numbers of its sentence, see crate `path_files`.
    Refused { file: String, word: String, numbers: Vec<f64> },
    /// The path of a file lacks something of it: `damaged`, `notes` or `bends`.
    InPart { file: String, word: String },
    /// A path is saved as a file.
    Saved { name: String, file: String },
    /// A person has stopped the writing of a file.
    Stopped { file: String },
    /// A file cannot be written: `failed` or `lost`.
    Unsaved { file: String, word: String },
    /// Another file is still written.
    Busy,
    /// A typed text is no value of a field.
    NoValue { field: PathsField },
    /// A path that was found stays.
    Kept { name: String },
}

/// A field whose value a person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsField {
    /// The chosen point's value.
    Point,
    /// The chosen note's key.
    NoteKey,
    /// The chosen note's beginning.
    NoteStart,
    /// The chosen note's length.
    NoteLength,
    /// The chosen note's velocity.
    NoteVelocity,
}
