//! The calls of the page's scripts to the analysis worker. The page's program makes none of them, so a visit does not
//! download their names.

use crate::declare::lists;

lists! {
    /// A call of a script to the analysis worker, in the form of an [`crate::AnalysisCall`].
    pub enum ScriptCall<File>;

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
    /// Takes the target as a voice to be sketched, if `VoiceProblem` finds none.
    BeginSketch = 33 {}
    /// Goes on with the search for its longest note for some renders: the share of all of a sketch's renders, 1 when this search
    /// is over; the distance of the best patch; and its 41 stored values.
    StepSketch = 34 {}
    /// Goes on from a patch for the longest note with whole performances, once; every worker that is to judge gets it. Returns
    /// the patches to judge: 41 stored values each.
    RefineSketch = 35 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// Judges patches: for each how far its whole performance is from the voice, 0 for the same.
    JudgeSketch = 36 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
    }
    /// Takes how far the patches to judge are from the voice; every worker that judges gets it. Returns how far the best one is,
    /// its 41 stored values, and the next ones to judge; none at the end.
    RecordSketch = 37 {
        /// A number for each, in their order.
        losses: Vec<f64>,
    }
    /// The sketch with a patch: the 41 stored values of the patch, as loud as the voice; then for each note when it begins and
    /// ends, in seconds, its key and its velocity.
    FinishSketch = 38 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// The sound of the last finished sketch: one channel at 44.1 kHz.
    SketchSamples = 39 {}
    /// The notes and bends of the last finished sketch as the bytes of a MIDI file, at the times of the given sound: with the
    /// silence before its onset.
    SketchMidi = 40 {
        /// The name of its track, in UTF-8.
        name: File,
    }
    /// Level, 0…1, and pitch, in semitones above MIDI key 0, of a sound every 10 ms, in turns; not-a-number without pitch.
    VoiceContours = 41 {
        /// One channel at 44.1 kHz.
        samples: Vec<f32>,
    }
    /// What keeps a sound from being sketched as a melody: 0 nothing, 1 to 3 as `HearTarget`, 4 if it has no pitch, 5 if its
    /// notes are too short; then whether it has enough hits to be sketched as a rhythm, and whether most of it has no pitch, 1 or 0. The target stays.
    VoiceProblem = 42 {
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel, or none.
        right: Vec<f32>,
        /// Frames a second.
        sample_rate_hz: f64,
    }
    /// Takes the target as a rhythm to be sketched. Returns for each hit its kind, counted from 0, the MIDI key that plays it, when
    /// it begins and how long its key is held, in seconds, and its velocity; nothing if there are too few hits.
    BeginRhythm = 43 {
        /// The most kinds of hits.
        most_kinds: u8,
    }
    /// Goes on with the search for the patch of a kind of hits for some renders; its report, as of `BeginStrand`. The patch is as
    /// loud as the hits.
    StepRhythm = 44 {
        /// Which kind.
        kind: u8,
    }
    /// The sound of the rhythm with patches: one channel at 44.1 kHz.
    RhythmSamples = 45 {
        /// 41 stored values for each kind; the kinds after them are silent.
        values: Vec<f32>,
        /// The kind whose hits are played; 255 for all of them.
        kind: u8,
    }
    /// The hits of the rhythm as the bytes of a MIDI file, a channel for each kind, at the times of the given sound.
    RhythmMidi = 46 {
        /// The name of its track, in UTF-8.
        name: File,
    }
}
