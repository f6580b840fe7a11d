//! Promises of macro-controls: 0 is the original sound, a greater amount has more of the property, silence is
//! refused, and the same patch gives the same controls.

use features::test_note::KEY;
use macro_control::{
    MacroAmounts, MacroControls, MacroCurve, MacroError, MacroSearch, MeasuredProperties, PropertyMeter,
    SoundProperty, find, measure_all,
};
use matching::space::SEARCHED_STEPPED;
use patch::Parameter::{
    AmpDecay, AmpRelease, AmpSustain, FilterCutoff, FilterModAmount, LfoFreq, MasterVol, Osc2Detune,
};
use patch::Patch;
use std::sync::LazyLock;

/// A detuned sawtooth that fades, through a filter that is half open and waves a little.
fn patch() -> Patch {
    let mut patch = Patch::default();
    let envelope = [(AmpDecay, 1.0), (AmpSustain, 0.5)];
    let sound = [(FilterCutoff, 0.5), (FilterModAmount, -0.7), (LfoFreq, 2.0), (Osc2Detune, 0.02)];
    for (parameter, value) in envelope.into_iter().chain(sound).chain([(MasterVol, 0.3)]) {
        patch.set(parameter, value);
    }
    patch
}

/// All eight curves, with the number of sounds that were measured for them.
static CONTROLS: LazyLock<(MacroControls, usize)> =
    LazyLock::new(|| find(MacroSearch::new(&patch()), |patches| measure_all(patches, KEY, |_| ())).unwrap());

fn at(controls: &MacroControls, property: SoundProperty, amount: f32) -> Patch {
    let mut amounts = MacroAmounts::default();
    amounts.set(property, amount);
    controls.patch(&amounts)
}

#[test]
fn every_property_follows_its_control_and_nothing_else_that_has_steps_changes() {
    let (controls, renders) = &*CONTROLS;
    let mut far = 0;
    assert!(*renders <= 300, "{renders}");
    assert_eq!(controls.patch(&MacroAmounts::default()), patch());
    for curve in controls.curves() {
        let property = curve.property();
        let patches = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|amount| at(controls, property, amount));
        assert_eq!(patches[2], patch());
        let values: Vec<f64> = measure_all(&patches, KEY, |_| ())
            .into_iter()
            .map(|sound| sound.expect("it can be heard").values[property.index()])
            .collect();
        let [least, most] = curve.reach();
        let range = values[4] - values[0];
        assert!((range - (most - least)).abs() < 2.0, "{}: {values:?}, {least} {most}", property.name());
        // The scales of depth and hardness jump when the models find an onset, or no longer find it.
        if !matches!(property, SoundProperty::Depth | SoundProperty::Hardness) {
            let is_rising = values.windows(2).all(|pair| pair[1] > pair[0] - 1.0);
            assert!(is_rising, "{}: {values:?}", property.name());
        }
        far += usize::from(range >= 15.0);
        for changed in patches {
            assert!(SEARCHED_STEPPED.iter().all(|&step| changed.get(step) == patch().get(step)));
        }
    }
    // The roughness of this one, 0, has no slope; its depth jumps.
    assert!(far >= 5, "{far} of 8 properties move by 15 points");
}

#[test]
fn what_a_control_leads_to_is_as_loud_as_the_start() {
    let (controls, _) = &*CONTROLS;
    let start_lufs = controls.sound().loudness_lufs;
    for property in [SoundProperty::Brightness, SoundProperty::Warmth, SoundProperty::Movement] {
        for sound in measure_all(&[-1.0, 1.0].map(|amount| at(controls, property, amount)), KEY, |_| ()) {
            let difference = sound.unwrap().loudness_lufs - start_lufs;
            assert!(difference.abs() < 1.0, "{}: {difference} LU", property.name());
        }
    }
}

#[test]
fn a_property_changes_where_small_steps_of_the_parameters_do_not_change_it() {
    // The patch is so loud that amSynth's limiter hides a slightly lower sustain: only a far lower sustain makes
    // it shorter.
    let mut loud = Patch::default();
    for (parameter, value) in [(AmpRelease, 0.4), (FilterCutoff, 0.7)] {
        loud.set(parameter, value);
    }
    let mut bright = Patch::default();
    for (parameter, value) in [(AmpSustain, 0.9), (AmpDecay, 0.3), (AmpRelease, 0.5)] {
        bright.set(parameter, value);
    }
    let reach = |patch: &Patch, property: SoundProperty| {
        let search = MacroSearch::new(patch).only(&[property]);
        find(search, |patches| measure_all(patches, KEY, |_| ())).unwrap().0.curves()[0].reach()
    };
    let [shorter, _] = reach(&loud, SoundProperty::Length);
    assert!(shorter < -15.0, "{shorter} points of length");
    let [_, brighter] = reach(&bright, SoundProperty::Brightness);
    assert!(brighter > 8.0, "{brighter} points of brightness");
}

#[test]
fn the_same_patch_gives_the_same_controls_on_any_number_of_threads() {
    let search = || MacroSearch::new(&patch()).only(&[SoundProperty::Brightness, SoundProperty::Attack]);
    let (on_all, _) = find(search(), |patches| measure_all(patches, KEY, |_| ())).unwrap();
    let mut meter = PropertyMeter::new();
    let (on_one, _) =
        find(search(), |patches| patches.iter().map(|patch| meter.measure_patches(&[*patch])[0]).collect())
            .unwrap();
    assert_eq!(on_all.curves(), on_one.curves());
}

#[test]
fn amounts_beyond_the_ends_are_the_ends_and_no_number_is_none() {
    let search = MacroSearch::new(&patch()).only(&[SoundProperty::Brightness]);
    let (controls, _) = find(search, |patches| measure_all(patches, KEY, |_| ())).unwrap();
    let bright = |amount: f32| at(&controls, SoundProperty::Brightness, amount);
    assert_eq!(bright(7.0), bright(1.0));
    assert_eq!(bright(f32::NEG_INFINITY), bright(-1.0));
    assert_eq!(bright(f32::NAN), patch());
    assert_eq!(at(&controls, SoundProperty::Depth, 1.0), patch(), "a curve that was not asked for");
}

#[test]
fn a_silent_patch_has_no_controls() {
    let mut silent = patch();
    silent.set(MasterVol, 0.0);
    let found = find(MacroSearch::new(&silent), |patches| measure_all(patches, KEY, |_| ()));
    assert_eq!(found.map(|_| ()), Err(MacroError::Silent));
}

#[test]
fn kept_parameters_keep_their_values_and_curves_are_found_one_after_the_other() {
    let kept = [FilterCutoff, AmpDecay, MasterVol];
    let properties = [SoundProperty::Brightness, SoundProperty::Attack, SoundProperty::Length];
    let mut search = MacroSearch::new(&patch()).only(&properties).keeping(&kept);
    let mut counts = Vec::new();
    loop {
        let patches = search.candidates();
        if patches.is_empty() {
            break;
        }
        search.record(&measure_all(&patches, KEY, |_| ())).unwrap();
        counts.push(search.controls().unwrap().curves().iter().filter(|curve| !curve.is_predicted()).count());
    }
    let partial = counts.iter().filter(|count| (1..3).contains(*count)).count();
    assert!(counts[0] == 0 && partial > 1 && counts.ends_with(&[3]), "{counts:?}");
    let controls = search.controls().unwrap();
    for property in properties {
        let ends = [-1.0, 1.0].map(|amount| at(&controls, property, amount));
        assert!(ends.iter().any(|changed| *changed != patch()), "{}", property.name());
        for changed in ends {
            assert!(kept.iter().all(|&parameter| changed.get(parameter) == patch().get(parameter)));
        }
    }
}

#[test]
fn only_what_beats_or_moves_may_detune_an_oscillator() {
    let (controls, _) = &*CONTROLS;
    for property in SoundProperty::ALL {
        let may_detune = matches!(property, SoundProperty::Roughness | SoundProperty::Movement);
        for changed in [-1.0, 1.0].map(|amount| at(controls, property, amount)) {
            let detuned = changed.get(Osc2Detune) - patch().get(Osc2Detune);
            assert!(detuned.abs() <= if may_detune { 0.061 } else { 1e-6 }, "{}: {detuned}", property.name());
        }
    }
}

#[test]
fn one_sound_is_enough_to_move_and_the_curve_in_use_is_measured_first() {
    let mut search = MacroSearch::new(&patch());
    let mut measured = Vec::new();
    let step = |search: &mut MacroSearch| {
        let patches = search.candidates();
        search.record(&measure_all(&patches, KEY, |_| ())).unwrap();
        patches.len()
    };
    assert_eq!(step(&mut search), 1);
    let controls = search.controls().unwrap();
    assert!(controls.curves().len() == 8 && controls.curves().iter().all(MacroCurve::is_predicted));
    // Usual slopes predict these well.
    let sure = [SoundProperty::Brightness, SoundProperty::Hardness, SoundProperty::Attack];
    for property in sure {
        let own = |sound: Option<MeasuredProperties>| sound.unwrap().values[property.index()];
        let ends = measure_all(&[-1.0, 1.0].map(|amount| at(&controls, property, amount)), KEY, |_| ());
        assert!(own(ends[1]) - own(ends[0]) > 5.0, "{}: {ends:?}", property.name());
    }
    search.prefer(SoundProperty::Movement);
    while !measured.contains(&SoundProperty::Movement) {
        step(&mut search);
        let controls = search.controls().unwrap();
        let found = controls.curves().iter().filter(|own| !own.is_predicted());
        measured = found.map(MacroCurve::property).collect();
    }
    assert!(measured.len() <= 2, "two curves are followed at once: {measured:?}");
}

#[test]
fn another_key_is_another_sound() {
    let at_key = |key: u8| measure_all(&[patch()], key, |_| ())[0].unwrap();
    let [low, usual] = [48, KEY].map(at_key);
    let mut meter = PropertyMeter::at(48);
    assert_eq!(meter.measure_patches(&[patch()])[0], Some(low));
    meter.set_key(KEY);
    assert_eq!(meter.measure_patches(&[patch()])[0], Some(usual));
    let octave = usual.pitch.unwrap() - low.pitch.unwrap();
    assert!((octave - 12.0).abs() < 0.1, "{octave}");
}
