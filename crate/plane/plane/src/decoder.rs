//! The trait [`PointDecoder`]: a point in, a patch out. The network of crate `model` is one, the fallback grid is
//! another, and on the audio thread the module with the network is a third (crate `worklet`).

use std::fmt;

use patch::Patch;

use crate::{FallbackGrid, Point};

/// A decoder gives no patch at a point. The decoder itself knows the reason.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the decoder gives no patch at {}, {}; choose another model", Thousandths(.0.x), Thousandths(.0.y))]
pub struct DecodeError(pub Point);

/// A coordinate, rounded to three places. The standard library's formatting of floats would take 6 kB of a first visit.
struct Thousandths(f32);

impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let thousandths = (self.0 * 1000.0).round() as i32;
        let (sign, size) = (if thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs());
        write!(f, "{sign}{}", size / 1000)?;
        match size % 1000 {
            0 => Ok(()),
            places if places % 100 == 0 => write!(f, ".{}", places / 100),
            places if places % 10 == 0 => write!(f, ".{:02}", places / 10),
            places => write!(f, ".{places:03}"),
        }
    }
}

/// Decodes any point of the plane to a patch.
pub trait PointDecoder {
    /// The patch at a point.
    ///
    /// # Errors
    /// If the decoder gives no patch there, for example because its network computes a number that is not finite.
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError>;
}

/// The patch of the nearest point of the grid. Never fails, never allocates.
impl PointDecoder for FallbackGrid {
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError> {
        Ok(self.patch(self.nearest(point)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Presets;
    use patch::Parameter;

    #[test]
    fn an_error_names_the_point_like_any_other_number() {
        for (x, y, place) in
            [(1.5, 0.0, "1.5, 0"), (-0.25, 3.999, "-0.25, 3.999"), (-4.0, 0.001, "-4, 0.001")]
        {
            assert!(DecodeError(Point { x, y }).to_string().contains(&format!(" at {place};")));
        }
    }

    #[test]
    fn the_grid_gives_the_patch_of_its_nearest_point() {
        let patches = (0..4).map(|row| {
            let mut patch = Patch::default();
            patch.set(Parameter::MasterVol, row as f32 / 4.0);
            patch
        });
        let bytes = Presets::new(patches.collect()).to_bytes();
        let mut grid = FallbackGrid::from_bytes(&bytes).expect("a square");
        for (x, y, volume) in [(-3.0, -4.0, 0.0), (0.5, -0.5, 0.25), (-4.0, 4.0, 0.5), (4.0, 0.1, 0.75)] {
            let decoder: &mut dyn PointDecoder = &mut grid;
            let patch = decoder.decode(Point { x, y }).expect("it never fails");
            assert_eq!(patch.get(Parameter::MasterVol), volume, "at {x}, {y}");
        }
    }
}
