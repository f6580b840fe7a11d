//! Every text that the program writes for a person, in one table: a translation replaces this file.
//! (Static labels stand in index.html; parameter names and values come from the `patch` crate.)

use crate::trouble::Trouble;
use latent::map::Layer;
use play::Point;

pub mod element;
pub mod midi;
pub mod playing;
pub mod sharing;

/// While the files come and no total is known.
pub fn loading_bytes(loaded: f64) -> String {
    format!("Loading… {:.1} MB", loaded / 1e6)
}

/// While the files come.
pub fn loading_percent(percent: u32) -> String {
    format!("Loading… {percent} %")
}

/// All files are here; the decoder is being warmed up.
pub const LOADING_LAST: &str = "Tuning up…";

/// The sound sleeps, and a tap of a finger wakes it.
pub const WAKE_BY_TAP: &str = "Tap to wake the sound";
/// The same while the finger is down: browsers take its lifting for the gesture.
pub const WAKE_BY_LIFT: &str = "Lift to wake the sound";
/// The same where a mouse points.
pub const WAKE_BY_CLICK: &str = "Click to wake the sound";

/// Near a known patch.
pub fn near(name: &str) -> String {
    format!("near {name}")
}

/// No known patch within reach.
pub const NOBODY: &str = "nobody has been here";

/// On the very point of a known patch.
pub fn at(name: &str) -> String {
    format!("at {name}")
}

/// Under the nearest patch's name, when there is another name near.
pub fn between(other: &str) -> String {
    format!("between it and {other}")
}

/// The same at the very point of the nearest patch.
pub fn next_to(other: &str) -> String {
    format!("next to {other}")
}

/// How far the nearest patch is.
pub fn away(distance: f32) -> String {
    format!("{distance:.2} away")
}

/// Under “nobody has been here”.
pub fn nearest(name: &str) -> String {
    format!("the nearest is {name}")
}

/// Under the name of a preset that is heard itself.
pub fn exactly(bank: &str) -> String {
    format!("the preset itself · {bank}")
}

/// What the map says of a quality: in whole numbers, as the bars are read.
pub fn quality(value: f32, layer: &Layer) -> String {
    match layer.unit.as_str() {
        "yes/no" => if value < 0.5 { "no" } else { "yes" }.to_owned(),
        "points" => whole(value),
        unit => format!("{} {unit}", whole(value)),
    }
}

/// The quality that the map shows, of where you are.
pub fn of_quality(layer: &Layer, value: f32) -> String {
    format!("{} {}", layer.name, quality(value, layer))
}

/// An end of the map's colours: its word and its value, at the high end with the unit.
pub fn end(word: &str, value: f32, layer: &Layer, with_unit: bool) -> String {
    match layer.unit.as_str() {
        "yes/no" => word.to_owned(),
        unit if with_unit => format!("{word} {} {unit}", whole(value)),
        _ => format!("{word} {}", whole(value)),
    }
}

/// A number without decimals, with a real minus sign, never “−0”.
fn whole(value: f32) -> String {
    let text = format!("{:.0}", value.abs());
    if value < 0.0 && text != "0" { format!("−{text}") } else { text }
}

/// The layer of the map that shows where presets are.
pub const KNOWN_PATCHES: &str = "Presets";
/// What its first and last colours mean.
pub const DENSITY_ENDS: [&str; 2] = ["nobody yet", "many patches"];

/// The choice of no bank in particular.
pub const ALL_BANKS: &str = "All banks";

/// How many presets a search found.
pub fn found(count: usize) -> String {
    match count {
        0 => "nothing has that name".to_owned(),
        1 => "1 preset".to_owned(),
        _ => format!("{count} presets"),
    }
}

/// The button that leads to a landmark.
pub fn go_to(name: &str) -> String {
    format!("Go to {name}")
}

/// The field with a landmark's name.
pub fn name_of(number: usize) -> String {
    format!("Name of landmark {number}")
}

/// The button that deletes a landmark.
pub fn delete(name: &str) -> String {
    format!("Delete {name}")
}

/// The button that records a gesture, before and while it does.
pub const RECORD: &str = "Record a path";
/// See [`RECORD`].
pub const RECORDING: &str = "Draw, then press here";

/// The tempo of a gesture, as a factor of the recorded one.
pub fn tempo(factor: f64) -> String {
    format!("× {factor:.2}")
}

/// The button that begins a comparison.
pub const COMPARE: &str = "AB: compare two sounds";

/// The same button during a comparison.
pub fn compared(side: &str) -> String {
    format!("{side} is heard: change sides")
}

/// A word with its first letter large, as the map's names stand alone.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A preset whose name is empty.
pub const UNNAMED: &str = "an unnamed patch";

/// Before the list of known patches is here, or without it.
pub fn position(point: Point) -> String {
    match (across(point.x), upward(point.y)) {
        (across, upward) if across == MIDDLE && upward == MIDDLE => "in the middle".to_owned(),
        (across, upward) => format!("{across}, {upward}"),
    }
}

/// The position from left to right, in words.
pub fn across(x: f32) -> String {
    side(x, "left", "right")
}

/// The position from bottom to top, in words.
pub fn upward(y: f32) -> String {
    side(y, "down", "up")
}

const MIDDLE: &str = "middle";

fn side(value: f32, negative: &str, positive: &str) -> String {
    let shown = format!("{:.2}", value.abs());
    match shown.as_str() {
        "0.00" => MIDDLE.to_owned(),
        _ => format!("{shown} {}", if value < 0.0 { negative } else { positive }),
    }
}

/// The volume slider's value.
pub fn volume(percent: f64) -> String {
    format!("{percent:.0} %")
}

/// One sentence that says what is wrong and what to do.
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::ElementMissing(id) => {
            format!("The page and its program are of different versions (#{id}): please reload the page.")
        }
        Trouble::NoCanvas => {
            "This browser gives no drawing surface: please close other tabs and reload the page.".to_owned()
        }
        Trouble::FileMissing { path, status } => {
            format!("{path} is missing on the server (status {status}): please tell whoever runs this page.")
        }
        Trouble::FileUnreachable(path) => {
            format!("{path} could not be loaded: please check the connection and try again.")
        }
        Trouble::FileBroken(path) => {
            format!("{path} arrived damaged or from another version: please try again, or reload the page.")
        }
        Trouble::InsecurePage => {
            "Browsers allow this sound on secure pages only: please open the page by https:// or on localhost.".to_owned()
        }
        Trouble::NoAudioWorklet => {
            "This browser has no AudioWorklet, which plays the sound: please open the page in a current browser.".to_owned()
        }
        Trouble::ContextRefused => {
            "The browser gave no sound output: please close other tabs that play sound and try again.".to_owned()
        }
        Trouble::DecoderRefused(words) => {
            let words = brief(words);
            format!("The sound model could not be used ({words}): please reload the page.")
        }
        Trouble::SoundFault(words) => {
            let words = brief(words);
            format!("The sound had a fault ({words}): please try again.")
        }
        Trouble::SoundStopped => "The sound stopped because of a fault: please try again.".to_owned(),
    }
}

/// Another's sentence as part of ours: what is wrong, without its advice after a semicolon and its
/// full stop, cut where it grows long.
fn brief(words: &str) -> String {
    const LONGEST: usize = 80;
    let line = words.split(['\n', ';']).next().unwrap_or_default().trim().trim_end_matches('.');
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

/// The Worker that listens and places cannot be started, or broke.
pub const LISTENER_LOST: &str =
    "The part of the page that listens could not be loaded: check the connection and try again.";

#[cfg(test)]
mod tests {
    use super::trouble as sentence;
    use super::*;

    #[test]
    fn positions_are_words() {
        assert_eq!(position(Point { x: -0.25, y: 1.5 }), "0.25 left, 1.50 up");
        assert_eq!(position(Point { x: 0.0, y: -2.0 }), "middle, 2.00 down");
        assert_eq!(position(Point { x: 0.001, y: -0.004 }), "in the middle");
    }

    #[test]
    fn every_trouble_is_one_sentence_that_says_what_to_do() {
        let all = [
            Trouble::ElementMissing("pad"),
            Trouble::NoCanvas,
            Trouble::FileMissing { path: "decoder.onnx", status: 404 },
            Trouble::FileUnreachable("worklet.wasm"),
            Trouble::FileBroken("coordinates.json"),
            Trouble::InsecurePage,
            Trouble::NoAudioWorklet,
            Trouble::ContextRefused,
            Trouble::DecoderRefused("it has 3 inputs, 2 were expected".to_owned()),
            Trouble::DecoderRefused("ä long sentence. ".repeat(20)),
            Trouble::SoundFault("the sound stopped (unreachable); reload the page".to_owned()),
            Trouble::SoundStopped,
        ];
        for trouble in &all {
            let sentence = sentence(trouble);
            assert!(sentence.contains(": please ") && sentence.ends_with('.'), "{sentence}");
            assert!(sentence.chars().count() < 150, "it must stay one short sentence: {sentence}");
        }
        assert!(sentence(&all[2]).contains("decoder.onnx"), "it names the file");
        assert_eq!(
            sentence(&all[10]),
            "The sound had a fault (the sound stopped (unreachable)): please try again."
        );
    }
}
