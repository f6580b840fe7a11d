//! A loop of the page as the fragment of a link, which adds the same loop to another page. Times, points and levels are
//! whole numbers of their steps, each written as the difference from a prediction by the samples before it. They and a
//! checksum are encoded in base64url, at most [`LINK_LIMIT`] characters. Reading gives exactly the loop that was
//! written.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use crc::{CRC_16_IBM_SDLC, Crc};
use plane::{LATENT_LIMIT, Point};

use crate::conversion::FINGER_LIMIT;
use crate::latent_path::{NAME_LIMIT, kept};
use crate::packed::{Reader, push, push_samples};
use crate::strokes::{PATH_LIMIT_S, Path, Sample, Stroke, rounded_s};

/// The beginning of every such fragment, after the `#`: no link to a sound contains it.
pub const LINK_PREFIX: &str = "path=";
/// The longest fragment, in characters with the prefix: with an address it fits into a message of 4,096 characters,
/// where the first messengers end a message.
pub const LINK_LIMIT: usize = 4_000;
/// Detects every change of up to three letters, and all but one in 65,536 of the others.
const CHECKSUM: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_SDLC);
/// First byte: the version of the format.
const VERSION: u8 = 1;

/// How fine the times and the points of a path are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fineness {
    /// Steps of a second, at most 10,000.
    pub steps_per_s: f64,
    /// Steps of a latent unit and of the whole level.
    pub steps_per_unit: f64,
}

impl Fineness {
    /// That of recorded paths, which are then read exactly as they were written.
    pub const WHOLE: Self = Self { steps_per_s: 1e4, steps_per_unit: 1e4 };

    fn time_steps(self, time_s: f64) -> i64 {
        (time_s * self.steps_per_s).round() as i64
    }

    fn value_steps(self, value: f32) -> i64 {
        (f64::from(value) * self.steps_per_unit).round() as i64
    }

    fn seconds(self, steps: i64) -> f64 {
        rounded_s(steps as f64 / self.steps_per_s)
    }

    fn value(self, steps: i64) -> f32 {
        kept(steps as f64 / self.steps_per_unit)
    }

    /// The steps of the least and the greatest coordinate.
    fn point_range(self) -> [i64; 2] {
        let most = self.value_steps(LATENT_LIMIT);
        [-most, most]
    }
}

/// A loop of the page: its paths and how it plays.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedLoop {
    /// Its name, at most [`NAME_LIMIT`] characters; empty if it has no name.
    pub name: String,
    /// The path of each finger, 1…[`FINGER_LIMIT`].
    pub fingers: Vec<Path>,
    /// The length of a round, in seconds.
    pub length_s: f64,
    /// The length of a round in beats; `None` if it is in seconds.
    pub beats: Option<u16>,
    /// The speed, as a factor above 0.
    pub speed: f64,
    /// The number of the direction in the page's menu.
    pub direction: u8,
    /// The number of the instrument on which it was made, in the page's chooser; 0 is amSynth.
    pub instrument: u8,
}

/// The reason why a fragment is not a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkedLoopError {
    /// Characters were lost or changed.
    #[error("this link to a path is damaged or was cut off: ask for it again and copy all of it")]
    Damaged,
    /// It was made by another version.
    #[error(
        "this link to a path was made by another version of this page: reload the page, or ask for a new link"
    )]
    Version,
}

impl LinkedLoop {
    /// The fragment's text; `None` if it is longer than [`LINK_LIMIT`].
    pub fn write(&self) -> Option<String> {
        let (has_speed, has_instrument) = (self.speed != 1.0, self.instrument != 0);
        let bits = (u8::from(has_speed) * HAS_SPEED) | (u8::from(has_instrument) * HAS_INSTRUMENT);
        let mut bytes = vec![VERSION, bits, self.direction];
        if has_speed {
            bytes.extend(self.speed.to_le_bytes());
        }
        if has_instrument {
            bytes.push(self.instrument);
        }
        push(&mut bytes, self.beats.map_or(0, |beats| i64::from(beats) + 1));
        bytes.extend(self.length_s.to_le_bytes());
        push(&mut bytes, self.name.len() as i64);
        bytes.extend(self.name.as_bytes());
        push(&mut bytes, self.fingers.len() as i64);
        for finger in &self.fingers {
            bytes.extend(finger_bytes(finger, Fineness::WHOLE));
        }
        bytes.extend(CHECKSUM.checksum(&bytes).to_le_bytes());
        // Four letters encode three bytes, so that a loop that is too long is not encoded at all.
        let is_short = LINK_PREFIX.len() + bytes.len() * 4 / 3 < LINK_LIMIT;
        is_short.then(|| format!("{LINK_PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(&bytes)))
    }

    /// Reads a fragment, with or without its `#`.
    ///
    /// # Errors
    /// If it is damaged or of another version.
    pub fn read(text: &str) -> Result<Self, LinkedLoopError> {
        let text = text.trim().trim_start_matches('#');
        let letters = text.strip_prefix(LINK_PREFIX).filter(|_| text.len() <= LINK_LIMIT);
        let bytes = letters
            .and_then(|letters| BASE64_URL_SAFE_NO_PAD.decode(letters).ok())
            .ok_or(LinkedLoopError::Damaged)?;
        let (bytes, sum) = bytes.split_last_chunk().ok_or(LinkedLoopError::Damaged)?;
        if CHECKSUM.checksum(bytes) != u16::from_le_bytes(*sum) {
            return Err(LinkedLoopError::Damaged);
        }
        let (&version, rest) = bytes.split_first().ok_or(LinkedLoopError::Damaged)?;
        if version != VERSION {
            return Err(LinkedLoopError::Version);
        }
        let mut reader = Reader(rest);
        linked_loop(&mut reader)
            .filter(|own| reader.0.is_empty() && own.is_valid())
            .ok_or(LinkedLoopError::Damaged)
    }

    fn is_valid(&self) -> bool {
        let is_playable = |finger: &Path| !finger.strokes.is_empty() && finger.end_s() <= self.length_s;
        self.length_s > 0.0
            && self.length_s <= PATH_LIMIT_S
            && self.speed.is_finite()
            && self.speed > 0.0
            && self.name.chars().count() <= NAME_LIMIT
            && (1..=FINGER_LIMIT).contains(&self.fingers.len())
            && self.fingers.iter().all(is_playable)
    }
}

/// Bits of the second byte: a speed follows, and an instrument. Versions without instruments report a link with an
/// instrument as damaged.
const HAS_SPEED: u8 = 1;
const HAS_INSTRUMENT: u8 = 2;

/// Bits of a finger's first byte: how samples are predicted, and whether the path moves in pauses.
const IS_STRAIGHT: u8 = 1;
const HAS_RESTS: u8 = 2;

/// The bytes of a finger's path. Drawn lines bend slowly, others jump: both predictions are tried, and the shorter
/// result counts.
pub fn finger_bytes(finger: &Path, fineness: Fineness) -> Vec<u8> {
    let [flat, straight] = [false, true].map(|is_straight| predicted_bytes(finger, fineness, is_straight));
    if straight.len() < flat.len() { straight } else { flat }
}

/// The finger whose bytes come first; the others are left. `None` if they are not a finger's.
pub fn read_finger(bytes: &mut &[u8], fineness: Fineness) -> Option<Path> {
    let mut reader = Reader(bytes);
    let read = finger(&mut reader, fineness)?;
    *bytes = reader.0;
    Some(read)
}

fn predicted_bytes(finger: &Path, fineness: Fineness, is_straight: bool) -> Vec<u8> {
    let has_rests = !finger.rests.is_empty();
    let mut bytes = vec![(u8::from(is_straight) * IS_STRAIGHT) | (u8::from(has_rests) * HAS_RESTS)];
    let points = |samples: &[Sample]| -> Vec<(i64, [i64; 2])> {
        let steps_of = |Sample(time_s, Point { x, y }): &Sample| {
            (fineness.time_steps(*time_s), [*x, *y].map(|value| fineness.value_steps(value)))
        };
        samples.iter().map(steps_of).collect()
    };
    push(&mut bytes, finger.strokes.len() as i64);
    for Stroke { samples, velocity, key } in &finger.strokes {
        bytes.extend([*velocity, key.map_or(0, |key| key + 1)]);
        push_samples(&mut bytes, &points(samples), is_straight);
    }
    let level_steps =
        |(time_s, level): &(f64, f32)| (fineness.time_steps(*time_s), [fineness.value_steps(*level)]);
    push_samples(&mut bytes, &finger.levels.iter().map(level_steps).collect::<Vec<_>>(), is_straight);
    if has_rests {
        push(&mut bytes, finger.rests.len() as i64);
        finger.rests.iter().for_each(|rest| push_samples(&mut bytes, &points(rest), is_straight));
    }
    bytes
}

fn linked_loop(reader: &mut Reader) -> Option<LinkedLoop> {
    let [bits, direction] = [reader.byte()?, reader.byte()?];
    let speed = if bits & HAS_SPEED == 0 { 1.0 } else { reader.float()? };
    let instrument = if bits & HAS_INSTRUMENT == 0 { 0 } else { reader.byte()? };
    let beats = match reader.number()? {
        0 => None,
        beats => Some(u16::try_from(beats - 1).ok()?),
    };
    let length_s = reader.float()?;
    let length = reader.count()?;
    let (name, rest) = reader.0.split_at_checked(length)?;
    reader.0 = rest;
    let name = std::str::from_utf8(name).ok()?.to_owned();
    let fingers =
        (0..reader.count()?).map(|_| finger(reader, Fineness::WHOLE)).collect::<Option<Vec<Path>>>()?;
    Some(LinkedLoop { name, fingers, length_s, beats, speed, direction, instrument })
}

fn finger(reader: &mut Reader, fineness: Fineness) -> Option<Path> {
    let bits = reader.byte().filter(|bits| *bits <= (IS_STRAIGHT | HAS_RESTS))?;
    let is_straight = bits & IS_STRAIGHT != 0;
    let point = |[x, y]: [i64; 2]| Point { x: fineness.value(x), y: fineness.value(y) };
    let sample = |(time, at): (i64, [i64; 2])| Sample(fineness.seconds(time), point(at));
    let range = fineness.point_range();
    let mut end = 0;
    let mut strokes = Vec::new();
    for _ in 0..reader.count()? {
        let [velocity, key] = [reader.byte()?, reader.byte()?];
        let points = reader.samples::<2>(is_straight, end, range)?;
        end = points.last()?.0;
        let key = key.checked_sub(1);
        if !(1..128).contains(&velocity) || key.is_some_and(|key| key > 127) {
            return None;
        }
        strokes.push(Stroke { samples: points.into_iter().map(sample).collect(), velocity, key });
    }
    let levels = reader.samples::<1>(is_straight, 0, [0, fineness.value_steps(1.0)])?;
    let levels = levels.into_iter().map(|(time, [level])| (fineness.seconds(time), fineness.value(level)));
    let mut rests = Vec::new();
    let mut end = 0;
    for _ in 0..if bits & HAS_RESTS == 0 { 0 } else { reader.count()? } {
        let points = reader.samples::<2>(is_straight, end, range)?;
        end = points.last()?.0;
        rests.push(points.into_iter().map(sample).collect());
    }
    Some(Path { strokes, levels: levels.collect(), rests })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LatentPath, PathNote};
    use proptest::prelude::*;

    /// The loop of a path that the editor makes.
    fn linked(path: &LatentPath) -> LinkedLoop {
        LinkedLoop {
            name: path.name().to_owned(),
            fingers: path.to_strokes(),
            length_s: path.length_s(),
            beats: None,
            speed: 1.0,
            direction: 0,
            instrument: 0,
        }
    }

    prop_compose! {
        fn any_loop()(
            steps in 2usize..60,
        )(
            x in prop::collection::vec(-4.0f32..=4.0, steps), y in prop::collection::vec(-4.0f32..=4.0, steps),
            level in proptest::option::of(prop::collection::vec(0.0f32..=1.0, steps)), rate_hz in 0.3f64..200.0,
            notes in prop::collection::vec((0.0f64..1.0, 0.0f64..0.5, proptest::option::of(0u8..128), 1u8..128), 0..5),
            name in "[a-zä♯ ]{0,40}", beats in proptest::option::of(any::<u16>()), speed in 0.125f64..8.0, direction in 0u8..3,
            instrument in 0u8..6,
        ) -> LinkedLoop {
            let mut path = LatentPath::new(vec![x, y], rate_hz).unwrap();
            let length_s = path.length_s();
            path.set_level(level.as_deref());
            let notes: Vec<PathNote> = notes.into_iter().map(|(start, length, key, velocity)| {
                PathNote { start_s: start * length_s, length_s: length * length_s, key, velocity }
            }).collect();
            path.set_notes(&notes);
            path.set_name(&name);
            let made = linked(&path);
            let length_s = made.fingers.iter().map(Path::end_s).fold(length_s, f64::max);
            LinkedLoop { length_s, beats, speed, direction, instrument, ..made }
        }
    }

    proptest! {
        #[test]
        fn what_the_editor_makes_is_the_same_after_the_way_through_a_link(own in any_loop()) {
            let Some(text) = own.write() else { return Ok(()) };
            prop_assert!(text.len() <= LINK_LIMIT, "{}", text.len());
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte)));
            prop_assert_eq!(LinkedLoop::read(&text), Ok(own));
        }

        #[test]
        fn a_changed_letter_or_a_cut_is_detected(own in any_loop(), place in any::<usize>(), letter in "[A-Za-z0-9_-]", cut in any::<usize>()) {
            let Some(text) = own.write() else { return Ok(()) };
            let mut changed = text.clone();
            let place = place % text.len();
            changed.replace_range(place..=place, &letter);
            prop_assert!(changed == text || LinkedLoop::read(&changed).is_err());
            prop_assert_eq!(LinkedLoop::read(&text[..cut % text.len()]), Err(LinkedLoopError::Damaged));
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut whole = vec![VERSION];
            whole.extend(bytes);
            whole.extend(CHECKSUM.checksum(&whole).to_le_bytes());
            let text = format!("{LINK_PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(&whole));
            if let Ok(own) = LinkedLoop::read(&text) {
                prop_assert_eq!(LinkedLoop::read(&own.write().unwrap()), Ok(own));
            }
        }
    }

    #[test]
    fn ten_seconds_of_a_moving_finger_fit_and_a_minute_of_them_does_not() {
        let path = |seconds: usize| {
            let lane =
                |factor: f32| (0..=100 * seconds).map(|step| 3.0 * (step as f32 * factor).sin()).collect();
            LatentPath::new(vec![lane(0.021), lane(0.034)], 100.0).unwrap()
        };
        let short = linked(&path(10)).write().unwrap();
        assert!(short.len() < 3000, "{}", short.len());
        assert_eq!(linked(&path(60)).write(), None);
    }

    #[test]
    fn a_straight_path_is_short_and_another_version_says_so() {
        let lane = (0..=400).map(|step| step as f32 / 100.0 - 2.0).collect();
        let own = linked(&LatentPath::new(vec![lane, vec![0.0; 401]], 100.0).unwrap());
        let text = own.write().unwrap();
        assert!(text.len() < 70, "{text}");
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(&text[LINK_PREFIX.len()..]).unwrap();
        bytes.truncate(bytes.len() - 2);
        bytes[0] = 9;
        bytes.extend(CHECKSUM.checksum(&bytes).to_le_bytes());
        let text = format!("#{LINK_PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(&bytes));
        assert_eq!(LinkedLoop::read(&text), Err(LinkedLoopError::Version));
    }
}
