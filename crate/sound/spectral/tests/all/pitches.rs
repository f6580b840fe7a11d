//! Promise: the pitch of a tone is found within cents, while it moves; noise and silence have no pitch.

use crate::common::{RATE_HZ, noise, tone, vibrato_hz};
use spectral::{FrameLayout, FrameSource, PitchEstimate, PitchTracker, SpectralError};

/// The pitch of each frame, with the time of the frame's middle in seconds.
fn pitches(sound: &[f32]) -> Vec<(f64, PitchEstimate)> {
    let layout = FrameLayout::default();
    let mut source = FrameSource::new(layout);
    let mut tracker = PitchTracker::new(layout.window(), RATE_HZ).expect("a usual rate");
    let mut found = Vec::new();
    for (index, hop) in sound.chunks_exact(layout.hop()).enumerate() {
        source.push(hop);
        let middle = ((index + 1) * layout.hop()) as f64 - layout.window() as f64 / 2.0;
        found.push((middle / f64::from(RATE_HZ), tracker.track(source.samples())));
    }
    found
}

fn cents(frequency_hz: f32, expected_hz: f64) -> f64 {
    1200.0 * (f64::from(frequency_hz) / expected_hz).log2().abs()
}

#[test]
fn a_vibrato_is_followed_within_cents() {
    for frequency_hz in [65.4, 110.0, 196.0, 329.6, 523.3, 880.0, 1568.0, 2637.0] {
        for depth_cents in [0.0, 30.0] {
            let sound = tone(frequency_hz, 6.0, depth_cents, 1.0);
            // Whole frames after the attack.
            let mut errors: Vec<f64> = pitches(&sound)
                .into_iter()
                .filter(|(time, _)| *time > 0.06)
                .map(|(time, pitch)| {
                    assert!(pitch.is_voiced, "{frequency_hz} Hz at {time:.2} s: {pitch:?}");
                    cents(pitch.frequency_hz, vibrato_hz(frequency_hz, depth_cents, time))
                })
                .collect();
            errors.sort_by(f64::total_cmp);
            let [median, most] = [0.5, 0.95].map(|share| errors[(share * errors.len() as f64) as usize]);
            assert!(
                median < 3.0 && most < 8.0,
                "{frequency_hz} Hz, {depth_cents} cents: {median:.1}, {most:.1}"
            );
        }
    }
}

#[test]
fn a_scale_is_followed_without_octave_errors() {
    let keys = [60, 62, 64, 65, 67, 69, 71, 72, 48, 84, 60];
    let sound: Vec<f32> = keys
        .iter()
        .flat_map(|&key| tone(440.0 * (f64::from(key - 69) / 12.0).exp2(), 9.0, 0.0, 0.3))
        .collect();
    let found = pitches(&sound);
    for (index, &key) in keys.iter().enumerate() {
        let expected_hz = 440.0 * (f64::from(key - 69) / 12.0).exp2();
        let middle = 0.3 * index as f64 + 0.2;
        let (_, pitch) = found.iter().find(|(time, _)| *time > middle).expect("a frame");
        assert!(pitch.is_voiced && cents(pitch.frequency_hz, expected_hz) < 5.0, "key {key}: {pitch:?}");
    }
}

#[test]
fn noise_and_silence_have_no_pitch() {
    for sound in [noise(44_100), vec![0.0; 8192], vec![1e-5; 8192]] {
        assert!(pitches(&sound).iter().all(|(_, pitch)| !pitch.is_voiced));
    }
}

#[test]
fn a_constant_offset_does_not_hide_the_pitch() {
    let sound: Vec<f32> = tone(196.0, 6.0, 0.0, 0.5).iter().map(|sample| 0.2 * sample + 0.3).collect();
    for (time, pitch) in pitches(&sound).into_iter().filter(|(time, _)| *time > 0.06) {
        assert!(pitch.is_voiced && cents(pitch.frequency_hz, 196.0) < 8.0, "at {time:.2} s: {pitch:?}");
    }
}

#[test]
fn a_tone_in_noise_keeps_its_pitch() {
    let sound: Vec<f32> =
        tone(220.0, 6.0, 20.0, 1.0).iter().zip(noise(44_100)).map(|(a, b)| a + 0.02 * b).collect();
    let found: Vec<_> = pitches(&sound).into_iter().filter(|(time, _)| *time > 0.06).collect();
    let near = found.iter().filter(|(time, pitch)| {
        pitch.is_voiced && cents(pitch.frequency_hz, vibrato_hz(220.0, 20.0, *time)) < 10.0
    });
    assert!(near.count() * 20 >= found.len() * 19);
}

#[test]
fn a_rate_that_no_sound_has_is_told() {
    for sample_rate_hz in [0.0, -1.0, 4000.0, f32::NAN, 1e6] {
        assert!(matches!(PitchTracker::new(2048, sample_rate_hz), Err(SpectralError::SampleRate { .. })));
    }
}
