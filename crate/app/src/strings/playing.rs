//! Texts of the tab Play. (Labels stand in index.html.)

use play::Scale;
use play::notes::{Layout, Manner};

/// The twelve notes from C.
pub const NOTES: [&str; 12] = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

/// A MIDI key by its name; middle C, 60, is C4.
pub fn key_name(key: u8) -> String {
    format!("{}{}", NOTES[usize::from(key % 12)], i16::from(key / 12) - 1)
}

/// The keys on the screen.
pub fn key_range(lowest: u8, highest: u8) -> String {
    format!("{}–{}", key_name(lowest), key_name(highest))
}

/// What a touch makes of its note.
pub fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Drone => "its note",
        Manner::Chord => "a chord",
        Manner::ArpeggioUp => "arpeggio up",
        Manner::ArpeggioDown => "arpeggio down",
        Manner::ArpeggioUpAndDown => "arpeggio up, down",
        Manner::Gate => "chord in pulses",
    }
}

/// How notes lie over the pad.
pub fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::RootNote => "one note",
        Layout::ScaleAcross => "a scale, left to right",
    }
}

/// A scale.
pub fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Chromatic => "chromatic",
        Scale::Major => "major",
        Scale::NaturalMinor => "minor",
        Scale::HarmonicMinor => "harmonic minor",
        Scale::Dorian => "dorian",
        Scale::MajorPentatonic => "major pentatonic",
        Scale::MinorPentatonic => "minor pentatonic",
        Scale::Blues => "blues",
        Scale::WholeTone => "whole tone",
    }
}

/// How many octaves lie over the pad.
pub fn octaves(count: u8) -> String {
    if count == 1 { "1 octave".to_owned() } else { format!("{count} octaves") }
}

/// Speed of the arpeggio.
pub fn steps_per_second(steps: f32) -> String {
    format!("{steps:.1} /s")
}

/// Sounding share of a step.
pub fn gate(share: f32) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// The button that turns the sound off and on.
pub const fn mute(muted: bool) -> &'static str {
    if muted { "Sound on" } else { "Sound off" }
}

/// The volume while the sound is off.
pub const MUTED: &str = "off";

/// What is heard beside what the map says.
pub fn heard_and_predicted(heard: Option<&str>, predicted: Option<&str>) -> String {
    let [heard, predicted] = [heard, predicted].map(|value| value.unwrap_or("–"));
    format!("{heard} · map {predicted}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middle_c_is_c4() {
        assert_eq!((key_name(60), key_name(21), key_name(0)), ("C4".into(), "A0".into(), "C-1".into()));
        assert_eq!(key_range(48, 65), "C3–F4");
    }
}
