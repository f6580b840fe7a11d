//! What the worklet tells the page: objects with a property `type`.

use patch::Patch;
use plane::Point;

use crate::declare::objects;

objects! {
    /// A message of the worklet.
    pub enum WorkletMessage;

    /// The decoder is loaded and warm.
    Ready {
        /// The time of one decode, if asked for.
        decode_microseconds: Option<f64>,
    }
    /// Something went wrong; the instrument plays on. Before `ready`: module or decoder are refused.
    Error {
        /// One sentence.
        message: String,
    }
    /// The processor is silent for good.
    Stopped {
        /// Why.
        message: String,
    }
    /// The patch that was decoded for part 0.
    Patch {
        /// Its 41 stored values.
        values: Box<Patch>,
        /// The point that it was decoded at.
        latent: Point,
    }
    /// The number of sounding voices has changed.
    Voices {
        /// Voices of all parts.
        count: u32,
    }
    /// A piece of a recording. If nothing has sounded, the only piece is empty.
    Recent {
        /// Its number, from 0 on, in order.
        index: u32,
        /// The number of pieces.
        count: u32,
        /// Frames a second.
        sample_rate: f64,
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel.
        right: Vec<f32>,
    }
}
