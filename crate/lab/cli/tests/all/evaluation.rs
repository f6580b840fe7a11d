//! Promises of `latent-pad evaluate` that need no figures: sounds, presets or networks that give no figures are refused
//! with one sentence instead of zeros, and rows that a model may have learned cause a warning.

use crate::first_line;
use crate::wav;
use model::onnx::{GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;
use tempfile::TempDir;

const BANK: &str = "/usr/share/amsynth/banks/BriansBank01.amSynth.bank";
/// Less than measuring the training rows takes, more than reading files does.
const AT_ONCE: Duration = Duration::from_secs(10);

fn evaluate(task: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    command.args(["evaluate", "--task", task]).args(arguments).output().unwrap()
}

/// The call must fail with exit code 1, and its last sentence must have these words: there may be a warning before it.
fn refused(task: &str, arguments: &[&str], words: &[&str]) {
    let output = evaluate(task, arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {message}");
    assert!(output.stdout.is_empty(), "{arguments:?}: {message}");
    let sentence = message.lines().last().unwrap();
    for word in words {
        assert!(sentence.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
}

fn text(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// A folder with the first presets of a bank.
fn first_presets(count: usize) -> TempDir {
    let bank = std::fs::read_to_string(BANK).unwrap();
    let presets: Vec<&str> = bank.split("<preset>").collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("few.bank"), presets[..=count].join("<preset>") + "EOF\n").unwrap();
    folder
}

/// A folder with presets whose amplitude is 0 as soon as a note begins.
fn silent_presets(count: usize) -> TempDir {
    let silent = "<parameter> amp_attack 0\n<parameter> amp_decay 0\n<parameter> amp_sustain 0\n\
                  <parameter> amp_release 0\n<parameter> reverb_wet 0\n";
    let preset = |at: usize| {
        format!("<preset> <name> {at}\n{silent}<parameter> filter_resonance {}\n", at as f32 / count as f32)
    };
    let folder = tempfile::tempdir().unwrap();
    let bank = format!("amSynth\n{}EOF\n", (0..count).map(preset).collect::<String>());
    std::fs::write(folder.path().join("silent.bank"), bank).unwrap();
    folder
}

/// A folder with a folder `sounds` of one second of noise.
fn noise() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sounds = folder.path().join("sounds");
    std::fs::create_dir(&sounds).unwrap();
    let mut state = 1_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 17) as f32 / 32_768.0 - 0.5
    };
    wav::write(sounds.join("noise.wav"), &(0..22_050).map(|_| random()).collect::<Vec<_>>(), 22_050);
    folder
}

#[test]
fn presets_without_a_pair_that_can_be_heard_give_no_table_of_interpolations() {
    let one_row = first_presets(8);
    refused("interpolation", &["--banks", &text(&one_row, "")], &["no pair", "validation"]);
    let silent = silent_presets(20);
    refused("interpolation", &["--banks", &text(&silent, ""), "--json"], &["no pair", "silent"]);
}

#[test]
fn silent_presets_give_no_table_of_macro_controls() {
    let silent = silent_presets(20);
    refused("macro", &["--banks", &text(&silent, ""), "--rows", "test"], &["silent", "test"]);
}

#[test]
fn voices_without_a_sketch_give_no_table_of_sketches() {
    let folder = noise();
    let sounds = text(&folder, "sounds");
    refused("sketch", &["--sounds", &sounds], &["sounds", "noise", "no pitch and no beats"]);
}

#[test]
fn a_file_that_is_no_voice_is_not_sketched() {
    let folder = noise();
    let sounds = text(&folder, "sounds");
    std::fs::write(Path::new(&sounds).join("words.txt"), "no sound at all").unwrap();
    let message = String::from_utf8(evaluate("sketch", &["--sounds", &sounds]).stderr).unwrap();
    assert!(message.contains("words.txt") && message.contains("not sketched"), "{message}");
}

#[test]
fn too_few_presets_to_match_with_are_said_to_be_too_few() {
    let (few, sounds) = (first_presets(6), noise());
    let arguments = ["--banks", &text(&few, ""), "--sounds", &text(&sounds, "sounds"), "--renders", "1"];
    let output = evaluate("match", &arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("too few presets") && message.contains("add banks"), "{message}");
    assert!(!message.contains("rows"), "{message}");
}

#[test]
fn the_nearest_known_preset_does_not_depend_on_the_number_of_renders() {
    let (banks, sounds) = (first_presets(60), tempfile::tempdir().unwrap());
    let folder = text(&sounds, "sounds");
    std::fs::create_dir(&folder).unwrap();
    for row in 60..72 {
        let sound = Path::new(&folder).join(format!("{row}.wav")).display().to_string();
        let render = ["render", &format!("{BANK}#{row}"), "-o", &sound, "--seconds", "1"];
        assert!(Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(render).status().unwrap().success());
    }
    let nearest = |renders: &str| {
        let arguments = ["--banks", &text(&banks, ""), "--sounds", &folder, "--renders", renders];
        let output = evaluate("match", &[&arguments[..], &["--networks-only", "--json"]].concat());
        let reports: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut lines = reports[0]["lines"].as_array().unwrap().iter();
        lines.find(|line| line["name"] == "nearest known preset").unwrap()["figures"]["phi"].clone()
    };
    assert_eq!(nearest("1"), nearest("33"));
}

#[test]
fn files_are_matched_with_nothing_given_and_their_answers_kept() {
    let kept = tempfile::tempdir().unwrap();
    let folder = text(&kept, "kept");
    let arguments = ["--kinds", "plain,wild", "--made", "2", "--made-seed", "5", "--renders", "34", "--json"];
    let output = evaluate("files", &[&arguments[..], &["--keep", &folder, "--png", &folder]].concat());
    let reports: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for (report, kind) in reports.as_array().unwrap().iter().zip(["plain", "wild"]) {
        assert_eq!(report["matched"], format!("{kind} sounds"));
        assert_eq!(report["names"].as_array().unwrap().len(), 2);
        let lines = report["lines"].as_array().unwrap();
        let value = |line: usize, key: &str| lines[line]["figures"][key]["value"].as_f64();
        assert_eq!(lines[0]["name"], "34 renders");
        assert_eq!(lines.last().unwrap()["name"], "silence");
        let [found, silence] = [0, lines.len() - 1].map(|line| value(line, "log_mel_db").unwrap());
        assert!(found < 0.5 * silence, "{found} {silence}");
        assert!(value(0, "seconds").unwrap() > 0.0 && value(lines.len() - 1, "seconds").is_none());
        for ending in [".wav", "-found.wav", "-found.amSynthPreset"] {
            assert!(Path::new(&folder).join(format!("{kind}_1{ending}")).is_file(), "{kind}{ending}");
        }
        assert!(Path::new(&folder).join(format!("{kind}_sounds_farthest.png")).is_file());
    }
}

#[test]
fn files_that_cannot_be_matched_give_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let sounds = text(&folder, "sounds");
    std::fs::create_dir(&sounds).unwrap();
    wav::write(Path::new(&sounds).join("silence.wav"), &[0.0; 22_050], 22_050);
    refused("files", &["--sounds", &sounds], &["silence", "none of the"]);
}

/// A network without hidden layers or metadata, from `inputs` numbers to the lengths of `outputs`.
fn network(inputs: usize, outputs: &[usize]) -> Vec<u8> {
    let mut graph = GraphProto { name: "test".to_owned(), ..GraphProto::default() };
    graph.input.push(ValueInfoProto::new("row", &[1, inputs]));
    for (at, &count) in outputs.iter().enumerate() {
        let [output, weights] = ["output", "weights"].map(|name| format!("{name} {at}"));
        graph.node.push(NodeProto::new("MatMul", &["row", &weights], &output));
        graph.initializer.push(TensorProto::new(&weights, &[inputs, count], &vec![0.01; inputs * count]));
        graph.output.push(ValueInfoProto::new(&output, &[1, count]));
    }
    ModelProto::new(graph, Vec::new()).to_bytes()
}

/// The arguments of a call with two networks of the published layout in a folder.
fn published(folder: &TempDir, decoder: &[u8], encoder: &[u8]) -> Vec<String> {
    let [decoder_path, encoder_path] = ["decoder.onnx", "encoder.onnx"].map(|name| text(folder, name));
    std::fs::write(&decoder_path, decoder).unwrap();
    std::fs::write(&encoder_path, encoder).unwrap();
    ["--layout", "paper", "--model", &decoder_path].map(str::to_owned).to_vec()
}

/// The first line of standard error; empty if the call begins to measure without one.
fn first_line(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    first_line::first_line(command.arg("evaluate").args(arguments), AT_ONCE)
}

#[test]
fn published_networks_of_other_lengths_are_refused_before_anything_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    for (decoder, encoder, words) in [
        (network(2, &[56]), network(55, &[2, 2]), ["encoder.onnx", "[56]"]),
        (network(2, &[56]), network(56, &[2]), ["encoder.onnx", "[2, 2]"]),
        (network(3, &[56]), network(56, &[2, 2]), ["decoder.onnx", "[2]"]),
        (network(2, &[55]), network(56, &[2, 2]), ["decoder.onnx", "[56]"]),
    ] {
        let call = published(&folder, &decoder, &encoder);
        let line = first_line(&call.iter().map(String::as_str).collect::<Vec<_>>());
        for word in words {
            assert!(line.contains(word), "“{word}” is missing in: {line}");
        }
    }
}

#[test]
fn rows_that_the_published_networks_learned_give_a_warning() {
    let (folder, own) = (tempfile::tempdir().unwrap(), first_presets(60));
    let call = published(&folder, &network(2, &[56]), &network(56, &[2, 2]));
    let own = text(&own, "");
    for (options, warns) in [
        (&[][..], true),
        (&["--rows", "test,validation"], true),
        (&["--rows", "test", "--banks", &own], true),
        (&["--rows", "unseen,test"], false),
    ] {
        let call: Vec<&str> = call.iter().map(String::as_str).chain(options.iter().copied()).collect();
        let line = first_line(&call);
        assert_eq!(
            line.contains("published") && line.contains("may have learned"),
            warns,
            "{options:?}: {line}"
        );
    }
}

#[test]
fn rows_that_do_not_exist_are_named_before_others_are_measured() {
    let own = first_presets(128);
    let line = first_line(&["--task", "macro", "--rows", "validation,unseen", "--banks", &text(&own, "")]);
    assert!(line.contains("unseen"), "{line}");
}
