//! The events of “Sing a loop”, each led to the file that decides it.

use super::model::model;
use super::*;
use crate::panels::PanelId;
use crate::panels::decisions::PanelDecisions;
use crate::reduce::Reducer;
use crate::state::State;

impl PanelDecisions for Sing {
    type Action = SingAction;
    type Answer = SingAnswer;
    type Model = SingModel;

    fn model(state: &State) -> SingModel {
        model(state)
    }

    fn act(page: &mut Reducer, action: SingAction) {
        if !page.state.panels.is_open(PanelId::Sing) {
            return;
        }
        match action {
            SingAction::Record => page.record_sung(),
            SingAction::Finish => page.finish_sung(),
            SingAction::TakeFile { file } => page.read_sung(file),
            SingAction::SetInTune { is_in_tune } => {
                page.sing().style = if is_in_tune { SungStyle::InTune } else { SungStyle::AsSung };
                page.refresh_trial();
            }
            SingAction::HearVoice { is_voice } => page.hear_voice(is_voice),
            SingAction::TogglePlaying if page.sing().trial.is_playing => {
                page.stop_trial();
                page.sync_loops();
            }
            SingAction::TogglePlaying => page.play_trial(),
            SingAction::Keep { names } => page.keep_sung(&names),
        }
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: SingAnswer) {
        match answer {
            SingAnswer::Listening => page.begin_sung_recording(task),
            SingAnswer::Recorded { .. } => page.take_sung_recording(task, &answer),
            SingAnswer::Read { sound, length_s } => page.take_sung_file(task, sound, length_s),
            SingAnswer::Examined { .. } => page.take_sung_examination(task, &answer),
            SingAnswer::Melody { .. } | SingAnswer::Hits { .. } | SingAnswer::Kind { .. } => {
                page.take_sung_result(task, answer);
            }
            SingAnswer::Placed { point } => page.take_sung_place(task, point),
            SingAnswer::Decoded { cutoffs } => page.take_sung_ground(task, cutoffs),
        }
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        page.end_sung_search(task);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        page.fail_sung_recording(task, reason);
        page.fail_sung_task(task, reason);
    }

    fn opened(page: &mut Reducer) {
        let is_full = page.state.document().loops.are_full();
        page.sing().refusal = is_full.then_some(SingRefusal::Full);
    }

    fn closed(page: &mut Reducer) {
        page.drop_sung();
        page.sing().trial.is_voice = false;
        page.begin_task(SingTask::Free);
    }

    fn silenced(page: &mut Reducer) {
        page.drop_open_recording();
        page.stop_trial();
    }

    fn hidden(page: &mut Reducer) {
        if page.state.gesture.take.as_ref().is_some_and(|take| take.is_sung) {
            page.keep_recording(page.state.frame.last_ms);
        }
        page.drop_open_recording();
    }

    fn sound_lost(page: &mut Reducer) {
        page.stop_trial();
    }

    fn follow(page: &mut Reducer) {
        page.follow_sung_take();
    }
}
