//! A patch and the judgement of its sound, far from the solution of a search and near it.

use features::{COMPONENT_COUNT, SPECTRAL_COUNT};

use crate::fluctuation::FLUCTUATION_COUNT;
use crate::levels::{Levels, TIME_COUNT};
use crate::note::Candidate;

/// Weight of the features against their 24 principal components. Presets differ along the components; the
/// features also count differences that no two presets have.
pub(crate) const FEATURES_WEIGHT: f32 = 0.3;

/// The place of the level curve among the coarse differences.
pub(crate) const CURVE_START: usize = COMPONENT_COUNT + SPECTRAL_COUNT;
/// The place of the fluctuations.
pub(crate) const FLUCTUATION_START: usize = CURVE_START + TIME_COUNT;
/// Numbers of the coarse differences.
pub(crate) const COARSE_COUNT: usize = FLUCTUATION_START + FLUCTUATION_COUNT;

/// The share of the weight of the details that counts far from the solution. There they have many local minima, in which
/// descents end. models/match.md has the figures.
const FAR_DETAILS: f32 = 0.1;

/// The difference of a sound from the target, weighted: the coarse differences, then the details. Its squared length is
/// the distance.
pub(crate) type Differences = Vec<f32>;

/// Where a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nearness {
    /// Far from the solution: the details count little.
    Far,
    /// Near the solution: the details count.
    Near,
}

impl Nearness {
    /// The factor of the details' differences.
    pub fn details_factor(self) -> f32 {
        match self {
            Self::Far => FAR_DETAILS.sqrt(),
            Self::Near => 1.0,
        }
    }
}

/// A patch and the judgement of its sound.
#[derive(Clone, Debug)]
pub struct JudgedPatch {
    /// The patch, at the volume that suits best, and how its key is played.
    pub candidate: Candidate,
    /// Its difference from the target.
    pub(crate) difference: Differences,
    /// The squared length of the difference: 0 for equal sounds, about 1 for a usual preset and the mean of all.
    pub distance: f32,
    /// The distance that it has near the solution.
    pub(crate) near_distance: f32,
    /// False if its pitch was compared with a recorded target's and differs.
    pub(crate) is_in_tune: bool,
    /// The levels on the grid that networks read.
    pub(crate) levels: Levels,
}

impl JudgedPatch {
    /// The squared distance along the principal components alone; 1 for a usual preset and the mean of all.
    pub fn unexplained(&self) -> f32 {
        square_sum(&self.difference[..COMPONENT_COUNT]) / (1.0 - FEATURES_WEIGHT)
    }

    /// Judges a patch that was judged far from the solution as near it.
    pub(crate) fn come_near(&mut self) {
        let factor = Nearness::Near.details_factor() / Nearness::Far.details_factor();
        let details = COARSE_COUNT..self.difference.len() - 1;
        self.difference[details].iter_mut().for_each(|part| *part *= factor);
        self.distance = self.near_distance;
    }
}

/// The squared length of a difference.
pub(crate) fn square_sum(difference: &[f32]) -> f32 {
    difference.iter().map(|part| part * part).sum()
}
