//! Two envelopes of a signal: peak hold with linear decay, and the RMS level of short blocks. Never smooths
//! an attack.
//!
//! Constants from timbral_models 0.4.0, `sample_and_hold_envelope_calculation` and
//! `calculate_rms_enveope`.

use crate::scan::{energy, peak};

/// Hold time of a peak, in seconds.
const HOLD_S: f64 = 0.01;

/// Follows every rise immediately, holds a peak for 10 ms, then falls linearly at the rate at which the
/// largest peak reaches zero in `decay_s`.
#[inline(never)]
pub(crate) fn peak_hold(samples: &[f64], sample_rate_hz: f64, decay_s: f64, envelope: &mut Vec<f64>) {
    let fall = peak(samples) / (decay_s * sample_rate_hz);
    let hold = HOLD_S * sample_rate_hz;
    let (mut held, mut level) = (0_u32, 0.0_f64);
    envelope.clear();
    envelope.extend(samples.iter().map(|sample| {
        let magnitude = sample.abs();
        if magnitude >= level {
            (held, level) = (0, magnitude);
        } else if f64::from(held) < hold {
            held += 1;
        } else {
            level = (level - fall).max(magnitude);
        }
        level
    }));
}

/// Root mean square of blocks of `size` samples, `hop` apart; the last block is the rest.
pub(crate) fn rms(samples: &[f64], size: usize, hop: usize) -> Vec<f64> {
    let blocks = samples.len().saturating_sub(size).div_ceil(hop);
    let level = |block: &[f64]| {
        if block.is_empty() { 0.0 } else { (energy(block) / block.len() as f64).sqrt() }
    };
    let whole = (0..blocks).map(|block| level(&samples[block * hop..block * hop + size]));
    whole.chain(std::iter::once(level(&samples[blocks * hop..]))).collect()
}
