//! Promises of the training of a latent space of tones: the same seed gives the same bytes, the file knows notes that it
//! has not heard better than their mean, and sounds without a pitch are refused. Small generated notes.

use frame_model::{FrameCoder, FrameModel, columns};
use spectral::{FrameLayout, ToneFeatureMap, ToneFeatures, analyze_tone};
use std::f32::consts::TAU;
use train::TrainError;
use train::frames::learning::FrameSchedule;
use train::frames::{FrameTraining, NoteSound, TrainedFrames, train_frames};

const RATE_HZ: f32 = 44_100.0;

/// Half a second of a tone whose harmonics fall by so many dB an octave, with some noise.
fn note(key: u8, fall_db: f32) -> NoteSound {
    let frequency_hz = 440.0 * 2.0_f32.powf((f32::from(key) - 69.0) / 12.0);
    let mut state = u32::from(key);
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        1e-3 * (state as f32 / u32::MAX as f32 - 0.5)
    };
    let harmonic = |n: u32, at: f32| {
        let amplitude = 10.0_f32.powf(-fall_db * (n as f32).log2() / 20.0);
        amplitude * (TAU * (n as f32 * frequency_hz * at).fract()).sin()
    };
    let harmonics = (15_000.0 / frequency_hz) as u32;
    let sample = |n: u32| {
        0.1 * (1..=harmonics.min(40)).map(|k| harmonic(k, n as f32 / RATE_HZ)).sum::<f32>() + noise()
    };
    let samples = (0..22_050).map(sample).collect();
    NoteSound { name: format!("tone-{fall_db}_0_{key}"), samples, sample_rate_hz: RATE_HZ as u32 }
}

fn notes() -> Vec<NoteSound> {
    let keys = [48, 55, 60, 67, 72];
    [3.0, 6.0, 9.0, 12.0].into_iter().flat_map(|fall_db| keys.map(|key| note(key, fall_db))).collect()
}

fn trained(notes: &[NoteSound], seed: u64) -> Result<TrainedFrames, TrainError> {
    let options = FrameTraining {
        domain: "tones".into(),
        notices: "Generated.".into(),
        latents: 3,
        seed,
        schedule: FrameSchedule::quick(),
    };
    train_frames(notes, &options, &|_| ())
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let notes = notes();
    let first = trained(&notes, 1).expect("it can be trained");
    assert_eq!(first.bytes, trained(&notes, 1).expect("it can be trained").bytes);
    assert_ne!(first.bytes, trained(&notes, 2).expect("it can be trained").bytes);
    let model = FrameModel::from_bytes(&first.bytes).expect("our own file");
    assert_eq!((model.domain.name.as_str(), model.latents()), ("tones", 3));
    let shares: Vec<f32> = model.axes.iter().map(|axis| axis.share).collect();
    assert!(
        shares.is_sorted_by(|a, b| a >= b) && (shares.iter().sum::<f32>() - 1.0).abs() < 1e-3,
        "{shares:?}"
    );
    assert!(
        model.axes.iter().all(|axis| axis.low < 0.0 && axis.high > 0.0),
        "the middle is 0: {:?}",
        model.axes
    );
}

#[test]
fn a_note_between_those_that_were_heard_comes_back() {
    let trained = trained(&notes(), 1).expect("it can be trained");
    let model = FrameModel::from_bytes(&trained.bytes).expect("our own file");
    let means = model.normalisation.means.clone();
    let mut coder = FrameCoder::new(model);
    let unheard = note(64, 7.5);
    let layout = FrameLayout::default();
    let mut map = ToneFeatureMap::new(layout, RATE_HZ).expect("a usual rate");
    let (_, frame) = &analyze_tone(&unheard.samples, layout, RATE_HZ).expect("a usual rate")[40];
    let (mut features, mut latent) = (ToneFeatures::default(), [0.0; 3]);
    map.features(frame, &mut features);
    let wanted = columns(&features);
    coder.encode(&features, &mut latent);
    coder.decode(&latent, features.frequency_hz, &mut features);
    let mean_difference =
        |other: &[f32]| wanted[..64].iter().zip(other).map(|(a, b)| (a - b).abs()).sum::<f32>() / 64.0;
    let [of_model, of_mean] = [mean_difference(&features.envelope_db), mean_difference(&means)];
    assert!(of_model < 0.6 * of_mean && of_model < 6.0, "{of_model} dB; of the mean {of_mean} dB");
}

#[test]
fn sounds_without_pitch_and_too_few_notes_are_refused() {
    let mut state = 1_u32;
    let mut hiss = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        0.2 * (state as f32 / u32::MAX as f32 - 0.5)
    };
    let noises: Vec<NoteSound> = (0..20)
        .map(|index| NoteSound {
            name: format!("hiss_{index}"),
            samples: (0..11_025).map(&mut hiss).collect(),
            sample_rate_hz: 44_100,
        })
        .collect();
    for notes in [&noises[..], &notes()[..2], &[]] {
        let error = trained(notes, 1).expect_err("there is nothing to learn");
        assert!(matches!(error, TrainError::TooFewNotes { .. }), "{error}");
    }
}
