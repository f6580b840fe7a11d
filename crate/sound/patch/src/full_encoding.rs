//! The encoding of a patch for networks that guess it from its sound: the 56 columns of [`encoding`], then the
//! distortion. Most envelope amounts and detunes are small, but may be large: here their scale is that of the square
//! root. Never reorder columns: trained models depend on it.

use crate::encoding::{self, CONTINUOUS, FIXED};
use crate::table::{Info, Parameter};
use crate::values::Patch;

/// Number of columns.
pub const FULL_COUNT: usize = encoding::COLUMN_COUNT + 1;

/// A patch's columns, each 0…1.
pub type FullColumns = [f32; FULL_COUNT];

/// True if the scale of a parameter is that of the square root.
pub fn is_rooted(parameter: Parameter) -> bool {
    matches!(parameter, Parameter::FilterEnvAmount | Parameter::Osc2Detune)
}

/// A share 0…1 of the range on the scale of the square root from the middle.
pub fn rooted(share: f32) -> f32 {
    let signed = 2.0 * share - 1.0;
    0.5 + 0.5 * signed.signum() * signed.abs().sqrt()
}

/// The opposite of [`rooted`].
pub fn squared(share: f32) -> f32 {
    let signed = 2.0 * share - 1.0;
    0.5 + 0.5 * signed * signed.abs()
}

/// Names of the columns.
pub fn column_names() -> [String; FULL_COUNT] {
    let mut names = std::array::from_fn(|_| Parameter::DistortionCrunch.name().to_owned());
    names[..encoding::COLUMN_COUNT].clone_from_slice(&encoding::column_names());
    names
}

/// The columns of a patch.
pub fn encode(patch: &Patch) -> FullColumns {
    let mut columns = [0.0; FULL_COUNT];
    columns[..encoding::COLUMN_COUNT].copy_from_slice(&encoding::encode(patch));
    for (column, _) in columns.iter_mut().zip(CONTINUOUS).filter(|(_, parameter)| is_rooted(*parameter)) {
        *column = rooted(*column);
    }
    let &Info { min, max, .. } = Parameter::DistortionCrunch.info();
    columns[FULL_COUNT - 1] = (patch.get(Parameter::DistortionCrunch) - min) / (max - min);
    columns
}

/// The patch of columns, decoded as [`encoding::decode`] does; parameters without a column stay as in `from`.
pub fn decode(columns: &FullColumns, from: &Patch) -> Patch {
    let mut learned = [0.0; encoding::COLUMN_COUNT];
    learned.copy_from_slice(&columns[..encoding::COLUMN_COUNT]);
    for (column, _) in learned.iter_mut().zip(CONTINUOUS).filter(|(_, parameter)| is_rooted(*parameter)) {
        *column = squared(column.clamp(0.0, 1.0));
    }
    let mut patch = encoding::decode(&learned);
    for (parameter, _) in FIXED {
        patch.set(parameter, from.get(parameter));
    }
    let &Info { min, max, .. } = Parameter::DistortionCrunch.info();
    patch.set(Parameter::DistortionCrunch, min + columns[FULL_COUNT - 1] * (max - min));
    patch
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decoding_an_encoded_patch_restores_it(shares in proptest::collection::vec(0.0f32..=1.0, 41)) {
            let mut patch = Patch::default();
            for parameter in Parameter::ALL {
                let Info { min, max, .. } = parameter.info();
                patch.set(parameter, min + shares[parameter.index()] * (max - min));
            }
            let decoded = decode(&encode(&patch), &patch);
            for parameter in Parameter::ALL {
                let Info { min, max, .. } = parameter.info();
                let error = (decoded.get(parameter) - patch.get(parameter)).abs();
                prop_assert!(error <= 1e-5 * (max - min), "{}: {error}", parameter.name());
            }
        }

        #[test]
        fn any_columns_decode_to_an_allowed_patch(columns in proptest::array::uniform32(any::<f32>())) {
            let columns = std::array::from_fn(|index| columns[index % 32]);
            let patch = decode(&columns, &Patch::default());
            prop_assert_eq!(Patch::from_values(patch.values()), patch);
        }
    }
}
