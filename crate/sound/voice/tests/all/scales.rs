//! Promise: `.scl` and `.kbm` files tune the keys as Scala documents, in the table and in the sound.

use crate::common::{frequency_hz, off, on, patch, peak};
use patch::{Parameter, Patch};
use voice::Synthesizer;
use voice::render::{Event, perform};
use voice::tuning::{KeyboardMap, SilentTuning, Tuning, TuningScale};

const RATE_HZ: f32 = 48_000.0;
const SECOND: usize = 48_000;
const MIDDLE_C_HZ: f32 = 261.625_58;

/// Quarter-comma meantone: fifths of the fourth root of 5, so that the major third is pure.
const MEANTONE: &str = "! meantone.scl
!
Quarter-comma meantone; thirds are pure. 5/4 and 25/16
 12\t
!
 76.049
193.157 whole tone
310.265
5/4   E\\
503.422
579.471
696.578
25/16
889.735
1006.843
1082.892 ! seventh
2
";

const FROM_MIDDLE_C: &str = "! Linear map, 1/1 on middle C
0
0
127
60
60
261.625565
0
";

/// A scale of seven notes on the white keys.
const WHITE_KEYS: &str = "12
0 ! first
127
60
69
440.0
7
0
x
1
X black
2
3
x
4
x
5
x
6
";

const JUST: &str = "Just\n7\n9/8\n5/4\n4/3\n3/2\n5/3\n15/8\n2/1\n";

fn tuning(scale: &str, map: &str) -> Tuning {
    let scale = TuningScale::read(scale).unwrap_or_else(|error| panic!("{error}"));
    let map = KeyboardMap::read(map).unwrap_or_else(|error| panic!("{error}"));
    Tuning::new(&scale, &map).unwrap_or_else(|error| panic!("{error}"))
}

fn sine() -> Patch {
    patch(&[(Parameter::Osc1Waveform, 0.0), (Parameter::OscMix, -1.0)])
}

fn play(patch: &Patch, tuning: Tuning, events: &[Event], seconds: usize) -> Vec<f32> {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.set_patch(patch);
    synthesizer.set_tuning(tuning);
    let [left, _] = perform(&mut synthesizer, events, 64, seconds * SECOND);
    left
}

fn assert_pitch(heard_hz: f32, expected_hz: f32, what: &str) {
    let cents = 1200.0 * (heard_hz / expected_hz).log2();
    assert!(cents.abs() < 0.1, "{what}: {heard_hz} instead of {expected_hz} Hz");
}

/// Checks the pitches of keys, in the table and in the sound.
fn assert_heard(tuning: Tuning, keys: &[(u8, f32)]) {
    for &(key, expected_hz) in keys {
        assert_pitch(tuning.pitch_hz(key).unwrap_or(f32::NAN), expected_hz, &format!("table, key {key}"));
        let sound = play(&sine(), tuning, &[on(0, key)], 2);
        assert_pitch(frequency_hz(&sound[SECOND / 2..], RATE_HZ), expected_hz, &format!("sound, key {key}"));
    }
}

fn assert_silent(tuning: Tuning, keys: &[u8]) {
    for &key in keys {
        assert_eq!(tuning.pitch_hz(key), None, "{key}");
        assert_eq!(peak(&play(&sine(), tuning, &[on(0, key)], 1)), 0.0, "{key}");
    }
}

#[test]
fn a_file_of_twelve_equal_steps_equals_the_default_bit_for_bit() {
    let steps: Vec<String> = (1..=12).map(|step| format!("{step}00.0\n")).collect();
    let scale = TuningScale::read(&format!("equal\n12\n{}", steps.concat())).unwrap();
    assert_eq!(Tuning::new(&scale, &KeyboardMap::default()), Ok(Tuning::default()));
    let map = "0\n0\n127\n0\n69\n440\n12\n";
    assert_eq!(tuning(&format!("equal\n12\n{}", steps.concat()), map), Tuning::default());
}

#[test]
fn meantone_has_pure_thirds() {
    let tuning = tuning(MEANTONE, FROM_MIDDLE_C);
    let fifth = 5f32.powf(0.25);
    assert_heard(
        tuning,
        &[
            (60, MIDDLE_C_HZ),
            (64, MIDDLE_C_HZ * 5.0 / 4.0),
            (67, MIDDLE_C_HZ * fifth),
            (68, MIDDLE_C_HZ * 25.0 / 16.0),
            (72, MIDDLE_C_HZ * 2.0),
            (52, MIDDLE_C_HZ * 5.0 / 8.0),
            (48, MIDDLE_C_HZ / 2.0),
        ],
    );
}

#[test]
fn without_a_map_a4_has_440_hz() {
    let scale = TuningScale::read(MEANTONE).unwrap();
    let tuning = Tuning::new(&scale, &KeyboardMap::default()).unwrap();
    assert_heard(tuning, &[(69, 440.0), (60, 440.0 / 2f32.powf(889.735 / 1200.0))]);
}

#[test]
fn a_period_need_not_be_the_octave() {
    // Thirteen steps to the twelfth (Bohlen–Pierce), and a single step of 78 cents (Carlos alpha).
    let steps: Vec<String> =
        (1..13).map(|step| format!("{:.5}\n", 1901.955 / 13.0 * f64::from(step))).collect();
    let tritave = format!("\n13\n{}3\n", steps.concat());
    assert_heard(
        tuning(&tritave, FROM_MIDDLE_C),
        &[(73, 3.0 * MIDDLE_C_HZ), (47, MIDDLE_C_HZ / 3.0), (61, MIDDLE_C_HZ * 3f32.powf(1.0 / 13.0))],
    );
    let alpha = "alpha\n1\n78.0\n";
    assert_heard(tuning(alpha, FROM_MIDDLE_C), &[(70, MIDDLE_C_HZ * 2f32.powf(780.0 / 1200.0))]);
}

#[test]
fn seven_notes_on_the_white_keys_and_silence_on_the_black_ones() {
    let tuning = tuning(JUST, WHITE_KEYS);
    let c_hz = 440.0 * 3.0 / 5.0;
    // Below the middle key, too, where amSynth is wrong.
    assert_heard(
        tuning,
        &[
            (60, c_hz),
            (62, c_hz * 9.0 / 8.0),
            (69, 440.0),
            (72, 2.0 * c_hz),
            (59, c_hz * 15.0 / 16.0),
            (45, 110.0),
        ],
    );
    assert_silent(tuning, &[61, 63, 66, 68, 70, 49]);
}

#[test]
fn an_octave_degree_of_0_means_the_whole_scale() {
    let map = WHITE_KEYS.replace("\n7\n0\nx", "\n0\n0\nx");
    assert_ne!(map, WHITE_KEYS);
    assert_eq!(tuning(JUST, &map), tuning(JUST, WHITE_KEYS));
}

#[test]
fn keys_left_out_at_the_end_of_a_pattern_are_unmapped() {
    let map = "4\n0\n127\n60\n60\n300\n2\n0\n1\n";
    let tuning = tuning("\n2\n3/2\n2/1\n", map);
    assert_heard(tuning, &[(60, 300.0), (61, 450.0), (64, 600.0), (57, 225.0)]);
    assert_silent(tuning, &[62, 63, 59]);
    // Scala's own files have unmapped keys beyond the pattern.
    assert!(KeyboardMap::read(&format!("{map}x\nx\nx\nx\n")).is_ok());
}

#[test]
fn keys_outside_the_retuned_range_keep_their_pitch() {
    let map = FROM_MIDDLE_C.replace("0\n0\n127\n", "0\n60\n71\n");
    let tuning = tuning(MEANTONE, &map);
    assert_heard(tuning, &[(64, MIDDLE_C_HZ * 5.0 / 4.0), (76, 659.255), (52, 164.814)]);
}

#[test]
fn only_keys_in_amsynths_ranges_sound() {
    let map = format!("<low> 10 20\n{FROM_MIDDLE_C}<high> 60 64 all of them\n");
    let tuning = tuning(MEANTONE, &map);
    assert_heard(tuning, &[(60, MIDDLE_C_HZ), (64, MIDDLE_C_HZ * 5.0 / 4.0)]);
    assert_silent(tuning, &[9, 21, 59, 65, 127]);
}

#[test]
fn with_a_scale_without_notes_every_key_has_the_same_pitch() {
    let tuning = tuning("one\n0\n", FROM_MIDDLE_C);
    assert_heard(tuning, &[(0, MIDDLE_C_HZ), (60, MIDDLE_C_HZ), (127, MIDDLE_C_HZ)]);
}

#[test]
fn inaudible_pitches_are_silent_and_a_tuning_of_only_these_is_an_error() {
    let steep = tuning("steep\n1\n32768/1\n", FROM_MIDDLE_C);
    assert_eq!((0..128).filter(|key| steep.pitch_hz(*key).is_some()).count(), 1);
    let everywhere_else = "2\n100\n100\n0\n0\n440\n9999\n0\n0\n";
    let scale = TuningScale::read("steep\n1\n32768/1\n").unwrap();
    let map = KeyboardMap::read(everywhere_else).unwrap();
    assert_eq!(Tuning::new(&scale, &map), Err(SilentTuning));
}

#[test]
fn a_new_tuning_applies_to_the_next_note_and_not_to_held_ones() {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.set_patch(&sine());
    perform(&mut synthesizer, &[on(0, 64)], 64, SECOND);
    synthesizer.set_tuning(tuning(MEANTONE, FROM_MIDDLE_C));
    let [held, _] = perform(&mut synthesizer, &[], 64, SECOND);
    assert_pitch(frequency_hz(&held, RATE_HZ), 329.628, "held");
    let [next, _] = perform(&mut synthesizer, &[off(0, 64), on(SECOND / 2, 64)], 64, 2 * SECOND);
    assert_pitch(frequency_hz(&next[SECOND..], RATE_HZ), MIDDLE_C_HZ * 5.0 / 4.0, "next note");
}

#[test]
fn silent_keys_do_not_disturb_sounding_notes() {
    for mode in [0.0, 1.0, 2.0] {
        let mut patch = sine();
        patch.set(Parameter::KeyboardMode, mode);
        let phrase = [on(0, 69), on(SECOND / 2, 61), off(SECOND * 3 / 4, 61)];
        let sound = play(&patch, tuning(JUST, WHITE_KEYS), &phrase, 2);
        assert_eq!(sound, play(&patch, tuning(JUST, WHITE_KEYS), &[on(0, 69)], 2), "mode {mode}");
    }
}

#[test]
fn tuning_survives_a_reset_and_another_sample_rate() {
    use fundsp::audionode::AudioNode;
    let mut synthesizer = Synthesizer::new(44_100.0);
    synthesizer.set_patch(&sine());
    synthesizer.set_tuning(tuning(MEANTONE, FROM_MIDDLE_C));
    synthesizer.set_sample_rate(f64::from(RATE_HZ));
    synthesizer.reset();
    let [sound, _] = perform(&mut synthesizer, &[on(0, 64)], 64, 2 * SECOND);
    assert_pitch(frequency_hz(&sound[SECOND..], RATE_HZ), MIDDLE_C_HZ * 5.0 / 4.0, "after the reset");
}
