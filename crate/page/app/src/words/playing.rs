//! Texts of the panel Play and of the readout.

use play::Scale;
use play::chord::{ArpeggioMode, Chord};
use play::tracks::beat::Beat;
use play::tracks::model::RecordState;
use play::velocity::VelocitySource;

use super::{Language, fill};

impl Language {
    /// The twelve notes from C.
    pub fn note_names(&self) -> Vec<&str> {
        self.notes.split(' ').collect()
    }

    /// The note of a MIDI key, in any octave.
    pub fn note_name(&self, key: u8) -> &str {
        self.note_names().get(usize::from(key % 12)).copied().unwrap_or_default()
    }

    /// The note of a MIDI key as the scale on a root writes it.
    pub fn note_in(&self, scale: Scale, root: u8, key: u8) -> &str {
        let names = if scale.has_flats(root) { &self.notes_flat } else { &self.notes };
        names.split(' ').nth(usize::from(key % 12)).unwrap_or_default()
    }

    /// A MIDI key by its name; middle C, 60, is C4.
    pub fn key_name(&self, key: u8) -> String {
        format!("{}{}", self.note_name(key), i16::from(key / 12) - 1)
    }

    /// The keys on the screen.
    pub fn key_range(&self, lowest: u8, highest: u8) -> String {
        format!("{}–{}", self.key_name(lowest), self.key_name(highest))
    }

    /// A chord.
    pub fn chord(&self, chord: Chord) -> &str {
        match chord {
            Chord::Off => &self.switched_off,
            Chord::Octave => &self.chord_octave,
            Chord::Triad => &self.chord_triad,
            Chord::Seventh => &self.chord_seventh,
            Chord::Ninth => &self.chord_ninth,
        }
    }

    /// How the notes of a chord follow each other.
    pub fn arpeggio(&self, arpeggio: ArpeggioMode) -> &str {
        match arpeggio {
            ArpeggioMode::Off => &self.switched_off,
            ArpeggioMode::Up => &self.arpeggio_up,
            ArpeggioMode::Down => &self.arpeggio_down,
            ArpeggioMode::UpAndDown => &self.arpeggio_up_and_down,
            ArpeggioMode::Gate => &self.arpeggio_gate,
        }
    }

    /// The name of a source of the velocity.
    pub fn velocity_source(&self, source: VelocitySource) -> &str {
        match source {
            VelocitySource::Constant => &self.velocity_constant,
            VelocitySource::Height => &self.velocity_height,
            VelocitySource::Pressure => &self.velocity_pressure,
        }
    }

    /// A tempo in beats per minute, in whole ones where it is whole.
    pub fn bpm(&self, bpm: f32) -> String {
        let bpm = (10.0 * bpm).round() / 10.0;
        self.number(bpm.into(), if bpm.fract() == 0.0 { 0 } else { 1 })
    }

    /// A beat; without one, what the button starts.
    pub fn beat_name(&self, beat: Beat) -> &str {
        match beat {
            Beat::Off => &self.beat,
            Beat::Click => &self.beat_click,
            Beat::Kick => &self.beat_kick,
            Beat::KickAndHat => &self.beat_kick_hat,
        }
    }

    /// A scale.
    pub fn scale(&self, scale: Scale) -> &str {
        match scale {
            Scale::Chromatic => &self.scale_chromatic,
            Scale::Major => &self.scale_major,
            Scale::NaturalMinor => &self.scale_natural_minor,
            Scale::HarmonicMinor => &self.scale_harmonic_minor,
            Scale::Dorian => &self.scale_dorian,
            Scale::MajorPentatonic => &self.scale_major_pentatonic,
            Scale::MinorPentatonic => &self.scale_minor_pentatonic,
            Scale::Blues => &self.scale_blues,
            Scale::WholeTone => &self.scale_whole_tone,
        }
    }

    /// A scale on its root: “C minor”.
    pub fn scale_on(&self, scale: Scale, root: u8) -> String {
        let (word, note) = match scale {
            Scale::NaturalMinor => {
                (&self.in_minor, self.minor_roots.split(' ').nth(usize::from(root % 12)).unwrap_or_default())
            }
            Scale::Major => (&self.in_major, self.note_in(scale, root, root)),
            _ => (&self.on_root, self.note_in(scale, root, root)),
        };
        fill(word, &[("root", note), ("scale", self.scale(scale))])
    }

    /// How many octaves lie over the pad.
    pub fn octaves(&self, count: u8) -> String {
        match count {
            1 => self.octaves_one.clone(),
            _ => fill(&self.octaves_more, &[("count", &count.to_string())]),
        }
    }

    /// The name of a loop.
    pub fn loop_name(&self, number: u8) -> String {
        fill(&self.loop_name, &[("number", &number.to_string())])
    }

    /// The title of the settings of the notes of a loop.
    pub fn loop_plays_as(&self, number: u8) -> String {
        fill(&self.loop_plays_as, &[("number", &number.to_string())])
    }

    /// How many loops there are.
    pub fn loop_count(&self, count: usize) -> String {
        match count {
            0 => self.no_loop_yet.clone(),
            1 => self.one_loop.clone(),
            _ => fill(&self.more_loops, &[("count", &count.to_string())]),
        }
    }

    /// The button that mutes a loop.
    pub fn mute_named(&self, number: u8, name: &str) -> String {
        fill(&self.mute_named, &[("number", &number.to_string()), ("name", name)])
    }

    /// The bar of a take; empty where it has none.
    pub fn take_bar(&self, record: &RecordState) -> String {
        match record {
            RecordState::Recording { bar, of_bars: Some(bars), .. } => {
                fill(&self.bar_of, &[("bar", &bar.to_string()), ("bars", &bars.to_string())])
            }
            RecordState::Recording { bar, .. } => fill(&self.bar_number, &[("bar", &bar.to_string())]),
            _ => String::new(),
        }
    }

    /// The button that plays or stops.
    pub fn play(&self, sounding: bool) -> &str {
        if sounding { &self.stop } else { &self.play }
    }

    /// A measured descriptor beside the map's prediction.
    pub fn heard_and_predicted(&self, heard: Option<&str>, predicted: Option<&str>) -> String {
        let [heard, predicted] = [heard, predicted].map(|value| value.unwrap_or("–"));
        fill(&self.heard_and_predicted, &[("heard", heard), ("predicted", predicted)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_named_on_its_root_as_the_language_writes_keys() {
        let [english, german] = ["en", "de"].map(Language::of);
        let named = |language: &Language| {
            [(Scale::NaturalMinor, 60), (Scale::Major, 63), (Scale::Dorian, 62)]
                .map(|(scale, root)| language.scale_on(scale, root))
        };
        assert_eq!(named(&english), ["C minor", "E♭ major", "D dorian"]);
        assert_eq!(named(&german), ["c-Moll", "Es-Dur", "D dorisch"]);
    }

    #[test]
    fn middle_c_is_c4_and_b_is_named_as_the_language_has_it() {
        let [english, german] = ["en", "de"].map(Language::of);
        assert_eq!(
            (english.key_name(60), english.key_name(21), english.key_name(0)),
            ("C4".into(), "A0".into(), "C-1".into())
        );
        assert_eq!(english.key_range(48, 65), "C3–F4");
        assert_eq!((english.key_name(71), german.key_name(71)), ("B4".into(), "H4".into()));
        assert_eq!(english.note_names().len(), 12);
    }
}
