//! The codebook as its script draws it.

use serde::Serialize;

use super::decisions::sees_codebook;
use super::sounds::{CodebookStep, lacks_map};
use crate::state::State;

/// Points nearer than this are the same one, in latent units.
const SAME: f32 = 1e-3;

/// The codebook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CodebookModel {
    /// True while it is shown in place of the search.
    pub is_shown: bool,
    /// The reason why nothing can be shown.
    pub lack: Option<CodebookLack>,
    /// The number of the dots that are shown; null while others are computed.
    pub dots: Option<u32>,
    /// True if the known sounds are the tones of an instrument, not presets of amSynth.
    pub has_tones: bool,
    /// The layer of the map that colours the dots.
    pub layer: usize,
    /// True if the codes are shown alone.
    pub shows_codes: bool,
    /// The number of bars.
    pub bars: usize,
    /// The pressed bars, in their order.
    pub picked: Vec<usize>,
    /// The chosen dot.
    pub chosen: Option<usize>,
    /// True while presets play one after another.
    pub is_playing: bool,
}

/// The part of the codebook that moves from frame to frame: its script draws it in each frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CodebookMotion {
    /// The number of the dots among which the point lies.
    pub dots: u32,
    /// The current point; null while nobody sees it.
    pub here: Option<CodebookPlace>,
}

/// A reason why the codebook cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum CodebookLack {
    /// A person's own model has come without its map.
    NoMap,
    /// The map of a person's own model has fewer than two qualities.
    FewScales,
    /// A file did not arrive. The codebook is closed.
    Lost,
}

/// The current point, as the picture marks it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CodebookPlace {
    /// Its place on the plane to the right.
    pub x: f32,
    /// Its place on the plane upwards.
    pub y: f32,
    /// The preset that is there: its dot lies by its own sound, and the point by that of the map.
    pub preset: Option<usize>,
}

pub(super) fn model(state: &State) -> CodebookModel {
    let codebook = &state.panels.codebook;
    let is_shown = state.shows_codebook();
    let layer = state.library.map.as_ref().and_then(|map| codebook.picking.layer_of(map));
    CodebookModel {
        is_shown,
        lack: match codebook.sounds.step {
            CodebookStep::FewScales => Some(CodebookLack::FewScales).filter(|_| is_shown),
            CodebookStep::Lost => Some(CodebookLack::Lost),
            _ => Some(CodebookLack::NoMap).filter(|_| is_shown && lacks_map(state)),
        },
        dots: codebook.is_ready().then_some(codebook.sounds.number),
        has_tones: !state.is_amsynth(),
        layer: layer.unwrap_or_default(),
        shows_codes: codebook.picking.shows_codes,
        bars: codebook.picking.room,
        picked: codebook.picking.bars.clone(),
        chosen: codebook.chosen,
        is_playing: codebook.is_playing(),
    }
}

pub(super) fn motion(state: &State) -> CodebookMotion {
    let here = sees_codebook(state).then(|| here(state));
    CodebookMotion { dots: state.panels.codebook.sounds.number, here }
}

fn here(state: &State) -> CodebookPlace {
    let point = state.point();
    let is_there = |(&x, &y): (&f32, &f32)| (x - point.x).abs() + (y - point.y).abs() < SAME;
    let known = state.library.known.as_ref();
    let preset = known.and_then(|known| known.x.iter().zip(&known.y).position(is_there));
    CodebookPlace { x: point.x, y: point.y, preset }
}
