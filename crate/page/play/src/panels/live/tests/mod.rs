//! Orders of events of “Play by voice…”: what a person hears and sees when reports come late, twice or never.

mod brightness;

use proptest::prelude::*;

use super::*;
use crate::action::{Action, SoundAction, Start};
use crate::effect::{AudioCommand, Effect, Effects};
use crate::held_keys::{KeyHolder, NoteEvent};
use crate::panels::decisions::PanelDecisions;
use crate::panels::macros::MacrosTask;
use crate::panels::tasks::TaskNews;
use crate::panels::{PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;

/// A page with a sound and a simulated microphone, whose tasks wait until a test answers them.
struct LivePage {
    state: State,
    /// The tasks that run, in the order in which they began.
    running: Vec<TaskNumber>,
    audio: Vec<AudioCommand>,
    /// The tasks of the macro-controls.
    macros_tasks: Vec<(TaskNumber, MacrosTask)>,
}

impl LivePage {
    fn new() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            audio: Vec::new(),
            macros_tasks: Vec::new(),
        };
        page.act(Action::Sound(SoundAction::NodeReady));
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page
    }

    /// A page whose microphone is open.
    fn listening() -> (Self, TaskNumber) {
        let mut page = Self::new();
        page.press();
        page.panel(PanelAction::Loaded(PanelId::Live));
        let task = page.task();
        page.answer(task, LiveAnswer::Opened { input_latency_s: None });
        page.answer(task, LiveAnswer::Ready { detector_s: 0.02 });
        page.audio.clear();
        (page, task)
    }

    fn act(&mut self, action: Action) {
        let effects = reduce(&mut self.state, action);
        self.follow(effects);
    }

    fn follow(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Begin(number, task) => match *task {
                    PanelTask::Live(_) => self.running.push(number),
                    PanelTask::Macros(task) => self.macros_tasks.push((number, task)),
                    _ => {}
                },
                Effect::Cancel(_, number) => {
                    self.running.retain(|running| *running != number);
                    self.macros_tasks.retain(|(running, _)| *running != number);
                }
                Effect::Audio(command) => self.audio.push(command),
                _ => {}
            }
        }
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, 0.0));
    }

    /// A person presses the panel's button.
    fn press(&mut self) {
        self.panel(PanelAction::Toggle(PanelId::Live));
    }

    fn task(&self) -> TaskNumber {
        *self.running.last().expect("the microphone is asked for")
    }

    fn answer(&mut self, task: TaskNumber, answer: LiveAnswer) {
        self.panel(PanelAction::News(task, TaskNews::Answer(PanelAnswer::Live(answer))));
    }

    fn hear(&mut self, task: TaskNumber, events: &[VoiceEvent]) {
        self.answer(task, LiveAnswer::Heard { report: report(events) });
    }

    fn fail(&mut self, task: TaskNumber, word: &str) {
        self.running.retain(|running| *running != task);
        self.panel(PanelAction::News(task, TaskNews::Failed(word.to_owned())));
    }

    fn end(&mut self, task: TaskNumber) {
        self.running.retain(|running| *running != task);
        self.panel(PanelAction::News(task, TaskNews::Ended));
    }

    fn model(&self) -> LiveModel {
        Live::model(&self.state)
    }

    /// The keys that the voice holds.
    fn sung(&self) -> Vec<u8> {
        self.state.keys.keys_of(&KeyHolder::Voice)
    }
}

fn report(events: &[VoiceEvent]) -> VoiceReport {
    VoiceReport {
        events: events.to_vec(),
        level_db: -30.0,
        pitch: Some(57.1),
        transfer_s: 0.004,
        output_latency_s: 0.01,
    }
}

const A3: VoiceEvent = VoiceEvent::NoteOn { key: 57, velocity: 90 };
const C4: VoiceEvent = VoiceEvent::NoteOn { key: 60, velocity: 80 };

#[test]
fn a_sung_note_plays_with_its_bend_and_loudness_and_the_next_one_takes_its_place() {
    let (mut page, task) = LivePage::listening();
    page.hear(task, &[VoiceEvent::Bend { semitones: -1.0 }, VoiceEvent::Gain { factor: 0.25 }, A3]);
    assert_eq!(page.sung(), [57]);
    assert!(page.audio.contains(&AudioCommand::PitchBend(-4096)));
    let is_held = |command: &AudioCommand| matches!(command, AudioCommand::HoldParameter(_, Some(_)));
    assert!(page.audio.iter().any(is_held), "the volume is the voice's");
    page.hear(task, &[C4]);
    assert_eq!(page.sung(), [60]);
    page.hear(task, &[VoiceEvent::NoteOff]);
    assert!(page.sung().is_empty());
}

#[test]
fn a_bend_beyond_the_range_ends_at_its_ends() {
    let (mut page, task) = LivePage::listening();
    page.hear(task, &[VoiceEvent::Bend { semitones: 5.0 }, VoiceEvent::Bend { semitones: -5.0 }]);
    let bends: Vec<_> =
        page.audio.iter().filter(|command| matches!(command, AudioCommand::PitchBend(_))).collect();
    assert_eq!(bends, [&AudioCommand::PitchBend(8191), &AudioCommand::PitchBend(-8192)]);
}

#[test]
fn the_button_stops_the_voice_and_its_late_report_plays_nothing() {
    let (mut page, task) = LivePage::listening();
    page.hear(task, &[A3]);
    page.press();
    assert!(page.sung().is_empty());
    assert!(page.running.is_empty(), "the microphone is closed");
    page.hear(task, &[C4]);
    assert!(page.sung().is_empty());
    assert_eq!(page.model(), LiveModel { is_on: false, voice: None, problem: None });
}

#[test]
fn the_own_pitch_and_volume_return_after_the_voice() {
    let (mut page, task) = LivePage::listening();
    page.hear(task, &[VoiceEvent::Bend { semitones: 1.0 }, VoiceEvent::Gain { factor: 0.1 }, A3]);
    page.press();
    let last_bend =
        page.audio.iter().rfind(|command| matches!(command, AudioCommand::PitchBend(_))).expect("a bend");
    assert_eq!(last_bend, &AudioCommand::PitchBend(0));
    let last_volume = page
        .audio
        .iter()
        .rfind(|command| matches!(command, AudioCommand::HoldParameter(..)))
        .expect("a volume");
    assert!(matches!(last_volume, AudioCommand::HoldParameter(_, None)));
}

#[test]
fn silence_a_hidden_page_and_a_left_page_stop_the_voice() {
    for stop in [SoundAction::Panic, SoundAction::PageHidden, SoundAction::PageLeft] {
        let (mut page, task) = LivePage::listening();
        page.hear(task, &[A3]);
        page.act(Action::Sound(stop.clone()));
        assert!(page.running.is_empty(), "{stop:?}");
        assert!(page.sung().is_empty(), "{stop:?}");
        assert!(!page.model().is_on, "{stop:?}");
    }
}

#[test]
fn another_listener_of_the_microphone_stops_the_voice_without_a_sentence() {
    let (mut page, task) = LivePage::listening();
    page.hear(task, &[A3]);
    page.end(task);
    assert!(page.sung().is_empty());
    assert_eq!(page.model(), LiveModel { is_on: false, voice: None, problem: None });
}

#[test]
fn a_failure_is_explained_until_the_next_press() {
    for (word, problem) in [
        ("refused", VoiceProblem::Refused),
        ("missing", VoiceProblem::Missing),
        ("busy", VoiceProblem::Busy),
        ("insecure", VoiceProblem::Insecure),
        ("ended", VoiceProblem::Ended),
        ("lost", VoiceProblem::Lost),
        ("no_sound", VoiceProblem::NoSound),
        ("a word that nobody knows", VoiceProblem::Unusable),
    ] {
        let (mut page, task) = LivePage::listening();
        page.hear(task, &[A3]);
        page.fail(task, word);
        assert!(page.sung().is_empty());
        assert_eq!(page.model(), LiveModel { is_on: false, voice: None, problem: Some(problem) });
        page.press();
        assert_eq!(page.model(), LiveModel { is_on: true, voice: None, problem: None });
        assert_ne!(page.task(), task, "the microphone is asked for again");
    }
}

#[test]
fn presses_while_the_script_loads_begin_the_voice_once() {
    let mut page = LivePage::new();
    page.press();
    page.press();
    page.panel(PanelAction::Loaded(PanelId::Live));
    page.panel(PanelAction::Loaded(PanelId::Live));
    assert_eq!(page.running.len(), 1);
}

#[test]
fn a_press_while_the_microphone_is_asked_for_ends_that_and_its_answer_is_dropped() {
    let (mut page, first) = LivePage::listening();
    page.press();
    page.press();
    let second = page.task();
    page.press();
    page.answer(second, LiveAnswer::Opened { input_latency_s: None });
    page.fail(first, "refused");
    assert_eq!(page.model(), LiveModel { is_on: false, voice: None, problem: None });
}

#[test]
fn the_latency_is_that_of_the_usual_report() {
    let (mut page, task) = LivePage::listening();
    assert_eq!(page.model().voice.expect("a voice").latency, None, "nothing is heard yet");
    let mut slow = report(&[]);
    slow.transfer_s = 0.5;
    page.answer(task, LiveAnswer::Heard { report: slow });
    page.hear(task, &[]);
    page.hear(task, &[]);
    let voice = page.model().voice.expect("a voice");
    assert_eq!(voice.latency, Some(VoiceLatency { detector_ms: 20, transfer_ms: 8, device_ms: 10 }));
    assert_eq!((voice.level_db, voice.level, voice.pitch), (Some(-30), 0.5, Some(57.1)));
}

#[test]
fn a_note_sounds_at_once_although_its_words_follow_at_a_readable_rate() {
    let (mut page, task) = LivePage::listening();
    page.act(Action::Frame(1000.0));
    page.hear(task, &[A3]);
    let is_on = |command: &AudioCommand| {
        matches!(command, AudioCommand::Note(NoteEvent::On { key: 57, velocity: 90, .. }, _))
    };
    assert!(page.audio.iter().any(is_on));
    let shows = |page: &mut LivePage, now_ms: f64| {
        let effects = reduce(&mut page.state, Action::Frame(now_ms));
        effects.contains(&Effect::ShowViews)
    };
    page.act(Action::Frame(1016.0));
    page.hear(task, &[VoiceEvent::Gain { factor: 0.5 }]);
    assert!(!shows(&mut page, 1032.0));
    assert!(shows(&mut page, 1200.0));
}

#[derive(Clone, Debug)]
enum LiveEvent {
    Press,
    Loaded,
    NotLoaded,
    Silence,
    Hide,
    Opened(usize),
    Hear(usize, VoiceEvent),
    Fail(usize),
    End(usize),
}

fn voice_event() -> impl Strategy<Value = VoiceEvent> {
    prop_oneof![
        (any::<u8>(), any::<u8>()).prop_map(|(key, velocity)| VoiceEvent::NoteOn { key, velocity }),
        Just(VoiceEvent::NoteOff),
        any::<f32>().prop_map(|semitones| VoiceEvent::Bend { semitones }),
        any::<f32>().prop_map(|factor| VoiceEvent::Gain { factor }),
        any::<f32>().prop_map(|amount| VoiceEvent::Brightness { amount }),
    ]
}

fn event() -> impl Strategy<Value = LiveEvent> {
    prop_oneof![
        3 => Just(LiveEvent::Press),
        2 => Just(LiveEvent::Loaded),
        1 => Just(LiveEvent::NotLoaded),
        1 => Just(LiveEvent::Silence),
        1 => Just(LiveEvent::Hide),
        2 => (0_usize..4).prop_map(LiveEvent::Opened),
        4 => (0_usize..4, voice_event()).prop_map(|(position, event)| LiveEvent::Hear(position, event)),
        1 => (0_usize..4).prop_map(LiveEvent::Fail),
        1 => (0_usize..4).prop_map(LiveEvent::End),
    ]
}

proptest! {
    /// In any order of events at most one microphone is open, it is open exactly while the button says so, and without
    /// it the voice holds no key.
    #[test]
    fn in_any_order_of_events_the_button_tells_the_truth(events in prop::collection::vec(event(), 1..60)) {
        let mut page = LivePage::new();
        // All tasks that have ever run: their news may come at any time.
        let mut numbers: Vec<TaskNumber> = Vec::new();
        for event in events {
            numbers.extend(page.running.iter().copied());
            numbers.sort_unstable();
            numbers.dedup();
            let at = |position: usize| numbers.get(numbers.len().checked_sub(1 + position)?).copied();
            match event {
                LiveEvent::Press => page.press(),
                LiveEvent::Loaded => page.panel(PanelAction::Loaded(PanelId::Live)),
                LiveEvent::NotLoaded if page.running.is_empty() => page.panel(PanelAction::NotLoaded(PanelId::Live)),
                LiveEvent::NotLoaded => {}
                LiveEvent::Silence => page.act(Action::Sound(SoundAction::Panic)),
                LiveEvent::Hide => page.act(Action::Sound(SoundAction::PageHidden)),
                LiveEvent::Opened(position) => {
                    if let Some(number) = at(position) {
                        page.answer(number, LiveAnswer::Opened { input_latency_s: None });
                    }
                }
                LiveEvent::Hear(position, event) => {
                    if let Some(number) = at(position) {
                        page.hear(number, &[event]);
                    }
                }
                LiveEvent::Fail(position) => {
                    if let Some(number) = at(position) {
                        page.fail(number, "lost");
                    }
                }
                LiveEvent::End(position) => {
                    if let Some(number) = at(position) {
                        page.end(number);
                    }
                }
            }
            let model = page.model();
            prop_assert!(page.running.len() <= 1);
            prop_assert_eq!(model.is_on, page.running.len() == 1);
            prop_assert!(model.is_on || page.sung().is_empty() && model.voice.is_none());
            prop_assert!(!(model.is_on && model.problem.is_some()));
        }
    }
}
