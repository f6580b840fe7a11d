//! The panel between two sounds as its script draws it.

use serde::Serialize;

use super::grids::{CELL_COUNT, SoundGrid, steps_to};
use super::names::landmark_name;
use super::way::LAST_STEP;
use super::{
    Between, BetweenFigures, BetweenLandmark, BetweenName, BetweenNote, BetweenProblem, BetweenWay, CellMove,
    SoundLine,
};
use crate::panels::PanelId;
use crate::state::State;

/// The panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenModel {
    /// True while it is shown.
    pub is_open: bool,
    /// The names of A, B, C and D; null for one that is not chosen.
    pub ends: Vec<Option<BetweenName>>,
    /// The list of sounds; null while it is closed.
    pub chooser: Option<BetweenChooser>,
    /// The slider from A to B.
    pub slider: BetweenSlider,
    /// The ways, compared as they are played.
    pub comparison: BetweenComparison,
    /// The sentence below it.
    pub status: BetweenStatus,
    /// The name of a landmark at the current sound; null if that is elsewhere.
    pub landmark: Option<BetweenLandmark>,
    /// The landmark that was made at the current sound.
    pub kept: Option<KeptLandmark>,
    /// True if the square is shown.
    pub has_four: bool,
    /// The square.
    pub square: BetweenSquare,
    /// True if the grids are shown.
    pub has_around: bool,
    /// The place of the grid that is shown where there is room for one.
    pub shown_grid: usize,
    /// The distance of two cells, in latent units.
    pub spacing: f32,
    /// The grids around A and B.
    pub grids: Vec<BetweenGrid>,
}

/// The list of sounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenChooser {
    /// The end for which one is chosen.
    pub end: usize,
    /// The text in the field.
    pub query: String,
    /// The lines.
    pub lines: Vec<SoundLine>,
}

/// The slider.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenSlider {
    /// Its position.
    pub step: usize,
    /// The step of B.
    pub last: usize,
    /// Its position in percent.
    pub percent: u8,
    /// True once it can move.
    pub is_ready: bool,
    /// True if the current sound is on the way.
    pub is_here: bool,
    /// The chosen way.
    pub way: BetweenWay,
    /// True if the button that measures or stops is of use.
    pub can_measure: bool,
    /// The done share of the measurement, 0…1; null while nothing is measured.
    pub share: Option<f32>,
}

/// The ways, compared as they are played.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenComparison {
    /// The note for which the way by sound is measured; null until it is.
    pub note: Option<BetweenNote>,
    /// The note that a person plays, if that is another one.
    pub played: Option<BetweenNote>,
    /// The figures of the ways: straight, over the map, by sound; null while they are unknown.
    pub figures: Vec<Option<BetweenFigures>>,
}

/// The sentence below the slider.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum BetweenStatus {
    /// Something did not work.
    Problem { problem: BetweenProblem },
    /// An end is not chosen.
    Missing { end: usize },
    /// The way by sound is measured.
    Measuring { percent: u8 },
    /// The current sound is elsewhere.
    Away,
    /// The current sound is in the square or in a grid, not on the way.
    Beside,
    /// The way by sound is not measured.
    Unmeasured,
    /// The current sound is on the way.
    About { way: BetweenWay },
}

/// A landmark that was made, or for which there was no room.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct KeptLandmark {
    /// The button's place.
    pub place: usize,
    /// The name; null without room.
    pub name: Option<String>,
}

/// The square.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenSquare {
    /// The place of the point, in percent to the right and up.
    pub at: [u8; 2],
    /// True if all four sounds are chosen.
    pub is_ready: bool,
    /// True if the current sound is in the square.
    pub is_here: bool,
}

/// A grid.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenGrid {
    /// The name of the sound in the middle; null while no grid is drawn.
    pub name: Option<BetweenName>,
    /// The cells, row by row.
    pub cells: Vec<GridCellModel>,
    /// The caption.
    pub caption: GridCaption,
    /// True if a screen reader is to speak the caption.
    pub is_spoken: bool,
    /// True while the sounds are computed.
    pub is_busy: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GridCellModel {
    /// Its steps from the middle, to the right and up.
    pub steps: [i32; 2],
    /// True if it lies beyond the map.
    pub is_beyond: bool,
    /// True once its sound is computed and drawn.
    pub is_ready: bool,
    /// True if it is the current sound.
    pub is_current: bool,
    /// The strongest changes.
    pub moves: Vec<CellMove>,
}

/// The caption of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum GridCaption {
    /// No grid is drawn.
    Nothing,
    /// The sounds are computed.
    Computing,
    /// All are computed.
    Press,
    /// They could not be computed.
    Lost,
    /// It describes a cell.
    Cell { cell: usize },
}

pub(super) fn model(state: &State) -> BetweenModel {
    let between = &state.panels.between;
    let landmark = landmark_name(state);
    let kept = between.kept.as_ref().filter(|kept| Some(&kept.sound) == between.seen.as_ref());
    let chooser = &between.chooser;
    BetweenModel {
        is_open: state.panels.is_open(PanelId::Between),
        ends: between.ends.chosen.iter().map(|end| end.as_ref().map(|end| end.name.clone())).collect(),
        chooser: chooser.end.map(|end| BetweenChooser {
            end,
            query: chooser.query.clone(),
            lines: chooser.lines.clone(),
        }),
        slider: between.slider_model(state.played_note()),
        comparison: between.comparison_model(state.played_note()),
        status: between.status(landmark.is_some()),
        kept: kept.map(|kept| KeptLandmark { place: kept.place, name: kept.name.clone() }),
        landmark,
        has_four: between.shown.has_four,
        square: between.square_model(),
        has_around: between.shown.has_around,
        shown_grid: between.shown.grid,
        spacing: between.spacing,
        grids: between.grids.iter().map(|grid| between.grid_model(grid)).collect(),
    }
}

impl Between {
    fn is_on_way(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| self.slider.known.has(seen))
    }

    fn comparison_model(&self, played: BetweenNote) -> BetweenComparison {
        let comparison = &self.slider.comparison;
        BetweenComparison {
            note: comparison.note,
            played: comparison.note.filter(|note| *note != played).map(|_| played),
            figures: comparison.figures().to_vec(),
        }
    }

    fn slider_model(&self, played: BetweenNote) -> BetweenSlider {
        let slider = &self.slider;
        BetweenSlider {
            step: slider.step,
            last: LAST_STEP,
            percent: slider.percent(),
            is_ready: slider.is_ready(),
            is_here: self.is_on_way(),
            way: slider.way,
            can_measure: slider.can_measure(played),
            share: slider.share(),
        }
    }

    fn status(&self, is_known: bool) -> BetweenStatus {
        let wanted = if self.shown.has_four { self.ends.chosen.len() } else { 2 };
        let missing = self.ends.chosen.iter().take(wanted).position(Option::is_none);
        let slider = &self.slider;
        match (&self.problem, missing, slider.share()) {
            (Some(problem), ..) => BetweenStatus::Problem { problem: problem.clone() },
            (None, Some(end), _) => BetweenStatus::Missing { end },
            (None, None, Some(share)) => BetweenStatus::Measuring { percent: (100.0 * share).round() as u8 },
            _ if slider.is_ready() && !self.is_on_way() && is_known => BetweenStatus::Beside,
            _ if slider.is_ready() && !self.is_on_way() => BetweenStatus::Away,
            _ if slider.is_unmeasured() => BetweenStatus::Unmeasured,
            _ => BetweenStatus::About { way: slider.way },
        }
    }

    fn square_model(&self) -> BetweenSquare {
        let is_here = self.seen.as_ref().is_some_and(|seen| self.square.known.has(seen));
        BetweenSquare { at: self.square.at, is_ready: self.ends.four().is_some(), is_here }
    }

    fn grid_model(&self, grid: &SoundGrid) -> BetweenGrid {
        let current = self.seen.as_ref().and_then(|seen| grid.known.get(seen));
        let cell = |position: usize| {
            let own = grid.cells[position].as_ref();
            GridCellModel {
                steps: steps_to(position),
                is_beyond: grid.is_beyond(position),
                is_ready: own.is_some(),
                is_current: current == Some(position),
                moves: own.map_or_else(Vec::new, |own| own.moves.clone()),
            }
        };
        BetweenGrid {
            name: grid.drawn.as_ref().map(|drawn| drawn.end.name.clone()),
            cells: (0..CELL_COUNT).map(cell).collect(),
            caption: grid.caption(),
            is_spoken: grid.is_spoken || grid.said.is_none(),
            is_busy: grid.is_computing(),
        }
    }
}

impl SoundGrid {
    fn caption(&self) -> GridCaption {
        match (&self.drawn, self.said) {
            (None, _) => GridCaption::Nothing,
            (Some(_), Some(cell)) => GridCaption::Cell { cell },
            (Some(_), None) if self.has_failed => GridCaption::Lost,
            (Some(_), None) if self.is_computing() => GridCaption::Computing,
            (Some(_), None) => GridCaption::Press,
        }
    }
}
