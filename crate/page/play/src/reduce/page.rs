//! Panels, the sheet and the running job.

use crate::Notes;
use crate::action::{Action, Edit, JobAction, PageAction, SoundAction};
use crate::effect::Effect;
use crate::hints::Hint;
use crate::long_job::{JobNumber, LongJob};
use crate::notes::Layout;
use crate::page::{SheetStop, Tab, closes_drawer};
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// How long a job must run until it is shown, in milliseconds: a shorter one would only flash.
const SHOW_JOB_MS: i32 = 300;

impl Reducer<'_> {
    pub(crate) fn page(&mut self, action: PageAction) {
        let page = &mut self.state.page;
        match action {
            PageAction::LeaveHint(hint) => {
                page.onboarding.hints.withdraw(hint);
                self.mark_dirty();
            }
            PageAction::SetSheet(has_sheet) => {
                page.has_sheet = has_sheet;
                page.drag = None;
                if !has_sheet {
                    self.set_stop(SheetStop::Rest);
                }
            }
            PageAction::SelectTab(tab) if page.tab == tab => {
                page.are_notes_open = false;
                let is_open = page.stop > SheetStop::Rest;
                self.move_sheet(if is_open { SheetStop::Rest } else { SheetStop::Half });
            }
            PageAction::SelectTab(tab) => self.show_tab(tab),
            PageAction::ShowTab(tab) => {
                self.show_tab(tab);
                self.page(PageAction::OpenSheet);
            }
            PageAction::StepSheet(steps) => {
                let stop = page.stop.stepped(steps);
                self.move_sheet(stop);
            }
            PageAction::CycleSheet => {
                let is_full = page.stop == SheetStop::Full;
                let stop = if is_full { SheetStop::Rest } else { page.stop.stepped(1) };
                self.move_sheet(stop);
            }
            PageAction::OpenSheet => {
                let stop = page.stop.max(SheetStop::Half);
                self.move_sheet(stop);
            }
            PageAction::DragSheet(share) => {
                if page.has_sheet && page.tab.has_sheet() && !self.is_played_by_pointer() {
                    self.state.page.drag = Some(share);
                }
            }
            PageAction::DropSheet => {
                if let Some(share) = page.drag.take() {
                    let stop = page.stop.after_drag(share);
                    self.move_sheet(stop);
                }
            }
            // The browser has moved in its history already.
            PageAction::GoneBack => page.stop = SheetStop::Rest,
            PageAction::DragKeys(share) => page.keys_drag = page.are_keys_open.then_some(share.max(0.0)),
            PageAction::DropKeys => {
                if page.keys_drag.take().is_some_and(closes_drawer) {
                    self.toggle_keys();
                }
            }
            PageAction::SetWide(is_wide) => {
                page.is_wide = is_wide;
                page.is_filled &= is_wide;
            }
            PageAction::MoveDivider(step, share, page_px) => {
                let kind = self.state.work_kind();
                self.state.map.options.work_widths.set(kind, step.from(share, page_px));
                self.state.page.is_filled = false;
            }
            PageAction::ToggleFill => {
                page.is_filled = page.is_wide && page.tab.has_sheet() && !page.is_filled
            }
            PageAction::Escape if page.is_filled => page.is_filled = false,
            PageAction::Escape => return self.sound(SoundAction::Panic),
            PageAction::ToggleKeys => self.toggle_keys(),
            PageAction::ToggleNotes => self.toggle_notes(),
            PageAction::ChooseLayout(layout) => return self.choose_layout(layout),
        }
        self.mark_dirty();
    }

    fn show_tab(&mut self, tab: Tab) {
        // Each place shows the map first.
        self.state.page.is_filled &= self.state.page.tab == tab;
        self.state.page.tab = tab;
        if !tab.has_sheet() {
            self.set_stop(SheetStop::Rest);
        }
    }

    /// A phone has room for one drawer.
    fn toggle_keys(&mut self) {
        let page = &mut self.state.page;
        page.are_keys_open ^= true;
        page.are_notes_open &= !(page.are_keys_open && page.has_sheet);
    }

    fn toggle_notes(&mut self) {
        let page = &mut self.state.page;
        page.are_notes_open ^= true;
        page.are_keys_open &= !(page.are_notes_open && page.has_sheet);
    }

    fn choose_layout(&mut self, layout: Layout) {
        if self.state.shown_notes().layout == layout {
            return self.page(PageAction::ToggleNotes);
        }
        let notes = Notes { layout, ..self.state.changed_notes() };
        self.edit(Edit::SetShownNotes(notes, None));
        if layout == Layout::ScaleAcross {
            self.state.page.onboarding.hints.learn(Hint::Melody);
        }
    }

    /// Moves the sheet unless a pointer plays the map, which would move under it.
    pub(crate) fn move_sheet(&mut self, stop: SheetStop) {
        let page = &self.state.page;
        if page.has_sheet && page.tab.has_sheet() && !self.is_played_by_pointer() {
            self.set_stop(stop);
        }
    }

    fn set_stop(&mut self, stop: SheetStop) {
        let was_open = self.state.page.stop > SheetStop::Rest;
        self.state.page.stop = stop;
        let is_open = stop > SheetStop::Rest;
        if is_open != was_open {
            self.effects.push(Effect::KeepSheetInHistory(is_open));
        }
    }

    fn is_played_by_pointer(&self) -> bool {
        let is_pointer = |source| matches!(source, Some(TouchSource::Pointer(_)));
        self.state.touches.all().iter().any(|touch| is_pointer(touch.source))
    }

    pub(crate) fn job(&mut self, number: JobNumber, action: JobAction) {
        let jobs = &mut self.state.page.jobs;
        if let JobAction::Begin { name, can_stop } = action {
            jobs.push(LongJob { number, name, share: None, can_stop, is_stopping: false, is_shown: false });
            return self.after(SHOW_JOB_MS, Action::Job(number, JobAction::Show));
        }
        let Some(position) = jobs.iter().position(|job| job.number == number) else { return };
        let job = &mut jobs[position];
        match action {
            JobAction::Begin { .. } => {}
            JobAction::Name(name) => job.name = name,
            JobAction::Show => job.is_shown = true,
            JobAction::Progress(share) => job.share = Some(share.clamp(0.0, 1.0)),
            JobAction::Stop => job.is_stopping = job.can_stop,
            JobAction::End => drop(jobs.remove(position)),
        }
        self.follow_stop(number);
        self.follow_loading(number);
        self.mark_dirty();
    }
}
