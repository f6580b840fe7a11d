//! Promises of tones that live: attack, vibrato and changes of a recorded note, the same at every time, as much of them
//! as the amount says, below full scale and without a click.

use crate::common::{click, instrument, level_db, play};
use tone_voice::{ToneInstrument, VOICE_COUNT};

/// The domains whose models have contours.
const LIVING: [&str; 4] = ["strings", "voices", "winds", "brass"];
const RATE_HZ: f32 = 48_000.0;

/// Two seconds of a key.
fn held(domain: &str, life: f32, key: u8, velocity: u8) -> Vec<f32> {
    let mut instrument = instrument(domain, RATE_HZ);
    instrument.set_life(life);
    instrument.note(0, key, velocity);
    play(&mut instrument, 96_000)
}

/// The standard deviation of the level in pieces of 40 ms of the second second, in dB: slow enough for no period.
fn change_db(sound: &[f32]) -> f32 {
    let levels: Vec<f32> = sound[48_000..].chunks_exact(1_920).map(level_db).collect();
    let mean = levels.iter().sum::<f32>() / levels.len() as f32;
    (levels.iter().map(|level| (level - mean).powi(2)).sum::<f32>() / levels.len() as f32).sqrt()
}

/// The time until a piece of 5 ms is within 3 dB of the second second.
fn attack_s(sound: &[f32]) -> f32 {
    let wanted = level_db(&sound[48_000..]) - 3.0;
    let risen = sound.chunks_exact(240).position(|piece| level_db(piece) > wanted);
    risen.unwrap_or(400) as f32 * 0.005
}

#[test]
fn a_living_tone_changes_and_a_steady_one_does_not() {
    for domain in LIVING {
        let [steady, half, living] = [0.0, 0.5, 1.0].map(|life| change_db(&held(domain, life, 60, 100)));
        assert!(living > 2.0 * steady && living > 0.2, "{domain}: {living} after {steady} dB");
        assert!(half < living, "{domain}: {half} is half of {living} dB");
    }
}

#[test]
fn strings_have_the_attack_of_a_bow() {
    let keys = [48_u8, 55, 62, 69, 76];
    let mean =
        |life: f32| keys.map(|key| attack_s(&held("strings", life, key, 100))).iter().sum::<f32>() / 5.0;
    let (steady, living) = (mean(0.0), mean(1.0));
    assert!(steady < 0.03 && living > 2.0 * steady, "{living} s after {steady} s");
}

#[test]
fn a_living_tone_keeps_the_level_of_a_steady_one() {
    for domain in LIVING {
        for key in [43, 60, 74] {
            let [steady, living] = [0.0, 1.0].map(|life| level_db(&held(domain, life, key, 100)[48_000..]));
            assert!((steady - living).abs() < 2.0, "{domain}, key {key}: {living}, not {steady} dB");
        }
    }
}

#[test]
fn the_same_keys_have_the_same_samples() {
    let sound = || {
        let mut instrument = instrument("strings", RATE_HZ);
        let mut sound = Vec::new();
        for key in [50, 57, 64] {
            instrument.note(0, key, 90);
            sound.extend(play(&mut instrument, 9_600));
        }
        instrument.release_all();
        sound.extend(play(&mut instrument, 48_000));
        assert_eq!(instrument.active_voices(), 0, "they end");
        sound
    };
    assert_eq!(sound(), sound());
}

#[test]
fn the_finger_still_moves_the_timbre_of_a_living_tone_and_nothing_clicks() {
    let mut instrument = instrument("strings", RATE_HZ);
    instrument.note(0, 60, 100);
    let rest = play(&mut instrument, 48_000);
    let mut edge = click(&rest[24_000..]);
    let mut moved = Vec::new();
    for corner in [[4.0, 4.0], [-4.0, 4.0], [-4.0, -4.0], [4.0, -4.0]] {
        instrument.move_to(0, corner);
        moved.extend(play(&mut instrument, 24_000));
        edge = edge.max(click(&moved[moved.len() - 12_000..]));
    }
    assert!(click(&moved) < 1.3 * edge, "{} at most {edge}", click(&moved));
    instrument.set_life(0.0);
    instrument.set_life(1.0);
    let end = play(&mut instrument, 4_800);
    assert!(click(&end) < 1.3 * edge);
}

#[test]
fn all_keys_that_live_stay_below_full_scale() {
    for domain in LIVING {
        let mut instrument = instrument(domain, RATE_HZ);
        instrument.control_change(0, 7, 127);
        (0..VOICE_COUNT as u8).for_each(|key| instrument.note(0, 36 + 4 * key, 127));
        assert!(play(&mut instrument, 96_000).iter().all(|sample| sample.abs() < 0.8913), "{domain}");
    }
}

#[test]
fn an_amount_beyond_its_ends_counts_as_the_end() {
    let sound = |life: f32| {
        let mut instrument: ToneInstrument = instrument("winds", RATE_HZ);
        instrument.set_life(life);
        instrument.note(0, 72, 100);
        play(&mut instrument, 9_600)
    };
    assert_eq!(sound(7.0), sound(1.0));
    assert_eq!(sound(f32::NAN), sound(1.0));
    assert_eq!(sound(-1.0), sound(0.0));
    assert_ne!(sound(0.0), sound(1.0));
}
