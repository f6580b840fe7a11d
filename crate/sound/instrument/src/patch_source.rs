//! The point of one part and the source of its patch: decoded at the point, or given and kept until it is removed.
//! The only owner of the point. Decodes nothing. Never allocates.

use patch::Patch;
use plane::Point;

/// The point of one part and the source of its patch.
#[derive(Default)]
pub struct PatchSource {
    /// The patch, without overrides.
    patch: Patch,
    /// The part's point.
    point: Point,
    /// The last values of the part's AudioParams.
    automated: Point,
    /// The point that the patch was decoded at or given for.
    patch_point: Option<Point>,
    is_given: bool,
    /// True if a path was the last to move the point.
    is_led: bool,
    /// The patch decoded at the part's own point, and that point. The page shows them while a path leads the part.
    own: Patch,
    own_point: Option<Point>,
    /// Counts the decoded patches, without those of paths.
    revision: u32,
}

impl PatchSource {
    /// Moves the part to a point.
    pub fn move_to(&mut self, point: Point) {
        self.point = point;
        self.is_led = false;
    }

    /// A path moves the part to a point.
    pub fn lead_to(&mut self, point: Point) {
        self.point = point;
        self.is_led = true;
    }

    /// Returns to the AudioParams' point, if a path has moved the part away.
    pub fn return_from_path(&mut self) {
        if self.is_led {
            self.move_to(self.automated);
        }
    }

    /// Sets the AudioParams' values for this block. They move the part only when they change, so that the last change
    /// counts.
    pub fn automate(&mut self, point: Point) {
        if std::mem::replace(&mut self.automated, point) != point {
            self.move_to(point);
        }
    }

    /// The part's point.
    pub fn point(&self) -> Point {
        self.point
    }

    /// Gives the part a patch and its point.
    pub fn give(&mut self, patch: &Patch, point: Option<Point>) {
        self.patch = *patch;
        self.point = point.unwrap_or(self.point);
        self.patch_point = Some(self.point);
        self.is_given = true;
    }

    /// True if the patch was given.
    pub fn is_given(&self) -> bool {
        self.is_given
    }

    /// Removes a given patch: the part plays the patch decoded at its point.
    pub fn take_back(&mut self) {
        if std::mem::take(&mut self.is_given) {
            self.patch_point = None;
        }
    }

    /// Requests decoding again after a change of the decoder; a given patch stays.
    pub fn decode_again(&mut self) {
        self.own_point = None;
        if !self.is_given {
            self.patch_point = None;
        }
    }

    /// Takes the point that must be decoded, if any. It is not returned again, even if the decoder fails there.
    pub fn take_undecoded(&mut self) -> Option<Point> {
        let point = self.undecoded()?;
        self.patch_point = Some(point);
        Some(point)
    }

    /// The point that must be decoded, if any.
    pub fn undecoded(&self) -> Option<Point> {
        (!self.is_given && self.patch_point != Some(self.point)).then_some(self.point)
    }

    /// Sets the decoded patch.
    pub fn set_decoded(&mut self, patch: &Patch) {
        self.patch = *patch;
        if !self.is_led {
            self.own_point = self.patch_point;
            self.set_own(patch);
        }
    }

    /// The part's own point, if it must be decoded, too, because a path leads the part elsewhere. It is not returned
    /// again.
    pub fn take_own(&mut self) -> Option<Point> {
        let is_new = self.is_led && self.own_point != Some(self.automated);
        self.own_point = if is_new { Some(self.automated) } else { self.own_point };
        self.own_point.filter(|_| is_new)
    }

    /// Sets the patch decoded at the part's own point.
    pub fn set_own(&mut self, patch: &Patch) {
        self.own = *patch;
        self.revision = self.revision.wrapping_add(1);
    }

    /// The patch, without overrides.
    pub fn patch(&self) -> &Patch {
        &self.patch
    }

    /// The same, but while a path leads the part, the patch of the part's own point.
    pub fn own_patch(&self) -> &Patch {
        if self.is_led { &self.own } else { &self.patch }
    }

    /// The patch, mutably; the next decoded or given patch replaces it.
    pub fn patch_mut(&mut self) -> &mut Patch {
        &mut self.patch
    }

    /// The point that [`Self::own_patch`] belongs to; the middle before the first was decoded.
    pub fn patch_point(&self) -> Point {
        let point = if self.is_led { self.own_point } else { self.patch_point };
        point.unwrap_or_default()
    }

    /// Counts the decoded patches, without those of paths.
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
    fn a_given_patch_stays_until_it_is_removed() {
        let mut source = PatchSource::default();
        source.give(&Patch::default(), Some(THERE));
        assert_eq!((source.point(), source.patch_point(), source.take_undecoded()), (THERE, THERE, None));
        source.automate(HERE);
        source.decode_again();
        assert_eq!(source.take_undecoded(), None, "neither a move nor a decoder ends it");
        source.take_back();
        assert_eq!(source.take_undecoded(), Some(HERE));
        source.take_back();
        assert_eq!(source.take_undecoded(), None, "there is nothing to remove");
    }

    #[test]
    fn the_last_move_counts() {
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
