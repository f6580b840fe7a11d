//! Texts of the first seconds: the first line, the hints, a link's sound.

use plane::map::Layer;
use play::hints::Hint;

use super::{Language, fill};

impl Language {
    /// A hint; the map's colours show this layer.
    pub fn hint(&self, hint: Hint, layer: Option<&Layer>) -> String {
        match hint {
            Hint::Dots => self.hint_dots.clone(),
            Hint::Colours => {
                let Some(layer) = layer else { return self.hint_density.clone() };
                let [_, high] = self.ends(layer, layer.range());
                fill(&self.hint_colours, &[("quality", &high.word)])
            }
            Hint::Latch => self.hint_latch.clone(),
            Hint::Landmark => self.hint_landmark.clone(),
            Hint::Compare => self.hint_compare.clone(),
            Hint::Explore => self.hint_explore.clone(),
            Hint::Melody => self.hint_melody.clone(),
            Hint::Beat => self.hint_beat.clone(),
            Hint::Record => self.hint_record.clone(),
        }
    }

    /// The loops of a link: how many, and their tempo.
    pub fn loops_about(&self, count: usize, bpm: f32) -> String {
        format!("{} · {}", self.loop_count(count), self.beats_a_minute(bpm))
    }

    /// A tempo: “112 beats a minute”.
    pub fn beats_a_minute(&self, bpm: f32) -> String {
        fill(&self.tempo_of_loops, &[("bpm", &self.bpm(bpm))])
    }

    /// The next track, which is a person's own: before a link's loops were heard, and once they were.
    pub fn next_track(&self, number: u8, is_heard: bool) -> String {
        let word = if is_heard { &self.add_yours } else { &self.next_is_yours };
        fill(word, &[("number", &number.to_string())])
    }

    /// The offer of a link's sound, with its name if it has one.
    pub fn shared(&self, name: Option<&str>) -> String {
        name.map_or_else(
            || self.shared.clone(),
            |name| fill(&self.shared_named, &[("name", self.named(name))]),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_have_their_numbers_and_names() {
        let [english, german] = ["en", "de"].map(Language::of);
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [0.0, 1.0]);
        assert_eq!(english.hint(Hint::Colours, Some(&layer)), "Colour shows how bright a place sounds");
        assert_eq!(german.hint(Hint::Colours, Some(&layer)), "Die Farbe zeigt, wie hell eine Stelle klingt");
        assert_eq!(english.shared(Some("Night")), "Shared with you: Night");
        assert_eq!(english.shared(None), "Shared with you");
        assert_eq!(english.loops_about(3, 112.0), "3 loops · 112 beats a minute");
        assert_eq!(german.loops_about(1, 97.5), "1 Loop · 97,5 Schläge je Minute");
        assert_eq!(english.next_track(4, true), "4 · add yours");
    }
}
