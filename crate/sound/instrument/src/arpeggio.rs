//! The arpeggio: plays the pressed keys one after the other or together, in steps timed to the frame. Decides which
//! keys go down and up; makes no sound. Never allocates.

use voice::keys::keys;

use crate::path_player::Transport;
use crate::pressed_keys::PressedKeys;

/// The slowest rate: ten seconds a step.
const SLOWEST_HZ: f64 = 0.1;
const FASTEST_HZ: f64 = 50.0;
/// The share by which a length that a page has rounded differs from the one that is meant.
const NEAR_SHARE: f64 = 1e-4;
/// The part of a frame by which two computations of a step may differ.
const NEAR_FRAMES: f64 = 1e-3;

/// The keys that each step plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// No steps: keys sound while they are down.
    Off,
    /// From the lowest key to the highest.
    Up,
    /// From the highest to the lowest.
    Down,
    /// Up and down, without repeating the outer keys.
    UpAndDown,
    /// All keys together in each step.
    Chord,
}

impl Pattern {
    /// The pattern of a number 0…4.
    pub fn from_number(number: u32) -> Option<Self> {
        [Self::Off, Self::Up, Self::Down, Self::UpAndDown, Self::Chord].get(number as usize).copied()
    }
}

/// The settings of an arpeggio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArpeggioSettings {
    /// The keys of each step.
    pub pattern: Pattern,
    /// Steps a second; clamped to 0.1…50.
    pub steps_per_second: f64,
    /// The part of a step that sounds, 0…1.
    pub gate: f64,
}

impl ArpeggioSettings {
    /// Keys sound while they are down.
    pub const OFF: Self = Self { pattern: Pattern::Off, steps_per_second: 1.0, gate: 1.0 };

    /// The settings of a message; `None` for a pattern that does not exist and for not-a-number.
    pub fn new(pattern: u32, steps_per_second: f64, gate: f64) -> Option<Self> {
        let pattern = Pattern::from_number(pattern)?;
        (!steps_per_second.is_nan() && !gate.is_nan()).then_some(Self { pattern, steps_per_second, gate })
    }

    /// Frames until the next step on the transport, 0 in the frame of a step, from a frame of the block at whose
    /// beginning the transport is; `None` while it is stopped. The steps lie at multiples of their length from beat 0.
    pub fn next_step(&self, transport: &Transport, frame: usize) -> Option<f64> {
        let beats = transport.beats()? + frame as f64 * transport.beats_per_frame();
        let frame_s = transport.frame_s();
        let exact =
            transport.beats_per_frame() / frame_s / self.steps_per_second.clamp(SLOWEST_HZ, FASTEST_HZ);
        // A page rounds its steps a second: a whole number of steps in a beat, or of beats in a step, is meant.
        let near =
            |number: f64| Some(number.round()).filter(|whole| (number / whole - 1.0).abs() < NEAR_SHARE);
        let step_beats = near(exact.recip()).map(f64::recip).or_else(|| near(exact)).unwrap_or(exact);
        let to_next = (-beats / step_beats).rem_euclid(1.0) * step_beats / transport.beats_per_frame();
        let step_frames = step_beats / transport.beats_per_frame();
        Some(if step_frames - to_next < NEAR_FRAMES { 0.0 } else { to_next })
    }
}

/// Pattern and rhythm. Passes keys and velocities to a voice; velocity 0 releases a key.
pub struct Arpeggio {
    sample_rate_hz: f64,
    pattern: Pattern,
    step_frames: f64,
    /// Sounding fraction of a step, 0…1; with 1, steps are legato.
    gate: f64,
    /// Bit n: the arpeggio has played key n and not yet released it.
    sounding: u128,
    /// Steps since the first key.
    step: u32,
    /// Frames until the next step of another arpeggio, with which this one synchronizes after its first step.
    joins: Option<f64>,
    /// Frames until the next step, and until the sounding keys are released; due when less than one is left.
    to_step: f64,
    to_release: f64,
}

impl Arpeggio {
    /// An arpeggio that is off.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            sample_rate_hz,
            pattern: Pattern::Off,
            step_frames: sample_rate_hz,
            gate: 1.0,
            sounding: 0,
            step: 0,
            joins: None,
            to_step: 0.0,
            to_release: 0.0,
        }
    }

    /// Sets pattern and rhythm. Keys that are down begin the arpeggio when it starts and keep sounding as a chord
    /// when it ends.
    pub fn set(&mut self, pressed: &PressedKeys, settings: &ArpeggioSettings, mut voice: impl FnMut(u8, u8)) {
        let &ArpeggioSettings { pattern, steps_per_second, gate } = settings;
        let before_frames = self.step_frames;
        self.step_frames = self.sample_rate_hz / steps_per_second.clamp(SLOWEST_HZ, FASTEST_HZ);
        self.gate = gate.clamp(0.0, 1.0);
        // In the same proportion in every part, so that synchronized steps stay synchronized.
        self.to_step *= self.step_frames / before_frames;
        self.to_release *= self.step_frames / before_frames;
        let before = std::mem::replace(&mut self.pattern, pattern);
        match (before, pattern) {
            (Pattern::Off, Pattern::Off) => {}
            (Pattern::Off, _) => {
                pressed.iter().for_each(|(key, _)| voice(key, 0));
                self.begin(None);
            }
            (_, Pattern::Off) => {
                self.release(&mut voice);
                pressed.iter().for_each(|(key, velocity)| voice(key, velocity));
            }
            _ => {}
        }
    }

    /// Frames until its next step, if it plays.
    pub fn next_step(&self, pressed: &PressedKeys) -> Option<f64> {
        self.plays(pressed).then_some(self.to_step)
    }

    fn plays(&self, pressed: &PressedKeys) -> bool {
        self.pattern != Pattern::Off && !pressed.is_empty()
    }

    /// A key 0…127 went down, or up with velocity 0. Without a pattern it sounds directly.
    pub fn key(&mut self, pressed: &PressedKeys, key: u8, velocity: u8, mut voice: impl FnMut(u8, u8)) {
        if self.pattern == Pattern::Off {
            voice(key, velocity);
        } else if pressed.is_empty() {
            self.release(&mut voice);
        }
    }

    /// Presses the sounding keys again, after the caller has silenced the sound.
    pub fn press_again(&self, pressed: &PressedKeys, mut voice: impl FnMut(u8, u8)) {
        let is_sounding = |key: &u8| self.pattern == Pattern::Off || self.sounding >> key & 1 == 1;
        // The newest key comes last: in mono and legato the voice plays that one.
        pressed.as_pressed().filter(is_sounding).for_each(|key| voice(key, pressed.velocity(key)));
    }

    /// All keys are up, and the caller has silenced the sound.
    pub fn clear(&mut self) {
        self.sounding = 0;
    }

    /// Plays all events that are due; returns how many of the next `frames` may pass before the next one.
    pub fn play_due(&mut self, pressed: &PressedKeys, frames: usize, mut voice: impl FnMut(u8, u8)) -> usize {
        if !self.plays(pressed) {
            return frames;
        }
        let (steps, releases) = (self.to_step < 1.0, self.to_release < 1.0);
        // With a full gate both coincide, and the next step ends the last one.
        if releases && !(steps && self.to_release >= self.to_step) {
            self.release(&mut voice);
        }
        if steps {
            self.play_step(pressed, &mut voice);
        }
        let next = if self.sounding == 0 { self.to_step } else { self.to_step.min(self.to_release) };
        frames.min(next as usize)
    }

    /// Advances by this many frames, in which nothing is due.
    pub fn pass(&mut self, frames: usize) {
        self.to_step -= frames as f64;
        self.to_release -= frames as f64;
    }

    /// The first key goes down: the first step is immediate; later ones synchronize with another arpeggio, whose next
    /// step comes in `next_step` frames.
    pub fn begin(&mut self, next_step: Option<f64>) {
        self.step = 0;
        self.to_step = 0.0;
        self.joins = next_step;
    }

    /// Moves its next step to the nearest step of the transport, the next of which comes in `to_next` frames. Leaves
    /// the first step, which is immediate.
    pub fn align(&mut self, to_next: f64) {
        if self.step > 0 {
            let steps = ((self.to_step - to_next) / self.step_frames).round().max(-1.0);
            let moved = to_next + steps * self.step_frames - self.to_step;
            self.to_step += moved;
            self.to_release += moved;
        }
    }

    /// The length of the step that begins now. A step that would be too short is extended by a whole step.
    fn step_length(&mut self) -> f64 {
        match self.joins.take() {
            Some(beat) if beat < self.step_frames / 2.0 => beat + self.step_frames,
            Some(beat) => beat,
            None => self.step_frames,
        }
    }

    /// Begins a step. Releases the old keys after the new ones are down, for legato; but a repeated key must be
    /// released first.
    fn play_step(&mut self, pressed: &PressedKeys, voice: &mut impl FnMut(u8, u8)) {
        let before = self.sounding;
        let count = pressed.count();
        let place = match self.pattern {
            Pattern::Off | Pattern::Up | Pattern::Chord => self.step % count,
            Pattern::Down => count - 1 - self.step % count,
            Pattern::UpAndDown => {
                let place = self.step % (2 * count - 2).max(1);
                if place < count { place } else { 2 * count - 2 - place }
            }
        };
        self.sounding = if self.pattern == Pattern::Chord {
            pressed.set_of_keys()
        } else {
            pressed.iter().nth(place as usize).map_or(0, |(key, _)| 1 << key)
        };
        keys(before & self.sounding).for_each(|key| voice(key, 0));
        keys(self.sounding).for_each(|key| voice(key, pressed.velocity(key)));
        keys(before & !self.sounding).for_each(|key| voice(key, 0));
        let length = self.step_length();
        self.to_release = self.to_step + (self.gate * length).max(1.0);
        self.to_step += length;
        self.step = self.step.wrapping_add(1);
    }

    fn release(&mut self, voice: &mut impl FnMut(u8, u8)) {
        keys(self.sounding).for_each(|key| voice(key, 0));
        self.sounding = 0;
    }
}

#[cfg(test)]
mod tests;
