//! Arrays of weights of an ONNX file, checked before anything is computed with them: floats, at
//! most two dimensions, as many numbers as the dimensions say, all finite.

use crate::ModelError;
use crate::onnx::{DATA_LOCATION_EXTERNAL, DATA_TYPE_FLOAT, TensorProto};
use plane::excerpt;

/// Longest row or column; wider layers would not decode in the time of an audio block.
pub(crate) const WIDTH_LIMIT: usize = 8192;

/// A constant matrix, row by row.
pub(crate) struct Weights {
    pub rows: usize,
    pub columns: usize,
    /// `rows` × `columns` finite numbers.
    pub values: Vec<f32>,
}

impl Weights {
    /// The array as a matrix; a vector is one row, a scalar one row of one column.
    ///
    /// # Errors
    /// `ModelError::Weights` with the name of the array and what is wrong with it.
    pub fn new(tensor: &TensorProto) -> Result<Self, ModelError> {
        let error = |problem: String| ModelError::Weights { name: excerpt::name(&tensor.name), problem };
        if tensor.data_type != DATA_TYPE_FLOAT {
            return Err(error(format!("has data type {}, only 1 (float) can be used", tensor.data_type)));
        }
        if tensor.data_location == DATA_LOCATION_EXTERNAL {
            return Err(error("is kept in another file".to_owned()));
        }
        let [rows, columns] = match tensor.dims[..] {
            [] => [1, 1],
            [columns] => [1, columns],
            [rows, columns] => [rows, columns],
            _ => return Err(error(format!("has {} dimensions, at most 2 can be used", tensor.dims.len()))),
        }
        .map(|size| usize::try_from(size).ok().filter(|size| (1..=WIDTH_LIMIT).contains(size)));
        let (Some(rows), Some(columns)) = (rows, columns) else {
            return Err(error(format!("has a dimension outside of 1 to {WIDTH_LIMIT}")));
        };
        let values: Vec<f32> = if tensor.raw_data.is_empty() {
            tensor.float_data.clone()
        } else {
            let (floats, rest) = tensor.raw_data.as_chunks();
            if !rest.is_empty() || !tensor.float_data.is_empty() {
                return Err(error("has data that are not one list of floats".to_owned()));
            }
            floats.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
        };
        if values.len() != rows * columns {
            return Err(error(format!("has {} numbers instead of {rows} × {columns}", values.len())));
        }
        if values.iter().any(|value| !value.is_finite()) {
            return Err(error("has a number that is not finite".to_owned()));
        }
        Ok(Self { rows, columns, values })
    }
}
