//! The live sound in random orders of events: choices, news of any task at any time, losses of the sound.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum TonesEvent {
    Choose(LiveSource),
    Instrument(Option<ToneDomain>),
    Start,
    Lose,
    Silence,
    Hide,
    Connect(usize),
    Fail(usize),
    End(usize),
}

fn source() -> impl Strategy<Value = LiveSource> {
    prop::sample::select(vec![
        LiveSource::Off,
        LiveSource::Microphone,
        LiveSource::AmSynth,
        LiveSource::Feedback,
    ])
}

fn event() -> impl Strategy<Value = TonesEvent> {
    let instruments = vec![None, Some(ToneDomain::Strings), Some(ToneDomain::Winds)];
    prop_oneof![
        4 => source().prop_map(TonesEvent::Choose),
        1 => prop::sample::select(instruments).prop_map(TonesEvent::Instrument),
        2 => Just(TonesEvent::Start),
        2 => Just(TonesEvent::Lose),
        1 => Just(TonesEvent::Silence),
        1 => Just(TonesEvent::Hide),
        4 => (0_usize..4).prop_map(TonesEvent::Connect),
        1 => (0_usize..4).prop_map(TonesEvent::Fail),
        1 => (0_usize..4).prop_map(TonesEvent::End),
    ]
}

proptest! {
    /// In any order of events the instrument plays the chosen source or none, and it plays one exactly while the
    /// sentence says so; at most one source is connected, and none for a person who has chosen none.
    #[test]
    fn in_any_order_of_events_what_plays_live_is_what_is_chosen(events in prop::collection::vec(event(), 1..60)) {
        let mut page = TonesPage::new();
        // All tasks that have ever run: their news may come at any time.
        let mut numbers: Vec<TaskNumber> = Vec::new();
        for event in events {
            numbers.extend(page.running.iter().map(|(number, _)| *number));
            numbers.sort_unstable();
            numbers.dedup();
            let at = |position: usize| numbers.get(numbers.len().checked_sub(1 + position)?).copied();
            match event {
                TonesEvent::Choose(source) => page.choose(source),
                TonesEvent::Instrument(domain) => page.choose_instrument(domain),
                TonesEvent::Start => page.start(),
                TonesEvent::Lose => page.lose(),
                TonesEvent::Silence => page.act(Action::Sound(SoundAction::Panic)),
                TonesEvent::Hide => page.act(Action::Sound(SoundAction::PageHidden)),
                TonesEvent::Connect(position) => at(position).into_iter().for_each(|number| page.connect(number)),
                TonesEvent::Fail(position) => at(position).into_iter().for_each(|number| page.fail(number, "busy")),
                TonesEvent::End(position) => at(position).into_iter().for_each(|number| page.end(number)),
            }
            let live = page.live();
            prop_assert!(page.running.len() <= 1);
            prop_assert!(page.running.iter().all(|(_, source)| *source == live.source));
            prop_assert!(live.source != LiveSource::Off || page.running.is_empty());
            if page.state.sound.phase.plays() {
                let is_told = matches!(live.status, LiveSoundStatus::Plays { .. });
                prop_assert_eq!(is_told, page.playing != LiveSource::Off);
                prop_assert!(page.playing == LiveSource::Off || page.playing == live.source);
            }
        }
    }
}
