//! Merges the loops of two open tabs: what either has recorded, changed or deleted since the last read.

use crate::loops::{Loops, RecordedLoop};
use crate::tone_domain::LocationInstrument;

/// The three-way merge of our loops with `theirs`, which another tab has stored, and their common `base`. A new loop
/// whose number is taken gets the least free one; there may be no room for it. Of a loop that both have changed, ours
/// counts, unless theirs has other points than before and than ours: it may be a new one, and both stay.
pub(crate) fn merge_loops(base: &Loops, theirs: &Loops, ours: &Loops) -> Loops {
    if theirs == base {
        // Keeps our order.
        return ours.clone();
    }
    let mut merged = theirs.clone();
    if ours.in_beats != base.in_beats {
        merged.in_beats = ours.in_beats;
    }
    for before in base.all() {
        // An earlier merge may have given it another number.
        let kept = theirs.all().iter().find(|other| is_same(other, before)).map(|other| other.number);
        match ours.get(before.number) {
            None => kept.into_iter().for_each(|number| merged.delete(number)),
            Some(own) if own == &**before => {}
            Some(own) => {
                let is_old =
                    |other: &&RecordedLoop| other.has_same_fingers(before) || other.has_same_fingers(own);
                let changed = kept.or(theirs.get(before.number).filter(is_old).map(|other| other.number));
                put(&mut merged, own, changed.unwrap_or_default());
            }
        }
    }
    for own in ours.all().iter().filter(|own| base.get(own.number).is_none()) {
        // A copy is the same as its original, which both had before.
        let mut new = theirs.all().iter().filter(|other| !base.all().contains(other));
        if !new.any(|other| is_same(other, own)) {
            let number = if merged.get(own.number).is_none() { own.number } else { 0 };
            put(&mut merged, own, number);
        }
    }
    merged
}

/// True if two loops differ in their numbers at most.
fn is_same(one: &RecordedLoop, other: &RecordedLoop) -> bool {
    RecordedLoop { number: other.number, ..one.clone() } == *other
}

/// Puts a loop under a number, 0 for a free one.
fn put(merged: &mut Loops, own: &RecordedLoop, number: u8) {
    merged.put(RecordedLoop { number, ..own.clone() }, LocationInstrument::default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;
    use crate::loops::Recorded;
    use path::strokes::Path;

    /// Loops of these lengths, recorded one after another.
    fn loops(lengths_s: &[f64]) -> Loops {
        let mut loops = Loops::default();
        for &length_s in lengths_s {
            let mut path = Path::default();
            path.land(0.0, Point::default(), 100);
            path.lift(length_s);
            let recorded = Recorded { fingers: vec![path], length_s };
            let own = RecordedLoop { instrument: Some(0), ..RecordedLoop::from(recorded) };
            loops.add(own).unwrap();
        }
        loops
    }

    fn lengths_s(loops: &Loops) -> Vec<f64> {
        loops.all().iter().map(|own| own.length_s).collect()
    }

    #[test]
    fn loops_that_two_tabs_record_are_both_kept_also_at_later_writes() {
        let (base, theirs, ours) = (loops(&[]), loops(&[1.0]), loops(&[2.0]));
        let merged = merge_loops(&base, &theirs, &ours);
        assert_eq!(lengths_s(&merged), [1.0, 2.0]);
        assert_eq!(merge_loops(&ours, &merged, &ours), merged, "nothing has changed since");
    }

    #[test]
    fn a_copy_in_each_tab_is_kept_also_of_loops_that_both_had() {
        let base = loops(&[1.0, 2.0]);
        let copied = |number| {
            let mut loops = base.clone();
            loops.add(base.get(number).unwrap().clone()).unwrap();
            loops
        };
        let merged = merge_loops(&base, &copied(1), &copied(2));
        assert_eq!(lengths_s(&merged), [1.0, 2.0, 1.0, 2.0]);
        assert_eq!(merge_loops(&copied(2), &merged, &copied(2)), merged, "nothing has changed since");
    }

    #[test]
    fn a_deleted_loop_stays_deleted_also_under_another_number() {
        let (ours, theirs) = (loops(&[2.0]), loops(&[1.0]));
        let merged = merge_loops(&loops(&[]), &theirs, &ours);
        assert_eq!(lengths_s(&merge_loops(&ours, &merged, &loops(&[]))), [1.0]);
        assert_eq!(
            lengths_s(&merge_loops(&theirs, &loops(&[]), &theirs)),
            [0.0; 0],
            "the other tab deleted it"
        );
    }

    #[test]
    fn a_changed_loop_is_changed_where_it_is() {
        let base = loops(&[2.0]);
        let theirs = merge_loops(&loops(&[]), &loops(&[1.0]), &base);
        let mut ours = base.clone();
        ours.change(1, |own| own.speed = 2.0);
        let merged = merge_loops(&base, &theirs, &ours);
        let speeds: Vec<_> = merged.all().iter().map(|own| (own.length_s, own.speed)).collect();
        assert_eq!(speeds, [(1.0, 1.0), (2.0, 2.0)]);
    }

    #[test]
    fn a_changed_loop_does_not_replace_a_new_one_of_its_number() {
        let (base, theirs) = (loops(&[2.0]), loops(&[5.0]));
        let mut ours = base.clone();
        ours.change(1, |own| own.speed = 2.0);
        let merged = merge_loops(&base, &theirs, &ours);
        let speeds: Vec<_> = merged.all().iter().map(|own| (own.length_s, own.speed)).collect();
        assert_eq!(speeds, [(5.0, 1.0), (2.0, 2.0)]);
    }

    #[test]
    fn of_a_loop_that_both_change_ours_counts() {
        let base = loops(&[2.0]);
        let [mut theirs, mut ours] = [base.clone(), base.clone()];
        theirs.change(1, |own| own.speed = 0.5);
        ours.change(1, |own| own.speed = 2.0);
        let merged = merge_loops(&base, &theirs, &ours);
        assert_eq!(merged.all().iter().map(|own| own.speed).collect::<Vec<_>>(), [2.0]);
    }

    #[test]
    fn a_loop_for_which_there_is_no_room_changes_nothing() {
        let (theirs, ours) = (loops(&[1.0; 8]), loops(&[2.0]));
        assert_eq!(merge_loops(&loops(&[]), &theirs, &ours), theirs);
    }

    #[test]
    fn a_single_tab_stores_its_loops_unchanged() {
        let (base, ours) = (loops(&[1.0, 2.0]), loops(&[3.0]));
        assert_eq!(merge_loops(&base, &base.clone(), &ours), ours);
    }
}
