//! Breed as a person sees and hears it, when answers come late, out of order or never.

mod generation;
mod orders;
mod rounds;

use patch::{Parameter, Patch};

use super::ear::MEASURED_COUNT;
use super::*;
use crate::action::{Action, Edit, PageAction, SoundAction, Start};
use crate::effect::{AudioCommand, Effect, Effects};
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNews;
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;

/// A page with Breed and a simulated worker, whose tasks wait until a test answers them.
struct BreedPage {
    state: State,
    running: Vec<(TaskNumber, BreedTask)>,
    timers: Vec<Action>,
    audio: Vec<AudioCommand>,
    now_ms: f64,
}

impl BreedPage {
    /// A page with a sound, whose script is loaded.
    fn open() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            timers: Vec::new(),
            audio: Vec::new(),
            now_ms: 1234.5,
        };
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page.act(Action::Page(PageAction::SelectTab(Tab::Sound)));
        page.panel(PanelAction::Open(PanelId::Breed));
        page.panel(PanelAction::Loaded(PanelId::Breed));
        page
    }

    fn act(&mut self, action: Action) {
        let effects = reduce(&mut self.state, action);
        self.follow(effects);
    }

    fn panel(&mut self, action: PanelAction) {
        self.now_ms += 16.0;
        self.act(Action::Panel(action, self.now_ms));
        self.act(Action::Frame(self.now_ms));
    }

    fn own(&mut self, action: BreedAction) {
        self.panel(PanelAction::Act(OwnAction::Breed(action)));
    }

    fn edit(&mut self, edit: Edit) {
        self.act(Action::Edit(edit));
        self.act(Action::Frame(self.now_ms));
    }

    fn follow(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::Breed(task) = *task {
                        self.running.push((number, task));
                    }
                }
                Effect::Cancel(_, number) => self.running.retain(|(running, _)| *running != number),
                Effect::After(_, action) => self.timers.push(*action),
                Effect::Audio(command) => self.audio.push(command),
                _ => {}
            }
        }
    }

    /// Lets all timers run that wait now.
    fn rest(&mut self) {
        for action in std::mem::take(&mut self.timers) {
            self.act(action);
        }
        self.act(Action::Frame(self.now_ms));
    }

    /// The patches that wait for their measurement, by tasks.
    fn waiting(&self) -> Vec<(TaskNumber, Vec<Patch>)> {
        let measured = |(number, task): &(TaskNumber, BreedTask)| match task {
            BreedTask::Measure { patches, .. } => {
                let (patches, _) = patches.as_chunks();
                Some((*number, patches.iter().map(Patch::from_values).collect()))
            }
            BreedTask::Free => None,
        };
        self.running.iter().filter_map(measured).collect()
    }

    fn answer(&mut self, task: TaskNumber, from: usize, numbers: Vec<Option<f32>>) {
        let answer = BreedAnswer::Measured { from, numbers };
        self.panel(PanelAction::News(task, TaskNews::Answer(PanelAnswer::Breed(answer))));
    }

    fn end(&mut self, task: TaskNumber) {
        self.running.retain(|(running, _)| *running != task);
        self.panel(PanelAction::News(task, TaskNews::Ended));
    }

    /// The worker measures everything that waits, and what is drawn again because of it.
    fn measure(&mut self, sound: impl Fn(&Patch) -> Vec<Option<f32>>) {
        for _ in 0..200 {
            let Some((task, patches)) = self.waiting().pop() else { return };
            self.answer(task, 0, patches.iter().flat_map(&sound).collect());
            self.end(task);
        }
        panic!("the children are drawn again and again");
    }

    fn model(&self) -> BreedModel {
        Breed::model(&self.state)
    }

    fn patches(&self) -> Vec<Patch> {
        let round = self.state.panels.breed.rounds.shown().expect("a round is shown");
        round.children.iter().map(|child| child.patch).collect()
    }

    fn heard(&self) -> Patch {
        self.state.heard_patch().expect("a patch is heard")
    }

    fn hear(&mut self, child: usize) {
        self.own(BreedAction::Press { child: Some(child) });
        self.own(BreedAction::Lift);
    }
}

/// A simulated sound: its brightness follows the cutoff, its length the release, and no two patches sound alike.
fn sound(patch: &Patch) -> Vec<Option<f32>> {
    let mut numbers = vec![Some(50.0); MEASURED_COUNT];
    for (at, parameter) in Parameter::ALL.into_iter().enumerate() {
        let info = parameter.info();
        let share = (patch.get(parameter) - info.min) / (info.max - info.min);
        let own = &mut numbers[at % 8];
        *own = own.map(|own| own + 40.0 * share * (1.0 + at as f32 / 41.0));
    }
    numbers[8] = Some(-20.0);
    numbers[9] = Some(60.0);
    numbers
}

fn silence() -> Vec<Option<f32>> {
    vec![None; MEASURED_COUNT]
}
