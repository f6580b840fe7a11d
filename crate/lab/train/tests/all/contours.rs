//! Promises of the contours of notes: they have the note's attack, vibrato and swells, hold on at the mean level, and are
//! the same at every run. Notes that are not held have none.

use frame_model::{CONTOUR_STEP_S, FrameModel};
use std::f32::consts::TAU;
use std::path::Path;
use train::frames::{NoteSound, note_contour, note_contours};

const RATE_HZ: f32 = 44_100.0;

fn model() -> FrameModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/timbre/strings.frames");
    FrameModel::from_bytes(&std::fs::read(path).expect("it is shipped")).expect("our own file")
}

/// A tone of A3 with twelve harmonics that rises in `attack_s`, with a vibrato of 5.5 Hz and swells of 3 Hz.
fn note(name: &str, seconds: f32, attack_s: f32, cents: f32, swell_db: f32) -> NoteSound {
    let mut turns = 0.0_f32;
    let sample = |at: usize| {
        let time = at as f32 / RATE_HZ;
        let octaves = cents / 1200.0 * (TAU * 5.5 * time).sin();
        turns = (turns + 220.0 * octaves.exp2() / RATE_HZ).fract();
        let gain = (time / attack_s).min(1.0) * 10.0_f32.powf(swell_db / 20.0 * (TAU * 3.0 * time).sin());
        let harmonics = (1..=12).map(|n| (TAU * (n as f32 * turns).fract()).sin() / n as f32);
        0.1 * gain * harmonics.sum::<f32>()
    };
    let samples = (0..(seconds * RATE_HZ) as usize).map(sample).collect();
    NoteSound { name: name.into(), samples, sample_rate_hz: RATE_HZ as u32 }
}

/// Half the distance from the least to the greatest value.
fn depth(values: &[f32]) -> f32 {
    let [least, greatest] =
        [f32::min, f32::max].map(|choose| values.iter().copied().reduce(choose).unwrap_or(0.0));
    0.5 * (greatest - least)
}

#[test]
fn a_contour_has_attack_vibrato_and_swells_of_its_note() {
    let model = model();
    let contour = |note: &NoteSound| note_contour(&model, note).expect("a usual rate").expect("it is held");
    let slow = contour(&note("violin_0_57", 2.5, 0.2, 30.0, 3.0));
    let fast = contour(&note("violin_0_57", 2.5, 0.03, 0.0, 0.0));
    assert_eq!(slow.key, 57);
    assert!((0.08..0.18).contains(&slow.attack_s()), "it has 70 % after 0.14 s, not {}", slow.attack_s());
    assert!(fast.attack_s() < 0.05, "{}", fast.attack_s());
    let held = |values: &[f32], from: usize| values[from..].to_vec();
    let cents = depth(&held(&slow.cents, slow.loop_start));
    assert!((24.0..36.0).contains(&cents), "{cents} cents, not 30");
    assert!(depth(&held(&fast.cents, fast.loop_start)) < 3.0);
    let swell_db = depth(&held(&slow.level_db, slow.loop_start));
    assert!((2.2..3.6).contains(&swell_db), "{swell_db} dB, not 3");
    for contour in [&slow, &fast] {
        let powers =
            contour.level_db[contour.loop_start..].iter().map(|level_db| 10.0_f32.powf(0.1 * level_db));
        let mean = powers.sum::<f32>() / (contour.steps() - contour.loop_start) as f32;
        assert!((mean - 1.0).abs() < 0.05, "what is held has the mean level: {mean}");
        assert!(contour.steps() as f32 * CONTOUR_STEP_S <= 1.51);
    }
}

#[test]
fn notes_that_are_not_held_or_have_no_key_have_no_contour_and_the_rest_is_the_same_every_time() {
    let model = model();
    let all = [
        note("violin_0_57", 2.0, 0.1, 20.0, 1.0),
        note("short_0_57", 0.5, 0.1, 20.0, 1.0),
        note("keyless", 2.0, 0.1, 20.0, 1.0),
        NoteSound { name: "silent_0_57".into(), samples: vec![0.0; 88_200], sample_rate_hz: 44_100 },
        NoteSound { name: "empty_0_57".into(), samples: Vec::new(), sample_rate_hz: 44_100 },
    ];
    let contours = note_contours(&model, &all, &|_| ()).expect("usual rates");
    assert_eq!(contours.len(), 1);
    assert_eq!(note_contours(&model, &all, &|_| ()).expect("usual rates"), contours);
    let bytes = model.with_contours(contours).expect("they fit").to_bytes();
    assert_eq!(FrameModel::from_bytes(&bytes).expect("our own file").to_bytes(), bytes);
}
