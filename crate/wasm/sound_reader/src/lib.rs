//! Sound files as samples, as a wasm module that a worker of the page loads (`www/match/worker.js`): the page reads a
//! file as the command does.
#![forbid(unsafe_code)]

use sound_file::SoundLoss;
use wasm_bindgen::prelude::*;

/// A sound that was read.
#[wasm_bindgen]
pub struct FileSound {
    left: Vec<f32>,
    right: Vec<f32>,
    is_damaged: bool,
}

#[wasm_bindgen]
impl FileSound {
    /// Reads the bytes of a file; the sound has this rate, in Hz.
    ///
    /// # Errors
    /// A sentence about the file if it is no sound that is read here.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], rate_hz: u32) -> Result<Self, JsError> {
        let sound = sound_file::decode(bytes)?.at_rate(rate_hz);
        let is_damaged = sound.losses.contains(&SoundLoss::Damaged);
        let mut channels = sound.channels.into_iter();
        let left = channels.next().unwrap_or_default();
        let mut right = channels.next().unwrap_or_default();
        for other in channels {
            right.iter_mut().zip(other).for_each(|(sum, sample)| *sum += sample);
        }
        Ok(Self { left, right, is_damaged })
    }

    /// Takes the samples of the left or only channel.
    pub fn left(&mut self) -> Vec<f32> {
        std::mem::take(&mut self.left)
    }

    /// Takes the samples of the right channel, to which all further channels are added; of a single channel none.
    pub fn right(&mut self) -> Vec<f32> {
        std::mem::take(&mut self.right)
    }

    /// True if a part of the file cannot be read.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }
}
