//! The brightness of a live sound: its spectral centroid in octaves, within the range that its centroid has had so
//! far.

/// The band that counts, in Hz: the fundamentals of a voice to where consumer microphones still hear.
const BAND_HZ: [f32; 2] = [80.0, 10_000.0];
/// The least width of the range, in octaves: a steady vowel's centroid moves by about a quarter of it.
const LEAST_WIDTH: f32 = 1.0;
/// Time constant of the value, in seconds: faster than vowels change, slower than single periods.
const SMOOTHING_S: f32 = 0.04;
/// Time constant with which the range becomes narrower again, in seconds.
const FORGETTING_S: f32 = 20.0;

/// Follows the brightness, frame by frame.
#[derive(Clone, Debug)]
pub(crate) struct BrightnessRange {
    /// The octave of each bin above 1 Hz; only those of the band.
    octaves: Vec<f32>,
    first_bin: usize,
    smoothing: f32,
    forgetting: f32,
    /// The smoothed centroid, and the lowest and highest one, in octaves above 1 Hz; `None` before the first
    /// frame.
    heard: Option<[f32; 3]>,
}

impl BrightnessRange {
    /// A range for frames of `bins` magnitudes, `hop_s` seconds apart, of sounds of this rate.
    pub(crate) fn new(bins: usize, sample_rate_hz: f32, hop_s: f32) -> Self {
        let width_hz = sample_rate_hz / (2 * (bins - 1)) as f32;
        let first_bin = ((BAND_HZ[0] / width_hz) as usize).max(1);
        let end = ((BAND_HZ[1] / width_hz) as usize).min(bins);
        Self {
            octaves: (first_bin..end).map(|bin| (bin as f32 * width_hz).log2()).collect(),
            first_bin,
            smoothing: hop_s / (hop_s + SMOOTHING_S),
            forgetting: hop_s / FORGETTING_S,
            heard: None,
        }
    }

    /// Takes the magnitudes of a frame; the brightness, −1…1.
    pub(crate) fn push(&mut self, magnitudes: &[f32]) -> f32 {
        let weights = &magnitudes[self.first_bin.min(magnitudes.len())..];
        let (mut sum, mut total) = (0.0_f32, 0.0_f32);
        for (weight, octave) in weights.iter().zip(&self.octaves) {
            sum += weight * octave;
            total += weight;
        }
        let now = sum / total;
        // Silence has no centroid, and that of magnitudes too great for a sum would stay for ever.
        if total <= 1e-9 || !now.is_finite() {
            return self.value();
        }
        let [smooth, least, greatest] = self.heard.unwrap_or([now; 3]);
        let smooth = smooth + self.smoothing * (now - smooth);
        let least = smooth.min(least + self.forgetting * (smooth - least));
        let greatest = smooth.max(greatest + self.forgetting * (smooth - greatest));
        self.heard = Some([smooth, least, greatest]);
        self.value()
    }

    fn value(&self) -> f32 {
        let Some([smooth, least, greatest]) = self.heard else { return 0.0 };
        let half = 0.5 * (greatest - least).max(LEAST_WIDTH);
        ((smooth - 0.5 * (least + greatest)) / half).clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A spectrum with one partial.
    fn partial(bin: usize) -> Vec<f32> {
        (0..513).map(|own| if own == bin { 1.0 } else { 0.0 }).collect()
    }

    #[test]
    fn a_brighter_sound_has_a_greater_value_within_the_range_so_far() {
        let mut range = BrightnessRange::new(513, 48_000.0, 0.01);
        assert_eq!(range.push(&[0.0; 513]), 0.0, "silence has no brightness");
        let mut last = |bin: usize| (0..40).map(|_| range.push(&partial(bin))).last().unwrap();
        assert_eq!(last(20), 0.0, "nothing to compare with");
        assert!(last(80) > 0.9);
        assert!(last(20) < -0.9);
        assert!(last(40).abs() < 0.2, "in the middle");
    }

    #[test]
    fn magnitudes_of_any_size_do_not_end_it() {
        let mut range = BrightnessRange::new(513, 48_000.0, 0.01);
        range.push(&partial(40));
        for odd in [f32::MAX, f32::INFINITY, f32::NAN, 1e38] {
            assert_eq!(range.push(&[odd; 513]), 0.0, "nothing is measured of {odd}");
        }
        let last = (0..40).map(|_| range.push(&partial(160))).last();
        assert!(last > Some(0.9), "{last:?}");
    }

    #[test]
    fn a_steady_sound_stays_in_the_middle() {
        let mut range = BrightnessRange::new(513, 48_000.0, 0.01);
        for frame in 0..2000 {
            let value = range.push(&partial(50 + frame % 2));
            assert!(value.abs() < 0.1, "{value}");
        }
    }
}
