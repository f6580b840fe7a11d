//! What a frame shows over the still map, from what is behind to what is in front.

use play::compare::Side;
use play::{Point, State};

use crate::ghost::Ghosts;
use crate::hand::Mark;
use crate::pad::draw::Pen;
use crate::pad::trail::Trail;

/// How your place is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// What you hear is what the map says there.
    Decoded,
    /// What you hear is a patch of its own: hollow.
    Edited,
}

/// Everything that moves or is marked.
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
    pub ghosts: &'a Ghosts,
}

impl Scene<'_> {
    /// Whether a finger is down.
    pub fn is_touched(&self) -> bool {
        self.marks.iter().any(|mark| mark.touching)
    }

    /// Draws all of it.
    pub fn draw(&self, pen: &Pen<'_>, trail: &Trail, now_ms: f64) {
        pen.lanes(&self.state.notes);
        if let Some(gesture) = self.ghosts.gesture() {
            for line in gesture.lines() {
                pen.path(line);
            }
        }
        self.draw_places(pen);
        pen.trail(trail, now_ms);
        pen.crosshair(self.place, if self.is_touched() { 0.6 } else { 0.3 });
        let place = self.marks.iter().find(|mark| mark.part == 0).copied();
        let place = place.unwrap_or(Mark { part: 0, point: self.place, touching: false, sounding: false });
        for mark in self.marks.iter().filter(|mark| mark.part != 0) {
            pen.ring(mark, false);
        }
        pen.ring(&place, self.seen == Seen::Edited);
    }

    /// Landmarks by their number, and the side of the comparison that waits.
    fn draw_places(&self, pen: &Pen<'_>) {
        for (number, landmark) in self.state.landmarks.all().iter().enumerate() {
            pen.flag(landmark.point, &(number + 1).to_string());
        }
        let comparison = &self.state.comparison;
        if let Some(other) = &comparison.other {
            let letter = |side| if side == Side::A { "A" } else { "B" };
            pen.badge(other.point, letter(comparison.heard.other()));
            pen.badge(self.place, letter(comparison.heard));
        }
    }
}
