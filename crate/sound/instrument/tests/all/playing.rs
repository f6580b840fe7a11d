//! Promise: a player's input lasts as long as it should: wheels keep their positions whatever is decoded, released
//! keys are up, and not-a-number changes nothing.

use instrument::Instrument;
use model::PatchDecoder;
use patch::{Parameter, Patch};

const DECODER: &[u8] = include_bytes!("../../../../../models/decoder.onnx");
const RATE_HZ: f64 = 48_000.0;
const MODULATION_WHEEL: u32 = 1;
const VOLUME: u32 = 7;

fn fill(instrument: &mut Instrument, bytes: &[u8]) {
    instrument.buffer(bytes.len()).expect("it is small").copy_from_slice(bytes);
}

fn instrument() -> Box<Instrument> {
    Instrument::new(RATE_HZ).expect("a usual rate")
}

/// An instrument with the model.
fn loaded() -> Box<Instrument> {
    let mut instrument = instrument();
    let decoder = PatchDecoder::from_onnx(DECODER).expect("our decoder is one");
    instrument.set_decoder(Box::new(decoder)).expect("it decodes everywhere");
    instrument
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

fn value(instrument: &mut Instrument, part: usize, parameter: Parameter) -> f32 {
    instrument.patch(part).expect("there are five").get(parameter)
}

fn hold(instrument: &mut Instrument, parameter: Parameter, value: f32) {
    instrument.hold_parameter(parameter.index(), value);
}

fn set_patch(instrument: &mut Instrument, part: usize, patch: &Patch) {
    *instrument.values() = *patch.values();
    instrument.set_patch(part, [f32::NAN; 2]);
}

#[test]
fn wheel_and_volume_keep_their_positions_when_the_point_moves() {
    let mut instrument = loaded();
    for (controller, parameter) in
        [(VOLUME, Parameter::MasterVol), (MODULATION_WHEEL, Parameter::FreqModAmount)]
    {
        instrument.move_to(0, [0.0, 0.0]);
        instrument.move_to(1, [0.0, 0.0]);
        render(&mut instrument, 5);
        for (position, expected) in [(0, parameter.info().min), (127, parameter.info().max)] {
            instrument.control_change(0, controller, position);
            render(&mut instrument, 5);
            for x in [1.0, 2.0] {
                instrument.move_to(0, [x, 1.0]);
                instrument.move_to(1, [x, 1.0]);
                render(&mut instrument, 5);
                assert_eq!(value(&mut instrument, 0, parameter), expected, "{parameter:?} at {x}");
                let other = value(&mut instrument, 1, parameter);
                assert_ne!(other, expected, "{parameter:?} of another finger");
            }
        }
    }
}

#[test]
fn the_last_move_of_a_wheel_or_a_slider_counts() {
    let mut instrument = loaded();
    let volume = |instrument: &mut Instrument, x: f32| {
        instrument.move_to(0, [x, 1.0]);
        render(instrument, 5);
        value(instrument, 0, Parameter::MasterVol)
    };
    assert_ne!(volume(&mut instrument, 1.0), 0.0);
    hold(&mut instrument, Parameter::MasterVol, 0.25);
    instrument.control_change(0, VOLUME, 0);
    assert_eq!(volume(&mut instrument, 1.5), 0.0);
    hold(&mut instrument, Parameter::MasterVol, 0.25);
    assert_eq!(volume(&mut instrument, 1.0), 0.25);
    hold(&mut instrument, Parameter::MasterVol, f32::NAN);
    assert_eq!(volume(&mut instrument, 1.0), 0.0, "where the wheel is");
    instrument.set_parameter(0, Parameter::MasterVol.index(), 0.75);
    assert_eq!(volume(&mut instrument, 1.0), 0.75);
    hold(&mut instrument, Parameter::MasterVol, 0.25);
    instrument.control_change(0, VOLUME, 127);
    instrument.set_parameter(0, Parameter::MasterVol.index(), 0.5);
    assert_eq!(volume(&mut instrument, 1.5), 1.0, "a held parameter keeps the controller's value");
}

#[test]
fn a_given_patch_and_a_controller_reset_end_the_wheels_values() {
    let mut instrument = loaded();
    instrument.move_to(0, [1.0, 1.0]);
    render(&mut instrument, 5);
    let decoded = value(&mut instrument, 0, Parameter::FreqModAmount);
    instrument.control_change(0, VOLUME, 0);
    instrument.control_change(0, MODULATION_WHEEL, 127);
    assert_ne!(value(&mut instrument, 0, Parameter::FreqModAmount), decoded);
    instrument.control_change(0, 121, 0);
    assert_eq!(value(&mut instrument, 0, Parameter::FreqModAmount), decoded);
    assert_eq!(value(&mut instrument, 0, Parameter::MasterVol), 0.0, "the volume is not among what is reset");
    let mut given = Patch::default();
    given.set(Parameter::MasterVol, 0.5);
    set_patch(&mut instrument, 0, &given);
    assert_eq!(value(&mut instrument, 0, Parameter::MasterVol), 0.5);
    render(&mut instrument, 5);
    instrument.take_patch_back(0);
    render(&mut instrument, 5);
    assert_ne!(value(&mut instrument, 0, Parameter::MasterVol), 0.0);
}

#[test]
fn the_values_of_controllers_stay_where_a_patch_moves_the_point_and_until_an_edit_changes_them() {
    let mut instrument = instrument();
    instrument.control_change(0, VOLUME, 32);
    instrument.control_change(0, MODULATION_WHEEL, 127);
    let heard = |instrument: &mut Instrument| {
        [Parameter::MasterVol, Parameter::FreqModAmount].map(|parameter| value(instrument, 0, parameter))
    };
    let set = heard(&mut instrument);
    let mut given = Patch::default();
    given.set(Parameter::MasterVol, 1.0);
    *instrument.values() = *given.values();
    instrument.set_patch(0, [2.0, 1.0]);
    assert_eq!(heard(&mut instrument), set, "a landmark is not louder than where the point is moved");
    for point in [[2.0, 1.0], [f32::NAN; 2]] {
        instrument.values()[Parameter::AmpAttack.index()] += 0.5;
        instrument.set_patch(0, point);
        assert_eq!(heard(&mut instrument), set, "another parameter is edited");
    }
    instrument.values()[Parameter::MasterVol.index()] = 0.5;
    instrument.set_patch(0, [2.0, 1.0]);
    assert_eq!(heard(&mut instrument), [0.5, set[1]], "the volume is edited");
}

#[test]
fn not_a_number_is_not_set() {
    let mut instrument = instrument();
    let parameter = Parameter::AmpAttack;
    instrument.set_parameter(0, parameter.index(), 1.25);
    instrument.set_parameter(0, parameter.index(), f32::NAN);
    assert_eq!(value(&mut instrument, 0, parameter), 1.25);
    let given = Patch::default();
    *instrument.values() = *given.values();
    instrument.values()[parameter.index()] = f32::NAN;
    instrument.set_patch(0, [f32::NAN; 2]);
    assert_eq!(value(&mut instrument, 0, parameter), parameter.info().default);
}

#[test]
fn unsupported_sample_rates_are_rejected() {
    for rate_hz in [f64::NAN, -48_000.0, 0.0, 3_000.0, 3_999.0, 768_001.0, f64::INFINITY, 1e300] {
        assert!(Instrument::new(rate_hz).is_none(), "{rate_hz}");
    }
    for rate_hz in [4_000.0, 44_100.0, 768_000.0] {
        assert!(Instrument::new(rate_hz).is_some(), "{rate_hz}");
    }
}

#[test]
fn errors_fit_the_allocated_memory() {
    let mut instrument = instrument();
    let memory = instrument.error().as_ptr();
    fill(&mut instrument, b"wrong");
    instrument.set_tuning(5, 0).expect_err("no scale");
    assert!(instrument.error().starts_with("the scale (.scl) cannot be used"), "{}", instrument.error());
    assert_eq!(instrument.error().as_ptr(), memory);
}

#[test]
fn after_all_notes_off_no_key_is_released_again() {
    for end in [120, 123, 126] {
        let [mut tapped, mut held] = [instrument(), instrument()];
        for instrument in [&mut tapped, &mut held] {
            instrument.note_on(1, 60, 100);
            render(instrument, 1);
        }
        // Within the least length of a note: it waits.
        tapped.note_off(1, 60);
        for instrument in [&mut tapped, &mut held] {
            render(instrument, 1);
            instrument.control_change(1, end, 0);
            render(instrument, 100);
            instrument.note_on(1, 60, 100);
        }
        assert!(render(&mut tapped, 100) == render(&mut held, 100), "controller {end}");
    }
}

#[test]
fn a_key_that_is_up_before_the_pedal_is_not_held_by_it() {
    // Within the least length of a note the release waits; without blocks between, all three come in one.
    for blocks in [1, 0] {
        let mut instrument = instrument();
        instrument.note_on(0, 60, 100);
        render(&mut instrument, blocks);
        instrument.note_off(0, 60);
        render(&mut instrument, blocks);
        instrument.control_change(0, 64, 127);
        render(&mut instrument, 200);
        assert_eq!(instrument.active_voices(), 0, "{blocks}");
    }
}

#[test]
fn taps_and_the_pedal_within_one_block_are_heard_in_their_order() {
    const DOWN: Option<u32> = Some(127);
    // Taps of these keys, and positions of the pedal; then the voices after a block and after a second.
    for (events, voices) in [
        (&[(60, None)][..], [1, 0]),
        (&[(60, None), (64, DOWN)], [1, 0]),
        (&[(64, DOWN), (60, None)], [1, 1]),
        (&[(60, None), (64, DOWN), (62, None)], [1, 1]),
        (&[(60, None), (64, DOWN), (64, Some(0)), (62, None)], [1, 0]),
        (&[(60, None), (64, DOWN), (1, Some(0)), (62, None)], [1, 1]),
        (&[(60, None), (64, DOWN), (123, Some(0)), (62, None)], [1, 0]),
    ] {
        let mut instrument = instrument();
        for &(number, value) in events {
            if let Some(value) = value {
                instrument.control_change(0, number, value);
            } else {
                instrument.note_on(0, number, 100);
                instrument.note_off(0, number);
            }
        }
        let first = render(&mut instrument, 1);
        assert!(first.iter().any(|&sample| sample != 0.0), "{events:?}: inaudible");
        let early = instrument.active_voices();
        render(&mut instrument, 750);
        assert_eq!([early, instrument.active_voices()], voices, "{events:?}");
    }
}

#[test]
fn more_events_than_a_block_takes_all_arrive() {
    let mut instrument = instrument();
    for _ in 0..300 {
        instrument.note_on(0, 60, 100);
        instrument.note_off(0, 60);
        instrument.control_change(0, 64, 127);
        instrument.control_change(0, 64, 0);
    }
    render(&mut instrument, 1_500);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn in_legato_a_key_after_a_short_tap_restarts_the_envelope() {
    for (mode, next) in [(1.0, 64), (2.0, 64), (2.0, 60)] {
        let mut instrument = instrument();
        hold(&mut instrument, Parameter::KeyboardMode, mode);
        // Notes sound for some milliseconds only.
        hold(&mut instrument, Parameter::AmpDecay, 0.2);
        hold(&mut instrument, Parameter::AmpSustain, 0.0);
        instrument.note_on(0, 60, 100);
        render(&mut instrument, 16);
        instrument.note_off(0, 60);
        render(&mut instrument, 2);
        instrument.note_on(0, next, 100);
        let peak = render(&mut instrument, 8).iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        assert!(peak > 0.01, "mode {mode}, key {next}: bound to a key that is up: {peak}");
    }
}
