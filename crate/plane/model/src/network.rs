//! A network that is ready to run: a file is read, lowered to a tract graph, planned by tract, and keeps the state it
//! computes in. Does not interpret the numbers; `kinds` does.

use crate::ModelError;
use crate::lowering::{LoweredGraph, lower};
use crate::onnx::ModelProto;
use plane::MODEL_SIZE_LIMIT_BYTES;
use prost::Message;
use tract_core::internal::*;

/// Decodes the messages of a file, without checking the graph.
///
/// # Errors
/// `TooLarge`, or `NotOnnx` if the bytes are not the messages of an ONNX file with a graph.
pub fn read(onnx: &[u8]) -> Result<ModelProto, ModelError> {
    if onnx.len() > MODEL_SIZE_LIMIT_BYTES {
        return Err(ModelError::TooLarge { bytes: onnx.len(), limit: MODEL_SIZE_LIMIT_BYTES });
    }
    let model = ModelProto::decode(onnx).map_err(|error| ModelError::NotOnnx(error.to_string()))?;
    if model.graph.is_none() {
        return Err(ModelError::NotOnnx("it holds no graph".to_owned()));
    }
    Ok(model)
}

/// A network with one or more input rows and output rows.
#[derive(Debug)]
pub struct Network {
    state: TypedSimpleState,
    input_lengths: Vec<usize>,
    output_lengths: Vec<usize>,
}

impl Network {
    /// Lowers and plans the graph of a file; ignores its metadata.
    ///
    /// # Errors
    /// Names what in the file cannot be used.
    pub fn new(model: &ModelProto) -> Result<Self, ModelError> {
        let graph = model.graph.as_ref().ok_or_else(|| ModelError::Graph("there is none".to_owned()))?;
        let LoweredGraph { model, input_lengths, output_lengths } = lower(graph)?;
        let state = model.into_runnable().and_then(|plan| plan.spawn()).map_err(run_error)?;
        Ok(Self { state, input_lengths, output_lengths })
    }

    /// The count of numbers in each input.
    pub fn input_lengths(&self) -> &[usize] {
        &self.input_lengths
    }

    /// The count of numbers in each output.
    pub fn output_lengths(&self) -> &[usize] {
        &self.output_lengths
    }

    /// Computes the output rows from `inputs` and writes the first of them to `outputs`.
    ///
    /// # Errors
    /// If there are not as many inputs as the network has, a length differs, or an input or output is not
    /// finite.
    pub fn run(&mut self, inputs: &[&[f32]], outputs: &mut [&mut [f32]]) -> Result<(), ModelError> {
        if inputs.len() != self.input_lengths.len() {
            return Err(ModelError::InputCount { expected: self.input_lengths.len(), given: inputs.len() });
        }
        let mut rows = tvec![];
        for (input, &expected) in inputs.iter().zip(&self.input_lengths) {
            if input.len() != expected {
                return Err(ModelError::InputLength { expected, given: input.len() });
            }
            if let Some(index) = input.iter().position(|value| !value.is_finite()) {
                return Err(ModelError::InputNotFinite(index));
            }
            rows.push(Tensor::from_shape(&[1, expected], input).map_err(run_error)?.into_tvalue());
        }
        let results = self.state.run(rows).map_err(run_error)?;
        for (output, result) in outputs.iter_mut().zip(&results) {
            let view = result.try_as_plain_ram().map_err(run_error)?;
            let values = view.as_slice::<f32>().map_err(run_error)?;
            if values.len() != output.len() {
                let lengths = &self.output_lengths;
                return Err(ModelError::Run(format!("its outputs have {lengths:?} numbers")));
            }
            if values.iter().any(|value| !value.is_finite()) {
                return Err(ModelError::OutputNotFinite);
            }
            output.copy_from_slice(values);
        }
        Ok(())
    }
}

fn run_error(error: TractError) -> ModelError {
    ModelError::Run(error.to_string())
}
