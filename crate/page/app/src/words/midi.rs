//! Texts about MIDI.

use play::midi::Axis;

use super::{Language, fill};

impl Language {
    /// The connected devices.
    pub fn connected(&self, inputs: &[String]) -> String {
        match inputs {
            [] => self.midi_none.clone(),
            [only] => fill(&self.midi_one, &[("name", only)]),
            [first, second] => fill(&self.midi_two, &[("name", first), ("other", second)]),
            [first, rest @ ..] => {
                fill(&self.midi_more, &[("name", first), ("count", &rest.len().to_string())])
            }
        }
    }

    /// The controller of an axis.
    pub fn axis(&self, axis: Axis, controller: u8) -> String {
        let word = match axis {
            Axis::X => &self.axis_x,
            Axis::Y => &self.axis_y,
        };
        fill(word, &[("controller", &controller.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_in_one_sentence() {
        let english = Language::of("en");
        let names = |count: usize| (0..count).map(|n| format!("Keys {n}")).collect::<Vec<_>>();
        assert!(english.connected(&names(0)).contains("connect a keyboard"));
        assert_eq!(english.connected(&names(1)), "Keys 0 plays here.");
        assert_eq!(english.connected(&names(2)), "Keys 0 and Keys 1 play here.");
        assert_eq!(english.connected(&names(3)), "Keys 0 and 2 more play here.");
    }
}
