//! Promise: for any input the analysis returns finite values or an error and never panics; the values of a
//! sound do not depend on its level or on sounds before it.

use proptest::prelude::*;
use timbre::{Analyzer, Descriptor, Descriptors, TimbreError, analyze, analyze_stereo};

const RATE_HZ: u32 = 44_100;

fn tone(hz: f32, seconds: f32, level: f32) -> Vec<f32> {
    let count = (seconds * RATE_HZ as f32) as usize;
    (0..count).map(|n| level * (std::f32::consts::TAU * hz * n as f32 / RATE_HZ as f32).sin()).collect()
}

fn all_finite(descriptors: &Descriptors) -> bool {
    descriptors.scales().iter().all(|value| value.is_finite())
}

#[test]
fn a_sound_that_cannot_be_analysed_is_refused_with_the_reason() {
    assert_eq!(analyze(&[0.0; 44_100], RATE_HZ), Err(TimbreError::Silent));
    assert_eq!(analyze(&tone(440.0, 1.0, 1e-6), RATE_HZ), Err(TimbreError::TooQuiet));
    assert_eq!(analyze(&[], RATE_HZ), Err(TimbreError::TooShort { samples: 0, least: 2048 }));
    assert_eq!(analyze(&[0.5; 2047], RATE_HZ), Err(TimbreError::TooShort { samples: 2047, least: 2048 }));
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut samples = tone(440.0, 1.0, 0.5);
        samples[7] = value;
        assert_eq!(analyze(&samples, RATE_HZ), Err(TimbreError::NotFinite { position: 7 }));
    }
    for sample_rate_hz in [0, 7_999, 192_001, u32::MAX] {
        assert_eq!(analyze(&[0.5; 44_100], sample_rate_hz), Err(TimbreError::SampleRate { sample_rate_hz }));
    }
    let error = analyze_stereo(&[0.5; 4096], &[0.5; 4095], RATE_HZ).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the left channel has 4096 samples and the right one 4095; give both the same length"
    );
    let opposed: Vec<f32> = tone(440.0, 1.0, 0.5).iter().map(|sample| -sample).collect();
    assert_eq!(analyze_stereo(&tone(440.0, 1.0, 0.5), &opposed, RATE_HZ), Err(TimbreError::Silent));
}

#[test]
fn values_do_not_depend_on_earlier_sounds() {
    let mut analyzer = Analyzer::new(RATE_HZ).unwrap();
    let sound = tone(220.0, 1.5, 0.5);
    let first = analyzer.analyze(&sound).unwrap();
    analyzer.analyze(&tone(3_000.0, 4.0, 0.9)).unwrap();
    analyzer.analyze(&tone(80.0, 0.1, 0.2)).unwrap();
    assert_eq!(analyzer.analyze(&sound).unwrap(), first);
    assert_eq!(analyze(&sound, RATE_HZ).unwrap(), first);
}

#[test]
fn equal_channels_have_the_values_of_the_mono_sound() {
    let sound = tone(220.0, 1.0, 0.3);
    let (mono, stereo) =
        (analyze(&sound, RATE_HZ).unwrap(), analyze_stereo(&sound, &sound, RATE_HZ).unwrap());
    for descriptor in Descriptor::ALL {
        assert!((mono.get(descriptor) - stereo.get(descriptor)).abs() < 1e-3, "{}", descriptor.name());
    }
}

#[test]
fn the_scales_rise_in_the_direction_of_their_labels() {
    let low = analyze(&tone(80.0, 2.0, 0.5), RATE_HZ).unwrap();
    let high = analyze(&tone(5_000.0, 2.0, 0.5), RATE_HZ).unwrap();
    assert!(high.brightness > low.brightness + 30.0 && high.sharpness > low.sharpness + 30.0);
    assert!(
        low.depth > high.depth + 30.0 && low.boominess > high.boominess + 30.0 && low.warmth > high.warmth
    );
    let beating: Vec<f32> =
        tone(1_000.0, 2.0, 0.5).iter().zip(tone(1_070.0, 2.0, 0.5)).map(|(a, b)| 0.5 * (a + b)).collect();
    assert!(analyze(&beating, RATE_HZ).unwrap().roughness > 30.0);
    assert_eq!(high.roughness, 0.0);
}

#[test]
fn clipping_limits_the_scales_to_0_to_100() {
    let values = analyze(&tone(10_000.0, 1.0, 0.5), RATE_HZ).unwrap();
    assert!(values.boominess < 0.0 && values.sharpness > 100.0);
    let clipped = values.clipped();
    assert_eq!((clipped.boominess, clipped.sharpness), (0.0, 100.0));
    assert_eq!(clipped.brightness, values.brightness);
}

#[test]
fn every_descriptor_is_found_by_its_name() {
    for descriptor in Descriptor::ALL {
        assert_eq!(Descriptor::from_name(descriptor.name()), Some(descriptor));
    }
    assert_eq!(Descriptor::from_name("loudness"), None);
}

/// A sound of a few segments: constants, tones, noise and silence, of any level.
fn sound() -> impl Strategy<Value = Vec<f32>> {
    let piece =
        (0_usize..6_000, 0_u8..4, 1e-9_f32..10.0, 1.0_f32..20_000.0).prop_map(|(count, kind, level, hz)| {
            let mut state = hz.to_bits();
            (0..count)
                .map(|n| match kind {
                    0 => 0.0,
                    1 => level,
                    2 => level * (std::f32::consts::TAU * hz * n as f32 / RATE_HZ as f32).sin(),
                    _ => {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        level * (state as f32 / u32::MAX as f32 - 0.5)
                    }
                })
                .collect::<Vec<f32>>()
        });
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sound_gives_finite_values_or_an_error(samples in sound()) {
        if let Ok(descriptors) = analyze(&samples, RATE_HZ) {
            prop_assert!(all_finite(&descriptors), "{descriptors:?}");
        }
    }

    #[test]
    fn any_sample_rate_gives_finite_values_or_an_error(samples in sound(), sample_rate_hz in 7_000_u32..193_000) {
        // Only whole hundreds: rates without a common factor with 44.1 kHz need long transforms to resample.
        if let Ok(descriptors) = analyze(&samples, sample_rate_hz / 100 * 100) {
            prop_assert!(all_finite(&descriptors), "{descriptors:?}");
        }
    }

    #[test]
    fn values_do_not_depend_on_the_level(level in 0.01_f32..1.0) {
        let (a, b) = (analyze(&tone(300.0, 0.6, 1.0), RATE_HZ)?, analyze(&tone(300.0, 0.6, level), RATE_HZ)?);
        for descriptor in Descriptor::ALL {
            prop_assert!((a.get(descriptor) - b.get(descriptor)).abs() < 0.02, "{}", descriptor.name());
        }
    }

    #[test]
    fn any_bits_as_samples_never_panic(bits in prop::collection::vec(any::<u32>(), 2048..6000)) {
        let samples: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        let _ = analyze(&samples, RATE_HZ);
        let finite: Vec<f32> = samples.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }).collect();
        if let Ok(descriptors) = analyze(&finite, RATE_HZ) {
            prop_assert!(all_finite(&descriptors), "{descriptors:?}");
        }
    }
}
