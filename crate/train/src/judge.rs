//! Judges a finished candidate by the presets that were held back from learning. What is played and heard
//! is what the exported files give, read by the product's own reader.

use crate::error::TrainError;
use crate::figures::{SettingFigures, SoundFigures, Validation};
use crate::nearest::nearest;
use crate::pool::{self, hear};
use crate::{Columns, HeardPresets};
use atlas::places::Places;
use ear::{Heard, Hearing, Sound};
use model::{Decoder, Encoder, ModelError};
use patch::encoding::decode;

/// A candidate's files, loaded.
pub struct Loaded {
    /// `decoder.onnx`
    pub decoder: Decoder,
    /// `encoder.onnx`
    pub encoder: Encoder,
}

/// The figures of `held_back` presets; `training` are the presets that were learned from, `plane` is what
/// the decoder's patches sound like on a grid, as [`atlas::chart::patches`] has them.
pub fn validation(
    Loaded { decoder, encoder }: &mut Loaded,
    (plane, grid): (&[Heard], u16),
    hearing: &Hearing,
    (training, held_back): (&HeardPresets, &HeardPresets),
) -> Result<Validation, TrainError> {
    let true_sounds = sounds(&held_back.heard, hearing);
    let mut guesses: Vec<Columns> = Vec::with_capacity(true_sounds.len());
    for (columns, heard) in held_back.columns.iter().zip(&held_back.heard) {
        let point = encoder.encode(&decode(columns), Some(&heard.numbers()))?.mean;
        guesses.push(decoder.columns(point)?);
    }
    let encoded = sounds(&hear(&guesses, || ()), hearing);
    let places =
        Places::new(hearing, plane, grid).find(&true_sounds, |point| decoder.decode(point), |_, _| {})?;
    let placed: Result<Vec<Columns>, ModelError> =
        places.iter().map(|place| decoder.columns(place.point)).collect();
    let placed = sounds(&hear(&placed?, || ()), hearing);

    let known = sounds(&training.heard, hearing);
    let coordinates = |sounds: &[Sound]| -> Vec<pool::Sound> {
        sounds.iter().map(|sound| hearing.coordinates(sound)).collect()
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
        shuffled: SoundFigures::new(others),
        constant: SoundFigures::new(true_sounds.iter().map(|sound| (sound, &constant))),
        nearest_training_row: SoundFigures::new(
            true_sounds.iter().zip(found.iter().map(|&(row, _)| &known[row])),
        ),
        settings: SettingFigures::new(held_back.columns.iter().zip(&guesses)),
    })
}

/// The mean of the spectrum, which is 0, and the median of each scale.
fn constant(known: &[Sound]) -> Sound {
    let median = |scale: usize| {
        let mut values: Vec<f32> = known.iter().map(|sound| sound.scales[scale]).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    Sound { phi: Default::default(), scales: std::array::from_fn(median) }
}

/// What is compared of what was heard.
pub fn sounds(heard: &[Heard], hearing: &Hearing) -> Vec<Sound> {
    heard.iter().map(|heard| hearing.sound(heard)).collect()
}
