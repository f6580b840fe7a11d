//! How a patch is saved: its 41 stored values in amSynth's order. Reading snaps values to those that parameters
//! allow. Anything but 41 numbers reads as no patch, since a point without its patch is better than neither. The
//! instrument of a location is saved in the same way: its number, then its axes.

use patch::{PARAMETER_COUNT, Patch};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub fn serialize<S: Serializer>(patch: &Option<Box<Patch>>, serializer: S) -> Result<S::Ok, S::Error> {
    patch.as_ref().map(|patch| patch.values().as_slice()).serialize(serializer)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<Patch>>, D::Error> {
    let values = numbers(deserializer);
    let values = values.and_then(|values| <[f32; PARAMETER_COUNT]>::try_from(values).ok());
    Ok(values.map(|values| Box::new(Patch::from_values(&values))))
}

fn numbers<'de, D: Deserializer<'de>>(deserializer: D) -> Option<Vec<f32>> {
    Option::<Vec<f32>>::deserialize(deserializer).ok().flatten()
}

/// A patch as read.
#[derive(Deserialize)]
pub struct SavedPatch(#[serde(deserialize_with = "deserialize")] pub Option<Box<Patch>>);

pub mod instrument {
    use super::*;
    use crate::tone_domain::LocationInstrument;

    pub fn serialize<S: Serializer>(own: &LocationInstrument, serializer: S) -> Result<S::Ok, S::Error> {
        let mut values = vec![own.number.into()];
        values.extend(own.axes.map(f32::from));
        Some(values.as_slice()).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LocationInstrument, D::Error> {
        let mut own = LocationInstrument::default();
        if let Some([number, axes @ ..]) = numbers(deserializer).as_deref() {
            // A conversion keeps to the range of the type.
            own.number = *number as u8;
            own.axes.iter_mut().zip(axes).for_each(|(own, axis)| *own = *axis as i8);
        }
        Ok(own)
    }
}

/// An instrument as read.
#[derive(Deserialize)]
pub struct SavedInstrument(
    #[serde(deserialize_with = "instrument::deserialize")] pub crate::tone_domain::LocationInstrument,
);
