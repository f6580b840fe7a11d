//! The distance of a whole performance's sound from a voice: level, attack and brightness over time, the pitch,
//! and the levels of bands every 10 ms.

use crate::analysis::VoiceAnalysis;
use crate::contours::{ContourMeter, HOP_S, VoiceBands, smoothed};
use crate::pitch_track::PitchFinder;
use statistics::{cosine, rank_correlation};

/// Weights of the parts of the loss, in dB of each band: a cosine of levels of .97 counts 1.8, an attack 20 ms off
/// 2.5, a rank correlation of the brightness of .8 counts 2. Chosen on the 38 voices of `models/match.md` that serve
/// for it.
const LEVEL_WEIGHT: f64 = 60.0;
const ATTACK_WEIGHT: f64 = 2.5;
const BRIGHTNESS_WEIGHT: f64 = 10.0;
const SPECTRUM_WEIGHT: f64 = 1.0;
/// An octave of the mean brightness.
const CENTROID_WEIGHT: f64 = 1.5;
/// A tenth of the frames out of tune counts 1.5.
const PITCH_WEIGHT: f64 = 15.0;
/// The number of frames, about, whose pitch is compared, and the greatest difference of a pitch in tune, in
/// semitones.
const PITCHED: usize = 16;
const IN_TUNE_KEYS: f32 = 0.15;
/// A larger error of the attack counts as this, in multiples of 20 ms.
const ATTACK_LIMIT: f64 = 2.0;
/// The brightness of quieter frames does not count, in dB below the loudest.
pub const BRIGHT_DB: f32 = 30.0;
/// The same for the pitch of quieter frames.
const VOICED_DB: f32 = 24.0;
/// A brightness within this range is steady, in octaves.
const STEADY_OCTAVES: f32 = 0.1;
/// Levels this far below the loudest band count as silent, in dB.
const RANGE_DB: f32 = 80.0;

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
    bands: VoiceBands,
    /// Frames whose brightness counts.
    bright: Vec<bool>,
    brightness: Vec<f32>,
    /// True if the brightness does not change audibly: the ranks of its values would be chance.
    is_steady: bool,
    attack_s: f32,
    /// The frames of the loud voiced parts.
    voiced: Vec<usize>,
    pitch: PitchFinder,
}

impl VoiceJudge {
    /// For an analysed voice and its samples at 44.1 kHz.
    pub fn new(voice: VoiceAnalysis, samples: &[f32]) -> Self {
        let mut meter = ContourMeter::new();
        let bands = relative(meter.measure_bands(samples).1);
        let bright = voice.contours.loud(BRIGHT_DB);
        let group = voice.longest();
        let attack_s = attack_s(&voice.contours.level[group.first.saturating_sub(2)..group.end]);
        let brightness = chosen(&smoothed(&voice.contours.brightness, 2), &bright);
        let [least, greatest] =
            [f32::min, f32::max].map(|of| brightness.iter().copied().reduce(of).unwrap_or(0.0));
        let is_steady = greatest - least < STEADY_OCTAVES;
        let loud = voice.contours.loud(VOICED_DB);
        let voiced: Vec<usize> =
            (0..loud.len()).filter(|&at| loud[at] && voice.track.keys[at].is_some()).collect();
        let pitch = PitchFinder::new();
        Self { voice, meter, bands, bright, brightness, is_steady, attack_s, voiced, pitch }
    }

    /// The voice.
    pub fn voice(&self) -> &VoiceAnalysis {
        &self.voice
    }

    /// The distance of a performance from the voice: 0 for equal ones. Finds the pitch of some frames, evenly over
    /// the time.
    pub fn loss(&mut self, sound: &[f32]) -> f64 {
        let every = self.voiced.len().div_ceil(PITCHED).max(1);
        let keys = self.keys(sound, every);
        self.loss_of(sound, &keys)
    }

    /// The same, but finds the pitch of every voiced frame, which takes most of the time. Also returns the
    /// semitones by which each of these frames is too low, unless it is unvoiced.
    pub fn thorough_loss(&mut self, sound: &[f32]) -> (f64, Vec<(usize, Option<f32>)>) {
        let keys = self.keys(sound, 1);
        (self.loss_of(sound, &keys), keys)
    }

    /// The semitones by which the sound is too low in every `every`th voiced frame.
    fn keys(&mut self, sound: &[f32], every: usize) -> Vec<(usize, Option<f32>)> {
        let missing = |&at: &usize| {
            let wanted = self.voice.track.keys[at];
            let found = self.pitch.key(sound, at).map(|found| found.0);
            (at, wanted.zip(found).map(|(wanted, found)| wanted - found))
        };
        self.voiced.iter().step_by(every).map(missing).collect()
    }

    fn loss_of(&mut self, sound: &[f32], missing_keys: &[(usize, Option<f32>)]) -> f64 {
        let (found, bands) = self.meter.measure_bands(sound);
        let voice = &self.voice.contours;
        let level = 1.0 - cosine(&voice.level, &found.level);
        let group = self.voice.longest();
        let own = found.level.get(group.first.saturating_sub(2)..group.end).unwrap_or_default();
        let attack = f64::from((attack_s(own) - self.attack_s).abs() / 0.02).min(ATTACK_LIMIT);
        let brightness = chosen(&smoothed(&found.brightness, 2), &self.bright);
        let apart = self.brightness.iter().zip(&brightness).map(|(a, b)| f64::from((a - b).abs()));
        let centroid = apart.sum::<f64>() / brightness.len().max(1) as f64;
        let correlation = if self.is_steady { 1.0 } else { rank_correlation(&self.brightness, &brightness) };
        let brightness = 1.0 - correlation;
        let bands = relative(bands);
        let pairs = bands.as_flattened().iter().zip(self.bands.as_flattened());
        let differences = pairs.map(|(a, b)| f64::from((a - b).abs())).sum::<f64>();
        let spectrum = differences / bands.as_flattened().len().max(1) as f64;
        let is_off =
            |missing: &&(usize, Option<f32>)| missing.1.is_none_or(|missing| missing.abs() > IN_TUNE_KEYS);
        let off = missing_keys.iter().filter(is_off).count();
        let pitch = off as f64 / missing_keys.len().max(1) as f64;
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
fn relative(mut levels: VoiceBands) -> VoiceBands {
    let loudest = levels.as_flattened().iter().copied().fold(f32::MIN, f32::max);
    levels.as_flattened_mut().iter_mut().for_each(|level| *level = (*level - loudest).max(-RANGE_DB));
    levels
}
