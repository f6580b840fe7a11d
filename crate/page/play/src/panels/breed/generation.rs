//! Draws children of a sound: sections of it are swapped for those of near presets, or mutated. The same seed gives the
//! same child. Pure: measures nothing.

use patch::{Parameter, Patch};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};

use super::section::{BreedSection, SECTION_COUNT, is_choice};

/// How many times a child is drawn until it differs from its parent and from the others.
const DRAWS: usize = 64;
/// From this draw on sections are mutated in any case: there may be too few presets to swap with.
const MUTATED_FROM: usize = 24;
/// The amount of such a mutation at least, as a share of the range.
const LEAST_AMOUNT: f32 = 0.1;
/// The chances that two and that three sections of a child change.
const MORE_SECTIONS: [f32; 2] = [0.5, 0.3];

/// How the sections of children change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum BreedMode {
    /// They come from other presets.
    Swap,
    /// Their parameters move.
    Mutate,
    /// One or the other, by chance.
    #[default]
    Both,
}

/// The rules by which children are drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BreedRules {
    /// How each section changes.
    pub modes: [BreedMode; SECTION_COUNT],
    /// By how much a mutation moves each parameter of a section at most, as a share of its range, 0…1.
    pub amounts: [f32; SECTION_COUNT],
    /// The sections that stay as they are.
    pub is_kept: [bool; SECTION_COUNT],
    /// The indices of the parameters that stay as they are.
    pub locked: Vec<u8>,
}

/// A preset that gives sections to children.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SectionDonor {
    /// Its name.
    pub name: String,
    pub patch: Patch,
}

/// The origin of a child's section.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum SectionFate {
    /// It is the parent's.
    #[default]
    Same,
    /// It comes from the donor at this position.
    Swapped(usize),
    /// Its parameters have moved by up to this share of their range.
    Mutated(f32),
}

/// A child as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DrawnChild {
    pub patch: Patch,
    pub fates: [SectionFate; SECTION_COUNT],
}

impl BreedRules {
    fn is_free(&self, parameter: Parameter) -> bool {
        !self.locked.contains(&(parameter.index() as u8))
    }

    /// The parameters of a section that may change; none of a section that stays.
    fn free_parameters(&self, section: BreedSection) -> impl Iterator<Item = Parameter> {
        let is_kept = self.is_kept[section as usize];
        section.parameters().filter(move |&parameter| !is_kept && self.is_free(parameter))
    }

    /// The sections that may change.
    pub fn free_sections(&self) -> Vec<BreedSection> {
        let is_free = |section: &BreedSection| self.free_parameters(*section).next().is_some();
        BreedSection::ALL.into_iter().filter(is_free).collect()
    }
}

/// Draws the children of a sound.
pub(super) struct Breeder<'a> {
    pub parent: &'a Patch,
    pub donors: &'a [SectionDonor],
    pub rules: &'a BreedRules,
}

impl Breeder<'_> {
    /// Draws a child that differs from its parent and from the `others`, as far as anything can change at all.
    /// `place` is its own among them: children next to each other change another section first.
    pub fn draw(&self, seed: u64, place: usize, others: &[Patch]) -> DrawnChild {
        let mut chance = SmallRng::seed_from_u64(seed);
        let mut child = DrawnChild { patch: *self.parent, fates: Default::default() };
        for draw in 0..DRAWS {
            child = self.draw_once(&mut chance, place, draw >= MUTATED_FROM);
            if child.patch != *self.parent && !others.contains(&child.patch) {
                break;
            }
        }
        child
    }

    fn draw_once(&self, chance: &mut SmallRng, place: usize, is_mutated: bool) -> DrawnChild {
        let mut patch = *self.parent;
        let mut fates = [SectionFate::Same; SECTION_COUNT];
        let mut choices = Vec::new();
        for section in self.drawn_sections(chance, place) {
            let fate = self.drawn_fate(chance, section, is_mutated);
            match fate {
                SectionFate::Same => {}
                SectionFate::Swapped(donor) => self.swap(&mut patch, section, donor),
                SectionFate::Mutated(amount) => {
                    self.mutate(chance, &mut patch, section, amount);
                    let own = self.rules.free_parameters(section).filter(|&parameter| is_choice(parameter));
                    choices.extend(own.map(|parameter| (parameter, amount)));
                }
            }
            fates[section as usize] = fate;
        }
        // At most one choice of a child changes: two at once leave nothing of the sound.
        if !choices.is_empty() {
            let (parameter, amount) = choices[chance.random_range(0..choices.len())];
            if chance.random_range(0.0..1.0) < amount {
                patch.set(parameter, other_choice(chance, parameter, patch.get(parameter)));
            }
        }
        for section in BreedSection::ALL {
            let is_same = |parameter| patch.get(parameter) == self.parent.get(parameter);
            if section.parameters().all(is_same) {
                fates[section as usize] = SectionFate::Same;
            }
        }
        DrawnChild { patch, fates }
    }

    /// One to three sections.
    fn drawn_sections(&self, chance: &mut SmallRng, place: usize) -> Vec<BreedSection> {
        let mut free = self.rules.free_sections();
        if free.is_empty() {
            return free;
        }
        let first = place % free.len();
        free.swap(0, first);
        let more = MORE_SECTIONS.iter().take_while(|&&share| chance.random_range(0.0..1.0) < share).count();
        let count = free.len().min(1 + more);
        for at in 1..count {
            let other = chance.random_range(at..free.len());
            free.swap(at, other);
        }
        free.truncate(count);
        free
    }

    fn drawn_fate(&self, chance: &mut SmallRng, section: BreedSection, is_mutated: bool) -> SectionFate {
        let amount = self.rules.amounts[section as usize];
        let mode = self.rules.modes[section as usize];
        if is_mutated {
            return SectionFate::Mutated(amount.max(LEAST_AMOUNT));
        }
        let donors = if mode == BreedMode::Mutate { Vec::new() } else { self.donors_of(section) };
        let can_mutate = mode != BreedMode::Swap && amount > 0.0;
        let is_swapped = !donors.is_empty() && (!can_mutate || chance.random_range(0.0..1.0) < 0.5);
        if is_swapped {
            return SectionFate::Swapped(donors[chance.random_range(0..donors.len())]);
        }
        if can_mutate { SectionFate::Mutated(amount) } else { SectionFate::Same }
    }

    /// The donors whose section differs from the parent's.
    fn donors_of(&self, section: BreedSection) -> Vec<usize> {
        let differs = |donor: &SectionDonor| {
            let mut own = self.rules.free_parameters(section);
            own.any(|parameter| donor.patch.get(parameter) != self.parent.get(parameter))
        };
        (0..self.donors.len()).filter(|&donor| differs(&self.donors[donor])).collect()
    }

    fn swap(&self, patch: &mut Patch, section: BreedSection, donor: usize) {
        for parameter in self.rules.free_parameters(section) {
            patch.set(parameter, self.donors[donor].patch.get(parameter));
        }
    }

    fn mutate(&self, chance: &mut SmallRng, patch: &mut Patch, section: BreedSection, amount: f32) {
        for parameter in self.rules.free_parameters(section).filter(|&parameter| !is_choice(parameter)) {
            let info = parameter.info();
            let by = amount * (info.max - info.min) * chance.random_range(-1.0..=1.0);
            patch.set(parameter, reflected(patch.get(parameter) + by, info.min, info.max));
        }
    }
}

/// A value beyond an end of a range goes back from there: half of the moves from an end would else change nothing.
fn reflected(value: f32, least: f32, greatest: f32) -> f32 {
    if value < least {
        2.0 * least - value
    } else if value > greatest {
        2.0 * greatest - value
    } else {
        value
    }
}

/// Another choice of a parameter's list.
fn other_choice(chance: &mut SmallRng, parameter: Parameter, own: f32) -> f32 {
    let info = parameter.info();
    let last = (info.max - info.min).round() as u32;
    let drawn = info.min + chance.random_range(0..last.max(1)) as f32;
    if drawn >= own { drawn + 1.0 } else { drawn }
}
