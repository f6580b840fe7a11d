//! The sound engine: one amSynth voice per part, and the last rendered block. The rest of the crate uses it only
//! through this file. Never allocates after `new`.

use patch::{Parameter, Patch};
use protocol::constants::{BLOCK_FRAMES, PART_COUNT};
use voice::tuning::Tuning;
use voice::{MAX_BLOCK, MultitimbralSynthesizer, SAMPLE_RATES_HZ, Synthesizer};

const _: () = assert!(BLOCK_FRAMES == MAX_BLOCK, "the voice renders another block than the protocol says");

/// Five amSynths and their mixed output. Ignores parts that do not exist.
pub struct AmSynth {
    voices: MultitimbralSynthesizer,
    left: [f32; BLOCK_FRAMES],
    right: [f32; BLOCK_FRAMES],
}

impl AmSynth {
    /// Starts with the default patch in each part; `None` for a rate at which the voice would be out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Self> {
        let rate_hz = sample_rate_hz as f32;
        SAMPLE_RATES_HZ.contains(&rate_hz).then(|| Self {
            voices: MultitimbralSynthesizer::new(rate_hz, PART_COUNT),
            left: [0.0; BLOCK_FRAMES],
            right: [0.0; BLOCK_FRAMES],
        })
    }

    /// A key 0…127 goes down, or up with velocity 0.
    #[inline(never)]
    pub fn note(&mut self, part: usize, key: u8, velocity: u8) {
        if let Some(voice) = self.voices.part(part) {
            // The synthesizer takes velocity 0 for a note off.
            voice.note_on(key, velocity);
        }
    }

    /// Whether a part's next key is legato or glides from a key that is down.
    pub fn is_legato(&mut self, part: usize) -> bool {
        self.voices.part(part).is_some_and(|voice| voice.is_legato())
    }

    /// Moves a part's pitch wheel, −8192…8191.
    pub fn pitch_bend(&mut self, part: usize, value: i16) {
        if let Some(voice) = self.voices.part(part) {
            voice.pitch_bend(value);
        }
    }

    /// A MIDI controller 0…127; the parameter that it sets, if any, with its stored value.
    #[inline(never)]
    pub fn control_change(&mut self, part: usize, controller: u8, value: u8) -> Option<(Parameter, f32)> {
        let voice = self.voices.part(part)?;
        voice.control_change(controller, value);
        let parameter = voice.mapped_parameter(controller)?;
        Some((parameter, voice.patch().get(parameter)))
    }

    /// Changes a part's patch by a short crossfade.
    #[inline(never)]
    pub fn morph_to(&mut self, part: usize, patch: &Patch) {
        if let Some(voice) = self.voices.part(part) {
            voice.morph_to(patch);
        }
    }

    /// The patch that sounds in a part.
    pub fn patch(&mut self, part: usize) -> Option<&Patch> {
        self.voices.part(part).map(|voice| voice.patch())
    }

    /// The most voices of each part in poly; 0 = one for each key.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.each(|voice| voice.set_voice_limit(voices));
    }

    /// Tunes all parts; sounding notes keep their pitch.
    pub fn set_tuning(&mut self, tuning: Tuning) {
        self.each(|voice| voice.set_tuning(tuning));
    }

    fn each(&mut self, mut act: impl FnMut(&mut Synthesizer)) {
        (0..PART_COUNT).filter_map(|part| self.voices.part(part).map(&mut act)).for_each(drop);
    }

    /// Silence at once, in all parts.
    pub fn all_sound_off(&mut self) {
        self.voices.all_sound_off();
    }

    /// Sounding voices of all parts.
    pub fn active_voices(&self) -> usize {
        self.voices.active_voices()
    }

    /// Whether a part's sound was infinite or not a number since the last call, which has ended all its notes.
    pub fn take_fault(&mut self, part: usize) -> bool {
        self.voices.part(part).is_some_and(Synthesizer::take_fault)
    }

    /// Renders these frames of the block as one amSynth block.
    pub fn render(&mut self, frames: std::ops::Range<usize>) {
        self.voices.render_block(&mut self.left[frames.clone()], &mut self.right[frames]);
    }

    /// The left channel of the block.
    pub fn left(&self) -> &[f32; BLOCK_FRAMES] {
        &self.left
    }

    /// The right channel of the block.
    pub fn right(&self) -> &[f32; BLOCK_FRAMES] {
        &self.right
    }
}
