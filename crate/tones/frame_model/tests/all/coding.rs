//! Promises: pitch, voicing and level stay outside of the latent numbers and come back exactly. Any numbers give
//! finite frames. The coder never allocates.

use crate::common::{draw, model};
use assert_no_alloc::assert_no_alloc;
use frame_model::{ToneCoder, TonePitch};
use spectral::{FrameLayout, ToneFeatureMap, ToneFrame};

const RATE_HZ: f32 = 44_100.0;

/// A tone with falling harmonics and a little noise.
fn tone_frame(frequency_hz: f32, level: f32) -> ToneFrame {
    let mut frame = ToneFrame { frequency_hz, ..ToneFrame::default() };
    for (index, amplitude) in frame.amplitudes.iter_mut().enumerate() {
        if (index + 1) as f32 * frequency_hz < 18_000.0 {
            *amplitude = level / (index + 1) as f32;
        }
    }
    frame.noise.fill(0.01 * level);
    frame
}

fn coder(latents: usize) -> ToneCoder {
    ToneCoder::new(model(latents, 32), FrameLayout::default(), RATE_HZ).expect("a usual rate")
}

fn level_db(frame: &ToneFrame) -> f32 {
    let map = ToneFeatureMap::new(FrameLayout::default(), RATE_HZ).expect("a usual rate");
    10.0 * map.power(frame).log10()
}

#[test]
fn pitch_and_level_come_back() {
    let mut coder = coder(8);
    let (mut latent, mut decoded) = ([0.0; 8], ToneFrame::default());
    for (frequency_hz, level) in [(110.0, 0.5), (440.0, 0.01), (1500.0, 1e-4)] {
        let frame = tone_frame(frequency_hz, level);
        let pitch = coder.encode(&frame, &mut latent);
        coder.decode(&latent, pitch, &mut decoded);
        assert!(pitch.is_voiced && decoded.frequency_hz == frequency_hz);
        assert!((level_db(&decoded) - level_db(&frame)).abs() < 0.01);
    }
}

#[test]
fn the_level_does_not_change_the_latent_numbers() {
    let mut coder = coder(8);
    let [mut soft, mut loud] = [[0.0; 8]; 2];
    coder.encode(&tone_frame(300.0, 0.01), &mut soft);
    coder.encode(&tone_frame(300.0, 0.5), &mut loud);
    for (a, b) in soft.iter().zip(loud) {
        assert!((a - b).abs() < 1e-3, "{a} {b}");
    }
}

#[test]
fn a_frame_without_pitch_has_no_harmonics_afterwards() {
    let mut coder = coder(4);
    let mut latent = [0.0; 4];
    let mut frame = tone_frame(200.0, 0.3);
    frame.amplitudes.fill(0.0);
    let pitch = coder.encode(&frame, &mut latent);
    let mut decoded = tone_frame(200.0, 0.3);
    coder.decode(&latent, pitch, &mut decoded);
    assert!(!pitch.is_voiced && decoded.amplitudes.iter().all(|&amplitude| amplitude == 0.0));
    assert!((level_db(&decoded) - level_db(&frame)).abs() < 0.01);
}

#[test]
fn silence_stays_silent() {
    let mut coder = coder(4);
    let mut latent = [0.0; 4];
    let pitch = coder.encode(&ToneFrame::default(), &mut latent);
    let mut decoded = tone_frame(200.0, 0.3);
    coder.decode(&latent, pitch, &mut decoded);
    assert!(decoded.amplitudes.iter().chain(&decoded.noise).all(|&level| level == 0.0));
}

#[test]
fn any_numbers_give_finite_frames() {
    let mut coder = coder(3);
    let odd = [f32::NAN, f32::INFINITY, -1e30, 0.0, 1e4];
    let mut decoded = ToneFrame::default();
    for latent in [&odd[..], &odd[1..], &[], &draw(3, 5)] {
        for frequency_hz in odd {
            for level_db in odd {
                coder.decode(latent, TonePitch { frequency_hz, is_voiced: true, level_db }, &mut decoded);
                assert!(decoded.amplitudes.iter().chain(&decoded.noise).all(|level| level.is_finite()));
            }
        }
    }
}

#[test]
fn a_tone_without_a_playable_harmonic_is_silent_and_no_noise_of_its_level() {
    let mut coder = coder(8);
    let latent = [0.0; 8];
    for frequency_hz in [f32::NAN, f32::INFINITY, 0.0, -440.0, 0.46 * RATE_HZ] {
        let mut decoded = tone_frame(200.0, 0.3);
        coder.decode(&latent, TonePitch { frequency_hz, is_voiced: true, level_db: -15.0 }, &mut decoded);
        let levels = decoded.amplitudes.iter().chain(&decoded.noise);
        assert!(levels.copied().all(|level| level == 0.0), "{frequency_hz} Hz: {} dB", level_db(&decoded));
    }
    let mut decoded = ToneFrame::default();
    coder.decode(&latent, TonePitch { frequency_hz: 1e4, is_voiced: true, level_db: -15.0 }, &mut decoded);
    assert!((level_db(&decoded) + 15.0).abs() < 0.01, "with one harmonic it has its level");
}

#[test]
fn nothing_is_allocated() {
    let mut coder = coder(8);
    let (mut latent, mut decoded) = ([0.0; 8], ToneFrame::default());
    let frame = tone_frame(220.0, 0.2);
    assert_no_alloc(|| {
        for _ in 0..10 {
            let pitch = coder.encode(&frame, &mut latent);
            coder.decode(&latent, pitch, &mut decoded);
        }
    });
}
