//! `latent-pad match`: the patches that sound most like a given sound.

use crate::error::CliError;
use crate::match_arguments::MatchArguments;
use crate::model::{ModelFile, known_presets, sound_to_patch};
use crate::named_files::NamedFiles;
use crate::output::{number, patch_json, print, say, warn, write_wav, write_whole};
use crate::progress::{advance, bar};
use crate::remark_words::ToldDifference;
use crate::sound_input::{read_region, warn_if_cut};
use crate::sound_words::{hint_for_match, kind_name};
use ::evaluate::SoundMetrics;
use features::FeatureExtractor;
use indicatif::ProgressBar;
use matching::{
    Answer, Candidate, Judge, JudgedPatch, KnownSounds, MatchSettings, Strand, Target, as_loud_as, render,
    residual,
};
use model::PatchEncoder;
use patch::encoding::learned;
use patch::file::write_preset;
use patch::{Patch, Preset};
use plane::Point;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use serde_json::{Value, json};
use sketching::{KindOfSound, compare_patch};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Matches, writes and prints.
pub fn run(arguments: &MatchArguments) -> Result<(), CliError> {
    let outputs = [&arguments.output, &arguments.wav].map(Option::as_deref);
    let [presets, sounds] =
        outputs.map(|path| path.map(|path| numbered(path, arguments.answers)).unwrap_or_default());
    NamedFiles::default()
        .read("SOUND", [arguments.sound.as_path()])
        .model("--model", ModelFile::SoundToPatch, arguments.model.as_deref())
        .found([ModelFile::Presets, ModelFile::PresetSounds, ModelFile::Encoder])
        .write("-o", presets)
        .write("--wav", sounds)
        .check()?;
    let sound = read_region(&arguments.sound, &arguments.region)?;
    let channels: Vec<&[f32]> = sound.channels.iter().map(Vec::as_slice).collect();
    let mut target = Target::new(&channels, sound.sample_rate_hz)
        .map_err(|source| CliError::Target { path: arguments.sound.clone(), source })?;
    // A refusal is the only sentence.
    let (presets, known) = known_presets()?;
    warn_if_cut(&target, &arguments.sound);
    let kind = hint_for_match(&target, &sound, &arguments.sound, &arguments.region);
    if let Some(key) = arguments.key {
        target = target.with_key(key);
    } else if target.pitch().is_none() {
        let key = target.note().key;
        warn(format_args!(
            "{} has no pitch: patches play key {key}; choose another with --key",
            arguments.sound.display()
        ));
    }
    let places = arguments.json.then(AnswerPlaces::new).transpose()?;
    let bar = bar("Listening");
    let answers = answers(arguments, &target, (&presets, &known), &bar)?;
    bar.finish_and_clear();
    let report = places.map(|places| report(&target, &kind, &answers, places)).transpose()?;
    for (at, (answer, _)) in answers.iter().enumerate() {
        write(arguments, &target, at, answer)?;
    }
    if let Some(report) = report {
        return print(&report);
    }
    say(&table(&target, &answers))?;
    if outputs.iter().all(Option::is_none) {
        warn("nothing is written: -o FOUND.amSynthPreset keeps the patch, --wav FOUND.wav its sound");
    }
    Ok(())
}

/// The answers with their differences, nearest first.
fn answers(
    arguments: &MatchArguments,
    target: &Target,
    (presets, known): (&[Patch], &KnownSounds),
    bar: &ProgressBar,
) -> Result<Vec<(Answer, ToldDifference)>, CliError> {
    let of = arguments.answers;
    let renders = (arguments.renders / u32::from(of)).max(1);
    let settings = MatchSettings { seed: arguments.seed, renders, ..MatchSettings::default() };
    let share = arguments.seconds.map(|seconds| Duration::from_secs_f64(seconds / f64::from(of)));
    let judge_all = |strand: &Strand, patches: &[Candidate]| -> Vec<JudgedPatch> {
        let share = patches.len().div_ceil(rayon::current_num_threads()).max(1);
        let (judge, nearest) = (strand.judge(), strand.nearest());
        let judge_share = |judge: &mut Judge, patches: &[Candidate]| judge.judge_all(patches, nearest);
        patches.par_chunks(share).map_init(|| judge.clone(), judge_share).flatten_iter().collect()
    };
    let mut answers: Vec<(Answer, ToldDifference)> = (0..of)
        .map(|index| {
            let mut network = sound_to_patch(arguments.model.as_deref())?;
            let guess =
                move |sound: &[f32], noise: &[f32], preset: &Patch| network.patch(sound, noise, preset).ok();
            let strand = Strand::new(target, known, presets, &settings, index, of);
            let mut strand = strand.with_guesses(Box::new(guess));
            let begun = Instant::now();
            // Without the first candidates an answer would not have been compared with any other patch.
            loop {
                let patches = strand.candidates();
                if patches.is_empty() {
                    break;
                }
                advance(bar, "Matching", (renders * u32::from(of)) as usize, patches.len());
                let judged = judge_all(&strand, &patches);
                strand.record(judged);
                if share.is_some_and(|share| begun.elapsed() >= share) {
                    break;
                }
            }
            let answer = *strand.best();
            let patch = as_loud_as(target, &answer.patch, &answer.note(target));
            let compared = compare_patch(target, &patch, &answer.note(target), false);
            Ok((Answer { patch, ..answer }, ToldDifference::new(compared, target.note().length_s)))
        })
        .collect::<Result<_, CliError>>()?;
    answers.sort_by(|a, b| a.1.percent.total_cmp(&b.1.percent));
    Ok(answers)
}

/// The files of `answers` answers: FILE, then FILE-2, FILE-3 and so on before the extension.
fn numbered(path: &Path, answers: u8) -> Vec<PathBuf> {
    // A name need not be Unicode.
    let name = |number| {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        path.with_file_name(name)
    };
    std::iter::once(path.to_owned()).chain((2..=answers).map(name)).collect()
}

fn write(arguments: &MatchArguments, target: &Target, at: usize, answer: &Answer) -> Result<(), CliError> {
    let file =
        |path: &Option<PathBuf>| path.as_ref().map(|path| numbered(path, arguments.answers)[at].clone());
    if let Some(path) = file(&arguments.output) {
        let stem = arguments.sound.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = write_preset(&Preset { name, patch: answer.patch });
        write_whole(&path, |file| file.write_all(text.as_bytes()).map_err(CliError::write(&path)))?;
    }
    if let Some(path) = file(&arguments.wav) {
        let samples = render(&answer.patch, &answer.note(target));
        write_wav(&path, &[&samples], features::test_note::SAMPLE_RATE_HZ)?;
    }
    Ok(())
}

fn report(
    target: &Target,
    kind: &KindOfSound,
    answers: &[(Answer, ToldDifference)],
    mut places: AnswerPlaces,
) -> Result<Value, CliError> {
    let note = answers.first().map_or(target.note(), |(answer, _)| answer.note(target));
    let pitch = target.pitch().map(|pitch| json!({ "key": pitch.key, "cents": number(pitch.cents) }));
    let mut metrics = SoundMetrics::new();
    let answer = |(answer, told): &(Answer, ToldDifference)| -> Result<Value, CliError> {
        let sound = render(&answer.patch, &answer.note(target));
        let bands = residual(target, &answer.patch, &answer.note(target));
        let band = |band: &matching::BandResidual| {
            json!({
                "from_hz": number(band.from_hz.round()),
                "to_hz": number(band.to_hz.round()),
                "difference_db": number(band.difference_db),
            })
        };
        Ok(json!({
            "patch": patch_json(&answer.patch),
            "key": answer.key,
            "bend_cents": number(answer.bend_cents),
            "held_s": number(answer.held_s),
            "distance": { "before": number(answer.start_distance), "after": number(answer.distance) },
            "difference": told.json(),
            "metrics": serde_json::to_value(metrics.compare(target.samples(), &sound)).map_err(CliError::Figures)?,
            "point": places.of(&answer.patch)?,
            "residual": bands.iter().map(band).collect::<Vec<_>>(),
        }))
    };
    let answers = answers.iter().map(answer).collect::<Result<Vec<_>, CliError>>()?;
    Ok(json!({
        "kind": kind_name(kind),
        "pitch": pitch,
        "note": {
            "key": note.key,
            "bend_cents": number(note.bend_cents),
            "velocity": note.velocity,
            "held_s": number(note.held_s),
            "length_s": number(note.length_s),
        },
        "answers": answers,
    }))
}

fn table(target: &Target, answers: &[(Answer, ToldDifference)]) -> String {
    let note = target.note();
    // Each answer begins at presets of its own.
    let nearest = answers.iter().map(|(answer, _)| answer.start_distance).fold(f32::INFINITY, f32::min);
    let mut lines = vec![
        format!("key {}, {:+.0} cents, {:.2} s", note.key, note.bend_cents, note.length_s),
        format!("nearest known preset: distance {nearest:.4}"),
    ];
    for (at, (answer, told)) in answers.iter().enumerate() {
        let Answer { key, held_s, distance, .. } = answer;
        lines.push(format!(
            "answer {}: key {key} for {held_s:.2} s, distance {distance:.4}, {}",
            at + 1,
            told.text()
        ));
    }
    lines.join("\n")
}

/// The points of patches on the shipped plane, by the encoder.
struct AnswerPlaces {
    path: PathBuf,
    encoder: PatchEncoder,
    extractor: FeatureExtractor,
}

impl AnswerPlaces {
    fn new() -> Result<Self, CliError> {
        let (path, onnx) = ModelFile::Encoder.read(None)?;
        let encoder = PatchEncoder::from_onnx(&onnx).map_err(CliError::model(&path))?;
        Ok(Self { path, encoder, extractor: FeatureExtractor::new() })
    }

    fn of(&mut self, patch: &Patch) -> Result<[Value; 2], CliError> {
        let features = self.extractor.extract(&learned(*patch)).vector();
        let found = self.encoder.encode(patch, Some(&features)).map_err(CliError::model(&self.path))?;
        let Point { x, y } = found.mean;
        Ok([number(x), number(y)])
    }
}
