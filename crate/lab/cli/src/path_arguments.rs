//! The options of the commands about paths: `latent-pad target` and `latent-pad path`.

use crate::region_arguments::RegionArguments;
use crate::value_parsers::{self, finite, png, tempo, wav, whole};
use clap::{ArgGroup, Args, ValueEnum};
use path::strokes::PATH_LIMIT_S;
use path::target::{Circle, Rule, STRIKES_HZ, TargetShape, USUAL_STEPS, USUAL_STRIKES_HZ};
use plane::Point;
use std::path::PathBuf;

/// A timbral scale and the shape that it follows.
#[derive(Args)]
pub struct ShapeArguments {
    /// The timbral scale that follows the shape: hardness, depth, brightness, roughness, warmth, sharpness or boominess
    #[arg(long, value_name = "NAME")]
    pub descriptor: String,
    /// The shape over time [default: sine]
    #[arg(long, value_enum)]
    pub shape: Option<ShapeArgument>,
    /// Instead of --shape: follow the course of the scale in this sound (WAV, FLAC, OGG Vorbis, Opus or MP3; its first
    /// minute)
    #[arg(long, value_name = "SOUND.wav")]
    pub contour: Option<PathBuf>,
    /// With --contour: begin at this time of the sound, in seconds [default: its beginning]
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = value_parsers::seconds, requires = "contour")]
    pub contour_from: Option<f64>,
    /// With --contour: end at this time of the sound, in seconds [default: its end]
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = value_parsers::seconds, requires = "contour")]
    pub contour_to: Option<f64>,
    /// With --shape sine: the number of times it goes up and down [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = above_zero)]
    pub cycles: Option<f64>,
    /// With --shape drawn: two or more numbers from 0, the least value, to 1, the greatest
    #[arg(long, value_name = "A,B,...", value_delimiter = ',', allow_hyphen_values = true, value_parser = share)]
    pub drawn: Vec<f32>,
    /// Value of the shape's lower end [default: the 5th percentile of the plane]
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true, value_parser = finite)]
    pub from: Option<f32>,
    /// Value of the shape's upper end; lower than --from turns the shape over [default: the 95th percentile]
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true, value_parser = finite)]
    pub to: Option<f32>,
}

/// `latent-pad target`
#[derive(Args)]
pub struct TargetArguments {
    /// The descriptor and its values over time
    #[command(flatten)]
    pub shape: ShapeArguments,
    /// A second scale and its shape, without a drawn one [default: a sine from the 5th to the 95th percentile]
    #[arg(long, value_name = "NAME[:SHAPE[:FROM:TO]]", value_parser = second)]
    pub and: Option<SecondScale>,
    /// Length in seconds, up to 600, at most ten from step to step [default: 8, or the length of the sound of
    /// --contour]
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = length)]
    pub seconds: Option<f64>,
    /// Steps of the plan, 2 to 1024
    #[arg(long, value_name = "N", default_value_t = USUAL_STEPS as u16, allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2..=1024))]
    pub steps: u16,
    /// Notes a second, up to 7, each held until the next one: patches decay, and a note that is struck again sounds on.
    /// Each step has a level by which all are equally loud. 0 is one held note at the patches' own volumes
    #[arg(long, value_name = "N", default_value_t = USUAL_STRIKES_HZ, allow_negative_numbers = true, value_parser = strikes)]
    pub strikes: f64,
    /// The rule that chooses the points
    #[arg(long, value_enum, default_value_t = RuleArgument::Planned)]
    pub rule: RuleArgument,
    /// A point that the path passes at a step (counted from 1); may be given several times
    #[arg(long, value_name = "STEP:X:Y", allow_hyphen_values = true, value_parser = pin)]
    pub pin: Vec<(usize, Point)>,
    /// A circle that the path avoids (with --rule nearest only its steps avoid it, not the lines between them); may be
    /// given several times
    #[arg(long, value_name = "X:Y:RADIUS", allow_hyphen_values = true, value_parser = circle)]
    pub forbid: Vec<Circle>,
    /// Keep the points of the map's grid
    #[arg(long)]
    pub no_refinement: bool,
    /// The path file to write
    #[arg(short, long, value_name = "PATH.json")]
    pub output: PathBuf,
    /// Also write its sound (32-bit float, stereo)
    #[arg(long, value_name = "OUT.wav", value_parser = wav())]
    pub wav: Option<PathBuf>,
    /// Print a line for each step as comma-separated values: time, point, target, map, measured, and the other scales
    #[arg(long)]
    pub csv: bool,
    /// Draw target, map and measured of --descriptor into this file
    #[arg(long, value_name = "OUT.png", value_parser = png())]
    pub png: Option<PathBuf>,
    /// The decoder [default: models/decoder.onnx, or else the embedded one]
    #[arg(long, value_name = "decoder.onnx")]
    pub model: Option<PathBuf>,
    /// The timbral map [default: with --model the file beside the decoder; without --model that of models/, or else the
    /// embedded one]
    #[arg(long, value_name = "map.json")]
    pub map: Option<PathBuf>,
}

/// `--shape`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShapeArgument {
    /// From the middle up, down and back
    Sine,
    /// Slowly first, then ever faster
    Exponential,
    /// Fast first, then ever slower
    Logarithm,
    /// Evenly
    Line,
    /// The curve of --drawn
    Drawn,
}

impl ShapeArguments {
    /// The part of the sound whose contour is followed.
    pub fn region(&self) -> RegionArguments {
        RegionArguments { from_s: self.contour_from, to_s: self.contour_to }
    }

    /// The requested shape, if it is not the contour of a sound.
    pub fn target_shape(&self) -> TargetShape {
        match self.shape.unwrap_or(ShapeArgument::Sine) {
            ShapeArgument::Sine => TargetShape::Sine(self.cycles.unwrap_or(1.0)),
            ShapeArgument::Exponential => TargetShape::Exponential,
            ShapeArgument::Logarithm => TargetShape::Logarithm,
            ShapeArgument::Line => TargetShape::Line,
            ShapeArgument::Drawn => TargetShape::Drawn(self.drawn.clone()),
        }
    }
}

/// `--and`
#[derive(Clone)]
pub struct SecondScale {
    /// Its name.
    pub name: String,
    /// Its shape over time.
    pub shape: TargetShape,
    /// The values of the shape's ends, if they are given.
    pub range: Option<[f32; 2]>,
}

/// A scale with a shape and a range.
fn second(text: &str) -> Result<SecondScale, String> {
    let parts: Vec<&str> = text.split(':').collect();
    let name = parts[0].trim().to_owned();
    let wanted = parts.get(1).map_or("sine", |name| name.trim());
    let shape = TargetShape::NAMED.into_iter().find(|shape| shape.name() == wanted);
    let shape = shape.ok_or_else(|| {
        let known = TargetShape::NAMED.map(|shape| shape.name().to_owned()).join(", ");
        format!("“{}” is not a shape of a second scale: choose one of {known}", excerpt(wanted))
    })?;
    let range = match parts.len() {
        1 | 2 => None,
        4 => {
            let [from, to] = numbers(&parts[2..].join(":"), "FROM:TO")?;
            if from == to {
                return Err("FROM and TO must differ".to_owned());
            }
            Some([from, to])
        }
        _ => return Err("NAME, NAME:SHAPE or NAME:SHAPE:FROM:TO is expected".to_owned()),
    };
    Ok(SecondScale { name, shape, range })
}

/// The beginning of a text, short enough for a sentence.
fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

/// `--rule`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RuleArgument {
    /// By small steps that change the other scales little
    Planned,
    /// The nearest value, wherever it is on the plane
    Nearest,
}

impl From<RuleArgument> for Rule {
    fn from(rule: RuleArgument) -> Self {
        match rule {
            RuleArgument::Planned => Self::Planned,
            RuleArgument::Nearest => Self::Nearest,
        }
    }
}

/// `latent-pad path`
#[derive(Args)]
#[command(group = ArgGroup::new("with keys").args(["output", "midi", "automation"]).multiple(true))]
#[command(group = ArgGroup::new("with tempo").args(["midi", "automation"]).multiple(true))]
#[command(group = ArgGroup::new("decoded").args(["output", "automation", "bank", "quantise"]).multiple(true))]
pub struct PathArguments {
    /// A path file, or a MIDI file with controllers 16 and 17
    #[arg(value_name = "PATH")]
    pub file: PathBuf,
    /// The operators that change it
    #[command(flatten)]
    pub operators: OperatorArguments,
    /// Write its sound (32-bit float, stereo). At most five notes sound at the same time, as on the page; the command
    /// says how many notes that leaves out or delays
    #[arg(short, long, visible_alias = "wav", value_name = "OUT.wav", value_parser = wav())]
    pub output: Option<PathBuf>,
    /// Write the changed path
    #[arg(long, value_name = "OUT.json")]
    pub save: Option<PathBuf>,
    /// Write it as MIDI: the point in controllers 16 and 17, the level in 7, and the notes
    #[arg(long, value_name = "OUT.mid")]
    pub midi: Option<PathBuf>,
    /// Write it as MIDI that automates amSynth's 41 parameters, and beside it, ending in .controllers, the map that
    /// amSynth needs as ~/.config/amsynth/controllers
    #[arg(long, value_name = "OUT.mid")]
    pub automation: Option<PathBuf>,
    /// Write up to 128 of its patches, evenly over time, as a bank
    #[arg(long, value_name = "OUT.bank")]
    pub bank: Option<PathBuf>,
    /// The MIDI key of notes that have none, 0 to 127
    #[arg(long, value_name = "KEY", requires = "with keys", default_value_t = 60, allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(0..=127))]
    pub key: u8,
    /// The tempo that a MIDI file of a path without beats states, in beats a minute, 10 to 1000. It moves no note
    #[arg(long, value_name = "BPM", requires = "with tempo", default_value_t = 120.0, value_parser = tempo)]
    pub bpm: f32,
    /// Seconds of sound after the end, up to 600
    #[arg(long, value_name = "S", requires = "output", default_value_t = 2.0, allow_negative_numbers = true, value_parser = seconds)]
    pub tail: f64,
    /// Sample rate in hertz, 8000 to 192000
    #[arg(long, value_name = "HZ", requires = "output", default_value_t = 44_100, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(8_000..=192_000))]
    pub rate: u32,
    /// The decoder [default: models/decoder.onnx, or else the embedded one]
    #[arg(long, value_name = "decoder.onnx", requires = "decoded")]
    pub model: Option<PathBuf>,
}

/// The operators, in the order in which they apply.
#[derive(Args)]
pub struct OperatorArguments {
    /// From this path to another one
    #[arg(long, value_name = "OTHER.json")]
    pub towards: Option<PathBuf>,
    /// Run backward
    #[arg(long)]
    pub reverse: bool,
    /// Multiply the deviations from the path's mean point, by -1000 to 1000
    #[arg(long, value_name = "FACTOR", allow_negative_numbers = true, value_parser = factor)]
    pub scale: Option<f64>,
    /// Move the path, in latent units
    #[arg(long, value_name = "X:Y", allow_hyphen_values = true, value_parser = point)]
    pub bias: Option<Point>,
    /// Add noise of this standard deviation, in latent units
    #[arg(long, value_name = "UNITS", allow_negative_numbers = true, value_parser = number)]
    pub randomise: Option<f64>,
    /// With --randomise: the time scale of the noise, in seconds [default: 0.2]
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seconds)]
    pub smoothness: Option<f64>,
    /// With --randomise: the random seed [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u64>)]
    pub seed: Option<u64>,
    /// Move every step to the nearest known preset, by the coordinates.json beside the decoder of --model
    #[arg(long)]
    pub quantise: bool,
    /// Smooth by a window with this standard deviation, in seconds
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seconds)]
    pub smooth: Option<f64>,
    /// Last this many times as long, up to 600 seconds
    #[arg(long, value_name = "FACTOR", allow_negative_numbers = true, value_parser = above_zero)]
    pub stretch: Option<f64>,
    /// Repeat: go over to the beginning during the last seconds
    #[arg(long = "loop", value_name = "S", allow_negative_numbers = true, value_parser = seconds)]
    pub closing: Option<f64>,
}

fn signed(text: &str) -> Result<f64, String> {
    let finite = text.parse().ok().filter(|number: &f64| number.is_finite());
    finite.ok_or_else(|| "a finite number is expected".to_owned())
}

fn share(text: &str) -> Result<f32, String> {
    let words = "a number from 0 to 1";
    within(text, |number| (0.0..=1.0).contains(&number), words).map(|number| number as f32)
}

fn number(text: &str) -> Result<f64, String> {
    signed(text)
        .ok()
        .filter(|number| *number >= 0.0)
        .ok_or_else(|| "a number of 0 or more is expected".to_owned())
}

/// A number in a range, described in words.
fn within(text: &str, is_within: impl Fn(f64) -> bool, words: &str) -> Result<f64, String> {
    signed(text).ok().filter(|number| is_within(*number)).ok_or_else(|| format!("{words} is expected"))
}

fn length(text: &str) -> Result<f64, String> {
    let words = "a number of seconds above 0, up to 600,";
    within(text, |number| number > 0.0 && number <= PATH_LIMIT_S, words)
}

fn seconds(text: &str) -> Result<f64, String> {
    within(text, |number| (0.0..=PATH_LIMIT_S).contains(&number), "a number of seconds from 0 to 600")
}

/// Notes a second.
pub fn strikes(text: &str) -> Result<f64, String> {
    let [least, most] = STRIKES_HZ;
    within(text, |number| (least..=most).contains(&number), "a number of notes a second from 0 to 7")
}

fn above_zero(text: &str) -> Result<f64, String> {
    within(text, |number| number > 0.0, "a number above 0")
}

fn factor(text: &str) -> Result<f64, String> {
    within(text, |number| number.abs() <= 1000.0, "a number from -1000 to 1000")
}

/// Numbers separated by colons.
fn numbers<const COUNT: usize>(text: &str, form: &str) -> Result<[f32; COUNT], String> {
    let numbers: Option<Vec<f32>> = text
        .split(':')
        .map(|number| number.trim().parse().ok().filter(|number: &f32| number.is_finite()))
        .collect();
    numbers
        .and_then(|numbers| numbers.try_into().ok())
        .ok_or_else(|| format!("{form} is expected, in numbers"))
}

fn point(text: &str) -> Result<Point, String> {
    numbers(text, "X:Y").map(|[x, y]| Point { x, y })
}

fn circle(text: &str) -> Result<Circle, String> {
    let [x, y, radius] = numbers(text, "X:Y:RADIUS")?;
    if radius < 0.0 {
        return Err("a radius of 0 or more is expected".to_owned());
    }
    Ok(Circle { centre: Point { x, y }, radius })
}

fn pin(text: &str) -> Result<(usize, Point), String> {
    let [step, x, y] = numbers(text, "STEP:X:Y")?;
    let point = Point { x, y };
    if step < 1.0 || step.fract() != 0.0 || !point.is_on_plane() {
        return Err("a step from 1 on and a point from -4 to 4 are expected".to_owned());
    }
    Ok((step as usize - 1, point))
}
