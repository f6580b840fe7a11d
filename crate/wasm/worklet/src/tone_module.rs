//! The modules that play tones (crate `tone_source`), called through JavaScript by their numbers, as sources of sound.
//! They are loaded when a person chooses such an instrument: until then the imports do nothing.

use instrument::{BLOCK_FRAMES, SoundSource, Tuning};
use plane::Point;

/// Keys of MIDI.
const KEYS: u8 = 128;

// Outside a browser there is no such module: each function returns 0.
macro_rules! imports {
    ($($link:literal $name:ident($($argument:ident: $type:ty),*) $(-> $answer:ty)?;)*) => {
        #[cfg(target_family = "wasm")]
        #[link(wasm_import_module = "tones")]
        unsafe extern "C" {
            $(
                #[link_name = $link]
                safe fn $name($($argument: $type),*) $(-> $answer)?;
            )*
        }

        $(
            #[cfg(not(target_family = "wasm"))]
            fn $name($(_: $type),*) $(-> $answer)? {
                $(<$answer>::default())?
            }
        )*
    };
}

imports! {
    "note" tone_note(number: usize, part: usize, key: u32, velocity: u32);
    "legato" tone_legato(number: usize, part: usize) -> u32;
    "bend" tone_bend(number: usize, part: usize, value: i32);
    "control" tone_control(number: usize, part: usize, controller: u32, value: u32);
    "gain" tone_gain(number: usize, part: usize, value: f32);
    "point" tone_point(number: usize, part: usize, x: f32, y: f32);
    "limit" tone_limit(number: usize, voices: usize);
    "tune" tone_tune(number: usize, key: u32, frequency_hz: f32);
    "silence" tone_silence(number: usize);
    "voices" tone_voices(number: usize) -> usize;
}

#[cfg(target_family = "wasm")]
#[link(wasm_import_module = "tones")]
unsafe extern "C" {
    /// Renders `frames` frames, the same for both channels, and writes a whole block to `samples`.
    #[link_name = "render"]
    fn tone_render(number: usize, samples: *mut f32, frames: usize);

    /// Takes `frames` frames from the block at `samples`.
    #[link_name = "listen"]
    fn tone_listen(number: usize, samples: *const f32, frames: usize);
}

#[cfg(not(target_family = "wasm"))]
unsafe fn tone_render(_number: usize, _samples: *mut f32, _frames: usize) {}

#[cfg(not(target_family = "wasm"))]
unsafe fn tone_listen(_number: usize, _samples: *const f32, _frames: usize) {}

/// The module of a number that plays tones, and room for a block that comes or goes.
pub struct ToneModule {
    number: usize,
    samples: [f32; BLOCK_FRAMES],
}

impl ToneModule {
    pub fn new(number: usize) -> Self {
        Self { number, samples: [0.0; BLOCK_FRAMES] }
    }
}

impl SoundSource for ToneModule {
    fn note(&mut self, part: usize, key: u8, velocity: u8) {
        tone_note(self.number, part, key.into(), velocity.into());
    }

    fn is_legato(&mut self, part: usize) -> bool {
        tone_legato(self.number, part) != 0
    }

    fn pitch_bend(&mut self, part: usize, value: i16) {
        tone_bend(self.number, part, value.into());
    }

    fn control_change(&mut self, part: usize, controller: u8, value: u8) {
        tone_control(self.number, part, controller.into(), value.into());
    }

    fn set_gain(&mut self, part: usize, gain: f32) {
        tone_gain(self.number, part, gain);
    }

    fn move_to(&mut self, part: usize, point: Point) {
        tone_point(self.number, part, point.x, point.y);
    }

    fn set_voice_limit(&mut self, voices: usize) {
        tone_limit(self.number, voices);
    }

    fn set_tuning(&mut self, tuning: &Tuning) {
        (0..KEYS).for_each(|key| tone_tune(self.number, key.into(), tuning.pitch_hz(key).unwrap_or(0.0)));
    }

    fn all_sound_off(&mut self) {
        tone_silence(self.number);
    }

    fn active_voices(&self) -> usize {
        tone_voices(self.number)
    }

    fn listen(&mut self, left: &[f32], right: &[f32]) {
        for (sample, (left, right)) in self.samples.iter_mut().zip(left.iter().zip(right)) {
            *sample = 0.5 * (left + right);
        }
        // SAFETY: the module reads a block at the pointer before it returns.
        unsafe { tone_listen(self.number, self.samples.as_ptr(), left.len()) };
    }

    /// Its samples stay below full scale for any input.
    fn take_fault(&mut self, _part: usize) -> bool {
        false
    }

    fn render(&mut self, left: &mut [f32], right: &mut [f32]) {
        // SAFETY: the module writes a block at the pointer, or nothing, before it returns.
        unsafe { tone_render(self.number, self.samples.as_mut_ptr(), left.len()) };
        let rendered = &self.samples[..left.len().min(BLOCK_FRAMES)];
        left.copy_from_slice(rendered);
        right.copy_from_slice(rendered);
    }
}
