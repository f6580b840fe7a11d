//! Chooses one patch of the many that sound the same. Networks learn better if equal sounds have equal answers.

use Parameter::*;
use patch::{Info, Parameter, Patch};

use crate::space::{SEARCHED_CONTINUOUS, SEARCHED_STEPPED, is_audible, usual};

/// Semitones of an octave, by which amSynth's pitch of oscillator 2 may replace its octave.
const OCTAVE: f32 = 12.0;

/// The representative of all patches that sound as this one does, at some volume, with one note. Parameters that
/// are inaudible or unknown have amSynth's usual value. The interval between the oscillators is as many octaves as
/// possible. If two oscillators can be swapped, the first is the louder one.
pub fn canonical(patch: &Patch) -> Patch {
    let mut patch = usual(*patch);
    patch.set(AmpVelSens, AmpVelSens.info().default);
    let pitch = patch.get(Osc2Pitch);
    // Six semitones are the most that is not nearer to another octave.
    if pitch.abs() > OCTAVE / 2.0 || pitch == -OCTAVE / 2.0 {
        patch = octave_instead(&patch).unwrap_or(patch);
    }
    if let Some(swapped) = swapped(&patch) {
        let order = |patch: &Patch| (patch.get(OscMix), patch.get(Osc1Waveform), patch.get(Osc1Pulsewidth));
        if order(&swapped) < order(&patch) {
            patch = swapped;
        }
    }
    // A parameter that makes another one audible may itself be inaudible: two passes over the continuous ones
    // reach all.
    for parameter in SEARCHED_CONTINUOUS.into_iter().chain(SEARCHED_STEPPED).chain(SEARCHED_CONTINUOUS) {
        if !is_audible(&patch, parameter) {
            patch.set(parameter, parameter.info().default);
        }
    }
    patch
}

/// Other patches that sound exactly as this one does.
pub fn twins(patch: &Patch) -> Vec<Patch> {
    let mut twins: Vec<Patch> = octave_instead(patch).into_iter().collect();
    let swaps: Vec<Patch> = twins.iter().chain([patch]).filter_map(swapped).collect();
    twins.extend(swaps);
    twins
}

/// The patch with an octave more and twelve semitones less, or the other way round.
fn octave_instead(patch: &Patch) -> Option<Patch> {
    let direction = if patch.get(Osc2Pitch) < 0.0 { -1.0 } else { 1.0 };
    let &Info { min, max, .. } = Osc2Range.info();
    let range = patch.get(Osc2Range) + direction;
    if !(min..=max).contains(&range) {
        return None;
    }
    let mut other = *patch;
    other.set(Osc2Range, range);
    other.set(Osc2Pitch, patch.get(Osc2Pitch) - direction * OCTAVE);
    Some(other)
}

/// Both oscillators in each other's place, if they are in tune with each other and none drives the other.
fn swapped(patch: &Patch) -> Option<Patch> {
    let is_in_tune = [Osc2Detune, Osc2Range, Osc2Pitch, Osc2Sync].iter().all(|&at| patch.get(at) == 0.0);
    if !is_in_tune {
        return None;
    }
    let mut other = *patch;
    for (one, two) in [(Osc1Waveform, Osc2Waveform), (Osc1Pulsewidth, Osc2Pulsewidth)] {
        other.set(one, patch.get(two));
        other.set(two, patch.get(one));
    }
    other.set(OscMix, -patch.get(OscMix));
    // Both oscillators, or one of them.
    let modulated = patch.get(FreqModOsc);
    other.set(FreqModOsc, if modulated > 0.0 { 3.0 - modulated } else { modulated });
    Some(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{TargetNote, render};
    use crate::testing::known_sounds;

    /// Patches whose oscillators differ in every way that has a twin.
    fn patches() -> Vec<Patch> {
        let mut patches = known_sounds().1;
        for (at, patch) in patches.iter_mut().enumerate() {
            // Noise and sample-and-hold never sound the same twice.
            for waveform in [Osc1Waveform, Osc2Waveform] {
                patch.set(waveform, patch.get(waveform).min(2.0));
            }
            patch.set(LfoWaveform, (at % 3) as f32);
            patch.set(Osc1Pulsewidth, 0.1 * (at % 7) as f32);
            patch.set(FreqModOsc, (at % 3) as f32);
            patch.set(FreqModAmount, 0.05 * (at % 2) as f32);
            patch.set(OscMixMode, 0.25 * (at % 3) as f32);
            if at % 2 == 0 {
                patch.set(Osc2Pitch, at as f32 - 20.0);
                patch.set(Osc2Range, (at % 4) as f32 - 2.0);
            }
        }
        patches
    }

    /// The difference of two sounds at the same volume, 0…1.
    fn apart(a: &Patch, b: &Patch) -> f32 {
        let note = TargetNote { held_s: 0.3, length_s: 0.5, ..TargetNote::TEST };
        let [a, b] = [a, b].map(|patch| render(patch, &note));
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let (square_a, square_b) = (product(&a, &a), product(&b, &b));
        if square_a == 0.0 || square_b == 0.0 {
            return (square_a - square_b).abs();
        }
        1.0 - product(&a, &b) / (square_a * square_b).sqrt()
    }

    #[test]
    fn twins_and_the_canonical_patch_sound_the_same() {
        let mut count = 0;
        for patch in patches() {
            for twin in twins(&patch) {
                assert!(apart(&patch, &twin) < 1e-3, "{}: {patch:?} {twin:?}", apart(&patch, &twin));
                count += 1;
            }
            let canonical = canonical(&patch);
            assert!(apart(&patch, &canonical) < 1e-3, "{}: {patch:?}", apart(&patch, &canonical));
        }
        assert!(count > 40, "{count}");
    }

    #[test]
    fn twins_have_one_canonical_patch() {
        for patch in patches() {
            let expected = canonical(&patch);
            assert_eq!(canonical(&expected), expected);
            for twin in twins(&patch) {
                // At amSynth's limits an octave more is no choice.
                if twin.get(Osc2Range).abs() < 3.0 && patch.get(Osc2Range).abs() < 3.0 {
                    assert_eq!(canonical(&twin), expected, "{patch:?}");
                }
            }
        }
    }
}
