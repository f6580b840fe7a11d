//! The effects after the sum of all voices, in order: distortion → pan → reverb → limiter, as one fundsp
//! pipe.

use fundsp::audionode::Pipe;

use crate::controls::ControlValues;
use crate::distortion::Distortion;
use crate::limiter::Limiter;
use crate::pan::Pan;
use crate::reverb::Reverb;

/// The chain. As a node: one input (the sum of the voices), outputs left and right.
pub type EffectChain = Pipe<Pipe<Pipe<Distortion, Pan>, Reverb>, Limiter>;

/// A chain in its initial state.
pub fn effects(sample_rate_hz: f32) -> EffectChain {
    let stereo = Pipe::new(Distortion::default(), Pan::default());
    Pipe::new(Pipe::new(stereo, Reverb::new(sample_rate_hz)), Limiter::new(sample_rate_hz))
}

/// Sets the settings of the next block.
pub fn begin_block(effects: &mut EffectChain, controls: &ControlValues) {
    let before_limiter = effects.left_mut();
    before_limiter.right_mut().begin_block(&controls.reverb);
    before_limiter.left_mut().left_mut().begin_block(controls.crunch);
}

/// Advances by a block of `frames` frames of silence without computing samples, if the output is silent
/// too; otherwise changes nothing and returns `false`.
pub fn skip_silence(effects: &mut EffectChain, controls: &ControlValues, frames: usize) -> bool {
    if !reverb(effects).is_empty() {
        return false;
    }
    begin_block(effects, controls);
    effects.left_mut().left_mut().left_mut().skip_silence(frames);
    reverb(effects).skip_silence(frames);
    effects.right_mut().skip_silence(frames);
    true
}

/// The chain's pan.
pub fn pan(effects: &mut EffectChain) -> &mut Pan {
    effects.left_mut().left_mut().right_mut()
}

/// The chain's reverb.
pub fn reverb(effects: &mut EffectChain) -> &mut Reverb {
    effects.left_mut().right_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fundsp::audionode::AudioNode;
    use fundsp::buffer::BufferArray;
    use fundsp::typenum::{U1, U2};
    use patch::{Parameter, Patch};

    #[test]
    fn node() {
        let mut patch = Patch::default();
        patch.set(Parameter::ReverbWet, 0.5);
        patch.set(Parameter::DistortionCrunch, 0.5);
        let controls = ControlValues::new(&patch);
        crate::testing::assert_node(effects(8000.0), |effects, _, _| begin_block(effects, &controls));
    }

    #[test]
    fn skipping_silence_equals_processing_it() {
        let mut patch = Patch::default();
        patch.set(Parameter::ReverbWet, 0.5);
        patch.set(Parameter::DistortionCrunch, 0.5);
        let controls = ControlValues::new(&patch);
        let mut chains = [effects(4000.0), effects(4000.0)];
        let process = |chain: &mut EffectChain, sample: f32| {
            let (mut input, mut output) = (BufferArray::<U1>::new(), BufferArray::<U2>::new());
            input.channel_f32_mut(0).fill(sample);
            begin_block(chain, &controls);
            chain.process(64, &input.buffer_ref(), &mut output.buffer_mut());
            [0, 1].map(|channel| output.channel_f32(channel).to_vec())
        };
        // In the first round the smoothers move; in the second the limiter has the peak of a loud sound.
        let mut skipped = 0;
        for round in 0..2 {
            for _ in 0..3000 {
                let [processing, skipping] = &mut chains;
                let silence = process(processing, 0.0);
                if skip_silence(skipping, &controls, 64) {
                    skipped += 1;
                    assert_eq!(silence, [vec![0.0; 64], vec![0.0; 64]]);
                } else {
                    assert_eq!(process(skipping, 0.0), silence);
                }
            }
            assert!(skipped > 1000 * (round + 1), "{skipped}");
            let [one, other] = &mut chains;
            assert_eq!(process(one, 0.9), process(other, 0.9));
        }
    }
}
