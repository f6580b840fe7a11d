//! Recursive filters: designs by the bilinear transform (the same that `scipy.signal.butter` and
//! `cheby1` use) and second-order sections that filter several signals in parallel lanes. Never allocates.
//!
//! Not taken from a crate because the speed of the whole analysis depends on the parallel lanes, which no
//! filter crate offers.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

use fourier::Complex64;

/// Coefficients of `(b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BiquadDesign {
    b: [f64; 3],
    a: [f64; 2],
}

impl BiquadDesign {
    /// Second-order Butterworth low-pass.
    pub(crate) fn butterworth_lowpass(cutoff_hz: f64, sample_rate_hz: f64) -> Self {
        Self::lowpass(PI * cutoff_hz / sample_rate_hz, SQRT_2, 1.0, 1.0)
    }

    /// Second-order Butterworth high-pass.
    pub(crate) fn butterworth_highpass(cutoff_hz: f64, sample_rate_hz: f64) -> Self {
        let warped = (PI * cutoff_hz / sample_rate_hz).tan();
        let scale = 1.0 / (1.0 + SQRT_2 * warped + warped * warped);
        let a = [2.0 * (warped * warped - 1.0) * scale, (1.0 - SQRT_2 * warped + warped * warped) * scale];
        Self { b: [scale, -2.0 * scale, scale], a }
    }

    /// Second-order Chebyshev low-pass of the first kind; `edge` as a share of half the sample
    /// rate, `ripple_db` in the pass band.
    pub(crate) fn chebyshev_lowpass(edge: f64, ripple_db: f64) -> Self {
        let epsilon = (10.0_f64.powf(ripple_db / 10.0) - 1.0).sqrt();
        let angle = (1.0 / epsilon).asinh() / 2.0;
        let (real, imaginary) = (angle.sinh() * FRAC_1_SQRT_2, angle.cosh() * FRAC_1_SQRT_2);
        let stiffness = real * real + imaginary * imaginary;
        Self::lowpass(PI * edge / 2.0, 2.0 * real, stiffness, stiffness / (1.0 + epsilon * epsilon).sqrt())
    }

    /// Filters `LANES` signals from zero state and keeps every second sample, starting with the second.
    #[inline(always)]
    pub(crate) fn halve_rate<const LANES: usize>(&self, signals: &mut Vec<[f32; LANES]>) {
        let [b, a] = [self.b.map(|value| value as f32), [self.a[0] as f32, self.a[1] as f32, 0.0]];
        let mut state = [[0.0_f32; LANES]; 2];
        let half = signals.len() / 2;
        for index in 0..half {
            for x in [signals[2 * index], signals[2 * index + 1]] {
                let y = &mut signals[index];
                for l in 0..LANES {
                    y[l] = b[0] * x[l] + state[0][l];
                    state[0][l] = (b[1] * x[l] + state[1][l]) - a[0] * y[l];
                    state[1][l] = b[2] * x[l] - a[1] * y[l];
                }
            }
        }
        signals.truncate(half);
    }

    /// The analogue `gain / (s² + damping s + stiffness)` scaled to cut at the digital `angle`
    /// (half the radians per sample).
    fn lowpass(angle: f64, damping: f64, stiffness: f64, gain: f64) -> Self {
        let warped = angle.tan();
        let square = warped * warped;
        let scale = 1.0 / (1.0 + damping * warped + stiffness * square);
        let b0 = gain * square * scale;
        let a =
            [2.0 * (stiffness * square - 1.0) * scale, (1.0 - damping * warped + stiffness * square) * scale];
        Self { b: [b0, 2.0 * b0, b0], a }
    }
}

/// The same second-order section run `RUNS` times, over `LANES` parallel signals with one design each (transposed
/// direct form II). Each run filters what the run before gave one step earlier, so that the runs of a step do not wait
/// for each other.
#[derive(Clone, Debug)]
pub(crate) struct Cascade<const LANES: usize, const RUNS: usize> {
    b: [[f64; LANES]; 3],
    a: [[f64; LANES]; 2],
    states: [[[f64; LANES]; 2]; RUNS],
    outputs: [[f64; LANES]; RUNS],
}

impl<const LANES: usize, const RUNS: usize> Cascade<LANES, RUNS> {
    /// Steps by which the output is late.
    pub(crate) const DELAY: usize = RUNS - 1;

    /// A cascade in zero state with one design per lane.
    pub(crate) fn new(lanes: [BiquadDesign; LANES]) -> Self {
        Self {
            b: std::array::from_fn(|k| std::array::from_fn(|lane| lanes[lane].b[k])),
            a: std::array::from_fn(|k| std::array::from_fn(|lane| lanes[lane].a[k])),
            states: [[[0.0; LANES]; 2]; RUNS],
            outputs: [[0.0; LANES]; RUNS],
        }
    }

    /// Takes one sample of each lane; gives the output for the one of [`Self::DELAY`] steps ago.
    #[inline(always)]
    pub(crate) fn step(&mut self, x: [f64; LANES]) -> [f64; LANES] {
        let Self { b, a, states, outputs } = self;
        for run in (0..RUNS).rev() {
            let x = if run == 0 { x } else { outputs[run - 1] };
            let ([first, second], y) = (&mut states[run], &mut outputs[run]);
            for l in 0..LANES {
                y[l] = b[0][l] * x[l] + first[l];
                // Terms without `y` come first: the feedback path limits the speed.
                first[l] = (b[1][l] * x[l] + second[l]) - a[0][l] * y[l];
                second[l] = b[2][l] * x[l] - a[1][l] * y[l];
            }
        }
        outputs[RUNS - 1]
    }
}

/// An eighth-order Butterworth band-pass (fourth-order prototype) as four sections with zeros
/// at 0 Hz and half the sample rate, so that only the feedback needs multiplications.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bandpass {
    gain: f64,
    feedback: [[f64; 2]; 4],
}

impl Bandpass {
    const ORDER: usize = 4;

    /// Pass band from `low_hz` to `high_hz`.
    pub(crate) fn butterworth(low_hz: f64, high_hz: f64, sample_rate_hz: f64) -> Self {
        let [low, high] = [low_hz, high_hz].map(|edge_hz| (PI * edge_hz / sample_rate_hz).tan());
        let (width, centre_square) = (high - low, low * high);
        let mut poles = [Complex64::new(0.0, 0.0); 2 * Self::ORDER];
        for (k, pair) in poles.chunks_exact_mut(2).enumerate() {
            let angle = PI * (2 * k + Self::ORDER + 1) as f64 / (2 * Self::ORDER) as f64;
            let scaled = Complex64::from_polar(width / 2.0, angle);
            let spread = (scaled * scaled - centre_square).sqrt();
            pair.copy_from_slice(&[scaled + spread, scaled - spread]);
        }
        let attenuation: Complex64 = poles.iter().map(|&pole| 1.0 - pole).product();
        let mut feedback = [[0.0; 2]; Self::ORDER];
        let upper = poles.iter().filter(|pole| pole.im > 0.0);
        for (section, &pole) in feedback.iter_mut().zip(upper) {
            let digital = (1.0 + pole) / (1.0 - pole);
            *section = [-2.0 * digital.re, digital.norm_sqr()];
        }
        Self { gain: width.powi(Self::ORDER as i32) / attenuation.re, feedback }
    }

    /// Filters `LANES` signals from zero state; returns each one's mean square and largest value. Rounding
    /// noise of single precision is 130 dB below the signal, which is inaudible.
    #[inline(always)]
    pub(crate) fn mean_square<const LANES: usize>(
        &self,
        signals: &[[f32; LANES]],
    ) -> ([f32; LANES], [f32; LANES]) {
        let gain = self.gain as f32;
        let feedback = self.feedback.map(|pair| pair.map(|value| value as f32));
        let mut state = [[[0.0_f32; LANES]; 2]; Self::ORDER];
        let (mut sum, mut largest) = ([0.0; LANES], [0.0; LANES]);
        for signal in signals {
            let mut x = signal.map(|value| value * gain);
            for ([first, second], &[a1, a2]) in state.iter_mut().zip(&feedback) {
                for l in 0..LANES {
                    let y = x[l] + first[l];
                    first[l] = second[l] - a1 * y;
                    second[l] = -x[l] - a2 * y;
                    x[l] = y;
                }
            }
            for l in 0..LANES {
                sum[l] += x[l] * x[l];
                largest[l] = if x[l] > largest[l] { x[l] } else { largest[l] };
            }
        }
        (sum.map(|value| value / signals.len() as f32), largest)
    }
}
