//! Magnitudes of the spectra of frames of 4096 samples without a window, 128 samples apart. Each spectrum is the
//! one before, plus the transform of the entering samples minus the leaving ones. Never interprets the magnitudes.
//!
//! Counted from the start of the sound, bin 32 q + r of the transform of the 128 samples from sample 128 b on is
//! `W₃₂^(r b) Σ_n x[128 b + n] W₄₀₉₆^(r n) W₁₂₈^(q n)` with `W_N = exp(-2πi / N)`. This is a transform of 128
//! numbers for each r. Its phase is the same 32 blocks later, so that samples 4096 apart can be subtracted first.
//! Bin 4096 - k is the conjugate of bin k, so r = 1 to 16 suffice, which are the lanes of two transforms. For r =
//! 0 it is the transform of the sum of the frame's blocks.

use std::sync::Arc;

use fourier::{Complex32, Planner, RealToComplex};
use pulp::{Simd, WithSimd};

use crate::eight_lanes::eight_lanes;
use crate::lane_fourier::{LANES, LaneComplex, LaneFourier, VectorComplex, root};
use crate::transform::PairFourier;

/// Samples per frame.
pub(crate) const FRAME: usize = 4096;

/// Samples from frame to frame.
pub(crate) const HOP: usize = LaneFourier::LENGTH;

/// Blocks in a frame.
const BLOCKS: usize = FRAME / HOP;

/// Rows of 32 bins up to half the sample rate; one bin remains.
pub(crate) const ROWS: usize = HOP / 2;

/// Bins in a row.
pub(crate) const ROW: usize = BLOCKS;

/// The largest r that is transformed, and the vectors of lanes for all r but 0.
const HALF: usize = ROW / 2;
const GROUPS: usize = HALF / LANES;

/// After this many frames a spectrum is transformed anew, so that rounding errors do not add up; a multiple of
/// [`BLOCKS`].
const ANEW: usize = 128;

/// The planned transform.
pub(crate) struct SlidingSpectra {
    fourier: LaneFourier,
    whole: PairFourier,
    sum: Arc<dyn RealToComplex<f32>>,
    /// `W₄₀₉₆^(r n)` by group and n, and `W₃₂^(r b)` by group and b.
    within: Box<[[LaneComplex; HOP]; GROUPS]>,
    phases: [[LaneComplex; BLOCKS]; GROUPS],
    spectra: Box<[[LaneComplex; HOP]; GROUPS]>,
    work: Box<[LaneComplex; HOP]>,
    /// The sum of the frame's blocks.
    folded: [f32; HOP],
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
    magnitudes: Box<FrameMagnitudes>,
}

/// Magnitudes of one frame's bins; that of bin 0 counts as zero.
pub(crate) struct FrameMagnitudes {
    /// Magnitudes of bin 32 q + r, by group of r and q.
    lanes: [[[f32; LANES]; HOP]; GROUPS],
    /// Magnitudes of bin 32 q, by q.
    first: [f32; ROWS + 1],
    /// Sums and largest values of the lanes of each row, with bin 32 q + 16 twice.
    sums: [[f32; LANES]; ROWS],
    largest: [[f32; LANES]; ROWS],
}

impl SlidingSpectra {
    pub(crate) fn new(planner: &mut Planner) -> Self {
        let sum = planner.real_forward(HOP);
        let lanes = |group: usize, power: &dyn Fn(usize) -> usize, count: usize| {
            let root = |lane: usize| root(power(LANES * group + lane + 1), count);
            [std::array::from_fn(|lane| root(lane).re), std::array::from_fn(|lane| root(lane).im)]
        };
        let within = |group: usize| std::array::from_fn(|n| lanes(group, &|r| r * n, FRAME));
        let phases = |group: usize| std::array::from_fn(|block| lanes(group, &|r| r * block, BLOCKS));
        Self {
            fourier: LaneFourier::new(),
            whole: PairFourier::new(planner, FRAME),
            within: Box::new(std::array::from_fn(within)),
            phases: std::array::from_fn(phases),
            spectra: Box::new([[[[0.0; LANES]; 2]; HOP]; GROUPS]),
            work: Box::new([[[0.0; LANES]; 2]; HOP]),
            folded: [0.0; HOP],
            bins: sum.make_output_vec(),
            scratch: sum.make_scratch_vec(),
            sum,
            magnitudes: Box::new(FrameMagnitudes {
                lanes: [[[0.0; LANES]; HOP]; GROUPS],
                first: [0.0; ROWS + 1],
                sums: [[0.0; LANES]; ROWS],
                largest: [[0.0; LANES]; ROWS],
            }),
        }
    }

    /// Calls `visit` with the magnitudes of each whole frame of `samples`, in order.
    pub(crate) fn frames(&mut self, samples: &[f32], mut visit: impl FnMut(&FrameMagnitudes)) {
        for frame in 0..samples.len().checked_sub(FRAME).map_or(0, |rest| rest / HOP + 1) {
            let start = frame * HOP;
            if frame % ANEW == 0 {
                self.start(&samples[start..start + FRAME]);
            } else {
                self.advance(frame - 1, &samples[start - HOP..start + FRAME]);
            }
            visit(&self.magnitudes);
        }
    }

    /// Transforms a frame whose number is a multiple of [`BLOCKS`].
    fn start(&mut self, frame: &[f32]) {
        let [bins, _] = self.whole.transform([frame; 2], &[1.0; FRAME], false);
        for (group, spectrum) in self.spectra.iter_mut().enumerate() {
            for (q, [re, im]) in spectrum.iter_mut().enumerate() {
                for lane in 0..LANES {
                    let number = ROW * q + LANES * group + lane + 1;
                    let bin = if number < bins.len() { bins[number] } else { bins[FRAME - number].conj() };
                    (re[lane], im[lane]) = (bin.re, bin.im);
                }
            }
        }
        self.folded = std::array::from_fn(|n| frame.iter().skip(n).step_by(HOP).sum());
        self.measure();
    }

    /// Goes from the frame of number `block` to the next. `samples` are those of both.
    fn advance(&mut self, block: usize, samples: &[f32]) {
        let (out, coming) = (&samples[..HOP], &samples[FRAME..]);
        let mut difference = [0.0; HOP];
        for ((difference, coming), out) in difference.iter_mut().zip(coming).zip(out) {
            *difference = coming - out;
        }
        // If no sample differs, as in silence, the spectrum stays the same.
        if difference == [0.0; HOP] {
            return;
        }
        for (folded, difference) in self.folded.iter_mut().zip(&difference) {
            *folded += difference;
        }
        for group in 0..GROUPS {
            eight_lanes(Advance {
                fourier: &self.fourier,
                difference: &difference,
                within: &self.within[group],
                phase: &self.phases[group][block % BLOCKS],
                work: &mut self.work,
                spectrum: &mut self.spectra[group],
            });
        }
        self.measure();
    }

    /// Fills the magnitudes.
    fn measure(&mut self) {
        let mut folded = self.folded;
        self.sum
            .process_with_scratch(&mut folded, &mut self.bins, &mut self.scratch)
            .expect("the buffers were made by the plan itself");
        for (magnitude, bin) in self.magnitudes.first.iter_mut().zip(&self.bins) {
            *magnitude = bin.norm_sqr().sqrt();
        }
        self.magnitudes.first[0] = 0.0;
        eight_lanes(Measure { spectra: &self.spectra, magnitudes: &mut self.magnitudes });
    }
}

/// Adds the transform of a difference of samples to a spectrum.
struct Advance<'a> {
    fourier: &'a LaneFourier,
    difference: &'a [f32; HOP],
    within: &'a [LaneComplex; HOP],
    phase: &'a LaneComplex,
    work: &'a mut [LaneComplex; HOP],
    spectrum: &'a mut [LaneComplex; HOP],
}

impl WithSimd for Advance<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (within, _) = S::as_simd_f32s(self.within.as_flattened().as_flattened());
        let (phase, _) = S::as_simd_f32s(self.phase.as_flattened());
        let (spectrum, _) = S::as_mut_simd_f32s(self.spectrum.as_flattened_mut().as_flattened_mut());
        let parts = LANES / S::F32_LANES;
        for part in 0..parts {
            let (real, imaginary) = (phase[part], phase[parts + part]);
            let at = |n: usize| 2 * n * parts + part;
            self.fourier.transform(
                simd,
                self.work,
                #[inline(always)]
                |n| {
                    let difference = simd.splat_f32s(self.difference[n]);
                    let (re, im) = (simd.mul_f32s(real, difference), simd.mul_f32s(imaginary, difference));
                    let factor = VectorComplex { re: within[at(n)], im: within[at(n) + parts] };
                    VectorComplex { re, im }.times_lanes(simd, factor)
                },
                #[inline(always)]
                |q, bin| {
                    let (re, im) = (at(q), at(q) + parts);
                    let sum = VectorComplex { re: spectrum[re], im: spectrum[im] }.plus(simd, bin);
                    (spectrum[re], spectrum[im]) = (sum.re, sum.im);
                },
            );
        }
    }
}

/// Fills all magnitudes of lanes, and the sums and largest values of their rows.
struct Measure<'a> {
    spectra: &'a [[LaneComplex; HOP]; GROUPS],
    magnitudes: &'a mut FrameMagnitudes,
}

impl WithSimd for Measure<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (spectra, _) = S::as_simd_f32s(self.spectra.as_flattened().as_flattened().as_flattened());
        let FrameMagnitudes { lanes, sums, largest, .. } = self.magnitudes;
        let (lanes, _) = S::as_mut_simd_f32s(lanes.as_flattened_mut().as_flattened_mut());
        let (sums, _) = S::as_mut_simd_f32s(sums.as_flattened_mut());
        let (largest, _) = S::as_mut_simd_f32s(largest.as_flattened_mut());
        let parts = LANES / S::F32_LANES;
        for (magnitudes, bins) in lanes.chunks_exact_mut(parts).zip(spectra.chunks_exact(2 * parts)) {
            let (re, im) = bins.split_at(parts);
            for ((&re, &im), magnitude) in re.iter().zip(im).zip(magnitudes) {
                let power = simd.add_f32s(simd.mul_f32s(re, re), simd.mul_f32s(im, im));
                *magnitude = simd.sqrt_f32s(power);
            }
        }
        let (low, high) = lanes.split_at(HOP * parts);
        for q in 0..ROWS {
            for part in 0..parts {
                let (here, mirrored) = (q * parts + part, (HOP - 1 - q) * parts + part);
                let [a, b, c, d] = [low[here], high[here], low[mirrored], high[mirrored]];
                sums[here] = simd.add_f32s(simd.add_f32s(a, b), simd.add_f32s(c, d));
                largest[here] = simd.max_f32s(simd.max_f32s(a, b), simd.max_f32s(c, d));
            }
        }
    }
}

impl FrameMagnitudes {
    /// The magnitudes of bins 32 q to 32 q + 31.
    pub(crate) fn row(&self, q: usize) -> [f32; ROW] {
        let mirrored = HOP - 1 - q;
        std::array::from_fn(|r| match r {
            0 => self.first[q],
            1..=HALF => self.lanes[(r - 1) / LANES][q][(r - 1) % LANES],
            _ => self.lanes[(ROW - r - 1) / LANES][mirrored][(ROW - r - 1) % LANES],
        })
    }

    /// The magnitude of the last bin, at half the sample rate.
    pub(crate) fn last(&self) -> f32 {
        self.first[ROWS]
    }

    /// The sum of a row.
    #[inline(always)]
    pub(crate) fn row_sum(&self, q: usize) -> f32 {
        let [a, b, c, d, e, f, g, h] = self.sums[q];
        let once = self.lanes[GROUPS - 1][HOP - 1 - q][LANES - 1];
        (((a + e) + (c + g)) + ((b + f) + (d + h))) + (self.first[q] - once)
    }

    /// Number of the highest bin of at least `least`.
    #[inline(always)]
    pub(crate) fn highest(&self, least: f32) -> Option<usize> {
        if self.last() >= least {
            return Some(ROW * ROWS);
        }
        for q in (0..ROWS).rev() {
            let reaches = |magnitude: &f32| *magnitude >= least;
            if (reaches(&self.first[q]) || self.largest[q].iter().any(reaches))
                && let Some(r) = self.row(q).iter().rposition(reaches)
            {
                return Some(ROW * q + r);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_are_those_of_a_transform_of_each_frame() {
        // A decaying saw, silence, and the saw again, over two new starts.
        let value = |n: usize| if (9_000..26_000).contains(&n) { 0.0 } else { (n % 91) as f32 / 91.0 - 0.5 };
        let samples: Vec<f32> = (0..40_000).map(|n| value(n) * (-(n as f32) / 9_000.0).exp()).collect();
        let mut planner = Planner::new();
        let mut whole = PairFourier::new(&mut planner, FRAME);
        let mut count = 0;
        SlidingSpectra::new(&mut planner).frames(&samples, |magnitudes| {
            let frame = &samples[count * HOP..count * HOP + FRAME];
            let [bins, _] = whole.transform([frame; 2], &[1.0; FRAME], false);
            let mut expected: Vec<f32> = bins.iter().map(|bin| bin.norm_sqr().sqrt()).collect();
            expected[0] = 0.0;
            let rows = (0..ROWS).flat_map(|q| magnitudes.row(q));
            let found: Vec<f32> = rows.chain([magnitudes.last()]).collect();
            for (bin, (found, expected)) in found.iter().zip(&expected).enumerate() {
                assert!((found - expected).abs() < 1e-3, "frame {count}, bin {bin}: {found}, not {expected}");
            }
            if count == ANEW {
                assert!(
                    found.iter().all(|&magnitude| magnitude == 0.0),
                    "nothing is left of the sound before"
                );
            }
            for (q, row) in expected.chunks_exact(ROW).enumerate() {
                let sum: f32 = row.iter().sum();
                assert!((magnitudes.row_sum(q) - sum).abs() < 1e-2, "frame {count}, row {q}: not {sum}");
            }
            for least in [0.1, 1.0, 10.0] {
                let highest = expected.iter().rposition(|&magnitude| magnitude >= least);
                assert_eq!(magnitudes.highest(least), highest, "frame {count}, at least {least}");
            }
            count += 1;
        });
        assert_eq!(count, (40_000 - FRAME) / HOP + 1);
    }
}
