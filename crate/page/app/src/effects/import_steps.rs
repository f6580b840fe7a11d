//! Steps of an import that need files or the analysis worker, but not the state.

use std::rc::Rc;

use js_sys::Uint8Array;
use patch::Patch;
use plane::{Map, Point};
use play::State;
use play::imports::ImportedModel;
use play::sound_state::DecoderChoice;

use crate::effects::analysis::AnalysisClient;
use crate::effects::assets::{Assets, TransferCounter};
use crate::words::Language;

/// The page's own networks, beside the page.
const NETWORKS: [&str; 2] = ["encoder.onnx", "decoder.onnx"];
/// How many patches to encode between two progress messages: a perceptual encoder renders each patch.
const ENCODED_AT_ONCE: usize = 64;

/// The points where the worker's encoder places patches, a batch at a time. `goes_on` gets the number of placed
/// patches and of all, and returns whether to go on.
///
/// # Errors
/// The message to show.
pub async fn encode(
    analysis: &AnalysisClient,
    language: &Language,
    patches: &[Patch],
    goes_on: impl Fn(usize, usize) -> bool,
) -> Result<Vec<Point>, String> {
    let mut points = Vec::with_capacity(patches.len());
    for some in patches.chunks(ENCODED_AT_ONCE) {
        if !goes_on(points.len(), patches.len()) {
            return Err(language.stopped.clone());
        }
        let values: Vec<f32> = some.iter().flat_map(|patch| *patch.values()).collect();
        let placed = analysis.encode(&values).await?;
        points.extend(placed.chunks_exact(2).map(|point| Point::on_plane(point[0], point[1])));
    }
    Ok(points)
}

/// The bytes of the page's own encoder and decoder.
///
/// # Errors
/// The message to show.
pub async fn own_networks(assets: &Assets, language: &Language) -> Result<[Vec<u8>; 2], String> {
    let uncounted = TransferCounter::uncounted();
    let mut networks = [const { Vec::new() }; 2];
    for (network, path) in networks.iter_mut().zip(NETWORKS) {
        let bytes = assets.bytes(path, &uncounted).await.map_err(|error| language.error(&error))?;
        *network = Uint8Array::new(&bytes).to_vec();
    }
    Ok(networks)
}

/// The map of a model, if it has one.
///
/// # Errors
/// The message to show.
pub fn read_map(model: &ImportedModel, language: &Language) -> Result<Option<Rc<Map>>, String> {
    let Some(json) = &model.map else { return Ok(None) };
    let value = js_sys::JSON::parse(json).map_err(|_| language.map_broken.clone())?;
    let map = serde_wasm_bindgen::from_value(value);
    map.map(|map| Some(Rc::new(map))).map_err(|_| language.map_broken.clone())
}

/// Why the sound rejected the imported decoder.
pub fn refusal(state: &State) -> Option<String> {
    match &state.sound.decoder {
        DecoderChoice::Refused(reason) => Some(reason.clone()),
        _ => None,
    }
}
