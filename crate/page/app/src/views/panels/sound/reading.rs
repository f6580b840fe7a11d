//! The order of parameters in the panel Sound, and those that a group's line summarizes. Names, values and units are
//! the `patch` crate's.

use ::patch::Parameter::{self, *};
use ::patch::{Group, PARAMETER_COUNT, Patch};

use crate::words::Language;

/// The reading order of the parameters. `patch::Group` has the order of the groups.
const ORDER: [Parameter; PARAMETER_COUNT] = [
    Osc1Waveform,
    Osc1Pulsewidth,
    Osc2Waveform,
    Osc2Pulsewidth,
    Osc2Range,
    Osc2Pitch,
    Osc2Detune,
    Osc2Sync,
    OscMix,
    OscMixMode,
    LfoWaveform,
    LfoFreq,
    FreqModAmount,
    FreqModOsc,
    FilterModAmount,
    AmpModAmount,
    FilterType,
    FilterSlope,
    FilterCutoff,
    FilterResonance,
    FilterEnvAmount,
    FilterKbdTrack,
    FilterVelSens,
    FilterAttack,
    FilterDecay,
    FilterSustain,
    FilterRelease,
    MasterVol,
    AmpVelSens,
    AmpAttack,
    AmpDecay,
    AmpSustain,
    AmpRelease,
    DistortionCrunch,
    ReverbWet,
    ReverbRoomsize,
    ReverbDamp,
    ReverbWidth,
    KeyboardMode,
    PortamentoTime,
    PortamentoMode,
];

/// The parameters of a group in reading order.
pub fn members(group: Group) -> impl Iterator<Item = Parameter> {
    ORDER.into_iter().filter(move |parameter| parameter.info().group == group)
}

/// The parameters that a group's line shows.
fn summarized(group: Group) -> &'static [Parameter] {
    match group {
        Group::Oscillators => &[Osc1Waveform, Osc2Waveform, Osc2Pitch],
        Group::Lfo => &[LfoWaveform, LfoFreq],
        Group::Filter => &[FilterType, FilterCutoff],
        Group::FilterEnvelope => &[FilterAttack, FilterDecay, FilterSustain, FilterRelease],
        Group::Amplifier => &[MasterVol],
        Group::AmplifierEnvelope => &[AmpAttack, AmpDecay, AmpSustain, AmpRelease],
        Group::Effects => &[DistortionCrunch, ReverbWet],
        Group::Playing => &[KeyboardMode, PortamentoTime],
    }
}

/// A group in one line: its most telling values.
pub fn summary(group: Group, patch: &Patch, language: &Language) -> String {
    let texts = summarized(group).iter().map(|&parameter| {
        let text = language.stored(parameter, patch.get(parameter));
        match parameter {
            // Name these fractions, whose numbers alone look alike.
            DistortionCrunch | ReverbWet | MasterVol => {
                format!("{} {text}", language.in_sentence(parameter))
            }
            _ => text,
        }
    });
    // No line break within a value.
    texts.map(|text| text.replace(' ', "\u{a0}")).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parameters_are_shown_once_in_their_groups() {
        let mut shown: Vec<Parameter> = Group::ALL.into_iter().flat_map(members).collect();
        assert_eq!(shown.len(), PARAMETER_COUNT);
        shown.sort();
        assert_eq!(shown, Parameter::ALL);
    }

    #[test]
    fn every_group_shows_something_of_its_own() {
        for group in Group::ALL {
            assert!(summarized(group).iter().all(|parameter| parameter.info().group == group));
        }
        assert_eq!(
            summary(Group::Effects, &Patch::default(), &Language::of("en")),
            "distortion\u{a0}0\u{a0}% · reverb\u{a0}0\u{a0}%"
        );
    }
}
