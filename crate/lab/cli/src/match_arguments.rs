//! The options of `latent-pad match`.

use crate::region_arguments::RegionArguments;
use crate::value_parsers::{preset, seconds, wav, whole};
use clap::Args;
use std::path::PathBuf;

/// `latent-pad match`
#[derive(Args)]
pub struct MatchArguments {
    /// A sound: WAV, FLAC, OGG Vorbis, Opus or MP3; its first ten seconds count
    #[arg(value_name = "SOUND")]
    pub sound: PathBuf,
    #[command(flatten)]
    pub region: RegionArguments,
    /// Write the patch to this preset file; further answers to FILE-2, FILE-3 and so on
    #[arg(short, long, value_name = "FOUND.amSynthPreset", value_parser = preset())]
    pub output: Option<PathBuf>,
    /// Write its sound to this file (32-bit float, mono)
    #[arg(long, value_name = "FOUND.wav", value_parser = wav())]
    pub wav: Option<PathBuf>,
    /// Patches to find, each from other presets, 1 to 16
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub answers: u8,
    /// The most patches to try, for all answers together
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub renders: u32,
    /// The network that guesses patches [default: models/sound_to_patch.onnx, or else the embedded one]
    #[arg(long, value_name = "sound_to_patch.onnx")]
    pub model: Option<PathBuf>,
    /// End the search after this many seconds
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seconds)]
    pub seconds: Option<f64>,
    /// The MIDI key that patches play, 0 to 127 [default: the sound's own]
    #[arg(long, value_name = "KEY", value_parser = clap::value_parser!(u8).range(0..=127))]
    pub key: Option<u8>,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = whole::<u64>)]
    pub seed: u64,
    /// Print JSON: each answer's patch, distances, metrics, place on the plane and residual by band
    #[arg(long)]
    pub json: bool,
}
