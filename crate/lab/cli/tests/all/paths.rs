//! Promises about paths: a target becomes a path file, the file becomes sound, MIDI and a bank, operators change it,
//! and a request that cannot be met is refused with one sentence.

use crate::wav;
use std::path::PathBuf;
use std::process::{Command, Output};

const SMALL: &str = r#"{"format":"latent-pad path","version":1,"rate_hz":4,"lanes":{"x":[-2,-1,0],"y":[1,1,1]},"level":[1,0.5,0],"notes":[{"start_s":0,"length_s":0.5,"key":64,"velocity":90}]}"#;

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

/// The output of a call that must succeed.
fn done(arguments: &[&str]) -> String {
    let output = call(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str], code: i32, words: &str) {
    let output = call(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    assert!(message.contains(words) && !message.contains("panicked"), "{arguments:?}: {message}");
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn small(&self) -> String {
        std::fs::write(self.path("small.json"), SMALL).unwrap();
        self.text("small.json")
    }
}

fn sound(path: &std::path::Path) -> Vec<f32> {
    hound::WavReader::open(path).unwrap().samples().map(Result::unwrap).collect()
}

#[test]
fn a_target_becomes_a_path_that_follows_it() {
    let folder = Folder::new();
    let (json, wav, png) = (folder.text("path.json"), folder.text("path.wav"), folder.text("path.png"));
    let line = ["target", "--descriptor", "brightness", "--shape", "line", "--seconds", "2", "--steps", "12"];
    let outputs = ["--no-refinement", "-o", &json, "--wav", &wav, "--png", &png];
    let printed = done(&[&line[..], &outputs[..]].concat());
    assert!(printed.contains("brightness follows the line with a mean error of"), "{printed}");
    assert!(printed.contains("; as played, in windows of a second, the mean error is"), "{printed}");
    let about: serde_json::Value = serde_json::from_str(&done(&["path", &json])).unwrap();
    assert_eq!((&about["seconds"], &about["steps"], &about["notes"]), (&2.0.into(), &12.into(), &4.into()));
    assert_eq!(about["name"], "brightness line");
    let sound = sound(&folder.path("path.wav"));
    assert_eq!(sound.len(), 2 * 4 * 44_100, "two seconds and the end of the sound");
    assert!(sound.iter().any(|sample| sample.abs() > 0.01));
    done(&["path", &json, "-o", &folder.text("again.wav"), "--tail", "2"]);
    assert!(sound == self::sound(&folder.path("again.wav")), "the saved path has the strikes and levels");
    assert!(std::fs::read(folder.path("path.png")).unwrap().starts_with(b"\x89PNG"));
}

/// A tone whose overtones fade, as a WAV file of two seconds: it becomes darker.
fn darker(path: &std::path::Path) {
    let sample = |frame: i32| {
        let time_s = frame as f32 / 44_100.0;
        let partial = |number: i32| (std::f32::consts::TAU * 220.0 * number as f32 * time_s).sin();
        let overtones: f32 = (2..30).map(|number| partial(number) / number as f32).sum();
        0.3 * (partial(1) + overtones * (-3.0 * time_s).exp())
    };
    wav::write(path, &(0..88_200).map(sample).collect::<Vec<_>>(), 44_100);
}

#[test]
fn a_path_follows_the_contour_of_a_sound_and_a_second_scale() {
    let folder = Folder::new();
    let (json, wav) = (folder.text("path.json"), folder.text("darker.wav"));
    darker(&folder.path("darker.wav"));
    let contour =
        ["target", "--descriptor", "brightness", "--contour", &wav, "--steps", "8", "--no-refinement"];
    let table = done(&[&contour[..], &["--and", "warmth:line:45:40", "-o", &json, "--csv"]].concat());
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| {
        let at = rows[0].iter().position(|own| *own == name).unwrap();
        rows[1..].iter().map(|row| row[at].parse().unwrap()).collect::<Vec<f64>>()
    };
    let target = column("target");
    assert!(
        target.windows(2).all(|pair| pair[1] <= pair[0] + 1.0) && target[0] > target[7] + 20.0,
        "{target:?}"
    );
    let warmth = column("target of warmth");
    assert_eq!((warmth[0], warmth[7]), (45.0, 40.0));
    let about: serde_json::Value = serde_json::from_str(&done(&["path", &json])).unwrap();
    assert_eq!((&about["seconds"], &about["name"]), (&2.0.into(), &"brightness darker.wav".into()));
    let printed = done(&[&contour[..], &["--and", "warmth:line:45:40", "-o", &json]].concat());
    assert!(
        printed.contains("brightness follows darker.wav, and warmth the line, with a mean error"),
        "{printed}"
    );
    let silent = folder.text("silence.wav");
    wav::write(&silent, &[0.0; 44_100], 44_100);
    refused(
        &["target", "--descriptor", "depth", "--contour", &silent, "-o", &json],
        1,
        "no part that can be measured",
    );
    let (steady, saw) = (folder.text("steady.wav"), |at: u32| (at * 220 % 44_100) as f32 / 44_100.0 - 0.5);
    wav::write(&steady, &(0..88_200).map(saw).collect::<Vec<f32>>(), 44_100);
    refused(
        &["target", "--descriptor", "brightness", "--contour", &steady, "-o", &json],
        1,
        "its brightness by a point",
    );
    let broken = folder.text("broken.wav");
    wav::write(&broken, &[f32::NAN; 44_100], 44_100);
    refused(&["target", "--descriptor", "depth", "--contour", &broken, "-o", &json], 1, "not finite numbers");
    let surround = folder.text("surround.wav");
    let mut mono = hound::WavReader::open(&wav).unwrap();
    let spec = hound::WavSpec { channels: 3, ..mono.spec() };
    let mut writer = hound::WavWriter::create(&surround, spec).unwrap();
    let channels = mono.samples::<f32>().flat_map(|sample| [sample.unwrap(); 3]);
    channels.for_each(|sample| writer.write_sample(sample).unwrap());
    writer.finalize().unwrap();
    let of_mixed = contour.map(|own| if own == wav { &surround } else { own });
    let mixed = done(&[&of_mixed[..], &["--and", "warmth:line:45:40", "-o", &json]].concat());
    assert_eq!(mixed.replace("surround.wav", "darker.wav"), printed);
    refused(
        &["target", "--descriptor", "depth", "--contour", &json, "-o", &wav],
        1,
        "is not a sound that can be read",
    );
}

#[test]
fn a_table_has_a_line_for_each_step() {
    let folder = Folder::new();
    let json = folder.text("path.json");
    let table = done(&[
        "target",
        "--descriptor",
        "warmth",
        "--steps",
        "5",
        "--rule",
        "nearest",
        "--from",
        "30",
        "--to",
        "50",
        "-o",
        &json,
        "--csv",
    ]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(lines[0].starts_with("seconds,x,y,target,map,measured,hardness,"));
    assert_eq!(lines[1].split(',').count(), lines[0].split(',').count());
}

#[test]
fn a_path_becomes_sound_midi_and_a_bank() {
    let folder = Folder::new();
    let file = folder.small();
    let (wav, midi, automation, bank) =
        (folder.text("a.wav"), folder.text("a.mid"), folder.text("b.mid"), folder.text("a.bank"));
    let outputs = ["--midi", &midi, "--automation", &automation, "--bank", &bank];
    done(&[&["path", &file, "-o", &wav, "--tail", "0.5"][..], &outputs[..]].concat());
    let played = sound(&folder.path("a.wav"));
    assert_eq!(played.len(), 2 * 44_100);
    assert!(played.iter().any(|sample| sample.abs() > 0.01), "it sounds");
    let controllers = std::fs::read_to_string(folder.path("b.controllers")).unwrap();
    assert_eq!(controllers.lines().count(), 128);
    let about: serde_json::Value = serde_json::from_str(&done(&["path", &midi])).unwrap();
    assert_eq!((&about["seconds"], &about["notes"]), (&0.5.into(), &1.into()), "imported again");
    assert_eq!(done(&["show", &format!("{bank}#2")]).lines().count(), 43);
    refused(&["path", &automation], 1, "no controllers 16 and 17");
}

#[test]
fn operators_change_the_path_and_nothing_changes_nothing() {
    let folder = Folder::new();
    let file = folder.small();
    let saved = |options: &[&str]| -> serde_json::Value {
        let output = folder.text("changed.json");
        done(&[&["path", &file, "--save", &output], options].concat());
        serde_json::from_str(&std::fs::read_to_string(&output).unwrap()).unwrap()
    };
    let same =
        saved(&["--scale", "1", "--bias", "0:0", "--smooth", "0", "--stretch", "1", "--randomise", "0"]);
    assert_eq!(same, saved(&[]));
    assert_eq!(saved(&["--reverse"])["lanes"]["x"], serde_json::json!([0.0, -1.0, -2.0]));
    assert_eq!(saved(&["--bias", "1:-2"])["lanes"]["y"], serde_json::json!([-1.0, -1.0, -1.0]));
    assert_eq!(saved(&["--scale", "2"])["lanes"]["x"], serde_json::json!([-3.0, -1.0, 1.0]));
    assert_eq!(saved(&["--stretch", "1.2"])["rate_hz"], serde_json::json!(6.666666667));
    assert_eq!(saved(&["--loop", "0.25"])["loop"], true);
    assert_eq!(saved(&["--randomise", "1", "--seed", "5"]), saved(&["--randomise", "1", "--seed", "5"]));
    assert_eq!(saved(&["--towards", &file]), saved(&[]));
}

#[test]
fn what_cannot_be_done_gets_one_sentence() {
    let folder = Folder::new();
    let output = folder.text("path.json");
    let target = |options: &[&'static str]| [&["target", "-o", &output][..], options].concat().join("\n");
    let refuse = |options: &[&'static str], code: i32, words: &str| {
        let line = target(options);
        refused(&line.split('\n').collect::<Vec<_>>(), code, words);
        assert!(!folder.path("path.json").exists(), "nothing is written");
    };
    refuse(&["--descriptor", "nasality"], 2, "“nasality”; choose one of hardness");
    refuse(&["--descriptor", "brightness", "--to", "100"], 1, "brightness reaches from 22 to 85 points");
    refuse(&["--descriptor", "brightness", "--forbid", "0:0:9"], 1, "no path leads");
    refuse(&["--descriptor", "brightness", "--pin", "1:9:9"], 2, "a point from -4 to 4");
    refuse(
        &["--descriptor", "brightness", "--pin", "3:0:0", "--forbid", "0:0:1"],
        2,
        "the point to pass at step 3 lies in a forbidden circle",
    );
    refuse(&["--descriptor", "brightness", "--shape", "drawn"], 2, "--drawn with two or more numbers");
    std::fs::write(folder.path("no.json"), "[]").unwrap();
    refused(&["path", &folder.text("no.json")], 1, "not a path");
    let three = SMALL.replace("\"y\":[1,1,1]", "\"y\":[1,1]");
    std::fs::write(folder.path("three.json"), three).unwrap();
    refused(&["path", &folder.text("three.json")], 1, "lane 2 has 2 values");
    refused(&["codebook", "--descriptor", "nasality", "--png", &output], 2, "choose one of");
}

#[test]
fn no_option_of_a_target_is_ignored_without_a_word() {
    let folder = Folder::new();
    let output = folder.text("path.json");
    for (options, code, words) in [
        (&["--seconds", "0"][..], 2, "above 0, up to 600"),
        (&["--seconds", "-3"], 2, "above 0, up to 600"),
        (&["--seconds", "601"], 2, "above 0, up to 600"),
        (&["--seconds", "0.01"], 2, "64 steps last 0.063 to 600 seconds"),
        (&["--steps", "2", "--seconds", "11"], 2, "2 steps last 0.001 to 10 seconds"),
        (&["--steps", "-3"], 2, "2..=1024"),
        (&["--pin", "65:1:1"], 2, "choose a step from 1 to 64"),
        (&["--pin", "3:1:1", "--pin", "3:2:2"], 2, "step 3 has two pins"),
        (&["--drawn", "0,1"], 2, "--drawn needs --shape drawn"),
        (&["--shape", "drawn", "--drawn", "0.5"], 2, "two or more numbers"),
        (&["--shape", "line", "--cycles", "2"], 2, "--cycles needs --shape sine"),
        (&["--contour", "no.wav", "--shape", "line"], 2, "leave out --shape"),
        (&["--and", "warmth"], 2, "cannot follow two shapes"),
        (&["--and", "nasality"], 2, "choose one of hardness"),
        (&["--and", "depth:circle"], 2, "is not a shape of a second scale"),
        (&["--and", "depth:line:3"], 2, "NAME:SHAPE:FROM:TO is expected"),
        (&["--and", "depth:line:3:x"], 2, "FROM:TO is expected"),
        (&["--cycles", "33"], 2, "at most 32 cycles"),
        (&["--cycles", "-1"], 2, "above 0"),
    ] {
        refused(&[&["target", "--descriptor", "warmth", "-o", &output][..], options].concat(), code, words);
        assert!(!folder.path("path.json").exists(), "nothing is written");
    }
}

#[test]
fn an_operator_does_what_it_says_or_says_why_not() {
    let folder = Folder::new();
    let file = folder.small();
    let output = folder.text("changed.json");
    let call_with = |options: &[&'static str]| -> Vec<String> {
        [&["path", &file, "--save", &output][..], options].concat().iter().map(ToString::to_string).collect()
    };
    for (options, code, words) in [
        (&["--smoothness", "1"][..], 2, "--smoothness needs --randomise"),
        (&["--seed", "7"], 2, "--seed needs --randomise"),
        (&["--stretch", "0"], 2, "above 0"),
        (&["--stretch", "-1"], 2, "above 0"),
        (&["--stretch", "1300"], 2, "can last 0.002 to 1200 times as long"),
        (&["--stretch", "1e300"], 2, "can last 0.002 to 1200 times as long"),
        (&["--stretch", "0.001"], 2, "can last 0.002 to 1200 times as long"),
        (&["--loop", "20"], 2, "lasts only 0.5 seconds"),
        (&["--loop", "-1"], 2, "0 to 600"),
        (&["--scale", "1e30"], 2, "-1000 to 1000"),
        (&["--smooth", "-1"], 2, "0 to 600"),
        (&["--randomise", "-1"], 2, "0 or more"),
        (&["--tail", "1e30"], 2, "0 to 600"),
        (&["--key", "-1"], 2, "0..=127"),
    ] {
        let line = call_with(options);
        refused(&line.iter().map(String::as_str).collect::<Vec<_>>(), code, words);
        assert!(!folder.path("changed.json").exists(), "nothing is written");
    }
    let line = call_with(&["--scale", "100"]);
    let output = call(&line.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("2 of 3 steps would leave the plane"), "{said}");
}

#[test]
fn no_axis_of_a_path_is_lost_without_a_word() {
    let folder = Folder::new();
    let output = folder.text("changed");
    let three = SMALL.replace("\"x\"", "\"z1\":[0,1,2],\"z2\"").replace("\"y\"", "\"z3\"");
    let one = SMALL.replace(",\"y\":[1,1,1]", "").replace("\"x\"", "\"z1\"");
    for (name, text, dimensions) in
        [("three.json", three, "this one has 3"), ("one.json", one, "this one has 1")]
    {
        std::fs::write(folder.path(name), text).unwrap();
        let file = folder.text(name);
        done(&["path", &file, "--scale", "0.5", "--save", &output]);
        std::fs::remove_file(folder.path("changed")).unwrap();
        for options in [
            &["--bias", "1:1", "--save", &output][..],
            &["--quantise", "--save", &output],
            &["--midi", &output],
            &["-o", &format!("{output}.wav")],
        ] {
            refused(&[&["path", &file], options].concat(), 1, dimensions);
            assert!(!folder.path("changed").exists() && !folder.path("changed.wav").exists(), "{options:?}");
        }
    }
}

#[test]
fn the_codebook_says_what_its_axes_mean() {
    let folder = Folder::new();
    let png = folder.text("book.png");
    let printed = done(&["codebook", "--png", &png]);
    assert!(printed.contains("2500 points"), "{printed}");
    let shares: Vec<f64> = printed
        .lines()
        .filter_map(|line| line.split("; explains ").nth(1)?.split(' ').next()?.parse().ok())
        .collect();
    assert!(shares.len() == 2 && shares[0] > shares[1] && shares.iter().sum::<f64>() > 60.0, "{printed}");
    assert!(std::fs::read(folder.path("book.png")).unwrap().starts_with(b"\x89PNG"));
    refused(&["codebook", "--descriptor", "depth"], 2, "--png");
    let rows = done(&["codebook", "--csv"]);
    assert!(rows.lines().filter(|line| line.starts_with("point,")).count() == 2500);
    let presets: Vec<Vec<&str>> = rows
        .lines()
        .filter(|line| line.starts_with("preset,"))
        .map(|line| line.split(',').collect())
        .collect();
    assert!(
        presets.len() > 3000 && presets.iter().flatten().all(|value| !value.is_empty()),
        "no value is missing"
    );
}

#[test]
fn what_of_a_path_cannot_sound_gets_a_sentence() {
    let folder = Folder::new();
    let (file, wav) = (folder.text("chord.json"), folder.text("chord.wav"));
    let write_chord = |notes: usize, lane: &str, rate_hz: f64, seconds: u32| {
        let note = format!(r#"{{"start_s":0,"length_s":{seconds}}}"#);
        let notes = vec![note; notes].join(",");
        let text = format!(
            r#"{{"format":"latent-pad path","version":1,"rate_hz":{rate_hz},"lanes":{{"x":[{lane}],"y":[{lane}]}},"notes":[{notes}]}}"#
        );
        std::fs::write(&file, text).unwrap();
    };
    let said = || {
        let output = call(&["path", &file, "-o", &wav, "--tail", "0"]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    write_chord(5, "0,1", 4.0, 0);
    assert_eq!(said(), "");
    for (notes, late, seconds) in [(11, 1, 1), (17, 7, 1), (11, 1, 0)] {
        write_chord(notes, "0,1,2,3,4", 4.0, seconds);
        assert!(said().contains(&format!("{late} of {notes} notes do not sound")), "{}", said());
    }
    let free = vec!["0,0.1,0.3"; 20_000].join(",");
    write_chord(4, &free, 100.0, 599);
    refused(&["path", &file, "-o", &wav], 1, "too many notes and values at the same time");
}

#[test]
fn a_drawn_curve_is_called_one() {
    let folder = Folder::new();
    let output = folder.text("path.json");
    let drawn = ["target", "--descriptor", "warmth", "--shape", "drawn", "--drawn", "0,1", "--steps", "3"];
    let printed = done(&[&drawn[..], &["--no-refinement", "--seconds", "1", "-o", &output]].concat());
    assert!(printed.starts_with("warmth follows the drawn curve with a mean error of"), "{printed}");
}
