//! Whole sounds to the latent numbers of textures and back. For a live sound see [`crate::LiveTexture`].

use spectral::{Lookahead, Magnitudes, ShortTimeFourier, SpectralError, reconstruct};

use crate::latent_frame::LatentFrame;
use crate::normalisation::FLOOR_DB;
use crate::note_sound::{DEPTH_DB, LEAST_LEVEL_DB, NoteSound};
use crate::texture_coder::TextureCoder;
use crate::texture_frame::{BIN_COUNT, TextureGrid, texture_layout};
use crate::texture_model::TextureModel;
use crate::tone_coder::TonePitch;

/// The levels of the bins of frames suited to a training, in dB: at most `most` frames, equally far apart.
///
/// # Errors
/// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
pub fn texture_columns(sound: &NoteSound, most: usize) -> Result<Vec<[f32; BIN_COUNT]>, SpectralError> {
    let rate_hz = sound.sample_rate_hz as f32;
    let layout = texture_layout(rate_hz);
    let grid = TextureGrid::new(layout, rate_hz)?;
    let mut levels_db = [FLOOR_DB; BIN_COUNT];
    let magnitudes = ShortTimeFourier::new(layout).analyze(&sound.samples).magnitudes();
    let found: Vec<f32> = magnitudes.iter().map(|frame| grid.levels(frame, &mut levels_db)).collect();
    let loudest = found.iter().copied().fold(f32::MIN, f32::max);
    let least = (loudest - DEPTH_DB).max(LEAST_LEVEL_DB);
    let heard: Vec<&[f32]> =
        magnitudes.iter().zip(&found).filter(|(_, level)| **level > least).map(|(frame, _)| frame).collect();
    let count = heard.len().min(most);
    let column = |index: usize| {
        grid.levels(heard[index * heard.len() / count], &mut levels_db);
        levels_db
    };
    Ok((0..count).map(column).collect())
}

/// The frames of a sound of one channel. They have no pitch.
pub(crate) fn encode_texture(
    model: &TextureModel,
    samples: &[f32],
    sample_rate_hz: f32,
) -> Result<Vec<LatentFrame>, SpectralError> {
    let layout = texture_layout(sample_rate_hz);
    let mut coder = TextureCoder::new(model.clone(), layout, sample_rate_hz)?;
    let magnitudes = ShortTimeFourier::new(layout).analyze(samples).magnitudes();
    let encoded = magnitudes.iter().map(|frame| {
        let mut latent = vec![0.0; model.parts().latents()];
        let level_db = coder.encode(frame, &mut latent);
        LatentFrame { pitch: TonePitch { level_db, ..TonePitch::default() }, latent }
    });
    Ok(encoded.collect())
}

/// The sound of `length` samples with these frames, with phases by RTPGHI(0).
pub(crate) fn decode_texture(
    model: &TextureModel,
    frames: &[LatentFrame],
    sample_rate_hz: f32,
    length: usize,
) -> Result<Vec<f32>, SpectralError> {
    let layout = texture_layout(sample_rate_hz);
    let mut coder = TextureCoder::new(model.clone(), layout, sample_rate_hz)?;
    let mut magnitudes = Magnitudes::zeros(layout.bins(), frames.len());
    for (frame, own) in frames.iter().zip(magnitudes.iter_mut()) {
        coder.decode(&frame.latent, frame.pitch.level_db, own);
    }
    sound_of(&magnitudes, sample_rate_hz, length)
}

/// A sound whose frames' latent numbers are limited to those common in the domain. `strength` is the share of the
/// decoded texture in the power of every bin: 0 is the sound itself with other phases.
pub(crate) fn transferred_texture(
    model: &TextureModel,
    samples: &[f32],
    sample_rate_hz: f32,
    strength: f32,
) -> Result<Vec<f32>, SpectralError> {
    let share = if strength.is_finite() { strength.clamp(0.0, 1.0) } else { 0.0 };
    let layout = texture_layout(sample_rate_hz);
    let mut coder = TextureCoder::new(model.clone(), layout, sample_rate_hz)?;
    let mut magnitudes = ShortTimeFourier::new(layout).analyze(samples).magnitudes();
    let mut latent = vec![0.0; model.parts().latents()];
    let mut decoded = vec![0.0; layout.bins()];
    for frame in magnitudes.iter_mut() {
        let level_db = coder.encode(frame, &mut latent);
        model.parts().limit_to_domain(&mut latent);
        coder.decode(&latent, level_db, &mut decoded);
        for (own, other) in frame.iter_mut().zip(&decoded) {
            *own = ((1.0 - share) * *own * *own + share * other * other).sqrt();
        }
    }
    sound_of(&magnitudes, sample_rate_hz, samples.len())
}

fn sound_of(magnitudes: &Magnitudes, sample_rate_hz: f32, length: usize) -> Result<Vec<f32>, SpectralError> {
    let layout = texture_layout(sample_rate_hz);
    ShortTimeFourier::new(layout).synthesize(&reconstruct(magnitudes, layout, Lookahead::Causal)?, length)
}
