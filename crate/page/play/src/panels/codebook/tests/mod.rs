//! The codebook as a person sees and hears it. This module has the simulated page and its script, whose dots wait until
//! a test computes them.

mod dots;
mod order;
mod playing;

use std::rc::Rc;

use patch::{Parameter, Patch};
use plane::{Coordinates, Layer, Map, Presets};

use super::*;
use crate::action::{Action, FindAction, LoadAction, PageAction, SoundAction, Start};
use crate::effect::{AudioCommand, Effect, Effects};
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;
use crate::touches::TouchSource;

/// Known presets; the points of the map follow them.
const KNOWN: usize = 5;
/// Points of the map.
const CELLS: usize = 4;
const LAYERS: [&str; 2] = ["warmth", "brightness"];

fn known(count: usize) -> Rc<Coordinates> {
    Rc::new(Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: (0..count).map(|row| format!("Preset {row}")).collect(),
        bank: vec![0; count],
        index: (0..count as u16).collect(),
        x: (0..count).map(|row| row as f32 - 2.0).collect(),
        y: vec![1.0; count],
        ..Coordinates::default()
    })
}

fn map(names: [&str; 2]) -> Rc<Map> {
    let layer = |name: &str| Layer::new(name, "points", ["low", "high"], [0.0, 100.0, 0.0, 100.0]);
    Rc::new(Map { version: 1, grid: 2, limit: 4.0, layers: names.map(layer).to_vec(), ..Map::default() })
}

/// A page with the codebook and a simulated script.
struct CodebookPage {
    state: State,
    computing: Vec<TaskNumber>,
    timers: Vec<Action>,
    /// The volume of the patch that was sent last to a part beside the current point.
    volume: Option<f32>,
}

impl CodebookPage {
    /// Nobody has opened the codebook, and nothing has loaded yet.
    fn empty() -> Self {
        let state = State::new(Start::default());
        let mut page = Self { state, computing: Vec::new(), timers: Vec::new(), volume: None };
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page.act(Action::Page(PageAction::SelectTab(Tab::Places)));
        page
    }

    /// The codebook is open, and its dots are computed.
    fn open() -> Self {
        let mut page = Self::empty();
        page.know(KNOWN, LAYERS);
        page.load();
        page.compute(1);
        page.own(CodebookAction::GiveRoom { bars: 8 });
        page
    }

    /// Other sounds are known.
    fn know(&mut self, count: usize, layers: [&str; 2]) {
        self.act(Action::Load(LoadAction::Map(Some(map(layers)))));
        let presets = Rc::new(Presets::new(vec![Patch::default(); count]));
        self.act(Action::Load(LoadAction::Library(known(count), presets, None)));
        self.frame();
    }

    /// A person opens the codebook, and its script loads.
    fn load(&mut self) {
        self.reopen();
        self.panel(PanelAction::Loaded(PanelId::SoundCodebook));
    }

    fn reopen(&mut self) {
        self.panel(PanelAction::Open(PanelId::SoundCodebook));
    }

    fn close(&mut self) {
        self.panel(PanelAction::Close(PanelId::SoundCodebook));
    }

    fn act(&mut self, action: Action) {
        let effects = reduce(&mut self.state, action);
        self.follow(effects);
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, 0.0));
        self.frame();
    }

    fn own(&mut self, action: CodebookAction) {
        self.panel(PanelAction::Act(OwnAction::SoundCodebook(action)));
    }

    fn frame(&mut self) {
        self.act(Action::Frame(0.0));
    }

    fn select(&mut self, tab: Tab) {
        self.act(Action::Page(PageAction::SelectTab(tab)));
        self.frame();
    }

    fn follow(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::SoundCodebook(CodebookTask::Compute { .. }) = *task {
                        self.computing.push(number);
                    }
                }
                Effect::Cancel(_, number) => self.computing.retain(|running| *running != number),
                Effect::Audio(AudioCommand::SetPatch(part, patch, _)) if part > 0 => {
                    self.volume = Some(patch.get(Parameter::MasterVol));
                }
                Effect::After(_, action) if matches!(*action, Action::Panel(..)) => self.timers.push(*action),
                _ => {}
            }
        }
    }

    /// The script computes all dots that are asked for.
    fn compute(&mut self, heaviest: usize) {
        for number in std::mem::take(&mut self.computing) {
            self.answer(number, heaviest);
        }
    }

    fn answer(&mut self, number: TaskNumber, heaviest: usize) {
        let answer = PanelAnswer::SoundCodebook(CodebookAnswer::Dots { heaviest });
        self.panel(PanelAction::News(number, TaskNews::Answer(answer)));
        self.panel(PanelAction::News(number, TaskNews::Ended));
    }

    fn fail(&mut self, reason: &str) {
        for number in std::mem::take(&mut self.computing) {
            self.panel(PanelAction::News(number, TaskNews::Failed(reason.to_owned())));
        }
    }

    /// The preset of now has sounded long enough.
    fn wait(&mut self) {
        for action in std::mem::take(&mut self.timers) {
            self.act(action);
        }
        self.frame();
    }

    fn play(&mut self, rows: &[usize]) {
        self.own(CodebookAction::TogglePlaying { rows: rows.to_vec() });
    }

    fn model(&self) -> CodebookModel {
        SoundCodebook::model(&self.state)
    }

    /// The current point as the picture marks it.
    fn here(&self) -> Option<CodebookPlace> {
        model::motion(&self.state).here
    }

    fn is_auditioning(&self) -> bool {
        self.state.touches.of(TouchSource::Audition).is_some()
    }
}
