//! The life cycle of a panel whose script loads on demand, the same for all, and the ways of its actions and tasks.

use crate::action::{Action, PageAction};
use crate::effect::Effect;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelId, PanelLife, PanelTask};
use crate::reduce::Reducer;

impl Reducer<'_> {
    pub(crate) fn panel(&mut self, action: PanelAction, now_ms: f64) {
        self.state.panels.now_ms = now_ms;
        match action {
            PanelAction::Toggle(panel) if self.state.panels.is_open(panel) => self.close_panel(panel),
            PanelAction::Toggle(panel) => self.open_panel(panel),
            PanelAction::Open(panel) => self.open_panel(panel),
            PanelAction::Loaded(panel) if self.life(panel) == PanelLife::Loading => self.show_panel(panel),
            PanelAction::Loaded(_) => {}
            PanelAction::NotLoaded(panel) => self.set_life(panel, PanelLife::Failed),
            PanelAction::Close(panel) => self.close_panel(panel),
            PanelAction::Act(action) => self.act_in_panel(action),
            PanelAction::News(task, news) => self.hear_of_task(task, news),
        }
        self.mark_dirty();
    }

    fn life(&self, panel: PanelId) -> PanelLife {
        self.state.panels.life(panel)
    }

    fn set_life(&mut self, panel: PanelId, life: PanelLife) {
        self.state.panels.lives[panel as usize] = life;
    }

    fn open_panel(&mut self, panel: PanelId) {
        // On a phone a panel may lie below the sheet's edge.
        self.page(PageAction::OpenSheet);
        match self.life(panel) {
            PanelLife::Absent | PanelLife::Failed => {
                self.set_life(panel, PanelLife::Loading);
                self.effects.push(Effect::LoadPanel(panel));
            }
            PanelLife::Closed => self.show_panel(panel),
            PanelLife::Loading | PanelLife::Open => {}
        }
    }

    fn show_panel(&mut self, panel: PanelId) {
        self.set_life(panel, PanelLife::Open);
        self.panel_opened(panel);
        self.follow_in_panel(panel);
    }

    fn close_panel(&mut self, panel: PanelId) {
        if self.state.panels.is_open(panel) {
            self.set_life(panel, PanelLife::Closed);
            self.panel_closed(panel);
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

    /// Cancels a task if there is one and it still runs. Nothing is heard of it any more.
    pub(crate) fn cancel_task(&mut self, number: Option<TaskNumber>) {
        let Some(number) = number else { return };
        if let Some(panel) = self.state.panels.tasks.end(number) {
            self.effects.push(Effect::Cancel(panel, number));
        }
    }

    /// The one place where late news are dropped: those of a task that has ended or was cancelled.
    fn hear_of_task(&mut self, number: TaskNumber, news: TaskNews) {
        let Some(panel) = self.state.panels.tasks.panel(number) else { return };
        match news {
            TaskNews::Progress(share) => self.give_progress(panel, number, share.clamp(0.0, 1.0)),
            TaskNews::Answer(answer) => self.give_answer(panel, number, answer),
            TaskNews::Ended => {
                self.state.panels.tasks.end(number);
                self.give_end(panel, number);
            }
            TaskNews::Failed(reason) => {
                self.state.panels.tasks.end(number);
                self.give_failure(panel, number, &reason);
            }
        }
    }
}
