//! An instrument of recorded tones as its script draws it.

use serde::Serialize;

use super::{LiveSoundStatus, LiveSource};
use crate::panels::{PanelId, PanelLife};
use crate::state::State;
use crate::tone_domain::{OFFSET_COUNT, ToneDomain};

/// An instrument of recorded tones.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TonesModel {
    /// True while such an instrument plays.
    pub is_open: bool,
    /// Its place among these instruments.
    pub domain: usize,
    /// The axes that the map does not have, −1…1 each.
    pub axes: [f32; OFFSET_COUNT],
    /// True if one of them is not in the middle.
    pub can_center: bool,
    /// The life of the tones, 0…1.
    pub life: f32,
    /// True if “From sounds…” could not be loaded.
    pub is_sounds_lost: bool,
    /// The live sound that becomes tones.
    pub live: LiveSoundModel,
}

/// The live sound.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LiveSoundModel {
    /// The chosen source.
    pub source: LiveSource,
    /// The sentence about it.
    pub status: LiveSoundStatus,
    /// True while its level is shown.
    pub is_metered: bool,
    /// The band-pass of the feedback.
    pub feedback: ToneFeedback,
}

/// The band-pass of the feedback.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ToneFeedback {
    /// The place of the slider of the frequency, 0…1.
    pub frequency: f32,
    /// The frequency, in Hz.
    pub frequency_hz: f32,
    /// The place of the slider of the quality, 0…1.
    pub quality: f32,
    /// The quality.
    pub quality_factor: f32,
}

pub(super) fn model(state: &State) -> TonesModel {
    let instruments = &state.sound.instruments;
    let live = &state.panels.tones.live;
    let axes = instruments.own_offsets();
    TonesModel {
        is_open: state.panels.is_open(PanelId::RecordedTones),
        domain: instruments.domain.unwrap_or(ToneDomain::Strings) as usize,
        axes,
        can_center: axes.iter().any(|&place| place != 0.0),
        life: state.panels.tones.life.0,
        is_sounds_lost: state.panels.life(PanelId::ToneSounds) == PanelLife::Failed,
        live: LiveSoundModel {
            source: live.chosen,
            status: live.status.clone(),
            is_metered: live.is_metered(),
            feedback: ToneFeedback {
                frequency: live.feedback.frequency,
                frequency_hz: live.feedback.frequency_hz(),
                quality: live.feedback.quality,
                quality_factor: live.feedback.quality(),
            },
        },
    }
}
