//! The AudioParams that carry the points of the parts to the audio thread, sample-accurate and without messages.

use play::Point;
use play::touches::{PART_COUNT, TOUCH_PART_COUNT};
use protocol::constants::audio_param_names;
use web_sys::{AudioParam, AudioWorkletNode};

use crate::effects::audio_ramp::{ParamRamp, RAMP_S};

// The page gives every touch a part of the instrument; the two crates do not know each other.
const _: () = assert!(TOUCH_PART_COUNT == protocol::constants::TOUCH_PART_COUNT);
const _: () = assert!(PART_COUNT == protocol::constants::PART_COUNT);

/// The points of the parts of touches.
pub struct AudioPoints([PointParams; TOUCH_PART_COUNT]);

struct PointParams {
    axes: [(AudioParam, ParamRamp); 2],
}

impl AudioPoints {
    /// The AudioParams of a node; none if it lacks one.
    pub fn of(node: &AudioWorkletNode) -> Option<Self> {
        let parameters = node.parameters().ok()?;
        let part = |part: usize| {
            let [x, y] = audio_param_names(part).map(|name| parameters.get(&name));
            Some(PointParams { axes: [(x?, ParamRamp::default()), (y?, ParamRamp::default())] })
        };
        Some(Self([part(0)?, part(1)?, part(2)?, part(3)?, part(4)?]))
    }

    /// Sets a part's point without a ramp.
    pub fn jump(&mut self, part: usize, point: Point, now_s: f64) {
        self.each_axis(part, point, |parameter, ramp, value| {
            ramp.jump(value);
            let _ = parameter.cancel_scheduled_values(now_s);
            let _ = parameter.set_value_at_time(value, now_s);
        });
    }

    /// Moves a part's point by a short ramp.
    pub fn ramp(&mut self, part: usize, point: Point, now_s: f64) {
        self.each_axis(part, point, |parameter, ramp, value| {
            let anchor = ramp.towards(value, now_s);
            let _ = parameter.cancel_scheduled_values(now_s);
            let _ = parameter.set_value_at_time(anchor, now_s);
            let _ = parameter.linear_ramp_to_value_at_time(value, now_s + RAMP_S);
        });
    }

    fn each_axis(
        &mut self,
        part: usize,
        point: Point,
        mut set: impl FnMut(&AudioParam, &mut ParamRamp, f32),
    ) {
        if let Some(PointParams { axes }) = self.0.get_mut(part) {
            for ((parameter, ramp), value) in axes.iter_mut().zip([point.x, point.y]) {
                set(parameter, ramp, value);
            }
        }
    }
}
