//! Zwicker's loudness of a stationary sound in the free field: from 28 third-octave levels to specific
//! loudness over the Bark scale. Never sees samples.
//!
//! Constants from ISO 532 B / DIN 45631 as given by the BASIC program in J. Acoust. Soc. Jpn. (E) 12,
//! 1 (1991) and used, with its roundings, by timbral_models 0.4.0, `specific_loudness`.

use crate::third_octave::BAND_COUNT;

/// Steps of a tenth of a Bark.
pub(crate) const BARK_STEPS: usize = 240;

/// Loudness of one window.
#[derive(Clone, Debug)]
pub(crate) struct Loudness {
    /// In sone.
    pub(crate) total_sone: f64,
    /// In sone per Bark, at 0.1, 0.2 … 24 Bark.
    pub(crate) specific: [f64; BARK_STEPS],
}

/// Upper limits in dB of the level ranges of the equal-loudness corrections below.
const RANGES_DB: [f64; 8] = [45.0, 55.0, 65.0, 71.0, 80.0, 90.0, 100.0, 120.0];

/// Equal-loudness corrections in dB of the 11 lowest third-octave bands, by level range.
const LOW_BAND_CORRECTIONS_DB: [[f64; 11]; 8] = [
    [-32.0, -24.0, -16.0, -10.0, -5.0, 0.0, -7.0, -3.0, 0.0, -2.0, 0.0],
    [-29.0, -22.0, -15.0, -10.0, -4.0, 0.0, -7.0, -2.0, 0.0, -2.0, 0.0],
    [-27.0, -19.0, -14.0, -9.0, -4.0, 0.0, -6.0, -2.0, 0.0, -2.0, 0.0],
    [-25.0, -17.0, -12.0, -9.0, -3.0, 0.0, -5.0, -2.0, 0.0, -2.0, 0.0],
    [-23.0, -16.0, -11.0, -7.0, -3.0, 0.0, -4.0, -1.0, 0.0, -1.0, 0.0],
    [-20.0, -14.0, -10.0, -6.0, -3.0, 0.0, -4.0, -1.0, 0.0, -1.0, 0.0],
    [-18.0, -12.0, -9.0, -6.0, -2.0, 0.0, -3.0, -1.0, 0.0, -1.0, 0.0],
    [-15.0, -10.0, -8.0, -4.0, -2.0, 0.0, -3.0, -1.0, 0.0, -1.0, 0.0],
];

/// Threshold in quiet, in dB, per critical band.
const QUIET_DB: [f64; 20] =
    [30.0, 18.0, 12.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0];

/// Attenuation between free field and inner ear, in dB.
const TRANSMISSION_DB: [f64; 20] = [
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.5, -1.6, -3.2, -5.4, -5.6, -4.0, -1.5, 2.0, 5.0,
    12.0,
];

/// The differences of critical-band levels from third-octave levels, in dB.
const BANDWIDTH_DB: [f64; 20] = [
    -0.25, -0.6, -0.8, -0.8, -0.5, 0.0, 0.5, 1.1, 1.5, 1.7, 1.8, 1.8, 1.7, 1.6, 1.4, 1.2, 0.8, 0.5, 0.0, -0.5,
];

/// Upper edges of the critical bands, in Bark.
const EDGES_BARK: [f64; 21] = [
    0.9, 1.8, 2.8, 3.5, 4.4, 5.4, 6.6, 7.9, 9.2, 10.6, 12.3, 13.8, 15.2, 16.7, 18.1, 19.3, 20.6, 21.8, 22.7,
    23.6, 24.0,
];

/// Lower limits of specific loudness, in sone per Bark, of the rows of slopes.
const SLOPE_FROM: [f64; 18] =
    [21.5, 18.0, 15.1, 11.5, 9.0, 6.1, 4.4, 3.1, 2.13, 1.36, 0.82, 0.42, 0.30, 0.22, 0.15, 0.10, 0.035, 0.0];

/// Slopes of the upper masking curves, in sone per Bark², by specific loudness and critical band.
const SLOPES: [[f64; 8]; 18] = [
    [13.0, 8.2, 6.3, 5.5, 5.5, 5.5, 5.5, 5.5],
    [9.0, 7.5, 6.0, 5.1, 4.5, 4.5, 4.5, 4.5],
    [7.8, 6.7, 5.6, 4.9, 4.4, 3.9, 3.9, 3.9],
    [6.2, 5.4, 4.6, 4.0, 3.5, 3.2, 3.2, 3.2],
    [4.5, 3.8, 3.6, 3.2, 2.9, 2.7, 2.7, 2.7],
    [3.7, 3.0, 2.8, 2.35, 2.2, 2.2, 2.2, 2.2],
    [2.9, 2.3, 2.1, 1.9, 1.8, 1.7, 1.7, 1.7],
    [2.4, 1.7, 1.5, 1.35, 1.3, 1.3, 1.3, 1.3],
    [1.95, 1.45, 1.3, 1.15, 1.1, 1.1, 1.1, 1.1],
    [1.5, 1.2, 0.94, 0.86, 0.82, 0.82, 0.82, 0.82],
    [0.72, 0.67, 0.64, 0.63, 0.62, 0.62, 0.62, 0.62],
    [0.59, 0.53, 0.51, 0.50, 0.42, 0.42, 0.42, 0.42],
    [0.40, 0.33, 0.26, 0.24, 0.24, 0.22, 0.22, 0.22],
    [0.27, 0.21, 0.20, 0.18, 0.17, 0.17, 0.17, 0.17],
    [0.16, 0.15, 0.14, 0.12, 0.11, 0.11, 0.11, 0.11],
    [0.12, 0.11, 0.10, 0.08, 0.08, 0.08, 0.08, 0.08],
    [0.09, 0.08, 0.07, 0.06, 0.06, 0.06, 0.06, 0.05],
    [0.06, 0.05, 0.03, 0.02, 0.02, 0.02, 0.02, 0.02],
];

/// Loudness of a sound from its third-octave levels in dB.
pub(crate) fn loudness(levels_db: &[f64; BAND_COUNT]) -> Loudness {
    let main = main_loudness(levels_db);
    let mut pattern = LoudnessPattern::new();
    for (band, (&main, &edge_bark)) in main.iter().zip(&EDGES_BARK).enumerate() {
        // The BASIC program uses the slope column of the band below.
        pattern.extend(main, edge_bark, band.saturating_sub(1).min(7));
    }
    let total = pattern.total_sone.max(0.0);
    let total_sone = if total <= 16.0 {
        (total * 1000.0 + 0.5).floor() / 1000.0
    } else {
        (total * 100.0 + 0.05).floor() / 100.0
    };
    Loudness { total_sone, specific: std::array::from_fn(|step| pattern.specific[step]) }
}

/// Loudness of each critical band without masking, in sone per Bark; the last is 0.
fn main_loudness(levels_db: &[f64; BAND_COUNT]) -> [f64; 21] {
    let mut intensities = [0.0; 11];
    for (band, intensity) in intensities.iter_mut().enumerate() {
        let range = (0..7)
            .find(|&range| levels_db[band] <= RANGES_DB[range] - LOW_BAND_CORRECTIONS_DB[range][band])
            .unwrap_or(7);
        *intensity = 10.0_f64.powf((levels_db[band] + LOW_BAND_CORRECTIONS_DB[range][band]) / 10.0);
    }
    let lowest_db = [0..6, 6..9, 9..11].map(|bands| {
        let intensity: f64 = intensities[bands].iter().sum();
        if intensity > 0.0 { 10.0 * intensity.log10() } else { 0.0 }
    });
    let mut main = [0.0; 21];
    for band in 0..20 {
        let level_db = *lowest_db.get(band).unwrap_or(&levels_db[band + 8]);
        if level_db > QUIET_DB[band] {
            const THRESHOLD_FACTOR: f64 = 0.25;
            let excitation_db = level_db - TRANSMISSION_DB[band] - BANDWIDTH_DB[band];
            let at_threshold = 0.0635 * 10.0_f64.powf(0.025 * QUIET_DB[band]);
            let above = 10.0_f64.powf(0.1 * (excitation_db - QUIET_DB[band]));
            let growth = (1.0 - THRESHOLD_FACTOR + THRESHOLD_FACTOR * above).powf(0.25) - 1.0;
            main[band] = (at_threshold * growth).max(0.0);
        }
    }
    main[0] *= (0.4 + 0.32 * main[0].powf(0.2)).min(1.0);
    main
}

/// The specific-loudness pattern, built from low to high Bark.
struct LoudnessPattern {
    specific: [f64; BARK_STEPS + 2],
    filled: usize,
    step: usize,
    next_bark: f64,
    reached_bark: f64,
    reached_loudness: f64,
    slope_row: usize,
    total_sone: f64,
}

impl LoudnessPattern {
    fn new() -> Self {
        Self {
            specific: [0.0; BARK_STEPS + 2],
            filled: 0,
            step: 0,
            next_bark: 0.1,
            reached_bark: 0.0,
            reached_loudness: 0.0,
            slope_row: 17,
            total_sone: 0.0,
        }
    }

    /// Adds one critical band: flat where its own loudness is highest, else along the masking slope of
    /// the bands below.
    fn extend(&mut self, main: f64, edge_bark: f64, column: usize) {
        loop {
            let from = self.reached_loudness;
            if from < main {
                self.slope_row = SLOPE_FROM.iter().position(|&least| least <= main).unwrap_or(17);
            }
            let (to_bark, to);
            if from <= main {
                (to_bark, to) = (edge_bark, main);
                self.total_sone += main * (edge_bark - self.reached_bark);
                self.fill(to_bark, |_| main);
            } else {
                let slope = SLOPES[self.slope_row][column];
                let mut target = SLOPE_FROM[self.slope_row].max(main);
                let mut distance = tenths((from - target) / slope);
                if distance == 0.0 {
                    distance = 0.1;
                }
                let mut end = self.reached_bark + distance;
                if end > edge_bark {
                    end = edge_bark;
                    distance = end - self.reached_bark;
                    target = from - distance * slope;
                }
                (to_bark, to) = (end, target);
                self.total_sone += distance * (from + to) / 2.0;
                let start = self.reached_bark;
                self.fill(to_bark, |bark| from - (bark - start) * slope);
            }
            if to == SLOPE_FROM[self.slope_row] {
                self.slope_row = (self.slope_row + 1).min(17);
            }
            self.reached_loudness = to;
            self.reached_bark = tenths(to_bark);
            if self.reached_bark >= edge_bark {
                break;
            }
        }
    }

    /// Fills the tenths of a Bark up to `to_bark`; the next segment overwrites the last.
    fn fill(&mut self, to_bark: f64, value: impl Fn(f64) -> f64) {
        let start = self.next_bark;
        let count = ((to_bark + 0.01 - start) / 0.1).ceil().max(0.0) as usize;
        for index in 0..count {
            let bark = start + index as f64 * 0.1;
            if self.step <= self.filled && self.step < self.specific.len() {
                self.specific[self.step] = value(bark);
                self.filled = self.filled.max(self.step + 1);
            }
            if bark < to_bark - 0.05 {
                self.step += 1;
            }
            self.next_bark = tenths(bark);
        }
    }
}

/// Rounded to a tenth.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round_ties_even() * 0.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_1_khz_tone_has_one_sone_at_40_db_and_two_at_50_db() {
        let tone = |level_db: f64| {
            let mut levels = [f64::NEG_INFINITY; BAND_COUNT];
            levels[16] = level_db;
            loudness(&levels).total_sone
        };
        // A filter bank would leak into the neighbouring bands; without that the result is 0.94 sone.
        assert!((tone(40.0) - 1.0).abs() < 0.1, "{}", tone(40.0));
        assert!((tone(50.0) / tone(40.0) - 2.0).abs() < 0.2, "{}", tone(50.0));
        assert_eq!(tone(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn loudness_is_finite_for_any_single_band() {
        for band in 0..BAND_COUNT {
            for level_db in [5.0, 60.0, 130.0] {
                let mut levels = [f64::NEG_INFINITY; BAND_COUNT];
                levels[band] = level_db;
                let measured = loudness(&levels);
                assert!(measured.specific.iter().all(|value| value.is_finite()), "band {band}");
            }
        }
    }
}
