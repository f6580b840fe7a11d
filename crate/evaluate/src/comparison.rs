//! One set of rows: the model by its encoder and by ear, what knows less, and the square as a whole.

use crate::figures::{Figures, Sounding};
use crate::memory::Memory;
use crate::model::Model;
use crate::neighbourhood::{Neighbourhood, squared};
use crate::report::{Line, Report};
use crate::rows::{self, Choice, Protocol, Rows};
use crate::{Columns, EvaluateError, baselines};
use ::model::ModelError;
use atlas::chart;
use atlas::places::Places;
use ear::Hearing;
use patch::encoding::decode;
use plane::LATENT_LIMIT;
use plane::map::Map;
use train::trained_plane::Plane;

/// Compares; `progress` is told what is done, of how many, and how many more are.
pub(crate) fn compare(
    model: &mut Model,
    (protocol, choice, rows): (Protocol, Choice, Rows),
    memory: &mut Memory,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> Result<Report, EvaluateError> {
    model.follow(protocol);
    let Rows { training, chosen } = rows;
    let mut listen = |what: &'static str, patches: &[patch::Patch]| {
        memory.listen(patches, |of, done| progress(what, of, done))
    };
    let heard_training = listen("Training presets", &training.patches);
    let heard = listen("Chosen presets", &chosen.patches);
    let hearing = Hearing::fit(&heard_training);
    let sounding = |heard: &[ear::Heard]| Sounding::all(heard, hearing.projection());
    let (truth, known) = (sounding(&heard), sounding(&heard_training));
    let sounds = |heard: &[ear::Heard]| heard.iter().map(|heard| hearing.sound(heard)).collect::<Vec<_>>();
    let (wanted, known_sounds) = (sounds(&heard), sounds(&heard_training));

    let mut columns = |points: &[[f32; 2]]| -> Result<Vec<Columns>, ModelError> {
        points.iter().map(|&point| model.columns(point)).collect()
    };
    let grid = columns(&Map::points(chart::GRID, LATENT_LIMIT).collect::<Vec<_>>())?;
    let heard_grid = listen("The plane", &rows::played(&grid));
    let mut points = |rows: &rows::Patches, heard: &[ear::Heard]| -> Result<Vec<[f32; 2]>, EvaluateError> {
        let pairs = rows.patches.iter().zip(heard);
        pairs.map(|(patch, heard)| model.encode(patch, &heard.numbers())).collect()
    };
    let (placed, settled) = (points(&chosen, &heard)?, points(&training, &heard_training)?);
    let by_encoder =
        placed.iter().map(|&point| model.columns(point)).collect::<Result<Vec<_>, ModelError>>()?;
    let places = Places::new(&hearing, &heard_grid, chart::GRID);
    let found = places.find(
        &wanted,
        |point| model.columns(point).map(|columns| decode(&columns)),
        |of, done| progress("Places by ear", of, done),
    )?;
    let by_ear =
        found.iter().map(|place| model.columns(place.point)).collect::<Result<Vec<_>, ModelError>>()?;

    // Settings are compared column by column, sounds as they are heard when the columns are played.
    let mut line = |name: &'static str, guesses: &[Columns]| {
        let heard = sounding(&listen(name, &rows::played(guesses)));
        (Line::new(name, Figures::paired(&truth, &heard).with_settings(&chosen.columns, guesses)), heard)
    };
    let (encoder_line, encoded) = line("model, encoder", &by_encoder);
    let rows_of = |positions: Vec<usize>| -> Vec<Columns> {
        positions.into_iter().map(|row| training.columns[row]).collect()
    };
    let constant = vec![Sounding::constant(&known, hearing.projection()); truth.len()];
    let lines = vec![
        encoder_line,
        line("model, by ear", &by_ear).0,
        Line::new("model, encoder, shuffled", Figures::shuffled(&truth, &encoded)),
        Line::new("constant (mean sound, median scales)", Figures::paired(&truth, &constant)),
        line("training-mean patch", &vec![baselines::mean(&training.columns); truth.len()]).0,
        line("PCA, 2 components", &baselines::principal(&training.columns, &chosen.columns, 2)).0,
        line("nearest training patch", &rows_of(baselines::nearest(&training.columns, &chosen.columns))).0,
        line(
            "nearest training patch, by ear",
            &rows_of(baselines::nearest_by_ear(&hearing, &known_sounds, &wanted)),
        )
        .0,
    ];
    Ok(Report {
        protocol,
        rows: choice,
        compared: truth.len(),
        training: training.patches.len(),
        lines,
        plane: Plane::new(&grid, chart::GRID, &heard_grid, &[&settled[..], &placed].concat()),
        neighbours_in_settings: Neighbourhood::new(&training.columns, &settled, squared),
        neighbours_in_sound: Neighbourhood::new(&known_sounds, &settled, |a, b| hearing.distance(a, b)),
    })
}
