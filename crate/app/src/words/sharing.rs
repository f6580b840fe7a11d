//! Texts of the tab Share: what is taken away and brought along.

use play::Point;
use play::link::LinkError;
use play::wav::WavError;

use super::error::brief;
use super::{Language, fill};

impl Language {
    /// An edited patch was found on the map; how far it is from what the map plays there, in dB a band.
    pub fn found_on_map(&self, distance_db: f32) -> String {
        fill(&self.found_on_map, &[("decibels", &self.number(distance_db.into(), 0))])
    }

    /// A patch of a place that has no name.
    pub fn patch_name(&self, place: Point) -> String {
        // As a file has it, whatever the language: it is the name of the preset in amSynth, too.
        let [x, y] = [place.x, place.y].map(|value| format!("{value:.2}"));
        fill(&self.patch_name, &[("x", &x), ("y", &y)])
    }

    /// What sounded could not be written.
    pub fn wave_refused(&self, error: &WavError) -> String {
        match error {
            WavError::Empty => &self.nothing_sounded,
            _ => &self.recording_refused,
        }
        .clone()
    }

    /// A link could not be opened.
    pub fn link_refused(&self, error: &LinkError) -> String {
        match error {
            LinkError::Version(_) => &self.link_version,
            _ => &self.link_damaged,
        }
        .clone()
    }

    /// A file was handed to the browser.
    pub fn saved(&self, name: &str) -> String {
        fill(&self.saved, &[("name", name)])
    }

    /// How many landmarks found no room in a link; nothing if all did.
    pub fn left_out(&self, count: usize) -> String {
        match count {
            0 => String::new(),
            1 => self.left_out_one.clone(),
            _ => fill(&self.left_out_more, &[("count", &count.to_string())]),
        }
    }

    /// A file could not be read at all.
    pub fn unreadable(&self, name: &str) -> String {
        fill(&self.unreadable, &[("name", name)])
    }

    /// More files at once than are looked at.
    pub fn too_many(&self, limit: usize) -> String {
        fill(&self.too_many, &[("count", &limit.to_string())])
    }

    /// A file is larger than what is read.
    pub fn too_large(&self, name: &str, limit_bytes: usize) -> String {
        fill(&self.too_large, &[("name", name), ("megabytes", &self.number(limit_bytes as f64 / 1e6, 0))])
    }

    /// A file is nothing of ours.
    pub fn unknown(&self, name: &str) -> String {
        fill(&self.unknown, &[("name", name)])
    }

    /// A preset or bank has a fault; in the reader's words.
    pub fn faulty(&self, name: &str, reason: &str) -> String {
        fill(&self.faulty, &[("name", name), ("reason", reason)])
    }

    /// An empty bank.
    pub fn empty(&self, name: &str) -> String {
        fill(&self.empty, &[("name", name)])
    }

    /// A model is refused; in the Worker's words.
    pub fn refused(&self, reason: &str) -> String {
        fill(&self.refused, &[("reason", &brief(reason))])
    }

    /// Presets are on the map.
    pub fn placed(&self, name: &str, count: usize) -> String {
        match count {
            1 => fill(&self.placed_one, &[("name", name)]),
            _ => fill(&self.placed_more, &[("name", name), ("count", &count.to_string())]),
        }
    }

    /// Presets are being listened to.
    pub fn listening(&self, done: usize, count: usize) -> String {
        match count {
            1 => self.listening_one.clone(),
            _ => fill(&self.listening_more, &[("done", &done.to_string()), ("count", &count.to_string())]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_the_file_and_what_to_do() {
        let english = Language::of("en");
        for sentence in [
            english.unreadable("a.bank"),
            english.too_large("a.bank", 2_000_000),
            english.unknown("a.bank"),
            english.faulty("a.bank", "line 3"),
            english.empty("a.bank"),
        ] {
            assert!(
                sentence.starts_with("a.bank") && sentence.contains(": ") && sentence.ends_with('.'),
                "{sentence}"
            );
        }
        assert_eq!(english.placed("Mine", 1), "Mine is on the map, at the current point.");
        assert_eq!(english.link_refused(&LinkError::Damaged), english.link_damaged);
        assert_eq!(english.patch_name(Point { x: -0.314, y: 1.2 }), "latent -0.31 1.20");
    }
}
