//! The events of the codebook in any order.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum CodebookEvent {
    Own(CodebookAction),
    Wait,
    /// Sounds are imported: so many, with one map or the other.
    Know(usize, bool),
    Compute(usize),
    Fail(bool),
    /// The answer of a task that has ended or was cancelled.
    LateAnswer(usize),
    Open,
    Close,
    Similar,
    Panic,
    Hide,
    Tab(bool),
    Frame,
}

fn action() -> impl Strategy<Value = CodebookAction> {
    let dots = 0..KNOWN + CELLS + 2;
    prop_oneof![
        (0..3_usize).prop_map(|layer| CodebookAction::ChooseLayer { layer }),
        Just(CodebookAction::ToggleCodes),
        (0..10_usize).prop_map(|bar| CodebookAction::ToggleBar { bar }),
        Just(CodebookAction::ReleaseBars),
        (5..10_usize).prop_map(|bars| CodebookAction::GiveRoom { bars }),
        dots.clone().prop_map(|dot| CodebookAction::Choose { dot }),
        dots.clone().prop_map(|dot| CodebookAction::Go { dot }),
        prop::collection::vec(dots, 0..4).prop_map(|rows| CodebookAction::TogglePlaying { rows }),
        (0..6_u32).prop_map(|turn| CodebookAction::EndTurn { turn }),
    ]
}

fn event() -> impl Strategy<Value = CodebookEvent> {
    prop_oneof![
        6 => action().prop_map(CodebookEvent::Own),
        2 => Just(CodebookEvent::Wait),
        1 => (3..KNOWN + 2, any::<bool>()).prop_map(|(count, is_other)| CodebookEvent::Know(count, is_other)),
        2 => (0..2_usize).prop_map(CodebookEvent::Compute),
        1 => any::<bool>().prop_map(CodebookEvent::Fail),
        1 => (0..8_usize).prop_map(CodebookEvent::LateAnswer),
        1 => Just(CodebookEvent::Open),
        1 => Just(CodebookEvent::Close),
        1 => Just(CodebookEvent::Similar),
        1 => Just(CodebookEvent::Panic),
        1 => Just(CodebookEvent::Hide),
        1 => any::<bool>().prop_map(CodebookEvent::Tab),
        2 => Just(CodebookEvent::Frame),
    ]
}

impl CodebookPage {
    fn happen(&mut self, event: CodebookEvent, begun: &[TaskNumber]) {
        match event {
            CodebookEvent::Own(action) => self.own(action),
            CodebookEvent::Wait => self.wait(),
            CodebookEvent::Know(count, is_other) => {
                self.know(count, if is_other { ["depth", "warmth"] } else { LAYERS });
            }
            CodebookEvent::Compute(heaviest) => self.compute(heaviest),
            CodebookEvent::Fail(is_lost) => self.fail(if is_lost { "lost" } else { "scales" }),
            CodebookEvent::LateAnswer(at) => {
                let late: Vec<&TaskNumber> =
                    begun.iter().filter(|number| !self.computing.contains(number)).collect();
                if let Some(&&number) = late.get(at % late.len().max(1)) {
                    self.answer(number, 0);
                }
            }
            CodebookEvent::Open => self.reopen(),
            CodebookEvent::Close => self.close(),
            CodebookEvent::Similar => self.act(Action::Find(FindAction::LikeHere)),
            CodebookEvent::Panic => self.act(Action::Sound(SoundAction::Panic)),
            CodebookEvent::Hide => self.act(Action::Sound(SoundAction::PageHidden)),
            CodebookEvent::Tab(is_here) => self.select(if is_here { Tab::Places } else { Tab::Sound }),
            CodebookEvent::Frame => self.frame(),
        }
    }
}

proptest! {
    /// In any order of events, presets sound exactly while the button says so, at most one computation runs, dots are
    /// those of the sounds that are known, and what is chosen is among them. At rest, an open codebook is shown.
    #[test]
    fn in_any_order_of_events_the_codebook_tells_the_truth(events in prop::collection::vec(event(), 1..60)) {
        let mut page = CodebookPage::open();
        let mut begun: Vec<TaskNumber> = Vec::new();
        for event in events {
            begun.extend(page.computing.iter().copied());
            begun.sort_unstable();
            begun.dedup();
            page.happen(event, &begun);
            let model = page.model();
            prop_assert_eq!(model.is_playing, page.is_auditioning());
            prop_assert!(page.computing.len() <= 1);
            prop_assert!(model.dots.is_none() || page.computing.is_empty());
            let known = page.state.library.known.as_ref().map_or(0, |known| known.len());
            prop_assert!(!model.is_shown || model.chosen.is_none_or(|dot| dot < known + CELLS));
            prop_assert!(model.picked.iter().all(|bar| *bar < model.bars));
            prop_assert!(model.picked.is_sorted());
            prop_assert!(!model.is_playing || model.is_shown);
            let is_here = page.state.page.tab == Tab::Places;
            prop_assert!(page.state.marked_dot().is_none() || model.is_shown && is_here);
        }
        page.close();
        page.know(KNOWN, LAYERS);
        page.select(Tab::Places);
        page.reopen();
        page.compute(0);
        let model = page.model();
        prop_assert!(model.is_shown && model.dots.is_some() && model.lack.is_none());
        prop_assert!(!page.is_auditioning());
        page.own(CodebookAction::Go { dot: 1 });
        prop_assert_eq!(page.here().and_then(|here| here.preset), Some(1));
    }
}
