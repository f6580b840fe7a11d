//! What all voices share, in order: distortion → pan → reverb → limiter, as one fundsp pipe.

use fundsp::audionode::Pipe;

use crate::controls::Controls;
use crate::distortion::Distortion;
use crate::limiter::Limiter;
use crate::pan::Pan;
use crate::reverb::Reverb;

/// The chain. As a node: one input (the sum of the voices), outputs left and right.
pub type Effects = Pipe<Pipe<Pipe<Distortion, Pan>, Reverb>, Limiter>;

/// A chain that has heard nothing yet.
pub fn effects(sample_rate_hz: f32) -> Effects {
    let stereo = Pipe::new(Distortion::default(), Pan::default());
    Pipe::new(Pipe::new(stereo, Reverb::new(sample_rate_hz)), Limiter::new(sample_rate_hz))
}

/// The settings of the frames to come.
pub fn begin_block(effects: &mut Effects, controls: &Controls) {
    let before_limiter = effects.left_mut();
    before_limiter.right_mut().begin_block(&controls.reverb);
    before_limiter.left_mut().left_mut().begin_block(controls.crunch);
}

/// As [`begin_block`] and `frames` frames of silence, if silence is what comes out of it: nearly free.
/// Otherwise nothing happens, and the answer is `false`.
pub fn rest(effects: &mut Effects, controls: &Controls, frames: usize) -> bool {
    if !reverb(effects).is_empty() {
        return false;
    }
    begin_block(effects, controls);
    effects.left_mut().left_mut().left_mut().rest(frames);
    reverb(effects).rest(frames);
    effects.right_mut().rest(frames);
    true
}

/// The panorama inside the chain.
pub fn pan(effects: &mut Effects) -> &mut Pan {
    effects.left_mut().left_mut().right_mut()
}

/// The reverb inside the chain.
pub fn reverb(effects: &mut Effects) -> &mut Reverb {
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
        let controls = Controls::new(&patch);
        crate::testing::assert_node(effects(8000.0), |effects, _, _| begin_block(effects, &controls));
    }

    #[test]
    fn resting_is_processing_silence() {
        let mut patch = Patch::default();
        patch.set(Parameter::ReverbWet, 0.5);
        patch.set(Parameter::DistortionCrunch, 0.5);
        let controls = Controls::new(&patch);
        let mut chains = [effects(4000.0), effects(4000.0)];
        let process = |chain: &mut Effects, sample: f32| {
            let (mut input, mut output) = (BufferArray::<U1>::new(), BufferArray::<U2>::new());
            input.channel_f32_mut(0).fill(sample);
            begin_block(chain, &controls);
            chain.process(64, &input.buffer_ref(), &mut output.buffer_mut());
            [0, 1].map(|channel| output.channel_f32(channel).to_vec())
        };
        // Fresh, with smoothers on their way; then with the limiter's peak of a loud sound.
        let mut rested = 0;
        for round in 0..2 {
            for _ in 0..3000 {
                let [processing, resting] = &mut chains;
                let silence = process(processing, 0.0);
                if rest(resting, &controls, 64) {
                    rested += 1;
                    assert_eq!(silence, [vec![0.0; 64], vec![0.0; 64]]);
                } else {
                    assert_eq!(process(resting, 0.0), silence);
                }
            }
            assert!(rested > 1000 * (round + 1), "{rested}");
            let [one, other] = &mut chains;
            assert_eq!(process(one, 0.9), process(other, 0.9));
        }
    }
}
