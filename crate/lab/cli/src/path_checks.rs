//! Checks the options of `latent-pad target` and `latent-pad path` together, before any work: an option that would be
//! ignored, or an impossible length, is an error.

use crate::path_arguments::{OperatorArguments, ShapeArgument, TargetArguments};
use path::latent_path::RATES_HZ;
use path::strokes::PATH_LIMIT_S;
use path::{LatentPath, operators};

/// The reason why options do not fit together, or do not fit the path.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PathOptionError {
    #[error("{option} needs {needed}: add that, or leave out {option}")]
    Alone { option: &'static str, needed: &'static str },
    #[error("--shape drawn needs --drawn with two or more numbers from 0 to 1, for example --drawn 0,1,0.5")]
    NothingDrawn,
    #[error("--contour is a shape of its own: leave out --shape, --cycles and --drawn, or --contour")]
    TwoShapes,
    #[error("{name} cannot follow two shapes: choose another scale with --and")]
    TwiceTheScale { name: String },
    #[error("{steps} steps show at most {most} cycles: choose fewer --cycles or more --steps")]
    Cycles { steps: u16, most: u16 },
    #[error("the shape has the same value at all {steps} steps: choose other --steps, --cycles or --drawn")]
    Flat { steps: u16 },
    #[error("--from and --to are both {value}: choose two values, between which the shape moves")]
    NoRange { value: f32 },
    #[error("{steps} steps last {least} to {most} seconds: choose --seconds within that, or other --steps")]
    Seconds { steps: u16, least: f64, most: f64 },
    #[error("--pin {step}:…: the path has {steps} steps; choose a step from 1 to {steps}, or more --steps")]
    PinBeyond { step: usize, steps: u16 },
    #[error("step {step} has two pins: leave out one of them")]
    PinnedTwice { step: usize },
    #[error(
        "--stretch {factor}: this path lasts {length_s} seconds and can last {least} to {most} times as long; choose a factor within that"
    )]
    Stretch { factor: f64, length_s: f64, least: f64, most: f64 },
    #[error("--loop {fade_s}: this path lasts only {length_s} seconds; choose at most that")]
    Loop { fade_s: f64, length_s: f64 },
}

/// Checks the options of `latent-pad target`.
pub fn check_target(arguments: &TargetArguments) -> Result<(), PathOptionError> {
    let TargetArguments { shape, and, seconds, steps, pin, .. } = arguments;
    let steps = *steps;
    let chosen = shape.shape.unwrap_or(ShapeArgument::Sine);
    if shape.contour.is_some() && (shape.shape.is_some() || shape.cycles.is_some() || !shape.drawn.is_empty())
    {
        return Err(PathOptionError::TwoShapes);
    }
    if and.as_ref().is_some_and(|and| and.name == shape.descriptor) {
        return Err(PathOptionError::TwiceTheScale { name: shape.descriptor.clone() });
    }
    if !shape.drawn.is_empty() && chosen != ShapeArgument::Drawn {
        return Err(PathOptionError::Alone { option: "--drawn", needed: "--shape drawn" });
    }
    if shape.drawn.len() < 2 && chosen == ShapeArgument::Drawn {
        return Err(PathOptionError::NothingDrawn);
    }
    match shape.cycles {
        Some(_) if chosen != ShapeArgument::Sine => {
            return Err(PathOptionError::Alone { option: "--cycles", needed: "--shape sine" });
        }
        Some(cycles) if cycles > f64::from(steps / 2) => {
            return Err(PathOptionError::Cycles { steps, most: steps / 2 });
        }
        _ => {}
    }
    if let Some(seconds) = seconds {
        check_length(steps, *seconds)?;
    }
    for (number, (step, _)) in pin.iter().enumerate() {
        if *step >= usize::from(steps) {
            return Err(PathOptionError::PinBeyond { step: step + 1, steps });
        }
        if pin[..number].iter().any(|other| other.0 == *step) {
            return Err(PathOptionError::PinnedTwice { step: step + 1 });
        }
    }
    if let Some(value) = shape.from.filter(|from| shape.to == Some(*from)) {
        return Err(PathOptionError::NoRange { value });
    }
    let is_flat = |values: Vec<f32>| values.windows(2).all(|pair| pair[0] == pair[1]);
    if shape.contour.is_none() && shape.target_shape().values(steps.into(), [0.0, 1.0]).is_ok_and(is_flat) {
        return Err(PathOptionError::Flat { steps });
    }
    Ok(())
}

/// Checks whether `steps` steps can last this many seconds.
pub fn check_length(steps: u16, seconds: f64) -> Result<(), PathOptionError> {
    let gaps = f64::from(steps - 1);
    let [least, most] = [gaps / RATES_HZ[1], (gaps / RATES_HZ[0]).min(PATH_LIMIT_S)];
    if (least..=most).contains(&seconds) {
        return Ok(());
    }
    Err(PathOptionError::Seconds { steps, least, most })
}

/// Checks the operators of `latent-pad path`.
pub fn check_operators(arguments: &OperatorArguments) -> Result<(), PathOptionError> {
    let needed = "--randomise";
    match arguments {
        OperatorArguments { randomise: Some(_), .. } => Ok(()),
        OperatorArguments { smoothness: Some(_), .. } => {
            Err(PathOptionError::Alone { option: "--smoothness", needed })
        }
        OperatorArguments { seed: Some(_), .. } => Err(PathOptionError::Alone { option: "--seed", needed }),
        _ => Ok(()),
    }
}

/// Checks whether a path can last this many times as long.
pub fn check_stretch(path: &LatentPath, factor: f64) -> Result<(), PathOptionError> {
    // These factors are far beyond the lengths of any path.
    let at_ends = [1e-9, 1e9].map(|factor| operators::stretch(path, factor).length_s() / path.length_s());
    let [least, most] = at_ends.map(rounded);
    // The limits that an error names are allowed.
    if factor >= at_ends[0].min(least) && factor <= at_ends[1].max(most) {
        return Ok(());
    }
    Err(PathOptionError::Stretch { factor, length_s: rounded(path.length_s()), least, most })
}

/// Checks whether a path is long enough to go back to its beginning in this many seconds.
pub fn check_loop(path: &LatentPath, fade_s: f64) -> Result<(), PathOptionError> {
    if fade_s <= path.length_s() {
        return Ok(());
    }
    Err(PathOptionError::Loop { fade_s, length_s: rounded(path.length_s()) })
}

/// Rounded to a few digits, for an error.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// The number of steps of a path that are at the edge of the plane.
pub fn steps_at_edge(path: &LatentPath) -> usize {
    let lanes = path.lanes();
    let is_at_edge = |step: &usize| lanes.iter().any(|lane| lane[*step].abs() >= plane::LATENT_LIMIT);
    if lanes.len() == 2 { (0..path.steps()).filter(is_at_edge).count() } else { 0 }
}
