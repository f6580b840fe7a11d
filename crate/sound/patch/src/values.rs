//! A patch, which has 41 stored values within their ranges, and a preset, which is a patch with a name.

use crate::table::{PARAMETER_COUNT, Parameter};

/// The 41 stored values of a sound, each snapped to an allowed value of its parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patch {
    values: [f32; PARAMETER_COUNT],
}

impl Default for Patch {
    fn default() -> Self {
        Self { values: Parameter::ALL.map(|parameter| parameter.snap(parameter.info().default)) }
    }
}

impl Patch {
    /// A patch of stored values in amSynth's order; each is snapped to an allowed value.
    pub fn from_values(values: &[f32; PARAMETER_COUNT]) -> Self {
        Self { values: Parameter::ALL.map(|parameter| parameter.snap(values[parameter.index()])) }
    }

    /// The stored values in amSynth's order.
    pub fn values(&self) -> &[f32; PARAMETER_COUNT] {
        &self.values
    }

    /// The stored value of a parameter.
    pub fn get(&self, parameter: Parameter) -> f32 {
        self.values[parameter.index()]
    }

    /// Stores a value, snapped to an allowed one.
    pub fn set(&mut self, parameter: Parameter, value: f32) {
        self.values[parameter.index()] = parameter.snap(value);
    }

    /// The control value of a parameter, with which the engine computes.
    pub fn control(&self, parameter: Parameter) -> f32 {
        parameter.control(self.get(parameter))
    }
}

/// A patch with a name, as in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preset {
    /// Words separated by single spaces.
    pub name: String,
    /// The sound.
    pub patch: Patch,
}
