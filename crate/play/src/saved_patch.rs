//! How a patch is saved: its 41 stored values in amSynth's order. What is read is snapped to what is
//! allowed, so that no file can bring a value that a parameter cannot have.

use patch::{PARAMETER_COUNT, Patch};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub fn serialize<S: Serializer>(patch: &Option<Box<Patch>>, serializer: S) -> Result<S::Ok, S::Error> {
    patch.as_ref().map(|patch| patch.values().as_slice()).serialize(serializer)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<Patch>>, D::Error> {
    let Some(values) = Option::<Vec<f32>>::deserialize(deserializer)? else { return Ok(None) };
    let count = values.len();
    let values: [f32; PARAMETER_COUNT] = values
        .try_into()
        .map_err(|_| D::Error::custom(format!("a patch has {PARAMETER_COUNT} values, not {count}")))?;
    Ok(Some(Box::new(Patch::from_values(&values))))
}
