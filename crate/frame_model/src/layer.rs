//! One layer of a network as plain numbers. Never allocates when it runs.

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
    /// in turn: the order of each sum is fixed, and the compiler can still compute several outputs at once. Four inputs at a
    /// time, so that a sum is read and written a quarter as often.
    pub fn run(&self, input: &[f32], output: &mut [f32]) {
        let count = self.outputs.min(output.len());
        let output = &mut output[..count];
        output.copy_from_slice(&self.bias[..count]);
        let inputs = self.inputs.min(input.len());
        let quads = inputs - inputs % 4;
        let columns = self.weights.chunks_exact(4 * self.outputs.max(1));
        for (columns, values) in columns.zip(input[..quads].chunks_exact(4)) {
            let column = |n: usize| &columns[n * self.outputs..][..count];
            let [a, b, c, d] = [column(0), column(1), column(2), column(3)];
            for (index, sum) in output.iter_mut().enumerate() {
                let first = *sum + values[0] * a[index] + values[1] * b[index];
                *sum = first + values[2] * c[index] + values[3] * d[index];
            }
        }
        let columns = self.weights.chunks_exact(self.outputs.max(1)).skip(quads);
        for (column, &value) in columns.zip(&input[quads..inputs]) {
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
        // Beyond ±80 the result is x or 0 in single precision.
        *value /= 1.0 + exponential((-*value).clamp(-80.0, 80.0));
    }
}

/// eˣ for −80 ≤ x ≤ 80, within (5 + |x|) × 10⁻⁷ of it, without a branch or a table: so the compiler computes several at once.
/// e^x = 2ⁿ × 2^f: n is the nearest whole number of octaves, 2^f its Taylor polynomial.
fn exponential(x: f32) -> f32 {
    /// Added to a small number it leaves the nearest whole one in the lowest bits: 1.5 × 2²³.
    const WHOLE: f32 = 12_582_912.0;
    /// (ln 2)ᵏ / k! for k = 6 to 0.
    const TAYLOR: [f32; 7] =
        [1.540_353e-4, 1.333_355_8e-3, 9.618_129e-3, 5.550_411e-2, 0.240_226_5, std::f32::consts::LN_2, 1.0];
    let octaves = x * std::f32::consts::LOG2_E;
    let shifted = octaves + WHOLE;
    let rest = octaves - (shifted - WHOLE);
    let power = TAYLOR.into_iter().fold(0.0, |sum, factor| sum * rest + factor);
    // Whole octaves add to the exponent's bits; those of WHOLE leave at the upper end.
    f32::from_bits(power.to_bits().wrapping_add(shifted.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_activation_is_that_of_the_exact_exponential() {
        for step in -9000..=9000 {
            let x = step as f32 * 0.01;
            let mut values = [x];
            activate(&mut values);
            let exact = f64::from(x) / (1.0 + (-f64::from(x)).exp());
            let allowed = 2e-7 * f64::from(5.0 + x.abs()) * exact.abs() + 1e-30;
            assert!((f64::from(values[0]) - exact).abs() <= allowed, "{x}: {} and {exact}", values[0]);
        }
    }

    #[test]
    fn a_layer_adds_its_inputs_in_their_order_however_many_there_are() {
        for inputs in 0..10 {
            let outputs = 7;
            let number = |n: usize| ((n * 37 % 101) as f32 - 50.0) * 0.013;
            let weights: Vec<f32> = (0..inputs * outputs).map(number).collect();
            let layer = FrameLayer {
                inputs,
                outputs,
                weights: weights.clone(),
                bias: (0..outputs).map(number).collect(),
            };
            let input: Vec<f32> = (0..inputs).map(|n| number(n + 5)).collect();
            let mut found = [0.0; 7];
            layer.run(&input, &mut found);
            for (output, found) in found.iter().enumerate() {
                let mut sum = layer.bias[output];
                for (n, value) in input.iter().enumerate() {
                    sum += value * weights[n * outputs + output];
                }
                assert_eq!(sum, *found, "output {output} of {inputs} inputs");
            }
        }
    }
}
