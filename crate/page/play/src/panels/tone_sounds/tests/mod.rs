//! “From sounds…” as a person notices it, with a simulated page that performs the tasks when a test says so. This
//! module has that page.

mod computing;
mod curve;
mod given;
mod hearing;
mod orders;
mod recording;

use std::rc::Rc;

use plane::{Coordinates, Map};

use super::*;
use crate::action::{Action, SoundAction, Start};
use crate::effect::Effect;
use crate::instruments::InstrumentAction;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::tones::TonesAction;
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelLife, PanelTask};
use crate::reduce;
use crate::sounds::SoundNumber;
use crate::state::State;
use crate::tone_domain::ToneDomain;

/// A page that plays strings, with the panel, whose tasks wait until a test answers them.
struct SoundsPage {
    state: State,
    running: Vec<(TaskNumber, ToneSoundsTask)>,
    /// All tasks that have begun.
    begun: Vec<ToneSoundsTask>,
    /// The sounds that the page keeps.
    kept: Vec<SoundNumber>,
    timers: Vec<Action>,
    sounds: u32,
    files: u32,
}

impl SoundsPage {
    fn new() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            begun: Vec::new(),
            kept: Vec::new(),
            timers: Vec::new(),
            sounds: 0,
            files: 0,
        };
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.act(Action::Sound(SoundAction::NodeReady));
        page.choose_instrument(Some(ToneDomain::Strings));
        page
    }

    /// The panel is open.
    fn open() -> Self {
        let mut page = Self::new();
        page.press_open();
        page.panel(PanelAction::Loaded(PanelId::ToneSounds));
        page
    }

    /// It has the example of A and its result.
    fn with_result() -> Self {
        let mut page = Self::open();
        page.take_example(TonePlace::A);
        page.compute();
        page
    }

    fn act(&mut self, action: Action) {
        for effect in reduce(&mut self.state, action) {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::ToneSounds(task) = *task {
                        self.begin(number, task);
                    }
                }
                Effect::Cancel(_, number) => self.running.retain(|(running, _)| *running != number),
                Effect::After(_, action) if matches!(*action, Action::Panel(..)) => self.timers.push(*action),
                _ => {}
            }
        }
    }

    fn begin(&mut self, number: TaskNumber, task: ToneSoundsTask) {
        self.begun.push(task.clone());
        match task {
            ToneSoundsTask::Forget { sounds } => self.kept.retain(|kept| !sounds.contains(kept)),
            ToneSoundsTask::Save { .. } => {}
            task => self.running.push((number, task)),
        }
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, 0.0));
    }

    fn own(&mut self, action: ToneSoundsAction) {
        self.panel(PanelAction::Act(OwnAction::ToneSounds(action)));
    }

    /// A person presses “From sounds…” of the instrument.
    fn press_open(&mut self) {
        self.panel(PanelAction::Act(OwnAction::RecordedTones(TonesAction::OpenSounds)));
    }

    fn close(&mut self) {
        self.panel(PanelAction::Close(PanelId::ToneSounds));
    }

    /// A person chooses an instrument, and its files arrive.
    fn choose_instrument(&mut self, domain: Option<ToneDomain>) {
        self.act(Action::Instrument(InstrumentAction::Choose(domain)));
        if let Some(domain) = domain {
            let files = (Rc::new(Coordinates::default()), Rc::new(Map::default()));
            self.act(Action::Instrument(InstrumentAction::Loaded(domain, files.0, files.1)));
        }
    }

    /// Lets all timers run that wait now.
    fn wait(&mut self) {
        for action in std::mem::take(&mut self.timers) {
            self.act(action);
        }
    }

    fn answer(&mut self, number: TaskNumber, answer: ToneSoundsAnswer) {
        self.panel(PanelAction::News(number, TaskNews::Answer(PanelAnswer::ToneSounds(answer))));
    }

    fn end(&mut self, number: TaskNumber) {
        self.running.retain(|(running, _)| *running != number);
        self.panel(PanelAction::News(number, TaskNews::Ended));
    }

    fn fail(&mut self, number: TaskNumber, reason: &str) {
        self.running.retain(|(running, _)| *running != number);
        self.panel(PanelAction::News(number, TaskNews::Failed(reason.to_owned())));
    }

    /// The last running task of a kind.
    fn task(&self, is_it: impl Fn(&ToneSoundsTask) -> bool) -> Option<TaskNumber> {
        self.running.iter().rev().find(|(_, task)| is_it(task)).map(|(number, _)| *number)
    }

    fn reading(&self) -> TaskNumber {
        let is_it = |task: &ToneSoundsTask| {
            matches!(task, ToneSoundsTask::Read { .. } | ToneSoundsTask::Example { .. })
        };
        self.task(is_it).expect("a sound is read")
    }

    fn computing(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, ToneSoundsTask::Compute { .. }))
    }

    fn recording(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, ToneSoundsTask::Record))
    }

    /// The page keeps another sound.
    fn keep(&mut self) -> SoundNumber {
        self.sounds += 1;
        let sound = SoundNumber::of(self.sounds);
        self.kept.push(sound);
        sound
    }

    fn file(&mut self) -> FileNumber {
        self.files += 1;
        FileNumber::of(self.files)
    }

    fn give(&mut self, place: TonePlace, name: &str) -> TaskNumber {
        let file = self.file();
        self.own(ToneSoundsAction::TakeFile { place, file, name: name.to_owned() });
        self.reading()
    }

    fn drop_files(&mut self, names: &[&str]) {
        let mut files = Vec::new();
        for name in names {
            files.push(DroppedSound { file: self.file(), name: (*name).to_owned() });
        }
        self.own(ToneSoundsAction::TakeDropped { files });
    }

    fn read(&mut self, task: TaskNumber) {
        let sound = self.keep();
        self.answer(task, ToneSoundsAnswer::Read { sound, is_cut: false, is_damaged: false });
        self.end(task);
    }

    fn take_example(&mut self, place: TonePlace) {
        self.own(ToneSoundsAction::TakeExample { place, name: "example".to_owned() });
        let task = self.reading();
        self.read(task);
    }

    /// The result of a task, which ends with it.
    fn finish_computing(&mut self, task: TaskNumber) {
        let sound = self.keep();
        self.answer(task, ToneSoundsAnswer::Computed { sound });
        self.end(task);
    }

    /// Results are computed as long as some are asked for.
    fn compute(&mut self) {
        while let Some(task) = self.computing() {
            self.finish_computing(task);
        }
    }

    fn model(&self) -> ToneSoundsModel {
        ToneSounds::model(&self.state)
    }

    fn said(&self) -> Option<ToneSentence> {
        self.model().speech.said
    }

    fn refused(&self) -> Vec<(String, ToneProblem)> {
        self.model().speech.refusals.into_iter().map(|refusal| (refusal.name, refusal.problem)).collect()
    }

    fn name(&self, place: TonePlace) -> Option<String> {
        self.model().places[place as usize].name.clone()
    }

    /// The settings of the task that computes.
    fn asked(&self) -> (String, f32, Vec<f32>, bool) {
        let task = self.running.iter().rev().find_map(|(_, task)| match task {
            ToneSoundsTask::Compute { model, strength, curve, is_aligned, .. } => {
                Some((model.clone(), *strength, curve.clone(), *is_aligned))
            }
            _ => None,
        });
        task.expect("a result is computed")
    }
}

#[test]
fn the_button_loads_the_panel_and_a_second_try_follows_a_failure() {
    let mut page = SoundsPage::new();
    page.press_open();
    page.panel(PanelAction::NotLoaded(PanelId::ToneSounds));
    assert!(crate::panels::tones::RecordedTones::model(&page.state).is_sounds_lost);
    page.press_open();
    assert!(!crate::panels::tones::RecordedTones::model(&page.state).is_sounds_lost);
    page.panel(PanelAction::Loaded(PanelId::ToneSounds));
    assert!(page.model().is_open);
}

#[test]
fn it_closes_with_the_recorded_tones_also_while_its_script_loads_and_its_sounds_stay() {
    let mut page = SoundsPage::with_result();
    page.own(ToneSoundsAction::TogglePlaying);
    page.choose_instrument(None);
    assert!(!page.model().is_open);
    assert_eq!(page.model().result.player, None);
    page.choose_instrument(Some(ToneDomain::Winds));
    assert!(!page.model().is_open);
    page.press_open();
    assert_eq!((page.model().is_open, page.name(TonePlace::A).as_deref()), (true, Some("example")));
    assert_eq!(page.asked().0, "winds");

    let mut page = SoundsPage::new();
    page.press_open();
    page.choose_instrument(None);
    page.panel(PanelAction::Loaded(PanelId::ToneSounds));
    assert_eq!(page.state.panels.life(PanelId::ToneSounds), PanelLife::Closed);
}
