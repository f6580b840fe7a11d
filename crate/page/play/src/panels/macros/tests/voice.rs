//! The brightness of a live voice moves the first slider, and its end puts that back.

use super::*;
use crate::reduce::Reducer;

impl MacrosPage {
    /// A live voice sings so brightly, or has ended.
    pub(super) fn sing(&mut self, amount: Option<f32>) {
        let mut reducer = Reducer { state: &mut self.state, effects: Effects::new() };
        reducer.follow_voice(amount);
        let effects = reducer.effects;
        self.follow(effects);
        self.frame();
    }
}

#[test]
fn a_live_voice_moves_the_first_slider_and_puts_it_back() {
    let mut page = MacrosPage::measured();
    let before = page.heard();
    page.sing(Some(0.7));
    page.compute();
    assert_eq!(page.model().sliders[0].amount, 0.7);
    page.sing(None);
    page.compute();
    assert_eq!(page.model().sliders[0].amount, 0.0);
    assert_eq!(page.heard(), before);
}

#[test]
fn a_voice_that_ends_while_recorded_tones_play_puts_the_slider_back_with_amsynth() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Move { place: 0, amount: 0.2 });
    page.own(MacrosAction::Moved);
    page.rest();
    page.compute();
    let before = page.heard();
    page.sing(Some(0.9));
    page.compute();
    page.state.sound.instruments.domain = Some(crate::tone_domain::ToneDomain::Strings);
    page.sing(None);
    page.state.sound.instruments.domain = None;
    page.state.frame.is_dirty = true;
    page.frame();
    page.compute();
    assert_eq!(page.model().sliders[0].amount, 0.2);
    assert_eq!(page.heard(), before);
}
