//! The panel between two sounds as a person sees and hears it. This module has the simulated page and its workers,
//! whose tasks wait until a test answers them.

mod ends;
mod grids;
mod landmarks;
mod order;
mod square;
mod way;

use std::rc::Rc;

use patch::{PARAMETER_COUNT, Parameter, Patch};
use plane::{Coordinates, Point, Presets};

use super::ends::patch_of;
use super::way::{LAST_STEP, WAY_COUNT};
use super::*;
use crate::action::{Action, Edit, LoadAction, PageAction, SoundAction, Start};
use crate::effect::{AudioCommand, Effect, Effects};
use crate::held_keys::NoteEvent;
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;

/// The presets: their names and their points.
const PRESETS: [(&str, f32, f32); 5] = [
    ("Choir", -3.0, 0.0),
    ("Harpsichord", 3.0, 0.0),
    ("Organ", -3.0, 3.0),
    ("Vibrato", 3.0, 3.0),
    ("", 0.0, -3.0),
];

struct BetweenPage {
    state: State,
    running: Vec<(TaskNumber, BetweenTask)>,
    timers: Vec<Action>,
    /// The number of notes that have begun.
    notes: usize,
    /// Added to what the model decodes: another decoder has another one.
    decoder: f32,
    now_ms: f64,
}

impl BetweenPage {
    /// A page with a sound far from all presets, whose panel is open; A is still decoded.
    fn loading() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            timers: Vec::new(),
            notes: 0,
            decoder: 0.0,
            now_ms: 0.0,
        };
        let known = Coordinates {
            version: plane::coordinates::VERSION,
            banks: vec!["A.bank".to_owned()],
            name: PRESETS.map(|(name, ..)| name.to_owned()).to_vec(),
            bank: vec![0; PRESETS.len()],
            index: (0..PRESETS.len() as u16).collect(),
            x: PRESETS.map(|(_, x, _)| x).to_vec(),
            y: PRESETS.map(|(.., y)| y).to_vec(),
            ..Coordinates::default()
        };
        let presets = Presets::new((0..PRESETS.len()).map(preset).collect());
        page.act(Action::Load(LoadAction::Library(Rc::new(known), Rc::new(presets), None)));
        page.act(Action::Load(LoadAction::Begin));
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.act(Action::Sound(SoundAction::NodeReady));
        page.act(Action::Sound(SoundAction::DecoderReady));
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page.move_to(0.5, 0.5);
        page.act(Action::Page(PageAction::SelectTab(Tab::Places)));
        page.panel(PanelAction::Open(PanelId::Between));
        page.panel(PanelAction::Loaded(PanelId::Between));
        page
    }

    /// A page where A is the current sound.
    fn open() -> Self {
        let mut page = Self::loading();
        page.work();
        page.rest();
        page
    }

    /// A page where the first presets are A to D, as many as asked for, and the ways are computed.
    fn with_ends(count: usize) -> Self {
        let mut page = Self::open();
        for end in 0..count {
            page.choose(end, end);
        }
        page.work();
        page.rest();
        page
    }

    /// The same with the square.
    fn with_square() -> Self {
        let mut page = Self::with_ends(4);
        page.own(BetweenAction::ToggleFour);
        page
    }

    fn act(&mut self, action: Action) {
        let effects = reduce(&mut self.state, action);
        self.follow(effects);
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, self.now_ms));
        self.frame();
    }

    fn own(&mut self, action: BetweenAction) {
        self.panel(PanelAction::Act(OwnAction::Between(action)));
    }

    fn frame(&mut self) {
        self.act(Action::Frame(self.now_ms));
    }

    fn follow(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::Between(task) = *task {
                        self.running.push((number, task));
                    }
                }
                Effect::Cancel(_, number) => self.running.retain(|(running, _)| *running != number),
                Effect::After(_, action) if matches!(*action, Action::Panel(..) | Action::Touch(..)) => {
                    self.timers.push(*action);
                }
                Effect::Audio(AudioCommand::Note(NoteEvent::On { .. }, _)) => self.notes += 1,
                _ => {}
            }
        }
    }

    /// Lets all timers run that wait: pauses, and the ends of short notes.
    fn rest(&mut self) {
        for action in std::mem::take(&mut self.timers) {
            self.act(action);
        }
        self.frame();
    }

    fn news(&mut self, number: TaskNumber, news: TaskNews) {
        self.panel(PanelAction::News(number, news));
    }

    fn answer(&mut self, number: TaskNumber, answer: BetweenAnswer) {
        self.news(number, TaskNews::Answer(PanelAnswer::Between(answer)));
    }

    fn end(&mut self, number: TaskNumber) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Ended);
    }

    fn fail(&mut self, number: TaskNumber, reason: &str) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Failed(reason.to_owned()));
    }

    /// The task that was begun last of this kind.
    fn task(&self, is_it: impl Fn(&BetweenTask) -> bool) -> Option<TaskNumber> {
        self.running.iter().rev().find(|(_, task)| is_it(task)).map(|(number, _)| *number)
    }

    fn decoding(&self) -> TaskNumber {
        self.task(|task| matches!(task, BetweenTask::Decode { .. })).expect("a patch is decoded")
    }

    fn measuring(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, BetweenTask::BySound { .. }))
    }

    fn mixing(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, BetweenTask::Among { .. }))
    }

    /// A worker performs a task.
    fn perform(&mut self, number: TaskNumber) {
        let Some((_, task)) = self.running.iter().find(|(running, _)| *running == number).cloned() else {
            return;
        };
        for answer in answers(&task, self.decoder) {
            self.answer(number, answer);
        }
        self.end(number);
    }

    /// The workers perform all tasks, except for the measurement.
    fn work(&mut self) {
        let is_quick = |task: &BetweenTask| !matches!(task, BetweenTask::BySound { .. });
        while let Some(number) = self.task(is_quick) {
            self.perform(number);
        }
    }

    /// Another decoder plays from now on.
    fn change_decoder(&mut self) {
        self.decoder += 0.1;
        self.act(Action::Sound(SoundAction::DecoderImported(true)));
        self.frame();
    }

    fn model(&self) -> BetweenModel {
        Between::model(&self.state)
    }

    /// The name of an end; empty if it is not chosen.
    fn name(&self, end: usize) -> String {
        self.model().ends[end].as_ref().map_or_else(String::new, |name| name.name.clone())
    }

    /// Chooses a preset for an end.
    fn choose(&mut self, end: usize, row: usize) {
        self.own(BetweenAction::ToggleChooser { end });
        let name = PRESETS[row].0.to_owned();
        self.own(BetweenAction::Choose { sound: ListedSound::Preset { row }, name });
    }

    /// Chooses the current sound for an end.
    fn choose_here(&mut self, end: usize) {
        self.own(BetweenAction::ToggleChooser { end });
        self.own(BetweenAction::ChooseHere);
    }

    fn move_to(&mut self, x: f32, y: f32) {
        self.act(Action::Edit(Edit::MoveTo(Point { x, y })));
        self.act(Action::Edit(Edit::FinishStep));
        self.frame();
    }

    fn point(&self) -> [f32; 2] {
        let point = self.state.point();
        [point.x, point.y]
    }

    fn heard(&self) -> Option<Patch> {
        self.state.document().patch.as_deref().copied()
    }

    fn undo(&mut self) {
        self.act(Action::Edit(Edit::Undo));
        self.frame();
    }

    fn close(&mut self) {
        self.panel(PanelAction::Close(PanelId::Between));
    }

    fn reopen(&mut self) {
        self.panel(PanelAction::Open(PanelId::Between));
    }
}

/// The patch of a preset.
fn preset(row: usize) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::ReverbWet, 0.1 + 0.2 * row as f32);
    patch
}

/// The patch that a decoder has at a point.
fn decoded(point: [f32; 2], decoder: f32) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterResonance, (point[0] + 4.0) / 10.0);
    patch.set(Parameter::ReverbDamp, (point[1] + 4.0) / 10.0);
    patch.set(Parameter::ReverbWidth, decoder);
    patch
}

/// The patch at a share of the way between two; another way has another width.
fn between(values: &[f32], share: f32, width: f32) -> Patch {
    let (from, to) = values.split_at(PARAMETER_COUNT);
    let mixed: Vec<f32> = from.iter().zip(to).map(|(from, to)| from + share * (to - from)).collect();
    let mut patch = patch_of(&mixed).expect("41 values");
    if share > 0.0 && share < 1.0 {
        patch.set(Parameter::ReverbWidth, width);
    }
    patch
}

fn answers(task: &BetweenTask, decoder: f32) -> Vec<BetweenAnswer> {
    let way = |values: &[f32], width| {
        let patches = (0..WAY_COUNT).map(|step| between(values, step as f32 / LAST_STEP as f32, width));
        vec![BetweenAnswer::Way { values: patches.flat_map(|patch| *patch.values()).collect() }]
    };
    let patch = |patch: Patch| vec![BetweenAnswer::Patch { values: patch.values().to_vec() }];
    match task {
        BetweenTask::Decode { point } => patch(decoded(*point, decoder)),
        BetweenTask::Straight { values, .. } => way(values, 0.5),
        BetweenTask::OverPlane { values, .. } => way(values, 0.6),
        BetweenTask::BySound { values, .. } => way(values, 0.7),
        BetweenTask::Compare { values, .. } => {
            // The middle of the way tells which one it is.
            let middle = values[values.len() / 2 / PARAMETER_COUNT * PARAMETER_COUNT..].first_chunk();
            let width = middle.map_or(0.0, |middle| Patch::from_values(middle).get(Parameter::ReverbWidth));
            vec![BetweenAnswer::Compared { uneven_points: 10.0 * width, level_db: 1.0 }]
        }
        BetweenTask::Among { values, across, upward } => {
            let lower = between(&values[..2 * PARAMETER_COUNT], *across, 0.8);
            let upper = between(&values[2 * PARAMETER_COUNT..], *across, 0.8);
            patch(between(&[*lower.values(), *upper.values()].concat(), *upward, 0.8))
        }
        BetweenTask::Around { cells, .. } => {
            let cell = |cell: &CellPoint| BetweenAnswer::Cell {
                cell: cell.cell,
                values: decoded(cell.point, decoder).values().to_vec(),
                moves: vec![1.0, 0.5, 2.0, f32::NAN],
            };
            cells.iter().map(cell).collect()
        }
        BetweenTask::Free => Vec::new(),
    }
}
