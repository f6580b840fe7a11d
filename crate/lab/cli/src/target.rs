//! `latent-pad target`: plans and refines a path on which a descriptor follows a shape, and writes, plays, prints and
//! draws it.

use crate::contour::contour_of;
use crate::error::CliError;
use crate::model::{ModelFile, plane_of};
use crate::named_files::NamedFiles;
use crate::output::{say, warn, write_wav, write_whole};
use crate::path_arguments::{SecondScale, ShapeArgument, TargetArguments};
use crate::path_checks::{check_length, check_target};
use crate::path_file::write_path;
use crate::path_sound::{PathPerformance, render_path};
use crate::picture::{Curve, curves};
use crate::progress::{advance, bar};
use evaluate::played_path::{PlayedFigures, played_figures};
use model::{ModelError, PatchDecoder};
use path::target::shape::usual_range;
use path::target::{
    Goal, PlannedPath, Refinement, Rule, TargetFigures, TargetPathError, TargetRequest, TargetShape, note_s,
    plan, played_path, scales,
};
use plane::{Layer, Map, Point};
use search::point_sounds::scales_at;

/// Sample rate of the sound, in Hz.
const RATE_HZ: u32 = 44_100;
/// Seconds of a path that states none.
const USUAL_LENGTH_S: f64 = 8.0;
/// Seconds of sound after the path.
const TAIL_S: f64 = 2.0;
/// The shortest path whose sound is measured as a whole, in seconds.
const LEAST_PLAYED_S: f64 = 2.0;
/// The key that plays, the same as for the map.
const KEY: u8 = 60;

/// A path with its target and its measurements.
struct Followed {
    points: Vec<Point>,
    /// The target, the map's value and the measured value at each step.
    target: Vec<f32>,
    predicted: Vec<f32>,
    measured: Vec<f32>,
    /// All scales, one row a step.
    rows: Vec<Vec<f32>>,
}

/// Plans, refines, writes and reports.
pub fn run(arguments: &TargetArguments) -> Result<(), CliError> {
    check_target(arguments)?;
    let beside = ModelFile::Map.beside(arguments.model.as_deref());
    NamedFiles::default()
        .read("--contour", arguments.shape.contour.as_deref())
        .model("--model", ModelFile::Decoder, arguments.model.as_deref())
        .model("--map", ModelFile::Map, arguments.map.as_deref().or(beside.as_deref()))
        .write("-o", [&arguments.output])
        .write("--wav", arguments.wav.as_deref())
        .write("--png", arguments.png.as_deref())
        .check()?;
    let remedy =
        "make one for this model with `latent-pad map --model FILE -o map.json`, and name it with --map";
    let (mut decoder, map) = plane_of(arguments.model.as_deref(), arguments.map.as_deref(), remedy)?;
    let wanted = wanted(arguments, &map)?;
    let Wanted { request, seconds, .. } = &wanted;
    let planned = plan(&map, request)?;
    let (points, rows) = measured(arguments, &map, request, &planned, &mut decoder)
        .map_err(|error| CliError::Playing(error.to_string()))?;
    let followed = followed(&map, request, points, rows);

    let mut path = played_path(&followed.points, &followed.rows, *seconds, request.note_s)?;
    path.set_name(&format!("{} {}", arguments.shape.descriptor, wanted.shape));
    write_path(&arguments.output, &path)?;
    if let Some(output) = &arguments.png {
        let png = picture(arguments, &wanted, &followed);
        write_whole(output, |file| file.write_all(&png).map_err(CliError::write(output)))?;
    }
    let performance = PathPerformance { key: KEY, tail_s: TAIL_S, sample_rate_hz: RATE_HZ };
    let [left, right] = render_path(&path, decoder, performance)?;
    if let Some(output) = &arguments.wav {
        write_wav(output, &[&left, &right], RATE_HZ)?;
    }
    let played = played(&map, request, *seconds, [left, right]);
    let figures = TargetFigures::of(&map, request, &followed.points, &followed.rows);
    let sentence = sentence(arguments, &wanted, &figures) + &played;
    if arguments.csv {
        say(&table(&wanted, &map, &followed))?;
        warn(sentence);
        return Ok(());
    }
    say(&sentence)
}

/// The request of the arguments.
struct Wanted {
    request: TargetRequest,
    /// Length in seconds.
    seconds: f64,
    /// The name of the first scale's shape, or of the sound whose contour it is.
    shape: String,
}

fn wanted(arguments: &TargetArguments, map: &Map) -> Result<Wanted, CliError> {
    let TargetArguments { shape: first, and, steps, .. } = arguments;
    let goal = |name: &str, shape: &TargetShape, [from, to]: [Option<f32>; 2]| -> Result<Goal, CliError> {
        let [least, greatest] = usual_range(layer(map, name)?);
        let values = shape.values((*steps).into(), [from.unwrap_or(least), to.unwrap_or(greatest)])?;
        Ok(Goal { layer: name.to_owned(), values, weight: 1.0 })
    };
    layer(map, &first.descriptor)?;
    let (shape, length_s, name) = match &first.contour {
        Some(sound) => {
            let (shape, length_s) = contour_of((sound, &first.region()), &first.descriptor, (*steps).into())?;
            let name = sound.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (shape, length_s, name)
        }
        None => {
            let shape = first.target_shape();
            let name = shape.name().to_owned();
            (shape, USUAL_LENGTH_S, name)
        }
    };
    let seconds = arguments.seconds.unwrap_or(length_s);
    check_length(*steps, seconds)?;
    let mut goals = vec![goal(&first.descriptor, &shape, [first.from, first.to])?];
    if let Some(SecondScale { name, shape, range }) = and {
        goals.push(goal(name, shape, range.map_or([None; 2], |range| range.map(Some)))?);
    }
    let request = TargetRequest {
        goals,
        rule: Rule::from(arguments.rule),
        pins: arguments.pin.clone(),
        forbidden: arguments.forbid.clone(),
        note_s: note_s(seconds, arguments.strikes),
        ..TargetRequest::default()
    };
    Ok(Wanted { request, seconds, shape: name })
}

/// A scale of the map.
fn layer<'a>(map: &'a Map, name: &str) -> Result<&'a Layer, TargetPathError> {
    scales(map).find(|layer| layer.name == *name).ok_or_else(|| {
        let known: Vec<&str> = scales(map).map(|layer| layer.name.as_str()).collect();
        TargetPathError::Unknown { name: name.to_owned(), known: known.join(", ") }
    })
}

/// The path with its measured scales, refined if that is wanted.
fn measured(
    arguments: &TargetArguments,
    map: &Map,
    request: &TargetRequest,
    planned: &PlannedPath,
    decoder: &mut PatchDecoder,
) -> Result<(Vec<Point>, Vec<Vec<f32>>), ModelError> {
    let bar = bar("");
    let measure = |decoder: &mut PatchDecoder, points: &[Point]| {
        let stage = || advance(&bar, "Measuring the path", points.len(), 1);
        advance(&bar, "Measuring the path", points.len(), 0);
        scales_at(decoder, points, request.note_s, stage)
    };
    if arguments.no_refinement || request.rule == Rule::Nearest {
        let rows = measure(decoder, &planned.points)?;
        bar.finish_and_clear();
        return Ok((planned.points.clone(), rows));
    }
    let mut refinement = Refinement::new(map, request, planned);
    loop {
        let points = refinement.ask();
        if points.is_empty() {
            break;
        }
        refinement.answer(measure(decoder, &points)?);
    }
    bar.finish_and_clear();
    Ok(refinement.finish().unwrap_or_default())
}

fn followed(map: &Map, request: &TargetRequest, points: Vec<Point>, rows: Vec<Vec<f32>>) -> Followed {
    let goal = &request.goals[0];
    let number = scales(map).position(|layer| layer.name == goal.layer).unwrap_or(0);
    let predicted = points.iter().map(|point| map.value(&goal.layer, point.x, point.y).unwrap_or(0.0));
    Followed {
        predicted: predicted.collect(),
        measured: rows.iter().map(|row| row[number]).collect(),
        target: goal.values.clone(),
        points,
        rows,
    }
}

fn sentence(arguments: &TargetArguments, wanted: &Wanted, figures: &TargetFigures) -> String {
    let TargetFigures { error, correlation, way, jump } = figures;
    let TargetArguments { shape: first, and, .. } = arguments;
    let second =
        and.as_ref().map_or(String::new(), |and| format!(", and {} the {},", and.name, and.shape.name()));
    let the = if first.contour.is_some() { "" } else { "the " };
    let curve = if first.shape == Some(ShapeArgument::Drawn) { " curve" } else { "" };
    format!(
        "{} follows {the}{}{curve}{second} with a mean error of {error:.2} points (correlation {correlation:.3}), as \
         measured; a step goes {way:.3} latent units, and the other scales change by {jump:.2} points",
        first.descriptor, wanted.shape
    )
}

/// How well the sound of the whole path follows, as the end of the sentence; nothing for a path that is too short for
/// several windows.
fn played(map: &Map, request: &TargetRequest, seconds: f64, mut sound: [Vec<f32>; 2]) -> String {
    let goal = &request.goals[0];
    let scale = scales(map).position(|layer| layer.name == goal.layer).unwrap_or(0);
    if seconds < LEAST_PLAYED_S {
        return String::new();
    }
    let frames = (seconds * f64::from(RATE_HZ)).round() as usize;
    sound.iter_mut().for_each(|channel| channel.truncate(frames));
    let PlayedFigures { error, correlation, drop_db, .. } = played_figures(&sound, scale, &goal.values);
    format!(
        "; as played, in windows of a second, the mean error is {error:.2} points (correlation {correlation:.3}), and \
         the quietest half second is {drop_db:.1} dB below the median"
    )
}

fn table(wanted: &Wanted, map: &Map, followed: &Followed) -> String {
    let names: Vec<&str> = scales(map).map(|layer| layer.name.as_str()).collect();
    let second = wanted.request.goals.get(1);
    let mut text = format!("seconds,x,y,target,map,measured,{}", names.join(","));
    text += &second.map_or(String::new(), |second| format!(",target of {}", second.layer));
    let last = (followed.points.len() - 1) as f64;
    for (step, point) in followed.points.iter().enumerate() {
        let time_s = wanted.seconds * step as f64 / last;
        let [target, predicted, measured] =
            [&followed.target, &followed.predicted, &followed.measured].map(|curve| curve[step]);
        let scales: Vec<String> =
            followed.rows[step].iter().take(names.len()).map(|value| format!("{value:.2}")).collect();
        text += &format!(
            "\n{time_s:.4},{},{},{target:.2},{predicted:.2},{measured:.2},{}",
            point.x,
            point.y,
            scales.join(",")
        );
        text += &second.map_or(String::new(), |second| format!(",{:.2}", second.values[step]));
    }
    text
}

fn picture(arguments: &TargetArguments, wanted: &Wanted, followed: &Followed) -> Vec<u8> {
    let curve = |name: &'static str, values: &[f32]| Curve { name, values: values.to_vec() };
    let title = format!("{}: {}", arguments.shape.descriptor, wanted.shape);
    let all = [
        curve("target", &followed.target),
        curve("map", &followed.predicted),
        curve("measured", &followed.measured),
    ];
    curves(&title, "points", wanted.seconds, &all)
}
