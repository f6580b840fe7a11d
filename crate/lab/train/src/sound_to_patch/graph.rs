//! A network of trained layers as an ONNX file: the operators that the small lowering of crate `model` knows. A
//! convolution becomes the matrix of the same linear map. Weights are rounded to few digits, which compresses well and
//! changes no figure.

use super::computation::Computation;
use super::input::Input;
use super::networks::{Model, guess};
use super::parameters::NamedLayers;
use crate::dense::Dense;
use crate::export::{self, Provenance};
use candle_core::{Error, Result};
use model::kinds::COLUMNS;
use model::kinds::sound_to_patch::{
    FACT_COUNT, FACTS, LEVEL_COUNT, LEVELS, NOISE, NOISE_COUNT, SoundToPatch,
};
use model::onnx::{GraphProto, NodeProto, TensorProto};

/// Binary digits of a weight behind the first one: the fewer, the smaller is the compressed file.
const KEPT_DIGITS: u32 = 4;

/// The file of a model.
pub fn file(model: Model, layers: &NamedLayers, provenance: &Provenance) -> Result<Vec<u8>> {
    let layers = rounded_layers(layers);
    let mut graph = OnnxComputation { layers: &layers, graph: export::empty(), count: 0 };
    let value = |name: &str, length| Value { name: name.to_owned(), length };
    let input = Input {
        levels: value(LEVELS, LEVEL_COUNT),
        facts: value(FACTS, FACT_COUNT),
        noise: value(NOISE, NOISE_COUNT),
    };
    let correction = guess(&mut graph, model, &input)?.correction;
    let mut finished = graph.graph;
    // The last operator makes the port.
    for name in finished.node.iter_mut().flat_map(|node| &mut node.output) {
        if *name == correction.name {
            *name = COLUMNS.to_owned();
        }
    }
    Ok(export::file::<SoundToPatch>(finished, provenance))
}

/// A value's name and its count of numbers.
#[derive(Clone)]
struct Value {
    name: String,
    length: usize,
}

struct OnnxComputation<'a> {
    layers: &'a NamedLayers,
    graph: GraphProto,
    count: usize,
}

impl OnnxComputation<'_> {
    fn operator(&mut self, operator: &str, inputs: &[&str], length: usize) -> Value {
        self.count += 1;
        let name = format!("v{}", self.count);
        self.graph.node.push(NodeProto::new(operator, inputs, &name));
        Value { name, length }
    }

    fn layer(&self, name: &str) -> Result<Dense> {
        let layer = self.layers.get(name).cloned();
        layer.ok_or_else(|| Error::Msg(format!("no layer is called {name}")))
    }

    fn product(&mut self, layer: &Dense, input: &Value) -> Value {
        self.count += 1;
        let name = format!("v{}", self.count);
        export::dense(&mut self.graph, layer, &input.name, &name);
        Value { name, length: layer.outputs }
    }
}

impl Computation for OnnxComputation<'_> {
    type Row = Value;

    fn dense(&mut self, name: &str, input: &Value, _: usize) -> Result<Value> {
        let layer = self.layer(name)?;
        Ok(self.product(&layer, input))
    }

    fn quiet(&mut self, name: &str, input: &Value, outputs: usize, _: f32) -> Result<Value> {
        self.dense(name, input, outputs)
    }

    fn convolution(&mut self, name: &str, input: &Value, times: usize, outputs: usize) -> Result<Value> {
        let kernel = self.layer(name)?;
        let (windows, step) = (times / 2 - 1, 2 * input.length / times);
        let mut weight = vec![0.0; windows * outputs * input.length];
        for (row, to) in weight.chunks_mut(input.length).enumerate() {
            let from = &kernel.weight[row % outputs * kernel.inputs..][..kernel.inputs];
            to[row / outputs * step..][..kernel.inputs].copy_from_slice(from);
        }
        let bias = kernel.bias.repeat(windows);
        let layer = Dense { inputs: input.length, outputs: windows * outputs, weight, bias };
        Ok(self.product(&layer, input))
    }

    fn silu(&mut self, input: &Value) -> Result<Value> {
        let gate = self.operator("Sigmoid", &[&input.name], input.length);
        self.multiply(input, &gate)
    }

    fn tanh(&mut self, input: &Value) -> Result<Value> {
        Ok(self.operator("Tanh", &[&input.name], input.length))
    }

    fn exp(&mut self, input: &Value) -> Result<Value> {
        Ok(self.operator("Exp", &[&input.name], input.length))
    }

    fn add(&mut self, a: &Value, b: &Value) -> Result<Value> {
        Ok(self.operator("Add", &[&a.name, &b.name], a.length))
    }

    fn multiply(&mut self, a: &Value, b: &Value) -> Result<Value> {
        Ok(self.operator("Mul", &[&a.name, &b.name], a.length))
    }

    fn scale(&mut self, input: &Value, factor: f32) -> Result<Value> {
        let name = format!("c{}", self.count);
        self.graph.initializer.push(TensorProto::new(&name, &[1], &[factor]));
        Ok(self.operator("Mul", &[&input.name, &name], input.length))
    }

    fn part(&mut self, input: &Value, start: usize, count: usize) -> Result<Value> {
        let mut selection = vec![0.0; input.length * count];
        for at in 0..count {
            selection[(start + at) * count + at] = 1.0;
        }
        let name = format!("s{}", self.count);
        self.graph.initializer.push(TensorProto::new(&name, &[input.length, count], &selection));
        Ok(self.operator("MatMul", &[&input.name, &name], count))
    }

    fn join(&mut self, a: &Value, b: &Value) -> Result<Value> {
        let mut joined = self.operator("Concat", &[&a.name, &b.name], a.length + b.length);
        if let Some(node) = self.graph.node.pop() {
            self.graph.node.push(node.with_integer("axis", 1));
        }
        joined.length = a.length + b.length;
        Ok(joined)
    }

    fn length(&self, input: &Value) -> Result<usize> {
        Ok(input.length)
    }
}

/// The layers as a file keeps them.
pub fn rounded_layers(layers: &NamedLayers) -> NamedLayers {
    let all = |numbers: &[f32]| numbers.iter().map(|&number| rounded(number)).collect();
    let layer = |layer: &Dense| Dense { weight: all(&layer.weight), bias: all(&layer.bias), ..*layer };
    layers.iter().map(|(name, dense)| (name.clone(), layer(dense))).collect()
}

/// The number with few digits.
fn rounded(number: f32) -> f32 {
    let dropped = f32::MANTISSA_DIGITS - 1 - KEPT_DIGITS;
    f32::from_bits((number.to_bits() + (1 << (dropped - 1))) >> dropped << dropped)
}
