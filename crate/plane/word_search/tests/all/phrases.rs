//! The evaluation of the search by phrases: of the first ten results of each, how many lie in the right half of every
//! scale that it names, and how many carry the named kind. `EVALUATE=phrases cargo test -p word_search -- --nocapture`
//! prints each phrase.

use std::collections::BTreeMap;

use plane::preset_layers::LAYERS;
use plane::tags::tags;
use plane::{Tag, TagSet};
use word_search::{SoundTable, rank, read};

use crate::shipped::ShippedSounds;
use crate::truth::carries;

/// How many results count.
const FIRST: usize = 10;
/// The least share of results in the right half of a scale, and of those with the right kind.
const LEAST_HALVES: f32 = 0.9;
const LEAST_KINDS: f32 = 0.8;

/// The frozen phrases, which judge, and those by which the words were chosen.
const FROZEN: &str = include_str!("phrases.tsv");
const TUNING: &str = include_str!("tune.tsv");

struct Phrase<'a> {
    language: &'a str,
    text: &'a str,
    kinds: Vec<&'a str>,
    /// Layers and whether the upper half is meant.
    halves: Vec<(&'a str, bool)>,
}

fn phrases(file: &str) -> Vec<Phrase<'_>> {
    let phrase = |line| {
        let [language, text, kinds, halves] =
            <[&str; 4]>::try_from(str::split(line, '\t').collect::<Vec<_>>()).unwrap();
        let half = |text| {
            let (layer, is_upper) = match str::strip_suffix(text, '+') {
                Some(layer) => (layer, true),
                None => (text.strip_suffix('-').unwrap(), false),
            };
            assert!(LAYERS.contains(&layer), "{layer}");
            (layer, is_upper)
        };
        let kinds = kinds.split('|').filter(|kind| !kind.is_empty()).collect();
        Phrase { language, text, kinds, halves: halves.split_whitespace().map(half).collect() }
    };
    file.lines().filter(|line| !line.starts_with('#')).map(phrase).collect()
}

/// The median of each layer. Reverb is 0 or 1: its halves are those without and with it.
fn medians(sounds: &ShippedSounds) -> BTreeMap<&'static str, f32> {
    let median = |number| {
        let mut values: Vec<f32> = sounds.layers.layer(number).collect();
        values.sort_by(f32::total_cmp);
        let is_switch = values.iter().all(|&value| value == 0.0 || value == 1.0);
        if is_switch { 0.5 } else { values[values.len() / 2] }
    };
    LAYERS.iter().enumerate().map(|(number, &layer)| (layer, median(number))).collect()
}

/// The shares of right halves and of right kinds.
fn shares(sounds: &ShippedSounds, file: &str, language: Option<&str>) -> [f32; 2] {
    let medians = medians(sounds);
    let prints = std::env::var_os("EVALUATE").is_some();
    let [mut halves, mut kinds] = [[0, 0]; 2];
    for phrase in phrases(file).iter().filter(|phrase| language.is_none_or(|only| only == phrase.language)) {
        let reading = read(phrase.text, |word| sounds.has_name(word));
        let ranking = rank(sounds, &reading, phrase.text, FIRST, |_| true, true);
        let first = &ranking.rows[..FIRST.min(ranking.rows.len())];
        let (halves_before, kinds_before) = (halves, kinds);
        // Fewer results are worse, not better.
        halves[1] += FIRST * phrase.halves.len();
        kinds[1] += if phrase.kinds.is_empty() { 0 } else { FIRST };
        for &row in first {
            let side = |layer: &str| {
                let difference = sounds.layers.value(layer, row).unwrap() - medians[layer];
                i8::from(difference > 0.0) - i8::from(difference < 0.0)
            };
            for &(layer, is_upper) in &phrase.halves {
                let is_right = if is_upper { side(layer) > 0 } else { side(layer) < 0 };
                halves[0] += usize::from(is_right);
            }
            let name = &sounds.known.name[row];
            let is_right = |kind: &&str| carries(kind, name, sounds.patch(row), &side);
            kinds[0] += usize::from(phrase.kinds.iter().any(is_right));
        }
        if prints {
            let names: Vec<&str> = first.iter().map(|&row| sounds.known.name[row].as_str()).collect();
            println!(
                "{:44} halves {:2}/{:2} kinds {:2}/{:2} whole {:4} {names:?}",
                phrase.text,
                halves[0] - halves_before[0],
                halves[1] - halves_before[1],
                kinds[0] - kinds_before[0],
                kinds[1] - kinds_before[1],
                ranking.whole_count,
            );
        }
    }
    let share = |[right, all]: [usize; 2]| right as f32 / all.max(1) as f32;
    [share(halves), share(kinds)]
}

#[test]
fn the_first_ten_results_are_what_the_phrases_ask_for() {
    let sounds = ShippedSounds::load();
    for (name, file) in [("tuning", TUNING), ("frozen", FROZEN)] {
        for language in ["en", "de"] {
            let [halves, kinds] = shares(&sounds, file, Some(language));
            println!(
                "{name} {language}: {:.1} % right halves, {:.1} % right kinds",
                100.0 * halves,
                100.0 * kinds
            );
            assert!(halves >= LEAST_HALVES && kinds >= LEAST_KINDS, "{name} {language}: {halves} {kinds}");
        }
    }
}

/// Where a name says a kind, the search does not use the sound; the names therefore judge the kinds by sound.
#[test]
fn kinds_by_sound_agree_with_names_at_least_twice_as_often_as_chance() {
    let sounds = ShippedSounds::load();
    let unnamed = vec![TagSet::default(); sounds.count()];
    let heard = tags(&unnamed, &sounds.presets, |row, layer| sounds.layers.value(layer, row));
    let named: Vec<usize> = (0..sounds.count()).filter(|&row| !sounds.said(row).is_empty()).collect();
    for tag in Tag::ALL {
        let said = named.iter().filter(|&&row| sounds.said(row).has(tag)).count();
        let found = named.iter().filter(|&&row| heard[row].has(tag)).count();
        let both = named.iter().filter(|&&row| heard[row].has(tag) && sounds.said(row).has(tag)).count();
        println!("{tag:?}: {said} of {} say it, {found} sound so, {both} do both", named.len());
        assert!(found == 0 || both * named.len() >= 2 * said * found, "{tag:?}");
    }
}
