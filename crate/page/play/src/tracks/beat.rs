//! The beat: a click, or a kick and a hat made by presets of amSynth. Each of its two voices is a loop of one bar, so
//! that it plays on the clock of all loops.

use std::rc::Rc;

use path::midi::SongNote;
use path::strokes::Path;
use plane::{Coordinates, Point};
use serde::{Deserialize, Serialize};

use crate::Notes;
use crate::library::Library;
use crate::loops::{LOOP_LIMIT, Recorded, RecordedLoop};
use crate::tracks::loop_sound::LoopSound;
use crate::tracks::transport::BEATS_PER_BAR;

/// The beat that a person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beat {
    /// None.
    #[default]
    Off,
    /// The hat on each beat, the first one of a bar louder.
    Click,
    /// The kick on each beat.
    Kick,
    /// The kick on each beat, the hat between them.
    KickAndHat,
}

/// The numbers of the two voices: they follow those of loops.
const NUMBERS: [u8; 2] = [LOOP_LIMIT as u8 + 1, LOOP_LIMIT as u8 + 2];
/// The presets, by bank and name, with the keys that they play and their volumes. At C4 the kick has 15 dB more above
/// 150 Hz than at C2: loudspeakers of phones play no lower.
const KICK: Drum =
    Drum { number: NUMBERS[0], bank: BANK, name: "Light Kick", key: 60, level: 0.7, general_key: 36 };
const HAT: Drum =
    Drum { number: NUMBERS[1], bank: BANK, name: "Hey Hat", key: 60, level: 0.75, general_key: 42 };
const BANK: &str = "PatriksBank01.bank";
/// The time of a bar in the voices' own time, in seconds: each eighth begins with a whole tick of the audio thread.
const BAR_S: f64 = 2.0;
/// The length of a stroke, in seconds of that time.
const STROKE_S: f64 = 0.1;
/// The length of a stroke in a song, in beats.
const STROKE_BEATS: f64 = 0.25;
const LOUD: u8 = 120;
const USUAL: u8 = 90;

/// A voice of the beat.
struct Drum {
    number: u8,
    bank: &'static str,
    name: &'static str,
    key: u8,
    level: f32,
    /// The key of bass drum 1, or of the closed hi-hat, on the channel of drums of General MIDI.
    general_key: u8,
}

impl Beat {
    /// All of them, in the order of the button's taps.
    pub const ALL: [Self; 4] = [Self::Off, Self::Click, Self::Kick, Self::KickAndHat];

    /// The next one; after the last one none.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// The strokes of a voice in a bar: eighths from its beginning, and velocities.
    fn strokes(self, number: u8) -> Vec<(u8, u8)> {
        let beats = [0, 2, 4, 6].map(|eighth| (eighth, if eighth == 0 { LOUD } else { USUAL }));
        match (self, number == KICK.number) {
            (Self::Click, false) | (Self::Kick | Self::KickAndHat, true) => beats.to_vec(),
            (Self::KickAndHat, false) => [1, 3, 5, 7].map(|eighth| (eighth, USUAL)).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Its strokes in a song that begins at a beat of the clock and has so many beats, as drums of General MIDI.
    pub fn song_notes(self, from_beats: f64, length_beats: f64) -> Vec<SongNote> {
        // The rest of the bar in which the song begins.
        let first = -from_beats.rem_euclid(BEATS_PER_BAR);
        let bars = ((length_beats - first) / BEATS_PER_BAR).ceil() as u32;
        let begins = (0..bars).map(|bar| first + BEATS_PER_BAR * f64::from(bar));
        let of_bar = |begin: f64| {
            [KICK, HAT].into_iter().flat_map(move |drum| {
                self.strokes(drum.number).into_iter().map(move |(eighth, velocity)| SongNote {
                    start_beats: begin + f64::from(eighth) / 2.0,
                    length_beats: STROKE_BEATS,
                    key: drum.general_key,
                    velocity,
                })
            })
        };
        begins
            .flat_map(of_bar)
            .filter(|note| note.start_beats >= 0.0 && note.start_beats + STROKE_BEATS <= length_beats)
            .collect()
    }

    /// Its voices as loops on the clock. None before the known presets are loaded.
    pub fn loops(self, library: &Library) -> Vec<Rc<RecordedLoop>> {
        [KICK, HAT]
            .iter()
            .filter_map(|drum| Some(Rc::new(drum.played(&self.strokes(drum.number), library)?)))
            .collect()
    }
}

impl Drum {
    fn row(&self, known: &Coordinates) -> Option<usize> {
        let bank = known.banks.iter().position(|bank| bank == self.bank)?;
        (0..known.len()).find(|&row| known.name[row] == self.name && usize::from(known.bank[row]) == bank)
    }

    fn played(&self, strokes: &[(u8, u8)], library: &Library) -> Option<RecordedLoop> {
        let (known, presets) = (library.known.as_deref()?, library.presets.as_deref()?);
        let row = self.row(known)?;
        let point = Point { x: known.x[row], y: known.y[row] };
        let mut path = Path::default();
        for &(eighth, velocity) in strokes {
            let start_s = f64::from(eighth) * BAR_S / 8.0;
            path.strike(start_s, point, self.key, velocity);
            path.lift(start_s + STROKE_S);
        }
        let patch = Some(Box::new(presets.patch(row)));
        let sound =
            LoopSound { notes: Notes::default(), locks: crate::Locks::default(), patch, led_cutoff: None };
        let own = RecordedLoop::from(Recorded { fingers: vec![path], length_s: BAR_S });
        let (number, level) = (self.number, self.level);
        let is_played = !strokes.is_empty();
        is_played.then(|| RecordedLoop {
            number,
            level,
            beats: Some(4),
            instrument: Some(0),
            sound: Some(Box::new(sound)),
            ..own
        })
    }
}

#[cfg(test)]
mod tests {
    use plane::Presets;

    use super::*;

    /// The shipped presets.
    fn library() -> Library {
        let file = |name: &str| {
            std::fs::read(format!("{}/../../../models/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        };
        let known: Coordinates = serde_json::from_slice(&file("coordinates.json")).unwrap();
        let presets = Presets::from_bytes(&file("presets.bin")).unwrap();
        Library { known: Some(Rc::new(known)), presets: Some(Rc::new(presets)), ..Library::default() }
    }

    #[test]
    fn each_tap_of_the_button_is_another_beat_and_the_last_one_is_silence() {
        let library = library();
        let mut beat = Beat::default();
        let strokes: Vec<Vec<usize>> = (0..Beat::ALL.len())
            .map(|_| {
                let loops = beat.loops(&library);
                beat = beat.next();
                loops.iter().map(|own| own.fingers[0].notes().count()).collect()
            })
            .collect();
        assert_eq!((strokes, beat), (vec![vec![], vec![4], vec![4], vec![4, 4]], Beat::Off));
    }

    #[test]
    fn kick_and_hat_are_different_presets_whose_strokes_never_meet() {
        let loops = Beat::KickAndHat.loops(&library());
        let [kick, hat] = &loops[..] else { panic!("two voices") };
        let patch = |own: &RecordedLoop| *own.sound.as_ref().unwrap().patch.as_deref().unwrap();
        assert!(patch(kick) != patch(hat));
        let starts =
            |own: &RecordedLoop| -> Vec<f64> { own.fingers[0].notes().map(|note| note.start_s).collect() };
        assert_eq!((starts(kick), starts(hat)), (vec![0.0, 0.5, 1.0, 1.5], vec![0.25, 0.75, 1.25, 1.75]));
    }

    #[test]
    fn a_song_has_the_strokes_of_kick_and_hat_from_any_beat_of_the_clock_on() {
        let shown = |beat: Beat, from_beats: f64, length_beats: f64| -> Vec<(f64, u8, u8)> {
            let mut notes = beat.song_notes(from_beats, length_beats);
            notes.sort_by(|one, other| one.start_beats.total_cmp(&other.start_beats));
            notes.iter().map(|note| (note.start_beats, note.key, note.velocity)).collect()
        };
        let bar = [(0.0, 36, LOUD), (0.5, 42, USUAL), (1.0, 36, USUAL), (1.5, 42, USUAL)];
        assert_eq!(shown(Beat::KickAndHat, 8.0, 8.0)[..4], bar);
        assert_eq!(shown(Beat::KickAndHat, 8.0, 8.0).len(), 16);
        let click = [(0.0, 42, USUAL), (1.0, 42, USUAL), (2.0, 42, LOUD), (3.0, 42, USUAL)];
        assert_eq!(shown(Beat::Click, 2.0, 4.0), click);
        assert_eq!(shown(Beat::Off, 0.0, 8.0), []);
    }

    #[test]
    fn there_is_no_beat_before_the_presets_are_loaded() {
        assert!(Beat::Kick.loops(&Library::default()).is_empty());
    }
}
