//! The contours of recorded notes in time, measured with a finished model: level, noise, pitch and latent numbers.

use crate::error::TrainError;
use crate::progress::{Reporter, Stage, TrainingProgress};
use frame_model::{
    CENTS_LIMIT, CONTOUR_LIMIT, CONTOUR_STEP_S, CONTOUR_STEPS_LIMIT, FrameCoder, FrameModel, LEVEL_LIMIT_DB,
    NOISE_LIMIT_DB, NoteSound, STEPS_A_LATENT, ToneCoder, ToneContour, TonePitch, WIDTHS_LIMIT, frame_layout,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use spectral::{SpectralError, ToneFeatureMap, ToneFeatures, ToneFrame, analyze_tone};

/// The longest contour. With it the files of the shipped domains stay below 0.4 MB.
const LONGEST_S: f32 = 1.5;
/// A contour begins where the note first comes so near to its greatest level.
const ONSET_DB: f32 = -40.0;
/// The held part begins here at the earliest, and ends where the level falls below this.
const HELD_FROM_S: f32 = 0.25;
const HELD_DB: f32 = -9.0;
/// The shortest held part.
const LEAST_HELD_STEPS: usize = 60;
/// The window of a level: an effective 10 ms, and periods of a low tone.
const LEVEL_WINDOW_S: f32 = 0.02;
const LEVEL_PERIODS: f32 = 2.5;
/// Frames of the end of a note, whose windows reach beyond it, are left out.
const END_S: f32 = 0.03;
/// A pitch this far from the note's is an error of the tracker, in cents.
const STRAY_CENTS: f32 = 100.0;
/// The release of a note that is cut off while it is held: that of a steady tone.
const USUAL_RELEASE_S: f32 = 0.15;
/// Shorter and longer releases count as these: keys must answer, and the room is no part of the instrument.
const RELEASES_S: [f32; 2] = [0.08, 0.28];

/// The contours of the notes that have one; at most [`CONTOUR_LIMIT`], evenly drawn.
///
/// # Errors
/// [`TrainError`] for a note whose rate is outside of 8 to 192 kHz.
pub fn note_contours(
    model: &FrameModel,
    notes: &[NoteSound],
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<Vec<ToneContour>, TrainError> {
    let mut named: Vec<&NoteSound> = notes.iter().filter(|note| note.key().is_some()).collect();
    named.sort_by(|a, b| (a.key(), &a.name).cmp(&(b.key(), &b.name)));
    let reporter = Reporter::begin(Stage::Notes, named.len(), progress);
    let contour = |note: &&NoteSound| {
        let contour = note_contour(model, note);
        reporter.advance();
        contour
    };
    let contours: Vec<Option<ToneContour>> = named.par_iter().map(contour).collect::<Result<_, _>>()?;
    let contours: Vec<ToneContour> = contours.into_iter().flatten().collect();
    let every = contours.len().div_ceil(CONTOUR_LIMIT).max(1);
    Ok(contours.into_iter().step_by(every).collect())
}

/// The contour of a note; `None` if it has no key, or if nothing of it is held.
///
/// # Errors
/// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
pub fn note_contour(model: &FrameModel, note: &NoteSound) -> Result<Option<ToneContour>, SpectralError> {
    let frames = NoteFramesInTime::of(model, note)?;
    Ok(note.key().and_then(|key| frames.contour(model, note, key)))
}

/// A frame of a note.
struct TimedFrame {
    /// Cents from the key; `None` without a pitch near it.
    cents: Option<f32>,
    /// The level of the noise beside that of the decoded timbre, in dB.
    noise_db: f32,
    latent: Vec<f32>,
}

/// The frames of a note, and the place of the first one in hops.
struct NoteFramesInTime {
    frames: Vec<TimedFrame>,
    hop_s: f32,
    half_window_s: f32,
}

impl NoteFramesInTime {
    fn of(model: &FrameModel, note: &NoteSound) -> Result<Self, SpectralError> {
        let rate_hz = note.sample_rate_hz as f32;
        let layout = frame_layout(rate_hz);
        let key_hz = 440.0 * ((f32::from(note.key().unwrap_or(69)) - 69.0) / 12.0).exp2();
        let mut map = ToneFeatureMap::new(layout, rate_hz)?;
        let mut coder = FrameCoder::new(model.clone());
        let (mut features, mut decoded) = (ToneFeatures::default(), ToneFrame::default());
        let mut frames = Vec::new();
        for (pitch, frame) in analyze_tone(&note.samples, layout, rate_hz)? {
            map.features(&frame, &mut features);
            let mut latent = vec![0.0; model.latents()];
            coder.encode(&features, &mut latent);
            let cents = 1200.0 * (frame.frequency_hz / key_hz).log2();
            let is_stray = !pitch.is_voiced || cents.is_nan() || cents.abs() > STRAY_CENTS;
            let own = TonePitch::of(&frame, &features);
            coder.decode(&latent, own.frequency_hz, &mut features);
            ToneCoder::frame_of(&map, &mut features, TonePitch { level_db: 0.0, ..own }, &mut decoded);
            let noise_db = noise_ratio_db(&map, &frame) - noise_ratio_db(&map, &decoded);
            frames.push(TimedFrame { cents: (!is_stray).then_some(cents), noise_db, latent });
        }
        Ok(Self {
            frames,
            hop_s: layout.hop() as f32 / rate_hz,
            half_window_s: 0.5 * layout.window() as f32 / rate_hz,
        })
    }

    /// The index of the frame nearest to a time.
    fn index(&self, time_s: f32) -> usize {
        let place = (time_s + self.half_window_s) / self.hop_s - 1.0;
        (place.round().max(0.0) as usize).min(self.frames.len().saturating_sub(1))
    }

    /// The frame with a pitch nearest to a time.
    fn pitched(&self, time_s: f32) -> Option<&TimedFrame> {
        let index = self.index(time_s);
        let mut near: Vec<usize> =
            (0..self.frames.len()).filter(|&at| self.frames[at].cents.is_some()).collect();
        near.sort_by_key(|&at| (at.abs_diff(index), at));
        near.first().map(|&at| &self.frames[at])
    }

    fn contour(&self, model: &FrameModel, note: &NoteSound, key: u8) -> Option<ToneContour> {
        let levels = NoteLevels::of(note, key);
        let onset = levels.onset()?;
        let held = levels.held(onset)?;
        let end = held.end.min(onset + ((LONGEST_S / CONTOUR_STEP_S) as usize).min(CONTOUR_STEPS_LIMIT));
        let start = held.start.min(end.saturating_sub(LEAST_HELD_STEPS));
        if end < onset + LEAST_HELD_STEPS || start < onset {
            return None;
        }
        let pitched = |step: usize| self.pitched(step as f32 * CONTOUR_STEP_S);
        let frames: Vec<&TimedFrame> = (onset..end).map(pitched).collect::<Option<_>>()?;
        let held_frames = &frames[start - onset..];
        let mean = |value: &dyn Fn(&TimedFrame) -> f32| {
            held_frames.iter().map(|frame| value(frame)).sum::<f32>() / held_frames.len() as f32
        };
        let place: Vec<f32> = (0..model.latents()).map(|axis| mean(&|frame| frame.latent[axis])).collect();
        let noise_db = mean(&|frame| frame.noise_db);
        let mut cents: Vec<f32> = held_frames.iter().filter_map(|frame| frame.cents).collect();
        cents.sort_by(f32::total_cmp);
        let median_cents = cents.get(cents.len() / 2).copied()?;
        let latent = |frame: &&TimedFrame| {
            let widths = frame.latent.iter().zip(&place).zip(&model.axes).map(|((number, place), axis)| {
                ((number - place) / (axis.high - axis.low).max(1e-3)).clamp(-WIDTHS_LIMIT, WIDTHS_LIMIT)
            });
            widths.collect()
        };
        Some(ToneContour {
            key,
            release_s: levels.release_s(held.end),
            loop_start: start - onset,
            level_db: levels.relative(onset..end, start - onset),
            noise_db: frames
                .iter()
                .map(|frame| (frame.noise_db - noise_db).clamp(-NOISE_LIMIT_DB, NOISE_LIMIT_DB))
                .collect(),
            cents: frames
                .iter()
                .map(|frame| {
                    (frame.cents.unwrap_or(median_cents) - median_cents).clamp(-CENTS_LIMIT, CENTS_LIMIT)
                })
                .collect(),
            latent: frames.iter().step_by(STEPS_A_LATENT).map(latent).collect(),
            place,
        })
    }
}

/// The power of the noise of a frame beside that of its harmonics, in dB.
fn noise_ratio_db(map: &ToneFeatureMap, frame: &ToneFrame) -> f32 {
    let whole = map.power(frame).max(1e-12);
    let harmonics = frame.amplitudes.iter().map(|amplitude| 0.5 * amplitude * amplitude).sum::<f32>() / whole;
    // Below a millionth neither is heard.
    10.0 * ((1.0 - harmonics).max(1e-6) / harmonics.max(1e-6)).log10()
}

/// The level of a note at each step, in dB.
struct NoteLevels {
    levels_db: Vec<f32>,
}

impl NoteLevels {
    fn of(note: &NoteSound, key: u8) -> Self {
        let rate_hz = note.sample_rate_hz as f32;
        let key_hz = 440.0 * ((f32::from(key) - 69.0) / 12.0).exp2();
        let half = (0.5 * rate_hz * LEVEL_WINDOW_S.max(LEVEL_PERIODS / key_hz)) as i64;
        let squares: Vec<f32> = note.samples.iter().map(|sample| sample * sample).collect();
        let seconds = note.samples.len() as f32 / rate_hz;
        let steps = ((seconds - END_S) / CONTOUR_STEP_S).max(0.0) as usize;
        let level = |step: usize| {
            let middle = (step as f32 * CONTOUR_STEP_S * rate_hz) as i64;
            let (mut power, mut weights) = (0.0_f32, 0.0_f32);
            for offset in -half..=half {
                let weight = 0.5 + 0.5 * (std::f32::consts::PI * offset as f32 / half as f32).cos();
                weights += weight;
                let at = usize::try_from(middle + offset).ok();
                power += weight * at.and_then(|at| squares.get(at)).copied().unwrap_or(0.0);
            }
            10.0 * (power / weights).max(1e-12).log10()
        };
        Self { levels_db: (0..steps).map(level).collect() }
    }

    /// The first step that is near enough to the greatest level.
    fn onset(&self) -> Option<usize> {
        let loudest_db = self.levels_db.iter().copied().fold(f32::MIN, f32::max);
        self.levels_db.iter().position(|&level_db| level_db > loudest_db + ONSET_DB)
    }

    /// The steps of what is held.
    fn held(&self, onset: usize) -> Option<std::ops::Range<usize>> {
        let from = onset + (HELD_FROM_S / CONTOUR_STEP_S) as usize;
        let mut sorted: Vec<f32> = self.levels_db.get(from..).filter(|rest| !rest.is_empty())?.to_vec();
        sorted.sort_by(f32::total_cmp);
        let usual_db = sorted[sorted.len() * 3 / 4];
        let is_held = |step: &usize| self.levels_db[*step] > usual_db + HELD_DB;
        let start = (from..self.levels_db.len()).find(is_held)?;
        let end = (start..self.levels_db.len()).find(|step| !is_held(step)).unwrap_or(self.levels_db.len());
        (end > start + LEAST_HELD_STEPS).then_some(start..end)
    }

    /// The levels relative to the mean power from `start` on, where they have no trend: a note that is held for long
    /// would rise and fall with each turn.
    fn relative(&self, steps: std::ops::Range<usize>, start: usize) -> Vec<f32> {
        let mut levels_db = self.levels_db[steps].to_vec();
        let held = &mut levels_db[start..];
        let middle = 0.5 * (held.len() - 1) as f32;
        let squares: f32 = (0..held.len()).map(|at| (at as f32 - middle).powi(2)).sum();
        let products: f32 =
            held.iter().enumerate().map(|(at, level_db)| (at as f32 - middle) * level_db).sum();
        let slope_db = products / squares.max(1.0);
        held.iter_mut().enumerate().for_each(|(at, level_db)| *level_db -= slope_db * at as f32);
        let powers = held.iter().map(|level_db| 10.0_f32.powf(0.1 * *level_db));
        let mean_db = 10.0 * (powers.sum::<f32>() / held.len() as f32).max(1e-12).log10();
        let relative = |level_db: f32| (level_db - mean_db).clamp(-LEVEL_LIMIT_DB, LEVEL_LIMIT_DB);
        levels_db.into_iter().map(relative).collect()
    }

    /// The time of a fall by 60 dB after a step, if the note ends within its recording.
    fn release_s(&self, end: usize) -> f32 {
        let Some(&from_db) = self.levels_db.get(end) else { return USUAL_RELEASE_S };
        const FALL_DB: f32 = 24.0;
        let fallen = self.levels_db[end..].iter().position(|&level_db| level_db < from_db - FALL_DB);
        fallen.map_or(USUAL_RELEASE_S, |steps| {
            let seconds = steps as f32 * CONTOUR_STEP_S * 60.0 / FALL_DB;
            seconds.clamp(RELEASES_S[0], RELEASES_S[1])
        })
    }
}
