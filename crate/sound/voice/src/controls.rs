//! The patch as the engine uses it: control values instead of stored ones, enums instead of numbers.
//! Converted when a parameter changes, never once per block.

use math::single;
use patch::{Parameter, Patch};

use crate::envelope::EnvelopeSettings;
use crate::filter::FilterKind;
use crate::mixer::MixerBlock;
use crate::oscillator::Waveform;
use crate::reverb::ReverbBlock;

/// The ways in which keys share voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyboardMode {
    /// One voice per key.
    Poly,
    /// One voice; every note on restarts the envelopes.
    Mono,
    /// One voice; a note on while another key is held only changes the pitch.
    Legato,
}

/// The oscillators that the LFO's vibrato reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the name says it")]
pub enum PitchDestination {
    Both,
    Oscillator1,
    Oscillator2,
}

/// Waveform and shape of an audible oscillator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OscillatorControls {
    /// Shape of a period.
    pub waveform: Waveform,
    /// Pulse width or saw shape, 0…1.
    pub shape: f32,
}

/// The LFO's wave and its depths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LfoControls {
    /// Frequency, Hz.
    pub frequency_hz: f32,
    /// Shape of a period.
    pub waveform: Waveform,
    /// Saw shape, 0 or 1.
    pub shape: f32,
    /// −1 for a falling saw. Only the two saws set it: a triangle after a falling saw stays inverted,
    /// as in amSynth.
    pub polarity: f32,
    /// Vibrato depth, 0…1; 1 = from 0 Hz to twice the frequency.
    pub pitch_depth: f32,
    /// The oscillators that the vibrato reaches.
    pub pitch_destination: PitchDestination,
    /// Modulation depth of the filter's cutoff, 0…1.
    pub filter_depth: f32,
    /// Tremolo depth, 0…1.
    pub amplifier_depth: f32,
}

/// The filter's settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FilterControls {
    /// Filter type.
    pub kind: FilterKind,
    /// 24 dB/octave instead of 12.
    pub steep: bool,
    /// Multiplier of the base frequency.
    pub cutoff: f32,
    /// 0…0.97.
    pub resonance: f32,
    /// A value above 0 adds this multiple of the note's frequency; a value below 0 removes as many sixteenths of
    /// the cutoff.
    pub envelope_amount: f32,
    /// The share 0…1 of the key's pitch that the cutoff follows.
    pub key_tracking: f32,
    /// The share 0…1 of the velocity that the cutoff follows.
    pub velocity_sensitivity: f32,
}

/// The settings of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyboardControls {
    /// The way in which keys share voices.
    pub mode: KeyboardMode,
    /// Duration of a glide between two notes, 0…1 s; 0 = no glide.
    pub portamento_s: f32,
    /// Notes glide only while another key is held.
    pub portamento_legato_only: bool,
}

/// All control values. Ranges: the table in `patch`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "named like the parameters")]
pub struct ControlValues {
    pub oscillator_1: OscillatorControls,
    pub oscillator_2: OscillatorControls,
    /// Frequency ratio of oscillator 2: fine, octaves, semitones.
    pub detune: [f32; 3],
    pub sync: bool,
    pub mixer: MixerBlock,
    pub lfo: LfoControls,
    pub filter: FilterControls,
    pub filter_envelope: EnvelopeSettings,
    pub amplifier_envelope: EnvelopeSettings,
    pub amplifier_velocity_sensitivity: f32,
    pub volume: f32,
    pub crunch: f32,
    pub reverb: ReverbBlock,
    pub keyboard: KeyboardControls,
}

impl ControlValues {
    /// The control values of a patch on a new engine.
    pub fn new(patch: &Patch) -> Self {
        let oscillator = OscillatorControls { waveform: Waveform::Saw, shape: 1.0 };
        let mut controls = Self {
            oscillator_1: oscillator,
            oscillator_2: oscillator,
            detune: [1.0; 3],
            sync: false,
            mixer: MixerBlock { balance: 0.0, ring: 0.0 },
            lfo: LfoControls {
                frequency_hz: 0.0,
                waveform: Waveform::Sine,
                shape: 0.0,
                polarity: 1.0,
                pitch_depth: 0.0,
                pitch_destination: PitchDestination::Both,
                filter_depth: 0.0,
                amplifier_depth: 0.0,
            },
            filter: FilterControls {
                kind: FilterKind::LowPass,
                steep: true,
                cutoff: 64.0,
                resonance: 0.0,
                envelope_amount: 0.0,
                key_tracking: 1.0,
                velocity_sensitivity: 1.0,
            },
            filter_envelope: EnvelopeSettings::default(),
            amplifier_envelope: EnvelopeSettings::default(),
            amplifier_velocity_sensitivity: 1.0,
            volume: 0.0,
            crunch: 0.0,
            reverb: ReverbBlock { room_size: 0.0, damping: 0.0, wet: 0.0, width: 1.0 },
            keyboard: KeyboardControls {
                mode: KeyboardMode::Poly,
                portamento_s: 0.0,
                portamento_legato_only: false,
            },
        };
        for parameter in Parameter::ALL {
            controls.set(parameter, patch.control(parameter));
        }
        controls
    }

    /// Stores the control value of one parameter.
    pub fn set(&mut self, parameter: Parameter, c: f32) {
        match parameter {
            Parameter::AmpAttack => self.amplifier_envelope.attack_s = c,
            Parameter::AmpDecay => self.amplifier_envelope.decay_s = c,
            Parameter::AmpSustain => self.amplifier_envelope.sustain = c,
            Parameter::AmpRelease => self.amplifier_envelope.release_s = c,
            Parameter::Osc1Waveform => self.oscillator_1.waveform = Waveform::from_control(c),
            Parameter::FilterAttack => self.filter_envelope.attack_s = c,
            Parameter::FilterDecay => self.filter_envelope.decay_s = c,
            Parameter::FilterSustain => self.filter_envelope.sustain = c,
            Parameter::FilterRelease => self.filter_envelope.release_s = c,
            Parameter::FilterResonance => self.filter.resonance = c,
            Parameter::FilterEnvAmount => self.filter.envelope_amount = c,
            Parameter::FilterCutoff => self.filter.cutoff = c,
            Parameter::Osc2Detune => self.detune[0] = c,
            Parameter::Osc2Waveform => self.oscillator_2.waveform = Waveform::from_control(c),
            Parameter::MasterVol => self.volume = c,
            Parameter::LfoFreq => self.lfo.frequency_hz = c,
            Parameter::LfoWaveform => self.set_lfo_waveform(c),
            Parameter::Osc2Range => self.detune[1] = c,
            Parameter::OscMix => self.mixer.balance = c,
            Parameter::FreqModAmount => self.lfo.pitch_depth = c / 2.0 + 0.5,
            Parameter::FilterModAmount => self.lfo.filter_depth = (c + 1.0) / 2.0,
            Parameter::AmpModAmount => self.lfo.amplifier_depth = (c + 1.0) / 2.0,
            Parameter::OscMixMode => self.mixer.ring = c,
            Parameter::Osc1Pulsewidth => self.oscillator_1.shape = c,
            Parameter::Osc2Pulsewidth => self.oscillator_2.shape = c,
            Parameter::ReverbRoomsize => self.reverb.room_size = c,
            Parameter::ReverbDamp => self.reverb.damping = c,
            Parameter::ReverbWet => self.reverb.wet = c,
            Parameter::ReverbWidth => self.reverb.width = c,
            Parameter::DistortionCrunch => self.crunch = c,
            Parameter::Osc2Sync => self.sync = c >= 1.0,
            Parameter::PortamentoTime => self.keyboard.portamento_s = c,
            Parameter::KeyboardMode => {
                self.keyboard.mode = match c as i32 {
                    ..=0 => KeyboardMode::Poly,
                    1 => KeyboardMode::Mono,
                    2.. => KeyboardMode::Legato,
                }
            }
            Parameter::Osc2Pitch => self.detune[2] = single::pow(2.0, c / 12.0),
            Parameter::FilterType => self.filter.kind = FilterKind::from_control(c),
            Parameter::FilterSlope => self.filter.steep = c >= 1.0,
            Parameter::FreqModOsc => {
                self.lfo.pitch_destination = match c as i32 {
                    ..=0 => PitchDestination::Both,
                    1 => PitchDestination::Oscillator1,
                    2.. => PitchDestination::Oscillator2,
                }
            }
            Parameter::FilterKbdTrack => self.filter.key_tracking = c,
            Parameter::FilterVelSens => self.filter.velocity_sensitivity = c,
            Parameter::AmpVelSens => self.amplifier_velocity_sensitivity = c,
            Parameter::PortamentoMode => self.keyboard.portamento_legato_only = c >= 1.0,
        }
    }

    fn set_lfo_waveform(&mut self, control: f32) {
        let lfo = &mut self.lfo;
        let number = control as i32;
        (lfo.waveform, lfo.shape) = match number {
            ..=0 => (Waveform::Sine, 0.0),
            1 => (Waveform::Pulse, 0.0),
            2 => (Waveform::Saw, 0.0),
            3 => (Waveform::Noise, 0.0),
            4 => (Waveform::SampleAndHold, 0.0),
            5.. => (Waveform::Saw, 1.0),
        };
        match number {
            5 => lfo.polarity = 1.0,
            6.. => lfo.polarity = -1.0,
            _ => {}
        }
    }
}
