//! The options that choose a part of a sound.

use crate::value_parsers::seconds;
use clap::Args;

/// The part of a sound that counts.
#[derive(Args)]
pub struct RegionArguments {
    /// Begin at this time of the sound, in seconds [default: its beginning]
    #[arg(long = "from", value_name = "S", allow_negative_numbers = true, value_parser = seconds)]
    pub from_s: Option<f64>,
    /// End at this time of the sound, in seconds [default: its end]
    #[arg(long = "to", value_name = "S", allow_negative_numbers = true, value_parser = seconds)]
    pub to_s: Option<f64>,
}
