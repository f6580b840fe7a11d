//! The events of an instrument of recorded tones, each led to the file that decides it.

use super::*;
use crate::panels::PanelId;
use crate::panels::decisions::PanelDecisions;
use crate::panels::live::VoiceProblem;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::state::State;

impl PanelDecisions for RecordedTones {
    type Action = TonesAction;
    type Answer = TonesAnswer;
    type Model = TonesModel;

    fn model(state: &State) -> TonesModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: TonesAction) {
        match action {
            TonesAction::PressAxis { pointer } => page.press_axis(pointer),
            TonesAction::ReleaseAxis { pointer } => page.release_axis(Some(pointer)),
            TonesAction::LeaveAxis => page.release_axis(None),
            TonesAction::TapAxis { axis, is_touch } => page.tap_axis(axis, is_touch),
            TonesAction::MoveAxis { axis, place } => page.move_axis(axis, place),
            TonesAction::AxisMoved => page.finish_axis_step(),
            TonesAction::CenterAxis { axis } => page.center_axis(axis),
            TonesAction::CenterAxes => page.center_axes(),
            TonesAction::Leave => page.choose_instrument(None),
            TonesAction::OpenSounds => page.open_panel(PanelId::ToneSounds),
            TonesAction::ChooseLive { source } => page.choose_live_sound(source),
            TonesAction::SetFrequency { share } => page.tune_feedback(|band| band.frequency = share),
            TonesAction::SetQuality { share } => page.tune_feedback(|band| band.quality = share),
            TonesAction::SetLife { share } => page.set_tone_life(share),
        }
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: TonesAnswer) {
        let TonesAnswer::Connected { rate_hz } = answer;
        page.play_live_sound(task, rate_hz);
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        if page.tones().live.task == Some(task) {
            page.choose_live_sound(LiveSource::Off);
        }
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        if page.tones().live.task == Some(task) {
            page.choose_live_sound(LiveSource::Off);
            page.tones().live.status = LiveSoundStatus::Failed { problem: VoiceProblem::named(reason) };
        }
    }

    fn closed(page: &mut Reducer) {
        page.release_axis(None);
    }

    /// The next moment of a live sound would begin again what silence ends.
    fn silenced(page: &mut Reducer) {
        page.choose_live_sound(LiveSource::Off);
    }

    /// A page that nobody sees must not listen.
    fn hidden(page: &mut Reducer) {
        page.choose_live_sound(LiveSource::Off);
    }

    fn sound_began(page: &mut Reducer) {
        page.resume_tone_life();
        page.resume_live_sound();
    }

    fn sound_lost(page: &mut Reducer) {
        page.lose_live_sound();
    }
}

impl Reducer<'_> {
    pub(super) fn tones(&mut self) -> &mut RecordedTones {
        &mut self.state.panels.tones
    }

    /// Another instrument plays.
    pub(crate) fn change_tones(&mut self) {
        self.choose_live_sound(LiveSource::Off);
        match self.state.is_amsynth() {
            true => {
                self.close_panel(PanelId::ToneSounds);
                self.close_panel(PanelId::RecordedTones);
            }
            false => {
                self.show_panel(PanelId::RecordedTones);
                self.follow_tones_in_sounds();
            }
        }
    }
}
