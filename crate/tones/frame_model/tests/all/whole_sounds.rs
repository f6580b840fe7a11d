//! Promises: a sound keeps its pitch and its level on its way through a model. The share determines the place of a
//! sound between two others. The samples are the same every time.

use crate::common::model;
use frame_model::{
    FrameTimes, LatentFrame, PEAK_LIMIT, SoundAlignment, TimedFrames, ToneCoder, TonePitch, below_full_scale,
    decode_sound, encode_sound, frame_layout, interpolated, transferred,
};
use spectral::{FrameLayout, ToneFrame, analyze_tone, synthesize_tone};
use std::f32::consts::TAU;

const RATE_HZ: f32 = 44_100.0;

/// A second of a tone with six harmonics.
fn tone(frequency_hz: f32, amplitude: f32) -> Vec<f32> {
    let harmonic = |n: usize, at: f32| (TAU * (n as f32 * frequency_hz * at).fract()).sin() / n as f32;
    let sample = |n: usize| amplitude * (1..=6).map(|k| harmonic(k, n as f32 / RATE_HZ)).sum::<f32>();
    (0..44_100).map(sample).collect()
}

fn level_db(samples: &[f32]) -> f32 {
    10.0 * (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).log10()
}

fn median_frequency_hz(samples: &[f32]) -> f32 {
    let frames = analyze_tone(samples, FrameLayout::default(), RATE_HZ).expect("a usual rate");
    let mut found: Vec<f32> =
        frames.iter().filter(|(pitch, _)| pitch.is_voiced).map(|(pitch, _)| pitch.frequency_hz).collect();
    found.sort_by(f32::total_cmp);
    found[found.len() / 2]
}

#[test]
fn a_sound_keeps_pitch_and_level() {
    let model = model(8, 32);
    for (frequency_hz, amplitude) in [(220.0, 0.3), (500.0, 0.02)] {
        let sound = tone(frequency_hz, amplitude);
        for strength in [0.0, 0.5, 1.0] {
            let made = transferred(&model, &sound, RATE_HZ, strength).expect("a usual rate");
            assert_eq!(made.len(), sound.len());
            let middle = 8_000..36_000;
            let change_db = level_db(&made[middle.clone()]) - level_db(&sound[middle]);
            assert!(change_db.abs() < 1.0, "{frequency_hz} Hz, {strength}: {change_db} dB");
        }
        let made = transferred(&model, &sound, RATE_HZ, 0.5).expect("a usual rate");
        let cents = 1200.0 * (median_frequency_hz(&made) / frequency_hz).log2();
        assert!(cents.abs() < 10.0, "{cents} cents");
        assert_eq!(made, transferred(&model, &sound, RATE_HZ, 0.5).expect("a usual rate"));
    }
}

#[test]
fn a_transfer_is_the_sound_of_latent_numbers_within_the_domain() {
    // The axes of one model hold all numbers of the sound, those of the other hardly any.
    let (mut wide, mut narrow) = (model(8, 32), model(8, 32));
    for (wide, narrow) in wide.axes.iter_mut().zip(&mut narrow.axes) {
        (wide.low, wide.high) = (-1000.0, 1000.0);
        (narrow.low, narrow.high) = (-0.01, 0.01);
    }
    let sound = tone(330.0, 0.2);
    let frames = encode_sound(&wide, &sound, RATE_HZ).expect("a usual rate");
    let decoded =
        |frames: &[LatentFrame]| decode_sound(&wide, frames, RATE_HZ, sound.len()).expect("a usual rate");
    let mut limited = frames.clone();
    limited.iter_mut().for_each(|frame| narrow.limit_to_domain(&mut frame.latent));
    assert_ne!(limited, frames);
    for (model, frames) in [(&wide, &frames), (&narrow, &limited)] {
        let moved = transferred(model, &sound, RATE_HZ, 1.0).expect("a usual rate");
        for (a, b) in decoded(frames).iter().zip(&moved) {
            assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
    }
    // Coding and decoding alone keep the extremes.
    assert_eq!(encode_sound(&narrow, &sound, RATE_HZ).expect("a usual rate"), frames);
    assert_eq!(decode_sound(&narrow, &frames, RATE_HZ, sound.len()).expect("a usual rate"), decoded(&frames));
}

fn still(latent: f32, frequency_hz: f32, level_db: f32, count: usize) -> Vec<LatentFrame> {
    let pitch = TonePitch { frequency_hz, is_voiced: true, level_db };
    vec![LatentFrame { pitch, latent: vec![latent] }; count]
}

/// The times of a sound of whole hops: frames of eight hops are seven more than the sound has hops.
fn times(count: usize) -> FrameTimes {
    FrameTimes::new(FrameLayout::default(), 256 * count.saturating_sub(7))
}

fn between(sounds: [&[LatentFrame]; 2], count: usize, share: impl Fn(f32) -> f32) -> Vec<LatentFrame> {
    let timed = sounds.map(|frames| TimedFrames { frames, times: times(frames.len()) });
    interpolated(timed, &SoundAlignment::even(), times(count), share)
}

#[test]
fn a_stretched_sound_begins_and_ends_with_the_longer_one() {
    // Ten hops and a hundred: frame 3 is centred on the beginning, the fourth from the end on the end.
    let mut short = still(0.0, 200.0, -20.0, 17);
    short.iter_mut().enumerate().for_each(|(at, frame)| frame.latent[0] = at as f32);
    let long = still(0.0, 200.0, -20.0, 107);
    let frames = between([&short, &long], 107, |_| 0.0);
    let numbers: Vec<f32> = frames.iter().map(|frame| frame.latent[0]).collect();
    assert_eq!(numbers[..4], [0.0, 1.0, 2.0, 3.0], "before the beginning nothing is stretched");
    assert_eq!(numbers[103..], [13.0, 14.0, 15.0, 16.0], "after the end neither");
    assert!((numbers[53] - 8.0).abs() < 1e-5 && (numbers[4] - 3.1).abs() < 1e-5, "{numbers:?}");
}

#[test]
fn between_two_sounds_lies_what_the_share_says() {
    let (a, b) = (still(0.0, 200.0, -20.0, 10), still(2.0, 400.0, -40.0, 30));
    let frames = between([&a, &b], 21, |time| 2.0 * time - 0.5);
    assert_eq!(frames.len(), 21);
    let close = |a: f32, b: f32| (a - b).abs() < 0.01;
    // Beyond the first, in the middle, beyond the second.
    assert!(close(frames[0].latent[0], -1.0) && close(frames[0].pitch.frequency_hz, 200.0));
    assert!(close(frames[10].latent[0], 1.0) && close(frames[10].pitch.frequency_hz, 282.84));
    assert!(close(frames[10].pitch.level_db, -22.97), "half of both powers");
    assert!(close(frames[20].latent[0], 3.0) && close(frames[20].pitch.frequency_hz, 400.0));
}

#[test]
fn ends_are_the_sounds_and_nothing_gives_silence() {
    let (a, b) = (still(0.0, 200.0, -20.0, 10), still(2.0, 400.0, -40.0, 10));
    assert_eq!(between([&a, &b], 10, |_| 0.0), a);
    assert_eq!(between([&a, &b], 10, |_| f32::NAN), a);
    assert!(between([&a, &b], 0, |_| 0.0).is_empty());
    let silent =
        decode_sound(&model(1, 4), &between([&[], &[]], 20, |_| 0.5), RATE_HZ, 1000).expect("a usual rate");
    assert!(silent.iter().all(|&sample| sample == 0.0));
}

#[test]
fn odd_rates_are_refused_and_usual_ones_work() {
    let model = model(2, 8);
    assert!(encode_sound(&model, &[0.0; 100], 0.0).is_err());
    for rate_hz in [8_000.0, 22_050.0, 48_000.0, 96_000.0, 192_000.0] {
        let frames = encode_sound(&model, &[0.1; 5000], rate_hz).expect("a usual rate");
        assert!(!frames.is_empty());
    }
}

#[test]
fn a_curve_goes_straight_from_value_to_value() {
    assert_eq!(
        [0.0, 0.25, 0.5, 1.0].map(|time| frame_model::curve_at(&[0.0, 1.0, 0.0], time)),
        [0.0, 0.5, 1.0, 0.0]
    );
    assert_eq!(frame_model::curve_at(&[0.3], 0.7), 0.3);
    assert_eq!(frame_model::curve_at(&[], 0.7), 0.0);
}

#[test]
fn frames_side_by_side_have_the_numbers_of_frames_one_by_one() {
    let model = model(8, 32);
    // More frames than are computed side by side, and a rest.
    let sound = [tone(220.0, 0.3), vec![0.0; 5_000], tone(330.0, 0.1)].concat();
    let layout = frame_layout(RATE_HZ);
    let mut coder = ToneCoder::new(model.clone(), layout, RATE_HZ).expect("a usual rate");
    let frames = analyze_tone(&sound, layout, RATE_HZ).expect("a usual rate");
    let one_by_one: Vec<LatentFrame> = frames
        .iter()
        .map(|(_, frame)| {
            let mut latent = vec![0.0; 8];
            LatentFrame { pitch: coder.encode(frame, &mut latent), latent }
        })
        .collect();
    assert_ne!(one_by_one.len() % 16, 0);
    assert_eq!(encode_sound(&model, &sound, RATE_HZ).expect("a usual rate"), one_by_one);
    let decoded: Vec<ToneFrame> = one_by_one
        .iter()
        .map(|frame| {
            let mut tone = ToneFrame::default();
            coder.decode(&frame.latent, frame.pitch, &mut tone);
            tone
        })
        .collect();
    assert_eq!(
        decode_sound(&model, &one_by_one, RATE_HZ, sound.len()).expect("a usual rate"),
        synthesize_tone(&decoded, layout, RATE_HZ, sound.len()).expect("a usual rate")
    );
}

#[test]
fn the_level_stays_between_two_sounds_that_sound_at_other_times() {
    // Both have the same power; one has it in bursts where the other is quiet.
    let burst = |is_first: bool| -> Vec<LatentFrame> {
        let mut frames = still(0.5, 220.0, -15.0, 107);
        for (at, frame) in frames.iter_mut().enumerate() {
            if (at / 10 % 2 == 0) == is_first {
                frame.pitch.level_db = -55.0;
            }
        }
        frames
    };
    let (a, b) = (burst(true), burst(false));
    let power_db = |frames: &[LatentFrame]| {
        let powers = frames.iter().map(|frame| 10.0_f32.powf(0.1 * frame.pitch.level_db));
        10.0 * (powers.sum::<f32>() / frames.len() as f32).log10()
    };
    let ends = [power_db(&a), power_db(&b)];
    for step in 0..=10 {
        let share = step as f32 / 10.0;
        let level_db = power_db(&between([&a, &b], 107, |_| share));
        let wanted = ends[0] + (ends[1] - ends[0]) * share;
        assert!((level_db - wanted).abs() < 1.0, "at {share}: {level_db} dB between {ends:?}");
    }
}

#[test]
fn a_written_sound_peaks_below_full_scale_and_a_quiet_one_stays() {
    let mut loud = vec![0.2, -1.059, 0.5];
    let gain = below_full_scale(&mut loud);
    assert!((gain - PEAK_LIMIT / 1.059).abs() < 1e-6 && (loud[1] + PEAK_LIMIT).abs() < 1e-6, "{loud:?}");
    let mut quiet = vec![0.2, -0.89, 0.5];
    assert_eq!((below_full_scale(&mut quiet), &quiet[..]), (1.0, &[0.2, -0.89, 0.5][..]));
    assert_eq!(below_full_scale(&mut []), 1.0);
}
