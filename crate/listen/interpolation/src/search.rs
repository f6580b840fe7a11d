//! Interpolation by sound: finds patches whose measured scales (timbral ones, or the components of
//! [`crate::measure_latent`]) change evenly from those of the first to those of the second, by rendering and
//! measuring. The search returns patches to measure and takes their measures, so that it can run on any number of
//! threads, step by step. Deterministic.

use matching::with_gain;
use patch::{Parameter, Patch};

use crate::candidates::{MeasuredPatch, choose, mean_square, tried, wanted};
use crate::meter::{SCALE_COUNT, ScaledSound};
use crate::pair::{InterpolationError, PatchPair, through};
use crate::refinement::StepRefinement;

/// The number of times that the steps of a refinement are tried, each time from the best patch with the same
/// slopes.
const ROUNDS: usize = 3;
/// The number of places in each of which the way from one found patch to the next is measured, to make it as loud.
const FINENESS: usize = 4;
/// The number of times that these places are levelled: distortion and a clipped volume change a gain.
const LEVELLINGS: usize = 2;

/// A running search.
pub struct InterpolationSearch<const N: usize = SCALE_COUNT> {
    pair: PatchPair,
    steps: usize,
    stage: SearchStage,
    /// The ends' sounds, once they are measured.
    ends: Option<[ScaledSound<N>; 2]>,
    /// One for each patch between the ends, once the first stage is over.
    refined: Vec<StepRefinement<N>>,
}

/// The patches that are measured next.
enum SearchStage {
    /// Both ends, then the middle with each of the parameters that switch switched alone.
    Ends(Vec<Parameter>),
    /// Patches between the ends: each with its share of the way and the number of parameters that have switched.
    Tried(Vec<([usize; 2], Patch)>),
    /// Each refinement's parameters, one after another.
    Probes,
    /// Each refinement's steps, in this round.
    Rounds(usize),
    /// The places of the way between both ends, and how often they are still levelled.
    Levels(Vec<Patch>, usize),
}

impl<const N: usize> InterpolationSearch<N> {
    /// A search for `steps` patches, at least 3.
    pub fn new(pair: PatchPair, steps: usize) -> Self {
        let stage = SearchStage::Ends(pair.switches());
        Self { pair, steps: steps.max(3), stage, ends: None, refined: Vec::new() }
    }

    /// The patches to measure next; empty when the search is over. About 360 in all for nine steps.
    pub fn candidates(&self) -> Vec<Patch> {
        match &self.stage {
            SearchStage::Ends(switches) => {
                let alone = switches.iter().map(|&own| self.pair.at(0.5, |parameter| parameter == own));
                let middle = self.pair.at(0.5, |_| false);
                [self.pair.from, self.pair.to, middle].into_iter().chain(alone).collect()
            }
            SearchStage::Tried(tried) => tried.iter().map(|(_, patch)| *patch).collect(),
            SearchStage::Probes => self.refined.iter().flat_map(StepRefinement::probes).collect(),
            SearchStage::Rounds(_) => self.refined.iter().flat_map(StepRefinement::steps).collect(),
            SearchStage::Levels(_, 0) => Vec::new(),
            SearchStage::Levels(way, _) => way[1..way.len() - 1].to_vec(),
        }
    }

    /// Takes the measures of the candidates, in their order; `None` for silence.
    ///
    /// # Errors
    /// If an end is silent.
    pub fn record(&mut self, measured: &[Option<ScaledSound<N>>]) -> Result<(), InterpolationError> {
        self.stage = match &self.stage {
            SearchStage::Ends(switches) => {
                let (Some(&[Some(from), Some(to)]), rest) = (measured.first_chunk(), measured.get(2..))
                else {
                    return Err(InterpolationError::Silent);
                };
                self.ends = Some([from, to]);
                SearchStage::Tried(tried(&self.pair, &order(switches, &from, rest.unwrap_or_default())))
            }
            SearchStage::Tried(tried) => {
                let ends = self.ends.ok_or(InterpolationError::Silent)?;
                self.refined = refinements(&self.pair, ends, self.steps, tried, measured);
                SearchStage::Probes
            }
            SearchStage::Probes => {
                for_each_own(&mut self.refined, StepRefinement::probes, measured, StepRefinement::learn);
                SearchStage::Rounds(0)
            }
            SearchStage::Rounds(round) => {
                let next = round + 1;
                for_each_own(&mut self.refined, StepRefinement::steps, measured, |own, measured| {
                    measured.iter().for_each(|(patch, sound)| own.take(patch, sound));
                });
                if next < ROUNDS {
                    SearchStage::Rounds(next)
                } else {
                    let found = self.found()?;
                    let places = FINENESS * (found.len() - 1) + 1;
                    SearchStage::Levels(through(&found, places), LEVELLINGS)
                }
            }
            SearchStage::Levels(way, left) => {
                let ends = self.ends.ok_or(InterpolationError::Silent)?;
                SearchStage::Levels(levelled(way, ends, measured), left.saturating_sub(1))
            }
        };
        Ok(())
    }

    /// The patches from the first to the second of the pair, both exact, as far as they are found.
    ///
    /// # Errors
    /// If the ends were not measured yet.
    pub fn finish(&self) -> Result<Vec<Patch>, InterpolationError> {
        match &self.stage {
            SearchStage::Levels(way, _) => Ok(way.iter().step_by(FINENESS).copied().collect()),
            _ => self.found(),
        }
    }

    /// The same patches with others between them, at equal distances, all of which are as loud as the line between both
    /// ends: [`through`] them leads the way of a slider.
    ///
    /// # Errors
    /// If the ends were not measured yet.
    pub fn way(&self) -> Result<Vec<Patch>, InterpolationError> {
        match &self.stage {
            SearchStage::Levels(way, _) => Ok(way.clone()),
            _ => self.found(),
        }
    }

    fn found(&self) -> Result<Vec<Patch>, InterpolationError> {
        let [from, to] = self.ends.ok_or(InterpolationError::Silent)?;
        let loud = |(at, own): (usize, &StepRefinement<N>)| {
            let MeasuredPatch { patch, sound } = own.best();
            let share = share(at + 1, self.steps);
            let line_lufs = wanted([&from, &to], share).loudness_lufs;
            with_gain(&patch, (line_lufs - sound.loudness_lufs) as f32).0
        };
        let between = self.refined.iter().enumerate().map(loud);
        Ok(std::iter::once(self.pair.from).chain(between).chain([self.pair.to]).collect())
    }
}

/// `steps` patches, at least 3, from the first of the pair to the second; both are exact. `measure` measures patches
/// in their order: about 360 for nine steps.
///
/// # Errors
/// If an end is silent.
pub fn by_sound<const N: usize>(
    pair: &PatchPair,
    steps: usize,
    measure: impl FnMut(&[Patch]) -> Vec<Option<ScaledSound<N>>>,
) -> Result<Vec<Patch>, InterpolationError> {
    searched(pair, steps, measure)?.finish()
}

/// As [`by_sound`], but the way with the patches between: see [`InterpolationSearch::way`].
///
/// # Errors
/// If an end is silent.
pub fn way_by_sound<const N: usize>(
    pair: &PatchPair,
    steps: usize,
    measure: impl FnMut(&[Patch]) -> Vec<Option<ScaledSound<N>>>,
) -> Result<Vec<Patch>, InterpolationError> {
    searched(pair, steps, measure)?.way()
}

fn searched<const N: usize>(
    pair: &PatchPair,
    steps: usize,
    mut measure: impl FnMut(&[Patch]) -> Vec<Option<ScaledSound<N>>>,
) -> Result<InterpolationSearch<N>, InterpolationError> {
    let mut search = InterpolationSearch::new(*pair, steps);
    loop {
        let patches = search.candidates();
        if patches.is_empty() {
            return Ok(search);
        }
        search.record(&measure(&patches))?;
    }
}

/// A way whose inner places get the volume by which they are as loud as the line between both ends.
fn levelled<const N: usize>(
    way: &[Patch],
    [from, to]: [ScaledSound<N>; 2],
    measured: &[Option<ScaledSound<N>>],
) -> Vec<Patch> {
    let mut levelled = way.to_vec();
    // Both ends keep their volumes: the first is left out here, and the last has no measurement.
    let inner = levelled.iter_mut().enumerate().skip(1);
    for ((step, patch), sound) in inner.zip(measured) {
        let Some(sound) = sound else { continue };
        let louder_db = wanted([&from, &to], share(step, way.len())).loudness_lufs - sound.loudness_lufs;
        *patch = with_gain(patch, louder_db as f32).0;
    }
    levelled
}

/// The share of the way, 0…1.
fn share(step: usize, steps: usize) -> f64 {
    step as f64 / (steps - 1) as f64
}

/// The first stage's choice, to be refined.
fn refinements<const N: usize>(
    pair: &PatchPair,
    [from, to]: [ScaledSound<N>; 2],
    steps: usize,
    tried: &[([usize; 2], Patch)],
    measured: &[Option<ScaledSound<N>>],
) -> Vec<StepRefinement<N>> {
    let ends = [MeasuredPatch { patch: pair.from, sound: from }, MeasuredPatch { patch: pair.to, sound: to }];
    let heard = tried.iter().zip(measured);
    let heard: Vec<_> = heard
        .filter_map(|(&(place, patch), sound)| Some((place, MeasuredPatch { patch, sound: (*sound)? })))
        .collect();
    let chosen = choose(steps, ends, &heard);
    let inner = chosen.iter().enumerate().skip(1).take(chosen.len().saturating_sub(2));
    inner.map(|(step, &own)| StepRefinement::new(own, wanted([&from, &to], share(step, steps)))).collect()
}

/// Gives each refinement the measures of its own patches.
fn for_each_own<const N: usize>(
    all: &mut [StepRefinement<N>],
    ask: impl Fn(&StepRefinement<N>) -> Vec<Patch>,
    measured: &[Option<ScaledSound<N>>],
    tell: impl Fn(&mut StepRefinement<N>, &[(Patch, Option<ScaledSound<N>>)]),
) {
    let mut sounds = measured.iter().copied();
    for own in all {
        let measured: Vec<_> = ask(own).into_iter().zip(sounds.by_ref()).collect();
        tell(own, &measured);
    }
}

/// The parameters that switch, ordered by the change of the middle's sound that each causes, the smallest first.
/// `sounds` are the sound of the middle, then the sounds of the middle with each parameter switched alone.
fn order<const N: usize>(
    switches: &[Parameter],
    from: &ScaledSound<N>,
    sounds: &[Option<ScaledSound<N>>],
) -> Vec<Parameter> {
    let Some((middle, alone)) = sounds.split_first() else { return switches.to_vec() };
    let middle = middle.unwrap_or(*from);
    let change = |sound: &Option<ScaledSound<N>>| {
        sound.map_or(f64::INFINITY, |sound| mean_square(N, |at| sound.scales[at] - middle.scales[at]))
    };
    let mut changes: Vec<(Parameter, f64)> = switches.iter().copied().zip(alone.iter().map(change)).collect();
    changes.sort_by(|one, other| one.1.total_cmp(&other.1));
    changes.into_iter().map(|(parameter, _)| parameter).collect()
}
