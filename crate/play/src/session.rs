//! What a browser keeps from one visit to the next. Written and read with serde, as JSON for
//! instance; whatever is missing or of no use gets its usual value, because an old session must
//! never keep the page from opening.

use serde::{Deserialize, Serialize};

use crate::gesture::Direction;
use crate::{Gesture, State};

/// What is switched on on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Presets as dots.
    pub dots: bool,
    /// Lines of equal value.
    pub contours: bool,
    /// A press near a dot means that very preset.
    pub snap: bool,
    /// The mouse plays without being pressed; a click freezes.
    pub free_mouse: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { dots: true, contours: false, snap: false, free_mouse: false }
    }
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Where you were and what you had.
    pub state: State,
    /// Number of the map's layer that was shown; the page knows which.
    pub layer: u8,
    /// What was switched on on it.
    pub options: Options,
    /// The recorded gesture.
    pub gesture: Option<Gesture>,
    /// Its tempo as a factor of the recorded one.
    pub tempo: f64,
    /// Its direction.
    pub direction: Direction,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            state: State::default(),
            layer: 0,
            options: Options::default(),
            gesture: None,
            tempo: 1.0,
            direction: Direction::default(),
        }
    }
}

impl Session {
    /// The same with every value within its limits.
    pub fn tidy(mut self) -> Self {
        self.state.notes = self.state.notes.tidy();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gesture::Recording;
    use crate::{Notes, Point};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_visit_is_kept_as_it_was(
            place in (-9.0f32..9.0, -9.0f32..9.0),
            names in prop::collection::vec(".{0,60}", 0..6),
            values in prop::collection::vec(any::<f32>(), patch::PARAMETER_COUNT),
            notes in (any::<u8>(), any::<u8>(), any::<f32>(), any::<f32>(), any::<bool>()),
            touches in prop::collection::vec((0.0f64..70.0, -4.0f32..4.0), 0..40),
            rest in (any::<u8>(), any::<bool>(), 1u8..64),
        ) {
            let mut session = Session { layer: rest.0, tempo: f64::from(rest.2) / 8.0, ..Session::default() };
            session.options.free_mouse = rest.1;
            let state = &mut session.state;
            state.place = Point::on_plane(place.0, place.1);
            let values: [f32; patch::PARAMETER_COUNT] = values.try_into().expect("so many were drawn");
            let patch = Some(Box::new(patch::Patch::from_values(&values)));
            let (root, octaves, steps_per_second, gate, hold) = notes;
            state.notes = Notes { root, octaves, steps_per_second, gate, hold, ..Notes::default() }.tidy();
            for name in names {
                // Names without a letter are refused.
                let _ = state.landmarks.drop_at(state.place, &name, patch.clone());
            }
            state.patch = patch;
            state.switch_sides();
            let mut recording = Recording::default();
            for (time_s, x) in touches {
                recording.touch(time_s, Point { x, y: x });
            }
            session.gesture = recording.finish(1.0);
            let json = serde_json::to_string(&session).unwrap();
            prop_assert_eq!(serde_json::from_str::<Session>(&json).unwrap().tidy(), session);
        }
    }

    #[test]
    fn a_visit_comes_back() {
        let mut session = Session { layer: 4, tempo: 0.5, ..Session::default() };
        session.options = Options { dots: false, contours: true, ..Options::default() };
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
            r#"{"options": {"snap": true}, "state": {"place": [9, 0], "notes": {"root": 200}}, "more": 1}"#;
        let session = serde_json::from_str::<Session>(json).unwrap().tidy();
        assert_eq!((session.state.place.x, session.state.notes.root), (4.0, 127));
        assert_eq!(session.options, Options { snap: true, ..Options::default() });
    }
}
