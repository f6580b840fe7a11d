//! The voice's amplifier (VCA): envelope × velocity × tremolo × volume, smoothed by a one-pole low-pass.
//! Never reorder its arithmetic: bit equality with amSynth depends on it.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U1, U3};
use math::single;

use crate::lanes::{self, each};
use crate::numeric::PI;
use crate::smoother::{Smoother, SmootherLanes};

/// Settings, constant during a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmplifierBlock {
    /// Velocity of the key, 0…1.
    pub velocity: f32,
    /// Influence of the velocity, 0…1.
    pub velocity_sensitivity: f32,
    /// Depth of the tremolo, 0…1.
    pub tremolo: f32,
    /// Gain, 0…1.
    pub volume: f32,
}

/// Gain below which a voice whose envelope is off counts as silent.
const SILENCE: f32 = 1e-7;

/// The amplifier. As a node: inputs signal, envelope (0…1) and LFO (−1…1); one output.
#[derive(Clone, Debug)]
pub struct Amplifier {
    sample_rate_hz: f32,
    velocity: f32,
    velocity_sensitivity: Smoother,
    tremolo: Smoother,
    /// Starts at 0 with the voice, as in amSynth: the first note of every voice fades in.
    volume: Smoother,
    /// Coefficient of the one-pole low-pass.
    pole: f32,
    state: f32,
}

impl Amplifier {
    /// An amplifier in its initial state.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            velocity: 0.0,
            velocity_sensitivity: Smoother::new(1.0),
            tremolo: Smoother::new(0.0),
            volume: Smoother::new(0.0),
            pole: single::pow(std::f32::consts::E, -(PI / 2.0) * (4000.0 / sample_rate_hz).min(0.5)),
            state: 0.0,
        }
    }

    /// Sets the settings of the next block.
    pub fn begin_block(&mut self, block: &AmplifierBlock) {
        self.velocity = block.velocity;
        self.velocity_sensitivity.begin_block(block.velocity_sensitivity);
        self.tremolo.begin_block(block.tremolo);
        self.volume.begin_block(block.volume);
    }

    /// Jumps to the targets of velocity sensitivity and tremolo, but not of the volume (amSynth).
    pub fn jump(&mut self, block: &AmplifierBlock) {
        self.velocity_sensitivity.jump(block.velocity_sensitivity);
        self.tremolo.jump(block.tremolo);
    }

    /// True if the gain has decayed, once the envelope is off.
    pub fn is_silent(&self) -> bool {
        self.state < SILENCE
    }

    /// True if the LFO affects the next block.
    pub fn uses_lfo(&self) -> bool {
        !(self.tremolo.value() == 0.0 && self.tremolo.settled())
    }

    /// True if all factors but the envelope are constant in the next block.
    fn settled(&self) -> bool {
        self.velocity_sensitivity.settled() && self.volume.settled() && !self.uses_lfo()
    }

    /// Amplifies a block of each lane by its envelope (0…1); `lfo` is −1…1.
    #[inline(always)]
    pub fn amplify<const N: usize>(
        mut amplifiers: [&mut Self; N],
        signal: &mut [[f32; N]],
        envelope: &[[f32; N]],
        lfo: &[[f32; N]],
    ) {
        let mut pole = OnePole {
            poles: each(|lane| amplifiers[lane].pole),
            states: each(|lane| amplifiers[lane].state),
        };
        if amplifiers.iter().all(|amplifier| amplifier.settled()) {
            let sensitivity: [_; N] = each(|lane| {
                let sensitivity = amplifiers[lane].velocity_sensitivity.value();
                1.0 - sensitivity + amplifiers[lane].velocity * sensitivity
            });
            let volume: [_; N] = each(|lane| amplifiers[lane].volume.value());
            for (frame, envelope) in signal.iter_mut().zip(envelope) {
                pole.apply(frame, each(|lane| envelope[lane] * sensitivity[lane] * volume[lane]));
            }
        } else {
            Self::amplify_moving(&mut amplifiers, &mut pole, signal, envelope, lfo);
        }
        for (amplifier, state) in amplifiers.into_iter().zip(pole.states) {
            amplifier.state = state;
        }
    }

    /// As [`amplify`](Self::amplify); a settled smoother stays where it is.
    #[inline(always)]
    fn amplify_moving<const N: usize>(
        amplifiers: &mut [&mut Self; N],
        pole: &mut OnePole<N>,
        signal: &mut [[f32; N]],
        envelope: &[[f32; N]],
        lfo: &[[f32; N]],
    ) {
        let velocity: [_; N] = each(|lane| amplifiers[lane].velocity);
        let lanes = amplifiers.each_ref();
        let mut sensitivities = SmootherLanes::new(lanes.map(|amplifier| &amplifier.velocity_sensitivity));
        let mut depths = SmootherLanes::new(lanes.map(|amplifier| &amplifier.tremolo));
        let mut volumes = SmootherLanes::new(lanes.map(|amplifier| &amplifier.volume));
        for ((frame, envelope), lfo) in signal.iter_mut().zip(envelope).zip(lfo) {
            // amSynth steps this smoother twice per frame.
            let (early, late) = (sensitivities.step(), sensitivities.step());
            let (depth, volume) = (depths.step(), volumes.step());
            pole.apply(
                frame,
                each(|lane| {
                    let sensitivity = (1.0 - early[lane]) + velocity[lane] * late[lane];
                    let tremolo = (lfo[lane] * 0.5 + 0.5) * depth[lane] + 1.0 - depth[lane];
                    envelope[lane] * sensitivity * tremolo * volume[lane]
                }),
            );
        }
        for (lane, amplifier) in amplifiers.iter_mut().enumerate() {
            sensitivities.store(lane, &mut amplifier.velocity_sensitivity);
            depths.store(lane, &mut amplifier.tremolo);
            volumes.store(lane, &mut amplifier.volume);
        }
    }
}

/// The low-pass of several lanes.
struct OnePole<const N: usize> {
    poles: [f32; N],
    states: [f32; N],
}

impl<const N: usize> OnePole<N> {
    /// Multiplies a frame by the smoothed gains.
    #[inline(always)]
    fn apply(&mut self, frame: &mut [f32; N], gains: [f32; N]) {
        for lane in 0..N {
            let gain = gains[lane] * (1.0 - self.poles[lane]) + self.states[lane];
            self.states[lane] = gain * self.poles[lane];
            frame[lane] *= gain;
        }
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
        let mut sample = [[input[0]]];
        Self::amplify([self], &mut sample, &[[input[1]]], &[[input[2]]]);
        sample[0].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let output = &mut output.channel_f32_mut(0)[..size];
        output.copy_from_slice(&input.channel_f32(0)[..size]);
        let [envelope, lfo] = [1, 2].map(|channel| input.channel_f32(channel)[..size].as_chunks().0);
        Self::amplify([self], lanes::single(output), envelope, lfo);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;
    use fundsp::buffer::BufferArray;

    const BLOCK: AmplifierBlock =
        AmplifierBlock { velocity: 0.5, velocity_sensitivity: 0.8, tremolo: 0.4, volume: 0.7 };

    /// The gain after a long time, for an envelope at 1.
    fn gain(block: AmplifierBlock, lfo: f32) -> f32 {
        let mut amplifier = Amplifier::new(48_000.0);
        amplifier.begin_block(&block);
        (0..5000).map(|_| amplifier.tick(&[1.0, 1.0, lfo].into())[0]).last().unwrap_or(0.0)
    }

    #[test]
    fn node() {
        for tremolo in [0.0, 0.4] {
            crate::testing::assert_node(Amplifier::new(48_000.0), |amplifier, _, _| {
                amplifier.begin_block(&AmplifierBlock { tremolo, ..BLOCK });
            });
        }
    }

    #[test]
    fn constant_settings_take_a_faster_path_to_the_same_samples() {
        let mut amplifier = Amplifier::new(48_000.0);
        let block = AmplifierBlock { tremolo: 0.0, ..BLOCK };
        amplifier.begin_block(&block);
        for _ in 0..5000 {
            amplifier.tick(&[0.5, 1.0, 0.3].into());
        }
        assert!(!amplifier.uses_lfo());
        let mut input = BufferArray::<U3>::new();
        let mut noise = Noise::default();
        (0..3 * 64).for_each(|i| input.set_f32(i / 64, i % 64, noise.draw()));
        let mut output = BufferArray::<U1>::new();
        amplifier.clone().process(64, &input.buffer_ref(), &mut output.buffer_mut());
        for i in 0..64 {
            let frame = Frame::from([input.at_f32(0, i), input.at_f32(1, i), input.at_f32(2, i)]);
            assert_eq!(amplifier.tick(&frame)[0].to_bits(), output.at_f32(0, i).to_bits(), "frame {i}");
        }
    }

    #[test]
    fn velocity_tremolo_and_volume_multiply() {
        let full = AmplifierBlock { velocity: 1.0, velocity_sensitivity: 1.0, tremolo: 0.0, volume: 1.0 };
        let close = |gain: f32, expected: f32| assert!((gain - expected).abs() < 1e-3, "{gain}");
        close(gain(full, -1.0), 1.0);
        close(gain(AmplifierBlock { velocity: 0.5, ..full }, 0.0), 0.5);
        close(gain(AmplifierBlock { velocity: 0.5, velocity_sensitivity: 0.0, ..full }, 0.0), 1.0);
        close(gain(AmplifierBlock { tremolo: 1.0, ..full }, -1.0), 0.0);
        close(gain(AmplifierBlock { tremolo: 0.5, ..full }, -1.0), 0.5);
        close(gain(AmplifierBlock { volume: 0.3, ..full }, 0.0), 0.3);
    }

    #[test]
    fn the_first_note_fades_in_and_an_ended_one_becomes_silent() {
        let mut amplifier = Amplifier::new(48_000.0);
        amplifier.begin_block(&BLOCK);
        assert!(amplifier.tick(&[1.0, 1.0, 0.0].into())[0] < 0.01);
        for _ in 0..5000 {
            amplifier.tick(&[1.0, 1.0, 0.0].into());
        }
        assert!(!amplifier.is_silent());
        for _ in 0..500 {
            amplifier.tick(&[1.0, 0.0, 0.0].into());
        }
        assert!(amplifier.is_silent());
    }
}
