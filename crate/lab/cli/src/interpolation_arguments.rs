//! The options of `latent-pad interpolate`.

use crate::preset_source::PresetSource;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `latent-pad interpolate`
#[derive(Args)]
pub struct InterpolationArguments {
    /// The first preset: a file, or FILE.bank#INDEX (counted from 0)
    pub from: PresetSource,
    /// The last preset
    pub to: PresetSource,
    /// The number of presets, with the first and the last one, 3 to 100
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(3..=100))]
    pub steps: u16,
    /// The way from one to the other
    #[arg(long, value_enum, default_value_t = WayArgument::Sound)]
    pub way: WayArgument,
    /// Write the presets and their sounds (32-bit float, stereo) into this folder
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The decoder of the plane; the encoder is beside it, under the same name with “encoder” for “decoder”, or else
    /// as encoder.onnx [default: those of models/, or else the embedded ones]
    #[arg(long, value_name = "decoder.onnx")]
    pub model: Option<PathBuf>,
    /// Print JSON: how even each way is, and the presets
    #[arg(long)]
    pub json: bool,
}

/// `--way`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WayArgument {
    /// Evenly by timbre, rendered and measured
    Sound,
    /// Straight over the plane
    Plane,
    /// Straight in the parameters
    Parameters,
}
