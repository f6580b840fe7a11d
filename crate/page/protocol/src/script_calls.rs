//! The calls of the page's scripts to the analysis worker. The page's program does not make these calls, so a visit
//! does not download their names.

use crate::declare::lists;

lists! {
    /// A call of a script to the analysis worker, in the form of an [`crate::AnalysisCall`].
    pub enum ScriptCall<File>;

    /// Loads the sounds of the known presets, from which searches begin.
    LoadSounds = 7 {
        /// The bytes of `preset_sounds.bin`.
        sounds: File,
        /// The bytes of `presets.bin`.
        presets: File,
    }
    /// Takes the sound to be found. Returns a code, its nearest key (−1 without a pitch), the cents above that key, its
    /// length in seconds, the likeliest time in seconds at which its key was released, the bend of its note from the
    /// key in cents, and the seconds of the given sound before its onset. The code is 0 if the sound can be searched
    /// for, 1 if it is silent, 2 if it is too short, 3 if it is otherwise unusable.
    HearTarget = 8 {
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel, or an empty list.
        right: Vec<f32>,
        /// Frames a second.
        sample_rate_hz: f64,
    }
    /// The target from its onset to its end: one channel at 44.1 kHz.
    TargetSamples = 9 {}
    /// Begins one of several searches for the target, each from another start. Returns its report: the share that is
    /// done, the number of rendered patches, the distance of the best one, its key, the time in seconds at which that
    /// is released, the bend of its note from the key in cents, and that patch's 41 stored values.
    BeginStrand = 10 {
        /// The number of the search, from 0.
        index: u8,
        /// The count of searches.
        of: u8,
        /// The most patches that it may render.
        renders: f64,
        /// The parts of the given patch that it keeps: 1 the pitch, 2 the envelopes, 4 the timbre, or a sum of these.
        kept: u8,
        /// The indices of the parameters of that patch that it keeps, too.
        locked: Vec<u8>,
        /// The 41 stored values of that patch; empty if it keeps nothing.
        values: Vec<f32>,
    }
    /// Goes on with a search for some renders. Returns its report.
    StepStrand = 11 {
        /// The number of the search.
        index: u8,
    }
    /// The sound of an answer, a patch that plays a note: one channel at 44.1 kHz.
    RenderPatch = 12 {
        /// 41 stored values.
        values: Vec<f32>,
        /// The key that it plays, 0…127.
        key: u8,
        /// The time at which the key is released, in seconds.
        held_s: f32,
        /// The bend of the note from the key, in cents.
        bend_cents: f32,
    }
    /// The difference of an answer's sound from the target: for each band its first and last frequency in Hz, and the
    /// level of the answer there above that of the target, in dB.
    LeftOver = 13 {
        /// 41 stored values.
        values: Vec<f32>,
        /// The key that it plays, 0…127.
        key: u8,
        /// The time at which its key is released, in seconds.
        held_s: f32,
        /// The bend of its note from the key, in cents.
        bend_cents: f32,
    }
    /// The spectrogram of a sound. First come the number of moments, and the lowest and the highest frequency in Hz,
    /// between which the rows are equally far apart in mel. Then come the levels, 1 for the loudest and 0 for silence,
    /// row by row from the highest frequency, each from the first moment to the last.
    Spectrogram = 14 {
        /// One channel at 44.1 kHz.
        samples: Vec<f32>,
    }
    /// Loads the network that guesses patches for the target, for every search that has rendered nothing yet.
    LoadGuesser = 15 {
        /// The bytes of `sound_to_patch.onnx`.
        network: File,
    }
    /// Makes the plane of the two first principal components of the presets' settings. Returns the share of the
    /// variance that each explains, then x and y of each preset, in ranges of a parameter.
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
    /// Measures patches with a note. Returns for each its eight properties in points, in the order of
    /// `macro_control::SoundProperty::ALL`, its loudness in LUFS and its pitch in semitones above MIDI key 0. All ten
    /// are not-a-number for a silent patch; the pitch is not-a-number for a sound without one.
    MeasureProperties = 19 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
        /// The key that they play, 0…127.
        key: u8,
    }
    /// Takes the measurements of these patches, in their order. Returns the next patches to measure, none when all
    /// curves are found.
    RecordProperties = 20 {
        /// Ten numbers for each, as `MeasureProperties` returns them.
        measured: Vec<f64>,
    }
    /// The ranges of the curves: for each property its value at the start, its change at −1 and at 1, in points, and 1
    /// if that change is predicted, 0 if it is measured.
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
    /// Patches on the straight line from one to another in the parameters, both ends exact: 41 stored values each.
    PatchesBetween = 24 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
        /// The count of patches, at least 2.
        count: u8,
    }
    /// Patches on the straight line over the plane; the differences of the ends from the plane's patches are added in
    /// proportion.
    PatchesOverPlane = 25 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
        /// x and y of the first, then of the last.
        points: Vec<f32>,
        /// The count of patches, at least 2.
        count: u8,
    }
    /// Begins the search for patches from one to another whose sounds change evenly. Returns the patches to measure: 41
    /// stored values each.
    BeginBetween = 26 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
    }
    /// Measures patches with a note. Returns for each its seven timbral scales in points, in the order of
    /// `timbre::Descriptor::ALL`, and its loudness in LUFS; all eight are not-a-number for a silent patch.
    MeasureScales = 27 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
        /// The MIDI key of the note.
        key: u8,
        /// The time that it is held, in seconds.
        held_s: f32,
    }
    /// Takes the measurements of these patches, in their order. Returns the next patches to measure, none when all are
    /// found.
    RecordScales = 28 {
        /// Eight numbers for each, as `MeasureScales` returns them.
        measured: Vec<f64>,
    }
    /// Patches through the patches that were found, on straight lines between neighbours: 41 stored values each. With
    /// 97 patches, every third is one that was found and levelled.
    PatchesBySound = 29 {
        /// The count of patches, at least 2.
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
    /// The three strongest audible changes from one patch to another: for each the parameter's number, and its change
    /// on its scale, −1…1; not-a-number for a parameter that switches.
    StrongestMoves = 31 {
        /// 41 stored values of the first, then of the last.
        values: Vec<f32>,
    }
    /// The 41 stored values of a patch as the plane changes it from one point to another; its differences from the
    /// plane's patch stay.
    PatchAround = 32 {
        /// 41 stored values of the patch at the first point.
        values: Vec<f32>,
        /// x and y of the first, then of the second.
        points: Vec<f32>,
    }
    /// Takes the target as a voice to be sketched, if `VoiceProblem` finds no problem.
    BeginSketch = 33 {
        /// The indices of the parameters that the sketch's patch keeps.
        locked: Vec<u8>,
        /// The 41 stored values that have them.
        values: Vec<f32>,
    }
    /// Goes on with the search for its longest note for some renders. Returns the share of all of a sketch's renders, 1
    /// when this search is over, the distance of the best patch, and its 41 stored values.
    StepSketch = 34 {}
    /// Goes on from a patch for the longest note with whole performances, once; every worker that is to judge gets it.
    /// Returns the patches to judge: 41 stored values each.
    RefineSketch = 35 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// Judges patches. Returns for each the distance of its whole performance from the voice, 0 for the same.
    JudgeSketch = 36 {
        /// 41 stored values for each patch.
        values: Vec<f32>,
    }
    /// Takes the distances of the judged patches from the voice; every worker that judges gets them. Returns the least
    /// distance, the 41 stored values of its patch, and the next patches to judge, none at the end.
    RecordSketch = 37 {
        /// A number for each, in their order.
        losses: Vec<f64>,
    }
    /// The sketch with a patch: the 41 stored values of the patch, as loud as the voice; then for each note its begin
    /// and its end in seconds, its key and its velocity.
    FinishSketch = 38 {
        /// 41 stored values.
        values: Vec<f32>,
    }
    /// The sound of the last finished sketch: one channel at 44.1 kHz.
    SketchSamples = 39 {}
    /// The notes, bends and cutoffs of a sketch as the bytes of a MIDI file.
    SketchMidi = 40 {
        /// The performance of the sketch, as `SketchPerformance` returns it.
        performance: Vec<f32>,
        /// The name of its track, in UTF-8.
        name: File,
        /// The tempo that it states, in beats a minute.
        bpm: f32,
    }
    /// Level, 0…1, and pitch, in semitones above MIDI key 0, of a sound every 10 ms, in turns;
    /// not-a-number without pitch.
    VoiceContours = 41 {
        /// One channel at 44.1 kHz.
        samples: Vec<f32>,
    }
    /// Returns three numbers about a sketch of a sound. The first is the reason why it cannot be sketched as a melody:
    /// 0 if it can, 1 to 3 as `HearTarget`, 4 if it has no pitch, 5 if its notes are too short. The second is 1 if it
    /// has enough hits to be sketched as a rhythm, the third is 1 if most of it has no pitch; otherwise they are 0. The
    /// target stays.
    VoiceProblem = 42 {
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel, or an empty list.
        right: Vec<f32>,
        /// Frames a second.
        sample_rate_hz: f64,
    }
    /// Takes the target as a rhythm to be sketched. Returns for each hit its kind, counted from 0, the MIDI key that
    /// plays it, its begin and the held time of its key, in seconds, and its velocity; an empty list if there are too
    /// few hits.
    BeginRhythm = 43 {
        /// The most kinds of hits.
        most_kinds: u8,
    }
    /// Goes on with the search for the patch of a kind of hits for some renders. Returns its report, as `BeginStrand`
    /// does. The patch is as loud as the hits.
    StepRhythm = 44 {
        /// The kind.
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
        /// The tempo that it states, in beats a minute.
        bpm: f32,
    }
    /// How an answer differs from the target: a percentage, 0 for equal sounds, and at most three remarks, the most
    /// audible first. Each is a code and three numbers: 0 too loud, 1 too quiet (dB), 2 too bright, 3 too dark (from
    /// and to in seconds, octaves), 4 the attack too slow, 5 too fast (seconds), 6 ends too early, 7 too late
    /// (seconds), 8 low partials are missing, 9 high ones (Hz), 10 the level swings too much, 11 too little (dB), 12
    /// the rhythm is missing (hits), 13 the pitch moves too much, 14 too little (cents), 15 another pitch (cents above
    /// the target's), 16 too much noise, 17 too little (share of the power).
    CompareAnswer = 47 {
        /// 41 stored values.
        values: Vec<f32>,
        /// The key that it plays, 0…127.
        key: u8,
        /// The time at which its key is released, in seconds.
        held_s: f32,
        /// The bend of its note from the key, in cents.
        bend_cents: f32,
        /// 1 if its volume does not count, else 0.
        is_levelled: u8,
    }
    /// How a sketch differs from the target: the remarks of `CompareAnswer`; its volume does not count.
    CompareSketch = 48 {
        /// One channel at 44.1 kHz.
        samples: Vec<f32>,
    }
    /// The kind of a sound: 0 a note, 1 without a pitch, 2 a chord, 3 a melody, 4 a rhythm, 5 several sounds. Then come
    /// the number of its notes, hits or sounds; the share of its energy in the difference of both channels; the begin
    /// and the end of the loudest of several sounds, in seconds, 0 and 0 without that; and the keys of a chord, the
    /// lowest first. Empty for a sound that cannot be searched for. The target stays.
    SoundKind = 49 {
        /// Samples of the left channel.
        left: Vec<f32>,
        /// As many of the right channel, or an empty list.
        right: Vec<f32>,
        /// Frames a second.
        sample_rate_hz: f64,
    }
    /// Measures the curve of this property before those that are not begun.
    PreferMacro = 50 {
        /// Its place in `macro_control::SoundProperty::ALL`.
        place: u8,
    }
    /// Measures a patch in notes that are struck again and again. Returns the value of each layer of the timbral map,
    /// in the map's order; the reverb is not measured and is 0.
    MeasureStruck = 51 {
        /// 41 stored values.
        values: Vec<f32>,
        /// The time from one note to the next, in seconds.
        note_s: f64,
    }
    /// The figures of sounds that follow each other on a way: the root mean square of the second differences of a scale
    /// in points, the mean of all scales, and the greatest distance of the loudness from the line between both ends in
    /// dB. Both are not-a-number if a sound is silent.
    WayFigures = 52 {
        /// Eight numbers for each of at least three sounds, as `MeasureScales` returns them.
        measured: Vec<f64>,
    }
    /// The performance of the last finished sketch as numbers, at the times of the given sound: with the silence before
    /// its onset.
    SketchPerformance = 53 {}
}
