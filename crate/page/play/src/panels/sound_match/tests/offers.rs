//! A person reads the kind of the given sound, and takes the way that is offered.

use super::*;

impl MatchPage {
    fn offer(&self) -> Option<MatchOffer> {
        self.model().target?.offer
    }

    /// A worker tells the kind of the sound: its number, its count, its width, its loudest part, its keys.
    fn tell_kind(&mut self, numbers: &[f32]) {
        let task = self.task(|task| matches!(task, MatchTask::TellKind { .. })).expect("its kind is told");
        self.finish(task, MatchAnswer::Kind { numbers: numbers.to_vec() });
    }

    fn way(&self) -> Option<OfferedWay> {
        self.offer()?.way
    }
}

#[test]
fn a_note_and_a_hit_need_no_offer_and_a_wide_one_is_told() {
    for kind in [0.0, 1.0] {
        let mut page = MatchPage::searching();
        page.tell_kind(&[kind, 1.0, 0.05, 0.0, 0.0]);
        assert_eq!(page.offer(), None);
    }
    let mut page = MatchPage::searching();
    page.tell_kind(&[0.0, 1.0, 0.4, 0.0, 0.0]);
    let offer = page.offer().expect("it is wide");
    assert_eq!((offer.kind, offer.width, offer.way), (HeardKind::Note, Some(0.4), None));
}

#[test]
fn a_chord_has_its_keys_and_no_press() {
    let mut page = MatchPage::searching();
    page.tell_kind(&[2.0, 3.0, 0.0, 0.0, 0.0, 48.02, 51.9, 55.0]);
    let offer = page.offer().expect("it is a chord");
    assert_eq!((offer.kind, offer.keys, offer.way), (HeardKind::Chord, vec![48, 52, 55], None));
}

#[test]
fn a_melody_is_sketched_with_one_press() {
    let mut page = MatchPage::searching();
    page.tell_kind(&[3.0, 7.0, 0.0, 0.0, 0.0]);
    let offer = page.offer().expect("it is a melody");
    assert_eq!((offer.kind, offer.count, offer.way), (HeardKind::Melody, 7, Some(OfferedWay::Melody)));
    page.own(MatchAction::TakeOffer);
    page.examine(0, false, false);
    assert_eq!(page.model().kind, MatchKind::Voice);
    assert_eq!(page.offer(), None, "it is done");
}

#[test]
fn a_rhythm_is_sketched_with_one_press() {
    let mut page = MatchPage::searching();
    page.tell_kind(&[4.0, 12.0, 0.0, 0.0, 0.0]);
    assert_eq!(page.way(), Some(OfferedWay::Rhythm));
    page.own(MatchAction::TakeOffer);
    page.examine(4, true, true);
    page.find_hits();
    assert_eq!((page.model().kind, page.offer()), (MatchKind::Rhythm, None));
}

#[test]
fn of_several_sounds_one_press_takes_the_loudest() {
    let mut page = MatchPage::searching();
    page.tell_kind(&[5.0, 4.0, 0.0, 1.5, 2.0]);
    assert_eq!(page.way(), Some(OfferedWay::Loudest));
    page.own(MatchAction::TakeOffer);
    let part = Some(SoundPart { from_s: 1.5, to_s: 2.0 });
    assert!(page.task(|task| matches!(task, MatchTask::Listen { part: own, .. } if *own == part)).is_some());
    page.hear();
    page.tell_kind(&[5.0, 2.0, 0.0, 0.25, 0.5]);
    page.own(MatchAction::TakeOffer);
    let part = Some(SoundPart { from_s: 1.75, to_s: 2.0 });
    assert!(
        page.task(|task| matches!(task, MatchTask::Listen { part: own, .. } if *own == part)).is_some(),
        "a part of the part, at its time of the file"
    );
}

#[test]
fn the_kind_of_another_sound_is_not_that_of_the_target() {
    let mut page = MatchPage::searching();
    let task = page.task(|task| matches!(task, MatchTask::TellKind { .. })).expect("its kind is told");
    page.search("low.wav");
    page.answer(task, MatchAnswer::Kind { numbers: vec![3.0, 7.0, 0.0, 0.0, 0.0] });
    assert_eq!(page.offer(), None);
    page.tell_kind(&[]);
    assert_eq!(page.offer(), None, "numbers that mean nothing change nothing");
}
