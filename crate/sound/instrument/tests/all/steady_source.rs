//! A source of sound for tests beside amSynth, and an instrument that plays it.

use std::cell::RefCell;
use std::rc::Rc;

use instrument::{Instrument, PART_COUNT, SoundSource, Tuning};
use plane::Point;

/// A record of the calls that a source got; the source plays a steady value while a key is down.
#[derive(Default)]
pub struct Heard {
    pub down: Vec<(usize, u8)>,
    pub points: [Point; PART_COUNT],
    pub gains: [f32; PART_COUNT],
    pub bends: [i16; PART_COUNT],
    pub controllers: Vec<(usize, u8, u8)>,
    pub tunings: usize,
    pub limit: usize,
    pub listened: Vec<f32>,
}

#[derive(Clone, Default)]
pub struct SteadySource(pub Rc<RefCell<Heard>>);

impl SoundSource for SteadySource {
    fn note(&mut self, part: usize, key: u8, velocity: u8) {
        let down = &mut self.0.borrow_mut().down;
        down.retain(|one| *one != (part, key));
        if velocity > 0 {
            down.push((part, key));
        }
    }

    fn is_legato(&mut self, _part: usize) -> bool {
        false
    }

    fn pitch_bend(&mut self, part: usize, value: i16) {
        self.0.borrow_mut().bends[part] = value;
    }

    fn control_change(&mut self, part: usize, controller: u8, value: u8) {
        let mut heard = self.0.borrow_mut();
        heard.controllers.push((part, controller, value));
        if controller == 123 {
            heard.down.retain(|one| one.0 != part);
        }
    }

    fn set_gain(&mut self, part: usize, gain: f32) {
        self.0.borrow_mut().gains[part] = gain;
    }

    fn move_to(&mut self, part: usize, point: Point) {
        self.0.borrow_mut().points[part] = point;
    }

    fn set_voice_limit(&mut self, voices: usize) {
        self.0.borrow_mut().limit = voices;
    }

    fn set_tuning(&mut self, _tuning: &Tuning) {
        self.0.borrow_mut().tunings += 1;
    }

    fn all_sound_off(&mut self) {
        self.0.borrow_mut().down.clear();
    }

    fn active_voices(&self) -> usize {
        self.0.borrow().down.len()
    }

    fn listen(&mut self, left: &[f32], right: &[f32]) {
        assert_eq!(left.len(), right.len());
        self.0.borrow_mut().listened.extend_from_slice(left);
    }

    fn take_fault(&mut self, _part: usize) -> bool {
        false
    }

    fn render(&mut self, left: &mut [f32], right: &mut [f32]) {
        left.fill(0.25);
        right.fill(-0.25);
    }
}

/// Chooses a source of tones as that of number 1.
pub fn choose(instrument: &mut Instrument, tones: Box<dyn SoundSource>) {
    instrument.load_tones(1, tones);
    instrument.choose_source(1);
}

/// An instrument at 48 kHz.
pub fn instrument() -> Box<Instrument> {
    Instrument::new(48_000.0).expect("a usual rate")
}

/// Plays blocks of 64 frames; returns the left channel.
pub fn play(instrument: &mut Instrument, blocks: usize) -> Vec<f32> {
    let mut sound = Vec::new();
    for _ in 0..blocks {
        instrument.render(64);
        sound.extend_from_slice(instrument.left());
    }
    sound
}

/// The last value of a controller that a source got in a part.
pub fn controller(source: &SteadySource, part: usize, number: u8) -> Option<u8> {
    let of = |one: &&(usize, u8, u8)| one.0 == part && one.1 == number;
    source.0.borrow().controllers.iter().rev().find(of).map(|one| one.2)
}
