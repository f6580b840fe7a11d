//! The life cycle of a panel whose script loads on demand, the same for all, and the ways of its actions and tasks.

use crate::action::{Action, JobAction, PageAction};
use crate::effect::Effect;
use crate::long_job::JobNumber;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelId, PanelLife, PanelTask};
use crate::reduce::Reducer;

impl Reducer<'_> {
    pub(crate) fn panel(&mut self, action: PanelAction, now_ms: f64) {
        self.state.panels.now_ms = now_ms;
        let is_motion =
            matches!(&action, PanelAction::News(_, TaskNews::Answer(answer)) if answer.is_motion());
        match action {
            PanelAction::Toggle(panel) if self.state.panels.is_open(panel) => self.close_panel(panel),
            PanelAction::Toggle(panel) => self.open_panel(panel),
            PanelAction::Open(panel) => self.open_panel(panel),
            PanelAction::Loaded(panel) => match self.life(panel) {
                PanelLife::Loading => self.show_panel(panel),
                PanelLife::Unwanted => self.set_life(panel, PanelLife::Closed),
                _ => {}
            },
            PanelAction::NotLoaded(panel) => {
                self.set_life(panel, PanelLife::Failed);
                self.panel_not_loaded(panel);
            }
            PanelAction::Close(panel) => self.close_panel(panel),
            PanelAction::Act(action) => self.act_in_panel(action),
            PanelAction::News(task, news) => self.hear_of_task(task, news),
        }
        if is_motion {
            self.mark_moved();
        } else {
            self.mark_dirty();
        }
    }

    fn life(&self, panel: PanelId) -> PanelLife {
        self.state.panels.life(panel)
    }

    fn set_life(&mut self, panel: PanelId, life: PanelLife) {
        self.state.panels.lives[panel as usize] = life;
    }

    pub(crate) fn open_panel(&mut self, panel: PanelId) {
        // On a phone a panel may lie below the sheet's edge.
        self.page(PageAction::OpenSheet);
        match self.life(panel) {
            PanelLife::Absent | PanelLife::Failed => {
                self.set_life(panel, PanelLife::Loading);
                self.effects.push(Effect::LoadPanel(panel));
            }
            PanelLife::Unwanted => self.set_life(panel, PanelLife::Loading),
            PanelLife::Closed => self.show_panel(panel),
            PanelLife::Loading | PanelLife::Open => {}
        }
    }

    pub(crate) fn show_panel(&mut self, panel: PanelId) {
        self.set_life(panel, PanelLife::Open);
        self.panel_opened(panel);
        self.follow_in_panel(panel);
    }

    pub(crate) fn close_panel(&mut self, panel: PanelId) {
        match self.life(panel) {
            PanelLife::Open => {
                self.set_life(panel, PanelLife::Closed);
                self.panel_closed(panel);
                self.mark_dirty();
            }
            PanelLife::Loading => self.set_life(panel, PanelLife::Unwanted),
            _ => {}
        }
    }

    /// Every open panel follows the current sound.
    pub(crate) fn follow_panels(&mut self) {
        for &panel in PanelId::ALL {
            if self.state.panels.is_open(panel) {
                self.follow_in_panel(panel);
            }
        }
    }

    /// Dispatches a panel's action after this many milliseconds.
    pub(crate) fn act_later(&mut self, delay_ms: i32, action: OwnAction) {
        let then_ms = self.state.panels.now_ms + f64::from(delay_ms);
        self.after(delay_ms, Action::Panel(PanelAction::Act(action), then_ms));
    }

    /// Begins a task outside of the state; returns its number.
    pub(crate) fn begin_task(&mut self, task: impl Into<PanelTask>) -> TaskNumber {
        let task = task.into();
        let number = self.state.panels.tasks.begin(task.panel());
        self.effects.push(Effect::Begin(number, Box::new(task)));
        number
    }

    /// The same for a task that the page shows as a long job, with its progress and a button that stops it. Its script
    /// names it.
    pub(crate) fn begin_long_task(&mut self, task: impl Into<PanelTask>) -> TaskNumber {
        let number = self.begin_task(task);
        self.job(JobNumber::Task(number), JobAction::Begin { name: String::new(), can_stop: true });
        number
    }

    /// Cancels a task if there is one and it still runs. Nothing is heard of it any more.
    pub(crate) fn cancel_task(&mut self, number: Option<TaskNumber>) {
        let Some(number) = number else { return };
        if let Some(panel) = self.end_task(number) {
            self.effects.push(Effect::Cancel(panel, number));
        }
    }

    /// Forgets a task and ends its long job; returns its panel if it was running.
    fn end_task(&mut self, number: TaskNumber) -> Option<PanelId> {
        self.job(JobNumber::Task(number), JobAction::End);
        self.state.panels.tasks.end(number)
    }

    /// A person may have stopped a long job: its panel decides what that means.
    pub(crate) fn follow_stop(&mut self, number: JobNumber) {
        if let JobNumber::Task(task) = number
            && self.state.page.is_stopping(number)
            && let Some(panel) = self.state.panels.tasks.panel(task)
        {
            self.give_stop(panel, task);
        }
    }

    /// The one place where late news are dropped: those of a task that has ended or was cancelled.
    fn hear_of_task(&mut self, number: TaskNumber, news: TaskNews) {
        let Some(panel) = self.state.panels.tasks.panel(number) else { return };
        match news {
            TaskNews::Progress(share) => {
                self.job(JobNumber::Task(number), JobAction::Progress(share));
                self.give_progress(panel, number, share.clamp(0.0, 1.0));
            }
            TaskNews::Name(name) => self.job(JobNumber::Task(number), JobAction::Name(name)),
            TaskNews::Answer(answer) => self.give_answer(panel, number, answer),
            TaskNews::Ended => {
                self.end_task(number);
                self.give_end(panel, number);
            }
            TaskNews::Failed(reason) => {
                self.end_task(number);
                self.give_failure(panel, number, &reason);
            }
        }
    }
}
