//! Which notes a touch plays: one root note or a scale laid over the pad, with a chord, through the arpeggio; how fast
//! and how hard; and how keys are played (poly, mono, legato, portamento). Chooses the keys; does not keep time (the
//! worklet does) and holds no keys.

use patch::Parameter;
use serde::{Deserialize, Serialize};

use crate::chord::{ArpeggioMode, Chord};
use crate::scale::OCTAVE;
use crate::tempo::{NoteValue, USUAL_BPM, tidy_bpm};
use crate::velocity::VelocitySource;
use crate::{LATENT_LIMIT, Point, Scale};

/// Middle C, MIDI key 60: the note at which the map was rendered.
pub const MIDDLE_C: u8 = 60;
/// The root of a first visit's melody, C3: with two octaves neither basses nor bells are out of place.
const FIRST_ROOT: u8 = 48;
/// Highest MIDI key.
const HIGHEST_KEY: usize = 127;
/// Fewest and most octaves that lie over the pad.
pub const OCTAVES: [u8; 2] = [1, 4];

/// How notes lie over the pad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// The root note everywhere.
    #[default]
    RootNote,
    /// The scale from left to right, beginning with the root.
    ScaleAcross,
}

/// Everything about notes that a player can set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Notes {
    /// MIDI key of the root, 0…127.
    pub root: u8,
    /// True if the person has chosen the root. Until then the page chooses the key of [`Layout::RootNote`] for each
    /// sound, see [`crate::register`].
    pub is_root_chosen: bool,
    /// The scale on it.
    pub scale: Scale,
    /// How it lies over the pad.
    pub layout: Layout,
    /// Octaves from the left edge to the right, within [`OCTAVES`].
    pub octaves: u8,
    /// The chord of a touch.
    pub chord: Chord,
    /// How its notes follow each other.
    pub arpeggio: ArpeggioMode,
    /// The tempo, in beats per minute, within [`crate::tempo::BPM`].
    pub bpm: f32,
    /// The length of a step of arpeggio and gate.
    pub step: NoteValue,
    /// Sounding share of each step, 0.05…1.
    pub gate: f32,
    /// True if notes keep sounding after the touch lifts: the latch.
    pub latch: bool,
    /// The source of the velocity of a touch and of a key on the screen.
    pub velocity_from: VelocitySource,
    /// Stored value of the patch's keyboard mode, in every patch.
    pub keyboard_mode: f32,
    /// Stored value of the patch's portamento time, in every patch.
    pub portamento_time: f32,
}

impl Default for Notes {
    fn default() -> Self {
        Self {
            root: MIDDLE_C,
            is_root_chosen: true,
            scale: Scale::default(),
            layout: Layout::default(),
            octaves: 2,
            chord: Chord::default(),
            arpeggio: ArpeggioMode::default(),
            bpm: USUAL_BPM,
            step: NoteValue::default(),
            gate: 0.6,
            latch: false,
            velocity_from: VelocitySource::default(),
            keyboard_mode: Parameter::KeyboardMode.info().default,
            portamento_time: Parameter::PortamentoTime.info().default,
        }
    }
}

/// A strip of the pad that plays one key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Its left edge, a latent x.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// MIDI key.
    pub key: u8,
    /// True if it is the root, in any octave.
    pub is_root: bool,
}

/// The key of a note, 0 (C) … 11 (B), in an octave that counts from MIDI's lowest. MIDI ends within its last octave:
/// notes above its end are an octave lower.
pub fn root_key(note: u8, octave: u8) -> u8 {
    let key = note + OCTAVE * octave;
    if usize::from(key) > HIGHEST_KEY { key - OCTAVE } else { key }
}

impl Notes {
    /// The notes of a first visit: the page chooses the key of each sound, and a melody sounds well whatever one plays.
    pub fn first() -> Self {
        Self { root: FIRST_ROOT, is_root_chosen: false, scale: Scale::MinorPentatonic, ..Self::default() }
    }

    /// The notes with a root that the person has chosen.
    pub fn with_root(self, root: u8) -> Self {
        Self { root, is_root_chosen: true, ..self }
    }

    /// True if the page chooses the key of a touch by its sound.
    pub fn follows_sound(&self) -> bool {
        !self.is_root_chosen && self.layout == Layout::RootNote
    }

    /// True if a sliding touch sends the next note-on before the last note-off: in legato modes, and while steps
    /// continue. Otherwise the note-off comes first, which frees a voice.
    pub fn is_legato(&self) -> bool {
        self.keyboard_mode != Parameter::KeyboardMode.info().default || self.arpeggio != ArpeggioMode::Off
    }

    /// Speed of arpeggio and gate, in steps per second.
    pub fn steps_per_second(&self) -> f32 {
        self.bpm / 60.0 * self.step.steps_per_beat()
    }

    /// The same with every value clamped to its limits, as needed after reading.
    pub fn tidy(self) -> Self {
        let clamp = |value: f32, [least, greatest]: [f32; 2], otherwise: f32| {
            if value.is_nan() { otherwise } else { value.clamp(least, greatest) }
        };
        let usual = Self::default();
        Self {
            root: self.root.min(HIGHEST_KEY as u8),
            octaves: self.octaves.clamp(OCTAVES[0], OCTAVES[1]),
            bpm: tidy_bpm(self.bpm),
            gate: clamp(self.gate, [0.05, 1.0], usual.gate),
            keyboard_mode: Parameter::KeyboardMode.snap(self.keyboard_mode),
            portamento_time: Parameter::PortamentoTime.snap(self.portamento_time),
            ..self
        }
    }

    /// The strips of the pad from left to right; one with the root note alone.
    pub fn lanes(&self) -> Vec<Lane> {
        let count = self.lane_count();
        let edge = |lane: usize| -LATENT_LIMIT + 2.0 * LATENT_LIMIT * lane as f32 / count as f32;
        let lane = |lane: usize| {
            let key = self.key_of(lane);
            let is_root = self.scale.semitones(lane).is_multiple_of(usize::from(OCTAVE));
            Lane { left: edge(lane), right: edge(lane + 1), key, is_root }
        };
        (0..count).map(lane).collect()
    }

    /// The keys that a touch at a point presses, lowest first: one, or a chord.
    pub fn keys_at(&self, point: Point) -> Vec<u8> {
        self.keys_of(self.degree_at(point))
    }

    /// The keys of each lane from left to right: bit n for key n.
    pub fn lane_keys(&self) -> Vec<u128> {
        let mut lanes = vec![0; self.lane_count()];
        for (lane, set) in lanes.iter_mut().enumerate() {
            self.keys_of(lane).into_iter().for_each(|key| *set |= 1 << key);
        }
        lanes
    }

    fn keys_of(&self, degree: usize) -> Vec<u8> {
        let key = usize::from(self.key_of(degree));
        let above = self.arpeggio.notes_of(self.chord.semitones(self.scale, degree));
        let mut keys: Vec<u8> = above.iter().map(|above| (key + above).min(HIGHEST_KEY) as u8).collect();
        keys.dedup();
        keys
    }

    fn lane_count(&self) -> usize {
        match self.layout {
            Layout::RootNote => 1,
            // Includes the root at the top.
            Layout::ScaleAcross => usize::from(self.octaves) * self.scale.steps().len() + 1,
        }
    }

    fn degree_at(&self, point: Point) -> usize {
        let share = (Point::on_plane(point.x, point.y).x + LATENT_LIMIT) / (2.0 * LATENT_LIMIT);
        let count = self.lane_count();
        ((share * count as f32) as usize).min(count - 1)
    }

    fn key_of(&self, degree: usize) -> u8 {
        (usize::from(self.root) + self.scale.semitones(degree)).min(HIGHEST_KEY) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: f32) -> Point {
        Point { x, y: 0.0 }
    }

    #[test]
    fn the_root_note_is_everywhere_until_a_scale_is_laid_over_the_pad() {
        let mut notes = Notes::default();
        assert_eq!([-4.0, 4.0].map(|x| notes.keys_at(at(x))), [[60], [60]]);
        (notes.layout, notes.scale, notes.octaves) = (Layout::ScaleAcross, Scale::Major, 1);
        assert_eq!([-4.0, 4.0].map(|x| notes.keys_at(at(x))), [[60], [72]]);
        let keys: Vec<u8> = notes.lanes().iter().map(|lane| lane.key).collect();
        assert_eq!(keys, [60, 62, 64, 65, 67, 69, 71, 72]);
        assert_eq!(notes.lanes().iter().filter(|lane| lane.is_root).count(), 2);
    }

    #[test]
    fn chords_are_of_the_scale_and_the_arpeggio_has_the_octave() {
        let mut notes = Notes { scale: Scale::NaturalMinor, chord: Chord::Triad, ..Notes::default() };
        assert_eq!(notes.keys_at(at(0.0)), [60, 63, 67]);
        notes.arpeggio = ArpeggioMode::Up;
        assert_eq!(notes.keys_at(at(0.0)), [60, 63, 67, 72]);
        (notes.chord, notes.arpeggio) = (Chord::Off, ArpeggioMode::Off);
        assert_eq!(notes.keys_at(at(0.0)), [60]);
    }

    #[test]
    fn every_note_of_the_last_octave_keeps_its_name() {
        for note in 0..OCTAVE {
            let key = root_key(note, 10);
            assert_eq!(
                (key % OCTAVE, key / OCTAVE),
                (note, if note <= 7 { 10 } else { 9 }),
                "MIDI ends with G9"
            );
        }
        assert_eq!(root_key(0, 5), MIDDLE_C);
    }

    #[test]
    fn a_step_is_a_share_of_the_beat() {
        let notes = Notes { bpm: 120.0, step: NoteValue::EighthTriplet, ..Notes::default() };
        assert_eq!(notes.steps_per_second(), 6.0);
    }

    proptest! {
        #[test]
        fn every_point_has_the_key_of_the_lane_under_it(
            x in -4.0f32..=4.0, root in 0u8..=127, scale in 0..9usize, octaves in 1u8..=4,
        ) {
            let notes = Notes { root, scale: Scale::ALL[scale], octaves, layout: Layout::ScaleAcross, ..Notes::default() };
            let lanes = notes.lanes();
            let under = lanes.iter().rev().find(|lane| lane.left <= x + 1e-4).unwrap();
            let near = lanes.iter().find(|lane| x - 1e-4 <= lane.right).unwrap();
            let key = notes.keys_at(at(x))[0];
            prop_assert!(key == under.key || key == near.key);
            prop_assert!(key == 127 || notes.scale.contains(root, key));
        }

        #[test]
        fn read_notes_are_within_their_limits(root: u8, octaves: u8, bpm: f32, gate: f32, mode: f32) {
            let notes = Notes { root, octaves, bpm, gate, keyboard_mode: mode, ..Notes::default() };
            let tidy = notes.tidy();
            prop_assert_eq!(tidy.tidy(), tidy);
            prop_assert!(tidy.keys_at(at(4.0)).iter().all(|&key| key <= 127));
        }
    }
}
