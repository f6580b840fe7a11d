//! “From sounds…” in random orders of events: presses, and news of any task at any time, also late or twice.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum SoundsEvent {
    Own(ToneSoundsAction),
    Give(TonePlace),
    Open,
    Close,
    Instrument(Option<ToneDomain>),
    Lose,
    Start,
    Wait,
    Answer(usize),
    End(usize),
    Fail(usize, &'static str),
}

fn place() -> impl Strategy<Value = TonePlace> {
    prop::sample::select(TonePlace::ALL.to_vec())
}

fn own() -> impl Strategy<Value = ToneSoundsAction> {
    let sides = vec![ToneSide::A, ToneSide::B, ToneSide::Result];
    prop_oneof![
        3 => place().prop_map(|place| ToneSoundsAction::TakeExample { place, name: "example".to_owned() }),
        2 => place().prop_map(|place| ToneSoundsAction::Remove { place }),
        3 => place().prop_map(|place| ToneSoundsAction::Record { place }),
        2 => (0_usize..7).prop_map(|through| ToneSoundsAction::ChooseThrough { through }),
        3 => (0.0_f32..1.0).prop_map(|share| ToneSoundsAction::SetStrength { share }),
        1 => Just(ToneSoundsAction::ToggleAligned),
        2 => prop::sample::select(sides).prop_map(|side| ToneSoundsAction::Hear { side }),
        2 => Just(ToneSoundsAction::TogglePlaying),
        1 => (0_u32..9).prop_map(|count| ToneSoundsAction::Played { count }),
        1 => Just(ToneSoundsAction::Save),
    ]
}

fn event() -> impl Strategy<Value = SoundsEvent> {
    let instruments = vec![None, Some(ToneDomain::Strings), Some(ToneDomain::Brass)];
    let words = vec!["lost", "failed", "not_audio", "microphone_busy"];
    prop_oneof![
        8 => own().prop_map(SoundsEvent::Own),
        3 => place().prop_map(SoundsEvent::Give),
        1 => Just(SoundsEvent::Open),
        1 => Just(SoundsEvent::Close),
        1 => prop::sample::select(instruments).prop_map(SoundsEvent::Instrument),
        1 => Just(SoundsEvent::Lose),
        1 => Just(SoundsEvent::Start),
        1 => Just(SoundsEvent::Wait),
        8 => (0_usize..5).prop_map(SoundsEvent::Answer),
        4 => (0_usize..5).prop_map(SoundsEvent::End),
        1 => (0_usize..5, prop::sample::select(words)).prop_map(|(task, word)| SoundsEvent::Fail(task, word)),
    ]
}

impl SoundsPage {
    /// The task gives an answer of its kind. The page keeps no sound of a task that is over.
    fn answer_task(&mut self, number: TaskNumber, task: &ToneSoundsTask) {
        let is_running = self.running.iter().any(|(running, _)| *running == number);
        let sound = self.keep();
        let is_recording = self.state.panels.tone_sounds.recording.shown().is_some();
        let answer = match task {
            ToneSoundsTask::Read { .. } | ToneSoundsTask::Example { .. } => {
                ToneSoundsAnswer::Read { sound, is_cut: true, is_damaged: true }
            }
            ToneSoundsTask::Compute { .. } => ToneSoundsAnswer::Computed { sound },
            ToneSoundsTask::Record if is_recording => {
                ToneSoundsAnswer::Recorded { file: self.file(), name: "recording".to_owned() }
            }
            _ => ToneSoundsAnswer::Listening,
        };
        let gives_sound = matches!(answer, ToneSoundsAnswer::Read { .. } | ToneSoundsAnswer::Computed { .. });
        if !is_running || !gives_sound {
            self.kept.pop();
        }
        self.answer(number, answer);
    }

    /// Everything that runs answers and ends.
    fn settle(&mut self) {
        for _ in 0..40 {
            let Some((number, task)) = self.running.first().cloned() else { return };
            self.answer_task(number, &task);
            self.end(number);
        }
        panic!("tasks go on for ever: {:?}", self.running);
    }
}

proptest! {
    /// At any time at most one result is computed and one recording runs; the result is that of the sounds that are
    /// shown; nothing plays that is not shown to play. Once every task has answered, the result belongs to the present
    /// sounds and settings, and the page keeps no sound that nothing names.
    #[test]
    fn in_any_order_of_events_the_result_is_that_of_the_present_sounds(events in prop::collection::vec(event(), 1..60)) {
        let mut page = SoundsPage::open();
        // All tasks that have ever run: their news may come at any time.
        let mut all: Vec<(TaskNumber, ToneSoundsTask)> = Vec::new();
        for event in events {
            for running in &page.running {
                if !all.iter().any(|(number, _)| *number == running.0) {
                    all.push(running.clone());
                }
            }
            let at = |back: usize| all.len().checked_sub(1 + back).map(|place| all[place].clone());
            match event {
                SoundsEvent::Own(action) => page.own(action),
                SoundsEvent::Give(place) => {
                    let file = page.file();
                    page.own(ToneSoundsAction::TakeFile { place, file, name: "given".to_owned() });
                }
                SoundsEvent::Open if !page.state.is_amsynth() => page.press_open(),
                SoundsEvent::Open => {}
                SoundsEvent::Close => page.close(),
                SoundsEvent::Instrument(domain) => page.choose_instrument(domain),
                SoundsEvent::Lose => page.act(Action::Sound(SoundAction::ContextLost)),
                SoundsEvent::Start => page.act(Action::Sound(SoundAction::NodeReady)),
                SoundsEvent::Wait => page.wait(),
                SoundsEvent::Answer(back) => {
                    if let Some((number, task)) = at(back) {
                        page.answer_task(number, &task);
                    }
                }
                SoundsEvent::End(back) => at(back).into_iter().for_each(|(number, _)| page.end(number)),
                SoundsEvent::Fail(back, word) => at(back).into_iter().for_each(|(number, _)| page.fail(number, word)),
            }
            let computing = page.running.iter().filter(|(_, task)| matches!(task, ToneSoundsTask::Compute { .. }));
            let recording = page.running.iter().filter(|(_, task)| *task == ToneSoundsTask::Record);
            prop_assert!(computing.count() <= 1 && recording.count() <= 1);
            let model = page.model();
            prop_assert!(model.result.is_playing || model.result.player.is_none());
            prop_assert!(model.is_open || model.recording.is_none() && !model.result.is_playing);
            prop_assert!(!model.is_open || !page.state.is_amsynth());
            prop_assert!(!model.result.can_save || model.places[0].name.is_some());
        }
        page.settle();
        if page.state.is_amsynth() {
            page.choose_instrument(Some(ToneDomain::Strings));
        }
        page.press_open();
        page.own(ToneSoundsAction::SetStrength { share: 0.25 });
        page.settle();
        let model = page.model();
        prop_assert_eq!(model.result.can_save, model.places[0].name.is_some());
        let own = &page.state.panels.tone_sounds;
        if let Some(a) = own.sound(TonePlace::A) {
            let asked = page.begun.iter().rev().find(|task| matches!(task, ToneSoundsTask::Compute { .. }));
            let expected = ToneSoundsTask::Compute {
                model: own.settings.model_name().to_owned(),
                a,
                b: own.sound(TonePlace::B),
                strength: 0.25,
                curve: own.settings.places(),
                is_aligned: own.settings.is_aligned,
            };
            prop_assert_eq!(asked, Some(&expected));
        }
        let named = [own.sounds()[0], own.sounds()[1], own.computing.drawn];
        prop_assert!(page.kept.iter().all(|kept| named.contains(&Some(*kept))), "{:?} of {:?}", named, page.kept);
    }
}
