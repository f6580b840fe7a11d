//! Recursive filters: designs by the bilinear transform (the same that `scipy.signal.butter` and
//! `cheby1` use) and second-order sections that filter several signals in parallel lanes. Never allocates.
//!
//! Not taken from a crate because the speed of the whole analysis depends on the parallel lanes, which no
//! filter crate offers.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};
use std::ops::{Add, Mul, Sub};

use fourier::Complex64;
use pulp::Simd;

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
    pub(crate) fn halve_rate<S: Simd, const LANES: usize>(&self, simd: S, signals: &mut Vec<[f32; LANES]>) {
        let b = self.b.map(|value| simd.splat_f32s(value as f32));
        let a = self.a.map(|value| simd.splat_f32s(value as f32));
        let half = signals.len() / 2;
        let (vectors, _) = S::as_mut_simd_f32s(signals.as_flattened_mut());
        let parts = LANES / S::F32_LANES;
        for part in 0..parts {
            let [mut first, mut second] = [simd.splat_f32s(0.0); 2];
            for index in 0..half {
                let at = |sample: usize| sample * parts + part;
                for x in [vectors[at(2 * index)], vectors[at(2 * index + 1)]] {
                    let y = simd.add_f32s(simd.mul_f32s(b[0], x), first);
                    first = simd.add_f32s(simd.mul_f32s(b[1], x), second);
                    first = simd.sub_f32s(first, simd.mul_f32s(a[0], y));
                    second = simd.sub_f32s(simd.mul_f32s(b[2], x), simd.mul_f32s(a[1], y));
                    vectors[at(index)] = y;
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

/// The same second-order section run `RUNS` times (transposed direct form II), for a number or a vector of numbers
/// with a design each. Each run filters the output of the run before of one step earlier, so that the runs of a
/// step do not wait for each other.
pub(crate) struct Cascade<V, const RUNS: usize> {
    b: [V; 3],
    a: [V; 2],
    states: [[V; 2]; RUNS],
    outputs: [V; RUNS],
}

impl<V: Copy + Default + Add<Output = V> + Sub<Output = V> + Mul<Output = V>, const RUNS: usize>
    Cascade<V, RUNS>
{
    /// Steps by which the output is late.
    pub(crate) const DELAY: usize = RUNS - 1;

    /// A cascade in zero state with one design per number of a vector, which `vector` makes.
    pub(crate) fn new<const LANES: usize>(
        designs: [BiquadDesign; LANES],
        vector: impl Fn([f64; LANES]) -> V,
    ) -> Self {
        Self {
            b: [0, 1, 2].map(|power| vector(designs.map(|design| design.b[power]))),
            a: [0, 1].map(|power| vector(designs.map(|design| design.a[power]))),
            states: [[V::default(); 2]; RUNS],
            outputs: [V::default(); RUNS],
        }
    }

    /// Takes one sample; gives the output for the one of [`Self::DELAY`] steps ago.
    #[inline(always)]
    pub(crate) fn step(&mut self, x: V) -> V {
        let Self { b, a, states, outputs } = self;
        for run in (0..RUNS).rev() {
            let x = if run == 0 { x } else { outputs[run - 1] };
            let [first, second] = states[run];
            let y = b[0] * x + first;
            outputs[run] = y;
            // Terms without `y` come first: the feedback path limits the speed.
            states[run] = [(b[1] * x + second) - a[0] * y, b[2] * x - a[1] * y];
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
    pub(crate) fn mean_square<S: Simd, const LANES: usize>(
        &self,
        simd: S,
        signals: &[[f32; LANES]],
    ) -> ([f32; LANES], [f32; LANES]) {
        let gain = simd.splat_f32s(self.gain as f32);
        let feedback = self.feedback.map(|pair| pair.map(|value| simd.splat_f32s(value as f32)));
        let (mut sums, mut highest) = ([0.0; LANES], [0.0; LANES]);
        let (vectors, _) = S::as_simd_f32s(signals.as_flattened());
        let results = S::as_mut_simd_f32s(&mut sums).0.iter_mut().zip(S::as_mut_simd_f32s(&mut highest).0);
        let parts = LANES / S::F32_LANES;
        for (part, (sum, highest)) in results.enumerate() {
            let mut state = [[simd.splat_f32s(0.0); 2]; Self::ORDER];
            for &signal in vectors[part..].iter().step_by(parts) {
                let mut x = simd.mul_f32s(signal, gain);
                for ([first, second], &[a1, a2]) in state.iter_mut().zip(&feedback) {
                    let y = simd.add_f32s(x, *first);
                    *first = simd.sub_f32s(*second, simd.mul_f32s(a1, y));
                    *second = simd.sub_f32s(simd.neg_f32s(x), simd.mul_f32s(a2, y));
                    x = y;
                }
                *sum = simd.add_f32s(*sum, simd.mul_f32s(x, x));
                *highest = simd.max_f32s(x, *highest);
            }
        }
        (sums.map(|value| value / signals.len() as f32), highest)
    }
}
