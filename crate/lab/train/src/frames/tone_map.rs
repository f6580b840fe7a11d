//! The timbral map of a domain: the tone at every point of a grid of its model's plane, synthesised and measured.

use crate::error::TrainError;
use crate::progress::{Reporter, Stage, TrainingProgress};
use frame_model::{FrameModel, PLANE_TONE_RATE_HZ, SCALE_COUNT, plane_tone};
use plane::map::{Layer, Map, VERSION};
use plane::{LATENT_LIMIT, Point};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use timbre::{Analyzer, Descriptor, TimbreError};

/// Points that a thread measures one after the other: planning the analysis takes as long as one of them.
const POINTS_A_STEP: usize = 25;

/// The map of the seven timbral scales at a MIDI key, with `grid` points along each side. A scale that is the same
/// everywhere has no layer. Reverb and loudness have no layer either: a tone of a model has no reverb, and its level is
/// not part of the latent space.
///
/// # Errors
/// [`TrainError::Tone`] if a tone of the plane cannot be measured.
pub fn tone_map(
    model: &FrameModel,
    key: u8,
    grid: u16,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<Map, TrainError> {
    let points: Vec<Point> = Map::points(grid, LATENT_LIMIT).collect();
    let rows = tone_scales(model, key, &points, &[], progress)?;
    let layer = |(index, scale): (usize, Descriptor)| {
        let values = rows.iter().map(|row| row[index] as f32);
        Layer::new(scale.name(), scale.unit(), scale.ends(), values)
    };
    let layers = Descriptor::SCALES.into_iter().enumerate().map(layer);
    Ok(Map {
        version: VERSION,
        model: format!("{:016x}", model.domain.fingerprint),
        grid,
        limit: LATENT_LIMIT,
        layers: layers.filter(|layer| layer.minimum < layer.maximum).collect(),
    })
}

/// The seven scales of the tones at points of the plane, each 0 to 100, in the order of [`Descriptor::SCALES`].
/// `offsets` are the values on the other axes, the same for all points, as for [`plane_tone`].
///
/// # Errors
/// As [`tone_map`].
pub fn tone_scales(
    model: &FrameModel,
    key: u8,
    points: &[Point],
    offsets: &[f32],
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<Vec<[f64; SCALE_COUNT]>, TrainError> {
    let reporter = Reporter::begin(Stage::Plane, points.len(), progress);
    let unmeasured = |error: TimbreError| TrainError::Tone(error.to_string());
    let measure = |points: &[Point]| {
        let mut analyzer = Analyzer::new(PLANE_TONE_RATE_HZ as u32).map_err(unmeasured)?;
        let scales = |point: &Point| {
            let tone = plane_tone(model, [point.x, point.y], offsets, key)?;
            let descriptors = analyzer.analyze(&tone).map_err(unmeasured)?;
            reporter.advance();
            Ok(descriptors.clipped().scales())
        };
        points.iter().map(scales).collect::<Result<Vec<_>, TrainError>>()
    };
    let rows: Vec<_> = points.par_chunks(POINTS_A_STEP).map(measure).collect::<Result<_, _>>()?;
    Ok(rows.concat())
}
