//! The target: the descriptor that follows it, its shape, its range and its length. A person draws it, or moves its
//! points.

use path::target::{STRIKES_HZ, TargetShape, USUAL_STRIKES_HZ, shape};
use serde::{Deserialize, Serialize};

use super::{PathsCurveRemark, STEPS};
use crate::reduce::Reducer;

/// The points of a drawn target that a person can move.
pub(super) const POINTS: usize = 9;
/// The shortest and the longest path, in seconds.
pub(super) const LENGTHS_S: [f64; 2] = [0.1, 600.0];
/// The sines of a target.
const SINES: f64 = 2.0;

/// A descriptor of the sound, as `timbre` orders them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "each has its name")]
pub enum PathsDescriptor {
    Hardness,
    Depth,
    #[default]
    Brightness,
    Roughness,
    Warmth,
    Sharpness,
    Boominess,
}

impl PathsDescriptor {
    /// All of them, in the order of a measurement.
    pub(super) const ALL: [Self; 7] = [
        Self::Hardness,
        Self::Depth,
        Self::Brightness,
        Self::Roughness,
        Self::Warmth,
        Self::Sharpness,
        Self::Boominess,
    ];

    /// The name of its layer of a map.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hardness => "hardness",
            Self::Depth => "depth",
            Self::Brightness => "brightness",
            Self::Roughness => "roughness",
            Self::Warmth => "warmth",
            Self::Sharpness => "sharpness",
            Self::Boominess => "boominess",
        }
    }
}

/// A shape of a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "each has its name")]
pub enum PathsShape {
    #[default]
    Sine,
    Exponential,
    Logarithm,
    Line,
    /// A person draws it.
    Drawn,
    /// The contour of a sound.
    Sound,
}

impl PathsShape {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sine => "sine",
            Self::Exponential => "exponential",
            Self::Logarithm => "logarithm",
            Self::Line => "line",
            Self::Drawn => "drawn",
            Self::Sound => "sound",
        }
    }

    /// Its value at each step, within a range; `drawn` has the shares of a shape without a formula.
    pub(super) fn values(self, [low, high]: [f64; 2], drawn: &[f32]) -> Vec<f32> {
        let shape = match self {
            Self::Sine => TargetShape::Sine(SINES),
            Self::Exponential => TargetShape::Exponential,
            Self::Logarithm => TargetShape::Logarithm,
            Self::Line => TargetShape::Line,
            Self::Drawn | Self::Sound => TargetShape::Drawn(drawn.to_vec()),
        };
        shape.values(STEPS, [low as f32, high as f32]).unwrap_or_default()
    }
}

/// A field of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsTargetField {
    /// The lower end of the range.
    Low,
    /// The upper end of the range.
    High,
    /// The length of the path in seconds.
    Length,
    /// The notes a second; 0 is one held note.
    Strikes,
}

/// A place in the picture of the target.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsTargetPlace {
    /// The share of the time.
    pub share: f64,
    /// The value, in the unit of the descriptor.
    pub value: f32,
}

/// The pointer that draws, and where it was last: a step and a share of the range.
#[derive(Clone, Copy, Debug)]
struct TargetHand {
    pointer: i32,
    step: usize,
    share: f32,
}

/// The target.
#[derive(Clone, Debug)]
pub(super) struct TargetState {
    pub descriptor: PathsDescriptor,
    pub shape: PathsShape,
    /// The drawn target or the contour of a sound: at each step a share of the range, 0…1.
    pub drawn: Vec<f32>,
    /// The range, in the unit of the descriptor.
    pub range: [f64; 2],
    pub length_s: f64,
    /// Notes a second; 0 is one held note.
    pub strikes_hz: f64,
    pub is_nearest: bool,
    hand: Option<TargetHand>,
}

impl Default for TargetState {
    fn default() -> Self {
        Self {
            descriptor: PathsDescriptor::default(),
            shape: PathsShape::default(),
            drawn: vec![0.5; STEPS],
            range: [0.0, 100.0],
            length_s: 8.0,
            strikes_hz: USUAL_STRIKES_HZ,
            is_nearest: false,
            hand: None,
        }
    }
}

impl TargetState {
    /// Its value at each step.
    pub fn values(&self) -> Vec<f32> {
        self.shape.values(self.range, &self.drawn)
    }

    /// The step of a point that a person can move.
    pub fn step_of_point(index: usize) -> usize {
        (index * (STEPS - 1) + (POINTS - 1) / 2) / (POINTS - 1)
    }

    pub fn drop_hand(&mut self) {
        self.hand = None;
    }

    /// A value as a share of the range.
    fn share_of(&self, value: f32) -> f32 {
        let [low, high] = self.range.map(|end| end as f32);
        let width = if high == low { 1.0 } else { high - low };
        let share = (value - low) / width;
        if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
    }

    /// A point moves to a value; the curve goes along where it is nearer to that point than to the next ones.
    fn bend(&mut self, index: usize, value: f32) {
        let last = (STEPS - 1) as f32;
        let (middle, reach) = (index as f32 / (POINTS - 1) as f32 * last, last / (POINTS - 1) as f32);
        let change = self.share_of(value) - self.drawn[Self::step_of_point(index)];
        for (step, own) in self.drawn.iter_mut().enumerate() {
            let far = (step as f32 - middle).abs() / reach;
            if far < 1.0 {
                let weight = 0.5 + 0.5 * (std::f32::consts::PI * far).cos();
                *own = (*own + change * weight).clamp(0.0, 1.0);
            }
        }
    }

    fn place(&self, place: PathsTargetPlace) -> (usize, f32) {
        let share = if place.share.is_nan() { 0.0 } else { place.share.clamp(0.0, 1.0) };
        ((share * (STEPS - 1) as f64).round() as usize, self.share_of(place.value))
    }

    /// Draws a straight line from where the pointer was last.
    fn draw_to(&mut self, hand: TargetHand, place: PathsTargetPlace) {
        let (step, share) = self.place(place);
        let count = step.abs_diff(hand.step).max(1);
        for part in 0..=count {
            let way = part as f32 / count as f32;
            let at = hand.step as f32 + (step as f32 - hand.step as f32) * way;
            self.drawn[at.round() as usize] = hand.share + (share - hand.share) * way;
        }
        self.hand = Some(TargetHand { step, share, ..hand });
    }
}

impl Reducer<'_> {
    pub(super) fn choose_target_descriptor(&mut self, descriptor: PathsDescriptor) {
        self.curve().target.descriptor = descriptor;
        self.drop_equal_second();
        self.set_target_range();
        if self.curve().target.shape == PathsShape::Sound {
            self.follow_contour();
        } else {
            self.forget_found();
        }
    }

    /// The range is the usual one of the descriptor on the map.
    pub(super) fn set_target_range(&mut self) {
        let descriptor = self.curve().target.descriptor;
        if let Some([low, high]) = self.usual_range(descriptor) {
            self.curve().target.range = [low, high];
        }
    }

    /// The usual range of a descriptor on the map, in whole numbers; `None` without one.
    pub(super) fn usual_range(&self, descriptor: PathsDescriptor) -> Option<[f64; 2]> {
        let ground = self.state.panels.paths.curve.ground.get()?;
        let [low, high] = shape::usual_range(ground.map.layer(descriptor.name())?);
        Some([f64::from(low).ceil(), f64::from(high).floor()])
    }

    /// A person presses the button of a shape.
    pub(super) fn press_shape(&mut self, shape: PathsShape) {
        if shape != PathsShape::Sound {
            self.cancel_contour();
            return self.choose_shape(shape);
        }
        let curve = self.curve();
        if curve.contour.sound.is_some() && curve.target.shape != PathsShape::Sound {
            self.follow_contour();
        } else {
            curve.counts.asked = curve.counts.asked.wrapping_add(1);
        }
    }

    pub(super) fn choose_shape(&mut self, shape: PathsShape) {
        let target = &mut self.curve().target;
        // Drawing begins with the shape that was there.
        if shape == PathsShape::Drawn && !matches!(target.shape, PathsShape::Drawn | PathsShape::Sound) {
            target.drawn = target.shape.values([0.0, 1.0], &target.drawn);
        }
        target.shape = shape;
        target.drop_hand();
        self.forget_found();
    }

    /// A number that is none, or outside of the limits, is replaced by the former one, and a sentence says so.
    pub(super) fn type_target(&mut self, field: PathsTargetField, value: f64) {
        let curve = self.curve();
        curve.counts.typed = curve.counts.typed.wrapping_add(1);
        let target = &mut curve.target;
        let [least, most] = LENGTHS_S;
        let (own, is_valid) = match field {
            PathsTargetField::Low => (&mut target.range[0], value.is_finite()),
            PathsTargetField::High => (&mut target.range[1], value.is_finite()),
            PathsTargetField::Length => (&mut target.length_s, (least..=most).contains(&value)),
            PathsTargetField::Strikes => {
                (&mut target.strikes_hz, (STRIKES_HZ[0]..=STRIKES_HZ[1]).contains(&value))
            }
        };
        if is_valid {
            *own = value;
            return self.forget_found();
        }
        let former = *own;
        self.say_of_curve(match field {
            PathsTargetField::Length => {
                PathsCurveRemark::NoLength { former_s: former, least_s: least, most_s: most }
            }
            PathsTargetField::Strikes => {
                PathsCurveRemark::NoStrikes { former_hz: former, most_hz: STRIKES_HZ[1] }
            }
            _ => PathsCurveRemark::NoNumber { former },
        });
    }

    pub(super) fn press_target(&mut self, pointer: i32, place: PathsTargetPlace) {
        let target = &mut self.curve().target;
        if target.shape != PathsShape::Drawn || target.hand.is_some() {
            return;
        }
        let (step, share) = target.place(place);
        target.hand = Some(TargetHand { pointer, step, share });
        self.cancel_contour();
        self.draw_path_target(pointer, &[place]);
    }

    pub(super) fn draw_path_target(&mut self, pointer: i32, places: &[PathsTargetPlace]) {
        let target = &mut self.curve().target;
        let mut has_drawn = false;
        for place in places {
            let Some(hand) = target.hand.filter(|hand| hand.pointer == pointer) else { break };
            target.draw_to(hand, *place);
            has_drawn = true;
        }
        if has_drawn {
            self.forget_found();
        }
    }

    pub(super) fn lift_from_target(&mut self, pointer: i32) {
        self.curve().target.hand.take_if(|hand| hand.pointer == pointer);
    }

    pub(super) fn move_target_point(&mut self, index: usize, value: f32) {
        let target = &mut self.curve().target;
        if target.shape != PathsShape::Drawn || index >= POINTS || !value.is_finite() {
            return;
        }
        target.bend(index, value);
        self.cancel_contour();
        self.forget_found();
    }
}
