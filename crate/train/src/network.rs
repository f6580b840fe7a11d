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
    fn dense(&self) -> Result<Dense> {
        let (outputs, inputs) = self.weight.dims2()?;
        let weight = self.weight.flatten_all()?.to_vec1()?;
        Ok(Dense { inputs, outputs, weight, bias: self.bias.to_vec1()? })
    }

    fn forward(&self, input: &Tensor) -> Result<Tensor> {
        input.matmul(&self.weight.t()?)?.broadcast_add(&self.bias)
    }
}

impl TwoHeaded<TensorLayer> {
    /// Tensors with these weights that no optimiser changes and no gradient is computed of.
    pub fn fixed(weights: &TwoHeaded<Dense>) -> Result<Self> {
        weights.try_map(|dense| {
            let (weight, bias) = tensors(dense)?;
            Ok(TensorLayer { weight, bias })
        })
    }

    /// The weights as they are now.
    pub fn weights(&self) -> Result<TwoHeaded<Dense>> {
        self.try_map(TensorLayer::dense)
    }

    /// Weights `share` of the way from these to those of `other`, without a gradient.
    pub fn moved(&self, other: &Self, share: f64) -> Result<Self> {
        let moved = |from: &Tensor, to: &Tensor| (from * (1.0 - share))? + (to.detach() * share)?;
        let mut others = other.layers().into_iter();
        self.try_map(|layer| {
            let other = others.next().unwrap_or(layer);
            Ok(TensorLayer {
                weight: moved(&layer.weight, &other.weight)?,
                bias: moved(&layer.bias, &other.bias)?,
            })
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
}

fn tensors(dense: &Dense) -> Result<(Tensor, Tensor)> {
    let weight = Tensor::from_slice(&dense.weight, (dense.outputs, dense.inputs), &Device::Cpu)?;
    Ok((weight, Tensor::from_slice(&dense.bias, dense.outputs, &Device::Cpu)?))
}
