//! Which MIDI controller turns which parameter, and amSynth's file of it (`controllers` in
//! `~/.config/amsynth`): up to 128 words, the n-th (from 0) for controller n, each the name of a
//! parameter or `null`. Only a table: `midi` asks it.

use patch::Parameter;

use crate::text::{TextError, checked};

/// Number of MIDI controllers.
pub const CONTROLLERS: usize = 128;
/// What stands for a controller that turns nothing.
const NOTHING: &str = "null";

/// The parameter of each controller. A controller that has one loses its usual meaning, such as the
/// pedal's; a parameter may have several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ControllerMap {
    parameters: [Option<Parameter>; CONTROLLERS],
}

impl Default for ControllerMap {
    /// amSynth's: the modulation wheel (1) turns the LFO's depth in pitch, 7 the volume.
    fn default() -> Self {
        let mut map = Self { parameters: [None; CONTROLLERS] };
        map.set(1, Some(Parameter::FreqModAmount));
        map.set(7, Some(Parameter::MasterVol));
        map
    }
}

impl ControllerMap {
    /// The map of a `controllers` file. Controllers beyond the end of the file are as in the default.
    ///
    /// # Errors
    /// Names the first line with a word that is no parameter, or that is one too many.
    pub fn read(text: &str) -> Result<Self, TextError> {
        let mut map = Self::default();
        let lines = (1..).zip(checked(text)?.lines());
        let words =
            lines.flat_map(|(line, content)| content.split_whitespace().map(move |word| (line, word)));
        for (controller, (line, word)) in words.enumerate() {
            let place = map.parameters.get_mut(controller).ok_or_else(|| {
                TextError::new(line, format!("no more than {CONTROLLERS} controllers"), word)
            })?;
            *place = match Parameter::from_name(word) {
                None if word != NOTHING => {
                    let expected =
                        format!("the name of a parameter for controller {controller}, or “{NOTHING}”");
                    return Err(TextError::new(line, expected, word));
                }
                parameter => parameter,
            };
        }
        Ok(map)
    }

    /// The parameter of a controller; none for controllers above 127.
    pub fn parameter(&self, controller: u8) -> Option<Parameter> {
        self.parameters.get(usize::from(controller)).copied().flatten()
    }

    /// Gives a controller (0…127; others are ignored) a parameter, or takes it away.
    pub fn set(&mut self, controller: u8, parameter: Option<Parameter>) {
        if let Some(place) = self.parameters.get_mut(usize::from(controller)) {
            *place = parameter;
        }
    }
}
