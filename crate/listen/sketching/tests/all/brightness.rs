//! Promise: a voice that brightens and darkens several times in one note does so in its sketch, which one envelope
//! cannot. So does its MIDI file.

use std::f32::consts::TAU;

use matching::Target;
use midly::{MidiMessage, Smf, TrackEventKind};
use patch::Patch;
use sketching::{ContourMeter, MidiTrack, SketchSearch, SketchSettings, VoiceAnalysis, write_performance};
use statistics::rank_correlation;

/// A tone of 220 Hz, two seconds, whose harmonics fall off by a power between 1 and 3 that changes three times a
/// second.
fn humming() -> Vec<f32> {
    let sample = |n: usize| {
        let seconds = n as f32 / 44_100.0;
        let power = 2.0 + (TAU * 1.5 * seconds).sin();
        let tone: f32 =
            (1..=20).map(|k| (TAU * 220.0 * k as f32 * seconds).sin() / (k as f32).powf(power)).sum();
        0.2 * tone * (seconds / 0.1).min(1.0) * ((2.0 - seconds) / 0.1).clamp(0.0, 1.0)
    };
    (0..88_200).map(sample).collect()
}

#[test]
fn a_sketch_brightens_and_darkens_as_often_as_its_voice() {
    let samples = humming();
    let recording = Target::new(&[&samples], 44_100).unwrap();
    let voice = VoiceAnalysis::new(&recording).unwrap();
    let settings = SketchSettings { refine_renders: 100, ..SketchSettings::default() };
    let begun = || {
        let mut search = SketchSearch::new(&recording, voice.clone(), settings).unwrap();
        search.refine(&Patch::default());
        search
    };
    let mut search = begun();
    while !search.candidates().is_empty() {
        let patches = search.candidates().to_vec();
        let losses = search.losses(&patches);
        search.record(&losses);
    }
    let (patch, loss) = search.best().unwrap();
    let without_contours = begun().losses(&[patch])[0];
    assert!(loss < 0.8 * without_contours, "half-way nothing follows: {loss} of {without_contours}");
    let found = search.finish(&patch);
    let own = ContourMeter::new().measure(&found.performance.render(&found.patch)).brightness;
    let frames = 20..180;
    let likeness = rank_correlation(&voice.contours.brightness[frames.clone()], &own[frames]);
    assert!(likeness > 0.9, "{likeness}");
    let midi = write_performance(&found.performance, MidiTrack { name: "hum", bpm: 112.0 });
    let is_cutoff = |kind: &TrackEventKind| matches!(kind, TrackEventKind::Midi { message: MidiMessage::Controller { controller, .. }, .. } if controller.as_int() == 74);
    let cutoffs = Smf::parse(&midi).unwrap().tracks[0].iter().filter(|event| is_cutoff(&event.kind)).count();
    assert!(cutoffs > 20, "{cutoffs} changes of the cutoff");
}
