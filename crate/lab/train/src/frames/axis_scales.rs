//! The effect of the axes beyond a model's plane: the timbral scales of tones at both ends of each axis, measured at
//! nine points of the plane. The page shows it beside their sliders.

use crate::error::TrainError;
use crate::frames::tone_map::tone_scales;
use frame_model::{FrameModel, PLANE_AXES, SCALE_COUNT};
use plane::{LATENT_LIMIT, Point};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use timbre::Descriptor;

/// The points at which each axis is measured: a grid of three by three, half way to the plane's border.
const COORDINATES: [f32; 3] = [-0.5 * LATENT_LIMIT, 0.0, 0.5 * LATENT_LIMIT];

/// The effect of each axis from the third on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AxisScales {
    /// The fingerprint of the model, as in its map.
    pub model: String,
    /// The MIDI key of the tones.
    pub key: u8,
    /// The names of the timbral scales, in the order of the numbers below.
    pub scales: Vec<String>,
    /// The axes.
    pub axes: Vec<AxisChange>,
}

/// The changes of the timbral scales of a tone from one end of an axis to the other, on scales of 0 to 100 points.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AxisChange {
    /// The number of the axis; the first of a model is 1.
    pub axis: usize,
    /// The mean change over nine points of the plane, in points to a tenth.
    pub change: Vec<f64>,
    /// The number of the nine points at which the change has the sign of the mean.
    pub agreeing: Vec<usize>,
}

/// Measures the tones at both ends of each axis from the third on, at nine points of the plane: the 5th and the 95th
/// percentile of the domain's frames, while the other axes are in their middle.
///
/// # Errors
/// [`TrainError::Tone`] if a tone cannot be measured.
pub fn axis_scales(model: &FrameModel, key: u8) -> Result<AxisScales, TrainError> {
    let points: Vec<Point> =
        COORDINATES.into_iter().flat_map(|x| COORDINATES.map(|y| Point { x, y })).collect();
    let others = model.latents().saturating_sub(PLANE_AXES);
    let scales_at = |other: usize, end: f32| {
        let mut offsets = vec![0.0; others];
        offsets[other] = end;
        tone_scales(model, key, &points, &offsets, &|_| ())
    };
    let change = |other: usize| {
        Ok(change_of(PLANE_AXES + 1 + other, &scales_at(other, -1.0)?, &scales_at(other, 1.0)?))
    };
    Ok(AxisScales {
        model: format!("{:016x}", model.domain.fingerprint),
        key,
        scales: Descriptor::SCALES.map(|scale| scale.name().to_owned()).to_vec(),
        axes: (0..others).into_par_iter().map(change).collect::<Result<_, TrainError>>()?,
    })
}

/// The change of an axis, from the scales at its lower and at its upper end, a row for each point.
fn change_of(axis: usize, low: &[[f64; SCALE_COUNT]], high: &[[f64; SCALE_COUNT]]) -> AxisChange {
    let mut change = Vec::new();
    let mut agreeing = Vec::new();
    for scale in 0..SCALE_COUNT {
        let differences: Vec<f64> =
            high.iter().zip(low).map(|(high, low)| high[scale] - low[scale]).collect();
        let mean = differences.iter().sum::<f64>() / differences.len() as f64;
        change.push((10.0 * mean).round() / 10.0);
        agreeing.push(differences.iter().filter(|difference| *difference * mean > 0.0).count());
    }
    AxisChange { axis, change, agreeing }
}
