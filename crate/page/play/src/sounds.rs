//! Numbers for what stays in the page: sounds that scripts hold, and files that a person has given. The state names
//! them; their samples and bytes never pass through it.

use serde::{Deserialize, Serialize};

/// A sound in a panel's store (www/panel/sounds.js).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SoundNumber(u32);

impl SoundNumber {
    /// The sound that a store has numbered so.
    #[cfg(test)]
    pub fn of(number: u32) -> Self {
        Self(number)
    }
}

/// A file that the page keeps until a task reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FileNumber(u32);

impl FileNumber {
    /// The file that the page has numbered so.
    pub fn of(number: u32) -> Self {
        Self(number)
    }

    /// The number as the page writes it.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// A sound that plays: the player of a script begins it whenever the count changes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PlayedSound {
    /// The sound.
    pub sound: SoundNumber,
    /// Counts the beginnings.
    pub count: u32,
    /// True if it begins at the moment of the sound that played before it, so that one can compare.
    pub goes_on: bool,
}

/// The name of a file without its extension.
pub(crate) fn stem(name: &str) -> &str {
    let is_extension =
        |end: &str| !end.is_empty() && end.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    match name.rsplit_once('.') {
        Some((stem, end)) if is_extension(end) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn what_is_made_of_a_sound_is_named_after_it_without_the_end_of_its_file() {
        let names = ["pluck.wav", "my hum.2.mp3", "Mr. Bell", "your recording", "dot."].map(stem);
        assert_eq!(names, ["pluck", "my hum.2", "Mr. Bell", "your recording", "dot."]);
    }
}
