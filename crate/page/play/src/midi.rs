//! MIDI messages: notes, bend and pedal for the current point, two learnable controllers for the latent x and y, and
//! program changes for the landmarks. Bytes in, messages out; the page has the ports.
//!
//! A program change goes to the landmark of that number, counted from 0 as MIDI does. In amSynth it chooses the
//! preset of that number in the loaded bank. The exported bank has amSynth's landmarks in their order, so a sequence
//! has the same effect here and there if no landmark of recorded tones comes before them. Bank select (controllers 0
//! and 32) is ignored: there is only one bank.

use serde::{Deserialize, Serialize};

use crate::Point;
use crate::controllers::{FINE, LATENT_CONTROLLERS, coordinate_of_coarse, coordinate_of_halves};

/// A message without its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MidiMessage {
    /// A key goes down with a velocity of 1…127.
    NoteOn {
        /// MIDI key
        key: u8,
        /// how hard
        velocity: u8,
    },
    /// A key goes up.
    NoteOff {
        /// MIDI key
        key: u8,
    },
    /// The pitch wheel, −8192…8191.
    PitchBend(i16),
    /// A controller and its value, 0…127 each.
    ControlChange {
        /// number
        controller: u8,
        /// value
        value: u8,
    },
    /// A program, 0…127.
    Program(u8),
}

impl MidiMessage {
    /// The channel of a message that [`Self::read`] parses, 0…15.
    pub fn channel(bytes: &[u8]) -> u8 {
        bytes.first().map_or(0, |status| status & 15)
    }

    /// Parses one complete message; none for a truncated or unused one (clock, aftertouch, system messages).
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (&status, data) = bytes.split_first()?;
        let seven = |position: usize| data.get(position).copied().filter(|&byte| byte < 128);
        let first = seven(0)?;
        if status & 0xF0 == 0xC0 {
            return Some(Self::Program(first));
        }
        let second = seven(1)?;
        match status & 0xF0 {
            0x90 if second > 0 => Some(Self::NoteOn { key: first, velocity: second }),
            0x80 | 0x90 => Some(Self::NoteOff { key: first }),
            0xB0 => Some(Self::ControlChange { controller: first, value: second }),
            0xE0 => Some(Self::PitchBend((i16::from(second) << 7 | i16::from(first)) - 8192)),
            _ => None,
        }
    }
}

/// Bytes of a control change on the first channel.
pub fn control_change(controller: u8, value: u8) -> [u8; 3] {
    [0xB0, controller & 0x7F, value & 0x7F]
}

/// One of the two latent axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Axis {
    /// From left to right.
    X,
    /// From bottom to top.
    Y,
}

/// The controllers of the current point, and their last values.
#[derive(Clone, Debug, PartialEq)]
pub struct PointControllers {
    controllers: [u8; 2],
    coarse: [u8; 2],
    learning: Option<Axis>,
}

impl Default for PointControllers {
    fn default() -> Self {
        Self { controllers: LATENT_CONTROLLERS, coarse: [64; 2], learning: None }
    }
}

impl PointControllers {
    /// With learned controllers; invalid numbers become the defaults.
    pub fn with_controllers(controllers: [u8; 2]) -> Self {
        let known =
            controllers[0] != controllers[1] && controllers.iter().all(|&controller| controller < 120);
        Self { controllers: if known { controllers } else { LATENT_CONTROLLERS }, ..Self::default() }
    }

    /// The controllers of x and y.
    pub fn controllers(&self) -> [u8; 2] {
        self.controllers
    }

    /// The next controller that moves is assigned to this axis; none: stops learning.
    pub fn learn(&mut self, axis: Option<Axis>) {
        self.learning = axis;
    }

    /// The axis that waits for its controller.
    pub fn learning(&self) -> Option<Axis> {
        self.learning
    }

    /// The point after a control change; none if the controller belongs to no axis and keeps its own meaning. A newly
    /// learned controller takes effect at once.
    pub fn hear(&mut self, controller: u8, value: u8, here: Point) -> Option<Point> {
        if let Some(axis) = self.learning.filter(|_| controller < 120) {
            self.learning = None;
            let (this, other) = (axis as usize, 1 - axis as usize);
            if self.controllers[other] == controller {
                // The same controller on both axes would give a diagonal, so swap them.
                self.controllers[other] = self.controllers[this];
            }
            self.controllers[this] = controller;
        }
        // A controller that was learned is no fine half of the other axis.
        let coarse = self.controllers.iter().position(|&own| own == controller);
        let is_fine = |&own: &u8| own < FINE && controller == own + FINE;
        let axis = coarse.or_else(|| self.controllers.iter().position(is_fine))?;
        let at = if coarse.is_some() {
            self.coarse[axis] = value;
            coordinate_of_coarse(value)
        } else {
            coordinate_of_halves(self.coarse[axis], value)
        };
        Some(if axis == 0 { Point { x: at, ..here } } else { Point { y: at, ..here } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn messages_of_every_channel_are_parsed() {
        assert_eq!(MidiMessage::read(&[0x93, 60, 100]), Some(MidiMessage::NoteOn { key: 60, velocity: 100 }));
        assert_eq!(MidiMessage::read(&[0x90, 60, 0]), Some(MidiMessage::NoteOff { key: 60 }));
        assert_eq!(MidiMessage::read(&[0x8F, 60, 64]), Some(MidiMessage::NoteOff { key: 60 }));
        assert_eq!(MidiMessage::read(&[0xE0, 0, 64]), Some(MidiMessage::PitchBend(0)));
        assert_eq!(MidiMessage::read(&[0xE0, 127, 127]), Some(MidiMessage::PitchBend(8191)));
        assert_eq!(
            MidiMessage::read(&[0xB0, 64, 127]),
            Some(MidiMessage::ControlChange { controller: 64, value: 127 })
        );
        assert_eq!(MidiMessage::read(&[0xC5, 3]), Some(MidiMessage::Program(3)));
        assert_eq!([&[0xF8][..], &[0xC5], &[0xC5, 200], &[0x90, 60]].map(MidiMessage::read), [None; 4]);
    }

    #[test]
    fn the_default_controllers_have_coarse_and_fine_halves() {
        let mut axes = PointControllers::default();
        let here = Point { x: 1.0, y: 1.0 };
        assert_eq!(axes.hear(16, 64, here), Some(Point { x: 0.0, y: 1.0 }));
        assert_eq!(axes.hear(17, 127, here), Some(Point { x: 1.0, y: 4.0 }));
        assert_eq!(axes.hear(17, 0, here), Some(Point { x: 1.0, y: -4.0 }));
        axes.hear(16, 64, here);
        let fine = axes.hear(48, 127, here).unwrap();
        assert!(fine.x > 0.0 && fine.x < 0.07);
        axes.hear(16, 127, here);
        let below_edge = Point { x: 3.9375, y: 1.0 };
        assert_eq!(axes.hear(48, 0, here), Some(below_edge), "a fine half of 0 is no missing one");
        assert_eq!(axes.hear(64, 127, here), None, "the pedal is no axis");
    }

    #[test]
    fn the_next_controller_that_moves_is_learned() {
        let mut axes = PointControllers::default();
        axes.learn(Some(Axis::Y));
        assert_eq!(axes.hear(74, 127, Point::default()), Some(Point { x: 0.0, y: 4.0 }));
        assert_eq!((axes.controllers(), axes.learning()), ([16, 74], None));
        axes.learn(Some(Axis::X));
        axes.hear(74, 0, Point::default());
        assert_eq!(axes.controllers(), [74, 16], "one knob never turns both");
        let mut axes = PointControllers::default();
        axes.learn(Some(Axis::Y));
        axes.hear(48, 127, Point::default());
        assert_eq!(
            axes.hear(48, 0, Point::default()),
            Some(Point { x: 0.0, y: -4.0 }),
            "not the fine half of 16"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..6)) {
            if let Some(MidiMessage::ControlChange { controller, value }) = MidiMessage::read(&bytes) {
                let point = PointControllers::with_controllers([controller, value]).hear(controller, value, Point::default());
                prop_assert!(point.is_none_or(Point::is_on_plane));
            }
        }
    }
}
