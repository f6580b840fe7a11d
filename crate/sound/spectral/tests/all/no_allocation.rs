//! Promise: after construction live forms never allocate; an audio thread may call everything.

use crate::common::{BLOCK, RATE_HZ, noise, tone};
use assert_no_alloc::assert_no_alloc;
use spectral::{
    FrameLayout, FrameSource, Lookahead, PhaseSynthesizer, ToneEncoder, ToneFeatureMap, ToneFeatures,
    ToneFrame, ToneSynthesizer,
};

#[test]
fn phases_allocate_nothing() {
    let layout = FrameLayout::default();
    let sound = [tone(220.0, 6.0, 20.0, 0.3), noise(8192)].concat();
    for lookahead in [Lookahead::Causal, Lookahead::OneFrame] {
        let mut source = FrameSource::new(layout);
        let mut synthesizer = PhaseSynthesizer::new(layout, BLOCK, lookahead).expect("it fits");
        let mut peak = 0.0_f32;
        // An allocation in here aborts the test.
        assert_no_alloc(|| {
            let mut block = [0.0; BLOCK];
            for samples in sound.chunks_exact(BLOCK) {
                if source.push(samples) {
                    synthesizer.begin_frame(source.magnitudes());
                }
                synthesizer.render_block(&mut block);
                peak = block.iter().fold(peak, |peak, sample| peak.max(sample.abs()));
            }
        });
        assert!(peak > 0.1, "nothing was heard");
    }
}

#[test]
fn tones_and_their_features_allocate_nothing() {
    let layout = FrameLayout::default();
    let sound = [tone(220.0, 6.0, 20.0, 0.3), noise(8192), vec![0.0; 4096]].concat();
    let mut encoder = ToneEncoder::new(layout, RATE_HZ).expect("a usual rate");
    let mut synthesizer = ToneSynthesizer::new(layout, BLOCK, RATE_HZ).expect("it fits");
    let mut map = ToneFeatureMap::new(layout, RATE_HZ).expect("a usual rate");
    let (mut features, mut from_features) = (ToneFeatures::default(), ToneFrame::default());
    let mut peak = 0.0_f32;
    assert_no_alloc(|| {
        let mut block = [0.0; BLOCK];
        for samples in sound.chunks_exact(BLOCK) {
            if let Some(frame) = encoder.push(samples) {
                map.features(frame, &mut features);
                map.frame(&features, &mut from_features);
                synthesizer.begin_frame(&from_features);
            }
            synthesizer.render_block(&mut block);
            peak = block.iter().fold(peak, |peak, sample| peak.max(sample.abs()));
        }
    });
    assert!(peak > 0.1, "nothing was heard");
}
