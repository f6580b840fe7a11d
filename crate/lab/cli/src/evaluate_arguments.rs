//! The options of `latent-pad evaluate`.

use crate::path_arguments::strikes;
use crate::value_parsers::whole;
use clap::{Args, ValueEnum};
use evaluate::HELD_BACK_COUNT;
use path::target::USUAL_STRIKES_HZ;
use std::path::PathBuf;

/// `latent-pad evaluate`
#[derive(Args)]
pub struct EvaluateArguments {
    /// The decoder. The encoder is beside it, under the same name with “encoder” for “decoder”, or else as encoder.onnx
    /// [default: those of models/, or else the embedded ones]. With --task timbre it is a domain, or a file of
    /// `latent-pad train --task timbre`
    #[arg(long, value_name = "decoder.onnx")]
    pub model: Option<PathBuf>,
    /// The task: evaluate the plane, the search for the patch of a sound, of a file or of a sketch, which needs no model, paths
    /// that follow a target, macro-controls, which need no model, transitions between presets, or a latent space of
    /// tones
    #[arg(long, value_enum, default_value_t = TaskArgument::Plane)]
    pub task: TaskArgument,
    /// With --task match or files: the numbers of tried patches after which each search is evaluated
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_values_t = [300, 1000], value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub renders: Vec<u32>,
    /// With --task match, files or sketch: also take the WAV, FLAC, OGG Vorbis, Opus and MP3 files of a folder, one table for each;
    /// may be given several times
    #[arg(long, value_name = "DIR")]
    pub sounds: Vec<PathBuf>,
    /// With --task match, files, macro, interpolation or sketch: take only every Nth sound or preset, from the first
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub every: u32,
    /// With --task match, files or sketch: the network that guesses patches; with match several, each named after its folder
    /// [default: models/sound_to_patch.onnx, or else the embedded one]
    #[arg(long, value_name = "sound_to_patch.onnx")]
    pub match_model: Vec<PathBuf>,
    /// With --task match: leave out the searches without a network, which take two thirds of the time
    #[arg(long)]
    pub networks_only: bool,
    /// With --task match or files: also draw the spectrograms of four targets of each table, the first of each quarter,
    /// with their best guesses into this folder; of files also the five that are farthest from their answers
    #[arg(long, value_name = "DIR")]
    pub png: Option<PathBuf>,
    /// The presets to compare, one table for each set; to choose a model, use validation [default: validation, or none
    /// with --sounds]
    #[arg(long, value_enum, value_delimiter = ',')]
    pub rows: Vec<RowsArgument>,
    /// The protocol by which both sides of a comparison are computed
    #[arg(long, value_enum, default_value_t = ProtocolArgument::Clean)]
    pub protocol: ProtocolArgument,
    /// The layout in which the networks read and write a patch
    #[arg(long, value_enum, default_value_t = LayoutArgument::Ours)]
    pub layout: LayoutArgument,
    /// Folder of the .bank and .amSynthPreset files that the model was trained on; Debian's hold the paper's rows
    #[arg(long, value_name = "DIR", default_value = "/usr/share/amsynth/banks")]
    pub banks: PathBuf,
    /// With --task files
    #[command(flatten)]
    pub files: FileEvaluation,
    /// With --task timbre
    #[command(flatten)]
    pub timbre: TimbreEvaluation,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The sounds of `latent-pad evaluate --task files`
#[derive(Args)]
pub struct FileEvaluation {
    /// With --task files: made sounds of these kinds [default: all, or none with --rows or --sounds]
    #[arg(long, value_enum, value_name = "KIND,...", value_delimiter = ',')]
    pub kinds: Vec<KindArgument>,
    /// With --task files: the number of made sounds of each kind
    #[arg(long, value_name = "N", default_value_t = HELD_BACK_COUNT, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub made: u32,
    /// With --task files: the seed of the made sounds; choose settings of a search with other sounds than those of the
    /// default, which are held back to report [default: 7301]
    #[arg(long, value_name = "N", value_parser = whole::<u64>)]
    pub made_seed: Option<u64>,
    /// With --task files: take this many sounds of at most four seconds of each folder in --sounds, as many of each of
    /// its subfolders, spread evenly over the order of their paths
    #[arg(long, value_name = "N", requires = "sounds", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub count: Option<u32>,
    /// With --task files: the answers that share the renders of a search; the one that is shown first counts. The page
    /// finds four
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub answers: u8,
    /// With --task files: also write each sound, its answer after the most renders and the answer's preset into this
    /// folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// `--kinds`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArgument {
    /// One oscillator, an envelope, a filter that stands still
    Plain,
    /// Two oscillators, an envelope of the filter, one modulation or a reverb
    Usual,
    /// Nearly every parameter is random
    Wild,
}

/// The notes of `latent-pad evaluate --task timbre`, each in a file of its own, named as for `latent-pad train --task
/// timbre`; and the domain of `--task target`
#[derive(Args)]
pub struct TimbreEvaluation {
    /// With --task timbre: a folder of notes of the domain that the model was not trained on; may be given several
    /// times
    #[arg(long, value_name = "DIR")]
    pub notes: Vec<PathBuf>,
    /// With --task timbre: the notes that the model was trained on, to compare with their principal components
    #[arg(long, value_name = "DIR")]
    pub learned: Option<PathBuf>,
    /// With --task timbre and a model of textures: another model to measure on the same sounds; may be given several
    /// times
    #[arg(long, value_name = "MODEL")]
    pub beside: Vec<PathBuf>,
    /// With --task timbre and a model of tones: a folder of notes of another domain, to transfer to this one; may be
    /// given several times
    #[arg(long, value_name = "DIR", requires = "learned")]
    pub others: Vec<PathBuf>,
    /// With --task target: follow targets by recorded tones, of a domain or a file of `latent-pad train --task timbre`
    #[arg(long, value_name = "DOMAIN", conflicts_with = "model")]
    pub domain: Option<PathBuf>,
    /// With --domain: the MIDI key of the tones; with --task macro: that of the notes
    #[arg(long, value_name = "KEY", default_value_t = 60, value_parser = clap::value_parser!(u8).range(0..128))]
    pub key: u8,
    /// With --task target: follow targets of this scale only
    #[arg(long, value_name = "SCALE", value_parser = ["hardness", "depth", "brightness", "roughness", "warmth", "sharpness", "boominess"])]
    pub descriptor: Option<String>,
    /// With --task target: notes a second, up to 7, each held until the next one; 0 is one held note. Tones are always
    /// held
    #[arg(long, value_name = "N", conflicts_with = "domain", default_value_t = USUAL_STRIKES_HZ, allow_negative_numbers = true, value_parser = strikes)]
    pub strikes: f64,
    /// With --task interpolation: measure the ways as a person plays them, at three keys and more places, with the level
    #[arg(long)]
    pub played: bool,
}

/// `--task`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TaskArgument {
    /// Patches to points and back
    Plane,
    /// Sounds to patches
    Match,
    /// Sounds as files, of which a search knows nothing else, to patches that play the note that it reports
    Files,
    /// Paths on which a timbral scale follows a target: seven scales, four shapes, rendered and measured
    Target,
    /// Macro-controls: how evenly and how far each property follows, and how much others change
    Macro,
    /// Presets between two presets: how evenly the timbral scales change, by each method
    Interpolation,
    /// Sketches of the voices in --sounds: how closely they follow pitch, level and brightness
    Sketch,
    /// Notes encoded in a latent space of tones and decoded; notes of other domains transferred
    Timbre,
}

/// `--rows`
#[derive(Clone, Copy, ValueEnum)]
pub enum RowsArgument {
    /// Training rows that are held back: three of Debian's banks; of other banks one row in eight
    Validation,
    /// The paper's 200 test rows, of Debian's banks; of other banks the first tenth, 200 at most
    Test,
    /// Presets of the banks that no training sees; only Debian's have them
    Unseen,
}

/// `--protocol`
#[derive(Clone, Copy, ValueEnum)]
pub enum ProtocolArgument {
    /// amSynth's defaults for parameters that a bank omits, all classes, the encoder's mean
    Clean,
    /// As published: zeros instead, no last classes, sampled points, 128 rows
    Paper,
}

/// `--layout`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LayoutArgument {
    /// latent-pad's own
    Ours,
    /// The published networks: 2 → 56 behind a sigmoid
    Paper,
}
