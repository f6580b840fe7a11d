//! Graph lowering: turns the graph of an ONNX file into a tract graph. Supports the few operators of our networks,
//! and values of one row; anything else in a file is an error that names it. Checks every size, so that tract never
//! gets an invalid one.

use crate::ModelError;
use crate::onnx::{AttributeProto, GraphProto, NodeProto, TensorProto, ValueInfoProto};
use crate::product::wire_product;
use crate::weights::{WIDTH_LIMIT, Weights};
use plane::{MODEL_SIZE_LIMIT_BYTES, excerpt};
use std::collections::HashMap;
use tract_core::internal::*;
use tract_core::ops::array::TypedConcat;
use tract_core::ops::{math, nn};

/// More operators would not decode in the time of an audio block.
const NODE_LIMIT: usize = 256;

/// Our networks have one to three inputs.
const INPUT_LIMIT: usize = 3;

/// The most weights, as many as fit into one file. Each use of a matrix counts: it has its own memory, and its own
/// multiplications at each decode.
const WEIGHT_LIMIT: usize = MODEL_SIZE_LIMIT_BYTES / size_of::<f32>();

/// Most values of a Concat: ours have two, and one for each of the 56 columns is plausible. Checked before adding
/// lengths, so that no sum exceeds wasm's 32 bits.
const CONCAT_LIMIT: usize = 256;

/// The most values that all operators read: four each, where ours read one to three; and the most arrays. tract
/// compares each constant with all earlier ones.
const READ_LIMIT: usize = 4 * NODE_LIMIT;

/// A tract graph with the lengths of its inputs and outputs; each has shape [1, length].
pub(crate) struct LoweredGraph {
    pub model: TypedModel,
    pub input_lengths: Vec<usize>,
    pub output_lengths: Vec<usize>,
}

/// Lowers a graph.
///
/// # Errors
/// Names the operator, array or value that cannot be used, and why.
pub(crate) fn lower(graph: &GraphProto) -> Result<LoweredGraph, ModelError> {
    if graph.node.len() > NODE_LIMIT {
        let count = graph.node.len();
        return Err(broken(format!("it has {count} operators, at most {NODE_LIMIT} are run")));
    }
    let reads: usize = graph.node.iter().map(|node| node.input.len()).sum();
    if reads > READ_LIMIT {
        return Err(broken(format!("its operators read {reads} values, at most {READ_LIMIT} are run")));
    }
    if graph.initializer.len() > READ_LIMIT {
        let count = graph.initializer.len();
        return Err(broken(format!("it has {count} arrays, at most {READ_LIMIT} are read")));
    }
    let mut lowering = Lowering::default();
    for tensor in &graph.initializer {
        lowering.weights.insert(&tensor.name, tensor);
    }
    // Old files list the weights among the inputs, too.
    let is_input = |port: &&ValueInfoProto| !lowering.weights.contains_key(port.name.as_str());
    let inputs: Vec<_> = graph.input.iter().filter(is_input).collect();
    if !(1..=INPUT_LIMIT).contains(&inputs.len()) {
        let count = inputs.len();
        return Err(broken(format!("it has {count} inputs, not 1 to {INPUT_LIMIT}")));
    }
    let input_lengths = inputs.into_iter().map(|port| lowering.input(port)).collect::<Result<_, _>>()?;
    for node in &graph.node {
        lowering.node(node)?;
    }
    let outputs: Vec<RowValue> =
        graph.output.iter().map(|port| lowering.output(port)).collect::<Result<_, _>>()?;
    if outputs.is_empty() {
        return Err(broken("it has no output".to_owned()));
    }
    let outlets: Vec<OutletId> = outputs.iter().map(|row| row.outlet).collect();
    lowering.model.select_output_outlets(&outlets).map_err(|error| refused(&error))?;
    let output_lengths = outputs.iter().map(|row| row.length).collect();
    Ok(LoweredGraph { model: lowering.model, input_lengths, output_lengths })
}

fn broken(problem: String) -> ModelError {
    ModelError::Graph(problem)
}

fn refused(error: &TractError) -> ModelError {
    ModelError::Run(error.to_string())
}

/// A computed value of shape [1, length].
#[derive(Clone, Copy)]
struct RowValue {
    outlet: OutletId,
    length: usize,
}

#[derive(Default)]
struct Lowering<'a> {
    model: TypedModel,
    weights: HashMap<&'a str, &'a TensorProto>,
    rows: HashMap<&'a str, RowValue>,
    /// The weights of all products so far.
    weight_count: usize,
}

impl<'a> Lowering<'a> {
    /// Adds an input; returns its length.
    fn input(&mut self, port: &'a ValueInfoProto) -> Result<usize, ModelError> {
        let length = match port.float_shape().as_deref() {
            Some(&[None | Some(1), Some(length)]) if (1..=WIDTH_LIMIT as i64).contains(&length) => {
                length as usize
            }
            _ => {
                return Err(broken(format!(
                    "its input \"{}\" is not one row of floats",
                    excerpt::name(&port.name)
                )));
            }
        };
        let name = self.unique_name();
        let outlet = self.model.add_source(name, f32::fact([1, length])).map_err(|error| refused(&error))?;
        self.define(&port.name, RowValue { outlet, length })?;
        Ok(length)
    }

    fn node(&mut self, node: &'a NodeProto) -> Result<(), ModelError> {
        let operator = node.op_type.as_str();
        if !matches!(node.domain.as_str(), "" | "ai.onnx") {
            return Err(ModelError::Operator(excerpt::name(&format!("{}.{operator}", node.domain))));
        }
        let [output] = &node.output[..] else {
            return Err(broken(format!(
                "{} makes {} values instead of 1",
                described(node),
                node.output.len()
            )));
        };
        let row = match operator {
            "Gemm" => self.gemm(node)?,
            "MatMul" => {
                check_attributes(node, |_| false)?;
                let [row, weights] = inputs(node)?;
                self.product(node, row, weights, false)?
            }
            "Add" => self.elementwise(node, math::add())?,
            "Mul" => self.elementwise(node, math::mul())?,
            "Sigmoid" => self.activation(node, nn::sigmoid())?,
            "Tanh" => self.activation(node, math::tanh())?,
            "Relu" => self.relu(node)?,
            "Exp" => self.activation(node, math::exp())?,
            "Log" => self.activation(node, math::ln())?,
            "Softmax" => self.softmax(node)?,
            "Concat" => self.concat(node)?,
            _ => return Err(ModelError::Operator(excerpt::name(operator))),
        };
        self.define(output, row)
    }

    fn gemm(&mut self, node: &'a NodeProto) -> Result<RowValue, ModelError> {
        check_attributes(node, |attribute| match attribute.name.as_str() {
            "alpha" | "beta" => attribute.f == 1.0,
            "transA" => attribute.i == 0,
            "transB" => matches!(attribute.i, 0 | 1),
            _ => false,
        })?;
        let transposed =
            node.attribute.iter().any(|attribute| attribute.name == "transB" && attribute.i == 1);
        let (row, weights, bias) = match &node.input[..] {
            [row, weights] => (row, weights, None),
            [row, weights, bias] if bias.is_empty() => (row, weights, None),
            [row, weights, bias] => (row, weights, Some(bias)),
            _ => return Err(broken(format!("{} reads {} values", described(node), node.input.len()))),
        };
        let product = self.product(node, row, weights, transposed)?;
        let Some(bias) = bias else { return Ok(product) };
        let bias = self.operand(bias)?;
        let sum = self.broadcast(node, math::add(), [product, bias])?;
        if sum.length != product.length {
            return Err(broken(format!("{} adds a bias of another length", described(node))));
        }
        Ok(sum)
    }

    /// A row times a constant matrix, which is [from, to], or [to, from] if it is `transposed`.
    fn product(
        &mut self,
        node: &NodeProto,
        row: &str,
        weights: &str,
        transposed: bool,
    ) -> Result<RowValue, ModelError> {
        let row = self.row(row)?;
        let Some(weights) = self.weights.get(weights) else {
            return Err(broken(format!("{} multiplies by a matrix that is not constant", described(node))));
        };
        let Weights { rows, columns, values } = Weights::new(weights)?;
        let (from, to) = if transposed { (columns, rows) } else { (rows, columns) };
        if from != row.length {
            let length = row.length;
            return Err(broken(format!("{} multiplies {length} numbers by {from} × {to}", described(node))));
        }
        self.weight_count += rows * columns;
        if self.weight_count > WEIGHT_LIMIT {
            let count = self.weight_count;
            return Err(broken(format!(
                "its products use {count} weights up to {}, at most {WEIGHT_LIMIT} are run",
                described(node)
            )));
        }
        let matrix = Tensor::from_shape(&[rows, columns], &values).map_err(|error| refused(&error))?;
        let name = self.unique_name();
        let outlet = wire_product(&mut self.model, &name, row.outlet, &matrix, transposed)
            .map_err(|error| refused(&error))?;
        Ok(RowValue { outlet, length: to })
    }

    fn elementwise(
        &mut self,
        node: &NodeProto,
        operation: impl Into<Box<dyn TypedOp>>,
    ) -> Result<RowValue, ModelError> {
        check_attributes(node, |_| false)?;
        let [left, right] = inputs(node)?;
        let operands = [self.operand(left)?, self.operand(right)?];
        self.broadcast(node, operation, operands)
    }

    fn activation(
        &mut self,
        node: &NodeProto,
        operation: impl Into<Box<dyn TypedOp>>,
    ) -> Result<RowValue, ModelError> {
        check_attributes(node, |_| false)?;
        let [input] = inputs(node)?;
        let row = self.row(input)?;
        let outlet = self.wire(operation, &[row.outlet])?;
        Ok(RowValue { outlet, ..row })
    }

    fn relu(&mut self, node: &NodeProto) -> Result<RowValue, ModelError> {
        check_attributes(node, |_| false)?;
        let [input] = inputs(node)?;
        let row = self.row(input)?;
        let zero = RowValue { outlet: self.constant(&[1, 1], &[0.0])?, length: 1 };
        self.broadcast(node, math::max(), [row, zero])
    }

    fn softmax(&mut self, node: &'a NodeProto) -> Result<RowValue, ModelError> {
        check_attributes(node, |attribute| attribute.name == "axis" && matches!(attribute.i, 1 | -1))?;
        let [input] = inputs(node)?;
        let row = self.row(input)?;
        let softmax = nn::Softmax { axes: tvec![1], ..nn::Softmax::default() };
        Ok(RowValue { outlet: self.wire(softmax, &[row.outlet])?, ..row })
    }

    fn concat(&mut self, node: &NodeProto) -> Result<RowValue, ModelError> {
        check_attributes(node, |attribute| attribute.name == "axis" && matches!(attribute.i, 1 | -1))?;
        if node.attribute.is_empty() || node.input.is_empty() {
            return Err(broken(format!("{} lacks its axis or its inputs", described(node))));
        }
        if node.input.len() > CONCAT_LIMIT {
            let count = node.input.len();
            return Err(broken(format!(
                "{} joins {count} values, at most {CONCAT_LIMIT} are run",
                described(node)
            )));
        }
        let rows: Vec<RowValue> =
            node.input.iter().map(|name| self.operand(name)).collect::<Result<_, _>>()?;
        let length = rows.iter().map(|row| row.length).sum();
        if length > WIDTH_LIMIT {
            return Err(broken(format!(
                "{} makes {length} numbers, at most {WIDTH_LIMIT} are run",
                described(node)
            )));
        }
        let outlets: Vec<OutletId> = rows.iter().map(|row| row.outlet).collect();
        Ok(RowValue { outlet: self.wire(TypedConcat { axis: 1 }, &outlets)?, length })
    }

    /// Two rows of one length, or a row and a single number.
    fn broadcast(
        &mut self,
        node: &NodeProto,
        operation: impl Into<Box<dyn TypedOp>>,
        [left, right]: [RowValue; 2],
    ) -> Result<RowValue, ModelError> {
        if left.length != right.length && left.length != 1 && right.length != 1 {
            let (left, right) = (left.length, right.length);
            return Err(broken(format!("{} joins {left} numbers with {right}", described(node))));
        }
        let outlet = self.wire(operation, &[left.outlet, right.outlet])?;
        Ok(RowValue { outlet, length: left.length.max(right.length) })
    }

    /// A value that was computed before.
    fn row(&self, name: &str) -> Result<RowValue, ModelError> {
        let unknown = || broken(format!("nothing makes \"{}\" before it is read", excerpt::name(name)));
        self.rows.get(name).copied().ok_or_else(unknown)
    }

    /// A value that was computed before, of the length that the file declares.
    fn output(&self, port: &ValueInfoProto) -> Result<RowValue, ModelError> {
        let row = self.row(&port.name)?;
        match port.float_shape().as_deref() {
            Some(&[None | Some(1), Some(length)]) if length == row.length as i64 => Ok(row),
            _ => {
                let (name, length) = (excerpt::name(&port.name), row.length);
                Err(broken(format!("its output \"{name}\" has {length} numbers, but declares another shape")))
            }
        }
    }

    /// A value that was computed before, or a constant row.
    fn operand(&mut self, name: &str) -> Result<RowValue, ModelError> {
        let Some(tensor) = self.weights.get(name) else { return self.row(name) };
        let Weights { rows, columns, values } = Weights::new(tensor)?;
        if rows != 1 {
            return Err(broken(format!("\"{}\" is used as a row but has {rows}", excerpt::name(name))));
        }
        Ok(RowValue { outlet: self.constant(&[1, columns], &values)?, length: columns })
    }

    fn define(&mut self, name: &'a str, row: RowValue) -> Result<(), ModelError> {
        if self.weights.contains_key(name) || self.rows.insert(name, row).is_some() {
            return Err(broken(format!("\"{}\" is made twice", excerpt::name(name))));
        }
        Ok(())
    }

    fn constant(&mut self, shape: &[usize], values: &[f32]) -> Result<OutletId, ModelError> {
        let tensor = Tensor::from_shape(shape, values).map_err(|error| refused(&error))?;
        let name = format!("constant.{}", self.model.nodes().len());
        self.model.add_const(name, tensor).map_err(|error| refused(&error))
    }

    fn wire(
        &mut self,
        operation: impl Into<Box<dyn TypedOp>>,
        inputs: &[OutletId],
    ) -> Result<OutletId, ModelError> {
        let name = self.unique_name();
        let outlets = self.model.wire_node(name, operation, inputs).map_err(|error| refused(&error))?;
        Ok(outlets[0])
    }

    /// The file's names may repeat, tract's must not.
    fn unique_name(&self) -> String {
        format!("operator.{}", self.model.nodes().len())
    }
}

fn inputs<const COUNT: usize>(node: &NodeProto) -> Result<[&str; COUNT], ModelError> {
    let names: Vec<&str> = node.input.iter().map(String::as_str).collect();
    let count = names.len();
    names
        .try_into()
        .map_err(|_| broken(format!("{} reads {count} values instead of {COUNT}", described(node))))
}

fn check_attributes(node: &NodeProto, known: impl Fn(&AttributeProto) -> bool) -> Result<(), ModelError> {
    match node.attribute.iter().find(|attribute| !known(attribute)) {
        None => Ok(()),
        Some(AttributeProto { name, f, i, .. }) => {
            let value = if *f == 0.0 { i.to_string() } else { f.to_string() };
            Err(ModelError::Operator(format!("{} with {} = {value}", node.op_type, excerpt::name(name))))
        }
    }
}

fn described(node: &NodeProto) -> String {
    format!("{} \"{}\"", excerpt::name(&node.op_type), excerpt::name(&node.name))
}
