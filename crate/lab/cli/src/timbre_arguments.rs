//! The options of a latent space of tones: its training, and `latent-pad timbre`.

use crate::value_parsers::{wav, whole};
use clap::{Args, Subcommand, ValueEnum};
use plane::map::GRID_LIMIT;
use std::path::PathBuf;

/// The longest sound that is written, in seconds.
pub const LONGEST_OUTPUT_S: f32 = 600.0;

/// `latent-pad train --task timbre`
#[derive(Args)]
pub struct TimbreTraining {
    /// With --task timbre: folder of recorded notes, one in each file (WAV, FLAC, OGG Vorbis, Opus or MP3); a name such as
    /// violin_3_67.flac says the instrument and the MIDI key
    #[arg(long, value_name = "DIR", conflicts_with = "banks")]
    pub sounds: Option<PathBuf>,
    /// With --task timbre: the name of the domain [default: the folder's]
    #[arg(long, value_name = "NAME", requires = "sounds")]
    pub domain: Option<String>,
    /// With --task timbre: the kind of frame
    #[arg(long, value_enum, default_value_t = TimbreHead::Tone)]
    pub head: TimbreHead,
    /// With --task timbre: latent numbers of a frame
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=32))]
    pub latent: u8,
    /// With --task timbre: source and licence of the sounds, which the file keeps
    #[arg(long, value_name = "TEXT", requires = "sounds")]
    pub notices: Option<String>,
}

/// `--head`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimbreHead {
    /// Harmonics of one pitch, and noise
    Tone,
    /// The whole spectrum: for chords, bells and noises
    Texture,
}

/// `latent-pad timbre`
#[derive(Args)]
pub struct TimbreArguments {
    /// The task
    #[command(subcommand)]
    pub task: TimbreTask,
}

/// The tasks of `latent-pad timbre`
#[derive(Subcommand)]
pub enum TimbreTask {
    /// Write the latent numbers, the pitch and the level of each frame of a sound as JSON
    Encode(TimbreEncoding),
    /// Write the sound of such a JSON file
    Decode(TimbreDecoding),
    /// Write the sound between two sounds, and beyond them
    ///
    /// Both are stretched to the length of the longer one. Latent numbers, pitch (in octaves) and power lie
    /// between them at the positions of the curve; beyond both sounds only the latent numbers are extrapolated.
    Interpolate(TimbreInterpolation),
    /// Write a sound with the timbre of a domain, at its own pitch and level; `textures` keep no pitch
    Transfer(TimbreTransfer),
    /// Write the resonance of a sound in a feedback loop through a model: output, band-pass, model, output
    ///
    /// The sound and the loop's own output go through a band-pass and become tones of the domain, as on the page. No
    /// sample is above -1 dBFS, and the loop goes on when the sound has ended.
    Feedback(TimbreFeedback),
    /// Write the plane of a model as data: the points of recorded notes, the timbral map, and the other axes
    ///
    /// The plane has the model's first two axes, ±3 their 5th and 95th percentile; the others are in their middle.
    /// PREFIX.coordinates.json has a row for each note with a pitch. PREFIX.map.json has the seven timbral scales of
    /// synthesised tones of 1.5 s; a scale that is the same everywhere has no layer. PREFIX.axes.json has the changes
    /// of these scales along each other axis.
    Plane(TimbrePlane),
    /// Write a model with the contours of recorded notes: attack, vibrato, noise and slow changes
    ///
    /// Instruments of tones follow them. The networks of the model stay as they are; contours that it has are replaced.
    Contours(TimbreContours),
}

/// The model
#[derive(Args)]
pub struct DomainChoice {
    /// The domain: strings, voices, winds, brass or amsynth; textures for chords and noises; or a file of
    /// `latent-pad train --task timbre`
    #[arg(long, value_name = "DOMAIN")]
    pub domain: PathBuf,
}

/// `latent-pad timbre plane`
#[derive(Args)]
pub struct TimbrePlane {
    /// The model: strings, voices, winds, brass or amsynth, or a file of `latent-pad train --task timbre`
    #[arg(value_name = "MODEL.frames")]
    pub model: PathBuf,
    /// Folder of recorded notes, as for `latent-pad train --task timbre`; may be given several times
    #[arg(long, value_name = "DIR", required = true)]
    pub notes: Vec<PathBuf>,
    /// The MIDI key of the map's tones [default: the middle one of the notes' keys]
    #[arg(long, value_name = "KEY", value_parser = clap::value_parser!(u8).range(..128))]
    pub key: Option<u8>,
    /// Points along each side of the map, 2 to 256
    #[arg(long, value_name = "N", default_value_t = search::timbral_map::GRID, value_parser = clap::value_parser!(u16).range(2..=i64::from(GRID_LIMIT)))]
    pub grid: u16,
    /// The beginning of the names of the three files to write, such as strings
    #[arg(short, long, value_name = "PREFIX")]
    pub output: PathBuf,
}

/// `latent-pad timbre contours`
#[derive(Args)]
pub struct TimbreContours {
    /// The model: strings, voices, winds, brass or amsynth, or a file of `latent-pad train --task timbre`
    #[arg(value_name = "MODEL.frames")]
    pub model: PathBuf,
    /// Folder of recorded notes with their keys, as for `latent-pad train --task timbre`; may be given several times
    #[arg(long, value_name = "DIR", required = true)]
    pub notes: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "MODEL.frames")]
    pub output: PathBuf,
}

/// `latent-pad timbre encode`
#[derive(Args)]
pub struct TimbreEncoding {
    /// A sound of one pitch at a time: WAV, FLAC, OGG Vorbis, Opus or MP3; its first two minutes count
    #[arg(value_name = "SOUND")]
    pub sound: PathBuf,
    /// The model
    #[command(flatten)]
    pub model: DomainChoice,
    /// The file to write
    #[arg(short, long, value_name = "FRAMES.json")]
    pub output: PathBuf,
}

/// `latent-pad timbre decode`
#[derive(Args)]
pub struct TimbreDecoding {
    /// A file that `latent-pad timbre encode` wrote, changed or not
    #[arg(value_name = "FRAMES.json")]
    pub frames: PathBuf,
    /// The model
    #[command(flatten)]
    pub model: DomainChoice,
    /// The sound to write (32-bit float, mono)
    #[arg(short, long, value_name = "OUT.wav", value_parser = wav())]
    pub output: PathBuf,
}

/// `latent-pad timbre interpolate`
#[derive(Args)]
pub struct TimbreInterpolation {
    /// The first sound: WAV, FLAC, OGG Vorbis, Opus or MP3; its first two minutes count
    #[arg(value_name = "A")]
    pub first: PathBuf,
    /// The second, in the same way
    #[arg(value_name = "B")]
    pub second: PathBuf,
    /// The model
    #[command(flatten)]
    pub model: DomainChoice,
    /// The place between the sounds, as numbers at equal distances in time, with straight lines between them. 0 is A, 1
    /// is B; -0.5 and 1.5 are the farthest places beyond them. The curve that a person draws on the page (From sounds…)
    /// has nine numbers
    #[arg(long, value_name = "X,...", value_delimiter = ',', default_values_t = [0.0, 1.0], allow_hyphen_values = true, value_parser = curve_point)]
    pub curve: Vec<f32>,
    /// Align similar parts of both sounds by dynamic time warping; otherwise both are stretched evenly
    #[arg(long)]
    pub align: bool,
    /// The sound to write (32-bit float, mono)
    #[arg(short, long, value_name = "OUT.wav", value_parser = wav())]
    pub output: PathBuf,
}

/// `latent-pad timbre transfer`
#[derive(Args)]
pub struct TimbreTransfer {
    /// A sound of one pitch at a time: WAV, FLAC, OGG Vorbis, Opus or MP3; its first two minutes count
    #[arg(value_name = "SOUND")]
    pub sound: PathBuf,
    /// The model
    #[command(flatten)]
    pub model: DomainChoice,
    /// Share of the domain's timbre, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, allow_negative_numbers = true, value_parser = strength)]
    pub strength: f32,
    /// The sound to write (32-bit float, mono)
    #[arg(short, long, value_name = "OUT.wav", value_parser = wav())]
    pub output: PathBuf,
}

/// `latent-pad timbre feedback`
#[derive(Args)]
pub struct TimbreFeedback {
    /// The sound that starts the loop: WAV, FLAC, OGG Vorbis, Opus or MP3; its first two minutes count
    #[arg(value_name = "SOUND")]
    pub sound: PathBuf,
    /// The model
    #[command(flatten)]
    pub model: DomainChoice,
    /// The band-pass's frequency in Hz, 40 to 5000 and at most 0.4 of the sample rate. Several at their seconds, such
    /// as 0:200,5:1000, make it move from one to the next by equal ratios
    #[arg(long, value_name = "HZ | S:HZ,...", value_delimiter = ',', required = true, value_parser = band_frequency)]
    pub frequency: Vec<TimedValue>,
    /// The band-pass's Q, 0.3 to 100, in the same way
    #[arg(long, value_name = "Q | S:Q,...", value_delimiter = ',', default_value = "5", value_parser = band_quality)]
    pub q: Vec<TimedValue>,
    /// Length of the output, at most 600 [default: five seconds more than the sound]
    #[arg(long, value_name = "S", value_parser = output_length)]
    pub seconds: Option<f32>,
    /// Random seed of the quiet noise that keeps the loop from silence
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = whole::<u32>)]
    pub seed: u32,
    /// The sound to write (32-bit float, mono)
    #[arg(short, long, value_name = "OUT.wav", value_parser = wav())]
    pub output: PathBuf,
}

/// A value at a time in seconds, or at any time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimedValue {
    /// The time in seconds; `None` for a single value.
    pub time_s: Option<f32>,
    /// The value.
    pub value: f32,
}

fn band_frequency(text: &str) -> Result<TimedValue, String> {
    timed(text, 40.0, 5_000.0)
}

fn band_quality(text: &str) -> Result<TimedValue, String> {
    timed(text, 0.3, 100.0)
}

fn timed(text: &str, least: f32, greatest: f32) -> Result<TimedValue, String> {
    let Some((time, value)) = text.split_once(':') else {
        return Ok(TimedValue { time_s: None, value: within(text, least, greatest)? });
    };
    let time_s =
        within(time, 0.0, LONGEST_OUTPUT_S).map_err(|reason| format!("before the colon {reason}"))?;
    Ok(TimedValue { time_s: Some(time_s), value: within(value, least, greatest)? })
}

fn output_length(text: &str) -> Result<f32, String> {
    within(text, 0.01, LONGEST_OUTPUT_S)
}

fn curve_point(text: &str) -> Result<f32, String> {
    within(text, -0.5, 1.5)
}

fn strength(text: &str) -> Result<f32, String> {
    within(text, 0.0, 1.0)
}

fn within(text: &str, least: f32, greatest: f32) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (least..=greatest).contains(number));
    number.ok_or_else(|| format!("a number from {least} to {greatest} is expected"))
}
