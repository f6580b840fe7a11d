//! The keys of one part, from the note messages to the voice: a note waits for its block and lasts long enough to be
//! heard; a key that is down sounds directly or plays the arpeggio. Passes keys and velocities to the voice; velocity
//! 0 releases a key. Never allocates after `new`.

use crate::arpeggio::{Arpeggio, ArpeggioSettings};
use crate::pending_notes::{PEDAL_KEY, PendingNotes};
use crate::pressed_keys::PressedKeys;

/// The keys of one part.
pub struct Keyboard {
    pending: PendingNotes,
    pressed: PressedKeys,
    arpeggio: Arpeggio,
}

impl Keyboard {
    /// No key is down, and no arpeggio plays.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            pending: PendingNotes::new(sample_rate_hz),
            pressed: PressedKeys::new(),
            arpeggio: Arpeggio::new(sample_rate_hz),
        }
    }

    /// True while notes wait for their block.
    pub fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// A key 0…127 goes down, or up with velocity 0, in the next block; or the pedal. `false` if
    /// [`play_pending`](Self::play_pending) has to come first.
    pub fn push(&mut self, key: u8, velocity: u8) -> bool {
        self.pending.push(key, velocity)
    }

    /// Plays the waiting notes, and the pedal as [`PEDAL_KEY`]; see [`PendingNotes::play`]. A new arpeggio
    /// synchronizes with another one, whose next step comes in `next_step` frames.
    pub fn play_pending(
        &mut self,
        is_legato: bool,
        must_play: bool,
        next_step: Option<f64>,
        mut voice: impl FnMut(u8, u8),
    ) {
        let Self { pending, pressed, arpeggio } = self;
        pending.play(is_legato, must_play, |key, velocity| match key {
            PEDAL_KEY => voice(key, velocity),
            _ => press(pressed, arpeggio, key, velocity, next_step, &mut voice),
        });
    }

    /// Advances the time by a block, after which short notes may end.
    pub fn pass(&mut self, frames: usize, mut voice: impl FnMut(u8, u8)) {
        let Self { pending, pressed, arpeggio } = self;
        pending.pass(frames, |key, velocity| press(pressed, arpeggio, key, velocity, None, &mut voice));
    }

    /// Presses the sounding keys again, after the voice was silenced.
    pub fn press_again(&self, voice: impl FnMut(u8, u8)) {
        self.arpeggio.press_again(&self.pressed, voice);
    }

    /// Changes the arpeggio; see [`Arpeggio::set`].
    pub fn set_arpeggio(&mut self, settings: &ArpeggioSettings, voice: impl FnMut(u8, u8)) {
        self.arpeggio.set(&self.pressed, settings, voice);
    }

    /// Moves the arpeggio's next step to a step of the transport; see [`Arpeggio::align`].
    pub fn align_steps(&mut self, to_next: f64) {
        self.arpeggio.align(to_next);
    }

    /// Frames until the arpeggio's next step, if it plays.
    pub fn next_step(&self) -> Option<f64> {
        self.arpeggio.next_step(&self.pressed)
    }

    /// Plays the arpeggio's notes that are due; returns how many of the next `frames` may pass before the next ones.
    pub fn play_due(&mut self, frames: usize, voice: impl FnMut(u8, u8)) -> usize {
        self.arpeggio.play_due(&self.pressed, frames, voice)
    }

    /// Advances the arpeggio by this many frames, in which nothing is due.
    pub fn pass_steps(&mut self, frames: usize) {
        self.arpeggio.pass(frames);
    }

    /// Releases all keys and drops waiting notes, after the voice was silenced.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.lift_all();
    }

    /// Releases all keys and drops waiting notes, but not the pedal, after the voice has released them.
    #[inline(never)]
    pub fn lift_all(&mut self) {
        self.pending.lift_all();
        self.pressed.clear();
        self.arpeggio.clear();
    }
}

/// A key 0…127 goes down, or up with velocity 0: a first one begins the arpeggio.
pub fn press(
    pressed: &mut PressedKeys,
    arpeggio: &mut Arpeggio,
    key: u8,
    velocity: u8,
    next_step: Option<f64>,
    voice: &mut impl FnMut(u8, u8),
) {
    let is_first = pressed.is_empty() && velocity > 0;
    pressed.set(key, velocity);
    if is_first {
        arpeggio.begin(next_step);
    }
    arpeggio.key(pressed, key, velocity, voice);
}
