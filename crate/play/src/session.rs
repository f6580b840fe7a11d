//! What a browser keeps from one visit to the next. Written and read with serde, as JSON for
//! instance; whatever is missing or of no use gets its usual value, because an old session must
//! never keep the page from opening.

use serde::{Deserialize, Serialize};

use crate::gesture::Direction;
use crate::{Gesture, State};

/// A visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Where you were and what you had.
    pub state: State,
    /// Number of the map's layer that was shown; the page knows which.
    pub layer: u8,
    /// The recorded gesture.
    pub gesture: Option<Gesture>,
    /// Its tempo as a factor of the recorded one.
    pub tempo: f64,
    /// Its direction.
    pub direction: Direction,
    /// Volume in per cent of the slider.
    pub volume_percent: f64,
    /// Whether the sound was switched off.
    pub muted: bool,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            state: State::default(),
            layer: 0,
            gesture: None,
            tempo: 1.0,
            direction: Direction::default(),
            volume_percent: 80.0,
            muted: false,
        }
    }
}

impl Session {
    /// The same with every value within its limits.
    pub fn tidy(mut self) -> Self {
        self.state.notes = self.state.notes.tidy();
        self.volume_percent =
            if self.volume_percent.is_finite() { self.volume_percent.clamp(0.0, 100.0) } else { 80.0 };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gesture::Recording;
    use crate::{Notes, Point};

    #[test]
    fn a_visit_comes_back() {
        let mut session = Session { layer: 4, muted: true, volume_percent: 33.0, ..Session::default() };
        session.state.place = Point { x: 0.1, y: -3.3 };
        session.state.notes = Notes { root: 40, hold: true, ..Notes::default() };
        session.state.landmarks.drop_at(Point { x: 1.0, y: 1.0 }, "Bass", Some(Box::default())).unwrap();
        session.state.switch_sides();
        let mut recording = Recording::default();
        recording.touch(0.0, Point::default());
        recording.touch(0.5, Point { x: 1.0, y: 1.0 });
        session.gesture = recording.finish(1.0);
        let json = serde_json::to_string(&session).unwrap();
        assert_eq!(serde_json::from_str::<Session>(&json).unwrap().tidy(), session);
    }

    #[test]
    fn an_old_or_odd_visit_opens_with_what_it_has() {
        let json =
            r#"{"volume_percent": 500, "state": {"place": [9, 0], "notes": {"root": 200}}, "more": 1}"#;
        let session = serde_json::from_str::<Session>(json).unwrap().tidy();
        assert_eq!(
            (session.volume_percent, session.state.place.x, session.state.notes.root),
            (100.0, 4.0, 127)
        );
    }
}
