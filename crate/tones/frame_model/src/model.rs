//! A model of one domain as values: its name, its scaling, its two networks, its axes. Never runs the networks.

use crate::contour::{ToneContour, are_sound};
use crate::error::FrameModelError;
use crate::latent_axis::{LATENT_LIMIT, LatentAxis};
use crate::layer::FrameLayer;
use crate::normalisation::{COLUMN_COUNT, FEATURE_COUNT, FrameNormalisation};

/// The most units of a hidden layer.
pub const WIDTH_LIMIT: usize = 512;
/// Timbral scales that a model estimates.
pub const SCALE_COUNT: usize = 7;

/// The domain of a model, and the sources of its sounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundDomain {
    /// Its name, such as `strings`; at most 64 bytes.
    pub name: String,
    /// Tells one training from another: the same sounds, settings and seed have the same one.
    pub fingerprint: u64,
    /// Source and licence of the sounds; at most 8192 bytes.
    pub notices: String,
}

/// A model of the timbre of one domain.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameModel {
    /// The domain, and the sources of its sounds.
    pub domain: SoundDomain,
    /// The scaling of the features.
    pub normalisation: FrameNormalisation,
    /// Scaled features and pitch → hidden → hidden → latent.
    pub encoder: [FrameLayer; 3],
    /// Latent and pitch → hidden → hidden → scaled features.
    pub decoder: [FrameLayer; 3],
    /// The axes, by falling variance.
    pub axes: Vec<LatentAxis>,
    /// Latent → the seven timbral scales in points, in the order of the AudioCommons models: hardness, depth,
    /// brightness, roughness, warmth, sharpness, boominess.
    pub scales: FrameLayer,
    /// The courses of recorded notes in time, which voices follow; none in a model of textures.
    pub contours: Vec<ToneContour>,
}

impl FrameModel {
    /// Latent numbers.
    pub fn latents(&self) -> usize {
        self.axes.len()
    }

    /// The width of each axis: from the 5th to the 95th percentile of the domain's frames.
    pub fn axis_widths(&self) -> Vec<f32> {
        self.axes.iter().map(|axis| axis.high - axis.low).collect()
    }

    /// Units of a hidden layer.
    pub fn width(&self) -> usize {
        self.encoder[0].outputs
    }

    /// The model, if its parts fit each other.
    ///
    /// # Errors
    /// [`FrameModelError::Damaged`] names the part that does not fit.
    pub fn checked(self) -> Result<Self, FrameModelError> {
        self.checked_as([COLUMN_COUNT, FEATURE_COUNT])
    }

    /// As [`Self::checked`], for a model of this many columns and features.
    pub(crate) fn checked_as(self, columns: [usize; 2]) -> Result<Self, FrameModelError> {
        let damaged = |what| Err(FrameModelError::Damaged { what });
        let (latents, width) = (self.latents(), self.width());
        if !(1..=LATENT_LIMIT).contains(&latents) || !(1..=WIDTH_LIMIT).contains(&width) {
            return damaged("its size");
        }
        if self.domain.name.len() > 64 || self.domain.notices.len() > 8192 {
            return damaged("its texts");
        }
        if !self.normalisation.is_sound(columns[0]) {
            return damaged("the scaling");
        }
        let is_axis = |axis: &LatentAxis| {
            axis.low.is_finite()
                && axis.high.is_finite()
                && axis.low <= axis.high
                && (0.0..=1.0).contains(&axis.share)
        };
        if !self.axes.iter().all(is_axis) {
            return damaged("the axes");
        }
        let shapes = layer_shapes(latents, width, columns);
        let layers = self.encoder.iter().chain(&self.decoder).chain([&self.scales]);
        let fits = |(layer, [inputs, outputs]): (&FrameLayer, [usize; 2])| {
            layer.inputs == inputs && layer.outputs == outputs && layer.is_sound()
        };
        if !layers.zip(shapes).all(fits) {
            return damaged("the weights");
        }
        if !are_sound(&self.contours, latents) {
            return damaged("the contours");
        }
        Ok(self)
    }
}

/// Inputs and outputs of each layer: encoder, decoder, scales.
pub(crate) fn layer_shapes(latents: usize, width: usize, [columns, features]: [usize; 2]) -> [[usize; 2]; 7] {
    [
        [columns, width],
        [width, width],
        [width, latents],
        [latents + columns - features, width],
        [width, width],
        [width, features],
        [latents, SCALE_COUNT],
    ]
}
