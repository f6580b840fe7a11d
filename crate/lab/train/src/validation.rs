//! Validates a finished candidate on the held-back presets, by the output of the exported files, loaded as the
//! product loads them.

use crate::error::TrainError;
use crate::figures::{SettingFigures, SoundFigures, Validation};
use crate::nearest::nearest;
use crate::pool::extract;
use crate::{Columns, PresetFeatures};
use features::{AudioFeatures, PerceptualDistance, ProjectedSound, SoundCoordinates};
use model::{ModelError, PatchDecoder, PatchEncoder};
use patch::encoding::decode;
use search::{PerceptualSearch, PlaneSounds};

/// A candidate's files, loaded.
pub struct ExportedModel {
    /// `decoder.onnx`
    pub decoder: PatchDecoder,
    /// `encoder.onnx`
    pub encoder: PatchEncoder,
}

/// The figures of `held_back` presets; `training` are the training presets, `plane` are the features of the decoder's
/// patches on a grid, in the order of [`search::timbral_map::patches`].
pub fn validation(
    ExportedModel { decoder, encoder }: &mut ExportedModel,
    (plane, grid): (&[AudioFeatures], u16),
    metric: &PerceptualDistance,
    (training, held_back): (&PresetFeatures, &PresetFeatures),
) -> Result<Validation, TrainError> {
    let true_sounds = sounds(&held_back.features, metric);
    let mut guesses: Vec<Columns> = Vec::with_capacity(true_sounds.len());
    for (columns, features) in held_back.columns.iter().zip(&held_back.features) {
        let point = encoder.encode(&decode(columns), Some(&features.vector()))?.mean;
        guesses.push(decoder.columns(point)?);
    }
    let encoded = sounds(&extract(&guesses, || ()), metric);
    let plane_sounds = PlaneSounds::new(metric, plane, grid);
    let found_points = PerceptualSearch::new(metric, &plane_sounds).find(
        &true_sounds,
        |point| decoder.decode(point),
        |_, _| {},
    )?;
    let placed: Result<Vec<Columns>, ModelError> =
        found_points.iter().map(|scored| decoder.columns(scored.point)).collect();
    let placed = sounds(&extract(&placed?, || ()), metric);

    let known = sounds(&training.features, metric);
    let coordinates = |sounds: &[ProjectedSound]| -> Vec<SoundCoordinates> {
        sounds.iter().map(|sound| metric.coordinates(sound)).collect()
    };
    let found = nearest(&coordinates(&true_sounds), &coordinates(&known)).unwrap_or_default();
    let constant = constant(&known);
    let others = true_sounds.iter().enumerate().flat_map(|(at, sound)| {
        let others = encoded.iter().enumerate().filter(move |&(other, _)| other != at);
        others.map(move |(_, guess)| (sound, guess))
    });
    Ok(Validation {
        rows: true_sounds.len(),
        encoder: SoundFigures::new(true_sounds.iter().zip(&encoded)),
        by_ear: SoundFigures::new(true_sounds.iter().zip(&placed)),
        shuffled: (true_sounds.len() > 1).then(|| SoundFigures::new(others)),
        constant: SoundFigures::new(true_sounds.iter().map(|sound| (sound, &constant))),
        nearest_training_row: SoundFigures::new(
            true_sounds.iter().zip(found.iter().map(|&(row, _)| &known[row])),
        ),
        settings: SettingFigures::new(held_back.columns.iter().zip(&guesses)),
    })
}

/// The mean of the spectrum, which is 0, and the median of each scale.
fn constant(known: &[ProjectedSound]) -> ProjectedSound {
    let median = |scale: usize| {
        let mut values: Vec<f32> = known.iter().map(|sound| sound.scales[scale]).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    ProjectedSound { phi: Default::default(), scales: std::array::from_fn(median) }
}

/// Projects sounds for comparison.
pub fn sounds(features: &[AudioFeatures], metric: &PerceptualDistance) -> Vec<ProjectedSound> {
    features.iter().map(|features| metric.project(features)).collect()
}
