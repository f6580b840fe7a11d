//! Promises of the training of textures: the same seed gives the same bytes, unknown chords are approximated better
//! than by their mean, silence is refused, and the figures measure the reconstruction. Small generated chords.

use evaluate::{NoteSet, ToneNotes, evaluate_textures};
use frame_model::{TextureModel, TimbreModel};
use std::f32::consts::TAU;
use train::TrainError;
use train::frames::learning::FrameSchedule;
use train::frames::{FrameTraining, NoteSound, TrainedFrames, train_textures};

const RATE_HZ: f32 = 44_100.0;

/// A third of a second of three tones whose harmonics fall by `fall_db` an octave.
fn chord(key: u8, fall_db: f32) -> NoteSound {
    let frequency_hz = |step: u8| 440.0 * 2.0_f32.powf((f32::from(key + step) - 69.0) / 12.0);
    let tone = |step: u8, at: f32| {
        let harmonic = |n: u32| {
            let amplitude = 10.0_f32.powf(-fall_db * (n as f32).log2() / 20.0);
            amplitude * (TAU * (n as f32 * frequency_hz(step) * at).fract()).sin()
        };
        (1..=12).map(harmonic).sum::<f32>()
    };
    let sample = |n: u32| 0.05 * [0, 4, 7].iter().map(|&step| tone(step, n as f32 / RATE_HZ)).sum::<f32>();
    let samples = (0..14_700).map(sample).collect();
    NoteSound { name: format!("chord-{fall_db}_0_{key}"), samples, sample_rate_hz: RATE_HZ as u32 }
}

fn chords() -> Vec<NoteSound> {
    [3.0, 9.0, 15.0].into_iter().flat_map(|fall_db| [48, 52, 55, 60].map(|key| chord(key, fall_db))).collect()
}

fn trained(sounds: &[NoteSound], seed: u64) -> Result<TrainedFrames, TrainError> {
    let options = FrameTraining {
        domain: "chords".into(),
        notices: "Generated.".into(),
        latents: 4,
        seed,
        schedule: FrameSchedule::quick(),
    };
    train_textures(sounds, &options, &|_| ())
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_figures_come_out() {
    let sounds = chords();
    let first = trained(&sounds, 1).expect("it can be trained");
    assert_eq!(first.bytes, trained(&sounds, 1).expect("it can be trained").bytes);
    let model = TextureModel::from_bytes(&first.bytes).expect("our own file");
    let parts = model.parts();
    assert_eq!((parts.domain.name.as_str(), parts.latents()), ("chords", 4));
    assert!(parts.axes.iter().all(|axis| axis.low < 0.0 && axis.high > 0.0), "{:?}", parts.axes);

    let beside = [TimbreModel::Textures(model.clone())];
    let unheard = vec![NoteSet { name: "unheard".into(), notes: vec![chord(50, 6.0), chord(57, 12.0)] }];
    let notes = ToneNotes { learned: sounds, unheard, others: Vec::new() };
    let report = evaluate_textures(&model, &beside, &notes, |_, _, _| ()).expect("usual rates");
    let line = &report.kept[0];
    assert_eq!((line.count, line.beside_db[0].value), (2, line.model_db.value));
    assert!(line.phases_db.value < 2.0 && line.phases_db.value < line.model_db.value, "{report}");
    assert!(line.model_db.value < 15.0 && line.components_db.is_some(), "{report}");
    let text = report.to_string();
    assert!(text.contains("model of textures chords") && !text.contains("model of tones"), "{text}");
    // The computing time of a frame differs from call to call.
    let again = evaluate_textures(&model, &beside, &notes, |_, _, _| ()).expect("usual rates");
    let [first, again] = [report, again].map(|report| serde_json::to_string(&report).expect("JSON"));
    assert_eq!(first, again);
}

#[test]
fn silence_and_too_few_sounds_are_refused() {
    let mut silent = chords();
    silent.iter_mut().for_each(|sound| sound.samples.fill(0.0));
    for sounds in [&silent[..], &chords()[..2], &[]] {
        let error = trained(sounds, 1).expect_err("there is nothing to learn");
        assert!(matches!(error, TrainError::TooFewSounds { .. }), "{error}");
    }
}

#[test]
fn sounds_whose_names_count_as_one_are_said_to_do_so() {
    let mut numbered = chords();
    for (number, sound) in numbered.iter_mut().enumerate() {
        sound.name = format!("rain_{number}_60");
    }
    let error = trained(&numbered, 1).expect_err("nothing can be held back").to_string();
    assert!(error.contains("12 sounds") && error.contains("names") && error.contains("rain_0_60"), "{error}");
    assert!(!error.contains("add sounds"), "{error}");
}
