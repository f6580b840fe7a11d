//! Panels, the sheet and the long job.

use super::*;
use crate::notes::Layout;
use crate::page::{SheetStop, Tab};
use crate::panels::{PanelAction, PanelId};
use crate::work_area::{DividerMove, WorkWidths};

/// An upright phone that shows a panel in its sheet.
fn phone() -> Page {
    let mut page = Page::awake();
    page.act(Action::Page(PageAction::SetSheet(true)));
    page.act(Action::Page(PageAction::SelectTab(Tab::Places)));
    page
}

impl Page {
    fn sheet(&mut self, action: PageAction) -> SheetStop {
        self.act(Action::Page(action));
        self.state.page.stop
    }

    fn drag(&mut self, share: f64) -> SheetStop {
        self.sheet(PageAction::DragSheet(share));
        self.sheet(PageAction::DropSheet)
    }

    fn history(&self) -> Option<bool> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::KeepSheetInHistory(is_open) => Some(*is_open),
            _ => None,
        })
    }
}

#[test]
fn the_settings_of_a_track_stand_beside_the_map_in_the_place_loops_of_a_wide_page() {
    let mut page = Page::awake();
    page.act(Action::Page(PageAction::SelectTab(Tab::Loops)));
    assert!(!page.state.has_loop_card(), "a phone has no room beside the map");
    page.act(Action::Page(PageAction::SetWide(true)));
    assert!(page.state.has_loop_card());
    page.act(Action::Page(PageAction::SelectTab(Tab::Play)));
    assert!(!page.state.has_loop_card(), "another place stands there");
}

#[test]
fn a_tab_shows_its_panel_and_a_second_tap_opens_and_closes_the_sheet() {
    let mut page = phone();
    assert_eq!(page.sheet(PageAction::SelectTab(Tab::Sound)), SheetStop::Rest);
    assert_eq!(page.state.page.tab, Tab::Sound);
    assert_eq!(page.sheet(PageAction::SelectTab(Tab::Sound)), SheetStop::Half);
    assert_eq!(page.sheet(PageAction::SelectTab(Tab::Places)), SheetStop::Half, "another tab leaves it open");
    assert_eq!(page.sheet(PageAction::SelectTab(Tab::Places)), SheetStop::Rest);
}

#[test]
fn enter_cycles_arrows_step_and_typing_opens() {
    let mut page = phone();
    let cycle: Vec<SheetStop> = (0..3).map(|_| page.sheet(PageAction::CycleSheet)).collect();
    assert_eq!(cycle, [SheetStop::Half, SheetStop::Full, SheetStop::Rest]);
    assert_eq!(page.sheet(PageAction::StepSheet(-1)), SheetStop::Rest);
    assert_eq!(page.sheet(PageAction::StepSheet(1)), SheetStop::Half);
    assert_eq!(page.sheet(PageAction::StepSheet(2)), SheetStop::Full);
    assert_eq!(page.sheet(PageAction::OpenSheet), SheetStop::Full);
    page.sheet(PageAction::StepSheet(-2));
    assert_eq!(page.sheet(PageAction::OpenSheet), SheetStop::Half);
}

#[test]
fn an_error_with_a_way_out_lowers_a_full_sheet() {
    for (stop, left) in [
        (SheetStop::Full, SheetStop::Half),
        (SheetStop::Half, SheetStop::Half),
        (SheetStop::Rest, SheetStop::Rest),
    ] {
        let mut page = phone();
        page.sheet(PageAction::StepSheet(stop as i8));
        page.act(Action::Load(LoadAction::Failed(AppError::NothingKept)));
        assert_eq!(page.state.page.stop, stop, "there is nothing to press");
        page.act(Action::Load(LoadAction::Failed(AppError::SoundStopped)));
        assert_eq!(page.state.page.stop, left);
    }
}

#[test]
fn a_drag_ends_at_the_nearest_stop_and_a_short_one_at_the_next() {
    let mut page = phone();
    assert_eq!(page.drag(0.02), SheetStop::Rest, "a tremble is no drag");
    assert_eq!(page.drag(0.08), SheetStop::Half);
    assert_eq!(page.drag(-0.6), SheetStop::Rest);
    assert_eq!(page.drag(0.6), SheetStop::Full);
    assert_eq!(page.drag(-0.08), SheetStop::Half);
    assert_eq!(page.state.page.drag, None);
    assert_eq!(page.sheet(PageAction::DropSheet), SheetStop::Half, "without a drag nothing moves");
}

#[test]
fn the_sheet_rests_while_a_finger_plays_the_map_and_moves_under_a_latched_sound() {
    let mut page = phone();
    page.press(1, at(1.0));
    for action in [
        PageAction::CycleSheet,
        PageAction::OpenSheet,
        PageAction::DragSheet(0.5),
        PageAction::DropSheet,
        PageAction::SelectTab(Tab::Places),
    ] {
        assert_eq!(page.sheet(action), SheetStop::Rest, "{action:?}");
    }
    page.lift(1);
    page.act(Action::Edit(Edit::ToggleLatch));
    page.press(1, at(2.0));
    page.lift(1);
    assert_eq!(page.sheet(PageAction::CycleSheet), SheetStop::Half);
}

#[test]
fn the_open_sheet_is_one_step_in_the_history_and_going_back_closes_it() {
    let mut page = phone();
    page.sheet(PageAction::CycleSheet);
    assert_eq!(page.history(), Some(true));
    page.sheet(PageAction::CycleSheet);
    assert_eq!(page.history(), None, "half and full are the same step");
    assert_eq!(page.sheet(PageAction::GoneBack), SheetStop::Rest);
    assert_eq!(page.history(), None);
    page.sheet(PageAction::CycleSheet);
    page.sheet(PageAction::StepSheet(-1));
    assert_eq!(page.history(), Some(false));
}

#[test]
fn a_page_without_a_sheet_has_none_to_open() {
    let mut page = phone();
    page.sheet(PageAction::StepSheet(2));
    assert_eq!(page.sheet(PageAction::SetSheet(false)), SheetStop::Rest);
    assert_eq!(page.history(), Some(false));
    for action in [PageAction::CycleSheet, PageAction::OpenSheet, PageAction::SelectTab(Tab::Places)] {
        assert_eq!(page.sheet(action), SheetStop::Rest, "{action:?}");
    }
    assert_eq!(page.drag(0.5), SheetStop::Rest);
}

#[test]
fn the_full_sheet_leaves_a_strip_of_the_map_around_the_current_point() {
    let mut page = phone();
    page.act(Action::Edit(Edit::MoveTo(Point { x: 0.0, y: -3.0 })));
    page.sheet(PageAction::StepSheet(2));
    page.act(Action::Map(MapAction::Resize([390.0, 104.0], [0.0; 2])));
    let viewport = page.state.map.viewport;
    assert_eq!(viewport.width, 390.0);
    let (_, y) = viewport.to_screen(page.state.point());
    assert!((0.0..104.0).contains(&y), "{y}");
    page.sheet(PageAction::StepSheet(-2));
    page.act(Action::Map(MapAction::Resize([390.0, 500.0], [0.0; 2])));
    assert_eq!(page.state.map.viewport, crate::viewport::Viewport::fit(390.0, 500.0));
}

#[test]
fn play_has_no_sheet_and_leaves_an_open_one() {
    let mut page = phone();
    page.sheet(PageAction::StepSheet(2));
    assert_eq!(page.sheet(PageAction::SelectTab(Tab::Play)), SheetStop::Rest);
    assert_eq!(page.history(), Some(false));
    for action in [PageAction::CycleSheet, PageAction::OpenSheet, PageAction::SelectTab(Tab::Play)] {
        assert_eq!(page.sheet(action), SheetStop::Rest, "{action:?}");
    }
    assert_eq!(page.drag(0.5), SheetStop::Rest);
}

/// True for the drawer of the keys and that of the notes if they are open.
fn drawers(page: &Page) -> [bool; 2] {
    [page.state.page.are_keys_open, page.state.page.are_notes_open]
}

#[test]
fn a_phone_has_room_for_one_drawer_and_a_desktop_for_both() {
    let mut page = phone();
    assert_eq!(drawers(&page), [false, false]);
    page.sheet(PageAction::ToggleKeys);
    assert_eq!(drawers(&page), [true, false]);
    page.sheet(PageAction::ToggleNotes);
    assert_eq!(drawers(&page), [false, true]);
    page.sheet(PageAction::ToggleKeys);
    assert_eq!(drawers(&page), [true, false]);
    page.sheet(PageAction::SetSheet(false));
    page.sheet(PageAction::ToggleNotes);
    assert_eq!(drawers(&page), [true, true]);
}

#[test]
fn the_settings_of_a_track_open_the_sheet_and_leave_it_open() {
    let mut page = phone();
    page.act(Action::Page(PageAction::SelectTab(Tab::Loops)));
    for opened in [Some(1), None] {
        page.act(Action::Gesture(GestureAction::OpenLoop(opened)));
        assert_eq!(page.state.page.stop, SheetStop::Half, "{opened:?}");
    }
}

#[test]
fn the_session_remembers_that_the_keys_are_open() {
    let mut page = phone();
    page.sheet(PageAction::ToggleKeys);
    page.act(Action::Load(LoadAction::KeepSession));
    let kept = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    let session = kept.expect("the session is kept");
    assert_eq!(drawers(&Page::of(Start { session, ..Start::default() })), [true, false]);
}

#[test]
fn the_drawer_with_the_keys_closes_by_a_drag_down_and_not_by_a_short_one() {
    let mut page = phone();
    page.sheet(PageAction::ToggleKeys);
    for (dragged, is_open) in [(-0.3, true), (0.01, true), (0.2, false)] {
        page.sheet(PageAction::DragKeys(dragged));
        assert_eq!(page.state.page.keys_drag, Some(dragged.max(0.0)));
        page.sheet(PageAction::DropKeys);
        assert_eq!((drawers(&page)[0], page.state.page.keys_drag), (is_open, None), "{dragged}");
    }
    page.sheet(PageAction::DragKeys(0.2));
    page.sheet(PageAction::DropKeys);
    assert!(!drawers(&page)[0], "a closed drawer has no handle");
}

/// A page with a work area beside the map.
fn wide() -> Page {
    let mut page = Page::awake();
    page.act(Action::Page(PageAction::SetWide(true)));
    page
}

fn move_divider(page: &mut Page, step: DividerMove) -> WorkWidths {
    page.act(Action::Page(PageAction::MoveDivider(step, 0.5, 1440.0)));
    page.state.map.options.work_widths
}

#[test]
fn the_divider_keeps_one_width_for_panels_and_one_for_tools() {
    let mut page = wide();
    page.act(Action::Page(PageAction::SelectTab(Tab::Sound)));
    assert_eq!(move_divider(&mut page, DividerMove::To(0.4)), WorkWidths { place: Some(0.4), tool: None });
    page.act(Action::Panel(PanelAction::Open(PanelId::SoundMatch), 0.0));
    page.act(Action::Panel(PanelAction::Loaded(PanelId::SoundMatch), 0.0));
    let both = WorkWidths { place: Some(0.4), tool: Some(0.75) };
    assert_eq!(move_divider(&mut page, DividerMove::ToGreatest), both);
    page.act(Action::Load(LoadAction::KeepSession));
    let kept = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    let session = kept.expect("the session is kept");
    assert_eq!(Page::of(Start { session, ..Start::default() }).state.map.options.work_widths, both);
    assert_eq!(move_divider(&mut page, DividerMove::Back).tool, None);
}

#[test]
fn a_tool_fills_a_wide_page_until_escape_or_another_place() {
    let mut page = wide();
    let is_filled = |page: &mut Page, action| {
        page.act(Action::Page(action));
        page.state.page.is_filled
    };
    assert!(!is_filled(&mut page, PageAction::ToggleFill), "Play is the map");
    page.act(Action::Page(PageAction::SelectTab(Tab::Sound)));
    assert!(is_filled(&mut page, PageAction::ToggleFill));
    page.press(1, at(1.0));
    assert!(!is_filled(&mut page, PageAction::Escape));
    assert!(!page.sounding.is_empty(), "the first press of Escape only shows the map");
    is_filled(&mut page, PageAction::Escape);
    page.frame();
    assert!(page.sounding.is_empty(), "the second one silences");
    assert!(is_filled(&mut page, PageAction::ToggleFill));
    assert!(!is_filled(&mut page, PageAction::ToggleFill));
    is_filled(&mut page, PageAction::ToggleFill);
    assert!(!is_filled(&mut page, PageAction::SelectTab(Tab::Loops)));
    is_filled(&mut page, PageAction::ToggleFill);
    assert!(!is_filled(&mut page, PageAction::SetWide(false)));
    assert!(!is_filled(&mut page, PageAction::ToggleFill), "a narrow page has no work area");
}

#[test]
fn the_other_half_of_the_switch_changes_the_layout_and_the_chosen_half_opens_its_settings() {
    let mut page = phone();
    page.act(Action::Page(PageAction::ChooseLayout(Layout::ScaleAcross)));
    assert_eq!((page.state.notes().layout, drawers(&page)), (Layout::ScaleAcross, [false, false]));
    page.act(Action::Page(PageAction::ChooseLayout(Layout::ScaleAcross)));
    assert_eq!(drawers(&page), [false, true]);
    page.act(Action::Page(PageAction::ChooseLayout(Layout::ScaleAcross)));
    assert_eq!(drawers(&page), [false, false]);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.notes().layout, Layout::RootNote, "the choice is one step");
}

fn begin(can_stop: bool) -> JobAction {
    JobAction::Begin { name: "Reading".to_owned(), can_stop }
}

#[test]
fn a_job_is_shown_once_it_is_long_with_its_share_until_it_ends() {
    let mut page = phone();
    page.act(Action::Job(JobNumber::Program(1), begin(true)));
    assert_eq!(page.state.page.shown_job(), None);
    page.act(Action::Job(JobNumber::Program(1), JobAction::Show));
    page.act(Action::Job(JobNumber::Program(1), JobAction::Progress(1.5)));
    let shown = page.state.page.shown_job().unwrap();
    assert_eq!((shown.name.as_str(), shown.share), ("Reading", Some(1.0)));
    page.act(Action::Job(JobNumber::Program(1), JobAction::End));
    page.act(Action::Job(JobNumber::Program(1), JobAction::Show));
    assert!(page.state.page.jobs.is_empty(), "its timer shows nothing");
}

#[test]
fn only_a_job_that_can_stop_stops_and_no_other_with_it() {
    let mut page = phone();
    page.act(Action::Job(JobNumber::Program(1), begin(true)));
    page.act(Action::Job(JobNumber::Program(2), begin(false)));
    page.act(Action::Job(JobNumber::Program(2), JobAction::Stop));
    assert!(
        !page.state.page.is_stopping(JobNumber::Program(1))
            && !page.state.page.is_stopping(JobNumber::Program(2))
    );
    page.act(Action::Job(JobNumber::Program(1), JobAction::Stop));
    page.act(Action::Job(JobNumber::Program(2), JobAction::End));
    assert!(page.state.page.is_stopping(JobNumber::Program(1)));
    page.press(1, at(1.0));
    assert!(!page.sounding.is_empty(), "one plays on");
}

proptest! {
    #[test]
    fn no_drag_leaves_the_three_stops(shares in prop::collection::vec(-5.0f64..5.0, 1..20)) {
        let mut page = phone();
        for share in shares {
            let before = page.state.page.stop;
            let after = page.drag(share);
            prop_assert!(share.abs() < 0.05 || (after >= before) == (share > 0.0) || after == before);
        }
    }
}
