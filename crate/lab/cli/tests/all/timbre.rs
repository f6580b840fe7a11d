//! `latent-pad train --task timbre` and `latent-pad timbre` as a person uses them: a folder of notes becomes a model,
//! sounds go through it and keep pitch and level, with the same bytes every time. A faulty call is refused with one
//! sentence and writes nothing.

use crate::wav;
use spectral::{FrameLayout, MelBands, ShortTimeFourier, band_difference_db};
use std::f32::consts::TAU;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

const RATE_HZ: u32 = 44_100;

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn done(arguments: &[&str]) -> String {
    let output = call(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The call must fail with one sentence that has these words, and leave no file.
fn refused(arguments: &[&str], output: &str, words: &[&str]) {
    let answer = call(&[arguments, &["-o", output]].concat());
    let message = String::from_utf8(answer.stderr).unwrap();
    assert!(!answer.status.success() && !message.contains("panicked"), "{arguments:?}: {message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
    assert!(!Path::new(output).exists(), "{arguments:?} left a file");
}

fn tone(frequency_hz: f32, fall_db: f32, seconds: f32, rate_hz: u32) -> Vec<f32> {
    let amplitude = |n: u32| 0.1 * 10.0_f32.powf(-fall_db * (n as f32).log2() / 20.0);
    let sample = |at: u32| {
        let turns = frequency_hz * at as f32 / rate_hz as f32;
        (1..=12).map(|n| amplitude(n) * (TAU * (n as f32 * turns).fract()).sin()).sum()
    };
    (0..(seconds * rate_hz as f32) as u32).map(sample).collect()
}

fn read_wav(path: &str) -> (Vec<f32>, u32) {
    let mut reader = hound::WavReader::open(path).unwrap();
    let rate_hz = reader.spec().sample_rate;
    (reader.samples().map(Result::unwrap).collect(), rate_hz)
}

fn level_db(samples: &[f32]) -> f32 {
    10.0 * (samples.iter().map(|x| x * x).sum::<f32>() / samples.len() as f32).log10()
}

/// A folder with a small model and two sounds, made once.
struct Files {
    folder: TempDir,
}

impl Files {
    fn shared() -> &'static Self {
        static FILES: OnceLock<Files> = OnceLock::new();
        FILES.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let notes = folder.path().join("notes");
            std::fs::create_dir(&notes).unwrap();
            for key in [50_u8, 55, 60, 65, 70] {
                for fall_db in [4, 8, 12] {
                    let frequency_hz = 440.0 * 2.0_f32.powf((f32::from(key) - 69.0) / 12.0);
                    let name = format!("tone{fall_db}_0_{key}.wav");
                    wav::write(notes.join(name), &tone(frequency_hz, fall_db as f32, 0.4, RATE_HZ), RATE_HZ);
                }
            }
            wav::write(folder.path().join("a.wav"), &tone(220.0, 4.0, 0.6, RATE_HZ), RATE_HZ);
            wav::write(folder.path().join("b.wav"), &tone(330.0, 12.0, 0.9, 48_000), 48_000);
            std::fs::write(folder.path().join("text.wav"), "this is no sound").unwrap();
            let files = Self { folder };
            let figures = files.train("model.frames");
            assert!(figures.contains("held-back notes"), "{figures}");
            files
        })
    }

    fn text(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn train(&self, name: &str) -> String {
        let [notes, output] = [self.text("notes"), self.text(name)];
        done(&["train", "--task", "timbre", "--quick", "--latent", "3", "--sounds", &notes, "-o", &output])
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.text(name)).unwrap()
    }
}

#[test]
fn the_same_notes_give_the_same_model() {
    let files = Files::shared();
    files.train("again.frames");
    assert_eq!(files.bytes("model.frames"), files.bytes("again.frames"));
}

#[test]
fn a_transfer_keeps_length_rate_and_level_and_repeats() {
    let files = Files::shared();
    let model = files.text("model.frames");
    for (sound, rate_hz, seconds) in [("a.wav", RATE_HZ, 0.6), ("b.wav", 48_000, 0.9)] {
        let (sound, out, again) =
            (files.text(sound), files.text("transfer.wav"), files.text("transfer2.wav"));
        done(&["timbre", "transfer", &sound, "--domain", &model, "--strength", "0.8", "-o", &out]);
        done(&["timbre", "transfer", &sound, "--domain", &model, "--strength", "0.8", "-o", &again]);
        assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(&again).unwrap());
        let ((made, made_hz), (original, _)) = (read_wav(&out), read_wav(&sound));
        assert_eq!((made.len(), made_hz), ((seconds * rate_hz as f32) as usize, rate_hz));
        let middle = made.len() / 4..made.len() * 3 / 4;
        assert!((level_db(&made[middle.clone()]) - level_db(&original[middle])).abs() < 1.0);
    }
}

#[test]
fn frames_decode_to_what_they_were_encoded_from() {
    let files = Files::shared();
    let [model, sound] = [files.text("model.frames"), files.text("a.wav")];
    let [frames, out] = [files.text("a.json"), files.text("a-again.wav")];
    done(&["timbre", "encode", &sound, "--domain", &model, "-o", &frames]);
    done(&["timbre", "decode", &frames, "--domain", &model, "-o", &out]);
    let [(decoded, _), (original, _)] = [read_wav(&out), read_wav(&sound)];
    assert_eq!(decoded.len(), original.len());
    let mut transform = ShortTimeFourier::new(FrameLayout::default());
    let [made, wanted] = [&decoded, &original].map(|sound| transform.analyze(sound).magnitudes());
    let difference_db =
        band_difference_db(&wanted, &made, &MelBands::new(80, FrameLayout::default(), RATE_HZ as f32));
    assert!(difference_db < 5.0, "{difference_db} dB");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&frames).unwrap()).unwrap();
    assert_eq!(json["frames"][20]["latent"].as_array().map(Vec::len), Some(3));
    assert!((json["frames"][40]["frequency_hz"].as_f64().unwrap() - 220.0).abs() < 2.0);
}

#[test]
fn between_two_sounds_and_beyond_is_finite_and_repeats() {
    let files = Files::shared();
    let [model, a, b] = [files.text("model.frames"), files.text("a.wav"), files.text("b.wav")];
    let [out, again] = [files.text("between.wav"), files.text("between2.wav")];
    for path in [&out, &again] {
        done(&["timbre", "interpolate", &a, &b, "--domain", &model, "--curve", "-0.5,0.5,1.5", "-o", path]);
    }
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(&again).unwrap());
    let (made, rate_hz) = read_wav(&out);
    assert_eq!((made.len(), rate_hz), ((0.9 * RATE_HZ as f32) as usize, RATE_HZ));
    assert!(made.iter().all(|sample| sample.is_finite() && sample.abs() < 4.0));
    assert!(level_db(&made[10_000..30_000]) > -40.0);
}

#[test]
fn alignment_in_time_changes_the_way_and_not_the_ends() {
    let files = Files::shared();
    let [model, a, b, out] = ["model.frames", "a.wav", "b.wav", "aligned.wav"].map(|name| files.text(name));
    let between = |curve: &str, options: &[&str]| {
        let call = ["timbre", "interpolate", &a, &b, "--domain", &model, "--curve", curve, "-o", &out];
        done(&[&call, options].concat());
        std::fs::read(&out).unwrap()
    };
    assert_eq!(between("0", &["--align"]), between("0", &[]), "A alone keeps its own time");
    assert_ne!(between("0.5", &["--align"]), between("0.5", &[]));
}

#[test]
fn feedback_sounds_on_after_its_sound_below_its_ceiling_and_repeats() {
    let files = Files::shared();
    let [sound, out, again] = ["b.wav", "feedback.wav", "feedback2.wav"].map(|name| files.text(name));
    let call = ["timbre", "feedback", &sound, "--domain", "winds", "--frequency", "0:200,2:1000", "--q", "8"];
    for path in [&out, &again] {
        done(&[&call[..], &["--seconds", "3", "-o", path]].concat());
    }
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(&again).unwrap());
    let (made, rate_hz) = read_wav(&out);
    assert_eq!((made.len(), rate_hz), (144_000, 48_000));
    assert!(made.iter().all(|sample| sample.abs() <= 0.891));
    assert!(made[24_000..].chunks_exact(12_000).all(|quarter| level_db(quarter) > -40.0));
    done(&[&call[..], &["--seed", "2", "-o", &again]].concat());
    assert_eq!(read_wav(&again).0.len(), (5.9 * 48_000.0) as usize, "the sound and five seconds");
}

#[test]
fn a_model_of_textures_is_trained_and_used_as_one_of_tones() {
    let files = Files::shared();
    let [notes, model, a, b] = ["notes", "texture.frames", "a.wav", "b.wav"].map(|name| files.text(name));
    let [frames, out, again] = ["t.json", "t.wav", "t2.wav"].map(|name| files.text(name));
    let train = ["train", "--task", "timbre", "--head", "texture", "--quick", "--latent", "3"];
    done(&[&train[..], &["--sounds", &notes, "-o", &model]].concat());
    done(&["timbre", "encode", &a, "--domain", &model, "-o", &frames]);
    done(&["timbre", "decode", &frames, "--domain", &model, "-o", &out]);
    assert_eq!(read_wav(&out).0.len(), read_wav(&a).0.len());
    for path in [&out, &again] {
        done(&["timbre", "interpolate", &a, &b, "--domain", &model, "-o", path]);
    }
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(&again).unwrap());
    done(&["timbre", "transfer", &b, "--domain", &model, "-o", &out]);
    let [(made, _), (original, _)] = [read_wav(&out), read_wav(&b)];
    assert!((level_db(&made[10_000..30_000]) - level_db(&original[10_000..30_000])).abs() < 6.0);
    let table =
        done(&["evaluate", "--task", "timbre", "--model", &model, "--notes", &notes, "--beside", "strings"]);
    assert!(table.contains("phases alone") && table.contains("model of tones strings"), "{table}");
    let never = files.text("never-texture.wav");
    let words = &["texture.frames", "model of textures"];
    refused(&["timbre", "feedback", &a, "--domain", &model, "--frequency", "300"], &never, words);
}

#[test]
fn a_band_pass_that_is_none_is_refused() {
    let files = Files::shared();
    let [sound, out] = [files.text("a.wav"), files.text("no-feedback.wav")];
    let call = ["timbre", "feedback", &sound, "--domain", "strings"];
    for (options, words) in [
        (&["--frequency", "20"][..], &["40 to 5000"][..]),
        (&["--frequency", "440", "--q", "0:5,1:500"], &["0.3 to 100"]),
        (&["--frequency", "1:200,0:300"], &["--frequency", "rising times"]),
        (&["--frequency", "200,300"], &["--frequency", "rising times"]),
        (&["--frequency", "x:200"], &["before the colon"]),
        (&["--frequency", "200", "--seconds", "601"], &["0.01 to 600"]),
        (&["--q", "5"], &["--frequency"]),
    ] {
        refused(&[&call[..], options].concat(), &out, words);
    }
}

#[test]
fn the_plane_of_a_model_is_written_as_the_page_reads_planes() {
    let files = Files::shared();
    let [model, notes] = [files.text("model.frames"), files.text("notes")];
    for prefix in ["plane", "plane2"] {
        let prefix = files.text(prefix);
        let said = done(&["timbre", "plane", &model, "--notes", &notes, "--grid", "3", "-o", &prefix]);
        assert!(said.contains("15 of 15 notes of 3 instruments") && said.contains("key 60"), "{said}");
    }
    for end in ["coordinates.json", "map.json", "axes.json"] {
        assert_eq!(files.bytes(&format!("plane.{end}")), files.bytes(&format!("plane2.{end}")));
    }
    let table: plane::coordinates::Coordinates =
        serde_json::from_slice(&files.bytes("plane.coordinates.json")).unwrap();
    let map: plane::Map = serde_json::from_slice(&files.bytes("plane.map.json")).unwrap();
    assert_eq!((table.len(), map.grid, &table.model), (15, 3, &map.model));
    assert!(table.name.contains(&"Tone8 C4".to_owned()), "{:?}", table.name);
    assert!(map.layer("brightness").is_some());
    let axes: train::frames::AxisScales = serde_json::from_slice(&files.bytes("plane.axes.json")).unwrap();
    assert_eq!((&axes.model, axes.key, axes.scales.len()), (&map.model, 60, 7));
    assert!(axes.axes.iter().map(|axis| axis.axis).eq(3..3 + axes.axes.len()), "{axes:?}");
    assert!(!axes.axes.is_empty() && axes.axes.iter().all(|axis| axis.change.len() == 7), "{axes:?}");
}

#[test]
fn without_notes_there_is_no_plane() {
    let files = Files::shared();
    let [model, folder] =
        [files.text("model.frames"), tempfile::tempdir().unwrap().path().display().to_string()];
    let prefix = files.text("never");
    let refused = |notes: &str, words: &str| {
        let answer = call(&["timbre", "plane", &model, "--notes", notes, "--grid", "3", "-o", &prefix]);
        let message = String::from_utf8(answer.stderr).unwrap();
        assert!(!answer.status.success() && message.contains(words), "{message}");
        assert!(!Path::new(&format!("{prefix}.coordinates.json")).exists());
    };
    refused(&folder, "cannot read");
    let wrong = files.folder.path().join("wrong");
    std::fs::create_dir_all(&wrong).unwrap();
    wav::write(wrong.join("violin_0_60.wav"), &tone(300.0, 4.0, 0.4, RATE_HZ), RATE_HZ);
    refused(&wrong.display().to_string(), "has a pitch");
}

#[test]
fn the_figures_of_a_model_are_printed_as_a_table_and_as_json() {
    let files = Files::shared();
    let [model, notes] = [files.text("model.frames"), files.text("notes")];
    let unheard = files.folder.path().join("unheard");
    std::fs::create_dir_all(&unheard).unwrap();
    wav::write(unheard.join("tone6_0_57.wav"), &tone(220.0, 6.0, 0.4, RATE_HZ), RATE_HZ);
    let unheard = unheard.display().to_string();
    let call = ["evaluate", "--task", "timbre", "--model", &model, "--notes", &unheard];
    let table = done(&call);
    assert!(table.contains("the model, 3 numbers | transferred") && table.contains("/unheard |"), "{table}");
    let json = done(&[&call[..], &["--learned", &notes, "--others", &unheard, "--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["kept"][0]["count"], 1);
    for way in ["model_db", "transferred_db"] {
        assert!(json["kept"][0][way]["value"].as_f64().unwrap() < 6.0, "{json}");
    }
    assert!(json["transfer"]["lines"][0]["voiced_frames"].as_u64().unwrap() > 20, "{json}");
}

#[test]
fn an_evaluation_without_model_or_notes_says_so() {
    let files = Files::shared();
    let model = files.text("model.frames");
    let refused = |arguments: &[&str], words: &str| {
        let answer = call(&[&["evaluate", "--task", "timbre"], arguments].concat());
        let message = String::from_utf8(answer.stderr).unwrap();
        assert!(!answer.status.success() && message.contains(words), "{message}");
    };
    refused(&[], "--model");
    refused(&["--model", &model], "--notes");
    refused(&["--model", &model, "--notes", &files.text("nowhere")], "cannot read");
    refused(
        &["--model", &files.text("a.wav"), "--notes", &files.text("notes")],
        "not a model of timbre frames",
    );
    let notes = files.text("notes");
    for (model, option) in [("strings", "--beside"), ("textures", "--others")] {
        refused(&["--model", model, "--notes", &notes, "--learned", &notes, option, &notes], option);
    }
}

#[test]
fn shipped_domains_have_names() {
    let files = Files::shared();
    let (sound, mut made) = (files.text("a.wav"), Vec::new());
    for domain in ["strings", "voices", "winds", "brass", "amsynth"] {
        let out = files.text(&format!("{domain}.wav"));
        done(&["timbre", "transfer", &sound, "--domain", domain, "-o", &out]);
        made.push(std::fs::read(&out).unwrap());
    }
    made.sort();
    made.dedup();
    assert_eq!(made.len(), 5, "each domain sounds different");
}

#[test]
fn what_is_wrong_gets_a_sentence_and_no_file() {
    let files = Files::shared();
    let [model, sound, no_sound] = [files.text("model.frames"), files.text("a.wav"), files.text("text.wav")];
    let out = files.text("never.wav");
    refused(&["timbre", "transfer", &no_sound, "--domain", &model], &out, &["text.wav", "not a sound"]);
    refused(&["timbre", "transfer", &sound, "--domain", "harps"], &out, &["harps", "train --task timbre"]);
    refused(
        &["timbre", "transfer", &sound, "--domain", &sound],
        &out,
        &["a.wav", "not a model of timbre frames"],
    );
    refused(&["timbre", "transfer", &sound, "--domain", &model, "--strength", "2"], &out, &["0 to 1"]);
    refused(
        &["timbre", "interpolate", &sound, &sound, "--domain", &model, "--curve", "0,9"],
        &out,
        &["-0.5 to 1.5"],
    );
    refused(&["timbre", "decode", &no_sound, "--domain", &model], &out, &["text.wav", "timbre encode"]);
    let [frames, other] = [files.text("odd.json"), files.text("other.json")];
    done(&["timbre", "encode", &sound, "--domain", &model, "-o", &frames]);
    let text = std::fs::read_to_string(&frames).unwrap();
    std::fs::write(&other, text.replacen("\"fingerprint\":\"", "\"fingerprint\":\"0", 1)).unwrap();
    refused(&["timbre", "decode", &other, "--domain", &model], &out, &["other.json", "another model"]);
    std::fs::write(&other, text.replacen("\"latent\":[", "\"latent\":[1.0,", 1)).unwrap();
    refused(&["timbre", "decode", &other, "--domain", &model], &out, &["3 latent numbers"]);
    for (from, to, word) in
        [("\"level_db\":-", "\"level_db\":400", "level"), ("\"latent\":[", "\"latent\":[1e39,", "latent")]
    {
        std::fs::write(&other, text.replacen(from, to, 1)).unwrap();
        refused(&["timbre", "decode", &other, "--domain", &model], &out, &["other.json", word]);
    }
    let mut none: serde_json::Value = serde_json::from_str(&text).unwrap();
    none["frames"] = serde_json::json!([]);
    std::fs::write(&other, none.to_string()).unwrap();
    refused(&["timbre", "decode", &other, "--domain", &model], &out, &["other.json", "no frames"]);
    for (name, sample) in [("nan.wav", f32::NAN), ("infinite.wav", f32::INFINITY)] {
        let mut samples = tone(220.0, 4.0, 0.6, RATE_HZ);
        samples[9000] = sample;
        wav::write(files.folder.path().join(name), &samples, RATE_HZ);
        let sound = files.text(name);
        for task in ["transfer", "encode", "feedback"] {
            let options = if task == "feedback" { &["--frequency", "300"][..] } else { &[] };
            let call = [&["timbre", task, &sound, "--domain", "strings"][..], options].concat();
            refused(&call, &out, &[name, "not finite numbers"]);
        }
    }
    let empty = files.text("empty");
    std::fs::create_dir_all(&empty).unwrap();
    refused(&["train", "--task", "timbre", "--sounds", &empty], &out, &["empty", "--sounds"]);
    refused(&["train", "--task", "timbre"], &out, &["--sounds"]);
}
