//! Merges the sessions of two open tabs: both tabs' changes since the last read are kept, so that neither deletes the
//! other's landmarks or loops.

use crate::landmarks::is_made_of;
use crate::loop_merge::merge_loops;
use crate::{Landmark, Landmarks, Session};

impl Session {
    /// The three-way merge of this session with `theirs`, the session that another tab has stored, and their common
    /// `base`: of each field the changed value, ours if both changed. Landmarks, loops and favourites are united.
    pub fn merge(self, base: &Self, theirs: Self) -> Self {
        let landmarks =
            merge_landmarks(&base.document.landmarks, &theirs.document.landmarks, &self.document.landmarks);
        let mut merged = self;
        // A patch belongs to its point.
        if merged.document.here() == base.document.here() {
            merged.document.go(theirs.document.here());
        }
        take_changed(&mut merged.document.notes, &base.document.notes, theirs.document.notes);
        take_changed(&mut merged.document.comparison, &base.document.comparison, theirs.document.comparison);
        take_changed(&mut merged.document.title, &base.document.title, theirs.document.title);
        take_changed(&mut merged.document.beat, &base.document.beat, theirs.document.beat);
        take_changed(&mut merged.document.locks, &base.document.locks, theirs.document.locks);
        merged.document.loops =
            merge_loops(&base.document.loops, &theirs.document.loops, &merged.document.loops);
        merged.document.favourites =
            merged.document.favourites.merge(&base.document.favourites, &theirs.document.favourites);
        merged.document.landmarks = landmarks;
        take_changed(&mut merged.layer, &base.layer, theirs.layer);
        take_changed(&mut merged.home, &base.home, theirs.home);
        take_changed(&mut merged.yours, &base.yours, theirs.yours);
        take_changed(&mut merged.placed_by, &base.placed_by, theirs.placed_by);
        take_changed(&mut merged.instrument, &base.instrument, theirs.instrument);
        take_changed(&mut merged.tone_offsets, &base.tone_offsets, theirs.tone_offsets);
        take_changed(&mut merged.options, &base.options, theirs.options);
        merged.hints = merged.hints.united(theirs.hints);
        merged
    }
}

fn take_changed<T: PartialEq>(ours: &mut T, base: &T, theirs: T) {
    if ours == base {
        *ours = theirs;
    }
}

/// Their landmarks without those that we deleted, then our new ones, up to the limit.
fn merge_landmarks(base: &Landmarks, theirs: &Landmarks, ours: &Landmarks) -> Landmarks {
    if theirs == base {
        // Keeps our order.
        return ours.clone();
    }
    // An earlier merge may have renamed the later of two landmarks with the same name.
    let became = |own: &Landmark, kept: &Landmark| {
        is_made_of(&kept.name, &own.name) && own.location() == kept.location() && !theirs.all().contains(own)
    };
    let gone = |own: &Landmark| !ours.all().contains(own);
    let deleted =
        |kept: &Landmark| base.all().iter().any(|own| gone(own) && (own == kept || became(own, kept)));
    let kept = theirs.all().iter().filter(|&landmark| !deleted(landmark));
    let marked = ours
        .all()
        .iter()
        .filter(|landmark| !base.all().contains(landmark) && !theirs.all().contains(landmark));
    let mut merged = Landmarks::default();
    for landmark in kept.chain(marked) {
        let _ = merged.drop_at(landmark.location(), &landmark.name);
    }
    merged
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Notes, Point};
    use proptest::prelude::*;

    /// A session with landmarks of these names.
    pub(crate) fn marked(names: &[&str]) -> Session {
        let mut session = Session::default();
        for name in names {
            session.document.landmarks.drop_at(Point::default().into(), name).unwrap();
        }
        session
    }

    pub(crate) fn names(session: &Session) -> Vec<&str> {
        session.document.landmarks.all().iter().map(|landmark| landmark.name.as_str()).collect()
    }

    #[test]
    fn additions_and_deletions_of_both_tabs_are_merged() {
        let base = marked(&["Bass", "Bell", "Choir"]);
        let (theirs, ours) = (marked(&["Bass", "Choir", "Their pad"]), marked(&["Bell", "Choir", "Our pad"]));
        assert_eq!(names(&ours.merge(&base, theirs)), ["Choir", "Their pad", "Our pad"]);
    }

    #[test]
    fn two_landmarks_of_one_name_get_two_names() {
        let merged = {
            let mut theirs = marked(&[]);
            theirs.document.landmarks.drop_at(Point { x: 1.0, y: 0.0 }.into(), "Bass").unwrap();
            marked(&["Bass"]).merge(&marked(&[]), theirs)
        };
        assert_eq!(names(&merged), ["Bass", "Bass 2"]);
    }

    #[test]
    fn a_landmark_whose_long_name_was_cut_for_its_number_is_deleted_under_its_new_name() {
        let at = |x: f32| {
            let mut session = marked(&[]);
            let name = "A landmark whose name has forty character";
            session.document.landmarks.drop_at(Point { x, y: 0.0 }.into(), name).unwrap();
            session
        };
        let merged = at(1.0).merge(&marked(&[]), at(2.0));
        assert_eq!(names(&marked(&[]).merge(&at(1.0), merged)), ["A landmark whose name has forty characte"]);
    }

    #[test]
    fn a_renamed_landmark_is_deleted_under_its_new_name() {
        let at = |x: f32| {
            let mut session = marked(&[]);
            session.document.landmarks.drop_at(Point { x, y: 0.0 }.into(), "Bass").unwrap();
            session
        };
        let (first, second) = (at(1.0), at(2.0));
        let kept = second.clone().merge(&marked(&[]), first);
        assert_eq!(names(&kept), ["Bass", "Bass 2"]);
        assert_eq!(names(&second.clone().merge(&second, kept.clone())), ["Bass", "Bass 2"]);
        let left = marked(&[]).merge(&second, kept);
        assert_eq!((names(&left), left.document.landmarks.all()[0].point.x), (vec!["Bass"], 1.0));
    }

    #[test]
    fn an_unchanged_tab_changes_nothing_and_a_changed_one_wins() {
        let base = marked(&[]);
        let mut theirs = base.clone();
        theirs.document.point = Point { x: 2.0, y: -1.0 };
        theirs.document.notes = Notes { root: 40, ..Notes::default() };
        theirs.options.snap = true;
        theirs.document.locks.lock(patch::Group::Filter, &patch::Patch::default());
        assert_eq!(base.clone().merge(&base, theirs.clone()), theirs);
        let mut ours = base.clone();
        ours.document.point = Point { x: -3.0, y: 0.0 };
        let merged = ours.merge(&base, theirs.clone());
        assert_eq!((merged.document.point.x, merged.document.notes.root), (-3.0, 40));
    }

    proptest! {
        #[test]
        fn a_single_tab_stores_its_session_unchanged(
            before in prop::collection::vec("[a-z]{1,4}", 0..6), after in prop::collection::vec("[a-z]{1,4}", 0..6),
        ) {
            let [base, ours] = [before, after].map(|names| marked(&names.iter().map(String::as_str).collect::<Vec<_>>()));
            prop_assert_eq!(ours.clone().merge(&base, base.clone()), ours);
        }
    }
}
