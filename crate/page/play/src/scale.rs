//! Musical scales as steps from their root, in semitones of equal temperament. Names are the page's.

use serde::{Deserialize, Serialize};

/// Semitones of an octave.
pub const OCTAVE: u8 = 12;

/// A scale by its usual name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the name says it")]
pub enum Scale {
    Chromatic,
    Major,
    #[default]
    NaturalMinor,
    HarmonicMinor,
    Dorian,
    MajorPentatonic,
    MinorPentatonic,
    Blues,
    WholeTone,
}

impl Scale {
    /// All scales, in menu order.
    pub const ALL: [Self; 9] = [
        Self::Chromatic,
        Self::Major,
        Self::NaturalMinor,
        Self::HarmonicMinor,
        Self::Dorian,
        Self::MajorPentatonic,
        Self::MinorPentatonic,
        Self::Blues,
        Self::WholeTone,
    ];

    /// The notes of an octave, as semitones above the root.
    pub fn steps(self) -> &'static [u8] {
        match self {
            Self::Chromatic => &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            Self::Major => &[0, 2, 4, 5, 7, 9, 11],
            Self::NaturalMinor => &[0, 2, 3, 5, 7, 8, 10],
            Self::HarmonicMinor => &[0, 2, 3, 5, 7, 8, 11],
            Self::Dorian => &[0, 2, 3, 5, 7, 9, 10],
            Self::MajorPentatonic => &[0, 2, 4, 7, 9],
            Self::MinorPentatonic => &[0, 3, 5, 7, 10],
            Self::Blues => &[0, 3, 5, 6, 7, 10],
            Self::WholeTone => &[0, 2, 4, 6, 8, 10],
        }
    }

    /// Semitones from the root to a degree, counted from 0; degrees beyond the octave go on upwards.
    pub fn semitones(self, degree: usize) -> usize {
        let steps = self.steps();
        usize::from(OCTAVE) * (degree / steps.len()) + usize::from(steps[degree % steps.len()])
    }

    /// True if the notes of the scale on a root (0 is C) are written with flats: those of F, B♭, E♭, A♭ and D♭ major,
    /// by the circle of fifths.
    pub fn has_flats(self, root: u8) -> bool {
        let semitones_to_major = match self {
            Self::Chromatic | Self::WholeTone => return false,
            Self::Major | Self::MajorPentatonic => 0,
            Self::NaturalMinor | Self::HarmonicMinor | Self::MinorPentatonic | Self::Blues => 3,
            Self::Dorian => 10,
        };
        matches!((root + semitones_to_major) % OCTAVE, 1 | 3 | 5 | 8 | 10)
    }

    /// True if a key belongs to the scale on a root, in any octave.
    pub fn contains(self, root: u8, key: u8) -> bool {
        let above = (i16::from(key) - i16::from(root)).rem_euclid(i16::from(OCTAVE));
        self.steps().iter().any(|&step| i16::from(step) == above)
    }

    /// The first notes, at most five, of a chord in thirds on a degree, as semitones above that degree: from the scale,
    /// or, where every semitone belongs to it, of a major chord.
    pub fn thirds(self, degree: usize, count: usize) -> Vec<usize> {
        if self == Self::Chromatic {
            return [0, 4, 7, 11, 14].into_iter().take(count).collect();
        }
        (0..count).map(|third| self.semitones(degree + 2 * third) - self.semitones(degree)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_begin_at_the_root_and_rise_within_the_octave() {
        for scale in Scale::ALL {
            let steps = scale.steps();
            assert_eq!(steps[0], 0);
            assert!(steps.windows(2).all(|pair| pair[0] < pair[1]) && steps[steps.len() - 1] < OCTAVE);
            assert_eq!(scale.semitones(steps.len()), 12);
        }
    }

    #[test]
    fn c_minor_has_flats_and_e_minor_sharps() {
        assert!(Scale::NaturalMinor.has_flats(0) && Scale::Major.has_flats(65) && Scale::Dorian.has_flats(0));
        assert!(
            !Scale::NaturalMinor.has_flats(4) && !Scale::Major.has_flats(2) && !Scale::Chromatic.has_flats(5)
        );
    }

    #[test]
    fn d_belongs_to_c_major_below_the_root_too() {
        assert!(Scale::Major.contains(60, 50) && Scale::Major.contains(60, 74));
        assert!(!Scale::Major.contains(60, 61) && !Scale::Major.contains(60, 1));
    }

    #[test]
    fn triads_are_those_of_the_scale() {
        assert_eq!(Scale::Major.thirds(0, 3), [0, 4, 7]);
        assert_eq!(Scale::Major.thirds(1, 3), [0, 3, 7]);
        assert_eq!(Scale::NaturalMinor.thirds(0, 3), [0, 3, 7]);
        assert_eq!(Scale::Chromatic.thirds(5, 3), [0, 4, 7]);
    }
}
