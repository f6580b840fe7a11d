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
    use patch::{Parameter, Patch};

    #[test]
    fn node() {
        let mut patch = Patch::default();
        patch.set(Parameter::ReverbWet, 0.5);
        patch.set(Parameter::DistortionCrunch, 0.5);
        let controls = Controls::new(&patch);
        crate::testing::assert_node(effects(8000.0), |effects, _, _| begin_block(effects, &controls));
    }
}
