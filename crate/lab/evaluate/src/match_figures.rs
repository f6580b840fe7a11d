//! The figures of matched sounds: means, shares and a median.

use crate::figure_column::{FigureColumn, ReportedFigures, column, mean, ratio, share, upper_median};
use crate::figures::ComparedSound;
use crate::sound_metrics::MatchMetrics;
use serde::Serialize;

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
        Self {
            error,
            spread,
            mean_timbre: truth.mean_timbre(guess),
            metrics,
            has_right_pitch: has_pitch.then(|| metrics.has_right_pitch()),
            is_nearer: None,
        }
    }
}

impl ReportedFigures for MatchFigures {
    const COLUMNS: &'static [FigureColumn<Self>] = &[
        column("phi", "phi", 3, |all| ratio(all, |own| [own.error, own.spread])),
        column("mean_timbre", "A", 2, |all| mean(all, |own| own.mean_timbre)),
        column("mss_db", "MSS", 2, |all| mean(all, |own| own.metrics.mss_db)),
        column("wmfcc", "wMFCC", 2, |all| mean(all, |own| own.metrics.wmfcc)),
        column("sot", "SOT", 3, |all| mean(all, |own| own.metrics.sot)),
        column("rms_cosine", "RMScos", 3, |all| mean(all, |own| own.metrics.rms_cosine)),
        column("spectral_convergence", "SC", 3, |all| mean(all, |own| own.metrics.spectral_convergence)),
        column("loudness_lu", "|LU|", 2, |all| mean(all, |own| own.metrics.loudness_lu.abs())),
        column("pitch_cents", "|cent|", 2, |all| {
            upper_median(all, |own| own.metrics.pitch_cents.map(f64::abs))
        }),
        column("right_pitch", "≤10 ct", 3, |all| share(all, |own| own.has_right_pitch)),
        column("nearer", "nearer", 3, |all| share(all, |own| own.is_nearer)),
    ];

    fn distance(&self) -> f64 {
        self.error
    }

    fn set_nearer(&mut self, is_nearer: bool) {
        self.is_nearer = Some(is_nearer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Estimate;
    use crate::estimate::tests::estimate;

    fn guess(error: f64, cents: Option<f64>) -> MatchFigures {
        let metrics = MatchMetrics {
            mss_db: 0.0,
            wmfcc: 0.0,
            sot: 0.0,
            audible_sot: 0.0,
            rms_cosine: 1.0,
            spectral_convergence: 0.0,
            loudness_lu: -error,
            pitch_cents: cents,
        };
        let has_right_pitch = Some(metrics.has_right_pitch());
        MatchFigures { error, spread: 2.0, mean_timbre: error, metrics, has_right_pitch, is_nearer: None }
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
