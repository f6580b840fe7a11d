//! The oscillator: both audible ones and the LFO are this node.
//!
//! In each block the frequency ramps linearly from the previous block's; a new oscillator starts at
//! 0 Hz. Phase and frequency are f32: their rounding is audible in a null test. Never allocates.

mod run;

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U0, U1};

use crate::MAX_BLOCK;
use crate::lanes;
use crate::noise::Noise;
use crate::numeric::{PI, TWO_PI, to_int_x86, wrap_radians};
use crate::ramp::Ramp;

/// The shape of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waveform {
    /// A sine.
    Sine,
    /// A pulse; shape 0 = square, 0.9 and above = 95 % high.
    Pulse,
    /// Shape 0 = triangle, 1 = saw.
    Saw,
    /// White noise.
    Noise,
    /// White noise sampled and held for a period.
    SampleAndHold,
}

impl Waveform {
    /// The waveform of amSynth's number 0…4; other numbers are clamped.
    pub fn from_control(control: f32) -> Self {
        match control as i32 {
            ..=0 => Self::Sine,
            1 => Self::Pulse,
            2 => Self::Saw,
            3 => Self::Noise,
            4.. => Self::SampleAndHold,
        }
    }

    /// True if an oscillator of this waveform can be the master of hard sync. amSynth's pulse, noise and
    /// sample-and-hold cannot.
    pub fn drives_sync(self) -> bool {
        matches!(self, Self::Sine | Self::Saw)
    }
}

/// Settings, constant during a block.
#[derive(Clone, Debug, PartialEq)]
pub struct OscillatorBlock {
    /// Shape of a period.
    pub waveform: Waveform,
    /// Frequency at the end of the block, Hz; limited to half the sample rate.
    pub frequency_hz: f32,
    /// Pulse width or saw shape, 0…1.
    pub shape: f32,
    /// +1, or −1 to invert the saw.
    pub polarity: f32,
    /// Frequency of the hard sync master, Hz.
    pub master_hz: Option<f32>,
}

/// The oscillator. As a node: no input, one output in −1…1; call
/// [`begin_block`](Self::begin_block) first, then render that many frames.
#[derive(Clone, Debug)]
pub struct Oscillator {
    sample_rate_hz: f32,
    radians_per_hz: f32,
    waveform: Waveform,
    polarity: f32,
    frequency: Ramp,
    phase: f32,
    /// Saw: the shape after alias reduction. Pulse: the phase of the falling edge.
    form: f32,
    master_step: Option<f32>,
    master_phase: f64,
    held: f32,
    held_frames: i32,
    drawn: [f32; MAX_BLOCK],
    drawn_position: usize,
}

impl Oscillator {
    /// An oscillator in its initial state.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            radians_per_hz: TWO_PI / sample_rate_hz,
            waveform: Waveform::Sine,
            polarity: 1.0,
            frequency: Ramp::default(),
            phase: 0.0,
            form: 0.0,
            master_step: None,
            master_phase: 0.0,
            held: 0.0,
            held_frames: 0,
            drawn: [0.0; MAX_BLOCK],
            drawn_position: 0,
        }
    }

    /// Prepares the next `frames` (≤ 64) frames. Random waveforms draw from `noise` here, so that the
    /// order of draws is the order of these calls.
    pub fn begin_block(&mut self, frames: usize, block: &OscillatorBlock, noise: &mut Noise) {
        if matches!(self.waveform, Waveform::Sine | Waveform::Saw) {
            self.phase = wrap_radians(self.phase);
        }
        let frequency_hz = block.frequency_hz.min(self.sample_rate_hz / 2.0);
        self.frequency.configure(self.frequency.target(), frequency_hz, frames as u32);
        self.waveform = block.waveform;
        self.polarity = block.polarity;
        self.master_step = block.master_hz.map(|master_hz| self.radians_per_hz * master_hz);
        self.drawn_position = 0;
        match block.waveform {
            Waveform::Sine => {}
            Waveform::Pulse => {
                let step = self.radians_per_hz * frequency_hz;
                let narrowing = if step < 0.3 { 1.0 } else { 1.0 - (step - 0.3) / 2.0 };
                self.form = PI + narrowing * PI * block.shape.min(0.9);
            }
            Waveform::Saw => {
                let limit = block.shape - 2.0 * frequency_hz / self.sample_rate_hz;
                self.form = block.shape.min(limit);
            }
            Waveform::Noise => {
                for drawn in self.drawn.iter_mut().take(frames) {
                    *drawn = noise.draw();
                }
            }
            Waveform::SampleAndHold => {
                let period_frames = to_int_x86(self.sample_rate_hz / frequency_hz);
                for drawn in self.drawn.iter_mut().take(frames) {
                    if self.held_frames > period_frames {
                        self.held_frames = 0;
                        self.held = noise.draw();
                    }
                    self.held_frames = self.held_frames.wrapping_add(1);
                    *drawn = self.held;
                }
            }
        }
    }

    /// Restarts the period; frequency, held value and the master's phase continue.
    pub fn restart(&mut self) {
        self.phase = 0.0;
    }
}

impl AudioNode for Oscillator {
    const ID: u64 = 1002;
    type Inputs = U0;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::new(self.sample_rate_hz);
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, _input: &Frame<f32, U0>) -> Frame<f32, U1> {
        let mut sample = [[0.0]];
        Self::fill([self], &mut sample);
        sample[0].into()
    }

    fn process(&mut self, size: usize, _input: &BufferRef, output: &mut BufferMut) {
        Self::fill([self], lanes::single(&mut output.channel_f32_mut(0)[..size]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f32 = 48_000.0;

    const WAVEFORMS: [Waveform; 5] =
        [Waveform::Sine, Waveform::Pulse, Waveform::Saw, Waveform::Noise, Waveform::SampleAndHold];

    fn block(waveform: Waveform, frequency_hz: f32, shape: f32) -> OscillatorBlock {
        OscillatorBlock { waveform, frequency_hz, shape, polarity: 1.0, master_hz: None }
    }

    /// A second of constant settings, after one in which the frequency reaches its target.
    fn samples(block: &OscillatorBlock) -> Vec<f32> {
        let (mut oscillator, mut noise) = (Oscillator::new(RATE_HZ), Noise::default());
        let mut samples = vec![0.0; 2 * RATE_HZ as usize];
        for chunk in samples.chunks_mut(MAX_BLOCK) {
            oscillator.begin_block(chunk.len(), block, &mut noise);
            Oscillator::fill([&mut oscillator], lanes::single(chunk));
        }
        samples.split_off(RATE_HZ as usize)
    }

    fn rising_zeros(samples: &[f32]) -> usize {
        samples.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count()
    }

    #[test]
    fn node() {
        for waveform in WAVEFORMS {
            for master_hz in [None, Some(700.0)] {
                let block = OscillatorBlock { master_hz, ..block(waveform, 1234.5, 0.4) };
                crate::testing::assert_node(Oscillator::new(RATE_HZ), |oscillator, noise, frames| {
                    oscillator.begin_block(frames, &block, noise);
                });
            }
        }
    }

    #[test]
    fn skipping_frames_equals_rendering_them() {
        for waveform in WAVEFORMS {
            let block = block(waveform, 3000.0, 0.4);
            let (mut skipping, mut noise) = (Oscillator::new(RATE_HZ), Noise::default());
            let (mut computing, mut noise_too) = (Oscillator::new(RATE_HZ), Noise::default());
            for skipped in [64, 13, 0, 63] {
                let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
                skipping.begin_block(MAX_BLOCK, &block, &mut noise);
                Oscillator::run(&mut [&mut skipping], false, lanes::single(&mut left[..skipped]));
                Oscillator::fill([&mut skipping], lanes::single(&mut left[skipped..]));
                computing.begin_block(MAX_BLOCK, &block, &mut noise_too);
                Oscillator::fill([&mut computing], lanes::single(&mut right));
                assert_eq!(left[skipped..], right[skipped..], "{waveform:?}");
            }
        }
    }

    #[test]
    fn the_frequency_is_the_number_of_periods_per_second() {
        for waveform in [Waveform::Sine, Waveform::Pulse, Waveform::Saw] {
            for (frequency_hz, shape) in [(100.0, 0.0), (1000.0, 0.5), (5000.0, 1.0)] {
                let periods = rising_zeros(&samples(&block(waveform, frequency_hz, shape)));
                assert!(
                    periods.abs_diff(frequency_hz as usize) <= 1,
                    "{waveform:?} {frequency_hz}: {periods}"
                );
            }
        }
    }

    #[test]
    fn the_shape_sets_the_width_of_a_pulse() {
        for (shape, high) in [(0.0, 0.5), (0.5, 0.75), (0.9, 0.95), (1.0, 0.95)] {
            let samples = samples(&block(Waveform::Pulse, 100.0, shape));
            let part = samples.iter().filter(|sample| **sample > 0.0).count() as f32 / RATE_HZ;
            assert!((part - high).abs() < 0.005, "{shape}: {part}");
        }
    }

    #[test]
    fn hard_sync_sets_the_period() {
        let synced = OscillatorBlock { master_hz: Some(220.0), ..block(Waveform::Saw, 333.0, 1.0) };
        let samples = samples(&synced);
        // 48,000 / 220 = 218 + 2/11: eleven periods of the master are 2,400 frames.
        for (early, late) in samples.iter().zip(&samples[2400..]).take(2400) {
            assert!((early - late).abs() < 0.02, "{early} {late}");
        }
    }

    #[test]
    fn sample_and_hold_changes_once_a_period() {
        let samples = samples(&block(Waveform::SampleAndHold, 480.0, 0.0));
        let changes = samples.windows(2).filter(|pair| pair[0] != pair[1]).count();
        // A hold is one frame longer than the period (amSynth): 48,000 / 101.
        assert!(changes.abs_diff(475) <= 1, "{changes}");
    }

    #[test]
    fn a_saw_is_finite_at_every_frequency() {
        for frequency_hz in [0.0, 1e-6, 23_999.9, 24_000.0, 1e9] {
            for shape in [0.0, 0.5, 1.0] {
                let samples = samples(&block(Waveform::Saw, frequency_hz, shape));
                assert!(samples.iter().all(|sample| sample.abs() <= 1.001), "{frequency_hz} {shape}");
            }
        }
    }
}
