//! The contours that follow a voice: the filter's cutoff follows its brightness, the bend its pitch. One envelope
//! of the filter, the same for all notes, rises and falls once; a diphthong or a syllable brightens and darkens
//! several times. The bends are those of the voice at first; a detuned patch is out of tune with them.

use patch::{Parameter, Patch};

use crate::contours::{ContourMeter, smoothed};
use crate::cutoff_controller::{controller_value, stored_cutoff};
use crate::performance::SketchPerformance;
use crate::voice_judge::{BRIGHT_DB, VoiceJudge};

/// Performances that are rendered for the bends alone, and then for both; each corrects the differences that the
/// one before has left. The bends come first, so that the pitch is right even if the cutoffs lead farther away.
const BEND_ROUNDS: usize = 3;
const ROUNDS: usize = 6;
/// An octave of the cutoff, stored: amSynth's cutoff is 16 to the power of the stored value (`Law::Exponential`).
const OCTAVE: f32 = 0.25;
/// The greatest distance of the cutoff from the patch's, in octaves.
const REACH_OCTAVES: f32 = 3.0;
/// A frame that is farther out of tune has another pitch for other reasons.
const FARTHEST_KEYS: f32 = 1.0;
/// The share of the missing bend that a round adds: windows of neighbouring frames overlap.
const BEND_SHARE: f32 = 0.7;
/// Neighbours on each side over which the brightness is averaged, as in its judgement.
const EACH_SIDE: usize = 2;

/// The performance with the cutoffs of [`SketchPerformance::cutoff`] and the bends with which a patch comes
/// nearest to the voice. It begins with those of the given performance, which is returned if no other is nearer.
pub fn followed(judge: &mut VoiceJudge, patch: &Patch, performance: SketchPerformance) -> SketchPerformance {
    let mut best = (performance.clone(), f64::INFINITY);
    let mut tried = performance;
    for _ in 0..BEND_ROUNDS {
        let missing_keys = judged(judge, patch, &tried, &mut best).1;
        bend(&mut tried, &missing_keys);
    }
    let mut tried = best.0.clone();
    let mut meter = ContourMeter::new();
    let contours = &judge.voice().contours;
    let (wanted, counts) = (smoothed(&contours.brightness, EACH_SIDE), contours.loud(BRIGHT_DB));
    let own_cutoff = patch.get(Parameter::FilterCutoff);
    let mut octaves: Vec<f32> =
        tried.cutoff.iter().map(|&value| (stored_cutoff(value) - own_cutoff) / OCTAVE).collect();
    octaves.resize(wanted.len(), 0.0);
    for _ in 0..ROUNDS {
        let (sound, missing_keys) = judged(judge, patch, &tried, &mut best);
        let found = smoothed(&meter.measure(&sound).brightness, EACH_SIDE);
        let contour = octaves.iter_mut().zip(&counts).zip(wanted.iter().zip(&found));
        for ((octaves, _), (wanted, found)) in contour.filter(|((_, counts), _)| **counts) {
            *octaves = (*octaves + wanted - found).clamp(-REACH_OCTAVES, REACH_OCTAVES);
        }
        hold_between(&mut octaves, &counts);
        bend(&mut tried, &missing_keys);
        tried.cutoff =
            octaves.iter().map(|octaves| controller_value(own_cutoff + OCTAVE * octaves)).collect();
    }
    best.0
}

/// Renders and judges a performance, and keeps it if it is the best one. Returns its sound, and the missing
/// semitones of its frames.
fn judged(
    judge: &mut VoiceJudge,
    patch: &Patch,
    performance: &SketchPerformance,
    best: &mut (SketchPerformance, f64),
) -> (Vec<f32>, Vec<(usize, Option<f32>)>) {
    let sound = performance.render(patch);
    let (loss, missing_keys) = judge.thorough_loss(&sound);
    if loss < best.1 {
        *best = (performance.clone(), loss);
    }
    (sound, missing_keys)
}

/// Adds the missing semitones to the bends.
fn bend(performance: &mut SketchPerformance, missing_keys: &[(usize, Option<f32>)]) {
    for &(at, missing) in missing_keys {
        if let Some(missing) = missing.filter(|missing| missing.abs() < FARTHEST_KEYS) {
            performance.bend_cents[at] += 100.0 * BEND_SHARE * missing;
        }
    }
}

/// Frames that do not count get the value of the last frame that counts; the first ones get the value of the next.
fn hold_between(values: &mut [f32], counts: &[bool]) {
    let Some(first) = counts.iter().position(|&counts| counts) else { return };
    let mut held = values[first];
    for (value, &counts) in values.iter_mut().zip(counts) {
        if counts {
            held = *value;
        }
        *value = held;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::VoiceAnalysis;
    use matching::Target;

    #[test]
    fn bends_make_up_for_a_pitch_that_is_wrong() {
        let note = crate::notes::SketchedNote { start_s: 0.0, end_s: 1.0, key: 60, velocity: 100 };
        let played = |cents: f32| SketchPerformance {
            notes: vec![note],
            bend_cents: vec![cents; 101],
            length_s: 1.0,
            ..SketchPerformance::default()
        };
        let patch = Patch::default();
        let recording =
            Target::new(&[&played(0.0).render(&patch)], features::test_note::SAMPLE_RATE_HZ).unwrap();
        let voice = VoiceAnalysis::new(&recording).unwrap();
        let mut judge = VoiceJudge::new(voice, recording.sounding());
        let (before, _) = judge.thorough_loss(&played(-40.0).render(&patch));
        let found = followed(&mut judge, &patch, played(-40.0));
        let (after, missing_keys) = judge.thorough_loss(&found.render(&patch));
        let off = missing_keys.iter().filter(|one| one.1.is_none_or(|keys| keys.abs() > 0.1)).count();
        assert!(after < before && off * 10 < missing_keys.len(), "{off} of {}", missing_keys.len());
    }

    #[test]
    fn bends_are_followed_where_no_cutoff_comes_nearer() {
        let note = crate::notes::SketchedNote { start_s: 0.0, end_s: 1.0, key: 60, velocity: 100 };
        let played = |bend_cents: Vec<f32>| SketchPerformance {
            notes: vec![note],
            bend_cents,
            length_s: 1.0,
            ..SketchPerformance::default()
        };
        let wrong = (0..101).map(|at| if (40..55).contains(&at) { -80.0 } else { 0.0 }).collect();
        let sound = played(vec![0.0; 101]).render(&Patch::default());
        // A band-pass filter in place of a low-pass one.
        let mut patch = Patch::default();
        let settings =
            [(Parameter::FilterType, 2.0), (Parameter::FilterCutoff, 0.8), (Parameter::FilterResonance, 0.7)];
        for (parameter, value) in settings {
            patch.set(parameter, value);
        }
        let recording = Target::new(&[&sound], features::test_note::SAMPLE_RATE_HZ).unwrap();
        let voice = VoiceAnalysis::new(&recording).unwrap();
        let mut judge = VoiceJudge::new(voice, recording.sounding());
        let found = followed(&mut judge, &patch, played(wrong));
        let (_, missing_keys) = judge.thorough_loss(&found.render(&patch));
        let off = missing_keys.iter().filter(|one| one.1.is_none_or(|keys| keys.abs() > 0.15)).count();
        assert!(found.cutoff.is_empty() && off < 4, "{off} of {}", missing_keys.len());
    }

    #[test]
    fn pauses_hold_the_cutoff() {
        let mut values = vec![0.0, 1.0, 0.0, 2.0, 0.0];
        hold_between(&mut values, &[false, true, false, true, false]);
        assert_eq!(values, [1.0, 1.0, 1.0, 2.0, 2.0]);
    }
}
