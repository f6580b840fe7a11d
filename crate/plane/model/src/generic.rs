//! Runs any ONNX file by all of tract-onnx: input rows in, output rows out. For native tools only; the page uses
//! `lowering`.

use crate::ModelError;
use crate::onnx::ModelProto;
use plane::excerpt;
use prost::Message;
use tract_core::internal::DimLike;
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::infer::{Factoid, GenericFactoid};

/// Runs a model once. Free dimensions of its inputs (a batch of any size) become 1, and `inputs` fill
/// them row by row. Each output is given row by row.
///
/// # Errors
/// If the bytes are not an ONNX file, the model has not as many inputs, of as many numbers each, as
/// `inputs`, or tract cannot run it.
pub fn run(onnx: &[u8], inputs: &[&[f32]]) -> Result<Vec<Vec<f32>>, ModelError> {
    let proto = ModelProto::decode(onnx).map_err(|error| ModelError::NotOnnx(error.to_string()))?;
    if proto.graph.is_none() {
        return Err(ModelError::NotOnnx("it holds no graph".to_owned()));
    }
    // Output shapes often declare a free batch, which is 1 here.
    let reader = tract_onnx::onnx().with_ignore_output_shapes(true);
    let mut model = reader.model_for_read(&mut &*onnx).map_err(run_error)?;
    let expected = model.inputs.len();
    if inputs.len() != expected {
        return Err(ModelError::InputCount { expected, given: inputs.len() });
    }
    let mut values = tvec![];
    for (position, input) in inputs.iter().enumerate() {
        values.push(fixed_input(&mut model, position, input)?);
    }
    let results = model
        .into_optimized()
        .and_then(|model| model.into_runnable())
        .and_then(|model| model.run(values))
        .map_err(run_error)?;
    results.iter().map(|result| flattened(result).map_err(run_error)).collect()
}

/// Fixes the shape of an input; gives its value.
fn fixed_input(model: &mut InferenceModel, position: usize, input: &[f32]) -> Result<TValue, ModelError> {
    let fact = model.input_fact(position).map_err(run_error)?;
    let shape: Vec<usize> = if fact.shape.is_open() {
        vec![1, input.len()]
    } else {
        let size = |size: &GenericFactoid<TDim>| size.concretize()?.to_usize().ok();
        fact.shape.dims().map(|dimension| size(dimension).unwrap_or(1)).collect()
    };
    let datum_type = fact.datum_type.concretize().unwrap_or(f32::datum_type());
    let expected = shape.iter().product();
    if expected != input.len() {
        return Err(ModelError::InputLength { expected, given: input.len() });
    }
    model.set_input_fact(position, InferenceFact::dt_shape(datum_type, &shape)).map_err(run_error)?;
    let tensor = Tensor::from_shape(&shape, input).map_err(run_error)?;
    Ok(tensor.cast_to_dt(datum_type).map_err(run_error)?.into_owned().into_tvalue())
}

fn flattened(result: &TValue) -> TractResult<Vec<f32>> {
    let floats = result.cast_to::<f32>()?;
    Ok(floats.try_as_plain_ram()?.as_slice::<f32>()?.to_vec())
}

/// The chain of causes in one line.
fn run_error(error: TractError) -> ModelError {
    ModelError::Run(excerpt::chain(&format!("{error:#}")))
}
