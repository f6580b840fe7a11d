//! The parameter that each MIDI controller sets, and amSynth's file format for it (`controllers` in
//! `~/.config/amsynth`): up to 128 words, the n-th (from 0) for controller n, each the name of a parameter or
//! `null`. Only a table: never changes a sound itself.

use patch::Parameter;

use crate::text::{SyntaxError, checked};

/// Number of MIDI controllers.
pub const CONTROLLERS: usize = 128;
/// The word for an unmapped controller.
const UNMAPPED: &str = "null";

/// The parameter of each controller. A mapped controller loses its usual meaning, such as that of the
/// sustain pedal; a parameter may have several controllers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ControllerMap {
    parameters: [Option<Parameter>; CONTROLLERS],
}

impl Default for ControllerMap {
    /// amSynth's default: the modulation wheel (1) sets the vibrato depth, controller 7 the volume.
    fn default() -> Self {
        let mut map = Self { parameters: [None; CONTROLLERS] };
        map.set(1, Some(Parameter::FreqModAmount));
        map.set(7, Some(Parameter::MasterVol));
        map
    }
}

impl ControllerMap {
    /// The map of a `controllers` file. Controllers beyond the end of the file keep their default.
    ///
    /// # Errors
    /// Names the line of the first unknown parameter, or of the first word beyond the file's 128.
    pub fn read(text: &str) -> Result<Self, SyntaxError> {
        let mut map = Self::default();
        let lines = (1..).zip(checked(text)?.lines());
        let words =
            lines.flat_map(|(line, content)| content.split_whitespace().map(move |word| (line, word)));
        for (controller, (line, word)) in words.enumerate() {
            let entry = map.parameters.get_mut(controller).ok_or_else(|| {
                SyntaxError::new(line, format!("no more than {CONTROLLERS} controllers"), word)
            })?;
            *entry = match Parameter::from_name(word) {
                None if word != UNMAPPED => {
                    let expected =
                        format!("the name of a parameter for controller {controller}, or “{UNMAPPED}”");
                    return Err(SyntaxError::new(line, expected, word));
                }
                parameter => parameter,
            };
        }
        Ok(map)
    }

    /// The parameter of a controller; `None` if unmapped or above 127.
    pub fn parameter(&self, controller: u8) -> Option<Parameter> {
        self.parameters.get(usize::from(controller)).copied().flatten()
    }

    /// Maps a controller (0…127; others are ignored) to a parameter, or unmaps it.
    pub fn set(&mut self, controller: u8, parameter: Option<Parameter>) {
        if let Some(entry) = self.parameters.get_mut(usize::from(controller)) {
            *entry = parameter;
        }
    }
}
