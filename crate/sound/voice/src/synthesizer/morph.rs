//! Changes the patch while notes sound, without clicks: continuous parameters glide, categorical ones
//! (a waveform, a filter type …) crossfade between two sets of voices, the old and the new.
//!
//! An unchanged patch costs one comparison per block. Never more than one crossfade at a time, so at
//! most twice the voices: later changes wait for its end, and the newest wins.

use patch::{Parameter, Patch};

use super::Synthesizer;
use crate::MAX_BLOCK;
use crate::controls::ControlValues;
use crate::crossfade::Crossfade;
use crate::noise::Noise;

/// Duration of a glide: that of a crossfade, so that both end together. The value changes once per
/// block; amSynth's own smoothers (volume, mix, reverb …) follow it.
const GLIDE_S: f32 = crate::crossfade::CROSSFADE_S;

/// The ways in which a parameter changes while notes sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MorphMode {
    /// Linear in the stored value, over the duration of a glide.
    Glide,
    /// Crossfade between two sets of voices.
    Crossfade,
    /// No immediate effect: read when the next envelope segment or note begins, or smoothed by amSynth.
    Immediate,
}

fn morph_mode(parameter: Parameter) -> MorphMode {
    use Parameter::*;
    match parameter {
        Osc1Waveform | Osc2Waveform | Osc2Sync | LfoWaveform | FreqModOsc | FilterType | FilterSlope => {
            MorphMode::Crossfade
        }
        // Pitch intervals: a glide would pass through notes of neither patch.
        Osc2Range | Osc2Pitch => MorphMode::Crossfade,
        // Ends all notes, so that only the old voices sound, and fade out.
        KeyboardMode => MorphMode::Crossfade,
        AmpAttack | AmpDecay | AmpSustain | AmpRelease | FilterAttack | FilterDecay | FilterSustain
        | FilterRelease | PortamentoTime | PortamentoMode => MorphMode::Immediate,
        FilterResonance | FilterEnvAmount | FilterCutoff | FilterKbdTrack | FilterVelSens | Osc2Detune
        | Osc1Pulsewidth | Osc2Pulsewidth | OscMix | OscMixMode | LfoFreq | FreqModAmount
        | FilterModAmount | AmpModAmount | AmpVelSens | MasterVol | DistortionCrunch | ReverbRoomsize
        | ReverbDamp | ReverbWet | ReverbWidth => MorphMode::Glide,
    }
}

/// State of a morph.
#[derive(Clone)]
pub(super) struct Morph {
    sample_rate_hz: f32,
    /// The stored values that sound now; the target is the synthesizer's patch.
    sounding: Patch,
    /// Remaining frames of the glide.
    glide_frames: f32,
    crossfade: Crossfade,
    /// Control values of the voices that fade out.
    controls: ControlValues,
    noise: Noise,
}

impl Morph {
    pub(super) fn new(sample_rate_hz: f32, patch: &Patch) -> Self {
        Self {
            sample_rate_hz,
            sounding: *patch,
            glide_frames: 0.0,
            crossfade: Crossfade::new(sample_rate_hz),
            controls: ControlValues::new(patch),
            noise: Noise::default(),
        }
    }

    pub(super) fn reset(&mut self, patch: &Patch) {
        *self = Self::new(self.sample_rate_hz, patch);
    }
}

impl Synthesizer {
    /// Changes to another patch without clicks, within about 20 ms (twice that if categorical parameters
    /// change again meanwhile). May be called before every block. Envelope times count from the next
    /// segment on; a changed keyboard mode fades out all notes. Before the first block of all sounding
    /// notes was rendered it is [`set_patch`](Self::set_patch).
    pub fn morph_to(&mut self, patch: &Patch) {
        if *patch == self.patch {
            return;
        }
        if self.allocation.has_only_new_notes() && !self.morph.crossfade.is_running() {
            self.set_patch(patch);
            return;
        }
        self.patch = *patch;
        self.morph.glide_frames = GLIDE_S * self.morph.sample_rate_hz;
        for parameter in Parameter::ALL {
            if morph_mode(parameter) == MorphMode::Immediate {
                self.apply_target(parameter);
            }
        }
        // A note may follow in the same block; a mode that changes later must not end it.
        let mode_changes =
            patch.get(Parameter::KeyboardMode) != self.morph.sounding.get(Parameter::KeyboardMode);
        if mode_changes || !self.morph.crossfade.is_running() {
            self.begin_crossfade();
        }
    }

    /// True if no voice sounds, new or old.
    pub(super) fn is_idle(&self) -> bool {
        self.active_voices() == 0 && !self.morph.crossfade.is_running()
    }

    /// Advances the morph and adds a block of all voices.
    pub(super) fn add_voices(&mut self, mix: &mut [f32]) {
        if self.patch != self.morph.sounding {
            self.step(mix.len());
        }
        let [mut old, mut new] = [[0.0; MAX_BLOCK]; 2];
        let (old, new) = (&mut old[..mix.len()], &mut new[..mix.len()]);
        self.allocation.add_block(mix, new, &self.controls, self.bend, &mut self.noise);
        if self.morph.crossfade.is_running() {
            let Morph { controls, noise, crossfade, .. } = &mut self.morph;
            self.allocation.add_outgoing_block(old, controls, self.bend, noise);
            crossfade.mix(old, new, mix);
            if !crossfade.is_running() {
                self.allocation.end_crossfade();
            }
        }
    }

    /// Jumps to the target of a morph without sounding notes.
    pub(super) fn finish_morph(&mut self) {
        if self.patch != self.morph.sounding {
            let patch = self.patch;
            self.set_patch(&patch);
        }
    }

    /// Advances the glide by `frames`, and begins a crossfade that waits.
    fn step(&mut self, frames: usize) {
        let left = self.morph.glide_frames;
        let share = if left > frames as f32 { frames as f32 / left } else { 1.0 };
        self.morph.glide_frames = (left - frames as f32).max(0.0);
        for parameter in Parameter::ALL {
            if morph_mode(parameter) == MorphMode::Glide {
                let (from, to) = (self.morph.sounding.get(parameter), self.patch.get(parameter));
                let value = if share < 1.0 { from + (to - from) * share } else { to };
                self.apply(parameter, value);
            }
        }
        if !self.morph.crossfade.is_running() {
            self.begin_crossfade();
        }
    }

    /// Begins to crossfade if a categorical parameter differs from the patch's.
    fn begin_crossfade(&mut self) {
        let changed = |parameter: &Parameter| {
            morph_mode(*parameter) == MorphMode::Crossfade
                && self.patch.get(*parameter) != self.morph.sounding.get(*parameter)
        };
        if !Parameter::ALL.iter().any(changed) {
            return;
        }
        self.end_crossfade();
        self.morph.controls.clone_from(&self.controls);
        self.morph.noise.clone_from(&self.noise);
        self.allocation.begin_crossfade();
        for parameter in Parameter::ALL {
            if morph_mode(parameter) == MorphMode::Crossfade
                && self.apply_target(parameter)
                && parameter == Parameter::KeyboardMode
            {
                self.allocation.silence();
            }
        }
        self.morph.crossfade.begin();
    }

    pub(super) fn end_crossfade(&mut self) {
        self.morph.crossfade.end();
        self.allocation.end_crossfade();
    }

    /// Applies the patch's value; returns whether it changed.
    pub(super) fn apply_target(&mut self, parameter: Parameter) -> bool {
        self.apply(parameter, self.patch.get(parameter))
    }

    /// Applies a stored value to both sets of voices; returns whether it changed.
    fn apply(&mut self, parameter: Parameter, value: f32) -> bool {
        if value == self.morph.sounding.get(parameter) {
            return false;
        }
        self.morph.sounding.set(parameter, value);
        let control = self.morph.sounding.control(parameter);
        self.controls.set(parameter, control);
        if self.morph.crossfade.is_running() {
            self.morph.controls.set(parameter, control);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f32 = 48_000.0;

    fn render(synthesizer: &mut Synthesizer, blocks: usize) -> Vec<f32> {
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        let mut sound = Vec::new();
        for _ in 0..blocks {
            synthesizer.render_block(&mut left, &mut right);
            sound.extend_from_slice(&left);
        }
        sound
    }

    /// Each value at a position 0…1 of its range.
    fn patch(position: impl Fn(usize) -> f32) -> Patch {
        let mut patch = Patch::default();
        for parameter in Parameter::ALL {
            let info = parameter.info();
            patch.set(parameter, info.min + position(parameter.index()) * (info.max - info.min));
        }
        patch.set(Parameter::KeyboardMode, 0.0);
        patch
    }

    #[test]
    fn a_morph_ends_exactly_at_the_patch_within_40_ms() {
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        synthesizer.note_on(60, 100);
        render(&mut synthesizer, 10);
        for round in 0..5usize {
            let target = patch(|index| ((index + 3 * round) % 7) as f32 / 6.0);
            synthesizer.morph_to(&target);
            assert_eq!(synthesizer.patch(), &target);
            assert_ne!(synthesizer.controls, ControlValues::new(&target), "the morph jumped");
            // The previous crossfade may have to end first: 40 ms.
            render(&mut synthesizer, 30);
            let mut expected = ControlValues::new(&target);
            // A triangle after a falling saw stays inverted (amSynth).
            expected.lfo.polarity = synthesizer.controls.lfo.polarity;
            assert_eq!(synthesizer.controls, expected);
            assert!(!synthesizer.morph.crossfade.is_running());
        }
    }

    #[test]
    fn before_the_first_block_a_morph_equals_setting_the_patch() {
        let target = patch(|index| (index % 5) as f32 / 5.0);
        let mut synthesizers = [Synthesizer::new(RATE_HZ), Synthesizer::new(RATE_HZ)];
        let after = patch(|index| (index % 4) as f32 / 4.0);
        synthesizers[0].morph_to(&target);
        synthesizers[1].set_patch(&target);
        synthesizers.iter_mut().for_each(|synthesizer| synthesizer.note_on(60, 100));
        synthesizers[0].morph_to(&after);
        synthesizers[1].set_patch(&after);
        let [morphed, set] = synthesizers.map(|mut synthesizer| render(&mut synthesizer, 200));
        assert!(morphed.iter().any(|sample| sample.abs() > 0.01));
        assert_eq!(morphed, set);
    }

    #[test]
    fn only_the_newest_of_several_changes_during_a_crossfade_follows() {
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        synthesizer.note_on(60, 100);
        render(&mut synthesizer, 10);
        let waveform = |number: f32| {
            let mut patch = Patch::default();
            patch.set(Parameter::Osc1Waveform, number);
            patch
        };
        for number in [0.0, 1.0, 3.0, 4.0] {
            synthesizer.morph_to(&waveform(number));
            render(&mut synthesizer, 3);
            assert_eq!(synthesizer.morph.sounding, waveform(0.0), "one at a time");
        }
        render(&mut synthesizer, 4);
        assert_eq!(synthesizer.morph.sounding, waveform(4.0));
    }

    #[test]
    fn a_note_that_begins_during_a_crossfade_has_only_the_new_sound() {
        let mut soft = Patch::default();
        soft.set(Parameter::MasterVol, 0.0);
        let mut changed = soft;
        changed.set(Parameter::Osc1Waveform, 0.0);
        changed.set(Parameter::Osc2Waveform, 0.0);
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        synthesizer.set_patch(&soft);
        synthesizer.note_on(60, 100);
        render(&mut synthesizer, 100);
        synthesizer.morph_to(&changed);
        assert!(synthesizer.morph.crossfade.is_running());
        let mut fresh = Synthesizer::new(RATE_HZ);
        fresh.set_patch(&changed);
        for synthesizer in [&mut synthesizer, &mut fresh] {
            synthesizer.set_parameter(Parameter::MasterVol, 0.5);
            synthesizer.note_on(72, 100);
        }
        synthesizer.note_off(60);
        let [heard, expected] = [render(&mut synthesizer, 12), render(&mut fresh, 12)];
        let power = |sound: &[f32]| sound.iter().map(|sample| sample * sample).sum::<f32>();
        let ratio = power(&heard[256..]) / power(&expected[256..]);
        assert!((0.8..1.5).contains(&ratio), "{ratio}");
    }

    #[test]
    fn a_changed_keyboard_mode_fades_out_all_notes_and_the_next_one_sounds() {
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        synthesizer.note_on(60, 100);
        render(&mut synthesizer, 100);
        let mut mono = Patch::default();
        mono.set(Parameter::KeyboardMode, 1.0);
        synthesizer.morph_to(&mono);
        assert_eq!(synthesizer.active_voices(), 0);
        let fading = render(&mut synthesizer, 5);
        assert!(fading.iter().any(|sample| sample.abs() > 0.01), "cut off");
        synthesizer.note_on(72, 100);
        let sound = render(&mut synthesizer, 100);
        assert!(sound[5_000..].iter().any(|sample| sample.abs() > 0.01));
        assert_eq!(synthesizer.active_voices(), 1);
    }
}
