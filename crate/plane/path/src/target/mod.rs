//! Paths on which a descriptor of the sound follows a given curve. `shape` makes the curve, `contour` makes one from a
//! sound, `plan` finds the path on the timbral map, and `refine` improves it by measurements of rendered sounds, by
//! which `correction` corrects the map. `striking` makes the notes and the level with which it is played. `outcome`
//! computes how well it follows. Renders and measures nothing itself.

pub mod contour;
mod correction;
pub mod error;
pub mod outcome;
pub mod plan;
pub mod refine;
pub mod shape;
pub mod striking;

pub use error::TargetPathError;
pub use outcome::TargetFigures;
pub use plan::{Circle, Goal, PlannedPath, Rule, TargetRequest, plan, scales};
pub use refine::Refinement;
pub use shape::TargetShape;
pub use striking::{STRIKES_HZ, USUAL_STRIKES_HZ, level, note_s, played_path, strike};

use crate::strokes::PATH_LIMIT_S;
use crate::{LatentPath, PathValueError};
use plane::Point;

/// Steps of a target that states none.
pub const USUAL_STEPS: usize = 64;
/// Most steps of a target.
pub const STEP_LIMIT: usize = 1024;

/// The path through points in a length in seconds.
///
/// # Errors
/// If there are fewer than two points, a point is outside of ±4, the length is not above 0 and at most ten
/// minutes, or there would be fewer than 0.1 or more than 1,000 steps a second.
pub fn path_through(points: &[Point], length_s: f64) -> Result<LatentPath, PathValueError> {
    if length_s > PATH_LIMIT_S {
        return Err(PathValueError::Duration(length_s));
    }
    if length_s.is_nan() || length_s <= 0.0 {
        return Err(PathValueError::NoDuration);
    }
    let last = points.len().max(2) - 1;
    LatentPath::through(points, last as f64 / length_s)
}
