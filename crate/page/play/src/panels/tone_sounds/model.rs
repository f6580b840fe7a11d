//! “From sounds…” as its script draws it.

use serde::Serialize;

use super::settings::TEXTURES;
use super::{CURVE_POINTS, TonePlace, ToneRefusal, ToneSentence, ToneSide, ToneSpeechPlace, ToneWay};
use crate::panels::PanelId;
use crate::sounds::{PlayedSound, SoundNumber};
use crate::state::State;

/// “From sounds…”.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ToneSoundsModel {
    /// True while it is shown.
    pub is_open: bool,
    /// Counts the drops of files while it was shown.
    pub brought: u32,
    /// The sounds A and B.
    pub places: [ShownTonePlace; 2],
    /// The place whose recording goes on.
    pub recording: Option<TonePlace>,
    /// The place of the domain in the chooser.
    pub through: usize,
    /// True if that is the model of chords and noises.
    pub is_textures: bool,
    /// The share of the domain's timbre, without B.
    pub strength: f32,
    /// The place between A and B.
    pub share: f32,
    /// How the result goes between A and B in time.
    pub way: ToneWay,
    /// True if B is aligned with A in time.
    pub is_aligned: bool,
    /// The drawn curve.
    pub curve: ToneCurveModel,
    /// The result.
    pub result: ToneResultModel,
    /// The sentences.
    pub speech: ToneSpeechModel,
}

/// The sound of a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownTonePlace {
    /// Its name; null without a sound.
    pub name: Option<String>,
    /// True if it is only the beginning of a longer one.
    pub is_cut: bool,
    /// True if parts of its file are missing.
    pub is_damaged: bool,
}

/// The drawn curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ToneCurveModel {
    /// Its values at equally many times.
    pub values: [f32; CURVE_POINTS],
    /// The point at which a pointer has pressed that draws now.
    pub pressed: Option<usize>,
}

/// The result, and what is heard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ToneResultModel {
    /// True if it can be saved.
    pub can_save: bool,
    /// The sound with the frames that the map shows.
    pub drawn: Option<SoundNumber>,
    /// The sound that plays, or plays next.
    pub heard: ToneSide,
    /// True while that plays on repeat.
    pub is_playing: bool,
    /// The sound of the player.
    pub player: Option<PlayedSound>,
}

/// The sentences.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ToneSpeechModel {
    /// The place of the sentences; null: that at first.
    pub place: Option<ToneSpeechPlace>,
    /// The sounds that cannot be used.
    pub refusals: Vec<ToneRefusal>,
    /// The sentence after those.
    pub said: Option<ToneSentence>,
}

pub(super) fn model(state: &State) -> ToneSoundsModel {
    let own = &state.panels.tone_sounds;
    let settings = &own.settings;
    let hearing = &own.hearing;
    let places = own.given.each_ref().map(|place| ShownTonePlace {
        name: place.sound.as_ref().map(|given| given.name.clone()),
        is_cut: place.sound.as_ref().is_some_and(|given| given.is_cut),
        is_damaged: place.sound.as_ref().is_some_and(|given| given.is_damaged),
    });
    ToneSoundsModel {
        is_open: state.panels.is_open(PanelId::ToneSounds),
        brought: own.computing.brought,
        places,
        recording: own.recording.shown(),
        through: settings.through,
        is_textures: settings.through == TEXTURES,
        strength: settings.strength,
        share: settings.share,
        way: settings.way,
        is_aligned: settings.is_aligned,
        curve: ToneCurveModel { values: settings.curve.values, pressed: settings.curve.pressed },
        result: ToneResultModel {
            can_save: own.computing.result.is_some(),
            drawn: own.computing.drawn,
            heard: hearing.heard,
            is_playing: hearing.is_playing,
            player: hearing.player,
        },
        speech: ToneSpeechModel {
            place: own.speech.place,
            refusals: own.given.iter().filter_map(|place| place.refusal.clone()).collect(),
            said: own.speech.said.clone(),
        },
    }
}
