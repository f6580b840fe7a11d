//! The convolutional network's hidden layers: three convolutions over the times, then as the perceptron.

use super::computation::Computation;
use super::input::Input;
use super::perceptron::residual;
use candle_core::Result;
use matching::TIME_COUNT;

/// Channels of the convolutions: the times become 10, 4 and 1.
const CHANNELS: [usize; 3] = [48, 64, 128];
/// Units of a hidden layer.
const WIDTH: usize = 224;
/// Hidden layers behind the first.
const DEPTH: usize = 2;

/// The last hidden layer.
pub fn encoder<C: Computation>(c: &mut C, input: &Input<C::Row>) -> Result<C::Row> {
    let (mut row, mut times) = (input.levels.clone(), TIME_COUNT);
    for (at, channels) in CHANNELS.into_iter().enumerate() {
        let sum = c.convolution(&format!("convolution{at}"), &row, times, channels)?;
        row = c.silu(&sum)?;
        times = times / 2 - 1;
    }
    let seen = c.dense("seen", &row, WIDTH)?;
    let facts = c.dense("facts", &input.facts, WIDTH)?;
    let sum = c.add(&seen, &facts)?;
    let hidden = c.silu(&sum)?;
    residual(c, "hidden", hidden, DEPTH)
}
