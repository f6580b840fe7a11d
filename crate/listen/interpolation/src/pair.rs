//! Two patches, and patches between them. Continuous parameters move evenly on their scale; the others switch.

use matching::space::is_audible;
use patch::full_encoding::{is_rooted, rooted, squared};
use patch::{Info, PARAMETER_COUNT, Parameter, Patch};

/// Parameters with steps that have an order: they pass the values between.
const ORDERED: [Parameter; 2] = [Parameter::Osc2Range, Parameter::Osc2Pitch];

/// The reason why two patches cannot be interpolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InterpolationError {
    /// They are the same.
    #[error("both patches are the same, so there is nothing between them; choose two that differ")]
    Same,
    /// One cannot be measured.
    #[error(
        "one of the patches is silent when it plays the note that is measured; choose two audible ones, or another key"
    )]
    Silent,
}

/// The two ends of an interpolation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PatchPair {
    /// The first patch.
    pub from: Patch,
    /// The last patch.
    pub to: Patch,
}

impl PatchPair {
    /// A pair of two patches.
    ///
    /// # Errors
    /// If they are the same.
    pub fn new(from: Patch, to: Patch) -> Result<Self, InterpolationError> {
        if from == to { Err(InterpolationError::Same) } else { Ok(Self { from, to }) }
    }

    /// `steps` patches, at least 2, straight in the parameters: parameters without an order switch in the middle.
    pub fn straight(&self, steps: usize) -> Vec<Patch> {
        self.along(steps, |share| self.at(share, |_| share >= 0.5))
    }

    /// `steps` patches, at least 2, along a line that leads near the ends (0…1). The differences at the ends are
    /// added in proportion, so that both ends are exact.
    pub fn along(&self, steps: usize, line: impl Fn(f32) -> Patch) -> Vec<Patch> {
        let last = steps.max(2) - 1;
        let ends = [line(0.0), line(1.0)];
        let patch = |step: usize| match step {
            0 => self.from,
            _ if step == last => self.to,
            _ => {
                let share = step as f32 / last as f32;
                let mut patch = line(share);
                for parameter in Parameter::ALL.into_iter().filter(|&parameter| is_even(parameter)) {
                    let missing =
                        |end: &Patch, reached: &Patch| place(end, parameter) - place(reached, parameter);
                    let [start, end] = [missing(&self.from, &ends[0]), missing(&self.to, &ends[1])];
                    let moved = place(&patch, parameter) + start + share * (end - start);
                    set_place(&mut patch, parameter, moved);
                }
                patch
            }
        };
        (0..=last).map(patch).collect()
    }

    /// The audible changes from one patch to the other, the strongest first: each parameter with its distance on
    /// its scale, −1…1; `None` for one that switches.
    pub fn moves(&self) -> Vec<(Parameter, Option<f32>)> {
        let is_heard = |parameter: &Parameter| {
            let differs = self.from.get(*parameter) != self.to.get(*parameter);
            differs && [&self.from, &self.to].into_iter().any(|patch| is_audible(patch, *parameter))
        };
        let change = |parameter: Parameter| {
            is_even(parameter).then(|| place(&self.to, parameter) - place(&self.from, parameter))
        };
        let heard = Parameter::ALL.into_iter().filter(is_heard);
        let mut moves: Vec<_> = heard.map(|parameter| (parameter, change(parameter))).collect();
        let strength = |change: Option<f32>| change.map_or(1.0, f32::abs);
        moves.sort_by(|one, other| strength(other.1).total_cmp(&strength(one.1)));
        moves
    }

    /// The patch at a share 0…1 of the way. A parameter without an order has the value of the second patch if
    /// `is_switched` returns true for it.
    pub(crate) fn at(&self, share: f32, is_switched: impl Fn(Parameter) -> bool) -> Patch {
        let mut patch = self.from;
        for parameter in Parameter::ALL {
            if is_even(parameter) {
                let [from, to] = [place(&self.from, parameter), place(&self.to, parameter)];
                set_place(&mut patch, parameter, from + share * (to - from));
            } else if is_switched(parameter) {
                patch.set(parameter, self.to.get(parameter));
            }
        }
        patch
    }

    /// The parameters without an order that differ and can be heard.
    pub(crate) fn switches(&self) -> Vec<Parameter> {
        let differs = |parameter: &Parameter| {
            let is_heard = [&self.from, &self.to].into_iter().any(|patch| is_audible(patch, *parameter));
            !is_even(*parameter) && self.from.get(*parameter) != self.to.get(*parameter) && is_heard
        };
        Parameter::ALL.into_iter().filter(differs).collect()
    }
}

/// `count` patches, at least 2, through all of these in equal steps, straight between neighbours; a patch that a
/// step meets is exact.
pub fn through(patches: &[Patch], count: usize) -> Vec<Patch> {
    let last = count.max(2) - 1;
    let ways = patches.len().saturating_sub(1);
    let patch = |step: usize| {
        let (at, rest) = (step * ways / last, step * ways % last);
        let from = patches.get(at)?;
        match patches.get(at + 1) {
            Some(to) if rest > 0 => {
                let share = rest as f32 / last as f32;
                Some(PatchPair { from: *from, to: *to }.at(share, |_| share >= 0.5))
            }
            _ => Some(*from),
        }
    };
    (0..=last).filter_map(patch).collect()
}

/// A patch, changed as from `before` to `after`: parameters move by the same distance; those without an order
/// switch if they differ there.
pub fn changed(patch: &Patch, before: &Patch, after: &Patch) -> Patch {
    if patch == before {
        return *after;
    }
    let mut changed = *patch;
    for parameter in Parameter::ALL {
        if is_even(parameter) {
            let by = place(after, parameter) - place(before, parameter);
            set_place(&mut changed, parameter, place(patch, parameter) + by);
        } else if before.get(parameter) != after.get(parameter) {
            changed.set(parameter, after.get(parameter));
        }
    }
    changed
}

/// True if a parameter moves; the others switch.
pub(crate) fn is_even(parameter: Parameter) -> bool {
    parameter.info().step == 0.0 || ORDERED.contains(&parameter)
}

/// The place of a parameter on its scale of 0…1.
pub(crate) fn place(patch: &Patch, parameter: Parameter) -> f32 {
    let &Info { min, max, .. } = parameter.info();
    let share = (patch.get(parameter) - min) / (max - min);
    if is_rooted(parameter) { rooted(share) } else { share }
}

/// Sets a parameter's place; clamped to the scale.
pub(crate) fn set_place(patch: &mut Patch, parameter: Parameter, place: f32) {
    let &Info { min, max, .. } = parameter.info();
    let share = place.clamp(0.0, 1.0);
    let share = if is_rooted(parameter) { squared(share) } else { share };
    patch.set(parameter, min + share * (max - min));
}

/// The distance of two patches, parameter by parameter: squares of their distances on the scales of 0…1, 1 for a
/// parameter that switches.
pub(crate) fn squared_distance(one: &Patch, other: &Patch) -> f64 {
    let own = |at: usize| {
        let parameter = Parameter::ALL[at];
        match is_even(parameter) {
            true => f64::from(place(one, parameter) - place(other, parameter)).powi(2),
            false => f64::from(u8::from(one.get(parameter) != other.get(parameter))),
        }
    };
    (0..PARAMETER_COUNT).map(own).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter::{FilterCutoff, LfoFreq, Osc1Waveform, Osc2Pitch};

    fn pair() -> PatchPair {
        let (mut from, mut to) = (Patch::default(), Patch::default());
        for (parameter, [start, end]) in
            [(FilterCutoff, [0.2, 1.0]), (Osc1Waveform, [0.0, 3.0]), (Osc2Pitch, [-4.0, 4.0])]
        {
            from.set(parameter, start);
            to.set(parameter, end);
        }
        PatchPair::new(from, to).unwrap()
    }

    #[test]
    fn a_straight_way_is_even_and_has_its_ends() {
        let patches = pair().straight(9);
        assert_eq!((patches[0], patches[8]), (pair().from, pair().to));
        for (step, patch) in patches.iter().enumerate() {
            assert!((patch.get(FilterCutoff) - (0.2 + 0.1 * step as f32)).abs() < 1e-5);
            assert_eq!(patch.get(Osc2Pitch), step as f32 - 4.0);
            assert_eq!(patch.get(Osc1Waveform), if step < 4 { 0.0 } else { 3.0 });
        }
    }

    #[test]
    fn a_line_that_misses_the_ends_is_moved_to_them() {
        let patches = pair().along(5, |_| Patch::default());
        assert_eq!((patches[0], patches[4]), (pair().from, pair().to));
        assert!((patches[2].get(FilterCutoff) - 0.6).abs() < 1e-5, "{}", patches[2].get(FilterCutoff));
    }

    #[test]
    fn a_way_through_patches_meets_each_of_them() {
        let nine = pair().straight(9);
        let patches = through(&nine, 97);
        assert_eq!(patches.len(), 97);
        for (step, patch) in nine.iter().enumerate() {
            assert_eq!(patches[12 * step], *patch);
        }
        assert!((patches[6].get(FilterCutoff) - 0.25).abs() < 1e-5);
        assert_eq!(through(&[pair().from], 3), [pair().from; 3]);
        assert_eq!(through(&[], 3), []);
    }

    #[test]
    fn the_strongest_moves_come_first_and_inaudible_ones_do_not_count() {
        let mut pair = pair();
        pair.to.set(LfoFreq, 9.0);
        let moves = pair.moves();
        let names: Vec<Parameter> = moves.iter().map(|(parameter, _)| *parameter).collect();
        assert_eq!(moves[0], (Osc1Waveform, None));
        assert!(names.contains(&FilterCutoff) && !names.contains(&LfoFreq), "{names:?}");
    }

    #[test]
    fn a_patch_is_changed_as_another_one_is() {
        let PatchPair { from, to } = pair();
        let mut own = Patch::default();
        own.set(FilterCutoff, -0.1);
        let after = changed(&own, &from, &to);
        assert!((after.get(FilterCutoff) - 0.7).abs() < 1e-5, "{}", after.get(FilterCutoff));
        assert_eq!((after.get(Osc1Waveform), changed(&from, &from, &to)), (3.0, to));
    }

    #[test]
    fn equal_patches_are_refused() {
        assert_eq!(PatchPair::new(Patch::default(), Patch::default()), Err(InterpolationError::Same));
    }
}
