//! Evaluates one set of rows: the model by its encoder and by perceptual search, the baselines, and the plane as a
//! whole.

use crate::feature_cache::FeatureCache;
use crate::figures::{ComparedSound, Figures};
use crate::model::EvaluatedModel;
use crate::neighbourhood::{Neighbourhood, squared};
use crate::plane_figures::PlaneFigures;
use crate::report::{EvaluationReport, Line};
use crate::rows::{self, ComparedRows, PatchSet, Protocol, RowSet};
use crate::{Columns, EvaluateError, baselines};
use ::model::ModelError;
use features::{AudioFeatures, PerceptualDistance, ProjectedSound};
use patch::Patch;
use patch::encoding::decode;
use plane::map::Map;
use plane::{LATENT_LIMIT, Point};
use search::timbral_map::GRID;
use search::{PerceptualSearch, PlaneSounds};

/// The rows with their sounds.
struct MeasuredRows {
    training: PatchSet,
    chosen: PatchSet,
    training_features: Vec<AudioFeatures>,
    chosen_features: Vec<AudioFeatures>,
    /// The distance of sounds, defined by the training rows.
    metric: PerceptualDistance,
    /// The training rows' sounds, projected for the distance.
    known_sounds: Vec<ProjectedSound>,
    /// The chosen rows' sounds, projected for the distance.
    wanted: Vec<ProjectedSound>,
}

/// The points of the rows on the model's plane.
struct RowPoints {
    chosen: Vec<Point>,
    training: Vec<Point>,
    /// The points that sound most like the chosen rows.
    found: Vec<Point>,
}

/// Makes a report; `progress` gets the stage, its total, and the number of further ones that are done.
pub(crate) fn compare(
    model: &mut EvaluatedModel,
    (protocol, row_set, rows): (Protocol, RowSet, ComparedRows),
    cache: &mut FeatureCache,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> Result<EvaluationReport, EvaluateError> {
    model.follow(protocol);
    let mut extract =
        |what: &'static str, patches: &[Patch]| cache.extract(patches, |of, done| progress(what, of, done));
    let rows = measured_rows(rows, &mut extract);
    let grid = columns_at(model, &Map::points(GRID, LATENT_LIMIT).collect::<Vec<_>>())?;
    let grid_features = extract("The plane", &rows::played(&grid));
    let points = points_of(model, &rows, &grid_features, progress)?;
    let guesses = [columns_at(model, &points.chosen)?, columns_at(model, &points.found)?];
    let MeasuredRows { training, chosen, metric, known_sounds, .. } = &rows;
    Ok(EvaluationReport {
        protocol,
        rows: row_set,
        compared: chosen.patches.len(),
        training: training.patches.len(),
        lines: report_lines(&rows, &guesses, &mut extract),
        plane: PlaneFigures::new(
            &grid,
            GRID,
            &grid_features,
            &[&points.training[..], &points.chosen].concat(),
        ),
        neighbours_in_settings: Neighbourhood::new(&training.columns, &points.training, squared),
        neighbours_in_sound: Neighbourhood::new(known_sounds, &points.training, |a, b| metric.between(a, b)),
    })
}

/// The rows' features, and the distance that those of the training rows define.
fn measured_rows(
    ComparedRows { training, chosen }: ComparedRows,
    extract: &mut impl FnMut(&'static str, &[Patch]) -> Vec<AudioFeatures>,
) -> MeasuredRows {
    let training_features = extract("Training presets", &training.patches);
    let chosen_features = extract("Chosen presets", &chosen.patches);
    let metric = PerceptualDistance::fit(&training_features);
    let projected =
        |features: &[AudioFeatures]| features.iter().map(|features| metric.project(features)).collect();
    let (known_sounds, wanted) = (projected(&training_features), projected(&chosen_features));
    MeasuredRows { training, chosen, training_features, chosen_features, metric, known_sounds, wanted }
}

fn columns_at(model: &mut EvaluatedModel, points: &[Point]) -> Result<Vec<Columns>, ModelError> {
    points.iter().map(|&point| model.columns(point)).collect()
}

/// The points of the encoder, and the points of a search for the chosen rows' sounds on the plane.
fn points_of(
    model: &mut EvaluatedModel,
    rows: &MeasuredRows,
    grid_features: &[AudioFeatures],
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> Result<RowPoints, EvaluateError> {
    let mut encode = |rows: &PatchSet, features: &[AudioFeatures]| -> Result<Vec<Point>, EvaluateError> {
        let pairs = rows.patches.iter().zip(features);
        pairs.map(|(patch, features)| model.encode(patch, &features.vector())).collect()
    };
    // The chosen rows first: by the paper's protocol each point takes random numbers.
    let chosen = encode(&rows.chosen, &rows.chosen_features)?;
    let training = encode(&rows.training, &rows.training_features)?;
    let plane_sounds = PlaneSounds::new(&rows.metric, grid_features, GRID);
    let found = PerceptualSearch::new(&rows.metric, &plane_sounds).find(
        &rows.wanted,
        |point| model.columns(point).map(|columns| decode(&columns)),
        |of, done| progress("Perceptual search", of, done),
    )?;
    Ok(RowPoints { chosen, training, found: found.iter().map(|scored| scored.point).collect() })
}

/// The figures of the model's guesses by the encoder and by the search, and of the baselines.
fn report_lines(
    rows: &MeasuredRows,
    [by_encoder, by_search]: &[Vec<Columns>; 2],
    extract: &mut impl FnMut(&'static str, &[Patch]) -> Vec<AudioFeatures>,
) -> Vec<Line> {
    let MeasuredRows { training, chosen, metric, .. } = rows;
    let compared = |features: &[AudioFeatures]| ComparedSound::all(features, metric.projection());
    let (truth, known) = (compared(&rows.chosen_features), compared(&rows.training_features));
    // Compare settings by columns, sounds by the features of the playable columns.
    let mut line = |name: &'static str, guesses: &[Columns]| {
        let sounds = compared(&extract(name, &rows::played(guesses)));
        (Line::new(name, Figures::paired(&truth, &sounds).with_settings(&chosen.columns, guesses)), sounds)
    };
    let (encoder_line, encoded) = line("model, encoder", by_encoder);
    let rows_of = |positions: Vec<usize>| -> Vec<Columns> {
        positions.into_iter().map(|row| training.columns[row]).collect()
    };
    let constant = vec![ComparedSound::constant(&known, metric.projection()); truth.len()];
    let mut lines = vec![
        encoder_line,
        line("model, by ear", by_search).0,
        Line::new("constant (mean sound, median scales)", Figures::paired(&truth, &constant)),
        line("training-mean patch", &vec![baselines::mean(&training.columns); truth.len()]).0,
        line("PCA, 2 components", &baselines::principal(&training.columns, &chosen.columns, 2)).0,
        line("nearest training patch", &rows_of(baselines::nearest(&training.columns, &chosen.columns))).0,
        line(
            "nearest training patch, by ear",
            &rows_of(baselines::nearest_by_sound(metric, &rows.known_sounds, &rows.wanted)),
        )
        .0,
    ];
    // A single row cannot be compared with another guess.
    if truth.len() > 1 {
        lines.insert(2, Line::new("model, encoder, shuffled", Figures::shuffled(&truth, &encoded)));
    }
    lines
}
