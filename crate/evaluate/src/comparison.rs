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
use features::{AudioFeatures, PerceptualDistance};
use patch::encoding::decode;
use plane::map::Map;
use plane::{LATENT_LIMIT, Point};
use search::timbral_map::GRID;
use search::{PerceptualSearch, PlaneSounds};

/// Makes a report; `progress` gets the stage, its total, and how many more are done.
pub(crate) fn compare(
    model: &mut EvaluatedModel,
    (protocol, row_set, rows): (Protocol, RowSet, ComparedRows),
    cache: &mut FeatureCache,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> Result<EvaluationReport, EvaluateError> {
    model.follow(protocol);
    let ComparedRows { training, chosen } = rows;
    let mut extract = |what: &'static str, patches: &[patch::Patch]| {
        cache.extract(patches, |of, done| progress(what, of, done))
    };
    let training_features = extract("Training presets", &training.patches);
    let chosen_features = extract("Chosen presets", &chosen.patches);
    let metric = PerceptualDistance::fit(&training_features);
    let compared = |features: &[AudioFeatures]| ComparedSound::all(features, metric.projection());
    let (truth, known) = (compared(&chosen_features), compared(&training_features));
    let projected = |features: &[AudioFeatures]| {
        features.iter().map(|features| metric.project(features)).collect::<Vec<_>>()
    };
    let (wanted, known_sounds) = (projected(&chosen_features), projected(&training_features));

    let columns_at = |model: &mut EvaluatedModel, points: &[Point]| -> Result<Vec<Columns>, ModelError> {
        points.iter().map(|&point| model.columns(point)).collect()
    };
    let grid = columns_at(model, &Map::points(GRID, LATENT_LIMIT).collect::<Vec<_>>())?;
    let grid_features = extract("The plane", &rows::played(&grid));
    let mut encode = |rows: &PatchSet, features: &[AudioFeatures]| -> Result<Vec<Point>, EvaluateError> {
        let pairs = rows.patches.iter().zip(features);
        pairs.map(|(patch, features)| model.encode(patch, &features.vector())).collect()
    };
    let chosen_points = encode(&chosen, &chosen_features)?;
    let training_points = encode(&training, &training_features)?;
    let by_encoder = columns_at(model, &chosen_points)?;
    let plane_sounds = PlaneSounds::new(&metric, &grid_features, GRID);
    let found = PerceptualSearch::new(&metric, &plane_sounds).find(
        &wanted,
        |point| model.columns(point).map(|columns| decode(&columns)),
        |of, done| progress("Perceptual search", of, done),
    )?;
    let found: Vec<Point> = found.iter().map(|scored| scored.point).collect();
    let by_search = columns_at(model, &found)?;

    // Compare settings by columns, sounds by the features of the playable columns.
    let mut line = |name: &'static str, guesses: &[Columns]| {
        let sounds = compared(&extract(name, &rows::played(guesses)));
        (Line::new(name, Figures::paired(&truth, &sounds).with_settings(&chosen.columns, guesses)), sounds)
    };
    let (encoder_line, encoded) = line("model, encoder", &by_encoder);
    let rows_of = |positions: Vec<usize>| -> Vec<Columns> {
        positions.into_iter().map(|row| training.columns[row]).collect()
    };
    let constant = vec![ComparedSound::constant(&known, metric.projection()); truth.len()];
    let mut lines = vec![
        encoder_line,
        line("model, by ear", &by_search).0,
        Line::new("constant (mean sound, median scales)", Figures::paired(&truth, &constant)),
        line("training-mean patch", &vec![baselines::mean(&training.columns); truth.len()]).0,
        line("PCA, 2 components", &baselines::principal(&training.columns, &chosen.columns, 2)).0,
        line("nearest training patch", &rows_of(baselines::nearest(&training.columns, &chosen.columns))).0,
        line(
            "nearest training patch, by ear",
            &rows_of(baselines::nearest_by_sound(&metric, &known_sounds, &wanted)),
        )
        .0,
    ];
    // A single row has no other guess to be compared with.
    if truth.len() > 1 {
        lines.insert(2, Line::new("model, encoder, shuffled", Figures::shuffled(&truth, &encoded)));
    }
    let all_points = [&training_points[..], &chosen_points].concat();
    Ok(EvaluationReport {
        protocol,
        rows: row_set,
        compared: truth.len(),
        training: training.patches.len(),
        lines,
        plane: PlaneFigures::new(&grid, GRID, &grid_features, &all_points),
        neighbours_in_settings: Neighbourhood::new(&training.columns, &training_points, squared),
        neighbours_in_sound: Neighbourhood::new(&known_sounds, &training_points, |a, b| metric.between(a, b)),
    })
}
