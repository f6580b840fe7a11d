//! The mel filter bank: 128 triangles of equal area on the Slaney mel scale, from 0 Hz to half the
//! sample rate. Never allocates after construction.
//!
//! Constants: the defaults of librosa 0.10, `librosa.filters.mel`; the scale is that of M. Slaney's
//! Auditory Toolbox (linear to 1 kHz at 200/3 Hz per mel, then 27 mels per factor of 6.4).

use wide::f32x8;

use crate::stft::{BINS, FRAME};

/// Number of filters.
pub(crate) const MELS: usize = 128;

const LINEAR_HZ_PER_MEL: f64 = 200.0 / 3.0;
const BREAK_HZ: f64 = 1000.0;
const BREAK_MEL: f64 = BREAK_HZ / LINEAR_HZ_PER_MEL;

/// Bins that are weighted in parallel.
const LANES: usize = 8;

/// Length of a power spectrum, zero-padded to whole lanes.
pub(crate) const PADDED_BINS: usize = BINS + LANES;

/// The triangles, each as its first bin and the weights from there on, in whole lanes.
pub(crate) struct MelBank {
    filters: Vec<(usize, Vec<f32x8>)>,
}

impl MelBank {
    pub(crate) fn new(sample_rate_hz: f64) -> Self {
        let top_mel = hz_to_mel(sample_rate_hz / 2.0);
        let edges_hz: Vec<f64> =
            (0..MELS + 2).map(|index| mel_to_hz(top_mel * index as f64 / (MELS + 1) as f64)).collect();
        let bin_hz = |bin: usize| bin as f64 * sample_rate_hz / FRAME as f64;
        let filters = edges_hz
            .windows(3)
            .map(|edge| {
                let height = 2.0 / (edge[2] - edge[0]);
                let weight = |bin: usize| {
                    let up = (bin_hz(bin) - edge[0]) / (edge[1] - edge[0]);
                    let down = (edge[2] - bin_hz(bin)) / (edge[2] - edge[1]);
                    (up.min(down).max(0.0) * height) as f32
                };
                let first = (0..BINS).find(|&bin| weight(bin) > 0.0).unwrap_or(BINS);
                let count = (first..BINS).take_while(|&bin| weight(bin) > 0.0).count();
                let lanes = (first..first + count)
                    .step_by(LANES)
                    .map(|bin| f32x8::new(std::array::from_fn(|lane| weight(bin + lane))));
                (first, lanes.collect())
            })
            .collect();
        Self { filters }
    }

    /// Energies of the 128 bands from the power of each bin.
    #[inline(always)]
    pub(crate) fn energies(&self, power: &[f32; PADDED_BINS]) -> [f32; MELS] {
        let mut energies = [0.0; MELS];
        for (energy, (first, weights)) in energies.iter_mut().zip(&self.filters) {
            let mut sums = f32x8::ZERO;
            for (&weights, &powers) in weights.iter().zip(power[*first..].as_chunks::<LANES>().0) {
                sums += weights * f32x8::new(powers);
            }
            *energy = sums.to_array().iter().sum();
        }
        energies
    }
}

fn hz_to_mel(hz: f64) -> f64 {
    if hz < BREAK_HZ {
        hz / LINEAR_HZ_PER_MEL
    } else {
        BREAK_MEL + 27.0 * (hz / BREAK_HZ).ln() / 6.4_f64.ln()
    }
}

fn mel_to_hz(mel: f64) -> f64 {
    if mel < BREAK_MEL {
        mel * LINEAR_HZ_PER_MEL
    } else {
        BREAK_HZ * ((mel - BREAK_MEL) * 6.4_f64.ln() / 27.0).exp()
    }
}
