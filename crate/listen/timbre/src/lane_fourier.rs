//! Fourier transforms of 128 complex samples, eight transforms side by side in the lanes of vectors. Never allocates
//! after construction.
//!
//! Not taken from a crate because the transforms of crates compute one signal at a time. Decimation after J. W.
//! Cooley and J. W. Tukey (1965): 128 = 8 · 4 · 4.

use std::f32::consts::FRAC_1_SQRT_2;
use std::f64::consts::TAU;

use fourier::{Complex32, Complex64};
use pulp::Simd;

/// Transforms side by side.
pub(crate) const LANES: usize = 8;

/// A complex number of each lane, as real and imaginary parts.
pub(crate) type LaneComplex = [[f32; LANES]; 2];

/// The lanes that one vector of the machine holds.
#[derive(Clone, Copy)]
pub(crate) struct VectorComplex<S: Simd> {
    pub(crate) re: S::f32s,
    pub(crate) im: S::f32s,
}

const OUTER: usize = 8;
const INNER: usize = 16;

/// The planned transform.
pub(crate) struct LaneFourier {
    /// `W₁₂₈^(row column)`, by row.
    outer: [[Complex32; INNER]; OUTER],
    /// Powers of `W₁₆`.
    inner: [Complex32; 10],
}

impl LaneFourier {
    /// Samples in, and bins out.
    pub(crate) const LENGTH: usize = OUTER * INNER;

    pub(crate) fn new() -> Self {
        let outer = |row: usize, column: usize| root(row * column, Self::LENGTH);
        Self {
            outer: std::array::from_fn(|row| std::array::from_fn(|column| outer(row, column))),
            inner: std::array::from_fn(|power| root(power, INNER)),
        }
    }

    /// Transforms the samples that `input` gives by their number, and hands each bin with its number to `output`, in no
    /// particular order. `work` is overwritten.
    #[inline(always)]
    pub(crate) fn transform<S: Simd>(
        &self,
        simd: S,
        work: &mut [LaneComplex; Self::LENGTH],
        input: impl Fn(usize) -> VectorComplex<S>,
        mut output: impl FnMut(usize, VectorComplex<S>),
    ) {
        let (work, _) = S::as_mut_simd_f32s(work.as_flattened_mut().as_flattened_mut());
        let at = |row: usize, column: usize| 2 * (INNER * row + column);
        for column in 0..INNER {
            let sample = |row: usize| input(INNER * row + column);
            let samples = [0, 1, 2, 3, 4, 5, 6, 7].map(sample);
            let bins = VectorComplex::butterfly_of_8(simd, samples);
            for (row, bin) in bins.into_iter().enumerate() {
                let bin = bin.times(simd, self.outer[row][column]);
                (work[at(row, column)], work[at(row, column) + 1]) = (bin.re, bin.im);
            }
        }
        for row in 0..OUTER {
            let load = |column: usize| {
                let at = at(row, column);
                VectorComplex { re: work[at], im: work[at + 1] }
            };
            let four = |column: usize| [load(column), load(4 + column), load(8 + column), load(12 + column)];
            let columns = [0, 1, 2, 3].map(|column| VectorComplex::butterfly_of_4(simd, four(column)));
            for index in [0, 1, 2, 3] {
                let turned = |column: usize| match index * column {
                    0 => columns[column][index],
                    power => columns[column][index].times(simd, self.inner[power]),
                };
                let bins = VectorComplex::butterfly_of_4(simd, [0, 1, 2, 3].map(turned));
                for (column, bin) in bins.into_iter().enumerate() {
                    output(row + OUTER * (index + 4 * column), bin);
                }
            }
        }
    }
}

/// The `count`th root of one to the power of `-power`.
pub(crate) fn root(power: usize, count: usize) -> Complex32 {
    let exact = Complex64::from_polar(1.0, -TAU * (power % count) as f64 / count as f64);
    Complex32::new(exact.re as f32, exact.im as f32)
}

impl<S: Simd> VectorComplex<S> {
    #[inline(always)]
    pub(crate) fn plus(self, simd: S, other: Self) -> Self {
        Self { re: simd.add_f32s(self.re, other.re), im: simd.add_f32s(self.im, other.im) }
    }

    #[inline(always)]
    fn minus(self, simd: S, other: Self) -> Self {
        Self { re: simd.sub_f32s(self.re, other.re), im: simd.sub_f32s(self.im, other.im) }
    }

    /// The product with one number per lane.
    #[inline(always)]
    pub(crate) fn times_lanes(self, simd: S, factor: Self) -> Self {
        let product = |a, b| simd.mul_f32s(a, b);
        Self {
            re: simd.sub_f32s(product(self.re, factor.re), product(self.im, factor.im)),
            im: simd.add_f32s(product(self.re, factor.im), product(self.im, factor.re)),
        }
    }

    /// The product with one number for all lanes.
    #[inline(always)]
    fn times(self, simd: S, factor: Complex32) -> Self {
        self.times_lanes(simd, Self { re: simd.splat_f32s(factor.re), im: simd.splat_f32s(factor.im) })
    }

    /// The product with -i.
    #[inline(always)]
    fn turned(self, simd: S) -> Self {
        Self { re: self.im, im: simd.neg_f32s(self.re) }
    }

    /// The product with (1 - i) / √2.
    #[inline(always)]
    fn half_turned(self, simd: S) -> Self {
        let half = simd.splat_f32s(FRAC_1_SQRT_2);
        Self {
            re: simd.mul_f32s(simd.add_f32s(self.re, self.im), half),
            im: simd.mul_f32s(simd.sub_f32s(self.im, self.re), half),
        }
    }

    /// The transform of four samples.
    #[inline(always)]
    fn butterfly_of_4(simd: S, [a, b, c, d]: [Self; 4]) -> [Self; 4] {
        let (even, odd) = (a.plus(simd, c), b.plus(simd, d));
        let (even_turn, odd_turn) = (a.minus(simd, c), b.minus(simd, d).turned(simd));
        [
            even.plus(simd, odd),
            even_turn.plus(simd, odd_turn),
            even.minus(simd, odd),
            even_turn.minus(simd, odd_turn),
        ]
    }

    /// The transform of eight samples.
    #[inline(always)]
    fn butterfly_of_8(simd: S, [a, b, c, d, e, f, g, h]: [Self; 8]) -> [Self; 8] {
        let even = Self::butterfly_of_4(simd, [a, c, e, g]);
        let [first, second, third, fourth] = Self::butterfly_of_4(simd, [b, d, f, h]);
        let odd =
            [first, second.half_turned(simd), third.turned(simd), fourth.turned(simd).half_turned(simd)];
        let sum = |index: usize| even[index].plus(simd, odd[index]);
        let difference = |index: usize| even[index].minus(simd, odd[index]);
        [sum(0), sum(1), sum(2), sum(3), difference(0), difference(1), difference(2), difference(3)]
    }
}

#[cfg(test)]
mod tests {
    use pulp::WithSimd;

    use super::*;
    use crate::eight_lanes::eight_lanes;

    const LENGTH: usize = LaneFourier::LENGTH;

    struct Transform<'a>(&'a [LaneComplex; LENGTH], &'a mut [LaneComplex; LENGTH]);

    impl WithSimd for Transform<'_> {
        type Output = ();

        fn with_simd<S: Simd>(self, simd: S) {
            let samples = S::as_simd_f32s(self.0.as_flattened().as_flattened()).0;
            let bins = S::as_mut_simd_f32s(self.1.as_flattened_mut().as_flattened_mut()).0;
            let parts = LANES / S::F32_LANES;
            for part in 0..parts {
                let at = |n: usize| 2 * n * parts + part;
                LaneFourier::new().transform(
                    simd,
                    &mut [[[0.0; LANES]; 2]; LENGTH],
                    |n| VectorComplex { re: samples[at(n)], im: samples[at(n) + parts] },
                    |n, bin| (bins[at(n)], bins[at(n) + parts]) = (bin.re, bin.im),
                );
            }
        }
    }

    #[test]
    fn each_lane_is_the_transform_of_its_samples() {
        let value =
            |n: usize, part: usize, lane: usize| ((n * 37 + lane * 101 + part * 53) % 97) as f32 / 97.0 - 0.5;
        let samples: [LaneComplex; LENGTH] =
            std::array::from_fn(|n| [0, 1].map(|part| std::array::from_fn(|lane| value(n, part, lane))));
        let mut bins = [[[0.0; LANES]; 2]; LENGTH];
        eight_lanes(Transform(&samples, &mut bins));
        let at = |[re, im]: &LaneComplex, lane: usize| Complex64::new(re[lane].into(), im[lane].into());
        for (number, bin) in bins.iter().enumerate() {
            for lane in 0..LANES {
                let turn = |n: usize| {
                    Complex64::from_polar(1.0, -TAU * (number * n % LENGTH) as f64 / LENGTH as f64)
                };
                let expected: Complex64 =
                    samples.iter().enumerate().map(|(n, sample)| at(sample, lane) * turn(n)).sum();
                assert!((at(bin, lane) - expected).norm() < 1e-5, "bin {number}, lane {lane}");
            }
        }
    }
}
