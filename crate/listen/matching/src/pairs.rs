//! Usual patches that are not far from a plain one: it with a second oscillator, or with a filter that an envelope moves.
//! A search judges them after the plain patches, because a descent adds neither.

use patch::Parameter;

use crate::note::Candidate;

/// The waveforms and the octaves of the second oscillator.
const WAVEFORMS: [f32; 3] = [0.0, 1.0, 2.0];
const OCTAVES: [f32; 3] = [0.0, -1.0, 1.0];
/// A second oscillator that beats slowly, in cents.
const BEATING_CENTS: f32 = 6.0;
/// Cents of a stored unit of the detuning: 1.25 to its power.
const CENTS_PER_UNIT: f32 = 386.3;
/// By how much an envelope lets the filter rise, in multiples of the key's frequency, and by how much lower the cutoff is.
const SWEEP: f32 = 4.0;
const LOWER: f32 = 0.4;
/// Stored attack, decay and sustained level of the filter's envelope.
const SWEEPS: [[f32; 3]; 3] = [[0.0, 0.5, 0.2], [0.0, 0.9, 0.0], [0.6, 0.5, 0.3]];

/// Share and size of a reverb.
const REVERB: f32 = 0.5;

/// The patches near a plain one that is played with a bend. Two oscillators whose mean is the bent pitch may have made a
/// sound, one of them in tune.
pub fn pair_starts(plain: &Candidate) -> Vec<Candidate> {
    let is_bent = plain.bend_cents != 0.0;
    let detunings = if is_bent { [2.0 * plain.bend_cents, 0.0] } else { [BEATING_CENTS, 0.0] };
    let pair = |waveform: f32, octave: f32, cents: f32| {
        let mut patch = plain.patch;
        patch.set(Parameter::OscMix, 0.0);
        patch.set(Parameter::Osc2Waveform, waveform);
        patch.set(Parameter::Osc2Range, octave);
        patch.set(Parameter::Osc2Detune, cents / CENTS_PER_UNIT);
        let bend_cents = if cents == 0.0 { plain.bend_cents } else { 0.0 };
        Candidate { patch, bend_cents, ..*plain }
    };
    let places = [
        (OCTAVES[0], detunings[0]),
        (OCTAVES[0], detunings[1]),
        (OCTAVES[1], detunings[1]),
        (OCTAVES[2], detunings[1]),
    ];
    let pairs = WAVEFORMS
        .into_iter()
        .flat_map(move |waveform| places.map(|(octave, cents)| pair(waveform, octave, cents)));
    let swept = SWEEPS.map(|[attack, decay, sustain]| {
        let mut patch = plain.patch;
        let cutoff = (patch.get(Parameter::FilterCutoff) - LOWER).max(Parameter::FilterCutoff.info().min);
        for (parameter, value) in [
            (Parameter::FilterCutoff, cutoff),
            (Parameter::FilterEnvAmount, SWEEP),
            (Parameter::FilterAttack, attack),
            (Parameter::FilterDecay, decay),
            (Parameter::FilterSustain, sustain),
        ] {
            patch.set(parameter, value);
        }
        plain.with_patch(patch)
    });
    let mut reverberant = plain.patch;
    reverberant.set(Parameter::ReverbWet, REVERB);
    reverberant.set(Parameter::ReverbRoomsize, REVERB);
    pairs.chain(swept).chain([plain.with_patch(reverberant)]).collect()
}
