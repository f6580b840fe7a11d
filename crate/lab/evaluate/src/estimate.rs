//! Figures of all sounds with their intervals by bootstrap over the sounds.

use crate::figure_column::ReportedFigures;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// Samples of a bootstrap (Efron, 1979): enough for two digits of an interval's ends.
const RESAMPLES: usize = 500;

/// A figure and its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure of all sounds.
    pub value: f64,
    /// The ends of its 95 % interval; `None` for too few values.
    pub interval: Option<[f64; 2]>,
}

impl Estimate {
    /// The ends of the interval with so many decimals and a word between them; a dash without an interval.
    pub(crate) fn interval_text(&self, decimals: usize, between: &str) -> String {
        let text = |[low, high]: [f64; 2]| format!("{low:.decimals$}{between}{high:.decimals$}");
        self.interval.map_or_else(|| "–".to_owned(), text)
    }
}

/// The figures of all sounds in the order of their columns, and their intervals over sounds drawn again.
pub(crate) fn estimates<F: ReportedFigures>(all: &[F]) -> Vec<Option<Estimate>> {
    let mut random = ChaCha8Rng::seed_from_u64(all.len() as u64);
    let draw = |_| (0..all.len()).map(|_| &all[random.random_range(0..all.len())]).collect();
    let draws: Vec<Vec<&F>> = (0..RESAMPLES).map(draw).collect();
    let whole: Vec<&F> = all.iter().collect();
    let estimate = |value: fn(&[&F]) -> Option<f64>| {
        let values = all.iter().filter(|&own| value(&[own]).is_some()).count();
        let interval = || interval(values, || draws.iter().filter_map(|draw| value(draw)));
        value(&whole).map(|value| Estimate { value, interval: interval() })
    };
    F::COLUMNS.iter().map(|column| estimate(column.value)).collect()
}

/// The mean of one number for each sound, with its interval; `None` without numbers.
pub fn estimate_of(values: &[f64]) -> Option<Estimate> {
    let count = values.len();
    let mean = |sum: f64| sum / count as f64;
    if values.is_empty() {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(count as u64);
    let mut draw = || mean((0..count).map(|_| values[random.random_range(0..count)]).sum());
    let interval = interval(count, || (0..RESAMPLES).map(|_| draw()));
    Some(Estimate { value: mean(values.iter().sum()), interval })
}

/// The interval of a figure of `values` values, by figures of values drawn again.
fn interval<I: Iterator<Item = f64>>(values: usize, drawn: impl FnOnce() -> I) -> Option<[f64; 2]> {
    if values < 2 {
        return None;
    }
    let mut drawn: Vec<f64> = drawn().collect();
    drawn.sort_by(f64::total_cmp);
    let quantile = |share: f64| drawn[((drawn.len() - 1) as f64 * share).round() as usize];
    Some([quantile(0.025), quantile(0.975)])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The estimate of a column.
    pub(crate) fn estimate<F: ReportedFigures>(all: &[F], key: &str) -> Option<Estimate> {
        let at = F::COLUMNS.iter().position(|column| column.key == key).unwrap();
        estimates(all)[at]
    }

    #[test]
    fn the_mean_of_one_value_has_no_interval_and_no_value_has_no_mean() {
        assert_eq!(estimate_of(&[]), None, "no value is no 0");
        assert_eq!(estimate_of(&[0.5]), Some(Estimate { value: 0.5, interval: None }));
        assert!(estimate_of(&[0.5, 0.5]).unwrap().interval.is_some());
    }
}
