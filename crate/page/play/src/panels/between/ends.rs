//! The sounds A, B, C and D: how one is chosen. A point of the map waits for its patch, which a worker decodes; a later
//! choice counts more than one that waits. A and B are compared, and change places. Another decoder computes them anew.

use patch::{PARAMETER_COUNT, Patch};

use super::{BetweenName, BetweenProblem, BetweenTask, END_COUNT};
use crate::action::{Edit, TouchAction};
use crate::compare::Location;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// A chosen sound.
#[derive(Clone, Debug)]
pub(super) struct BetweenEnd {
    /// Its number; no two choices have the same.
    pub number: u32,
    /// Its location, with its patch if it has its own.
    pub sound: Location,
    pub name: BetweenName,
    /// Its patch.
    pub patch: Patch,
    /// The current sound while this one plays; with locked values the map has less there.
    pub key: Location,
    /// The number of the decoder that has computed it.
    decoder: u32,
}

/// A sound that is to be taken for an end once its patch is known.
#[derive(Clone, Debug)]
struct EndChoice {
    number: u32,
    sound: Location,
    name: BetweenName,
    /// Its patch, once it is known, and the task that computes it.
    patch: Option<Patch>,
    task: Option<TaskNumber>,
    decoder: u32,
    /// The choice of the other one of A and B, which was made earlier, and with which it is compared.
    earlier: Option<u32>,
    /// The current sound when it was chosen; `None` if the same sound is computed anew.
    from: Option<Location>,
}

/// The four ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// The chosen sounds.
    pub chosen: [Option<BetweenEnd>; END_COUNT],
    /// The last choice of each end, until it is taken or refused.
    choices: [Option<EndChoice>; END_COUNT],
    /// The same sounds by another decoder, until they are computed.
    renewals: [Option<EndChoice>; END_COUNT],
    /// Counts the choices.
    count: u32,
}

impl Ends {
    /// The ends A and B, if both are chosen.
    pub fn pair(&self) -> Option<[&BetweenEnd; 2]> {
        self.chosen[0].as_ref().zip(self.chosen[1].as_ref()).map(|(a, b)| [a, b])
    }

    /// All four, if all are chosen.
    pub fn four(&self) -> Option<[&BetweenEnd; END_COUNT]> {
        self.chosen.iter().flatten().collect::<Vec<_>>().try_into().ok()
    }

    /// The waiting choice that counts for the other one of A and B.
    fn earlier(&self, end: usize) -> Option<u32> {
        let other = other_end(end)?;
        let waiting = self.choices[other].as_ref().or(self.renewals[other].as_ref())?;
        Some(waiting.number)
    }

    fn waiting(&self) -> impl Iterator<Item = &EndChoice> {
        self.choices.iter().chain(&self.renewals).flatten()
    }

    fn is_ready(&self, choice: &EndChoice) -> bool {
        choice.patch.is_some()
            && choice.earlier.is_none_or(|earlier| self.waiting().all(|waiting| waiting.number != earlier))
    }

    /// Takes a choice out that waits for nothing any more, with its end;
    /// the same sound by another decoder has no `from`.
    fn take_ready(&mut self) -> Option<(usize, EndChoice)> {
        for is_renewal in [false, true] {
            let list = if is_renewal { &self.renewals } else { &self.choices };
            let is_ready = |end: &usize| list[*end].as_ref().is_some_and(|choice| self.is_ready(choice));
            if let Some(end) = (0..END_COUNT).find(is_ready) {
                let list = if is_renewal { &mut self.renewals } else { &mut self.choices };
                return Some((end, list[end].take()?));
            }
        }
        None
    }

    fn of_task(&mut self, task: TaskNumber) -> Option<&mut EndChoice> {
        let mut all = self.choices.iter_mut().chain(&mut self.renewals).flatten();
        all.find(|choice| choice.task == Some(task))
    }
}

/// The end with which an end is compared: A with B.
fn other_end(end: usize) -> Option<usize> {
    1_usize.checked_sub(end)
}

/// The patch of 41 stored values.
pub(super) fn patch_of(values: &[f32]) -> Option<Patch> {
    let values: &[f32; PARAMETER_COUNT] = values.try_into().ok()?;
    Some(Patch::from_values(values))
}

impl Reducer<'_> {
    /// Chooses the current sound for an end, with the values of locked groups.
    pub(super) fn choose_end_here(&mut self, end: usize) {
        let name = BetweenName::here(self.state);
        let sound = self.between_shared();
        self.choose_end(end, sound, name);
    }

    /// Chooses a sound for an end.
    pub(super) fn choose_end(&mut self, end: usize, sound: Location, name: BetweenName) {
        self.drop_choice(end);
        let from = Some(self.between_here());
        let choice = self.new_choice(end, sound, name, from);
        self.between().ends.choices[end] = Some(choice);
        self.take_ready_ends();
    }

    fn new_choice(
        &mut self,
        end: usize,
        sound: Location,
        name: BetweenName,
        from: Option<Location>,
    ) -> EndChoice {
        let ends = &mut self.between().ends;
        ends.count = ends.count.wrapping_add(1);
        let (number, earlier) = (ends.count, ends.earlier(end));
        let mut choice = EndChoice {
            number,
            patch: sound.patch.as_deref().copied(),
            sound,
            name,
            task: None,
            decoder: 0,
            earlier,
            from,
        };
        self.compute_choice(&mut choice);
        choice
    }

    /// Begins to compute the patch of a choice that has none of its own.
    fn compute_choice(&mut self, choice: &mut EndChoice) {
        choice.decoder = self.state.sound.decoders;
        if choice.sound.patch.is_none() {
            self.cancel_task(choice.task.take());
            let point = choice.sound.point;
            choice.patch = None;
            choice.task = Some(self.begin_task(BetweenTask::Decode { point: [point.x, point.y] }));
        }
    }

    /// Drops what an end waits for.
    fn drop_choice(&mut self, end: usize) {
        let ends = &mut self.between().ends;
        for choice in [ends.choices[end].take(), ends.renewals[end].take()].into_iter().flatten() {
            self.cancel_task(choice.task);
        }
    }

    /// Drops everything that is awaited.
    pub(super) fn drop_choices(&mut self) {
        for end in 0..END_COUNT {
            self.drop_choice(end);
        }
    }

    /// A worker has decoded the patch of an end; returns true if it is one that is awaited.
    pub(super) fn take_end_patch(&mut self, task: TaskNumber, patch: Patch) -> bool {
        let Some(choice) = self.between().ends.of_task(task) else { return false };
        choice.patch = Some(patch);
        choice.task = None;
        self.take_ready_ends();
        true
    }

    /// A worker could not decode it: a choice is refused, and a chosen sound that another decoder cannot compute is
    /// gone.
    pub(super) fn fail_end(&mut self, task: TaskNumber) {
        let ends = &mut self.between().ends;
        let is_it = |choice: &Option<EndChoice>| choice.as_ref().is_some_and(|own| own.task == Some(task));
        if let Some(end) = ends.choices.iter().position(is_it) {
            ends.choices[end] = None;
        } else if let Some(end) = ends.renewals.iter().position(is_it) {
            ends.renewals[end] = None;
            self.place_end(end, None);
        } else {
            return;
        }
        self.between().problem = Some(BetweenProblem::Lost);
        self.take_ready_ends();
    }

    fn take_ready_ends(&mut self) {
        while let Some((end, choice)) = self.between().ends.take_ready() {
            self.take_ready_end(end, choice);
        }
    }

    /// Takes a sound for an end, and goes to it unless the person has gone elsewhere meanwhile.
    fn take_ready_end(&mut self, end: usize, choice: EndChoice) {
        let Some(patch) = choice.patch else { return };
        let ends = &self.between().ends;
        // One that another decoder is still to compute compares itself later.
        let other = other_end(end).and_then(|other| ends.chosen[other].as_ref()).filter(|other| {
            other.patch == patch && (choice.from.is_some() || other.decoder == choice.decoder)
        });
        if other.is_some() {
            let stays =
                ends.chosen[end].as_ref().filter(|_| choice.from.is_some()).map(|end| end.name.clone());
            self.between().problem = Some(BetweenProblem::Same { end, stays });
            if choice.from.is_none() {
                self.place_end(end, None);
            }
            return;
        }
        let here = self.between_here();
        let key = if choice.sound == self.between_shared() { here.clone() } else { choice.sound.clone() };
        let is_elsewhere = choice.from.is_some_and(|from| from == here) && key != here;
        // The same sound by another decoder is wanted no more.
        let replaced = self.between().ends.renewals[end].take();
        self.cancel_task(replaced.and_then(|replaced| replaced.task));
        let EndChoice { number, sound, name, decoder, .. } = choice;
        let taken = BetweenEnd { number, sound: sound.clone(), name, patch, key, decoder };
        self.place_end(end, Some(taken));
        if is_elsewhere {
            self.edit(Edit::FinishStep);
            self.edit(Edit::Glide(sound));
            self.edit(Edit::FinishStep);
            self.sample_between();
        }
        self.prepare_way();
    }

    /// The controls take what an end is now.
    fn place_end(&mut self, end: usize, taken: Option<BetweenEnd>) {
        self.between().ends.chosen[end] = taken;
        if end < 2 {
            self.take_way_end(end);
        }
        self.take_corners();
        self.draw_grids();
    }

    /// A and B change places, also where they are still computed.
    pub(super) fn swap_ends(&mut self) {
        let ends = &mut self.between().ends;
        if ends.pair().is_none() {
            return;
        }
        ends.chosen.swap(0, 1);
        ends.choices.swap(0, 1);
        ends.renewals.swap(0, 1);
        self.take_corners();
        self.draw_grids();
        self.swap_way();
    }

    /// Computes anew what another decoder has computed, or computes.
    pub(super) fn follow_decoder(&mut self) {
        let decoder = self.state.sound.decoders;
        for end in 0..END_COUNT {
            let ends = &mut self.between().ends;
            if let Some(mut choice) = ends.choices[end].take_if(|choice| choice.decoder != decoder) {
                self.compute_choice(&mut choice);
                self.between().ends.choices[end] = Some(choice);
            }
            let ends = &mut self.between().ends;
            let is_renewed = ends.renewals[end].as_ref().is_some_and(|renewal| renewal.decoder == decoder);
            let chosen = ends.chosen[end].as_ref().filter(|chosen| chosen.decoder != decoder && !is_renewed);
            let Some((sound, name)) = chosen.map(|chosen| (chosen.sound.clone(), chosen.name.clone())) else {
                continue;
            };
            let replaced = ends.renewals[end].take();
            self.cancel_task(replaced.and_then(|replaced| replaced.task));
            let renewal = self.new_choice(end, sound, name, None);
            self.between().ends.renewals[end] = Some(renewal);
        }
        self.take_ready_ends();
    }

    /// Plays the current sound for a moment, unless it sounds.
    pub(super) fn sample_between(&mut self) {
        self.touch(TouchAction::Sample(self.state.panels.now_ms));
    }
}
