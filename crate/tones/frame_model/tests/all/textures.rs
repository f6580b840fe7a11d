//! Promises of textures: the level stays outside of the latent numbers and comes back exactly. Any numbers give
//! finite frames. A live sound gets the samples of a whole one, later by its latency, without allocating. A file
//! gives its model again, and bytes that are no model give an error.

use crate::common::{draw, model, texture_model};
use assert_no_alloc::assert_no_alloc;
use frame_model::{
    BIN_COUNT, FrameModel, FrameModelError, LiveTexture, NoteSound, TextureCoder, TextureLevels,
    TextureModel, TimbreModel, bin_weights, texture_columns, texture_layout,
};
use proptest::prelude::*;
use spectral::{FrameLayout, ShortTimeFourier, SpectralError};
use std::f32::consts::TAU;

const RATE_HZ: f32 = 44_100.0;

/// Three tones that are no harmonics of one another, and noise.
fn chord(rate_hz: f32, samples: usize) -> Vec<f32> {
    let noise = draw(samples, 3);
    let sine = |n: usize, frequency_hz: f32| (TAU * (frequency_hz * n as f32 / rate_hz).fract()).sin();
    (0..samples)
        .map(|n| {
            0.1 * [220.0, 311.1, 523.3].map(|frequency| sine(n, frequency)).iter().sum::<f32>()
                + 0.01 * noise[n]
        })
        .collect()
}

fn power_db(sound: &[f32]) -> f32 {
    10.0 * (sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len() as f32).log10()
}

fn coder(layout: FrameLayout, rate_hz: f32) -> TextureCoder {
    TextureCoder::new(texture_model(8, 32), layout, rate_hz).expect("a usual rate")
}

#[test]
fn the_level_is_the_power_and_comes_back() {
    for rate_hz in [8_000.0, 22_050.0, 44_100.0, 48_000.0, 96_000.0] {
        let layout = texture_layout(rate_hz);
        let sound = chord(rate_hz, layout.window() * 8);
        let mut transform = ShortTimeFourier::new(layout);
        let magnitudes = transform.analyze(&sound).magnitudes();
        let frame = magnitudes.iter().nth(40).expect("there are as many");
        let mut coder = coder(layout, rate_hz);
        let (mut latent, mut decoded) = ([0.0; 8], vec![0.0; layout.bins()]);
        let level_db = coder.encode(frame, &mut latent);
        assert!((level_db - power_db(&sound)).abs() < 1.0, "{level_db} dB at {rate_hz} Hz");
        coder.decode(&latent, level_db, &mut decoded);
        let mut again = [0.0; 8];
        assert!((coder.encode(&decoded, &mut again) - level_db).abs() < 0.01);
    }
}

#[test]
fn neither_level_nor_rate_changes_the_latent_numbers() {
    let numbers = |rate_hz: f32, gain: f32| {
        let layout = texture_layout(rate_hz);
        let sound: Vec<f32> =
            chord(rate_hz, layout.window() * 8).iter().map(|sample| sample * gain).collect();
        let magnitudes = ShortTimeFourier::new(layout).analyze(&sound).magnitudes();
        let mut latent = [0.0; 8];
        coder(layout, rate_hz).encode(magnitudes.iter().nth(40).expect("there are as many"), &mut latent);
        latent
    };
    let usual = numbers(RATE_HZ, 1.0);
    let furthest = |other: [f32; 8]| usual.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(furthest(numbers(RATE_HZ, 0.01)) < 1e-3);
    // Another rate has other noise and another window.
    assert!(furthest(numbers(2.0 * RATE_HZ, 1.0)) < 0.7, "{usual:?} {:?}", numbers(2.0 * RATE_HZ, 1.0));
}

#[test]
fn levels_without_a_network_come_back() {
    let layout = texture_layout(RATE_HZ);
    let magnitudes = ShortTimeFourier::new(layout).analyze(&chord(RATE_HZ, 8_192)).magnitudes();
    let mut levels = TextureLevels::new(layout, RATE_HZ).expect("a usual rate");
    let (mut row, mut made) = ([0.0; BIN_COUNT], vec![0.0; BIN_COUNT]);
    for frame in magnitudes.iter() {
        let level_db = levels.read(frame, &mut row);
        levels.write(&row, level_db, &mut made);
        let loudest = frame.iter().copied().fold(0.0, f32::max);
        for (a, b) in frame.iter().zip(&made) {
            assert!((a - b).abs() < 1e-3 * loudest, "{a} {b}");
        }
    }
    let weights = bin_weights();
    assert!(
        (weights.iter().sum::<f32>() / BIN_COUNT as f32 - 1.0).abs() < 1e-4
            && weights[0] > 10.0 * weights[512]
    );
}

#[test]
fn silence_stays_silent_and_any_numbers_are_finite() {
    let layout = texture_layout(RATE_HZ);
    let mut coder = coder(layout, RATE_HZ);
    let (mut latent, mut decoded) = ([0.0; 8], vec![1.0; BIN_COUNT]);
    let level_db = coder.encode(&[0.0; BIN_COUNT], &mut latent);
    coder.decode(&latent, level_db, &mut decoded);
    assert!(decoded.iter().all(|&magnitude| magnitude == 0.0));
    let odd = [f32::NAN, f32::INFINITY, -1e30, 0.0, 1e4, 1e30];
    for latent in [&odd[..], &odd[2..], &[]] {
        for level_db in odd {
            coder.decode(latent, level_db, &mut decoded);
            assert!(decoded.iter().all(|magnitude| magnitude.is_finite()));
        }
    }
    for frame in [&odd[..], &[], &[f32::MAX; 2_000]] {
        coder.encode(frame, &mut latent);
        assert!(latent.iter().all(|number| number.is_finite()));
    }
}

#[test]
fn a_live_sound_gets_the_samples_of_a_whole_one() {
    let model = texture_model(8, 32);
    for (rate_hz, block) in [(44_100.0, 64), (48_000.0, 128), (96_000.0, 64)] {
        let sound = chord(rate_hz, 128 * 150);
        let whole = TimbreModel::Textures(model.clone());
        let frames = whole.encode(&sound, rate_hz).expect("a usual rate");
        let wanted = whole.decode(&frames, rate_hz, sound.len()).expect("a usual rate");
        let mut live = LiveTexture::new(model.clone(), rate_hz, block).expect("it divides the hop");
        let mut played = sound.clone();
        // An allocation in here aborts the test.
        assert_no_alloc(|| played.chunks_exact_mut(block).for_each(|block| live.render(block, |_, _| ())));
        let late = live.latency();
        assert!((late as f32) < 0.025 * rate_hz, "{late} at {rate_hz} Hz");
        for (a, b) in wanted.iter().zip(&played[late..]) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
        assert!((power_db(&played[late + 4_096..]) - power_db(&sound[4_096..])).abs() < 3.0);
    }
    assert!(matches!(LiveTexture::new(model.clone(), RATE_HZ, 100), Err(SpectralError::Block { .. })));
    assert!(matches!(LiveTexture::new(model, 7_000.0, 64), Err(SpectralError::SampleRate { .. })));
}

#[test]
fn a_changed_level_is_heard() {
    let sound = chord(RATE_HZ, 128 * 100);
    let loudness = |change_db: f32| {
        let mut live = LiveTexture::new(texture_model(4, 16), RATE_HZ, 64).expect("it divides the hop");
        let mut played = sound.clone();
        played.chunks_exact_mut(64).for_each(|block| live.render(block, |_, level| *level += change_db));
        power_db(&played[4_096..])
    };
    assert!((loudness(-20.0) - loudness(0.0) + 20.0).abs() < 0.1);
}

#[test]
fn transfers_move_nothing_at_strength_0_but_phases() {
    let whole = TimbreModel::Textures(texture_model(8, 32));
    let sound = chord(RATE_HZ, 20_000);
    let mut transform = ShortTimeFourier::new(texture_layout(RATE_HZ));
    let moved = whole.transferred(&sound, RATE_HZ, 0.0).expect("a usual rate");
    let [a, b] = [&sound, &moved].map(|sound| transform.analyze(sound).magnitudes());
    let convergence_db = spectral::spectral_convergence_db(&a, &b);
    assert!(convergence_db < -12.0, "{convergence_db} dB");
    assert_ne!(whole.transferred(&sound, RATE_HZ, 1.0).expect("a usual rate"), moved);
    assert!(whole.transferred(&sound, 5.0, 1.0).is_err() && whole.encode(&sound, 5.0).is_err());
}

#[test]
fn loud_frames_are_learned_from() {
    let mut samples = chord(RATE_HZ, 22_050);
    samples.resize(44_100, 0.0);
    let mut sound = NoteSound { name: "chord_0_57".into(), samples, sample_rate_hz: 44_100 };
    let rows = texture_columns(&sound, 1_000).expect("a usual rate");
    assert!((150..200).contains(&rows.len()), "{} of 345 frames", rows.len());
    assert_eq!(texture_columns(&sound, 48).expect("a usual rate").len(), 48);
    sound.samples.fill(0.0);
    assert_eq!(texture_columns(&sound, 48).expect("a usual rate").len(), 0);
    sound.sample_rate_hz = 5;
    assert!(matches!(texture_columns(&sound, 48), Err(SpectralError::SampleRate { .. })));
}

#[test]
fn a_file_gives_its_model_again_and_says_its_kind() {
    let textures = texture_model(8, 24);
    let bytes = textures.to_bytes();
    let again = TextureModel::from_bytes(&bytes).expect("our own file");
    assert_eq!(again.to_bytes(), bytes, "the rounding is final");
    assert_eq!(again.parts().axes, textures.parts().axes);
    let tones = model(8, 24).to_bytes();
    assert_eq!(FrameModel::from_bytes(&bytes), Err(FrameModelError::Texture));
    assert_eq!(TextureModel::from_bytes(&tones), Err(FrameModelError::Tones));
    assert!(matches!(TimbreModel::from_bytes(&bytes), Ok(TimbreModel::Textures(_))));
    assert!(matches!(TimbreModel::from_bytes(&tones), Ok(TimbreModel::Tones(_))));
    assert_eq!(TimbreModel::from_bytes(b"RIFF"), Err(FrameModelError::NoModel));
    for length in 0..bytes.len() {
        let error = TimbreModel::from_bytes(&bytes[..length]).expect_err("it is cut off");
        assert!(matches!(error, FrameModelError::TooShort | FrameModelError::NoModel), "{length}: {error}");
    }
    let parts = model(8, 24);
    assert!(
        matches!(TextureModel::new(parts), Err(FrameModelError::Damaged { .. })),
        "tones are no textures"
    );
}

#[test]
fn the_shipped_model_is_small_and_names_its_source() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/timbre/textures.frames");
    let bytes = std::fs::read(path).expect("it is shipped");
    assert!(bytes.len() < 420_000, "{} bytes", bytes.len());
    let model = TextureModel::from_bytes(&bytes).expect("our own file");
    let parts = model.parts();
    assert_eq!((parts.domain.name.as_str(), parts.latents()), ("textures", 8));
    assert!(parts.domain.notices.contains("amsynth 1.13.2"));
    assert!(parts.axes.is_sorted_by(|a, b| a.share >= b.share));
}

proptest! {
    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = texture_model(2, 4).to_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(model) = TextureModel::from_bytes(&bytes) {
            let mut coder = TextureCoder::new(model, texture_layout(RATE_HZ), RATE_HZ).expect("a usual rate");
            let (mut latent, mut frame) = ([0.0; 8], [1.0; BIN_COUNT]);
            let level_db = coder.encode(&frame, &mut latent);
            coder.decode(&latent, level_db, &mut frame);
            prop_assert!(latent.iter().chain(&frame).all(|value| value.is_finite()));
        }
    }
}
