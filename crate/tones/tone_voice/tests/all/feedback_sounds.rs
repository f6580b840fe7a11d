//! Promises of whole sounds through the feedback: finite, at most −1 dBFS, never silent after the sound has ended,
//! the same samples every time and as the audio thread plays them; ten minutes with a random band-pass each second.

use std::f32::consts::TAU;

use crate::common::{DOMAINS, instrument, level_db, model};
use tone_voice::{FeedbackCurve, LiveMode, feedback_sound};

/// −1 dBFS.
const CEILING: f32 = 0.891;

fn curve(points: &[[f32; 2]]) -> FeedbackCurve {
    FeedbackCurve::new(points.to_vec()).expect("the times rise")
}

/// Half a second of a tone with a hum below it.
fn start(rate_hz: f32) -> Vec<f32> {
    let sine = |at: f32, frequency_hz: f32| (TAU * (frequency_hz * at).fract()).sin();
    (0..(0.5 * rate_hz) as usize)
        .map(|n| n as f32 / rate_hz)
        .map(|at| 0.2 * sine(at, 330.0) + 0.05 * sine(at, 50.0))
        .collect()
}

/// Finite, below the ceiling, and no quarter of a second from `from_s` on is silent.
fn check(sound: &[f32], rate_hz: f32, from_s: f32, what: &str) {
    assert!(sound.iter().all(|sample| sample.abs() <= CEILING), "{what}: too loud or no number");
    let quarter = (0.25 * rate_hz) as usize;
    for (index, piece) in sound[(from_s * rate_hz) as usize..].chunks_exact(quarter).enumerate() {
        assert!(level_db(piece) > -40.0, "{what}, quarter {index}: {} dB", level_db(piece));
    }
}

#[test]
fn the_loop_sounds_on_and_repeats() {
    let sweep = [curve(&[[0.0, 150.0], [3.0, 1_200.0]]), curve(&[[0.0, 2.0], [3.0, 40.0]])];
    for (domain, rate_hz) in DOMAINS.into_iter().zip([44_100.0, 48_000.0, 96_000.0, 8_000.0, 44_100.0]) {
        let made = |seed: u32| {
            let length = (4.0 * rate_hz) as usize + 7;
            feedback_sound(&model(domain), &start(rate_hz), rate_hz, length, [&sweep[0], &sweep[1]], seed)
                .expect("a usual rate")
        };
        let sound = made(1);
        assert_eq!(sound.len(), (4.0 * rate_hz) as usize + 7);
        check(&sound, rate_hz, 0.5, domain);
        assert_eq!(sound, made(1), "{domain}");
        assert_ne!(sound, made(2), "{domain}");
    }
}

#[test]
fn it_is_what_the_audio_thread_plays() {
    let rate_hz = 48_000.0;
    let constant = [curve(&[[0.0, 440.0]]), curve(&[[0.0, 8.0]])];
    let sound = feedback_sound(&model("winds"), &[], rate_hz, 48_000, [&constant[0], &constant[1]], 1);
    let mut live = instrument("winds", rate_hz);
    live.set_live(LiveMode::Feedback);
    live.set_feedback(440.0, 8.0);
    let mut played = vec![0.0; 48_000];
    // Blocks as a browser asks for them.
    played.chunks_mut(128).for_each(|block| live.render(block));
    assert_eq!(sound.expect("a usual rate"), played);
}

#[test]
fn the_sound_decides_how_the_loop_begins() {
    let constant = [curve(&[[0.0, 330.0]]), curve(&[[0.0, 1.0]])];
    let made = |sound: &[f32]| {
        feedback_sound(&model("strings"), sound, 44_100.0, 22_050, [&constant[0], &constant[1]], 1)
            .expect("a usual rate")
    };
    assert_ne!(made(&start(44_100.0)), made(&[]));
    let odd: Vec<f32> = [f32::NAN, f32::INFINITY, -1e30].into_iter().cycle().take(22_050).collect();
    assert!(made(&odd).iter().all(|sample| sample.abs() <= CEILING));
}

#[test]
fn ten_minutes_with_a_random_band_pass_are_finite_and_never_silent() {
    let rate_hz = 44_100.0;
    let mut random = 5_u32;
    let mut draw = |_| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) as f32 / (1 << 24) as f32
    };
    let shares: Vec<[f32; 2]> = (0..600).map(|second| [second as f32, draw(second)]).collect();
    let others: Vec<[f32; 2]> = (0..600).map(|second| [second as f32, draw(second)]).collect();
    let frequencies = shares.iter().map(|[time, share]| [*time, 40.0 * 125.0_f32.powf(*share)]).collect();
    let qualities = others.iter().map(|[time, share]| [*time, 0.3 * 333.0_f32.powf(*share)]).collect();
    let [frequency, quality] =
        [frequencies, qualities].map(|points| FeedbackCurve::new(points).expect("the times rise"));
    let length = 600 * rate_hz as usize;
    let sound =
        feedback_sound(&model("strings"), &start(rate_hz), rate_hz, length, [&frequency, &quality], 1);
    check(&sound.expect("a usual rate"), rate_hz, 0.5, "ten minutes");
}
