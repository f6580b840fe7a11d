//! The panel between two sounds: A and B are chosen, and a slider plays every sound between them; a square mixes four;
//! grids have the sounds around A and B. The current sound is the one to which the slider, the square or a grid leads,
//! by undoable edits. Never computes a patch itself: workers do.

mod border;
mod chooser;
mod comparison;
mod decisions;
mod ends;
mod grids;
mod hands;
mod known;
mod model;
mod names;
mod square;
#[cfg(test)]
mod tests;
mod way;

use crate::compare::Location;

pub use border::{BetweenAction, BetweenAnswer, BetweenProblem, BetweenTask};
pub use chooser::{ListedSound, SoundLine};
pub use comparison::{BetweenFigures, BetweenNote};
pub use grids::{CellChange, CellMove, CellPoint};
pub use hands::BetweenControl;
pub use model::{
    BetweenChooser, BetweenComparison, BetweenGrid, BetweenModel, BetweenSlider, BetweenSquare,
    BetweenStatus, GridCaption, GridCellModel, KeptLandmark,
};
pub use names::{BetweenLandmark, BetweenName, BetweenNameKind};
pub use way::BetweenWay;

use chooser::SoundChooser;
use ends::Ends;
use grids::{GRID_COUNT, SPACINGS, SoundGrid};
use hands::ControlHand;
use names::KeptSound;
use square::MixtureSquare;
use way::WaySlider;

/// The ends: A, B, C and D.
pub const END_COUNT: usize = 4;

/// The state.
#[derive(Clone, Debug)]
pub struct Between {
    ends: Ends,
    chooser: SoundChooser,
    slider: WaySlider,
    slider_hand: ControlHand<usize>,
    /// True if a pointer moves the slider, not keys.
    is_pointed: bool,
    square: MixtureSquare,
    grids: [SoundGrid; GRID_COUNT],
    shown: ShownParts,
    /// The distance of two cells that the slider shows, and the one that is drawn, in latent units.
    spacing: f32,
    drawn_spacing: f32,
    /// The current sound that was seen last.
    seen: Option<Location>,
    kept: Option<KeptSound>,
    problem: Option<BetweenProblem>,
}

impl Default for Between {
    fn default() -> Self {
        Self {
            ends: Ends::default(),
            chooser: SoundChooser::default(),
            slider: WaySlider::default(),
            slider_hand: ControlHand::default(),
            is_pointed: false,
            square: MixtureSquare::default(),
            grids: Default::default(),
            shown: ShownParts::default(),
            spacing: SPACINGS[1],
            drawn_spacing: SPACINGS[1],
            seen: None,
            kept: None,
            problem: None,
        }
    }
}

/// The parts that are shown.
#[derive(Clone, Debug, Default)]
struct ShownParts {
    /// True while a person sees the panel.
    is_seen: bool,
    has_four: bool,
    has_around: bool,
    /// The grid that is shown where there is room for one.
    grid: usize,
    is_narrow: bool,
}

impl Between {
    /// True if a person sees a grid.
    fn sees_grid(&self, place: usize) -> bool {
        let shown = &self.shown;
        shown.is_seen && shown.has_around && (!shown.is_narrow || shown.grid == place)
    }
}
