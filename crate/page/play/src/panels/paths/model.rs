//! The editor of paths as its script draws it.

use std::rc::Rc;

use path::PathNote;
use plane::Point;
use serde::Serialize;

use super::edited::EditedPath;
use super::lanes::{CURVE_COUNT, RANGES};
use super::{
    Paths, PathsAmountRange, PathsCounts, PathsCurveModel, PathsFourModel, PathsLane, PathsOperator,
    PathsRemark, PathsWay, PathsWriting,
};
use crate::loops::RecordedLoop;
use crate::panels::PanelId;
use crate::state::State;
use crate::tone_domain::ToneDomain;

/// More visible notes than this are not shown one by one.
const MOST_NOTES: usize = 80;

/// The editor of paths.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsModel {
    /// True while it is shown.
    pub is_open: bool,
    /// All loops, oldest first.
    pub paths: Vec<PathsChoice>,
    /// The number of the chosen loop; 0 without loops.
    pub chosen: u8,
    /// Its own name; empty if its number is its name.
    pub name: String,
    /// The chosen finger, from 0.
    pub finger: usize,
    /// The number of fingers of the chosen loop.
    pub fingers: usize,
    /// True while the chosen loop plays.
    pub is_playing: bool,
    /// The way to make a path.
    pub way: PathsWay,
    /// The lanes; null without a path, and while another way is shown.
    pub lanes: Option<Box<PathsLanesModel>>,
    /// The square; null while another way is shown.
    pub four: Option<PathsFourModel>,
    /// The path that follows a curve; null while another way is shown.
    pub curve: Option<Box<PathsCurveModel>>,
    /// True while the kinds of files are shown.
    pub has_files: bool,
    /// The file that is written.
    pub writing: Option<PathsWriting>,
    /// The sentences.
    pub remarks: Vec<PathsRemark>,
    /// Counts of moments.
    pub counts: PathsCounts,
}

/// A loop that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsChoice {
    /// Its number.
    pub number: u8,
    /// Its name.
    pub name: String,
    /// Its length in seconds.
    pub length_s: f64,
    /// The number of the instrument on which it was made, if another one plays.
    pub made_on: Option<u8>,
}

/// The lanes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsLanesModel {
    /// The chosen lane.
    pub chosen: PathsLane,
    /// The visible part of the time, in seconds.
    pub from_s: f64,
    /// Its end.
    pub to_s: f64,
    /// The length of the path in seconds.
    pub length_s: f64,
    /// The seconds of a beat, if the path lasts beats.
    pub beat_s: Option<f64>,
    /// The distance of the lines in seconds.
    pub step_s: f64,
    /// The times of the lines.
    pub lines_s: Vec<f64>,
    /// The curves.
    pub curves: [PathsCurve; CURVE_COUNT],
    /// The points of the chosen curve.
    pub points: Vec<PathsPointModel>,
    /// The chosen one of these.
    pub point: usize,
    /// The notes.
    pub notes: PathsNotesModel,
    /// The chosen operator.
    pub operator: Option<PathsOperatorModel>,
    /// True while a drag erases.
    pub erases: bool,
}

/// A curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsCurve {
    /// The values at the lower edge of its lane.
    pub least: f32,
    /// The value at the upper edge.
    pub most: f32,
    /// The value at the beginning of the visible part.
    pub value: f32,
    /// For each pixel the least and the greatest value.
    pub now: Vec<f32>,
    /// The same before the operator; null without one.
    pub before: Option<Vec<f32>>,
}

/// A point of a curve that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsPointModel {
    /// Its time.
    pub time_s: f64,
    /// Its value.
    pub value: f32,
}

/// The lane of notes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsNotesModel {
    /// The visible notes; none if they are too many to tell apart.
    pub shown: Vec<PathsNote>,
    /// The number of notes that are too many; 0 if all are shown.
    pub crowded: usize,
    /// The chosen note.
    pub chosen: PathsNote,
    /// True if it is the only one, which stays.
    pub is_only: bool,
    /// Counts the moments at which the chosen note takes the focus.
    pub focuses: u32,
}

/// A note.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsNote {
    /// Its position among all notes of the path.
    pub index: usize,
    /// Its beginning in seconds.
    pub start_s: f64,
    /// Its length in seconds.
    pub length_s: f64,
    /// Its MIDI key; null: the key that the page plays.
    pub key: Option<u8>,
    /// Its velocity.
    pub velocity: u8,
}

/// The chosen operator.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsOperatorModel {
    /// The operator.
    pub operator: PathsOperator,
    /// True while it has an amount to choose.
    pub is_open: bool,
    /// True if there is no path to mix with.
    pub lacks_other: bool,
    /// The range of its slider.
    pub range: PathsAmountRange,
    /// The place of the slider.
    pub slider: f64,
    /// The amount there: a time in seconds, a factor, or the place itself.
    pub amount: f64,
    /// The lane that it changes; null: the whole path.
    pub lane: Option<PathsLane>,
    /// The number of the loop that is mixed in.
    pub other: u8,
}

/// The moving part of the editor, from frame to frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsMotion {
    /// The place where the chosen path plays, in seconds of its recording; null if it does not play.
    pub time_s: Option<f64>,
    /// The share of its time that the found path has played; null if it does not play.
    pub found: Option<f64>,
    /// The plane on the map, while places are marked there: the pixel of its middle, and the pixels of a unit
    /// to the right and down.
    pub map: Option<[f64; 4]>,
}

pub(super) fn motion(state: &State) -> PathsMotion {
    let paths = &state.panels.paths;
    let is_followed = state.panels.is_open(PanelId::Paths) && paths.way == PathsWay::Curve;
    PathsMotion {
        time_s: state.gesture.time_s(paths.number),
        found: paths.curve.played_share(state).filter(|_| is_followed),
        map: (is_followed && paths.curve.has_marks()).then(|| plane_on_map(state)),
    }
}

/// The pixel of the plane's middle on the map, and the pixels of a unit to the right and down.
fn plane_on_map(state: &State) -> [f64; 4] {
    let at = |x, y| state.map.viewport.to_screen(Point { x, y });
    let ((x, y), (right, down)) = (at(0.0, 0.0), at(1.0, -1.0));
    [x, y, right - x, down - y]
}

pub(super) fn model(state: &State) -> PathsModel {
    let paths = &state.panels.paths;
    let is_open = state.panels.is_open(PanelId::Paths);
    let loops = state.document().loops.all();
    let own = loops.iter().find(|own| own.number == paths.number);
    let plays = ToneDomain::number(state.sound.instruments.domain);
    let choice = |own: &Rc<RecordedLoop>| PathsChoice {
        number: own.number,
        name: paths.words.name(own),
        length_s: own.length_s,
        made_on: Some(own.instrument.unwrap_or_default()).filter(|&made_on| made_on != plays),
    };
    let lanes = paths.edited.as_ref().filter(|_| is_open && paths.way == PathsWay::Lanes);
    let four = || paths.four.model(loops, state.is_amsynth(), |own| paths.words.name(own));
    PathsModel {
        is_open,
        paths: loops.iter().map(choice).collect(),
        chosen: own.map_or(0, |own| own.number),
        name: own.and_then(|own| own.name.clone()).unwrap_or_default(),
        finger: paths.finger,
        fingers: own.map_or(0, |own| own.fingers.len()),
        is_playing: state.gesture.plays(paths.number),
        way: paths.way,
        lanes: lanes.map(|edited| Box::new(paths.lanes_model(edited))),
        four: (paths.way == PathsWay::Four).then(four),
        curve: (paths.way == PathsWay::Curve).then(|| Box::new(paths.curve.model(state))),
        has_files: paths.files.is_listed,
        writing: paths.files.writing(),
        remarks: paths.remarks.clone(),
        counts: paths.counts,
    }
}

impl Paths {
    fn lanes_model(&self, edited: &EditedPath) -> PathsLanesModel {
        let (lanes, timeline) = (&self.lanes, &self.lanes.timeline);
        let range_s = [timeline.from_s, timeline.to_s];
        let pixels = timeline.width_px.ceil() as usize;
        let has_before = self.operator.is_open();
        let curve = |number: usize| PathsCurve {
            least: RANGES[number][0],
            most: RANGES[number][1],
            value: edited.value(number, timeline.from_s),
            now: edited.extremes(number, false, range_s, pixels),
            before: has_before.then(|| edited.extremes(number, true, range_s, pixels)),
        };
        let point = |number: usize| {
            move |time_s: f64| PathsPointModel { time_s, value: edited.value(number, time_s) }
        };
        let chosen = lanes.chosen.curve();
        let points = chosen
            .map_or_else(Vec::new, |number| timeline.points_s().into_iter().map(point(number)).collect());
        PathsLanesModel {
            chosen: lanes.chosen,
            from_s: timeline.from_s,
            to_s: timeline.to_s,
            length_s: timeline.length_s,
            beat_s: timeline.beat_s(),
            step_s: timeline.step_s(),
            lines_s: timeline.lines_s(),
            curves: std::array::from_fn(curve),
            points,
            point: chosen.and_then(|number| lanes.point(number)).map_or(0, |(index, _)| index),
            notes: self.notes_model(edited.notes()),
            operator: self.operator_model(),
            erases: self.operator.erases(),
        }
    }

    fn notes_model(&self, notes: &[PathNote]) -> PathsNotesModel {
        let timeline = &self.lanes.timeline;
        let note = |(index, note): (usize, &PathNote)| PathsNote {
            index,
            start_s: note.start_s,
            length_s: note.length_s,
            key: note.key,
            velocity: note.velocity,
        };
        let is_visible =
            |(_, note): &(usize, &PathNote)| note.start_s <= timeline.to_s && note.end_s() >= timeline.from_s;
        let visible: Vec<PathsNote> = notes.iter().enumerate().filter(is_visible).map(note).collect();
        let chosen = self.notes.chosen.min(notes.len().saturating_sub(1));
        let is_crowded = visible.len() > MOST_NOTES;
        PathsNotesModel {
            crowded: if is_crowded { visible.len() } else { 0 },
            shown: if is_crowded { Vec::new() } else { visible },
            // A path has a note at least.
            chosen: note((chosen, &notes[chosen])),
            is_only: notes.len() < 2,
            focuses: self.notes.focuses,
        }
    }

    fn operator_model(&self) -> Option<PathsOperatorModel> {
        let state = &self.operator;
        let operator = state.chosen()?;
        let lane = state.curve(self.lanes.chosen).map(|_| self.lanes.chosen);
        Some(PathsOperatorModel {
            operator,
            is_open: state.is_open(),
            lacks_other: state.lacks_other(),
            range: state.range,
            slider: state.slider,
            amount: operator.amount(state.slider),
            lane,
            other: state.other,
        })
    }
}
