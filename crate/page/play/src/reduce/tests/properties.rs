//! Properties that hold after any actions.

use super::*;

fn any_action() -> impl Strategy<Value = Action> {
    let x = -4.0f32..4.0;
    let px = (0.0f64..400.0, 0.0f64..400.0);
    let pointer = (0i32..7, px, any::<bool>()).prop_map(|(id, at_px, is_mouse)| Pointer {
        id,
        is_mouse,
        at_px,
        pressure: 0.5,
        now_ms: 0.0,
    });
    let source = prop_oneof![
        Just(TouchSource::Keyboard),
        Just(TouchSource::Tap),
        Just(TouchSource::PlayButton),
        Just(TouchSource::Hover)
    ];
    prop_oneof![
        6 => (0u8..5, pointer).prop_map(|(kind, pointer)| Action::Pointer(match kind {
            0 | 1 => PointerAction::Down(pointer),
            2 => PointerAction::Move(pointer),
            3 => PointerAction::Hover(pointer),
            _ => PointerAction::Up(pointer),
        })),
        1 => (0i32..7).prop_map(|id| Action::Pointer(PointerAction::Lost(id))),
        1 => Just(Action::Pointer(PointerAction::Blur)),
        2 => (0u8..3, source).prop_map(|(kind, source)| Action::Touch(match kind {
            0 => TouchAction::Press(source, 0.0),
            1 => TouchAction::Lift(source, 0.0),
            _ => TouchAction::Lose(source),
        })),
        2 => (0u8..3, 58u8..64).prop_map(|(kind, key)| Action::Key(match kind {
            0 => KeyAction::Press(KeyHolder::Midi(key), key, 90),
            1 => KeyAction::Release(KeyHolder::Midi(key)),
            _ => KeyAction::Slide(KeyHolder::Midi(key), key + 1, 90),
        }, 0.0)),
        1 => Just(Action::Edit(Edit::ToggleLatch)),
        1 => x.prop_map(|x| Action::Edit(Edit::MoveTo(at(x)))),
        2 => (0usize..3, -0.5f32..1.5).prop_map(|(kind, value)| Action::Edit(match kind {
            0 => Edit::SetParameter(Parameter::FilterCutoff, value),
            1 => Edit::ToggleLock(patch::Group::Filter),
            _ => Edit::RestoreEdit,
        })),
        1 => prop_oneof![Just(Edit::Undo), Just(Edit::Redo), Just(Edit::SwitchSides), Just(Edit::EndComparison)]
            .prop_map(Action::Edit),
        1 => any::<bool>().prop_map(|across| {
            let layout = if across { Layout::ScaleAcross } else { Layout::RootNote };
            Action::Edit(Edit::SetNotes(Notes { layout, latch: across, ..Notes::default() }, None))
        }),
        1 => any::<bool>().prop_map(|is_running| Action::Sound(SoundAction::ContextChanged(is_running))),
        1 => prop_oneof![
            Just(SoundAction::Panic),
            Just(SoundAction::PageHidden),
            Just(SoundAction::Stopped),
            Just(SoundAction::DecoderReady)
        ].prop_map(Action::Sound),
        1 => prop_oneof![Just(MapAction::ToggleExplore), Just(MapAction::ShowAll)].prop_map(Action::Map),
        1 => (0u64..9).prop_map(|seed| Action::Gesture(GestureAction::ToggleWalk(seed))),
        3 => (0u8..5, 1u8..4, 0.0f64..300.0).prop_map(|(kind, number, amount)| Action::Gesture(match kind {
            0 | 1 => GestureAction::ToggleRecording(amount),
            2 => GestureAction::ToggleLoop(number),
            3 => GestureAction::SetLoopDirection(number, Direction::ALL[usize::from(number % 3)]),
            _ => GestureAction::DeleteLoop(number),
        })),
    ]
}

proptest! {
    /// After any actions, the sounding keys are the held ones, no part has two touches, and the instrument's points
    /// are those of the state where no loop has moved it last.
    #[test]
    fn no_note_is_ever_stuck(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut page = Page::awake();
        for action in actions {
            let remakes = matches!(action, Action::Sound(SoundAction::Stopped));
            page.act(action);
            if remakes {
                // A restarted instrument has no keys down.
                page.act(Action::Load(LoadAction::Begin));
                page.sounding.clear();
                page.player = PathPlayer::new(48_000.0);
                page.act(Action::Sound(SoundAction::NodeReady));
            }
            page.frame();
            let parts: BTreeSet<usize> = page.parts().into_iter().collect();
            prop_assert_eq!(parts.len(), page.parts().len());
            for (part, (point, own)) in page.points.into_iter().zip(page.state.points()).enumerate() {
                prop_assert!(page.led.contains(&part) || point == own, "part {}: {:?} {:?}", part, point, own);
            }
            if page.state.sound.is_audible {
                for touch in page.state.touches.all() {
                    prop_assert!(page.sounding.iter().any(|&(part, _)| part == touch.part));
                }
            }
        }
        page.act(Action::Sound(SoundAction::PageLeft));
        page.act(Action::Edit(Edit::SetNotes(Notes::default(), None)));
        prop_assert!(page.sounding.is_empty(), "{:?}", page.sounding);
    }

    /// Undoing every step restores the beginning.
    #[test]
    fn every_step_can_be_undone(points in prop::collection::vec(-4.0f32..4.0, 1..40)) {
        let mut page = Page::awake();
        for (step, &x) in points.iter().enumerate() {
            page.press(1, at(x));
            page.slide(1, at(-x));
            page.lift(1);
            if step % 3 == 0 {
                page.act(Action::Edit(Edit::AddLandmark("Mark".to_owned())));
            }
        }
        while page.state.history.can_undo() {
            page.act(Action::Edit(Edit::Undo));
        }
        prop_assert_eq!(page.state.document(), &crate::Document::default());
    }
}
