//! Turns harmonics of one frequency into samples. Never allocates after construction.

use std::f64::consts::{PI, TAU};

use vectors::widest;

use crate::tone_frame::HARMONIC_COUNT;

/// Plays harmonics whose amplitudes and frequency change linearly.
#[derive(Clone)]
pub(crate) struct HarmonicOscillator {
    sample_rate_hz: f32,
    /// The phase of the fundamental, in turns, 0…1.
    phase: f64,
    /// The phase of each harmonic when that of the fundamental is zero, as cosine and sine: quadratic in the number,
    /// which keeps peaks low (Schroeder, 1970).
    offsets: [[f32; 2]; HARMONIC_COUNT],
    /// The phase of the fundamental at each sample of a block, in turns.
    phases: Vec<f64>,
}

/// Samples that are computed side by side, harmonic after harmonic, in a processor's registers.
const TILE: usize = 16;

/// Frequencies and amplitudes at the beginning and the end of a hop, and the samples between them.
pub(crate) struct HarmonicRamp<'a> {
    pub(crate) frequencies_hz: [f32; 2],
    pub(crate) amplitudes: [&'a [f32; HARMONIC_COUNT]; 2],
    /// The place of each sample between the two, 0…1.
    pub(crate) places: &'a [f32],
}

impl HarmonicOscillator {
    pub(crate) fn new(sample_rate_hz: f32, block: usize) -> Self {
        let offset = |index: usize| {
            let turns = (index * (index + 1)) as f64 / (2.0 * HARMONIC_COUNT as f64);
            [(TAU * turns).cos() as f32, (TAU * turns).sin() as f32]
        };
        Self {
            sample_rate_hz,
            phase: 0.0,
            offsets: std::array::from_fn(offset),
            phases: vec![0.0; block.next_multiple_of(TILE)],
        }
    }

    pub(crate) fn reset(&mut self) {
        self.phase = 0.0;
    }

    /// Adds the harmonics to `out`, of at most a block. Harmonics above half the sample rate are left out.
    pub(crate) fn add(&mut self, ramp: &HarmonicRamp, out: &mut [f32]) {
        let [from_hz, to_hz] = ramp.frequencies_hz;
        let length = out.len().min(ramp.places.len());
        let phases = self.phases.chunks_mut(TILE);
        for (phases, places) in phases.zip(ramp.places[..length].chunks(TILE)) {
            // Each tile adds up its own turns, beside those of the next ones: a single sum would wait for each
            // addition.
            let mut turns = 0.0;
            for (phase, place) in phases.iter_mut().zip(places) {
                let frequency_hz = from_hz + (to_hz - from_hz) * place;
                // Less than half a turn is added.
                turns = wrapped(turns + f64::from(frequency_hz / self.sample_rate_hz));
                *phase = turns;
            }
            phases.iter_mut().for_each(|phase| *phase = wrapped(self.phase + *phase));
            self.phase = wrapped(self.phase + turns);
        }
        let audible = (0.5 * self.sample_rate_hz / from_hz.max(to_hz).max(1.0)) as usize;
        let loud = |amplitudes: &[f32; HARMONIC_COUNT]| {
            amplitudes.iter().rposition(|&amplitude| amplitude > 0.0).map_or(0, |last| last + 1)
        };
        let count = audible.min(ramp.amplitudes.into_iter().map(loud).max().unwrap_or(0));
        let amplitudes = ramp.amplitudes.map(|amplitudes| &amplitudes[..count]);
        // With AVX2 or AVX-512 where the machine has it: the sums have the same order.
        widest(
            #[inline(always)]
            || add_harmonics(&self.phases, ramp.places, amplitudes, &self.offsets, out),
        );
    }
}

/// Turns below 2 without a whole one.
#[inline(always)]
fn wrapped(turns: f64) -> f64 {
    turns - if turns >= 1.0 { 1.0 } else { 0.0 }
}

/// Adds the harmonics with these amplitudes and offsets to `out`, at these phases of the fundamental.
#[inline(always)]
fn add_harmonics(
    phases: &[f64],
    places: &[f32],
    amplitudes: [&[f32]; 2],
    offsets: &[[f32; 2]],
    out: &mut [f32],
) {
    let phases = phases.as_chunks().0;
    for ((phases, places), out) in phases.iter().zip(places.chunks(TILE)).zip(out.chunks_mut(TILE)) {
        let mut tile_places = [0.0; TILE];
        tile_places[..places.len()].copy_from_slice(places);
        for (out, sum) in out.iter_mut().zip(harmonics(phases, &tile_places, amplitudes, offsets)) {
            *out += sum;
        }
    }
}

/// The sums of the harmonics with these amplitudes and offsets at these phases of the fundamental.
#[inline(always)]
fn harmonics(
    phases: &[f64; TILE],
    places: &[f32; TILE],
    [from, to]: [&[f32]; 2],
    offsets: &[[f32; 2]],
) -> [f32; TILE] {
    let turns = phases.map(cosine_and_sine);
    let (cosines, sines) = (turns.map(|[cosine, _]| cosine), turns.map(|[_, sine]| sine));
    let (mut re, mut im, mut sums) = ([1.0; TILE], [0.0; TILE], [0.0; TILE]);
    for ((from, to), [cosine, sine]) in from.iter().zip(to).zip(offsets) {
        let change = to - from;
        for n in 0..TILE {
            (re[n], im[n]) = (re[n] * cosines[n] - im[n] * sines[n], re[n] * sines[n] + im[n] * cosines[n]);
            sums[n] += (from + change * places[n]) * (re[n] * sine + im[n] * cosine);
        }
    }
    sums
}

/// Cosine and sine of 0 ≤ `turns` ≤ 1, within 10⁻⁸, without a branch or a table: so the compiler computes several at
/// once. Taylor polynomials for half the angle, at most a quarter turn, and the formulas of the double angle.
#[inline(always)]
fn cosine_and_sine(turns: f64) -> [f32; 2] {
    /// ±1 / k! for k = 12 to 0, and for k = 13 to 1.
    const COSINE: [f64; 7] =
        [1.0 / 479_001_600.0, -1.0 / 3_628_800.0, 1.0 / 40_320.0, -1.0 / 720.0, 1.0 / 24.0, -0.5, 1.0];
    const SINE: [f64; 7] = [
        1.0 / 6_227_020_800.0,
        -1.0 / 39_916_800.0,
        1.0 / 362_880.0,
        -1.0 / 5_040.0,
        1.0 / 120.0,
        -1.0 / 6.0,
        1.0,
    ];
    let half = PI * (turns - if turns >= 0.5 { 1.0 } else { 0.0 });
    let square = half * half;
    let polynomial = |factors: [f64; 7]| factors.into_iter().fold(0.0, |sum, factor| sum * square + factor);
    let (cosine, sine) = (polynomial(COSINE), half * polynomial(SINE));
    [(1.0 - 2.0 * sine * sine) as f32, (2.0 * sine * cosine) as f32]
}
