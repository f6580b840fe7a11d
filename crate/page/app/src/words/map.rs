//! The map's layers in words. Its file has names, ends and units in English; known ones are translated, those of an
//! imported map stay as they are.

use plane::Map;
use plane::likelihood::{LIKELIHOOD, LIKELY_PERCENT};
use plane::map::Layer;
use plane::order::upper_case;
use play::character::Trait;

use super::Language;

/// The meaning of an end of the legend's colours.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleEnd {
    /// In a word.
    pub word: String,
    /// As a number; empty if the word says all.
    pub value: String,
}

impl Language {
    /// The name of a layer within a sentence.
    pub fn layer<'a>(&'a self, layer: &'a Layer) -> &'a str {
        self.of_map(&layer.name)
    }

    /// The name of a layer that stands alone.
    pub fn layer_title(&self, layer: &Layer) -> String {
        capital(self.layer(layer))
    }

    /// A value of a layer, in whole numbers.
    pub fn quality(&self, value: f32, layer: &Layer) -> String {
        match layer.unit.as_str() {
            LIKELIHOOD => if value < LIKELY_PERCENT { &self.unlikely } else { &self.likely }.clone(),
            POINTS => self.whole(value),
            unit => format!("{} {}", self.whole(value), self.of_map(unit)),
        }
    }

    /// The value of a layer, with its name.
    pub fn of_quality(&self, layer: &Layer, value: f32) -> String {
        format!("{} {}", self.layer(layer), self.quality(value, layer))
    }

    /// The ends of a layer's scale between two values: words, and the values with the unit once. A likelihood has only
    /// words.
    pub fn ends(&self, layer: &Layer, range: [f32; 2]) -> [ScaleEnd; 2] {
        let [least, greatest] = range.map(|value| self.whole(value));
        let values = match layer.unit.as_str() {
            LIKELIHOOD => [String::new(), String::new()],
            POINTS => [least, greatest],
            unit => [least, format!("{greatest} {}", self.of_map(unit))],
        };
        let words = layer.ends.each_ref().map(|word| self.of_map(word).to_owned());
        let [low, high] = words;
        let [least, greatest] = values;
        [ScaleEnd { word: low, value: least }, ScaleEnd { word: high, value: greatest }]
    }

    /// The traits of a sound, each by the word for the end of its layer.
    pub fn traits(&self, map: &Map, traits: &[Trait]) -> String {
        let word = |own: &Trait| self.of_map(&map.layers[own.layer].ends[usize::from(own.is_high)]);
        traits.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    /// The ends of the layer that shows where presets are, or recorded tones.
    pub fn density_ends(&self, is_amsynth: bool) -> [ScaleEnd; 2] {
        let words = match is_amsynth {
            true => [&self.nobody_yet, &self.many_patches],
            false => [&self.no_tones, &self.many_tones],
        };
        words.map(|word| ScaleEnd { word: word.clone(), value: String::new() })
    }

    /// The name of that layer.
    pub fn density(&self, is_amsynth: bool) -> &str {
        if is_amsynth { &self.known_patches } else { &self.known_tones }
    }

    fn whole(&self, value: f32) -> String {
        self.number(value.into(), 0)
    }

    pub(super) fn of_map<'a>(&'a self, english: &'a str) -> &'a str {
        macro_rules! known {
            ($($word:ident)*) => { [$((stringify!($word), self.$word.as_str())),*] };
        }
        let known = known! {
            hardness soft hard depth shallow deep brightness dark bright roughness smooth rough warmth cold warm
            sharpness dull sharp boominess lean booming reverb dry reverberant loudness quiet loud
        };
        known.into_iter().find(|(name, _)| *name == english).map_or(english, |(_, word)| word)
    }
}

/// The unit of a 0…100 scale, which needs no words.
const POINTS: &str = "points";

/// A word with a capital first letter.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(upper_case).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of the whole scale as one reads them.
    fn ends(language: &Language, layer: &Layer) -> [String; 2] {
        language
            .ends(layer, layer.range())
            .map(|ScaleEnd { word, value }| format!("{word} {value}").trim().to_owned())
    }

    #[test]
    fn the_ends_say_words_extremes_and_the_unit_once() {
        let [english, german] = ["en", "de"].map(Language::of);
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [12.4, 71.6]);
        assert_eq!(english.layer_title(&layer), "Brightness");
        assert_eq!(ends(&english, &layer), ["dark 12", "bright 72"]);
        assert_eq!(german.layer_title(&layer), "Helligkeit");
        assert_eq!(ends(&german, &layer), ["dunkel 12", "hell 72"]);
        let layer = Layer::new("loudness", "LUFS", ["quiet", "loud"], [-40.0, -9.6]);
        assert_eq!(ends(&english, &layer), ["quiet −40", "loud −10 LUFS"]);
        let layer = Layer::new("oddity", "points", ["plain", "odd"], [0.0, 1.0]);
        assert_eq!(german.of_quality(&layer, 1.0), "oddity 1", "an unknown word stays");
    }

    #[test]
    fn the_traits_of_a_sound_are_the_words_of_the_legend() {
        let layers = [("warmth", ["cold", "warm"]), ("hardness", ["soft", "hard"])];
        let layer = |(name, ends)| Layer::new(name, "points", ends, [0.0, 1.0]);
        let map = Map { layers: layers.map(layer).to_vec(), ..Map::default() };
        let traits = [Trait { layer: 0, is_high: true }, Trait { layer: 1, is_high: false }];
        assert_eq!(Language::of("en").traits(&map, &traits), "warm, soft");
        assert_eq!(Language::of("de").traits(&map, &traits), "warm, weich");
    }

    #[test]
    fn the_words_for_a_point_say_what_the_maps_colour_says() {
        let english = Language::of("en");
        let layer = Layer::new("reverb", "yes/no", ["dry", "reverberant"], [0.0, 1.0, 1.0, 1.0]);
        let map = Map { grid: 2, limit: 4.0, layers: vec![layer], ..Map::default() }.with_likelihoods();
        let layer = &map.layers[0];
        assert_eq!(ends(&english, layer), ["dry", "reverberant"]);
        for x in -40..=40 {
            let value = map.value_of(layer, x as f32 / 10.0, -4.0).unwrap();
            let is_greener = layer.share(value) >= 0.5;
            assert_eq!(
                english.of_quality(layer, value),
                if is_greener { "reverb likely" } else { "reverb unlikely" }
            );
        }
    }
}
