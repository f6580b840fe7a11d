//! One voice: LFO, two oscillators, mixer, filter and amplifier with one envelope each, and portamento.
//!
//! Control values are computed once per block, from the LFO's first frame and the filter envelope's
//! last one, as in amSynth. Never reorder a sum or product here: bit equality depends on it.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U0, U1};
use patch::CUTOFF_BASE_HZ;

use crate::amplifier::{Amplifier, AmplifierBlock};
use crate::controls::{ControlValues, PitchDestination};
use crate::envelope::Envelope;
use crate::filter::{Filter, FilterBlock};
use crate::lanes::{Scratch, each};
use crate::mixer::Mixer;
use crate::noise::Noise;
use crate::oscillator::{Oscillator, OscillatorBlock};
use crate::ramp::Ramp;

/// A change of pitch that begins with the next block.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PitchGlide {
    from_hz: f32,
    to_hz: f32,
    steps: u32,
}

/// One voice. As a node: no input, one output; call [`begin_block`](Self::begin_block) first.
#[derive(Clone)]
pub struct Voice {
    sample_rate_hz: f32,
    velocity: f32,
    pitch: Ramp,
    pending: Option<PitchGlide>,
    lfo: Oscillator,
    oscillator_1: Oscillator,
    oscillator_2: Oscillator,
    mixer: Mixer,
    filter: Filter,
    filter_envelope: Envelope,
    amplifier_envelope: Envelope,
    amplifier: Amplifier,
    /// The pitch at the start of the block, before bend and vibrato.
    pitch_hz: f32,
    /// The LFO at the start of the block.
    lfo_first: f32,
    /// True until the first frame of the block has been rendered.
    lfo_begins: bool,
}

impl Voice {
    /// A silent voice.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            velocity: 0.0,
            pitch: Ramp::default(),
            pending: None,
            lfo: Oscillator::new(sample_rate_hz),
            oscillator_1: Oscillator::new(sample_rate_hz),
            oscillator_2: Oscillator::new(sample_rate_hz),
            mixer: Mixer::default(),
            filter: Filter::new(sample_rate_hz),
            filter_envelope: Envelope::new(sample_rate_hz),
            amplifier_envelope: Envelope::new(sample_rate_hz),
            amplifier: Amplifier::new(sample_rate_hz),
            pitch_hz: 0.0,
            lfo_first: 0.0,
            lfo_begins: false,
        }
    }

    /// Current pitch, Hz; 0 before the first note.
    pub fn pitch_hz(&self) -> f32 {
        self.pitch.value()
    }

    /// Glides between two pitches, beginning with the next block.
    pub fn glide(&mut self, from_hz: f32, to_hz: f32, time_s: f32) {
        let steps = (time_s * self.sample_rate_hz) as u32;
        self.pending = Some(PitchGlide { from_hz, to_hz, steps });
    }

    /// Sets the velocity of the note, 0…1.
    pub fn set_velocity(&mut self, velocity: f32) {
        self.velocity = velocity;
    }

    /// Begins a note; `fresh` if the smoothed settings start at their targets instead of at the last
    /// note's values.
    pub fn note_on(&mut self, controls: &ControlValues, fresh: bool) {
        if fresh {
            self.mixer.jump(&controls.mixer);
            self.amplifier.jump(&self.amplifier_block(controls));
        }
        self.amplifier_envelope.trigger(&controls.amplifier_envelope);
        self.filter_envelope.trigger(&controls.filter_envelope);
    }

    /// Ends a note.
    pub fn note_off(&mut self, controls: &ControlValues) {
        self.amplifier_envelope.release(&controls.amplifier_envelope);
        self.filter_envelope.release(&controls.filter_envelope);
    }

    /// Silences the voice at once: resets envelopes, phases and filter. Pitch, the amplifier's one-pole
    /// and the smoothers keep their state, as in amSynth.
    pub fn silence(&mut self) {
        self.amplifier_envelope.silence();
        self.filter_envelope.silence();
        self.lfo.restart();
        self.oscillator_1.restart();
        self.oscillator_2.restart();
        self.filter.clear();
    }

    /// True if the last note has ended.
    pub fn is_silent(&self) -> bool {
        self.amplifier_envelope.is_off() && self.amplifier.is_silent()
    }

    /// Applies a changed sustain level to the amplifier envelope; see
    /// [`Envelope::sustain_changed`].
    pub fn amplifier_sustain_changed(&mut self, sustain: f32) {
        self.amplifier_envelope.sustain_changed(sustain);
    }

    /// As [`amplifier_sustain_changed`](Self::amplifier_sustain_changed), for the filter.
    pub fn filter_sustain_changed(&mut self, sustain: f32) {
        self.filter_envelope.sustain_changed(sustain);
    }

    /// Prepares the next `frames` (1…64) frames; `bend` multiplies the pitch.
    pub fn begin_block(&mut self, frames: usize, controls: &ControlValues, bend: f32, noise: &mut Noise) {
        self.begin_oscillators(frames, controls, bend, noise);
        Self::begin_filters([self], frames, [controls], &mut Scratch::default());
    }

    /// The part of [`begin_block`](Self::begin_block) that draws noise, and therefore voice after voice.
    pub fn begin_oscillators(
        &mut self,
        frames: usize,
        controls: &ControlValues,
        bend: f32,
        noise: &mut Noise,
    ) {
        if let Some(PitchGlide { from_hz, to_hz, steps }) = self.pending.take() {
            self.pitch.configure(from_hz, to_hz, steps);
        }
        self.pitch_hz = self.pitch.value();
        self.pitch.advance(frames);

        self.amplifier.begin_block(&self.amplifier_block(controls));
        self.mixer.begin_block(&controls.mixer);
        self.amplifier_envelope.begin_block(&controls.amplifier_envelope);
        self.begin_lfo(frames, controls, noise);
        self.begin_audible(frames, controls, bend * self.pitch_hz, noise);
        self.filter_envelope.begin_block(&controls.filter_envelope);
    }

    /// The rest of [`begin_block`](Self::begin_block), for several voices.
    #[inline(always)]
    pub fn begin_filters<const N: usize>(
        mut voices: [&mut Self; N],
        frames: usize,
        controls: [&ControlValues; N],
        scratch: &mut Scratch<N>,
    ) {
        let envelope = &mut scratch.envelope[..frames];
        Envelope::fill(voices.each_mut().map(|voice| &mut voice.filter_envelope), envelope);
        let last = envelope.last().copied().unwrap_or([0.0; N]);
        for ((voice, controls), envelope) in voices.into_iter().zip(controls).zip(last) {
            let cutoff_hz = voice.cutoff_hz(controls, envelope);
            let filter = &controls.filter;
            let (kind, steep, resonance) = (filter.kind, filter.steep, filter.resonance);
            voice.filter.begin_block(&FilterBlock { kind, steep, cutoff_hz, resonance });
        }
    }

    /// Renders the next `frames` frames of each voice; returns them.
    #[inline(always)]
    pub fn render<'a, const N: usize>(
        mut voices: [&mut Self; N],
        frames: usize,
        scratch: &'a mut Scratch<N>,
    ) -> &'a [[f32; N]] {
        let Scratch { oscillators, envelope, output } = scratch;
        let [first, second, lfo] = oscillators.each_mut().map(|block| &mut block[..frames]);
        let (envelope, output) = (&mut envelope[..frames], &mut output[..frames]);
        Self::run_oscillators(&mut voices, [first, second, lfo]);
        Mixer::mix(voices.each_mut().map(|voice| &mut voice.mixer), first, second, output);
        Filter::filter(voices.each_mut().map(|voice| &mut voice.filter), output);
        Envelope::fill(voices.each_mut().map(|voice| &mut voice.amplifier_envelope), envelope);
        Amplifier::amplify(voices.map(|voice| &mut voice.amplifier), output, envelope, lfo);
        output
    }

    /// Renders oscillators 1 and 2 and the LFO, and advances an oscillator that no lane hears.
    /// [`begin_block`](Self::begin_block) has rendered the LFO's first frame; only the amplifier hears the others.
    #[inline(always)]
    fn run_oscillators<const N: usize>(voices: &mut [&mut Self; N], outputs: [&mut [[f32; N]]; 3]) {
        let heard = [
            voices.iter().any(|voice| !voice.mixer.muted().0),
            voices.iter().any(|voice| !voice.mixer.muted().1),
            voices.iter().any(|voice| voice.amplifier.uses_lfo()),
        ];
        // One loop instead of three calls: the code of all waveforms exists once.
        for (part, mut output) in outputs.into_iter().enumerate() {
            if part == 2 && voices[0].lfo_begins {
                output[0] = each(|lane| voices[lane].lfo_first);
                output = &mut output[1..];
                voices.iter_mut().for_each(|voice| voice.lfo_begins = false);
            }
            let mut oscillators = voices.each_mut().map(|voice| match part {
                0 => &mut voice.oscillator_1,
                1 => &mut voice.oscillator_2,
                _ => &mut voice.lfo,
            });
            Oscillator::run(&mut oscillators, heard[part], output);
        }
    }

    fn amplifier_block(&self, controls: &ControlValues) -> AmplifierBlock {
        AmplifierBlock {
            velocity: self.velocity,
            velocity_sensitivity: controls.amplifier_velocity_sensitivity,
            tremolo: controls.lfo.amplifier_depth,
            volume: controls.volume,
        }
    }

    /// Begins the LFO's block and renders its first frame, which modulates pitch and filter.
    fn begin_lfo(&mut self, frames: usize, controls: &ControlValues, noise: &mut Noise) {
        let lfo = &controls.lfo;
        let block = OscillatorBlock {
            waveform: lfo.waveform,
            frequency_hz: lfo.frequency_hz,
            shape: lfo.shape,
            polarity: lfo.polarity,
            master_hz: None,
        };
        self.lfo.begin_block(frames, &block, noise);
        let mut first = [[0.0]];
        Oscillator::fill([&mut self.lfo], &mut first);
        self.lfo_first = first[0][0];
        self.lfo_begins = true;
    }

    fn begin_audible(&mut self, frames: usize, controls: &ControlValues, base_hz: f32, noise: &mut Noise) {
        let lfo = self.lfo_first;
        let depth = controls.lfo.pitch_depth;
        let vibrato = depth * (lfo + 1.0) + 1.0 - depth;
        let [fine, octaves, semitones] = controls.detune;
        let mut first_hz = base_hz;
        let mut second_hz = base_hz * fine * octaves * semitones;
        if controls.lfo.pitch_destination != PitchDestination::Oscillator2 {
            first_hz *= vibrato;
        }
        if controls.lfo.pitch_destination != PitchDestination::Oscillator1 {
            second_hz *= vibrato;
        }
        let sync = controls.sync && controls.oscillator_1.waveform.drives_sync();
        let first = OscillatorBlock {
            waveform: controls.oscillator_1.waveform,
            frequency_hz: first_hz,
            shape: controls.oscillator_1.shape,
            polarity: 1.0,
            master_hz: None,
        };
        let second = OscillatorBlock {
            waveform: controls.oscillator_2.waveform,
            frequency_hz: second_hz,
            shape: controls.oscillator_2.shape,
            polarity: 1.0,
            master_hz: sync.then_some(first_hz),
        };
        self.oscillator_1.begin_block(frames, &first, noise);
        self.oscillator_2.begin_block(frames, &second, noise);
    }

    fn cutoff_hz(&self, controls: &ControlValues, envelope: f32) -> f32 {
        let (pitch_hz, lfo) = (self.pitch_hz, self.lfo_first);
        let filter = &controls.filter;
        let (tracking, sensitivity) = (filter.key_tracking, filter.velocity_sensitivity);
        let depth = controls.lfo.filter_depth;
        let base_hz = CUTOFF_BASE_HZ * (1.0 - tracking) + pitch_hz * tracking;
        let velocity = (1.0 - sensitivity) + self.velocity * sensitivity;
        let modulation = (lfo * 0.5 + 0.5) * depth + 1.0 - depth;
        let cutoff_hz = filter.cutoff * base_hz * velocity * modulation;
        let amount = filter.envelope_amount;
        if amount > 0.0 {
            cutoff_hz + pitch_hz * envelope * amount
        } else {
            cutoff_hz + cutoff_hz * (1.0 / 16.0) * amount * envelope
        }
    }
}

impl AudioNode for Voice {
    const ID: u64 = 1011;
    type Inputs = U0;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::new(self.sample_rate_hz);
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, _input: &Frame<f32, U0>) -> Frame<f32, U1> {
        let [sample] = Self::render([self], 1, &mut Scratch::default())[0];
        [sample].into()
    }

    fn process(&mut self, size: usize, _input: &BufferRef, output: &mut BufferMut) {
        let mut scratch = Scratch::default();
        let rendered = Self::render([self], size, &mut scratch);
        output.channel_f32_mut(0)[..size].copy_from_slice(rendered.as_flattened());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::{Parameter, Patch};

    #[test]
    fn node() {
        for (waveform, balance) in [(0.0, 0.3), (1.0, -1.0), (2.0, 1.0), (3.0, 0.0), (4.0, 0.0)] {
            let mut patch = Patch::default();
            patch.set(Parameter::Osc1Waveform, waveform);
            patch.set(Parameter::OscMix, balance);
            patch.set(Parameter::LfoFreq, 2.0);
            patch.set(Parameter::AmpModAmount, -0.5);
            patch.set(Parameter::FilterEnvAmount, 2.0);
            let controls = ControlValues::new(&patch);
            crate::testing::assert_node(Voice::new(44_100.0), |voice, noise, frames| {
                if voice.is_silent() {
                    voice.glide(200.0, 300.0, 0.01);
                    voice.set_velocity(0.8);
                    voice.note_on(&controls, true);
                }
                voice.begin_block(frames, &controls, 1.01, noise);
            });
        }
    }

    #[test]
    fn portamento_begins_with_the_next_block_and_ends_at_the_target_pitch() {
        let (mut voice, mut noise) = (Voice::new(64_000.0), Noise::default());
        let controls = ControlValues::new(&Patch::default());
        voice.glide(100.0, 200.0, 0.01);
        assert_eq!(voice.pitch_hz(), 0.0, "a glide begins with the next block");
        (0..5).for_each(|_| voice.begin_block(64, &controls, 1.0, &mut noise));
        assert_eq!(voice.pitch_hz(), 150.0);
        (0..50).for_each(|_| voice.begin_block(64, &controls, 1.0, &mut noise));
        assert!((voice.pitch_hz() - 200.0).abs() < 1e-3);
    }
}
