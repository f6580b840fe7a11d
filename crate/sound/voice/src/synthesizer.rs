//! The complete synthesizer: patch, MIDI input, voices and effects, block by block.
//!
//! [`Synthesizer::render_block`] corresponds to amSynth's process call: the length of a block is audible.
//! As an [`AudioNode`] it renders blocks of 64 frames ahead, so that any split of the calls gives the
//! same samples. Never use both with one instance.

mod morph;
mod setup;
pub(crate) mod together;

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferArray, BufferMut, BufferRef};
use fundsp::typenum::{U0, U1, U2};
use patch::{Parameter, Patch};

use crate::allocation::Allocation;
use crate::controls::{ControlValues, KeyboardMode};
use crate::effects::{self, EffectChain};
use crate::midi::{ControllerAction, ControllerState};
use crate::noise::Noise;
use crate::programs::Programs;
use crate::{MAX_BLOCK, SAMPLE_RATES_HZ};
use morph::Morph;

/// A polyphonic synthesizer that renders as amSynth does. As a node: no input, outputs left and right.
#[derive(Clone)]
pub struct Synthesizer {
    sample_rate_hz: f32,
    patch: Patch,
    controls: ControlValues,
    midi: ControllerState,
    bend: f32,
    noise: Noise,
    allocation: Allocation,
    programs: Programs,
    effects: EffectChain,
    morph: Morph,
    fault: bool,
    ahead: BufferArray<U2>,
    ahead_position: usize,
}

impl Synthesizer {
    /// A synthesizer with the default patch. Allocates all memory it will ever need (about 0.5 MB at
    /// 48 kHz). Sample rates are clamped to [`SAMPLE_RATES_HZ`]; not-a-number counts as 44.1 kHz.
    pub fn new(sample_rate_hz: f32) -> Self {
        let sample_rate_hz = if sample_rate_hz.is_nan() {
            44_100.0
        } else {
            sample_rate_hz.clamp(*SAMPLE_RATES_HZ.start(), *SAMPLE_RATES_HZ.end())
        };
        let patch = Patch::default();
        Self {
            sample_rate_hz,
            patch,
            controls: ControlValues::new(&patch),
            midi: ControllerState::default(),
            bend: 1.0,
            noise: Noise::default(),
            allocation: Allocation::new(sample_rate_hz),
            programs: Programs::default(),
            effects: effects::effects(sample_rate_hz),
            morph: Morph::new(sample_rate_hz, &patch),
            fault: false,
            ahead: BufferArray::new(),
            ahead_position: MAX_BLOCK,
        }
    }

    /// Frames per second.
    pub fn sample_rate_hz(&self) -> f32 {
        self.sample_rate_hz
    }

    /// The current stored values, or the target of a running morph. Mapped controllers change them.
    pub fn patch(&self) -> &Patch {
        &self.patch
    }

    /// Switches to another patch at once, as amSynth does: sounding notes continue with it, may click,
    /// and end if the keyboard mode changes. [`morph_to`](Self::morph_to) does not click.
    pub fn set_patch(&mut self, patch: &Patch) {
        for parameter in Parameter::ALL {
            self.set_parameter(parameter, patch.get(parameter));
        }
    }

    /// Stores a value (snapped to an allowed one). An unchanged value has no effect; a changed keyboard
    /// mode silences all voices.
    pub fn set_parameter(&mut self, parameter: Parameter, value: f32) {
        self.patch.set(parameter, value);
        if !self.apply_target(parameter) {
            return;
        }
        let control = self.patch.control(parameter);
        match parameter {
            Parameter::KeyboardMode => self.allocation.silence(),
            Parameter::AmpSustain => self.allocation.amplifier_sustain_changed(control),
            Parameter::FilterSustain => self.allocation.filter_sustain_changed(control),
            _ => {}
        }
    }

    /// Note on for a key of 0…127; a velocity of 0 is a note off.
    #[inline(never)]
    pub fn note_on(&mut self, key: u8, velocity: u8) {
        if velocity == 0 {
            self.note_off(key);
        } else {
            self.allocation.note_on(key, velocity, &self.controls);
        }
    }

    /// Note off.
    pub fn note_off(&mut self, key: u8) {
        self.allocation.note_off(key, &self.controls);
    }

    /// True if the next note depends on other held keys: in mono and legato, or if portamento glides only between
    /// held keys.
    pub fn is_legato(&self) -> bool {
        let keyboard = &self.controls.keyboard;
        keyboard.mode != KeyboardMode::Poly
            || (keyboard.portamento_legato_only && keyboard.portamento_s > 0.0)
    }

    /// Pitch bend, −8192…8191; other values are clamped.
    pub fn pitch_bend(&mut self, value: i16) {
        self.bend = self.midi.bend_factor(value);
    }

    /// MIDI control change. Mapped controllers change the patch: by default 1 the vibrato depth and 7 the volume.
    /// Otherwise 10 is the pan, 64 the sustain pedal, and 101/100/6 the bend range; 120, 121 and 123–127 are the
    /// channel mode messages. All others are ignored.
    #[inline(never)]
    pub fn control_change(&mut self, controller: u8, value: u8) {
        match self.midi.control_change(controller, value) {
            Some(ControllerAction::Set(parameter, value)) => self.set_parameter(parameter, value),
            Some(ControllerAction::Pan(value)) => effects::pan(&mut self.effects).set(value),
            Some(ControllerAction::Pedal(down)) => self.allocation.set_pedal(down, &self.controls),
            Some(ControllerAction::CentreBend) => self.pitch_bend(0),
            Some(ControllerAction::AllSoundOff) => self.all_sound_off(),
            Some(ControllerAction::AllNotesOff) => self.silence_voices(),
            None => {}
        }
    }

    /// Silences all voices and the reverb's tail at once.
    #[inline(never)]
    pub fn all_sound_off(&mut self) {
        self.silence_voices();
        effects::reverb(&mut self.effects).clear();
    }

    fn silence_voices(&mut self) {
        self.allocation.silence();
        self.end_crossfade();
    }

    /// Number of sounding voices.
    pub fn active_voices(&self) -> usize {
        self.allocation.active_voices()
    }

    /// Renders one block with the length of the shorter slice. More than 64 frames are rendered as
    /// several blocks.
    pub fn render_block(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(MAX_BLOCK).zip(right.chunks_mut(MAX_BLOCK)) {
            let frames = left.len().min(right.len());
            let mut output = BufferArray::<U2>::new();
            self.render(frames, &mut output.buffer_mut());
            left[..frames].copy_from_slice(&output.buffer_ref().channel_f32(0)[..frames]);
            right[..frames].copy_from_slice(&output.buffer_ref().channel_f32(1)[..frames]);
        }
    }

    /// Renders 0…64 frames; returns `false` if all are 0.
    pub(crate) fn render(&mut self, frames: usize, output: &mut BufferMut) -> bool {
        if frames == 0 {
            return false;
        }
        if self.skip_silence(frames) {
            (0..2).for_each(|channel| output.channel_f32_mut(channel)[..frames].fill(0.0));
            return false;
        }
        let mut mix = BufferArray::<U1>::new();
        self.add_voices(&mut mix.channel_f32_mut(0)[..frames]);
        effects::begin_block(&mut self.effects, &self.controls);
        self.effects.process(frames, &mix.buffer_ref(), output);
        self.replace_non_finite([0, 1].map(|channel| &mut output.channel_f32_mut(channel)[..frames]));
        true
    }

    /// Advances by a block without rendering, if no voice sounds and the reverb's tail has ended.
    fn skip_silence(&mut self, frames: usize) -> bool {
        if !self.is_idle() {
            return false;
        }
        self.finish_morph();
        effects::skip_silence(&mut self.effects, &self.controls, frames)
    }

    /// Protects listeners: non-finite samples become 0, and every part with a state is reset, except the pan
    /// setting. Known cause: the filter, like amSynth's, becomes unstable under noise modulation at full depth and
    /// resonance in short blocks.
    fn replace_non_finite(&mut self, output: [&mut [f32]; 2]) {
        // Without a branch for each sample, so that several are compared at once.
        let finite = |channel: &&mut [f32]| channel.iter().fold(true, |all, sample| all & sample.is_finite());
        if !output.iter().all(finite) {
            for sample in output.into_iter().flatten().filter(|sample| !sample.is_finite()) {
                *sample = 0.0;
            }
            self.allocation.reset();
            let pan = effects::pan(&mut self.effects).clone();
            self.effects.reset();
            *effects::pan(&mut self.effects) = pan;
            self.end_crossfade();
            self.fault = true;
        }
    }

    /// True if a sample was non-finite since the last call: it became 0, and all notes and the tail ended.
    pub fn take_fault(&mut self) -> bool {
        std::mem::take(&mut self.fault)
    }
}

impl AudioNode for Synthesizer {
    const ID: u64 = 1012;
    type Inputs = U0;
    type Outputs = U2;

    /// Resets everything but the patch and the set-up.
    fn reset(&mut self) {
        self.controls = ControlValues::new(&self.patch);
        self.midi.reset();
        self.bend = 1.0;
        self.noise.reset();
        self.allocation.reset();
        self.effects.reset();
        self.morph.reset(&self.patch);
        self.fault = false;
        self.ahead_position = MAX_BLOCK;
    }

    /// Resets everything but the patch and the set-up. Allocates.
    fn set_sample_rate(&mut self, sample_rate: f64) {
        if sample_rate as f32 != self.sample_rate_hz {
            let mut other = Self::new(sample_rate as f32);
            other.set_patch(&self.patch);
            other.take_setup(self);
            *self = other;
        }
    }

    fn tick(&mut self, _input: &Frame<f32, U0>) -> Frame<f32, U2> {
        if self.ahead_position >= MAX_BLOCK {
            let mut ahead = std::mem::take(&mut self.ahead);
            self.render(MAX_BLOCK, &mut ahead.buffer_mut());
            self.ahead = ahead;
            self.ahead_position = 0;
        }
        let position = self.ahead_position;
        self.ahead_position += 1;
        [self.ahead.at_f32(0, position), self.ahead.at_f32(1, position)].into()
    }

    fn process(&mut self, size: usize, _input: &BufferRef, output: &mut BufferMut) {
        for i in 0..size {
            let frame = self.tick(&Frame::default());
            output.set_f32(0, i, frame[0]);
            output.set_f32(1, i, frame[1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn non_finite_samples_become_silence_and_the_next_note_sounds() {
        let mut synthesizer = Synthesizer::new(48_000.0);
        synthesizer.note_on(60, 100);
        let mut output = BufferArray::<U2>::new();
        synthesizer.render(MAX_BLOCK, &mut output.buffer_mut());
        output.set_f32(0, 3, f32::NAN);
        output.set_f32(1, 5, f32::INFINITY);
        let mut buffer = output.buffer_mut();
        synthesizer.replace_non_finite([0, 1].map(|channel| buffer.channel_f32_mut(channel)));
        assert_eq!((output.at_f32(0, 3), output.at_f32(1, 5)), (0.0, 0.0));
        assert_eq!(synthesizer.active_voices(), 0);
        assert!(synthesizer.take_fault() && !synthesizer.take_fault());
        synthesizer.note_on(60, 100);
        for _ in 0..100 {
            synthesizer.render(MAX_BLOCK, &mut output.buffer_mut());
        }
        assert!(output.channel_f32(0).iter().any(|sample| sample.abs() > 0.01));
    }

    #[test]
    fn the_pan_survives_non_finite_samples() {
        let mut synthesizer = Synthesizer::new(48_000.0);
        synthesizer.control_change(10, 127);
        let mut output = BufferArray::<U2>::new();
        output.set_f32(0, 0, f32::NAN);
        let mut buffer = output.buffer_mut();
        synthesizer.replace_non_finite([0, 1].map(|channel| buffer.channel_f32_mut(channel)));
        assert!(synthesizer.take_fault());
        synthesizer.note_on(60, 100);
        let mut peaks = [0.0f32; 2];
        for _ in 0..100 {
            synthesizer.render(MAX_BLOCK, &mut output.buffer_mut());
            for (channel, peak) in peaks.iter_mut().enumerate() {
                *peak = output.channel_f32(channel).iter().fold(*peak, |peak, sample| peak.max(sample.abs()));
            }
        }
        assert!(peaks[0] < 1e-6 && peaks[1] > 0.1, "left and right {peaks:?}");
    }

    #[test]
    fn node() {
        let mut synthesizer = Synthesizer::new(44_100.0);
        let mut patch = Patch::default();
        patch.set(Parameter::Osc2Waveform, 3.0);
        patch.set(Parameter::ReverbWet, 0.4);
        synthesizer.set_patch(&patch);
        crate::testing::assert_node(synthesizer, |synthesizer, _, frames| match frames {
            1 => synthesizer.note_on(60, 100),
            33 => synthesizer.note_off(60),
            _ => {}
        });
    }
}
