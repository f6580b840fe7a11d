//! Recordings that become no loop: refused, full, silenced, and beside hands that play.

use super::*;

#[test]
fn refusals_say_why_and_leave_no_take() {
    let mut singer = Singer::with_beat();
    singer.own(SingAction::Record);
    let task = singer.task(|task| *task == SingTask::Record);
    singer.panel(PanelAction::News(task, TaskNews::Failed("refused".into())));
    assert_eq!(
        (singer.model().refusal, singer.model().stage),
        (Some(SingRefusal::Refused), SingStage::Ready)
    );
    let opened_ms = singer.begin();
    assert_eq!(singer.model().refusal, None, "another try");
    singer.until_beat(40.0);
    singer.recorded(opened_ms);
    singer.examined(1, false);
    assert_eq!(singer.model().refusal, Some(SingRefusal::Silent));
    assert!(singer.tasks.iter().any(|(_, task)| matches!(task, SingTask::Forget { .. })));
}

#[test]
fn eight_loops_leave_no_room_for_another_one() {
    let mut singer = Singer::with_trial();
    singer.own(SingAction::Keep { names: vec![] });
    for _ in 0..7 {
        singer.act(Action::Gesture(GestureAction::CopyLoop(1)));
    }
    singer.panel(PanelAction::Open(PanelId::Sing));
    assert_eq!(singer.model().refusal, Some(SingRefusal::Full));
    let before = singer.tasks.len();
    singer.own(SingAction::Record);
    assert_eq!(singer.tasks.len(), before, "the microphone is not asked for");
}

#[test]
fn silence_and_a_second_press_drop_the_recording() {
    let mut singer = Singer::with_beat();
    singer.begin();
    singer.act(Action::Sound(SoundAction::Panic));
    assert_eq!((singer.model().stage, singer.record_state()), (SingStage::Ready, RecordState::Idle));
    singer.act(Action::Gesture(GestureAction::SetBeat(Beat::Kick, singer.page.now_ms)));
    singer.begin();
    singer.own(SingAction::Finish);
    singer.frame();
    assert_eq!(singer.model().stage, SingStage::Ready, "before the line nothing is sung yet");
}

#[test]
fn hands_that_play_meanwhile_do_not_belong_to_it() {
    let mut singer = Singer::with_beat();
    singer.begin();
    singer.until_beat(4.5);
    singer.page.press(1, Point::default());
    singer.frames(5);
    singer.page.lift(1);
    singer.until_beat(20.5);
    assert!(singer.page.state.document().loops.all().is_empty());
}
