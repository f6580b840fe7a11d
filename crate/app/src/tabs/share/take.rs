//! What a person takes away: the patch, all landmarks as a bank, the last seconds as WAV, a picture.
//! Each answers the sentence to be shown.

use patch::file::{write_bank, write_preset};
use patch::{PARAMETER_COUNT, Patch, Preset};
use play::wave;
use web_sys::HtmlCanvasElement;

use super::picture;
use crate::analysis::AnalysisClient;
use crate::dom;
use crate::files::{safe_name, save, save_blob};
use crate::page::Page;
use crate::recording::Recorder;
use crate::strings::Language;
use protocol::constants::RECORDING_S;

/// The patch that is heard, as an `.amSynthPreset`, under the name of its landmark or its place.
pub fn patch(page: &Page) -> String {
    let language = page.language();
    let Some(patch) = page.patch() else { return language.no_patch.clone() };
    let name = name_here(page);
    let file = format!("{}.amSynthPreset", safe_name(&name));
    save(&file, "text/plain", write_preset(&Preset { name, patch }).as_bytes());
    language.saved(&file)
}

/// All landmarks as a `.bank`: those without a patch of their own as the model decodes them.
pub async fn bank(page: &Page, analysis: &AnalysisClient) -> String {
    let language = page.language();
    let landmarks = page.state().landmarks;
    let mut presets = Vec::new();
    for landmark in landmarks.all() {
        let patch = match &landmark.patch {
            Some(patch) => **patch,
            None => match decoded(analysis, [landmark.point.x, landmark.point.y], &language).await {
                Ok(patch) => patch,
                Err(sentence) => return sentence,
            },
        };
        presets.push(Preset { name: landmark.name.clone(), patch });
    }
    if presets.is_empty() {
        return language.no_landmarks_to_take.clone();
    }
    match write_bank(&presets) {
        Ok(text) => {
            let file = format!("{}.bank", language.bank_file);
            save(&file, "text/plain", text.as_bytes());
            language.saved(&file)
        }
        Err(error) => error.to_string(),
    }
}

async fn decoded(analysis: &AnalysisClient, point: [f32; 2], language: &Language) -> Result<Patch, String> {
    let values = analysis.decode(point).await?;
    let values: [f32; PARAMETER_COUNT] = values.try_into().map_err(|_| language.listener_lost.clone())?;
    Ok(Patch::from_values(&values))
}

/// What sounded in the last half minute, as a WAV file.
pub async fn recording(page: &Page, recorder: &Recorder) -> String {
    let language = page.language();
    if !page.has_sound() {
        return language.no_patch.clone();
    }
    let sound = recorder.recent(RECORDING_S).await;
    match wave::write(&sound.left, &sound.right, sound.rate_hz as u32) {
        Ok(bytes) => {
            let file = format!("{}.wav", language.recording_file);
            save(&file, "audio/wav", &bytes);
            language.saved(&file)
        }
        Err(error) => language.wave_refused(&error),
    }
}

/// The map with its legend.
pub async fn picture(page: &Page) -> String {
    let language = page.language();
    let text = |selector: &str| {
        let found = dom::document().query_selector(selector).ok().flatten();
        found.and_then(|element| element.text_content()).unwrap_or_default()
    };
    let written = picture::Words {
        place: text("#near"),
        ends: [text("#legend span:first-child"), text("#legend span:last-child")],
    };
    let Ok(scale) = dom::element::<HtmlCanvasElement>("scale") else { return language.no_picture.clone() };
    match picture::png(&page.pictures(), &scale, &written).await {
        Some(blob) => {
            let file = format!("{}.png", language.picture_file);
            save_blob(&file, &blob);
            language.saved(&file)
        }
        None => language.no_picture.clone(),
    }
}

/// The name of the landmark where you are, of the preset that is heard itself, or of the place.
fn name_here(page: &Page) -> String {
    let state = page.state();
    if let Some(landmark) = state.landmarks.all().iter().find(|landmark| landmark.point == state.place) {
        return landmark.name.clone();
    }
    let preset = page.known().zip(page.presets()).and_then(|(known, presets)| {
        let patch = state.patch.as_deref()?;
        let row = known.nearest(state.place.x, state.place.y, 1).first()?.position;
        (presets.patch(row) == *patch).then(|| known.name[row].clone())
    });
    preset.unwrap_or_else(|| page.language().patch_name(state.place))
}
