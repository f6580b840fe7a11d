//! How far the sound of a whole performance is from a voice: level, attack and brightness over time, the pitch, and the
//! spectrum on average over fifths of the time.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT, Spectrum};

use crate::analysis::VoiceAnalysis;
use crate::contours::{ContourMeter, HOP_S, smoothed};
use crate::pitch_track::PitchFinder;
use crate::statistics::{cosine, rank_correlation};

/// Weights of the parts of the loss, so that what a listener just tolerates counts about 1 each: a cosine of levels of
/// .97, an attack 13 ms off, a rank correlation of the brightness of .7, and 4 dB in each band.
const LEVEL_WEIGHT: f64 = 30.0;
const ATTACK_WEIGHT: f64 = 1.5;
const BRIGHTNESS_WEIGHT: f64 = 3.5;
const SPECTRUM_WEIGHT: f64 = 1.0 / 4.0;
/// An octave of the mean brightness.
const CENTROID_WEIGHT: f64 = 1.5;
/// A tenth of the frames out of tune counts 1, too.
const PITCH_WEIGHT: f64 = 10.0;
/// In about how many frames the pitch is compared, and how far it may be off, in semitones.
const PITCHED: usize = 16;
const IN_TUNE_KEYS: f32 = 0.15;
/// An attack that is further off counts as this, in multiples of 20 ms.
const ATTACK_LIMIT: f64 = 2.0;
/// The brightness of quieter frames does not count, in dB below the loudest.
pub const BRIGHT_DB: f32 = 30.0;
/// Nor does the pitch.
const VOICED_DB: f32 = 24.0;
/// Levels this far below the loudest band count as silent, in dB.
const RANGE_DB: f32 = 50.0;

/// The time in which a curve of levels rises from a tenth to eight tenths of its greatest value, in seconds.
pub fn attack_s(level: &[f32]) -> f32 {
    let greatest = level.iter().copied().fold(0.0, f32::max);
    let reached = |share: f32| {
        let wanted = share * greatest;
        let Some(at) = level.iter().position(|&level| level >= wanted) else { return 0.0 };
        let Some(before) = at.checked_sub(1).map(|at| level[at]) else { return 0.0 };
        at as f32 - (level[at] - wanted) / (level[at] - before).max(f32::MIN_POSITIVE)
    };
    if greatest > 0.0 { HOP_S * (reached(0.8) - reached(0.1)) } else { 0.0 }
}

/// Compares performances with a voice.
pub struct VoiceJudge {
    voice: VoiceAnalysis,
    meter: ContourMeter,
    spectrum: Spectrum,
    bands: Vec<f32>,
    /// Frames whose brightness counts.
    bright: Vec<bool>,
    brightness: Vec<f32>,
    attack_s: f32,
    /// The frames of the loud voiced parts.
    voiced: Vec<usize>,
    pitch: PitchFinder,
}

impl VoiceJudge {
    /// For an analysed voice and its samples at 44.1 kHz.
    pub fn new(voice: VoiceAnalysis, samples: &[f32]) -> Self {
        let length_s = samples.len() as f64 / f64::from(features::test_note::SAMPLE_RATE_HZ);
        let ends = std::array::from_fn(|at| length_s * (at + 1) as f64 / SEGMENT_COUNT as f64);
        let mut spectrum = Spectrum::with_ends(ends);
        let bands = relative(&spectrum.measure(samples)[..BAND_COUNT * SEGMENT_COUNT]);
        let bright = voice.contours.loud(BRIGHT_DB);
        let group = voice.longest();
        let attack_s = attack_s(&voice.contours.level[group.first.saturating_sub(2)..group.end]);
        let brightness = chosen(&smoothed(&voice.contours.brightness, 2), &bright);
        let loud = voice.contours.loud(VOICED_DB);
        let voiced: Vec<usize> =
            (0..loud.len()).filter(|&at| loud[at] && voice.track.keys[at].is_some()).collect();
        let (meter, pitch) = (ContourMeter::new(), PitchFinder::new());
        Self { voice, meter, spectrum, bands, bright, brightness, attack_s, voiced, pitch }
    }

    /// The voice.
    pub fn voice(&self) -> &VoiceAnalysis {
        &self.voice
    }

    /// How far a performance is from the voice: 0 for the same. Hears the pitch of some frames, evenly over the time.
    pub fn loss(&mut self, sound: &[f32]) -> f64 {
        let every = self.voiced.len().div_ceil(PITCHED).max(1);
        self.loss_by(sound, every)
    }

    /// The same, but hears the pitch of every voiced frame, which takes most of the time.
    pub fn thorough_loss(&mut self, sound: &[f32]) -> f64 {
        self.loss_by(sound, 1)
    }

    fn loss_by(&mut self, sound: &[f32], pitch_every: usize) -> f64 {
        let found = self.meter.measure(sound);
        let voice = &self.voice.contours;
        let level = 1.0 - cosine(&voice.level, &found.level);
        let group = self.voice.longest();
        let own = found.level.get(group.first.saturating_sub(2)..group.end).unwrap_or_default();
        let attack = f64::from((attack_s(own) - self.attack_s).abs() / 0.02).min(ATTACK_LIMIT);
        let brightness = chosen(&smoothed(&found.brightness, 2), &self.bright);
        let apart = self.brightness.iter().zip(&brightness).map(|(a, b)| f64::from((a - b).abs()));
        let centroid = apart.sum::<f64>() / brightness.len().max(1) as f64;
        let brightness = 1.0 - rank_correlation(&self.brightness, &brightness);
        let bands = relative(&self.spectrum.measure(sound)[..BAND_COUNT * SEGMENT_COUNT]);
        let differences = bands.iter().zip(&self.bands).map(|(a, b)| f64::from((a - b).abs()));
        let spectrum = differences.sum::<f64>() / bands.len() as f64;
        let mut is_off = |at: usize| {
            let own = self.pitch.key(sound, at).map(|found| found.0);
            own.zip(self.voice.track.keys[at]).is_none_or(|(own, wanted)| (own - wanted).abs() > IN_TUNE_KEYS)
        };
        let pitched: Vec<usize> = self.voiced.iter().copied().step_by(pitch_every).collect();
        let off = pitched.iter().map(|&at| f64::from(u8::from(is_off(at)))).sum::<f64>();
        let pitch = off / pitched.len().max(1) as f64;
        PITCH_WEIGHT * pitch
            + LEVEL_WEIGHT * level
            + ATTACK_WEIGHT * attack
            + BRIGHTNESS_WEIGHT * brightness
            + CENTROID_WEIGHT * centroid
            + SPECTRUM_WEIGHT * spectrum
    }
}

/// The values of the frames that count.
pub fn chosen(values: &[f32], frames: &[bool]) -> Vec<f32> {
    values.iter().zip(frames).filter(|(_, counts)| **counts).map(|(value, _)| *value).collect()
}

/// Levels relative to the loudest, down to the range.
fn relative(levels: &[f32]) -> Vec<f32> {
    let loudest = levels.iter().copied().fold(f32::MIN, f32::max);
    levels.iter().map(|level| (level - loudest).max(-RANGE_DB)).collect()
}
