//! The nearest patches so far, and children of two of them: crossover and mutation find combinations that no descent
//! reaches.

use patch::{Info, Parameter};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::judged_patch::JudgedPatch;
use crate::note::Candidate;
use crate::space::{SEARCHED_CONTINUOUS, SEARCHED_STEPPED, is_audible, moved, position};
use crate::starts::START_COUNT;

/// Patches that are kept.
const POPULATION: usize = START_COUNT;
/// The share of the parameters that a child takes from its second parent. Not tuned, like the next three.
const CROSSOVER_SHARE: f64 = 0.3;
/// The share of the audible continuous parameters that mutate.
const MUTATION_SHARE: f64 = 0.1;
/// The scale of a mutation, whose standard deviation is 1.15 times that: a sum of four uniform numbers of ±1.
const MUTATION_WIDTH: f32 = 0.1;
/// The share of the stepped parameters that mutate, to any of their values.
const CLASS_MUTATION_SHARE: f64 = 0.03;

/// A kept patch.
struct Member {
    judged: JudgedPatch,
    /// True if a descent begins or has ended there.
    is_searched: bool,
}

/// The nearest patches.
pub(crate) struct Breeding {
    random: ChaCha8Rng,
    population: Vec<Member>,
}

impl Breeding {
    pub fn new(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), population: Vec::new() }
    }

    /// Takes a patch if it is one of the nearest.
    pub fn add(&mut self, judged: &JudgedPatch, is_searched: bool) {
        let at = self.population.partition_point(|other| other.judged.distance <= judged.distance);
        // A copy has thousands of differences: most patches are too far to need one.
        if at < POPULATION {
            self.population.insert(at, Member { judged: judged.clone(), is_searched });
            self.population.truncate(POPULATION);
        }
    }

    /// Judges all patches as near the solution, and takes the nearest ones out.
    pub fn come_near(&mut self, count: usize) -> Vec<Candidate> {
        self.population.iter_mut().for_each(|member| {
            member.judged.come_near();
            member.is_searched = false;
        });
        self.population.sort_by(|a, b| a.judged.distance.total_cmp(&b.judged.distance));
        let nearest = self.population.drain(..count.min(self.population.len()));
        nearest.map(|member| member.judged.candidate).collect()
    }

    /// The nearest patch if no descent knows it.
    pub fn unsearched_best(&self) -> Option<&JudgedPatch> {
        self.population.first().filter(|best| !best.is_searched).map(|best| &best.judged)
    }

    /// Says that descents know the nearest patch.
    pub fn best_is_searched(&mut self) {
        if let Some(best) = self.population.first_mut() {
            best.is_searched = true;
        }
    }

    /// Says that descents know all patches.
    pub fn all_are_searched(&mut self) {
        self.population.iter_mut().for_each(|member| member.is_searched = true);
    }

    fn pick(&mut self) -> usize {
        let count = self.population.len();
        self.random.random_range(0..count).min(self.random.random_range(0..count))
    }

    /// A child of two patches, the nearer ones more often; there must be one at least.
    pub fn child(&mut self) -> Candidate {
        let [mother, father] = [self.pick(), self.pick()].map(|at| self.population[at].judged.candidate);
        let mut patch = mother.patch;
        for parameter in Parameter::ALL {
            if self.random.random_bool(CROSSOVER_SHARE) {
                patch.set(parameter, father.patch.get(parameter));
            }
        }
        let mut place = position(&patch);
        for at in 0..SEARCHED_CONTINUOUS.len() {
            if is_audible(&patch, SEARCHED_CONTINUOUS[at]) && self.random.random_bool(MUTATION_SHARE) {
                let noise: f32 = (0..4).map(|_| self.random.random_range(-1.0_f32..1.0)).sum();
                place[at] += MUTATION_WIDTH * noise;
            }
        }
        let mut patch = moved(&patch, &place);
        for parameter in SEARCHED_STEPPED {
            if self.random.random_bool(CLASS_MUTATION_SHARE) {
                let &Info { min, max, .. } = parameter.info();
                patch.set(parameter, self.random.random_range(min..=max));
            }
        }
        mother.with_patch(patch)
    }
}
