//! A live sound that becomes tones: the microphone, amSynth's own sound, or the tones themselves. Each keeps its pitch
//! and its loudness; the point and the axes move its timbre (crate `tone_voice`).

use serde::{Deserialize, Serialize};

use super::TonesTask;
use super::feedback::FeedbackBand;
use crate::effect::AudioCommand;
use crate::panels::live::VoiceProblem;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// Frames from a sound to its tone at [`LATENCY_RATE_HZ`]: half a window, and a hop. At other rates they are in
/// proportion, in powers of two (crate `frame_model`, `frame_layout`).
const LATENCY_FRAMES: f64 = 1024.0 + 256.0;
const LATENCY_RATE_HZ: f64 = 44_100.0;

/// The sound that becomes tones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum LiveSource {
    /// None.
    #[default]
    Off,
    /// The microphone.
    Microphone,
    /// amSynth, which keys and touches then play.
    AmSynth,
    /// The tones themselves, through a band-pass.
    Feedback,
}

/// The content of the sentence about the live sound.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum LiveSoundStatus {
    /// There is none.
    #[default]
    Off,
    /// The microphone is asked for.
    Asking,
    /// It plays, after so many milliseconds.
    Plays { latency_ms: u32 },
    /// The sound of the page has not begun: the live sound begins with it.
    NoSound,
    /// The sound of the page is lost: the live sound goes on with the next one.
    SoundLost,
    /// It could not be connected, or is gone.
    Failed { problem: VoiceProblem },
}

/// The live sound.
#[derive(Clone, Debug, Default)]
pub(super) struct LiveTones {
    /// The source that a person has chosen. It stays while the sound of the page is lost.
    pub chosen: LiveSource,
    /// The source that the instrument plays.
    playing: LiveSource,
    /// The task that has connected the source, or connects it.
    pub task: Option<TaskNumber>,
    pub status: LiveSoundStatus,
    pub feedback: FeedbackBand,
}

impl LiveTones {
    /// True while its level is shown.
    pub fn is_metered(&self) -> bool {
        self.task.is_some() && matches!(self.status, LiveSoundStatus::Plays { .. })
    }
}

/// The time from a sound to its tone, in whole milliseconds.
fn latency_ms(rate_hz: f64) -> u32 {
    let octaves = (rate_hz / LATENCY_RATE_HZ).log2().round();
    (1000.0 * LATENCY_FRAMES * octaves.exp2() / rate_hz).round() as u32
}

impl Reducer<'_> {
    /// Chooses the source; an earlier one ends.
    pub(super) fn choose_live_sound(&mut self, source: LiveSource) {
        let live = &mut self.tones().live;
        live.chosen = source;
        live.status = LiveSoundStatus::Off;
        self.disconnect_live_sound();
        self.send_live_source(LiveSource::Off);
        if source == LiveSource::Off {
            return;
        }
        if !self.state.sound.phase.plays() {
            self.tones().live.status = LiveSoundStatus::NoSound;
            return;
        }
        self.audio(AudioCommand::Wake);
        if source == LiveSource::Microphone {
            self.tones().live.status = LiveSoundStatus::Asking;
        }
        let task = self.begin_task(TonesTask::Connect { source });
        self.tones().live.task = Some(task);
    }

    /// The source is connected.
    pub(super) fn play_live_sound(&mut self, task: TaskNumber, rate_hz: f64) {
        let live = &mut self.tones().live;
        if live.task != Some(task) {
            return;
        }
        live.status = LiveSoundStatus::Plays { latency_ms: latency_ms(rate_hz) };
        let chosen = live.chosen;
        self.send_live_source(chosen);
        if chosen == LiveSource::Feedback {
            self.send_feedback();
        }
    }

    /// The sound of the page has begun anew, with an instrument that plays nothing live yet.
    pub(super) fn resume_live_sound(&mut self) {
        let live = &mut self.tones().live;
        live.playing = LiveSource::Off;
        let chosen = live.chosen;
        if chosen != LiveSource::Off {
            self.choose_live_sound(chosen);
        }
    }

    /// The sound of the page is lost. Until the next one no microphone is open.
    pub(super) fn lose_live_sound(&mut self) {
        self.disconnect_live_sound();
        let live = &mut self.tones().live;
        live.playing = LiveSource::Off;
        if live.chosen != LiveSource::Off {
            live.status = LiveSoundStatus::SoundLost;
        }
    }

    pub(super) fn tune_feedback(&mut self, tune: impl FnOnce(&mut FeedbackBand)) {
        tune(&mut self.tones().live.feedback);
        self.send_feedback();
    }

    fn disconnect_live_sound(&mut self) {
        let task = self.tones().live.task.take();
        self.cancel_task(task);
    }

    fn send_live_source(&mut self, source: LiveSource) {
        let before = std::mem::replace(&mut self.tones().live.playing, source);
        if before != source {
            self.audio(AudioCommand::PlayLive(source));
        }
    }

    fn send_feedback(&mut self) {
        let feedback = self.tones().live.feedback;
        self.audio(AudioCommand::TuneFeedback {
            frequency_hz: feedback.frequency_hz(),
            quality: feedback.quality(),
        });
    }
}
