//! The state that a browser stores from one visit to the next, by serde. Missing or invalid fields get their defaults
//! and affect no others, because an old session must never stop the page from opening.

use path::strokes::EarlierGesture;
use serde::Serialize;

use crate::compare::Location;
use crate::field_by_field::field_by_field;
use crate::hints::SeenHints;
use crate::kept_work::KeptWork;
use crate::loops::{Direction, Recorded, RecordedLoop};
use crate::page::Tab;
use crate::tone_domain::ToneOffsets;
use crate::work_area::WorkWidths;
use crate::{Document, Point};

/// The layers over the map's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Overlays {
    /// The names of regions and presets.
    pub names: bool,
    /// Presets as dots.
    pub dots: bool,
    /// The paths of the loops.
    pub loops: bool,
    /// The pins.
    pub pins: bool,
    /// The answers of a search.
    pub answers: bool,
}

impl Default for Overlays {
    fn default() -> Self {
        Self { names: true, dots: true, loops: true, pins: true, answers: true }
    }
}

field_by_field!(Overlays { names, dots, loops, pins, answers });

/// The options of the map and of its room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Options {
    /// The layers over the map, for each place in the order of [`Tab::ALL`].
    pub overlays: [Overlays; Tab::ALL.len()],
    /// Lines of equal value.
    pub contours: bool,
    /// A touch near a dot plays its exact preset.
    pub snap: bool,
    /// The mouse plays while hovering; a click freezes it.
    pub free_mouse: bool,
    /// The widths of the work area beside the map that a person has chosen.
    pub work_widths: WorkWidths,
}

field_by_field!(Options { overlays, contours, snap, free_mouse, work_widths });

/// A visit's session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    /// The document.
    #[serde(rename = "state")]
    pub document: Document,
    /// Index of the map's layer that was shown.
    pub layer: u8,
    /// The chosen instrument, see [`crate::tone_domain::ToneDomain::of_number`]; the document's may be one that plays
    /// until it is loaded.
    pub instrument: u8,
    /// The location on amSynth to which it returns, if the document is at one of a domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<Location>,
    /// The mark of the model on whose plane the document's points are, see `model_change`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed_by: Option<Point>,
    /// The work that a link with loops has replaced, to which a person can return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yours: Option<Box<KeptWork>>,
    /// The name of the current patch, if it is a kept answer of “From a sound…”.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The axes beyond the plane of each domain.
    pub tone_offsets: ToneOffsets,
    /// The map's options.
    pub options: Options,
    /// The one gesture of earlier versions, which [`Session::tidy`] makes the first loop.
    #[serde(skip_serializing)]
    pub gesture: Option<EarlierGesture>,
    /// Its speed, as a factor of the recorded one.
    #[serde(skip_serializing)]
    pub tempo: f64,
    /// Its direction.
    #[serde(skip_serializing)]
    pub direction: Direction,
    /// The hints that were shown.
    pub hints: SeenHints,
    /// True if the drawer with the keys is open.
    pub are_keys_open: bool,
    /// The numbers of the last writes that it has seen, the newest first: see [`crate::SharedSession`].
    pub writes: Vec<u32>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            document: Document::default(),
            layer: 0,
            instrument: 0,
            home: None,
            placed_by: None,
            yours: None,
            name: String::new(),
            tone_offsets: ToneOffsets::default(),
            options: Options::default(),
            gesture: None,
            tempo: 1.0,
            direction: Direction::default(),
            hints: SeenHints::default(),
            are_keys_open: false,
            writes: Vec::new(),
        }
    }
}

field_by_field!(Session {
    document = "state",
    layer,
    instrument,
    home,
    placed_by,
    yours,
    name,
    tone_offsets,
    options,
    gesture,
    tempo,
    direction,
    hints,
    are_keys_open,
    writes,
});

/// The deepest nesting of a session's JSON; ours has six levels.
const NESTED_LIMIT: usize = 32;

/// True if a session's JSON can be parsed without a deep stack, which browsers lack.
pub fn is_shallow(json: &str) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    json.bytes().all(|letter| {
        match letter {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth <= NESTED_LIMIT
    })
}

impl Session {
    /// The session with every value clamped to its limits.
    pub fn tidy(mut self) -> Self {
        self.document.notes = self.document.notes.tidy();
        self.options.work_widths = self.options.work_widths.tidy();
        self.tone_offsets.as_flattened_mut().iter_mut().for_each(|offset| *offset = offset.clamp(-1.0, 1.0));
        let (speed, direction) =
            (std::mem::replace(&mut self.tempo, 1.0), std::mem::take(&mut self.direction));
        let earlier = self.gesture.take().and_then(|gesture| gesture.into_path().ok());
        if let Some((path, length_s)) = earlier.filter(|_| self.document.loops.all().is_empty()) {
            let loops = &mut self.document.loops;
            let own = RecordedLoop::from(Recorded { fingers: vec![path], length_s });
            loops.add(RecordedLoop { speed, direction, instrument: Some(0), ..own });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chord::{ArpeggioMode, Chord};
    use crate::loop_recording::LoopRecording;
    use crate::tone_domain::LocationInstrument;
    use crate::touches::TouchSource;
    use crate::tracks::beat::Beat;
    use crate::work_area::WorkKind;
    use crate::{Notes, Point, Scale};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// A stored session as read.
    fn opened(kept: Value) -> Session {
        serde_json::from_value::<Session>(kept).unwrap().tidy()
    }

    /// A recording of one finger: times and places.
    fn recorded(points: &[(f64, f32)]) -> Option<RecordedLoop> {
        let mut recording = LoopRecording::default();
        for &(time_s, x) in points {
            recording.touch(TouchSource::Pointer(1), time_s, Point { x, y: x }, 100);
        }
        recording.finish(1.0).map(RecordedLoop::from)
    }

    /// A session with every field set.
    fn visit() -> Session {
        let mut session = Session { layer: 4, instrument: 2, ..Session::default() };
        session.tone_offsets[1][2] = -0.5;
        session.options = Options { contours: true, ..Options::default() };
        session.options.work_widths.set(WorkKind::Tool, Some(0.6));
        session.options.overlays[Tab::Places as usize].dots = false;
        session.document.point = Point { x: 0.1, y: -3.3 };
        session.document.notes = Notes {
            root: 40,
            latch: true,
            chord: Chord::Triad,
            arpeggio: ArpeggioMode::Gate,
            ..Notes::default()
        };
        let bass = Location { patch: Some(Box::default()), ..Point { x: 1.0, y: 1.0 }.into() };
        session.document.landmarks.drop_at(bass, "Bass").unwrap();
        session.document.landmarks.drop_at(Point { x: -1.0, y: 1.0 }.into(), "Choir").unwrap();
        session.document.switch_sides();
        session.document.patch = Some(Box::default());
        session.document.instrument = LocationInstrument { number: 3, axes: [1, -2, 3, -100, 100, 0] };
        session.home = Some(Point { x: 2.0, y: 0.5 }.into());
        let mine = Document { title: "Mine".to_owned(), ..Document::default() };
        session.yours =
            Some(Box::new(KeptWork { document: Some(Box::new(mine)), brought: vec![7], is_back: false }));
        session.name = "drum".to_owned();
        session.document.loops.in_beats = false;
        session.document.beat = Beat::Kick;
        session.document.loops.add(recorded(&[(0.0, 0.0), (0.5, 1.0)]).unwrap());
        session.document.loops.change(1, |own| (own.speed, own.direction) = (0.5, Direction::Backward));
        session
    }

    /// Any JSON value.
    fn anything() -> impl Strategy<Value = Value> {
        let plain = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,9}".prop_map(Value::from),
        ];
        plain.prop_recursive(3, 60, 45, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..45).prop_map(Value::from),
                prop::collection::vec(("name|point|patch|root|.{0,5}", inner), 0..9)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn only_brackets_outside_of_texts_nest() {
        assert!(is_shallow(&serde_json::to_string(&visit()).unwrap()));
        assert!(is_shallow(&format!(r#"{{"name":"\\\"{}"}}"#, "[".repeat(100))));
        assert!(is_shallow(&"[]".repeat(100)));
        assert!(!is_shallow(&format!(r#"{{"layer":{}"#, "[".repeat(10_000))));
    }

    proptest! {
        #[test]
        fn any_session_is_restored_unchanged(
            place in (-9.0f32..9.0, -9.0f32..9.0),
            names in prop::collection::vec(".{0,60}", 0..6),
            values in prop::collection::vec(any::<f32>(), patch::PARAMETER_COUNT),
            notes in (any::<u8>(), any::<u8>(), any::<f32>(), any::<f32>(), any::<bool>()),
            touches in prop::collection::vec((0.0f64..70.0, -4.0f32..4.0), 0..40),
            rest in (any::<u8>(), any::<bool>(), 1u8..64),
        ) {
            let mut session = Session { layer: rest.0, ..Session::default() };
            session.options.free_mouse = rest.1;
            let state = &mut session.document;
            state.point = Point::on_plane(place.0, place.1);
            let instrument = LocationInstrument { number: 1 + rest.0 % 5, axes: [rest.0 as i8; 6] };
            state.instrument = instrument;
            let values: [f32; patch::PARAMETER_COUNT] = values.try_into().expect("the strategy draws this many");
            let patch = Some(Box::new(patch::Patch::from_values(&values)));
            let (root, octaves, bpm, gate, hold) = notes;
            state.notes = Notes { root, octaves, bpm, gate, latch: hold, ..Notes::default() }.tidy();
            for name in names {
                // Names without a letter are rejected.
                let location = Location { patch: patch.clone(), instrument, ..state.point.into() };
                let _ = state.landmarks.drop_at(location, &name);
            }
            state.patch = patch;
            state.switch_sides();
            if let Some(recorded) = recorded(&touches) {
                session.document.loops.add(recorded);
                session.document.loops.change(1, |own| own.speed = f64::from(rest.2) / 8.0);
            }
            let json = serde_json::to_string(&session).unwrap();
            prop_assert_eq!(opened(serde_json::from_str(&json).unwrap()), session);
        }

        #[test]
        fn an_invalid_field_affects_no_other(odd in anything()) {
            let kept = serde_json::to_value(visit()).unwrap();
            for parent in ["", "/options", "/state", "/state/notes", "/state/comparison", "/state/loops"] {
                for field in kept.pointer(parent).unwrap().as_object().unwrap().keys() {
                    let but_the_field = |mut visit: Value| {
                        visit.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(field);
                        visit
                    };
                    let mut kept_oddly = kept.clone();
                    kept_oddly.pointer_mut(parent).unwrap()[field] = odd.clone();
                    let again = serde_json::to_value(opened(kept_oddly)).unwrap();
                    prop_assert_eq!(but_the_field(again), but_the_field(kept.clone()), "{}/{}", parent, field);
                }
            }
        }

        #[test]
        fn an_invalid_landmark_affects_no_other(odd in anything(), within in prop::option::of("name|point|patch")) {
            let mut kept = serde_json::to_value(visit()).unwrap();
            let landmark = &mut kept["state"]["landmarks"][0];
            match within {
                Some(field) => landmark[field] = odd,
                None => *landmark = odd,
            }
            let mut session = opened(kept);
            let landmarks = std::mem::replace(&mut session.document.landmarks, visit().document.landmarks);
            prop_assert_eq!(landmarks.all().last(), session.document.landmarks.all().last());
            prop_assert_eq!(session, visit());
        }
    }

    #[test]
    fn a_session_is_restored() {
        assert_eq!(opened(serde_json::to_value(visit()).unwrap()), visit());
    }

    #[test]
    fn an_old_or_invalid_session_opens_with_its_valid_fields() {
        let session = opened(json!({
            "options": { "snap": true },
            "state": { "place": [9, 0], "notes": { "root": 200 } },
            "more": 1,
        }));
        assert_eq!((session.document.point.x, session.document.notes.root), (4.0, 127));
        assert_eq!(session.options, Options { snap: true, ..Options::default() });
    }

    #[test]
    fn a_damaged_gesture_affects_no_landmark() {
        let session = opened(json!({
            "gesture": { "length_s": 1, "strokes": [[]] },
            "state": { "landmarks": [{ "name": "Bass", "point": [1, 1] }] },
        }));
        assert!(session.document.loops.all().is_empty());
        assert_eq!(session.document.landmarks.all()[0].name, "Bass");
    }

    #[test]
    fn the_gesture_of_an_earlier_session_is_the_first_loop() {
        let earlier = json!({
            "gesture": { "length_s": 2.5, "strokes": [[[0, [0, 0]], [1, [1, 1]]], [[2, [-1, 0]]]] },
            "tempo": 0.5,
            "direction": "Backward",
        });
        let session = opened(earlier);
        let [own] = session.document.loops.all() else { panic!("there is one") };
        assert_eq!((own.number, own.length_s, own.speed), (1, 2.5, 0.5));
        assert_eq!((own.direction, own.fingers.len()), (Direction::Backward, 1));
        assert_eq!(own.fingers[0].at(1.0).unwrap().point, Point { x: 1.0, y: 1.0 });
        assert_eq!(opened(serde_json::to_value(&session).unwrap()), session, "it is kept as a loop");
        let mut deleted = session;
        deleted.document.loops.delete(1);
        assert!(opened(serde_json::to_value(&deleted).unwrap()).document.loops.all().is_empty());
    }

    #[test]
    fn fields_of_another_version_get_their_defaults() {
        let session = opened(json!({
            "tempo": "fast",
            "options": { "dots": "round", "contours": true },
            "state": {
                "notes": { "manner": "Strum", "scale": "Lydian", "octaves": [], "root": 40 },
                "landmarks": [{ "name": "Bass", "point": [1, 1], "patch": vec![0.5; 42] }, { "name": "Nowhere" }],
            },
        }));
        assert_eq!(session.options, Options { contours: true, ..Options::default() });
        assert_eq!(session.document.notes, Notes { root: 40, scale: Scale::default(), ..Notes::default() });
        let [bass] = session.document.landmarks.all() else { panic!("one has a point") };
        assert_eq!((bass.name.as_str(), bass.point, &bass.patch), ("Bass", Point { x: 1.0, y: 1.0 }, &None));
    }
}
