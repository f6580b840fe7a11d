//! The rounds of a visit: undo and redo lead from one to another, and each still has its eight children. Pure.

use super::round::{BredSound, BreedRound};

/// The most rounds that are kept: some kilobytes each.
const ROUND_LIMIT: usize = 60;

/// The rounds, and the one that is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct BreedRounds {
    rounds: Vec<BreedRound>,
    shown: Option<u32>,
    begun: u32,
}

impl BreedRounds {
    /// The round that is shown.
    pub fn shown(&self) -> Option<&BreedRound> {
        self.find(self.shown?)
    }

    /// The same, to change it.
    pub fn shown_mut(&mut self) -> Option<&mut BreedRound> {
        let id = self.shown?;
        self.find_mut(id)
    }

    /// The round of this number.
    pub fn find(&self, id: u32) -> Option<&BreedRound> {
        self.rounds.iter().find(|round| round.start.id == id)
    }

    /// The same, to change it.
    pub fn find_mut(&mut self, id: u32) -> Option<&mut BreedRound> {
        self.rounds.iter_mut().find(|round| round.start.id == id)
    }

    /// The number of the next round.
    pub fn next_id(&self) -> u32 {
        self.begun + 1
    }

    /// Adds a round, and shows it.
    pub fn add(&mut self, round: BreedRound) {
        self.begun = round.start.id;
        self.shown = Some(round.start.id);
        if self.rounds.len() == ROUND_LIMIT {
            self.rounds.remove(0);
        }
        self.rounds.push(round);
    }

    /// Shows the round of this number; returns whether it is kept.
    pub fn show(&mut self, id: u32) -> bool {
        let is_kept = self.find(id).is_some();
        if is_kept {
            self.shown = Some(id);
        }
        is_kept
    }

    /// Shows the last round of a sound; returns whether there is one.
    pub fn show_of(&mut self, sound: &BredSound) -> bool {
        if self.shown().is_some_and(|round| round.start.parent == *sound) {
            return true;
        }
        let last =
            self.rounds.iter().rev().find(|round| round.start.parent == *sound).map(|round| round.start.id);
        last.is_some_and(|id| self.show(id))
    }
}
