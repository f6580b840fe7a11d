//! The current point in words, and the names of presets and landmarks.

use plane::Tag;
use play::Point;

use super::{Language, fill};

impl Language {
    /// Near a known patch.
    pub fn near(&self, name: &str) -> String {
        fill(&self.near, &[("name", name)])
    }

    /// While an answer for a given sound plays.
    pub fn found_for(&self, name: &str) -> String {
        fill(&self.found_for, &[("name", name)])
    }

    /// At the exact point of a known patch.
    pub fn at(&self, name: &str) -> String {
        fill(&self.at, &[("name", name)])
    }

    /// Below the nearest patch's name: another one nearby.
    pub fn between(&self, other: &str) -> String {
        fill(&self.between, &[("name", other)])
    }

    /// The same at the exact point of the nearest patch.
    pub fn next_to(&self, other: &str) -> String {
        fill(&self.next_to, &[("name", other)])
    }

    /// How far the nearest patch is.
    pub fn away(&self, distance: f32) -> String {
        fill(&self.away, &[("distance", &self.number(distance.into(), 2))])
    }

    /// The nearest known patch, where none is near.
    pub fn nearest(&self, name: &str) -> String {
        fill(&self.nearest, &[("name", name)])
    }

    /// Below the name of a preset that plays exactly.
    pub fn exactly(&self, bank: &str) -> String {
        fill(&self.exactly, &[("bank", bank)])
    }

    /// A preset's name, or what stands for an empty one.
    pub fn named<'a>(&'a self, name: &'a str) -> &'a str {
        let name = name.trim();
        if name.is_empty() { &self.unnamed } else { name }
    }

    /// The name of a recorded tone out of its names, a line for each language that has another one.
    pub fn tone_name<'a>(&self, names: &'a str) -> &'a str {
        let line = self.tone_names_line.parse().unwrap_or_default();
        names.lines().nth(line).unwrap_or(names)
    }

    /// The position, without known patches.
    pub fn position(&self, point: Point) -> String {
        let (across, upward) = (self.across(point.x), self.upward(point.y));
        match (&across, &upward) {
            (across, upward) if *across == self.middle && *upward == self.middle => {
                self.in_the_middle.clone()
            }
            (across, upward) => format!("{across}, {upward}"),
        }
    }

    /// The position from left to right.
    pub fn across(&self, x: f32) -> String {
        self.side(x, &self.left, &self.right)
    }

    /// The position from bottom to top.
    pub fn upward(&self, y: f32) -> String {
        self.side(y, &self.down, &self.up)
    }

    fn side(&self, value: f32, negative: &str, positive: &str) -> String {
        let amount = self.number(value.abs().into(), 2);
        if amount == self.number(0.0, 2) {
            return self.middle.clone();
        }
        fill(if value < 0.0 { negative } else { positive }, &[("amount", &amount)])
    }

    /// A search for this text, or with other filters alone, found nothing; among tones, without the text: it fits the
    /// field of a phone.
    pub fn found_nothing(&self, query: &str, is_amsynth: bool) -> String {
        match query.trim() {
            _ if !is_amsynth => self.found_no_tone.clone(),
            "" => self.found_nothing.clone(),
            query => fill(&self.found_none, &[("query", query)]),
        }
    }

    /// How many of all presets a search found.
    pub fn found_of(&self, count: usize, all: usize) -> String {
        fill(&self.found_of, &[("count", &self.count(count)), ("all", &self.count(all))])
    }

    /// The name of a kind of sound.
    pub fn kind(&self, tag: Tag) -> &str {
        self.kinds.split(' ').nth(tag as usize).unwrap_or_default()
    }

    /// The name of an imported bank.
    pub fn bank_of_yours(&self, bank: &str) -> String {
        fill(&self.bank_of_yours, &[("bank", bank)])
    }

    /// The search for sounds like another one.
    pub fn similar_to(&self, name: &str) -> String {
        fill(&self.similar_to, &[("name", self.named(name))])
    }

    /// The star of a preset.
    pub fn favourite_named(&self, name: &str) -> String {
        fill(&self.favourite_named, &[("name", self.named(name))])
    }

    /// The button that leads to a landmark.
    pub fn go_to(&self, name: &str) -> String {
        fill(&self.go_to, &[("name", name)])
    }

    /// The field with a landmark's name.
    pub fn name_of(&self, number: usize) -> String {
        fill(&self.name_of, &[("number", &number.to_string())])
    }

    /// The button that deletes a landmark.
    pub fn delete(&self, name: &str) -> String {
        fill(&self.delete, &[("name", name)])
    }

    /// The speed of a loop, as a factor of the recorded one.
    pub fn tempo(&self, factor: f64) -> String {
        format!("× {}", self.number(factor, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_words() {
        let english = Language::of("en");
        assert_eq!(english.position(Point { x: -0.25, y: 1.5 }), "0.25 left, 1.50 up");
        assert_eq!(english.position(Point { x: 0.0, y: -2.0 }), "middle, 2.00 down");
        assert_eq!(english.position(Point { x: 0.001, y: -0.004 }), "in the middle");
        assert_eq!(Language::of("de").position(Point { x: -0.25, y: 1.5 }), "0,25 links, 1,50 oben");
    }

    #[test]
    fn a_recorded_tone_has_the_name_of_the_language_and_a_preset_its_only_one() {
        let names = "Violin B4\nGeige H4";
        assert_eq!(Language::of("en").tone_name(names), "Violin B4");
        assert_eq!(Language::of("de").tone_name(names), "Geige H4");
        assert_eq!(Language::of("de").tone_name("Warm Pad"), "Warm Pad");
    }

    #[test]
    fn every_kind_has_a_name_in_every_language() {
        for language in ["en", "de"].map(Language::of) {
            assert_eq!(language.kinds.split(' ').count(), Tag::ALL.len());
        }
        assert_eq!(Language::of("en").kind(Tag::Effect), "effect");
        assert_eq!(Language::of("de").found_of(46, 3303), "46 von 3.303");
    }
}
