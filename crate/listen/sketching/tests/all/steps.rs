//! Promise: the search of a sketch finds the same patch with one worker or several.

use std::f32::consts::TAU;

use matching::Target;
use patch::{Parameter, Patch};
use sketching::{SketchSearch, SketchSettings, VoiceAnalysis};

/// A tone of five harmonics with a swell, half a second.
fn hum() -> Vec<f32> {
    let sample = |n: usize| {
        let seconds = n as f32 / 44_100.0;
        let tone: f32 = (1..=5).map(|k| (TAU * 220.0 * k as f32 * seconds).sin() / k as f32).sum();
        0.2 * tone * (seconds / 0.1).min(1.0) * ((0.5 - seconds) / 0.1).clamp(0.0, 1.0)
    };
    (0..22_050).map(sample).collect()
}

fn search() -> SketchSearch {
    let recording = Target::new(&[&hum()], 44_100).unwrap();
    let voice = VoiceAnalysis::new(&recording).unwrap();
    let settings = SketchSettings { refine_renders: 49, ..SketchSettings::default() };
    let mut search = SketchSearch::new(&recording, voice, settings).unwrap();
    search.refine(&Patch::default());
    search
}

#[test]
fn two_workers_find_what_one_finds() {
    let (mut alone, mut first, mut second) = (search(), search(), search());
    let mut renders = 0;
    while !alone.candidates().is_empty() {
        let patches = alone.candidates().to_vec();
        assert_eq!(patches, first.candidates());
        let (one, other) = patches.split_at(patches.len() / 3);
        let apart = [second.losses(other), first.losses(one)];
        let losses = alone.losses(&patches);
        assert_eq!(losses, [&apart[1][..], &apart[0]].concat());
        // Each search records, since half-way the performance changes by which all of them judge.
        for search in [&mut alone, &mut first, &mut second] {
            search.record(&losses);
        }
        renders += patches.len();
    }
    assert_eq!(renders, 49);
    let (patch, loss) = alone.best().unwrap();
    assert_eq!(first.best(), Some((patch, loss)));
    assert!(loss.is_finite() && alone.finish(&patch).performance.notes.len() == 1);
}

#[test]
fn a_held_parameter_and_a_held_volume_keep_their_values() {
    let recording = Target::new(&[&hum()], 44_100).unwrap();
    let voice = VoiceAnalysis::new(&recording).unwrap();
    let settings = SketchSettings { refine_renders: 20, ..SketchSettings::default() };
    let mut search = SketchSearch::new(&recording, voice, settings).unwrap();
    // The first two are decided by the voice otherwise.
    let held = [Parameter::FilterCutoff, Parameter::AmpAttack, Parameter::Osc1Waveform, Parameter::MasterVol];
    let values = [0.25, 1.5, 1.0, 0.4];
    held.into_iter().zip(values).for_each(|(parameter, value)| search.hold(parameter, value));
    search.refine(&Patch::default());
    while !search.candidates().is_empty() {
        let patches = search.candidates().to_vec();
        for patch in &patches {
            assert_eq!(held.map(|parameter| patch.get(parameter)), values);
        }
        let losses = search.losses(&patches);
        search.record(&losses);
    }
    let (patch, _) = search.best().unwrap();
    let found = search.finish(&patch).patch;
    assert_eq!(held.map(|parameter| found.get(parameter)), values);
}
