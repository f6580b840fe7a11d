//! The drawing of an ADSR envelope: straight segments, as `voice::envelope` has them. A segment's width grows with the
//! stored value of its time, the cube root of the seconds: 20 ms and 10 s are both visible.

use patch::{Parameter, Patch};

use super::{GraphHandle, GraphPoint, share, value_at};

/// Width of the longest attack, decay and release.
const LONGEST: [f32; 3] = [0.26, 0.24, 0.24];
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
    fn the_longest_envelope_fills_the_drawing() {
        let parameters =
            [Parameter::AmpAttack, Parameter::AmpDecay, Parameter::AmpSustain, Parameter::AmpRelease];
        let mut patch = Patch::default();
        parameters.into_iter().for_each(|parameter| patch.set(parameter, parameter.info().max));
        assert!((curve(parameters, &patch)[4].0 - 1.0).abs() < 1e-6);
    }
}
