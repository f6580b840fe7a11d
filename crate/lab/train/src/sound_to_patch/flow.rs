//! A normalising flow of affine couplings (RealNVP: Dinh et al., "Density estimation using Real NVP", 2017): a function
//! that can be inverted, and whose scales give the change of a density.

use super::computation::Computation;
use candle_core::Result;

/// Couplings; even, so that both halves end where they began.
const COUPLINGS: usize = 4;
/// Units of the hidden layer that computes a coupling.
const WIDTH: usize = 96;

/// The output row of a flow, and the logarithms of its scales, whose sum is the logarithm of the change of volume.
pub struct Flowed<R> {
    /// The row.
    pub row: R,
    /// Logarithms of the scales, one row of them for each coupling.
    pub log_scales: Vec<R>,
}

/// Maps the row of independent numbers to the output row.
pub fn forward<C: Computation>(c: &mut C, name: &str, row: &C::Row) -> Result<Flowed<C::Row>> {
    let half = c.length(row)? / 2;
    let (mut kept, mut moved) = (c.part(row, 0, half)?, c.part(row, half, half)?);
    let mut log_scales = Vec::new();
    for at in 0..COUPLINGS {
        let (log_scale, shift) = coupling(c, &format!("{name}{at}"), &kept)?;
        let scale = c.exp(&log_scale)?;
        let scaled = c.multiply(&moved, &scale)?;
        let shifted = c.add(&scaled, &shift)?;
        (kept, moved) = (shifted, kept);
        log_scales.push(log_scale);
    }
    Ok(Flowed { row: c.join(&kept, &moved)?, log_scales })
}

/// Maps the output row back; the scales are those of [`forward`], the last coupling's first.
pub fn inverse<C: Computation>(c: &mut C, name: &str, row: &C::Row) -> Result<Flowed<C::Row>> {
    let half = c.length(row)? / 2;
    let (mut shifted, mut kept) = (c.part(row, 0, half)?, c.part(row, half, half)?);
    let mut log_scales = Vec::new();
    for at in (0..COUPLINGS).rev() {
        let (log_scale, shift) = coupling(c, &format!("{name}{at}"), &kept)?;
        let back = c.scale(&shift, -1.0)?;
        let unshifted = c.add(&shifted, &back)?;
        let smaller = c.scale(&log_scale, -1.0)?;
        let smaller = c.exp(&smaller)?;
        let moved = c.multiply(&unshifted, &smaller)?;
        (shifted, kept) = (kept, moved);
        log_scales.push(log_scale);
    }
    Ok(Flowed { row: c.join(&shifted, &kept)?, log_scales })
}

/// The scales and shifts of one half, computed from the other. At first they change nothing.
fn coupling<C: Computation>(c: &mut C, name: &str, kept: &C::Row) -> Result<(C::Row, C::Row)> {
    let count = c.length(kept)?;
    let sum = c.dense(&format!("{name}_hidden"), kept, WIDTH)?;
    let hidden = c.silu(&sum)?;
    let scale = c.quiet(&format!("{name}_scale"), &hidden, count, 0.0)?;
    Ok((c.tanh(&scale)?, c.quiet(&format!("{name}_shift"), &hidden, count, 0.0)?))
}
