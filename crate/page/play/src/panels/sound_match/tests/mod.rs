//! “From a sound…” as a person notices it, with a simulated page that performs the tasks when a test says so. This
//! module has that page.

mod differences;
mod giving;
mod hearing;
mod keeping;
mod kinds;
mod locks;
mod naming;
mod offers;
mod order;
mod parts;
mod pictures;
mod recording;
mod searching;

use patch::{Parameter, Patch};

use super::*;
use crate::Point;
use crate::action::{Action, JobAction, LoadAction, SoundAction, Start};
use crate::effect::{AudioCommand, Effect, Effects};
use crate::long_job::JobNumber;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;

/// A page with the panel, whose tasks wait until a test answers them.
struct MatchPage {
    state: State,
    running: Vec<(TaskNumber, MatchTask)>,
    /// The patch that is to be placed.
    placing: Option<(TaskNumber, Patch)>,
    timers: Vec<Action>,
    /// The effects of the last action.
    effects: Effects,
    sounds: u32,
    files: u32,
}

impl MatchPage {
    /// A page whose sound is awake.
    fn new() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            placing: None,
            timers: Vec::new(),
            effects: Effects::new(),
            sounds: 0,
            files: 0,
        };
        page.act(Action::Load(LoadAction::Begin));
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.act(Action::Sound(SoundAction::NodeReady));
        page.act(Action::Sound(SoundAction::DecoderReady));
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page
    }

    /// The panel is open.
    fn open() -> Self {
        let mut page = Self::new();
        page.panel(PanelAction::Open(PanelId::SoundMatch));
        page.panel(PanelAction::Loaded(PanelId::SoundMatch));
        page
    }

    /// It searches for a sound.
    fn searching() -> Self {
        let mut page = Self::open();
        page.search("harp.wav");
        page
    }

    fn act(&mut self, action: Action) {
        self.effects = reduce(&mut self.state, action);
        for effect in self.effects.clone() {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::SoundMatch(task) = *task {
                        self.running.push((number, task));
                    }
                }
                Effect::PlacePatch(_, number, patch) => self.placing = Some((number, *patch)),
                Effect::Cancel(_, number) => self.running.retain(|(running, _)| *running != number),
                Effect::After(_, action) if matches!(*action, Action::Panel(..)) => self.timers.push(*action),
                _ => {}
            }
        }
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, 0.0));
    }

    fn own(&mut self, action: MatchAction) {
        self.panel(PanelAction::Act(OwnAction::SoundMatch(action)));
    }

    fn close(&mut self) {
        self.panel(PanelAction::Close(PanelId::SoundMatch));
    }

    fn reopen(&mut self) {
        self.panel(PanelAction::Open(PanelId::SoundMatch));
    }

    fn frame(&mut self) {
        self.act(Action::Frame(0.0));
    }

    /// Lets all timers run that wait now.
    fn wait(&mut self) {
        for action in std::mem::take(&mut self.timers) {
            self.act(action);
        }
    }

    fn news(&mut self, number: TaskNumber, news: TaskNews) {
        self.panel(PanelAction::News(number, news));
    }

    fn answer(&mut self, number: TaskNumber, answer: MatchAnswer) {
        self.news(number, TaskNews::Answer(PanelAnswer::SoundMatch(answer)));
    }

    fn end(&mut self, number: TaskNumber) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Ended);
    }

    fn fail(&mut self, number: TaskNumber, reason: &str) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Failed(reason.to_owned()));
    }

    /// A task answers once and ends.
    fn finish(&mut self, number: TaskNumber, answer: MatchAnswer) {
        self.answer(number, answer);
        self.end(number);
    }

    /// The last running task of a kind.
    fn task(&self, is_it: impl Fn(&MatchTask) -> bool) -> Option<TaskNumber> {
        self.running.iter().rev().find(|(_, task)| is_it(task)).map(|(number, _)| *number)
    }

    fn reading(&self) -> TaskNumber {
        self.task(|task| matches!(task, MatchTask::Read { .. })).expect("a file is read")
    }

    fn examining(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, MatchTask::Examine { .. }))
    }

    fn listening(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, MatchTask::Listen { .. }))
    }

    /// The task of the search.
    fn search_task(&self) -> Option<TaskNumber> {
        self.state.panels.sound_match.search.task
    }

    fn sound(&mut self) -> SoundNumber {
        self.sounds += 1;
        SoundNumber::of(self.sounds)
    }

    /// A person gives a file.
    fn give(&mut self, name: &str) {
        self.files += 1;
        self.own(MatchAction::TakeFile { file: FileNumber::of(self.files), name: name.to_owned() });
    }

    /// The file that was given last is read.
    fn read(&mut self) {
        let (task, sound) = (self.reading(), self.sound());
        self.finish(task, MatchAnswer::Read { sound, is_long: false, is_damaged: false, length_s: 4.0 });
    }

    /// A worker tells how the sound can be sketched.
    fn examine(&mut self, problem: u8, has_hits: bool, is_unvoiced: bool) {
        let task = self.examining().expect("a sound is examined");
        self.finish(task, MatchAnswer::Examined { problem, has_hits, is_unvoiced });
    }

    /// The workers take the sound.
    fn hear(&mut self) {
        let (task, sound) = (self.listening().expect("the workers listen"), self.sound());
        self.finish(task, MatchAnswer::Heard { sound, key: Some(57), cents: 3.0, length_s: 1.0 });
    }

    /// A worker finds two kinds of hits.
    fn find_hits(&mut self) {
        let task = self.task(|task| *task == MatchTask::FindHits).expect("hits are found");
        let hit = |kind, begin_s| RhythmHit { kind, key: 36 + kind, begin_s, held_s: 0.1, velocity: 90 };
        self.finish(task, MatchAnswer::Hits { hits: vec![hit(0, 0.0), hit(1, 0.5), hit(0, 1.0)] });
    }

    /// A person gives a sound, and the search for it begins.
    fn search(&mut self, name: &str) {
        self.give(name);
        self.read();
        self.hear();
    }

    /// A melody is sketched.
    fn sketching() -> Self {
        let mut page = Self::open();
        page.own(MatchAction::Choose { kind: MatchKind::Voice });
        page.give("hum.wav");
        page.read();
        page.examine(0, false, false);
        page.hear();
        page
    }

    /// The search finds a better sketch.
    fn sketched(&mut self, in_tune: f32, share: f32) {
        let (task, sound) = (self.search_task().expect("it searches"), self.sound());
        let sketch = SketchedVoice { sound, in_tune, notes: 2, low: 57, high: 64 };
        self.answer(task, MatchAnswer::Sketched { sketch });
        self.found(0, 1.0 - in_tune, share);
    }

    /// A rhythm of two kinds of hits is sketched.
    fn beating() -> Self {
        let mut page = Self::open();
        page.own(MatchAction::Choose { kind: MatchKind::Rhythm });
        page.give("beats.wav");
        page.read();
        page.examine(4, true, true);
        page.hear();
        page.find_hits();
        page
    }

    fn found(&mut self, strand: usize, distance: f32, share: f32) {
        let Some(task) = self.search_task() else { return };
        self.found_by(task, strand, distance, share);
    }

    fn found_by(&mut self, task: TaskNumber, strand: usize, distance: f32, share: f32) {
        let patch = sounding(strand, distance).values().to_vec();
        let distance = Some(distance).filter(|distance| distance.is_finite());
        let renders = 1 + (share * 100.0) as u32;
        let note = Some(note_of(share));
        self.answer(task, MatchAnswer::Found { strand, renders, share, distance, note, patch });
    }

    /// Workers compare all answers that are to be compared, the first one with the first percentage.
    fn compare(&mut self, percents: [f32; STRAND_COUNT]) {
        while let Some((task, strand)) = self.comparing() {
            self.finish(task, MatchAnswer::Compared { numbers: vec![percents[strand]] });
        }
    }

    /// The running comparison, and the strand whose answer it is.
    fn comparing(&self) -> Option<(TaskNumber, usize)> {
        self.running.iter().rev().find_map(|(number, task)| match task {
            MatchTask::Compare { strand, .. } => Some((*number, *strand)),
            _ => None,
        })
    }

    /// The running comparison of a sketch.
    fn comparing_sketch(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, MatchTask::CompareSketch { .. } | MatchTask::CompareRhythm { .. }))
    }

    /// A worker compares the sketch, and has one remark of this kind.
    fn compare_sketch(&mut self, kind: u8) {
        let task = self.comparing_sketch().expect("the sketch is compared");
        self.finish(task, MatchAnswer::SketchCompared { remarks: vec![f32::from(kind), 0.5, 1.0, 0.2] });
    }

    /// The patch and the note that are rendered last.
    fn rendering(&self) -> Option<(Patch, AnswerNote)> {
        self.running.iter().rev().find_map(|(_, task)| match task {
            MatchTask::Render { patch, note, .. } => Some((patch_of(patch), *note)),
            _ => None,
        })
    }

    /// Workers render all that is asked for.
    fn render(&mut self) {
        let is_render =
            |task: &MatchTask| matches!(task, MatchTask::Render { .. } | MatchTask::RenderRhythm { .. });
        while let Some(task) = self.task(is_render) {
            let sound = self.sound();
            self.finish(task, MatchAnswer::Rendered { sound });
        }
    }

    /// The sound that plays has reached its end.
    fn played(&mut self) {
        if let Some(player) = self.player() {
            self.own(MatchAction::Played { count: player.count });
        }
    }

    /// The strand's patch is to be placed.
    fn wanted(&self) -> Option<Patch> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::PlacePatch(_, _, patch) => Some(**patch),
            _ => None,
        })
    }

    /// The worker places what it was asked for.
    fn placed(&mut self, x: f32) {
        let (task, _) = self.placing.take().expect("a patch is placed");
        self.finish(task, MatchAnswer::Placed { point: Some([x, 0.0]) });
    }

    fn stop_job(&mut self) {
        let task = self.search_task().expect("it searches");
        self.act(Action::Job(JobNumber::Task(task), JobAction::Stop));
    }

    fn model(&self) -> MatchModel {
        SoundMatch::model(&self.state)
    }

    fn player(&self) -> Option<crate::sounds::PlayedSound> {
        self.model().hearing.player
    }

    fn search_state(&self) -> &StrandSearch {
        &self.state.panels.sound_match.search
    }

    fn hearing(&self) -> (MatchSound, MatchPlaying) {
        let hearing = &self.state.panels.sound_match.hearing;
        (hearing.heard, hearing.playing)
    }

    fn hear_strand(&mut self, strand: usize) {
        self.own(MatchAction::HearStrand { strand, is_alone: false });
    }

    fn patch(&self) -> Option<Patch> {
        self.state.document().patch.as_deref().copied()
    }

    fn target(&self) -> String {
        self.model().target.map(|target| target.name).unwrap_or_default()
    }

    fn refusal(&self) -> Option<MatchRefusal> {
        match self.model().status.as_slice() {
            [MatchSentence::Refused { refusal, .. }, ..] => Some(*refusal),
            _ => None,
        }
    }
}

fn patch_of(values: &[f32]) -> Patch {
    Patch::from_values(values.try_into().expect("a patch has 41 values"))
}

/// A patch that differs from those of other strands and distances.
fn sounding(strand: usize, distance: f32) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, strand as f32 / 8.0);
    patch.set(Parameter::MasterVol, distance.min(9.0) / 10.0);
    patch
}

/// The note of an answer that a strand has found by then.
fn note_of(share: f32) -> AnswerNote {
    AnswerNote { key: 60, held_s: share, bend_cents: 100.0 * share }
}

fn at(x: f32) -> Point {
    Point { x, y: 0.0 }
}

fn near(one: Point, other: Point) -> bool {
    one.distance(other) < 1e-4
}
