//! The commands of `latent-pad` with their options.

use crate::conventions::CONVENTIONS;
use crate::evaluate_arguments::EvaluateArguments;
use crate::interpolation_arguments::InterpolationArguments;
use crate::macro_arguments::MacroArguments;
use crate::match_arguments::MatchArguments;
use crate::notes::NoteList;
use crate::path_arguments::{PathArguments, TargetArguments};
use crate::preset_source::PresetSource;
use crate::region_arguments::RegionArguments;
use crate::sketch_arguments::SketchArguments;
use crate::tuning::TuningFiles;
use crate::value_parsers::{finite, png, preset, seconds, wav, whole};
use clap::{Args, Parser, Subcommand, ValueEnum};
use plane::map::GRID_LIMIT;
use std::path::PathBuf;

/// Plays, finds and places amSynth patches on a latent plane
#[derive(Parser)]
#[command(name = "latent-pad", version, after_long_help = CONVENTIONS)]
pub struct CommandLine {
    /// The command to run.
    #[command(subcommand)]
    pub call: Call,
}

/// The commands.
#[derive(Subcommand)]
pub enum Call {
    /// Play a preset into a WAV file (32-bit float, stereo)
    Render(RenderArguments),
    /// Print the patch at a point of the latent plane as JSON
    Decode(DecodeArguments),
    /// Print the point of a preset on the latent plane as JSON
    Encode(EncodeArguments),
    /// Print the 41 values of a preset as JSON
    Show(ShowArguments),
    /// Train a model on banks of presets and write all its files
    ///
    /// By default it trains the networks of the plane, which the page loads. With --task match it trains a network that
    /// guesses the patch of a sound, with --task timbre a latent space of tones on a folder of sounds.
    Train(TrainArguments),
    /// Print the eight timbral descriptors of sound files
    ///
    /// A file that cannot be read does not stop the others.
    Analyze(AnalyzeArguments),
    /// Measure every preset of a folder of banks and write one Parquet table
    ///
    /// One row for each distinct preset: its 41 parameters, its use (train, test, unseen, twin), and the features of
    /// its test note: 162 spectral features, eight timbral descriptors, loudness. crate/lab/dataset/README.md describes
    /// the columns. An interrupted call resumes.
    Dataset(DatasetArguments),
    /// Place every known preset on the plane by perceptual search
    ///
    /// Renders and measures every distinct preset, and writes the point of the plane that sounds nearest to each. The
    /// search starts at the nearest of 50 × 50 points (16 × 16 of a model of train --quick), and measures every point
    /// that it tries between them. The sounds of the 50 × 50 points are in sounds.bin beside the model; if that file is
    /// missing, they are measured first.
    Place(PlaceArguments),
    /// Measure how well a model preserves the sound of presets
    ///
    /// Prints a table with the baselines beside the model. Its columns are parameters and classes (MSE, accuracy),
    /// timbre (A: mean absolute difference of the seven scales) and spectrum (phi: unexplained variance; mean |dB|), at
    /// the encoder's point and at the point found by ear. Below the table are figures of the whole plane.
    /// models/README.md explains the terms; models/match.md and models/timbre.md explain those of the other tasks.
    Evaluate(EvaluateArguments),
    /// Draw the timbral map: descriptors and loudness over the plane
    ///
    /// Decodes a grid of points over the latent square, plays the test note with each patch (C4, velocity
    /// 100, two of four seconds), and writes the eight timbral descriptors and the loudness of all points
    /// into one JSON file.
    Map(MapArguments),
    /// Find the patches that sound most like a sound
    ///
    /// Finds the sound's pitch, starts from the known presets that are nearest to it, and changes them until their mel
    /// spectrum over time is the sound's. The same sound and seed give the same patches on the same processor, unless
    /// --seconds ends the search. A distance compares at the volume that suits best; after that a patch becomes as loud
    /// as the sound.
    Match(MatchArguments),
    /// Change one property of a preset's sound and keep the others
    ///
    /// The properties are brightness, warmth, hardness, roughness, depth, attack, length and movement. The command
    /// measures how they change with the parameters around this preset. For each property it follows a curve of patches
    /// along which that one changes and the others change little. Without an amount it prints how far each
    /// macro-control reaches. The same preset gives the same patches.
    Macro(MacroArguments),
    /// Find presets between two presets
    ///
    /// Renders and measures patches between both, and chooses and changes them so that seven timbral scales change
    /// evenly; or goes straight over the plane or in the parameters. Both ends are exact. Prints how even each way is,
    /// as the distance of the scales from the straight line and as their second differences. The same presets give the
    /// same bytes.
    Interpolate(InterpolationArguments),
    /// Turn a sung, hummed or spoken sound into a patch and the notes that play it
    ///
    /// The pitch becomes notes with glides and vibrato. The loudness becomes the amplifier's envelope, the brightness
    /// the filter's, and breath becomes noise; a search finds the rest of the patch within these limits. A beatboxed
    /// rhythm becomes a pattern of notes and a patch for each kind of hit. Times are those of the recording, from its
    /// beginning. The same recording and seed give the same files.
    Sketch(SketchArguments),
    /// Make a path over the plane on which a timbral scale follows a shape
    ///
    /// Plans the path over the timbral map, refines it by rendering and measuring, and prints how well the sound
    /// follows. Writes a path file, which `latent-pad path` plays and changes.
    Target(TargetArguments),
    /// Play, change or convert a path file
    ///
    /// Operators apply in the order of this help. Without -o, --wav or another output it prints a description of the
    /// path. crate/plane/path/path.schema.json defines a path file.
    Path(PathArguments),
    /// Show the known presets and the points of the plane by their sounds
    ///
    /// The two axes are principal components of the seven timbral scales. Prints for each axis the share of
    /// the variance that it explains and the two scales with the greatest weights in it. Uses the model of models/, or
    /// else the embedded one.
    Codebook(CodebookArguments),
    /// Take sounds through a latent space of tones: encode, decode, interpolate, transfer, feedback; or
    /// write a model's plane as data
    ///
    /// A domain is a model of strings, voices, winds, brass, amsynth or textures (chords and noises), or one that
    /// `latent-pad train --task timbre` made of recorded notes. models/timbre.md describes them. The same sounds give
    /// the same bytes.
    Timbre(crate::timbre_arguments::TimbreArguments),
    /// Compare our voice with the real amsynth, sample by sample
    Null(NullArguments),
    /// Host the real amsynth: a job on standard input, samples on standard output
    #[command(hide = true)]
    AmsynthHost,
    /// Print this help of all commands as Markdown: docs/command.md
    #[command(hide = true)]
    MarkdownHelp,
}

/// `latent-pad render`
#[derive(Args)]
pub struct RenderArguments {
    /// A preset file, or FILE.bank#INDEX (counted from 0)
    pub preset: PresetSource,
    /// The WAV file to write
    #[arg(short, long, value_name = "OUT.wav", value_parser = wav())]
    pub output: PathBuf,
    /// Notes to play: KEY and VEL 0 to 127, ON and OFF in frames [default: middle C for two seconds; at 44100 Hz
    /// 60:100:0:88192]
    #[arg(long, value_name = "KEY:VEL:ON:OFF,...")]
    pub notes: Option<NoteList>,
    /// Tuning
    #[command(flatten)]
    pub tuning: TuningFiles,
    /// Length of the file in seconds
    #[arg(long, value_name = "S", default_value_t = 4.0, allow_negative_numbers = true, value_parser = seconds)]
    pub seconds: f64,
    /// Sample rate in hertz, 8000 to 384000
    #[arg(long, value_name = "HZ", default_value_t = 44_100, value_parser = clap::value_parser!(u32).range(8_000..=384_000))]
    pub rate: u32,
    /// Frames per buffer of the host that amSynth would play in, 1 to 65536
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub block: u32,
}

/// `latent-pad decode`
#[derive(Args)]
pub struct DecodeArguments {
    /// Latent x, -4 to 4
    #[arg(allow_negative_numbers = true, value_parser = finite)]
    pub x: f32,
    /// Latent y, -4 to 4
    #[arg(allow_negative_numbers = true, value_parser = finite)]
    pub y: f32,
    /// The decoder [default: models/decoder.onnx, or else the embedded one]
    #[arg(long, value_name = "decoder.onnx")]
    pub model: Option<PathBuf>,
    /// Write the patch to this preset file instead of printing it
    #[arg(short, long, value_name = "FILE.amSynthPreset", conflicts_with = "raw", value_parser = preset())]
    pub output: Option<PathBuf>,
    /// Print the network's output numbers instead; takes any ONNX file with two inputs
    #[arg(long)]
    pub raw: bool,
}

/// `latent-pad encode`
#[derive(Args)]
pub struct EncodeArguments {
    /// A preset file, or FILE.bank#INDEX (counted from 0)
    pub preset: PresetSource,
    /// The encoder, or with --by ear the decoder [default: that of models/, or else the embedded one]
    #[arg(long, value_name = "FILE.onnx")]
    pub model: Option<PathBuf>,
    /// The method that finds its point
    #[arg(long, value_enum, default_value_t = PlacedBy::Encoder)]
    pub by: PlacedBy,
    /// The perceptual distance, with --by ear [default: the file beside the given decoder, else that of models/, or
    /// else the embedded one]
    #[arg(long, alias = "hearing", value_name = "distance.json")]
    pub distance: Option<PathBuf>,
}

/// `--by`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlacedBy {
    /// By the encoder: a distribution, at once
    Encoder,
    /// By perceptual search: the point that sounds nearest. The first call with a model of one's own measures its plane
    /// for about a minute, and keeps the measurements beside it as sounds.bin
    Ear,
}

/// `latent-pad show`
#[derive(Args)]
pub struct ShowArguments {
    /// A preset file, or FILE.bank#INDEX (counted from 0)
    pub preset: PresetSource,
}

/// `latent-pad train`
#[derive(Args)]
pub struct TrainArguments {
    /// Folder of .bank and .amSynthPreset files, such as /usr/share/amsynth/banks; not with --task timbre
    #[arg(long, value_name = "DIR")]
    pub banks: Option<PathBuf>,
    /// The task: train the plane, a network that guesses the patch of a sound, or a latent space of tones
    #[arg(long, value_enum, default_value_t = TrainingTask::Plane)]
    pub task: TrainingTask,
    /// With --task timbre
    #[command(flatten)]
    pub timbre: crate::timbre_arguments::TimbreTraining,
    /// With --task match: the network: mlp, cnn, vae, wae, vae-flow or vae-flow-post
    #[arg(long, value_name = "NAME", default_value_t = train::sound_to_patch::SHIPPED, value_parser = network)]
    pub model: train::sound_to_patch::Model,
    /// Folder to write the model into: decoder.onnx, encoder.onnx, coordinates.json, presets.bin, map.json,
    /// distance.json, sounds.bin, preset_sounds.bin and training.json, or sound_to_patch.onnx with --task match; with
    /// --task timbre the file to write
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Random seed; the same seed on the same machine gives the same files
    #[arg(long, value_name = "N", default_value_t = train::DEFAULT_SEED, value_parser = whole::<u64>)]
    pub seed: u64,
    /// Train one simple model fast instead of the best of three, or a network on few sounds
    #[arg(long)]
    pub quick: bool,
}

/// `--task` of `latent-pad train`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrainingTask {
    /// Patches to points and back
    Plane,
    /// Sounds to patches
    Match,
    /// Recorded notes to a latent space of tones
    Timbre,
}

/// `latent-pad analyze`
#[derive(Args)]
pub struct AnalyzeArguments {
    /// Sounds, mono or stereo: WAV, FLAC, OGG Vorbis, Opus or MP3; the first two minutes of each count
    #[arg(required = true, value_name = "SOUND")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub region: RegionArguments,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values, one line per file
    #[arg(long)]
    pub csv: bool,
}

/// `latent-pad dataset`
#[derive(Args)]
pub struct DatasetArguments {
    /// Folder of .bank and .amSynthPreset files, such as /usr/share/amsynth/banks
    #[arg(long, value_name = "DIR")]
    pub banks: PathBuf,
    /// The table to write
    #[arg(short, long, value_name = "FILE.parquet")]
    pub output: PathBuf,
    /// Only the Ith of N shares of the presets, for a cluster's job array
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    pub shard: dataset::table::Shard,
}

/// `latent-pad place`
#[derive(Args)]
pub struct PlaceArguments {
    /// Folder of .bank and .amSynthPreset files
    #[arg(long, value_name = "DIR", default_value = "/usr/share/amsynth/banks")]
    pub banks: PathBuf,
    /// The decoder [default: models/decoder.onnx, or else the embedded one]
    #[arg(long, value_name = "decoder.onnx")]
    pub model: Option<PathBuf>,
    /// The perceptual distance [default: the file beside the given decoder, else that of models/, or else the embedded
    /// one]
    #[arg(long, alias = "hearing", value_name = "distance.json")]
    pub distance: Option<PathBuf>,
    /// Folder to write coordinates.json into
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// `latent-pad map`
#[derive(Args)]
pub struct MapArguments {
    /// The map to write
    #[arg(short, long, value_name = "map.json")]
    pub output: PathBuf,
    /// Points along each side of the square, 2 to 256
    #[arg(long, value_name = "N", default_value_t = search::timbral_map::GRID, value_parser = clap::value_parser!(u16).range(2..=i64::from(GRID_LIMIT)))]
    pub grid: u16,
    /// The decoder [default: models/decoder.onnx, or else the embedded one]
    #[arg(long, value_name = "decoder.onnx")]
    pub model: Option<PathBuf>,
    /// Also draw the layers into this folder: one picture each and two sheets
    #[arg(long, value_name = "DIR")]
    pub png: Option<PathBuf>,
    /// Known patches to draw as dots
    #[arg(long, value_name = "coordinates.json", requires = "png")]
    pub coordinates: Option<PathBuf>,
    /// Also measure the known presets of models/, for the codebook
    #[arg(long, value_name = "preset_layers.bin", conflicts_with = "model")]
    pub preset_layers: Option<PathBuf>,
}

/// `latent-pad codebook`
#[derive(Args)]
pub struct CodebookArguments {
    /// With --png: the layer of the map that colours the dots, with its histogram
    #[arg(long, value_name = "NAME", requires = "png", default_value = "brightness")]
    pub descriptor: String,
    /// The picture to draw
    #[arg(long, value_name = "OUT.png", value_parser = png())]
    pub png: Option<PathBuf>,
    /// Print a line for each dot as comma-separated values
    #[arg(long)]
    pub csv: bool,
}

/// `latent-pad null`
#[derive(Args)]
pub struct NullArguments {
    /// Folder of .bank files
    #[arg(long, value_name = "DIR", default_value = "/usr/share/amsynth/banks")]
    pub banks: PathBuf,
    /// Take every Nth preset; 1 takes all
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..))]
    pub every: u32,
    /// Sample rate in hertz, 8000 to 192000
    #[arg(long, value_name = "HZ", default_value_t = 44_100, value_parser = clap::value_parser!(u32).range(8_000..=192_000))]
    pub rate: u32,
    /// Frames per buffer of the host, 1 to 8192
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=8_192))]
    pub block: u32,
    /// Compare another program's sound instead of our native voice's: wasm-tests/render.mjs plays the browser's
    /// module; crate/lab/reference/src/job.rs describes its input and output
    #[arg(long, value_name = "PROGRAM")]
    pub voice: Option<PathBuf>,
    /// Print JSON, with a line for each preset
    #[arg(long)]
    pub json: bool,
}

fn network(name: &str) -> Result<train::sound_to_patch::Model, String> {
    let mut all = train::sound_to_patch::Model::ALL.into_iter();
    all.find(|model| model.name() == name)
        .ok_or_else(|| "mlp, cnn, vae, wae, vae-flow or vae-flow-post is expected".to_owned())
}
