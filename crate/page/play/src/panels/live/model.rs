//! “Play by voice…” as its script draws it.

use serde::Serialize;

use super::{VoiceLatency, VoiceProblem};
use crate::panels::PanelId;
use crate::panels::macros::Macros;
use crate::state::State;

/// The level at the left end of the meter, in dB of full scale.
const QUIETEST_DB: f32 = -60.0;

/// “Play by voice…”.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LiveModel {
    /// True while a voice plays or the microphone is asked for.
    pub is_on: bool,
    /// The voice that plays; null until the microphone is open.
    pub voice: Option<HeardVoice>,
    /// Why no voice plays, if a person did not ask for it.
    pub problem: Option<VoiceProblem>,
}

/// A voice that plays.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HeardVoice {
    /// The level of the microphone, in whole dB of full scale; null until something is heard.
    pub level_db: Option<i32>,
    /// The place of the level on the meter, 0…1.
    pub level: f32,
    /// The pitch as a MIDI key with its fraction; null without a note.
    pub pitch: Option<f32>,
    /// The latency; null until something is heard.
    pub latency: Option<VoiceLatency>,
    /// True if the brightness of the voice moves a macro-control.
    pub moves_brightness: bool,
}

pub(super) fn model(state: &State) -> LiveModel {
    let live = &state.panels.live;
    let open = live.listening.as_ref().filter(|listening| listening.is_open);
    LiveModel {
        is_on: state.panels.is_open(PanelId::Live),
        voice: open.map(|listening| HeardVoice {
            level_db: listening.level_db.map(|level_db| level_db.round() as i32),
            level: listening.level_db.map_or(0.0, |level_db| (1.0 - level_db / QUIETEST_DB).clamp(0.0, 1.0)),
            pitch: listening.pitch,
            latency: listening.level_db.map(|_| listening.latency.latency()),
            moves_brightness: Macros::follow_a_voice(state),
        }),
        problem: live.problem,
    }
}
