//! The macro-controls of a patch: its curves, and the patch at given amounts of all of them.

use matching::space::moved;
use matching::with_gain;
use patch::Patch;

use crate::curve::MacroCurve;
use crate::meter::MeasuredProperties;
use crate::property::{PROPERTY_COUNT, SoundProperty};
use crate::start::MacroStart;

/// The amount of each macro-control, −1…1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MacroAmounts([f32; PROPERTY_COUNT]);

impl MacroAmounts {
    /// The amount of a property.
    pub fn get(&self, property: SoundProperty) -> f32 {
        self.0[property.index()]
    }

    /// Sets the amount of a property; clamped to −1…1, and 0 for not-a-number.
    pub fn set(&mut self, property: SoundProperty, amount: f32) {
        self.0[property.index()] = if amount.is_nan() { 0.0 } else { amount.clamp(-1.0, 1.0) };
    }
}

/// The macro-controls of a patch.
#[derive(Clone, Debug)]
pub struct MacroControls {
    start: MacroStart,
    sound: MeasuredProperties,
    curves: Vec<MacroCurve>,
}

impl MacroControls {
    pub(crate) fn new(start: MacroStart, sound: MeasuredProperties, curves: Vec<MacroCurve>) -> Self {
        Self { start, sound, curves }
    }

    /// The measures of the patch at which the macro-controls begin.
    pub fn sound(&self) -> &MeasuredProperties {
        &self.sound
    }

    /// The curves.
    pub fn curves(&self) -> &[MacroCurve] {
        &self.curves
    }

    /// The patch at these amounts: exactly the start's patch if all are 0. Several macro-controls add up. Each was
    /// measured alone, so together they reach less or more.
    pub fn patch(&self, amounts: &MacroAmounts) -> Patch {
        let mut position = self.start.position;
        let (mut gain_db, mut is_moved) = (0.0, false);
        for curve in &self.curves {
            let amount = amounts.get(curve.property());
            let Some((place, gain)) = curve.at(amount).filter(|_| amount != 0.0) else { continue };
            for (position, (place, start)) in position.iter_mut().zip(place.iter().zip(&self.start.position))
            {
                *position += place - start;
            }
            gain_db += gain;
            is_moved |= place != self.start.position;
        }
        if !is_moved {
            return self.start.given;
        }
        let moved = moved(&self.start.prepared, &position);
        if self.start.keeps_volume { moved } else { with_gain(&moved, gain_db).0 }
    }
}
