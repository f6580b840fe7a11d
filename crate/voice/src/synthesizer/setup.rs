//! What an instrument is told before it plays, and keeps through every reset: tuning, controller
//! map, voice limit and a bank of programs. All of it may be changed on an audio thread: values move
//! in, nothing is allocated.

use fundsp::audionode::AudioNode;
use patch::{Parameter, Patch};

use crate::Synthesizer;
use crate::controller_map::ControllerMap;
use crate::noise::Noise;
use crate::tuning::Tuning;

impl Synthesizer {
    /// The pitches of the keys from the next strike on; what sounds keeps its pitch.
    pub fn set_tuning(&mut self, tuning: Tuning) {
        self.allocation.set_tuning(tuning);
    }

    /// Which MIDI controllers turn which parameters.
    pub fn set_controller_map(&mut self, map: ControllerMap) {
        self.midi.set_map(map);
    }

    /// The parameter that a controller turns, if any.
    pub fn mapped_parameter(&self, controller: u8) -> Option<Parameter> {
        self.midi.map().parameter(controller)
    }

    /// The most notes that sound together in poly; 0 = as many as there are keys, which is the
    /// default. A note too many cuts the oldest that was let go, or else the oldest, at once;
    /// after a lower limit the next note cuts as many as are too many.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.allocation.set_voice_limit(voices);
    }

    /// The patches that [`program_change`](Self::program_change) chooses from: the first 128. Chooses
    /// none of them. Gives the bank of before back, for an audio thread must not free it.
    pub fn set_bank(&mut self, patches: Box<[Patch]>) -> Box<[Patch]> {
        self.programs.replace(patches)
    }

    /// A MIDI program change: silence at once, and another patch of the bank. A number that is chosen
    /// already, or that the bank does not have, changes nothing.
    pub fn program_change(&mut self, program: u8) {
        if let Some(patch) = self.programs.select(program) {
            self.all_sound_off();
            self.set_patch(&patch);
        }
    }

    /// Where its noise begins, now and after each reset.
    pub(crate) fn set_noise(&mut self, noise: Noise) {
        self.noise = noise;
        self.noise.reset();
    }

    /// Takes over from another instrument what it was told. The other one is left without its bank.
    pub(super) fn take_setup(&mut self, other: &mut Self) {
        self.allocation.take_setup(&other.allocation);
        self.midi.set_map(*other.midi.map());
        self.programs = std::mem::take(&mut other.programs);
        self.set_noise(other.noise.clone());
    }
}
