//! The voice's filter: one or two equal second-order sections, transposed direct form II in f64.
//!
//! Coefficients are constant during a block. 24 dB/octave is the same section twice, each with the
//! full resonance, so that the resonance peak is squared, as in amSynth. Never saturates.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U1;
use math::double::tan;

use crate::lanes::{self, each};
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

impl BiquadCoefficients {
    /// The output is the input.
    const PASSING: Self = Self { a0: 1.0, a1: 0.0, a2: 0.0, b1: 0.0, b2: 0.0 };
}

#[derive(Clone, Copy, Debug, Default)]
struct BiquadState {
    d1: f64,
    d2: f64,
}

impl BiquadState {
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

    /// For each section true if it takes part.
    fn used(&self) -> [bool; 2] {
        let used = self.block.kind != FilterKind::Bypass;
        [used, used && self.block.steep]
    }

    /// Filters a block of each lane.
    #[inline(always)]
    pub fn filter<const N: usize>(filters: [&mut Self; N], signal: &mut [[f32; N]]) {
        let used: [_; N] = each(|lane| filters[lane].used());
        let [first, second] = [0, 1].map(|section| {
            LaneCoefficients::new(&each(|lane| {
                if used[lane][section] { filters[lane].coefficients } else { BiquadCoefficients::PASSING }
            }))
        });
        if used == [[true, true]; N] {
            run::<N, true>(filters, [&first, &first], signal);
        } else if used.iter().any(|used| used[1]) {
            run::<N, true>(filters, [&first, &second], signal);
        } else if used.iter().any(|used| used[0]) {
            run::<N, false>(filters, [&first, &first], signal);
        }
    }
}

/// Filters a block of each lane by the first section, and by the second one if `STEEP`.
#[inline(always)]
fn run<const N: usize, const STEEP: bool>(
    filters: [&mut Filter; N],
    coefficients: [&LaneCoefficients<N>; 2],
    signal: &mut [[f32; N]],
) {
    let [mut first, mut second] = [0, 1].map(|section| LaneState::new(&filters, section));
    for frame in signal {
        let once = first.step(coefficients[0], each(|lane| f64::from(frame[lane])));
        let filtered = if STEEP { second.step(coefficients[1], once) } else { once };
        for lane in 0..N {
            frame[lane] = filtered[lane] as f32;
        }
    }
    for (lane, filter) in filters.into_iter().enumerate() {
        let used = filter.used();
        if used[0] {
            filter.sections[0] = first.lane(lane);
        }
        if STEEP && used[1] {
            filter.sections[1] = second.lane(lane);
        }
    }
}

/// The coefficients of several lanes.
struct LaneCoefficients<const N: usize> {
    a0: [f64; N],
    a1: [f64; N],
    a2: [f64; N],
    b1: [f64; N],
    b2: [f64; N],
}

impl<const N: usize> LaneCoefficients<N> {
    #[inline(always)]
    fn new(lanes: &[BiquadCoefficients; N]) -> Self {
        if N == 1 { Self::transposed(lanes) } else { Self::apart(lanes) }
    }

    /// Not inlined, so that the loop over frames sees whole vectors: otherwise the compiler counts their creation
    /// as part of it.
    #[inline(never)]
    fn apart(lanes: &[BiquadCoefficients; N]) -> Self {
        Self::transposed(lanes)
    }

    #[inline(always)]
    fn transposed(lanes: &[BiquadCoefficients; N]) -> Self {
        Self {
            a0: each(|lane| lanes[lane].a0),
            a1: each(|lane| lanes[lane].a1),
            a2: each(|lane| lanes[lane].a2),
            b1: each(|lane| lanes[lane].b1),
            b2: each(|lane| lanes[lane].b2),
        }
    }
}

/// The states of one section in several lanes.
struct LaneState<const N: usize> {
    d1: [f64; N],
    d2: [f64; N],
}

impl<const N: usize> LaneState<N> {
    /// The state is 0 for a section that does not take part: the section passes its input on.
    #[inline(always)]
    fn new(filters: &[&mut Filter; N], section: usize) -> Self {
        let states: [_; N] = each(|lane| {
            let filter = &filters[lane];
            if filter.used()[section] { filter.sections[section] } else { BiquadState::default() }
        });
        Self { d1: each(|lane| states[lane].d1), d2: each(|lane| states[lane].d2) }
    }

    #[inline(always)]
    fn step(&mut self, c: &LaneCoefficients<N>, x: [f64; N]) -> [f64; N] {
        let mut y = [0.0; N];
        for lane in 0..N {
            y[lane] = c.a0[lane] * x[lane] + self.d1[lane];
            self.d1[lane] = self.d2[lane] + c.a1[lane] * x[lane] - c.b1[lane] * y[lane];
            self.d2[lane] = c.a2[lane] * x[lane] - c.b2[lane] * y[lane];
        }
        y
    }

    #[inline(always)]
    fn lane(&self, lane: usize) -> BiquadState {
        BiquadState { d1: self.d1[lane], d2: self.d2[lane] }
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
        let mut sample = [[input[0]]];
        Self::filter([self], &mut sample);
        sample[0].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let output = &mut output.channel_f32_mut(0)[..size];
        output.copy_from_slice(&input.channel_f32(0)[..size]);
        Self::filter([self], lanes::single(output));
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
