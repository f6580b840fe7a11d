//! The course of the filter's cutoff that follows a voice's brightness. One envelope of the filter, the same for all notes,
//! rises and falls once; a diphthong or a syllable brightens and darkens several times.

use patch::{Info, Parameter, Patch};

use crate::contours::{ContourMeter, smoothed};
use crate::performance::SketchPerformance;
use crate::voice_judge::{BRIGHT_DB, VoiceJudge};

/// Performances that are rendered, each with what the one before lacks.
const ROUNDS: usize = 6;
/// An octave of the cutoff, stored: amSynth's cutoff is 16 to the power of what is stored (`Law::Exponential`).
const OCTAVE: f32 = 0.25;
/// How far the cutoff moves from the patch's at most, in octaves.
const REACH_OCTAVES: f32 = 3.0;
/// Neighbours on each side over which the brightness is averaged, as where it is judged.
const EACH_SIDE: usize = 2;

/// The stored cutoff that a controller's value of 0…127 stands for, by amSynth's law: linear over the parameter's range.
pub fn stored_cutoff(value: u8) -> f32 {
    let &Info { min, max, .. } = Parameter::FilterCutoff.info();
    min + f32::from(value) / 127.0 * (max - min)
}

fn controller_value(stored: f32) -> u8 {
    let &Info { min, max, .. } = Parameter::FilterCutoff.info();
    ((stored - min) / (max - min) * 127.0).round().clamp(0.0, 127.0) as u8
}

/// The performance with the course of the cutoff of [`SketchPerformance::cutoff`] with which a patch comes nearest to the voice;
/// without one if none is nearer.
pub fn followed(
    judge: &mut VoiceJudge,
    patch: &Patch,
    mut performance: SketchPerformance,
) -> SketchPerformance {
    performance.cutoff.clear();
    let mut meter = ContourMeter::new();
    let contours = &judge.voice().contours;
    let (wanted, counts) = (smoothed(&contours.brightness, EACH_SIDE), contours.loud(BRIGHT_DB));
    let own_cutoff = patch.get(Parameter::FilterCutoff);
    let mut octaves = vec![0.0_f32; wanted.len()];
    let mut best = (performance.clone(), f64::INFINITY);
    for _ in 0..ROUNDS {
        let sound = performance.render(patch);
        let loss = judge.thorough_loss(&sound);
        if loss < best.1 {
            best = (performance.clone(), loss);
        }
        let found = smoothed(&meter.measure(&sound).brightness, EACH_SIDE);
        let course = octaves.iter_mut().zip(&counts).zip(wanted.iter().zip(&found));
        for ((octaves, _), (wanted, found)) in course.filter(|((_, counts), _)| **counts) {
            *octaves = (*octaves + wanted - found).clamp(-REACH_OCTAVES, REACH_OCTAVES);
        }
        hold_between(&mut octaves, &counts);
        performance.cutoff =
            octaves.iter().map(|octaves| controller_value(own_cutoff + OCTAVE * octaves)).collect();
    }
    best.0
}

/// Frames that do not count get the value of the last one that does; the first ones that of the next.
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

    #[test]
    fn a_controller_reaches_the_whole_range() {
        assert_eq!([0, 127].map(stored_cutoff), [-0.5, 1.5]);
        for value in 0..=127 {
            assert_eq!(controller_value(stored_cutoff(value)), value);
        }
        assert_eq!([-9.0, 9.0].map(controller_value), [0, 127]);
    }

    #[test]
    fn pauses_hold_the_cutoff() {
        let mut values = vec![0.0, 1.0, 0.0, 2.0, 0.0];
        hold_between(&mut values, &[false, true, false, true, false]);
        assert_eq!(values, [1.0, 1.0, 1.0, 2.0, 2.0]);
    }
}
