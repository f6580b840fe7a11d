//! The voice's amplifier (VCA): envelope × velocity × tremolo × volume, softened by a one-pole.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U1, U3};

use crate::numeric::{PI, cut_subnormal};
use crate::smoother::Smoother;

/// What is constant during a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmplifierBlock {
    /// Velocity of the key, 0…1.
    pub velocity: f32,
    /// How much the velocity counts, 0…1.
    pub velocity_sensitivity: f32,
    /// How much the LFO counts, 0…1.
    pub tremolo: f32,
    /// Gain, 0…1.
    pub volume: f32,
}

/// Below this the amplifier of a voice whose envelope is off counts as silent.
const SILENCE: f32 = 1e-7;

/// The amplifier. As a node: inputs signal, envelope (0…1) and LFO (−1…1); one output.
#[derive(Clone, Debug)]
pub struct Amplifier {
    sample_rate_hz: f32,
    velocity: f32,
    velocity_sensitivity: Smoother,
    tremolo: Smoother,
    /// Starts at 0 with the voice: the first note of every voice fades in (amSynth).
    volume: Smoother,
    /// Coefficient of the one-pole.
    keep: f32,
    kept: f32,
}

impl Amplifier {
    /// An amplifier that has not sounded yet.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            velocity: 0.0,
            velocity_sensitivity: Smoother::new(1.0),
            tremolo: Smoother::new(0.0),
            volume: Smoother::new(0.0),
            keep: std::f32::consts::E.powf(-(PI / 2.0) * (4000.0 / sample_rate_hz).min(0.5)),
            kept: 0.0,
        }
    }

    /// The settings of the frames to come.
    pub fn begin_block(&mut self, block: &AmplifierBlock) {
        self.velocity = block.velocity;
        self.velocity_sensitivity.begin_block(block.velocity_sensitivity);
        self.tremolo.begin_block(block.tremolo);
        self.volume.begin_block(block.volume);
        self.kept = cut_subnormal(self.kept);
    }

    /// Velocity sensitivity and tremolo go to their targets at once; the volume does not.
    pub fn jump(&mut self, block: &AmplifierBlock) {
        self.velocity_sensitivity.jump(block.velocity_sensitivity);
        self.tremolo.jump(block.tremolo);
    }

    /// Whether nothing is left of the last note, once its envelope is off.
    pub fn is_silent(&self) -> bool {
        self.kept < SILENCE
    }

    /// Whether the LFO changes anything in the frames to come.
    pub fn listens_to_lfo(&self) -> bool {
        !(self.tremolo.value() == 0.0 && self.tremolo.settled())
    }

    #[inline(always)]
    fn amplify(&mut self, signal: f32, envelope: f32, lfo: f32) -> f32 {
        // amSynth steps this smoother twice per frame.
        let insensitive = 1.0 - self.velocity_sensitivity.step();
        let sensitivity = insensitive + self.velocity * self.velocity_sensitivity.step();
        let depth = self.tremolo.step();
        let tremolo = (lfo * 0.5 + 0.5) * depth + 1.0 - depth;
        let gain = envelope * sensitivity * tremolo * self.volume.step();
        self.soften(signal, gain)
    }

    #[inline(always)]
    fn soften(&mut self, signal: f32, gain: f32) -> f32 {
        let gain = gain * (1.0 - self.keep) + self.kept;
        self.kept = gain * self.keep;
        signal * gain
    }
}

impl AudioNode for Amplifier {
    const ID: u64 = 1006;
    type Inputs = U3;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::new(self.sample_rate_hz);
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, input: &Frame<f32, U3>) -> Frame<f32, U1> {
        [self.amplify(input[0], input[1], input[2])].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let signal = &input.channel_f32(0)[..size];
        let envelope = &input.channel_f32(1)[..size];
        let lfo = &input.channel_f32(2)[..size];
        let output = &mut output.channel_f32_mut(0)[..size];
        let constant = self.velocity_sensitivity.settled() && self.volume.settled() && !self.listens_to_lfo();
        if constant {
            let sensitivity = self.velocity_sensitivity.value();
            let sensitivity = 1.0 - sensitivity + self.velocity * sensitivity;
            let volume = self.volume.value();
            for i in 0..size {
                output[i] = self.soften(signal[i], envelope[i] * sensitivity * volume);
            }
        } else {
            for i in 0..size {
                output[i] = self.amplify(signal[i], envelope[i], lfo[i]);
            }
        }
    }
}
