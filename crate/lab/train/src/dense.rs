//! The weights of the network as plain numbers: for initialisation, scaling and export. Candle computes with them in
//! training and tract in the product.

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

    /// y for an x of `inputs` numbers.
    pub fn of<'a>(&'a self, x: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        let product = move |row: &[f32]| row.iter().zip(x).map(|(weight, value)| weight * value).sum::<f32>();
        self.weight.chunks(self.inputs).zip(&self.bias).map(move |(row, bias)| product(row) + bias)
    }
}

/// The shape of every network here: a hidden layer, a second one added to it (a residual), two heads. `L` is the type
/// of a layer: [`Dense`] here, tensors while training.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoHeaded<L> {
    /// Both with SiLU.
    pub hidden: [L; 2],
    /// Decoder: 27 continuous columns before their sigmoid, 29 class logits. Surrogate: 24 coordinates of
    /// the spectrum, 7 of the timbre.
    pub heads: [L; 2],
}

impl<L> TwoHeaded<L> {
    /// Each layer in a fixed order: hidden, then heads.
    pub fn layers(&self) -> [&L; 4] {
        let ([a, b], [c, d]) = (&self.hidden, &self.heads);
        [a, b, c, d]
    }

    /// The same shape with every layer replaced, in the order of [`TwoHeaded::layers`].
    pub fn try_map<M, E>(&self, mut change: impl FnMut(&L) -> Result<M, E>) -> Result<TwoHeaded<M>, E> {
        let [a, b, c, d] = self.layers();
        Ok(TwoHeaded { hidden: [change(a)?, change(b)?], heads: [change(c)?, change(d)?] })
    }
}

impl TwoHeaded<Dense> {
    /// Random layers: `inputs` → `width` → `width` → `heads`.
    pub fn random(inputs: usize, width: usize, heads: [usize; 2], random: &mut impl Rng) -> Self {
        Self {
            hidden: [Dense::random(inputs, width, random), Dense::random(width, width, random)],
            heads: heads.map(|outputs| Dense::random(width, outputs, random)),
        }
    }
}
