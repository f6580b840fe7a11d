//! The loops of a document as a part of a link: their paths with fewer points where the link would be too long, their
//! sounds, the tempo, the beat and the title. Postcard bytes and the bytes of fingers with a checksum, in base64url.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use crc::{CRC_16_IBM_SDLC, Crc};
use patch::{Parameter, Patch};
use path::link::{Fineness, finger_bytes, read_finger};
use serde::{Deserialize, Serialize};

use crate::link_patch::{LinkError, LinkPatch};
use crate::loops::{Direction, Recorded, RecordedLoop};
use crate::saved_notes::{LinkNotes, LinkNotesRest};
use crate::tempo::tidy_bpm;
use crate::tracks::beat::Beat;
use crate::tracks::loop_sound::LoopSound;
use crate::{Document, Locks, Loops, Notes};

/// The longest part of a link, in characters: with the other part and an address it fits into a message of 4,096, where
/// the first messengers end one.
pub const JAM_LIMIT: usize = 3700;
/// First byte: the version of the format.
const VERSION: u8 = 1;
/// Detects every change of up to three letters, and all but one in 65,536 of the others.
const CHECKSUM: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_SDLC);
/// Four milliseconds, and a 64th of a latent unit: a pixel of a map of 512 pixels.
const FINENESS: Fineness = Fineness { steps_per_s: 250.0, steps_per_unit: 64.0 };
/// Distances by which thinning may move paths, in latent units: the first one with which the link is short enough
/// counts.
const DISTANCES: [f32; 7] = [0.005, 0.02, 0.04, 0.06, 0.1, 0.2, 0.4];
/// Beyond this distance, in latent units, a person hears that points are missing, and is told. Chosen, not measured.
const TOLD_DISTANCE: f32 = 0.06;
/// Steps of a volume.
const LEVEL_STEPS: f32 = 100.0;

/// The loops of a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jam {
    /// The title; empty without one.
    pub title: String,
    /// The beat.
    pub beat: Beat,
    /// The tempo, in beats per minute.
    pub bpm: f32,
    /// The loops.
    pub loops: Loops,
}

/// The text of a link's loops.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenJam {
    /// The text.
    pub text: String,
    /// True if paths have lost so many points that a person hears it.
    pub is_coarse: bool,
}

#[derive(Serialize, Deserialize)]
struct JamHead {
    title: String,
    beat: Beat,
    bpm: f32,
    in_beats: bool,
    count: u8,
}

#[derive(Serialize, Deserialize)]
struct LoopHead {
    number: u8,
    name: Option<String>,
    length_s: f64,
    beats: Option<u16>,
    offset_beats: u16,
    speed: Option<f64>,
    direction: u8,
    instrument: Option<u8>,
    level: u8,
    is_muted: bool,
    sound: LinkedSound,
    fingers: u8,
}

/// The sound of a loop; many loops have that of the one before.
#[derive(Serialize, Deserialize)]
enum LinkedSound {
    Touches,
    Former,
    Own(Box<OwnSound>),
    /// The same, and the cutoff of its [`LoopSound::led_cutoff`].
    Led(Box<OwnSound>, f32),
}

#[derive(Serialize, Deserialize)]
struct OwnSound {
    notes: LinkNotes,
    rest: Option<LinkNotesRest>,
    locks: Vec<(u8, f32)>,
    patch: Option<LinkPatch>,
}

impl From<&LoopSound> for OwnSound {
    fn from(own: &LoopSound) -> Self {
        let locked = |parameter: Parameter| Some((parameter.index() as u8, own.locks.get(parameter)?));
        Self {
            notes: LinkNotes::from(&own.notes),
            rest: LinkNotesRest::of(&own.notes),
            locks: Parameter::ALL.into_iter().filter_map(locked).collect(),
            patch: own.patch.as_deref().map(LinkPatch::from),
        }
    }
}

impl TryFrom<OwnSound> for LoopSound {
    type Error = LinkError;

    fn try_from(OwnSound { notes, rest, locks, patch }: OwnSound) -> Result<Self, LinkError> {
        let notes = Notes::from(notes);
        let locked = locks
            .into_iter()
            .filter_map(|(index, value)| Some((Parameter::from_index(index.into())?, value)));
        Ok(Self {
            notes: rest.map_or(notes, |rest| rest.complete(notes)).tidy(),
            locks: Locks::of_values(locked),
            patch: patch.map(Patch::try_from).transpose()?.map(Box::new),
            led_cutoff: None,
        })
    }
}

impl Jam {
    /// That of a document; none if it has no loop.
    pub fn of(document: &Document) -> Option<Self> {
        let Document { title, beat, loops, notes, .. } = document;
        let has_loops = !loops.all().is_empty();
        has_loops.then(|| Self { title: title.clone(), beat: *beat, bpm: notes.bpm, loops: loops.clone() })
    }

    /// Gives a document these loops in place of its own, and their tempo.
    pub fn put_into(self, document: &mut Document) {
        (document.title, document.beat, document.loops) = (self.title, self.beat, self.loops);
        document.notes.bpm = self.bpm;
    }

    /// The text; none if it is longer than [`JAM_LIMIT`] with the fewest points.
    pub fn write(&self) -> Option<WrittenJam> {
        DISTANCES.into_iter().find_map(|distance| {
            let mut bytes = self.bytes(distance);
            bytes.extend(CHECKSUM.checksum(&bytes).to_le_bytes());
            let text = BASE64_URL_SAFE_NO_PAD.encode(bytes);
            (text.len() <= JAM_LIMIT).then_some(WrittenJam { text, is_coarse: distance > TOLD_DISTANCE })
        })
    }

    fn bytes(&self, distance: f32) -> Vec<u8> {
        const WRITABLE: &str = "numbers and texts can always be written";
        let Self { title, beat, bpm, loops } = self;
        let count = loops.all().len() as u8;
        let head = JamHead { title: title.clone(), beat: *beat, bpm: *bpm, in_beats: loops.in_beats, count };
        let mut bytes = vec![VERSION];
        bytes.extend(postcard::to_allocvec(&head).expect(WRITABLE));
        let mut former = None;
        for own in loops.all() {
            bytes.extend(postcard::to_allocvec(&loop_head(own, former)).expect(WRITABLE));
            former = own.sound.as_deref();
            for path in &own.fingers {
                bytes.extend(finger_bytes(&path.thinned(distance), FINENESS));
            }
        }
        bytes
    }

    /// Reads a text.
    ///
    /// # Errors
    /// If it is damaged or of another version.
    pub fn read(text: &str) -> Result<Self, LinkError> {
        // A link of another version may have been longer.
        if text.len() > 2 * JAM_LIMIT {
            return Err(LinkError::Damaged);
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Damaged)?;
        let (bytes, sum) = bytes.split_last_chunk().ok_or(LinkError::Damaged)?;
        if CHECKSUM.checksum(bytes) != u16::from_le_bytes(*sum) {
            return Err(LinkError::Damaged);
        }
        let (&version, rest) = bytes.split_first().ok_or(LinkError::Damaged)?;
        if version != VERSION {
            return Err(LinkError::Version(version));
        }
        let (head, mut rest) = postcard::take_from_bytes::<JamHead>(rest).map_err(|_| LinkError::Damaged)?;
        let mut loops = Loops::default();
        loops.in_beats = head.in_beats;
        let mut former = None;
        for _ in 0..head.count {
            let own = read_loop(&mut rest, former.take())?;
            former.clone_from(&own.sound);
            let number = own.number;
            loops.put(own, crate::tone_domain::LocationInstrument::default());
            loops.get(number).ok_or(LinkError::Damaged)?;
        }
        let title = crate::landmarks::tidy_name(&head.title);
        Ok(Self { title, beat: head.beat, bpm: tidy_bpm(head.bpm), loops })
    }
}

/// A mark of a loop by its fingers, as finely as a link has them: one in 65,536 others has the same.
pub(crate) fn mark(own: &RecordedLoop) -> u16 {
    let bytes: Vec<u8> = own.fingers.iter().flat_map(|path| finger_bytes(path, FINENESS)).collect();
    CHECKSUM.checksum(&bytes)
}

fn loop_head(own: &RecordedLoop, former: Option<&LoopSound>) -> LoopHead {
    let sound = match own.sound.as_deref() {
        None => LinkedSound::Touches,
        Some(sound) if former == Some(sound) => LinkedSound::Former,
        Some(sound) => match sound.led_cutoff {
            None => LinkedSound::Own(Box::new(sound.into())),
            Some(led_cutoff) => LinkedSound::Led(Box::new(sound.into()), led_cutoff),
        },
    };
    LoopHead {
        number: own.number,
        name: own.name.clone(),
        length_s: own.length_s,
        beats: own.beats,
        offset_beats: own.offset_beats,
        speed: Some(own.speed).filter(|speed| *speed != 1.0),
        direction: own.direction.number(),
        instrument: own.instrument,
        level: (own.level * LEVEL_STEPS).round() as u8,
        is_muted: own.is_muted,
        sound,
        fingers: own.fingers.len() as u8,
    }
}

fn read_loop(bytes: &mut &[u8], former: Option<Box<LoopSound>>) -> Result<RecordedLoop, LinkError> {
    let (head, rest) = postcard::take_from_bytes::<LoopHead>(bytes).map_err(|_| LinkError::Damaged)?;
    *bytes = rest;
    let mut fingers = Vec::new();
    for _ in 0..head.fingers {
        let path = read_finger(bytes, FINENESS).ok_or(LinkError::Damaged)?;
        // Times are coarser than the length of the round.
        fingers.push(path.until(head.length_s));
    }
    let sound = match head.sound {
        LinkedSound::Touches => None,
        LinkedSound::Former => former,
        LinkedSound::Own(own) => Some(Box::new(LoopSound::try_from(*own)?)),
        LinkedSound::Led(own, led_cutoff) => {
            let led_cutoff = Some(Parameter::FilterCutoff.snap(led_cutoff));
            Some(Box::new(LoopSound { led_cutoff, ..LoopSound::try_from(*own)? }))
        }
    };
    let own = RecordedLoop::from(Recorded { fingers, length_s: head.length_s });
    Ok(RecordedLoop {
        number: head.number,
        name: head.name,
        beats: head.beats,
        offset_beats: head.offset_beats,
        speed: head.speed.unwrap_or(1.0),
        direction: Direction::ALL.get(usize::from(head.direction)).copied().unwrap_or_default(),
        instrument: head.instrument,
        level: f32::from(head.level) / LEVEL_STEPS,
        is_muted: head.is_muted,
        sound,
        ..own
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;
    use path::strokes::Path;
    use proptest::prelude::*;

    /// A finger that moves as a hand does, sampled 60 times a second.
    fn drawn(length_s: f64, seed: f64) -> Path {
        let mut path = Path::default();
        let place = |time_s: f64| Point {
            x: (2.0 * (0.7 * time_s + seed).sin() + 0.6 * (3.1 * time_s + 2.0 * seed).sin()) as f32,
            y: (2.2 * (0.9 * time_s + 1.7 * seed).cos() + 0.4 * (4.3 * time_s).sin()) as f32,
        };
        path.land(0.0, place(0.0), 90);
        let mut time_s = 0.0;
        while time_s < length_s - 0.5 {
            time_s += 1.0 / 60.0;
            path.slide(time_s, place(time_s));
        }
        path.lift(length_s - 0.2);
        path
    }

    /// Eight loops of four bars at 112 beats a minute.
    fn jam(fixed_patch: bool) -> Jam {
        let bpm = 112.0;
        let length_s = 16.0 * 60.0 / f64::from(bpm);
        let mut loops = Loops::default();
        for number in 0..8u8 {
            let own =
                RecordedLoop::from(Recorded { fingers: vec![drawn(length_s, number.into())], length_s });
            let notes = Notes { root: 36 + number, ..Notes::default() };
            let patch = fixed_patch.then(Box::default);
            let led_cutoff = (fixed_patch && number == 3).then_some(0.25);
            let sound = Some(Box::new(LoopSound { notes, locks: Locks::default(), patch, led_cutoff }));
            let placed =
                RecordedLoop { beats: Some(16), offset_beats: 4, sound, instrument: Some(number % 3), ..own };
            loops.add(RecordedLoop { is_muted: number == 2, name: Some("Night bells".to_owned()), ..placed });
        }
        Jam { title: "Night bells".to_owned(), beat: Beat::KickAndHat, bpm, loops }
    }

    #[test]
    fn eight_loops_of_four_bars_fit_and_are_near_to_where_they_were() {
        for fixed_patch in [false, true] {
            let sent = jam(fixed_patch);
            let WrittenJam { text, is_coarse } = sent.write().expect("it fits");
            assert!(text.len() <= JAM_LIMIT && !is_coarse, "{} letters, {is_coarse}", text.len());
            let got = Jam::read(&text).unwrap();
            assert_eq!((&got.title, got.beat, got.bpm), (&sent.title, sent.beat, sent.bpm));
            for (own, before) in got.loops.all().iter().zip(sent.loops.all()) {
                let bare = |own: &RecordedLoop| RecordedLoop { fingers: Vec::new(), ..own.clone() };
                assert_eq!(bare(own), bare(before));
                for step in 0..80 {
                    let time_s = f64::from(step) * 0.1;
                    let [now, then] = [own, before].map(|own| own.fingers[0].at(time_s).unwrap().point);
                    assert!(now.distance(then) < 2.0 * TOLD_DISTANCE, "{now:?} {then:?}");
                }
            }
        }
    }

    #[test]
    fn loops_that_are_too_long_for_a_link_are_no_link() {
        let mut long = jam(false);
        let fingers: Vec<Path> = (0..10).map(|finger| drawn(300.0, finger.into())).collect();
        long.loops.put(
            RecordedLoop {
                number: 1,
                fingers,
                length_s: 300.0,
                ..jam(false).loops.all()[0].as_ref().clone()
            },
            Default::default(),
        );
        assert_eq!(long.write(), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..400) {
            let mut whole = vec![VERSION];
            whole.extend(bytes);
            whole.extend(CHECKSUM.checksum(&whole).to_le_bytes());
            let _ = Jam::read(&BASE64_URL_SAFE_NO_PAD.encode(whole));
            // Right bytes that are cut short.
            let mut right = jam(false).bytes(0.4);
            right.truncate(cut);
            right.extend(CHECKSUM.checksum(&right).to_le_bytes());
            prop_assert!(Jam::read(&BASE64_URL_SAFE_NO_PAD.encode(right)).is_err());
        }

        #[test]
        fn a_changed_letter_is_detected(place in any::<usize>(), letter in "[A-Za-z0-9_-]") {
            let text = jam(true).write().unwrap().text;
            let mut changed = text.clone();
            let place = place % text.len();
            changed.replace_range(place..=place, &letter);
            prop_assert!(changed == text || Jam::read(&changed) == Err(LinkError::Damaged));
        }
    }
}
