//! Fourier transforms of real frames, planned once for many frames, and sums over their bins. A transform
//! never allocates after construction.

use std::sync::Arc;

use fourier::{Complex32, Complex64, ExactPlanner, Fft, Planner, RealToComplex};

use wide::f32x8;

use vectors::widest;

/// Sums that are computed side by side.
const LANES: usize = 16;

/// A forward real transform of one length in double precision, with its buffers.
pub(crate) struct Fourier {
    plan: Arc<dyn RealToComplex<f64>>,
    input: Vec<f64>,
    output: Vec<Complex64>,
    scratch: Vec<Complex64>,
}

impl Fourier {
    /// Plans a transform of `length` samples into `length / 2 + 1` bins.
    pub(crate) fn new(planner: &mut ExactPlanner, length: usize) -> Self {
        let plan = planner.real_forward(length);
        Self {
            input: plan.make_input_vec(),
            output: plan.make_output_vec(),
            scratch: plan.make_scratch_vec(),
            plan,
        }
    }

    /// Number of bins: half the length plus one.
    pub(crate) fn bins(&self) -> usize {
        self.output.len()
    }

    /// Lets `fill` write the frame into a zeroed buffer of the whole length, then transforms it.
    pub(crate) fn transform(&mut self, fill: impl FnOnce(&mut [f64])) -> &[Complex64] {
        self.input.fill(0.0);
        fill(&mut self.input);
        self.plan
            .process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch)
            .expect("the buffers were made by the plan itself");
        &self.output
    }
}

/// Transforms two real frames at a time by one complex transform, as real and imaginary part. For many
/// frames this is faster than a real transform of each.
pub(crate) struct PairFourier {
    plan: Arc<dyn Fft<f32>>,
    buffer: Vec<Complex32>,
    scratch: Vec<Complex32>,
    spectra: [Vec<Complex32>; 2],
}

impl PairFourier {
    /// Plans transforms of `length` samples into `length / 2 + 1` bins each.
    pub(crate) fn new(planner: &mut Planner, length: usize) -> Self {
        let plan = planner.complex_forward(length);
        let zero = Complex32::new(0.0, 0.0);
        Self {
            buffer: vec![zero; length],
            scratch: vec![zero; plan.get_inplace_scratch_len()],
            spectra: [vec![zero; length / 2 + 1], vec![zero; length / 2 + 1]],
            plan,
        }
    }

    /// Number of bins of each spectrum.
    pub(crate) fn bins(&self) -> usize {
        self.spectra[0].len()
    }

    /// Spectra of two frames of the same length (at most that of the transform; zeros follow),
    /// each multiplied by `window`, after subtracting its mean if `detrend`.
    pub(crate) fn transform(
        &mut self,
        frames: [&[f32]; 2],
        window: &[f32],
        detrend: bool,
    ) -> [&[Complex32]; 2] {
        let [mean, other_mean] = frames.map(|frame| {
            if detrend {
                widest(
                    #[inline(always)]
                    || mean(frame),
                )
            } else {
                0.0
            }
        });
        let samples = frames[0].iter().zip(frames[1]);
        widest(
            #[inline(always)]
            || {
                for ((out, (sample, other)), weight) in self.buffer.iter_mut().zip(samples).zip(window) {
                    *out = Complex32::new((sample - mean) * weight, (other - other_mean) * weight);
                }
            },
        );
        self.buffer[frames[0].len()..].fill(Complex32::new(0.0, 0.0));
        self.plan.process_with_scratch(&mut self.buffer, &mut self.scratch);
        widest(
            #[inline(always)]
            || self.separate(),
        );
        [&self.spectra[0], &self.spectra[1]]
    }

    /// Separates the two spectra: the even and the odd part of the joint one.
    #[inline(always)]
    fn separate(&mut self) {
        let [first, second] = &mut self.spectra;
        let joint = self.buffer[0];
        (first[0], second[0]) = (Complex32::new(joint.re, 0.0), Complex32::new(joint.im, 0.0));
        let mirrored = self.buffer.iter().rev();
        let joint = self.buffer[1..].iter().zip(mirrored);
        for ((first, second), (a, b)) in first[1..].iter_mut().zip(&mut second[1..]).zip(joint) {
            *first = Complex32::new(0.5 * (a.re + b.re), 0.5 * (a.im - b.im));
            *second = Complex32::new(0.5 * (a.im + b.im), 0.5 * (b.re - a.re));
        }
    }
}

/// The mean of a frame.
#[inline(always)]
fn mean(frame: &[f32]) -> f32 {
    (sum(frame) / frame.len() as f64) as f32
}

/// The sum of a frame in double precision, in eight accumulators for vectorisation.
#[inline(always)]
fn sum(frame: &[f32]) -> f64 {
    let mut accumulators = [0.0_f64; 8];
    let (chunks, rest) = frame.as_chunks::<8>();
    let rest: f64 = rest.iter().map(|&sample| f64::from(sample)).sum();
    for chunk in chunks {
        for (accumulator, &sample) in accumulators.iter_mut().zip(chunk) {
            *accumulator += f64::from(sample);
        }
    }
    accumulators.iter().sum::<f64>() + rest
}

/// The whole segments of a signal of `length` samples, as in `scipy.signal.spectrogram`; a signal shorter
/// than one segment is a single, shorter segment.
pub(crate) fn segments(
    length: usize,
    segment: usize,
    hop: usize,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let size = segment.min(length);
    let count = if length == 0 { 0 } else { (length - size) / hop + 1 };
    (0..count).map(move |index| index * hop..index * hop + size)
}

/// The [`segments`] in pairs. The last of an odd number is paired with itself and marked by `true`.
pub(crate) fn pairs(
    length: usize,
    segment: usize,
    hop: usize,
) -> impl Iterator<Item = ([std::ops::Range<usize>; 2], bool)> {
    let mut segments = segments(length, segment, hop);
    std::iter::from_fn(move || {
        let first = segments.next()?;
        let second = segments.next();
        let alone = second.is_none();
        Some(([first.clone(), second.unwrap_or(first)], alone))
    })
}

/// Energy of a detrended and windowed frame. By Parseval's theorem it is proportional to the sum of the
/// one-sided power spectrum, without a transform.
pub(crate) fn windowed_energy(frame: &[f32], window: &[f32]) -> f64 {
    widest(
        #[inline(always)]
        || windowed_energy_inlined(frame, window),
    )
}

#[inline(always)]
fn windowed_energy_inlined(frame: &[f32], window: &[f32]) -> f64 {
    // Single precision sums up this many values at most.
    const CHUNKS: usize = 32;
    let mean = mean(frame);
    let ((chunks, rest), (weights, rest_weights)) = (frame.as_chunks::<8>(), window.as_chunks::<8>());
    let mut energy = 0.0;
    for (chunks, weights) in chunks.chunks(CHUNKS).zip(weights.chunks(CHUNKS)) {
        let mut sums = f32x8::ZERO;
        for (&samples, &weights) in chunks.iter().zip(weights) {
            let values = (f32x8::new(samples) - f32x8::splat(mean)) * f32x8::new(weights);
            sums += values * values;
        }
        energy += f64::from(sums.to_array().iter().sum::<f32>());
    }
    for (sample, weight) in rest.iter().zip(rest_weights) {
        energy += f64::from((sample - mean) * weight).powi(2);
    }
    energy
}

/// Sums of bin number times power and of power over a one-sided spectrum (all bins but the first and the
/// last count twice).
pub(crate) fn moment_and_power(bins: &[Complex32]) -> (f64, f64) {
    widest(
        #[inline(always)]
        || moment_and_power_inlined(bins),
    )
}

#[inline(always)]
fn moment_and_power_inlined(bins: &[Complex32]) -> (f64, f64) {
    // Single precision sums up this many values at most.
    const CHUNKS: usize = 16;
    let (mut moment, mut power) = (0.0_f64, 0.0_f64);
    let (chunks, rest) = bins[1..bins.len() - 1].as_chunks::<LANES>();
    for (block, chunks) in chunks.chunks(CHUNKS).enumerate() {
        let (mut powers, mut moments) = ([0.0_f32; LANES], [0.0_f32; LANES]);
        for (index, bins) in chunks.iter().enumerate() {
            for ((power, moment), bin) in powers.iter_mut().zip(&mut moments).zip(bins) {
                let square = bin.norm_sqr();
                *power += square;
                *moment += square * index as f32;
            }
        }
        for (lane, (&of_lane, &chunks)) in powers.iter().zip(&moments).enumerate() {
            power += f64::from(of_lane);
            let first = 1 + block * LANES * CHUNKS + lane;
            moment += first as f64 * f64::from(of_lane) + LANES as f64 * f64::from(chunks);
        }
    }
    for (bin, value) in rest.iter().enumerate() {
        let square = f64::from(value.norm_sqr());
        power += square;
        moment += (bins.len() - 1 - rest.len() + bin) as f64 * square;
    }
    let (first, last) = (f64::from(bins[0].norm_sqr()), f64::from(bins[bins.len() - 1].norm_sqr()));
    (2.0 * moment + (bins.len() - 1) as f64 * last, 2.0 * power + first + last)
}
