//! Random orders of what a person, the worker and the clock do.

use proptest::prelude::*;

use super::*;

/// One thing that happens.
#[derive(Clone, Debug)]
enum BreedEvent {
    Own(BreedAction),
    Undo,
    Redo,
    Cutoff(f32),
    Measure(bool),
    Lose,
    Rest,
    Toggle,
}

fn any_event() -> impl Strategy<Value = BreedEvent> {
    let child = || prop::option::of(0..9usize);
    prop_oneof![
        child().prop_map(|child| BreedEvent::Own(BreedAction::Press { child })),
        child().prop_map(|child| BreedEvent::Own(BreedAction::Slide { child })),
        child().prop_map(|child| BreedEvent::Own(BreedAction::Strike { child })),
        Just(BreedEvent::Own(BreedAction::Lift)),
        Just(BreedEvent::Own(BreedAction::GoOn)),
        Just(BreedEvent::Own(BreedAction::GoBack)),
        (0..5usize).prop_map(|section| BreedEvent::Own(BreedAction::ToggleSection { section })),
        (0..9usize).prop_map(|child| BreedEvent::Own(BreedAction::Keep { child, name: "Child".to_owned() })),
        Just(BreedEvent::Undo),
        Just(BreedEvent::Redo),
        (0.0f32..1.0).prop_map(BreedEvent::Cutoff),
        any::<bool>().prop_map(BreedEvent::Measure),
        Just(BreedEvent::Lose),
        Just(BreedEvent::Rest),
        Just(BreedEvent::Toggle),
    ]
}

proptest! {
    #[test]
    fn in_any_order_there_are_eight_children_and_only_going_on_changes_the_sound(
        events in prop::collection::vec(any_event(), 0..60),
    ) {
        let mut page = BreedPage::open();
        for event in events {
            let before = page.heard();
            let moves = matches!(
                &event,
                BreedEvent::Own(BreedAction::GoOn | BreedAction::GoBack)
                    | BreedEvent::Undo
                    | BreedEvent::Redo
                    | BreedEvent::Cutoff(_)
            );
            match event {
                BreedEvent::Own(action) => page.own(action),
                BreedEvent::Undo => page.edit(Edit::Undo),
                BreedEvent::Redo => page.edit(Edit::Redo),
                BreedEvent::Cutoff(value) => {
                    page.edit(Edit::SetParameter(Parameter::FilterCutoff, value));
                    page.edit(Edit::FinishStep);
                }
                BreedEvent::Measure(is_silent) => {
                    if let Some((task, patches)) = page.waiting().pop() {
                        let own = |patch: &Patch| if is_silent { silence() } else { sound(patch) };
                        page.answer(task, 0, patches.iter().flat_map(own).collect());
                        page.end(task);
                    }
                }
                BreedEvent::Lose => {
                    if let Some((task, _)) = page.waiting().pop() {
                        page.running.retain(|(running, _)| *running != task);
                        page.panel(PanelAction::News(task, TaskNews::Failed("lost".to_owned())));
                    }
                }
                BreedEvent::Rest => page.rest(),
                BreedEvent::Toggle => page.panel(PanelAction::Toggle(PanelId::Breed)),
            }
            prop_assert!(moves || page.heard() == before);
            let model = page.model();
            prop_assert!([0, 8].contains(&model.children.len()));
            prop_assert!(model.is_open || page.waiting().is_empty(), "a closed panel measures nothing");
            let volume = |patch: &Patch| patch.get(Parameter::KeyboardMode);
            prop_assert!(page.patches().iter().all(|child| volume(child) == volume(&before)));
        }
        // Everything comes to rest.
        page.measure(sound);
    }
}
