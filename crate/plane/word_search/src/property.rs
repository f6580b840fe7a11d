//! The properties of a sound that words name: measured scales of its timbre, and what its patch says about envelope,
//! movement and oscillators. Renders no sound.

use patch::Parameter::*;
use patch::Patch;
use plane::likelihood::LIKELY_PERCENT;
use plane::tags::noise_share;

/// How long a key is held when a sound's length is estimated, in seconds: as in the measurements of timbre.
const HELD_S: f32 = 2.0;
/// Below this level a held tone is inaudible beside its beginning: −26 dB.
const AUDIBLE_SUSTAIN: f32 = 0.05;

/// A property of a sound. Each has a number that grows from the first of its ends to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Property {
    /// From soft to hard.
    Hardness,
    /// From shallow to deep.
    Depth,
    /// From dark to bright.
    Brightness,
    /// From smooth to rough.
    Roughness,
    /// From cold to warm.
    Warmth,
    /// From dull to sharp.
    Sharpness,
    /// From lean to booming.
    Boominess,
    /// From dry to reverberant.
    Reverb,
    /// From quiet to loud.
    Loudness,
    /// From a quick beginning to a slow one; in seconds.
    Attack,
    /// From short to long; in seconds.
    Length,
    /// From steady to moving: any modulation, 0…1.
    Movement,
    /// From steady to wobbling: the LFO moves filter or amplitude, 0…1.
    Wobble,
    /// From steady to trembling: the LFO moves the amplitude, 0…1.
    Tremolo,
    /// The LFO moves the pitch a little, 0…1.
    Vibrato,
    /// The share of noise in the oscillators, 0…1.
    Noise,
    /// 1 if oscillator 2 restarts with oscillator 1.
    Sync,
    /// The amount of ring modulation, 0…1: metallic sounds.
    Metal,
    /// The resonance of the filter, 0…1.
    Resonance,
    /// How far two audible oscillators are out of tune, 0…1.
    Detune,
    /// The amount of distortion, 0…1.
    Distortion,
    /// How long the pitch glides between notes, in seconds.
    Glide,
}

impl Property {
    /// All properties, in the order of their numbers.
    pub const ALL: [Self; 22] = [
        Self::Hardness,
        Self::Depth,
        Self::Brightness,
        Self::Roughness,
        Self::Warmth,
        Self::Sharpness,
        Self::Boominess,
        Self::Reverb,
        Self::Loudness,
        Self::Attack,
        Self::Length,
        Self::Movement,
        Self::Wobble,
        Self::Tremolo,
        Self::Vibrato,
        Self::Noise,
        Self::Sync,
        Self::Metal,
        Self::Resonance,
        Self::Detune,
        Self::Distortion,
        Self::Glide,
    ];

    /// The layer of the timbral map that measures it; none for what the patch says.
    pub fn layer(self) -> Option<&'static str> {
        plane::preset_layers::LAYERS.get(self as usize).copied()
    }

    /// The number of a value of the map's layer: that of reverb is 1 where reverb is likelier than not.
    pub fn of_layer(self, value: f32) -> f32 {
        if self == Self::Reverb { f32::from(value >= LIKELY_PERCENT) } else { value }
    }

    /// The number of a patch; none for what must be measured.
    pub fn of_patch(self, patch: &Patch) -> Option<f32> {
        let depth = |amount| (patch.control(amount) + 1.0) / 2.0;
        let is_filtering = patch.get(FilterType) < 4.0;
        let to_filter = if is_filtering { depth(FilterModAmount) } else { 0.0 };
        let (to_amplitude, to_pitch) = (depth(AmpModAmount), depth(FreqModAmount));
        let speed_hz = patch.control(LfoFreq);
        let within = |least: f32, greatest: f32| (least..=greatest).contains(&speed_hz);
        let mix = patch.get(OscMix);
        let value = match self {
            Self::Hardness
            | Self::Depth
            | Self::Brightness
            | Self::Roughness
            | Self::Warmth
            | Self::Sharpness
            | Self::Boominess
            | Self::Reverb
            | Self::Loudness => return None,
            Self::Attack => patch.control(AmpAttack),
            Self::Length => length_s(patch),
            // An LFO that takes longer than a note moves nothing that one hears.
            Self::Movement if within(0.1, 60.0) => to_filter.max(to_amplitude).max((4.0 * to_pitch).min(1.0)),
            Self::Wobble if within(0.7, 12.0) => to_filter.max(0.7 * to_amplitude),
            Self::Tremolo if within(1.5, 16.0) => to_amplitude,
            // A wider one is a siren.
            Self::Vibrato if within(2.5, 12.0) && to_pitch < 0.2 => 5.0 * to_pitch,
            Self::Movement | Self::Wobble | Self::Tremolo | Self::Vibrato => 0.0,
            Self::Noise => noise_share(patch),
            Self::Sync => f32::from(patch.get(Osc2Sync) >= 1.0 && mix > -0.8),
            Self::Metal => patch.get(OscMixMode),
            Self::Resonance if is_filtering => patch.get(FilterResonance),
            Self::Resonance => 0.0,
            Self::Detune => patch.get(Osc2Detune).abs() * (1.0 - mix.abs()),
            Self::Distortion => patch.get(DistortionCrunch),
            Self::Glide => patch.get(PortamentoTime),
        };
        Some(value)
    }
}

/// How long a key sounds that is held for [`HELD_S`], in seconds: an estimate from the amplifier's envelope.
fn length_s(patch: &Patch) -> f32 {
    let [attack_s, decay_s, release_s] = [AmpAttack, AmpDecay, AmpRelease].map(|time| patch.control(time));
    if patch.get(AmpSustain) >= AUDIBLE_SUSTAIN {
        return HELD_S + release_s;
    }
    let struck_s = attack_s + decay_s;
    if struck_s <= HELD_S { struck_s } else { HELD_S + release_s.min(struck_s - HELD_S) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measured_properties_are_the_layers_of_the_known_presets() {
        let layers: Vec<&str> = Property::ALL.into_iter().filter_map(Property::layer).collect();
        assert_eq!(layers, plane::preset_layers::LAYERS);
        for (number, property) in Property::ALL.into_iter().enumerate() {
            assert_eq!(property as usize, number);
            assert_eq!(property.of_patch(&Patch::default()).is_none(), property.layer().is_some());
        }
    }

    #[test]
    fn a_struck_sound_is_shorter_than_a_held_one() {
        let length = |sustain: f32, decay: f32| {
            let mut patch = Patch::default();
            patch.set(AmpSustain, sustain);
            patch.set(AmpDecay, decay);
            Property::Length.of_patch(&patch).unwrap()
        };
        assert!(length(0.0, 0.5) < 0.2 && length(0.0, 1.2) > 1.5 && length(0.5, 0.5) >= HELD_S);
    }

    #[test]
    fn an_lfo_that_stands_still_moves_nothing() {
        let mut patch = Patch::default();
        patch.set(FilterModAmount, 1.0);
        assert_eq!(Property::Wobble.of_patch(&patch), Some(0.0));
        patch.set(LfoFreq, 2.0);
        assert_eq!(Property::Wobble.of_patch(&patch), Some(1.0));
    }
}
