//! The key of a sung melody, and the notes that are in tune in it. Who sings without an instrument is seldom at its
//! pitch: the melody is first moved by less than a semitone, so that its notes keep their distances.

use std::f32::consts::TAU;

use crate::Scale;
use crate::scale::OCTAVE;
use crate::tracks::sung::HummedNote;

/// The scales among which the key of a melody is found.
const FOUND_SCALES: [Scale; 2] = [Scale::Major, Scale::NaturalMinor];
/// The value of a melody that rests all of its time on the root, in squared semitones: it decides between keys that
/// have the same notes.
const ROOT_WORTH: f32 = 0.2;
/// The same for the third and the fifth above the root.
const TRIAD_WORTH: f32 = 0.1;
/// The value of the key that the page has, which decides between keys that fit equally well.
const USUAL_WORTH: f32 = 0.05;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SungKey {
    /// The root, 0 (C) … 11 (B).
    pub root: u8,
    /// The scale.
    pub scale: Scale,
}

impl SungKey {
    /// The key of a root that is a MIDI key.
    pub fn of(root: u8, scale: Scale) -> Self {
        Self { root: root % OCTAVE, scale }
    }

    /// The nearest MIDI key that belongs to it.
    pub fn nearest(self, pitch: f32) -> u8 {
        let own = (0..128u8).filter(|&key| self.scale.contains(self.root, key));
        let distance = |key: &u8| (f32::from(*key) - pitch).abs();
        own.min_by(|one, other| distance(one).total_cmp(&distance(other))).unwrap_or(self.root)
    }

    /// Its mean squared distance from pitches, less what the root and its triad are worth.
    fn cost(self, pitches: &[(f32, f32)]) -> f32 {
        let all: f32 = pitches.iter().map(|(_, weight)| weight).sum();
        let cost = |&(pitch, weight): &(f32, f32)| {
            let key = self.nearest(pitch);
            let worth = match usize::from((key + OCTAVE - self.root) % OCTAVE) {
                0 => ROOT_WORTH,
                above if self.scale.thirds(0, 3).contains(&above) => TRIAD_WORTH,
                _ => 0.0,
            };
            weight * ((f32::from(key) - pitch).powi(2) - worth)
        };
        pitches.iter().map(cost).sum::<f32>() / all.max(f32::MIN_POSITIVE)
    }
}

/// The mean distance of the notes above the keys of the instrument, −0.5…0.5 semitones. Longer notes count for more.
pub fn tuning(notes: &[HummedNote]) -> f32 {
    // A mean of angles: just below a key and just above the one below it are near each other.
    let (mut sine, mut cosine) = (0.0, 0.0);
    for note in notes {
        let angle = TAU * note.pitch.fract();
        sine += note.length_s() as f32 * angle.sin();
        cosine += note.length_s() as f32 * angle.cos();
    }
    if sine == 0.0 && cosine == 0.0 { 0.0 } else { sine.atan2(cosine) / TAU }
}

/// The key of a melody: the major or minor one that fits best. `usual` is the page's own.
pub fn found_key(notes: &[HummedNote], usual: SungKey) -> SungKey {
    let tuning = tuning(notes);
    let pitches: Vec<(f32, f32)> =
        notes.iter().map(|note| (note.pitch - tuning, note.length_s() as f32)).collect();
    let of = |scale: Scale| (0..OCTAVE).map(move |root| SungKey { root, scale });
    let worth = |key: SungKey| if key == usual { USUAL_WORTH } else { 0.0 };
    let cost = |key: &SungKey| key.cost(&pitches) - worth(*key);
    let all = FOUND_SCALES.into_iter().flat_map(of);
    all.min_by(|one, other| cost(one).total_cmp(&cost(other))).unwrap_or(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sung(pitches: &[f32]) -> Vec<HummedNote> {
        let note = |(place, &pitch): (usize, &f32)| HummedNote {
            start_s: place as f64,
            end_s: place as f64 + 0.5,
            pitch,
            velocity: 100,
            glide: None,
        };
        pitches.iter().enumerate().map(note).collect()
    }

    const C_MINOR: SungKey = SungKey { root: 0, scale: Scale::NaturalMinor };

    #[test]
    fn a_melody_is_found_in_its_own_key_and_not_bent_into_that_of_the_page() {
        let d_major = sung(&[62.0, 64.0, 66.0, 67.0, 69.0, 71.0, 73.0, 74.0, 62.0]);
        assert_eq!(found_key(&d_major, C_MINOR), SungKey { root: 2, scale: Scale::Major });
        let a_minor = sung(&[57.0, 59.0, 60.0, 64.0, 57.0]);
        assert_eq!(found_key(&a_minor, C_MINOR), SungKey { root: 9, scale: Scale::NaturalMinor });
        let triad = sung(&[60.0, 64.0, 67.0]);
        assert_eq!(found_key(&triad, C_MINOR), SungKey { root: 0, scale: Scale::Major });
        assert_eq!(found_key(&[], C_MINOR), SungKey { root: 0, scale: Scale::NaturalMinor });
    }

    #[test]
    fn the_key_of_the_page_decides_where_several_fit() {
        let fifth = sung(&[60.0, 67.0, 60.0]);
        assert_eq!(found_key(&fifth, C_MINOR), C_MINOR);
        let major = SungKey { root: 0, scale: Scale::Major };
        assert_eq!(found_key(&fifth, major), major);
    }

    #[test]
    fn a_voice_that_is_flat_all_the_time_keeps_its_intervals() {
        let flat = sung(&[59.55, 63.6, 66.55, 59.6]);
        let by = tuning(&flat);
        assert!((by + 0.43).abs() < 0.05, "{by}");
        let key = found_key(&flat, C_MINOR);
        let keys: Vec<u8> = flat.iter().map(|note| key.nearest(note.pitch - by)).collect();
        assert_eq!(keys, [60, 64, 67, 60]);
        assert_eq!(tuning(&[]), 0.0);
    }

    #[test]
    fn the_nearest_key_belongs_to_the_scale_in_every_octave() {
        let pentatonic = SungKey::of(48, Scale::MinorPentatonic);
        assert_eq!([61.2, 61.8, 64.4, 68.9].map(|pitch| pentatonic.nearest(pitch)), [60, 63, 65, 70]);
        assert!([-3.0, 140.0].map(|pitch| pentatonic.nearest(pitch)).iter().all(|&key| key < 128));
    }
}
