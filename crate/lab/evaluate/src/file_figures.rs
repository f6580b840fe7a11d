//! The figures of answers for files: medians, means and shares, each with its interval by bootstrap over the sounds.

use crate::figures::{ComparedSound, SCALE_COUNT};
use crate::file_difference::{FileDifference, WaveDifference};
use crate::match_figures::{Estimate, RESAMPLES, interval};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// A pitch within this is right.
const RIGHT_CENTS: f64 = 10.0;

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
        let is_right = metrics.pitch_cents.is_some_and(|cents| cents.abs() <= RIGHT_CENTS);
        Self {
            as_given,
            above_20_hz,
            error_and_spread: wanted.error_and_spread(found),
            mean_timbre: wanted.timbre(found).iter().sum::<f64>() / SCALE_COUNT as f64,
            loudness_lu,
            mss_db: metrics.mss_db,
            wmfcc: metrics.wmfcc,
            audible_sot: metrics.audible_sot,
            rms_cosine: metrics.rms_cosine,
            has_right_class: true_key.map(|true_key| true_key % 12 == key % 12),
            has_right_pitch: has_pitch.then_some(is_right),
            is_nearer: None,
            seconds: None,
        }
    }
}

/// The figure of one sound, and how all sounds are summed up.
#[derive(Clone, Copy)]
enum Figure {
    /// The median.
    Median(fn(&FileFigures) -> Option<f64>),
    /// The mean.
    Mean(fn(&FileFigures) -> f64),
    /// The sum of the first numbers as a share of the sum of the second ones.
    Ratio(fn(&FileFigures) -> [f64; 2]),
    /// The share of the sounds of which it is true.
    Share(fn(&FileFigures) -> Option<bool>),
}

/// A column of the table.
pub struct FileColumn {
    /// Its name in JSON.
    pub key: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Decimals that are shown.
    pub decimals: usize,
    figure: Figure,
}

/// Columns of the table.
pub const FILE_COLUMN_COUNT: usize = 15;

/// All columns.
pub const FILE_COLUMNS: [FileColumn; FILE_COLUMN_COUNT] = [
    median("log_mel_db", "log-mel", 2, |own| Some(own.as_given.log_mel_db)),
    median("level_db", "level", 2, |own| Some(own.as_given.level_db)),
    median("audible_log_mel_db", "mel >20 Hz", 2, |own| Some(own.above_20_hz.log_mel_db)),
    median("audible_level_db", "lev >20 Hz", 2, |own| Some(own.above_20_hz.level_db)),
    FileColumn { key: "phi", heading: "phi", decimals: 3, figure: Figure::Ratio(|own| own.error_and_spread) },
    FileColumn { key: "mean_timbre", heading: "A", decimals: 2, figure: Figure::Mean(|own| own.mean_timbre) },
    median("loudness_lu", "|LU|", 2, |own| Some(own.loudness_lu.abs())),
    median("mss_db", "MSS", 2, |own| Some(own.mss_db)),
    median("wmfcc", "wMFCC", 2, |own| Some(own.wmfcc)),
    median("audible_sot", "SOT", 3, |own| Some(own.audible_sot)),
    median("rms_cosine", "RMScos", 3, |own| Some(own.rms_cosine)),
    share("right_class", "class", |own| own.has_right_class),
    share("right_pitch", "≤10 ct", |own| own.has_right_pitch),
    share("nearer", "nearer", |own| own.is_nearer),
    median("seconds", "s", 1, |own| own.seconds),
];

const fn median(
    key: &'static str,
    heading: &'static str,
    decimals: usize,
    figure: fn(&FileFigures) -> Option<f64>,
) -> FileColumn {
    FileColumn { key, heading, decimals, figure: Figure::Median(figure) }
}

const fn share(
    key: &'static str,
    heading: &'static str,
    figure: fn(&FileFigures) -> Option<bool>,
) -> FileColumn {
    FileColumn { key, heading, decimals: 2, figure: Figure::Share(figure) }
}

impl FileColumn {
    fn values(&self, all: &[&FileFigures]) -> Vec<f64> {
        let value = |own: &&FileFigures| match self.figure {
            Figure::Median(figure) => figure(own),
            Figure::Mean(figure) => Some(figure(own)),
            Figure::Ratio(figure) => Some(figure(own)[0]),
            Figure::Share(figure) => figure(own).map(|is_so| f64::from(u8::from(is_so))),
        };
        all.iter().filter_map(value).collect()
    }

    /// The figure of some sounds; `None` if none of them has it.
    fn value(&self, all: &[&FileFigures]) -> Option<f64> {
        let mut values = self.values(all);
        match self.figure {
            _ if values.is_empty() => None,
            Figure::Ratio(figure) => {
                let spread: f64 = all.iter().map(|own| figure(own)[1]).sum();
                Some(values.iter().sum::<f64>() / spread)
            }
            Figure::Mean(_) | Figure::Share(_) => Some(values.iter().sum::<f64>() / values.len() as f64),
            Figure::Median(_) => {
                values.sort_by(f64::total_cmp);
                let middle = values.len() / 2;
                let lower = if values.len().is_multiple_of(2) { middle - 1 } else { middle };
                Some(0.5 * (values[lower] + values[middle]))
            }
        }
    }
}

/// The figures of all sounds, and their intervals over sounds drawn again.
pub fn file_estimates(all: &[FileFigures]) -> [Option<Estimate>; FILE_COLUMN_COUNT] {
    let mut random = ChaCha8Rng::seed_from_u64(all.len() as u64);
    let draw = |_| (0..all.len()).map(|_| &all[random.random_range(0..all.len())]).collect();
    let draws: Vec<Vec<&FileFigures>> = (0..RESAMPLES).map(draw).collect();
    let whole: Vec<&FileFigures> = all.iter().collect();
    FILE_COLUMNS.map(|column| {
        let value = column.value(&whole)?;
        let values = column.values(&whole).len();
        Some(Estimate {
            value,
            interval: interval(values, || draws.iter().filter_map(|draw| column.value(draw))),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
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

    fn estimate(all: &[FileFigures], key: &str) -> Option<Estimate> {
        let at = FILE_COLUMNS.iter().position(|column| column.key == key).unwrap();
        file_estimates(all)[at]
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
