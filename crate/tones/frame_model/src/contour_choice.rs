//! The contour that a tone follows, by its key, its velocity and its place.

use crate::contour::{CONTOUR_STEP_S, ToneContour};
use crate::error::FrameModelError;
use crate::model::FrameModel;

/// A distance of an octave counts as much as this many widths of all axes.
const WIDTHS_AN_OCTAVE: f32 = 0.5;
/// An attack twice as long as the velocity suggests counts, a hundred velocities from that of the recordings, as much
/// as this many widths.
const WIDTHS_AN_ATTACK: f32 = 0.5;
/// The velocity of the recorded notes. Softer ones have longer attacks: twice as long at this distance.
const RECORDED_VELOCITY: f32 = 100.0;
const VELOCITY_AN_OCTAVE: f32 = 50.0;
/// The usual attack at the recorded velocity.
const USUAL_ATTACK_S: f32 = 0.06;

impl FrameModel {
    /// The number of the contour that a tone follows: that of the note which sounds most like it at about this key, and
    /// whose attack fits a soft or hard velocity. The same numbers give the same contour. `None` if the model has none.
    /// Its work is bounded, and it allocates nothing.
    pub fn contour_of(&self, key: f32, velocity: u8, latent: &[f32]) -> Option<usize> {
        let softer = RECORDED_VELOCITY - f32::from(velocity);
        let attack_s = USUAL_ATTACK_S * (softer / VELOCITY_AN_OCTAVE).exp2();
        let distance = |contour: &ToneContour| {
            let squares = self.axes.iter().zip(&contour.place).zip(latent).map(|((axis, place), number)| {
                let widths = (number - place) / (axis.high - axis.low).max(1e-3);
                axis.share * widths * widths
            });
            let register = WIDTHS_AN_OCTAVE * (f32::from(contour.key) - key) / 12.0;
            let octaves = ((contour.attack_s() + CONTOUR_STEP_S) / attack_s).log2();
            let attack = WIDTHS_AN_ATTACK * softer / 100.0 * octaves;
            squares.sum::<f32>() + register * register + attack * attack
        };
        let distances = self.contours.iter().map(distance).enumerate();
        distances.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index)
    }

    /// The model with these contours instead of its own.
    ///
    /// # Errors
    /// [`FrameModelError::Damaged`] if one does not fit, or if there are too many.
    pub fn with_contours(mut self, contours: Vec<ToneContour>) -> Result<Self, FrameModelError> {
        self.contours = contours;
        self.checked()
    }
}
