//! A sound to be matched, and the kept sounds of the presets: each is refused by a sentence, or keeps its limits.

use matching::{KnownSounds, LONGEST_S, SHORTEST_S, Target};

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let Some(input) = crate::structured::<(u32, bool, Vec<f32>, &[u8])>(bytes) else { return };
    let (rate, is_stereo, samples, file) = input;
    let halves = samples.split_at(samples.len() / 2);
    let channels = if is_stereo { vec![halves.0, halves.1] } else { vec![&samples[..]] };
    match Target::new(&channels, rate) {
        Ok(target) => {
            let note = target.note();
            assert!((SHORTEST_S * 0.9..=LONGEST_S).contains(&note.length_s), "{note:?}");
            assert!(
                note.key < 128 && note.bend_cents.abs() <= 50.0 && note.held_s <= note.length_s,
                "{note:?}"
            );
            assert!(target.samples().iter().all(|sample| sample.is_finite()));
        }
        Err(error) => assert!(error.to_string().chars().count() < 300, "{error}"),
    }
    for presets in 0..3 {
        if let Ok(known) = KnownSounds::from_bytes(file, presets) {
            assert_eq!(known.sounds().len(), presets);
        }
    }
}
