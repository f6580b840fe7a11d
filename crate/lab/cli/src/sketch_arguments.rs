//! The options of `latent-pad sketch`.

use crate::region_arguments::RegionArguments;
use crate::value_parsers::{tempo, wav, whole};
use clap::Args;
use std::path::PathBuf;

/// `latent-pad sketch`
#[derive(Args)]
pub struct SketchArguments {
    /// A recorded voice: WAV, FLAC, OGG Vorbis, Opus or MP3; its first ten seconds count
    #[arg(value_name = "VOICE")]
    pub voice: PathBuf,
    #[command(flatten)]
    pub region: RegionArguments,
    /// Write the patch to this preset file, whose name must not end in .bank. A beatboxed rhythm gives a bank with a
    /// patch for each kind of hit; its name must not end in .amSynthPreset
    #[arg(short, long, value_name = "PATCH")]
    pub output: Option<PathBuf>,
    /// Write the sound of the patch, played as the voice sings, to this file (32-bit float, mono)
    #[arg(long, value_name = "OUT.wav", value_parser = wav())]
    pub wav: Option<PathBuf>,
    /// Write the notes to this file, with glides as pitch bend and the brightness as controller 74, which must be
    /// assigned to amSynth's cutoff. A rhythm has a channel for each kind of hit, bent to its pitch
    #[arg(long, value_name = "OUT.mid")]
    pub midi: Option<PathBuf>,
    /// The tempo that the MIDI file states, in beats a minute, 10 to 1000. It moves no note
    #[arg(long, value_name = "BPM", requires = "midi", default_value_t = 120.0, value_parser = tempo)]
    pub bpm: f32,
    /// Take the voice as a rhythm of hits of at most six kinds, even if it has a pitch. A voice without a pitch is
    /// taken so without this option
    #[arg(long)]
    pub beatbox: bool,
    /// The network that guesses the patch of a melody [default: models/sound_to_patch.onnx, or else the embedded one]
    #[arg(long, value_name = "sound_to_patch.onnx", conflicts_with = "beatbox")]
    pub model: Option<PathBuf>,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = whole::<u64>)]
    pub seed: u64,
    /// Print JSON: the notes, the measurements of the voice, and the patch. Times count from the beginning of the
    /// recording
    #[arg(long)]
    pub json: bool,
}
