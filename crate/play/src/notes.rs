//! Which notes a touch plays: one root note or a scale laid over the pad; free, as a chord, or through the arpeggio;
//! and how keys are played (poly, mono, legato, portamento). Chooses the keys; does not keep time (the worklet does)
//! and holds no keys.

use patch::Parameter;
use serde::{Deserialize, Serialize};

use crate::field_by_field::field_by_field;
use crate::scale::OCTAVE;
use crate::{LATENT_LIMIT, Point, Scale};

/// Middle C, MIDI key 60: the note at which the map was rendered.
pub const MIDDLE_C: u8 = 60;
/// Highest MIDI key.
const HIGHEST_KEY: usize = 127;
/// Fewest and most octaves that lie over the pad.
pub const OCTAVES: [u8; 2] = [1, 4];
/// Slowest and fastest arpeggio, in steps per second.
pub const STEPS_PER_SECOND: [f32; 2] = [0.5, 16.0];

/// How notes lie over the pad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// The root note everywhere.
    #[default]
    RootNote,
    /// The scale from left to right, beginning with the root.
    ScaleAcross,
}

/// How a touch plays its note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteMode {
    /// It sounds as long as the touch lasts.
    #[default]
    Drone,
    /// It sounds with third and fifth of the scale.
    Chord,
    /// The chord's notes one after the other, upwards.
    ArpeggioUp,
    /// Downwards.
    ArpeggioDown,
    /// Up and down.
    ArpeggioUpAndDown,
    /// The chord in pulses.
    Gate,
}

impl NoteMode {
    /// All modes, in menu order.
    pub const ALL: [Self; 6] =
        [Self::Drone, Self::Chord, Self::ArpeggioUp, Self::ArpeggioDown, Self::ArpeggioUpAndDown, Self::Gate];

    /// The worklet's number of the pattern; 0 without steps.
    pub fn pattern(self) -> u8 {
        match self {
            Self::Drone | Self::Chord => 0,
            Self::ArpeggioUp => 1,
            Self::ArpeggioDown => 2,
            Self::ArpeggioUpAndDown => 3,
            Self::Gate => 4,
        }
    }
}

/// Everything about notes that a player can set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Notes {
    /// MIDI key of the root, 0…127.
    pub root: u8,
    /// The scale on it.
    pub scale: Scale,
    /// How it lies over the pad.
    pub layout: Layout,
    /// Octaves from the left edge to the right, within [`OCTAVES`].
    pub octaves: u8,
    /// How a touch plays its note.
    #[serde(rename = "manner")]
    pub mode: NoteMode,
    /// Speed of arpeggio and gate, within [`STEPS_PER_SECOND`].
    pub steps_per_second: f32,
    /// Sounding share of each step, 0.05…1.
    pub gate: f32,
    /// Whether notes keep sounding after the touch lifts: the latch.
    #[serde(rename = "hold")]
    pub latch: bool,
    /// Stored value of the patch's keyboard mode, in every patch.
    pub keyboard_mode: f32,
    /// Stored value of the patch's portamento time, in every patch.
    pub portamento_time: f32,
}

impl Default for Notes {
    fn default() -> Self {
        Self {
            root: MIDDLE_C,
            scale: Scale::default(),
            layout: Layout::default(),
            octaves: 2,
            mode: NoteMode::default(),
            steps_per_second: 6.0,
            gate: 0.6,
            latch: false,
            keyboard_mode: Parameter::KeyboardMode.info().default,
            portamento_time: Parameter::PortamentoTime.info().default,
        }
    }
}

field_by_field!(Notes {
    root,
    scale,
    layout,
    octaves,
    mode = "manner",
    steps_per_second,
    gate,
    latch = "hold",
    keyboard_mode,
    portamento_time,
});

/// A strip of the pad that plays one key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Its left edge, a latent x.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// MIDI key.
    pub key: u8,
    /// Whether it is the root, in any octave.
    pub is_root: bool,
}

impl Notes {
    /// Whether a sliding touch sends the next note-on before the last note-off: in legato modes, and while steps
    /// continue. Otherwise the note-off comes first, which frees a voice.
    pub fn is_legato(&self) -> bool {
        self.keyboard_mode != Parameter::KeyboardMode.info().default || self.mode.pattern() != 0
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
            steps_per_second: clamp(self.steps_per_second, STEPS_PER_SECOND, usual.steps_per_second),
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
        let degree = self.degree_at(point);
        let key = usize::from(self.key_of(degree));
        let triad = self.scale.triad(degree);
        let above: &[usize] = match self.mode {
            NoteMode::Drone => &[0],
            NoteMode::Chord | NoteMode::Gate => &triad,
            // Four notes make an arpeggio of four steps.
            _ => &[triad[0], triad[1], triad[2], usize::from(OCTAVE)],
        };
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
        let mut notes = Notes { scale: Scale::NaturalMinor, mode: NoteMode::Chord, ..Notes::default() };
        assert_eq!(notes.keys_at(at(0.0)), [60, 63, 67]);
        notes.mode = NoteMode::ArpeggioUp;
        assert_eq!(notes.keys_at(at(0.0)), [60, 63, 67, 72]);
        notes.mode = NoteMode::Drone;
        assert_eq!(notes.keys_at(at(0.0)), [60]);
    }

    #[test]
    fn patterns_are_the_worklets() {
        assert_eq!(NoteMode::ALL.map(NoteMode::pattern), [0, 0, 1, 2, 3, 4]);
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
        fn read_notes_are_within_their_limits(root: u8, octaves: u8, speed: f32, gate: f32, mode: f32) {
            let notes = Notes { root, octaves, steps_per_second: speed, gate, keyboard_mode: mode, ..Notes::default() };
            let tidy = notes.tidy();
            prop_assert_eq!(tidy.tidy(), tidy);
            prop_assert!(tidy.keys_at(at(4.0)).iter().all(|&key| key <= 127));
        }
    }
}
