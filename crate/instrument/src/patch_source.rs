//! Where one part's point is, and where its patch comes from: what is decoded at the point, or a patch that
//! the part was given and keeps until it is taken back. The one owner of the point. Decides only; decodes
//! nothing. Never allocates.

use patch::Patch;
use plane::Point;

/// The point of one part and the source of its patch.
#[derive(Default)]
pub struct PatchSource {
    /// The patch, without overrides.
    patch: Patch,
    /// Where the part is.
    point: Point,
    /// What the part's AudioParams said last.
    automated: Point,
    /// The point that the patch was decoded at or given for.
    patch_point: Option<Point>,
    is_given: bool,
    /// Counts the decoded patches.
    revision: u32,
}

impl PatchSource {
    /// The part is at a point from now on.
    pub fn move_to(&mut self, point: Point) {
        self.point = point;
    }

    /// What the AudioParams say in this block. They move the part only where they change: what moved it
    /// last counts.
    pub fn automate(&mut self, point: Point) {
        if std::mem::replace(&mut self.automated, point) != point {
            self.point = point;
        }
    }

    /// Where the part is.
    pub fn point(&self) -> Point {
        self.point
    }

    /// Gives the part a patch, and the point that it belongs to.
    pub fn give(&mut self, patch: &Patch, point: Option<Point>) {
        self.patch = *patch;
        self.point = point.unwrap_or(self.point);
        self.patch_point = Some(self.point);
        self.is_given = true;
    }

    /// Takes a given patch back: the part plays what is decoded at its point.
    pub fn take_back(&mut self) {
        if std::mem::take(&mut self.is_given) {
            self.patch_point = None;
        }
    }

    /// Another decoder decodes the part's point from now on; a given patch stays.
    pub fn decode_again(&mut self) {
        if !self.is_given {
            self.patch_point = None;
        }
    }

    /// The point that must be decoded, if any. It is not asked for again, even if the decoder fails there.
    pub fn take_undecoded(&mut self) -> Option<Point> {
        let point = self.undecoded()?;
        self.patch_point = Some(point);
        Some(point)
    }

    /// The point that must be decoded, if any.
    pub fn undecoded(&self) -> Option<Point> {
        (!self.is_given && self.patch_point != Some(self.point)).then_some(self.point)
    }

    /// Takes the decoded patch.
    pub fn set_decoded(&mut self, patch: &Patch) {
        self.patch = *patch;
        self.revision = self.revision.wrapping_add(1);
    }

    /// The patch, without overrides.
    pub fn patch(&self) -> &Patch {
        &self.patch
    }

    /// The patch, to be edited; the next one that is decoded or given replaces it.
    pub fn patch_mut(&mut self) -> &mut Patch {
        &mut self.patch
    }

    /// The point that the patch belongs to; the middle before the first was decoded.
    pub fn patch_point(&self) -> Point {
        self.patch_point.unwrap_or_default()
    }

    /// Counts the decoded patches.
    pub fn revision(&self) -> u32 {
        self.revision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Point = Point { x: 1.0, y: 2.0 };
    const THERE: Point = Point { x: -3.0, y: 0.5 };

    #[test]
    fn a_point_is_decoded_when_it_moves() {
        let mut source = PatchSource::default();
        for point in [HERE, THERE, HERE] {
            source.move_to(point);
            assert_eq!(source.take_undecoded(), Some(point));
            assert_eq!(source.take_undecoded(), None);
        }
    }

    #[test]
    fn a_given_patch_stays_until_it_is_taken_back() {
        let mut source = PatchSource::default();
        source.give(&Patch::default(), Some(THERE));
        assert_eq!((source.point(), source.patch_point(), source.take_undecoded()), (THERE, THERE, None));
        source.automate(HERE);
        source.decode_again();
        assert_eq!(source.take_undecoded(), None, "neither a move nor a decoder ends it");
        source.take_back();
        assert_eq!(source.take_undecoded(), Some(HERE));
        source.take_back();
        assert_eq!(source.take_undecoded(), None, "there is nothing to take back");
    }

    #[test]
    fn what_moved_last_counts() {
        let mut source = PatchSource::default();
        source.automate(HERE);
        source.move_to(THERE);
        source.automate(HERE);
        assert_eq!(source.point(), THERE, "the AudioParams rest");
        source.automate(Point::default());
        assert_eq!(source.point(), Point::default());
    }

    #[test]
    fn another_decoder_decodes_where_the_part_is() {
        let mut source = PatchSource::default();
        source.move_to(HERE);
        source.take_undecoded();
        source.decode_again();
        assert_eq!(source.take_undecoded(), Some(HERE));
    }
}
