//! How a patch is saved: its 41 stored values in amSynth's order. What is read is snapped to what is
//! allowed, so that nothing kept can bring a value that a parameter cannot have; what are not 41 numbers
//! is no patch, since a place without its patch is worth more than neither.

use patch::{PARAMETER_COUNT, Patch};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub fn serialize<S: Serializer>(patch: &Option<Box<Patch>>, serializer: S) -> Result<S::Ok, S::Error> {
    patch.as_ref().map(|patch| patch.values().as_slice()).serialize(serializer)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<Patch>>, D::Error> {
    let values = Option::<Vec<f32>>::deserialize(deserializer).ok().flatten();
    let values = values.and_then(|values| <[f32; PARAMETER_COUNT]>::try_from(values).ok());
    Ok(values.map(|values| Box::new(Patch::from_values(&values))))
}

/// A patch as it is read.
#[derive(Deserialize)]
pub struct SavedPatch(#[serde(deserialize_with = "deserialize")] pub Option<Box<Patch>>);
