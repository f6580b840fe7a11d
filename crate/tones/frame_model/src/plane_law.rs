//! The law from a point of the pad and the offsets of the other axes to latent numbers, and back. Never allocates.

use crate::latent_axis::LatentAxis;
use crate::model::FrameModel;

/// The axes of the pad's point, which come first; the others have offsets.
pub const PLANE_AXES: usize = 2;
/// The coordinate of the 95th percentile; the 5th has its negative. The pad's edge, ±4, lies a third further.
pub const PERCENTILE_COORDINATE: f32 = 3.0;

impl LatentAxis {
    /// The latent number at an offset: −1 is the 5th percentile, 0 the middle, 1 the 95th; other offsets lie on
    /// the same line. An offset that is not finite counts as 0.
    pub fn number_at(self, offset: f32) -> f32 {
        let offset = if offset.is_finite() { offset } else { 0.0 };
        0.5 * (self.high + self.low) + offset * 0.5 * (self.high - self.low)
    }

    /// The offset of a latent number, the inverse of [`Self::number_at`]; 0 of an axis without length.
    pub fn offset_of(self, number: f32) -> f32 {
        let half = 0.5 * (self.high - self.low);
        let offset = (number - 0.5 * (self.high + self.low)) / half;
        if offset.is_finite() { offset } else { 0.0 }
    }
}

impl FrameModel {
    /// Writes the latent numbers at a point of the pad. Its coordinates, −4…4, are axes 0 and 1; ±3 are their 5th
    /// and 95th percentile. `offsets` are those of the axes from 2 on, as for [`LatentAxis::number_at`]; missing
    /// offsets count as 0. Numbers that the model does not have are left alone.
    pub fn latent_at(&self, point: [f32; 2], offsets: &[f32], latent: &mut [f32]) {
        let plane = point.map(|coordinate| coordinate / PERCENTILE_COORDINATE);
        let offsets = plane.into_iter().chain(offsets.iter().copied()).chain(std::iter::repeat(0.0));
        for ((number, axis), offset) in latent.iter_mut().zip(&self.axes).zip(offsets) {
            *number = axis.number_at(offset);
        }
    }

    /// The point of latent numbers, the inverse of [`Self::latent_at`]: it may lie outside of the pad. A
    /// coordinate is 0 if the model or the numbers have no such axis.
    pub fn point_of(&self, latent: &[f32]) -> [f32; 2] {
        let mut point = [0.0; 2];
        for ((coordinate, axis), &number) in point.iter_mut().zip(&self.axes).zip(latent) {
            *coordinate = PERCENTILE_COORDINATE * axis.offset_of(number);
        }
        point
    }

    /// Writes the offsets of latent numbers on the axes from 2 on, the inverse of [`Self::latent_at`]; offsets that the
    /// model or the numbers do not have are left alone.
    pub fn offsets_of(&self, latent: &[f32], offsets: &mut [f32]) {
        for ((offset, axis), &number) in
            offsets.iter_mut().zip(&self.axes[2.min(self.axes.len())..]).zip(latent.iter().skip(2))
        {
            *offset = axis.offset_of(number);
        }
    }
}
