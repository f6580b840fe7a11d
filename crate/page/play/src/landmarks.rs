//! Named points that a player has marked, in order of marking. A landmark knows its instrument, and may hold its own
//! patch (an edited one, or a preset's).

use patch::Patch;
use serde::{Deserialize, Deserializer, Serialize};

use crate::Point;
use crate::compare::Location;
use crate::saved_patch;
use crate::tone_domain::LocationInstrument;

/// The most landmarks: the capacity of an amSynth bank, since all of them can be exported as one.
pub const LANDMARK_LIMIT: usize = patch::file::BANK_CAPACITY;
/// The longest name, in characters; more does not fit in a line on a phone.
pub const NAME_LIMIT: usize = 40;
/// Points closer than this are the same, in latent units: a link stores points in steps of 4 / 32,767 (`link`).
const SAME_PLACE: f32 = 3e-4;

/// A named point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Landmark {
    /// Its name; tidy, see [`tidy_name`].
    pub name: String,
    /// Its point.
    pub point: Point,
    /// Its patch, if it is not the one decoded at the point.
    #[serde(default, with = "saved_patch", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Box<Patch>>,
    /// Its instrument.
    #[serde(
        default,
        with = "saved_patch::instrument",
        skip_serializing_if = "LocationInstrument::is_amsynth"
    )]
    pub instrument: LocationInstrument,
}

impl Landmark {
    /// True if it is on the same instrument, within a distance of a point.
    pub fn is_near(&self, point: Point, instrument: LocationInstrument, within: f32) -> bool {
        self.instrument.domain() == instrument.domain() && self.point.distance(point) <= within
    }

    /// Its location.
    pub fn location(&self) -> Location {
        Location { point: self.point, patch: self.patch.clone(), instrument: self.instrument }
    }
}

/// Why a landmark cannot be added, found or named.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LandmarkError {
    /// There are as many as a bank holds.
    #[error("there are {LANDMARK_LIMIT} landmarks, which is all that a bank can hold: delete one first")]
    Full,
    /// The position is beyond the end of the list.
    #[error("there is no landmark {0}: choose one of the list")]
    Absent(usize),
    /// A name without a single visible character.
    #[error("a landmark needs a name: type at least one letter")]
    Nameless,
}

/// The landmarks, at most [`LANDMARK_LIMIT`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<SavedLandmark>", into = "Vec<Landmark>")]
pub struct Landmarks {
    landmarks: Vec<Landmark>,
}

impl Landmarks {
    /// All of them, oldest first.
    pub fn all(&self) -> &[Landmark] {
        &self.landmarks
    }

    /// True if there is no room for another one.
    pub fn are_full(&self) -> bool {
        self.landmarks.len() == LANDMARK_LIMIT
    }

    /// Adds a landmark under a unique name: “Bass”, then “Bass 2”. Returns its index.
    ///
    /// # Errors
    /// If there is no room or the name is empty.
    pub fn drop_at(&mut self, location: Location, name: &str) -> Result<usize, LandmarkError> {
        if self.are_full() {
            return Err(LandmarkError::Full);
        }
        let name = self.unused_name(name, None)?;
        let Location { point, patch, instrument } = location;
        self.landmarks.push(Landmark { name, point, patch, instrument });
        Ok(self.landmarks.len() - 1)
    }

    /// Adds a landmark from a link, unless there is one at the same point with the same name or one made from it.
    /// Existing landmarks stay if the list is full.
    pub fn take(&mut self, sent: &Landmark) {
        let is_same = |own: &Landmark| {
            (own.name == sent.name || is_made_of(&own.name, &sent.name))
                && own.is_near(sent.point, sent.instrument, SAME_PLACE)
        };
        if !self.landmarks.iter().any(is_same) {
            let _ = self.drop_at(sent.location(), &sent.name);
        }
    }

    /// The landmark at a position.
    ///
    /// # Errors
    /// If there is none.
    pub fn get(&self, position: usize) -> Result<&Landmark, LandmarkError> {
        self.landmarks.get(position).ok_or(LandmarkError::Absent(position))
    }

    /// Renames a landmark, again to a unique name.
    ///
    /// # Errors
    /// If there is no such landmark or the name is empty.
    pub fn rename(&mut self, position: usize, name: &str) -> Result<(), LandmarkError> {
        self.get(position)?;
        let name = self.unused_name(name, Some(position))?;
        self.landmarks[position].name = name;
        Ok(())
    }

    /// The numbers of their instruments, as a link has them.
    pub(crate) fn set_instruments(&mut self, numbers: &[u8]) {
        for (landmark, &number) in self.landmarks.iter_mut().zip(numbers) {
            landmark.instrument.number = number;
        }
    }

    /// Puts every landmark at another location.
    pub(crate) fn relocate(&mut self, mut place: impl FnMut(Location) -> Location) {
        for landmark in &mut self.landmarks {
            let Location { point, patch, instrument } = place(landmark.location());
            (landmark.point, landmark.patch, landmark.instrument) = (point, patch, instrument);
        }
    }

    /// Removes and returns a landmark.
    ///
    /// # Errors
    /// If there is none.
    pub fn delete(&mut self, position: usize) -> Result<Landmark, LandmarkError> {
        self.get(position)?;
        Ok(self.landmarks.remove(position))
    }

    fn unused_name(&self, wanted: &str, but: Option<usize>) -> Result<String, LandmarkError> {
        let wanted = tidy_name(wanted);
        if wanted.is_empty() {
            return Err(LandmarkError::Nameless);
        }
        let taken = |name: &str| {
            let mut others = self.landmarks.iter().enumerate().filter(|&(position, _)| Some(position) != but);
            others.any(|(_, landmark)| landmark.name == name)
        };
        let numbered = (2..).map(|number| with_suffix(&wanted, &format!(" {number}")));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        Ok(names.find(|name| !taken(name)).expect("there are more numbers than landmarks"))
    }
}

/// A name with a suffix, cut so that both fit.
fn with_suffix(name: &str, suffix: &str) -> String {
    let stem: String = name.chars().take(NAME_LIMIT.saturating_sub(suffix.len())).collect();
    format!("{}{suffix}", stem.trim_end())
}

/// True if a name was made of another one, which was taken: with a number, for which a long name is cut.
pub(crate) fn is_made_of(name: &str, other: &str) -> bool {
    name.match_indices(' ').any(|(at, _)| {
        let (stem, suffix) = name.split_at(at);
        // After a stem that is cut, words could stand for themselves.
        (stem == other || suffix[1..].bytes().all(|byte| byte.is_ascii_digit()))
            && with_suffix(other, suffix) == name
    })
}

/// A landmark as it was saved; none if it has no readable name or point.
struct SavedLandmark(Option<Landmark>);

impl<'de> Deserialize<'de> for SavedLandmark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Landmark::deserialize(deserializer).ok()))
    }
}

/// Enforces the limits: leaves out landmarks that are unreadable, nameless or too many.
impl From<Vec<SavedLandmark>> for Landmarks {
    fn from(saved: Vec<SavedLandmark>) -> Self {
        let mut landmarks = Self::default();
        for landmark in saved.into_iter().filter_map(|saved| saved.0) {
            let _ = landmarks.drop_at(landmark.location(), &landmark.name);
        }
        landmarks
    }
}

impl From<Landmarks> for Vec<Landmark> {
    fn from(landmarks: Landmarks) -> Self {
        landmarks.landmarks
    }
}

/// A name on one line: words joined by single spaces, without control characters and without those that show nothing or
/// reverse text, at most [`NAME_LIMIT`] characters. Empty if no visible character is left.
pub fn tidy_name(name: &str) -> String {
    let mut last = ' ';
    let visible = name.chars().filter_map(|c| {
        last = match c {
            // Unicode's format characters, and letters without ink.
            '\u{ad}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' => return None,
            // Emoji and some scripts need these two within a word.
            '\u{200c}' | '\u{200d}' if last.is_whitespace() => return None,
            c if c.is_control() => ' ',
            c => c,
        };
        Some(last)
    });
    let visible: String = visible.collect();
    let joined = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(NAME_LIMIT).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn three() -> Landmarks {
        let mut landmarks = Landmarks::default();
        for (x, name) in [(0.0, "Bass"), (1.0, "Bass"), (2.0, "  Hollow\n choir ")] {
            landmarks.drop_at(Point { x, y: 0.0 }.into(), name).unwrap();
        }
        landmarks
    }

    fn names(landmarks: &Landmarks) -> Vec<&str> {
        landmarks.all().iter().map(|landmark| landmark.name.as_str()).collect()
    }

    #[test]
    fn names_are_tidy_and_unique() {
        let mut landmarks = three();
        assert_eq!(names(&landmarks), ["Bass", "Bass 2", "Hollow choir"]);
        landmarks.rename(2, "Bass").unwrap();
        landmarks.rename(0, "Bass").unwrap();
        assert_eq!(names(&landmarks), ["Bass", "Bass 2", "Bass 3"]);
        assert_eq!(landmarks.rename(0, " \t"), Err(LandmarkError::Nameless));
    }

    #[test]
    fn names_have_no_invisible_characters_that_hide_or_reverse_them() {
        assert_eq!(tidy_name("\u{feff}Ba\u{200b}\u{ad}ss\u{202e} \u{2066}1\u{2069}"), "Bass 1");
        assert_eq!(tidy_name("\u{200d}\u{2060} \u{200c}"), "");
        let joined = ["\u{1f468}\u{200d}\u{1f680}", "\u{645}\u{6cc}\u{200c}\u{631}"];
        assert_eq!(joined.map(tidy_name), joined, "emoji and Persian need them within words");
    }

    #[test]
    fn a_landmark_is_deleted_and_an_absent_one_is_an_error() {
        let mut landmarks = three();
        assert_eq!(landmarks.delete(1).unwrap().point, Point { x: 1.0, y: 0.0 });
        assert_eq!(names(&landmarks), ["Bass", "Hollow choir"]);
        assert_eq!(landmarks.delete(2), Err(LandmarkError::Absent(2)));
    }

    #[test]
    fn opening_a_link_again_adds_nothing() {
        let mut landmarks = Landmarks::default();
        let mut sent = three();
        // A link rounds points.
        sent.landmarks.iter_mut().for_each(|landmark| landmark.point.x += 1e-4);
        landmarks.drop_at(Point { x: 3.0, y: 0.0 }.into(), "Bass").unwrap();
        for _ in 0..3 {
            sent.all().iter().for_each(|landmark| landmarks.take(landmark));
        }
        assert_eq!(names(&landmarks), ["Bass", "Bass 2", "Bass 2 2", "Hollow choir"]);
    }

    #[test]
    fn opening_a_link_with_a_long_name_again_adds_nothing() {
        for name in ["A landmark whose name has forty character", "Thirty-eight characters, a space and x x"]
        {
            let mut landmarks = Landmarks::default();
            let mut sent = Landmarks::default();
            sent.drop_at(Point::default().into(), name).unwrap();
            landmarks.drop_at(Point { x: 3.0, y: 0.0 }.into(), name).unwrap();
            for _ in 0..3 {
                landmarks.take(&sent.landmarks[0]);
            }
            assert_eq!(landmarks.all().len(), 2, "{:?}", names(&landmarks));
        }
    }

    #[test]
    fn only_a_number_is_put_after_a_name_that_was_cut() {
        assert!(!is_made_of("Bass on a rainy day in the old harbour 2", "Bassoon"));
        assert!(is_made_of("Bass 2 2", "Bass") && !is_made_of("Bass 2", "Bassoon"));
    }

    #[test]
    fn no_more_than_a_bank_holds() {
        let mut landmarks = Landmarks::default();
        for _ in 0..LANDMARK_LIMIT {
            landmarks.drop_at(Location::default(), "x").unwrap();
        }
        assert_eq!(landmarks.drop_at(Location::default(), "x"), Err(LandmarkError::Full));
    }

    #[test]
    fn saved_landmarks_are_restored_with_their_patches() {
        let mut landmarks = three();
        let mut patch = Patch::default();
        patch.set(patch::Parameter::FilterCutoff, 0.123_456_79);
        let patch = Some(Box::new(patch));
        let location = Location { patch, ..Point { x: -1.0, y: 0.1 }.into() };
        landmarks.drop_at(location, "Mine").unwrap();
        let json = serde_json::to_string(&landmarks).unwrap();
        assert_eq!(serde_json::from_str::<Landmarks>(&json).unwrap(), landmarks);
    }

    proptest! {
        #[test]
        fn any_name_becomes_a_tidy_one_or_none(name in ".{0,80}") {
            let tidy = tidy_name(&name);
            prop_assert!(tidy.chars().count() <= NAME_LIMIT && !tidy.contains(char::is_control));
            prop_assert_eq!(tidy_name(&tidy), tidy);
        }
    }
}
