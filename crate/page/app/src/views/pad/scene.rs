//! The marks on the map from back to front: those that only an edit changes, and over them those that move.

use std::rc::Rc;

use play::compare::{Comparison, Side};
use play::dot_names::Area;
use play::tone_domain::ToneDomain;
use play::touches::TouchSource;
use play::{Landmarks, Notes, Overlays, RecordedLoop, State};

use crate::views::pad::draw::{Pen, TouchMark};
use crate::views::pad::part_labels::PartLabels;
use crate::views::pad::trail::Trail;
use crate::views::pad::{breed, strands};
use crate::views::pad::{chosen_dot, ends};
use crate::words::Language;

/// The static marks: the notes' lanes, loops, landmarks, the inactive side of the comparison.
pub struct StillMarks {
    notes: Notes,
    /// The names of the lanes' notes, from left to right.
    lane_names: Vec<String>,
    /// Each, and whether it plays.
    loops: Vec<(Rc<RecordedLoop>, bool)>,
    landmarks: Landmarks,
    comparison: Comparison,
    domain: Option<ToneDomain>,
    overlays: Overlays,
}

impl StillMarks {
    /// The marks of a state.
    pub fn of(state: &State, language: &Language) -> Self {
        let document = state.document();
        Self {
            notes: document.notes,
            lane_names: document
                .notes
                .lanes()
                .iter()
                .map(|lane| language.note_in(document.notes.scale, document.notes.root, lane.key).to_owned())
                .collect(),
            loops: loops_of(state).map(|(own, plays)| (Rc::clone(own), plays)).collect(),
            landmarks: document.landmarks.clone(),
            comparison: document.comparison.clone(),
            domain: state.sound.instruments.domain,
            overlays: state.overlays(),
        }
    }

    /// True if they still match the state.
    pub fn are_of(&self, state: &State) -> bool {
        let document = state.document();
        self.notes == document.notes
            && (self.loops.iter().map(|(own, plays)| (Rc::as_ptr(own), *plays)))
                .eq(loops_of(state).map(|(own, plays)| (Rc::as_ptr(own), plays)))
            && self.landmarks == document.landmarks
            && self.comparison == document.comparison
            && self.domain == state.sound.instruments.domain
            && self.overlays == state.overlays()
    }

    /// Draws all of them.
    pub fn draw(&self, pen: &Pen<'_>) {
        pen.lanes(&self.notes, &self.lane_names);
        let loops = self.loops.iter().filter(|_| self.overlays.loops);
        loops.for_each(|(own, plays)| pen.recorded_loop(own, *plays));
        // A point of another instrument is none here.
        let landmarks = self.landmarks.all().iter().enumerate().filter(|_| self.overlays.pins);
        for (number, landmark) in
            landmarks.filter(|(_, landmark)| landmark.instrument.domain() == self.domain)
        {
            pen.flag(landmark.point, &(number + 1).to_string());
        }
        if let Some(other) =
            self.comparison.other.as_ref().filter(|other| other.instrument.domain() == self.domain)
        {
            pen.badge(other.point, letter(self.comparison.heard.other()));
        }
    }
}

/// The values that the moving marks need besides the state.
pub struct MovingMarks<'a> {
    /// True if the patch of the current point is neither the decoded one nor the preset's that lies there.
    pub is_edited: bool,
    /// The trail of the current point.
    pub trail: &'a Trail,
    /// The label of the nearest preset, on a zoomed map.
    pub near: Option<String>,
    /// The areas of the elements that lie on the map.
    pub taken: &'a [Area],
    /// How loud it sounds, 0…1.
    pub level: f64,
    /// The numbers of further fingers.
    pub labels: &'a mut PartLabels,
}

/// Draws the marks that move: the strands of a search, the children of Breed, the trail, the crosshair, the nearest
/// preset, a ring for each part, and one for the chosen dot of the codebook.
pub fn draw_moving(state: &State, moving: &mut MovingMarks<'_>, pen: &Pen<'_>, now_ms: f64) {
    let point = state.point();
    ends::draw(state, pen);
    if state.overlays().answers {
        strands::draw(state, pen);
    }
    breed::draw(state, pen);
    let is_edited = moving.is_edited;
    pen.trail(moving.trail, now_ms);
    pen.crosshair(point, if state.touches.is_touching() { 0.6 } else { 0.3 });
    if let Some((_, dot)) = state.nearest_preset().filter(|_| state.overlays().dots) {
        pen.nearest(dot, point, moving.near.as_deref(), moving.taken);
    }
    let has_wheel = state.breed_wheel().is_some();
    let marks = || {
        // The number of a child of Breed shows where it sounds.
        let is_child = |source| source == Some(TouchSource::Audition) && has_wheel;
        let touches = state.touches.all().iter();
        let touches = touches.filter(move |touch| !is_loop(touch.source) && !is_child(touch.source));
        touches.map(|touch| TouchMark {
            part: touch.part,
            point: state.point_of(touch.part),
            is_sounding: state.keys.holds_touch(touch.id),
        })
    };
    for touch in state.touches.all() {
        if let Some(number) = touch.source.and_then(TouchSource::loop_number) {
            pen.loop_finger(state.touches.other_point(touch.part), number);
        }
    }
    for mark in marks().filter(|mark| mark.part != 0) {
        pen.ring(&mark, false, moving.level);
        moving.labels.draw(pen, mark.part, pen.beside_ring(mark.point));
    }
    let first = marks().find(|mark| mark.part == 0);
    pen.ring(&first.unwrap_or(TouchMark { part: 0, point, is_sounding: false }), is_edited, moving.level);
    let comparison = &state.document().comparison;
    if comparison.other.is_some() {
        pen.badge_beside(point, letter(comparison.heard));
    }
    chosen_dot::draw(state, pen);
}

/// The loops on the shown map, and whether each plays, or waits to be heard for the first time. Sung loops on trial are
/// loops of amSynth.
fn loops_of(state: &State) -> impl Iterator<Item = (&Rc<RecordedLoop>, bool)> {
    let is_offered = state.page.onboarding.offers_loops();
    let on_trial = state.panels.sing.loops_on_trial().iter().filter(|_| state.is_amsynth());
    let own = state.loops_here().map(move |own| (own, is_offered || state.gesture.plays(own.number)));
    own.chain(on_trial.map(|own| (own, true)))
}

fn is_loop(source: Option<TouchSource>) -> bool {
    source.is_some_and(TouchSource::is_loop)
}

fn letter(side: Side) -> &'static str {
    if side == Side::A { "A" } else { "B" }
}
