//! Promise: the constant-Q transform shows a tone in its bin, with its level, at its time.

use std::f64::consts::TAU;

use crate::common::{RATE_HZ, noise};
use proptest::prelude::*;
use spectral::{ConstantQ, ConstantQLayout, SpectralError};

fn sine(frequency_hz: f64, samples: usize) -> Vec<f32> {
    (0..samples).map(|n| (TAU * frequency_hz * n as f64 / f64::from(RATE_HZ)).sin() as f32).collect()
}

fn strongest(frame: &[f32]) -> usize {
    (0..frame.len()).max_by(|&a, &b| frame[a].total_cmp(&frame[b])).expect("bins")
}

#[test]
fn a_tone_is_in_its_bin_with_its_level() {
    let transform = ConstantQ::new(ConstantQLayout::default(), RATE_HZ).expect("it fits");
    for bin in [48, 144, 192, 383] {
        let magnitudes = transform.analyze(&sine(transform.frequency_hz(bin), 100_000)).magnitudes();
        assert_eq!((magnitudes.bins(), magnitudes.count()), (384, 782));
        let frame = magnitudes.iter().nth(390).expect("the middle");
        assert_eq!(strongest(frame), bin);
        assert!((frame[bin] - 1.0).abs() < 0.01, "{}", frame[bin]);
        assert!(frame[bin - 4] < 0.01, "neighbours are quiet: {}", frame[bin - 4]);
    }
}

#[test]
fn values_are_those_of_windows_over_the_sound() {
    let transform = ConstantQ::new(ConstantQLayout::default(), RATE_HZ).expect("it fits");
    let sound = noise(60_000);
    let frames = transform.analyze(&sound);
    for (index, bin) in [(200, 200), (150, 260), (300, 340)] {
        let frequency_hz = transform.frequency_hz(bin);
        let window = f64::from(RATE_HZ) / frequency_hz / ((1.0_f64 / 48.0).exp2() - 1.0);
        let (mut re, mut im) = (0.0, 0.0);
        for (n, &sample) in sound.iter().enumerate() {
            let place = (n as f64 - (128 * index) as f64) / window;
            if place.abs() < 0.5 {
                let weight = (1.0 + (TAU * place).cos()) / window * f64::from(sample);
                // Relative to the middle of the frame.
                let (s, c) =
                    (TAU * frequency_hz * (n as f64 - (128 * index) as f64) / f64::from(RATE_HZ)).sin_cos();
                (re, im) = (re + 2.0 * weight * c, im - 2.0 * weight * s);
            }
        }
        let found = frames.iter().nth(index).expect("a frame")[bin];
        let error = ((f64::from(found.re) - re).powi(2) + (f64::from(found.im) - im).powi(2)).sqrt();
        assert!(error < 1e-3 * (re * re + im * im).sqrt().max(0.01), "bin {bin}: {found} for {re} + {im} i");
    }
}

#[test]
fn a_tone_begins_when_it_begins() {
    let transform = ConstantQ::new(ConstantQLayout::default(), RATE_HZ).expect("it fits");
    let mut sound = vec![0.0; 44_100];
    sound.extend(sine(transform.frequency_hz(300), 44_100));
    let magnitudes = transform.analyze(&sound).magnitudes();
    let level =
        |second: f32| magnitudes.iter().nth((second * RATE_HZ / 128.0) as usize).expect("a frame")[300];
    assert!(level(0.9) < 1e-3 && level(1.1) > 0.98, "{} {}", level(0.9), level(1.1));
}

#[test]
fn silence_is_silent_and_what_does_not_fit_is_told() {
    let transform = ConstantQ::new(ConstantQLayout::default(), RATE_HZ).expect("it fits");
    assert!(transform.analyze(&[0.0; 3000]).magnitudes().values().iter().all(|&value| value == 0.0));
    assert_eq!(transform.analyze(&[]).count(), 0);
    let too_high = ConstantQLayout { bins: 480, ..ConstantQLayout::default() };
    assert!(matches!(ConstantQ::new(too_high, RATE_HZ), Err(SpectralError::ConstantQ { .. })));
    let none = ConstantQLayout { bins: 0, ..ConstantQLayout::default() };
    assert!(matches!(ConstantQ::new(none, RATE_HZ), Err(SpectralError::ConstantQ { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_sound_has_finite_values(
        sound in prop::collection::vec(prop_oneof![4 => -1.0..1.0_f32, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY)], 0..900),
        hop in 1..300_usize,
    ) {
        let layout = ConstantQLayout { lowest_hz: 500.0, bins_per_octave: 12, bins: 40, hop };
        let frames = ConstantQ::new(layout, RATE_HZ).expect("it fits").analyze(&sound);
        prop_assert!(frames.values().iter().all(|value| value.re.is_finite() && value.im.is_finite()));
    }
}
