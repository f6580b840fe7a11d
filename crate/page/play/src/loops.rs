//! The recorded loops: paths of several fingers that repeat together, each loop with its speed and direction. Plain
//! data, saved with the document; the instrument plays them.

use std::rc::Rc;

use path::conversion::FINGER_LIMIT;
use path::strokes::{PATH_LIMIT_S, Path};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::field_by_field::field_by_field;
use crate::landmarks::tidy_name;
use crate::tone_domain::{LocationInstrument, ToneDomain};

/// The most loops: more than the parts of the instrument can play, and few enough to store.
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
}

fn usual_speed() -> f64 {
    1.0
}

impl RecordedLoop {
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
        Self { speed, name, beats: self.beats.map(|beats| beats.clamp(1, BEAT_LIMIT as u16)), ..self }
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Loops {
    list: LoopList,
    /// True if loops last whole beats of the tempo.
    pub in_beats: bool,
}

field_by_field!(Loops { list, in_beats });

impl Loops {
    /// All of them, oldest first.
    pub fn all(&self) -> &[Rc<RecordedLoop>] {
        &self.list.0
    }

    /// The loop of a number.
    pub fn get(&self, number: u8) -> Option<&RecordedLoop> {
        self.list.0.iter().find(|own| own.number == number).map(|own| &**own)
    }

    /// True if there is room for no more.
    pub fn are_full(&self) -> bool {
        self.list.0.len() >= LOOP_LIMIT
    }

    /// Adds a recording under the least free number, and returns the number; none if there is no room. It was made on
    /// the instrument of a document.
    pub fn add(&mut self, recorded: Recorded, bpm: f32, instrument: LocationInstrument) -> Option<u8> {
        let number = self.free_number()?;
        let Recorded { fingers, length_s } = recorded;
        let beats = self.in_beats.then(|| whole_beats(length_s, bpm));
        let (speed, direction) = (1.0, Direction::default());
        let instrument = Some(instrument.number);
        let added =
            RecordedLoop { number, fingers, length_s, beats, speed, direction, instrument, name: None };
        self.list.0.push(Rc::new(added));
        Some(number)
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

    /// Makes all loops last whole beats of a tempo, or as long as they were recorded.
    pub fn set_in_beats(&mut self, in_beats: bool, bpm: f32) {
        self.in_beats = in_beats;
        for own in &mut self.list.0 {
            let beats = in_beats.then(|| whole_beats(own.length_s, bpm));
            *own = Rc::new(RecordedLoop { beats, ..(**own).clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;
    use serde_json::json;

    fn recorded(length_s: f64) -> Recorded {
        let mut path = Path::default();
        path.land(0.0, Point::default(), 100);
        path.lift(length_s);
        Recorded { fingers: vec![path], length_s }
    }

    /// The instrument of a document.
    const STRINGS: LocationInstrument = LocationInstrument { number: 1, axes: [0; 6] };

    #[test]
    fn a_loop_keeps_the_instrument_on_which_it_was_made() {
        let mut loops = Loops::default();
        loops.add(recorded(1.0), 120.0, LocationInstrument::default());
        loops.put(RecordedLoop { number: 0, instrument: None, ..loops.get(1).unwrap().clone() }, STRINGS);
        let of_link = RecordedLoop { number: 0, instrument: Some(3), ..loops.get(1).unwrap().clone() };
        loops.put(of_link, STRINGS);
        let changed = RecordedLoop { length_s: 2.0, ..loops.get(1).unwrap().clone() };
        loops.put(changed, STRINGS);
        let domains: Vec<_> = loops.all().iter().map(|own| own.domain()).collect();
        assert_eq!(domains, [None, Some(ToneDomain::Strings), Some(ToneDomain::Winds)]);
    }

    #[test]
    fn loops_are_numbered_and_a_free_number_is_used_again() {
        let mut loops = Loops::default();
        let numbers: Vec<_> = (0..9).map(|_| loops.add(recorded(1.0), 120.0, STRINGS)).collect();
        assert_eq!((numbers[0], numbers[7], numbers[8]), (Some(1), Some(8), None));
        loops.delete(3);
        assert!(!loops.are_full());
        assert_eq!(loops.add(recorded(2.0), 120.0, STRINGS), Some(3));
    }

    #[test]
    fn a_loop_that_is_put_replaces_that_of_its_number_or_is_added_and_an_unplayable_one_changes_nothing() {
        let mut loops = Loops::default();
        loops.add(recorded(1.0), 120.0, STRINGS);
        let longer = RecordedLoop { length_s: 2.0, ..loops.get(1).unwrap().clone() };
        loops.put(longer.clone(), STRINGS);
        assert_eq!(loops.all().iter().map(|own| own.length_s).collect::<Vec<_>>(), [2.0]);
        loops.put(RecordedLoop { number: 0, ..longer.clone() }, STRINGS);
        assert_eq!(loops.all().iter().map(|own| own.number).collect::<Vec<_>>(), [1, 2]);
        let before = loops.clone();
        loops.put(RecordedLoop { length_s: 0.5, ..longer.clone() }, STRINGS);
        loops.put(RecordedLoop { fingers: Vec::new(), ..longer.clone() }, STRINGS);
        assert_eq!(loops, before);
        (0..9).for_each(|_| loops.put(RecordedLoop { number: 0, ..longer.clone() }, STRINGS));
        assert_eq!(loops.all().len(), LOOP_LIMIT);
    }

    #[test]
    fn a_loop_in_beats_follows_the_tempo() {
        let mut loops = Loops::default();
        loops.add(recorded(1.9), 120.0, STRINGS);
        assert!((loops.get(1).unwrap().duration_s(60.0) - 1.9).abs() < 1e-9, "as recorded");
        loops.set_in_beats(true, 120.0);
        loops.add(recorded(0.1), 120.0, STRINGS);
        assert_eq!(loops.all().iter().map(|own| own.beats).collect::<Vec<_>>(), [Some(4), Some(1)]);
        assert!((loops.get(1).unwrap().duration_s(120.0) - 2.0).abs() < 1e-9);
        assert!((loops.get(1).unwrap().duration_s(60.0) - 4.0).abs() < 1e-9);
        loops.change(1, |own| own.speed = 2.0);
        assert!((loops.get(1).unwrap().duration_s(60.0) - 2.0).abs() < 1e-9);
        loops.set_in_beats(false, 60.0);
        assert_eq!(loops.get(1).unwrap().beats, None);
    }

    #[test]
    fn loops_are_read_as_written_and_a_damaged_one_affects_no_other() {
        let mut loops = Loops::default();
        loops.add(recorded(1.0), 120.0, STRINGS);
        loops.set_in_beats(true, 120.0);
        loops.add(recorded(2.5), 120.0, STRINGS);
        loops.change(2, |own| (own.speed, own.direction) = (0.5, Direction::Backward));
        let written = serde_json::to_value(&loops).unwrap();
        assert_eq!(serde_json::from_value::<Loops>(written.clone()).unwrap(), loops);
        for (field, odd) in [
            ("number", json!(99)),
            ("fingers", json!([])),
            ("fingers", json!([{ "strokes": [] }])),
            ("length_s", json!(0)),
            ("length_s", json!(0.5)),
            ("length_s", json!(1e9)),
            ("beats", json!("many")),
        ] {
            let mut damaged = written.clone();
            damaged["list"][0][field] = odd;
            let read: Loops = serde_json::from_value(damaged).unwrap();
            assert_eq!(read.all(), &loops.all()[1..], "{field}");
        }
        let mut twice = written;
        twice["list"][1]["number"] = json!(1);
        assert_eq!(serde_json::from_value::<Loops>(twice).unwrap().all().len(), 1);
    }
}
