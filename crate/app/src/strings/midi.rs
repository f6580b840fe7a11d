//! Texts about MIDI.

use play::midi::Axis;

/// The browser is asking the person.
pub const ASKING: &str = "The browser asks whether this page may use MIDI…";
/// There is none.
pub const ABSENT: &str = "This browser has no Web MIDI: please open the page in Chrome, Edge or Firefox.";
/// The person or the host said no.
pub const DENIED: &str =
    "MIDI was not allowed: to change that, open the browser's settings for this page, then press again.";
/// The choice of sending to no device.
pub const SEND_NOWHERE: &str = "nowhere";
/// A button that waits for a controller.
pub const LEARNING: &str = "Move a controller…";
/// amSynth's file of the controller map, as it is called in its folder.
pub const MAP_FILE_NAME: &str = "controllers";

/// What is plugged in.
pub fn connected(inputs: &[String]) -> String {
    match inputs {
        [] => "MIDI is on: plug in a keyboard, and it plays.".to_owned(),
        [only] => format!("{only} plays here."),
        [first, second] => format!("{first} and {second} play here."),
        [first, rest @ ..] => format!("{first} and {} more play here.", rest.len()),
    }
}

/// Which controller moves along an axis.
pub fn axis(axis: Axis, controller: u8) -> String {
    match axis {
        Axis::X => format!("Left–right: controller {controller}"),
        Axis::Y => format!("Down–up: controller {controller}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_in_one_sentence() {
        let names = |count: usize| (0..count).map(|n| format!("Keys {n}")).collect::<Vec<_>>();
        assert!(connected(&names(0)).contains("plug in"));
        assert_eq!(connected(&names(1)), "Keys 0 plays here.");
        assert_eq!(connected(&names(3)), "Keys 0 and 2 more play here.");
    }
}
