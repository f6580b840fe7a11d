//! Promise: the tracker reports each sung note once, soon, with its bend. Glides, vibrato and noise add no notes.

use crate::common::{RATE_HZ, envelope, events, keys, noise, notes, silence, sing};
use note_tracking::{NoteTracker, SpectralError, TrackedEvent};

/// Notes of 0.3 s with short gaps between them.
fn melody(keys: &[u8]) -> Vec<f32> {
    let note = |&key: &u8| sing(0.35, |_| f64::from(key), |time| envelope(time, 0.3));
    [silence(0.2), keys.iter().flat_map(note).collect(), silence(0.3)].concat()
}

#[test]
fn a_melody_is_played_note_by_note() {
    for sung in [&[60, 62, 64, 65, 67, 69, 71, 72][..], &[45, 52, 48, 43, 57], &[72, 76, 79, 84, 81, 77]] {
        assert_eq!(keys(&melody(sung)), sung);
    }
}

#[test]
fn a_note_begins_within_the_stated_latency_and_ends_soon() {
    let latency_s = f64::from(NoteTracker::new(RATE_HZ).expect("a usual rate").latency_s());
    assert!(latency_s < 0.038, "{latency_s}");
    for key in 40..=88_u8 {
        // Without a soft beginning: the time of the onset is exact.
        let before_s = 0.2 + f64::from(key) * 0.0001;
        let sound = [silence(before_s), sing(0.4, |_| f64::from(key), |_| 0.1), silence(0.4)].concat();
        let found = notes(&events(&sound));
        assert_eq!(found.len(), 1, "key {key}: {found:?}");
        assert_eq!(found[0].key, key);
        let [late, long] = [found[0].from_s - before_s, found[0].to_s - before_s - 0.4];
        assert!((0.0..=latency_s).contains(&late), "key {key}: {:.1} ms", 1000.0 * late);
        // The higher the note, the sooner two periods of it are there.
        assert!(late < if key < 60 { 0.038 } else { 0.024 }, "key {key}: {:.1} ms", 1000.0 * late);
        assert!(long < 0.05, "key {key} ends after {:.1} ms", 1000.0 * long);
    }
}

#[test]
fn a_soft_low_note_begins_about_within_the_stated_latency_wherever_it_begins() {
    let latency_s = f64::from(NoteTracker::new(RATE_HZ).expect("a usual rate").latency_s());
    let mut latest_s = 0.0_f64;
    for key in 40..46_u8 {
        for soft_s in [0.001, 0.005, 0.01, 0.02] {
            for start in 0..16 {
                let before_s = 0.2 + f64::from(start) * 9.0 / f64::from(RATE_HZ);
                let onset = |time: f64| 0.1 * (time / soft_s).min(1.0);
                let sound = [silence(before_s), sing(0.3, |_| f64::from(key), onset)].concat();
                let late_s = notes(&events(&sound))[0].from_s - before_s;
                latest_s = latest_s.max(late_s);
            }
        }
    }
    assert!(latest_s < 1.25 * latency_s, "{:.1} ms", 1000.0 * latest_s);
}

#[test]
fn a_vibrato_is_one_note_that_bends() {
    let sound = [silence(0.1), sing(2.0, |time| 62.0 + 0.6 * (34.0 * time).sin(), |_| 0.1)].concat();
    let found = events(&sound);
    assert_eq!(notes(&found).iter().map(|note| note.key).collect::<Vec<_>>(), [62]);
    let bends: Vec<f32> = found
        .iter()
        .filter_map(|(_, event)| if let TrackedEvent::Bend(bend) = event { Some(*bend) } else { None })
        .collect();
    let (least, most) = bends.iter().fold((0.0_f32, 0.0_f32), |(a, b), bend| (a.min(*bend), b.max(*bend)));
    assert!(least < -0.45 && most > 0.45, "{least} {most}");
    assert!(bends.len() > 50);
}

#[test]
fn an_out_of_tune_note_keeps_its_pitch_by_the_bend() {
    let found = events(&[silence(0.1), sing(0.5, |_| 57.3, |_| 0.1)].concat());
    let Some((_, TrackedEvent::Bend(bend))) =
        found.iter().rev().find(|(_, event)| matches!(event, TrackedEvent::Bend(_)))
    else {
        panic!("no bend: {found:?}")
    };
    assert!((bend - 0.3).abs() < 0.05, "{bend}");
}

#[test]
fn a_glide_plays_the_keys_in_order_and_bends_between_them() {
    let sound = [silence(0.1), sing(2.0, |time| 55.0 + 3.5 * time, |_| 0.1)].concat();
    let found = keys(&sound);
    assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{found:?}");
    assert_eq!((found[0], *found.last().unwrap()), (55, 62), "{found:?}");
}

#[test]
fn a_fifth_without_a_gap_is_two_notes() {
    for (from, to) in [(60.0, 67.0), (67.0, 60.0), (50.0, 57.0), (60.0, 72.0), (72.0, 60.0), (60.0, 62.0)] {
        // A singer takes about 40 ms from note to note.
        let key = |time: f64| from + (to - from) * ((time - 0.6) / 0.04).clamp(0.0, 1.0);
        let found = events(&[silence(0.1), sing(1.2, key, |_| 0.1)].concat());
        let found = notes(&found);
        assert_eq!(found.iter().map(|note| f64::from(note.key)).collect::<Vec<_>>(), [from, to], "{found:?}");
        assert!(found[1].from_s < 0.1 + 0.64 + 0.09, "{found:?}");
    }
}

#[test]
fn repeated_notes_are_repeated() {
    // “La la la”: the level falls to a fifth for 60 ms, the pitch stays.
    let amplitude = |time: f64| if time % 0.3 > 0.24 { 0.02 } else { 0.1 };
    assert_eq!(keys(&[silence(0.1), sing(1.5, |_| 64.0, amplitude)].concat()), [64; 5]);
    // A swell is one note.
    let swell = |time: f64| 0.1 * (0.3 + 0.7 * (3.0 * time).sin().powi(2));
    assert_eq!(keys(&[silence(0.1), sing(2.0, |_| 64.0, swell)].concat()), [64]);
}

#[test]
fn noise_and_silence_are_no_notes() {
    for gain in [0.001, 0.01, 0.1, 0.5] {
        let sound: Vec<f32> = noise(96_000).iter().map(|sample| gain * sample).collect();
        assert_eq!(keys(&sound), [], "noise of {gain}");
    }
    assert_eq!(events(&silence(1.0)), []);
    let hum: Vec<f32> = sing(3.0, |_| 43.0, |_| 0.0002);
    assert_eq!(keys(&hum), [], "the hum of a quiet room");
}

#[test]
fn a_voice_in_a_noisy_room_is_heard() {
    let sung = [57, 60, 64, 62, 59];
    let room: Vec<f32> = [silence(3.0), melody(&sung)].concat();
    let sound: Vec<f32> =
        room.iter().zip(noise(room.len())).map(|(voice, noise)| voice + 0.004 * noise).collect();
    assert_eq!(keys(&sound), sung);
}

#[test]
fn louder_is_louder() {
    let soft = sing(0.4, |_| 60.0, |time| 0.15 * envelope(time, 0.35));
    let loud = sing(0.4, |_| 60.0, |time| envelope(time, 0.35));
    let found = events(&[silence(0.2), loud.clone(), silence(0.2), soft, silence(0.2), loud].concat());
    let velocities: Vec<u8> = notes(&found).iter().map(|note| note.velocity).collect();
    assert_eq!(velocities.len(), 3, "{found:?}");
    assert!(velocities[1] + 25 < velocities[0] && velocities[1] + 25 < velocities[2], "{velocities:?}");
    let gain_at = |at_s: f64| {
        let reported = found.iter().filter(|(now_s, _)| *now_s < at_s);
        let mut reported = reported
            .filter_map(|(_, event)| if let TrackedEvent::Gain(gain) = event { Some(*gain) } else { None });
        reported.next_back().unwrap_or_default()
    };
    assert!(gain_at(0.9) < 0.4 * gain_at(0.4), "{} {}", gain_at(0.9), gain_at(0.4));
}

#[test]
fn a_brighter_vowel_has_a_greater_brightness() {
    let dark = |time: f64| (std::f64::consts::TAU * 220.0 * time).sin();
    let bright = |time: f64| (1..30).map(|k| dark(k as f64 * time)).sum::<f64>() / 8.0;
    let sample = |n: usize| {
        let time = n as f64 / f64::from(RATE_HZ);
        (0.1 * if time % 1.0 < 0.5 { dark(time) } else { bright(time) }) as f32
    };
    let found = events(&(0..96_000).map(sample).collect::<Vec<_>>());
    let at = |at_s: f64| {
        let reported = found.iter().filter(|(now_s, _)| *now_s < at_s);
        let mut reported = reported.filter_map(|(_, event)| {
            if let TrackedEvent::Brightness(value) = event { Some(*value) } else { None }
        });
        reported.next_back().unwrap_or_default()
    };
    assert!(at(0.95) > 0.5 && at(1.45) < -0.5 && at(1.95) > 0.5, "{} {} {}", at(0.95), at(1.45), at(1.95));
}

#[test]
fn every_rate_of_a_browser_hears_the_same() {
    for rate_hz in [8_000.0, 16_000.0, 22_050.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0_f32] {
        let mut tracker = NoteTracker::new(rate_hz).expect("a usual rate");
        assert!(tracker.latency_s() < 0.05, "{rate_hz}");
        let sample = |n: usize| 0.2 * (std::f32::consts::TAU * 261.63 * n as f32 / rate_hz).sin();
        let mut found = Vec::new();
        for n in 0..rate_hz as usize / 3 {
            tracker.push(&[sample(n)], |event| found.push((0.0, event)));
        }
        assert_eq!(notes(&found).iter().map(|note| note.key).collect::<Vec<_>>(), [60], "{rate_hz}");
    }
    for rate_hz in [0.0, 4000.0, f32::NAN, 1e6] {
        assert!(matches!(NoteTracker::new(rate_hz), Err(SpectralError::SampleRate { .. })));
    }
}

#[test]
fn a_pitch_that_falls_with_the_breath_is_no_other_note() {
    let fades_s = |time: f64| (time - 0.5).max(0.0);
    // Six semitones down while the level falls by 30 dB, within 0.3 s, after it has fallen by 10 dB.
    let sound = sing(
        1.0,
        |time| 60.0 - 20.0 * (fades_s(time) - 0.1).clamp(0.0, 0.3),
        |time| 0.1 * 10_f64.powf(-5.0 * fades_s(time)),
    );
    assert_eq!(keys(&[silence(0.1), sound].concat()), [60]);
}
