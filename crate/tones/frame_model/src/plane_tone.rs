//! The tone of a point of the plane, as the timbral map measures it.

use spectral::{SpectralError, ToneFrame, synthesize_tone};

use crate::model::FrameModel;
use crate::tone_coder::{ToneCoder, TonePitch, frame_layout};

/// The rate of [`plane_tone`], in Hz.
pub const PLANE_TONE_RATE_HZ: f32 = 44_100.0;
/// Length of a tone: the timbral models need a tone that stays, and hardness its beginning.
const LENGTH_S: f32 = 1.5;
/// A tone rises and falls linearly in these times, as a tone played by a key does.
const ATTACK_S: f32 = 0.02;
const RELEASE_S: f32 = 0.15;
/// The level of a tone. The timbral models make all sounds equally loud.
const LEVEL_DB: f32 = -20.0;

/// The tone of a point at a MIDI key, one channel of 1.5 s. `offsets` are those of the axes from the third on,
/// −1…1 (see [`FrameModel::latent_at`]); a missing one is 0, the middle.
///
/// # Errors Never for a model that was read, since tones support this rate.
pub fn plane_tone(
    model: &FrameModel,
    point: [f32; 2],
    offsets: &[f32],
    key: u8,
) -> Result<Vec<f32>, SpectralError> {
    let layout = frame_layout(PLANE_TONE_RATE_HZ);
    let mut coder = ToneCoder::new(model.clone(), layout, PLANE_TONE_RATE_HZ)?;
    let mut latent = vec![0.0; model.latents()];
    model.latent_at(point, offsets, &mut latent);
    let frequency_hz = 440.0 * ((f32::from(key) - 69.0) / 12.0).exp2();
    let pitch = TonePitch { frequency_hz, is_voiced: true, level_db: LEVEL_DB };
    let mut frame = ToneFrame::default();
    coder.decode(&latent, pitch, &mut frame);
    let length = (LENGTH_S * PLANE_TONE_RATE_HZ) as usize;
    let mut tone = synthesize_tone(std::iter::repeat(&frame), layout, PLANE_TONE_RATE_HZ, length)?;
    for (at, sample) in tone.iter_mut().enumerate() {
        let (since, until) = (at as f32 / PLANE_TONE_RATE_HZ, (length - at) as f32 / PLANE_TONE_RATE_HZ);
        *sample *= (since / ATTACK_S).min(until / RELEASE_S).min(1.0);
    }
    Ok(tone)
}
