//! Searches for sounds of amSynth, with forty known presets.

use super::*;
use crate::note::render;
use crate::pitch::find_pitch;
use crate::settings::Kept;
use crate::space::{SEARCHED_STEPPED, position};
use crate::starts::START_COUNT;
use crate::testing::known_sounds;
use patch::Parameter;

const SHORT: TargetNote = TargetNote { held_s: 0.5, length_s: 1.0, ..TargetNote::TEST };

/// amSynth's default patch with other values.
fn default_with(values: &[(Parameter, f32)]) -> Patch {
    let mut patch = Patch::default();
    values.iter().for_each(|&(parameter, value)| patch.set(parameter, value));
    patch
}

/// A patch unlike the known ones: a bright pluck, and its sound.
fn pluck() -> (Patch, Target) {
    let mut patch = Patch::default();
    patch.set(Parameter::AmpDecay, 0.7);
    patch.set(Parameter::AmpSustain, 0.1);
    patch.set(Parameter::FilterCutoff, 0.9);
    patch.set(Parameter::FilterResonance, 0.5);
    (patch, Target::of_note(render(&patch, &SHORT), SHORT))
}

fn found(settings: &MatchSettings, index: u8, of: u8) -> Answer {
    let (known, presets) = known_sounds();
    let mut strand = Strand::new(&pluck().1, &known, &presets, settings, index, of);
    while strand.step() {}
    assert!((0.9 * settings.renders as f32..=settings.renders as f32).contains(&(strand.renders() as f32)));
    *strand.best()
}

#[test]
fn a_search_comes_much_nearer_than_its_start_and_repeats_itself() {
    let settings = MatchSettings { renders: 200, ..MatchSettings::default() };
    let answer = found(&settings, 0, 1);
    assert!(answer.distance < 0.5 * answer.start_distance, "{answer:?}");
    assert_eq!(found(&settings, 0, 1), answer);
    assert_ne!(found(&MatchSettings { seed: 2, ..settings }, 0, 1).patch, answer.patch);
}

#[test]
fn a_recorded_sound_is_found_in_tune() {
    // A fifth above C4 and 30 cents, which the detuned known presets have not.
    let note = TargetNote { key: 67, bend_cents: 30.0, ..SHORT };
    let sound = render(&pluck().0, &note);
    let target = Target::new(&[&sound], 44_100).unwrap();
    let (known, mut presets) = known_sounds();
    for preset in &mut presets {
        preset.set(Parameter::Osc2Detune, 0.2);
        preset.set(Parameter::OscMix, 0.9);
    }
    let settings = MatchSettings { renders: 150, ..MatchSettings::default() };
    let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
    while strand.step() {}
    let found = find_pitch(&render(&strand.best().patch, &target.note())).unwrap();
    assert!((found.keys() - 67.3).abs() < 0.1, "{found:?}");
}

#[test]
fn a_plain_pulse_with_a_long_release_is_found_in_a_file() {
    let patch = default_with(&[
        (Parameter::Osc1Waveform, 1.0),
        (Parameter::Osc1Pulsewidth, 0.39),
        (Parameter::OscMix, -1.0),
        (Parameter::FilterCutoff, 0.6),
        (Parameter::FilterResonance, 0.2),
        (Parameter::AmpRelease, 0.6),
        (Parameter::MasterVol, 0.1),
    ]);
    let note = TargetNote { held_s: 0.8, length_s: 2.0, ..TargetNote::TEST };
    let target = Target::new(&[&render(&patch, &note)], 44_100).unwrap();
    let (known, presets) = known_sounds();
    let settings = MatchSettings { renders: 500, ..MatchSettings::default() };
    let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
    while strand.step() {}
    let found = strand.best();
    // With other seeds searches end between .002 and .12, without plain starts at .6.
    assert!(found.distance < 0.2 && (found.held_s - 0.8).abs() < 0.05, "{found:?}");
    assert_eq!(found.patch.get(Parameter::Osc1Waveform), 1.0);
}

#[test]
fn strands_start_from_different_presets() {
    let settings = MatchSettings { renders: 30, ..MatchSettings::default() };
    let starts: Vec<Patch> = (0..3).map(|index| found(&settings, index, 3).start).collect();
    assert!(starts[0] != starts[1] && starts[1] != starts[2] && starts[0] != starts[2]);
}

#[test]
fn descents_begin_at_several_starts() {
    let (known, presets) = known_sounds();
    let settings = MatchSettings { renders: 450, ..MatchSettings::default() };
    let mut strand = Strand::new(&pluck().1, &known, &presets, &settings, 0, 1);
    let mut tried = Vec::new();
    while !strand.is_over() {
        let patches = strand.candidates();
        let judged = strand.judge.judge_all(&patches, strand.nearest);
        strand.record(judged);
        tried.extend(patches);
    }
    // The slopes of a descent are measured by changing one parameter at a time.
    let is_probe = |from: &Patch, patch: &Patch| {
        let [from_place, place] = [from, patch].map(position);
        let changed = from_place.iter().zip(place).filter(|(a, b)| (*a - b).abs() > 1e-4).count();
        changed == 1 && SEARCHED_STEPPED.iter().all(|&parameter| from.get(parameter) == patch.get(parameter))
    };
    let tried: Vec<Patch> = tried.into_iter().map(|candidate: Candidate| candidate.patch).collect();
    let probes = |start: &&Patch| tried.iter().filter(|patch| is_probe(start, patch)).count();
    let begun = tried[..START_COUNT].iter().filter(|start| probes(start) > 8).count();
    assert!(begun >= 3, "{begun}");
}

#[test]
fn kept_groups_stay() {
    let mut from = Patch::default();
    from.set(Parameter::AmpAttack, 1.2);
    from.set(Parameter::FilterCutoff, 0.1);
    let kept = (Kept { envelope: true, ..Kept::default() }, from);
    let answer = found(&MatchSettings { renders: 60, kept, ..MatchSettings::default() }, 0, 1);
    assert_eq!(answer.patch.get(Parameter::AmpAttack), 1.2);
    assert_ne!(answer.patch.get(Parameter::FilterCutoff), 0.1);
}

#[test]
fn limits_hold() {
    let limits = vec![(Parameter::FilterCutoff, [0.3, 0.4]), (Parameter::AmpVelSens, [0.5, 0.5])];
    let answer = found(&MatchSettings { renders: 120, limits, ..MatchSettings::default() }, 0, 1);
    assert!((0.3..=0.4).contains(&answer.patch.get(Parameter::FilterCutoff)));
    assert_eq!(answer.patch.get(Parameter::AmpVelSens), 0.5);
    assert!(answer.distance < answer.start_distance);
}

#[test]
fn without_known_presets_it_starts_from_amsynths_default_patch() {
    let (known, _) = known_sounds();
    let settings = MatchSettings { renders: 24, ..MatchSettings::default() };
    let mut strand = Strand::new(&pluck().1, &known, &[], &settings, 0, 1);
    while strand.step() {}
    assert!(strand.best().distance.is_finite());
}

/// A saw whose filter rings far above the key, as a file.
fn ringing_saw(key: u8) -> Target {
    let patch = default_with(&[
        (Parameter::Osc1Waveform, 2.0),
        (Parameter::OscMix, -1.0),
        (Parameter::FilterCutoff, 0.9),
        (Parameter::FilterResonance, 0.93),
        (Parameter::FilterEnvAmount, 0.0),
        (Parameter::MasterVol, 0.1),
    ]);
    let note = TargetNote { key, held_s: 0.8, length_s: 1.2, ..TargetNote::TEST };
    Target::new(&[&render(&patch, &note)], 44_100).unwrap()
}

#[test]
fn a_sound_whose_filter_rings_far_above_its_key_is_found_at_the_key() {
    for key in [48, 60] {
        let target = ringing_saw(key);
        assert!(find_pitch(target.samples()).unwrap().key > key + 24, "a partial is louder than all others");
        assert_eq!(target.note().key, key);
        let (known, presets) = known_sounds();
        let settings = MatchSettings { renders: 300, ..MatchSettings::default() };
        let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
        while strand.step() {}
        let found = strand.best();
        assert!(found.key == key && found.distance < 0.2 * found.start_distance, "{found:?}");
    }
}

#[test]
fn a_search_tells_the_distances_that_it_ends_with() {
    let target = ringing_saw(60);
    let (known, presets) = known_sounds();
    // The first of these has no stages.
    for renders in [40, 300] {
        let settings = MatchSettings { renders, ..MatchSettings::default() };
        let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
        while strand.step() {}
        let Answer { patch, key, held_s, bend_cents, distance, .. } = *strand.best();
        let mut judge = Judge::new(&target, &known);
        let own = judge.judge_all(&[Candidate { patch, key, held_s, bend_cents }], f32::INFINITY).remove(0);
        let own_distance = if own.is_in_tune { own.distance } else { OUT_OF_TUNE * own.distance };
        // A judged patch has another volume.
        assert!((own_distance - distance).abs() < 0.01 * distance + 1e-5, "{own_distance} {distance}");
    }
}

#[test]
fn an_answer_has_no_part_that_is_not_heard() {
    let (known, mut presets) = known_sounds();
    // Each start brings a reverb along, and an LFO that moves the filter a little.
    for preset in &mut presets {
        preset.set(Parameter::ReverbWet, 0.02);
        preset.set(Parameter::FilterModAmount, -0.99);
        preset.set(Parameter::AmpModAmount, -0.99);
    }
    let (mut patch, _) = pluck();
    patch.set(Parameter::FilterResonance, 0.0);
    let note = TargetNote { held_s: 0.5, length_s: 1.0, ..TargetNote::TEST };
    let target = Target::of_note(render(&patch, &note), note);
    let settings = MatchSettings { renders: 400, ..MatchSettings::default() };
    let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
    while strand.step() {}
    let found = strand.best();
    for (parameter, absent) in
        [(Parameter::ReverbWet, 0.0), (Parameter::FilterModAmount, -1.0), (Parameter::AmpModAmount, -1.0)]
    {
        assert_eq!(found.patch.get(parameter), absent, "{}: {found:?}", parameter.name());
    }
}
