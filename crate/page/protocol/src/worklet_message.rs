//! The messages from the worklet to the page: objects with a property `type`.

use patch::Patch;
use plane::Point;

use crate::declare::objects;

objects! {
    /// A message of the worklet.
    pub enum WorkletMessage;

    /// The decoder is loaded and warm.
    Ready {
        /// The time of one decode, if requested.
        decode_microseconds: Option<f64>,
    }
    /// The module or the decoder is rejected; the decoder before it plays on. (A second network that fails only where a
    /// part is has already taken the place of the first.)
    DecoderRefused {
        /// The error message.
        message: String,
    }
    /// The source of sound that was asked for is rejected; the source before it plays on.
    SourceRefused {
        /// The error message.
        message: String,
    }
    /// A path is too long to play, alone or beside the others. The path that played under its number before, if any,
    /// plays on.
    PathRefused {
        /// Its number.
        number: u32,
    }
    /// Another error; the instrument keeps playing.
    Error {
        /// The error message.
        message: String,
    }
    /// The processor has stopped permanently.
    Stopped {
        /// The reason.
        message: String,
    }
    /// A message has arrived without its contents: on a page opened from disk, Chromium passes no WebAssembly module in
    /// a message to a worklet. It does in the node's options.
    Unreadable {}
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
        /// Its index, from 0, in order.
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
    /// The times of the transport and of the paths that play, several times a second; once without beats and rows when
    /// both have stopped.
    Paths {
        /// For each finger of each path: its path's number, its own, its part (−1 in a pause, −2 if none is free, −3 if
        /// the path has ended), and the path's time in seconds.
        rows: Vec<f32>,
        /// The position of the transport at that time; not-a-number while it is stopped.
        beats: f64,
        /// The time of the audio context.
        time_s: f64,
    }
    /// The source that plays new notes has changed as asked.
    Source {
        /// True if it is a model of tones; otherwise it is amSynth.
        domain: bool,
    }
}
