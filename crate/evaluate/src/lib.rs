//! How well a model keeps what patches sound like, beside the baselines without which no figure says
//! anything. Judges any decoder and encoder that keep the contract, or the layout of the published
//! ones; trains nothing that ships, and never shows test rows to whoever asks for validation rows.
//!
//! The way of a figure: [`rows`] → [`model`] → what is heard → [`figures`], with [`baselines`] beside
//! it; [`plane`] and [`neighbourhood`] look at the square as a whole.
#![forbid(unsafe_code)]

pub mod baselines;
pub mod blanks;
mod error;
pub mod figures;
pub mod model;
pub mod neighbourhood;
pub mod plane;
mod report;
pub mod rows;

pub use error::EvaluateError;
pub use model::{Layout, Model};
pub use report::{Line, Report};
pub use rows::{Choice, Protocol};

use atlas::chart;
use atlas::places::Places;
use ear::{Heard, Hearing, hear_all};
use figures::{Figures, Sounding};
use latent::contract::LATENT_LIMIT;
use latent::map::Map;
use patch::Patch;
use patch::encoding::COLUMN_COUNT;
use rows::Rows;
use std::path::PathBuf;

/// A patch as the networks see it.
pub type Columns = [f32; COLUMN_COUNT];

/// What to evaluate, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// A folder with Debian's `.bank` files.
    pub banks: PathBuf,
    /// How both sides of a comparison are made.
    pub protocol: Protocol,
    /// The rows that are compared.
    pub choice: Choice,
}

/// Evaluates. `progress` is told what is done and how much of it, from any thread.
///
/// # Errors
/// See [`EvaluateError`].
pub fn evaluate(
    model: &mut Model,
    options: &Options,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<Report, EvaluateError> {
    let listen = |what: &'static str, patches: &[Patch]| -> Vec<Heard> {
        progress(what, patches.len(), 0);
        hear_all(patches, || progress(what, patches.len(), 1))
    };
    model.follow(options.protocol);
    let Rows { training, chosen } = Rows::read(&options.banks, options.choice, options.protocol)?;
    let heard_training = listen("Listening to the training presets", &training.patches);
    let heard = listen("Listening to the chosen presets", &chosen.patches);
    let hearing = Hearing::fit(&heard_training);
    let sounding = |heard: &[Heard]| Sounding::all(heard, hearing.projection());
    let truth = sounding(&heard);
    let mut lines = Vec::new();

    // The model by its encoder, and by ear.
    let mut points = Vec::with_capacity(chosen.columns.len());
    for (patch, heard) in chosen.patches.iter().zip(&heard) {
        points.push(model.encode(patch, &heard.features)?);
    }
    let guesses = points.iter().map(|&point| model.columns(point)).collect::<Result<Vec<_>, _>>()?;
    let encoded = sounding(&listen("Listening to the model by its encoder", &rows::played(&guesses)));
    lines.push(Line::new(
        "model, encoder",
        Figures::paired(&truth, &encoded).with_settings(&chosen.columns, &guesses),
    ));

    let grid = Map::points(chart::GRID, LATENT_LIMIT).map(|point| model.columns(point));
    let grid = grid.collect::<Result<Vec<_>, _>>()?;
    let heard_grid = listen("Listening to the plane", &rows::played(&grid));
    let places = Places::new(&hearing, &heard_grid, chart::GRID);
    let wanted: Vec<_> = heard.iter().map(|heard| hearing.sound(heard)).collect();
    let decode = |point| model.columns(point).map(|columns| patch::encoding::decode(&columns));
    let found = places.find(&wanted, decode, |of, done| progress("Placing by ear", of, done))?;
    let ear_guesses = found.iter().map(|place| model.columns(place.point)).collect::<Result<Vec<_>, _>>()?;
    let by_ear = sounding(&listen("Listening to the model by ear", &rows::played(&ear_guesses)));
    lines.push(Line::new(
        "model, by ear",
        Figures::paired(&truth, &by_ear).with_settings(&chosen.columns, &ear_guesses),
    ));

    // What knows less.
    lines.push(Line::new("model, encoder, shuffled", Figures::shuffled(&truth, &encoded)));
    let soundings = sounding(&heard_training);
    let constant = vec![Sounding::constant(&soundings, hearing.projection()); truth.len()];
    lines.push(Line::new("constant (mean sound, median scales)", Figures::paired(&truth, &constant)));
    let mut baseline = |name: &'static str, guesses: Vec<Columns>| {
        let heard = sounding(&listen("Listening to the baselines", &rows::played(&guesses)));
        let figures = Figures::paired(&truth, &heard).with_settings(&chosen.columns, &guesses);
        lines.push(Line::new(name, figures));
    };
    baseline("training-mean patch", vec![baselines::mean(&training.columns); chosen.columns.len()]);
    baseline("PCA, 2 components", baselines::principal(&training.columns, &chosen.columns, 2));
    let nearest = baselines::nearest(&training.columns, &chosen.columns);
    let kept: Vec<Sounding> = nearest.iter().map(|&row| soundings[row].clone()).collect();
    let columns: Vec<Columns> = nearest.iter().map(|&row| training.columns[row]).collect();
    lines.push(Line::new(
        "nearest training patch",
        Figures::paired(&truth, &kept).with_settings(&chosen.columns, &columns),
    ));
    let sounds: Vec<_> = heard_training.iter().map(|heard| hearing.sound(heard)).collect();
    let nearest = baselines::nearest_by_ear(&hearing, &sounds, &wanted);
    let kept: Vec<Sounding> = nearest.iter().map(|&row| soundings[row].clone()).collect();
    let columns: Vec<Columns> = nearest.iter().map(|&row| training.columns[row]).collect();
    lines.push(Line::new(
        "nearest training patch, by ear",
        Figures::paired(&truth, &kept).with_settings(&chosen.columns, &columns),
    ));

    // The square as a whole.
    let mut settled = Vec::with_capacity(training.patches.len());
    for (patch, heard) in training.patches.iter().zip(&heard_training) {
        settled.push(model.encode(patch, &heard.features)?);
    }
    progress("Looking at neighbours", 1, 0);
    let plane = plane::Plane::new(&grid, &heard_grid, &[settled.clone(), points].concat());
    let settings = neighbourhood::Neighbourhood::new(&training.columns, &settled, neighbourhood::squared);
    let sound = neighbourhood::Neighbourhood::new(&sounds, &settled, |a, b| hearing.distance(a, b));
    Ok(Report {
        protocol: options.protocol,
        rows: options.choice,
        compared: truth.len(),
        training: training.patches.len(),
        lines,
        plane,
        neighbours_in_settings: settings,
        neighbours_in_sound: sound,
    })
}
