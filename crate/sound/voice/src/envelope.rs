//! ADSR envelope with linear segments, for amplifier and filter.
//!
//! Each frame outputs the value before its step. A retrigger starts at the current value, never at 0.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U0, U1};

use crate::lanes::{self, each};
use crate::smoother::{Smoother, SmootherLanes};

/// The four settings; each is read when its segment begins (sustain: in every block).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnvelopeSettings {
    /// Seconds to the peak.
    pub attack_s: f32,
    /// Seconds from the peak to the sustained level.
    pub decay_s: f32,
    /// Sustained level, 0…1.
    pub sustain: f32,
    /// Seconds to silence.
    pub release_s: f32,
}

impl Default for EnvelopeSettings {
    fn default() -> Self {
        Self { attack_s: LEAST_S, decay_s: LEAST_S, sustain: 1.0, release_s: LEAST_S }
    }
}

/// The shortest segment, s. With a decay this short the attack ends at the sustain level (amSynth).
const LEAST_S: f32 = 0.0005;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment {
    Attack,
    Decay,
    Sustain,
    Release,
    Off,
}

/// The envelope. As a node: no input, one output in 0…1.
#[derive(Clone, Debug)]
pub struct Envelope {
    sample_rate_hz: f32,
    settings: EnvelopeSettings,
    segment: Segment,
    frames_left: u32,
    value: f32,
    increment: f32,
    sustained: Smoother,
}

impl Envelope {
    /// An envelope at 0.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            settings: EnvelopeSettings::default(),
            segment: Segment::Off,
            frames_left: 0,
            value: 0.0,
            increment: 0.0,
            sustained: Smoother::new(0.0),
        }
    }

    /// Sets the settings of the next block.
    pub fn begin_block(&mut self, settings: &EnvelopeSettings) {
        self.settings = *settings;
        if self.segment == Segment::Sustain {
            self.sustained.begin_block(settings.sustain);
            // The next frame must output 0 as soon as the smoother is 0, not the denormal value before it.
            if self.sustained.value() == 0.0 && self.value.abs() < f32::MIN_POSITIVE {
                self.value = 0.0;
            }
        }
    }

    /// In the sustain segment the envelope jumps to a changed level for one frame, then glides to it
    /// (amSynth).
    pub fn sustain_changed(&mut self, sustain: f32) {
        if self.segment == Segment::Sustain {
            self.value = sustain;
        }
    }

    /// Starts the attack.
    pub fn trigger(&mut self, settings: &EnvelopeSettings) {
        self.settings = *settings;
        let target = if settings.decay_s <= LEAST_S { settings.sustain } else { 1.0 };
        self.begin_segment(Segment::Attack, settings.attack_s, target);
    }

    /// Starts the release, even of an envelope that is off (amSynth).
    pub fn release(&mut self, settings: &EnvelopeSettings) {
        self.settings = *settings;
        self.begin_segment(Segment::Release, settings.release_s, 0.0);
    }

    /// Ends the envelope at once.
    pub fn silence(&mut self) {
        self.segment = Segment::Off;
        self.value = 0.0;
    }

    /// True if the envelope has ended or not begun.
    pub fn is_off(&self) -> bool {
        self.segment == Segment::Off
    }

    fn begin_segment(&mut self, segment: Segment, duration_s: f32, target: f32) {
        self.segment = segment;
        self.frames_left = ((duration_s * self.sample_rate_hz) as u32).max(1);
        self.increment = (target - self.value) / self.frames_left as f32;
    }

    fn end_segment(&mut self) {
        match self.segment {
            Segment::Attack => {
                self.begin_segment(Segment::Decay, self.settings.decay_s, self.settings.sustain);
            }
            Segment::Decay => {
                self.segment = Segment::Sustain;
                self.sustained.jump(self.value);
                self.sustained.begin_block(self.settings.sustain);
            }
            Segment::Release => self.silence(),
            Segment::Sustain | Segment::Off => {}
        }
    }

    /// True if the value follows the sustain level's smoother.
    fn follows(&self) -> bool {
        self.segment == Segment::Sustain
            && !(self.sustained.settled() && self.sustained.value() == self.value)
    }

    /// The change per frame in a linear segment, or 0.
    fn slope(&self) -> f32 {
        if self.is_linear() { self.increment } else { 0.0 }
    }

    fn is_linear(&self) -> bool {
        matches!(self.segment, Segment::Attack | Segment::Decay | Segment::Release)
    }

    /// Frames to the end of the segment.
    fn frames_left(&self) -> usize {
        if self.is_linear() { self.frames_left as usize } else { usize::MAX }
    }

    /// Renders the next frames of each lane.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn fill<const N: usize>(mut envelopes: [&mut Self; N], mut output: &mut [[f32; N]]) {
        while !output.is_empty() {
            let count =
                envelopes.iter().map(|envelope| envelope.frames_left()).fold(output.len(), usize::min);
            let (segment, rest) = output.split_at_mut(count);
            Self::fill_segment(&mut envelopes, segment);
            for envelope in &mut envelopes {
                if envelope.is_linear() {
                    envelope.frames_left -= count as u32;
                    if envelope.frames_left == 0 {
                        envelope.end_segment();
                    }
                }
            }
            output = rest;
        }
    }

    /// Renders frames in which no lane's segment ends.
    #[inline(always)]
    fn fill_segment<const N: usize>(envelopes: &mut [&mut Self; N], output: &mut [[f32; N]]) {
        let mut values: [_; N] = each(|lane| envelopes[lane].value);
        let follows: [_; N] = each(|lane| envelopes[lane].follows());
        let slopes: [_; N] = each(|lane| envelopes[lane].slope());
        if follows.contains(&true) {
            let mut sustained = SmootherLanes::new(envelopes.each_ref().map(|envelope| &envelope.sustained));
            for frame in output {
                *frame = values;
                let following = sustained.step();
                for lane in 0..N {
                    values[lane] = if follows[lane] { following[lane] } else { values[lane] + slopes[lane] };
                }
            }
            for (lane, envelope) in envelopes.iter_mut().enumerate() {
                if follows[lane] {
                    sustained.store(lane, &mut envelope.sustained);
                }
            }
        } else if slopes == [0.0; N] {
            output.fill(values);
        } else {
            for frame in output {
                *frame = values;
                for lane in 0..N {
                    values[lane] += slopes[lane];
                }
            }
        }
        for (envelope, value) in envelopes.iter_mut().zip(values) {
            envelope.value = value;
        }
    }
}

impl AudioNode for Envelope {
    const ID: u64 = 1005;
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

    const SETTINGS: EnvelopeSettings =
        EnvelopeSettings { attack_s: 0.01, decay_s: 0.02, sustain: 0.5, release_s: 0.04 };

    fn run(envelope: &mut Envelope, seconds: f32) -> Vec<f32> {
        let mut samples = vec![0.0; (seconds * 1e5) as usize];
        Envelope::fill([envelope], lanes::single(&mut samples));
        samples
    }

    #[test]
    fn node() {
        crate::testing::assert_node(Envelope::new(8000.0), |envelope, _, frames| {
            envelope.begin_block(&SETTINGS);
            match frames {
                1 => envelope.trigger(&SETTINGS),
                33 => envelope.release(&SETTINGS),
                _ => {}
            }
        });
    }

    #[test]
    fn segments_last_as_long_as_they_should() {
        let mut envelope = Envelope::new(1e5);
        envelope.trigger(&SETTINGS);
        let samples = run(&mut envelope, 0.1);
        assert_eq!(samples[0], 0.0);
        assert!((samples[500] - 0.5).abs() < 1e-3 && (samples[1000] - 1.0).abs() < 1e-3);
        assert!((samples[2000] - 0.75).abs() < 1e-3 && (samples[9999] - 0.5).abs() < 1e-3);
        envelope.release(&SETTINGS);
        let samples = run(&mut envelope, 0.039);
        assert!((samples[2000] - 0.25).abs() < 1e-3 && !envelope.is_off());
        run(&mut envelope, 0.002);
        assert!(envelope.is_off());
        assert_eq!(run(&mut envelope, 0.001), [0.0; 100]);
    }

    #[test]
    fn a_retrigger_starts_at_the_current_level() {
        let mut envelope = Envelope::new(1e5);
        envelope.trigger(&SETTINGS);
        run(&mut envelope, 0.1);
        envelope.trigger(&SETTINGS);
        let samples = run(&mut envelope, 0.01);
        assert!((samples[0] - 0.5).abs() < 1e-3 && samples.is_sorted());
    }

    #[test]
    fn with_the_shortest_decay_the_attack_ends_at_the_sustain_level() {
        let mut envelope = Envelope::new(1e5);
        envelope.trigger(&EnvelopeSettings { decay_s: 0.0005, ..SETTINGS });
        assert!(run(&mut envelope, 0.1).iter().all(|level| *level <= 0.501));
    }

    #[test]
    fn a_changed_sustain_level_jumps_for_one_frame_and_then_glides() {
        let mut envelope = Envelope::new(1e5);
        envelope.trigger(&SETTINGS);
        run(&mut envelope, 0.1);
        let changed = EnvelopeSettings { sustain: 0.9, ..SETTINGS };
        envelope.sustain_changed(changed.sustain);
        envelope.begin_block(&changed);
        let samples = run(&mut envelope, 0.1);
        assert_eq!(samples[0], 0.9);
        assert!(samples[1] < 0.51 && (samples[9999] - 0.9).abs() < 1e-3);
    }
}
