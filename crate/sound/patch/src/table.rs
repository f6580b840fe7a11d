//! The one table of the 41 parameters, in amSynth's order.
//! Source of every name, range, default, step and law: amSynth 1.13.2, `Synth--Parameters` and
//! `Preset.cpp`; checked in `voice` by rendering all bank presets against Debian's build.
//! Never write a parameter's name or range anywhere else.

use crate::display::Display;
use crate::law::Law;

/// Description of one parameter.
#[derive(Debug)]
pub struct Info {
    /// amSynth's identifier, as in preset and bank files.
    pub name: &'static str,
    /// Label for people, in English.
    pub label: &'static str,
    /// The section of the synthesizer to which it belongs.
    pub group: Group,
    /// Least stored value.
    pub min: f32,
    /// Greatest stored value.
    pub max: f32,
    /// Stored value in the default patch.
    pub default: f32,
    /// Distance between allowed stored values; 0 = continuous.
    pub step: f32,
    /// Conversion of the stored value to the control value.
    pub law: Law,
    /// Text format of the control value.
    pub display: Display,
}

/// The sections of the synthesizer, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the label says it")]
pub enum Group {
    Oscillators,
    Lfo,
    Filter,
    FilterEnvelope,
    Amplifier,
    AmplifierEnvelope,
    Effects,
    Playing,
}

impl Group {
    /// All groups in order.
    pub const ALL: [Self; 8] = [
        Self::Oscillators,
        Self::Lfo,
        Self::Filter,
        Self::FilterEnvelope,
        Self::Amplifier,
        Self::AmplifierEnvelope,
        Self::Effects,
        Self::Playing,
    ];

    /// Label for people, in English.
    pub fn label(self) -> &'static str {
        match self {
            Self::Oscillators => "Oscillators",
            Self::Lfo => "LFO",
            Self::Filter => "Filter",
            Self::FilterEnvelope => "Filter envelope",
            Self::Amplifier => "Amplifier",
            Self::AmplifierEnvelope => "Amplifier envelope",
            Self::Effects => "Effects",
            Self::Playing => "Playing",
        }
    }
}

const OSCILLATOR_WAVEFORMS: &[&str] = &["sine", "pulse", "saw / triangle", "noise", "noise, sampled"];
const LFO_WAVEFORMS: &[&str] =
    &["sine", "square", "triangle", "noise", "noise, sampled", "saw up", "saw down"];
const FILTER_TYPES: &[&str] = &["low-pass", "high-pass", "band-pass", "notch", "bypass"];
const FILTER_SLOPES: &[&str] = &["12 dB/octave", "24 dB/octave"];
const OSCILLATORS: &[&str] = &["both", "oscillator 1", "oscillator 2"];
const SWITCH: &[&str] = &["off", "on"];
const KEYBOARD_MODES: &[&str] = &["poly", "mono", "legato"];
const PORTAMENTO_MODES: &[&str] = &["always", "legato"];

/// The filter's cutoff at C4 where its control value is 1, Hz: amSynth's middle C.
pub const CUTOFF_BASE_HZ: f32 = 261.626;
/// Envelope times: 0.5 ms to 15.6255 s.
const TIME: Law = Law::Power { offset: 0.0005, exponent: 3.0 };
/// A control value of 0…1 as per cent.
const PERCENT: Display = Display::Number { offset: 0.0, scale: 100.0, decimals: 0, unit: "%" };
/// A control value of −1…1 that is a modulation depth of 0…1, as per cent.
const DEPTH: Display = Display::Number { offset: 1.0, scale: 50.0, decimals: 0, unit: "%" };

macro_rules! table {
    ($($id:ident $name:literal $label:literal $group:ident, $min:literal to $max:literal, default $default:literal, step $step:literal, $law:expr, $display:expr;)*) => {
        /// One of the 41 parameters; the discriminant is amSynth's index.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is documented by its row of the table")]
        #[repr(u8)]
        pub enum Parameter { $($id),* }

        impl Parameter {
            /// All parameters in amSynth's order.
            pub const ALL: [Self; PARAMETER_COUNT] = [$(Self::$id),*];
        }

        /// Number of parameters of a patch.
        pub const PARAMETER_COUNT: usize = [$($name),*].len();

        static TABLE: [Info; PARAMETER_COUNT] = [$(Info {
            name: $name, label: $label, group: Group::$group, min: $min, max: $max,
            default: $default, step: $step, law: $law, display: $display,
        }),*];
    };
}

table! {
    AmpAttack "amp_attack" "Attack" AmplifierEnvelope, 0.0 to 2.5, default 0.0, step 0.0, TIME, Display::Time;
    AmpDecay "amp_decay" "Decay" AmplifierEnvelope, 0.0 to 2.5, default 0.0, step 0.0, TIME, Display::Time;
    AmpSustain "amp_sustain" "Sustain" AmplifierEnvelope, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    AmpRelease "amp_release" "Release" AmplifierEnvelope, 0.0 to 2.5, default 0.0, step 0.0, TIME, Display::Time;
    Osc1Waveform "osc1_waveform" "Waveform 1" Oscillators, 0.0 to 4.0, default 2.0, step 1.0, Law::Linear, Display::Choice(OSCILLATOR_WAVEFORMS);
    FilterAttack "filter_attack" "Attack" FilterEnvelope, 0.0 to 2.5, default 0.0, step 0.0, TIME, Display::Time;
    FilterDecay "filter_decay" "Decay" FilterEnvelope, 0.0 to 2.5, default 0.0, step 0.0, TIME, Display::Time;
    FilterSustain "filter_sustain" "Sustain" FilterEnvelope, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    FilterRelease "filter_release" "Release" FilterEnvelope, 0.0 to 2.5, default 0.0, step 0.0, TIME, Display::Time;
    FilterResonance "filter_resonance" "Resonance" Filter, 0.0 to 0.97, default 0.0, step 0.0, Law::Linear, PERCENT;
    FilterEnvAmount "filter_env_amount" "Envelope amount" Filter, -16.0 to 16.0, default 0.0, step 0.0, Law::Linear, Display::EnvelopeAmount;
    FilterCutoff "filter_cutoff" "Cutoff" Filter, -0.5 to 1.5, default 1.5, step 0.0, Law::Exponential { offset: 0.0, base: 16.0 }, Display::Frequency { base_hz: CUTOFF_BASE_HZ };
    Osc2Detune "osc2_detune" "Detune 2" Oscillators, -1.0 to 1.0, default 0.0, step 0.0, Law::Exponential { offset: 0.0, base: 1.25 }, Display::Cents;
    Osc2Waveform "osc2_waveform" "Waveform 2" Oscillators, 0.0 to 4.0, default 2.0, step 1.0, Law::Linear, Display::Choice(OSCILLATOR_WAVEFORMS);
    MasterVol "master_vol" "Volume" Amplifier, 0.0 to 1.0, default 0.67, step 0.0, Law::Power { offset: 0.0, exponent: 2.0 }, PERCENT;
    LfoFreq "lfo_freq" "Speed" Lfo, 0.0 to 7.5, default 0.0, step 0.0, Law::Power { offset: 0.0, exponent: 2.0 }, Display::Number { offset: 0.0, scale: 1.0, decimals: 2, unit: "Hz" };
    LfoWaveform "lfo_waveform" "Waveform" Lfo, 0.0 to 6.0, default 0.0, step 1.0, Law::Linear, Display::Choice(LFO_WAVEFORMS);
    Osc2Range "osc2_range" "Octave 2" Oscillators, -3.0 to 4.0, default 0.0, step 1.0, Law::Exponential { offset: 0.0, base: 2.0 }, Display::Octaves;
    OscMix "osc_mix" "Mix 1–2" Oscillators, -1.0 to 1.0, default 0.0, step 0.0, Law::Linear, Display::Number { offset: 0.0, scale: 100.0, decimals: 0, unit: "%" };
    FreqModAmount "freq_mod_amount" "To pitch" Lfo, 0.0 to 1.259_921_1, default 0.0, step 0.0, Law::Power { offset: -1.0, exponent: 3.0 }, DEPTH;
    FilterModAmount "filter_mod_amount" "To filter" Lfo, -1.0 to 1.0, default -1.0, step 0.0, Law::Linear, DEPTH;
    AmpModAmount "amp_mod_amount" "To amplitude" Lfo, -1.0 to 1.0, default -1.0, step 0.0, Law::Linear, DEPTH;
    OscMixMode "osc_mix_mode" "Ring modulation" Oscillators, 0.0 to 1.0, default 0.0, step 0.0, Law::Linear, PERCENT;
    Osc1Pulsewidth "osc1_pulsewidth" "Shape 1" Oscillators, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    Osc2Pulsewidth "osc2_pulsewidth" "Shape 2" Oscillators, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    ReverbRoomsize "reverb_roomsize" "Room size" Effects, 0.0 to 1.0, default 0.0, step 0.0, Law::Linear, PERCENT;
    ReverbDamp "reverb_damp" "Room damping" Effects, 0.0 to 1.0, default 0.0, step 0.0, Law::Linear, PERCENT;
    ReverbWet "reverb_wet" "Reverb" Effects, 0.0 to 1.0, default 0.0, step 0.0, Law::Linear, PERCENT;
    ReverbWidth "reverb_width" "Reverb width" Effects, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    DistortionCrunch "distortion_crunch" "Distortion" Effects, 0.0 to 0.9, default 0.0, step 0.0, Law::Linear, PERCENT;
    Osc2Sync "osc2_sync" "Sync 2 to 1" Oscillators, 0.0 to 1.0, default 0.0, step 1.0, Law::Linear, Display::Choice(SWITCH);
    PortamentoTime "portamento_time" "Glide" Playing, 0.0 to 1.0, default 0.0, step 0.0, Law::Linear, Display::Time;
    KeyboardMode "keyboard_mode" "Keyboard" Playing, 0.0 to 2.0, default 0.0, step 1.0, Law::Linear, Display::Choice(KEYBOARD_MODES);
    Osc2Pitch "osc2_pitch" "Pitch 2" Oscillators, -12.0 to 12.0, default 0.0, step 1.0, Law::Linear, Display::Number { offset: 0.0, scale: 1.0, decimals: 0, unit: "semitones" };
    FilterType "filter_type" "Type" Filter, 0.0 to 4.0, default 0.0, step 1.0, Law::Linear, Display::Choice(FILTER_TYPES);
    FilterSlope "filter_slope" "Slope" Filter, 0.0 to 1.0, default 1.0, step 1.0, Law::Linear, Display::Choice(FILTER_SLOPES);
    FreqModOsc "freq_mod_osc" "Pitch of" Lfo, 0.0 to 2.0, default 0.0, step 1.0, Law::Linear, Display::Choice(OSCILLATORS);
    FilterKbdTrack "filter_kbd_track" "Key tracking" Filter, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    FilterVelSens "filter_vel_sens" "From loudness" Filter, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    AmpVelSens "amp_vel_sens" "From loudness" Amplifier, 0.0 to 1.0, default 1.0, step 0.0, Law::Linear, PERCENT;
    PortamentoMode "portamento_mode" "Glide mode" Playing, 0.0 to 1.0, default 0.0, step 0.0, Law::Linear, Display::Choice(PORTAMENTO_MODES);
}

impl Parameter {
    /// amSynth's index, 0…40.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The parameter of amSynth's index, if there is one.
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    /// The parameter of an amSynth identifier, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| parameter.name() == name)
    }

    /// Its row of the table.
    pub fn info(self) -> &'static Info {
        &TABLE[self.index()]
    }

    /// amSynth's identifier.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The allowed stored value for `value`: clamped to the range, then rounded to the step, half
    /// up. Not-a-number gives the default.
    pub fn snap(self, value: f32) -> f32 {
        let &Info { min, max, default, step, .. } = self.info();
        if value.is_nan() {
            return default;
        }
        // Not `clamp`, whose panic message would bring the formatting of floats into the page's modules.
        let value = if value < min {
            min
        } else if value > max {
            max
        } else {
            value
        };
        if step > 0.0 { min + ((value - min) / step).round() * step } else { value }
    }

    /// The control value of a stored value (snapped first).
    pub fn control(self, value: f32) -> f32 {
        self.info().law.control(self.snap(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_a_step_are_rounded_up() {
        let pitch = Parameter::Osc2Pitch;
        assert_eq!([-1.5, -0.6, -0.5, 0.5, 1.4].map(|value| pitch.snap(value)), [-1.0, -1.0, 0.0, 1.0, 1.0]);
    }
}
