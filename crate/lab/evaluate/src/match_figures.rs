//! The figures of matched sounds, each with its interval by bootstrap over the sounds.

use crate::figures::{ComparedSound, SCALE_COUNT};
use crate::sound_metrics::MatchMetrics;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// Samples of a bootstrap (Efron, 1979): enough for two digits of an interval's ends.
pub(crate) const RESAMPLES: usize = 500;
/// A pitch within this is right.
const RIGHT_CENTS: f64 = 10.0;

/// The differences of a guess from its target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MatchFigures {
    /// Squared error along the principal components of the spectrum.
    pub error: f64,
    /// Squared error of the mean sound along the same components.
    pub spread: f64,
    /// Mean absolute difference of the seven timbral scales, in points.
    pub mean_timbre: f64,
    /// The metrics of the samples.
    #[serde(flatten)]
    pub metrics: MatchMetrics,
    /// True if its pitch is within 10 cents; `None` if the target has no pitch.
    pub has_right_pitch: Option<bool>,
    /// True if its error is less than that of the nearest known preset; `None` for that preset itself.
    pub is_nearer: Option<bool>,
}

impl MatchFigures {
    /// The figures of a target and a guess, by their compared features and by their samples.
    pub fn new(truth: &ComparedSound, guess: &ComparedSound, metrics: MatchMetrics, has_pitch: bool) -> Self {
        let [error, spread] = truth.error_and_spread(guess);
        let is_right = metrics.pitch_cents.is_some_and(|cents| cents.abs() <= RIGHT_CENTS);
        Self {
            error,
            spread,
            mean_timbre: truth.timbre(guess).iter().sum::<f64>() / SCALE_COUNT as f64,
            metrics,
            has_right_pitch: has_pitch.then_some(is_right),
            is_nearer: None,
        }
    }
}

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

/// A column of the table.
pub struct FigureColumn {
    /// Its name in JSON.
    pub key: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Decimals that are shown.
    pub decimals: usize,
    figure: fn(&[&MatchFigures]) -> Option<f64>,
}

/// Columns of the table.
pub const COLUMN_COUNT: usize = 11;

/// All columns.
pub const COLUMNS: [FigureColumn; COLUMN_COUNT] = [
    FigureColumn { key: "phi", heading: "phi", decimals: 3, figure: phi },
    FigureColumn {
        key: "mean_timbre",
        heading: "A",
        decimals: 2,
        figure: |all| mean(all, |own| own.mean_timbre),
    },
    FigureColumn {
        key: "mss_db",
        heading: "MSS",
        decimals: 2,
        figure: |all| mean(all, |own| own.metrics.mss_db),
    },
    FigureColumn {
        key: "wmfcc",
        heading: "wMFCC",
        decimals: 2,
        figure: |all| mean(all, |own| own.metrics.wmfcc),
    },
    FigureColumn { key: "sot", heading: "SOT", decimals: 3, figure: |all| mean(all, |own| own.metrics.sot) },
    FigureColumn {
        key: "rms_cosine",
        heading: "RMScos",
        decimals: 3,
        figure: |all| mean(all, |own| own.metrics.rms_cosine),
    },
    FigureColumn {
        key: "spectral_convergence",
        heading: "SC",
        decimals: 3,
        figure: |all| mean(all, |own| own.metrics.spectral_convergence),
    },
    FigureColumn {
        key: "loudness_lu",
        heading: "|LU|",
        decimals: 2,
        figure: |all| mean(all, |own| own.metrics.loudness_lu.abs()),
    },
    FigureColumn { key: "pitch_cents", heading: "|cent|", decimals: 2, figure: median_cents },
    FigureColumn {
        key: "right_pitch",
        heading: "≤10 ct",
        decimals: 3,
        figure: |all| share(all, |own| own.has_right_pitch),
    },
    FigureColumn {
        key: "nearer",
        heading: "nearer",
        decimals: 3,
        figure: |all| share(all, |own| own.is_nearer),
    },
];

fn phi(all: &[&MatchFigures]) -> Option<f64> {
    let sum = |part: fn(&MatchFigures) -> f64| all.iter().map(|own| part(own)).sum::<f64>();
    Some(sum(|own| own.error) / sum(|own| own.spread))
}

fn mean(all: &[&MatchFigures], figure: fn(&MatchFigures) -> f64) -> Option<f64> {
    (!all.is_empty()).then(|| all.iter().map(|own| figure(own)).sum::<f64>() / all.len() as f64)
}

fn median_cents(all: &[&MatchFigures]) -> Option<f64> {
    let mut cents: Vec<f64> = all.iter().filter_map(|own| own.metrics.pitch_cents).map(f64::abs).collect();
    cents.sort_by(f64::total_cmp);
    cents.get(cents.len() / 2).copied()
}

fn share(all: &[&MatchFigures], is_so: fn(&MatchFigures) -> Option<bool>) -> Option<f64> {
    let answers: Vec<bool> = all.iter().filter_map(|own| is_so(own)).collect();
    let true_ones = answers.iter().filter(|answer| **answer).count();
    (!answers.is_empty()).then(|| true_ones as f64 / answers.len() as f64)
}

/// The figures of all sounds, and their intervals over sounds drawn again.
pub fn estimates(all: &[MatchFigures]) -> [Option<Estimate>; COLUMN_COUNT] {
    let mut random = ChaCha8Rng::seed_from_u64(all.len() as u64);
    let draw = |_| (0..all.len()).map(|_| &all[random.random_range(0..all.len())]).collect();
    let draws: Vec<Vec<&MatchFigures>> = (0..RESAMPLES).map(draw).collect();
    let whole: Vec<&MatchFigures> = all.iter().collect();
    COLUMNS.map(|FigureColumn { figure, .. }| {
        let value = figure(&whole)?;
        let values = whole.iter().filter(|&&own| figure(&[own]).is_some()).count();
        Some(Estimate { value, interval: interval(values, || draws.iter().filter_map(|draw| figure(draw))) })
    })
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
pub(crate) fn interval<I: Iterator<Item = f64>>(
    values: usize,
    drawn: impl FnOnce() -> I,
) -> Option<[f64; 2]> {
    if values < 2 {
        return None;
    }
    let mut drawn: Vec<f64> = drawn().collect();
    drawn.sort_by(f64::total_cmp);
    let quantile = |share: f64| drawn[((drawn.len() - 1) as f64 * share).round() as usize];
    Some([quantile(0.025), quantile(0.975)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(error: f64, cents: Option<f64>) -> MatchFigures {
        MatchFigures {
            error,
            spread: 2.0,
            mean_timbre: error,
            metrics: MatchMetrics {
                mss_db: 0.0,
                wmfcc: 0.0,
                sot: 0.0,
                audible_sot: 0.0,
                rms_cosine: 1.0,
                spectral_convergence: 0.0,
                loudness_lu: -error,
                pitch_cents: cents,
            },
            has_right_pitch: Some(cents.is_some_and(|cents| cents.abs() <= RIGHT_CENTS)),
            is_nearer: None,
        }
    }

    fn estimate(all: &[MatchFigures], key: &str) -> Option<Estimate> {
        let at = COLUMNS.iter().position(|column| column.key == key).unwrap();
        estimates(all)[at]
    }

    #[test]
    fn a_guess_without_pitch_is_out_of_tune() {
        let all = [guess(0.0, Some(3.0)), guess(0.0, Some(-30.0)), guess(0.0, None), guess(0.0, Some(-9.0))];
        assert_eq!(estimate(&all, "right_pitch").unwrap().value, 0.5);
        assert_eq!(estimate(&all, "pitch_cents").unwrap().value, 9.0);
        assert_eq!(estimate(&all, "nearer"), None);
    }

    #[test]
    fn one_value_has_no_interval() {
        let of = |all: &[MatchFigures], key: &str| estimate(all, key).unwrap().interval;
        assert_eq!(of(&[guess(1.0, Some(3.0))], "phi"), None);
        let both = [guess(1.0, Some(3.0)), guess(2.0, None)];
        assert_eq!(of(&both, "pitch_cents"), None, "one of two has a pitch");
        assert!(of(&both, "phi").is_some());
        assert_eq!(estimate_of(&[]), None, "no value is no 0");
        assert_eq!(estimate_of(&[0.5]), Some(Estimate { value: 0.5, interval: None }));
        assert!(estimate_of(&[0.5, 0.5]).unwrap().interval.is_some());
    }

    #[test]
    fn an_interval_holds_its_figure_and_is_none_where_all_are_alike() {
        let alike = [guess(1.0, None); 20];
        assert_eq!(estimate(&alike, "phi"), Some(Estimate { value: 0.5, interval: Some([0.5; 2]) }));
        let unlike: Vec<MatchFigures> = (0..40).map(|error| guess(f64::from(error), None)).collect();
        let Estimate { value, interval } = estimate(&unlike, "loudness_lu").unwrap();
        let [low, high] = interval.unwrap();
        assert_eq!(value, 19.5);
        // Four standard errors of 40 numbers from 0 to 39: about 7.3.
        assert!(low < value && value < high && (5.0..9.0).contains(&(high - low)), "{low} {high}");
    }
}
