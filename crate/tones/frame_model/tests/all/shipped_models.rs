//! Promises of the models in models/timbre/: they load, name their domain and their sources, are small, and order
//! their axes. A voice-like tone keeps pitch and level on its way through each, and sounds different in each. A
//! transfer makes tones that no recorded instrument makes more alike than their latent numbers do.

use frame_model::{FrameModel, decode_sound, encode_sound, transferred};
use spectral::{FrameLayout, MelBands, ShortTimeFourier, analyze_tone, band_difference_db};
use std::f32::consts::TAU;
use std::path::Path;

const DOMAINS: [&str; 5] = ["strings", "voices", "winds", "brass", "amsynth"];
/// Words that the notices of each domain must contain about their sources.
const RECORDINGS: [&str; 3] = ["MuseScore_General_Full", "Frank Wen", "Permission is hereby granted"];
const RENDERS: [&str; 3] = ["amsynth 1.13.2", "Nick Dowell", "GPL-2.0-or-later"];
const RATE_HZ: f32 = 44_100.0;

fn model(domain: &str) -> FrameModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../models/timbre/{domain}.frames"));
    let bytes = std::fs::read(path).expect("it is shipped");
    assert!(bytes.len() < 400_000, "{domain}: {} bytes", bytes.len());
    FrameModel::from_bytes(&bytes).expect("our own file")
}

/// A second of 220 Hz with harmonics that fall by so many dB an octave.
fn tone(fall_db: f32) -> Vec<f32> {
    let amplitude = |k: i32| 0.05 * 10.0_f32.powf(-fall_db * (k as f32).log2() / 20.0);
    let harmonic = |k: i32, n: i32| (TAU * (220.0 * k as f32 * n as f32 / RATE_HZ).fract()).sin();
    (0..44_100).map(|n| (1..=30).map(|k| amplitude(k) * harmonic(k, n)).sum()).collect()
}

/// Two seconds that glide from 220 to 330 Hz with a vibrato of 30 cents.
fn glide() -> Vec<f32> {
    let mut turns = 0.0_f32;
    let sample = |n: u32| {
        let time = n as f32 / RATE_HZ;
        let octaves = 0.5 * time * 1.5_f32.log2() + 0.025 * (TAU * 5.5 * time).sin();
        turns = (turns + 220.0 * octaves.exp2() / RATE_HZ).fract();
        0.2 * (1..=20).map(|k| (TAU * (k as f32 * turns).fract()).sin() / (k * k) as f32).sum::<f32>()
    };
    (0..88_200).map(sample).collect()
}

fn level_db(samples: &[f32]) -> f32 {
    10.0 * (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).log10()
}

#[test]
fn each_model_says_what_it_is() {
    let mut fingerprints = Vec::new();
    for domain in DOMAINS {
        let model = model(domain);
        assert_eq!((model.domain.name.as_str(), model.latents()), (domain, 8));
        for source in if domain == "amsynth" { RENDERS } else { RECORDINGS } {
            assert!(model.domain.notices.contains(source), "{domain} does not name {source}");
        }
        assert!(model.axes.is_sorted_by(|a, b| a.share >= b.share), "{domain}");
        assert!(model.axes.iter().all(|axis| axis.low < 0.0 && axis.high > 0.0), "{domain}");
        fingerprints.push(model.domain.fingerprint);
    }
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), DOMAINS.len());
}

#[test]
fn a_tone_keeps_pitch_and_level_and_changes_its_timbre() {
    let layout = FrameLayout::default();
    let sound = glide();
    let original = analyze_tone(&sound, layout, RATE_HZ).expect("a usual rate");
    let mut transform = ShortTimeFourier::new(layout);
    let bands = MelBands::new(80, layout, RATE_HZ);
    let mut made = Vec::new();
    for domain in DOMAINS {
        let moved = transferred(&model(domain), &sound, RATE_HZ, 1.0).expect("a usual rate");
        assert!((level_db(&moved) - level_db(&sound)).abs() < 1.0, "{domain}");
        let frames = analyze_tone(&moved, layout, RATE_HZ).expect("a usual rate");
        let voiced = original.iter().zip(&frames).filter(|((pitch, _), _)| pitch.is_voiced);
        let (mut near, mut all) = (0, 0);
        for ((before, _), (after, _)) in voiced {
            let cents = 1200.0 * (after.frequency_hz / before.frequency_hz).log2();
            all += 1;
            near += usize::from(after.is_voiced && cents.abs() < 20.0);
        }
        assert!(near * 100 >= all * 95, "{domain}: {near} of {all} frames within 20 cents");
        made.push(transform.analyze(&moved).magnitudes());
    }
    for (at, one) in made.iter().enumerate() {
        for other in &made[..at] {
            let difference_db = band_difference_db(one, other, &bands);
            assert!(difference_db > 1.0, "two domains sound alike: {difference_db:.2} dB");
        }
    }
}

#[test]
fn a_transfer_makes_foreign_tones_more_alike_than_their_latent_numbers_do() {
    let layout = FrameLayout::default();
    let bands = MelBands::new(80, layout, RATE_HZ);
    let mut transform = ShortTimeFourier::new(layout);
    // One tone with hardly any overtone, and one with nearly as many as a pulse has.
    let tones = [60.0, 1.0].map(tone);
    let mut sums_db = [0.0; 2];
    // Only the domains of recordings: amSynth's presets have such tones of their own.
    for domain in DOMAINS.into_iter().filter(|&domain| domain != "amsynth") {
        let model = model(domain);
        let mut difference_db = |change: &dyn Fn(&[f32]) -> Vec<f32>| {
            let [a, b] = tones.each_ref().map(|tone| transform.analyze(&change(tone)).magnitudes());
            band_difference_db(&a, &b, &bands)
        };
        let moved_db = difference_db(&|tone| transferred(&model, tone, RATE_HZ, 1.0).expect("a usual rate"));
        let decoded_db = difference_db(&|tone| {
            let frames = encode_sound(&model, tone, RATE_HZ).expect("a usual rate");
            decode_sound(&model, &frames, RATE_HZ, tone.len()).expect("a usual rate")
        });
        assert!(moved_db < decoded_db, "{domain}: {moved_db:.1} dB, {decoded_db:.1} dB");
        sums_db = [sums_db[0] + moved_db, sums_db[1] + decoded_db];
    }
    assert!(sums_db[0] < 0.85 * sums_db[1], "{sums_db:?}");
}
