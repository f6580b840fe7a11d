//! The notes as sessions and links hold them, today's and those of earlier versions: one list of manners for chord and
//! arpeggio, and a speed in steps per second.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::chord::{ArpeggioMode, Chord};
use crate::field_by_field::field_by_field;
use crate::notes::Layout;
use crate::tempo::{NoteValue, USUAL_BPM};
use crate::velocity::VelocitySource;
use crate::{Notes, Scale};

/// Slowest and fastest arpeggio of earlier versions, in steps per second, and their default.
const EARLIER_SPEEDS: [f32; 2] = [0.5, 16.0];
const EARLIER_SPEED: f32 = 6.0;

/// Chord and arpeggio as earlier versions had them, in the order of a link's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Manner {
    Drone,
    Chord,
    ArpeggioUp,
    ArpeggioDown,
    ArpeggioUpAndDown,
    Gate,
}

impl Manner {
    fn parts(self) -> (Chord, ArpeggioMode) {
        match self {
            Self::Drone => (Chord::Off, ArpeggioMode::Off),
            Self::Chord => (Chord::Triad, ArpeggioMode::Off),
            Self::ArpeggioUp => (Chord::Triad, ArpeggioMode::Up),
            Self::ArpeggioDown => (Chord::Triad, ArpeggioMode::Down),
            Self::ArpeggioUpAndDown => (Chord::Triad, ArpeggioMode::UpAndDown),
            Self::Gate => (Chord::Triad, ArpeggioMode::Gate),
        }
    }

    /// The nearest one, for an earlier version that opens a link.
    fn nearest(chord: Chord, arpeggio: ArpeggioMode) -> Self {
        match (arpeggio, chord) {
            (ArpeggioMode::Off, Chord::Off) => Self::Drone,
            (ArpeggioMode::Off, _) => Self::Chord,
            (ArpeggioMode::Up, _) => Self::ArpeggioUp,
            (ArpeggioMode::Down, _) => Self::ArpeggioDown,
            (ArpeggioMode::UpAndDown, _) => Self::ArpeggioUpAndDown,
            (ArpeggioMode::Gate, _) => Self::Gate,
        }
    }
}

/// A speed of an earlier version as a tempo and a note value.
fn tempo_of(steps_per_second: f32) -> (f32, NoteValue) {
    let speed = if steps_per_second.is_nan() { EARLIER_SPEED } else { steps_per_second };
    NoteValue::of_speed(speed.clamp(EARLIER_SPEEDS[0], EARLIER_SPEEDS[1]))
}

/// The notes of a session.
#[derive(Serialize)]
struct SavedNotes {
    /// A root that the person has not chosen is below zero, −1 for key 0: earlier versions then play their usual one.
    root: i16,
    scale: Scale,
    layout: Layout,
    octaves: u8,
    chord: Option<Chord>,
    arpeggio: Option<ArpeggioMode>,
    bpm: Option<f32>,
    step: Option<NoteValue>,
    gate: f32,
    hold: bool,
    velocity_from: VelocitySource,
    keyboard_mode: f32,
    portamento_time: f32,
    #[serde(skip_serializing)]
    manner: Option<Manner>,
    #[serde(skip_serializing)]
    steps_per_second: Option<f32>,
}

field_by_field!(SavedNotes {
    root,
    scale,
    layout,
    octaves,
    chord,
    arpeggio,
    bpm,
    step,
    gate,
    hold,
    velocity_from,
    keyboard_mode,
    portamento_time,
    manner,
    steps_per_second,
});

impl Default for SavedNotes {
    fn default() -> Self {
        let usual = Self::from(Notes::default());
        Self { chord: None, arpeggio: None, bpm: None, step: None, ..usual }
    }
}

impl Serialize for Notes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SavedNotes::from(*self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Notes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        SavedNotes::deserialize(deserializer).map(Self::from)
    }
}

impl From<Notes> for SavedNotes {
    fn from(notes: Notes) -> Self {
        Self {
            root: if notes.is_root_chosen { notes.root.into() } else { -1 - i16::from(notes.root) },
            scale: notes.scale,
            layout: notes.layout,
            octaves: notes.octaves,
            chord: Some(notes.chord),
            arpeggio: Some(notes.arpeggio),
            bpm: Some(notes.bpm),
            step: Some(notes.step),
            gate: notes.gate,
            hold: notes.latch,
            velocity_from: notes.velocity_from,
            keyboard_mode: notes.keyboard_mode,
            portamento_time: notes.portamento_time,
            manner: None,
            steps_per_second: None,
        }
    }
}

impl From<SavedNotes> for Notes {
    fn from(saved: SavedNotes) -> Self {
        let (chord, arpeggio) = saved.manner.map(Manner::parts).unwrap_or_default();
        let is_root_chosen = saved.root >= 0;
        let (bpm, step) = saved.steps_per_second.map_or((USUAL_BPM, NoteValue::default()), tempo_of);
        Self {
            root: if is_root_chosen { saved.root } else { -1 - saved.root }.min(u8::MAX.into()) as u8,
            is_root_chosen,
            scale: saved.scale,
            layout: saved.layout,
            octaves: saved.octaves,
            chord: saved.chord.unwrap_or(chord),
            arpeggio: saved.arpeggio.unwrap_or(arpeggio),
            bpm: saved.bpm.unwrap_or(bpm),
            step: saved.step.unwrap_or(step),
            gate: saved.gate,
            latch: saved.hold,
            velocity_from: saved.velocity_from,
            keyboard_mode: saved.keyboard_mode,
            portamento_time: saved.portamento_time,
        }
    }
}

/// The notes of a link, as its first version has them.
#[derive(Serialize, Deserialize)]
pub struct LinkNotes {
    root: u8,
    scale: Scale,
    layout: Layout,
    octaves: u8,
    manner: Manner,
    steps_per_second: f32,
    gate: f32,
    hold: bool,
    keyboard_mode: f32,
    portamento_time: f32,
}

impl From<&Notes> for LinkNotes {
    fn from(notes: &Notes) -> Self {
        Self {
            root: notes.root,
            scale: notes.scale,
            layout: notes.layout,
            octaves: notes.octaves,
            manner: Manner::nearest(notes.chord, notes.arpeggio),
            steps_per_second: notes.steps_per_second(),
            gate: notes.gate,
            hold: notes.latch,
            keyboard_mode: notes.keyboard_mode,
            portamento_time: notes.portamento_time,
        }
    }
}

impl From<LinkNotes> for Notes {
    fn from(sent: LinkNotes) -> Self {
        let (chord, arpeggio) = sent.manner.parts();
        let (bpm, step) = tempo_of(sent.steps_per_second);
        Self {
            root: sent.root,
            is_root_chosen: true,
            scale: sent.scale,
            layout: sent.layout,
            octaves: sent.octaves,
            chord,
            arpeggio,
            bpm,
            step,
            gate: sent.gate,
            latch: sent.hold,
            velocity_from: VelocitySource::default(),
            keyboard_mode: sent.keyboard_mode,
            portamento_time: sent.portamento_time,
        }
    }
}

/// The settings that a link appends where [`LinkNotes`] does not hold them. Earlier versions do not read so far.
#[derive(Serialize, Deserialize)]
pub struct LinkNotesRest {
    chord: Chord,
    arpeggio: ArpeggioMode,
    bpm: f32,
    step: NoteValue,
    velocity_from: VelocitySource,
    /// A byte of its own, which links have only if it is false.
    #[serde(skip)]
    is_root_chosen: bool,
}

/// The byte of a root that the page chooses by the sound.
const ROOT_OF_SOUND: u8 = 1;

impl LinkNotesRest {
    /// The settings of these notes that the first version of a link cannot hold; none if it holds all.
    pub fn of(notes: &Notes) -> Option<Self> {
        let is_said = Notes::from(LinkNotes::from(notes)) == *notes;
        (!is_said).then_some(Self {
            chord: notes.chord,
            arpeggio: notes.arpeggio,
            bpm: notes.bpm,
            step: notes.step,
            velocity_from: notes.velocity_from,
            is_root_chosen: notes.is_root_chosen,
        })
    }

    /// Completes the notes of a link.
    pub fn complete(self, notes: Notes) -> Notes {
        let Self { chord, arpeggio, bpm, step, velocity_from, is_root_chosen } = self;
        Notes { chord, arpeggio, bpm, step, velocity_from, is_root_chosen, ..notes }
    }

    /// As bytes of a link, the last ones.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = postcard::to_allocvec(self).expect("numbers can always be written");
        bytes.extend((!self.is_root_chosen).then_some(ROOT_OF_SOUND));
        bytes
    }

    /// Reads the last bytes of a link.
    ///
    /// # Errors
    /// If they are damaged.
    pub fn read(bytes: &[u8]) -> postcard::Result<Self> {
        let (rest, others) = postcard::take_from_bytes::<Self>(bytes)?;
        Ok(Self { is_root_chosen: others.first() != Some(&ROOT_OF_SOUND), ..rest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn notes_of_earlier_versions_sound_as_before() {
        let read = |manner: &str, steps_per_second: f32| {
            let saved = json!({ "manner": manner, "steps_per_second": steps_per_second, "hold": true });
            serde_json::from_value::<Notes>(saved).unwrap().tidy()
        };
        let earlier = [
            ("Drone", Chord::Off, ArpeggioMode::Off),
            ("Chord", Chord::Triad, ArpeggioMode::Off),
            ("ArpeggioUp", Chord::Triad, ArpeggioMode::Up),
            ("ArpeggioDown", Chord::Triad, ArpeggioMode::Down),
            ("ArpeggioUpAndDown", Chord::Triad, ArpeggioMode::UpAndDown),
            ("Gate", Chord::Triad, ArpeggioMode::Gate),
        ];
        for (manner, chord, arpeggio) in earlier {
            let notes = read(manner, 6.0);
            assert_eq!((notes.chord, notes.arpeggio, notes.latch), (chord, arpeggio, true));
            assert!((notes.steps_per_second() - 6.0).abs() < 1e-4);
        }
        assert!((read("Gate", 13.7).steps_per_second() - 13.7).abs() < 1e-4);
        assert_eq!(read("Strum", f32::MAX).chord, Chord::Off);
    }

    #[test]
    fn a_root_that_nobody_has_chosen_is_kept_and_an_earlier_session_has_chosen_its_own() {
        for notes in [Notes::first(), Notes { root: 0, ..Notes::first() }, Notes::first().with_root(127)] {
            let again: Notes = serde_json::from_value(serde_json::to_value(notes).unwrap()).unwrap();
            assert_eq!(again, notes);
        }
        let earlier: Notes = serde_json::from_value(json!({ "root": 40 })).unwrap();
        assert!(earlier.is_root_chosen && earlier.root == 40);
        let wrong: Notes = serde_json::from_value(json!({ "root": -32_768 })).unwrap();
        assert_eq!(wrong.tidy().root, 127);
    }

    proptest! {
        #[test]
        fn notes_are_read_as_written(
            chord in 0usize..5, arpeggio in 0usize..5, step in 0usize..6, source in 0usize..3, bpm in 30.0f32..300.0,
        ) {
            let notes = Notes {
                chord: Chord::ALL[chord],
                arpeggio: ArpeggioMode::ALL[arpeggio],
                step: NoteValue::ALL[step],
                velocity_from: VelocitySource::ALL[source],
                bpm,
                ..Notes::default()
            };
            let again: Notes = serde_json::from_value(serde_json::to_value(notes).unwrap()).unwrap();
            prop_assert_eq!(again, notes);
            let sent = Notes::from(LinkNotes::from(&notes));
            let sent = LinkNotesRest::of(&notes).map_or(sent, |rest| rest.complete(sent));
            prop_assert_eq!(sent, notes);
        }
    }
}
