//! Promises: keys that are down stay down. They sound on in another keyboard mode, in which the pedal is still
//! down; a controller's volume returns after a hold, and a key is released once.

use crate::steady_source::choose;
use crate::volume_source::VolumeSource;
use instrument::Instrument;
use patch::Parameter;

const PEDAL: u32 = 64;
const VOLUME: u32 = 7;

fn instrument() -> Box<Instrument> {
    Instrument::new(48_000.0).expect("a usual rate")
}

/// The left channel of `blocks` blocks of 64 frames.
fn render(instrument: &mut Instrument, blocks: usize) -> Vec<f32> {
    let mut sound = Vec::new();
    for _ in 0..blocks {
        instrument.render(64);
        sound.extend_from_slice(instrument.left());
    }
    sound
}

/// The loudest sample of the last of these blocks.
fn loudest(instrument: &mut Instrument, blocks: usize) -> f32 {
    let sound = render(instrument, blocks);
    sound[sound.len() - 64..].iter().fold(0.0, |loudest, sample| loudest.max(sample.abs()))
}

fn hold(instrument: &mut Instrument, parameter: Parameter, value: f32) {
    instrument.hold_parameter(parameter.index(), value);
}

/// The voices that are left of a tap in part 1, two seconds after it.
fn voices_after_tap(instrument: &mut Instrument) -> usize {
    instrument.note_on(1, 64, 100);
    render(instrument, 100);
    instrument.note_off(1, 64);
    render(instrument, 1_500);
    instrument.active_voices()
}

#[test]
fn keys_that_are_down_sound_on_in_another_keyboard_mode_until_they_go_up() {
    for mode in [1.0, 2.0] {
        let mut instrument = instrument();
        instrument.note_on(0, 60, 100);
        instrument.note_on(3, 67, 100);
        // Up before the change.
        instrument.note_on(3, 72, 100);
        render(&mut instrument, 100);
        instrument.note_off(3, 72);
        render(&mut instrument, 1_500);
        for mode in [mode, 0.0, mode] {
            hold(&mut instrument, Parameter::KeyboardMode, mode);
            assert!(loudest(&mut instrument, 1_500) > 0.001, "mode {mode}");
            assert_eq!(instrument.active_voices(), 2, "mode {mode}");
        }
        instrument.note_off(0, 60);
        instrument.note_off(3, 67);
        render(&mut instrument, 1_500);
        assert_eq!(instrument.active_voices(), 0, "mode {mode}");
    }
}

#[test]
fn of_several_keys_the_newest_sounds_on_in_mono() {
    let pitch = |keys: &[u32]| {
        let mut instrument = instrument();
        hold(&mut instrument, Parameter::KeyboardMode, 1.0);
        for &key in keys {
            instrument.note_on(0, key, 100);
            render(&mut instrument, 50);
        }
        hold(&mut instrument, Parameter::KeyboardMode, 2.0);
        let sound = render(&mut instrument, 1_500);
        sound[sound.len() - 48_000..].windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count()
    };
    assert_eq!(pitch(&[72, 60]), pitch(&[60]));
    assert_ne!(pitch(&[72, 60]), pitch(&[72]));
}

#[test]
fn a_key_of_another_source_does_not_sound_after_a_change_of_the_keyboard_mode() {
    let mut instrument = instrument();
    choose(&mut instrument, Box::<VolumeSource>::default());
    instrument.note_on(0, 67, 100);
    render(&mut instrument, 10);
    instrument.choose_source(0);
    hold(&mut instrument, Parameter::KeyboardMode, 1.0);
    render(&mut instrument, 10);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn a_step_of_an_arpeggio_sounds_on_in_another_keyboard_mode() {
    let mut instrument = instrument();
    // One step a second, its whole length.
    instrument.arpeggio(1, 1.0, 1.0);
    instrument.note_on(0, 60, 100);
    instrument.note_on(0, 67, 100);
    render(&mut instrument, 100);
    hold(&mut instrument, Parameter::KeyboardMode, 1.0);
    render(&mut instrument, 100);
    assert_eq!(instrument.active_voices(), 1);
    instrument.note_off(0, 60);
    instrument.note_off(0, 67);
    render(&mut instrument, 1_500);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn a_pedal_that_is_down_holds_keys_in_another_keyboard_mode() {
    let mut instrument = instrument();
    instrument.control_change(1, PEDAL, 127);
    render(&mut instrument, 1);
    hold(&mut instrument, Parameter::KeyboardMode, 1.0);
    assert_eq!(voices_after_tap(&mut instrument), 1);
    instrument.control_change(1, PEDAL, 0);
    render(&mut instrument, 1_500);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn a_reset_of_the_controllers_lifts_the_pedal() {
    let mut instrument = instrument();
    instrument.control_change(1, PEDAL, 127);
    assert_eq!(voices_after_tap(&mut instrument), 1);
    instrument.control_change(1, 121, 0);
    render(&mut instrument, 1_500);
    assert_eq!(instrument.active_voices(), 0);
    assert_eq!(voices_after_tap(&mut instrument), 0);
}

#[test]
fn a_reset_of_the_controllers_selects_no_parameter() {
    let sound = |data: Option<u32>| {
        let mut instrument = instrument();
        for (controller, value) in [(101, 0), (100, 0), (121, 0)] {
            instrument.control_change(0, controller, value);
        }
        if let Some(value) = data {
            instrument.control_change(0, 6, value);
        }
        instrument.pitch_bend(0, 8191);
        instrument.note_on(0, 60, 100);
        render(&mut instrument, 20)
    };
    assert!(sound(Some(12)) == sound(None), "the pitch wheel has another range");
}

#[test]
fn the_volume_of_a_controller_returns_after_a_hold() {
    let mut instrument = instrument();
    let volume =
        |instrument: &mut Instrument| instrument.patch(1).expect("there are five").get(Parameter::MasterVol);
    let own = volume(&mut instrument);
    instrument.control_change(1, VOLUME, 0);
    for value in [0.25, 0.5] {
        hold(&mut instrument, Parameter::MasterVol, value);
        assert_eq!(volume(&mut instrument), value);
    }
    hold(&mut instrument, Parameter::MasterVol, f32::NAN);
    assert_eq!(volume(&mut instrument), 0.0);
    hold(&mut instrument, Parameter::MasterVol, 0.25);
    instrument.control_change(1, VOLUME, 127);
    hold(&mut instrument, Parameter::MasterVol, f32::NAN);
    assert_eq!(volume(&mut instrument), 1.0, "the last one counts");
    hold(&mut instrument, Parameter::MasterVol, 0.25);
    *instrument.values() = *patch::Patch::default().values();
    instrument.values()[Parameter::MasterVol.index()] = own / 2.0;
    instrument.set_patch(1, [0.0; 2]);
    hold(&mut instrument, Parameter::MasterVol, f32::NAN);
    assert_eq!(volume(&mut instrument), own / 2.0, "an edit of the volume ends it");
}

#[test]
fn after_a_visit_to_another_source_a_key_begins_as_without_one() {
    let [mut visits, mut stays] = [instrument(), instrument()];
    for instrument in [&mut visits, &mut stays] {
        instrument.note_on(0, 60, 100);
        render(instrument, 200);
        instrument.note_off(0, 60);
        render(instrument, 1_500);
    }
    assert_eq!(visits.active_voices(), 0);
    choose(&mut visits, Box::<VolumeSource>::default());
    visits.choose_source(0);
    for instrument in [&mut visits, &mut stays] {
        instrument.note_on(0, 60, 100);
    }
    assert!(render(&mut visits, 100) == render(&mut stays, 100));
}
