//! Promise: every MIDI controller can set any parameter, as amSynth's `controllers` file says, and
//! then has no other function.

use crate::common::{RATE_HZ, control, off, on, patch, peak, rms};
use patch::{Parameter, Patch};
use voice::Synthesizer;
use voice::controller_map::{CONTROLLERS, ControllerMap};
use voice::render::{Event, perform};

/// A file as amSynth writes it: a line for each controller.
fn file(mapped: &[(usize, &str)]) -> String {
    let name = |controller| {
        mapped.iter().find(|(number, _)| *number == controller).map_or("null", |(_, name)| *name)
    };
    (0..CONTROLLERS).map(|controller| format!("{}\n", name(controller))).collect()
}

fn synthesizer(map: ControllerMap) -> Synthesizer {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.set_controller_map(map);
    synthesizer
}

fn play(map: ControllerMap, patch: &Patch, events: &[Event], frames: usize) -> Vec<f32> {
    let mut synthesizer = synthesizer(map);
    synthesizer.set_patch(patch);
    let [left, _] = perform(&mut synthesizer, events, 64, frames);
    left
}

#[test]
fn modulation_wheel_and_volume_are_mapped_by_default() {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.control_change(1, 127);
    synthesizer.control_change(7, 0);
    assert_eq!(synthesizer.patch().get(Parameter::FreqModAmount), Parameter::FreqModAmount.info().max);
    assert_eq!(synthesizer.patch().get(Parameter::MasterVol), 0.0);
    assert_eq!(ControllerMap::read(""), Ok(ControllerMap::default()), "an empty file changes nothing");
    assert_eq!(ControllerMap::read(&file(&[])).map(|map| map.parameter(7)), Ok(None), "a whole one does");
}

#[test]
fn every_controller_covers_the_whole_range_of_any_parameter() {
    for controller in 0..CONTROLLERS as u8 {
        let parameter = Parameter::ALL[usize::from(controller) % Parameter::ALL.len()];
        let map = ControllerMap::read(&file(&[(usize::from(controller), parameter.name())])).unwrap();
        let mut synthesizer = synthesizer(map);
        let info = parameter.info();
        for (value, expected) in [(127, info.max), (0, info.min)] {
            synthesizer.control_change(controller, value);
            let stored = synthesizer.patch().get(parameter);
            assert!((stored - expected).abs() < 1e-6, "{}: {stored}", info.name);
        }
        for value in 0..=255 {
            synthesizer.control_change(controller, value);
            assert_eq!(
                synthesizer.patch().get(parameter),
                parameter.snap(synthesizer.patch().get(parameter))
            );
        }
        let mut others = *synthesizer.patch();
        others.set(parameter, info.default);
        assert_eq!(others, Patch::default(), "another parameter changed");
    }
}

#[test]
fn a_mapped_sustain_pedal_does_not_sustain() {
    let map = ControllerMap::read(&file(&[(64, "filter_cutoff")])).unwrap();
    let phrase = [on(0, 60), control(64, 64, 127), off(5_504, 60)];
    let patch = Patch::default();
    assert!(rms(&play(ControllerMap::default(), &patch, &phrase, 22_016)[11_008..]) > 0.01);
    assert_eq!(peak(&play(map, &patch, &phrase, 22_016)[11_008..]), 0.0);
}

#[test]
fn a_mapped_controller_changes_the_volume_that_is_heard() {
    let map = ControllerMap::read(&file(&[(11, "master_vol")])).unwrap();
    let loud = patch(&[(Parameter::MasterVol, 0.3)]);
    let phrase = [on(0, 60), control(11_008, 11, 0)];
    let sound = play(map, &loud, &phrase, 33_024);
    assert!(rms(&sound[5_504..11_008]) > 0.01);
    assert!(rms(&sound[22_016..]) < 1e-4);
    let unmapped = play(map, &loud, &[on(0, 60), control(11_008, 7, 0)], 33_024);
    assert!(rms(&unmapped[22_016..]) > 0.01, "7 is not the volume in this file");
}

#[test]
fn a_parameter_may_have_several_controllers() {
    let map = ControllerMap::read("reverb_wet\n\n null reverb_wet").unwrap();
    assert_eq!(
        [0, 1, 2, 7].map(|controller| map.parameter(controller)),
        [Some(Parameter::ReverbWet), None, Some(Parameter::ReverbWet), Some(Parameter::MasterVol),]
    );
    assert_eq!(map.parameter(128), None);
}
