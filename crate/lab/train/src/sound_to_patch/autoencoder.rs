//! The autoencoders: the convolutional encoder computes a distribution of latent numbers, a decoder reconstructs the
//! sound's levels from them (in training only), and a regression computes the correction.

use super::computation::Computation;
use super::convolutional;
use super::flow;
use super::input::Input;
use super::perceptron::residual;
use candle_core::Result;
use matching::LEVEL_COUNT;
use patch::full_encoding::FULL_COUNT;

/// Latent numbers: more than there are columns, so that a flow can be the regression.
pub const LATENT_COUNT: usize = matching::guess::NOISE_COUNT;
/// Units of the hidden layers behind the latent numbers.
const WIDTH: usize = 192;
/// Logarithm of the posterior's variance before training: narrow, so that learning begins.
const FIRST_LOG_VARIANCE: f32 = -4.0;

/// The latent numbers and their distribution.
pub struct Latent<R> {
    /// Its mean, before any flow.
    pub mean: R,
    /// Natural logarithm of its variance.
    pub log_variance: R,
    /// The drawn numbers, behind the flow.
    pub sample: R,
    /// The logarithms of the flow's scales.
    pub log_scales: Vec<R>,
}

/// The guess by latent numbers. With `has_flow` the posterior is a flow, with `is_flow` the regression is one, too.
pub fn guess<C: Computation>(
    c: &mut C,
    input: &Input<C::Row>,
    has_flow: bool,
    is_flow: bool,
) -> Result<Guessed<C::Row>> {
    let hidden = convolutional::encoder(c, input)?;
    let mean = match is_flow {
        // Its correction begins as 0.
        true => c.quiet("mean", &hidden, LATENT_COUNT, 0.0)?,
        false => c.dense("mean", &hidden, LATENT_COUNT)?,
    };
    let log_variance = c.quiet("log_variance", &hidden, LATENT_COUNT, FIRST_LOG_VARIANCE)?;
    let half = c.scale(&log_variance, 0.5)?;
    let deviation = c.exp(&half)?;
    let noise = c.multiply(&input.noise, &deviation)?;
    let mut sample = c.add(&mean, &noise)?;
    let mut log_scales = Vec::new();
    if has_flow {
        let flowed = flow::forward(c, "posterior", &sample)?;
        (sample, log_scales) = (flowed.row, flowed.log_scales);
    }
    let correction = if is_flow {
        let flowed = flow::forward(c, "regression", &sample)?;
        c.part(&flowed.row, 0, FULL_COUNT)?
    } else {
        let sum = c.dense("regression", &sample, WIDTH)?;
        let hidden = c.silu(&sum)?;
        let hidden = residual(c, "regression_hidden", hidden, 1)?;
        c.quiet("correction", &hidden, FULL_COUNT, 0.0)?
    };
    Ok(Guessed { correction, latent: Some(Latent { mean, log_variance, sample, log_scales }) })
}

/// The sound's levels from latent numbers.
pub fn decoder<C: Computation>(c: &mut C, sample: &C::Row) -> Result<C::Row> {
    let sum = c.dense("decoder", sample, WIDTH)?;
    let hidden = c.silu(&sum)?;
    let hidden = residual(c, "decoder_hidden", hidden, 1)?;
    c.dense("decoder_levels", &hidden, LEVEL_COUNT)
}

/// The latent numbers, before any flow, that a regression by a flow turns into given columns; and the logarithms of all
/// scales on the way.
pub fn inverse<C: Computation>(c: &mut C, columns: &C::Row) -> Result<(C::Row, Vec<C::Row>)> {
    let sample = flow::inverse(c, "regression", columns)?;
    let before = flow::inverse(c, "posterior", &sample.row)?;
    let log_scales = sample.log_scales.into_iter().chain(before.log_scales).collect();
    Ok((before.row, log_scales))
}

/// The output of a network.
pub struct Guessed<R> {
    /// The correction that is added to the preset's columns.
    pub correction: R,
    /// The latent numbers of an autoencoder.
    pub latent: Option<Latent<R>>,
}
