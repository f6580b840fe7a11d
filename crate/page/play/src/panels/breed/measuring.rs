//! Measures the children in workers and draws those again that fail, unseen.

use patch::Patch;

use super::BreedTask;
use super::ear::{MEASURED_COUNT, MeasuredSound};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// A task that measures patches of a round.
#[derive(Clone, Debug)]
pub(super) struct ChildMeasuring {
    pub task: TaskNumber,
    /// The number of the round.
    round: u32,
    /// The patches and their places; none is that of the parent.
    patches: Vec<(Option<usize>, Patch)>,
}

impl Reducer<'_> {
    /// Measures what is not measured of the shown round.
    pub(super) fn measure_children(&mut self) {
        self.cancel_measurings();
        let Some(round) = self.breed().rounds.shown() else { return };
        let patches = round.unmeasured();
        self.measure_patches_of_breed(patches);
    }

    fn measure_patches_of_breed(&mut self, patches: Vec<(Option<usize>, Patch)>) {
        let Some(round) = self.breed().rounds.shown() else { return };
        let (id, key) = (round.start.id, round.start.key);
        if patches.is_empty() {
            return;
        }
        let values = patches.iter().flat_map(|(_, patch)| *patch.values()).collect();
        let task = self.begin_task(BreedTask::Measure { patches: values, key });
        self.breed().measurings.push(ChildMeasuring { task, round: id, patches });
    }

    pub(super) fn cancel_measurings(&mut self) {
        for measuring in std::mem::take(&mut self.breed().measurings) {
            self.cancel_task(Some(measuring.task));
        }
    }

    /// Takes the numbers of patches from a position of a task on.
    pub(super) fn take_measured_children(&mut self, task: TaskNumber, from: usize, numbers: &[Option<f32>]) {
        let breed = self.breed();
        let Some(measuring) = breed.measuring_of(task) else { return };
        let id = measuring.round;
        let measured = measuring.patches.iter().skip(from).zip(numbers.chunks_exact(MEASURED_COUNT));
        let measured: Vec<_> = measured.map(|(own, numbers)| (*own, MeasuredSound::read(numbers))).collect();
        let Some(round) = breed.rounds.find_mut(id) else { return };
        for ((place, patch), sound) in measured {
            round.hear(place, &patch, sound);
        }
        let redrawn = round.judge();
        let patches = redrawn.into_iter().map(|place| (Some(place), round.children[place].patch)).collect();
        breed.is_lost = false;
        self.measure_patches_of_breed(patches);
    }

    pub(super) fn end_child_measuring(&mut self, task: TaskNumber, is_lost: bool) {
        let breed = self.breed();
        if breed.measuring_of(task).is_some() {
            breed.measurings.retain(|measuring| measuring.task != task);
            breed.is_lost |= is_lost;
        }
    }
}
