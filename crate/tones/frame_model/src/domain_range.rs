//! The range of latent numbers that count as a domain's own, and the law that brings the numbers of a foreign
//! sound into it. Never allocates.

use crate::latent_axis::LatentAxis;
use crate::model::FrameModel;

/// The range of a transfer's latent numbers around the middle of an axis, as a share of the way to its 5th and
/// 95th percentile.
///
/// Chosen on notes that are no test notes: 366 of the other domains' training notes (every third of strings and
/// winds, all of voices and brass). Without a limit 320 of them came nearer to the four domains of recordings,
/// with 1.0 332, with 0.7 **343**, with 0.5 346. The 34 notes that stop the trainings, through their own models,
/// differed from themselves by 2.93, 3.05, **3.24** and 3.69 dB in the mean of 80 mel bands. So 0.5 costs much and
/// gains little; no share reached the required 95 % of notes. `models/timbre.md` has the figures of the test
/// notes.
pub const TRANSFER_SHARE: f32 = 0.7;

impl LatentAxis {
    /// The nearest number at an offset of −[`TRANSFER_SHARE`]…[`TRANSFER_SHARE`] (see [`Self::number_at`]). A
    /// number in this range stays exactly as it is. Not-a-number becomes the lower end.
    pub fn limited(self, number: f32) -> f32 {
        number.max(self.number_at(-TRANSFER_SHARE)).min(self.number_at(TRANSFER_SHARE))
    }
}

impl FrameModel {
    /// Limits each latent number as [`LatentAxis::limited`]: the timbre of a sound unlike the domain becomes one that
    /// is common there. Numbers that the model does not have are left alone.
    ///
    /// Source: the truncation trick of Brock, Donahue and Simonyan, "Large scale GAN training for high fidelity
    /// natural image synthesis" (ICLR 2019): latent numbers from a narrower range give more typical and less
    /// varied results. They draw numbers beyond the range anew; here the numbers of a sound are moved to its end.
    pub fn limit_to_domain(&self, latent: &mut [f32]) {
        for (number, axis) in latent.iter_mut().zip(&self.axes) {
            *number = axis.limited(*number);
        }
    }
}
