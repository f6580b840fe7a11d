//! Where the patch of one part comes from: the point of the plane that it follows, or a patch that it was
//! given and keeps until that point moves. Decides only; decodes nothing. Never allocates.

use patch::Patch;

/// Seconds that a given patch waits for the point it belongs to: the point comes by another way than
/// the patch and may glide there.
const PATIENCE_S: f64 = 0.5;

/// The source of one part's patch.
pub struct Course {
    /// The patch, without what the player holds.
    pub patch: Patch,
    /// The point that the patch belongs to.
    point: Option<[f32; 2]>,
    waiting: Option<Waiting>,
    patience_frames: usize,
    /// Counts the decoded patches.
    pub revision: u32,
}

/// A given patch whose point has not come yet.
struct Waiting {
    /// Whatever comes next, or this one.
    point: Option<[f32; 2]>,
    frames: usize,
}

impl Course {
    /// The default patch, until the first point is decoded.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            patch: Patch::default(),
            point: None,
            waiting: None,
            patience_frames: (PATIENCE_S * sample_rate_hz) as usize,
            revision: 0,
        }
    }

    /// A patch that stays until the point moves away from `point`, or from where it is now.
    pub fn give(&mut self, patch: &Patch, point: Option<[f32; 2]>) {
        self.patch = *patch;
        self.waiting = Some(Waiting { point, frames: self.patience_frames });
    }

    /// The patch of the point is decoded again, wherever the point is: the decoder is new, or a given
    /// patch is taken back.
    pub fn begin_anew(&mut self) {
        self.point = None;
        self.waiting = None;
    }

    /// Whether the patch of this point must be decoded, once a block of `frames`.
    pub fn turns_to(&mut self, point: [f32; 2], frames: usize) -> bool {
        if let Some(waiting) = &mut self.waiting {
            let arrived = waiting.point.is_none_or(|awaited| awaited == point);
            waiting.frames = waiting.frames.saturating_sub(frames);
            if arrived || waiting.frames == 0 {
                self.waiting = None;
                self.point = Some(point);
            }
            return false;
        }
        self.point != Some(point)
    }

    /// The point is being decoded; one that fails is not tried again.
    pub fn decode_at(&mut self, point: [f32; 2]) {
        self.point = Some(point);
    }

    /// The patch of that point.
    pub fn decoded(&mut self, patch: &Patch) {
        self.patch = *patch;
        self.revision = self.revision.wrapping_add(1);
    }

    /// The point that the patch belongs to.
    pub fn point(&self) -> [f32; 2] {
        self.point.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: [f32; 2] = [1.0, 2.0];
    const THERE: [f32; 2] = [-3.0, 0.5];

    #[test]
    fn a_point_is_decoded_when_it_moves() {
        let mut course = Course::new(48_000.0);
        for point in [HERE, THERE, HERE] {
            assert!(course.turns_to(point, 64));
            course.decode_at(point);
            assert!(!course.turns_to(point, 64));
        }
    }

    #[test]
    fn a_given_patch_stays_until_the_point_moves() {
        let mut course = Course::new(48_000.0);
        course.give(&Patch::default(), None);
        assert!(!course.turns_to(HERE, 64));
        assert!(!course.turns_to(HERE, 64));
        assert!(course.turns_to(THERE, 64));
    }

    #[test]
    fn a_given_patch_waits_for_the_point_it_belongs_to() {
        let mut course = Course::new(48_000.0);
        course.decode_at(HERE);
        course.give(&Patch::default(), Some(THERE));
        for way in [HERE, [0.0, 1.0], THERE, THERE] {
            assert!(!course.turns_to(way, 64), "{way:?}");
        }
        assert!(course.turns_to(HERE, 64));
    }

    #[test]
    fn a_patch_that_is_taken_back_gives_way_to_the_point() {
        let mut course = Course::new(48_000.0);
        for point in [None, Some(THERE)] {
            course.give(&Patch::default(), point);
            course.begin_anew();
            assert!(course.turns_to(HERE, 64), "given for {point:?}");
            course.decode_at(HERE);
            assert!(!course.turns_to(HERE, 64));
        }
    }

    #[test]
    fn a_point_that_never_comes_is_not_waited_for_for_ever() {
        let mut course = Course::new(48_000.0);
        course.give(&Patch::default(), Some(THERE));
        assert!((0..375).all(|_| !course.turns_to(HERE, 64)));
        assert!(!course.turns_to(HERE, 64));
        assert!(course.turns_to([0.0, 0.0], 64));
    }
}
