//! The macro-controls in random orders of events: actions, answers of any task at any time, closing and opening.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum MacrosEvent {
    Own(MacrosAction),
    Sing(Option<f32>),
    Open,
    Close,
    Rest,
    Elsewhere(u8),
    Undo,
    Reach(usize),
    Patch(usize),
    Fail(usize),
    End(usize),
}

fn event() -> impl Strategy<Value = MacrosEvent> {
    let place = 0..PROPERTY_COUNT;
    prop_oneof![
        3 => (place.clone(), -1.0_f32..1.0).prop_map(|(place, amount)| MacrosEvent::Own(MacrosAction::Move { place, amount })),
        1 => (place.clone(), any::<bool>()).prop_map(|(place, is_touch)| MacrosEvent::Own(MacrosAction::Press { place, is_touch })),
        1 => place.clone().prop_map(|place| MacrosEvent::Own(MacrosAction::Lift { place })),
        1 => place.clone().prop_map(|place| MacrosEvent::Own(MacrosAction::Scroll { place })),
        1 => place.prop_map(|place| MacrosEvent::Own(MacrosAction::Focus { place })),
        1 => Just(MacrosEvent::Own(MacrosAction::PressKey)),
        2 => Just(MacrosEvent::Own(MacrosAction::Moved)),
        1 => Just(MacrosEvent::Own(MacrosAction::Reset)),
        1 => Just(MacrosEvent::Own(MacrosAction::ToggleMeasuring)),
        1 => prop::option::of(-1.0_f32..1.0).prop_map(MacrosEvent::Sing),
        1 => Just(MacrosEvent::Open),
        1 => Just(MacrosEvent::Close),
        3 => Just(MacrosEvent::Rest),
        1 => (0_u8..4).prop_map(MacrosEvent::Elsewhere),
        1 => Just(MacrosEvent::Undo),
        3 => (0_usize..8).prop_map(MacrosEvent::Reach),
        4 => (0_usize..8).prop_map(MacrosEvent::Patch),
        1 => (0_usize..8).prop_map(MacrosEvent::Fail),
        2 => (0_usize..8).prop_map(MacrosEvent::End),
    ]
}

proptest! {
    /// Whatever comes in which order, once everything has come to rest the sliders tell the truth: the heard sound is
    /// the one at their amounts, or the sound is to be measured anew.
    #[test]
    fn in_any_order_of_events_the_sliders_agree_with_the_sound(events in prop::collection::vec(event(), 1..60)) {
        let mut page = MacrosPage::measured();
        // All tasks that have ever run: their answers may come at any time.
        let mut numbers: Vec<TaskNumber> = Vec::new();
        for event in events {
            numbers.extend(page.running.iter().map(|(number, _)| *number));
            numbers.sort_unstable();
            numbers.dedup();
            let at = |position: usize| numbers.get(numbers.len().checked_sub(1 + position)?).copied();
            match event {
                MacrosEvent::Own(action) => page.own(action),
                MacrosEvent::Sing(amount) => page.sing(amount),
                MacrosEvent::Open => page.panel(PanelAction::Open(PanelId::Macros)),
                MacrosEvent::Close => page.panel(PanelAction::Close(PanelId::Macros)),
                MacrosEvent::Rest => page.rest(),
                MacrosEvent::Elsewhere(value) => {
                    let mut patch = Patch::default();
                    patch.set(Parameter::ReverbWet, f32::from(value) / 8.0);
                    page.act(Action::Edit(Edit::SetPatch(Box::new(patch))));
                    page.frame();
                }
                MacrosEvent::Undo => page.undo(),
                MacrosEvent::Reach(position) => {
                    if let Some(number) = at(position) {
                        page.answer(number, MacrosAnswer::Reach { reach: reach() });
                    }
                }
                MacrosEvent::Patch(position) => {
                    let asked = page.computing();
                    if let Some(number) = at(position) {
                        let amounts = asked.filter(|(task, _)| *task == number).map_or([0.3; 8], |(_, amounts)| amounts);
                        page.answer(number, MacrosAnswer::Patch { patch: patch_at(amounts).values().to_vec() });
                    }
                }
                MacrosEvent::Fail(position) => {
                    if let Some(number) = at(position) {
                        page.running.retain(|(running, _)| *running != number);
                        page.news(number, TaskNews::Failed("lost".to_owned()));
                    }
                }
                MacrosEvent::End(position) => {
                    if let Some(number) = at(position) {
                        page.end(number);
                    }
                }
            }
        }
        page.panel(PanelAction::Open(PanelId::Macros));
        page.sing(None);
        page.own(MacrosAction::Moved);
        // A pause after keys ends a step, whose patch is computed then.
        for _ in 0..2 {
            page.rest();
            page.compute();
        }
        let model = page.model();
        let macros = &page.state.panels.macros;
        prop_assert!(!macros.steps.is_busy());
        let here = HeardSound::of(&page.state).expect("a patch is heard");
        match macros.known.get(&here) {
            Some(known) => prop_assert_eq!(known.amounts, macros.amounts),
            None => {
                prop_assert!(model.sliders.iter().all(|slider| slider.amount == 0.0));
                prop_assert!(model.can_measure);
            }
        }
    }
}
