//! The name of the sound that is heard, and of a kept answer.

use super::*;
use crate::Link;
use crate::action::Edit;
use crate::panels::sound_match::MatchedSound;

impl MatchPage {
    fn matched(&self) -> Option<MatchedSound<'_>> {
        self.state.matched_sound()
    }

    /// An answer of this distance for a sound is kept.
    fn keep(&mut self, file: &str, distance: f32) {
        self.search(file);
        self.found(0, distance, 1.0);
        self.own(MatchAction::Keep);
    }
}

#[test]
fn what_plays_is_named_while_it_plays() {
    let mut page = MatchPage::searching();
    assert_eq!(page.matched(), None);
    page.found(0, 3.0, 0.1);
    assert_eq!(page.matched(), None, "it is rendered first");
    page.render();
    assert_eq!(page.matched(), Some(MatchedSound::Answer("harp.wav")));
    page.own(MatchAction::HearTarget);
    assert_eq!(page.matched(), Some(MatchedSound::Target("harp.wav")));
    page.played();
    assert_eq!(page.matched(), None, "keys play the patch of the map");
}

#[test]
fn a_kept_answer_is_named_after_its_file_as_long_as_it_is_heard() {
    let mut page = MatchPage::open();
    page.keep("my drum.v2.wav", 3.0);
    assert_eq!(page.matched(), Some(MatchedSound::Kept("my drum.v2")));
    let is_named = |effect: &Effect| matches!(effect, Effect::NamePatch(name, _) if name == "my drum.v2");
    assert!(page.effects.iter().any(is_named));
    page.placed(2.0);
    assert_eq!(page.state.match_name(), Some("my drum.v2"), "at its place, too");
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.matched(), None);
    page.act(Action::Edit(Edit::Redo));
    assert_eq!(page.matched(), Some(MatchedSound::Kept("my drum.v2")));
    page.act(Action::Edit(Edit::SetParameter(Parameter::AmpAttack, 1.0)));
    assert_eq!(page.matched(), None, "an edit is another sound");
}

#[test]
fn another_answer_for_the_same_file_has_a_number() {
    let mut page = MatchPage::open();
    page.keep("drum.wav", 3.0);
    page.keep("drum.wav", 2.0);
    assert_eq!(page.state.match_name(), Some("drum - 1"));
    page.keep("\u{200b}.wav", 1.0);
    assert_eq!(page.state.match_name(), None);
}

#[test]
fn a_link_carries_the_name_of_a_kept_answer_and_not_that_of_a_preset() {
    let mut page = MatchPage::open();
    page.keep("drum.wav", 3.0);
    page.placed(2.0);
    let name = page.state.match_name().map(str::to_owned);
    let sent = Link { document: page.state.shared_document(), name, ..Link::default() };
    let mut other = MatchPage::new();
    let opened = Link::read(&sent.write()).expect("it is a link");
    other.act(Action::Edit(Edit::OpenLink(Box::new(opened))));
    assert_eq!(other.state.shared_name(), Some("drum"));
    assert_eq!(other.matched(), Some(MatchedSound::Kept("drum")));
}

#[test]
fn a_kept_sketch_is_confirmed_while_better_ones_are_found() {
    let mut page = MatchPage::sketching();
    page.sketched(0.5, 0.4);
    page.own(MatchAction::Keep);
    let kept = MatchSentence::Kept { kind: MatchKind::Voice, number: 1 };
    assert_eq!(page.model().status, std::slice::from_ref(&kept));
    page.frame();
    page.sketched(0.6, 0.5);
    page.frame();
    assert_eq!(page.model().status, std::slice::from_ref(&kept), "the kept sketch is still the patch");
    assert!(page.model().keeping.can_keep, "the better one can be kept, too");
    page.act(Action::Edit(Edit::Undo));
    page.frame();
    assert_eq!(page.model().status, []);
}

#[test]
fn a_kept_sketch_is_confirmed_after_its_search() {
    let mut page = MatchPage::sketching();
    page.sketched(0.5, 1.0);
    page.own(MatchAction::Keep);
    page.frame();
    page.placed(2.0);
    page.frame();
    assert_eq!(page.model().status, [MatchSentence::Kept { kind: MatchKind::Voice, number: 1 }]);
}

#[test]
fn a_kept_answer_has_its_name_after_a_reload() {
    let mut page = MatchPage::open();
    page.keep("drum.wav", 3.0);
    page.act(Action::Load(LoadAction::KeepSession));
    let session = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => serde_json::to_value(session).ok(),
        _ => None,
    });
    let session = serde_json::from_value(session.expect("it is stored")).expect("it can be read");
    let reloaded = State::new(Start { session, ..Start::default() });
    assert_eq!(reloaded.match_name(), Some("drum"));
}
