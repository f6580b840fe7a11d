//! A, B or the result on repeat as a person hears them, and the events that end them.

use super::*;

impl SoundsPage {
    fn player(&self) -> Option<crate::sounds::PlayedSound> {
        self.model().result.player
    }

    fn is_playing(&self) -> bool {
        self.model().result.is_playing
    }

    /// The sound that plays has reached its end.
    fn finish_playing(&mut self) {
        let count = self.player().expect("something plays").count;
        self.own(ToneSoundsAction::Played { count });
    }
}

#[test]
fn nothing_plays_by_itself_and_what_plays_repeats_until_it_is_stopped() {
    let mut page = SoundsPage::with_result();
    assert_eq!(page.player(), None);
    page.own(ToneSoundsAction::TogglePlaying);
    let first = page.player().expect("the result plays");
    page.finish_playing();
    let second = page.player().expect("it repeats");
    assert_eq!((second.sound, second.goes_on), (first.sound, false));
    assert_ne!(second.count, first.count);
    page.own(ToneSoundsAction::Played { count: first.count });
    assert_eq!(page.player(), Some(second), "the end of a sound that plays no more means nothing");
    page.own(ToneSoundsAction::TogglePlaying);
    assert_eq!((page.player(), page.is_playing()), (None, false));
    page.own(ToneSoundsAction::Played { count: second.count });
    assert_eq!(page.player(), None);
}

#[test]
fn another_side_and_a_new_result_go_on_at_the_same_moment() {
    let mut page = SoundsPage::with_result();
    page.own(ToneSoundsAction::Hear { side: ToneSide::A });
    assert!(page.is_playing());
    page.own(ToneSoundsAction::Hear { side: ToneSide::Result });
    let before = page.player().expect("the result plays");
    page.own(ToneSoundsAction::SetStrength { share: 0.2 });
    assert_eq!(page.player(), Some(before), "the last result goes on until the next is there");
    page.compute();
    let after = page.player().expect("the new result plays");
    assert_ne!(after.sound, before.sound);
    assert!(after.goes_on);
}

#[test]
fn silence_the_loss_of_the_sound_and_closing_end_it() {
    for end in [
        (|page| page.act(Action::Sound(SoundAction::Panic))) as fn(&mut SoundsPage),
        |page| page.act(Action::Sound(SoundAction::ContextLost)),
        |page| page.close(),
        |page| page.own(ToneSoundsAction::Remove { place: TonePlace::A }),
        |page| page.own(ToneSoundsAction::Record { place: TonePlace::B }),
    ] {
        let mut page = SoundsPage::with_result();
        page.own(ToneSoundsAction::TogglePlaying);
        assert!(page.player().is_some());
        end(&mut page);
        assert_eq!((page.player(), page.is_playing()), (None, false));
    }
}

#[test]
fn without_a_sound_output_it_says_what_to_do() {
    let mut page = SoundsPage::with_result();
    page.act(Action::Sound(SoundAction::ContextLost));
    page.own(ToneSoundsAction::TogglePlaying);
    assert_eq!(page.said(), Some(ToneSentence::Problem { problem: ToneProblem::NoSound }));
    assert!(!page.is_playing());
}
