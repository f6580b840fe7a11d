//! A differentiable surrogate of the voice for these data: the columns of any patch and a note → the principal components
//! of its sound, without what a change of volume does.

use super::computation::Computation;
use super::pairs::note_numbers;
use super::parameters::Parameters;
use super::perceptron::residual;
use super::sounds::SoundGroup;
use crate::error::TrainError;
use crate::optimization::VariableDescent;
use candle_core::{Device, Result, Tensor};
use features::{COMPONENT_COUNT, Phi};
use matching::guess::NOTE_COUNT;
use patch::full_encoding::FULL_COUNT;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Units of each hidden layer: with more the tensor library distributes a batch to threads.
const WIDTH: usize = 240;
/// Hidden layers behind the first.
const DEPTH: usize = 2;
/// Sounds of one step.
const BATCH: usize = 256;
/// Size of the first step.
const RATE: f64 = 2e-3;

/// The trained surrogate.
pub struct VoiceSurrogate {
    layers: Parameters,
    level: Phi,
}

impl VoiceSurrogate {
    /// Learns `steps` batches.
    pub fn learn(
        groups: &[SoundGroup],
        level: &Phi,
        steps: usize,
        mut random: ChaCha8Rng,
    ) -> std::result::Result<Self, TrainError> {
        let mut surrogate = Self { layers: Parameters::new(random.clone()), level: *level };
        let mut descent: Option<VariableDescent> = None;
        let without_volume = without_volume(level)?;
        for _ in 0..steps {
            let (mut columns, mut notes, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..BATCH {
                let group = &groups[random.random_range(0..groups.len())];
                let sound = &group.sounds[random.random_range(0..group.sounds.len())];
                columns.extend(sound.columns);
                notes.extend(note_numbers(&group.note));
                sounds.extend(sound.components);
            }
            let row = |values, length| Tensor::from_vec(values, (BATCH, length), &Device::Cpu);
            let wanted = row(sounds, COMPONENT_COUNT)?.matmul(&without_volume)?;
            let predicted = surrogate.predict(&row(columns, FULL_COUNT)?, &row(notes, NOTE_COUNT)?)?;
            let loss = ((predicted - wanted)?.sqr()?.sum_all()? / BATCH as f64)?;
            let descent = match &mut descent {
                Some(descent) => descent,
                None => descent.insert(VariableDescent::new(surrogate.layers.variables(), RATE, steps)?),
            };
            descent.step(&loss)?;
        }
        if let Some(descent) = descent {
            surrogate.layers.settle(descent.means())?;
        }
        Ok(surrogate)
    }

    /// The components of the sounds of some columns.
    pub fn predict(&mut self, columns: &Tensor, notes: &Tensor) -> Result<Tensor> {
        let c = &mut self.layers;
        let input = c.join(columns, notes)?;
        let sum = c.dense("first", &input, WIDTH)?;
        let hidden = c.silu(&sum)?;
        let hidden = residual(c, "hidden", hidden, DEPTH)?;
        c.dense("sound", &hidden, COMPONENT_COUNT)
    }

    /// How far corrected sounds are from their targets: a mean over the batch. What a start differs by is known; the
    /// surrogate tells only how a correction changes it.
    pub fn distance(
        &mut self,
        difference: &Tensor,
        before: &Tensor,
        after: &Tensor,
        notes: &Tensor,
    ) -> Result<Tensor> {
        let change = (self.predict(after, notes)? - self.predict(before, notes)?.detach())?;
        let left = (difference + change)?.matmul(&without_volume(&self.level)?)?;
        left.sqr()?.sum_all()? / left.dim(0)? as f64
    }
}

/// The projection that removes what a change of volume does, 24 × 24.
fn without_volume(level: &Phi) -> Result<Tensor> {
    let square: f32 = level.iter().map(|part| part * part).sum();
    let mut matrix = vec![0.0; COMPONENT_COUNT * COMPONENT_COUNT];
    for (row, a) in level.iter().enumerate() {
        for (column, b) in level.iter().enumerate() {
            matrix[row * COMPONENT_COUNT + column] = f32::from(u8::from(row == column)) - a * b / square;
        }
    }
    Tensor::from_vec(matrix, (COMPONENT_COUNT, COMPONENT_COUNT), &Device::Cpu)
}
