//! Promise: the output is finite for any input.

use crate::common::{BLOCK, RATE_HZ, through_phases, through_tones};
use proptest::prelude::*;
use spectral::{
    FrameLayout, Lookahead, PhaseSynthesizer, ToneFeatureMap, ToneFeatures, ToneFrame, ToneSynthesizer,
};

/// Any number, and often a special one.
fn any_sample() -> impl Strategy<Value = f32> {
    prop_oneof![
        4 => -1.0..1.0_f32,
        1 => any::<f32>(),
        1 => prop::sample::select(vec![0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, 1e-40]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_sound_becomes_a_finite_one(sound in prop::collection::vec(any_sample(), 0..3000), late in any::<bool>()) {
        let lookahead = if late { Lookahead::OneFrame } else { Lookahead::Causal };
        let layout = FrameLayout::new(512, 64).expect("it fits");
        let live = through_phases(&sound, layout, lookahead, BLOCK, 8);
        prop_assert!(live.iter().all(|sample| sample.is_finite()));
    }

    #[test]
    fn any_magnitudes_become_a_finite_sound(values in prop::collection::vec(any_sample(), 0..2000)) {
        let layout = FrameLayout::new(512, 64).expect("it fits");
        let mut synthesizer = PhaseSynthesizer::new(layout, BLOCK, Lookahead::Causal).expect("it fits");
        let mut block = [0.0; BLOCK];
        for frame in values.chunks(257) {
            synthesizer.begin_frame(frame);
            synthesizer.render_block(&mut block);
            prop_assert!(block.iter().all(|sample| sample.is_finite()));
        }
    }

    #[test]
    fn any_sound_becomes_a_finite_tone(sound in prop::collection::vec(any_sample(), 0..3000)) {
        let live = through_tones(&sound, FrameLayout::new(512, 64).expect("it fits"), BLOCK, 8);
        prop_assert!(live.iter().all(|sample| sample.is_finite()));
    }

    #[test]
    fn any_features_become_a_finite_sound(
        values in prop::collection::vec(any_sample(), 106),
        scale in prop::sample::select(vec![1.0, 100.0, 1e4]),
    ) {
        let layout = FrameLayout::default();
        let map = ToneFeatureMap::new(layout, RATE_HZ).expect("a usual rate");
        let features = ToneFeatures {
            envelope_db: std::array::from_fn(|n| values[n] * scale),
            noise_db: std::array::from_fn(|n| values[64 + n] * scale),
            level_db: values[104] * scale,
            frequency_hz: values[105] * scale,
        };
        let mut frame = ToneFrame::default();
        map.frame(&features, &mut frame);
        let mut synthesizer = ToneSynthesizer::new(layout, BLOCK, RATE_HZ).expect("it fits");
        let mut block = [0.0; BLOCK];
        for index in 0..12 {
            if index % 4 == 0 {
                synthesizer.begin_frame(&frame);
            }
            synthesizer.render_block(&mut block);
            prop_assert!(block.iter().all(|sample| sample.is_finite()), "{block:?}");
        }
    }
}
