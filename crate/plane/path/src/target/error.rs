//! The errors of a path that is to follow a target.

use super::STEP_LIMIT;

/// The reason why no path follows a target.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetPathError {
    /// A descriptor that the map does not have.
    #[error("the map has no descriptor “{name}”; choose one of {known}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The descriptors of the map.
        known: String,
    },
    /// Values that no point of the map has.
    #[error(
        "{name} reaches from {least:.0} to {most:.0} {unit} on this plane, and the target asks for {from:.0} to {to:.0}; choose a range within it"
    )]
    Unreachable {
        /// The descriptor.
        name: String,
        /// Its unit.
        unit: String,
        /// Its least value on the map.
        least: f32,
        /// Its greatest value on the map.
        most: f32,
        /// The target's least value.
        from: f32,
        /// The target's greatest value.
        to: f32,
    },
    /// No goal, curves of different lengths, or values that are not numbers.
    #[error(
        "a target needs one or two descriptors with 2 to {STEP_LIMIT} finite values each, the same number in each"
    )]
    Goals,
    /// A shape with too few values or values that are not numbers.
    #[error("a drawn target needs at least two values, each a finite number")]
    Shape,
    /// Weights or circles that are not numbers.
    #[error(
        "weights, points to pass and forbidden circles must be finite numbers, weights and radii 0 or more"
    )]
    Numbers,
    /// A point to pass that cannot be visited.
    #[error("the point to pass at step {0} lies in a forbidden circle; move one of them")]
    ForbiddenPin(usize),
    /// A point to pass after the end.
    #[error("the point to pass at step {0} comes after the last step of the target; move it or add steps")]
    LatePin(usize),
    /// No way from point to point around the circles.
    #[error(
        "no path leads through all points to pass around the forbidden circles in so few steps; make it longer or forbid less"
    )]
    NoWay,
}
