//! The variational autoencoder as candle tensors: two networks of three layers and a linear estimate of the timbral
//! scales (Kingma and Welling 2014). Never draws random numbers itself: candle's generator cannot be seeded.

use crate::dense::Dense;
use crate::network::{dense, tensors};
use candle_core::{Result, Tensor, Var};
use frame_model::SCALE_COUNT;
use rand::Rng;

/// The weights: encoder, decoder, scales. The encoder's last layer gives means, then logarithms of variances.
#[derive(Clone, Debug)]
pub struct AutoencoderWeights {
    /// Three layers.
    pub encoder: [Dense; 3],
    /// Three layers.
    pub decoder: [Dense; 3],
    /// Latent numbers to scales.
    pub scales: Dense,
}

impl AutoencoderWeights {
    /// Random weights for `columns` columns, the first of which are the features that the decoder computes.
    pub fn random(
        [columns, features]: [usize; 2],
        latents: usize,
        width: usize,
        random: &mut impl Rng,
    ) -> Self {
        let conditions = columns - features;
        let mut layer = |inputs, outputs| Dense::random(inputs, outputs, random);
        Self {
            encoder: [layer(columns, width), layer(width, width), layer(width, 2 * latents)],
            decoder: [layer(latents + conditions, width), layer(width, width), layer(width, features)],
            scales: layer(latents, SCALE_COUNT),
        }
    }

    fn layers(&self) -> impl Iterator<Item = &Dense> {
        self.encoder.iter().chain(&self.decoder).chain([&self.scales])
    }
}

/// The networks in training.
pub struct Autoencoder {
    layers: Vec<[Tensor; 2]>,
    /// All variables, in a fixed order.
    pub variables: Vec<Var>,
    latents: usize,
    features: usize,
}

impl Autoencoder {
    /// Starts from these weights.
    pub fn new(weights: &AutoencoderWeights) -> Result<Self> {
        let mut variables = Vec::new();
        let mut layers = Vec::new();
        for layer in weights.layers() {
            let (weight, bias) = tensors(layer)?;
            let (weight, bias) = (Var::from_tensor(&weight)?, Var::from_tensor(&bias)?);
            variables.extend([weight.clone(), bias.clone()]);
            layers.push([weight.into_inner(), bias.into_inner()]);
        }
        let features = weights.decoder[2].outputs;
        Ok(Self { layers, variables, latents: weights.scales.inputs, features })
    }

    /// The networks with other values of the variables, in their order, of which no gradient is computed.
    pub fn fixed(&self, values: &[Tensor]) -> Self {
        let pair = |pair: &[Tensor]| [pair[0].detach(), pair[1].detach()];
        Self {
            layers: values.chunks_exact(2).map(pair).collect(),
            variables: Vec::new(),
            latents: self.latents,
            features: self.features,
        }
    }

    fn layer(&self, index: usize, input: &Tensor) -> Result<Tensor> {
        let [weight, bias] = &self.layers[index];
        input.matmul(&weight.t()?)?.broadcast_add(bias)
    }

    fn network(&self, first: usize, input: &Tensor) -> Result<Tensor> {
        let hidden = self.layer(first + 1, &self.layer(first, input)?.silu()?)?.silu()?;
        self.layer(first + 2, &hidden)
    }

    /// Scaled columns → means and logarithms of variances.
    pub fn encode(&self, columns: &Tensor) -> Result<[Tensor; 2]> {
        let both = self.network(0, columns)?;
        let log_variance = both.narrow(1, self.latents, self.latents)?.clamp(-8.0, 4.0)?;
        Ok([both.narrow(1, 0, self.latents)?.contiguous()?, log_variance])
    }

    /// Latent numbers, and the columns with the decoder's other inputs (a tone's pitch) → scaled features.
    pub fn decode(&self, latent: &Tensor, columns: &Tensor) -> Result<Tensor> {
        let conditions = columns.dim(1)? - self.features;
        if conditions == 0 {
            return self.network(3, latent);
        }
        self.network(3, &Tensor::cat(&[latent, &columns.narrow(1, self.features, conditions)?], 1)?)
    }

    /// Latent numbers → scaled timbral scales.
    pub fn scales(&self, latent: &Tensor) -> Result<Tensor> {
        self.layer(6, latent)
    }

    /// The weights with these values of the variables, in their order.
    pub fn weights(values: &[Tensor]) -> Result<AutoencoderWeights> {
        let layer = |index: usize| dense(&values[2 * index], &values[2 * index + 1]);
        Ok(AutoencoderWeights {
            encoder: [layer(0)?, layer(1)?, layer(2)?],
            decoder: [layer(3)?, layer(4)?, layer(5)?],
            scales: layer(6)?,
        })
    }
}
