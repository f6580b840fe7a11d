//! Locked groups during a search: an answer sounds as it will when it is kept.

use patch::Group;

use super::*;
use crate::action::Edit;

/// A page whose filter is locked at another cutoff than any answer has, and which searches.
fn locked() -> MatchPage {
    let mut page = MatchPage::open();
    page.lock_filter(1.25);
    page.search("harp.wav");
    page
}

impl MatchPage {
    fn edit(&mut self, edit: Edit) {
        self.act(Action::Edit(edit));
        self.frame();
    }

    fn lock_filter(&mut self, cutoff: f32) {
        self.edit(Edit::SetParameter(Parameter::FilterCutoff, cutoff));
        self.edit(Edit::ToggleLock(Group::Filter));
    }

    /// The answer that is rendered to be heard is kept, and what plays then.
    fn heard_and_kept(&mut self) -> [Option<Patch>; 3] {
        let heard = self.rendering().map(|(patch, _)| patch);
        self.own(MatchAction::Keep);
        [heard, self.patch(), self.state.heard_patch()]
    }
}

#[test]
fn a_search_holds_the_locked_parameters_at_their_values() {
    let page = locked();
    let search = page.running.iter().find_map(|(_, task)| match task {
        MatchTask::Search { locked, patch, .. } => Some((locked.clone(), patch_of(patch))),
        _ => None,
    });
    let (locked, patch) = search.expect("it searches");
    assert_eq!(locked, page.state.document().locks.indices());
    assert!(locked.contains(&(Parameter::FilterCutoff.index() as u8)));
    assert_eq!(patch.get(Parameter::FilterCutoff), 1.25);
    assert!(page.model().keeping.has_locks && !MatchPage::searching().model().keeping.has_locks);
}

#[test]
fn the_patch_that_is_heard_equals_the_patch_that_is_kept() {
    let mut page = locked();
    page.found(0, 3.0, 0.1);
    let [heard, kept, plays] = page.heard_and_kept();
    assert_eq!(heard.map(|patch| patch.get(Parameter::FilterCutoff)), Some(1.25));
    assert_eq!((kept, plays), (heard, heard));
    assert!(page.model().keeping.is_current);
}

#[test]
fn a_lock_after_the_search_changes_what_is_heard_as_what_is_kept_and_an_unlocked_answer_is_as_it_was_found() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.stop_job();
    let found = page.rendering().map(|(patch, _)| patch);
    page.render();
    page.lock_filter(1.25);
    assert_ne!(page.rendering().map(|(patch, _)| patch), found, "what plays is rendered anew");
    page.render();
    page.edit(Edit::ToggleLock(Group::Filter));
    page.played();
    page.hear_strand(0);
    assert_eq!(page.search_state().chosen().map(|strand| *strand.report.patch), found);
    page.edit(Edit::ToggleLock(Group::Filter));
    let [heard, kept, plays] = page.heard_and_kept();
    assert!(heard.is_none() || heard == kept);
    assert_eq!(kept, plays);
    assert_eq!(kept.map(|patch| patch.get(Parameter::FilterCutoff)), Some(1.25));
}

#[test]
fn a_locked_value_that_is_turned_leaves_the_kept_answer_and_the_next_search_holds_the_new_value() {
    let mut page = locked();
    page.found(0, 3.0, 0.1);
    page.own(MatchAction::Keep);
    page.edit(Edit::SetParameter(Parameter::FilterCutoff, 0.5));
    let chosen = page.search_state().chosen().map(|strand| strand.report.patch.get(Parameter::FilterCutoff));
    assert_eq!(chosen, Some(0.5));
    assert!(page.model().keeping.is_current, "the kept patch has the turned value, too");
    page.own(MatchAction::Again);
    let holds = page.running.iter().rev().find_map(|(_, task)| match task {
        MatchTask::Search { patch, .. } => Some(patch_of(patch).get(Parameter::FilterCutoff)),
        _ => None,
    });
    assert_eq!(holds, Some(0.5));
}

#[test]
fn each_answer_is_rendered_with_its_own_note() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    assert_eq!(page.rendering(), Some((sounding(0, 3.0), note_of(0.1))));
    page.render();
    page.played();
    page.found(1, 2.0, 0.5);
    page.hear_strand(1);
    assert_eq!(page.rendering(), Some((sounding(1, 2.0), note_of(0.5))));
    assert_eq!(page.model().search.strands[1].note, Some(note_of(0.5)));
}

#[test]
fn a_melody_is_sketched_with_the_locked_parameters_and_a_later_lock_takes_back_what_was_said_of_the_sketch() {
    let mut page = MatchPage::open();
    page.lock_filter(1.25);
    page.own(MatchAction::Choose { kind: MatchKind::Voice });
    page.give("hum.wav");
    page.read();
    page.examine(0, false, false);
    page.hear();
    let sketch = page.running.iter().find_map(|(_, task)| match task {
        MatchTask::Sketch { locked, patch, .. } => Some((locked.clone(), patch_of(patch))),
        _ => None,
    });
    let (locked, patch) = sketch.expect("it is sketched");
    assert_eq!(locked, page.state.document().locks.indices());
    assert_eq!(patch.get(Parameter::FilterCutoff), 1.25);
    assert!(page.model().keeping.has_locks);
    let mut page = MatchPage::sketching();
    page.sketched(0.9, 1.0);
    page.compare_sketch(2);
    assert!(matches!(page.model().status[..], [MatchSentence::InTune { .. }]));
    page.lock_filter(1.25);
    assert_eq!(page.comparing_sketch(), None);
    assert_eq!((page.model().status, page.model().remarks), (Vec::new(), Vec::new()));
}
