//! The messages between page and analysis worker. A call is `{ id, method, arguments }`: a method of the worker's
//! program and its arguments in order. Each result has the call's number, in order. The page's first message differs:
//! [`crate::javascript`] describes it.

use crate::declare::{lists, objects};

lists! {
    /// A call of the page to the analysis worker. `File` is what holds bytes and samples on the sending side.
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
        /// Where the search begins, from left to right.
        x: f32,
        /// From bottom to top.
        y: f32,
    }
    /// How a patch sounds: the value of each layer of the timbral map, in the map's order. Needs no model.
    MeasurePatch = 6 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// Loads what the known presets sound like, where searches begin.
    LoadSounds = 7 {
        /// The bytes of `preset_sounds.bin`.
        sounds: File,
        /// The bytes of `presets.bin`.
        presets: File,
    }
    /// Takes the sound to be found: a code (0 if it can be searched for, 1 if it is silent, 2 if it is too short, 3 if it
    /// is otherwise unusable), its nearest key (−1 without a pitch), the cents above that key, its length in seconds.
    HearTarget = 8 {
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel, or none.
        right: Vec<f32>,
        /// Frames a second.
        sample_rate_hz: f64,
    }
    /// The target from its onset to its end: one channel at 44.1 kHz.
    TargetSamples = 9 {}
    /// Begins one of several searches for the target, each from another start. Its report: the done share, the rendered
    /// patches, the distance of the best one, and that patch's 41 stored values.
    BeginStrand = 10 {
        /// Which one, from 0.
        index: u8,
        /// How many there are.
        of: u8,
        /// How many patches it may render.
        renders: f64,
        /// What it keeps of the given patch: 1 the pitch, 2 the envelopes, 4 the timbre, or a sum of these.
        kept: u8,
        /// The 41 stored values of that patch; none if it keeps nothing.
        values: Vec<f32>,
    }
    /// Goes on with a search for some renders; its report.
    StepStrand = 11 {
        /// Which one.
        index: u8,
    }
    /// The sound of a patch that plays the target's note: one channel at 44.1 kHz.
    RenderPatch = 12 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// What a patch leaves over of the target: for each band its first and last frequency in Hz, and how much louder than
    /// the target the patch is there, in dB.
    LeftOver = 13 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// The spectrogram of a sound: the number of moments; the lowest and the highest frequency in Hz, between which the
    /// rows are equally far apart in mel; then the levels, 1 for the loudest and 0 for silence, row by row from the highest
    /// frequency, each from the first moment to the last.
    Spectrogram = 14 {
        /// One channel at 44.1 kHz.
        samples: Vec<f32>,
    }
    /// Loads the network that guesses patches for the target, for every search that has rendered nothing yet.
    LoadGuesser = 15 {
        /// The bytes of `sound_to_patch.onnx`.
        network: File,
    }
    /// Makes the plane of the two first principal components of the presets' settings. Returns the share of the variance
    /// that each explains, then x and y of each preset, in ranges of a parameter.
    LoadPrincipal = 16 {
        /// The bytes of `presets.bin`.
        presets: File,
    }
    /// The 41 stored values of the patch at a point of that plane.
    PrincipalPatch = 17 {
        /// Along the first component.
        x: f32,
        /// Along the second.
        y: f32,
    }
    /// Begins the search for the macro-controls of a patch. Returns the patches to measure: 41 stored values each.
    BeginMacros = 18 {
        /// 41 stored values.
        values: Vec<f32>,
        /// The indices of the parameters that keep their values.
        kept: Vec<u8>,
    }
    /// Measures patches: for each its eight properties in points, in the order of `macro_control::SoundProperty::ALL`, and
    /// its loudness in LUFS and its pitch in semitones above MIDI key 0; ten that are no number for a silent one, one for a
    /// sound without pitch.
    MeasureProperties = 19 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
    }
    /// Takes what was measured of the patches to measure, in their order. Returns the next ones; none when all curves are
    /// found.
    RecordProperties = 20 {
        /// Ten numbers for each, as `MeasureProperties` returns them.
        measured: Vec<f64>,
    }
    /// What the curves reach: for each property its value at the start, and how much it changes at −1 and at 1, in points;
    /// no numbers while its curve is not found.
    MacroReach = 21 {}
    /// The 41 stored values of the patch at amounts; a property whose curve is not found stays.
    MacroPatch = 22 {
        /// −1…1 for each property.
        amounts: Vec<f32>,
    }
    /// The spectrogram of the test note of a patch, as that of `Spectrogram`.
    PatchSpectrogram = 23 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// Patches from one to another, both exact, straight in the parameters: 41 stored values each.
    PatchesBetween = 24 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
        /// How many, at least 2.
        count: u8,
    }
    /// The same straight over the plane; what the plane lacks at the ends is added in proportion.
    PatchesOverPlane = 25 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
        /// x and y of the first, then of the last.
        points: Vec<f32>,
        /// How many, at least 2.
        count: u8,
    }
    /// Begins the search for patches from one to another whose sounds change evenly. Returns the patches to measure: 41 stored
    /// values each.
    BeginBetween = 26 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
    }
    /// Measures patches: for each its seven timbral scales in points, in the order of `timbre::Descriptor::ALL`, and its
    /// loudness in LUFS; eight that are no number for a silent one.
    MeasureScales = 27 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
    }
    /// Takes what was measured of the patches to measure, in their order. Returns the next ones; none when all are found.
    RecordScales = 28 {
        /// Eight numbers for each, as `MeasureScales` returns them.
        measured: Vec<f64>,
    }
    /// Patches through those that were found, straight between neighbours: 41 stored values each. Every twelfth of 97 is
    /// one that was found.
    PatchesBySound = 29 {
        /// How many, at least 2.
        count: u8,
    }
    /// The 41 stored values of the patch at a point of a square whose corners are four patches.
    PatchAmong = 30 {
        /// 41 stored values of the corners: lower left, lower right, upper left, upper right.
        values: Vec<f32>,
        /// From left to right, 0…1.
        across: f32,
        /// From bottom to top, 0…1.
        upward: f32,
    }
    /// The three strongest changes from one patch to another that can be heard: for each the parameter's number, and how far
    /// it moves on its scale, −1…1; not-a-number for one that switches.
    StrongestMoves = 31 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
    }
    /// The 41 stored values of a patch as the plane changes it from one point to another: what it has beside the plane stays.
    PatchAround = 32 {
        /// 41 stored values of the patch at the first point.
        values: Vec<f32>,
        /// x and y of the first, then of the second.
        points: Vec<f32>,
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
        /// The numbers; empty for a call that has none.
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
