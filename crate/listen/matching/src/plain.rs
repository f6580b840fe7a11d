//! Plain patches: one oscillator, one filter that stands still, and the target's own envelope. A search also starts
//! from them, because known presets are seldom plain.

use patch::{Parameter, Patch};

use crate::envelope::LevelEnvelope;
use crate::note::TargetNote;

/// The waveforms of the first oscillator.
const WAVEFORMS: [f32; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];
/// Stored values of the filter's cutoff: 64, 8 and 2 times the key's frequency.
const CUTOFFS: [f32; 3] = [1.5, 0.75, 0.25];

/// The waveform of a pulse, and its widths beside the one that all plain patches have. Partials vanish at some widths, so
/// that a descent does not lead from each width to each other.
const PULSE: f32 = 1.0;
const PULSE_WIDTHS: [f32; 4] = [0.1, 0.5, 0.7, 0.85];

/// The greatest velocity of MIDI.
const MAX_VELOCITY: u8 = 127;
/// Semitones of the cutoff above the key for a stored unit.
const SEMITONES_PER_UNIT: f32 = 48.0;
/// Waveforms and resonances of patches whose filter rings.
const RINGING: [(f32, f32); 4] = [(2.0, 0.8), (2.0, 0.95), (PULSE, 0.8), (PULSE, 0.95)];

/// The plain patches with an envelope: all waveforms through a low pass; a saw through other filters and pulses of other
/// widths if the target has a pitch, else noise through other filters.
pub fn plain_starts(envelope: &LevelEnvelope, has_pitch: bool) -> Vec<Patch> {
    let plain = envelope.applied(&still());
    let with = move |waveform: f32, filter: f32, cutoff: f32| {
        let mut patch = plain;
        patch.set(Parameter::Osc1Waveform, waveform);
        patch.set(Parameter::FilterType, filter);
        patch.set(Parameter::FilterCutoff, cutoff);
        patch
    };
    let grid = |waveforms: &'static [f32], filters: &'static [f32]| {
        filters.iter().flat_map(move |&filter| {
            CUTOFFS
                .iter()
                .flat_map(move |&cutoff| waveforms.iter().map(move |&waveform| (waveform, filter, cutoff)))
        })
    };
    let low_pass = grid(&WAVEFORMS, &[0.0]);
    let other = if has_pitch { grid(&[2.0], &[1.0, 2.0]) } else { grid(&[3.0], &[1.0, 2.0, 3.0]) };
    let pulses = PULSE_WIDTHS.iter().flat_map(|&width| {
        CUTOFFS[..2].iter().map(move |&cutoff| {
            let mut patch = with(PULSE, 0.0, cutoff);
            patch.set(Parameter::Osc1Pulsewidth, width);
            patch
        })
    });
    let pulses = pulses.filter(|_| has_pitch);
    low_pass
        .chain(other)
        .map(|(waveform, filter, cutoff)| with(waveform, filter, cutoff))
        .chain(pulses)
        .collect()
}

/// Plain patches with an envelope whose filter lets a partial ring that many semitones above the key. The velocity is
/// that of all notes of a search, by which amSynth lowers the cutoff.
pub fn ringing_starts(envelope: &LevelEnvelope, semitones: f32) -> Vec<Patch> {
    let lowered = 12.0 * (f32::from(MAX_VELOCITY) / f32::from(TargetNote::TEST.velocity)).log2();
    let with = |(waveform, resonance): (f32, f32)| {
        let mut patch = envelope.applied(&still());
        patch.set(Parameter::Osc1Waveform, waveform);
        patch.set(Parameter::FilterCutoff, (semitones + lowered) / SEMITONES_PER_UNIT);
        patch.set(Parameter::FilterResonance, resonance);
        patch
    };
    RINGING.into_iter().map(with).collect()
}

/// One oscillator and nothing that moves.
fn still() -> Patch {
    let mut patch = Patch::default();
    for (parameter, value) in [
        (Parameter::OscMix, -1.0),
        (Parameter::OscMixMode, 0.0),
        (Parameter::Osc1Pulsewidth, 0.3),
        (Parameter::FreqModAmount, 0.0),
        (Parameter::FilterModAmount, -1.0),
        (Parameter::AmpModAmount, -1.0),
        (Parameter::FilterEnvAmount, 0.0),
        (Parameter::FilterResonance, 0.0),
        (Parameter::FilterType, 0.0),
        (Parameter::ReverbWet, 0.0),
        (Parameter::DistortionCrunch, 0.0),
        (Parameter::Osc2Sync, 0.0),
    ] {
        patch.set(parameter, value);
    }
    patch
}
