//! The voice's filter: one or two equal second-order sections, transposed direct form II in f64.
//!
//! Coefficients are constant during a block. 24 dB/octave is the same section twice, each with the
//! full resonance (amSynth): the peak is squared. Never saturates.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U1;

use crate::numeric::{PI, cut_vanished};

/// What passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the name says it")]
pub enum FilterKind {
    LowPass,
    HighPass,
    BandPass,
    Notch,
    Bypass,
}

impl FilterKind {
    /// The kind of amSynth's number 0…4; what lies outside is the nearest.
    pub fn from_control(control: f32) -> Self {
        match control as i32 {
            ..=0 => Self::LowPass,
            1 => Self::HighPass,
            2 => Self::BandPass,
            3 => Self::Notch,
            4.. => Self::Bypass,
        }
    }
}

/// What is constant during a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FilterBlock {
    /// What passes.
    pub kind: FilterKind,
    /// 24 dB/octave instead of 12.
    pub steep: bool,
    /// Corner or centre, Hz; 10 Hz … 99 % of half the sample rate is used.
    pub cutoff_hz: f32,
    /// 0…0.97; the quality is 1 / (2 (1 − resonance)).
    pub resonance: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Coefficients {
    a0: f64,
    a1: f64,
    a2: f64,
    b1: f64,
    b2: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Section {
    d1: f64,
    d2: f64,
}

impl Section {
    #[inline(always)]
    fn step(&mut self, c: &Coefficients, x: f64) -> f64 {
        let y = c.a0 * x + self.d1;
        self.d1 = self.d2 + c.a1 * x - c.b1 * y;
        self.d2 = c.a2 * x - c.b2 * y;
        y
    }

    fn cut_vanished(&mut self) {
        self.d1 = cut_vanished(self.d1);
        self.d2 = cut_vanished(self.d2);
    }
}

/// The filter. As a node: one input, one output.
#[derive(Clone, Debug)]
pub struct Filter {
    sample_rate_hz: f32,
    block: FilterBlock,
    coefficients: Coefficients,
    sections: [Section; 2],
}

impl Filter {
    /// A filter that lets all pass until its first block.
    pub fn new(sample_rate_hz: f32) -> Self {
        let block = FilterBlock { kind: FilterKind::Bypass, steep: false, cutoff_hz: 0.0, resonance: 0.0 };
        Self {
            sample_rate_hz,
            block,
            coefficients: Coefficients::default(),
            sections: [Section::default(); 2],
        }
    }

    /// The settings of the frames to come.
    pub fn begin_block(&mut self, block: &FilterBlock) {
        self.sections.iter_mut().for_each(Section::cut_vanished);
        if *block != self.block {
            self.block = *block;
            self.coefficients = self.design();
        }
    }

    /// Forgets the past.
    pub fn clear(&mut self) {
        self.sections = [Section::default(); 2];
    }

    fn design(&self) -> Coefficients {
        let FilterBlock { kind, cutoff_hz, resonance, .. } = self.block;
        let cutoff_hz = cutoff_hz.min(self.sample_rate_hz / 2.0 * 0.99).max(10.0);
        let w = f64::from(cutoff_hz / self.sample_rate_hz);
        let r = (2.0 * (1.0 - f64::from(resonance))).max(0.001);
        let k = (w * f64::from(PI)).tan();
        let k2 = k * k;
        let rk = r * k;
        let h = 1.0 + rk + k2;
        let b1 = 2.0 * (k2 - 1.0) / h;
        let b2 = (1.0 - rk + k2) / h;
        let (a0, a1, a2) = match kind {
            FilterKind::LowPass => {
                let a0 = k2 / h;
                (a0, 2.0 * a0, a0)
            }
            FilterKind::HighPass => {
                let a0 = 1.0 / h;
                (a0, -2.0 / h, a0)
            }
            FilterKind::BandPass => {
                let a0 = rk / h;
                (a0, 0.0, -a0)
            }
            FilterKind::Notch => {
                let a0 = (1.0 + k2) / h;
                (a0, b1, a0)
            }
            FilterKind::Bypass => (1.0, 0.0, 0.0),
        };
        Coefficients { a0, a1, a2, b1, b2 }
    }

    fn filter<'a>(&mut self, frames: impl Iterator<Item = (&'a mut f32, &'a f32)>) {
        let c = self.coefficients;
        let [mut first, mut second] = self.sections;
        if self.block.kind == FilterKind::Bypass {
            frames.for_each(|(y, x)| *y = *x);
        } else if self.block.steep {
            for (y, x) in frames {
                let between = first.step(&c, f64::from(*x));
                *y = second.step(&c, between) as f32;
            }
        } else {
            frames.for_each(|(y, x)| *y = first.step(&c, f64::from(*x)) as f32);
        }
        self.sections = [first, second];
    }
}

impl AudioNode for Filter {
    const ID: u64 = 1004;
    type Inputs = U1;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::new(self.sample_rate_hz);
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, input: &Frame<f32, U1>) -> Frame<f32, U1> {
        let mut sample = [0.0];
        self.filter(sample.iter_mut().zip(input.iter()));
        sample.into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        self.filter(output.channel_f32_mut(0)[..size].iter_mut().zip(input.channel_f32(0)));
    }
}
