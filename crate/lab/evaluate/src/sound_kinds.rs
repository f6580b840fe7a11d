//! Random patches of three kinds: plain ones (one oscillator, few settings), usual ones (two oscillators, an envelope
//! of the filter, one modulation or a reverb) and wild ones (nearly every parameter random). The ranges and shares were
//! read off twelve patches of each kind by which the search was developed; another generator made those.

use patch::{Parameter, Patch};
use rand::{Rng, RngExt};

/// A kind of sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundKind {
    /// One oscillator, an envelope, a filter that stands still.
    Plain,
    /// Two oscillators, a low-pass filter with an envelope, one of vibrato, tremolo, moving filter and reverb.
    Usual,
    /// Nearly every parameter is random.
    Wild,
}

impl SoundKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Usual, Self::Wild];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Usual => "usual",
            Self::Wild => "wild",
        }
    }

    /// A patch of this kind at amSynth's usual volume.
    pub fn patch(self, random: &mut impl Rng) -> Patch {
        let mut patch = Patch::default();
        for &(parameter, value) in STILL {
            patch.set(parameter, value);
        }
        let tables = match self {
            Self::Plain => [AMPLIFIER, PLAIN],
            Self::Usual => [AMPLIFIER, USUAL],
            Self::Wild => [AMPLIFIER, WILD],
        };
        for (parameter, distribution) in tables.into_iter().flatten() {
            patch.set(*parameter, distribution.draw(random));
        }
        match self {
            Self::Plain => {}
            Self::Usual => {
                let extras = USUAL_EXTRAS[random.random_range(0..USUAL_EXTRAS.len())];
                for (parameter, distribution) in extras {
                    patch.set(*parameter, distribution.draw(random));
                }
            }
            // Most wild sounds begin at once.
            Self::Wild => patch.set(Parameter::AmpAttack, WILD_ATTACK.draw(random)),
        }
        patch
    }
}

/// The distribution of a stored value.
#[derive(Clone, Copy, Debug)]
enum Distribution {
    /// Evenly between two values.
    Even(f32, f32),
    /// Evenly between the logarithms of two values.
    Ratio(f32, f32),
    /// One of these.
    OneOf(&'static [f32]),
    /// The first value with a share, otherwise evenly between two others.
    Or(f32, f32, [f32; 2]),
    /// The first value with a share, otherwise evenly between the logarithms of two others.
    OrRatio(f32, f32, [f32; 2]),
}

impl Distribution {
    fn draw(self, random: &mut impl Rng) -> f32 {
        match self {
            Self::Even(low, high) => random.random_range(low..=high),
            Self::Ratio(low, high) => low * (high / low).powf(random.random_range(0.0..=1.0)),
            Self::OneOf(values) => values[random.random_range(0..values.len())],
            Self::Or(value, share, ends) => or(random, (value, share), Even(ends[0], ends[1])),
            Self::OrRatio(value, share, ends) => or(random, (value, share), Ratio(ends[0], ends[1])),
        }
    }
}

/// A value with a share, otherwise one of a distribution.
fn or(random: &mut impl Rng, (value, share): (f32, f32), otherwise: Distribution) -> f32 {
    if random.random_range(0.0..1.0) < share { value } else { otherwise.draw(random) }
}

use Distribution::{Even, OneOf, Or, OrRatio, Ratio};

/// The values of parameters that a kind leaves alone, where they differ from amSynth's default.
const STILL: &[(Parameter, f32)] = &[
    (Parameter::OscMix, -1.0),
    (Parameter::Osc2Pulsewidth, 0.5),
    (Parameter::FilterDecay, 0.6),
    (Parameter::FilterRelease, 0.4),
    (Parameter::MasterVol, 0.5),
];

/// The envelope of the amplifier.
const AMPLIFIER: &[(Parameter, Distribution)] = &[
    (Parameter::AmpAttack, Or(0.02, 0.5, [0.02, 0.7])),
    (Parameter::AmpDecay, Even(0.3, 1.2)),
    (Parameter::AmpSustain, Or(1.0, 0.3, [0.1, 0.9])),
    (Parameter::AmpRelease, Even(0.1, 1.0)),
];

const WILD_ATTACK: Distribution = Or(0.02, 0.8, [0.02, 0.7]);

const PLAIN: &[(Parameter, Distribution)] = &[
    (Parameter::Osc1Waveform, OneOf(&[0.0, 1.0, 2.0, 3.0])),
    (Parameter::Osc1Pulsewidth, Even(0.1, 0.9)),
    (Parameter::FilterType, OneOf(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0])),
    (Parameter::FilterCutoff, OrRatio(1.5, 0.33, [0.15, 1.2])),
    (Parameter::FilterResonance, Or(0.0, 0.35, [0.1, 0.7])),
];

const USUAL: &[(Parameter, Distribution)] = &[
    (Parameter::Osc1Waveform, OneOf(&[0.0, 1.0, 1.0, 2.0])),
    (Parameter::Osc2Waveform, OneOf(&[0.0, 1.0, 2.0, 3.0])),
    (Parameter::Osc1Pulsewidth, Even(0.2, 0.9)),
    (Parameter::Osc2Pulsewidth, Even(0.2, 0.9)),
    (Parameter::OscMix, Even(-0.7, 0.6)),
    (Parameter::Osc2Range, OneOf(&[-1.0, 0.0, 0.0, 0.0, 1.0])),
    (Parameter::Osc2Detune, Even(-0.15, 0.15)),
    (Parameter::FilterCutoff, Even(0.05, 0.8)),
    (Parameter::FilterResonance, Or(0.0, 0.6, [0.3, 0.7])),
    (Parameter::FilterEnvAmount, Even(0.0, 7.0)),
    (Parameter::FilterAttack, Even(0.0, 0.5)),
    (Parameter::FilterDecay, Even(0.3, 1.2)),
    (Parameter::FilterSustain, Even(0.0, 1.0)),
    (Parameter::LfoFreq, Even(1.5, 4.5)),
];

const VIBRATO: &[(Parameter, Distribution)] = &[(Parameter::FreqModAmount, Ratio(0.03, 0.2))];
const TREMOLO: &[(Parameter, Distribution)] = &[(Parameter::AmpModAmount, Even(-0.9, -0.2))];
const MOVING_FILTER: &[(Parameter, Distribution)] = &[(Parameter::FilterModAmount, Even(-0.9, -0.2))];
const REVERB: &[(Parameter, Distribution)] = &[
    (Parameter::ReverbWet, Even(0.2, 0.7)),
    (Parameter::ReverbRoomsize, Even(0.3, 0.8)),
    (Parameter::ReverbDamp, Even(0.1, 0.9)),
];

/// One of them is added to a usual sound; as often as in the twelve.
const USUAL_EXTRAS: [&[(Parameter, Distribution)]; 12] = [
    VIBRATO,
    VIBRATO,
    VIBRATO,
    VIBRATO,
    VIBRATO,
    TREMOLO,
    MOVING_FILTER,
    REVERB,
    REVERB,
    REVERB,
    REVERB,
    REVERB,
];

const WILD: &[(Parameter, Distribution)] = &[
    (Parameter::Osc1Waveform, OneOf(&[0.0, 1.0, 2.0, 3.0, 4.0])),
    (Parameter::Osc2Waveform, OneOf(&[0.0, 1.0, 2.0, 3.0, 4.0])),
    (Parameter::Osc1Pulsewidth, Even(0.0, 0.8)),
    (Parameter::Osc2Pulsewidth, Even(0.1, 0.85)),
    (Parameter::OscMix, Even(-0.7, 0.4)),
    (Parameter::Osc2Range, OneOf(&[-1.0, 0.0, 1.0])),
    (Parameter::Osc2Pitch, OneOf(&[-12.0, 0.0, 0.0, 5.0, 12.0])),
    (Parameter::Osc2Detune, Even(-0.15, 0.15)),
    (Parameter::Osc2Sync, OneOf(&[0.0, 1.0, 1.0, 1.0])),
    (Parameter::OscMixMode, Or(0.0, 0.5, [0.05, 0.8])),
    (Parameter::FilterType, OneOf(&[0.0, 0.0, 1.0, 2.0, 3.0, 4.0])),
    (Parameter::FilterCutoff, Even(0.0, 0.6)),
    (Parameter::FilterResonance, Even(0.2, 0.75)),
    (Parameter::FilterEnvAmount, Even(-6.0, 14.0)),
    (Parameter::FilterAttack, Even(0.0, 0.45)),
    (Parameter::FilterDecay, Even(0.4, 1.2)),
    (Parameter::FilterSustain, Even(0.0, 0.85)),
    (Parameter::LfoFreq, Even(1.5, 6.5)),
    (Parameter::LfoWaveform, OneOf(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])),
    (Parameter::FreqModAmount, Or(0.0, 0.55, [0.2, 0.5])),
    (Parameter::FilterModAmount, Or(-1.0, 0.5, [-0.95, 0.5])),
    (Parameter::AmpModAmount, Or(-1.0, 0.45, [-1.0, 1.0])),
    (Parameter::ReverbWet, Or(0.0, 0.65, [0.02, 0.8])),
    (Parameter::ReverbRoomsize, Even(0.0, 1.0)),
    (Parameter::ReverbDamp, Or(0.0, 0.55, [0.0, 1.0])),
    (Parameter::DistortionCrunch, Or(0.0, 0.55, [0.05, 0.6])),
];

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    const COUNT: usize = 200;

    fn patches(kind: SoundKind) -> Vec<Patch> {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        (0..COUNT).map(|_| kind.patch(&mut random)).collect()
    }

    /// The share of patches in which a parameter does not have this value.
    fn share_without(patches: &[Patch], parameter: Parameter, value: f32) -> f64 {
        let without = patches.iter().filter(|patch| patch.get(parameter) != value).count();
        without as f64 / patches.len() as f64
    }

    #[test]
    fn a_plain_patch_has_one_oscillator_and_nothing_that_moves_but_its_envelope() {
        let plain = patches(SoundKind::Plain);
        for (parameter, value) in [
            (Parameter::OscMix, -1.0),
            (Parameter::FilterEnvAmount, 0.0),
            (Parameter::FreqModAmount, 0.0),
            (Parameter::AmpModAmount, -1.0),
            (Parameter::FilterModAmount, -1.0),
            (Parameter::ReverbWet, 0.0),
            (Parameter::DistortionCrunch, 0.0),
        ] {
            assert_eq!(share_without(&plain, parameter, value), 0.0, "{parameter:?}");
        }
        assert!(share_without(&plain, Parameter::Osc1Waveform, 3.0) < 0.9, "some are noises");
    }

    #[test]
    fn a_usual_patch_has_one_modulation_or_a_reverb() {
        let usual = patches(SoundKind::Usual);
        for patch in &usual {
            let extras = [
                patch.get(Parameter::FreqModAmount) != 0.0,
                patch.get(Parameter::AmpModAmount) != -1.0,
                patch.get(Parameter::FilterModAmount) != -1.0,
                patch.get(Parameter::ReverbWet) != 0.0,
            ];
            assert_eq!(extras.iter().filter(|has| **has).count(), 1, "{patch:?}");
        }
        assert_eq!(share_without(&usual, Parameter::OscMix, -1.0), 1.0);
        assert!(share_without(&usual, Parameter::FilterEnvAmount, 0.0) > 0.95);
    }

    #[test]
    fn wild_patches_use_what_the_others_do_not() {
        let wild = patches(SoundKind::Wild);
        for parameter in [
            Parameter::OscMixMode,
            Parameter::DistortionCrunch,
            Parameter::FreqModAmount,
            Parameter::Osc2Sync,
            Parameter::LfoWaveform,
        ] {
            let share = share_without(&wild, parameter, 0.0);
            assert!((0.3..1.0).contains(&share), "{parameter:?}: {share}");
        }
    }

    #[test]
    fn half_of_the_filtered_plain_sounds_are_dull() {
        let plain = patches(SoundKind::Plain);
        let cutoffs: Vec<f32> = plain.iter().map(|patch| patch.get(Parameter::FilterCutoff)).collect();
        let share = |is_so: &dyn Fn(f32) -> bool| {
            cutoffs.iter().filter(|&&own| is_so(own)).count() as f64 / COUNT as f64
        };
        assert!((0.25..0.42).contains(&share(&|own| own == 1.5)), "a third have an open filter");
        assert!((0.27..0.41).contains(&share(&|own| own < 0.42)), "a third are below the geometric mean");
    }

    #[test]
    fn half_of_the_sounds_begin_at_once_and_most_of_the_wild_ones() {
        let at_once = |kind| 1.0 - share_without(&patches(kind), Parameter::AmpAttack, 0.02);
        let [plain, usual, wild] = SoundKind::ALL.map(at_once);
        assert!((0.4..0.6).contains(&plain) && (0.4..0.6).contains(&usual), "{plain} {usual}");
        assert!((0.7..0.9).contains(&wild), "{wild}");
    }
}
