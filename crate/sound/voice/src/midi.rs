//! Meaning of MIDI control changes and pitch bend. Only translates; never changes a sound itself.

use math::single;
use patch::Parameter;

use crate::controller_map::ControllerMap;

/// The effect of a control change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ControllerAction {
    /// Store a value of the patch.
    Set(Parameter, f32),
    /// Set the pan (0…127).
    Pan(u8),
    /// Press or release the sustain pedal.
    Pedal(bool),
    /// Reset the pitch bend.
    CentreBend,
    /// Silence all voices and clear the reverb.
    AllSoundOff,
    /// Silence all voices; the reverb's tail sounds on.
    AllNotesOff,
}

/// State of the MIDI controllers: registered parameter number, bend range and controller map.
#[derive(Clone, Debug, PartialEq)]
pub struct ControllerState {
    registered: (u8, u8),
    bend_range_semitones: f32,
    map: ControllerMap,
}

impl Default for ControllerState {
    fn default() -> Self {
        Self {
            registered: (UNSELECTED, UNSELECTED),
            bend_range_semitones: 2.0,
            map: ControllerMap::default(),
        }
    }
}

/// RPN "null": data entry changes nothing (MIDI 1.0).
const UNSELECTED: u8 = 127;

/// The controller that ends all sound, tails too, if its value is 0.
pub(crate) const ALL_SOUND_OFF: u8 = 120;

impl ControllerState {
    /// Resets everything but the controller map.
    pub fn reset(&mut self) {
        *self = Self { map: self.map, ..Self::default() };
    }

    /// The controller map.
    pub fn map(&self) -> &ControllerMap {
        &self.map
    }

    /// Replaces the controller map.
    pub fn set_map(&mut self, map: ControllerMap) {
        self.map = map;
    }

    /// The effect of a control change to `value` (0…127).
    pub fn control_change(&mut self, controller: u8, value: u8) -> Option<ControllerAction> {
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
            10 => Some(ControllerAction::Pan(value)),
            64 => Some(ControllerAction::Pedal(value > 0)),
            100 => {
                self.registered.1 = value;
                None
            }
            101 => {
                self.registered.0 = value;
                None
            }
            ALL_SOUND_OFF if value == 0 => Some(ControllerAction::AllSoundOff),
            121 => Some(ControllerAction::CentreBend),
            123 if value == 0 => Some(ControllerAction::AllNotesOff),
            124..=127 => Some(ControllerAction::AllNotesOff),
            _ => None,
        }
    }

    /// Frequency factor of a pitch bend of `value` (−8192…8191; others are clamped).
    pub fn bend_factor(&self, value: i16) -> f32 {
        let position = f32::from(value.clamp(-8192, 8191)) / 8192.0;
        single::pow(2.0, position * self.bend_range_semitones / 12.0)
    }
}

/// A mapped controller covers the whole range of its parameter.
fn mapped(parameter: Parameter, value: u8) -> ControllerAction {
    let info = parameter.info();
    ControllerAction::Set(parameter, f32::from(value) / 127.0 * (info.max - info.min) + info.min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_entry_sets_the_bend_range_only_if_its_rpn_is_selected() {
        let mut midi = ControllerState::default();
        midi.control_change(6, 12);
        assert!((midi.bend_factor(8191) - 1.122_46).abs() < 1e-4, "two semitones before selection");
        midi.control_change(101, 0);
        midi.control_change(100, 0);
        midi.control_change(6, 12);
        assert!((midi.bend_factor(-8192) - 0.5).abs() < 1e-6);
        assert_eq!(midi.bend_factor(0), 1.0);
    }

    #[test]
    fn mapped_controllers_cover_the_whole_range() {
        let mut midi = ControllerState::default();
        assert_eq!(midi.control_change(7, 127), Some(ControllerAction::Set(Parameter::MasterVol, 1.0)));
        assert_eq!(midi.control_change(1, 0), Some(ControllerAction::Set(Parameter::FreqModAmount, 0.0)));
    }

    #[test]
    fn channel_mode_messages_need_their_value() {
        let mut midi = ControllerState::default();
        assert_eq!(midi.control_change(123, 1), None);
        assert_eq!(midi.control_change(123, 0), Some(ControllerAction::AllNotesOff));
        assert_eq!(midi.control_change(120, 0), Some(ControllerAction::AllSoundOff));
        assert_eq!(midi.control_change(126, 5), Some(ControllerAction::AllNotesOff));
        assert_eq!(midi.control_change(65, 127), None);
    }
}
