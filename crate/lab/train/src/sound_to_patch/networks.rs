//! The six networks, compared as in "Universal audio synthesizer control with normalizing flows" (Esling et al., DAFx
//! 2019): each reads a sound and a known preset, and computes a correction of the preset's columns.

use super::autoencoder::{self, Guessed};
use super::computation::Computation;
use super::input::Input;
use super::{convolutional, perceptron};
use candle_core::Result;
use patch::full_encoding::FULL_COUNT;
use std::fmt::{self, Display, Formatter};

/// One of the six.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// A multilayer perceptron.
    Mlp,
    /// A convolutional network over times.
    Cnn,
    /// A variational autoencoder of the sound, and a regression from its latent numbers.
    Vae,
    /// The same with the maximum mean discrepancy (Tolstikhin et al., "Wasserstein auto-encoders", 2018).
    Wae,
    /// A variational autoencoder whose posterior is a normalising flow.
    VaeFlow,
    /// The same with a flow as the regression, too.
    VaeFlowPost,
}

/// The model that is shipped: with each of three seeds, the best of its sixteen guesses is nearer to held-back presets
/// than the best guess of each other network (`models/match.md`).
pub const SHIPPED: Model = Model::Mlp;

impl Model {
    /// All, the simplest first.
    pub const ALL: [Self; 6] = [Self::Mlp, Self::Cnn, Self::Vae, Self::Wae, Self::VaeFlow, Self::VaeFlowPost];

    /// Its name on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mlp => "mlp",
            Self::Cnn => "cnn",
            Self::Vae => "vae",
            Self::Wae => "wae",
            Self::VaeFlow => "vae-flow",
            Self::VaeFlowPost => "vae-flow-post",
        }
    }
}

impl Display for Model {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Computes a model's guess.
pub fn guess<C: Computation>(c: &mut C, model: Model, input: &Input<C::Row>) -> Result<Guessed<C::Row>> {
    let plain = |correction| Guessed { correction, latent: None };
    Ok(match model {
        Model::Mlp => {
            let hidden = perceptron::encoder(c, input)?;
            plain(c.quiet("correction", &hidden, FULL_COUNT, 0.0)?)
        }
        Model::Cnn => {
            let hidden = convolutional::encoder(c, input)?;
            plain(c.quiet("correction", &hidden, FULL_COUNT, 0.0)?)
        }
        Model::Vae | Model::Wae => autoencoder::guess(c, input, false, false)?,
        Model::VaeFlow => autoencoder::guess(c, input, true, false)?,
        Model::VaeFlowPost => autoencoder::guess(c, input, true, true)?,
    })
}
