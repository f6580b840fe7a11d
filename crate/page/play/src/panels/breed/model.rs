//! Breed as its script draws it.

use serde::Serialize;

use super::generation::SectionFate;
use super::round::{BredChild, BreedRound};
use super::section::{BreedSection, SECTION_COUNT};
use super::{Breed, BreedMode, EarChange};
use crate::Document;
use crate::landmarks::Landmark;
use crate::panels::PanelId;
use crate::panels::between::BetweenName;
use crate::state::State;

/// Breed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BreedModel {
    /// True while it is shown.
    pub is_open: bool,
    /// How many rounds led to this one, from 1; 0 without one.
    pub round: u32,
    /// The name of the sound in the middle; null without a round.
    pub name: Option<BetweenName>,
    /// The children: eight, or none.
    pub children: Vec<BreedChildModel>,
    /// The child that was heard last; null for the sound in the middle.
    pub chosen: Option<usize>,
    /// True while that sounds.
    pub is_sounding: bool,
    /// How all sections change; null if they differ.
    pub mode: Option<BreedMode>,
    /// The greatest amount, in percent.
    pub percent: u8,
    /// The sections.
    pub sections: Vec<BreedSectionModel>,
    /// True if there is a round before.
    pub can_go_back: bool,
    /// The state, as a sentence says it.
    pub status: BreedStatus,
    /// The child that was pinned last.
    pub kept: Option<KeptChild>,
}

/// A child.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BreedChildModel {
    /// The origin of each section.
    pub sections: Vec<SectionChange>,
    /// The changes that are heard most; null until it is measured.
    pub words: Option<Vec<EarChange>>,
    /// True if it is pinned.
    pub is_kept: bool,
}

/// The change of a child's section against its parent's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum SectionChange {
    /// It is the parent's.
    Same,
    /// It comes from the preset of this name.
    Swapped { name: String },
    /// Its parameters have moved by up to this share of their range, in percent.
    Mutated { percent: u8 },
}

/// The settings of a section.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BreedSectionModel {
    /// True if it stays as it is.
    pub is_kept: bool,
    /// True if it may be swapped.
    pub is_swapped: bool,
    /// The amount of its mutation, in percent.
    pub percent: u8,
}

/// The state.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum BreedStatus {
    /// No patch is heard yet.
    Unknown,
    /// All sections are locked.
    Locked,
    /// The workers were lost: the children are not measured.
    Lost,
    /// The children can be heard.
    Ready,
}

/// The child that was pinned last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct KeptChild {
    /// Its position.
    pub child: usize,
    /// The name of its landmark; null without room.
    pub name: Option<String>,
}

/// True unless its landmark is gone again, by undo or in the list.
fn is_pinned(kept: &KeptChild, document: &Document) -> bool {
    let has_name = |name: &String| document.landmarks.all().iter().any(|landmark| landmark.name == *name);
    kept.name.as_ref().is_none_or(has_name)
}

fn percent(share: f32) -> u8 {
    (100.0 * share).round() as u8
}

pub(super) fn model(state: &State) -> BreedModel {
    let breed = &state.panels.breed;
    let round = breed.rounds.shown();
    let document = state.document();
    let chosen = round.and_then(|round| round.chosen);
    let has_before =
        |round: &BreedRound| round.start.before.is_some_and(|id| breed.rounds.find(id).is_some());
    let children = |round: &BreedRound| {
        round.children.iter().map(|child| child_model(round, child, document)).collect::<Vec<_>>()
    };
    BreedModel {
        is_open: state.panels.is_open(PanelId::Breed),
        round: round.map_or(0, |round| round.start.number),
        name: round.map(|round| round.start.name.clone()),
        children: round.map(children).unwrap_or_default(),
        chosen,
        is_sounding: state.sounding_child() == Some(chosen),
        mode: breed.common_mode(),
        percent: percent(breed.settings.amounts.into_iter().fold(0.0, f32::max)),
        sections: (0..SECTION_COUNT).map(|section| breed.section_model(section)).collect(),
        can_go_back: round.is_some_and(has_before),
        status: status(state),
        kept: breed.kept.clone().filter(|kept| is_pinned(kept, document)),
    }
}

fn status(state: &State) -> BreedStatus {
    let breed = &state.panels.breed;
    if breed.rounds.shown().is_none() {
        BreedStatus::Unknown
    } else if state.breed_rules().free_sections().is_empty() {
        BreedStatus::Locked
    } else if breed.is_lost {
        BreedStatus::Lost
    } else {
        BreedStatus::Ready
    }
}

fn child_model(round: &BreedRound, child: &BredChild, document: &Document) -> BreedChildModel {
    // Values that were locked since hold in the child as in its parent.
    let [heard, parent] = [&child.patch, &round.start.parent.patch].map(|patch| document.locks.apply(patch));
    let change = |section: BreedSection| {
        let is_same = section.parameters().all(|parameter| heard.get(parameter) == parent.get(parameter));
        match child.fates[section as usize] {
            SectionFate::Mutated(amount) if !is_same => SectionChange::Mutated { percent: percent(amount) },
            SectionFate::Swapped(donor) if !is_same => {
                SectionChange::Swapped { name: round.start.donors[donor].name.clone() }
            }
            _ => SectionChange::Same,
        }
    };
    let is_it = |landmark: &Landmark| landmark.patch.as_deref() == Some(&child.patch);
    BreedChildModel {
        sections: BreedSection::ALL.into_iter().map(change).collect(),
        words: child.is_judged.then(|| round.changes(child)),
        is_kept: document.landmarks.all().iter().any(is_it),
    }
}

impl Breed {
    fn common_mode(&self) -> Option<BreedMode> {
        let [first, rest @ ..] = self.settings.modes;
        rest.iter().all(|&mode| mode == first).then_some(first)
    }

    fn section_model(&self, section: usize) -> BreedSectionModel {
        BreedSectionModel {
            is_kept: self.settings.is_kept[section],
            is_swapped: self.settings.modes[section] != BreedMode::Mutate,
            percent: percent(self.settings.amounts[section]),
        }
    }
}
