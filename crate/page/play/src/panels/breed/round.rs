//! A round: a sound, its eight children, and what is measured of them. A child that fails is drawn again from the same
//! seed. Pure.

use patch::{Group, Parameter, Patch};

use super::CHILD_COUNT;
use super::ear::{EarChange, EarVerdict, MeasuredSound, judge, level};
use super::generation::{BreedRules, Breeder, SectionDonor, SectionFate};
use super::section::SECTION_COUNT;
use crate::compare::Location;
use crate::panels::between::BetweenName;

/// How many times a child is drawn again. A child that fails then stays: the rules leave too little to change.
const REDRAWS: u32 = 6;

/// A sound that has children.
#[derive(Clone, Debug)]
pub(super) struct BredSound {
    /// Its location, without a patch if it is decoded.
    pub location: Location,
    /// The audible patch.
    pub patch: Patch,
}

/// The parameters of playing do not count: Breed never changes them, and the notes override them.
impl PartialEq for BredSound {
    fn eq(&self, other: &Self) -> bool {
        let differs = |&parameter: &Parameter| self.patch.get(parameter) != other.patch.get(parameter);
        let counts = |parameter: &Parameter| parameter.info().group != Group::Playing;
        self.location.point == other.location.point
            && !Parameter::ALL.iter().filter(|own| counts(own)).any(differs)
    }
}

/// The known values of the sound of a patch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum EarResult {
    #[default]
    Unmeasured,
    /// Measured; none if it is silent.
    Measured(Option<MeasuredSound>),
}

/// A child.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BredChild {
    pub patch: Patch,
    pub fates: [SectionFate; SECTION_COUNT],
    pub ear: EarResult,
    /// True once its sound is judged.
    pub is_judged: bool,
    /// True if a person has heard it.
    pub is_heard: bool,
    /// How many times it was drawn again.
    redraws: u32,
}

impl BredChild {
    /// Its sound, if that is measured and audible.
    pub fn sound(&self) -> Option<&MeasuredSound> {
        match &self.ear {
            EarResult::Measured(sound) => sound.as_ref(),
            EarResult::Unmeasured => None,
        }
    }
}

/// A round.
#[derive(Clone, Debug)]
pub(super) struct BreedRound {
    /// The sound, the origin and the rules with which it began; the sound of its parent may be measured later.
    pub start: RoundStart,
    pub children: Vec<BredChild>,
    /// The child that was heard last.
    pub chosen: Option<usize>,
    /// Counts the drawn children.
    draws: u64,
}

/// The sound, the origin and the rules of a round.
#[derive(Clone, Debug)]
pub(super) struct RoundStart {
    /// Its number; no two rounds of a visit have the same.
    pub id: u32,
    /// The round from which a person has gone on to it.
    pub before: Option<u32>,
    /// The number of rounds that led to it, from 1.
    pub number: u32,
    pub parent: BredSound,
    /// The name of the sound with which its first round began.
    pub name: BetweenName,
    pub parent_ear: EarResult,
    /// The key at which its sounds are measured.
    pub key: u8,
    pub seed: u64,
    pub donors: Vec<SectionDonor>,
    pub rules: BreedRules,
}

impl BreedRound {
    /// Draws the children; none if nothing may change.
    pub fn begin(start: RoundStart) -> Self {
        let count = if start.rules.free_sections().is_empty() { 0 } else { CHILD_COUNT };
        let mut round = Self { start, children: Vec::new(), chosen: None, draws: 0 };
        for place in 0..count {
            let child = round.draw(place);
            round.children.push(child);
        }
        round
    }

    fn draw(&mut self, place: usize) -> BredChild {
        let others: Vec<Patch> = self.children.iter().map(|child| child.patch).collect();
        // The golden ratio spreads neighbouring numbers over all bits.
        let seed = self.start.seed ^ (self.draws + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.draws += 1;
        let breeder = Breeder {
            parent: &self.start.parent.patch,
            donors: &self.start.donors,
            rules: &self.start.rules,
        };
        let drawn = breeder.draw(seed, place, &others);
        BredChild {
            patch: drawn.patch,
            fates: drawn.fates,
            ear: EarResult::Unmeasured,
            is_judged: false,
            is_heard: false,
            redraws: 0,
        }
    }

    /// Judges what is measured, children in their order. Returns the places of those that are drawn again.
    pub fn judge(&mut self) -> Vec<usize> {
        let EarResult::Measured(parent) = self.start.parent_ear.clone() else { return Vec::new() };
        let mut redrawn = Vec::new();
        for place in 0..self.children.len() {
            let child = &mut self.children[place];
            let EarResult::Measured(sound) = &mut child.ear else { continue };
            if child.is_judged {
                continue;
            }
            // A locked volume stays, and so does that of a child that a person knows.
            let can_level = !self.start.rules.locked.contains(&(Parameter::MasterVol.index() as u8));
            if let (Some(sound), Some(parent), true, false) = (sound, &parent, can_level, child.is_heard) {
                *sound = level(&mut child.patch, sound, parent);
            }
            let judged = self.children.iter().filter(|other| other.is_judged).filter_map(BredChild::sound);
            let verdict = judge(self.children[place].sound(), parent.as_ref(), judged);
            let child = &mut self.children[place];
            // A child that a person has heard stays; silence was not heard.
            let stays = child.is_heard && verdict != EarVerdict::Silent;
            if verdict == EarVerdict::Good || stays || child.redraws >= REDRAWS {
                child.is_judged = true;
                continue;
            }
            let redraws = child.redraws + 1;
            let drawn = self.draw(place);
            self.children[place] = BredChild { redraws, ..drawn };
            redrawn.push(place);
        }
        redrawn
    }

    /// The patches that are not measured, with their places; the place of the parent is none.
    pub fn unmeasured(&self) -> Vec<(Option<usize>, Patch)> {
        let is_open = |ear: &EarResult| *ear == EarResult::Unmeasured;
        let parent = is_open(&self.start.parent_ear).then_some((None, self.start.parent.patch));
        let children = self.children.iter().enumerate();
        let children = children.filter(|(_, child)| is_open(&child.ear));
        let children = children.map(|(place, child)| (Some(place), child.patch));
        parent.into_iter().chain(children).collect()
    }

    /// Takes the sound of a patch at a place, unless that has another patch by now.
    pub fn hear(&mut self, place: Option<usize>, patch: &Patch, sound: Option<MeasuredSound>) {
        let Some(place) = place else {
            self.start.parent_ear = EarResult::Measured(sound);
            return;
        };
        if let Some(child) = self.children.get_mut(place).filter(|child| child.patch == *patch) {
            child.ear = EarResult::Measured(sound);
        }
    }

    /// The changes of a child that are heard most.
    pub fn changes(&self, child: &BredChild) -> Vec<EarChange> {
        let EarResult::Measured(Some(parent)) = &self.start.parent_ear else { return Vec::new() };
        child.sound().map(|sound| sound.changes_from(parent)).unwrap_or_default()
    }

    /// How many times children were drawn again.
    #[cfg(test)]
    pub fn redraws(&self) -> u64 {
        self.draws - self.children.len() as u64
    }
}
