//! The messages between the page's program and the analysis worker; [`crate::script_calls`] has the calls of its
//! scripts. A call is `{ id, method, arguments }`: a method of the worker's program and its arguments in order. Each
//! result has the call's number, in order. The page's first message differs: [`crate::javascript`] describes it.

use crate::declare::{lists, objects};

lists! {
    /// A call of the page's program to the analysis worker. `File` is the type that holds bytes and samples on the
    /// sending side.
    pub enum AnalysisCall<File>;

    /// The eight descriptors of a stereo sound: empty if the sound is too short.
    Describe = 1 {
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel.
        right: Vec<f32>,
        /// Frames a second.
        sample_rate_hz: f64,
    }
    /// Loads the two networks of a model.
    LoadModel = 2 {
        /// The bytes of `encoder.onnx`.
        encoder: File,
        /// The bytes of `decoder.onnx`.
        decoder: File,
    }
    /// The 41 stored values of the patch at a point.
    Decode = 3 {
        /// From left to right, −4…4.
        x: f32,
        /// From bottom to top, −4…4.
        y: f32,
    }
    /// The encoder's points for patches: x, y for each.
    Encode = 4 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
    }
    /// The point near another one whose patch sounds most like a given one: x, y, distance in dB.
    SearchNearby = 5 {
        /// 41 stored values.
        values: Vec<f32>,
        /// The start of the search, from left to right.
        x: f32,
        /// From bottom to top.
        y: f32,
    }
    /// The timbre of a patch: the value of each layer of the timbral map, in the map's order. Needs no model.
    MeasurePatch = 6 {
        /// 41 stored values.
        values: Vec<f32>,
    }
}

objects! {
    /// A message of the analysis worker.
    pub enum AnalysisMessage;

    /// The worker's program runs.
    Begun {}
    /// The worker is unusable: its program did not load, or trapped.
    Lost {}
    /// The result of a call.
    Value {
        /// The call's number.
        id: u32,
        /// The numbers; empty if the call has no result.
        value: Vec<f64>,
    }
    /// A call failed.
    Error {
        /// The call's number.
        id: u32,
        /// The error message.
        message: String,
    }
}
