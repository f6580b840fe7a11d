//! Batches of targets with their starts, as tensors.

use super::input::Input;
use super::sounds::SoundGroup;
use candle_core::{Device, Result, Tensor};
use features::Phi;
use matching::guess::{HeardTarget, INPUT_COUNT, NOISE_COUNT, input, louder};
use matching::{twins, volume_and_distance};
use model::kinds::sound_to_patch::{FACT_COUNT, LEVEL_COUNT};
use patch::full_encoding::{FULL_COUNT, FullColumns, encode};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// Pairs as tensors, one row for each.
pub struct Batch {
    /// The inputs of the network.
    pub input: Input<Tensor>,
    /// The target's columns; if several columns make exactly the same sound, the nearest to the start's.
    pub wanted: Tensor,
    /// The start's columns.
    pub start: Tensor,
}

impl Batch {
    /// `count` pairs of a target and one of its starts, and random numbers.
    pub fn draw(groups: &[SoundGroup], level: &Phi, count: usize, random: &mut impl Rng) -> Result<Self> {
        let mut rows = Rows::default();
        for _ in 0..count {
            let group = &groups[random.random_range(0..groups.len())];
            let target = random.random_range(0..group.sounds.len());
            let starts = &group.starts[target];
            rows.add(group, target, starts[random.random_range(0..starts.len())], level);
        }
        let noise: Vec<f32> = (0..count * NOISE_COUNT).map(|_| random.sample(StandardNormal)).collect();
        rows.batch(count, noise)
    }
}

#[derive(Default)]
struct Rows {
    levels: Vec<f32>,
    facts: Vec<f32>,
    wanted: Vec<f32>,
    start: Vec<f32>,
}

impl Rows {
    fn add(&mut self, group: &SoundGroup, target: usize, start: usize, level: &Phi) {
        let [target, start] = [target, start].map(|at| &group.sounds[at]);
        let (gain_db, _) = volume_and_distance(&target.components, &start.components, level);
        let difference: Phi =
            std::array::from_fn(|at| start.components[at] + gain_db * level[at] - target.components[at]);
        let levels: Vec<f32> = target.levels_db().collect();
        let heard = HeardTarget { levels: &levels, components: &target.components, note: group.note };
        let at_volume = louder(&start.levels_db().collect::<Vec<_>>(), gain_db);
        let numbers = input(&heard, &start.patch, &at_volume, &difference);
        self.levels.extend(&numbers[..LEVEL_COUNT]);
        self.facts.extend(&numbers[LEVEL_COUNT..]);
        let apart = |columns: &FullColumns| -> f32 {
            columns.iter().zip(&start.columns).map(|(a, b)| (a - b).powi(2)).sum()
        };
        let twins = twins(&target.patch);
        let all = twins.iter().map(encode).chain([target.columns]);
        let nearest = all.min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(target.columns);
        self.wanted.extend(nearest);
        self.start.extend(start.columns);
    }

    fn batch(self, count: usize, noise: Vec<f32>) -> Result<Batch> {
        let tensor = |values, length| Tensor::from_vec(values, (count, length), &Device::Cpu);
        let facts = tensor(self.facts, FACT_COUNT)?;
        Ok(Batch {
            input: Input {
                levels: tensor(self.levels, LEVEL_COUNT)?,
                facts,
                noise: tensor(noise, NOISE_COUNT)?,
            },
            wanted: tensor(self.wanted, FULL_COUNT)?,
            start: tensor(self.start, FULL_COUNT)?,
        })
    }
}

const _: () = assert!(INPUT_COUNT == LEVEL_COUNT + FACT_COUNT);
