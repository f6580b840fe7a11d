//! The options of a latent space of tones: its training.

use clap::Args;
use std::path::PathBuf;

/// `latent-pad train --task timbre`
#[derive(Args)]
pub struct TimbreTraining {
    /// With --task timbre: folder of recorded notes, one in each file (WAV, FLAC, OGG Vorbis or MP3); a name such as
    /// violin_3_67.flac says the instrument and the MIDI key
    #[arg(long, value_name = "DIR", conflicts_with = "banks")]
    pub sounds: Option<PathBuf>,
    /// With --task timbre: the name of the domain [default: the folder's]
    #[arg(long, value_name = "NAME", requires = "sounds")]
    pub domain: Option<String>,
    /// With --task timbre: latent numbers of a frame
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=32))]
    pub latent: u8,
    /// With --task timbre: source and licence of the sounds, kept in the file
    #[arg(long, value_name = "TEXT", requires = "sounds", default_value = "")]
    pub notices: String,
}
