//! The editor of paths as a person sees and hears it, with a simulated script that reads and writes files late, never
//! or out of order.

mod conditions;
mod contours;
mod drawing;
mod files;
mod following;
mod following_orders;
mod mixing;
mod orders;

use path::LatentPath;

use super::*;
use crate::action::{Action, Edit, GestureAction, Start};
use crate::effect::{Effect, Effects};
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;

/// Far more than the pause between two changes that the document gets, in milliseconds.
const LATER_MS: f64 = 1000.0;

/// A page with the editor and a simulated script, whose tasks wait until a test answers them.
struct PathsPage {
    state: State,
    now_ms: f64,
    running: Vec<(TaskNumber, PathsTask)>,
    /// How often the workers were freed.
    freed: usize,
    /// How often the link was removed from the address.
    cleared: usize,
}

impl PathsPage {
    /// A page with the editor open and without loops.
    fn open() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            now_ms: 0.0,
            running: Vec::new(),
            freed: 0,
            cleared: 0,
        };
        page.panel(PanelAction::Open(PanelId::Paths));
        page.panel(PanelAction::Loaded(PanelId::Paths));
        page.own(PathsAction::Resize { width_px: 600.0 });
        page
    }

    /// A page with the straight path of the beginning.
    fn begun() -> Self {
        let mut page = Self::open();
        page.own(PathsAction::Begin);
        page
    }

    fn act(&mut self, action: Action) {
        let effects = reduce(&mut self.state, action);
        self.follow(effects);
    }

    fn panel(&mut self, action: PanelAction) {
        self.now_ms += LATER_MS;
        self.act(Action::Panel(action, self.now_ms));
        self.frame();
    }

    fn own(&mut self, action: PathsAction) {
        self.panel(PanelAction::Act(OwnAction::Paths(action)));
    }

    fn frame(&mut self) {
        self.act(Action::Frame(self.now_ms));
    }

    fn follow(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Begin(number, task) => match *task {
                    PanelTask::Paths(PathsTask::Free {}) => self.freed += 1,
                    PanelTask::Paths(task) => self.running.push((number, task)),
                    _ => {}
                },
                Effect::Cancel(_, number) => self.running.retain(|(running, _)| *running != number),
                Effect::ClearLink => self.cleared += 1,
                _ => {}
            }
        }
    }

    fn undo(&mut self) {
        self.act(Action::Edit(Edit::Undo));
        self.frame();
    }

    fn delete(&mut self, number: u8) {
        self.act(Action::Gesture(GestureAction::DeleteLoop(number)));
        self.frame();
    }

    fn close(&mut self) {
        self.panel(PanelAction::Close(PanelId::Paths));
    }

    fn reopen(&mut self) {
        self.panel(PanelAction::Open(PanelId::Paths));
    }

    fn model(&self) -> PathsModel {
        Paths::model(&self.state)
    }

    fn lanes(&self) -> PathsLanesModel {
        *self.model().lanes.expect("lanes are shown")
    }

    fn loops(&self) -> Vec<Rc<RecordedLoop>> {
        self.state.document().loops.all().to_vec()
    }

    fn names(&self) -> Vec<String> {
        self.model().paths.into_iter().map(|own| own.name).collect()
    }

    /// A loop as a path.
    fn path(&self, number: u8) -> LatentPath {
        let own = self.state.document().loops.get(number).expect("the loop is there");
        loop_path::finger_path(own, 0).expect("a loop has a finger")
    }

    /// The values of a loop's curve at shares of its time.
    fn values(&self, number: u8, curve: usize, shares: &[f64]) -> Vec<f32> {
        let path = self.path(number);
        let last = (path.steps() - 1) as f64;
        shares.iter().map(|share| curves::value_at(&curves::values(&path, curve), share * last)).collect()
    }

    // ---- The simulated script ----

    fn task(&self) -> (TaskNumber, PathsTask) {
        self.running.first().cloned().expect("a task runs")
    }

    fn news(&mut self, number: TaskNumber, news: TaskNews) {
        self.panel(PanelAction::News(number, news));
    }

    fn end(&mut self, number: TaskNumber) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Ended);
    }

    fn fail(&mut self, number: TaskNumber, reason: &str) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Failed(reason.to_owned()));
    }

    fn answer(&mut self, number: TaskNumber, answer: PathsAnswer) {
        self.news(number, TaskNews::Answer(PanelAnswer::Paths(answer)));
    }

    /// A file is read: the script answers with its values.
    fn read(&mut self, values: PathsFileValues) {
        let (task, _) = self.task();
        self.answer(task, PathsAnswer::Read { path: Box::new(values), losses: Vec::new() });
        self.end(task);
    }

    /// Opens a file with a path.
    fn add(&mut self, values: PathsFileValues) {
        self.own(PathsAction::OpenFiles { files: vec![file("path.json")] });
        self.read(values);
    }
}

fn file(name: &str) -> PathsFile {
    PathsFile { number: crate::sounds::FileNumber::of(1), name: name.to_owned() }
}

/// A path of two seconds that stays at a point.
fn still(name: &str, x: f64, y: f64) -> PathsFileValues {
    PathsFileValues {
        format: "latent-pad path".to_owned(),
        version: 1,
        name: name.to_owned(),
        rate_hz: 10.0,
        is_loop: true,
        beats: None,
        lanes: PathsFileLanes { x: vec![x; 21], y: vec![y; 21] },
        level: None,
        notes: Vec::new(),
    }
}
