//! The chord of a touch and how its notes are played: together, one after the other, or in pulses. Pure.

use serde::{Deserialize, Serialize};

use crate::Scale;
use crate::scale::OCTAVE;

/// An arpeggio has at least this many notes: four make a pattern of four steps.
const ARPEGGIO_NOTES: usize = 4;

/// Which notes of the scale sound with the note of a touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chord {
    /// None.
    #[default]
    Off,
    /// The octave.
    Octave,
    /// Third and fifth.
    Triad,
    /// Third, fifth and seventh.
    Seventh,
    /// Third, fifth, seventh and ninth.
    Ninth,
}

impl Chord {
    /// All chords, in menu order.
    pub const ALL: [Self; 5] = [Self::Off, Self::Octave, Self::Triad, Self::Seventh, Self::Ninth];

    /// Its notes on a degree of a scale, as semitones above that degree.
    pub fn semitones(self, scale: Scale, degree: usize) -> Vec<usize> {
        let thirds = |count| scale.thirds(degree, count);
        match self {
            Self::Off => vec![0],
            Self::Octave => vec![0, usize::from(OCTAVE)],
            Self::Triad => thirds(3),
            Self::Seventh => thirds(4),
            Self::Ninth => thirds(5),
        }
    }
}

/// How the notes of a chord follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArpeggioMode {
    /// All at once, as long as the touch lasts.
    #[default]
    Off,
    /// One after the other, upwards.
    Up,
    /// Downwards.
    Down,
    /// Up and down.
    UpAndDown,
    /// All at once, in pulses.
    Gate,
}

impl ArpeggioMode {
    /// All modes, in menu order and in that of the worklet's numbers.
    pub const ALL: [Self; 5] = [Self::Off, Self::Up, Self::Down, Self::UpAndDown, Self::Gate];

    /// The worklet's number of the pattern; 0 without steps.
    pub fn pattern(self) -> u8 {
        self as u8
    }

    /// The notes that it plays of a chord: those of a short chord up to the octave.
    pub fn notes_of(self, mut chord: Vec<usize>) -> Vec<usize> {
        let octave = usize::from(OCTAVE);
        let is_sequence = !matches!(self, Self::Off | Self::Gate);
        if is_sequence && chord.len() < ARPEGGIO_NOTES && chord.last().is_some_and(|&last| last < octave) {
            chord.push(octave);
        }
        chord
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_of_the_scale() {
        let minor = |chord: Chord| chord.semitones(Scale::NaturalMinor, 0);
        assert_eq!(minor(Chord::Off), [0]);
        assert_eq!(minor(Chord::Octave), [0, 12]);
        assert_eq!(minor(Chord::Triad), [0, 3, 7]);
        assert_eq!(minor(Chord::Seventh), [0, 3, 7, 10]);
        assert_eq!(minor(Chord::Ninth), [0, 3, 7, 10, 14]);
        assert_eq!(Chord::Seventh.semitones(Scale::Major, 4), [0, 4, 7, 10], "the dominant");
    }

    #[test]
    fn an_arpeggio_of_a_short_chord_ends_on_the_octave() {
        let up = |chord: Chord| ArpeggioMode::Up.notes_of(chord.semitones(Scale::Major, 0));
        assert_eq!(up(Chord::Off), [0, 12]);
        assert_eq!(up(Chord::Octave), [0, 12]);
        assert_eq!(up(Chord::Triad), [0, 4, 7, 12]);
        assert_eq!(up(Chord::Seventh), [0, 4, 7, 11]);
        assert_eq!(ArpeggioMode::Gate.notes_of(vec![0, 4, 7]), [0, 4, 7]);
    }

    #[test]
    fn patterns_are_the_worklets() {
        assert_eq!(ArpeggioMode::ALL.map(ArpeggioMode::pattern), [0, 1, 2, 3, 4]);
    }
}
