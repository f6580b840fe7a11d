//! Pointers that explore the map: one drags, two also pinch, a tap chooses a point, a double tap shows the whole map.
//! Pure: positions in CSS pixels and times in, changes of the viewport out.

/// The most that a finger moves in a tap, in CSS pixels.
const TAP_PX: f64 = 8.0;
/// The longest tap, in milliseconds.
const TAP_MS: f64 = 350.0;
/// The longest time between the taps of a double tap, in milliseconds.
const DOUBLE_MS: f64 = 350.0;

/// The change of the viewport by a movement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Zoom by this factor about `middle`, then move by `pan`.
    pub factor: f64,
    /// The fixed pixel of the zoom.
    pub middle: (f64, f64),
    /// Pixels to the right and down.
    pub pan: (f64, f64),
}

/// The meaning of a lifted finger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lifted {
    /// A tap.
    Tap,
    /// A double tap.
    DoubleTap,
    /// The end of a drag or pinch.
    Nothing,
}

#[derive(Clone, Debug)]
struct ExploringPointer {
    id: i32,
    at: (f64, f64),
}

/// The fingers on the map.
#[derive(Clone, Debug, Default)]
pub struct Explorer {
    touches: Vec<ExploringPointer>,
    landed: Option<((f64, f64), f64)>,
    last_tap_ms: Option<f64>,
}

impl Explorer {
    /// A finger lands.
    pub fn press(&mut self, id: i32, at: (f64, f64), now_ms: f64) {
        self.landed = self.touches.is_empty().then_some((at, now_ms));
        self.touches.push(ExploringPointer { id, at });
    }

    /// A finger moves; none for one that is not down.
    pub fn slide(&mut self, id: i32, at: (f64, f64)) -> Option<Look> {
        let (before, before_apart) = self.middle();
        let touch = self.touches.iter_mut().find(|touch| touch.id == id)?;
        touch.at = at;
        if self.landed.is_some_and(|(from, _)| distance(from, at) > TAP_PX) {
            self.landed = None;
        }
        let (middle, apart) = self.middle();
        let factor = if before_apart > 0.0 && apart > 0.0 { apart / before_apart } else { 1.0 };
        Some(Look { factor, middle: before, pan: (middle.0 - before.0, middle.1 - before.1) })
    }

    /// A finger lifts.
    pub fn lift(&mut self, id: i32, now_ms: f64) -> Lifted {
        self.touches.retain(|touch| touch.id != id);
        let tapped = self.landed.take().is_some_and(|(_, since_ms)| now_ms - since_ms < TAP_MS);
        if !tapped {
            return Lifted::Nothing;
        }
        match self.last_tap_ms.take() {
            Some(last_ms) if now_ms - last_ms < DOUBLE_MS => Lifted::DoubleTap,
            _ => {
                self.last_tap_ms = Some(now_ms);
                Lifted::Tap
            }
        }
    }

    /// True if a pointer explores.
    pub fn holds(&self, id: i32) -> bool {
        self.touches.iter().any(|pointer| pointer.id == id)
    }

    /// All pointers are gone.
    pub fn clear(&mut self) {
        self.touches.clear();
        self.landed = None;
    }

    /// The middle of the first two fingers, and how far they are apart (0 for one).
    fn middle(&self) -> ((f64, f64), f64) {
        match self.touches.as_slice() {
            [] => ((0.0, 0.0), 0.0),
            [one] => (one.at, 0.0),
            [one, other, ..] => {
                let middle = ((one.at.0 + other.at.0) / 2.0, (one.at.1 + other.at.1) / 2.0);
                (middle, distance(one.at, other.at))
            }
        }
    }
}

fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finger_drags_and_two_pinch_about_their_middle() {
        let mut explorer = Explorer::default();
        explorer.press(1, (100.0, 100.0), 0.0);
        let look = explorer.slide(1, (130.0, 90.0)).unwrap();
        assert_eq!((look.factor, look.pan), (1.0, (30.0, -10.0)));
        explorer.press(2, (230.0, 90.0), 50.0);
        let look = explorer.slide(2, (330.0, 90.0)).unwrap();
        assert_eq!((look.factor, look.middle, look.pan), (2.0, (180.0, 90.0), (50.0, 0.0)));
        assert_eq!(explorer.lift(1, 100.0), Lifted::Nothing);
        assert_eq!(explorer.slide(9, (0.0, 0.0)), None);
    }

    #[test]
    fn a_tap_a_double_tap_and_a_drag_differ() {
        let mut explorer = Explorer::default();
        let mut tap = |at_ms: f64, far: f64| {
            explorer.press(1, (10.0, 10.0), at_ms);
            explorer.slide(1, (10.0 + far, 10.0));
            explorer.lift(1, at_ms + 80.0)
        };
        assert_eq!(tap(0.0, 2.0), Lifted::Tap);
        assert_eq!(tap(200.0, 2.0), Lifted::DoubleTap);
        assert_eq!(tap(400.0, 2.0), Lifted::Tap);
        assert_eq!(tap(1000.0, 2.0), Lifted::Tap);
        assert_eq!(tap(1200.0, 40.0), Lifted::Nothing);
    }
}
