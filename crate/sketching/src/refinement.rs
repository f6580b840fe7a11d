//! Refines a sketched patch by rendering its whole performance: level, attack and brightness over time as the voice's,
//! and its spectrum on average over fifths of the time.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT, Spectrum};
use matching::space::{CONTINUOUS, moved, position};
use patch::{Parameter, Patch};

use crate::analysis::VoiceAnalysis;
use crate::contours::{ContourMeter, HOP_S, smoothed};
use crate::decisions::Decisions;
use crate::evolution::{Evolution, GENERATION};
use crate::performance::SketchPerformance;
use crate::pitch_track::PitchFinder;
use crate::statistics::{cosine, rank_correlation};

/// What moves.
const FREE: [Parameter; 14] = [
    Parameter::AmpAttack,
    Parameter::AmpDecay,
    Parameter::AmpSustain,
    Parameter::AmpRelease,
    Parameter::FilterAttack,
    Parameter::FilterDecay,
    Parameter::FilterSustain,
    Parameter::FilterRelease,
    Parameter::FilterResonance,
    Parameter::FilterEnvAmount,
    Parameter::FilterCutoff,
    Parameter::OscMix,
    Parameter::Osc1Pulsewidth,
    Parameter::Osc2Pulsewidth,
];
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
/// Frames of which the pitch is compared, and how far it may be off, in semitones.
const PITCHED: usize = 16;
const IN_TUNE_KEYS: f32 = 0.15;
/// An attack that is further off counts as this, in multiples of 20 ms.
const ATTACK_LIMIT: f64 = 2.0;
/// The brightness of quieter frames does not count, in dB below the loudest.
const BRIGHT_DB: f32 = 30.0;
/// Nor does the pitch.
const VOICED_DB: f32 = 24.0;
/// Levels this far below the loudest band count as silent, in dB.
const RANGE_DB: f32 = 50.0;

/// The time in which a course of levels rises from a tenth to eight tenths of its greatest value, in seconds.
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
pub struct VoiceJudge<'a> {
    voice: &'a VoiceAnalysis,
    meter: ContourMeter,
    spectrum: Spectrum,
    bands: Vec<f32>,
    /// Frames whose brightness counts.
    bright: Vec<bool>,
    brightness: Vec<f32>,
    attack_s: f32,
    /// Frames of the loud voiced parts, evenly over the time.
    pitched: Vec<usize>,
    pitch: PitchFinder,
}

impl<'a> VoiceJudge<'a> {
    /// For an analysed voice and its samples at 44.1 kHz.
    pub fn new(voice: &'a VoiceAnalysis, samples: &[f32]) -> Self {
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
        let pitched = voiced.iter().copied().step_by(voiced.len().div_ceil(PITCHED).max(1)).collect();
        let (meter, pitch) = (ContourMeter::new(), PitchFinder::new());
        Self { voice, meter, spectrum, bands, bright, brightness, attack_s, pitched, pitch }
    }

    /// How far a performance is from the voice: 0 for the same.
    pub fn loss(&mut self, sound: &[f32]) -> f64 {
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
        let off = self.pitched.iter().map(|&at| f64::from(u8::from(is_off(at)))).sum::<f64>();
        let pitch = off / self.pitched.len().max(1) as f64;
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

/// The patch with other envelopes of the filter: up or down, fast or slow.
fn envelopes(from: &Patch) -> Vec<Patch> {
    let mut found = Vec::new();
    for amount in [-15.0, -8.0, 4.0, 14.0] {
        for (attack_s, decay_s, sustain) in [(0.005, 0.15, 0.2), (0.15, 0.4, 0.3), (0.3, 0.1, 1.0)] {
            let mut patch = *from;
            patch.set(Parameter::FilterEnvAmount, amount);
            patch.set(Parameter::FilterSustain, sustain);
            for (parameter, seconds) in
                [(Parameter::FilterAttack, attack_s), (Parameter::FilterDecay, decay_s)]
            {
                patch.set(parameter, parameter.info().law.value(seconds));
            }
            found.push(patch);
        }
    }
    found
}

/// The best patch within the limits, from a patch on, after so many renders.
pub fn refine(
    judge: &mut VoiceJudge,
    decisions: &Decisions,
    from: &Patch,
    (seed, renders): (u64, u32),
    mut rendered: impl FnMut(usize),
) -> Patch {
    let settings = decisions.match_settings(seed, renders);
    let performance = &decisions.performance;
    let mut best = (*from, judge.loss(&performance.render(from)));
    let starts: Vec<Patch> = envelopes(from).into_iter().map(|patch| settings.limited(patch)).collect();
    for (patch, sound) in starts.iter().zip(performance.render_all(&starts)) {
        let loss = judge.loss(&sound);
        if loss < best.1 {
            best = (*patch, loss);
        }
    }
    rendered(1 + starts.len());
    let from = &best.0.clone();
    let axes = FREE.map(|parameter| CONTINUOUS.iter().position(|&other| other == parameter).unwrap_or(0));
    let start = position(from);
    let at = |place: &[f32]| {
        let mut position = start;
        axes.iter().zip(place).for_each(|(&axis, &value)| position[axis] = value);
        settings.limited(moved(from, &position))
    };
    let mut search = Evolution::new(axes.iter().map(|&axis| start[axis]).collect(), seed);
    for _ in 0..(renders as usize).saturating_sub(1 + starts.len()) / GENERATION {
        let places = search.places();
        let patches: Vec<Patch> = places.iter().map(|place| at(place)).collect();
        let losses: Vec<f64> =
            performance.render_all(&patches).iter().map(|sound| judge.loss(sound)).collect();
        for (patch, &loss) in patches.iter().zip(&losses) {
            if loss < best.1 {
                best = (*patch, loss);
            }
        }
        search.learn(places.into_iter().zip(losses.into_iter().map(|loss| loss as f32)).collect());
        rendered(GENERATION);
    }
    best.0
}

/// Brings the velocity of each note to that at which its part is as loud as the voice's, relative to the others.
pub fn balance(voice: &VoiceAnalysis, performance: &mut SketchPerformance, patch: &Patch) {
    if voice.groups.len() < 2 {
        return;
    }
    let level = ContourMeter::new().measure(&performance.render(patch)).level;
    let gain = |first: usize, end: usize| {
        let (wanted, own) = (&voice.contours.level[first..end], &level[first..end]);
        let both: f32 = wanted.iter().zip(own).map(|(wanted, own)| wanted * own).sum();
        both / own.iter().map(|own| own * own).sum::<f32>().max(1e-12)
    };
    let gains: Vec<f32> = voice.groups.iter().map(|group| gain(group.first, group.end)).collect();
    let velocity = |note: &crate::notes::SketchedNote| {
        let at = (note.start_s / HOP_S).round() as usize;
        let group = voice.groups.iter().position(|group| (group.first..group.end).contains(&at));
        f32::from(note.velocity) * group.map_or(1.0, |group| gains[group])
    };
    let wanted: Vec<f32> = performance.notes.iter().map(velocity).collect();
    let loudest = wanted.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    for (note, wanted) in performance.notes.iter_mut().zip(wanted) {
        note.velocity = (wanted / loudest * 110.0).round().clamp(1.0, 127.0) as u8;
    }
}
