//! Patches between two patches, in three ways: straight in the parameters, over the plane, and by sound. For the last
//! way several workers measure for one search, step by step. No web types.

use interpolation::{
    InterpolationError, InterpolationFigures, InterpolationSearch, MeasuredScales, PatchPair, PlayedNote,
    SCALE_COUNT, ScaleMeter, through,
};
use patch::{Parameter, Patch};

/// Patches that a search finds, with both ends.
const STEPS: usize = 9;
/// Changes that a person can keep in mind.
const STRONGEST: usize = 3;
/// Numbers for each measured patch: the scales and the loudness.
const MEASURED_COUNT: usize = SCALE_COUNT + 1;

/// A search, and the patches that it has found last.
#[derive(Default)]
pub struct BetweenFinder {
    meter: Option<ScaleMeter>,
    search: Option<InterpolationSearch>,
    found: Vec<Patch>,
}

/// The reason why there are no patches.
#[derive(Debug, thiserror::Error)]
pub enum BetweenError {
    /// These two patches have no patches between them.
    #[error(transparent)]
    Pair(#[from] InterpolationError),
    /// No search has found them yet.
    #[error("the way between the two sounds was not measured: reload the page")]
    NotFound,
}

impl BetweenFinder {
    /// Begins a search. Returns the stored values of the patches to measure.
    ///
    /// # Errors
    /// If both are the same.
    pub fn begin(&mut self, from: Patch, to: Patch) -> Result<Vec<f32>, BetweenError> {
        self.found.clear();
        let search = InterpolationSearch::new(PatchPair::new(from, to)?, STEPS);
        Ok(values_of(&self.search.insert(search).candidates()))
    }

    /// The scales and the loudness of each patch with a note; not-a-numbers for a silent one.
    pub fn measure(&mut self, patches: &[Patch], note: PlayedNote) -> Vec<f64> {
        let meter = self.meter.get_or_insert_with(ScaleMeter::new);
        let numbers = |measured: Option<MeasuredScales>| {
            let mut numbers = [f64::NAN; MEASURED_COUNT];
            if let Some(MeasuredScales { scales, loudness_lufs }) = measured {
                numbers[..SCALE_COUNT].copy_from_slice(&scales);
                numbers[SCALE_COUNT] = loudness_lufs;
            }
            numbers
        };
        meter.measure_patches(patches, note).into_iter().flat_map(numbers).collect()
    }

    /// Takes the measurements of these patches. Returns the next patches to measure, none at the end.
    ///
    /// # Errors
    /// If no search runs, or one of the two patches is silent.
    pub fn record(&mut self, measured: &[f64]) -> Result<Vec<f32>, BetweenError> {
        let search = self.search.as_mut().ok_or(BetweenError::NotFound)?;
        search.record(&sounds(measured))?;
        let next = search.candidates();
        if let Some(search) = self.search.take_if(|_| next.is_empty()) {
            self.found = search.way()?;
        }
        Ok(values_of(&next))
    }

    /// `count` patches through the patches that were found.
    ///
    /// # Errors
    /// If no patches were found.
    pub fn found(&self, count: usize) -> Result<Vec<f32>, BetweenError> {
        let patches = through(&self.found, count);
        if patches.is_empty() { Err(BetweenError::NotFound) } else { Ok(values_of(&patches)) }
    }
}

/// Measured sounds; `None` for a silent one.
fn sounds(measured: &[f64]) -> Vec<Option<MeasuredScales>> {
    let (measured, _) = measured.as_chunks::<MEASURED_COUNT>();
    let sound = |numbers: &[f64; MEASURED_COUNT]| {
        let (&scales, &[loudness_lufs]) = numbers.split_first_chunk()? else { return None };
        let is_known = numbers.iter().all(|number| number.is_finite());
        is_known.then_some(MeasuredScales { scales, loudness_lufs })
    };
    measured.iter().map(sound).collect()
}

/// The second difference of the sounds of a way in points, and how far its level is off in dB; not-a-numbers if one is
/// silent, or if there are fewer than three.
pub fn figures(measured: &[f64]) -> [f64; 2] {
    let sounds: Option<Vec<MeasuredScales>> = sounds(measured).into_iter().collect();
    let figures = sounds.filter(|sounds| sounds.len() >= 3).map(|sounds| InterpolationFigures::new(&sounds));
    figures.map_or([f64::NAN; 2], |own| [own.second_difference, own.level_db])
}

/// The stored values of patches, one after another.
pub fn values_of(patches: &[Patch]) -> Vec<f32> {
    patches.iter().flat_map(|patch| *patch.values()).collect()
}

/// The strongest audible changes: each parameter's number and the size of its change; not-a-number for a parameter that
/// switches.
pub fn strongest(pair: &PatchPair) -> Vec<f32> {
    let numbers =
        |(parameter, by): (Parameter, Option<f32>)| [parameter.index() as f32, by.unwrap_or(f32::NAN)];
    pair.moves().into_iter().take(STRONGEST).flat_map(numbers).collect()
}
