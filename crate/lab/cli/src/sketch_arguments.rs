//! The options of `latent-pad sketch`.

use crate::value_parsers::{wav, whole};
use clap::Args;
use std::path::PathBuf;

/// `latent-pad sketch`
#[derive(Args)]
pub struct SketchArguments {
    /// A recorded voice: WAV, FLAC, OGG Vorbis or MP3; its first ten seconds count
    #[arg(value_name = "VOICE")]
    pub voice: PathBuf,
    /// Write the patch to this preset file, whose name must not end in .bank; of a beatboxed rhythm the patches of its hits to a bank, whose name must not end in .amSynthPreset
    #[arg(short, long, value_name = "PATCH")]
    pub output: Option<PathBuf>,
    /// Write the sound of the patch, played as the voice sings, to this file (32-bit float, mono)
    #[arg(long, value_name = "OUT.wav", value_parser = wav())]
    pub wav: Option<PathBuf>,
    /// Write the notes, with glides as pitch bend and the brightness as controller 74, to this file; of a rhythm a channel for each kind of hit, bent to its pitch
    #[arg(long, value_name = "OUT.mid")]
    pub midi: Option<PathBuf>,
    /// Take the voice as a rhythm of hits of at most six kinds, also where it has a pitch; without a pitch it is taken so by itself
    #[arg(long)]
    pub beatbox: bool,
    /// The network that guesses the patch of a melody [default: models/sound_to_patch.onnx, or else the embedded one]
    #[arg(long, value_name = "sound_to_patch.onnx", conflicts_with = "beatbox")]
    pub model: Option<PathBuf>,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = whole::<u64>)]
    pub seed: u64,
    /// Print JSON, times counted from the beginning of the recording: the notes, what is heard in the voice, and the patch
    #[arg(long)]
    pub json: bool,
}
