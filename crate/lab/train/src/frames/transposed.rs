//! Recorded notes at other pitches, played faster or slower, so that the networks learn more pitches and more formants
//! than were recorded. Reads no files.

use fourier::resampled;
use frame_model::NoteSound;

/// Each transposition as two rates whose ratio is that of the frequencies: about 2 and 1 semitones down, 1 and 2 up.
/// The recorded keys of an instrument are mostly 3 semitones apart.
const RATES: [[u32; 2]; 4] = [[8, 9], [17, 18], [18, 17], [9, 8]];

/// Copies of a note at other pitches. A note without a key, or one that cannot be resampled, has no copies.
pub fn transposed(note: &NoteSound) -> impl Iterator<Item = NoteSound> {
    RATES.into_iter().filter_map(|[from_hz, to_hz]| {
        let key = f32::from(note.key()?) + 12.0 * (from_hz as f32 / to_hz as f32).log2();
        let name = format!("{}_{:.0}", note.name.rsplit_once('_')?.0, key);
        let samples = resampled(&note.samples, from_hz, to_hz).ok()?;
        Some(NoteSound { name, samples, sample_rate_hz: note.sample_rate_hz })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_the_keys_around_and_the_length_that_belongs_to_their_pitch() {
        let note = NoteSound { name: "flute_3_60".into(), samples: vec![0.1; 7200], sample_rate_hz: 44_100 };
        let copies: Vec<(String, usize)> =
            transposed(&note).map(|copy| (copy.name, copy.samples.len())).collect();
        let expected =
            [("flute_3_58", 8100), ("flute_3_59", 7624), ("flute_3_61", 6800), ("flute_3_62", 6400)];
        assert_eq!(
            copies.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            expected.map(|(name, _)| name)
        );
        for ((_, length), (name, wanted)) in copies.iter().zip(expected) {
            assert!(length.abs_diff(wanted) < 16, "{name}: {length}");
        }
        let unnamed = NoteSound { name: "flute".into(), ..note };
        assert_eq!(transposed(&unnamed).count(), 0);
    }
}
