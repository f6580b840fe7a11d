//! Voice allocation: poly, mono and legato, portamento, sustain pedal and voice stealing.
//!
//! There is one voice per key. In poly the voice number is the key; mono and legato use voice 0. Voices
//! are added up in this order. Only `new` allocates.

use fundsp::audionode::AudioNode;

use crate::controls::{ControlValues, KeyboardMode};
use crate::keys::{KEYS, keys};
use crate::noise::Noise;
use crate::tuning::Tuning;
use crate::voice::Voice;
use crate::voice_group::{GroupScratch, VoiceSums, begin_voices, render_voices};

/// The 128 voices, the held keys and the pedal.
#[derive(Clone)]
pub struct Allocation {
    voices: Vec<Voice>,
    /// Bit n: voice n sounds.
    active: u128,
    /// Bit n: voice n sounded in the last block.
    rendered: u128,
    /// Copies of the voices from before a change, which fade out while the voices fade in.
    outgoing: Vec<Voice>,
    /// Bit n: voice n of the copies sounds.
    outgoing_active: u128,
    /// Bit n: voice n fades in. One that begins to sound during a crossfade does not.
    incoming: u128,
    /// Bit n: key n is held.
    down: u128,
    /// Running number of a key's note on; 0 = none recorded. In poly the record outlives the note off,
    /// as in amSynth: releasing the pedal releases those voices again.
    presses: [u64; KEYS],
    press_count: u64,
    pedal: bool,
    last_pitch_hz: f32,
    tuning: Tuning,
    /// 0 = no limit.
    voice_limit: usize,
    scratch: Box<GroupScratch>,
}

const ALL_KEYS: u128 = u128::MAX;

fn bit(key: usize) -> u128 {
    1 << key
}

impl Allocation {
    /// 128 silent voices and their copies. Only this function allocates.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            voices: vec![Voice::new(sample_rate_hz); KEYS],
            active: 0,
            rendered: 0,
            outgoing: vec![Voice::new(sample_rate_hz); KEYS],
            outgoing_active: 0,
            incoming: 0,
            down: 0,
            presses: [0; KEYS],
            press_count: 0,
            pedal: false,
            last_pitch_hz: 0.0,
            tuning: Tuning::default(),
            voice_limit: 0,
            scratch: Box::default(),
        }
    }

    /// Resets everything but tuning and voice limit. Never allocates.
    pub fn reset(&mut self) {
        self.voices.iter_mut().for_each(Voice::reset);
        self.silence();
        self.end_crossfade();
        self.press_count = 0;
        self.last_pitch_hz = 0.0;
    }

    /// Sets the pitches of the following notes.
    pub fn set_tuning(&mut self, tuning: Tuning) {
        self.tuning = tuning;
    }

    /// Limits the number of voices in poly; 0 = one for each key.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.voice_limit = voices;
    }

    /// Copies tuning and voice limit.
    pub fn take_setup(&mut self, other: &Self) {
        self.tuning = other.tuning;
        self.voice_limit = other.voice_limit;
    }

    /// Number of sounding voices.
    pub fn active_voices(&self) -> usize {
        self.active.count_ones() as usize
    }

    /// True if no sounding voice was part of the last block.
    pub fn has_only_new_notes(&self) -> bool {
        self.active & self.rendered == 0
    }

    /// Note on with a velocity of 1…127. Ignores keys above 127, and keys that the tuning leaves silent.
    pub fn note_on(&mut self, key: u8, velocity: u8, controls: &ControlValues) {
        let index = usize::from(key);
        let Some(pitch_hz) = self.tuning.pitch_hz(key) else { return };
        let velocity = f32::from(velocity.min(127)) * (1.0 / 127.0);
        let glide_s = if controls.keyboard.portamento_legato_only && self.down == 0 {
            0.0
        } else {
            controls.keyboard.portamento_s
        };
        self.down |= bit(index);
        if controls.keyboard.mode == KeyboardMode::Poly {
            self.steal_voices();
        }
        let newest = self.newest_press(ALL_KEYS);
        self.press_count += 1;
        self.presses[index] = self.press_count;
        if controls.keyboard.mode == KeyboardMode::Poly {
            self.start_poly(index, velocity, pitch_hz, glide_s, controls);
        } else {
            let again = controls.keyboard.mode == KeyboardMode::Mono || newest.is_none();
            self.start_single(velocity, pitch_hz, glide_s, again, controls);
        }
        self.last_pitch_hz = pitch_hz;
    }

    /// Steals voices until one is free: the oldest released one, or else the oldest. One is enough, unless
    /// the limit was lowered while more sounded. As in amSynth, a stolen voice keeps its state and
    /// continues from it at its key's next note on.
    fn steal_voices(&mut self) {
        while self.voice_limit > 0 && self.active_voices() >= self.voice_limit {
            let (presses, active) = (&self.presses, self.active);
            let oldest = |among: u128| {
                (0..KEYS).filter(|key| active & among & bit(*key) != 0).min_by_key(|key| presses[*key])
            };
            let Some(key) = oldest(!self.down).or_else(|| oldest(ALL_KEYS)) else { return };
            self.active &= !bit(key);
        }
    }

    fn start_poly(
        &mut self,
        index: usize,
        velocity: f32,
        pitch_hz: f32,
        glide_s: f32,
        controls: &ControlValues,
    ) {
        let last_pitch_hz = self.last_pitch_hz;
        for voice in self.layers(index) {
            if last_pitch_hz > 0.0 {
                voice.glide(last_pitch_hz, pitch_hz, glide_s);
            } else {
                voice.glide(pitch_hz, pitch_hz, 0.0);
            }
            if voice.is_silent() {
                voice.silence();
            }
            voice.set_velocity(velocity);
            voice.note_on(controls, true);
        }
        self.active |= bit(index);
    }

    fn start_single(
        &mut self,
        velocity: f32,
        pitch_hz: f32,
        glide_s: f32,
        again: bool,
        controls: &ControlValues,
    ) {
        let fresh = self.active & 1 == 0;
        for voice in self.layers(0) {
            voice.set_velocity(velocity);
            voice.glide(voice.pitch_hz(), pitch_hz, glide_s);
            if again {
                voice.note_on(controls, fresh);
            }
        }
        self.active |= 1;
    }

    /// Note off.
    pub fn note_off(&mut self, key: u8, controls: &ControlValues) {
        let index = usize::from(key);
        if index >= KEYS {
            return;
        }
        self.down &= !bit(index);
        if self.pedal {
            return;
        }
        if controls.keyboard.mode == KeyboardMode::Poly {
            self.layers(index).for_each(|voice| voice.note_off(controls));
            return;
        }
        let was_newest = self.newest_press(ALL_KEYS) == Some(index);
        self.presses[index] = 0;
        if !was_newest {
            return;
        }
        // When the pedal is released, released keys are still recorded: they must not sound again.
        match self.newest_press(self.down).and_then(|key| self.tuning.pitch_hz(key as u8)) {
            Some(pitch_hz) => {
                for voice in self.layers(0) {
                    voice.glide(voice.pitch_hz(), pitch_hz, controls.keyboard.portamento_s);
                    if controls.keyboard.mode == KeyboardMode::Mono {
                        voice.note_on(controls, false);
                    }
                }
            }
            None => self.layers(0).for_each(|voice| voice.note_off(controls)),
        }
    }

    /// A voice, and its copy if that fades out.
    fn layers(&mut self, index: usize) -> impl Iterator<Item = &mut Voice> {
        let fades = self.incoming & self.outgoing_active & bit(index) != 0;
        let outgoing = fades.then(|| &mut self.outgoing[index]);
        std::iter::once(&mut self.voices[index]).chain(outgoing)
    }

    /// The key in the set `among` with the latest recorded note on.
    fn newest_press(&self, among: u128) -> Option<usize> {
        let presses = self.presses.iter().enumerate().filter(|(key, _)| among & bit(*key) != 0);
        let (key, &press) = presses.max_by_key(|(_, press)| **press)?;
        (press > 0).then_some(key)
    }

    /// The sustain pedal. Its release is a note off for all recorded keys that are not held.
    pub fn set_pedal(&mut self, down: bool, controls: &ControlValues) {
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

    /// Silences all voices at once and forgets keys and pedal. Copies that fade out continue.
    pub fn silence(&mut self) {
        self.voices.iter_mut().for_each(Voice::silence);
        self.active = 0;
        self.rendered = 0;
        self.incoming = 0;
        self.down = 0;
        self.presses = [0; KEYS];
        self.pedal = false;
    }

    /// Applies a changed sustain level to all amplifier envelopes.
    pub fn amplifier_sustain_changed(&mut self, sustain: f32) {
        self.voices.iter_mut().for_each(|voice| voice.amplifier_sustain_changed(sustain));
    }

    /// As [`amplifier_sustain_changed`](Self::amplifier_sustain_changed), for the filter.
    pub fn filter_sustain_changed(&mut self, sustain: f32) {
        self.voices.iter_mut().for_each(|voice| voice.filter_sustain_changed(sustain));
    }

    /// Copies each sounding voice: until [`end_crossfade`](Self::end_crossfade) both sound.
    pub fn begin_crossfade(&mut self) {
        for index in keys(self.active).map(usize::from) {
            self.outgoing[index].clone_from(&self.voices[index]);
        }
        self.outgoing_active = self.active;
        self.incoming = self.active;
    }

    /// Ends the copies.
    pub fn end_crossfade(&mut self) {
        self.outgoing_active = 0;
        self.incoming = 0;
    }

    /// Adds a block of `mix.len()` (1…64) frames of all sounding voices to `mix`, or to `incoming`, of
    /// the same length, if they fade in.
    pub fn add_block(
        &mut self,
        mix: &mut [f32],
        incoming: &mut [f32],
        controls: &ControlValues,
        bend: f32,
        noise: &mut Noise,
    ) {
        let sums = &mut VoiceSums { mix, incoming, fading_in: self.incoming };
        let ended =
            render_voices(&mut self.voices, self.active, sums, controls, bend, noise, &mut self.scratch);
        self.active &= !ended;
        self.outgoing_active &= !ended;
        self.rendered = self.active;
    }

    /// Begins a block of `frames` (1…64) frames of all sounding voices, of which none may fade in, and returns them in
    /// the order in which they are added up.
    pub fn begin_block(
        &mut self,
        frames: usize,
        controls: &ControlValues,
        bend: f32,
        noise: &mut Noise,
    ) -> impl Iterator<Item = &mut Voice> {
        self.active = begin_voices(&mut self.voices, self.active, frames, controls, bend, noise);
        self.rendered = self.active;
        // Most often one voice of many sounds: those before the first and after the last are not looked at.
        let first = self.active.trailing_zeros() as usize;
        let after_last = (u128::BITS - self.active.leading_zeros()) as usize;
        let mut rest = self.active.unbounded_shr(first as u32);
        let voices = self.voices.get_mut(first..after_last).unwrap_or_default();
        voices.iter_mut().filter(move |_| {
            let sounds = rest & 1 == 1;
            // Shifts by one place, not by the voice's number, which would be a call in WebAssembly.
            rest >>= 1;
            sounds
        })
    }

    /// Adds a block of all copies that fade out to `mix`.
    pub fn add_outgoing_block(
        &mut self,
        mix: &mut [f32],
        controls: &ControlValues,
        bend: f32,
        noise: &mut Noise,
    ) {
        let sums = &mut VoiceSums { mix, incoming: &mut [], fading_in: 0 };
        let ended = render_voices(
            &mut self.outgoing,
            self.outgoing_active,
            sums,
            controls,
            bend,
            noise,
            &mut self.scratch,
        );
        self.outgoing_active &= !ended;
    }
}
