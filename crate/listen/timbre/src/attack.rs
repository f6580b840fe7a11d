//! Start and duration of the attack in an envelope.
//!
//! Constants from timbral_models 0.4.0, `calculate_attack_time`; the weakest-effort method is
//! that of G. Peeters, "A large set of audio features for sound description", CUIDADO report, 2004.

use crate::scan::first_highest;

/// The attack of one note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Attack {
    /// Its start, in samples of the envelope.
    pub(crate) start: usize,
    /// Decimal logarithm of its duration in seconds.
    pub(crate) log_duration: f64,
}

/// The rising part of an envelope: from the last of its lowest values before the peak up to the peak.
/// `None` if the peak is the first value.
fn rise(envelope: &[f64]) -> Option<(usize, &[f64])> {
    let peak = first_highest(envelope);
    if peak == 0 {
        return None;
    }
    let lowest = envelope[..peak].iter().copied().fold(f64::INFINITY, f64::min);
    let start = envelope[..peak].iter().rposition(|&value| value == lowest)?;
    Some((start, &envelope[start..=peak]))
}

/// First index at which `values` reach `level`; zero if they never do.
fn first_reaching(values: &[f64], level: f64) -> usize {
    values.iter().position(|&value| value >= level).unwrap_or(0)
}

/// Decimal logarithm of the time from `start` to `end`, at most `longest_s`.
fn log_duration(start: usize, end: usize, sample_rate_hz: f64, longest_s: f64) -> f64 {
    let samples = if end == start { 1.0 } else { (end as f64 - start as f64) + 1.0 };
    let duration_s = samples / sample_rate_hz;
    let limited = if duration_s > longest_s {
        ((sample_rate_hz * longest_s).floor() + 1.0) / sample_rate_hz
    } else {
        duration_s
    };
    limited.log10()
}

/// Weakest effort: of nine levels from 10 to 90 % of the rise, the attack lies between the first and the
/// last that follow each other within three times the mean time between levels.
pub(crate) fn weakest_effort(envelope: &[f64], sample_rate_hz: f64, longest_s: f64) -> Option<Attack> {
    const LEVELS: usize = 9;
    const EFFORT_LIMIT: f64 = 3.0;
    let (offset, rising) = rise(envelope)?;
    let (low, high) = (rising[0], rising[rising.len() - 1]);
    let times: [usize; LEVELS] = std::array::from_fn(|level| {
        let share = 0.1 + 0.8 * level as f64 / (LEVELS - 1) as f64;
        first_reaching(rising, share * (high - low) + low)
    });
    let efforts: [usize; LEVELS - 1] =
        std::array::from_fn(|step| times[step + 1].saturating_sub(times[step]));
    let mean = efforts.iter().sum::<usize>() as f64 / efforts.len() as f64;
    let limit = mean * EFFORT_LIMIT;
    let first = efforts.iter().position(|&effort| effort as f64 <= limit).unwrap_or(0);
    let rest = &efforts[first..];
    let last = match rest.iter().position(|&effort| effort as f64 >= limit) {
        None | Some(0) => rest.len() - 1,
        Some(index) => index,
    };
    let (mut start, mut end) = (times[first], times[first + last]);
    if start == end {
        (start, end) = (times[0], times[LEVELS - 1]);
    }
    Some(Attack { start: start + offset, log_duration: log_duration(start, end, sample_rate_hz, longest_s) })
}

/// Fixed threshold: the index at which the rise reaches 20 % of its range.
pub(crate) fn fixed_threshold_start(envelope: &[f64]) -> Option<usize> {
    let (offset, rising) = rise(envelope)?;
    let (low, high) = (rising[0], rising[rising.len() - 1]);
    Some(offset + first_reaching(rising, 0.2 * (high - low) + low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_rise_has_an_attack_of_seventy_percent_of_its_duration() {
        let rise: Vec<f64> = (0..=1000).map(|n| f64::from(n) / 1000.0).collect();
        let attack = weakest_effort(&rise, 44_100.0, 1.0).unwrap();
        assert!((99..=101).contains(&attack.start), "{attack:?}");
        // The search ends at the last of the eight steps, hence 701 instead of 801 samples.
        assert!((10_f64.powf(attack.log_duration) * 44_100.0 - 701.0).abs() <= 2.0, "{attack:?}");
        assert_eq!(fixed_threshold_start(&rise), Some(200));
    }

    #[test]
    fn a_falling_envelope_has_no_attack() {
        assert_eq!(weakest_effort(&[1.0, 0.5, 0.0], 44_100.0, 0.1), None);
    }
}
