//! The second descriptor of a target: the same path follows a second curve with it. No descriptor follows two curves.

use serde::{Deserialize, Serialize};

use super::{PathsConditionRemark, PathsDescriptor, PathsShape};
use crate::reduce::Reducer;

/// The ends of the range that a person can type.
const RANGE: [f64; 2] = [0.0, 100.0];

/// An end of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsRangeEnd {
    /// The lower end.
    Low,
    /// The upper end.
    High,
}

/// The second descriptor.
#[derive(Clone, Copy, Debug)]
pub(super) struct SecondTarget {
    pub descriptor: PathsDescriptor,
    /// Its range, in its unit; `None` while the page has no map.
    pub range: Option<[f64; 2]>,
}

/// The second descriptor and its shape, which stays without one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SecondState {
    pub target: Option<SecondTarget>,
    pub shape: PathsShape,
}

impl SecondState {
    /// The descriptor and its value at each step.
    pub fn goal(&self) -> Option<(PathsDescriptor, Vec<f32>)> {
        let target = self.target?;
        Some((target.descriptor, self.shape.values(target.range.unwrap_or_default(), &[])))
    }
}

impl Reducer<'_> {
    pub(super) fn choose_second(&mut self, descriptor: Option<PathsDescriptor>) {
        let first = self.curve().target.descriptor;
        let descriptor = descriptor.filter(|&second| second != first);
        let range = descriptor.and_then(|descriptor| self.usual_range(descriptor));
        let target = descriptor.map(|descriptor| SecondTarget { descriptor, range });
        self.curve().conditions.second.target = target;
        self.forget_found();
    }

    pub(super) fn choose_second_shape(&mut self, shape: PathsShape) {
        // Drawn shapes are for the first descriptor.
        if !matches!(shape, PathsShape::Drawn | PathsShape::Sound) {
            self.curve().conditions.second.shape = shape;
            self.forget_found();
        }
    }

    /// Another map plays: the range is the usual one there.
    pub(super) fn set_second_range(&mut self) {
        let Some(target) = self.curve().conditions.second.target else { return };
        let range = self.usual_range(target.descriptor);
        self.curve().conditions.second.target = Some(SecondTarget { range, ..target });
    }

    /// The first descriptor has changed.
    pub(super) fn drop_equal_second(&mut self) {
        let curve = self.curve();
        let first = curve.target.descriptor;
        curve.conditions.second.target.take_if(|second| second.descriptor == first);
    }

    pub(super) fn type_second(&mut self, end: PathsRangeEnd, value: f64) {
        let conditions = &mut self.curve().conditions;
        conditions.typed = conditions.typed.wrapping_add(1);
        let Some(range) = conditions.second.target.as_mut().and_then(|target| target.range.as_mut()) else {
            return;
        };
        let own = &mut range[end as usize];
        let [least, most] = RANGE;
        if (least..=most).contains(&value) {
            *own = value;
            return self.forget_found();
        }
        let former = *own;
        conditions.remark = PathsConditionRemark::NoValue { least, most, former };
    }
}
