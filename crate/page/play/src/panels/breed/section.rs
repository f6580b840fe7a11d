//! The four sections of a sound that are bred. Volume, loudness and playing belong to none, so that they never change.

use patch::{Display, Group, Parameter};

/// The number of sections.
pub const SECTION_COUNT: usize = 4;

/// A section, in the order of the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BreedSection {
    /// Both oscillators.
    Oscillators,
    /// The filter.
    Filter,
    /// The envelopes of filter and amplifier.
    Envelopes,
    /// The LFO and the effects.
    Effects,
}

impl BreedSection {
    /// All sections in order.
    pub const ALL: [Self; SECTION_COUNT] = [Self::Oscillators, Self::Filter, Self::Envelopes, Self::Effects];

    /// The section of a parameter; none for one that never changes.
    pub fn of(parameter: Parameter) -> Option<Self> {
        match parameter.info().group {
            Group::Oscillators => Some(Self::Oscillators),
            Group::Filter => Some(Self::Filter),
            Group::FilterEnvelope | Group::AmplifierEnvelope => Some(Self::Envelopes),
            Group::Lfo | Group::Effects => Some(Self::Effects),
            Group::Amplifier | Group::Playing => None,
        }
    }

    /// Its parameters.
    pub fn parameters(self) -> impl Iterator<Item = Parameter> {
        Parameter::ALL.into_iter().filter(move |&parameter| Self::of(parameter) == Some(self))
    }
}

/// True if the values of a parameter are choices of a list, such as waveforms.
pub(super) fn is_choice(parameter: Parameter) -> bool {
    matches!(parameter.info().display, Display::Choice(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sections_have_the_parameters_that_the_design_counts() {
        let counts = BreedSection::ALL.map(|section| section.parameters().count());
        assert_eq!(counts, [10, 7, 8, 11]);
        for parameter in
            [Parameter::MasterVol, Parameter::AmpVelSens, Parameter::KeyboardMode, Parameter::PortamentoTime]
        {
            assert_eq!(BreedSection::of(parameter), None, "{parameter:?}");
        }
    }
}
