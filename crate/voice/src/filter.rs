//! The voice's filter: one or two equal second-order sections, transposed direct form II in f64.
//!
//! Coefficients are constant during a block. 24 dB/octave is the same section twice, each with the
//! full resonance, so that the resonance peak is squared, as in amSynth. Never saturates.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U1;
use math::double::tan;

use crate::numeric::{PI, flush_to_zero};

/// Filter type.
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
    /// The type of amSynth's number 0…4; other numbers are clamped.
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

/// Settings, constant during a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FilterBlock {
    /// Filter type.
    pub kind: FilterKind,
    /// 24 dB/octave instead of 12.
    pub steep: bool,
    /// Corner or centre frequency, Hz; clamped to 10 Hz … 99 % of half the sample rate.
    pub cutoff_hz: f32,
    /// 0…0.97; Q = 1 / (2 (1 − resonance)).
    pub resonance: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct BiquadCoefficients {
    a0: f64,
    a1: f64,
    a2: f64,
    b1: f64,
    b2: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct BiquadState {
    d1: f64,
    d2: f64,
}

impl BiquadState {
    #[inline(always)]
    fn step(&mut self, c: &BiquadCoefficients, x: f64) -> f64 {
        let y = c.a0 * x + self.d1;
        self.d1 = self.d2 + c.a1 * x - c.b1 * y;
        self.d2 = c.a2 * x - c.b2 * y;
        y
    }

    fn flush_to_zero(&mut self) {
        self.d1 = flush_to_zero(self.d1);
        self.d2 = flush_to_zero(self.d2);
    }
}

/// The filter. As a node: one input, one output.
#[derive(Clone, Debug)]
pub struct Filter {
    sample_rate_hz: f32,
    block: FilterBlock,
    coefficients: BiquadCoefficients,
    sections: [BiquadState; 2],
}

impl Filter {
    /// A bypassed filter with zero state.
    pub fn new(sample_rate_hz: f32) -> Self {
        let block = FilterBlock { kind: FilterKind::Bypass, steep: false, cutoff_hz: 0.0, resonance: 0.0 };
        Self {
            sample_rate_hz,
            block,
            coefficients: BiquadCoefficients::default(),
            sections: [BiquadState::default(); 2],
        }
    }

    /// Sets the settings of the next block.
    pub fn begin_block(&mut self, block: &FilterBlock) {
        self.sections.iter_mut().for_each(BiquadState::flush_to_zero);
        if *block != self.block {
            self.block = *block;
            self.coefficients = self.design();
        }
    }

    /// Zeroes the filter's state.
    pub fn clear(&mut self) {
        self.sections = [BiquadState::default(); 2];
    }

    fn design(&self) -> BiquadCoefficients {
        let FilterBlock { kind, cutoff_hz, resonance, .. } = self.block;
        let cutoff_hz = cutoff_hz.min(self.sample_rate_hz / 2.0 * 0.99).max(10.0);
        let w = f64::from(cutoff_hz / self.sample_rate_hz);
        let r = (2.0 * (1.0 - f64::from(resonance))).max(0.001);
        let k = tan(w * f64::from(PI));
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
        BiquadCoefficients { a0, a1, a2, b1, b2 }
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

#[cfg(test)]
mod tests {
    use super::*;
    use patch::{CUTOFF_BASE_HZ, Parameter, filter_gain_db};

    const RATE_HZ: f32 = 48_000.0;

    fn block(kind: FilterKind, steep: bool, cutoff_hz: f32) -> FilterBlock {
        FilterBlock { kind, steep, cutoff_hz, resonance: 0.3 }
    }

    /// Gain for a sine, dB.
    fn gain_db(block: &FilterBlock, frequency_hz: f32) -> f32 {
        let mut filter = Filter::new(RATE_HZ);
        filter.begin_block(block);
        let step = std::f32::consts::TAU * frequency_hz / RATE_HZ;
        let power: f32 = (0..48_000)
            .map(|i| filter.tick(&[(step * i as f32).sin()].into())[0])
            .skip(24_000)
            .map(|sample| sample * sample / 12_000.0)
            .sum();
        10.0 * power.log10()
    }

    #[test]
    fn node() {
        for kind in [0.0, 1.0, 2.0, 3.0, 4.0].map(FilterKind::from_control) {
            for steep in [false, true] {
                crate::testing::assert_node(Filter::new(RATE_HZ), |filter, _, frames| {
                    filter.begin_block(&block(kind, steep, 100.0 * frames as f32));
                });
            }
        }
    }

    #[test]
    fn each_filter_type_passes_the_band_in_its_name() {
        let gains = |kind| [100.0, 1000.0, 10_000.0].map(|hz| gain_db(&block(kind, false, 1000.0), hz));
        let [low, centre, high] = gains(FilterKind::LowPass);
        assert!(low.abs() < 0.5 && centre < 0.0 && high < -35.0, "{low} {centre} {high}");
        let [low, _, high] = gains(FilterKind::HighPass);
        assert!(low < -35.0 && high.abs() < 0.5, "{low} {high}");
        let [low, centre, high] = gains(FilterKind::BandPass);
        assert!(low < -15.0 && centre.abs() < 0.1 && high < -15.0, "{low} {centre} {high}");
        let [low, centre, high] = gains(FilterKind::Notch);
        assert!(low.abs() < 0.5 && centre < -60.0 && high.abs() < 0.5, "{low} {centre} {high}");
        assert!(gains(FilterKind::Bypass).iter().all(|gain| gain.abs() < 0.01));
    }

    #[test]
    fn the_drawn_response_is_that_of_the_filter() {
        let mut patch = patch::Patch::default();
        for kind in [0.0, 1.0, 2.0, 3.0, 4.0] {
            for (slope, cutoff, resonance) in [(0.0, 0.3, 0.9), (1.0, 0.8, 0.4)] {
                patch.set(Parameter::FilterType, kind);
                patch.set(Parameter::FilterSlope, slope);
                patch.set(Parameter::FilterCutoff, cutoff);
                patch.set(Parameter::FilterResonance, resonance);
                let block = FilterBlock {
                    kind: FilterKind::from_control(kind),
                    steep: slope > 0.5,
                    cutoff_hz: CUTOFF_BASE_HZ * Parameter::FilterCutoff.control(cutoff),
                    resonance,
                };
                for frequency_hz in [150.0, 600.0, 2400.0, 9600.0] {
                    let (real, drawn) = (gain_db(&block, frequency_hz), filter_gain_db(&patch, frequency_hz));
                    assert!(
                        (real - drawn).abs() < 0.3 || real.max(drawn) < -60.0,
                        "{block:?}: {real} {drawn}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_24_db_slope_is_the_12_db_filter_twice() {
        for frequency_hz in [200.0, 900.0, 4000.0] {
            let once = gain_db(&block(FilterKind::LowPass, false, 1000.0), frequency_hz);
            let twice = gain_db(&block(FilterKind::LowPass, true, 1000.0), frequency_hz);
            assert!((twice - 2.0 * once).abs() < 0.1, "{frequency_hz}: {once} {twice}");
        }
    }

    #[test]
    fn cutoffs_out_of_range_are_clamped() {
        for cutoff_hz in [-5.0, 0.0, 1e9, f32::NAN] {
            let gain = gain_db(&block(FilterKind::LowPass, true, cutoff_hz), 440.0);
            assert!(gain < 1.0, "{cutoff_hz}: {gain}");
        }
    }
}
