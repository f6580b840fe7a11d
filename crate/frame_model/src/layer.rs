//! One layer of a network as plain numbers. Never allocates when it runs.

use math::double::exp;

/// No training comes near it.
const GREATEST_WEIGHT: f32 = 1e6;

/// A layer y = W x + b.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameLayer {
    /// Length of x.
    pub inputs: usize,
    /// Length of y.
    pub outputs: usize,
    /// W column by column: for each input the `outputs` numbers that it is multiplied by.
    pub weights: Vec<f32>,
    /// b, `outputs` numbers.
    pub bias: Vec<f32>,
}

impl FrameLayer {
    /// Writes y; of both slices what the layer does not have is left alone. Each input's share is added to all outputs
    /// in turn: the order of each sum is fixed, and the compiler can still compute several outputs at once.
    pub fn run(&self, input: &[f32], output: &mut [f32]) {
        let count = self.outputs.min(output.len());
        let output = &mut output[..count];
        output.copy_from_slice(&self.bias[..count]);
        for (column, &value) in self.weights.chunks_exact(self.outputs).zip(input) {
            for (sum, weight) in output.iter_mut().zip(column) {
                *sum += value * weight;
            }
        }
    }

    /// Whether the vectors have the lengths that the layer says, and only numbers that no sum of three layers can make
    /// infinite.
    pub(crate) fn is_sound(&self) -> bool {
        self.weights.len() == self.inputs * self.outputs
            && self.bias.len() == self.outputs
            && self.weights.iter().chain(&self.bias).all(|number| number.abs() < GREATEST_WEIGHT)
    }
}

/// SiLU, x / (1 + e⁻ˣ), of every number (Elfwing et al. 2018): what the hidden layers were trained with.
pub(crate) fn activate(values: &mut [f32]) {
    for value in values {
        let x = f64::from(*value);
        // Beyond ±80 the result is x or 0 in single precision.
        *value = (x / (1.0 + exp((-x).clamp(-80.0, 80.0)))) as f32;
    }
}
