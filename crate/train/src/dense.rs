//! The weights of the network as plain numbers: what is initialised, scaled and exported.
//! It never computes with them: candle does in training, tract in the product.

use rand::{Rng, RngExt};

/// A layer y = W x + b.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Length of x.
    pub inputs: usize,
    /// Length of y.
    pub outputs: usize,
    /// W row by row, `outputs` rows of `inputs` numbers.
    pub weight: Vec<f32>,
    /// b, `outputs` numbers.
    pub bias: Vec<f32>,
}

impl Dense {
    /// Weights and biases uniform in ±1/√inputs, so that a sum of `inputs` terms keeps its size.
    pub fn random(inputs: usize, outputs: usize, random: &mut impl Rng) -> Self {
        let bound = 1.0 / (inputs as f32).sqrt();
        let mut draw = |count| (0..count).map(|_| random.random_range(-bound..bound)).collect();
        Self { inputs, outputs, weight: draw(inputs * outputs), bias: draw(outputs) }
    }
}

/// What every network here is: a hidden layer, a second one added to it (a residual), two heads.
/// `L` is what a layer is made of: [`Dense`] here, tensors while training.
#[derive(Clone, Debug, PartialEq)]
pub struct Half<L> {
    /// Both with SiLU.
    pub hidden: [L; 2],
    /// Encoder: mean before its limit, log-variance (2 each). Decoder: 27 continuous columns before
    /// their sigmoid, 29 class logits. Surrogate: 24 coordinates of the spectrum, 7 of the timbre.
    pub heads: [L; 2],
}

impl<L> Half<L> {
    /// Each layer in a fixed order: hidden, then heads.
    pub fn layers(&self) -> [&L; 4] {
        let ([a, b], [c, d]) = (&self.hidden, &self.heads);
        [a, b, c, d]
    }

    /// The same shape with every layer replaced, in the order of [`Half::layers`].
    pub fn try_map<M, E>(&self, mut change: impl FnMut(&L) -> Result<M, E>) -> Result<Half<M>, E> {
        let [a, b, c, d] = self.layers();
        Ok(Half { hidden: [change(a)?, change(b)?], heads: [change(c)?, change(d)?] })
    }
}

impl Half<Dense> {
    /// Random layers: `inputs` → `width` → `width` → `heads`.
    pub fn random(inputs: usize, width: usize, heads: [usize; 2], random: &mut impl Rng) -> Self {
        Self {
            hidden: [Dense::random(inputs, width, random), Dense::random(width, width, random)],
            heads: heads.map(|outputs| Dense::random(width, outputs, random)),
        }
    }

    /// The same network for other inputs: its last inputs are sums of these numbers, each given by its
    /// weights and a constant that is added. The sums are folded into the first layer. `sums` are not
    /// more than the inputs, and their weights of equal length.
    pub fn reading(mut self, sums: &[(Vec<f32>, f32)]) -> Self {
        let first = &self.hidden[0];
        let kept = first.inputs - sums.len();
        let read = sums.first().map_or(0, |(weights, _)| weights.len());
        let inputs = kept + read;
        let mut weight = vec![0.0; first.outputs * inputs];
        let mut bias = first.bias.clone();
        for unit in 0..first.outputs {
            let (before, summed) =
                first.weight[unit * first.inputs..(unit + 1) * first.inputs].split_at(kept);
            let row = &mut weight[unit * inputs..(unit + 1) * inputs];
            row[..kept].copy_from_slice(before);
            for (factor, (weights, constant)) in summed.iter().zip(sums) {
                row[kept..].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += factor * weight);
                bias[unit] += factor * constant;
            }
        }
        self.hidden[0] = Dense { inputs, outputs: first.outputs, weight, bias };
        self
    }
}

/// Encoder and decoder.
#[derive(Clone, Debug, PartialEq)]
pub struct Autoencoder {
    /// 56 columns and 162 features of the sound → mean and log-variance on the plane.
    pub encoder: Half<Dense>,
    /// A point of the plane → 56 columns.
    pub decoder: Half<Dense>,
}
