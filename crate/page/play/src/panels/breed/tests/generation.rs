//! Properties of drawn children.

use patch::{PARAMETER_COUNT, Parameter, Patch};
use proptest::prelude::*;

use super::super::generation::{BreedMode, BreedRules, Breeder, DrawnChild, SectionDonor, SectionFate};
use super::super::section::{BreedSection, is_choice};

fn any_patch() -> impl Strategy<Value = Patch> {
    prop::array::uniform32(0.0f32..1.0).prop_flat_map(|first| {
        prop::array::uniform9(0.0f32..1.0).prop_map(move |rest| {
            let share = |at: usize| if at < 32 { first[at] } else { rest[at - 32] };
            let mut values = [0.0; PARAMETER_COUNT];
            for parameter in Parameter::ALL {
                let info = parameter.info();
                values[parameter.index()] = info.min + share(parameter.index()) * (info.max - info.min);
            }
            Patch::from_values(&values)
        })
    })
}

fn any_mode() -> impl Strategy<Value = BreedMode> {
    prop_oneof![Just(BreedMode::Swap), Just(BreedMode::Mutate), Just(BreedMode::Both)]
}

fn any_rules() -> impl Strategy<Value = BreedRules> {
    let modes = prop::array::uniform4(any_mode());
    let amounts = prop::array::uniform4(0.0f32..=1.0);
    let is_kept = prop::array::uniform4(prop::bool::weighted(0.3));
    let locked = prop::collection::vec(0..PARAMETER_COUNT as u8, 0..12);
    (modes, amounts, is_kept, locked).prop_map(|(modes, amounts, is_kept, locked)| BreedRules {
        modes,
        amounts,
        is_kept,
        locked,
    })
}

fn donors(patches: Vec<Patch>) -> Vec<SectionDonor> {
    let named = |(at, patch)| SectionDonor { name: format!("Preset {at}"), patch };
    patches.into_iter().enumerate().map(named).collect()
}

/// The eight children of a round.
fn litter(parent: &Patch, donors: &[SectionDonor], rules: &BreedRules, seed: u64) -> Vec<DrawnChild> {
    let breeder = Breeder { parent, donors, rules };
    let mut children: Vec<DrawnChild> = Vec::new();
    for place in 0..8 {
        let others: Vec<Patch> = children.iter().map(|child| child.patch).collect();
        children.push(breeder.draw(seed.wrapping_add(place as u64), place, &others));
    }
    children
}

/// True if a parameter that is no choice and no step may change.
fn can_vary(rules: &BreedRules) -> bool {
    let is_free = |&parameter: &Parameter| {
        let section = BreedSection::of(parameter);
        section.is_some_and(|section| !rules.is_kept[section as usize])
            && !rules.locked.contains(&(parameter.index() as u8))
            && parameter.info().step == 0.0
    };
    Parameter::ALL.iter().any(is_free)
}

proptest! {
    #[test]
    fn locks_volume_and_playing_hold_and_the_same_seed_gives_the_same_children(
        parent in any_patch(),
        near in prop::collection::vec(any_patch(), 0..12),
        rules in any_rules(),
        seed: u64,
    ) {
        let near = donors(near);
        let children = litter(&parent, &near, &rules, seed);
        prop_assert_eq!(&children, &litter(&parent, &near, &rules, seed));
        for child in &children {
            for parameter in Parameter::ALL {
                let section = BreedSection::of(parameter);
                let is_fixed = section.is_none_or(|section| rules.is_kept[section as usize])
                    || rules.locked.contains(&(parameter.index() as u8));
                if is_fixed {
                    prop_assert_eq!(child.patch.get(parameter), parent.get(parameter), "{:?}", parameter);
                }
            }
        }
    }

    #[test]
    fn every_child_differs_from_its_parent_and_from_the_others(
        parent in any_patch(),
        near in prop::collection::vec(any_patch(), 0..12),
        rules in any_rules(),
        seed: u64,
    ) {
        prop_assume!(can_vary(&rules));
        let children = litter(&parent, &donors(near), &rules, seed);
        for (at, child) in children.iter().enumerate() {
            prop_assert_ne!(child.patch, parent);
            prop_assert!(children[..at].iter().all(|other| other.patch != child.patch));
        }
    }

    #[test]
    fn a_mutation_stays_within_its_amount_and_changes_one_choice_at_most(
        parent in any_patch(),
        amounts in prop::array::uniform4(0.1f32..=1.0),
        seed: u64,
    ) {
        let rules = BreedRules {
            modes: [BreedMode::Mutate; 4],
            amounts,
            is_kept: [false; 4],
            locked: Vec::new(),
        };
        for child in litter(&parent, &[], &rules, seed) {
            let mut choices = 0;
            for section in BreedSection::ALL {
                for parameter in section.parameters() {
                    let moved = (child.patch.get(parameter) - parent.get(parameter)).abs();
                    let info = parameter.info();
                    if is_choice(parameter) {
                        choices += usize::from(moved > 0.0);
                    } else {
                        let most = amounts[section as usize] * (info.max - info.min) + 0.5 * info.step;
                        prop_assert!(moved <= most + 1e-3, "{:?} by {} of {}", parameter, moved, most);
                    }
                }
            }
            prop_assert!(choices <= 1, "{} choices", choices);
        }
    }

    #[test]
    fn a_swapped_section_is_that_of_a_preset_and_the_marks_say_what_changed(
        parent in any_patch(),
        near in prop::collection::vec(any_patch(), 12),
        seed: u64,
    ) {
        let near = donors(near);
        let rules = BreedRules {
            modes: [BreedMode::Swap; 4],
            amounts: [0.3; 4],
            is_kept: [false, true, false, false],
            locked: Vec::new(),
        };
        for child in litter(&parent, &near, &rules, seed) {
            let mut changed = 0;
            for section in BreedSection::ALL {
                let values = |patch: &Patch| section.parameters().map(|own| patch.get(own)).collect::<Vec<_>>();
                match child.fates[section as usize] {
                    SectionFate::Same => prop_assert_eq!(values(&child.patch), values(&parent)),
                    SectionFate::Swapped(donor) => {
                        changed += 1;
                        prop_assert_eq!(values(&child.patch), values(&near[donor].patch));
                    }
                    SectionFate::Mutated(_) => prop_assert!(false, "nothing is to mutate"),
                }
            }
            prop_assert!((1..=3).contains(&changed));
        }
    }
}

#[test]
fn choices_change_now_and_then_and_no_section_is_forgotten() {
    let parent = Patch::default();
    let rules = BreedRules {
        modes: [BreedMode::Mutate; 4],
        amounts: [0.5; 4],
        is_kept: [false; 4],
        locked: Vec::new(),
    };
    let children: Vec<DrawnChild> =
        (0..20).flat_map(|seed| litter(&parent, &[], &rules, 97 * seed)).collect();
    let has_choice = |child: &&DrawnChild| {
        let mut own = Parameter::ALL.into_iter().filter(|&own| is_choice(own));
        own.any(|own| child.patch.get(own) != parent.get(own))
    };
    let with_choice = children.iter().filter(has_choice).count();
    assert!((20..120).contains(&with_choice), "{with_choice} of {}", children.len());
    for section in BreedSection::ALL {
        let is_changed = |child: &&DrawnChild| child.fates[section as usize] != SectionFate::Same;
        assert!(children.iter().filter(is_changed).count() > children.len() / 4, "{section:?}");
    }
}
