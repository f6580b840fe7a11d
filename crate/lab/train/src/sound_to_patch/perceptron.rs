//! The multilayer perceptron's hidden layers.

use super::computation::Computation;
use super::input::Input;
use candle_core::Result;

/// Units of a hidden layer.
const WIDTH: usize = 224;
/// Hidden layers behind the first, each added to its input.
const DEPTH: usize = 2;

/// The last hidden layer.
pub fn encoder<C: Computation>(c: &mut C, input: &Input<C::Row>) -> Result<C::Row> {
    let levels = c.dense("levels", &input.levels, WIDTH)?;
    let facts = c.dense("facts", &input.facts, WIDTH)?;
    let sum = c.add(&levels, &facts)?;
    let hidden = c.silu(&sum)?;
    residual(c, "hidden", hidden, DEPTH)
}

/// Layers that are each added to their input.
pub fn residual<C: Computation>(c: &mut C, name: &str, mut hidden: C::Row, depth: usize) -> Result<C::Row> {
    let width = c.length(&hidden)?;
    for at in 0..depth {
        let sum = c.dense(&format!("{name}{at}"), &hidden, width)?;
        let change = c.silu(&sum)?;
        hidden = c.add(&hidden, &change)?;
    }
    Ok(hidden)
}
