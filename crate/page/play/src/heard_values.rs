//! From where the values of the map's layers are known for the heard sound. Changes nothing.

use patch::Patch;

use crate::document::overridden;
use crate::editing::HeardValues;
use crate::state::State;

impl State {
    /// The audible patch, if no values of it are loaded: edited, with locked values, or an imported preset.
    pub fn unmapped_patch(&self) -> Option<Patch> {
        let is_imported = || self.exact_preset().is_some_and(|row| self.library.is_imported(row));
        let is_other = self.is_edited() || self.has_locked_change() || is_imported();
        self.patch().filter(|_| is_other).map(|patch| overridden(patch, self.document()))
    }

    /// From where the values of the map's layers are known for the audible patch.
    pub fn heard_values(&self) -> HeardValues<'_> {
        let preset = || self.exact_preset().filter(|&row| self.library.is_measured(row));
        let of_place = || preset().map_or(HeardValues::OfMap, HeardValues::OfPreset);
        let Some(patch) = self.unmapped_patch() else { return of_place() };
        match &self.editing.measured {
            Some((measured, Some(values))) if **measured == patch => HeardValues::Measured(values),
            Some((measured, None)) if **measured == patch => HeardValues::Unmeasurable,
            // An element measures no edits.
            _ if self.page.is_embedded => HeardValues::Unmeasurable,
            _ => HeardValues::Unmeasured,
        }
    }
}
