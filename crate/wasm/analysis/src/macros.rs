//! The macro-controls of a patch, step by step, so that several workers measure for one search. No web types.

use macro_control::{
    MacroAmounts, MacroControls, MacroError, MacroSearch, MeasuredProperties, PROPERTY_COUNT, PropertyMeter,
    SoundProperty,
};
use patch::{Parameter, Patch};

/// Numbers for each measured patch: the properties, the loudness and the pitch.
const MEASURED_COUNT: usize = PROPERTY_COUNT + 2;

/// A search, and the macro-controls that it has found last.
#[derive(Default)]
pub struct MacroFinder {
    meter: Option<PropertyMeter>,
    search: Option<MacroSearch>,
    found: Option<MacroControls>,
}

/// The reason why there are no macro-controls.
#[derive(Debug, thiserror::Error)]
pub enum MacroFinderError {
    /// This patch has no macro-controls.
    #[error(transparent)]
    Patch(#[from] MacroError),
    /// No search has measured the patch yet.
    #[error("the sound was not measured: reload the page")]
    NotFound,
}

impl MacroFinder {
    /// Begins a search in which some parameters keep their values. Returns the stored values of the patches to measure.
    pub fn begin(&mut self, patch: &Patch, kept: &[Parameter]) -> Vec<f32> {
        self.found = None;
        let search = self.search.insert(MacroSearch::new(patch).keeping(kept));
        search.candidates().iter().flat_map(|patch| *patch.values()).collect()
    }

    /// Follows the curve of the property at this place before those that are not begun.
    pub fn prefer(&mut self, place: u8) {
        if let Some((search, &property)) =
            self.search.as_mut().zip(SoundProperty::ALL.get(usize::from(place)))
        {
            search.prefer(property);
        }
    }

    /// The eight properties, the loudness and the pitch of each patch that plays a key. All are not-a-number for a silent patch; the
    /// pitch is not-a-number for a sound without pitch.
    pub fn measure(&mut self, patches: &[Patch], key: u8) -> Vec<f64> {
        let meter = self.meter.get_or_insert_with(PropertyMeter::new);
        meter.set_key(key.min(127));
        let numbers = |measured: Option<MeasuredProperties>| {
            let mut numbers = [f64::NAN; MEASURED_COUNT];
            if let Some(MeasuredProperties { values, loudness_lufs, pitch }) = measured {
                numbers[..PROPERTY_COUNT].copy_from_slice(&values);
                numbers[PROPERTY_COUNT..].copy_from_slice(&[loudness_lufs, pitch.unwrap_or(f64::NAN)]);
            }
            numbers
        };
        meter.measure_patches(patches).into_iter().flat_map(numbers).collect()
    }

    /// Takes the measurements of these patches. Returns the next patches to measure, none at the end.
    ///
    /// # Errors
    /// If no search runs, or its patch is silent.
    pub fn record(&mut self, measured: &[f64]) -> Result<Vec<f32>, MacroFinderError> {
        let search = self.search.as_mut().ok_or(MacroFinderError::NotFound)?;
        let (measured, _) = measured.as_chunks::<MEASURED_COUNT>();
        let properties = |numbers: &[f64; MEASURED_COUNT]| {
            let (&values, &[loudness_lufs, pitch]) = numbers.split_first_chunk()? else { return None };
            let pitch = Some(pitch).filter(|pitch| pitch.is_finite());
            let is_audible = values.iter().chain([&loudness_lufs]).all(|number| number.is_finite());
            is_audible.then_some(MeasuredProperties { values, loudness_lufs, pitch })
        };
        search.record(&measured.iter().map(properties).collect::<Vec<_>>())?;
        self.found = search.controls();
        Ok(search.candidates().iter().flat_map(|patch| *patch.values()).collect())
    }

    /// For each property its value at the start, its change at −1 and at 1, and 1 if that is predicted, 0 if it is
    /// measured.
    ///
    /// # Errors
    /// If the patch is not measured.
    pub fn reach(&self) -> Result<Vec<f64>, MacroFinderError> {
        let found = self.found.as_ref().ok_or(MacroFinderError::NotFound)?;
        let mut reach: Vec<f64> =
            found.sound().values.iter().flat_map(|&value| [value, f64::NAN, f64::NAN, 1.0]).collect();
        for curve in found.curves() {
            let [less, more] = curve.reach();
            let is_predicted = f64::from(u8::from(curve.is_predicted()));
            reach[4 * curve.property().index() + 1..][..3].copy_from_slice(&[less, more, is_predicted]);
        }
        Ok(reach)
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
