//! One part: its controllers, its place in the latent space, and its keys that are down. Never allocates.

use frame_model::{FrameModel, LATENT_LIMIT};

use crate::controls::ToneControls;

/// Keys of MIDI.
pub(crate) const KEY_COUNT: usize = 128;

/// A part.
#[derive(Clone, Debug)]
pub(crate) struct TonePart {
    pub(crate) controls: ToneControls,
    pub(crate) latent: [f32; LATENT_LIMIT],
    point: [f32; 2],
    /// The running number of each key's press; 0: the key is up.
    pressed: [u32; KEY_COUNT],
    presses: u32,
}

impl Default for TonePart {
    fn default() -> Self {
        Self {
            controls: ToneControls::default(),
            latent: [0.0; LATENT_LIMIT],
            point: [0.0; 2],
            pressed: [0; KEY_COUNT],
            presses: 0,
        }
    }
}

impl TonePart {
    /// Moves to a point of the pad; returns true if that changes the point.
    pub(crate) fn move_to(&mut self, point: [f32; 2]) -> bool {
        let point = point.map(|coordinate| if coordinate.is_finite() { coordinate } else { 0.0 });
        std::mem::replace(&mut self.point, point) != point
    }

    /// Finds the point's place in a model's latent space.
    pub(crate) fn place(&mut self, model: &FrameModel, offsets: &[f32]) {
        model.latent_at(self.point, offsets, &mut self.latent);
    }

    pub(crate) fn press(&mut self, key: u8) {
        self.presses = self.presses.wrapping_add(1).max(1);
        self.pressed[usize::from(key)] = self.presses;
    }

    pub(crate) fn lift(&mut self, key: u8) {
        self.pressed[usize::from(key)] = 0;
    }

    pub(crate) fn lift_all(&mut self) {
        self.pressed = [0; KEY_COUNT];
    }

    /// The last pressed of the keys that are down and pass.
    pub(crate) fn last_pressed(&self, passes: impl Fn(usize) -> bool) -> Option<u8> {
        let down = self.pressed.iter().enumerate().filter(|&(key, &turn)| turn > 0 && passes(key));
        down.max_by_key(|&(_, &turn)| turn).map(|(key, _)| key as u8)
    }
}
