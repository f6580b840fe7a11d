//! Fits amSynth's envelope of straight lines to a curve over one or several notes: the four settings that all
//! notes share, and the time for which each note is held.

use matching::EnvelopeShape;

use crate::contours::HOP_S;

/// A fitted envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedEnvelope {
    /// The settings that all notes share.
    pub shape: EnvelopeShape,
    /// The time for which each note is held, in seconds.
    pub held_s: Vec<f32>,
    /// The peak of each note; for a fit beside a constant the same for all.
    pub gains: Vec<f32>,
    /// The constant; 0 without one.
    pub constant: f32,
    /// The share of the curve's square that the fit leaves.
    pub error: f32,
}

/// Times that a fit tries first, in seconds.
const ATTACKS_S: [f32; 4] = [0.005, 0.03, 0.1, 0.3];
const DECAYS_S: [f32; 3] = [0.05, 0.3, 1.2];
const SUSTAINS: [f32; 3] = [0.2, 0.6, 1.0];
const RELEASES_S: [f32; 3] = [0.02, 0.12, 0.4];
/// The longest fitted time.
const LONGEST_S: f32 = 6.0;
/// The shortest fitted time.
const SHORTEST_S: f32 = 0.001;
/// The number of best starts that are improved.
const IMPROVED: usize = 3;
/// Shares of a note after which its key may be released.
const HELD_SHARES: usize = 14;

/// The settings at a place of the search, where a step is about as much everywhere: cube roots of times.
fn shape([attack, decay, sustain, release]: [f32; 4]) -> EnvelopeShape {
    let time = |root: f32| root.max(0.0).powi(3).clamp(SHORTEST_S, LONGEST_S);
    EnvelopeShape {
        attack_s: time(attack),
        decay_s: time(decay),
        sustain: sustain.clamp(0.0, 1.0),
        release_s: time(release),
    }
}

/// The curves to fit: one for each note from its key's press on, and the weight of each frame.
struct Fitted<'a> {
    curves: &'a [&'a [f32]],
    weights: &'a [&'a [f32]],
    /// Held times that are given; otherwise they are found.
    held_s: Option<&'a [f32]>,
    has_constant: bool,
}

impl Fitted<'_> {
    fn result(&self, position: [f32; 4]) -> FittedEnvelope {
        let shape = shape(position);
        let mut found =
            FittedEnvelope { shape, held_s: Vec::new(), gains: Vec::new(), constant: 0.0, error: 0.0 };
        let square =
            |curve: &[f32], weights: &[f32]| curve.iter().zip(weights).map(|(y, w)| w * y * y).sum::<f32>();
        if self.has_constant {
            self.fit_all(&mut found);
            return found;
        }
        let (mut left, mut whole) = (0.0, f32::MIN_POSITIVE);
        for (note, (curve, weights)) in self.curves.iter().zip(self.weights).enumerate() {
            let length_s = curve.len() as f32 * HOP_S;
            let of = |held_s: f32| {
                let (mut own, mut both) = (f32::MIN_POSITIVE, 0.0);
                for (at, (y, w)) in curve.iter().zip(*weights).enumerate() {
                    let x = shape.value(held_s, at as f32 * HOP_S);
                    own += w * x * x;
                    both += w * x * y;
                }
                (held_s, both / own, both * both / own)
            };
            let shares = (1..=HELD_SHARES).map(|share| length_s * share as f32 / HELD_SHARES as f32);
            let best = match self.held_s {
                Some(held_s) => Some(of(held_s[note])),
                None => shares.map(of).max_by(|a, b| a.2.total_cmp(&b.2)),
            };
            let (held_s, gain, explained) = best.unwrap_or_default();
            let all = square(curve, weights);
            left += all - explained;
            whole += all;
            found.held_s.push(held_s);
            found.gains.push(gain);
        }
        found.error = (left / whole).clamp(0.0, 1.0);
        found
    }

    /// One gain and a constant for all notes.
    fn fit_all(&self, found: &mut FittedEnvelope) {
        let held = self.held_s.unwrap_or_default();
        let (mut count, mut sum_x, mut sum_y, mut sum_xx, mut sum_xy, mut sum_yy) =
            (1e-9, 0.0, 0.0, 0.0, 0.0, 0.0);
        for ((curve, weights), &held_s) in self.curves.iter().zip(self.weights).zip(held) {
            for (at, (y, w)) in curve.iter().zip(*weights).enumerate() {
                let x = found.shape.value(held_s, at as f32 * HOP_S);
                count += w;
                sum_x += w * x;
                sum_y += w * y;
                sum_xx += w * x * x;
                sum_xy += w * x * y;
                sum_yy += w * y * y;
            }
        }
        let spread = (sum_xx - sum_x * sum_x / count).max(1e-9);
        let both = sum_xy - sum_x * sum_y / count;
        let gain = both / spread;
        let whole = (sum_yy - sum_y * sum_y / count).max(1e-9);
        found.gains = vec![gain; held.len()];
        found.held_s = held.to_vec();
        found.constant = (sum_y - gain * sum_x) / count;
        found.error = ((whole - both * gain) / whole).clamp(0.0, 1.0);
    }

    fn best(&self) -> FittedEnvelope {
        let mut starts: Vec<([f32; 4], f32)> = Vec::new();
        for attack in ATTACKS_S {
            for decay in DECAYS_S {
                for sustain in SUSTAINS {
                    for release in RELEASES_S {
                        let position = [attack.cbrt(), decay.cbrt(), sustain, release.cbrt()];
                        starts.push((position, self.result(position).error));
                    }
                }
            }
        }
        starts.sort_by(|a, b| a.1.total_cmp(&b.1));
        let improved = starts.into_iter().take(IMPROVED).map(|start| self.improved(start));
        let best = improved.min_by(|a, b| a.1.total_cmp(&b.1));
        self.result(best.map_or([0.3; 4], |best| best.0))
    }

    /// Tries a step of each setting in both directions, and smaller ones when none helps.
    fn improved(&self, (mut position, mut error): ([f32; 4], f32)) -> ([f32; 4], f32) {
        let mut step = 0.16;
        while step > 0.01 {
            let before = error;
            for axis in 0..4 {
                for way in [step, -step] {
                    let mut other = position;
                    other[axis] += way;
                    let found = self.result(other).error;
                    if found < error {
                        (position, error) = (other, found);
                    }
                }
            }
            // Not the other way round: a perfect fit does not improve either.
            let improves = error < 0.995 * before;
            if !improves {
                step *= 0.5;
            }
        }
        (position, error)
    }
}

/// The envelope whose multiples are nearest to the levels of each note, and the time for which each is held.
pub fn fit_levels(curves: &[&[f32]]) -> FittedEnvelope {
    let even: Vec<Vec<f32>> = curves.iter().map(|curve| vec![1.0; curve.len()]).collect();
    let weights: Vec<&[f32]> = even.iter().map(Vec::as_slice).collect();
    Fitted { curves, weights: &weights, held_s: None, has_constant: false }.best()
}

/// The envelope that, times one gain and beside a constant, is nearest to the curves of notes with these held
/// times.
pub fn fit_curve(curves: &[&[f32]], weights: &[&[f32]], held_s: &[f32]) -> FittedEnvelope {
    Fitted { curves, weights, held_s: Some(held_s), has_constant: true }.best()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(settings: [f32; 4], held_s: f32, frames: usize) -> Vec<f32> {
        let [attack_s, decay_s, sustain, release_s] = settings;
        let shape = EnvelopeShape { attack_s, decay_s, sustain, release_s };
        (0..frames).map(|at| shape.value(held_s, at as f32 * HOP_S)).collect()
    }

    #[test]
    fn an_envelope_is_found_in_its_own_curve() {
        for settings in [[0.02, 0.2, 0.5, 0.2], [0.2, 0.5, 0.9, 0.1], [0.005, 0.6, 0.05, 0.05]] {
            let [long, short] =
                [(0.8, 100), (0.5, 70)].map(|(held_s, frames)| curve(settings, held_s, frames));
            let quiet: Vec<f32> = short.iter().map(|level| 0.3 * level).collect();
            let found = fit_levels(&[&long, &quiet]);
            assert!(found.error < 0.01, "{settings:?}: {found:?}");
            assert!((found.shape.attack_s - settings[0]).abs() < 0.02, "{settings:?}: {found:?}");
            assert!((found.gains[1] / found.gains[0] - 0.3).abs() < 0.05, "{found:?}");
        }
    }

    #[test]
    fn constant_and_silent_courses_are_fitted_in_finite_time() {
        for level in [1.0, 0.0] {
            let found = fit_levels(&[&[level; 80]]);
            assert!(found.error.is_finite() && found.gains[0].is_finite(), "{found:?}");
            assert!(fit_curve(&[&[level; 80]], &[&[0.0; 80]], &[0.5]).gains[0].is_finite());
        }
    }

    #[test]
    fn a_falling_course_beside_a_constant_has_a_negative_gain() {
        let falls: Vec<f32> =
            curve([0.3, 1.0, 1.0, 0.1], 0.9, 100).iter().map(|value| 11.0 - 2.0 * value).collect();
        let found = fit_curve(&[&falls], &[&[1.0; 100]], &[0.9]);
        assert!(found.error < 0.05 && (found.gains[0] + 2.0).abs() < 0.3, "{found:?}");
        assert!((found.constant - 11.0).abs() < 0.3);
    }
}
