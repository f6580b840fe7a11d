//! One layer of a network as plain numbers. Never allocates when it runs.

use vectors::{exp, widest};

/// The limit of a weight; no training comes near it.
const GREATEST_WEIGHT: f32 = 1e6;

/// Outputs that are computed side by side for several inputs.
const TILE: usize = 4;

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
    /// Writes y; of both slices, the part beyond the layer's lengths is left alone. The shares of four inputs at a
    /// time are added to all outputs in turn, so that a sum is read and written a quarter as often. The order of
    /// each sum is fixed, and the compiler can still compute several outputs at once.
    pub fn run(&self, input: &[f32], output: &mut [f32]) {
        self.run_together::<1>(input.as_chunks().0, output.as_chunks_mut().0);
    }

    /// As [`Self::run`] for several inputs side by side: for each number of x and of y those of all. Each weight is
    /// read once, and every sum has the same order.
    pub(crate) fn run_together<const N: usize>(&self, input: &[[f32; N]], output: &mut [[f32; N]]) {
        // With AVX2 or AVX-512 where the machine has it.
        widest(
            #[inline(always)]
            || self.add_up(input, output),
        );
    }

    #[inline(always)]
    fn add_up<const N: usize>(&self, input: &[[f32; N]], output: &mut [[f32; N]]) {
        let count = self.outputs.min(output.len());
        let output = &mut output[..count];
        if N == 1 {
            return self.add_up_columns(input, output);
        }
        let (tiles, rest) = output.as_chunks_mut::<TILE>();
        let tiled = tiles.len() * TILE;
        for (tile, sums) in tiles.iter_mut().enumerate() {
            self.add_up_tile(input, tile * TILE, sums);
        }
        for (index, sums) in rest.as_chunks_mut::<1>().0.iter_mut().enumerate() {
            self.add_up_tile(input, tiled + index, sums);
        }
    }

    /// The sums of some outputs of several inputs, from this output on: they stay in a processor's registers.
    #[inline(always)]
    fn add_up_tile<const N: usize, const OUTPUTS: usize>(
        &self,
        input: &[[f32; N]],
        from: usize,
        output: &mut [[f32; N]; OUTPUTS],
    ) {
        let mut sums = [[0.0; N]; OUTPUTS];
        for (sum, bias) in sums.iter_mut().zip(&self.bias[from..]) {
            *sum = [*bias; N];
        }
        let columns = self.weights.chunks_exact(self.outputs);
        for (values, column) in input.iter().zip(columns) {
            let Some(weights) = column[from..].first_chunk::<OUTPUTS>() else { break };
            for (sums, weight) in sums.iter_mut().zip(weights) {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += value * weight;
                }
            }
        }
        *output = sums;
    }

    /// The sums of all outputs, an input after the other.
    #[inline(always)]
    fn add_up_columns<const N: usize>(&self, input: &[[f32; N]], output: &mut [[f32; N]]) {
        let count = output.len();
        for (sum, bias) in output.iter_mut().zip(&self.bias) {
            *sum = [*bias; N];
        }
        let inputs = self.inputs.min(input.len());
        let quads = inputs - inputs % 4;
        let columns = self.weights.chunks_exact(4 * self.outputs.max(1));
        for (columns, values) in columns.zip(input[..quads].chunks_exact(4)) {
            let column = |n: usize| &columns[n * self.outputs..][..count];
            let [a, b, c, d] = [column(0), column(1), column(2), column(3)];
            for (index, sums) in output.iter_mut().enumerate() {
                for (n, sum) in sums.iter_mut().enumerate() {
                    let first = *sum + values[0][n] * a[index] + values[1][n] * b[index];
                    *sum = first + values[2][n] * c[index] + values[3][n] * d[index];
                }
            }
        }
        let columns = self.weights.chunks_exact(self.outputs.max(1)).skip(quads);
        for (column, values) in columns.zip(&input[quads..inputs]) {
            for (sums, weight) in output.iter_mut().zip(column) {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += value * weight;
                }
            }
        }
    }

    /// True if the vectors have the lengths that the layer states, and only numbers that no sum of three layers
    /// can make infinite.
    pub(crate) fn is_sound(&self) -> bool {
        self.weights.len() == self.inputs * self.outputs
            && self.bias.len() == self.outputs
            && self.weights.iter().chain(&self.bias).all(|number| number.abs() < GREATEST_WEIGHT)
    }
}

/// SiLU, x / (1 + e⁻ˣ), of every number (Elfwing et al. 2018): the activation with which the hidden layers were
/// trained.
pub(crate) fn activate(values: &mut [f32]) {
    widest(
        #[inline(always)]
        || {
            for value in values {
                // Beyond ±80 the result is x or 0 in single precision.
                *value /= 1.0 + exp(-*value);
            }
        },
    );
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
