//! Resampling keeps the sound, and refuses a sample rate of 0 Hz.

use fourier::{resampled, resampled_exactly};

#[test]
fn a_tone_keeps_its_frequency_and_its_length_at_another_rate() {
    let tone = |rate_hz: u32| -> Vec<f64> {
        let angle = std::f64::consts::TAU * 440.0 / f64::from(rate_hz);
        (0..rate_hz / 2).map(|frame| (angle * f64::from(frame)).sin()).collect()
    };
    let (given, expected) = (tone(22_050), tone(44_100));
    let exact = resampled_exactly(&given, 22_050, 44_100).unwrap();
    let single: Vec<f32> = given.iter().map(|&sample| sample as f32).collect();
    let single = resampled(&single, 22_050, 44_100).unwrap();
    assert_eq!((exact.len(), single.len()), (expected.len(), expected.len()));
    // The ends ring: the tone begins and ends at once.
    for frame in 2000..20_000 {
        assert!((exact[frame] - expected[frame]).abs() < 1e-3, "frame {frame}");
        assert!((f64::from(single[frame]) - expected[frame]).abs() < 1e-3, "frame {frame}");
    }
}

#[test]
fn a_rate_of_zero_is_refused() {
    assert!(resampled(&[0.0; 8], 0, 44_100).is_err());
    assert!(resampled_exactly(&[0.0; 8], 44_100, 0).is_err());
}
