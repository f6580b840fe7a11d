//! The events of “Play by voice…”: what the microphone hears becomes keys, bend, volume and brightness.

use super::*;
use crate::action::KeyAction;
use crate::effect::AudioCommand;
use crate::held_keys::KeyHolder;
use crate::midi::MidiMessage;
use crate::panels::PanelId;
use crate::panels::decisions::PanelDecisions;
use crate::reduce::Reducer;
use crate::state::State;

/// The range of the pitch bend in semitones (crate voice, `midi.rs`), and its greatest value.
const BEND_RANGE_SEMITONES: f32 = 2.0;
const BEND_END: f32 = 8192.0;
/// The least change of brightness that moves the macro-control: each move is another patch.
const LEAST_BRIGHTER: f32 = 0.04;

impl PanelDecisions for Live {
    type Action = LiveAction;
    type Answer = LiveAnswer;
    type Model = LiveModel;

    fn model(state: &State) -> LiveModel {
        model::model(state)
    }

    fn act(_page: &mut Reducer, action: LiveAction) {
        match action {}
    }

    /// Reports come a hundred times a second.
    fn is_motion(answer: &LiveAnswer) -> bool {
        matches!(answer, LiveAnswer::Heard { .. })
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: LiveAnswer) {
        let Some(listening) = page.live().listening(task) else { return };
        match answer {
            LiveAnswer::Opened { input_latency_s } => {
                listening.is_open = true;
                listening.latency.input_s = input_latency_s.unwrap_or(0.0);
            }
            LiveAnswer::Ready { detector_s } => listening.latency.detector_s = detector_s,
            LiveAnswer::Heard { report } => {
                listening.latency.add(&report);
                (listening.level_db, listening.pitch) = (Some(report.level_db), report.pitch);
                report.events.into_iter().for_each(|event| page.play_voice(event));
            }
        }
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        if page.live().listening(task).is_some() {
            page.close_panel(PanelId::Live);
        }
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        if page.live().listening(task).is_some() {
            page.close_panel(PanelId::Live);
            page.live().problem = Some(VoiceProblem::named(reason));
        }
    }

    fn opened(page: &mut Reducer) {
        page.audio(AudioCommand::Wake);
        let task = page.begin_task(LiveTask::Listen);
        *page.live() = Live { listening: Some(Listening::new(task)), problem: None };
    }

    fn closed(page: &mut Reducer) {
        let Some(listening) = page.live().listening.take() else { return };
        page.cancel_task(Some(listening.task));
        page.key(KeyAction::Release(KeyHolder::Voice));
        // The bend ends with it, once the release of the last note is over.
        page.key(KeyAction::VoiceGain(None));
        page.follow_voice(None);
    }

    /// “Silence” ends every note, and the voice would begin the next one.
    fn silenced(page: &mut Reducer) {
        page.close_panel(PanelId::Live);
    }

    /// A page that nobody sees must not listen.
    fn hidden(page: &mut Reducer) {
        page.close_panel(PanelId::Live);
    }
}

impl Reducer<'_> {
    fn live(&mut self) -> &mut Live {
        &mut self.state.panels.live
    }

    fn play_voice(&mut self, event: VoiceEvent) {
        match event {
            VoiceEvent::NoteOn { key, velocity } => {
                self.key_at(KeyAction::Press(KeyHolder::Voice, key, velocity), self.state.frame.last_ms);
            }
            VoiceEvent::NoteOff => {
                self.key_at(KeyAction::Release(KeyHolder::Voice), self.state.frame.last_ms);
            }
            VoiceEvent::Bend { semitones } => {
                let value = (semitones / BEND_RANGE_SEMITONES * BEND_END).round();
                let bend = value.clamp(-BEND_END, BEND_END - 1.0) as i16;
                self.key(KeyAction::Midi(MidiMessage::PitchBend(bend)));
            }
            VoiceEvent::Gain { factor } => self.key(KeyAction::VoiceGain(Some(factor))),
            VoiceEvent::Brightness { amount } => self.brighten(amount),
        }
    }

    fn brighten(&mut self, amount: f32) {
        let Some(listening) = &mut self.live().listening else { return };
        if (amount - listening.brightness).abs() >= LEAST_BRIGHTER {
            listening.brightness = amount;
            self.follow_voice(Some(amount));
        }
    }
}
