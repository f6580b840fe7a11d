//! Parameter values that replace those of every patch: overrides of all parts (keyboard mode, portamento and others
//! that the model does not learn), and those by a part's controllers, such as its volume. Never allocates.

use patch::{PARAMETER_COUNT, Parameter, Patch};

/// For each parameter the stored value that replaces the patch's own, if any; and how far the filter's cutoff is moved.
#[derive(Clone)]
pub struct ParameterOverrides {
    values: [Option<f32>; PARAMETER_COUNT],
    /// Added to the stored cutoff of a patch, if no value replaces it.
    cutoff_shift: f32,
}

impl ParameterOverrides {
    /// No overrides.
    pub fn none() -> Self {
        Self { values: [None; PARAMETER_COUNT], cutoff_shift: 0.0 }
    }

    /// Overrides of each value that is a number, as the nearest allowed one.
    pub fn from_values(values: &[f32; PARAMETER_COUNT]) -> Self {
        let patch = Patch::from_values(values);
        let is_given = |parameter: &Parameter| !values[parameter.index()].is_nan();
        let mut overrides = Self::none();
        for parameter in Parameter::ALL.into_iter().filter(is_given) {
            overrides.set(parameter, patch.get(parameter));
        }
        overrides
    }

    /// The same, which also add this to the stored cutoff of each patch whose cutoff they do not replace. The sum stays
    /// within the parameter's range; not-a-number adds nothing.
    pub fn with_cutoff_shift(self, cutoff_shift: f32) -> Self {
        let cutoff_shift = if cutoff_shift.is_nan() { 0.0 } else { cutoff_shift };
        Self { cutoff_shift, ..self }
    }

    /// True if every parameter is overridden.
    pub fn is_complete(&self) -> bool {
        self.values.iter().all(Option::is_some)
    }

    /// Overrides a parameter.
    pub fn set(&mut self, parameter: Parameter, value: f32) {
        self.values[parameter.index()] = Some(value);
    }

    /// The stored value that overrides a parameter, if any.
    pub fn get(&self, parameter: Parameter) -> Option<f32> {
        self.values[parameter.index()]
    }

    /// Removes the override of a parameter.
    pub fn remove(&mut self, parameter: Parameter) {
        self.values[parameter.index()] = None;
    }

    /// Removes the override of a parameter and returns its stored value, if there was one.
    pub fn take(&mut self, parameter: Parameter) -> Option<f32> {
        self.values[parameter.index()].take()
    }

    /// Removes all overrides but that of one parameter.
    pub fn retain(&mut self, parameter: Parameter) {
        let kept = self.values[parameter.index()];
        *self = Self::none();
        self.values[parameter.index()] = kept;
    }

    /// A patch with the overrides.
    pub fn apply(&self, patch: &Patch) -> Patch {
        let mut patch = *patch;
        if self.cutoff_shift != 0.0 {
            let cutoff = patch.get(Parameter::FilterCutoff) + self.cutoff_shift;
            patch.set(Parameter::FilterCutoff, cutoff);
        }
        for parameter in Parameter::ALL {
            if let Some(value) = self.values[parameter.index()] {
                patch.set(parameter, value);
            }
        }
        patch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_replace_values_until_they_are_removed() {
        let mut overrides = ParameterOverrides::none();
        overrides.set(Parameter::MasterVol, 0.25);
        overrides.set(Parameter::AmpAttack, 1.0);
        let values = |overrides: &ParameterOverrides| {
            let patch = overrides.apply(&Patch::default());
            [Parameter::MasterVol, Parameter::AmpAttack].map(|parameter| patch.get(parameter))
        };
        let default = [Parameter::MasterVol, Parameter::AmpAttack].map(|p| Patch::default().get(p));
        assert_eq!(values(&overrides), [0.25, 1.0]);
        overrides.retain(Parameter::MasterVol);
        assert_eq!(values(&overrides), [0.25, default[1]]);
        overrides.remove(Parameter::MasterVol);
        assert_eq!(values(&overrides), default);
    }

    #[test]
    fn a_shift_moves_the_cutoff_of_every_patch_within_its_range() {
        let cutoff = |overrides: &ParameterOverrides, stored: f32| {
            let mut patch = Patch::default();
            patch.set(Parameter::FilterCutoff, stored);
            overrides.apply(&patch).get(Parameter::FilterCutoff)
        };
        let shifted = ParameterOverrides::none().with_cutoff_shift(-0.25);
        assert_eq!([0.5, 1.0, -0.4].map(|stored| cutoff(&shifted, stored)), [0.25, 0.75, -0.5]);
        let mut replaced = shifted.clone();
        replaced.set(Parameter::FilterCutoff, 0.3);
        assert_eq!(cutoff(&replaced, 1.0), 0.3, "a given value stays as it is");
        assert_eq!(cutoff(&ParameterOverrides::none().with_cutoff_shift(f32::NAN), 0.5), 0.5);
    }
}
