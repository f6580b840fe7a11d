//! The map's layers in words. Its file has names, ends and units in English; known ones are translated, those of an
//! imported map stay as they are.

use plane::map::Layer;

use super::Language;

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
            YES_NO => if value < 0.5 { &self.no } else { &self.yes }.clone(),
            POINTS => self.whole(value),
            unit => format!("{} {}", self.whole(value), self.of_map(unit)),
        }
    }

    /// The value of a layer, with its name.
    pub fn of_quality(&self, layer: &Layer, value: f32) -> String {
        format!("{} {}", self.layer(layer), self.quality(value, layer))
    }

    /// What the two ends of a layer's scale mean.
    pub fn ends(&self, layer: &Layer) -> [String; 2] {
        layer.ends.each_ref().map(|word| self.of_map(word).to_owned())
    }

    /// The ends of the layer that shows where presets are.
    pub fn density_ends(&self) -> [String; 2] {
        [&self.nobody_yet, &self.many_patches].map(Clone::clone)
    }

    fn whole(&self, value: f32) -> String {
        self.number(value.into(), 0)
    }

    fn of_map<'a>(&'a self, english: &'a str) -> &'a str {
        macro_rules! known {
            ($($word:ident)*) => { [$((stringify!($word), self.$word.as_str())),*] };
        }
        let known = known! {
            hardness soft hard depth shallow deep brightness dark bright roughness smooth rough warmth cold warm
            sharpness dull sharp boominess lean booming reverb dry reverberant loudness quiet loud points
        };
        known.into_iter().find(|(name, _)| *name == english).map_or(english, |(_, word)| word)
    }
}

/// The unit of a binary layer.
const YES_NO: &str = "yes/no";
/// The unit of a 0…100 scale, written only at its end.
const POINTS: &str = "points";

/// A word with a capital first letter.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_has_a_title_two_ends_and_values() {
        let [english, german] = ["en", "de"].map(Language::of);
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [12.4, 71.6]);
        assert_eq!(
            (&*english.layer_title(&layer), english.ends(&layer)),
            ("Brightness", ["dark", "bright"].map(str::to_owned))
        );
        assert_eq!(
            (&*german.layer_title(&layer), german.ends(&layer)),
            ("Helligkeit", ["dunkel", "hell"].map(str::to_owned))
        );
        let layer = Layer::new("loudness", "LUFS", ["quiet", "loud"], [-40.0, -9.6]);
        assert_eq!(english.of_quality(&layer, -9.6), "loudness −10 LUFS");
        let layer = Layer::new("reverb", "yes/no", ["dry", "reverberant"], [0.0, 1.0]);
        assert_eq!(english.ends(&layer), ["dry", "reverberant"]);
        let layer = Layer::new("oddity", "points", ["plain", "odd"], [0.0, 1.0]);
        assert_eq!(german.of_quality(&layer, 1.0), "oddity 1", "an unknown word stays");
    }
}
