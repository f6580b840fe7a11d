//! Texts of the panel Share: exports and imports.

use play::link::{LinkError, LoopsWritten};
use play::wav::WavError;

use super::error::brief;
use super::{Language, fill};

impl Language {
    /// A search has found a point for an edited patch; the root mean square difference of its features, nearly all of
    /// them levels in dB, from those of the sound there.
    pub fn found_on_map(&self, distance_db: f32) -> String {
        if distance_db < 0.5 {
            return self.found_same.clone();
        }
        fill(&self.found_on_map, &[("decibels", &self.number(distance_db.into(), 0))])
    }

    /// The recording could not be written.
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

    /// The browser has saved a file.
    pub fn saved(&self, name: &str) -> String {
        fill(&self.saved, &[("name", name)])
    }

    /// The bank of the landmarks is saved, or has none; those of recorded tones are left out.
    pub fn bank_saved(&self, file: Option<&str>, left_out: usize) -> String {
        let saved = file.map(|file| self.saved(file));
        let without = (left_out > 0).then(|| fill(&self.without_patch, &[("count", &self.count(left_out))]));
        match (saved, without) {
            (Some(saved), Some(without)) => format!("{saved}. {without}"),
            (saved, without) => saved.or(without).unwrap_or_else(|| self.no_landmarks_to_take.clone()),
        }
    }

    /// The things that a link leaves out, as sentences after a full stop: landmarks that do not fit, and loops that do
    /// not, or not with all their points.
    pub fn left_out(&self, landmarks: usize, loops: LoopsWritten) -> String {
        let mut text = match landmarks {
            0 => String::new(),
            1 => self.left_out_one.clone(),
            _ => fill(&self.left_out_more, &[("count", &landmarks.to_string())]),
        };
        match loops {
            LoopsWritten::None | LoopsWritten::Whole => {}
            LoopsWritten::Coarse => text += &self.loops_coarse,
            LoopsWritten::LeftOut => text += &self.loops_left_out,
        }
        text
    }

    /// A file could not be read at all.
    pub fn unreadable(&self, name: &str) -> String {
        fill(&self.unreadable, &[("name", name)])
    }

    /// Too many files at once.
    pub fn too_many(&self, limit: usize) -> String {
        fill(&self.too_many, &[("count", &limit.to_string())])
    }

    /// A file is too large.
    pub fn too_large(&self, name: &str, limit_bytes: usize) -> String {
        fill(&self.too_large, &[("name", name), ("megabytes", &self.number(limit_bytes as f64 / 1e6, 0))])
    }

    /// A file has an unknown format.
    pub fn unknown(&self, name: &str) -> String {
        fill(&self.unknown, &[("name", name)])
    }

    /// A preset or bank is invalid; `reason` is the reader's message.
    pub fn faulty(&self, name: &str, reason: &str) -> String {
        fill(&self.faulty, &[("name", name), ("reason", reason)])
    }

    /// A preset or bank sets parameters that are skipped.
    pub fn skipped(&self, name: &str, parameters: &str) -> String {
        fill(&self.skipped, &[("name", name), ("parameters", parameters)])
    }

    /// An empty bank.
    pub fn empty(&self, name: &str) -> String {
        fill(&self.empty, &[("name", name)])
    }

    /// A model is rejected; `reason` is the Worker's message.
    pub fn refused(&self, reason: &str) -> String {
        fill(&self.refused, &[("reason", &brief(reason))])
    }

    /// Presets of a bank are on the map, or a single one (no count); `known` others of it already were.
    pub fn placed(&self, name: &str, count: Option<usize>, known: usize) -> String {
        let Some(count) = count else { return fill(&self.placed_one, &[("name", name)]) };
        let placed = fill(&self.placed_more, &[("name", name), ("sounds", &self.presets(count))]);
        match known {
            0 => placed,
            _ => placed + &fill(&self.known_others, &[("count", &known.to_string())]),
        }
    }

    /// An imported preset is a known one, perhaps by another name.
    pub fn known_preset(&self, name: &str, known: &str, bank: &str) -> String {
        match name.trim() {
            name if name == known.trim() => fill(&self.known_preset, &[("name", name), ("bank", bank)]),
            name => {
                fill(&self.known_otherwise, &[("name", name), ("known", self.named(known)), ("bank", bank)])
            }
        }
    }

    /// Every preset of an imported bank is on the map.
    pub fn known_bank(&self, bank: &str) -> String {
        fill(&self.known_bank, &[("bank", bank)])
    }

    /// An imported bank was removed.
    pub fn bank_removed(&self, bank: &str) -> String {
        fill(&self.bank_removed, &[("bank", bank)])
    }

    /// The button that removes an imported bank.
    pub fn remove_bank(&self, bank: &str) -> String {
        fill(&self.remove_bank, &[("bank", bank)])
    }

    /// How many presets an imported bank has.
    pub fn presets(&self, count: usize) -> String {
        match count {
            1 => self.one_preset.clone(),
            _ => fill(&self.more_presets, &[("count", &self.count(count))]),
        }
    }

    /// The job of placing the presets of a file.
    pub fn placing(&self, name: &str) -> String {
        fill(&self.placing, &[("name", name)])
    }

    /// Presets are being placed.
    pub fn listening(&self, count: usize) -> String {
        match count {
            1 => self.listening_one.clone(),
            _ => fill(&self.listening_more, &[("count", &self.count(count))]),
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
            english.skipped("a.bank", "chorus_depth"),
            english.empty("a.bank"),
        ] {
            assert!(
                sentence.starts_with("a.bank") && sentence.contains(": ") && sentence.ends_with('.'),
                "{sentence}"
            );
        }
        assert_eq!(english.placed("Mine", None, 0), "Mine is on the map, at the current point.");
        assert_eq!(
            english.placed("Mine", Some(2), 1),
            "Mine is on amSynth’s map: 2 sounds. Already there: 1."
        );
        assert_eq!(english.known_preset("Mine ", "Mine", "Low"), "Mine is already on the map: Low");
        assert!(english.known_preset("Mine", "Bell", "Low").contains("Bell"));
        assert!(english.listening(3303).contains("3,303"));
        assert_eq!(english.bank_saved(None, 0), english.no_landmarks_to_take);
        assert!(english.bank_saved(None, 2).ends_with("other instruments have no sound for a bank: 2."));
        assert_eq!(english.bank_saved(Some("a.bank"), 0), "Saved as a.bank");
        assert!(
            english.bank_saved(Some("a.bank"), 1).starts_with("Saved as a.bank. Pins of other instruments")
        );
        assert_eq!(english.link_refused(&LinkError::Damaged), english.link_damaged);
    }
}
