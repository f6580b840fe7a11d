//! Words of envelope and movement find the right sounds, and no text is slow.

use patch::Parameter::{AmpAttack, Osc2Sync};
use word_search::{Property, SoundTable, rank, read};

use crate::shipped::ShippedSounds;

fn first(sounds: &ShippedSounds, text: &str) -> Vec<usize> {
    let reading = read(text, |word| sounds.has_name(word));
    let ranking = rank(sounds, &reading, text, 10, |_| true, true);
    ranking.rows.into_iter().take(10).collect()
}

#[test]
fn words_of_envelope_and_movement_find_sounds_that_have_it() {
    let sounds = ShippedSounds::load();
    for (text, property, is_upper) in [
        ("wobbling bass", Property::Wobble, true),
        ("waberndes Pad", Property::Wobble, true),
        ("tremolo", Property::Tremolo, true),
        ("Vibrato Lead", Property::Vibrato, true),
        ("slow strings", Property::Attack, true),
        ("schnelles Pad", Property::Attack, false),
        ("kurzer Klang", Property::Length, false),
        ("langer Ausklang", Property::Length, true),
        ("static pad", Property::Movement, false),
        ("detuned lead", Property::Detune, true),
        ("verzerrter Bass", Property::Distortion, true),
        ("portamento lead", Property::Glide, true),
        ("metallic bell", Property::Metal, true),
    ] {
        let rows = first(&sounds, text);
        let right = rows.iter().filter(|&&row| sounds.column(property).is_in_half(row, is_upper)).count();
        assert!(right >= 9, "{text}: {right} of {}", rows.len());
    }
    assert!(first(&sounds, "synced lead").iter().all(|&row| sounds.patch(row).get(Osc2Sync) == 1.0));
    let quick = first(&sounds, "short attack");
    assert!(quick.iter().all(|&row| sounds.patch(row).control(AmpAttack) < 0.01));
}

#[test]
fn the_name_of_a_preset_finds_it_first() {
    let sounds = ShippedSounds::load();
    for name in ["Warm Strings", "deep bass 2", "Oldie9", "Slow Strings", "Gong Pad"] {
        let Some(row) = (0..sounds.count()).find(|&row| sounds.name(row) == name.to_lowercase()) else {
            continue;
        };
        assert_eq!(sounds.name(first(&sounds, name)[0]), sounds.name(row));
    }
}

#[test]
fn every_text_has_results_or_no_word_that_anybody_knows() {
    let sounds = ShippedSounds::load();
    for text in [
        "cold quiet dry metallic choir",
        "bass pad bell keys lead",
        "not bass",
        "ohne Hall und ohne Rauschen",
    ] {
        assert_eq!(first(&sounds, text).len(), 10, "{text}");
    }
    for text in ["", "🎹", "\u{0}", "qqqqqq"] {
        assert!(first(&sounds, text).is_empty(), "{text}");
    }
    for text in ["warm ".repeat(2_000), "Streicherflächenklang".repeat(500), "ä".repeat(10_000)] {
        first(&sounds, &text);
    }
}
