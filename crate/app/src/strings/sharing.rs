//! Texts of the tab Share: what is taken away and brought along. (Labels stand in index.html.)

use play::Point;

/// An edited patch was found on the map; how far it is from what the map plays there, in dB a band.
pub fn found(distance_db: f32) -> String {
    format!("Here the map sounds most like it, {distance_db:.0} dB apart on average.")
}

/// A patch of a place that has no name.
pub fn patch_name(place: Point) -> String {
    format!("latent {:.2} {:.2}", place.x, place.y)
}

/// The name of the file of all landmarks.
pub const BANK_NAME: &str = "latent-pad landmarks";
/// The name of the recording's file.
pub const RECORDING_NAME: &str = "latent-pad recording";
/// The name of the picture's file.
pub const PICTURE_NAME: &str = "latent-pad map";
/// The title with which a link is handed on.
pub const LINK_TITLE: &str = "A sound on the latent pad";

/// There is no patch yet.
pub const NO_PATCH: &str = "The sound is not ready yet: wait until it has loaded, then take the patch.";
/// There are no landmarks.
pub const NO_LANDMARKS: &str = "There are no landmarks yet: drop one in Places, then take the bank.";
/// The recording is being written.
pub const RECORDING: &str = "Writing what sounded…";
/// The picture cannot be made.
pub const NO_PICTURE: &str = "The browser could not draw the picture: reload the page and try again.";
/// The link is in the clipboard.
pub const LINK_COPIED: &str = "The link is copied: it opens to this very sound.";
/// The clipboard was refused.
pub const LINK_SHOWN: &str = "The link stands in the address bar: copy it from there.";
/// A link's place was made with another model.
pub const OTHER_MODEL: &str =
    "This link was made with another model: the place is the same, but it may sound different.";
/// A link was opened.
pub const LINK_OPENED: &str = "The link is open: touch the map or a key to hear it.";

/// A file was handed to the browser.
pub fn saved(name: &str) -> String {
    format!("Saved as {name}.")
}

/// How many landmarks are in a link.
pub fn landmarks_left_out(count: usize) -> String {
    match count {
        1 => " One landmark did not fit; a bank holds them all.".to_owned(),
        _ => format!(" {count} landmarks did not fit; a bank holds them all."),
    }
}

/// Files are being looked at.
pub const READING: &str = "Looking at what you brought…";
/// A file could not be read at all.
pub fn unreadable(name: &str) -> String {
    format!("{name} could not be read: choose it again.")
}

/// A file is too large.
pub fn too_large(name: &str, limit_mb: f64) -> String {
    format!("{name} is larger than {limit_mb:.0} MB, the most that is read: choose a smaller file.")
}

/// A file is nothing of ours.
pub fn unknown(name: &str) -> String {
    format!("{name} is no amSynth preset or bank and no model: bring .amSynthPreset, .bank or .onnx files.")
}

/// A preset or bank has a fault; in the reader's words.
pub fn faulty(name: &str, reason: &str) -> String {
    format!("{name} has a fault ({reason}): export it again from amSynth.")
}

/// An empty bank.
pub fn empty(name: &str) -> String {
    format!("{name} holds no preset: choose another bank.")
}

/// The known presets are not here yet.
pub const NO_MAP: &str = "The map has not loaded yet: wait a moment and bring the files again.";
/// A map is no JSON.
pub const MAP_BROKEN: &str = "map.json is damaged: make it again with `latent-pad map`.";
/// The model's files do not make a pair.
pub const NO_PAIR: &str =
    "A model is two files, decoder.onnx and encoder.onnx: bring both at once, with map.json if there is one.";

/// A model is refused; in the Worker's words.
pub fn refused(reason: &str) -> String {
    format!("The model cannot be played: {reason}.")
}

/// Presets are on the map.
pub fn placed(name: &str, count: usize) -> String {
    match count {
        1 => format!("{name} is on the map, and you are there."),
        _ => format!("{count} presets of {name} are on the map."),
    }
}

/// Presets are being listened to.
pub fn listening(done: usize, count: usize) -> String {
    match count {
        1 => "Listening for its place on the map…".to_owned(),
        _ => format!("Listening for their places on the map: {done} of {count}…"),
    }
}

/// Behind a sentence: the browser keeps nothing.
pub const NOT_KEPT: &str = " This browser keeps nothing here: it is gone after a reload.";

/// The own model plays.
pub const MODEL_PLAYS: &str = "Your model plays: the map shows where it places the presets.";
/// All that was brought is gone.
pub const OURS_PLAYS: &str = "What you brought is removed: the pad's own map and model are back.";

/// A library's message as a sentence of the page.
pub fn sentence(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_the_file_and_what_to_do() {
        for sentence in [
            unreadable("a.bank"),
            too_large("a.bank", 2.0),
            unknown("a.bank"),
            faulty("a.bank", "line 3"),
            empty("a.bank"),
        ] {
            assert!(
                sentence.starts_with("a.bank") && sentence.contains(": ") && sentence.ends_with('.'),
                "{sentence}"
            );
        }
        assert_eq!(sentence("this link is damaged"), "This link is damaged.");
        assert_eq!(placed("Mine", 1), "Mine is on the map, and you are there.");
    }
}
