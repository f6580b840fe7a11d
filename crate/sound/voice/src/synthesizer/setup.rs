//! Settings that survive every reset: tuning, controller map, voice limit and a bank of programs. All
//! may be changed on an audio thread: nothing here allocates or frees memory.

use fundsp::audionode::AudioNode;
use patch::{Parameter, Patch};

use crate::Synthesizer;
use crate::controller_map::ControllerMap;
use crate::effects;
use crate::noise::Noise;
use crate::tuning::Tuning;

impl Synthesizer {
    /// Sets the pitches of the keys; sounding notes keep theirs.
    pub fn set_tuning(&mut self, tuning: Tuning) {
        self.allocation.set_tuning(tuning);
    }

    /// Sets the parameters that MIDI controllers set.
    pub fn set_controller_map(&mut self, map: ControllerMap) {
        self.midi.set_map(map);
    }

    /// The parameter that a controller sets, if any.
    pub fn mapped_parameter(&self, controller: u8) -> Option<Parameter> {
        self.midi.map().parameter(controller)
    }

    /// Limits the number of voices in poly; 0 = one for each key, the default. A note beyond the limit
    /// steals the oldest released voice, or else the oldest, at once; after the limit was lowered the
    /// next note steals as many as necessary.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.allocation.set_voice_limit(voices);
    }

    /// Sets the patches for [`program_change`](Self::program_change), of which the first 128 count, and
    /// selects none. Returns the previous bank, since an audio thread must not free memory.
    pub fn set_bank(&mut self, patches: Box<[Patch]>) -> Box<[Patch]> {
        self.programs.replace(patches)
    }

    /// MIDI program change: silences everything and sets a patch of the bank. A number has no effect if it is
    /// selected already or the bank does not have it.
    pub fn program_change(&mut self, program: u8) {
        if let Some(patch) = self.programs.select(program) {
            self.all_sound_off();
            self.set_patch(&patch);
        }
    }

    /// Sets the noise generator and restarts it at its seed.
    pub(crate) fn set_noise(&mut self, noise: Noise) {
        self.noise = noise;
        self.noise.reset();
    }

    /// Leaves out the reverb if it is inaudible: only right as long as nothing but notes and pitch bends follow.
    pub(crate) fn leave_out_unheard_reverb(&mut self) {
        if self.controls.reverb.wet == 0.0 {
            effects::reverb(&mut self.effects).leave_out();
        }
    }

    /// Moves the set-up of another synthesizer here. The other one is left without its bank.
    pub(super) fn take_setup(&mut self, other: &mut Self) {
        self.allocation.take_setup(&other.allocation);
        self.midi.set_map(*other.midi.map());
        self.programs = std::mem::take(&mut other.programs);
        self.set_noise(other.noise.clone());
    }
}
