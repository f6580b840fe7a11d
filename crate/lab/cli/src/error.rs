//! All errors of a call, each one sentence that says what to do next.

use ::evaluate::EvaluateError;
use dataset::counted;
use dataset::files::{is_protection, reason};
use features::{COMPONENT_COUNT, SPECTRAL_COUNT};
use path::target::TargetPathError;
use std::path::{Path, PathBuf};

/// The reason why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error("cannot read {}: {}", path.display(), reason(source))]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot read {}: {}; {remedy}", path.display(), reason(source))]
    ReadModel { path: PathBuf, source: std::io::Error, remedy: &'static str },
    #[error(
        "models/ holds {here} without {missing}, and these belong together: put both there, or remove {here}"
    )]
    HalfModel { here: &'static str, missing: &'static str },
    #[error("“-” is not a file: name a file, such as /dev/stdin or /dev/stdout for what is piped")]
    Dash,
    #[error("{option} writes another file beside {}, so that must be a file: name one", path.display())]
    NoStream { option: &'static str, path: PathBuf },
    #[error("{first} and {second} name the same file, {}: give each a file of its own", path.display())]
    SameFile { first: &'static str, second: &'static str, path: PathBuf },
    #[error("{} holds {file} of an earlier call with other --steps: remove its numbered files, or name another folder with -o", folder.display())]
    OldSteps { folder: PathBuf, file: String },
    #[error("{option} belongs to --task {tasks}: choose that, or leave out {option}")]
    OtherTask { option: String, tasks: String },
    #[error("{option} needs {needed}: add that, or leave out {option}")]
    NeedsOption { option: &'static str, needed: &'static str },
    #[error("cannot start --voice {}: {}; name a program that can be run", program.display(), reason(source))]
    NoVoice { program: PathBuf, source: std::io::Error },
    #[error("--voice {} plays no job as crate/lab/reference/src/job.rs describes it ({reason}): name another program", program.display())]
    OtherVoice { program: PathBuf, reason: String },
    #[error("cannot write {}: {}", path.display(), reason(source))]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot write {}: it is write-protected; name another file, or allow writing to this one", path.display())]
    Protected { path: PathBuf },
    #[error("cannot write {}: there is no folder {}; create it first", path.display(), folder.display())]
    NoFolder { path: PathBuf, folder: PathBuf },
    #[error("{}, {source}", path.display())]
    Format { path: PathBuf, source: patch::file::FileError },
    #[error("{}, {source}", path.display())]
    Tuning { path: PathBuf, source: voice::text::SyntaxError },
    #[error(transparent)]
    SilentTuning(#[from] voice::tuning::SilentTuning),
    #[error("{} has {}, numbered from 0: there is no #{index}", path.display(), counted(*count, "preset"))]
    NoSuchPreset { path: PathBuf, count: usize, index: usize },
    #[error("{} is a bank: add #INDEX (0 to {}) to say which preset", path.display(), count - 1)]
    BankWithoutIndex { path: PathBuf, count: usize },
    #[error("{} is a bank without presets: name another file", path.display())]
    EmptyBank { path: PathBuf },
    #[error("“{index}” is not the number of a preset of {}: write #0 for the first", path.display())]
    IndexIsNoNumber { path: PathBuf, index: String },
    #[error("{}: {source}", path.display())]
    Model { path: PathBuf, source: ::model::ModelError },
    #[error("cannot write {}: {source}", path.display())]
    Wav { path: PathBuf, source: sound_file::WavWriteError },
    #[error("{} is not a sound that can be read: {source}; {}", path.display(), source.advice())]
    NoSound { path: PathBuf, source: sound_file::SoundFileError },
    #[error(
        "nothing of {} is chosen: it has {length_s:.2} seconds; name a --from before its end and a --to after that",
        path.display()
    )]
    EmptyRegion { path: PathBuf, length_s: f64 },
    #[error("{} has no part that can be measured: name a longer or louder sound", path.display())]
    NoContour { path: PathBuf },
    #[error("{} does not change its {scale} by a point: name another sound or another descriptor", path.display())]
    FlatContour { path: PathBuf, scale: String },
    #[error("{} holds no sound that can be used: name a folder of WAV, FLAC, OGG Vorbis, Opus or MP3 files with {option}", path.display())]
    NoSounds { path: PathBuf, option: &'static str },
    #[error(
        "there is no domain “{name}”: name strings, voices, winds, brass, amsynth or textures, or a file that `latent-pad train --task timbre` wrote"
    )]
    NoDomain { name: String },
    #[error("{}: {source}", path.display())]
    FrameModel { path: PathBuf, source: frame_model::FrameModelError },
    #[error("{}: {source}", path.display())]
    NoFrames { path: PathBuf, source: spectral::SpectralError },
    #[error("{} is more than {most_db} dB above full scale: scale its samples to −1…1 first", path.display())]
    TooLoud { path: PathBuf, most_db: f32 },
    #[error("{} is not a sound in a latent space: {reason}; make one with `latent-pad timbre encode`", path.display())]
    FrameFile { path: PathBuf, reason: String },
    #[error("{option} needs one value, or several with rising times in seconds, such as 0:200,5:1000")]
    NoCurve { option: &'static str },
    #[error("--frequency is above {most_hz} Hz, 0.4 of the sample rate of {}: choose a lower one", path.display())]
    BandTooHigh { path: PathBuf, most_hz: f32 },
    #[error("no recorded notes are named: name a folder of them with --sounds")]
    NoSoundsNamed,
    #[error("no note in {} has a pitch: name a folder of recorded notes with --notes", path.display())]
    NoPitches { path: PathBuf },
    #[error("no note in {} is held for 0.6 s at the key in its name: name a folder of longer notes with --notes", path.display())]
    NoHeldNotes { path: PathBuf },
    #[error(
        "no model of tones is named: name a domain or a file of `latent-pad train --task timbre` with --model"
    )]
    NoFrameModelNamed,
    #[error("no notes are named: name a folder of notes that the model was not trained on with --notes")]
    NoNotesNamed,
    #[error("no presets are named: name a folder of banks with --banks")]
    NoBanksNamed,
    #[error("the domain has no name: give it one with --domain")]
    NoDomainName,
    #[error("the domain's name or its notices are too long: give at most 64 and 8192 bytes")]
    LongTexts,
    #[error("{} has samples that are not finite numbers: save it again from a sound editor", path.display())]
    NotFinite { path: PathBuf },
    #[error(
        "there is no voice to sketch: name a folder of WAV, FLAC, OGG Vorbis, Opus or MP3 files with --sounds"
    )]
    NoVoices,
    #[error("{}: {source}", path.display())]
    Target { path: PathBuf, source: matching::TargetError },
    #[error("{} is a rhythm, which becomes a bank: name the file {}", voice.display(), named.display())]
    RhythmIsBank { voice: PathBuf, named: PathBuf },
    #[error("{} is not a rhythm and becomes one preset: name the file {}", voice.display(), named.display())]
    MelodyIsPreset { voice: PathBuf, named: PathBuf },
    #[error("{}: {source}", path.display())]
    Sketch { path: PathBuf, source: sketching::SketchError },
    #[error("{}: {source}", path.display())]
    KnownSounds { path: PathBuf, source: matching::KnownSoundsError },
    #[error("{} holds the sounds of other presets than {}: make both anew with `latent-pad train`", path.display(), presets.display())]
    OtherSounds { path: PathBuf, presets: PathBuf },
    #[error("{}: {source}", path.display())]
    Presets { path: PathBuf, source: plane::presets::PresetsError },
    #[error("{} has {channels} channels: mix them down to one or two first", path.display())]
    ManyChannels { path: PathBuf, channels: usize },
    #[error("{}: {source}", path.display())]
    Timbre { path: PathBuf, source: timbre::TimbreError },
    #[error("{} holds no .bank file with presets: name a folder of banks with --banks", path.display())]
    NoPresets { path: PathBuf },
    #[error("{}: {}; {remedy}", path.display(), without_advice(source))]
    Json { path: PathBuf, source: serde_json::Error, remedy: &'static str },
    #[error("the points in {} are those of another model: make them for this one with `latent-pad place`{instead}", path.display())]
    OtherModel { path: PathBuf, instead: &'static str },
    #[error("{} is the map of another model: {remedy}", path.display())]
    OtherMap { path: PathBuf, remedy: &'static str },
    #[error("{} has other scales than the descriptors, or in another order: {remedy}", path.display())]
    MapScales { path: PathBuf, remedy: &'static str },
    #[error("{}: {source}", path.display())]
    PathFile { path: PathBuf, source: path::PathFileError },
    #[error("{}: {source}", path.display())]
    MidiPath { path: PathBuf, source: path::midi::MidiPathError },
    #[error("{}: {source}", path.display())]
    Dimensions { path: PathBuf, source: path::blend::DimensionError },
    #[error("{}: {option} needs a path of the plane, with the two dimensions x and y, and this one has {dimensions}: leave out {option}", path.display())]
    NoPlane { path: PathBuf, option: &'static str, dimensions: usize },
    #[error(
        "{} and the known presets and map do not belong together: make it with `latent-pad map -o map.json --preset-layers preset_layers.bin`, which writes both files for the model in models/, and put both there", path.display()
    )]
    PresetLayers { path: PathBuf },
    #[error("the decoder gives no patch on the path: {0}")]
    Playing(String),
    #[error(
        "the path has too many notes and values at the same time to play: make it shorter, or save it with fewer notes at the same time or fewer values a second"
    )]
    PathSize,
    #[error(transparent)]
    TargetPath(#[from] TargetPathError),
    #[error(transparent)]
    PathOption(#[from] crate::path_checks::PathOptionError),
    #[error(transparent)]
    Interpolation(#[from] ::interpolation::InterpolationError),
    #[error(transparent)]
    Macro(#[from] ::macro_control::MacroError),
    #[error(transparent)]
    PathValues(#[from] path::PathValueError),
    #[error("{} holds no perceptual distance: the mean of {SPECTRAL_COUNT} features, {COMPONENT_COUNT} components of the same length, and two spreads above 0 are expected; make it with `latent-pad train`", path.display())]
    InvalidMetric { path: PathBuf },
    #[error("the results cannot be written as JSON: {0}; please report this as a bug")]
    Figures(serde_json::Error),
    #[error(
        "{} has other presets than {}: name the banks of this model with --banks, or another folder with -o",
        path.display(),
        banks.display()
    )]
    OtherPresets { path: PathBuf, banks: PathBuf },
    #[error("presets that differ from amsynth: {different} of {total}")]
    NotExact { different: usize, total: usize },
    #[error(transparent)]
    Reference(#[from] reference::ReferenceError),
    #[error(transparent)]
    Dataset(#[from] dataset::DatasetError),
    #[error(transparent)]
    Table(#[from] dataset::TableError),
    #[error(transparent)]
    WriteFiles(#[from] dataset::files::WriteError),
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    #[error(transparent)]
    Train(#[from] train::TrainError),
}

impl CliError {
    /// Reading of `path` failed.
    pub fn read(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::NotFound if path == Path::new("-") => Self::Dash,
            _ => Self::Read { path, source },
        }
    }

    /// True if the command was called wrongly, so that no file and no other model would help.
    pub fn is_wrong_usage(&self) -> bool {
        matches!(
            self,
            Self::Dash
                | Self::SameFile { .. }
                | Self::NoStream { .. }
                | Self::OtherTask { .. }
                | Self::NeedsOption { .. }
                | Self::PathOption(_)
                | Self::TargetPath(TargetPathError::Unknown { .. } | TargetPathError::ForbiddenPin(_))
                | Self::Evaluate(EvaluateError::TargetPath(TargetPathError::Unknown { .. }))
                | Self::NoCurve { .. }
                | Self::NoSoundsNamed
                | Self::NoFrameModelNamed
                | Self::NoNotesNamed
                | Self::NoBanksNamed
                | Self::NoVoices
                | Self::NoDomainName
                | Self::LongTexts
                | Self::RhythmIsBank { .. }
                | Self::MelodyIsPreset { .. }
        )
    }

    /// Writing of `path` failed.
    pub fn write(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let folder = folder.map(Path::to_owned);
        // Errors of temporary files name these files, which the user does not know, so that only the kind is reported.
        move |source| match (folder, source.raw_os_error()) {
            (Some(folder), _) => Self::NoFolder { path, folder },
            (None, None) if is_protection(&source) => Self::Protected { path },
            (None, Some(_)) => Self::Write { path, source },
            (None, None) => Self::Write { path, source: source.kind().into() },
        }
    }

    /// The content of `path` is not a preset or bank.
    pub fn format(path: &Path) -> impl FnOnce(patch::file::FileError) -> Self {
        let path = path.to_owned();
        move |source| Self::Format { path, source }
    }

    /// The network in `path` cannot be used.
    pub fn model(path: &Path) -> impl FnOnce(::model::ModelError) -> Self {
        let path = path.to_owned();
        move |source| Self::Model { path, source }
    }
}

/// The error of a file without its advice. A map or a table of points advises itself how to make it, but the call's own
/// advice is more exact.
fn without_advice(source: &serde_json::Error) -> String {
    let text = source.to_string();
    text.split("; make ").next().unwrap_or_default().to_owned()
}
