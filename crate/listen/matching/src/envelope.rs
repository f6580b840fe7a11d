//! The amplifier's envelope that fits the level of a sound best, as if nothing else moved its level: amSynth's envelopes
//! are straight lines. It costs no render, and tells the release better than a bend of the level does: a long line to
//! silence bends most at its end.

use patch::Parameter::{AmpAttack, AmpDecay, AmpRelease, AmpSustain};
use patch::Patch;

use crate::envelope_shape::EnvelopeShape;
use crate::level_steps::{STEP_S, step_powers};

/// Steps whose powers are averaged, so that the period of a low note is no change of its level.
const SMOOTHED: usize = 3;
/// Levels this far below the greatest are silence.
const RANGE_DB: f32 = 46.0;
/// Differences grow by their square below this and by themselves above.
const BEND_DB: f32 = 6.0;
/// Rounds of a search, each along all dimensions.
const ROUNDS: usize = 60;
/// Releases at equal distances that are tried beside the given ones.
const FURTHER_RELEASES: usize = 8;

/// An envelope and how it is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelEnvelope {
    /// Its settings.
    pub shape: EnvelopeShape,
    /// The time at which the key is released, in seconds.
    pub held_s: f32,
    /// The root of the mean squared difference of the levels, in dB; great differences count less.
    pub error_db: f32,
}

/// Logarithms of attack and decay in seconds, the sustained level, the times of the release and of the end in seconds, the
/// level in dB. The time of the end in place of the length of the last line: each of both times moves without the other.
type EnvelopePlace = [f32; 6];

/// The decays at which searches begin, as logarithms of seconds.
const DECAYS: [f32; 2] = [-2.5, 0.0];
/// The longest steps of the search.
const LONGEST: EnvelopePlace = [1.0, 1.0, 0.2, 0.1, 0.1, 3.0];
/// The shortest and the longest line of amSynth in seconds, and their logarithms.
const SHORTEST_S: f32 = 0.0005;
const LONGEST_S: f32 = 15.6;
const LINE: [f32; 2] = [-7.6, 2.75];
/// The release at which searches begin, in seconds.
const RELEASE_S: f32 = 0.2;

impl LevelEnvelope {
    /// The envelope of samples at 44.1 kHz. `releases` are likely times of the release, in seconds.
    pub fn of(samples: &[f32], releases: &[f32]) -> Self {
        let levels_db = levels(samples);
        let length_s = levels_db.len() as f32 * STEP_S;
        let further = (1..=FURTHER_RELEASES).map(|at| length_s * at as f32 / (FURTHER_RELEASES + 1) as f32);
        let releases = releases.iter().copied().chain(further);
        let begins = releases
            .flat_map(|held_s| DECAYS.map(|decay| [-4.0, decay, 0.7, held_s, held_s + RELEASE_S, 0.0]));
        let fits = begins.map(|begin| searched(begin, length_s, |place| error(&levels_db, place)));
        let best = fits.min_by(|a, b| a.1.total_cmp(&b.1));
        let (place, error) = best.unwrap_or(([0.0; 6], 0.0));
        let (shape, held_s) = played(&place);
        Self { shape, held_s, error_db: error.sqrt() }
    }

    /// A patch with this envelope.
    pub fn applied(&self, patch: &Patch) -> Patch {
        let mut patch = *patch;
        self.shape.set(&mut patch, [AmpAttack, AmpDecay, AmpSustain, AmpRelease]);
        patch
    }
}

/// The smoothed levels beside the greatest, in dB.
fn levels(samples: &[f32]) -> Vec<f32> {
    let powers = step_powers(samples);
    let smooth = |at: usize| {
        let near = &powers[at.saturating_sub(SMOOTHED / 2)..(at + SMOOTHED / 2 + 1).min(powers.len())];
        10.0 * (near.iter().sum::<f32>() / near.len() as f32).max(1e-12).log10()
    };
    let levels: Vec<f32> = (0..powers.len()).map(smooth).collect();
    let greatest = levels.iter().copied().fold(f32::MIN, f32::max);
    levels.into_iter().map(|level| (level - greatest).max(-RANGE_DB)).collect()
}

/// The envelope at a place, and the time for which its key is held.
fn played(&[attack, decay, sustain, held_s, end_s, _]: &EnvelopePlace) -> (EnvelopeShape, f32) {
    let [attack_s, decay_s] = [attack, decay].map(f32::exp);
    (EnvelopeShape { attack_s, decay_s, sustain, release_s: end_s - held_s }, held_s)
}

/// The mean squared difference of the levels of an envelope.
fn error(levels_db: &[f32], place: &EnvelopePlace) -> f32 {
    let (shape, held_s) = played(place);
    let level_db = place[5];
    let square = |(step, level): (usize, &f32)| {
        let value = shape.value(held_s, (step as f32 + 0.5) * STEP_S);
        let own = 20.0 * value.max(1e-6).log10() + level_db;
        let difference = own.max(-RANGE_DB) - level;
        difference * difference / (1.0 + difference.abs() / BEND_DB)
    };
    levels_db.iter().enumerate().map(square).sum::<f32>() / levels_db.len().max(1) as f32
}

/// A search along each dimension in turn, with steps that grow where they help and shrink where they do not.
fn searched(
    begin: EnvelopePlace,
    length_s: f32,
    error: impl Fn(&EnvelopePlace) -> f32,
) -> (EnvelopePlace, f32) {
    let limited = |place: EnvelopePlace| {
        let [attack, decay, sustain, held_s, end_s, level_db] = place;
        let line = |line: f32| line.clamp(LINE[0], LINE[1]);
        let held_s = held_s.clamp(STEP_S, length_s);
        let end_s = end_s.clamp(held_s + SHORTEST_S, held_s + LONGEST_S);
        [line(attack), line(decay), sustain.clamp(0.0, 1.0), held_s, end_s, level_db]
    };
    let mut best = limited(begin);
    let mut least = error(&best);
    let mut steps = LONGEST;
    for _ in 0..ROUNDS {
        for at in 0..best.len() {
            let mut tried = best;
            tried[at] += steps[at];
            let tried = limited(tried);
            let found = error(&tried);
            if found < least {
                (best, least) = (tried, found);
                steps[at] *= 1.5;
            } else {
                steps[at] *= -0.6;
            }
        }
    }
    (best, least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{TargetNote, render};
    use patch::Parameter;

    #[test]
    fn the_envelope_of_a_plain_patch_is_found() {
        for (attack_s, decay_s, sustain, release_s, held_s) in
            [(0.01, 0.2, 0.5, 0.3, 1.0), (0.4, 0.1, 1.0, 0.8, 2.0), (0.002, 1.2, 0.0, 0.1, 2.0)]
        {
            let shape = EnvelopeShape { attack_s, decay_s, sustain, release_s };
            let envelope = LevelEnvelope { shape, held_s, error_db: 0.0 };
            let mut patch = Patch::default();
            patch.set(Parameter::AmpModAmount, -1.0);
            // Without the limiter.
            patch.set(Parameter::MasterVol, 0.1);
            let patch = envelope.applied(&patch);
            let samples = render(&patch, &TargetNote { held_s, ..TargetNote::TEST });
            let found = LevelEnvelope::of(&samples, &[]);
            assert!(found.error_db < 1.0, "{found:?}");
            assert!(sustain == 0.0 || (found.held_s - held_s).abs() < 0.05, "{found:?}");
            // A sustained level of 1 has no decay that could be told.
            let is_told = sustain > 0.0 && sustain < 1.0;
            assert!(!is_told || (found.shape.sustain - sustain).abs() < 0.05, "{found:?}");
        }
    }
}
