//! One amSynth voice per part. Only this file plays the engine; others use the tables (keys,
//! tuning) and the limiter of crate `voice`. Never allocates after `new`.

use std::ops::Range;

use patch::{Parameter, Patch};
use protocol::constants::{BLOCK_FRAMES, PART_COUNT};
use voice::keys::KEYS;
use voice::tuning::Tuning;
use voice::{MAX_BLOCK, MultitimbralSynthesizer, SAMPLE_RATES_HZ, Synthesizer};

use crate::controllers::PEDAL;

const _: () = assert!(BLOCK_FRAMES == MAX_BLOCK, "the voice renders another block than the protocol says");

/// An amSynth for each part. Ignores parts that do not exist.
pub struct AmSynth {
    voices: MultitimbralSynthesizer,
    /// The keys of each part that are down.
    down: [[bool; KEYS]; PART_COUNT],
}

impl AmSynth {
    /// Starts with the default patch in each part; `None` for a rate at which the voice would be out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Self> {
        let rate_hz = sample_rate_hz as f32;
        SAMPLE_RATES_HZ.contains(&rate_hz).then(|| Self {
            voices: MultitimbralSynthesizer::new(rate_hz, PART_COUNT),
            down: [[false; KEYS]; PART_COUNT],
        })
    }

    /// A MIDI controller 0…127; the parameter that it sets, if any, with its stored value.
    #[inline(never)]
    pub fn set_controller(&mut self, part: usize, controller: u8, value: u8) -> Option<(Parameter, f32)> {
        let voice = self.voices.part(part)?;
        voice.control_change(controller, value);
        let parameter = voice.mapped_parameter(controller)?;
        Some((parameter, voice.patch().get(parameter)))
    }

    /// Changes a part's patch by a short crossfade. Returns whether another keyboard mode has ended its keys and its
    /// pedal.
    #[inline(never)]
    pub fn morph_to(&mut self, part: usize, patch: &Patch) -> bool {
        let Some(voice) = self.voices.part(part) else { return false };
        let before = voice.patch().get(Parameter::KeyboardMode);
        voice.morph_to(patch);
        voice.patch().get(Parameter::KeyboardMode) != before
    }

    /// The patch that sounds in a part.
    pub fn patch(&mut self, part: usize) -> Option<&Patch> {
        self.voices.part(part).map(|voice| voice.patch())
    }

    /// Lifts every key that is down in a part, and its pedal if it `has_pedal`: sounding notes end as after a
    /// release. A note off for a key that is up would change how its next note begins.
    pub fn release_keys(&mut self, part: usize, has_pedal: bool) {
        if let Some(voice) = self.voices.part(part) {
            if has_pedal {
                voice.control_change(PEDAL, 0);
            }
            for (key, is_down) in self.down[part].iter_mut().enumerate() {
                if std::mem::take(is_down) {
                    voice.note_off(key as u8);
                }
            }
        }
    }

    fn each(&mut self, mut act: impl FnMut(&mut Synthesizer)) {
        (0..PART_COUNT).filter_map(|part| self.voices.part(part).map(&mut act)).for_each(drop);
    }

    /// A key 0…127 goes down, or up with velocity 0.
    #[inline(never)]
    pub fn note(&mut self, part: usize, key: u8, velocity: u8) {
        if let Some(voice) = self.voices.part(part) {
            // The synthesizer takes velocity 0 for a note off.
            voice.note_on(key, velocity);
            self.down[part][usize::from(key & 127)] = velocity > 0;
        }
    }

    /// True if a part's next key is legato or glides from a key that is down.
    pub fn is_legato(&mut self, part: usize) -> bool {
        self.voices.part(part).is_some_and(|voice| voice.is_legato())
    }

    /// Moves a part's pitch wheel, −8192…8191.
    pub fn pitch_bend(&mut self, part: usize, value: i16) {
        if let Some(voice) = self.voices.part(part) {
            voice.pitch_bend(value);
        }
    }

    /// The most voices of each part; 0 = as many as there are.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.each(|voice| voice.set_voice_limit(voices));
    }

    /// Tunes all parts; sounding notes keep their pitch.
    pub fn set_tuning(&mut self, tuning: &Tuning) {
        self.each(|voice| voice.set_tuning(*tuning));
    }

    /// Silence at once, in all parts.
    pub fn all_sound_off(&mut self) {
        self.down = [[false; KEYS]; PART_COUNT];
        self.voices.all_sound_off();
    }

    /// Sounding voices of all parts.
    pub fn active_voices(&self) -> usize {
        self.voices.active_voices()
    }

    /// True if a part made a sound in the last block, its reverb included.
    pub fn sounds(&self, part: usize) -> bool {
        self.voices.sounds(part)
    }

    /// True if a part's sound was infinite or not a number since the last call; its notes have ended then.
    pub fn take_fault(&mut self, part: usize) -> bool {
        self.voices.part(part).is_some_and(Synthesizer::take_fault)
    }

    /// Sets the gain of a part, 0…2, in front of the sum.
    pub fn set_gain(&mut self, part: usize, gain: f32) {
        self.voices.set_gain(part, gain);
    }

    /// Renders frames of the present block of a part as one block of amSynth.
    pub fn render_part(&mut self, part: usize, frames: Range<usize>) {
        self.voices.render_part(part, frames);
    }

    /// Ends the block, and writes the sum of all parts.
    pub fn mix(&mut self, left: &mut [f32], right: &mut [f32]) {
        self.voices.mix(left, right);
    }
}
