//! Decides from an analysed voice, before any patch is heard: the performance, both envelopes, vibrato and noise,
//! and the limits of a search for the rest.

use matching::space::set_control;
use matching::{Kept, MatchSettings};
use patch::{Parameter, Patch};
use std::f32::consts::TAU;

use crate::analysis::VoiceAnalysis;
use crate::contours::{HOP_S, smoothed};
use crate::envelope_fit::{FittedEnvelope, fit_curve, fit_levels};
use crate::notes::SketchedNote;
use crate::performance::SketchPerformance;
use crate::voice_judge::BRIGHT_DB;

/// The envelope of the amplifier.
const AMPLIFIER: [Parameter; 4] =
    [Parameter::AmpAttack, Parameter::AmpDecay, Parameter::AmpSustain, Parameter::AmpRelease];
/// The envelope of the filter.
const FILTER: [Parameter; 4] =
    [Parameter::FilterAttack, Parameter::FilterDecay, Parameter::FilterSustain, Parameter::FilterRelease];

/// Velocity of the loudest note; higher ones are left for the refinement.
const LOUDEST_VELOCITY: f32 = 110.0;
/// Legato notes overlap by this, in seconds.
const OVERLAP_S: f32 = 0.005;
/// More noise than this is a breathy voice, which a second oscillator plays.
const BREATHY: f32 = 0.15;
/// The distance of a low-pass filter's cutoff above the centroid, in octaves: about this for a saw.
const ABOVE_CENTROID: f32 = 0.7;
/// The distance that the search may move the cutoff from there, stored: ±2.4 octaves.
const CUTOFF_FREEDOM: f32 = 0.6;
/// The greatest mix of noise, stored: a third of the amplitude.
const MOST_NOISE: f32 = -0.35;
/// amSynth's waveform of noise.
const NOISE: f32 = 3.0;
/// amSynth's keyboard mode in which a key that is pressed while another one is held only changes the pitch.
const LEGATO: f32 = 2.0;

/// The decisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Decisions {
    /// amSynth's default patch with the decided parameters.
    pub patch: Patch,
    /// The performance of the patch.
    pub performance: SketchPerformance,
    /// The envelope of the level.
    pub level: FittedEnvelope,
    /// The envelope of the brightness, in octaves.
    pub brightness: FittedEnvelope,
    /// The least and the greatest stored value of each limited parameter.
    pub limits: Vec<(Parameter, [f32; 2])>,
}

impl Decisions {
    /// Decides for an analysed voice of this length in seconds.
    pub fn new(voice: &VoiceAnalysis, length_s: f32) -> Self {
        let groups = &voice.groups;
        // A note's contour lasts until the next one begins: its release may be heard in the pause.
        let frames = voice.contours.level.len();
        let ends: Vec<usize> = groups.iter().skip(1).map(|next| next.first).chain([frames]).collect();
        let spans: Vec<(usize, usize)> = groups.iter().map(|group| group.first).zip(ends).collect();
        let levels: Vec<&[f32]> =
            spans.iter().map(|&(first, end)| &voice.contours.level[first..end]).collect();
        let mut level = fit_levels(&levels);
        for (held_s, group) in level.held_s.iter_mut().zip(groups) {
            let last_note = group.notes.last().map_or(0, |note| note.0 - group.first);
            *held_s = held_s.max(last_note as f32 * HOP_S + 0.03);
        }
        let smooth = smoothed(&voice.contours.brightness, 2);
        let weights: Vec<f32> =
            voice.contours.loud(BRIGHT_DB).into_iter().map(|loud| f32::from(u8::from(loud))).collect();
        let of = |values: &[f32]| -> Vec<Vec<f32>> {
            spans.iter().map(|&(first, end)| values[first..end].to_vec()).collect()
        };
        let (curves, weights) = (of(&smooth), of(&weights));
        let brightness = fit_curve(&slices(&curves), &slices(&weights), &level.held_s);
        let has_vibrato = voice.vibrato.filter(|_| groups.len() == 1);
        let performance = performance(voice, &level, has_vibrato.is_some(), length_s);
        let mut decisions =
            Self { patch: Patch::default(), performance, level, brightness, limits: Vec::new() };
        decisions.decide_playing(voice);
        decisions.decide_envelopes(voice);
        decisions.decide_noise(voice);
        decisions
    }

    /// The settings of a search within the limits.
    pub fn match_settings(&self, seed: u64, renders: u32) -> MatchSettings {
        let kept = Kept { pitch: true, envelope: true, timbre: false };
        MatchSettings { seed, renders, kept: (kept, self.patch), limits: self.limits.clone() }
    }

    /// Decides the value of a parameter otherwise: a person has locked it.
    pub fn hold(&mut self, parameter: Parameter, value: f32) {
        self.limits.retain(|(limited, _)| *limited != parameter);
        self.fix(parameter, value);
    }

    /// True if the parameter has one value only.
    pub fn is_fixed(&self, parameter: Parameter) -> bool {
        self.limits.iter().any(|(limited, [least, greatest])| *limited == parameter && least == greatest)
    }

    fn fix(&mut self, parameter: Parameter, value: f32) {
        self.patch.set(parameter, value);
        let value = self.patch.get(parameter);
        self.limits.push((parameter, [value; 2]));
    }

    fn fix_control(&mut self, parameter: Parameter, control: f32) {
        let value = parameter.info().law.value(control);
        self.fix(parameter, value);
    }

    fn decide_playing(&mut self, voice: &VoiceAnalysis) {
        let is_legato = voice.groups.iter().any(|group| group.notes.len() > 1);
        self.fix(Parameter::KeyboardMode, if is_legato { LEGATO } else { 0.0 });
        self.fix(Parameter::AmpVelSens, 1.0);
        self.fix(Parameter::FilterVelSens, 0.0);
        self.fix(Parameter::FilterKbdTrack, 1.0);
        // The level and the brightness have their envelopes; a tremolo or a tail would blur them.
        for parameter in [Parameter::FilterModAmount, Parameter::AmpModAmount, Parameter::ReverbWet] {
            self.fix(parameter, parameter.info().min);
        }
        // Ring modulation moves the pitch.
        self.fix(Parameter::OscMixMode, 0.0);
        self.limits.push((Parameter::DistortionCrunch, [0.0, 0.6]));
        let vibrato = voice.vibrato.filter(|_| voice.groups.len() == 1);
        self.fix_control(Parameter::LfoFreq, vibrato.map_or(0.0, |vibrato| vibrato.rate_hz));
        self.fix(Parameter::LfoWaveform, 0.0);
        let depth = vibrato.map_or(0.0, |vibrato| (vibrato.depth_cents / 1200.0).exp2() - 1.0);
        // amSynth takes the values −1…1 of the parameter as a depth of 0…1.
        self.fix_control(Parameter::FreqModAmount, 2.0 * depth - 1.0);
        self.fix(Parameter::FreqModOsc, 0.0);
    }

    fn decide_envelopes(&mut self, voice: &VoiceAnalysis) {
        self.level.shape.set(&mut self.patch, AMPLIFIER);
        let FittedEnvelope { shape, ref gains, constant, .. } = self.brightness;
        shape.set(&mut self.patch, FILTER);
        let octaves = gains.first().copied().unwrap_or(0.0).clamp(-4.0, 4.0);
        let key = voice.longest().notes.first().map_or(60, |note| note.1);
        let pitch_hz = 440.0 * ((f32::from(key) - 69.0) / 12.0).exp2();
        let cutoff_hz = (constant + ABOVE_CENTROID).exp2();
        let amount = if octaves > 0.0 {
            cutoff_hz * (octaves.exp2() - 1.0) / pitch_hz
        } else {
            -16.0 * (1.0 - octaves.exp2())
        };
        set_control(&mut self.patch, Parameter::FilterCutoff, cutoff_hz / pitch_hz);
        set_control(&mut self.patch, Parameter::FilterEnvAmount, amount);
        self.fix(Parameter::FilterType, 0.0);
        let cutoff = self.patch.get(Parameter::FilterCutoff);
        self.limits.push((Parameter::FilterCutoff, [cutoff - CUTOFF_FREEDOM, cutoff + CUTOFF_FREEDOM]));
    }

    fn decide_noise(&mut self, voice: &VoiceAnalysis) {
        self.limits.push((Parameter::Osc1Waveform, [0.0, NOISE - 1.0]));
        if voice.noise_share < BREATHY {
            self.limits.push((Parameter::Osc2Waveform, [0.0, NOISE - 1.0]));
            return;
        }
        self.fix(Parameter::Osc2Waveform, NOISE);
        let ratio = (voice.noise_share / (1.0 - voice.noise_share).max(0.01)).sqrt();
        let mix = (ratio - 1.0) / (ratio + 1.0);
        self.patch.set(Parameter::OscMix, mix);
        // With more noise the pitch is lost.
        self.limits.push((Parameter::OscMix, [Parameter::OscMix.info().min, mix.min(MOST_NOISE)]));
    }
}

fn slices(parts: &[Vec<f32>]) -> Vec<&[f32]> {
    parts.iter().map(Vec::as_slice).collect()
}

/// The notes with their bends; the patch's vibrato is removed from the bends.
fn performance(
    voice: &VoiceAnalysis,
    level: &FittedEnvelope,
    has_vibrato: bool,
    length_s: f32,
) -> SketchPerformance {
    let loudest = level.gains.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let keys = voice.track.filled(60.0);
    let mut bend_cents = vec![0.0; keys.len()];
    let mut notes = Vec::new();
    for (number, group) in voice.groups.iter().enumerate() {
        let velocity = (LOUDEST_VELOCITY * level.gains[number] / loudest).round().clamp(1.0, 127.0) as u8;
        let start_s = |at: usize| at as f32 * HOP_S;
        let released_s = start_s(group.first) + level.held_s[number];
        for (at, &(first, key)) in group.notes.iter().enumerate() {
            let next = group.notes.get(at + 1).map(|next| next.0);
            let end_s = next.map_or(released_s, |next| start_s(next) + OVERLAP_S);
            notes.push(SketchedNote { start_s: start_s(first), end_s, key, velocity });
            let last = next.unwrap_or(group.end);
            for frame in first..last {
                let vibrato = voice.vibrato.filter(|_| has_vibrato).map_or(0.0, |vibrato| {
                    let seconds = (frame - group.first) as f32 * HOP_S;
                    let depth = (vibrato.depth_cents / 1200.0).exp2() - 1.0;
                    1200.0 * (1.0 + depth * (TAU * vibrato.rate_hz * seconds).sin()).log2()
                });
                bend_cents[frame] = 100.0 * (keys[frame] - f32::from(key)) - vibrato;
            }
        }
        // The wheel keeps its position in the pause.
        let held = bend_cents[group.end - 1];
        bend_cents[group.end..].fill(held);
        if number == 0 {
            let first = bend_cents[group.first];
            bend_cents[..group.first].fill(first);
        }
    }
    SketchPerformance { notes, bend_cents, length_s, ..SketchPerformance::default() }
}
