//! The drawing of an ADSR envelope: straight segments, as `voice::envelope` has them. A segment's width grows with the
//! stored value of its time, the cube root of the seconds: 20 ms and 10 s are both visible.

use patch::{Parameter, Patch};

use super::{GraphHandle, GraphPoint, share, value_at};

/// Width of the longest attack, decay and release.
const LONGEST: [f32; 3] = [0.26, 0.24, 0.24];
/// So many CSS pixels of a drag change a time over its whole range, at least: on a phone a handle moves in 44 of them from
/// nothing to 20 s, and a finger slips by 2.
const FINE_PX: f32 = 160.0;
/// Width of the shortest decay and release: their handles stay apart.
const SHORTEST: f32 = 0.06;
/// Width of the drawn sustain.
const SUSTAIN: f32 = 0.14;

/// The x of the ends of attack, decay, sustain and release, and the sustained level.
fn corners([attack, decay, sustain, release]: [Parameter; 4], patch: &Patch) -> ([f32; 4], f32) {
    let share = |parameter| share(parameter, patch.get(parameter));
    let peak = LONGEST[0] * share(attack);
    let decayed = peak + SHORTEST + LONGEST[1] * share(decay);
    let released = decayed + SUSTAIN;
    ([peak, decayed, released, released + SHORTEST + LONGEST[2] * share(release)], share(sustain))
}

/// By how much a handle moves along x while a pointer moves by 1 in a drawing of this width in CSS pixels.
pub fn pace(width_px: f32) -> f32 {
    (LONGEST[0] * width_px / FINE_PX).min(1.0)
}

pub fn curve(parameters: [Parameter; 4], patch: &Patch) -> Vec<GraphPoint> {
    let ([peak, decayed, released, end], level) = corners(parameters, patch);
    vec![(0.0, 0.0), (peak, 1.0), (decayed, level), (released, level), (end.min(1.0), 0.0)]
}

pub fn handles(parameters: [Parameter; 4], patch: &Patch) -> Vec<GraphHandle> {
    let ([peak, decayed, _, end], level) = corners(parameters, patch);
    let [attack, decay, sustain, release] = parameters;
    vec![
        GraphHandle { at: (peak, 1.0), across: attack, upward: None },
        GraphHandle { at: (decayed, level), across: decay, upward: Some(sustain) },
        GraphHandle { at: (end.min(1.0), 0.0), across: release, upward: None },
    ]
}

pub fn drag(
    parameters: [Parameter; 4],
    patch: &Patch,
    handle: usize,
    (x, y): GraphPoint,
) -> Vec<(Parameter, f32)> {
    let ([peak, _, released, _], _) = corners(parameters, patch);
    let [attack, decay, sustain, release] = parameters;
    match handle {
        0 => vec![(attack, value_at(attack, x / LONGEST[0]))],
        1 => vec![
            (decay, value_at(decay, (x - peak - SHORTEST) / LONGEST[1])),
            (sustain, value_at(sustain, y)),
        ],
        _ => vec![(release, value_at(release, (x - released - SHORTEST) / LONGEST[2]))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_that_slips_by_two_pixels_on_a_phone_changes_an_attack_by_less_than_a_tenth() {
        let parameters =
            [Parameter::AmpAttack, Parameter::AmpDecay, Parameter::AmpSustain, Parameter::AmpRelease];
        let mut patch = Patch::default();
        patch.set(Parameter::AmpAttack, value_at(Parameter::AmpAttack, 0.4));
        let (width_px, seconds) = (170.0, |value: f32| value.powi(3));
        let at = handles(parameters, &patch)[0].at;
        let slipped = drag(parameters, &patch, 0, (at.0 + pace(width_px) * 2.0 / width_px, at.1));
        let change = seconds(slipped[0].1) / seconds(patch.get(Parameter::AmpAttack));
        assert!((1.0..1.1).contains(&change), "{change}");
        assert_eq!(pace(1000.0), 1.0, "a handle on a wide drawing stays under the pointer");
    }

    #[test]
    fn the_longest_envelope_fills_the_drawing() {
        let parameters =
            [Parameter::AmpAttack, Parameter::AmpDecay, Parameter::AmpSustain, Parameter::AmpRelease];
        let mut patch = Patch::default();
        parameters.into_iter().for_each(|parameter| patch.set(parameter, parameter.info().max));
        assert!((curve(parameters, &patch)[4].0 - 1.0).abs() < 1e-6);
    }
}
