//! Promise: the decided performance plays a glide with a vibrato again: in tune, with the vibrato by the LFO.

use std::f32::consts::TAU;

use matching::Target;
use patch::Parameter;
use sketching::{ContourMeter, Decisions, VoiceAnalysis, track_pitch};

#[test]
fn the_vibrato_of_the_patch_is_as_deep_as_the_voices() {
    let mut phase = 0.0_f32;
    let sample = |n: usize| {
        let seconds = n as f32 / 44_100.0;
        let key = 57.0 + 7.0 * ((seconds - 0.5) / 0.4).clamp(0.0, 1.0) + 0.4 * (TAU * 5.5 * seconds).sin();
        phase += 440.0 * ((key - 69.0) / 12.0).exp2() / 44_100.0;
        0.2 * (1..=8).map(|k| (TAU * k as f32 * phase).sin() / k as f32).sum::<f32>()
            * (seconds / 0.05).min(1.0)
    };
    let hum: Vec<f32> = (0..2 * 44_100).map(sample).collect();
    let recording = Target::new(&[&hum], 44_100).unwrap();
    let voice = VoiceAnalysis::new(&recording).unwrap();
    assert!(voice.vibrato.is_some());
    let Decisions { patch, performance, .. } = Decisions::new(&voice, 2.0);
    assert!(patch.get(Parameter::LfoFreq) > 0.0);
    let sound = performance.render(&patch);
    let found = track_pitch(&sound, &ContourMeter::new().measure(&sound).loud(36.0)).keys;
    let voiced: Vec<(f32, Option<f32>)> =
        voice.track.keys.iter().zip(found).filter_map(|(wanted, found)| Some(((*wanted)?, found))).collect();
    let tuned =
        voiced.iter().filter(|(wanted, found)| found.is_some_and(|found| (found - wanted).abs() < 0.2));
    let share = tuned.count() as f32 / voiced.len() as f32;
    assert!(share > 0.9, "{share}");
}
