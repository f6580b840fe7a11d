//! A curve that a person draws: where the result is between A and B at nine times from beginning to end; it is straight
//! between them. A pointer takes the points that it passes. `latent-pad timbre interpolate --curve` means the same by
//! as many numbers.

/// The points of the curve.
pub const CURVE_POINTS: usize = 9;
/// The ends of the range: 0 is A, 1 is B.
pub(super) const LEAST: f32 = -0.5;
pub(super) const MOST: f32 = 1.5;
/// A point is at a whole per cent.
const STEPS: f32 = 100.0;

/// The curve.
#[derive(Clone, Debug)]
pub(super) struct DrawnToneCurve {
    /// The value at each of the times.
    pub values: [f32; CURVE_POINTS],
    /// The point at which a pointer pressed last, which the keys then move.
    pub pressed: Option<usize>,
    /// The pointer that draws.
    pointer: Option<i32>,
    /// The point at which the pointer was last, and its value.
    last: Option<(usize, f32)>,
}

impl Default for DrawnToneCurve {
    fn default() -> Self {
        let values = std::array::from_fn(|point| in_steps(point as f32 / (CURVE_POINTS - 1) as f32));
        Self { values, pressed: None, pointer: None, last: None }
    }
}

fn in_steps(value: f32) -> f32 {
    (STEPS * value.clamp(LEAST, MOST)).round() / STEPS
}

impl DrawnToneCurve {
    /// Moves a point; returns true if there is one.
    pub fn set(&mut self, point: usize, value: f32) -> bool {
        let Some(own) = self.values.get_mut(point) else { return false };
        *own = in_steps(value);
        true
    }

    /// A pointer presses at shares of the box; returns true if no other one draws.
    pub fn press(&mut self, pointer: i32, across: f32, down: f32) -> bool {
        if self.pointer.is_some() {
            return false;
        }
        self.pointer = Some(pointer);
        self.last = None;
        self.take_passed(across, down);
        self.pressed = self.last.map(|(point, _)| point);
        true
    }

    /// A pointer moves; returns true if it draws.
    pub fn draw(&mut self, pointer: i32, across: f32, down: f32) -> bool {
        let is_own = self.pointer == Some(pointer);
        if is_own {
            self.take_passed(across, down);
        }
        is_own
    }

    /// A pointer is up.
    pub fn release(&mut self, pointer: i32) {
        if self.pointer == Some(pointer) {
            self.pointer = None;
            self.pressed = None;
        }
    }

    /// Takes the point nearest to the pointer, and those that it has passed.
    fn take_passed(&mut self, across: f32, down: f32) {
        let end = CURVE_POINTS - 1;
        let point = (across.clamp(0.0, 1.0) * end as f32).round() as usize;
        let value = (MOST - down * (MOST - LEAST)).clamp(LEAST, MOST);
        let (from, before) = self.last.unwrap_or((point, value));
        let distance = point.abs_diff(from);
        for step in 0..distance {
            let passed = if point > from { from + step } else { from - step };
            self.set(passed, before + (value - before) * step as f32 / distance as f32);
        }
        self.set(point, value);
        self.last = Some((point, value));
    }
}
