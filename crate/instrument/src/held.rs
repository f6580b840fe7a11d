//! Parameters that the player holds, whatever patch comes: keyboard mode, portamento and whatever else
//! the model does not learn; or, of one part, what a controller turned, such as its volume. Never allocates.

use patch::{PARAMETER_COUNT, Parameter, Patch};

/// By parameter: the stored value that every patch gets, if any.
pub struct Held([Option<f32>; PARAMETER_COUNT]);

impl Held {
    /// Every patch is as it comes.
    pub fn nothing() -> Self {
        Self([None; PARAMETER_COUNT])
    }

    /// Holds a parameter at a value, or frees it: not-a-number.
    pub fn set(&mut self, parameter: Parameter, value: f32) {
        self.0[parameter.index()] = Some(value).filter(|value| !value.is_nan());
    }

    /// The same for this parameter alone.
    pub fn only(&self, parameter: Parameter) -> Self {
        let mut only = Self::nothing();
        only.0[parameter.index()] = self.0[parameter.index()];
        only
    }

    /// A patch with what is held.
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
