//! Judges patches: renders the target's note and compares the mel features, the level curve, the fluctuation of the level
//! and the details with the target's, at the volume that suits best.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT, Spectrum};
use features::{COMPONENT_COUNT, Projection, SpectralFeatures};
use patch::Patch;

use crate::candidate_sounds::CandidateSounds;
use crate::details::Details;
use crate::fluctuation::{FLUCTUATION_COUNT, Fluctuations, LevelSeries};
use crate::guess_input::{HeardTarget, input, louder};
use crate::judged_patch::{COARSE_COUNT, CURVE_START, FEATURES_WEIGHT, JudgedPatch, Nearness, square_sum};
use crate::known::KnownSounds;
use crate::levels::{LevelGrid, Levels, TIME_COUNT, level_curve_db, loudest_db};
use crate::note::{Candidate, TargetNote};
use crate::pitch_check::PitchCheck;
use crate::preparation::{aligned, level_of};
use crate::target::Target;
use crate::volume::with_gain;

/// Weight of the level curve: a difference of [`CURVE_UNIT_DB`] all the time counts as much as this share of the
/// distance of a usual preset and the mean of all. The features tell levels in five segments, which for a recording
/// is too few: models/match.md has the figures with and without.
const CURVE_WEIGHT: f32 = 0.1;
const CURVE_UNIT_DB: f32 = 10.0;
/// Levels this far below the loudest time of the target count as silence.
const CURVE_RANGE_DB: f32 = 40.0;

/// Weight of the fluctuations, of all bands and of each group: a difference of [`FLUCTUATION_UNIT_DB`] in every segment
/// counts as much as this share. Without them an answer may have a tremolo that the target lacks: models/match.md has
/// the figures.
const FLUCTUATION_WEIGHTS: [f32; FLUCTUATION_COUNT / SEGMENT_COUNT] = [0.05, 0.03, 0.03, 0.03];
const FLUCTUATION_UNIT_DB: f32 = 5.0;

/// Weight of the loudness that a patch lacks at its greatest volume: each dB of it counts as much as this share. Not
/// tuned.
const MISSING_WEIGHT: f32 = 0.01;
/// More does not count.
const MOST_MISSING_DB: f32 = 20.0;

/// The differences along the components, then in each feature, then in the level at each time, then in the fluctuation
/// of the level, weighted.
type CoarseDifference = [f32; COARSE_COUNT];

/// The level of a target in time.
#[derive(Clone)]
struct TargetCurve {
    levels_db: [f32; TIME_COUNT],
    /// Lower levels count as this one.
    least_db: f32,
}

/// How loud a target is.
#[derive(Clone)]
struct TargetLoudness {
    /// The root mean square of its samples.
    level: f32,
    /// The gain from its samples to those of the given file; `None` for a note whose level is its own.
    file_gain_db: Option<f32>,
}

/// Compares patches with a target.
#[derive(Clone)]
pub struct Judge {
    spectrum: Spectrum,
    note: TargetNote,
    projection: Projection,
    /// Factors of the components and of the features.
    factors: [f32; 2],
    /// The common factor of both.
    scale: f32,
    floor_db: f32,
    target: SpectralFeatures,
    target_levels: Levels,
    target_curve: TargetCurve,
    target_fluctuations: Fluctuations,
    details: Details,
    nearness: Nearness,
    pitch_check: Option<PitchCheck>,
    target_loudness: TargetLoudness,
    sounds: CandidateSounds,
}

impl Judge {
    /// A judge for a target.
    pub fn new(target: &Target, known: &KnownSounds) -> Self {
        let note = target.note();
        let projection = known.projection().clone();
        let mut spectrum = Spectrum::with_ends(note.segment_ends_s());
        let (mut grid, mut series) = (LevelGrid::new(&note), LevelSeries::new(&note));
        let features = spectrum.measure_with(target.samples(), |seconds, powers| {
            grid.add(seconds, powers);
            series.add(seconds, powers);
        });
        let target_levels = grid.levels();
        let loudest = features[..BAND_COUNT * SEGMENT_COUNT].iter().copied().fold(f32::MIN, f32::max);
        let floor_db = target.floor_db().map_or(f32::MIN, |floor_db| loudest + floor_db);
        let scale = known.scale();
        let factors = [1.0 - FEATURES_WEIGHT, FEATURES_WEIGHT].map(|weight| weight.sqrt() * scale);
        let loudest_time_db = loudest_db(&level_curve_db(&target_levels, 0.0, f32::MIN));
        let least_curve_db = (loudest_time_db - CURVE_RANGE_DB).max(floor_db);
        let target_curve_db = level_curve_db(&target_levels, 0.0, least_curve_db);
        let mut judge = Self {
            spectrum,
            note,
            factors,
            scale,
            floor_db,
            target: features,
            projection,
            target_levels,
            target_curve: TargetCurve { levels_db: target_curve_db, least_db: least_curve_db },
            target_fluctuations: series.fluctuations(0.0, least_curve_db),
            details: Details::of(target.samples()),
            nearness: Nearness::Near,
            pitch_check: PitchCheck::of(target),
            target_loudness: TargetLoudness {
                level: level_of(target.samples()),
                file_gain_db: target.is_recorded().then(|| 20.0 * target.file_gain().log10()),
            },
            sounds: CandidateSounds::of(target),
        };
        judge.target = judge.above_floor(&features, 0.0);
        judge
    }

    /// The same judge for another part of a search.
    pub(crate) fn at(self, nearness: Nearness) -> Self {
        Self { nearness, ..self }
    }

    /// Where the search is.
    pub(crate) fn nearness(&self) -> Nearness {
        self.nearness
    }

    /// Judges near the solution from now on.
    pub(crate) fn come_near(&mut self) {
        self.nearness = Nearness::Near;
    }

    /// Renders candidates side by side and compares each. The pitch is compared with a recorded target's only for a
    /// patch that is nearer than `nearest` and nearer than every earlier one with that pitch.
    pub fn judge_all(&mut self, candidates: &[Candidate], mut nearest: f32) -> Vec<JudgedPatch> {
        let mut sounds = self.sounds.prepare(candidates);
        let judge = |(candidate, samples): (&Candidate, &mut Vec<f32>)| {
            let mut judged = self.judge_sound(candidate, samples);
            if judged.distance < nearest {
                judged.is_in_tune = self.pitch_check.as_ref().is_none_or(|check| check.has_pitch(samples));
                if judged.is_in_tune {
                    nearest = judged.distance;
                }
            }
            judged
        };
        let judged = candidates.iter().zip(&mut sounds).map(judge).collect();
        self.sounds.take_back(sounds);
        judged
    }

    /// Renders a patch that is released at the likeliest time, and compares it.
    pub fn judge(&mut self, patch: &Patch) -> JudgedPatch {
        let candidate = self.note.candidate(*patch);
        self.judge_all(&[candidate], f32::MIN).remove(0)
    }

    /// Compares the prepared sound of a candidate, and makes it as loud as the target.
    fn judge_sound(&mut self, candidate: &Candidate, samples: &mut [f32]) -> JudgedPatch {
        let (mut grid, mut series) = (LevelGrid::new(&self.note), LevelSeries::new(&self.note));
        // As loud as the target, so that the level of silence is the same for both.
        let gain = self.target_loudness.level / level_of(samples).max(f32::MIN_POSITIVE);
        let gain = if gain.is_finite() { gain } else { 1.0 };
        samples.iter_mut().for_each(|sample| *sample *= gain);
        let features = self.spectrum.measure_with(samples, |seconds, powers| {
            grid.add(seconds, powers);
            series.add(seconds, powers);
        });
        let gain_db = self.best_gain_db(&features);
        let louder_db = gain_db + 20.0 * gain.log10();
        let (patch, _) = with_gain(&candidate.patch, louder_db);
        let missing_db = self
            .target_loudness
            .file_gain_db
            .map_or(0.0, |file_db| missing_db(&candidate.patch, louder_db + file_db));
        let levels = grid.levels();
        let mut difference = self.difference(&self.above_floor(&features, gain_db));
        let curve_db = level_curve_db(&levels, gain_db, self.target_curve.least_db);
        let factor = (CURVE_WEIGHT / TIME_COUNT as f32).sqrt() / CURVE_UNIT_DB;
        let (curve, fluctuation) = difference[CURVE_START..].split_at_mut(TIME_COUNT);
        for ((part, own), target) in curve.iter_mut().zip(curve_db).zip(self.target_curve.levels_db) {
            *part = factor * (own - target);
        }
        let fluctuations = series.fluctuations(gain_db, self.target_curve.least_db);
        let factors =
            FLUCTUATION_WEIGHTS.map(|weight| (weight / SEGMENT_COUNT as f32).sqrt() / FLUCTUATION_UNIT_DB);
        for (at, (own, target)) in fluctuations.into_iter().zip(self.target_fluctuations).enumerate() {
            fluctuation[at] = factors[at / SEGMENT_COUNT] * (own - target);
        }
        let mut difference = difference.to_vec();
        let powers = self.details.measure(samples);
        let details = self.details.differences(&powers, gain_db);
        let missing = MISSING_WEIGHT.sqrt() * missing_db;
        let without_details = square_sum(&difference) + missing * missing;
        let near_distance = without_details + square_sum(&details);
        let factor = self.nearness.details_factor();
        difference.extend(details.into_iter().map(|part| factor * part));
        difference.push(missing);
        let distance = square_sum(&difference);
        JudgedPatch {
            candidate: candidate.with_patch(patch),
            difference,
            distance,
            near_distance,
            is_in_tune: true,
            levels: louder(&levels, gain_db),
        }
    }

    /// The input of a network that guesses the target's patch from `patch`, which sounds as a judged one does.
    pub(crate) fn guess_input(&self, patch: &Patch, judged: &JudgedPatch) -> Vec<f32> {
        let phi = self.projection.phi(&self.target);
        let components = phi.map(|component| component * self.scale);
        let target = HeardTarget {
            levels: &self.target_levels,
            components: &components,
            note: judged.candidate.note(&self.note),
        };
        let mut difference = [0.0; COMPONENT_COUNT];
        difference.copy_from_slice(&judged.difference[..COMPONENT_COUNT]);
        difference.iter_mut().for_each(|part| *part *= self.scale / self.factors[0]);
        input(&target, patch, &judged.levels, &difference)
    }

    /// The features of the target for the comparison, and the features of a sound at the volume that suits best.
    pub fn compare(&mut self, samples: &[f32]) -> [SpectralFeatures; 2] {
        let samples = aligned(samples.to_vec(), self.note.frames());
        let features = self.spectrum.measure(&samples);
        [self.target, self.above_floor(&features, self.best_gain_db(&features))]
    }

    /// The gain that brings the features nearest to the target's: Gauss and Newton's steps, since bands may rise
    /// above the floor or fall below it.
    fn best_gain_db(&self, features: &SpectralFeatures) -> f32 {
        let mut gain_db = 0.0;
        for _ in 0..GAIN_STEPS {
            let here = self.above_floor(features, gain_db);
            let floor_db = self.floor_db.max(SILENCE_DB);
            let louder = std::array::from_fn(|at| {
                f32::from(u8::from(at < BAND_COUNT * SEGMENT_COUNT && here[at] > floor_db))
            });
            let louder = self.weighted(louder);
            let square: f32 = louder.iter().map(|part| part * part).sum();
            let difference = self.difference(&here);
            let along: f32 = difference.iter().zip(&louder).map(|(a, b)| a * b).sum();
            gain_db -= along / square.max(f32::MIN_POSITIVE);
        }
        gain_db
    }

    fn above_floor(&self, features: &SpectralFeatures, gain_db: f32) -> SpectralFeatures {
        let mut features = *features;
        for level in &mut features[..BAND_COUNT * SEGMENT_COUNT] {
            // Silence stays silence at any gain.
            if *level > SILENCE_DB {
                *level = (*level + gain_db).max(SILENCE_DB);
            }
            *level = level.max(self.floor_db);
        }
        features
    }

    /// The differences of the features, without the level curve.
    fn difference(&self, features: &SpectralFeatures) -> CoarseDifference {
        self.weighted(std::array::from_fn(|at| features[at] - self.target[at]))
    }

    fn weighted(&self, features: SpectralFeatures) -> CoarseDifference {
        let mut difference = [0.0; COARSE_COUNT];
        let (components, rest) = difference[..CURVE_START].split_at_mut(COMPONENT_COUNT);
        rest.copy_from_slice(&features);
        for (component, weights) in components.iter_mut().zip(self.projection.components()) {
            let products = rest.iter().zip(weights).map(|(difference, weight)| difference * weight);
            *component = products.sum::<f32>() * self.factors[0];
        }
        rest.iter_mut().for_each(|rest| *rest *= self.factors[1]);
        difference
    }
}

/// The part of a gain that the patch's volume cannot reach, in dB.
fn missing_db(patch: &Patch, gain_db: f32) -> f32 {
    let (_, reached_db) = with_gain(patch, gain_db);
    let missing_db = (gain_db - reached_db).max(0.0);
    if missing_db.is_finite() { missing_db.min(MOST_MISSING_DB) } else { 0.0 }
}

/// Steps towards the best gain: a fourth changes it by less than 0.1 dB.
const GAIN_STEPS: usize = 3;
/// The level of silence in the features.
const SILENCE_DB: f32 = -90.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judged_patch::FLUCTUATION_START;
    use crate::note::render;
    use crate::testing::known_sounds;
    use patch::Parameter;

    #[test]
    fn a_patch_at_another_volume_is_the_same_sound() {
        let (known, presets) = known_sounds();
        for (crunch, volume, lower) in [(0.0, 0.5, 0.3), (0.3, 0.1, 0.06)] {
            let mut patch = presets[3];
            patch.set(Parameter::MasterVol, volume);
            patch.set(Parameter::DistortionCrunch, crunch);
            let target = Target::of_note(render(&patch, &TargetNote::TEST), TargetNote::TEST);
            let mut judge = Judge::new(&target, &known);
            assert!(judge.judge(&patch).distance < 1e-6);
            let mut quiet = patch;
            quiet.set(Parameter::MasterVol, lower);
            let found = judge.judge(&quiet);
            let found_volume = found.candidate.patch.get(Parameter::MasterVol);
            assert!((found_volume / volume - 1.0).abs() < 0.02, "{found_volume}");
            assert!(found.distance < 2e-3, "{}", found.distance);
            // The promised distance at the new volume is the distance of the patch at that volume.
            let again = judge.judge(&found.candidate.patch).distance;
            assert!((again - found.distance).abs() < 2e-3, "{again} {}", found.distance);
        }
    }

    /// A sound that gets louder and quieter by 6 dB.
    fn with_tremolo(samples: &[f32], frequency_hz: f32) -> Vec<f32> {
        let gain = |n: usize| {
            let turn = (std::f32::consts::TAU * frequency_hz * n as f32 / 44_100.0).sin();
            10.0_f32.powf(0.3 * turn)
        };
        samples.iter().enumerate().map(|(n, sample)| sample * gain(n)).collect()
    }

    #[test]
    fn a_level_that_rises_and_falls_within_a_segment_is_heard() {
        let (known, presets) = known_sounds();
        let candidate = TargetNote::TEST.candidate(presets[3]);
        let sound = render(&presets[3], &TargetNote::TEST);
        let steady = aligned(sound.clone(), TargetNote::TEST.frames());
        let target = Target::of_note(sound, TargetNote::TEST);
        let mut judge = Judge::new(&target, &known);
        let beating = with_tremolo(&steady, 4.0);
        let curve = |judged: &JudgedPatch| -> f32 {
            judged.difference[CURVE_START..FLUCTUATION_START].iter().map(|part| part * part).sum()
        };
        let (same, other) = (
            judge.judge_sound(&candidate, &mut steady.clone()),
            judge.judge_sound(&candidate, &mut beating.clone()),
        );
        assert!(curve(&same) < 1e-9, "{}", curve(&same));
        assert!(curve(&other) > 3e-4 && other.distance > same.distance, "{}", curve(&other));
    }

    #[test]
    fn a_tremolo_that_no_average_shows_is_heard() {
        let (known, presets) = known_sounds();
        let candidate = TargetNote::TEST.candidate(presets[3]);
        let sound = render(&presets[3], &TargetNote::TEST);
        let steady = aligned(sound.clone(), TargetNote::TEST.frames());
        let mut judge = Judge::new(&Target::of_note(sound, TargetNote::TEST), &known);
        // The tremolo has several periods in most of the curve's times.
        let trembling = with_tremolo(&steady, 12.0);
        let square = |parts: &[f32]| -> f32 { parts.iter().map(|part| part * part).sum() };
        let parts = |judged: JudgedPatch| {
            let (curve, fluctuation) = judged.difference[CURVE_START..COARSE_COUNT].split_at(TIME_COUNT);
            [curve, fluctuation].map(square)
        };
        let [_, same] = parts(judge.judge_sound(&candidate, &mut steady.clone()));
        let [curve, other] = parts(judge.judge_sound(&candidate, &mut trembling.clone()));
        assert!(same < 1e-9 && other > 5e-3 && other > 5.0 * curve, "{same} {other} {curve}");
    }

    #[test]
    fn silence_is_far_from_everything_and_stays_silence() {
        let (known, presets) = known_sounds();
        let mut silent = presets[0];
        let target = Target::of_note(render(&silent, &TargetNote::TEST), TargetNote::TEST);
        silent.set(Parameter::MasterVol, 0.0);
        let judged = Judge::new(&target, &known).judge(&silent);
        assert!(judged.distance > 0.5 && judged.candidate.patch == silent, "{}", judged.distance);
    }
}
