//! Promises of the training of a latent space of tones. The same seed gives the same bytes. The model approximates
//! unknown notes better than their mean does. Sounds without a pitch are refused. The plane as data agrees with the
//! model's tones, and the figures measure the reconstruction and a transfer. Small generated notes.

use evaluate::{NoteSet, ToneNotes, evaluate_tones};
use frame_model::{FrameCoder, FrameModel, columns};
use spectral::{FrameLayout, ToneFeatureMap, ToneFeatures, analyze_tone};
use std::f32::consts::TAU;
use train::TrainError;
use train::frames::learning::FrameSchedule;
use train::frames::{FrameTraining, NoteSound, TrainedFrames, note_points, tone_map, train_frames};

const RATE_HZ: f32 = 44_100.0;

/// Half a second of a tone whose harmonics fall by `fall_db` an octave, with some noise.
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

#[test]
fn silent_notes_are_not_what_a_training_stops_by() {
    let audible = |at: u8| NoteSound { name: format!("{at:02}_0_60"), ..note(60, f32::from(at % 7) + 3.0) };
    let silent = |at: u8| NoteSound { samples: vec![0.0; 22_050], ..audible(at) };
    let of = |count: u8, is_audible: fn(u8) -> bool| -> Vec<NoteSound> {
        (0..count).map(|at| if is_audible(at) { audible(at) } else { silent(at) }).collect()
    };
    // Every eighth note is held back, from the fifth on: here a silent note, or all audible notes.
    for notes in [of(6, |at| at != 4), of(37, |at| at % 8 == 4)] {
        let figures = trained(&notes, 1).expect("five notes are enough").figures;
        assert_eq!(figures.notes, [4, 1], "of {} notes", notes.len());
    }
    let figures = trained(&of(7, |at| at != 5), 1).expect("six notes are enough").figures;
    assert_eq!(figures.notes, [5, 1], "the fifth is audible");
}

#[test]
fn notes_lie_where_the_model_puts_them_and_have_names_in_words() {
    let mut notes = notes();
    let model = FrameModel::from_bytes(&trained(&notes, 1).expect("it can be trained").bytes).expect("ours");
    let mut silence = note(60, 6.0);
    silence.samples.fill(0.0);
    silence.name = "silent-note_0_60".into();
    notes.push(silence);
    notes.push(NoteSound { name: "tone-6_1_60".into(), ..note(60, 6.0) });
    notes.push(NoteSound { name: "tone-6.Wind chime_7_60".into(), ..note(60, 6.0) });
    let table = note_points(&model, &notes, &|_| ()).expect("usual rates");
    table.check().expect("it is a table of coordinates");
    assert_eq!(table.model, format!("{:016x}", model.domain.fingerprint));
    assert_eq!(
        table.banks,
        ["Tone 12", "Tone 3", "Tone 6", "Tone 9"],
        "a bank for each instrument with a pitch"
    );
    let of_six: Vec<&str> = (0..table.len())
        .filter(|&row| table.bank_of(row) == "Tone 6")
        .map(|row| table.name[row].as_str())
        .collect();
    assert_eq!(
        of_six,
        ["Tone 6 C3", "Tone 6 G3", "Tone 6 C4", "Tone 6 C4 (2)", "Tone 6 G4", "Tone 6 C5", "Wind chime"]
    );
    let at = |name: &str| {
        let row = table.name.iter().position(|one| one == name).expect("it has a row");
        [table.x[row], table.y[row]]
    };
    assert_eq!(at("Tone 6 C4"), at("Tone 6 C4 (2)"), "the same sound is at the same point");
    let distance = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let [dark, middle, bright] = ["Tone 12 C4", "Tone 9 C4", "Tone 3 C4"].map(at);
    assert!(distance(dark, middle) < distance(dark, bright), "{dark:?} {middle:?} {bright:?}");
    assert!(table.x.iter().chain(&table.y).all(|coordinate| coordinate.abs() <= 4.0));
}

#[test]
fn the_map_is_brighter_where_bright_notes_lie() {
    let notes = notes();
    let model = FrameModel::from_bytes(&trained(&notes, 1).expect("it can be trained").bytes).expect("ours");
    let map = tone_map(&model, 60, 5, &|_| ()).expect("tones can be measured");
    map.check().expect("it is a map");
    assert_eq!(map.model, format!("{:016x}", model.domain.fingerprint));
    assert_eq!(map, tone_map(&model, 60, 5, &|_| ()).expect("tones can be measured"), "the same every time");
    let table = note_points(&model, &notes, &|_| ()).expect("usual rates");
    let brightness = |name: &str| {
        let row = table.name.iter().position(|one| one == name).expect("it has a row");
        map.value("brightness", table.x[row], table.y[row]).expect("on the plane")
    };
    let [dark, bright] = ["Tone 12 C4", "Tone 3 C4"].map(brightness);
    assert!(dark + 3.0 < bright, "{dark} and {bright} points");
    assert!(map.layers.iter().all(|layer| layer.minimum < layer.maximum && layer.name != "reverb"));
}

#[test]
fn the_figures_say_what_is_kept_and_that_a_transfer_comes_nearer() {
    let learned = notes();
    let model =
        FrameModel::from_bytes(&trained(&learned, 1).expect("it can be trained").bytes).expect("ours");
    let set = |name: &str, notes| NoteSet { name: name.to_owned(), notes };
    let mut foreign = [50, 62].map(|key| note(key, 20.0)).to_vec();
    foreign.push(NoteSound { samples: vec![0.0; 22_050], ..note(55, 20.0) });
    let notes = ToneNotes {
        learned,
        unheard: vec![set("tones/test", vec![note(57, 7.5), note(64, 4.5)]), set("none", Vec::new())],
        others: vec![set("sines/test", foreign)],
    };
    let report = evaluate_tones(&model, &notes, |_, _, _| ()).expect("usual rates");
    assert_eq!((report.domain.as_str(), report.latents, report.kept.len()), ("tones", 3, 1));
    let kept = &report.kept[0];
    let [few, many] = kept.components_db.expect("there are learned notes");
    assert!(kept.features_db.value < 3.0 && kept.model_db.value < 6.0, "{kept:?}");
    assert!(many.value <= few.value + 0.1 && kept.features_db.value <= many.value + 0.1, "{kept:?}");
    assert!(kept.model_db.interval.is_none_or(|[low, _]| low <= kept.model_db.value), "{kept:?}");
    let transfer = report.transfer.as_ref().expect("there are notes to transfer");
    let line = &transfer.lines[0];
    assert_eq!((line.count, line.compared, line.nearer), (3, 2, 2), "silence has no pitch to compare");
    // The notes are short: eight frames in 92 begin or end within one.
    assert!(line.voiced_frames > 100 && line.frames_in_tune * 100 >= line.voiced_frames * 90, "{line:?}");
    let is_nearer = |pair: Option<[f64; 2]>| pair.is_some_and(|[before, after]| after < before);
    assert!(is_nearer(line.note_distances) && is_nearer(line.distances), "{line:?}");
    let text = report.to_string();
    assert!(text.contains("| 2 of tones/test |") && text.contains("| 3 of sines/test |"), "{text}");
    let again = evaluate_tones(&model, &notes, |_, _, _| ()).expect("usual rates");
    assert_eq!(report, again, "the same every time");
}

#[test]
fn without_learned_notes_there_is_nothing_to_compare_with() {
    let model =
        FrameModel::from_bytes(&trained(&notes(), 1).expect("it can be trained").bytes).expect("ours");
    let unheard = vec![NoteSet { name: "test".into(), notes: vec![note(57, 7.5)] }];
    let sounds = ToneNotes { unheard: unheard.clone(), others: unheard, ..ToneNotes::default() };
    let report = evaluate_tones(&model, &sounds, |_, _, _| ()).expect("usual rates");
    assert!(report.transfer.is_none() && report.kept[0].components_db.is_none());
    assert!(report.to_string().contains("| – | – |"));
}
