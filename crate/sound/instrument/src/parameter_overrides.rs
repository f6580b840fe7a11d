//! Parameter values that replace those of every patch: overrides of all parts (keyboard mode, portamento and others
//! that the model does not learn), and those by a part's controllers, such as its volume. Never allocates.

use patch::{PARAMETER_COUNT, Parameter, Patch};

/// For each parameter the stored value that replaces the patch's own, if any.
#[derive(Clone)]
pub struct ParameterOverrides([Option<f32>; PARAMETER_COUNT]);

impl ParameterOverrides {
    /// No overrides.
    pub fn none() -> Self {
        Self([None; PARAMETER_COUNT])
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

    /// True if every parameter is overridden.
    pub fn is_complete(&self) -> bool {
        self.0.iter().all(Option::is_some)
    }

    /// Overrides a parameter.
    pub fn set(&mut self, parameter: Parameter, value: f32) {
        self.0[parameter.index()] = Some(value);
    }

    /// The stored value that overrides a parameter, if any.
    pub fn get(&self, parameter: Parameter) -> Option<f32> {
        self.0[parameter.index()]
    }

    /// Removes the override of a parameter.
    pub fn remove(&mut self, parameter: Parameter) {
        self.0[parameter.index()] = None;
    }

    /// Removes the override of a parameter and returns its stored value, if there was one.
    pub fn take(&mut self, parameter: Parameter) -> Option<f32> {
        self.0[parameter.index()].take()
    }

    /// Removes all overrides but that of one parameter.
    pub fn retain(&mut self, parameter: Parameter) {
        let kept = self.0[parameter.index()];
        *self = Self::none();
        self.0[parameter.index()] = kept;
    }

    /// A patch with the overrides.
    pub fn apply(&self, patch: &Patch) -> Patch {
        let mut patch = *patch;
        for parameter in Parameter::ALL {
            if let Some(value) = self.0[parameter.index()] {
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
}
