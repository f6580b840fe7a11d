//! What the axes of a model change that its plane does not have: the timbral scales of tones at both ends of each axis,
//! measured at nine points of the plane. The page says it beside their sliders.

use crate::error::TrainError;
use crate::frames::tone_map::moved_tone_scales;
use crate::progress::TrainingProgress;
use frame_model::{FrameModel, SCALE_COUNT};
use plane::LATENT_LIMIT;
use serde::{Deserialize, Serialize};
use timbre::Descriptor;

/// The axes of the plane, which come first.
const PLANE_AXES: usize = 2;
/// The points at which each axis is measured: a grid of three by three, half way to the plane's border.
const COORDINATES: [f32; 3] = [-0.5 * LATENT_LIMIT, 0.0, 0.5 * LATENT_LIMIT];
const PLACES: usize = COORDINATES.len() * COORDINATES.len();

/// What each axis from the third on changes.
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

/// How the timbral scales of a tone change from one end of an axis to the other, each 0 to 100 points.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AxisChange {
    /// Which axis; the first of a model is 1.
    pub axis: usize,
    /// The mean change over nine points of the plane, in points to a tenth.
    pub change: Vec<f64>,
    /// At how many of the nine points the change has the sign of the mean.
    pub agreeing: Vec<usize>,
}

/// Measures the tones at both ends of each axis from the third on, at nine points of the plane: the 5th and the 95th
/// percentile of the domain's frames, while the others are in their middle.
///
/// # Errors
/// [`TrainError::Tone`] if a tone cannot be measured.
pub fn axis_scales(
    model: &FrameModel,
    key: u8,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<AxisScales, TrainError> {
    let others = model.latents().saturating_sub(PLANE_AXES);
    let mut tones = Vec::new();
    for axis in 0..others {
        for end in [-1.0, 1.0] {
            let mut offsets = vec![0.0; others];
            offsets[axis] = end;
            let places = COORDINATES.into_iter().flat_map(|x| COORDINATES.map(|y| [x, y]));
            tones.extend(places.map(|point| (point, offsets.clone())));
        }
    }
    let rows = moved_tone_scales(model, key, &tones, progress)?;
    let axes = rows.chunks(2 * PLACES).zip(PLANE_AXES + 1..).map(|(rows, axis)| change_of(axis, rows));
    Ok(AxisScales {
        model: format!("{:016x}", model.domain.fingerprint),
        key,
        scales: Descriptor::SCALES.map(|scale| scale.name().to_owned()).to_vec(),
        axes: axes.collect(),
    })
}

/// The change of an axis, from the scales at its lower end and then at its upper end.
fn change_of(axis: usize, rows: &[[f64; SCALE_COUNT]]) -> AxisChange {
    let (low, high) = rows.split_at(PLACES);
    let mut change = Vec::new();
    let mut agreeing = Vec::new();
    for scale in 0..SCALE_COUNT {
        let differences: Vec<f64> =
            high.iter().zip(low).map(|(high, low)| high[scale] - low[scale]).collect();
        let mean = differences.iter().sum::<f64>() / PLACES as f64;
        change.push((10.0 * mean).round() / 10.0);
        agreeing.push(differences.iter().filter(|difference| *difference * mean > 0.0).count());
    }
    AxisChange { axis, change, agreeing }
}
