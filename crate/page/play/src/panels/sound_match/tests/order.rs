//! Any order of events: whatever a person, the workers and the clock do, the panel tells the truth when all has come to
//! rest.

use proptest::prelude::*;

use super::*;
use crate::action::Edit;

#[derive(Clone, Debug)]
enum MatchEvent {
    Own(MatchAction),
    Give,
    Open,
    Close,
    Stop,
    Wait,
    Frame,
    Undo,
    Panic,
    /// A running task, or one that has ended, gives this answer.
    Answer(usize, TaskReply),
    Place,
}

#[derive(Clone, Debug)]
enum TaskReply {
    Fitting,
    Found(usize, u8),
    Fail,
    End,
}

fn kind() -> impl Strategy<Value = MatchKind> {
    prop_oneof![Just(MatchKind::Sound), Just(MatchKind::Voice), Just(MatchKind::Rhythm)]
}

fn event() -> impl Strategy<Value = MatchEvent> {
    let strand = 0..STRAND_COUNT;
    prop_oneof![
        3 => Just(MatchEvent::Give),
        1 => Just(MatchEvent::Own(MatchAction::Record)),
        2 => kind().prop_map(|kind| MatchEvent::Own(MatchAction::Choose { kind })),
        1 => Just(MatchEvent::Own(MatchAction::TogglePlaying)),
        1 => Just(MatchEvent::Own(MatchAction::HearTarget)),
        1 => (strand.clone(), any::<bool>())
            .prop_map(|(strand, is_alone)| MatchEvent::Own(MatchAction::HearStrand { strand, is_alone })),
        1 => Just(MatchEvent::Own(MatchAction::HearAnswer)),
        1 => (0_u32..6).prop_map(|count| MatchEvent::Own(MatchAction::Played { count })),
        1 => Just(MatchEvent::Own(MatchAction::Keep)),
        1 => Just(MatchEvent::Own(MatchAction::Again)),
        1 => Just(MatchEvent::Own(MatchAction::TogglePart { part: MatchPart::Pitch })),
        1 => Just(MatchEvent::Own(MatchAction::SaveNotes)),
        1 => Just(MatchEvent::Open),
        1 => Just(MatchEvent::Close),
        1 => Just(MatchEvent::Stop),
        1 => Just(MatchEvent::Wait),
        1 => Just(MatchEvent::Frame),
        1 => Just(MatchEvent::Undo),
        1 => Just(MatchEvent::Panic),
        1 => Just(MatchEvent::Place),
        12 => (0_usize..8, reply()).prop_map(|(position, reply)| MatchEvent::Answer(position, reply)),
    ]
}

fn reply() -> impl Strategy<Value = TaskReply> {
    prop_oneof![
        6 => Just(TaskReply::Fitting),
        4 => (0..STRAND_COUNT, 0_u8..=10).prop_map(|(strand, tenths)| TaskReply::Found(strand, tenths)),
        1 => Just(TaskReply::Fail),
        1 => Just(TaskReply::End),
    ]
}

impl MatchPage {
    /// A task gives the answer that it is for.
    fn reply(&mut self, number: TaskNumber, task: &MatchTask) {
        let sound = self.sound();
        let answer = match task {
            MatchTask::Record => MatchAnswer::Listening,
            MatchTask::Read { .. } => {
                MatchAnswer::Read { sound, is_long: false, is_damaged: false, length_s: 4.0 }
            }
            MatchTask::Examine { .. } => MatchAnswer::Examined {
                problem: if sound > SoundNumber::of(9) { 4 } else { 0 },
                has_hits: true,
                is_unvoiced: true,
            },
            MatchTask::Listen { .. } if sound == SoundNumber::of(5) => MatchAnswer::Refused { problem: 1 },
            MatchTask::Listen { .. } => MatchAnswer::Heard { sound, key: None, cents: 0.0, length_s: 1.0 },
            MatchTask::FindHits => {
                let hit = RhythmHit { kind: 1, key: 36, begin_s: 0.0, held_s: 0.1, velocity: 90 };
                MatchAnswer::Hits { hits: vec![hit] }
            }
            MatchTask::Sketch { .. } => {
                let sketch = SketchedVoice { sound, in_tune: 0.5, notes: 1, low: 60, high: 60 };
                return self.answer(number, MatchAnswer::Sketched { sketch });
            }
            MatchTask::Search { .. } | MatchTask::SearchRhythm { .. } => return,
            MatchTask::Render { .. } | MatchTask::RenderRhythm { .. } => MatchAnswer::Rendered { sound },
            _ => return self.end(number),
        };
        if *task == MatchTask::Record {
            return self.answer(number, answer);
        }
        self.finish(number, answer);
    }

    /// Everything that runs comes to its end.
    fn rest(&mut self) {
        for _ in 0..200 {
            let next = self.running.iter().find(|(_, task)| *task != MatchTask::Record).cloned();
            if let Some((number, task)) = next {
                match task {
                    MatchTask::Search { .. } | MatchTask::Sketch { .. } | MatchTask::SearchRhythm { .. } => {
                        self.end(number);
                    }
                    task => self.reply(number, &task),
                }
            } else if self.placing.is_some() {
                self.placed(1.0);
            } else if !self.timers.is_empty() && self.task(|task| *task == MatchTask::Record).is_none() {
                self.wait();
            } else {
                return;
            }
        }
        panic!("it comes to no end: {:?}", self.running);
    }
}

proptest! {
    #[test]
    fn in_any_order_of_events_the_panel_tells_the_truth(events in prop::collection::vec(event(), 1..80)) {
        let mut page = MatchPage::open();
        // All tasks that have ever run: their answers may come at any time.
        let mut tasks: Vec<(TaskNumber, MatchTask)> = Vec::new();
        for event in events {
            for running in &page.running {
                if !tasks.contains(running) {
                    tasks.push(running.clone());
                }
            }
            match event {
                MatchEvent::Own(action) => page.own(action),
                MatchEvent::Give => page.give("harp.wav"),
                MatchEvent::Open => page.reopen(),
                MatchEvent::Close => page.close(),
                MatchEvent::Stop => {
                    if page.search_task().is_some() {
                        page.stop_job();
                    }
                }
                MatchEvent::Wait => page.wait(),
                MatchEvent::Frame => page.frame(),
                MatchEvent::Undo => page.act(Action::Edit(Edit::Undo)),
                MatchEvent::Panic => page.act(Action::Sound(SoundAction::Panic)),
                MatchEvent::Place => {
                    if page.placing.is_some() {
                        page.placed(0.5);
                    }
                }
                MatchEvent::Answer(position, reply) => {
                    let Some(at) = tasks.len().checked_sub(1 + position) else { continue };
                    let (number, task) = tasks[at].clone();
                    match reply {
                        TaskReply::Fitting => page.reply(number, &task),
                        TaskReply::Found(strand, tenths) => {
                            page.found_by(number, strand, f32::from(tenths), f32::from(tenths) / 10.0);
                        }
                        TaskReply::Fail => page.fail(number, "lost"),
                        TaskReply::End => page.end(number),
                    }
                }
            }
            let model = page.model();
            let jobs = page.state.page.jobs.len();
            prop_assert_eq!(jobs, usize::from(model.search.is_running), "one line for one search");
            prop_assert!(!model.search.is_running || model.is_open, "closed, it searches for nothing");
            prop_assert!(model.target.is_some() || model.search.strands.iter().all(|strand| !strand.is_found));
            prop_assert!(model.hearing.player.is_none() || model.is_open, "closed, it is silent");
            prop_assert!(page.model().search.chosen < STRAND_COUNT);
        }
        page.own(MatchAction::Record);
        page.give("last.wav");
        page.own(MatchAction::TogglePart { part: MatchPart::Timbre });
        page.rest();
        let model = page.model();
        prop_assert!(!model.search.is_running && model.is_open);
        let own = &page.state.panels.sound_match;
        prop_assert!(!own.given.are_awaited());
        let is_refused = page.refusal().is_some();
        prop_assert!(is_refused || page.target() == "last.wav", "{:?}, {:?}", model.status, page.target());
    }
}
