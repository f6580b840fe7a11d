//! A source of sound for tests beside amSynth.

use instrument::{PART_COUNT, SoundSource, Tuning};
use plane::Point;
use std::cell::RefCell;
use std::rc::Rc;

/// A silent source that knows the volume of each part.
#[derive(Clone, Default)]
pub struct VolumeSource(pub Rc<RefCell<[u8; PART_COUNT]>>);

impl SoundSource for VolumeSource {
    fn note(&mut self, _part: usize, _key: u8, _velocity: u8) {}

    fn is_legato(&mut self, _part: usize) -> bool {
        false
    }

    fn pitch_bend(&mut self, _part: usize, _value: i16) {}

    fn control_change(&mut self, part: usize, controller: u8, value: u8) {
        if controller == 7 {
            self.0.borrow_mut()[part] = value;
        }
    }

    fn set_gain(&mut self, _part: usize, _gain: f32) {}

    fn move_to(&mut self, _part: usize, _point: Point) {}

    fn set_voice_limit(&mut self, _voices: usize) {}

    fn set_tuning(&mut self, _tuning: &Tuning) {}

    fn all_sound_off(&mut self) {}

    fn active_voices(&self) -> usize {
        0
    }

    fn take_fault(&mut self, _part: usize) -> bool {
        false
    }

    fn render(&mut self, left: &mut [f32], right: &mut [f32]) {
        left.fill(0.0);
        right.fill(0.0);
    }
}
