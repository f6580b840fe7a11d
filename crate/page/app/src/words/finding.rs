//! Texts of the search by words, and the names of the map's regions.

use plane::Tag;
use play::State;
use play::panels::macros::slider_of;
use play::regions::{REGION_KINDS, Region};
use word_search::{Property, ReadWord, SoundChange, WordMeaning};

use super::{Language, fill};

impl Language {
    /// The name of a kind that has a region, or of another kind.
    pub fn region_kind(&self, kind: Tag) -> &str {
        let position = REGION_KINDS.iter().position(|&own| own == kind);
        position.and_then(|position| self.regions.split(' ').nth(position)).unwrap_or(self.kind(kind))
    }

    /// The name of a region or of its quarter.
    pub fn region(&self, region: &Region) -> String {
        let position = REGION_KINDS.iter().position(|&own| own == region.kind).unwrap_or_default();
        let Some(quality) = region.quality else { return self.region_kind(region.kind).to_owned() };
        let kind = self.quarters.split(' ').nth(position).unwrap_or_default();
        let quality = self.region_qualities.split(' ').nth(quality).unwrap_or_default();
        fill(&self.quarter, &[("quality", quality), ("kind", kind)])
    }

    /// The name of a property within a sentence.
    fn property(&self, property: Property) -> &str {
        match property.layer() {
            Some(layer) => self.of_map(layer),
            None => {
                let position = property as usize - plane::preset_layers::LAYERS.len();
                self.patch_properties.split(' ').nth(position).unwrap_or_default()
            }
        }
    }

    /// A value of a property, with its unit.
    fn property_value(&self, property: Property, value: f32) -> String {
        match property {
            Property::Attack | Property::Length | Property::Glide => {
                format!("{} s", self.number(value.into(), 2))
            }
            Property::Loudness => format!("{} LUFS", self.number(value.into(), 0)),
            _ if property.layer().is_some() => self.number(value.into(), 0),
            _ => format!("{} %", self.number((100.0 * value).into(), 0)),
        }
    }

    /// How a word was understood, beside the word.
    pub fn word_meaning(&self, word: &ReadWord, state: &State) -> String {
        match word.meaning {
            WordMeaning::Kind(_, true) => self.word_kind.clone(),
            WordMeaning::Kind(_, false) => self.word_other_kind.clone(),
            WordMeaning::Quality(Property::Reverb, true, _) => self.reverberant.clone(),
            WordMeaning::Quality(Property::Reverb, false, _) => self.dry.clone(),
            WordMeaning::Quality(property, is_more, _) => {
                let median = state.map.finder.median(&state.library, property).unwrap_or_default();
                let template = if is_more { &self.word_over } else { &self.word_under };
                let value = self.property_value(property, median);
                fill(template, &[("quality", self.property(property)), ("value", &value)])
            }
            WordMeaning::Name => self.word_name.clone(),
            WordMeaning::Unknown => self.word_unknown.clone(),
        }
    }

    /// A word of the search beside a result: with the value of a measured property.
    pub fn word_of_result(&self, word: &ReadWord, state: &State, row: usize) -> String {
        let value = match word.meaning {
            WordMeaning::Quality(property, ..)
                if property != Property::Reverb && property.layer().is_some() =>
            {
                state.map.finder.value(&state.library, row, property)
            }
            _ => None,
        };
        match value {
            Some(value) => format!("{} {}", word.text, self.number(value.into(), 0)),
            None => word.text.clone(),
        }
    }

    /// How many sounds have all of these words.
    pub fn have_words(&self, count: usize, words: usize) -> String {
        let template = if words == 2 { &self.have_both } else { &self.have_all };
        fill(template, &[("count", &self.count(count))])
    }

    /// The button that drops a word.
    pub fn drop_word(&self, word: &str) -> String {
        fill(&self.drop_word, &[("word", word)])
    }

    /// The button that changes the current sound; none if no slider can.
    pub fn make_it(&self, change: SoundChange) -> Option<String> {
        let position = 2 * slider_of(change.property)? + usize::from(change.is_more);
        let change = self.sound_changes.split(' ').nth(position)?;
        Some(fill(&self.make_it, &[("change", change)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::Point;
    use play::regions::REGION_QUALITIES;

    #[test]
    fn every_region_quality_and_property_has_a_name_in_every_language() {
        for language in ["en", "de"].map(Language::of) {
            let count = |list: &str| list.split(' ').count();
            assert_eq!(
                [&language.regions, &language.quarters].map(|list| count(list)),
                [REGION_KINDS.len(); 2]
            );
            assert_eq!(count(&language.region_qualities), REGION_QUALITIES.len());
            assert_eq!(
                count(&language.patch_properties) + plane::preset_layers::LAYERS.len(),
                Property::ALL.len()
            );
            assert_eq!(count(&language.sound_changes), 16);
        }
        let region = Region { kind: Tag::Bass, quality: Some(0), point: Point::default(), size: 1 };
        assert_eq!(["en", "de"].map(|name| Language::of(name).region(&region)), ["deep bass", "tiefe Bässe"]);
        let change = SoundChange { property: Property::Brightness, is_more: false };
        assert_eq!(Language::of("de").make_it(change).unwrap(), "Klang dunkler machen");
        let reverb = SoundChange { property: Property::Reverb, is_more: true };
        assert_eq!(Language::of("en").make_it(reverb), None);
    }
}
