//! The courses of played tones in time beside those of recorded notes that no training has heard: the time of the
//! attack, the spectra of modulation of level and pitch, and mel bands in frames of 10 ms. The steady voice and the
//! living one play the same key at the same place.

use frame_model::{FrameModel, NoteSound, encode_sound, frame_layout};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use spectral::{FrameLayout, MelBands, PitchEstimate, ShortTimeFourier, SpectralError, analyze_tone};
use std::fmt::{self, Display};
use tone_voice::ToneInstrument;

/// The part and the velocity at which tones are played.
const PART: usize = 0;
const VELOCITY: u8 = 100;
/// The time between two levels, and their window.
const STEP_S: f32 = 0.01;
const WINDOW_S: f32 = 0.02;
/// The held part begins here at the earliest, after the onset.
const HELD_FROM_S: f32 = 0.3;
/// The end of a recording, whose windows reach beyond it, is left out.
const END_S: f32 = 0.04;
/// The shortest held part that is measured.
const LEAST_HELD_S: f32 = 0.6;
/// An onset is where the level first comes so near to that of what is held; the attack lasts until it is as near as the
/// second.
const ONSET_DB: f32 = -30.0;
const RISEN_DB: f32 = -3.0;
/// The edges of the bands of modulation, in Hz.
const MODULATION_HZ: [f64; 5] = [1.0, 2.5, 4.5, 8.0, 16.0];
/// Modulations below these are inaudible, and count as these.
const LEAST_MODULATION_DB: f64 = 0.1;
const LEAST_MODULATION_CENTS: f64 = 1.0;
/// The layout of the frames of bands at 44.1 kHz: windows whose effective length is 10 ms, each 5.8 ms.
const BAND_WINDOW: usize = 1024;
const BAND_HOP: usize = 256;
const BANDS: usize = 80;
/// Bands below this are inaudible beside the loudest of the note.
const FLOOR_DB: f32 = -60.0;
/// Frames with a pitch farther than this from the key are errors of the tracker, in cents.
const STRAY_CENTS: f64 = 150.0;

/// The differences of a played tone from a recorded note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LifeDifference {
    /// The difference of the attack's time, in octaves.
    pub attack_octaves: f64,
    /// The differences of the modulation's depth, of level and of pitch, mean over four bands each, in dB.
    pub modulation_db: [f64; 2],
    /// Of 80 mel bands in frames of 10 ms, in dB: in the first 0.3 s, and of all frames.
    pub bands_db: [f64; 2],
}

impl LifeDifference {
    /// The three measures: attack, modulation and bands.
    pub fn measures(&self) -> [f64; 3] {
        let mean = |pair: [f64; 2]| 0.5 * (pair[0] + pair[1]);
        [self.attack_octaves, mean(self.modulation_db), mean(self.bands_db)]
    }
}

/// The differences of a set of notes, in the mean: of the steady voice and of the living one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LifeLine {
    /// The set.
    pub notes: String,
    /// The number of notes that are held for long enough.
    pub count: usize,
    /// The differences of the steady voice.
    pub steady: LifeDifference,
    /// The differences of the living voice.
    pub living: LifeDifference,
}

impl LifeLine {
    /// The mean over the three measures of the share of the steady voice's difference that the living voice has less.
    pub fn nearer(&self) -> f64 {
        let shares = self.steady.measures().into_iter().zip(self.living.measures());
        shares.map(|(steady, living)| 1.0 - living / steady.max(1e-9)).sum::<f64>() / 3.0
    }
}

impl Display for LifeLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { notes, count, steady, living } = self;
        let both =
            |value: &dyn Fn(&LifeDifference) -> f64| format!("{:.2}, {:.2}", value(steady), value(living));
        write!(
            f,
            "| {count} of {notes} | {} | {} | {} | {} | {} | {:.0} % |",
            both(&|one| one.attack_octaves),
            both(&|one| one.modulation_db[0]),
            both(&|one| one.modulation_db[1]),
            both(&|one| one.bands_db[0]),
            both(&|one| one.bands_db[1]),
            100.0 * self.nearer(),
        )
    }
}

/// The differences of the notes of a set that have a key and are held for long enough; `None` without one.
///
/// # Errors
/// [`SpectralError::SampleRate`] if the rate of a note is outside of 8 to 192 kHz.
pub fn life_line(
    model: &FrameModel,
    name: &str,
    notes: &[NoteSound],
) -> Result<Option<LifeLine>, SpectralError> {
    let differences: Vec<_> =
        notes.par_iter().map(|note| note_difference(model, note)).collect::<Result<_, _>>()?;
    let differences: Vec<[LifeDifference; 2]> = differences.into_iter().flatten().collect();
    let [steady, living] = [0, 1].map(|voice| mean(differences.iter().map(|both| both[voice])));
    let count = differences.len();
    Ok((count > 0).then(|| LifeLine { notes: name.to_owned(), count, steady, living }))
}

fn mean(differences: impl ExactSizeIterator<Item = LifeDifference>) -> LifeDifference {
    let share = 1.0 / differences.len().max(1) as f64;
    differences.fold(LifeDifference::default(), |sum, one| LifeDifference {
        attack_octaves: sum.attack_octaves + share * one.attack_octaves,
        modulation_db: [0, 1].map(|at| sum.modulation_db[at] + share * one.modulation_db[at]),
        bands_db: [0, 1].map(|at| sum.bands_db[at] + share * one.bands_db[at]),
    })
}

/// The differences of the steady and of the living tone from a note.
fn note_difference(
    model: &FrameModel,
    note: &NoteSound,
) -> Result<Option<[LifeDifference; 2]>, SpectralError> {
    let rate_hz = note.sample_rate_hz as f32;
    let Some(key) = note.key() else { return Ok(None) };
    let Some(recorded) = SoundInTime::of(&note.samples, rate_hz, key)? else { return Ok(None) };
    let latent = held_latent(model, note)?;
    let mut differences = [LifeDifference::default(); 2];
    for (difference, life) in differences.iter_mut().zip([0.0, 1.0]) {
        let mut instrument = ToneInstrument::new(rate_hz, 1)?;
        instrument.load(model.clone());
        instrument.move_to(PART, model.point_of(&latent));
        let mut offsets = vec![0.0; model.latents().saturating_sub(2)];
        model.offsets_of(&latent, &mut offsets);
        offsets.iter().enumerate().for_each(|(axis, offset)| instrument.set_offset(axis + 2, *offset));
        instrument.tune(key, recorded.frequency_hz);
        instrument.set_life(life);
        instrument.note(PART, key, VELOCITY);
        let mut played = vec![0.0; note.samples.len()];
        instrument.render(&mut played);
        let Some(played) = SoundInTime::of(&played, rate_hz, key)? else { return Ok(None) };
        *difference = recorded.difference(&played);
    }
    Ok(Some(differences))
}

/// The mean latent numbers of the second half of the frames with a pitch.
fn held_latent(model: &FrameModel, note: &NoteSound) -> Result<Vec<f32>, SpectralError> {
    let frames = encode_sound(model, &note.samples, note.sample_rate_hz as f32)?;
    let voiced: Vec<_> = frames.iter().filter(|frame| frame.pitch.is_voiced).collect();
    let held = &voiced[voiced.len() / 2..];
    let mean =
        |axis: usize| held.iter().map(|frame| frame.latent[axis]).sum::<f32>() / held.len().max(1) as f32;
    Ok((0..model.latents()).map(mean).collect())
}

/// A sound as its course in time.
struct SoundInTime {
    /// The levels at each step after the onset, relative to what is held, and the steps of what is held.
    levels_db: Vec<f32>,
    held: std::ops::Range<usize>,
    frequency_hz: f32,
    attack_s: f64,
    /// The depths of modulation in each band, of level in dB and of pitch in cents.
    modulation: [[f64; MODULATION_HZ.len() - 1]; 2],
    /// The mel bands of each frame after the onset, relative to the mean power of what is held, in dB.
    bands_db: Vec<Vec<f32>>,
}

impl SoundInTime {
    /// `None` if the sound is not held for long enough.
    fn of(samples: &[f32], rate_hz: f32, key: u8) -> Result<Option<Self>, SpectralError> {
        let key_hz = 440.0 * ((f32::from(key) - 69.0) / 12.0).exp2();
        let mut levels_db = levels(samples, rate_hz, WINDOW_S.max(2.5 / key_hz));
        let mut sorted = levels_db.clone();
        sorted.sort_by(f32::total_cmp);
        let Some(&usual_db) = sorted.get(sorted.len() * 3 / 4) else { return Ok(None) };
        let Some(onset) = levels_db.iter().position(|&level_db| level_db > usual_db + ONSET_DB) else {
            return Ok(None);
        };
        levels_db.drain(..onset);
        let start = (HELD_FROM_S / STEP_S) as usize;
        let is_held = |level_db: &f32| *level_db > usual_db - 12.0;
        let end = levels_db.iter().rposition(is_held).map_or(0, |last| last + 1);
        if end < start + (LEAST_HELD_S / STEP_S) as usize {
            return Ok(None);
        }
        let held = start..end;
        let powers = levels_db[held.clone()].iter().map(|level_db| 10.0_f32.powf(0.1 * level_db));
        let mean_db = 10.0 * (powers.sum::<f32>() / held.len() as f32).max(1e-12).log10();
        levels_db.iter_mut().for_each(|level_db| *level_db -= mean_db);
        let from = (onset as f32 * STEP_S * rate_hz) as usize;
        let after = &samples[from.min(samples.len())..];
        let Some((cents, frequency_hz)) = course_of_pitch(after, rate_hz, key_hz, &held)? else {
            return Ok(None);
        };
        let risen = levels_db.iter().position(|&level_db| level_db > RISEN_DB).unwrap_or(start);
        let level: Vec<f64> = levels_db[held.clone()].iter().map(|&level_db| f64::from(level_db)).collect();
        Ok(Some(Self {
            frequency_hz,
            attack_s: f64::from(risen as f32 * STEP_S),
            modulation: [depths(&level), depths(&cents)],
            bands_db: bands(after, rate_hz, mean_db),
            levels_db,
            held,
        }))
    }

    fn difference(&self, other: &Self) -> LifeDifference {
        // An attack within a step is at once.
        let octaves = |sound: &Self| (sound.attack_s + 0.01).log2();
        let least = [LEAST_MODULATION_DB, LEAST_MODULATION_CENTS];
        let modulation_db = [0, 1].map(|kind| {
            let depth = |sound: &Self, band: usize| sound.modulation[kind][band].max(least[kind]);
            let bands = self.modulation[kind].len();
            let sum: f64 =
                (0..bands).map(|band| (20.0 * (depth(self, band) / depth(other, band)).log10()).abs()).sum();
            sum / bands as f64
        });
        let frames = self.held.end.min(other.levels_db.len());
        let seconds = frames as f32 * STEP_S;
        let first = (HELD_FROM_S / seconds * self.bands_db.len() as f32) as usize;
        let bands_db = [first, self.bands_db.len()].map(|end| self.band_difference_db(other, end));
        LifeDifference { attack_octaves: (octaves(self) - octaves(other)).abs(), modulation_db, bands_db }
    }

    fn band_difference_db(&self, other: &Self, end: usize) -> f64 {
        let loudest_db = self.bands_db.iter().flatten().copied().fold(f32::MIN, f32::max);
        let floor_db = loudest_db + FLOOR_DB;
        let (mut sum, mut count) = (0.0, 0);
        for (own, others) in self.bands_db.iter().zip(&other.bands_db).take(end) {
            for (own, other) in own.iter().zip(others) {
                sum += f64::from((own.max(floor_db) - other.max(floor_db)).abs());
                count += 1;
            }
        }
        sum / f64::from(count.max(1))
    }
}

/// The level at each step, in a Hann window, without the end.
fn levels(samples: &[f32], rate_hz: f32, window_s: f32) -> Vec<f32> {
    let half = (0.5 * window_s * rate_hz) as usize;
    let steps = ((samples.len() as f32 / rate_hz - END_S) / STEP_S).max(0.0) as usize;
    let level = |step: usize| {
        let middle = (step as f32 * STEP_S * rate_hz) as usize;
        let (mut power, mut weights) = (0.0_f32, 0.0_f32);
        for at in 0..=2 * half {
            let weight = 0.5 - 0.5 * (std::f32::consts::PI * at as f32 / half as f32).cos();
            let sample =
                (middle + at).checked_sub(half).and_then(|at| samples.get(at)).copied().unwrap_or(0.0);
            power += weight * sample * sample;
            weights += weight;
        }
        10.0 * (power / weights).max(1e-12).log10()
    };
    (0..steps).map(level).collect()
}

/// The pitch at each step of what is held, in cents from its median, and the median; `None` with too few pitches.
fn course_of_pitch(
    samples: &[f32],
    rate_hz: f32,
    key_hz: f32,
    held: &std::ops::Range<usize>,
) -> Result<Option<(Vec<f64>, f32)>, SpectralError> {
    let layout = frame_layout(rate_hz);
    let frames = analyze_tone(samples, layout, rate_hz)?;
    let cents_of = |pitch: &PitchEstimate| {
        let cents = 1200.0 * f64::from(pitch.frequency_hz / key_hz).log2();
        (pitch.is_voiced && cents.abs() < STRAY_CENTS).then_some(cents)
    };
    let index = |step: usize| {
        let sample = step as f32 * STEP_S * rate_hz;
        ((sample + 0.5 * layout.window() as f32) / layout.hop() as f32 - 1.0).round() as usize
    };
    let mut cents = Vec::with_capacity(held.len());
    let mut last = None;
    for step in held.clone() {
        last = frames.get(index(step)).and_then(|(pitch, _)| cents_of(pitch)).or(last);
        cents.extend(last);
    }
    if cents.len() * 2 < held.len() {
        return Ok(None);
    }
    let mut sorted = cents.clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[sorted.len() / 2];
    cents.iter_mut().for_each(|one| *one -= median);
    Ok(Some((cents, key_hz * (median / 1200.0).exp2() as f32)))
}

/// The root mean square of a course in each band of modulation, without its trend.
fn depths(course: &[f64]) -> [f64; MODULATION_HZ.len() - 1] {
    let count = course.len() as f64;
    let middle = 0.5 * (count - 1.0);
    let mean = course.iter().sum::<f64>() / count;
    let squares: f64 = (0..course.len()).map(|at| (at as f64 - middle).powi(2)).sum();
    let slope =
        course.iter().enumerate().map(|(at, one)| (at as f64 - middle) * one).sum::<f64>() / squares.max(1.0);
    let straight: Vec<f64> =
        course.iter().enumerate().map(|(at, one)| one - mean - slope * (at as f64 - middle)).collect();
    let mut powers = [0.0; MODULATION_HZ.len() - 1];
    for bin in 1..course.len() / 2 {
        let frequency_hz = bin as f64 / (count * f64::from(STEP_S));
        let Some(band) =
            (0..powers.len()).find(|&at| (MODULATION_HZ[at]..MODULATION_HZ[at + 1]).contains(&frequency_hz))
        else {
            continue;
        };
        let turn = std::f64::consts::TAU * bin as f64 / count;
        let (re, im) = straight.iter().enumerate().fold((0.0, 0.0), |(re, im), (at, one)| {
            let phase = turn * at as f64;
            (re + one * phase.cos(), im + one * phase.sin())
        });
        powers[band] += 2.0 * (re * re + im * im) / (count * count);
    }
    powers.map(f64::sqrt)
}

/// The mel bands of each frame of about 10 ms, relative to a level, in dB.
fn bands(samples: &[f32], rate_hz: f32, level_db: f32) -> Vec<Vec<f32>> {
    let octaves = (rate_hz / 44_100.0).log2().round().clamp(-2.0, 2.0);
    let scale = |samples: usize| (samples as f32 * octaves.exp2()) as usize;
    let Ok(layout) = FrameLayout::new(scale(BAND_WINDOW), scale(BAND_HOP)) else { return Vec::new() };
    let mel = MelBands::new(BANDS, layout, rate_hz);
    let magnitudes = ShortTimeFourier::new(layout).analyze(samples).magnitudes();
    let frame_db = |frame: &[f32]| {
        let mut bands = vec![0.0; BANDS];
        mel.magnitudes(frame, &mut bands);
        bands.into_iter().map(|magnitude| 20.0 * magnitude.max(1e-9).log10() - level_db).collect()
    };
    magnitudes.iter().map(frame_db).collect()
}
