//! The figures: errors of sounds and settings against the true ones.

use crate::{Columns, argmax};
use features::spectrum::{BAND_COUNT, SEGMENT_COUNT};
use features::{AudioFeatures, COMPONENT_COUNT, Phi, Projection, SpectralFeatures};
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use serde::Serialize;
use statistics::correlation;
use timbre::Descriptor;

/// The timbral scales: all descriptors but reverb.
pub const SCALE_COUNT: usize = Descriptor::SCALES.len();

/// The compared features of a sound.
#[derive(Clone, Debug)]
pub struct ComparedSound {
    spectrum: SpectralFeatures,
    phi: Phi,
    scales: [f64; SCALE_COUNT],
}

impl ComparedSound {
    /// The compared features, from its spectrum and its timbral scales.
    pub fn new(spectrum: SpectralFeatures, scales: [f64; SCALE_COUNT], projection: &Projection) -> Self {
        Self { spectrum, phi: projection.phi(&spectrum), scales }
    }

    /// One for each sound.
    pub fn all(features: &[AudioFeatures], projection: &Projection) -> Vec<Self> {
        let sound = |features: &AudioFeatures| Self::new(features.spectrum, features.scales(), projection);
        features.iter().map(sound).collect()
    }

    /// The squared errors of a guess and of the mean sound: the ratio of their sums is phi.
    pub(crate) fn error_and_spread(&self, guess: &Self) -> [f64; 2] {
        let pairs = self.phi.iter().zip(&guess.phi);
        let error = pairs.map(|(truth, guess)| f64::from(truth - guess).powi(2)).sum();
        [error, self.phi.iter().map(|truth| f64::from(*truth).powi(2)).sum()]
    }

    /// The absolute differences of the timbral scales.
    pub(crate) fn timbre(&self, guess: &Self) -> [f64; SCALE_COUNT] {
        std::array::from_fn(|scale| (self.scales[scale] - guess.scales[scale]).abs())
    }

    /// Their mean.
    pub(crate) fn mean_timbre(&self, guess: &Self) -> f64 {
        self.timbre(guess).iter().sum::<f64>() / SCALE_COUNT as f64
    }

    /// The best constant guess: the mean spectrum, and the median of each scale.
    pub fn constant(set: &[Self], projection: &Projection) -> Self {
        let median = |scale: usize| {
            let mut values: Vec<f64> = set.iter().map(|sound| sound.scales[scale]).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or(0.0)
        };
        let mut spectrum: SpectralFeatures = [0.0; features::SPECTRAL_COUNT];
        spectrum.copy_from_slice(projection.mean());
        Self { spectrum, phi: [0.0; COMPONENT_COUNT], scales: std::array::from_fn(median) }
    }
}

/// The figures of a set of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Mean of the seven `timbre` figures: "A".
    pub mean_timbre: f64,
    /// Mean absolute difference of each timbral scale, in points of 100.
    pub timbre: [f64; SCALE_COUNT],
    /// Pearson's correlation of each timbral scale; 0 for a constant.
    pub correlation: [f64; SCALE_COUNT],
    /// Unexplained variance of the spectrum: squared error over the principal components of the
    /// training rows ÷ that of their mean. 1 is no better than the mean sound.
    pub phi: f64,
    /// Mean absolute difference of the 160 band levels, in dB.
    pub level_db: f64,
    /// Mean squared error of the 27 continuous columns, each scaled to 0–1.
    pub mse: Option<f64>,
    /// Share of the seven categoricals that are right.
    pub accuracy: Option<f64>,
}

impl Figures {
    /// Compares each sound with its guess.
    pub fn paired(truth: &[ComparedSound], guesses: &[ComparedSound]) -> Self {
        Self::new(truth.iter().zip(guesses))
    }

    /// Compares each sound with all guesses but its own: the figures of uninformative guesses.
    pub fn shuffled(truth: &[ComparedSound], guesses: &[ComparedSound]) -> Self {
        Self::new(truth.iter().enumerate().flat_map(|(at, truth)| {
            let others = guesses.iter().enumerate().filter(move |&(other, _)| other != at);
            others.map(move |(_, guess)| (truth, guess))
        }))
    }

    fn new<'a>(pairs: impl Iterator<Item = (&'a ComparedSound, &'a ComparedSound)> + Clone) -> Self {
        let count = pairs.clone().count().max(1) as f64;
        let (mut error, mut spread, mut level_db) = (0.0, 0.0, 0.0);
        let mut timbre = [0.0; SCALE_COUNT];
        for (truth, guess) in pairs.clone() {
            let [own_error, own_spread] = truth.error_and_spread(guess);
            (error, spread) = (error + own_error, spread + own_spread);
            let bands = BAND_COUNT * SEGMENT_COUNT;
            let levels = truth.spectrum[..bands].iter().zip(&guess.spectrum[..bands]);
            level_db += levels.map(|(a, b)| f64::from((a - b).abs())).sum::<f64>() / bands as f64;
            timbre.iter_mut().zip(truth.timbre(guess)).for_each(|(sum, difference)| *sum += difference);
        }
        let timbre = timbre.map(|sum| sum / count);
        let correlation_of = |scale: usize| {
            let pairs = pairs.clone().map(|(truth, guess)| (truth.scales[scale], guess.scales[scale]));
            let (truth, guesses): (Vec<f64>, Vec<f64>) = pairs.unzip();
            correlation(&truth, &guesses)
        };
        Self {
            mean_timbre: timbre.iter().sum::<f64>() / SCALE_COUNT as f64,
            timbre,
            correlation: std::array::from_fn(correlation_of),
            phi: if spread > 0.0 { error / spread } else { 0.0 },
            level_db: level_db / count,
            mse: None,
            accuracy: None,
        }
    }

    /// Adds the figures of the settings.
    pub fn with_settings(self, truth: &[Columns], guesses: &[Columns]) -> Self {
        let count = truth.len().max(1) as f64;
        let (mut error, mut right) = (0.0, 0_u32);
        for (truth, guess) in truth.iter().zip(guesses) {
            let columns = 0..CONTINUOUS.len();
            error += columns.map(|column| f64::from(truth[column] - guess[column]).powi(2)).sum::<f64>();
            right += (CATEGORICAL.into_iter().map(class_range))
                .map(|class| u32::from(argmax(&truth[class.clone()]) == argmax(&guess[class])))
                .sum::<u32>();
        }
        Self {
            mse: Some(error / (count * CONTINUOUS.len() as f64)),
            accuracy: Some(f64::from(right) / (count * CATEGORICAL.len() as f64)),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::encoding::COLUMN_COUNT;

    impl ComparedSound {
        /// A sound whose every number is the same.
        pub(crate) fn flat(phi: f32, scale: f64) -> Self {
            let (spectrum, phi) = ([phi; features::SPECTRAL_COUNT], [phi; COMPONENT_COUNT]);
            Self { spectrum, phi, scales: [scale; SCALE_COUNT] }
        }
    }

    fn flat(phi: f32, scale: f64) -> ComparedSound {
        ComparedSound::flat(phi, scale)
    }

    #[test]
    fn a_guess_half_as_far_from_the_mean_leaves_a_quarter_unexplained() {
        let truth = [flat(2.0, 10.0), flat(-4.0, 30.0), flat(6.0, 50.0)];
        let guesses = [flat(1.0, 15.0), flat(-2.0, 35.0), flat(3.0, 45.0)];
        let figures = Figures::paired(&truth, &guesses);
        assert_eq!(figures.phi, 0.25);
        assert_eq!(figures.level_db, (1.0 + 2.0 + 3.0) / 3.0);
        assert_eq!((figures.mean_timbre, figures.timbre), (5.0, [5.0; SCALE_COUNT]));
        // Deviations from the means: -20, 0, 20 and -16⅔, 3⅓, 13⅓.
        let expected = (20.0 * (50.0 / 3.0) + 20.0 * (40.0 / 3.0)) / (800.0f64 * (4200.0 / 9.0)).sqrt();
        assert!((figures.correlation[0] - expected).abs() < 1e-12, "{}", figures.correlation[0]);
    }

    #[test]
    fn the_truth_is_perfect_and_the_mean_sound_explains_nothing() {
        let truth = [flat(2.0, 10.0), flat(-4.0, 30.0)];
        let perfect = Figures::paired(&truth, &truth);
        assert_eq!((perfect.phi, perfect.level_db, perfect.mean_timbre), (0.0, 0.0, 0.0));
        assert!(perfect.correlation.iter().all(|correlation| (correlation - 1.0).abs() < 1e-12));
        let constant = Figures::paired(&truth, &[flat(0.0, 20.0), flat(0.0, 20.0)]);
        assert_eq!((constant.phi, constant.mean_timbre, constant.correlation[3]), (1.0, 10.0, 0.0));
    }

    #[test]
    fn shuffled_guesses_are_compared_with_all_others() {
        let truth = [flat(1.0, 0.0), flat(1.0, 10.0), flat(1.0, 40.0)];
        // 0 with 10 and 40, 10 with 0 and 40, 40 with 0 and 10.
        let expected = (10.0 + 40.0 + 10.0 + 30.0 + 40.0 + 30.0) / 6.0;
        assert!((Figures::shuffled(&truth, &truth).mean_timbre - expected).abs() < 1e-9);
    }

    #[test]
    fn settings_count_numbers_and_classes_apart() {
        let mut truth: Columns = [0.0; COLUMN_COUNT];
        CATEGORICAL.into_iter().for_each(|parameter| truth[class_range(parameter).start] = 1.0);
        let mut guess = truth;
        guess[0] = 0.5;
        // Logits need not be 0 or 1: the greatest counts.
        let first = class_range(CATEGORICAL[0]);
        guess[first.start + 1] = 3.0;
        let sound = [flat(1.0, 1.0)];
        let figures = Figures::paired(&sound, &sound).with_settings(&[truth], &[guess]);
        assert_eq!(figures.mse, Some(f64::from(0.25f32) / CONTINUOUS.len() as f64));
        assert_eq!(figures.accuracy, Some((CATEGORICAL.len() - 1) as f64 / CATEGORICAL.len() as f64));
    }
}
