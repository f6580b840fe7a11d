//! A stand-in for voice and ear that can be differentiated: columns → the coordinates of their sound.
//! It is only right near what it has learned, so it learns again, from true renders, whatever the decoder
//! makes: left alone, the decoder would find the patches that it is wrong about.

use crate::Columns;
use crate::dense::{Dense, Half};
use crate::descent::Descent;
use crate::error::TrainError;
use crate::loss::sound_distance;
use crate::pool::{Pool, Sound, playable};
use crate::tensors::{columns, sounds};
use candle_core::Tensor;
use ear::{COMPONENT_COUNT, COORDINATE_COUNT};
use patch::encoding::COLUMN_COUNT;
use rand::{Rng, RngExt};

/// Units of each hidden layer. With 256, a weight matrix or a batch has so many numbers that the tensor library
/// shares them out to threads that wait for each other in circles.
const WIDTH: usize = 240;
/// Patches of one step.
const BATCH: usize = 256;

/// A surrogate that has learned nothing.
pub fn untrained(random: &mut impl Rng) -> Half<Dense> {
    Half::random(COLUMN_COUNT, WIDTH, [COMPONENT_COUNT, COORDINATE_COUNT - COMPONENT_COUNT], random)
}

/// Learns `steps` batches: half from `known`, half from what the decoder made (`own`), if it has made
/// anything.
pub fn learn(
    surrogate: &Half<Dense>,
    (known, own): (&Pool, &Pool),
    (rate, steps): (f64, usize),
    random: &mut impl Rng,
) -> Result<Half<Dense>, TrainError> {
    let mut descent = Descent::new(surrogate, rate, steps)?;
    for _ in 0..steps {
        let pick = |at: usize, random: &mut dyn Rng| {
            let pool = if at < BATCH / 2 && !own.is_empty() { own } else { known };
            let row = random.random_range(0..pool.len());
            (pool.columns[row], pool.sounds[row])
        };
        let (inputs, wanted): (Vec<_>, Vec<_>) = (0..BATCH).map(|at| pick(at, random)).unzip();
        let predicted = descent.learner.network.forward(&columns(&inputs)?)?;
        let loss = sound_distance(&predicted, &sounds(&wanted)?)?;
        descent.step(&loss)?;
    }
    Ok(descent.weights()?)
}

/// What patches sound like to the surrogate, played as they would be.
pub fn predicted(surrogate: &Half<Dense>, patches: &[Columns]) -> Result<Vec<Sound>, TrainError> {
    let played: Vec<Columns> = patches.iter().map(playable).collect();
    let heard = Half::fixed(surrogate)?.forward(&columns(&played)?)?;
    let heard: Vec<Vec<f32>> = Tensor::cat(&heard, 1)?.to_vec2()?;
    Ok(heard.iter().map(|row| std::array::from_fn(|coordinate| row[coordinate])).collect())
}
