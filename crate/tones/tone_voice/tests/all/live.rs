//! Promises of live tones: a sound keeps pitch and level and gets another timbre, at most 30 ms later. The point
//! moves the timbre; silence stays silence. Feedback is never silent, never above −1 dBFS, and ends when all sound
//! does.

use std::f32::consts::TAU;

use crate::common::{DOMAINS, click, instrument, level_db, model, play};
use spectral::{FrameLayout, analyze_tone};
use tone_voice::{LiveMode, ToneInstrument};

/// A tone of ten harmonics.
fn tone(rate_hz: f32, frequency_hz: f32, samples: usize) -> Vec<f32> {
    let sample = |n: usize| {
        let turns = (n as f32 * frequency_hz / rate_hz).fract();
        0.1 * (1..=10).map(|k| (TAU * (k as f32 * turns).fract()).sin() / k as f32).sum::<f32>()
    };
    (0..samples).map(sample).collect()
}

/// The output for a live sound, in blocks of these lengths.
fn transformed(instrument: &mut ToneInstrument, sound: &[f32], lengths: &[usize]) -> Vec<f32> {
    let (mut out, mut rest, mut lengths) = (Vec::new(), sound, lengths.iter().cycle());
    while !rest.is_empty() {
        let (block, later) = rest.split_at((*lengths.next().expect("endless")).min(rest.len()));
        instrument.listen(block);
        out.extend(play(instrument, block.len()));
        rest = later;
    }
    out
}

/// The beginning of a sound: its first sample above a tenth of its greatest.
fn onset(sound: &[f32]) -> usize {
    let greatest = sound.iter().fold(0.0_f32, |greatest, sample| greatest.max(sample.abs()));
    sound.iter().position(|sample| sample.abs() > 0.1 * greatest).expect("it sounds")
}

#[test]
fn a_live_tone_keeps_pitch_and_level() {
    for (domain, rate_hz) in DOMAINS.into_iter().zip([44_100.0, 48_000.0, 96_000.0, 48_000.0]) {
        let sound = tone(rate_hz, 261.6, rate_hz as usize);
        let mut instrument = instrument(domain, rate_hz);
        instrument.set_live(LiveMode::Input);
        let out = transformed(&mut instrument, &sound, &[64]);
        let from = rate_hz as usize / 4;
        assert!((level_db(&out[from..]) - level_db(&sound[from..])).abs() < 1.0, "{domain}");
        let window = if rate_hz > 60_000.0 { 4096 } else { 2048 };
        let layout = FrameLayout::new(window, window / 8).expect("a usual layout");
        let frames = analyze_tone(&out[from..], layout, rate_hz).expect("a usual rate");
        let near = frames.iter().filter(|(pitch, _)| {
            pitch.is_voiced && (1200.0 * (pitch.frequency_hz / 261.6).log2()).abs() < 20.0
        });
        assert!(near.count() * 100 >= 85 * frames.len(), "{domain}");
    }
}

#[test]
fn a_tone_comes_out_at_most_30_ms_later_however_blocks_are_cut() {
    for lengths in [&[64][..], &[128], &[17, 47, 64], &[1, 63, 30, 34]] {
        for rate_hz in [44_100.0, 48_000.0, 96_000.0] {
            let mut sound = vec![0.0; 9_600];
            sound.extend(tone(rate_hz, 440.0, 19_200));
            let mut instrument = instrument("strings", rate_hz);
            instrument.set_live(LiveMode::Input);
            let out = transformed(&mut instrument, &sound, lengths);
            let late_s = (onset(&out) as f32 - onset(&sound) as f32) / rate_hz;
            assert!(instrument.latency_s() <= 0.03);
            assert!(late_s <= instrument.latency_s(), "{late_s} s at {rate_hz} Hz, blocks of {lengths:?}");
        }
    }
}

#[test]
fn a_live_input_begins_without_what_came_in_before() {
    let mut instrument = instrument("strings", 48_000.0);
    instrument.set_live(LiveMode::Input);
    // The length is no whole number of hops: the next input begins in the middle of one.
    transformed(&mut instrument, &tone(48_000.0, 220.0, 24_000 + 64), &[64]);
    instrument.set_live(LiveMode::Off);
    play(&mut instrument, 24_000);
    instrument.set_live(LiveMode::Input);
    let again = transformed(&mut instrument, &vec![0.0; 12_000], &[64]);
    assert!(again.iter().all(|sample| sample.abs() < 1e-4), "{} dB", level_db(&again));
}

#[test]
fn a_live_input_is_no_later_if_it_begins_before_the_model() {
    let sound = tone(48_000.0, 440.0, 9_600);
    let mut early = ToneInstrument::new(48_000.0, 5).expect("a usual rate");
    early.set_live(LiveMode::Input);
    transformed(&mut early, &vec![0.0; 4 * 64], &[64]);
    early.load(model("strings"));
    let mut usual = instrument("strings", 48_000.0);
    usual.set_live(LiveMode::Input);
    assert!(transformed(&mut early, &sound, &[64]) == transformed(&mut usual, &sound, &[64]));
}

#[test]
fn the_point_moves_the_timbre_and_not_the_level() {
    let sound = tone(48_000.0, 330.0, 48_000);
    let heard = |point: [f32; 2]| {
        let mut instrument = instrument("winds", 48_000.0);
        instrument.set_live(LiveMode::Input);
        instrument.move_to(0, point);
        transformed(&mut instrument, &sound, &[64])
    };
    let (rest, moved) = (heard([0.0; 2]), heard([3.0, 3.0]));
    assert!((level_db(&rest[9_600..]) - level_db(&moved[9_600..])).abs() < 1.0);
    let brightness = |sound: &[f32]| {
        let edges = sound.windows(2).map(|two| (two[1] - two[0]).powi(2)).sum::<f32>();
        edges / sound.iter().map(|sample| sample * sample).sum::<f32>()
    };
    let ratio = brightness(&rest[9_600..]) / brightness(&moved[9_600..]);
    assert!(!(0.8..1.25).contains(&ratio), "{ratio}");
}

#[test]
fn a_live_sound_follows_the_point_that_moved_last_of_a_finger_or_a_path() {
    let sound = tone(48_000.0, 330.0, 24_000);
    let heard = |moves: &[(usize, [f32; 2])]| {
        let mut instrument = instrument("winds", 48_000.0);
        instrument.set_live(LiveMode::Input);
        for &(part, point) in moves {
            instrument.move_to(part, point);
            play(&mut instrument, 64);
        }
        transformed(&mut instrument, &sound, &[64])
    };
    let (there, path) = ([3.0, 3.0], [-2.0, 1.0]);
    assert_eq!(
        heard(&[(0, path), (0, there)]),
        heard(&[(0, path), (3, there)]),
        "a path's finger plays part 3"
    );
    assert_eq!(heard(&[(3, path), (0, there)]), heard(&[(0, path), (0, there)]), "and part 0 takes it back");
    assert_ne!(heard(&[(0, path), (0, there)]), heard(&[(0, there), (0, path)]));
}

#[test]
fn a_live_sound_that_begins_later_follows_the_point_that_moved_last_in_silence() {
    let sound = tone(48_000.0, 330.0, 24_000);
    let heard = |moves: &[(usize, [f32; 2])]| {
        let mut instrument = instrument("winds", 48_000.0);
        for &(part, point) in moves {
            instrument.move_to(part, point);
            play(&mut instrument, 128);
        }
        instrument.set_live(LiveMode::Input);
        transformed(&mut instrument, &sound, &[64])
    };
    let (there, elsewhere) = ([3.0, 3.0], [-2.0, 1.0]);
    assert_eq!(heard(&[(0, elsewhere), (3, there)]), heard(&[(3, elsewhere), (0, there)]));
}

#[test]
fn silence_stays_silence_and_keys_sound_beside_a_live_tone() {
    let mut instrument = instrument("voices", 48_000.0);
    instrument.set_live(LiveMode::Input);
    assert!(transformed(&mut instrument, &vec![0.0; 9_600], &[64]).iter().all(|&sample| sample == 0.0));
    instrument.note(0, 60, 100);
    assert!(level_db(&transformed(&mut instrument, &vec![0.0; 19_200], &[64])[9_600..]) > -30.0);
    instrument.set_live(LiveMode::Off);
    instrument.all_sound_off();
    assert!(play(&mut instrument, 960)[320..].iter().all(|&sample| sample == 0.0));
}

#[test]
fn feedback_is_never_silent_and_never_above_its_ceiling() {
    for domain in DOMAINS {
        let mut instrument = instrument(domain, 44_100.0);
        instrument.set_live(LiveMode::Feedback);
        let mut random = 7_u32;
        let mut draw = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) as f32 / (1 << 24) as f32
        };
        play(&mut instrument, 44_100);
        for second in 0..20 {
            instrument.set_feedback(40.0 * 125.0_f32.powf(draw()), 0.3 * 300.0_f32.powf(draw()));
            instrument.move_to(0, [8.0 * draw() - 4.0, 8.0 * draw() - 4.0]);
            let sound = play(&mut instrument, 44_100);
            assert!(sound.iter().all(|sample| sample.abs() <= 0.891), "{domain}, second {second}");
            for piece in sound.chunks_exact(11_025) {
                assert!(level_db(piece) > -40.0, "{domain}, second {second}: {}", level_db(piece));
            }
            let mean = sound.iter().sum::<f32>() / sound.len() as f32;
            assert!(mean.abs() < 1e-3, "DC offset: {mean}");
        }
        instrument.all_sound_off();
        assert!(play(&mut instrument, 4_410)[320..].iter().all(|&sample| sample == 0.0), "panic");
        instrument.set_live(LiveMode::Feedback);
        assert!(level_db(&play(&mut instrument, 44_100)[22_050..]) > -40.0, "it begins again");
    }
}

#[test]
fn feedback_does_not_begin_louder_than_it_goes_on() {
    for (rate_hz, q) in [(48_000.0, 0.3), (44_100.0, 5.0), (48_000.0, 100.0)] {
        for frequency_hz in [100.0, 440.0, 2_000.0] {
            let mut instrument = instrument("winds", rate_hz);
            instrument.set_feedback(frequency_hz, q);
            instrument.set_live(LiveMode::Feedback);
            let sound = play(&mut instrument, 2 * rate_hz as usize);
            let (first, steady) = (&sound[..rate_hz as usize / 10], &sound[rate_hz as usize..]);
            let louder_db = level_db(first) - level_db(steady);
            assert!(louder_db < 2.0, "{frequency_hz} Hz, Q {q}: {louder_db} dB louder");
        }
    }
}

/// Plays a live sound or feedback of a mode for half a second, and then on after the change to another mode.
fn changed(domain: &str, [from, to]: [LiveMode; 2], offset: usize) -> [Vec<f32>; 2] {
    let mut instrument = instrument(domain, 48_000.0);
    let sound = tone(48_000.0, 220.0, 36_000);
    let (before, after) = sound.split_at(24_000 + offset);
    instrument.set_feedback(330.0, 5.0);
    instrument.set_live(from);
    let before = transformed(&mut instrument, before, &[64]);
    instrument.set_live(to);
    let after = if to == LiveMode::Off {
        play(&mut instrument, after.len())
    } else {
        transformed(&mut instrument, after, &[64])
    };
    [before, after]
}

#[test]
fn a_live_sound_ends_without_a_click() {
    use LiveMode::{Feedback, Input, Off};
    for modes in [[Input, Off], [Feedback, Off], [Input, Feedback], [Feedback, Input]] {
        // In each block of a hop, and within a block.
        for offset in [0, 64, 128, 192, 30] {
            let [before, after] = changed("strings", modes, offset);
            // A block of silence is between the two.
            let end = after.windows(64).position(|block| block.iter().all(|&sample| sample == 0.0));
            let end = end.expect("it ends");
            assert!(end < 600, "{modes:?}: 12 ms later nothing sounds, not {end} samples");
            let held = click(&before[12_000..]);
            let ending = [&before[before.len() - 64..], &after[..end + 64]].concat();
            assert!(
                click(&ending) <= 1.2 * held,
                "{modes:?} after {offset} more samples: {}",
                click(&ending)
            );
            let last = ending[end + 63].abs();
            assert!(last < 0.01, "{modes:?} after {offset} more samples: the last one is {last}");
            if modes[1] == Off {
                assert!(after[end..].iter().all(|&sample| sample == 0.0));
            } else {
                assert!(level_db(&after[6_000..]) > -40.0, "{modes:?}: the other sound begins");
            }
        }
    }
}

#[test]
fn a_live_sound_that_is_off_at_once_again_or_has_no_model_leaves_nothing_behind() {
    let mut none = ToneInstrument::new(48_000.0, 5).expect("a usual rate");
    let mut loaded = instrument("strings", 48_000.0);
    for instrument in [&mut none, &mut loaded] {
        for mode in [LiveMode::Input, LiveMode::Feedback, LiveMode::Input, LiveMode::Off] {
            instrument.set_live(mode);
        }
        play(instrument, 1_024);
        assert_eq!(instrument.active_voices(), 0);
    }
    loaded.set_live(LiveMode::Feedback);
    play(&mut loaded, 24_000);
    loaded.set_live(LiveMode::Off);
    assert_eq!(loaded.active_voices(), 1, "its end sounds");
    loaded.all_sound_off();
    assert_eq!(loaded.active_voices(), 0);
    // A block that has begun, and the fade.
    assert!(play(&mut loaded, 960)[320..].iter().all(|&sample| sample == 0.0), "silence at once");
}

#[test]
fn feedback_with_the_same_number_has_the_same_samples_again_and_again() {
    let mut instrument = instrument("strings", 48_000.0);
    let mut heard = |seed: u32, between: usize| {
        instrument.set_live(LiveMode::Off);
        play(&mut instrument, between);
        instrument.seed_feedback(seed);
        instrument.set_live(LiveMode::Feedback);
        // The earlier sound ends first.
        while instrument.active_voices() > 0 {
            play(&mut instrument, 64);
        }
        play(&mut instrument, 48_000)
    };
    let first = heard(7, 0);
    assert!(heard(7, 4_800) == first, "after a pause");
    assert!(heard(7, 0) == first, "without one");
    assert!(heard(8, 4_800) != first, "another number");
}
