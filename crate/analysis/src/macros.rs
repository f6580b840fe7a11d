//! The macro-controls of a patch, step by step, so that several workers measure for one search. No web types.

use macro_control::{
    MacroAmounts, MacroControls, MacroError, MacroSearch, MeasuredProperties, PROPERTY_COUNT, PropertyMeter,
    SoundProperty,
};
use patch::Patch;

/// Numbers for each measured patch: the properties and the loudness.
const MEASURED_COUNT: usize = PROPERTY_COUNT + 1;

/// A search, and what it has found last.
#[derive(Default)]
pub struct MacroFinder {
    meter: Option<PropertyMeter>,
    search: Option<MacroSearch>,
    found: Option<MacroControls>,
}

/// Why there are no macro-controls.
#[derive(Debug, thiserror::Error)]
pub enum MacroFinderError {
    /// Of this patch.
    #[error(transparent)]
    Patch(#[from] MacroError),
    /// They were not searched for.
    #[error("the sound was not measured: reload the page")]
    NotFound,
}

impl MacroFinder {
    /// Begins a search; the stored values of the patches to measure.
    pub fn begin(&mut self, patch: &Patch) -> Vec<f32> {
        self.found = None;
        self.search
            .insert(MacroSearch::new(patch))
            .candidates()
            .iter()
            .flat_map(|patch| *patch.values())
            .collect()
    }

    /// The eight properties and the loudness of each patch; not-a-numbers for a silent one.
    pub fn measure(&mut self, patches: &[Patch]) -> Vec<f64> {
        let meter = self.meter.get_or_insert_with(PropertyMeter::new);
        let numbers = |measured: Option<MeasuredProperties>| {
            let mut numbers = [f64::NAN; MEASURED_COUNT];
            if let Some(MeasuredProperties { values, loudness_lufs }) = measured {
                numbers[..PROPERTY_COUNT].copy_from_slice(&values);
                numbers[PROPERTY_COUNT] = loudness_lufs;
            }
            numbers
        };
        meter.measure_patches(patches).into_iter().flat_map(numbers).collect()
    }

    /// Takes what was measured of the patches to measure; the next ones, none at the end.
    ///
    /// # Errors
    /// If no search runs, or its patch is silent.
    pub fn record(&mut self, measured: &[f64]) -> Result<Vec<f32>, MacroFinderError> {
        let search = self.search.as_mut().ok_or(MacroFinderError::NotFound)?;
        let (measured, _) = measured.as_chunks::<MEASURED_COUNT>();
        let properties = |numbers: &[f64; MEASURED_COUNT]| {
            let (&values, &[loudness_lufs]) = numbers.split_first_chunk()? else { return None };
            numbers
                .iter()
                .all(|number| number.is_finite())
                .then_some(MeasuredProperties { values, loudness_lufs })
        };
        search.record(&measured.iter().map(properties).collect::<Vec<_>>())?;
        let next: Vec<f32> = search.candidates().iter().flat_map(|patch| *patch.values()).collect();
        if let Some(search) = self.search.take_if(|_| next.is_empty()) {
            self.found = Some(search.finish()?.0);
        }
        Ok(next)
    }

    /// For each property its value at the start, and its change at −1 and at 1.
    ///
    /// # Errors
    /// If the curves are not found.
    pub fn reach(&self) -> Result<Vec<f64>, MacroFinderError> {
        let found = self.found.as_ref().ok_or(MacroFinderError::NotFound)?;
        let reach = found.curves().iter().flat_map(|curve| {
            let [less, more] = curve.reach();
            [found.sound().values[curve.property().index()], less, more]
        });
        Ok(reach.collect())
    }

    /// The patch at amounts in the order of [`SoundProperty::ALL`].
    ///
    /// # Errors
    /// If the curves are not found.
    pub fn patch(&self, amounts: &[f32]) -> Result<Patch, MacroFinderError> {
        let found = self.found.as_ref().ok_or(MacroFinderError::NotFound)?;
        let mut moved = MacroAmounts::default();
        for (property, &amount) in SoundProperty::ALL.into_iter().zip(amounts) {
            moved.set(property, amount);
        }
        Ok(found.patch(&moved))
    }
}
