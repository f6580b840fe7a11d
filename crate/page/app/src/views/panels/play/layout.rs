//! Where the keys of a keyboard lie, and which one is under a pointer. White keys are the unit of width; black ones lie
//! where a piano has them. Plain arithmetic, no web types.

/// Semitones of an octave and its white keys.
const OCTAVE: u8 = 12;
const WHITES: [u8; 7] = [0, 2, 4, 5, 7, 9, 11];
/// Black keys: semitone, and the middle of the key in white keys from the octave's left edge. A piano's
/// lie a little outside of the gaps, so that the whites between them are equally wide at the back.
const BLACKS: [(u8, f64); 5] = [(1, 0.93), (3, 2.07), (6, 3.9), (8, 5.0), (10, 6.1)];
/// Width of a black key in white keys: a piano's.
pub const BLACK_WIDTH: f64 = 0.58;
/// Length of a black key as a share of a white one's: a piano's.
const BLACK_LENGTH: f64 = 0.62;
/// Preferred width of a white key in CSS pixels: wide enough for a fingertip, narrow enough for many on a desktop.
const PREFERRED_WIDTH: f64 = 44.0;
/// Fewest and most white keys: an octave, and a piano's 52.
const COUNTS: [usize; 2] = [8, 52];
/// Middle C, MIDI key 60, lies within the first octaves that are shown.
const MIDDLE_C: u8 = 60;

/// One key, in white keys from the left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyShape {
    /// MIDI key.
    pub key: u8,
    /// Left edge.
    pub left: f64,
    /// True if it is one of the five short ones.
    pub is_black: bool,
}

/// A row of keys beginning with a C.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyboardLayout {
    /// Number of white keys.
    pub whites: usize,
    /// All keys, white ones first: black ones lie on top.
    pub keys: Vec<KeyShape>,
}

impl KeyboardLayout {
    /// As many keys as a width in CSS pixels has room for, shifted by this many octaves from the range with middle C,
    /// within MIDI's range.
    pub fn new(width: f64, octaves_up: i8) -> Self {
        let whites = ((width / PREFERRED_WIDTH).round() as usize).clamp(COUNTS[0], COUNTS[1]);
        let below = ((whites as f64) / 14.0).round() as i16;
        let highest = (128 - (whites as i16 * 12 / 7 + 1)) / 12 * 12;
        let lowest = i16::from(MIDDLE_C) + i16::from(OCTAVE) * (i16::from(octaves_up) - below);
        let lowest = lowest.clamp(0, highest.max(0)) as u8;
        let white = |position: usize| KeyShape {
            key: lowest + OCTAVE * (position / 7) as u8 + WHITES[position % 7],
            left: position as f64,
            is_black: false,
        };
        let octaves = whites.div_ceil(7);
        let black = |octave: usize| {
            BLACKS.iter().map(move |&(semitone, middle)| KeyShape {
                key: lowest + OCTAVE * octave as u8 + semitone,
                left: (7 * octave) as f64 + middle - BLACK_WIDTH / 2.0,
                is_black: true,
            })
        };
        let blacks = (0..octaves).flat_map(black).filter(|key| key.left + BLACK_WIDTH <= whites as f64);
        let keys = (0..whites).map(white).chain(blacks).filter(|key| key.key < 128).collect();
        Self { whites, keys }
    }

    /// The lowest key.
    pub fn lowest(&self) -> u8 {
        self.keys.first().map_or(MIDDLE_C, |key| key.key)
    }

    /// The highest key.
    pub fn highest(&self) -> u8 {
        self.keys.iter().map(|key| key.key).max().unwrap_or(MIDDLE_C)
    }

    /// The key at a position, given as shares of the width and of the height from the top, and the share of its length
    /// above the position.
    pub fn key_at(&self, across: f64, down: f64) -> Option<(u8, f64)> {
        let (across, down) = (across * self.whites as f64, down.clamp(0.0, 1.0));
        let width = |key: &KeyShape| if key.is_black { BLACK_WIDTH } else { 1.0 };
        let under = |key: &&KeyShape| {
            (key.left..key.left + width(key)).contains(&across) && (!key.is_black || down <= BLACK_LENGTH)
        };
        let key = self.keys.iter().rev().find(under)?;
        let along = if key.is_black { down / BLACK_LENGTH } else { down };
        Some((key.key, along))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_has_an_octave_below_middle_c_and_a_desktop_many() {
        let phone = KeyboardLayout::new(370.0, 0);
        assert_eq!((phone.whites, phone.lowest(), phone.highest()), (8, 48, 60));
        let desktop = KeyboardLayout::new(1408.0, 0);
        assert_eq!((desktop.whites, desktop.lowest()), (32, 36));
        assert!(desktop.keys.iter().any(|key| key.key == MIDDLE_C));
    }

    #[test]
    fn keys_are_where_a_piano_has_them() {
        let phone = KeyboardLayout::new(484.0, 0);
        let black: Vec<u8> = phone.keys.iter().filter(|key| key.is_black).map(|key| key.key).collect();
        assert_eq!(black, [49, 51, 54, 56, 58, 61, 63]);
        assert_eq!(phone.key_at(0.5 / 11.0, 0.9).unwrap().0, 48);
        assert_eq!(phone.key_at(0.93 / 11.0, 0.3).unwrap().0, 49, "the black key lies on top");
        assert_eq!(phone.key_at(0.93 / 11.0, 0.9).unwrap().0, 48, "in front of it is the white one");
    }

    #[test]
    fn the_position_along_a_key_ends_at_its_nearer_end() {
        let phone = KeyboardLayout::new(484.0, 0);
        let along = |down| phone.key_at(0.5 / 11.0, down).unwrap().1;
        assert_eq!((along(0.0), along(1.0), along(7.0)), (0.0, 1.0, 1.0));
        assert_eq!(phone.key_at(0.93 / 11.0, BLACK_LENGTH).unwrap().1, 1.0);
    }

    #[test]
    fn the_keyboard_stays_within_midis_keys() {
        for width in [100.0, 374.0, 800.0, 3000.0] {
            for octaves_up in [-100, -6, 0, 6, 100] {
                let layout = KeyboardLayout::new(width, octaves_up);
                assert!(layout.highest() <= 127 && layout.lowest().is_multiple_of(OCTAVE));
                assert!(
                    layout.keys.iter().filter(|key| !key.is_black).count() == layout.whites,
                    "{width} {octaves_up}"
                );
            }
        }
    }
}
