//! `latent-pad sketch` as a person uses it: a hummed melody becomes a patch and notes, a beatboxed rhythm a pattern and
//! a bank. The same seed gives the same bytes, and a sound that is neither is refused with one sentence.

use crate::wav;
use std::f32::consts::TAU;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const RATE_HZ: u32 = 22_050;

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn text(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn noise() -> impl FnMut() -> f32 {
    let mut state = 1_u32;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state as f32 / u32::MAX as f32 - 0.5
    }
}

/// Two hummed notes, 57 and 60; the second glides up by 300 cents.
fn hum() -> Vec<f32> {
    let mut samples = Vec::new();
    let mut phase = 0.0_f32;
    for (key, glide) in [(57.0, 0.0), (60.0, 3.0)] {
        let frames = RATE_HZ as usize / 2;
        for frame in 0..frames {
            let share = frame as f32 / frames as f32;
            phase += 440.0 * ((key + glide * share - 69.0_f32) / 12.0).exp2() / RATE_HZ as f32;
            let level = (share / 0.1).min(1.0).min((1.0 - share) / 0.2);
            let partials = (1..8).map(|k| (TAU * phase * k as f32).sin() / (k * k) as f32);
            samples.push(0.3 * level * partials.sum::<f32>());
        }
        samples.extend(vec![0.0; RATE_HZ as usize / 8]);
    }
    samples
}

/// A thud and a hiss by turns.
fn beats() -> Vec<f32> {
    let mut noise = noise();
    let mut before = 0.0;
    let mut samples = vec![0.0; 2000];
    for hit in 0..6 {
        for frame in 0..RATE_HZ as usize / 4 {
            let fall = (-(frame as f32) / 700.0).exp();
            let now = noise();
            let hiss = now - std::mem::replace(&mut before, now);
            samples.push(
                fall * if hit % 2 == 0 { 0.5 * now + 0.5 * (frame as f32 * 0.02).sin() } else { 0.6 * hiss },
            );
        }
    }
    samples
}

#[test]
fn a_hummed_melody_becomes_a_patch_its_sound_and_its_notes() {
    let folder = tempfile::tempdir().unwrap();
    let [voice, preset, wav, midi] =
        ["hum.wav", "hum.amSynthPreset", "out.wav", "out.mid"].map(|name| text(&folder, name));
    wav::write(&voice, &hum(), RATE_HZ);
    let found = || {
        let output = call(&["sketch", &voice, "-o", &preset, "--wav", &wav, "--midi", &midi, "--json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let files = [&preset, &wav, &midi].map(|path| std::fs::read(path).unwrap());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("--beatbox"), "a melody: {said}");
        (output.stdout, files)
    };
    let first = found();
    assert_eq!(found(), first, "the same seed gives the same bytes");
    let report: serde_json::Value = serde_json::from_slice(&first.0).unwrap();
    assert_eq!(report["kind"], "melody");
    let notes = report["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert_eq!(notes[0]["key"], 57);
    assert!((notes[1]["start_s"].as_f64().unwrap() - 0.625).abs() < 0.04, "{notes:?}");
    assert_eq!(report["patch"].as_object().unwrap().len(), 41);
    assert!(call(&["show", &preset]).status.success());
    // The glide is in the file as pitch bend, of which only the first event repeats its status.
    let midi = &first.1[2];
    assert!(midi.starts_with(b"MThd") && midi.contains(&0xe0) && midi.len() > 200, "{} bytes", midi.len());
    let matched = call(&["match", &wav, "--renders", "12", "--json"]);
    assert!(matched.status.success());
    let length_s = hound::WavReader::open(&wav).unwrap().duration() as f32 / 44_100.0;
    assert!((length_s - 1.12).abs() < 0.06, "{length_s}");
}

/// The start of the first note in a MIDI file of one track, in seconds.
fn first_note_s(midi: &[u8]) -> f32 {
    let smf = midly::Smf::parse(midi).unwrap();
    let mut ticks = 0;
    for event in &smf.tracks[0] {
        ticks += event.delta.as_int();
        if let midly::TrackEventKind::Midi { message: midly::MidiMessage::NoteOn { .. }, .. } = event.kind {
            break;
        }
    }
    // 960 ticks a beat, two beats a second.
    ticks as f32 / 1920.0
}

#[test]
fn times_are_those_of_the_recording() {
    let folder = tempfile::tempdir().unwrap();
    let [voice, wav, midi] = ["late.wav", "out.wav", "out.mid"].map(|name| text(&folder, name));
    for (options, sound) in [(&[][..], hum()), (&["--beatbox"], beats())] {
        let first = sound.iter().position(|sample| sample.abs() > 0.05).unwrap();
        let first_s = 1.0 + first as f32 / RATE_HZ as f32;
        wav::write(&voice, &[vec![0.0; RATE_HZ as usize], sound].concat(), RATE_HZ);
        let files = ["--wav", &wav, "--midi", &midi, "--json"];
        let output = call(&[&["sketch", &voice], options, &files].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let places = ["/notes/0/start_s", "/classes/0/hits/0/start_s"].map(|place| report.pointer(place));
        let said_s = places.into_iter().flatten().next().unwrap().as_f64().unwrap() as f32;
        let played: Vec<f32> = hound::WavReader::open(&wav).unwrap().samples().map(Result::unwrap).collect();
        let sounds_s = played.iter().position(|sample| sample.abs() > 1e-3).unwrap() as f32 / 44_100.0;
        for at_s in [said_s, first_note_s(&std::fs::read(&midi).unwrap()), sounds_s] {
            assert!((at_s - first_s).abs() < 0.1, "{options:?}: {at_s} s, not {first_s} s");
        }
    }
}

#[test]
fn a_beatboxed_rhythm_becomes_a_pattern_and_a_bank() {
    let folder = tempfile::tempdir().unwrap();
    let [voice, bank, wav, midi] =
        ["beats.wav", "hits.bank", "out.wav", "out.mid"].map(|name| text(&folder, name));
    wav::write(&voice, &beats(), RATE_HZ);
    let output =
        call(&["sketch", &voice, "--beatbox", "-o", &bank, "--wav", &wav, "--midi", &midi, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["kind"], "rhythm");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let classes = report["classes"].as_array().unwrap();
    let hits: Vec<usize> = classes.iter().map(|class| class["hits"].as_array().unwrap().len()).collect();
    assert_eq!(hits, [3, 3]);
    assert!(call(&["show", &format!("{bank}#1")]).status.success());
    assert!(std::fs::read(&midi).unwrap().starts_with(b"MThd"));
    assert!(Path::new(&wav).is_file());
}

#[test]
fn a_name_of_the_other_kind_of_file_is_refused_before_the_search() {
    let folder = tempfile::tempdir().unwrap();
    let [beats_wav, hum_wav, wav] = ["beats.wav", "hum.wav", "out.wav"].map(|name| text(&folder, name));
    wav::write(&beats_wav, &beats(), RATE_HZ);
    wav::write(&hum_wav, &hum(), RATE_HZ);
    for (voice, options, output, words) in [
        (&beats_wav, &["--beatbox"][..], "hits.amSynthPreset", "hits.bank"),
        (&hum_wav, &["--beatbox"], "hits.AMSYNTHPRESET", "hits.bank"),
        (&hum_wav, &[], "hum.bank", "hum.amSynthPreset"),
    ] {
        let output = text(&folder, output);
        let answer = call(&[&["sketch", voice, "-o", &output, "--wav", &wav], options].concat());
        let message = String::from_utf8(answer.stderr).unwrap();
        assert_eq!(answer.status.code(), Some(2), "{message}");
        assert!(message.trim_end().ends_with(words) && message.lines().count() == 1, "{message}");
        assert!(!Path::new(&output).exists() && !Path::new(&wav).exists());
    }
}

#[test]
fn of_a_sound_longer_than_ten_seconds_it_is_said_what_counts() {
    let folder = tempfile::tempdir().unwrap();
    let voice = text(&folder, "long.wav");
    wav::write(&voice, &beats().repeat(7), RATE_HZ);
    for call_of in [&["match", "--renders", "1"][..], &["sketch", "--beatbox"]] {
        let output = call(&[call_of, &[&voice, "--json"]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        assert!(said.contains("long.wav is longer than 10 seconds: only the first 10 count"), "{said}");
    }
}

#[test]
fn of_a_rhythm_with_some_pitch_that_is_sketched_as_a_melody_the_option_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let voice = text(&folder, "beats.wav");
    wav::write(&voice, &[&beats()[..], &hum()[..RATE_HZ as usize / 4]].concat(), RATE_HZ);
    let output = call(&["sketch", &voice, "--json"]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("use --beatbox"), "{said}");
}

#[test]
fn tones_that_are_too_short_for_a_melody_are_sketched_as_a_rhythm() {
    let folder = tempfile::tempdir().unwrap();
    let [voice, two] = ["beeps.wav", "two.wav"].map(|name| text(&folder, name));
    // Resampling would make them longer.
    const RATE: u32 = 44_100;
    let beeps = |count: usize| -> Vec<f32> {
        let beep = (0..RATE / 25).map(|n| {
            let ends = (n.min(RATE / 25 - n) as f32 / 200.0).min(1.0);
            0.5 * ends * (TAU * 440.0 * n as f32 / RATE as f32).sin()
        });
        [beep.collect(), vec![0.0; RATE as usize / 2]].concat().repeat(count)
    };
    wav::write(&voice, &beeps(5), RATE);
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/sound_to_patch.onnx");
    let output = call(&["sketch", &voice, "--json", "--model", &model.display().to_string()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("taken as a rhythm") && said.contains("--model is not used"), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["classes"][0]["hits"].as_array().unwrap().len(), 5);
    wav::write(&two, &beeps(2), RATE);
    let said = String::from_utf8(call(&["sketch", &two]).stderr).unwrap();
    assert!(said.contains("longest note is only") && said.lines().count() == 1, "{said}");
}

#[test]
fn what_cannot_be_sketched_gets_one_sentence_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [silent, short, words, hiss] =
        ["silent.wav", "short.wav", "words.wav", "hiss.wav"].map(|name| text(&folder, name));
    wav::write(&silent, &[0.0; 9000], RATE_HZ);
    wav::write(&short, &[0.5, -0.5].repeat(150), RATE_HZ);
    std::fs::write(&words, "no sound at all").unwrap();
    let mut noise = noise();
    wav::write(&hiss, &(0..20_000).map(|_| 0.4 * noise()).collect::<Vec<_>>(), RATE_HZ);
    let [absent, below, preset] = ["absent.wav", "words.wav/tone.wav", "out"].map(|name| text(&folder, name));
    let cases = [
        (vec![&silent[..]], "silent"),
        (vec![&short], "s long"),
        (vec![&words], "WAV, FLAC, OGG"),
        (vec![&absent], "there is no such file or folder"),
        (vec![&below], "a part of its path is not a folder"),
        (vec![&hiss], "no pitch and no beats"),
        (vec![&hiss, "--beatbox"], "too few hits"),
    ];
    for (arguments, reason) in cases {
        let output = call(&[&["sketch", "-o", &preset], &arguments[..]].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains(reason) && message.lines().count() == 1, "{message}");
        assert!(!message.contains("os error"), "{message}");
    }
    assert!(!Path::new(&preset).exists());
}

#[test]
fn a_network_that_no_rhythm_uses_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let [voice, model] = ["beats.wav", "mine.onnx"].map(|name| text(&folder, name));
    wav::write(&voice, &beats(), RATE_HZ);
    let output = call(&["sketch", &voice, "--beatbox", "--model", &model, "--json"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("--beatbox") && message.contains("cannot be used with"), "{message}");
    assert!(output.stdout.is_empty() && !output.status.success());
}

#[test]
fn flac_ogg_and_mp3_are_sketched() {
    for (kind, format) in [("flac", None), ("ogg", Some("--json")), ("mp3", Some("--json"))] {
        let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sounds/tone.{kind}"));
        let output = call(&[&["sketch", &sound.display().to_string()], format.as_slice()].concat());
        assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        if format.is_none() {
            let table = String::from_utf8(output.stdout).unwrap();
            assert!(table.lines().next().unwrap().contains("key  69 (A4)"), "{table}");
            continue;
        }
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["notes"][0]["key"], 69, "{kind}");
    }
}

#[test]
fn a_folder_of_voices_is_evaluated() {
    let folder = tempfile::tempdir().unwrap();
    let voices = text(&folder, "voices");
    std::fs::create_dir(&voices).unwrap();
    wav::write(Path::new(&voices).join("hum.wav"), &hum(), RATE_HZ);
    let output = call(&["evaluate", "--task", "sketch", "--sounds", &voices, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let reports: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let own = &reports[0]["each"][0][1];
    assert!(own["in_tune"].as_f64().unwrap() > 0.9, "{own}");
    assert!(own["metrics"]["rms_cosine"].as_f64().unwrap() > 0.95, "{own}");
    assert!(own["attack_s"].as_f64().unwrap().abs() < 0.02, "{own}");
    let without = call(&["evaluate", "--task", "sketch"]);
    assert!(String::from_utf8(without.stderr).unwrap().contains("no voice to sketch"));
}
