//! The grids around A and B.

use super::*;

fn around(page: &BetweenPage, place: usize) -> Option<TaskNumber> {
    page.task(|task| matches!(task, BetweenTask::Around { place: own, .. } if *own == place))
}

fn with_grids() -> BetweenPage {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::ToggleAround);
    page.work();
    page
}

#[test]
fn the_sounds_around_both_ends_are_computed_the_middle_first() {
    let mut page = BetweenPage::with_ends(2);
    assert_eq!(around(&page, 0), None, "nobody sees them");
    page.own(BetweenAction::ToggleAround);
    let Some((_, BetweenTask::Around { cells, .. })) = page.running.first().cloned() else {
        panic!("a grid is computed")
    };
    assert_eq!((cells[0].cell, cells[0].is_middle, cells.len()), (12, true, 25));
    assert_eq!(page.model().grids[0].caption, GridCaption::Computing);
    page.work();
    let grid = &page.model().grids[0];
    assert_eq!((grid.caption, grid.is_busy), (GridCaption::Press, false));
    assert!(grid.cells.iter().all(|cell| cell.is_ready));
    let changes: Vec<CellChange> = grid.cells[0].moves.iter().map(|own| own.change).collect();
    assert_eq!(changes, [CellChange::More, CellChange::Switch]);
}

#[test]
fn a_press_goes_to_a_cell_plays_it_and_undo_comes_back() {
    let mut page = with_grids();
    let notes = page.notes;
    page.rest();
    page.own(BetweenAction::GoToCell { place: 0, cell: 13 });
    assert_eq!(page.point(), [-2.8, 0.0]);
    assert_eq!(page.notes, notes + 1);
    assert!(page.model().grids[0].cells[13].is_current);
    assert_eq!(page.model().status, BetweenStatus::Beside);
    page.own(BetweenAction::GoToCell { place: 0, cell: 12 });
    assert_eq!(page.heard(), Some(preset(0)), "the middle is exact");
    page.undo();
    assert!(page.model().grids[0].cells[13].is_current);
}

#[test]
fn cells_beyond_the_map_stay_empty() {
    let mut page = with_grids();
    page.own(BetweenAction::SetSpacing { spacing: 0.6 });
    assert!(!page.model().grids[0].is_busy, "while the slider moves nothing is drawn");
    page.own(BetweenAction::DrawSpacing);
    page.work();
    let beyond = |place: usize| {
        let cells = page.model().grids[place].cells.clone();
        let all = cells.into_iter().enumerate().filter(|(_, cell)| cell.is_beyond && !cell.is_ready);
        all.map(|(position, _)| position).collect::<Vec<_>>()
    };
    assert_eq!(beyond(0), [0, 5, 10, 15, 20]);
    assert_eq!(beyond(1), [4, 9, 14, 19, 24]);
}

#[test]
fn sounds_around_a_sound_that_is_no_end_any_more_are_not_named_after_the_new_one() {
    let mut page = with_grids();
    page.own(BetweenAction::GoToCell { place: 0, cell: 13 });
    page.own(BetweenAction::ToggleAround);
    page.choose(0, 2);
    page.work();
    page.undo();
    assert_eq!(page.point(), [-2.8, 0.0]);
    assert_eq!((page.model().status, page.model().landmark), (BetweenStatus::Away, None));
}

#[test]
fn on_a_small_screen_one_grid_is_computed() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::SetNarrow { is_narrow: true });
    page.own(BetweenAction::ToggleAround);
    assert!(around(&page, 0).is_some() && around(&page, 1).is_none());
    page.work();
    page.own(BetweenAction::ShowGrid { place: 1 });
    assert!(around(&page, 0).is_none() && around(&page, 1).is_some());
}

#[test]
fn a_grid_that_failed_or_that_closing_has_ended_is_computed_again() {
    let mut page = with_grids();
    page.own(BetweenAction::SetSpacing { spacing: 0.4 });
    page.own(BetweenAction::DrawSpacing);
    page.fail(around(&page, 0).expect("it is drawn"), "lost");
    assert_eq!(page.model().grids[0].caption, GridCaption::Lost);
    page.own(BetweenAction::ShowGrid { place: 0 });
    let late = around(&page, 0).expect("it is drawn again");
    page.close();
    page.answer(
        late,
        BetweenAnswer::Cell { cell: 3, values: preset(0).values().to_vec(), moves: Vec::new() },
    );
    assert!(page.model().grids[0].cells.iter().all(|cell| !cell.is_ready));
    page.reopen();
    assert!(around(&page, 0).is_some());
}

#[test]
fn the_caption_describes_the_cell_that_has_the_focus_and_is_spoken_once_its_name_changes() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::ToggleAround);
    page.own(BetweenAction::SayCell { place: 0, cell: 7 });
    let grid = page.model().grids.remove(0);
    assert_eq!((grid.caption, grid.is_spoken), (GridCaption::Cell { cell: 7 }, false));
    page.work();
    let grid = page.model().grids.remove(0);
    assert_eq!((grid.caption, grid.is_spoken), (GridCaption::Cell { cell: 7 }, true));
}
