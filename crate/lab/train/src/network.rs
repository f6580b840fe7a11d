//! The networks as candle tensors: for differentiation in training, and for comparison with the exported files in
//! tests. Never draws random numbers itself: candle's generator on the CPU cannot be seeded.

use crate::dense::{Dense, TwoHeaded};
use candle_core::{Device, Result, Tensor, Var};

/// A [`Dense`] as tensors.
#[derive(Clone, Debug)]
pub struct TensorLayer {
    weight: Tensor,
    bias: Tensor,
}

impl TensorLayer {
    fn forward(&self, input: &Tensor) -> Result<Tensor> {
        input.matmul(&self.weight.t()?)?.broadcast_add(&self.bias)
    }
}

impl TwoHeaded<TensorLayer> {
    /// Tensors with these weights, which no optimiser changes and of which no gradient is computed.
    pub fn fixed(weights: &TwoHeaded<Dense>) -> Result<Self> {
        weights.try_map(|dense| {
            let (weight, bias) = tensors(dense)?;
            Ok(TensorLayer { weight, bias })
        })
    }

    /// Batch × inputs → both heads, batch × outputs each.
    pub fn forward(&self, input: &Tensor) -> Result<[Tensor; 2]> {
        let first = self.hidden[0].forward(input)?.silu()?;
        let second = (&first + self.hidden[1].forward(&first)?.silu()?)?;
        Ok([self.heads[0].forward(&second)?, self.heads[1].forward(&second)?])
    }
}

/// A network in training.
#[derive(Debug)]
pub struct Learner {
    /// Its layers, made of the variables.
    pub network: TwoHeaded<TensorLayer>,
    /// All trained variables, in a fixed order.
    pub variables: Vec<Var>,
}

impl Learner {
    /// Starts from these weights.
    pub fn new(weights: &TwoHeaded<Dense>) -> Result<Self> {
        let mut variables = Vec::new();
        let network = weights.try_map(|dense| {
            let (weight, bias) = tensors(dense)?;
            let (weight, bias) = (Var::from_tensor(&weight)?, Var::from_tensor(&bias)?);
            variables.extend([weight.clone(), bias.clone()]);
            Result::Ok(TensorLayer { weight: weight.into_inner(), bias: bias.into_inner() })
        })?;
        Ok(Self { network, variables })
    }

    /// The network with other values of its variables, given in their order.
    pub fn weights(&self, values: &[Tensor]) -> Result<TwoHeaded<Dense>> {
        let mut values = values.iter();
        self.network.try_map(|layer| {
            let weight = values.next().unwrap_or(&layer.weight);
            dense(weight, values.next().unwrap_or(&layer.bias))
        })
    }
}

/// Tensors as a layer.
pub fn dense(weight: &Tensor, bias: &Tensor) -> Result<Dense> {
    let (outputs, inputs) = weight.dims2()?;
    Ok(Dense { inputs, outputs, weight: weight.flatten_all()?.to_vec1()?, bias: bias.to_vec1()? })
}

/// A layer as tensors: its matrix and its bias.
pub fn tensors(dense: &Dense) -> Result<(Tensor, Tensor)> {
    let weight = Tensor::from_slice(&dense.weight, (dense.outputs, dense.inputs), &Device::Cpu)?;
    Ok((weight, Tensor::from_slice(&dense.bias, dense.outputs, &Device::Cpu)?))
}
