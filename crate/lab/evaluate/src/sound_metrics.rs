//! The metrics of two sounds that sound matching reports (Hayes, Saitis and Fazekas, "Audio synthesizer inversion in
//! symmetric parameter spaces with approximately equivariant flow matching", ISMIR 2025, defines the first four); no
//! search minimises any of them.

use features::loudness_lufs;
use matching::find_pitch;
use serde::Serialize;
use std::f32::consts::PI;

use crate::mel_spectrogram::{Frames, MIDDLE, MelSpectrogram, SAMPLE_RATE_HZ, levels_db};

/// The differences of a found sound from a wanted one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MatchMetrics {
    /// Multi-scale log-mel distance, in dB, each sound relative to its own peak.
    pub mss_db: f64,
    /// Mean difference of 20 mel-frequency cepstral coefficients along the best warping of time.
    pub wmfcc: f64,
    /// Spectral optimal transport: the distance by which the spectrum has to be moved, 0 to 1 of the whole range.
    pub sot: f64,
    /// The same where either sound is less than 60 dB below its loudest frame: silences have spectra, too.
    pub audible_sot: f64,
    /// Cosine of both envelopes of level: 1 for the same curve.
    pub rms_cosine: f64,
    /// Spectral convergence of mel powers at the best common level: 0 for the same, 1 for silence.
    pub spectral_convergence: f64,
    /// Integrated loudness of the found sound less that of the wanted one, in LU.
    pub loudness_lu: f64,
    /// Its pitch less the pitch of the wanted sound; `None` unless both have one.
    pub pitch_cents: Option<f64>,
}

/// A pitch within this is right.
const RIGHT_CENTS: f64 = 10.0;

impl MatchMetrics {
    /// True if both sounds have a pitch and it is the same.
    pub(crate) fn has_right_pitch(&self) -> bool {
        self.pitch_cents.is_some_and(|cents| cents.abs() <= RIGHT_CENTS)
    }
}

/// Compares sounds; plans its transforms once.
pub struct SoundMetrics {
    scales: [MelSpectrogram; 3],
}

/// A frame this far below a sound's loudest one is not heard: a share of the power.
const HEARD_SHARE: f64 = 1e-6;
/// Cepstral coefficients.
const COEFFICIENTS: usize = 20;

impl Default for SoundMetrics {
    fn default() -> Self {
        Self::new()
    }
}

impl SoundMetrics {
    /// Plans all transforms: frames of 10, 25 and 100 ms with 32, 64 and 128 bands.
    pub fn new() -> Self {
        let scale = |(frame_s, bands)| MelSpectrogram::new(frame_s, frame_s / 2.0, bands);
        Self { scales: [(0.01, 32), MIDDLE, (0.1, 128)].map(scale) }
    }

    /// Compares a found sound with a wanted one, both mono at 44.1 kHz; the shorter one ends in silence.
    pub fn compare(&mut self, wanted: &[f32], found: &[f32]) -> MatchMetrics {
        let length = wanted.len().max(found.len());
        let [wanted, found] = [wanted, found].map(|sound| {
            let mut sound = sound.to_vec();
            sound.resize(length, 0.0);
            sound
        });
        let bands = self.scales.each_ref().map(|scale| [&wanted, &found].map(|sound| scale.bands(sound)));
        let levels = bands.each_ref().map(|pair| pair.each_ref().map(levels_db));
        let mss = levels.iter().map(|[wanted, found]| mean_difference(wanted, found)).sum::<f64>();
        let [_, [wanted_levels, found_levels], _] = &levels;
        let [_, middle, _] = &self.scales;
        let pitches = [&wanted, &found].map(|sound| find_pitch(sound).map(|pitch| f64::from(pitch.keys())));
        let [_, [wanted_bands, found_bands], _] = &bands;
        let [wanted_bins, found_bins] = [&wanted, &found].map(|sound| middle.bins(sound));
        let is_heard = [&wanted_bins, &found_bins].map(heard);
        MatchMetrics {
            mss_db: mss / self.scales.len() as f64,
            wmfcc: warped(&cepstra(wanted_levels), &cepstra(found_levels)),
            sot: transport(&wanted_bins, &found_bins, |_| true),
            audible_sot: transport(&wanted_bins, &found_bins, |at| is_heard.iter().any(|heard| heard[at])),
            rms_cosine: cosine(&envelope(&wanted), &envelope(&found)),
            spectral_convergence: convergence(wanted_bands, found_bands),
            loudness_lu: loudness_lufs(&[&found]) - loudness_lufs(&[&wanted]),
            pitch_cents: match pitches {
                [Some(wanted), Some(found)] => Some(100.0 * (found - wanted)),
                _ => None,
            },
        }
    }
}

fn mean_difference(a: &Frames, b: &Frames) -> f64 {
    let differences = a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| f64::from((a - b).abs()));
    let count = a.iter().map(Vec::len).sum::<usize>().max(1);
    differences.sum::<f64>() / count as f64
}

/// The discrete cosine transform of each frame's levels.
fn cepstra(levels: &Frames) -> Frames {
    let coefficient = |frame: &Vec<f32>, at: usize| -> f32 {
        let count = frame.len() as f32;
        let terms = frame.iter().enumerate();
        let terms = terms.map(|(n, level)| level * (PI * at as f32 * (n as f32 + 0.5) / count).cos());
        terms.sum::<f32>() * (2.0 / count).sqrt()
    };
    let table = |frame| (0..COEFFICIENTS).map(|at| coefficient(frame, at)).collect();
    levels.iter().map(table).collect()
}

/// The least mean difference of two curves whose time may be warped (Sakoe and Chiba, 1978).
fn warped(a: &Frames, b: &Frames) -> f64 {
    // The cost of the best way to each frame of b, and its length.
    let mut before = vec![(f64::INFINITY, 0_u32); b.len() + 1];
    before[0] = (0.0, 0);
    for frame in a {
        let mut now = vec![(f64::INFINITY, 0_u32); b.len() + 1];
        for (at, other) in b.iter().enumerate() {
            let cost = frame.iter().zip(other).map(|(a, b)| f64::from((a - b).abs())).sum::<f64>();
            let ways = [before[at], before[at + 1], now[at]];
            let best = ways.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
            now[at + 1] = (best.0 + cost / COEFFICIENTS as f64, best.1 + 1);
        }
        before = now;
    }
    let (cost, length) = before[b.len()];
    cost / f64::from(length.max(1))
}

/// The mean distance by which the spectrum's magnitude has to be moved in each counted frame, as a share of the range.
fn transport(a: &Frames, b: &Frames, counts: impl Fn(usize) -> bool) -> f64 {
    let moved = |at: usize| {
        let [a, b] = [&a[at], &b[at]];
        let [whole_a, whole_b] =
            [a, b].map(|frame| frame.iter().map(|power| f64::from(power.sqrt())).sum::<f64>());
        if whole_a == 0.0 || whole_b == 0.0 {
            return if whole_a == whole_b { 0.0 } else { 1.0 };
        }
        let (mut excess, mut moved) = (0.0, 0.0);
        for (a, b) in a.iter().zip(b) {
            excess += f64::from(a.sqrt()) / whole_a - f64::from(b.sqrt()) / whole_b;
            moved += f64::abs(excess);
        }
        moved / a.len() as f64
    };
    let counted: Vec<usize> = (0..a.len().min(b.len())).filter(|&at| counts(at)).collect();
    counted.iter().map(|&at| moved(at)).sum::<f64>() / counted.len().max(1) as f64
}

/// True for the frames that are heard beside the loudest one.
fn heard(bins: &Frames) -> Vec<bool> {
    let powers: Vec<f64> = bins.iter().map(|frame| frame.iter().copied().map(f64::from).sum()).collect();
    let least = HEARD_SHARE * powers.iter().copied().fold(0.0, f64::max);
    powers.iter().map(|&power| power > least).collect()
}

/// The level of each 10 ms.
fn envelope(samples: &[f32]) -> Vec<f64> {
    let frame = (0.01 * SAMPLE_RATE_HZ) as usize;
    let power = |frame: &[f32]| frame.iter().map(|sample| f64::from(sample * sample)).sum::<f64>();
    samples.chunks(frame).map(|frame| (power(frame) / frame.len() as f64).sqrt()).collect()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    product(a, b) / (product(a, a) * product(b, b)).sqrt().max(f64::MIN_POSITIVE)
}

/// The Frobenius norm of the difference of magnitudes ÷ that of the wanted ones, at the best gain.
fn convergence(wanted: &Frames, found: &Frames) -> f64 {
    let pairs = wanted.iter().flatten().zip(found.iter().flatten());
    let pairs = pairs.map(|(wanted, found)| [wanted, found].map(|power| f64::from(power.sqrt())));
    let [mut own, mut both, mut other] = [0.0; 3];
    for [wanted, found] in pairs {
        own += wanted * wanted;
        both += wanted * found;
        other += found * found;
    }
    // With the gain both ÷ other the squared error is own − both² ÷ other.
    let error = if other > 0.0 { own - both * both / other } else { own };
    if own > 0.0 { (error.max(0.0) / own).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn tone(frequency_hz: f32, level: f32) -> Vec<f32> {
        (0..44_100).map(|n| level * (TAU * frequency_hz * n as f32 / SAMPLE_RATE_HZ).sin()).collect()
    }

    #[test]
    fn equal_sounds_differ_in_nothing() {
        let sound = tone(440.0, 0.3);
        let metrics = SoundMetrics::new().compare(&sound, &sound);
        assert_eq!([metrics.mss_db, metrics.wmfcc, metrics.sot, metrics.loudness_lu], [0.0; 4]);
        assert!(metrics.rms_cosine > 0.999 && metrics.spectral_convergence < 1e-6, "{metrics:?}");
        assert_eq!(metrics.pitch_cents, Some(0.0));
    }

    #[test]
    fn a_gain_is_a_difference_of_loudness_alone() {
        let metrics = SoundMetrics::new().compare(&tone(440.0, 0.4), &tone(440.0, 0.2));
        assert!((metrics.loudness_lu + 6.02).abs() < 0.05, "{metrics:?}");
        assert!(metrics.mss_db < 0.1 && metrics.spectral_convergence < 1e-3, "{metrics:?}");
    }

    #[test]
    fn another_pitch_is_told_in_cents_and_moves_the_spectrum() {
        let mut metrics = SoundMetrics::new();
        let near = metrics.compare(&tone(440.0, 0.3), &tone(466.16, 0.3));
        assert!((near.pitch_cents.unwrap() - 100.0).abs() < 2.0, "{near:?}");
        let far = metrics.compare(&tone(440.0, 0.3), &tone(1760.0, 0.3));
        assert!(far.sot > 3.0 * near.sot && far.wmfcc > near.wmfcc && far.mss_db > near.mss_db);
    }

    #[test]
    fn the_spectrum_of_silence_is_moved_where_all_frames_count_alone() {
        let whisper = |frequency_hz| tone(frequency_hz, 1e-5);
        let [low, high] = [100.0, 8000.0].map(|silent_hz| [tone(440.0, 0.3), whisper(silent_hz)].concat());
        let metrics = SoundMetrics::new().compare(&low, &high);
        assert!(metrics.sot > 0.1 && metrics.audible_sot < 0.01, "{metrics:?}");
        let ended = [tone(440.0, 0.3), vec![0.0; 44_100]].concat();
        let lasting = [tone(440.0, 0.3), tone(440.0, 0.3)].concat();
        let metrics = SoundMetrics::new().compare(&ended, &lasting);
        assert!((metrics.audible_sot - 0.5).abs() < 0.03, "one of them is heard: {metrics:?}");
    }

    #[test]
    fn silence_converges_to_one() {
        let metrics = SoundMetrics::new().compare(&tone(440.0, 0.3), &[]);
        assert!(
            (metrics.spectral_convergence - 1.0).abs() < 1e-6 && metrics.rms_cosine == 0.0,
            "{metrics:?}"
        );
        assert_eq!(metrics.pitch_cents, None);
    }
}
