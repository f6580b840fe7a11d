//! A differentiable surrogate of the voice and the features: columns → the coordinates of their sound. It is accurate
//! only near its training data, so each round adds renders of the decoder's patches: otherwise the decoder would
//! exploit its errors.

use crate::Columns;
use crate::dense::{Dense, TwoHeaded};
use crate::error::TrainError;
use crate::loss::sound_distance;
use crate::optimization::Optimization;
use crate::pool::{Pool, playable};
use crate::tensors::{columns, sounds};
use candle_core::Tensor;
use features::{COMPONENT_COUNT, COORDINATE_COUNT, SoundCoordinates};
use patch::encoding::COLUMN_COUNT;
use rand::{Rng, RngExt};

/// Units of each hidden layer. With 256, a weight matrix or a batch is so large that the tensor library distributes
/// them to threads, which spend most of the time waiting for each other.
const WIDTH: usize = 240;
/// Patches of one step.
const BATCH: usize = 256;

/// An untrained surrogate.
pub fn untrained(random: &mut impl Rng) -> TwoHeaded<Dense> {
    TwoHeaded::random(COLUMN_COUNT, WIDTH, [COMPONENT_COUNT, COORDINATE_COUNT - COMPONENT_COUNT], random)
}

/// Learns `steps` batches: half from `known`, half from the decoder's patches (`own`), if any.
pub fn learn(
    surrogate: &TwoHeaded<Dense>,
    (known, own): (&Pool, &Pool),
    (rate, steps): (f64, usize),
    random: &mut impl Rng,
) -> Result<TwoHeaded<Dense>, TrainError> {
    let mut optimization = Optimization::new(surrogate, rate, steps)?;
    for _ in 0..steps {
        let pick = |at: usize, random: &mut dyn Rng| {
            let pool = if at < BATCH / 2 && !own.is_empty() { own } else { known };
            let row = random.random_range(0..pool.len());
            (pool.columns[row], pool.sounds[row])
        };
        let (inputs, wanted): (Vec<_>, Vec<_>) = (0..BATCH).map(|at| pick(at, random)).unzip();
        let predicted = optimization.learner.network.forward(&columns(&inputs)?)?;
        let loss = sound_distance(&predicted, &sounds(&wanted)?)?;
        optimization.step(&loss)?;
    }
    Ok(optimization.weights()?)
}

/// The surrogate's prediction of the sound of playable patches.
pub fn predicted(
    surrogate: &TwoHeaded<Dense>,
    patches: &[Columns],
) -> Result<Vec<SoundCoordinates>, TrainError> {
    let played: Vec<Columns> = patches.iter().map(playable).collect();
    let sounds = TwoHeaded::fixed(surrogate)?.forward(&columns(&played)?)?;
    let rows: Vec<Vec<f32>> = Tensor::cat(&sounds, 1)?.to_vec2()?;
    Ok(rows.iter().map(|row| std::array::from_fn(|coordinate| row[coordinate])).collect())
}
