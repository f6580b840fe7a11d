//! Any order of events: answers come late, out of order or never, while a person does anything.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum BetweenEvent {
    Own(BetweenAction),
    Choose(usize, usize),
    ChooseHere(usize),
    Open,
    Close,
    Tab(bool),
    Rest,
    MoveTo(i8, i8),
    Undo,
    Decoder,
    Perform(usize),
    LateAnswer(usize, usize),
    Fail(usize),
}

fn own() -> impl Strategy<Value = BetweenAction> {
    let pointer = 1..3;
    let at = [-0.2_f32..1.2, -0.2_f32..1.2];
    let way = prop_oneof![Just(BetweenWay::Straight), Just(BetweenWay::Plane), Just(BetweenWay::Sound)];
    prop_oneof![
        2 => Just(BetweenAction::Swap),
        2 => way.prop_map(|way| BetweenAction::ChooseWay { way }),
        1 => Just(BetweenAction::ToggleMeasuring),
        1 => pointer.clone().prop_map(|pointer| BetweenAction::PressSlider { pointer }),
        3 => (0..WAY_COUNT).prop_map(|step| BetweenAction::MoveSlider { step }),
        1 => Just(BetweenAction::MovedSlider),
        1 => pointer.clone().prop_map(|pointer| BetweenAction::LiftSlider { pointer }),
        1 => pointer.clone().prop_map(|pointer| BetweenAction::ScrollSlider { pointer }),
        1 => (pointer.clone(), at.clone()).prop_map(|(pointer, at)| BetweenAction::PressSquare { pointer, at }),
        2 => (pointer.clone(), at).prop_map(|(pointer, at)| BetweenAction::DragSquare { pointer, at }),
        1 => pointer.clone().prop_map(|pointer| BetweenAction::LiftSquare { pointer }),
        1 => pointer.prop_map(|pointer| BetweenAction::CancelSquare { pointer }),
        1 => (0_usize..3, -20..20).prop_map(|(axis, by)| BetweenAction::StepSquareAxis { axis, by }),
        1 => Just(BetweenAction::ToggleFour),
        1 => Just(BetweenAction::ToggleAround),
        1 => (0_usize..3).prop_map(|place| BetweenAction::ShowGrid { place }),
        1 => any::<bool>().prop_map(|is_narrow| BetweenAction::SetNarrow { is_narrow }),
        1 => (0_usize..3, 0_usize..30).prop_map(|(place, cell)| BetweenAction::GoToCell { place, cell }),
        1 => (0_usize..5).prop_map(|end| BetweenAction::ToggleChooser { end }),
    ]
}

fn event() -> impl Strategy<Value = BetweenEvent> {
    let task = 0_usize..6;
    prop_oneof![
        12 => own().prop_map(BetweenEvent::Own),
        4 => (0..END_COUNT, 0..PRESETS.len()).prop_map(|(end, row)| BetweenEvent::Choose(end, row)),
        2 => (0..END_COUNT).prop_map(BetweenEvent::ChooseHere),
        1 => Just(BetweenEvent::Open),
        1 => Just(BetweenEvent::Close),
        1 => any::<bool>().prop_map(BetweenEvent::Tab),
        2 => Just(BetweenEvent::Rest),
        1 => (-4_i8..4, -4_i8..4).prop_map(|(x, y)| BetweenEvent::MoveTo(x, y)),
        2 => Just(BetweenEvent::Undo),
        1 => Just(BetweenEvent::Decoder),
        8 => task.clone().prop_map(BetweenEvent::Perform),
        2 => (task.clone(), task.clone()).prop_map(|(number, answer)| BetweenEvent::LateAnswer(number, answer)),
        1 => task.prop_map(BetweenEvent::Fail),
    ]
}

impl BetweenPage {
    fn happen(&mut self, event: BetweenEvent, numbers: &[TaskNumber]) {
        let last = |list: &[TaskNumber], at: usize| list.len().checked_sub(1 + at).map(|at| list[at]);
        let running: Vec<TaskNumber> = self.running.iter().map(|(number, _)| *number).collect();
        match event {
            BetweenEvent::Own(action) => self.own(action),
            BetweenEvent::Choose(end, row) => self.choose(end, row),
            BetweenEvent::ChooseHere(end) => self.choose_here(end),
            BetweenEvent::Open => self.reopen(),
            BetweenEvent::Close => self.close(),
            BetweenEvent::Tab(is_here) => {
                let tab = if is_here { Tab::Places } else { Tab::Sound };
                self.act(Action::Page(PageAction::SelectTab(tab)));
                self.frame();
            }
            BetweenEvent::Rest => self.rest(),
            BetweenEvent::MoveTo(x, y) => self.move_to(x.into(), y.into()),
            BetweenEvent::Undo => self.undo(),
            BetweenEvent::Decoder => self.change_decoder(),
            BetweenEvent::Perform(at) => {
                if let Some(number) = last(&running, at) {
                    self.perform(number);
                }
            }
            // The answer of a task that was cancelled, or has ended.
            BetweenEvent::LateAnswer(at, row) => {
                let number = last(numbers, at).filter(|number| !running.contains(number));
                if let Some(number) = number {
                    let values = preset(row % PRESETS.len()).values().to_vec();
                    self.answer(number, BetweenAnswer::Patch { values: values.clone() });
                    self.answer(number, BetweenAnswer::Cell { cell: row, values, moves: Vec::new() });
                    self.news(number, TaskNews::Failed("lost".to_owned()));
                }
            }
            BetweenEvent::Fail(at) => {
                if let Some(number) = last(&running, at) {
                    self.fail(number, "lost");
                }
            }
        }
    }
}

proptest! {
    /// Whatever comes in which order, once everything has come to rest the panel tells the truth: the ends are of the
    /// decoder that plays, A and B differ, and the slider, the square and the grids lead where they say.
    #[test]
    fn in_any_order_of_events_the_controls_agree_with_the_sound(events in prop::collection::vec(event(), 1..60)) {
        let mut page = BetweenPage::open();
        let mut numbers: Vec<TaskNumber> = Vec::new();
        for event in events {
            numbers.extend(page.running.iter().map(|(number, _)| *number));
            numbers.sort_unstable();
            numbers.dedup();
            page.happen(event, &numbers);
        }
        page.act(Action::Page(PageAction::SelectTab(Tab::Places)));
        page.reopen();
        for pointer in 1..3 {
            page.own(BetweenAction::LiftSlider { pointer });
            page.own(BetweenAction::LiftSquare { pointer });
        }
        page.rest();
        while let Some((number, _)) = page.running.first() {
            page.perform(*number);
        }
        page.rest();
        prop_assert!(!page.state.is_sounding(), "nothing sounds on");
        let ends = page.state.panels.between.ends.chosen.clone();
        for end in ends.iter().flatten() {
            let Point { x, y } = end.sound.point;
            let patch = end.sound.patch.as_deref().copied().unwrap_or_else(|| decoded([x, y], page.decoder));
            prop_assert_eq!(end.patch, patch);
        }
        let patch = |end: usize| ends[end].as_ref().map(|end| end.patch);
        let has_pair = patch(0).is_some() && patch(1).is_some();
        prop_assert!(!has_pair || patch(0) != patch(1));
        let model = page.model();
        prop_assert_eq!(model.slider.share, None);
        if has_pair {
            page.own(BetweenAction::ChooseWay { way: BetweenWay::Straight });
            page.work();
            prop_assert!(page.model().slider.is_ready);
            for (step, end) in [(0, 0), (LAST_STEP, 1)] {
                page.own(BetweenAction::MoveSlider { step });
                let end = ends[end].as_ref().map(|end| (end.sound.point, end.sound.patch.clone()));
                let here = page.state.document().here();
                prop_assert_eq!(Some((here.point, here.patch)), end);
            }
        }
    }
}
