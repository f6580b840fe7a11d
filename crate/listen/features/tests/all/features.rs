//! The features equal an independent computation of their description: see `golden.py`.

use features::{SPECTRAL_COUNT, spectrum::Spectrum};

/// A decaying saw of 220 Hz for two seconds over noise that grows louder after two and a half, from
/// integers so that it is the same everywhere.
fn signal() -> Vec<f32> {
    let sample = |n: i64| {
        let saw = (n * 220 % 44_100) as f64 / 44_100.0 - 0.5;
        let noise = ((n * n * 7919 + n * 104_729) % 65_537) as f64 / 65_537.0 - 0.5;
        let held = if n < 88_200 { (176_400 - n) as f64 / 176_400.0 * saw * 0.5 } else { 0.0 };
        (held + if n >= 110_250 { 0.01 } else { 0.002 } * noise) as f32
    };
    (0..176_400).map(sample).collect()
}

#[test]
fn the_features_match_an_independent_computation() {
    let golden: Vec<f32> =
        include_str!("../golden.csv").lines().map(|line| line.parse().expect("a number")).collect();
    let measured = Spectrum::new().measure(&signal());
    assert_eq!(golden.len(), SPECTRAL_COUNT);
    for (index, (measured, golden)) in measured.iter().zip(golden).enumerate() {
        assert!((measured - golden).abs() < 2e-3, "feature {index}: {measured}, not {golden}");
    }
}

#[test]
fn silence_and_short_sounds_have_features() {
    let mut spectrum = Spectrum::new();
    for sound in [&[][..], &[0.0; 176_400], &[0.5; 100]] {
        let features = spectrum.measure(sound);
        assert!(features.iter().all(|value| value.is_finite()));
        assert_eq!(features[150], -90.0, "the last segment is silent");
    }
}
