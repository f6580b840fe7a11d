//! The autoencoder as candle tensors: what is differentiated in training and what the exported
//! files are compared with in tests. It never draws random numbers of its own: candle's generator
//! on the CPU cannot be seeded.

use crate::dense::{Autoencoder, Dense, Half};
use candle_core::{Device, Result, Tensor, Var};
use candle_nn::ops::sigmoid;

/// A [`Dense`] whose weights can be learned.
#[derive(Clone, Debug)]
pub struct Layer {
    weight: Var,
    bias: Var,
}

impl Layer {
    fn new(dense: &Dense) -> Result<Self> {
        let weight = Tensor::from_slice(&dense.weight, (dense.outputs, dense.inputs), &Device::Cpu)?;
        let bias = Tensor::from_slice(&dense.bias, dense.outputs, &Device::Cpu)?;
        Ok(Self { weight: Var::from_tensor(&weight)?, bias: Var::from_tensor(&bias)? })
    }

    fn dense(&self) -> Result<Dense> {
        let (outputs, inputs) = self.weight.dims2()?;
        let weight = self.weight.flatten_all()?.to_vec1()?;
        Ok(Dense { inputs, outputs, weight, bias: self.bias.to_vec1()? })
    }

    fn forward(&self, input: &Tensor) -> Result<Tensor> {
        input.matmul(&self.weight.t()?)?.broadcast_add(&self.bias)
    }
}

impl Half<Layer> {
    /// Batch × inputs → both heads, batch × outputs each.
    fn forward(&self, input: &Tensor) -> Result<[Tensor; 2]> {
        let first = self.hidden[0].forward(input)?.silu()?;
        let second = (&first + self.hidden[1].forward(&first)?.silu()?)?;
        Ok([self.heads[0].forward(&second)?, self.heads[1].forward(&second)?])
    }
}

impl Autoencoder<Layer> {
    /// Tensors with these weights.
    pub fn new(weights: &Autoencoder<Dense>) -> Result<Self> {
        Ok(Self {
            encoder: weights.encoder.try_map(Layer::new)?,
            decoder: weights.decoder.try_map(Layer::new)?,
        })
    }

    /// The weights as they are now.
    pub fn weights(&self) -> Result<Autoencoder<Dense>> {
        Ok(Autoencoder {
            encoder: self.encoder.try_map(Layer::dense)?,
            decoder: self.decoder.try_map(Layer::dense)?,
        })
    }

    /// Everything that is learned, in a fixed order.
    pub fn variables(&self) -> Vec<Var> {
        let layers = self.encoder.layers().into_iter().chain(self.decoder.layers());
        layers.flat_map(|layer| [layer.weight.clone(), layer.bias.clone()]).collect()
    }

    /// Batch × 56 columns → mean and log-variance, batch × 2 each.
    pub fn encode(&self, columns: &Tensor) -> Result<[Tensor; 2]> {
        self.encoder.forward(columns)
    }

    /// Batch × 2 → the continuous columns in 0–1 (batch × 27) and the class logits (batch × 29).
    pub fn decode(&self, latent: &Tensor) -> Result<[Tensor; 2]> {
        let [continuous, logits] = self.decoder.forward(latent)?;
        Ok([sigmoid(&continuous)?, logits])
    }
}
