//! The recorded loops: paths of several fingers that repeat together, each loop with its speed and direction. Plain
//! data, saved with the document; the instrument plays them.

use std::rc::Rc;

use path::conversion::FINGER_LIMIT;
use path::strokes::{PATH_LIMIT_S, Path};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::field_by_field::field_by_field;
use crate::landmarks::tidy_name;
use crate::notes::{Layout, Notes};
use crate::tone_domain::{LocationInstrument, ToneDomain};
use crate::tracks::loop_sound::LoopSound;

/// The most loops: each has a part of the instrument, and they are few enough to store.
pub const LOOP_LIMIT: usize = 8;
/// Slowest and fastest playback, as a factor of the recorded speed.
pub const SPEEDS: [f64; 2] = [0.125, 8.0];
/// The most beats of a loop: the longest one at the fastest tempo.
const BEAT_LIMIT: f64 = PATH_LIMIT_S * 300.0 / 60.0;

/// The direction of playback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Forward, in a loop.
    #[default]
    Forward,
    /// Backward, in a loop.
    Backward,
    /// Forward, then backward.
    ThereAndBack,
}

impl Direction {
    /// All directions, in menu order.
    pub const ALL: [Self; 3] = [Self::Forward, Self::Backward, Self::ThereAndBack];

    /// Its number in messages to the instrument.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// The paths of a finished recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The path of each finger; at least one.
    pub fingers: Vec<Path>,
    /// The length of a round, in seconds, above 0.
    pub length_s: f64,
}

/// A recorded loop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordedLoop {
    /// Its number, 1…[`LOOP_LIMIT`], by which it is named and found.
    pub number: u8,
    /// The path of each finger.
    pub fingers: Vec<Path>,
    /// The length of a round as recorded, in seconds.
    pub length_s: f64,
    /// The length of a round in beats of the tempo; none: it keeps its recorded length.
    #[serde(default)]
    pub beats: Option<u16>,
    /// The speed, as a factor within [`SPEEDS`].
    #[serde(default = "usual_speed")]
    pub speed: f64,
    /// The direction.
    #[serde(default)]
    pub direction: Direction,
    /// The number of the instrument on which it was made, see `ToneDomain::of_number`; none: amSynth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<u8>,
    /// Its name; none: its number is its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The beat of the clock at which a round begins, less than `beats`, if the clock had begun with beat 0.
    #[serde(default)]
    pub offset_beats: u16,
    /// Its volume, 0…1; [`USUAL_LEVEL`] plays it as loud as it was made.
    #[serde(default = "usual_level")]
    pub level: f32,
    /// True if it goes on in silence.
    #[serde(default)]
    pub is_muted: bool,
    /// The sound that it keeps; none for loops of earlier versions, which play as touches do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<Box<LoopSound>>,
}

/// The volume of a new loop.
pub const USUAL_LEVEL: f32 = 0.8;

fn usual_speed() -> f64 {
    1.0
}

fn usual_level() -> f32 {
    USUAL_LEVEL
}

impl From<Recorded> for RecordedLoop {
    /// A loop in free time, without a number, that plays as touches do.
    fn from(Recorded { fingers, length_s }: Recorded) -> Self {
        Self {
            number: 0,
            fingers,
            length_s,
            beats: None,
            speed: usual_speed(),
            direction: Direction::default(),
            instrument: None,
            name: None,
            offset_beats: 0,
            level: USUAL_LEVEL,
            is_muted: false,
            sound: None,
        }
    }
}

impl RecordedLoop {
    /// The factor of its amplitude that its volume means: a square law, 1 at [`USUAL_LEVEL`].
    pub fn gain(&self) -> f32 {
        (self.level / USUAL_LEVEL).powi(2)
    }

    /// Seconds of the recording that pass in a second at a tempo.
    pub fn rate(&self, bpm: f32) -> f64 {
        let fitted = self.beats.map_or(1.0, |beats| self.length_s * f64::from(bpm) / 60.0 / f64::from(beats));
        fitted * self.speed
    }

    /// The length of a round at a tempo, in seconds.
    pub fn duration_s(&self, bpm: f32) -> f64 {
        self.length_s / self.rate(bpm)
    }

    /// The domain on which it was made; none: amSynth.
    pub fn domain(&self) -> Option<ToneDomain> {
        ToneDomain::of_number(self.instrument?)
    }

    /// Moves its notes so that their root is this MIDI key, those that it plays by key, too.
    pub fn set_root(&mut self, root: u8) {
        let Some(sound) = &mut self.sound else { return };
        let steps = i16::from(root.min(127)) - i16::from(sound.notes.root);
        sound.notes.root = root.min(127);
        for path in &mut self.fingers {
            *path = path.transposed(steps);
        }
    }

    /// Plays by these notes; a loop without a sound of its own plays as touches do now.
    pub fn set_notes(&mut self, notes: Notes) {
        self.set_root(notes.root);
        if let Some(sound) = &mut self.sound {
            sound.notes = notes;
        }
    }

    /// Its touches play one note, or a scale; a loop without a sound of its own plays as touches do now.
    pub fn set_layout(&mut self, layout: Layout) {
        if let Some(sound) = &mut self.sound {
            sound.notes.layout = layout;
        }
    }

    /// Plays its path on another instrument; nothing changes without a sound of its own, or for a number of none.
    pub fn set_instrument(&mut self, number: u8) {
        let is_one = number == 0 || ToneDomain::of_number(number).is_some();
        if is_one && self.sound.is_some() {
            self.instrument = Some(number);
        }
    }

    /// True if another version of it plays the same points, in other directions or at other speeds.
    pub fn has_same_fingers(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (&self.fingers, self.length_s) == (&other.fingers, other.length_s)
    }

    /// True if it can be played.
    fn is_valid(&self) -> bool {
        (1..=LOOP_LIMIT).contains(&self.number.into())
            && (1..=FINGER_LIMIT).contains(&self.fingers.len())
            && self.length_s > 0.0
            && self.length_s <= PATH_LIMIT_S
            && self.fingers.iter().all(|path| !path.is_empty() && path.end_s() <= self.length_s)
    }

    fn tidy(self) -> Self {
        let speed = if self.speed.is_nan() { 1.0 } else { self.speed.clamp(SPEEDS[0], SPEEDS[1]) };
        let name = self.name.map(|name| tidy_name(&name)).filter(|name| !name.is_empty());
        let beats = self.beats.map(|beats| beats.clamp(1, BEAT_LIMIT as u16));
        let offset_beats = beats.map_or(0, |beats| self.offset_beats % beats);
        let level = if self.level.is_nan() { USUAL_LEVEL } else { self.level.clamp(0.0, 1.0) };
        Self { speed, name, beats, offset_beats, level, ..self }
    }
}

/// The whole beats nearest to a length at a tempo; at least one.
fn whole_beats(length_s: f64, bpm: f32) -> u16 {
    (length_s * f64::from(bpm) / 60.0).round().clamp(1.0, BEAT_LIMIT) as u16
}

/// The loops. Shared, since every undo step holds them.
#[derive(Clone, Debug, Default)]
struct LoopList(Vec<Rc<RecordedLoop>>);

impl PartialEq for LoopList {
    /// Compares pointers first: every undo step compares its loops, which are large and seldom change.
    fn eq(&self, other: &Self) -> bool {
        let is_same =
            |(one, other): (&Rc<RecordedLoop>, &Rc<RecordedLoop>)| Rc::ptr_eq(one, other) || one == other;
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(is_same)
    }
}

impl Serialize for LoopList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|own| &**own))
    }
}

/// A saved loop; none if it is unreadable.
struct SavedLoop(Option<RecordedLoop>);

impl<'de> Deserialize<'de> for SavedLoop {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(RecordedLoop::deserialize(deserializer).ok()))
    }
}

impl<'de> Deserialize<'de> for LoopList {
    /// Leaves out loops that are unreadable, invalid, too many, or have the number of an earlier one.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::default();
        let saved = Vec::<SavedLoop>::deserialize(deserializer)?;
        for own in saved.into_iter().filter_map(|saved| saved.0).filter(RecordedLoop::is_valid) {
            if read.0.iter().all(|other| other.number != own.number) {
                read.0.push(Rc::new(own.tidy()));
            }
        }
        Ok(read)
    }
}

/// The loops of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loops {
    list: LoopList,
    /// True if new loops last whole bars and play on one clock; otherwise each has a time of its own. Earlier versions
    /// saved a choice of whole beats under another name, which was off unless a person chose it.
    #[serde(rename = "in_bars")]
    pub in_beats: bool,
}

impl Default for Loops {
    fn default() -> Self {
        Self { list: LoopList::default(), in_beats: true }
    }
}

field_by_field!(Loops { list, in_beats = "in_bars" });

impl Loops {
    /// All of them, oldest first.
    pub fn all(&self) -> &[Rc<RecordedLoop>] {
        &self.list.0
    }

    /// The loop of a number.
    pub fn get(&self, number: u8) -> Option<&RecordedLoop> {
        self.list.0.iter().find(|own| own.number == number).map(|own| &**own)
    }

    /// The beat of the clock at which a round of the longest loop on it begins, the first loop of several; 0 without any.
    pub fn first_beats(&self) -> f64 {
        let longest = self.all().iter().max_by_key(|own| (own.beats, std::cmp::Reverse(own.number)));
        longest.map_or(0.0, |own| f64::from(own.offset_beats))
    }

    /// True if there is room for no more.
    pub fn are_full(&self) -> bool {
        self.list.0.len() >= LOOP_LIMIT
    }

    /// Adds a loop under the least free number, and returns the number; none if there is no room, or if the loop cannot
    /// be played.
    pub fn add(&mut self, own: RecordedLoop) -> Option<u8> {
        let own = RecordedLoop { number: self.free_number()?, ..own };
        let number = own.number;
        own.is_valid().then(|| self.list.0.push(Rc::new(own.tidy()))).map(|()| number)
    }

    /// The least free number; none if there is no room.
    pub fn free_number(&self) -> Option<u8> {
        (1..=LOOP_LIMIT as u8).find(|number| self.get(*number).is_none())
    }

    /// Replaces the loop of the same number, or adds it; number 0 stands for a free one. An added one that does not
    /// know its instrument was made on that of the document. Without room, or if it cannot be played, nothing changes.
    pub fn put(&mut self, mut own: RecordedLoop, instrument: LocationInstrument) {
        if own.number == 0 {
            own.number = self.free_number().unwrap_or_default();
        }
        if !own.is_valid() {
            return;
        }
        let mut own = own.tidy();
        match self.list.0.iter_mut().find(|other| other.number == own.number) {
            Some(other) => *other = Rc::new(own),
            None => {
                own.instrument = own.instrument.or(Some(instrument.number));
                self.list.0.push(Rc::new(own));
            }
        }
    }

    /// Replaces each loop by another one of the same number.
    pub(crate) fn replace(&mut self, act: impl FnMut(&Rc<RecordedLoop>) -> Rc<RecordedLoop>) {
        self.list.0 = self.list.0.iter().map(act).collect();
    }

    /// Deletes the loop of a number.
    pub fn delete(&mut self, number: u8) {
        self.list.0.retain(|own| own.number != number);
    }

    /// Changes the loop of a number.
    pub fn change(&mut self, number: u8, act: impl FnOnce(&mut RecordedLoop)) {
        if let Some(own) = self.list.0.iter_mut().find(|own| own.number == number) {
            let mut changed = (**own).clone();
            act(&mut changed);
            *own = Rc::new(changed.tidy());
        }
    }

    /// Puts all loops on the clock, with whole beats of a tempo, or gives each a time of its own, as it was recorded.
    pub fn set_in_beats(&mut self, in_beats: bool, bpm: f32) {
        self.in_beats = in_beats;
        for own in &mut self.list.0 {
            let beats = in_beats.then(|| own.beats.unwrap_or_else(|| whole_beats(own.length_s, bpm)));
            *own = Rc::new(RecordedLoop { beats, ..(**own).clone() });
        }
    }
}

#[cfg(test)]
mod tests;
