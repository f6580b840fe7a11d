//! Attack, decay, sustain, release in straight lines, for loudness and for the filter.
//!
//! Each frame gives the value before its step. A retrigger starts from where the envelope is.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U0, U1};

use crate::smoother::Smoother;

/// The four settings; each is read when its segment begins (sustain: always).
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

/// The shortest segment. With a decay this short the attack goes straight to the sustained level.
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
    /// An envelope that is off.
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

    /// The settings of the frames to come.
    pub fn begin_block(&mut self, settings: &EnvelopeSettings) {
        self.settings = *settings;
        if self.segment == Segment::Sustain {
            self.sustained.begin_block(settings.sustain);
            // Only the smoother may cut a vanished value; the frame to come then has it too.
            if self.sustained.value() == 0.0 && self.value.abs() < f32::MIN_POSITIVE {
                self.value = 0.0;
            }
        }
    }

    /// A sustained envelope jumps to a changed level for one frame (and then glides there).
    pub fn sustain_changed(&mut self, sustain: f32) {
        if self.segment == Segment::Sustain {
            self.value = sustain;
        }
    }

    /// A key was struck.
    pub fn strike(&mut self, settings: &EnvelopeSettings) {
        self.settings = *settings;
        let target = if settings.decay_s <= LEAST_S { settings.sustain } else { 1.0 };
        self.begin_segment(Segment::Attack, settings.attack_s, target);
    }

    /// The key was let go. An envelope that is off enters its release, too (amSynth).
    pub fn release(&mut self, settings: &EnvelopeSettings) {
        self.settings = *settings;
        self.begin_segment(Segment::Release, settings.release_s, 0.0);
    }

    /// Off, at once.
    pub fn silence(&mut self) {
        self.segment = Segment::Off;
        self.value = 0.0;
    }

    /// Whether it has come to its end.
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

    /// The next frames.
    pub fn fill(&mut self, mut output: &mut [f32]) {
        while !output.is_empty() {
            match self.segment {
                Segment::Off => {
                    output.fill(0.0);
                    return;
                }
                Segment::Sustain => {
                    if self.sustained.settled() && self.sustained.value() == self.value {
                        output.fill(self.value);
                        return;
                    }
                    for sample in output {
                        *sample = self.value;
                        self.value = self.sustained.step();
                    }
                    return;
                }
                Segment::Attack | Segment::Decay | Segment::Release => {
                    let frames = output.len().min(self.frames_left as usize);
                    let (segment, rest) = output.split_at_mut(frames);
                    for sample in segment {
                        *sample = self.value;
                        self.value += self.increment;
                    }
                    self.frames_left -= frames as u32;
                    if self.frames_left == 0 {
                        self.end_segment();
                    }
                    output = rest;
                }
            }
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
        let mut sample = [0.0];
        self.fill(&mut sample);
        sample.into()
    }

    fn process(&mut self, size: usize, _input: &BufferRef, output: &mut BufferMut) {
        self.fill(&mut output.channel_f32_mut(0)[..size]);
    }
}
