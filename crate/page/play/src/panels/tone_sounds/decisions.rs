//! The events of “From sounds…”, each led to the file that decides it.

use super::*;
use crate::panels::PanelId;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::state::State;

impl PanelDecisions for ToneSounds {
    type Action = ToneSoundsAction;
    type Answer = ToneSoundsAnswer;
    type Model = ToneSoundsModel;

    fn model(state: &State) -> ToneSoundsModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: ToneSoundsAction) {
        // A hidden panel has nothing to press.
        let is_dropped = matches!(action, ToneSoundsAction::TakeDropped { .. });
        if !is_dropped && !page.state.panels.is_open(PanelId::ToneSounds) {
            return;
        }
        if !action.is_automatic() {
            page.forget_tone_refusals();
        }
        match action {
            ToneSoundsAction::AskForFile { place } => page.say_tones_at(place),
            ToneSoundsAction::TakeFile { place, file, name } => page.read_tone(place, file, name),
            ToneSoundsAction::TakeDropped { files } => page.take_dropped_tones(files),
            ToneSoundsAction::TakeExample { place, name } => {
                page.say_tones_at(place);
                page.take_example(place, name);
            }
            ToneSoundsAction::Remove { place } => {
                page.say_tones_at(place);
                page.remove_tone(place);
            }
            ToneSoundsAction::Record { place } => {
                page.say_tones_at(place);
                page.record_tone(place);
            }
            ToneSoundsAction::Hear { side } => page.hear_tone(side),
            ToneSoundsAction::TogglePlaying => page.toggle_tone_playing(),
            ToneSoundsAction::Played { count } => page.repeat_tone(count),
            ToneSoundsAction::Save => page.save_tone(),
            ToneSoundsAction::CountSecond { count } => page.count_tone_second(count),
            setting => page.set_tones(setting),
        }
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: ToneSoundsAnswer) {
        match answer {
            ToneSoundsAnswer::Read { sound, is_cut, is_damaged } => {
                page.take_read_tone(task, sound, [is_cut, is_damaged]);
            }
            ToneSoundsAnswer::Listening => page.begin_counting_tone(task),
            ToneSoundsAnswer::Recorded { file, name } => page.take_recorded_tone(task, file, name),
            ToneSoundsAnswer::Computed { sound } => page.take_computed_tone(task, sound),
        }
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        page.end_recording_tone(task);
        page.end_computing_tone(task);
        // A sound that was not given is lost.
        page.fail_reading_tone(task, ToneProblem::Lost);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        let problem = ToneProblem::of_reason(reason);
        page.fail_recording_tone(task, problem);
        page.fail_computing_tone(task, problem);
        page.fail_reading_tone(task, problem);
    }

    fn not_loaded(page: &mut Reducer) {
        page.tone_sounds().waiting.clear();
    }

    fn opened(page: &mut Reducer) {
        let Some(domain) = page.state.sound.instruments.domain else {
            // Another instrument was chosen while the script was loading.
            page.tone_sounds().waiting.clear();
            return page.close_panel(PanelId::ToneSounds);
        };
        page.tone_sounds().settings.through = domain as usize;
        page.compute_tones();
        page.read_waiting_tones();
    }

    /// The sounds stay.
    fn closed(page: &mut Reducer) {
        page.drop_recording_tone();
        page.forget_tone_refusals();
        page.silence_tones();
    }

    fn silenced(page: &mut Reducer) {
        page.silence_tones();
    }

    fn sound_lost(page: &mut Reducer) {
        page.silence_tones();
    }
}

impl Reducer<'_> {
    pub(super) fn tone_sounds(&mut self) -> &mut ToneSounds {
        &mut self.state.panels.tone_sounds
    }

    /// Another instrument of recorded tones may play: the sounds go through its domain.
    pub(crate) fn follow_tones_in_sounds(&mut self) {
        let Some(domain) = self.state.sound.instruments.domain else { return };
        let is_open = self.state.panels.is_open(PanelId::ToneSounds);
        if is_open && self.tone_sounds().settings.through != domain as usize {
            self.tone_sounds().settings.through = domain as usize;
            self.compute_tones();
        }
    }

    /// Changes a setting of the result.
    fn set_tones(&mut self, action: ToneSoundsAction) {
        let settings = &mut self.tone_sounds().settings;
        let is_changed = match action {
            ToneSoundsAction::ChooseThrough { through } => {
                settings.through = through.min(settings::TEXTURES);
                true
            }
            ToneSoundsAction::SetStrength { share } => {
                settings.strength = share.clamp(0.0, 1.0);
                true
            }
            ToneSoundsAction::SetShare { share } => {
                settings.share = share.clamp(curve::LEAST, curve::MOST);
                true
            }
            ToneSoundsAction::ChooseWay { way } => {
                settings.way = way;
                true
            }
            ToneSoundsAction::ToggleAligned => {
                settings.is_aligned = !settings.is_aligned;
                true
            }
            ToneSoundsAction::SetCurvePoint { point, value } => settings.curve.set(point, value),
            ToneSoundsAction::PressCurve { pointer, across, down } => {
                settings.curve.press(pointer, across, down)
            }
            ToneSoundsAction::DrawCurve { pointer, across, down } => {
                settings.curve.draw(pointer, across, down)
            }
            ToneSoundsAction::ReleaseCurve { pointer } => {
                settings.curve.release(pointer);
                false
            }
            _ => false,
        };
        if is_changed {
            self.compute_tones();
        }
    }
}
