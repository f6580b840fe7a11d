//! Which voice plays which key: poly, mono and legato, portamento, and the sustain pedal.
//!
//! Voice number = key in poly; voice 0 in mono and legato. Voices are added up in this order.

use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferArray, BufferRef};
use fundsp::typenum::U1;

use crate::controls::{Controls, KeyboardMode};
use crate::noise::Noise;
use crate::tuning::Tuning;
use crate::voice::Voice;

/// Number of keys, and of voices.
pub const KEYS: usize = 128;

/// The 128 voices and what the hands are doing.
#[derive(Clone)]
pub struct Allocation {
    voices: Vec<Voice>,
    /// Bit n: voice n sounds.
    active: u128,
    /// Bit n: key n is down.
    down: u128,
    /// When a key was struck (a running number); 0 = no press on record. In poly a press stays on
    /// record after the key was let go (amSynth): pedal-up releases those voices again.
    presses: [u64; KEYS],
    press_count: u64,
    pedal: bool,
    last_pitch_hz: f32,
    tuning: Tuning,
}

const ALL_KEYS: u128 = u128::MAX;

fn bit(key: usize) -> u128 {
    1 << key
}

impl Allocation {
    /// 128 voices that have not sounded yet. Allocates them: the only place that does.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            voices: vec![Voice::new(sample_rate_hz); KEYS],
            active: 0,
            down: 0,
            presses: [0; KEYS],
            press_count: 0,
            pedal: false,
            last_pitch_hz: 0.0,
            tuning: Tuning::default(),
        }
    }

    /// As new, without allocating.
    pub fn reset(&mut self) {
        self.voices.iter_mut().for_each(Voice::reset);
        self.silence();
        self.press_count = 0;
        self.last_pitch_hz = 0.0;
    }

    /// Number of voices that sound.
    pub fn active_voices(&self) -> usize {
        self.active.count_ones() as usize
    }

    /// A key (0…127; others are ignored) was struck with a velocity of 1…127.
    pub fn note_on(&mut self, key: u8, velocity: u8, controls: &Controls) {
        let index = usize::from(key);
        if index >= KEYS {
            return;
        }
        let velocity = f32::from(velocity.min(127)) * (1.0 / 127.0);
        let pitch_hz = self.tuning.pitch_hz(key);
        let glide_s =
            if controls.portamento_legato_only && self.down == 0 { 0.0 } else { controls.portamento_s };
        self.down |= bit(index);
        let newest = self.newest_press(ALL_KEYS);
        self.press_count += 1;
        self.presses[index] = self.press_count;
        if controls.keyboard_mode == KeyboardMode::Poly {
            self.strike_poly(index, velocity, pitch_hz, glide_s, controls);
        } else {
            let again = controls.keyboard_mode == KeyboardMode::Mono || newest.is_none();
            self.strike_single(velocity, pitch_hz, glide_s, again, controls);
        }
        self.last_pitch_hz = pitch_hz;
    }

    fn strike_poly(&mut self, index: usize, velocity: f32, pitch_hz: f32, glide_s: f32, controls: &Controls) {
        let voice = &mut self.voices[index];
        if self.last_pitch_hz > 0.0 {
            voice.glide(self.last_pitch_hz, pitch_hz, glide_s);
        } else {
            voice.glide(pitch_hz, pitch_hz, 0.0);
        }
        if voice.is_silent() {
            voice.silence();
        }
        voice.set_velocity(velocity);
        voice.strike(controls, true);
        self.active |= bit(index);
    }

    fn strike_single(
        &mut self,
        velocity: f32,
        pitch_hz: f32,
        glide_s: f32,
        again: bool,
        controls: &Controls,
    ) {
        let voice = &mut self.voices[0];
        voice.set_velocity(velocity);
        voice.glide(voice.pitch_hz(), pitch_hz, glide_s);
        if again {
            voice.strike(controls, self.active & 1 == 0);
        }
        self.active |= 1;
    }

    /// A key was let go.
    pub fn note_off(&mut self, key: u8, controls: &Controls) {
        let index = usize::from(key);
        if index >= KEYS {
            return;
        }
        self.down &= !bit(index);
        if self.pedal {
            return;
        }
        if controls.keyboard_mode == KeyboardMode::Poly {
            self.voices[index].release(controls);
            return;
        }
        let was_newest = self.newest_press(ALL_KEYS) == Some(index);
        self.presses[index] = 0;
        if !was_newest {
            return;
        }
        // When the pedal comes up, keys that are up are still on record: they must not sound again.
        let next = self.newest_press(self.down);
        let voice = &mut self.voices[0];
        match next {
            Some(next) => {
                let pitch_hz = self.tuning.pitch_hz(next as u8);
                voice.glide(voice.pitch_hz(), pitch_hz, controls.portamento_s);
                if controls.keyboard_mode == KeyboardMode::Mono {
                    voice.strike(controls, false);
                }
            }
            None => voice.release(controls),
        }
    }

    /// The key struck last of those on record and in the set `among`.
    fn newest_press(&self, among: u128) -> Option<usize> {
        let presses = self.presses.iter().enumerate().filter(|(key, _)| among & bit(*key) != 0);
        let (key, &press) = presses.max_by_key(|(_, press)| **press)?;
        (press > 0).then_some(key)
    }

    /// The sustain pedal. Coming up it lets go of all keys that are up and have a press on record.
    pub fn set_pedal(&mut self, down: bool, controls: &Controls) {
        self.pedal = down;
        if down {
            return;
        }
        for key in 0..KEYS {
            if self.down & bit(key) == 0 && self.presses[key] > 0 {
                self.note_off(key as u8, controls);
            }
        }
    }

    /// All voices silent at once, all keys and the pedal forgotten.
    pub fn silence(&mut self) {
        self.voices.iter_mut().for_each(Voice::silence);
        self.active = 0;
        self.down = 0;
        self.presses = [0; KEYS];
        self.pedal = false;
    }

    /// Sustained amplifier envelopes answer at once to a changed level.
    pub fn amplifier_sustain_changed(&mut self, sustain: f32) {
        self.voices.iter_mut().for_each(|voice| voice.amplifier_sustain_changed(sustain));
    }

    /// As [`amplifier_sustain_changed`](Self::amplifier_sustain_changed), for the filter.
    pub fn filter_sustain_changed(&mut self, sustain: f32) {
        self.voices.iter_mut().for_each(|voice| voice.filter_sustain_changed(sustain));
    }

    /// Adds a block of `mix.len()` (1…64) frames of all sounding voices to `mix`.
    pub fn add_block(&mut self, mix: &mut [f32], controls: &Controls, bend: f32, noise: &mut Noise) {
        let mut rest = self.active;
        let mut output = BufferArray::<U1>::new();
        while rest != 0 {
            let index = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let voice = &mut self.voices[index];
            if voice.is_silent() {
                self.active &= !bit(index);
                continue;
            }
            voice.begin_block(mix.len(), controls, bend, noise);
            voice.process(mix.len(), &BufferRef::empty(), &mut output.buffer_mut());
            for (sum, sample) in mix.iter_mut().zip(output.channel_f32(0)) {
                *sum += sample;
            }
        }
    }
}
