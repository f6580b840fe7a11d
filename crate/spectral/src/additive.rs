//! Harmonics of one frequency become samples. Never allocates after construction.

use std::f64::consts::TAU;

use crate::tone_frame::HARMONIC_COUNT;

/// Plays harmonics whose amplitudes and frequency change linearly.
#[derive(Clone)]
pub(crate) struct HarmonicOscillator {
    sample_rate_hz: f32,
    /// Of the fundamental, in turns, 0…1.
    phase: f64,
    /// The phase of each harmonic when that of the fundamental is zero, as cosine and sine: quadratic in the number,
    /// which keeps peaks low (Schroeder, 1970).
    offsets: [[f32; 2]; HARMONIC_COUNT],
    /// e^(iφ) for each sample of a block, and its powers.
    turn: [Vec<f32>; 2],
    power: [Vec<f32>; 2],
}

/// Frequencies and amplitudes at the beginning and the end of a hop, and the samples between them.
pub(crate) struct HarmonicRamp<'a> {
    pub(crate) frequencies_hz: [f32; 2],
    pub(crate) amplitudes: [&'a [f32; HARMONIC_COUNT]; 2],
    /// Where each sample lies between the two, 0…1.
    pub(crate) places: &'a [f32],
}

impl HarmonicOscillator {
    pub(crate) fn new(sample_rate_hz: f32, block: usize) -> Self {
        let offset = |index: usize| {
            let turns = (index * (index + 1)) as f64 / (2.0 * HARMONIC_COUNT as f64);
            [(TAU * turns).cos() as f32, (TAU * turns).sin() as f32]
        };
        let zeros = || [vec![0.0; block], vec![0.0; block]];
        Self {
            sample_rate_hz,
            phase: 0.0,
            offsets: std::array::from_fn(offset),
            turn: zeros(),
            power: zeros(),
        }
    }

    pub(crate) fn reset(&mut self) {
        self.phase = 0.0;
    }

    /// Adds the harmonics to `out`, of at most a block. Harmonics above half the sample rate are left out.
    pub(crate) fn add(&mut self, ramp: &HarmonicRamp, out: &mut [f32]) {
        let [from_hz, to_hz] = ramp.frequencies_hz;
        let [cosines, sines] = &mut self.turn;
        for ((cosine, sine), place) in
            cosines.iter_mut().zip(sines.iter_mut()).zip(ramp.places).take(out.len())
        {
            let frequency_hz = from_hz + (to_hz - from_hz) * place;
            self.phase = (self.phase + f64::from(frequency_hz / self.sample_rate_hz)).fract();
            let (s, c) = (TAU * self.phase).sin_cos();
            (*cosine, *sine) = (c as f32, s as f32);
        }
        let audible = (0.5 * self.sample_rate_hz / from_hz.max(to_hz).max(1.0)) as usize;
        let [re, im] = &mut self.power;
        re.fill(1.0);
        im.fill(0.0);
        for (index, [cosine, sine]) in self.offsets.iter().enumerate().take(audible) {
            for ((re, im), (c, s)) in
                re.iter_mut().zip(im.iter_mut()).zip(self.turn[0].iter().zip(&self.turn[1]))
            {
                (*re, *im) = (*re * c - *im * s, *re * s + *im * c);
            }
            let [from, to] = ramp.amplitudes.map(|amplitudes| amplitudes[index]);
            if from == 0.0 && to == 0.0 {
                continue;
            }
            let samples = out.iter_mut().zip(re.iter().zip(im.iter())).zip(ramp.places);
            for ((out, (re, im)), place) in samples {
                *out += (from + (to - from) * place) * (re * sine + im * cosine);
            }
        }
    }
}
