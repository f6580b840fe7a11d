//! The weights of a network in training, by the names of its layers. A layer's weights are drawn when it is first
//! computed, from a seeded generator.

use super::computation::Computation;
use crate::dense::Dense;
use crate::network::{dense, tensors};
use candle_core::{Result, Tensor, Var};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Layers by name.
pub type NamedLayers = BTreeMap<String, Dense>;

/// The layers of one or more networks, as variables.
pub struct Parameters {
    layers: BTreeMap<String, [Var; 2]>,
    random: ChaCha8Rng,
}

impl Parameters {
    /// Parameters without layers.
    pub fn new(random: ChaCha8Rng) -> Self {
        Self { layers: BTreeMap::new(), random }
    }

    /// The parameters of trained layers.
    pub fn of(layers: &NamedLayers, random: ChaCha8Rng) -> Result<Self> {
        let variables = |(name, layer): (&String, &Dense)| {
            let (weight, bias) = tensors(layer)?;
            Ok((name.clone(), [Var::from_tensor(&weight)?, Var::from_tensor(&bias)?]))
        };
        Ok(Self { layers: layers.iter().map(variables).collect::<Result<_>>()?, random })
    }

    /// All variables in the order of the layers' names.
    pub fn variables(&self) -> Vec<Var> {
        self.layers.values().flatten().cloned().collect()
    }

    /// The layers with other values of the variables, given in their order.
    pub fn layers(&self, values: &[Tensor]) -> Result<NamedLayers> {
        let pairs = values.chunks_exact(2);
        self.layers
            .keys()
            .zip(pairs)
            .map(|(name, pair)| Ok((name.clone(), dense(&pair[0], &pair[1])?)))
            .collect()
    }

    fn layer(&mut self, name: &str, make: impl FnOnce(&mut ChaCha8Rng) -> Dense) -> Result<[Tensor; 2]> {
        if !self.layers.contains_key(name) {
            let (weight, bias) = tensors(&make(&mut self.random))?;
            self.layers.insert(name.to_owned(), [Var::from_tensor(&weight)?, Var::from_tensor(&bias)?]);
        }
        Ok(self.layers[name].clone().map(Var::into_inner))
    }
}

fn product(input: &Tensor, [weight, bias]: &[Tensor; 2]) -> Result<Tensor> {
    input.matmul(&weight.t()?)?.broadcast_add(bias)
}

impl Computation for Parameters {
    type Row = Tensor;

    fn dense(&mut self, name: &str, input: &Tensor, outputs: usize) -> Result<Tensor> {
        let inputs = input.dim(1)?;
        product(input, &self.layer(name, |random| Dense::random(inputs, outputs, random))?)
    }

    fn quiet(&mut self, name: &str, input: &Tensor, outputs: usize, bias: f32) -> Result<Tensor> {
        let inputs = input.dim(1)?;
        let zeros = |_: &mut ChaCha8Rng| Dense {
            inputs,
            outputs,
            weight: vec![0.0; inputs * outputs],
            bias: vec![bias; outputs],
        };
        product(input, &self.layer(name, zeros)?)
    }

    fn convolution(&mut self, name: &str, input: &Tensor, times: usize, outputs: usize) -> Result<Tensor> {
        let (batch, length) = input.dims2()?;
        let windows = times / 2 - 1;
        let pairs = input.reshape((batch, times / 2, 2 * length / times))?;
        let windowed = Tensor::cat(&[pairs.narrow(1, 0, windows)?, pairs.narrow(1, 1, windows)?], 2)?;
        let rows = windowed.reshape((batch * windows, 4 * length / times))?;
        self.dense(name, &rows, outputs)?.reshape((batch, windows * outputs))
    }

    fn silu(&mut self, input: &Tensor) -> Result<Tensor> {
        input.silu()
    }

    fn tanh(&mut self, input: &Tensor) -> Result<Tensor> {
        input.tanh()
    }

    fn exp(&mut self, input: &Tensor) -> Result<Tensor> {
        input.exp()
    }

    fn add(&mut self, a: &Tensor, b: &Tensor) -> Result<Tensor> {
        a + b
    }

    fn multiply(&mut self, a: &Tensor, b: &Tensor) -> Result<Tensor> {
        a * b
    }

    fn scale(&mut self, input: &Tensor, factor: f32) -> Result<Tensor> {
        input * f64::from(factor)
    }

    fn part(&mut self, input: &Tensor, start: usize, count: usize) -> Result<Tensor> {
        input.narrow(1, start, count)?.contiguous()
    }

    fn join(&mut self, a: &Tensor, b: &Tensor) -> Result<Tensor> {
        Tensor::cat(&[a, b], 1)
    }

    fn length(&self, input: &Tensor) -> Result<usize> {
        input.dim(1)
    }
}
