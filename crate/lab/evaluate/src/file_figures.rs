//! The figures of answers for files: medians, means and shares.

use crate::figure_column::{FigureColumn, ReportedFigures, column, mean, median, ratio, share};
use crate::figures::ComparedSound;
use crate::file_difference::{FileDifference, WaveDifference};
use serde::Serialize;

/// The figures of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FileFigures {
    /// The difference of the sounds as given.
    pub as_given: WaveDifference,
    /// The difference of the sounds above 20 Hz.
    pub above_20_hz: WaveDifference,
    /// Squared error along the principal components of the spectrum, and that of the mean sound.
    pub error_and_spread: [f64; 2],
    /// Mean absolute difference of the seven timbral scales, in points.
    pub mean_timbre: f64,
    /// Loudness of the answer less that of the file, both channels of each, in LU.
    pub loudness_lu: f64,
    /// As in `sound_metrics`.
    pub mss_db: f64,
    /// As in `sound_metrics`.
    pub wmfcc: f64,
    /// Spectral optimal transport where either sound is heard.
    pub audible_sot: f64,
    /// As in `sound_metrics`.
    pub rms_cosine: f64,
    /// True if the key that the search reports has the pitch class of the key that made the file; `None` if that is
    /// not known, of noises, and of what no search found.
    pub has_right_class: Option<bool>,
    /// True if the answer's pitch is within 10 cents; `None` if the file has no pitch.
    pub has_right_pitch: Option<bool>,
    /// True if its mel spectra, as given, are nearer than those of the nearest known preset; `None` for that preset.
    pub is_nearer: Option<bool>,
    /// The seconds of a processor that found it; `None` for what no search found.
    pub seconds: Option<f64>,
}

impl FileFigures {
    /// The figures of an answer for a file: their difference, the features of the file and of the answer, the key that
    /// the search reports and the true key, if it is known.
    pub fn new(
        difference: &FileDifference,
        [wanted, found]: &[ComparedSound; 2],
        loudness_lu: f64,
        (key, true_key): (u8, Option<u8>),
        has_pitch: bool,
    ) -> Self {
        let FileDifference { as_given, above_20_hz, metrics } = *difference;
        Self {
            as_given,
            above_20_hz,
            error_and_spread: wanted.error_and_spread(found),
            mean_timbre: wanted.mean_timbre(found),
            loudness_lu,
            mss_db: metrics.mss_db,
            wmfcc: metrics.wmfcc,
            audible_sot: metrics.audible_sot,
            rms_cosine: metrics.rms_cosine,
            has_right_class: true_key.map(|true_key| true_key % 12 == key % 12),
            has_right_pitch: has_pitch.then(|| metrics.has_right_pitch()),
            is_nearer: None,
            seconds: None,
        }
    }
}

impl ReportedFigures for FileFigures {
    const COLUMNS: &'static [FigureColumn<Self>] = &[
        column("log_mel_db", "log-mel", 2, |all| median(all, |own| Some(own.as_given.log_mel_db))),
        column("level_db", "level", 2, |all| median(all, |own| Some(own.as_given.level_db))),
        column("audible_log_mel_db", "mel >20 Hz", 2, |all| {
            median(all, |own| Some(own.above_20_hz.log_mel_db))
        }),
        column("audible_level_db", "lev >20 Hz", 2, |all| median(all, |own| Some(own.above_20_hz.level_db))),
        column("phi", "phi", 3, |all| ratio(all, |own| own.error_and_spread)),
        column("mean_timbre", "A", 2, |all| mean(all, |own| own.mean_timbre)),
        column("loudness_lu", "|LU|", 2, |all| median(all, |own| Some(own.loudness_lu.abs()))),
        column("mss_db", "MSS", 2, |all| median(all, |own| Some(own.mss_db))),
        column("wmfcc", "wMFCC", 2, |all| median(all, |own| Some(own.wmfcc))),
        column("audible_sot", "SOT", 3, |all| median(all, |own| Some(own.audible_sot))),
        column("rms_cosine", "RMScos", 3, |all| median(all, |own| Some(own.rms_cosine))),
        column("right_class", "class", 2, |all| share(all, |own| own.has_right_class)),
        column("right_pitch", "≤10 ct", 2, |all| share(all, |own| own.has_right_pitch)),
        column("nearer", "nearer", 2, |all| share(all, |own| own.is_nearer)),
        column("seconds", "s", 1, |all| median(all, |own| own.seconds)),
    ];

    fn distance(&self) -> f64 {
        self.as_given.log_mel_db
    }

    fn set_nearer(&mut self, is_nearer: bool) {
        self.is_nearer = Some(is_nearer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::tests::estimate;
    use crate::sound_metrics::MatchMetrics;

    fn figures(log_mel_db: f64, keys: (u8, Option<u8>), pitch_cents: Option<f64>) -> FileFigures {
        let metrics = MatchMetrics {
            mss_db: 0.0,
            wmfcc: 0.0,
            sot: 0.0,
            audible_sot: 0.0,
            rms_cosine: 1.0,
            spectral_convergence: 0.0,
            loudness_lu: 0.0,
            pitch_cents,
        };
        let as_given = WaveDifference { log_mel_db, gain_db: 0.0, level_db: 1.0 };
        let difference = FileDifference { as_given, above_20_hz: as_given, metrics };
        let sounds = [0.0, log_mel_db].map(|far| ComparedSound::flat(4.0 - far as f32, 10.0 + far));
        FileFigures::new(&difference, &sounds, -log_mel_db, keys, true)
    }

    #[test]
    fn an_octave_is_the_same_pitch_class_and_a_noise_has_none() {
        let all = [
            figures(1.0, (48, Some(60)), None),
            figures(1.0, (55, Some(60)), Some(3.0)),
            figures(1.0, (55, None), Some(-12.0)),
        ];
        assert_eq!(estimate(&all, "right_class").unwrap().value, 0.5);
        assert_eq!(estimate(&all, "right_pitch").unwrap().value, 1.0 / 3.0, "no pitch is a wrong one");
        assert_eq!(estimate(&all, "seconds"), None);
    }

    #[test]
    fn one_bad_answer_does_not_move_the_median() {
        let of = |values: &[f64]| {
            let all: Vec<_> = values.iter().map(|&value| figures(value, (60, None), None)).collect();
            estimate(&all, "log_mel_db").unwrap()
        };
        assert_eq!(of(&[1.0, 2.0, 90.0]).value, 2.0);
        assert_eq!(of(&[1.0, 2.0, 4.0, 90.0]).value, 3.0);
        assert_eq!(of(&[2.0]).interval, None);
        let numbers: Vec<f64> = (0..101).map(f64::from).collect();
        let [low, high] = of(&numbers).interval.unwrap();
        // The median of 101 even numbers: 50 ± 1.96 · 1.25 · 29 ÷ √101, about 7, and more for even distributions.
        assert!((30.0..48.0).contains(&low) && (52.0..70.0).contains(&high), "{low} {high}");
    }

    #[test]
    fn great_errors_weigh_more_in_phi_than_in_timbre() {
        let all = [figures(0.0, (60, None), None), figures(2.0, (60, None), None)];
        assert_eq!(estimate(&all, "phi").unwrap().value, 0.125, "4 of 16, and none of 16");
        assert_eq!(estimate(&all, "mean_timbre").unwrap().value, 1.0);
    }

    #[test]
    fn a_quieter_answer_counts_as_a_louder_one() {
        let all = [figures(1.0, (60, None), None), figures(-1.0, (60, None), None)];
        assert_eq!(estimate(&all, "loudness_lu").unwrap().value, 1.0);
    }
}
