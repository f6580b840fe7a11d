//! Promises of the models in models/timbre/: they load, name their domain and their sources, are small, order their axes;
//! a sung-like tone keeps pitch and level on its way through each, and sounds different in each.

use frame_model::{FrameModel, transferred};
use spectral::{FrameLayout, MelBands, ShortTimeFourier, analyze_tone, band_difference_db};
use std::f32::consts::TAU;
use std::path::Path;

const DOMAINS: [&str; 4] = ["strings", "voices", "winds", "brass"];
const RATE_HZ: f32 = 44_100.0;

fn model(domain: &str) -> FrameModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../models/timbre/{domain}.frames"));
    let bytes = std::fs::read(path).expect("it is shipped");
    assert!(bytes.len() < 400_000, "{domain}: {} bytes", bytes.len());
    FrameModel::from_bytes(&bytes).expect("our own file")
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
        for source in ["MuseScore_General_Full", "Frank Wen", "Permission is hereby granted"] {
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
