//! The macro-controls as their script draws them.

use serde::Serialize;

use super::known::KnownPoints;
use super::remarks::comparison;
use super::{LearningState, MacroRemark, Macros, PROPERTY_COUNT, PropertyReach};
use crate::panels::PanelId;
use crate::state::State;

/// The macro-controls.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MacrosModel {
    /// True while they are shown.
    pub is_open: bool,
    /// The sliders, in the order of the properties.
    pub sliders: Vec<MacroSlider>,
    /// The sentence below the title.
    pub status: MacrosStatus,
    /// The done share of the measurement, 0…1; null while nothing is measured.
    pub share: Option<f32>,
    /// True if the button that measures or stops is of use.
    pub can_measure: bool,
    /// True if a slider is not at 0.
    pub can_reset: bool,
    /// The remark on one slider.
    pub remark: Option<MacroRemark>,
    /// The learning of MIDI controllers.
    pub learning: LearningState,
    /// True if there are learned controllers to forget.
    pub can_unlearn: bool,
    /// The place of the slider whose picture is seen.
    pub picture: Option<usize>,
}

/// One slider.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MacroSlider {
    /// Where it is, −1…1.
    pub amount: f32,
    /// The property of the sound itself, in points; null until it is measured.
    pub value: Option<f32>,
    /// The property now, in points.
    pub now: Option<f32>,
    /// True if that is computed, not measured.
    pub is_expected: bool,
    /// True once it is known what the slider reaches.
    pub is_measured: bool,
    /// True if it cannot move.
    pub is_fixed: bool,
    /// The number of its MIDI controller.
    pub controller: Option<u8>,
}

/// The state of the measurement, as a sentence says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MacrosStatus {
    /// No patch is heard yet.
    Unknown,
    /// The sound is to rest first.
    Waits,
    /// Workers measure.
    Measuring,
    /// A person has stopped that.
    Stopped,
    /// Something went wrong: a word of the panel's texts.
    Problem { word: String },
    /// Everything is measured, and a slider can move.
    Measured,
    /// Everything is measured, and no slider can move.
    AllFixed,
}

pub(super) fn model(state: &State) -> MacrosModel {
    let macros = &state.panels.macros;
    let points = macros.measured_points();
    let sliders: Vec<MacroSlider> = (0..PROPERTY_COUNT).map(|place| macros.slider(place, points)).collect();
    let is_all_fixed = sliders.iter().all(|slider| slider.is_fixed);
    let compared = || comparison(&macros.amounts, &macros.measurement.reach, points?);
    let is_measuring = macros.measurement.task.is_some();
    MacrosModel {
        is_open: state.panels.is_open(PanelId::Macros),
        status: macros.status(is_all_fixed, state.heard_patch().is_some()),
        share: is_measuring.then_some(macros.measurement.share),
        can_measure: !macros.is_measured() && macros.seen.is_some(),
        can_reset: macros.amounts.iter().any(|&amount| amount != 0.0),
        remark: macros.remark.clone().or_else(compared),
        learning: macros.learning,
        can_unlearn: macros.learning != LearningState::Off && !macros.controllers.are_none(),
        picture: macros.picture.drawn,
        sliders,
    }
}

impl Macros {
    /// The properties at the places of the sliders, if they are measured there.
    fn measured_points(&self) -> Option<&[f32]> {
        let known = self.known.get(self.seen.as_ref()?)?;
        match &known.points {
            KnownPoints::Measured(points) if known.amounts == self.amounts => Some(points),
            _ => None,
        }
    }

    fn slider(&self, place: usize, points: Option<&[f32]>) -> MacroSlider {
        let unknown = PropertyReach { value: None, less: None, more: None, predicted: true };
        let reach = self.measurement.reach.get(place).copied().unwrap_or(unknown);
        let amount = self.amounts[place];
        let change = if amount < 0.0 { reach.less } else { reach.more };
        let expected = |value: f32| (value + amount.abs() * change.unwrap_or(0.0)).clamp(0.0, 100.0);
        let computed = reach.value.map(|value| if amount == 0.0 { value } else { expected(value) });
        MacroSlider {
            amount,
            value: reach.value,
            now: points.map(|points| points[place]).or(computed),
            is_expected: amount != 0.0 && points.is_none(),
            is_measured: reach.is_found(),
            // A curve that is measured while its slider is moved may end before that place: it can go back.
            is_fixed: amount == 0.0 && !reach.moves_towards(-1.0) && !reach.moves_towards(1.0),
            controller: self.controllers.get(place),
        }
    }

    fn status(&self, is_all_fixed: bool, is_heard: bool) -> MacrosStatus {
        let measurement = &self.measurement;
        match &measurement.problem {
            Some(word) => MacrosStatus::Problem { word: word.clone() },
            None if measurement.task.is_some() => MacrosStatus::Measuring,
            None if self.is_measured() && is_all_fixed => MacrosStatus::AllFixed,
            None if self.is_measured() => MacrosStatus::Measured,
            // The script draws the first model before the panel follows the sound.
            None if self.seen.is_none() && !is_heard => MacrosStatus::Unknown,
            None if measurement.is_stopped => MacrosStatus::Stopped,
            None => MacrosStatus::Waits,
        }
    }
}
