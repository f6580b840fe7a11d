//! How a patch is saved: its 41 stored values in amSynth's order. Reading snaps values to those that parameters
//! allow. Anything but 41 numbers reads as no patch, since a point without its patch is better than neither.

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

/// A patch as read.
#[derive(Deserialize)]
pub struct SavedPatch(#[serde(deserialize_with = "deserialize")] pub Option<Box<Patch>>);
