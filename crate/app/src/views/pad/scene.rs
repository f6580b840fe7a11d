//! What is marked on the map, from what is behind to what is in front: what lies there until a person
//! changes it, and over it what a frame moves.

use play::compare::{Comparison, Side};
use play::{Gesture, Landmarks, Notes, Point, State};

use crate::ghost::GesturePlayer;
use crate::hand::Mark;
use crate::pad::draw::Pen;
use crate::pad::trail::Trail;

/// How your place is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// What you hear is what the map says there, or the very preset that lies there.
    Unedited,
    /// What you hear is a patch of your own: hollow.
    Edited,
}

/// What lies still: the notes' strips, the gesture, landmarks, the side of the comparison that waits.
pub struct Placed {
    notes: Notes,
    gesture: Option<Gesture>,
    landmarks: Landmarks,
    comparison: Comparison,
}

impl Placed {
    /// Of what is true now.
    pub fn of(Scene { state, ghosts, .. }: &Scene<'_>) -> Self {
        Self {
            notes: state.notes,
            gesture: ghosts.gesture().cloned(),
            landmarks: state.landmarks.clone(),
            comparison: state.comparison.clone(),
        }
    }

    /// Whether it still is what is true.
    pub fn is_of(&self, Scene { state, ghosts, .. }: &Scene<'_>) -> bool {
        self.notes == state.notes
            && self.gesture.as_ref() == ghosts.gesture()
            && self.landmarks == state.landmarks
            && self.comparison == state.comparison
    }

    /// Draws all of it.
    pub fn draw(&self, pen: &Pen<'_>) {
        pen.lanes(&self.notes);
        for line in self.gesture.iter().flat_map(Gesture::lines) {
            pen.path(line);
        }
        for (number, landmark) in self.landmarks.all().iter().enumerate() {
            pen.flag(landmark.point, &(number + 1).to_string());
        }
        if let Some(other) = &self.comparison.other {
            pen.badge(other.point, letter(self.comparison.heard.other()));
        }
    }
}

fn letter(side: Side) -> &'static str {
    if side == Side::A { "A" } else { "B" }
}

/// Everything that moves, and what is marked besides.
pub struct Scene<'a> {
    /// Where you are.
    pub place: Point,
    /// How that is marked.
    pub seen: Seen,
    /// The touches.
    pub marks: &'a [Mark],
    /// Landmarks, A and B, the notes' strips.
    pub state: &'a State,
    /// The gesture.
    pub ghosts: &'a GesturePlayer,
}

impl Scene<'_> {
    /// Whether a finger is down.
    pub fn is_touched(&self) -> bool {
        self.marks.iter().any(|mark| mark.touching)
    }

    /// Draws what moves.
    pub fn draw(&self, pen: &Pen<'_>, trail: &Trail, now_ms: f64) {
        pen.trail(trail, now_ms);
        pen.crosshair(self.place, if self.is_touched() { 0.6 } else { 0.3 });
        let place = self.marks.iter().find(|mark| mark.part == 0).copied();
        let place = place.unwrap_or(Mark { part: 0, point: self.place, touching: false, sounding: false });
        for mark in self.marks.iter().filter(|mark| mark.part != 0) {
            pen.ring(mark, false);
        }
        pen.ring(&place, self.seen == Seen::Edited);
        let comparison = &self.state.comparison;
        if comparison.other.is_some() {
            pen.badge_beside(self.place, letter(comparison.heard));
        }
    }
}
