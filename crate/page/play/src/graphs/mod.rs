//! The drawings of a patch: envelopes and filter, whose points can be dragged, and the shapes of oscillators and LFO.
//! Pure geometry in a unit square: x from the left edge to the right one, y from the bottom to the top.

mod envelope;
pub mod filter;
mod shape;

use patch::{Group, Parameter, Patch};

pub use shape::{Shape, shape};

/// A point of a drawing, 0…1 each.
pub type GraphPoint = (f32, f32);

/// A drawing whose points can be dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graph {
    /// An envelope: its attack, decay, sustain and release.
    Envelope([Parameter; 4]),
    /// The filter's response.
    Filter,
}

/// A point that can be dragged, and the parameters that it sets: along x, along y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GraphHandle {
    /// Where it is.
    pub at: GraphPoint,
    /// The parameter along x.
    pub across: Parameter,
    /// The parameter along y, if any.
    pub upward: Option<Parameter>,
}

impl Graph {
    /// The drawing of a group, if it has one.
    pub fn of(group: Group) -> Option<Self> {
        use Parameter::*;
        match group {
            Group::Filter => Some(Self::Filter),
            Group::FilterEnvelope => {
                Some(Self::Envelope([FilterAttack, FilterDecay, FilterSustain, FilterRelease]))
            }
            Group::AmplifierEnvelope => Some(Self::Envelope([AmpAttack, AmpDecay, AmpSustain, AmpRelease])),
            _ => None,
        }
    }

    /// The curve of a patch, from left to right.
    pub fn curve(self, patch: &Patch) -> Vec<GraphPoint> {
        match self {
            Self::Envelope(parameters) => envelope::curve(parameters, patch),
            Self::Filter => filter::curve(patch),
        }
    }

    /// The points that can be dragged, in reading order.
    pub fn handles(self, patch: &Patch) -> Vec<GraphHandle> {
        match self {
            Self::Envelope(parameters) => envelope::handles(parameters, patch),
            Self::Filter => filter::handles(patch),
        }
    }

    /// By how much a handle moves along x while a pointer moves by 1, in a drawing of this width in CSS pixels: small
    /// drawings of long ranges need fine moves.
    pub fn pace(self, width_px: f32) -> f32 {
        match self {
            Self::Envelope(_) => envelope::pace(width_px),
            Self::Filter => 1.0,
        }
    }

    /// The values with which the handle of this index is at a point, or as near as the ranges allow.
    pub fn drag(self, patch: &Patch, handle: usize, to: GraphPoint) -> Vec<(Parameter, f32)> {
        match self {
            Self::Envelope(parameters) => envelope::drag(parameters, patch, handle, to),
            Self::Filter => filter::drag(patch, to),
        }
    }
}

/// A stored value as a share of its parameter's range, 0…1.
pub fn share(parameter: Parameter, value: f32) -> f32 {
    let info = parameter.info();
    (parameter.snap(value) - info.min) / (info.max - info.min)
}

/// The stored value at a share of its parameter's range; shares outside 0…1 are clamped.
pub fn value_at(parameter: Parameter, share: f32) -> f32 {
    let info = parameter.info();
    parameter.snap(info.min + share.clamp(0.0, 1.0) * (info.max - info.min))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn graphs() -> impl Iterator<Item = Graph> {
        Group::ALL.into_iter().filter_map(Graph::of)
    }

    fn any_patch() -> impl Strategy<Value = Patch> {
        prop::collection::vec(0.0f32..=1.0, patch::PARAMETER_COUNT).prop_map(|shares| {
            let mut patch = Patch::default();
            for (parameter, share) in Parameter::ALL.into_iter().zip(shares) {
                patch.set(parameter, value_at(parameter, share));
            }
            patch
        })
    }

    fn dragged(graph: Graph, patch: &Patch, handle: usize, to: GraphPoint) -> Patch {
        let mut patch = *patch;
        graph.drag(&patch, handle, to).into_iter().for_each(|(parameter, value)| patch.set(parameter, value));
        patch
    }

    proptest! {
        #[test]
        fn a_handle_that_is_dragged_to_its_own_place_changes_nothing_to_see(patch in any_patch()) {
            for graph in graphs() {
                for (number, handle) in graph.handles(&patch).into_iter().enumerate() {
                    let again = graph.handles(&dragged(graph, &patch, number, handle.at))[number];
                    prop_assert!((again.at.0 - handle.at.0).abs() < 1e-3, "{graph:?} {handle:?} {again:?}");
                    prop_assert!((again.at.1 - handle.at.1).abs() < 1e-3, "{graph:?} {handle:?} {again:?}");
                }
            }
        }

        #[test]
        fn a_handle_follows_a_drag_or_stops_at_the_end_of_a_range(
            patch in any_patch(), to in (0.0f32..=1.0, 0.0f32..=1.0),
        ) {
            for graph in graphs() {
                for number in 0..graph.handles(&patch).len() {
                    let patch = dragged(graph, &patch, number, to);
                    let handle = graph.handles(&patch)[number];
                    let is_at_end = |parameter: Parameter| {
                        let share = share(parameter, patch.get(parameter));
                        !(1e-4..=1.0 - 1e-4).contains(&share)
                    };
                    prop_assert!((handle.at.0 - to.0).abs() < 1e-3 || is_at_end(handle.across));
                    if let Some(upward) = handle.upward {
                        prop_assert!((handle.at.1 - to.1).abs() < 1e-3 || is_at_end(upward), "{handle:?} {to:?}");
                    }
                }
            }
        }

        #[test]
        fn curves_run_from_left_to_right_within_the_drawing(patch in any_patch()) {
            for graph in graphs() {
                let curve = graph.curve(&patch);
                prop_assert!(curve.windows(2).all(|pair| pair[0].0 <= pair[1].0));
                prop_assert!(curve.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
                for GraphHandle { at: (x, y), .. } in graph.handles(&patch) {
                    prop_assert!((0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y));
                }
            }
        }
    }
}
