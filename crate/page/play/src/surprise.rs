//! The sound that “Surprise me” plays: a known preset that is heard at once at its register and is no noise, and not
//! one of the last. The caller provides the seed; the same seed and the same surprises before give the same sound.

use patch::Parameter::{AmpAttack, AmpDecay, AmpSustain};
use patch::Patch;
use plane::Tag;
use plane::tags::noise_share;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use word_search::Property;

use crate::known_sounds::SearchedSounds;
use crate::library::Library;

/// How many surprises must pass before one may return.
const LATELY: usize = 64;
/// A sound that begins more slowly is hardly heard in the time of a tap; in seconds.
const SLOWEST_ATTACK_S: f32 = 0.3;
/// A struck sound that ends sooner is a click; in seconds.
const SHORTEST_S: f32 = 0.1;
/// A quieter sound is easily missed, in LUFS: a twentieth of the known presets.
const LEAST_LUFS: f32 = -32.0;
/// More noise than this share of the oscillators is a burst.
const MOST_NOISE: f32 = 0.35;

/// The surprises of a visit.
#[derive(Clone, Debug, Default)]
pub struct Surprises {
    /// The rows of the last ones, the oldest first.
    lately: Vec<usize>,
}

impl Surprises {
    /// The next surprise, as a row; none without known sounds. `here`: the row that plays, which surprises nobody.
    pub fn next(
        &mut self,
        library: &Library,
        sounds: &SearchedSounds,
        here: Option<usize>,
        seed: u64,
    ) -> Option<usize> {
        let count = library.known.as_deref()?.len();
        let is_good = |row: &usize| is_good(library, sounds, *row);
        let mut rows: Vec<usize> = (0..count).filter(is_good).collect();
        if rows.is_empty() {
            rows = (0..count).collect();
        }
        // Of few sounds, the oldest return sooner.
        let is_new = |lately: &[usize], row: usize| !lately.contains(&row) && here != Some(row);
        while !self.lately.is_empty() && !rows.iter().any(|&row| is_new(&self.lately, row)) {
            self.lately.remove(0);
        }
        let new: Vec<usize> = rows.iter().copied().filter(|&row| is_new(&self.lately, row)).collect();
        let choices = if new.is_empty() { rows } else { new };
        let row = *choices.get(SmallRng::seed_from_u64(seed).random_range(0..choices.len().max(1)))?;
        self.lately.push(row);
        if self.lately.len() > LATELY {
            self.lately.remove(0);
        }
        Some(row)
    }
}

/// True if a preset sounds well whenever it comes. Recorded tones, which have no patches, always do.
fn is_good(library: &Library, sounds: &SearchedSounds, row: usize) -> bool {
    let Some(patch) = library.presets.as_deref().and_then(|presets| presets.all().get(row)) else {
        return true;
    };
    let kinds = sounds.kinds(row);
    let layer = Property::Loudness.layer().and_then(|name| library.map.as_deref()?.layer(name));
    let loudness = layer.and_then(|layer| library.value(row, layer));
    [Tag::Noise, Tag::Effect, Tag::Drum].into_iter().all(|kind| !kinds.has(kind))
        && is_heard_at_once(patch)
        && noise_share(patch) <= MOST_NOISE
        && loudness.is_none_or(|loudness| loudness.number() >= LEAST_LUFS)
}

/// True if a tap makes a patch sound.
fn is_heard_at_once(patch: &Patch) -> bool {
    let is_held = patch.get(AmpSustain) >= 0.1 || patch.control(AmpDecay) >= SHORTEST_S;
    patch.control(AmpAttack) <= SLOWEST_ATTACK_S && is_held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::register;
    use plane::preset_layers::PresetLayers;
    use plane::{Coordinates, Map, Presets};
    use std::collections::{BTreeMap, BTreeSet};
    use std::rc::Rc;
    use voice::{MAX_BLOCK, Synthesizer};

    const RATE_HZ: f32 = 48_000.0;
    /// The length of a tap, in seconds.
    const TAP_S: f32 = 0.4;
    /// Below this level a tap is easily missed, as an amplitude: −40 dB.
    const AUDIBLE: f32 = 0.01;

    fn shipped(is_measured: bool) -> Library {
        let file = |name: &str| {
            let path = format!("{}/../../../models/{name}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
        };
        let known: Coordinates = serde_json::from_slice(&file("coordinates.json")).unwrap();
        let presets = Presets::for_rows(&file("presets.bin"), known.len()).unwrap();
        let map: Map = serde_json::from_slice(&file("map.json")).unwrap();
        let measured = PresetLayers::of_page(&file("preset_layers.bin"), &known.name).unwrap();
        Library {
            known: Some(Rc::new(known)),
            presets: Some(Rc::new(presets)),
            map: Some(Rc::new(map.with_likelihoods())),
            measured: is_measured.then(|| Rc::new(measured)),
            ..Library::default()
        }
    }

    /// The root mean square of a tap on a key.
    fn tap(patch: &Patch, key: u8) -> f32 {
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        synthesizer.set_patch(patch);
        synthesizer.note_on(key, 100);
        let blocks = (TAP_S * RATE_HZ) as usize / MAX_BLOCK;
        let mut power = 0.0;
        for _ in 0..blocks {
            let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
            synthesizer.render_block(&mut left, &mut right);
            power += left.iter().map(|sample| sample * sample).sum::<f32>();
        }
        (power / (blocks * MAX_BLOCK) as f32).sqrt()
    }

    #[test]
    fn a_thousand_surprises_are_known_presets_that_are_heard_at_their_register() {
        let mut heard = BTreeMap::new();
        for is_measured in [true, false] {
            let library = shipped(is_measured);
            let sounds = SearchedSounds::new(&library);
            let presets = library.presets.clone().unwrap();
            let mut surprises = Surprises::default();
            let mut rows = Vec::new();
            for seed in 0..1000 {
                rows.push(surprises.next(&library, &sounds, rows.last().copied(), seed).unwrap());
            }
            for (number, row) in rows.iter().enumerate() {
                assert!(!rows[number.saturating_sub(LATELY)..number].contains(row), "{row} was there lately");
                assert!(!sounds.kinds(*row).has(Tag::Noise) && noise_share(&presets.all()[*row]) < 0.5);
            }
            let different: BTreeSet<usize> = rows.iter().copied().collect();
            assert!(different.len() > 600, "{}", different.len());
            for row in different {
                let patch = &presets.all()[row];
                let key = register(sounds.kinds(row), Some(patch));
                let level = *heard.entry((row, key)).or_insert_with(|| tap(patch, key));
                assert!(level >= AUDIBLE, "{row} at {key}: {level}");
            }
        }
    }

    #[test]
    fn few_sounds_return_in_turn_and_none_surprise_nobody() {
        assert_eq!(Surprises::default().next(&Library::default(), &SearchedSounds::default(), None, 1), None);
        let known = Coordinates {
            banks: vec!["A".to_owned()],
            name: vec!["One".to_owned(), "Two".to_owned()],
            bank: vec![0; 2],
            index: vec![0, 1],
            x: vec![0.0; 2],
            y: vec![0.0; 2],
            ..Coordinates::default()
        };
        let library = Library { known: Some(Rc::new(known)), ..Library::default() };
        let sounds = SearchedSounds::new(&library);
        let mut surprises = Surprises::default();
        let mut here = None;
        for seed in 0..20 {
            let next = surprises.next(&library, &sounds, here, seed);
            assert!(next.is_some() && next != here);
            here = next;
        }
    }
}
