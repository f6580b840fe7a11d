//! What MIDI controllers and the bend wheel mean. Only translates; the synthesizer acts.

use math::single;
use patch::Parameter;

use crate::controller_map::ControllerMap;

/// What a controller asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Store a value in the patch.
    Set(Parameter, f32),
    /// Move the panorama (0…127).
    Pan(u8),
    /// The sustain pedal.
    Pedal(bool),
    /// Bend wheel back to the middle.
    CentreBend,
    /// Silence with the tail of the room.
    AllSoundOff,
    /// Silence all voices; the room rings on.
    AllNotesOff,
}

/// The controllers' memory: registered parameter number, bend range, and what is mapped.
#[derive(Clone, Debug, PartialEq)]
pub struct Midi {
    registered: (u8, u8),
    bend_range_semitones: f32,
    map: ControllerMap,
}

impl Default for Midi {
    fn default() -> Self {
        Self {
            registered: (UNSELECTED, UNSELECTED),
            bend_range_semitones: 2.0,
            map: ControllerMap::default(),
        }
    }
}

const UNSELECTED: u8 = 127;

impl Midi {
    /// As new, but with the map it has.
    pub fn reset(&mut self) {
        *self = Self { map: self.map, ..Self::default() };
    }

    /// Which controllers turn parameters.
    pub fn map(&self) -> &ControllerMap {
        &self.map
    }

    /// Changes which controllers turn parameters.
    pub fn set_map(&mut self, map: ControllerMap) {
        self.map = map;
    }

    /// What controller `controller` going to `value` (both 0…127) asks for.
    pub fn control_change(&mut self, controller: u8, value: u8) -> Option<Action> {
        let value = value.min(127);
        if let Some(parameter) = self.map.parameter(controller) {
            return Some(mapped(parameter, value));
        }
        match controller {
            6 => {
                if self.registered == (0, 0) {
                    self.bend_range_semitones = f32::from(value);
                }
                None
            }
            10 => Some(Action::Pan(value)),
            64 => Some(Action::Pedal(value > 0)),
            100 => {
                self.registered.1 = value;
                None
            }
            101 => {
                self.registered.0 = value;
                None
            }
            120 if value == 0 => Some(Action::AllSoundOff),
            121 => Some(Action::CentreBend),
            123 if value == 0 => Some(Action::AllNotesOff),
            124..=127 => Some(Action::AllNotesOff),
            _ => None,
        }
    }

    /// The factor that a bend wheel at `value` (−8192…8191; others are the nearest) puts on pitch.
    pub fn bend_factor(&self, value: i16) -> f32 {
        let position = f32::from(value.clamp(-8192, 8191)) / 8192.0;
        single::pow(2.0, position * self.bend_range_semitones / 12.0)
    }
}

/// A controller that turns a parameter through its whole range.
fn mapped(parameter: Parameter, value: u8) -> Action {
    let info = parameter.info();
    Action::Set(parameter, f32::from(value) / 127.0 * (info.max - info.min) + info.min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bend_range_follows_the_registered_parameter_only() {
        let mut midi = Midi::default();
        midi.control_change(6, 12);
        assert!((midi.bend_factor(8191) - 1.122_46).abs() < 1e-4, "two semitones before selection");
        midi.control_change(101, 0);
        midi.control_change(100, 0);
        midi.control_change(6, 12);
        assert!((midi.bend_factor(-8192) - 0.5).abs() < 1e-6);
        assert_eq!(midi.bend_factor(0), 1.0);
    }

    #[test]
    fn mapped_controllers_cover_the_range() {
        let mut midi = Midi::default();
        assert_eq!(midi.control_change(7, 127), Some(Action::Set(Parameter::MasterVol, 1.0)));
        assert_eq!(midi.control_change(1, 0), Some(Action::Set(Parameter::FreqModAmount, 0.0)));
    }

    #[test]
    fn silence_needs_the_right_value() {
        let mut midi = Midi::default();
        assert_eq!(midi.control_change(123, 1), None);
        assert_eq!(midi.control_change(123, 0), Some(Action::AllNotesOff));
        assert_eq!(midi.control_change(120, 0), Some(Action::AllSoundOff));
        assert_eq!(midi.control_change(126, 5), Some(Action::AllNotesOff));
        assert_eq!(midi.control_change(65, 127), None);
    }
}
