//! The way of a tone along the contours of a recorded note: once through its attack, then back and forth through what
//! is held, with turns that differ. Never allocates.

use frame_model::{CONTOUR_STEP_S, ContourPoint, ToneContour};

/// The share of the held part, at each of its ends, in which a turn may lie.
const TURN_SHARE: f32 = 0.3;

/// The place of a tone on a contour.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ContourWalk {
    /// The number of the contour among those of the model; `None` without one.
    contour: Option<usize>,
    /// The place at the end of this hop, in steps of the contour, and the steps of a hop.
    place: f32,
    stride: f32,
    is_backward: bool,
    turn: f32,
    random: u32,
    /// The values at the place.
    pub(crate) point: ContourPoint,
}

impl ContourWalk {
    /// Begins a note on a contour. `seed` decides the turns.
    pub(crate) fn begin(&mut self, contours: &[ToneContour], contour: Option<usize>, hop_s: f32, seed: u32) {
        *self = Self { contour, stride: hop_s / CONTOUR_STEP_S, random: seed, ..Self::default() };
        if let Some(contour) = self.contour(contours) {
            self.turn = self.next_turn(contour);
        }
    }

    /// The contour, which must be one of those that the walk began with.
    pub(crate) fn contour<'a>(&self, contours: &'a [ToneContour]) -> Option<&'a ToneContour> {
        self.contour.and_then(|index| contours.get(index))
    }

    /// Goes on by a hop.
    pub(crate) fn advance(&mut self, contours: &[ToneContour]) {
        let Some(contour) = self.contour(contours) else { return };
        self.place += if self.is_backward { -self.stride } else { self.stride };
        let has_come = if self.is_backward { self.place <= self.turn } else { self.place >= self.turn };
        if has_come {
            self.place = self.turn;
            self.is_backward = !self.is_backward;
            self.turn = self.next_turn(contour);
        }
        self.point = contour.at(self.place);
    }

    /// The place so many hops later, as if no turn came before.
    pub(crate) fn place_after(&self, hops: f32) -> f32 {
        let way = hops * self.stride;
        if self.is_backward { (self.place - way).max(self.turn) } else { (self.place + way).min(self.turn) }
    }

    /// The place of the next turn in this direction.
    fn next_turn(&mut self, contour: &ToneContour) -> f32 {
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let share = TURN_SHARE * (self.random >> 8) as f32 / (1 << 24) as f32;
        let [start, end] = [contour.loop_start, contour.steps() - 1].map(|step| step as f32);
        if self.is_backward { start + share * (end - start) } else { end - share * (end - start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contour(steps: usize, loop_start: usize) -> ToneContour {
        ToneContour {
            key: 60,
            release_s: 0.2,
            loop_start,
            place: Vec::new(),
            level_db: (0..steps).map(|step| step as f32 - 50.0).collect(),
            noise_db: vec![0.0; steps],
            cents: vec![0.0; steps],
            latent: vec![Vec::new(); steps.div_ceil(2)],
        }
    }

    #[test]
    fn a_walk_passes_the_attack_once_and_turns_within_the_held_part() {
        let contours = [contour(100, 30)];
        let mut walk = ContourWalk::default();
        walk.begin(&contours, Some(0), 0.005, 7);
        let mut places = Vec::new();
        for _ in 0..20_000 {
            walk.advance(&contours);
            places.push(walk.place);
            assert_eq!(walk.point.level_db, walk.place - 50.0);
        }
        assert_eq!(places[..3], [0.5, 1.0, 1.5]);
        let held = &places[60..];
        assert!(held.iter().all(|place| (30.0..=99.0).contains(place)));
        let turns: Vec<f32> =
            held.windows(3).filter(|at| (at[1] - at[0]) * (at[2] - at[1]) < 0.0).map(|at| at[1]).collect();
        assert!(turns.len() > 100, "it goes back and forth");
        assert!(
            turns.windows(3).filter(|turns| turns[0] == turns[2]).count() < 10,
            "no turn is like the last"
        );
    }

    #[test]
    fn without_a_contour_a_walk_stays_at_the_mean() {
        let mut walk = ContourWalk::default();
        for contour in [None, Some(3)] {
            walk.begin(&[], contour, 0.005, 1);
            walk.advance(&[]);
            assert_eq!(walk.point, ContourPoint::default());
        }
    }
}
