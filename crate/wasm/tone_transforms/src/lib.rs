//! Whole sounds through the latent space of a domain of tones, or of textures, as a wasm module that a worker of the
//! page loads (`www/tone-sounds/`): a sound with a domain's timbre, and sounds between two sounds.
//! `latent-pad timbre transfer` and `interpolate` do the same. For a lesson it also finds a sound's phases again from
//! its magnitudes. All sounds have one channel and one rate, and peak at −1 dBFS at most. Each of its errors is the word `failed`, for which the
//! page has a sentence.
#![forbid(unsafe_code)]

mod phase_trial;

use frame_model::{
    FrameTimes, LatentFrame, SoundAlignment, TimbreModel, TimedFrames, below_full_scale, curve_at,
    interpolated, plane_tone,
};
use wasm_bindgen::prelude::*;

pub use phase_trial::PhaseTrial;

/// A frame that is so much quieter than a sound's loudest one is not shown.
const SHOWN_DB: f32 = 40.0;

/// The model of a domain.
#[wasm_bindgen]
pub struct ToneTransform {
    model: TimbreModel,
}

#[wasm_bindgen]
impl ToneTransform {
    /// Reads a `.frames` file.
    ///
    /// # Errors
    /// `failed` if the bytes are not such a file.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Self, JsError> {
        Ok(Self { model: TimbreModel::from_bytes(bytes).map_err(|_| failed())? })
    }

    /// A sound in the domain's latent space.
    ///
    /// # Errors
    /// `failed` for a rate outside of 8 to 192 kHz.
    pub fn encode(&self, samples: &[f32], sample_rate_hz: f32) -> Result<EncodedSound, JsError> {
        let frames = self.model.encode(samples, sample_rate_hz).map_err(|_| failed())?;
        Ok(EncodedSound { points: self.points(&frames), frames, length: samples.len() })
    }

    /// A sound with the domain's timbre, at its own pitch and level; `strength` of 0…1 is the share of that timbre.
    ///
    /// # Errors
    /// As [`ToneTransform::encode`].
    pub fn transfer(&self, samples: &[f32], sample_rate_hz: f32, strength: f32) -> Result<Vec<f32>, JsError> {
        let mut made = self.model.transferred(samples, sample_rate_hz, strength).map_err(|_| failed())?;
        below_full_scale(&mut made);
        Ok(made)
    }

    /// The tone of a point of the plane at a MIDI key, as the timbral map measures it: 1.5 s at 44.1 kHz.
    ///
    /// # Errors
    /// `failed` if it cannot be made, and of textures, which have no key.
    pub fn tone(&self, x: f32, y: f32, key: u8) -> Result<Vec<f32>, JsError> {
        let TimbreModel::Tones(model) = &self.model else { return Err(failed()) };
        plane_tone(model, [x, y], &[], key).map_err(|_| failed())
    }

    /// The sound between two sounds, as long as the longer one. `curve` is the position between them, at equally spaced
    /// times from beginning to end: 0 is the first sound, 1 the second, −0.5 and 1.5 lie beyond. With `is_aligned`,
    /// dynamic time warping aligns similar frames of both; otherwise both are stretched evenly.
    ///
    /// # Errors
    /// As [`ToneTransform::encode`].
    pub fn between(
        &self,
        first: &EncodedSound,
        second: &EncodedSound,
        curve: &[f32],
        is_aligned: bool,
        sample_rate_hz: f32,
    ) -> Result<SoundBetween, JsError> {
        let times = |length| FrameTimes::new(self.model.layout(sample_rate_hz), length);
        let sounds =
            [first, second].map(|sound| TimedFrames { frames: &sound.frames, times: times(sound.length) });
        let alignment = if is_aligned {
            SoundAlignment::warped(sounds, &self.model.parts().axis_widths())
        } else {
            SoundAlignment::even()
        };
        let length = first.length.max(second.length);
        let frames = interpolated(sounds, &alignment, times(length), |time| curve_at(curve, time));
        let mut samples = self.model.decode(&frames, sample_rate_hz, length).map_err(|_| failed())?;
        below_full_scale(&mut samples);
        Ok(SoundBetween { samples, points: self.points(&frames) })
    }

    /// The point of each frame on the pad, x and y; not-a-number for frames that are hardly audible.
    fn points(&self, frames: &[LatentFrame]) -> Vec<f32> {
        let loudest_db = frames.iter().map(|frame| frame.pitch.level_db).fold(f32::MIN, f32::max);
        let point = |frame: &LatentFrame| {
            let is_heard = frame.pitch.level_db > (loudest_db - SHOWN_DB).max(-90.0);
            if is_heard { self.model.parts().point_of(&frame.latent) } else { [f32::NAN; 2] }
        };
        frames.iter().flat_map(point).collect()
    }
}

/// A sound in the latent space of a domain.
#[wasm_bindgen]
pub struct EncodedSound {
    frames: Vec<LatentFrame>,
    points: Vec<f32>,
    length: usize,
}

#[wasm_bindgen]
impl EncodedSound {
    /// The points of its frames on the pad: x and y of each, not-a-number for frames that are hardly audible.
    pub fn points(&self) -> Vec<f32> {
        self.points.clone()
    }
}

/// A sound between two sounds.
#[wasm_bindgen]
pub struct SoundBetween {
    samples: Vec<f32>,
    points: Vec<f32>,
}

#[wasm_bindgen]
impl SoundBetween {
    /// Its samples.
    pub fn samples(&self) -> Vec<f32> {
        self.samples.clone()
    }

    /// The points of its frames on the pad, as [`EncodedSound::points`].
    pub fn points(&self) -> Vec<f32> {
        self.points.clone()
    }
}

fn failed() -> JsError {
    JsError::new("failed")
}
