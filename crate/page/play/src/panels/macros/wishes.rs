//! A change that a person asks for by a word (“darker”): the slider of its property moves once it is known what it
//! reaches. The panel opens first, so that one sees what moves.

use word_search::{Property, SoundChange};

use super::{Macros, PropertyReach};
use crate::action::PageAction;
use crate::page::Tab;
use crate::panels::PanelId;
use crate::reduce::Reducer;

/// How far a word moves a slider, of its way to either end.
const WISH_AMOUNT: f32 = 0.4;

/// A move of a slider that waits for its curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MacroWish {
    place: usize,
    /// 1 for more, −1 for less.
    direction: f32,
}

/// The slider of a property, if there is one.
pub fn slider_of(property: Property) -> Option<usize> {
    // In the order of `SoundProperty::ALL` of crate `macro_control`.
    let sliders = [
        Property::Brightness,
        Property::Warmth,
        Property::Hardness,
        Property::Roughness,
        Property::Depth,
        Property::Attack,
        Property::Length,
        Property::Movement,
    ];
    sliders.into_iter().position(|slider| slider == property)
}

impl Reducer<'_> {
    /// Opens the macro-controls and moves a slider as soon as its curve is known.
    pub(crate) fn change_sound(&mut self, change: SoundChange) {
        let Some(place) = slider_of(change.property).filter(|_| self.state.is_amsynth()) else { return };
        let direction = if change.is_more { 1.0 } else { -1.0 };
        self.macros().opening.wish = Some(MacroWish { place, direction });
        self.page(PageAction::ShowTab(Tab::Sound));
        self.open_panel(PanelId::Macros);
        self.grant_wish();
    }

    /// Moves the slider of a wish, if its curve is measured.
    pub(super) fn grant_wish(&mut self) {
        if !self.state.panels.is_open(PanelId::Macros) || !self.is_known_to_macros() {
            return;
        }
        let macros = self.macros();
        let Some(MacroWish { place, direction }) = macros.opening.wish else { return };
        if !macros.measurement.reach.get(place).is_some_and(PropertyReach::is_measured) {
            return self.prefer_macro(place);
        }
        let macros = self.macros();
        macros.opening.wish = None;
        let amount = (macros.amounts[place] + direction * WISH_AMOUNT).clamp(-1.0, 1.0);
        self.move_macro(place, amount);
        self.end_macro_step(true);
    }
}

impl Macros {
    /// A closed panel grants no wish later.
    pub(super) fn drop_wish(&mut self) {
        self.opening.wish = None;
    }
}
