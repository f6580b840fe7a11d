//! The contour of the filter's cutoff that follows a voice's brightness. One envelope of the filter, the same for all notes,
//! rises and falls once; a diphthong or a syllable brightens and darkens several times.

use patch::{Parameter, Patch};

use crate::contours::{ContourMeter, smoothed};
use crate::cutoff_controller::controller_value;
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

/// The performance with the contour of the cutoff of [`SketchPerformance::cutoff`] with which a patch comes nearest to the voice;
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
        let contour = octaves.iter_mut().zip(&counts).zip(wanted.iter().zip(&found));
        for ((octaves, _), (wanted, found)) in contour.filter(|((_, counts), _)| **counts) {
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
    fn pauses_hold_the_cutoff() {
        let mut values = vec![0.0, 1.0, 0.0, 2.0, 0.0];
        hold_between(&mut values, &[false, true, false, true, false]);
        assert_eq!(values, [1.0, 1.0, 1.0, 2.0, 2.0]);
    }
}
