//! `latent-pad sketch`: from a recorded voice to a patch and the notes that play it; from a beatboxed rhythm to a
//! pattern and a patch for each kind of hit.

use crate::error::CliError;
use crate::model::{ModelFile, known_presets, sound_to_patch};
use crate::named_files::NamedFiles;
use crate::output::{number, patch_json, print, say, warn, write_wav, write_whole};
use crate::progress::{advance, bar};
use crate::remark_words::ToldDifference;
use crate::sketch_arguments::SketchArguments;
use crate::sound_input::{read_region, warn_if_cut};
use crate::sound_words::hint_for_sketch;
use features::test_note::SAMPLE_RATE_HZ;
use matching::{KnownSounds, Target};
use patch::file::{write_bank, write_preset};
use patch::{Patch, Preset, note_name};
use serde_json::{Value, json};
use sketching::{
    BeatSettings, BeatSketch, MidiTrack, SketchError, SketchSettings, SketchedNote, VoiceAnalysis,
    VoiceSketch, beat_sketch, compare_sketch, sketch, write_beats, write_performance,
};
use std::path::Path;

/// Sketches, writes and prints.
pub fn run(arguments: &SketchArguments) -> Result<(), CliError> {
    let outputs = [&arguments.output, &arguments.wav, &arguments.midi];
    NamedFiles::default()
        .read("VOICE", [arguments.voice.as_path()])
        .model("--model", ModelFile::SoundToPatch, arguments.model.as_deref())
        .found([ModelFile::Presets, ModelFile::PresetSounds])
        .write("-o", arguments.output.as_deref())
        .write("--wav", arguments.wav.as_deref())
        .write("--midi", arguments.midi.as_deref())
        .check()?;
    let sound = read_region(&arguments.voice, &arguments.region)?;
    let channels: Vec<&[f32]> = sound.channels.iter().map(Vec::as_slice).collect();
    let recording = Target::new(&channels, sound.sample_rate_hz)
        .map_err(|source| CliError::Target { path: arguments.voice.clone(), source })?;
    // A refusal is the only sentence.
    let (presets, known) = known_presets()?;
    warn_if_cut(&recording, &arguments.voice);
    hint_for_sketch(&recording, &arguments.voice, &arguments.region);
    let melody = if arguments.beatbox { None } else { analysed(arguments, &recording)? };
    check_kind(arguments, melody.is_none())?;
    match melody {
        Some(voice) => melody_sketch(arguments, &recording, &voice, (&known, &presets))?,
        None => rhythm_sketch(arguments, &recording, (&known, &presets))?,
    }
    if outputs.into_iter().all(Option::is_none) && !arguments.json {
        warn("nothing is written: -o FILE keeps the patch, --wav FILE its sound, --midi FILE the notes");
    }
    Ok(())
}

/// The analysis of a voice; `None` for a rhythm without pitch, or for short tones.
fn analysed(arguments: &SketchArguments, recording: &Target) -> Result<Option<VoiceAnalysis>, CliError> {
    let voice = VoiceAnalysis::new(recording);
    match voice.and_then(|voice| sketching::longest_note(recording, &voice).map(|_| voice)) {
        Ok(voice) => {
            if voice.is_mostly_unvoiced() && sketching::is_rhythm(recording.sounding()) {
                warn(format_args!(
                    "much of {} has no pitch: if it is a rhythm, use --beatbox",
                    arguments.voice.display()
                ));
            }
            Ok(Some(voice))
        }
        Err(error @ (SketchError::NoPitch | SketchError::ShortNotes { .. }))
            if sketching::is_rhythm(recording.sounding()) =>
        {
            let lacks = if error == SketchError::NoPitch { "pitch" } else { "note long enough for a melody" };
            warn(format_args!("{} has no {lacks}: it is taken as a rhythm", arguments.voice.display()));
            Ok(None)
        }
        Err(error) => Err(failed(arguments)(error)),
    }
}

/// Refuses an output with the name of a preset if it would be a bank, or the other way round.
fn check_kind(arguments: &SketchArguments, is_rhythm: bool) -> Result<(), CliError> {
    if is_rhythm && arguments.model.is_some() {
        warn("--model is not used: it guesses the patch of a melody, and this is a rhythm");
    }
    let Some(path) = &arguments.output else { return Ok(()) };
    let (own, other) = if is_rhythm { ("bank", "amSynthPreset") } else { ("amSynthPreset", "bank") };
    if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case(other)) {
        let (voice, named) = (arguments.voice.clone(), path.with_extension(own));
        return Err(match is_rhythm {
            true => CliError::RhythmIsBank { voice, named },
            false => CliError::MelodyIsPreset { voice, named },
        });
    }
    Ok(())
}

fn failed(arguments: &SketchArguments) -> impl FnOnce(SketchError) -> CliError {
    let path = arguments.voice.clone();
    move |source| CliError::Sketch { path, source }
}

fn melody_sketch(
    arguments: &SketchArguments,
    recording: &Target,
    voice: &VoiceAnalysis,
    known: (&KnownSounds, &[Patch]),
) -> Result<(), CliError> {
    let settings = SketchSettings { seed: arguments.seed, ..SketchSettings::default() };
    let mut network = sound_to_patch(arguments.model.as_deref())?;
    let guess = move |sound: &[f32], noise: &[f32], preset: &Patch| network.patch(sound, noise, preset).ok();
    let bar = bar("Sketching");
    let found = sketch(recording, voice, known, Some(Box::new(guess)), &settings, |done| {
        advance(&bar, "Sketching", settings.renders(), done);
    });
    let mut found = found.map_err(failed(arguments))?;
    bar.finish_and_clear();
    let told = told(recording, &found.performance.render(&found.patch));
    let name = name_of(&arguments.voice);
    if let Some(path) = &arguments.output {
        let text = write_preset(&Preset { name: name.clone(), patch: found.patch });
        write_whole(path, |file| file.write_all(text.as_bytes()).map_err(CliError::write(path)))?;
    }
    if let Some(path) = &arguments.wav {
        let sound = found.performance.render(&found.patch);
        write_wav(path, &[&[silence(recording.lead_s()), sound].concat()], SAMPLE_RATE_HZ)?;
    }
    found.performance = found.performance.later(recording.lead_s());
    if let Some(path) = &arguments.midi {
        let bytes = write_performance(&found.performance, MidiTrack { name: &name, bpm: arguments.bpm });
        write_whole(path, |file| file.write_all(&bytes).map_err(CliError::write(path)))?;
    }
    show(arguments, (melody_json(voice, &found), melody_table(voice, &found)), &told)
}

fn rhythm_sketch(
    arguments: &SketchArguments,
    recording: &Target,
    known: (&KnownSounds, &[Patch]),
) -> Result<(), CliError> {
    let bar = bar("Sketching");
    let settings = BeatSettings { seed: arguments.seed, ..BeatSettings::default() };
    let mut found = beat_sketch(recording, known, settings, |done, of| advance(&bar, "Sketching", of, done))
        .map_err(failed(arguments))?;
    bar.finish_and_clear();
    let told = told(recording, &found.render());
    let name = name_of(&arguments.voice);
    if let Some(path) = &arguments.output {
        let preset = |(at, patch): (usize, Patch)| Preset { name: format!("{name} {}", at + 1), patch };
        let presets: Vec<Preset> =
            found.classes.iter().map(|class| class.patch).enumerate().map(preset).collect();
        let text = write_bank(&presets).map_err(CliError::format(path))?;
        write_whole(path, |file| file.write_all(text.as_bytes()).map_err(CliError::write(path)))?;
    }
    if let Some(path) = &arguments.wav {
        write_wav(path, &[&[silence(recording.lead_s()), found.render()].concat()], SAMPLE_RATE_HZ)?;
    }
    found = found.later(recording.lead_s());
    if let Some(path) = &arguments.midi {
        let bytes =
            write_beats(&found.classes, found.length_s, MidiTrack { name: &name, bpm: arguments.bpm });
        write_whole(path, |file| file.write_all(&bytes).map_err(CliError::write(path)))?;
    }
    show(arguments, (rhythm_json(&found), rhythm_table(&found)), &told)
}

/// How a sketch differs from the recording.
fn told(recording: &Target, samples: &[f32]) -> ToldDifference {
    ToldDifference::new(compare_sketch(recording, samples), recording.note().length_s)
}

/// Prints a sketch for programs or for people, with its difference.
fn show(
    arguments: &SketchArguments,
    (mut json, table): (Value, String),
    told: &ToldDifference,
) -> Result<(), CliError> {
    if !arguments.json {
        return say(&format!("{table}\nthe sketch: {}", told.text()));
    }
    json["difference"] = told.json();
    print(&json)
}

/// Silence in place of the part of a recording before its first sound, which a sketch lacks.
fn silence(lead_s: f32) -> Vec<f32> {
    vec![0.0; (lead_s * SAMPLE_RATE_HZ as f32).round() as usize]
}

fn name_of(voice: &Path) -> String {
    let stem = voice.file_stem().unwrap_or_default().to_string_lossy();
    stem.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn melody_json(voice: &VoiceAnalysis, found: &VoiceSketch) -> Value {
    let note = |&SketchedNote { start_s, end_s, key, velocity }: &SketchedNote| json!({ "start_s": number(start_s), "end_s": number(end_s), "key": key, "velocity": velocity });
    let vibrato = voice.vibrato.map(
        |vibrato| json!({ "rate_hz": number(vibrato.rate_hz), "depth_cents": number(vibrato.depth_cents) }),
    );
    json!({
        "kind": "melody",
        "notes": found.performance.notes.iter().map(note).collect::<Vec<_>>(),
        "bend_range_semitones": found.performance.range_semitones(),
        "vibrato": vibrato,
        "noise_share": number(voice.noise_share),
        "length_s": number(found.performance.length_s),
        "patch": patch_json(&found.patch),
    })
}

fn melody_table(voice: &VoiceAnalysis, found: &VoiceSketch) -> String {
    let note = |note: &SketchedNote| {
        format!(
            "{:6.2} s to {:6.2} s: key {:3} ({}), velocity {:3}",
            note.start_s,
            note.end_s,
            note.key,
            note_name(note.key),
            note.velocity
        )
    };
    let mut lines: Vec<String> = found.performance.notes.iter().map(note).collect();
    lines.push(match voice.vibrato {
        Some(vibrato) => format!("vibrato {:.1} Hz, {:.0} cents", vibrato.rate_hz, vibrato.depth_cents),
        None => "no vibrato".to_owned(),
    });
    lines.push(format!("noise {:.0} %", 100.0 * voice.noise_share));
    lines.join("\n")
}

fn rhythm_json(found: &BeatSketch) -> Value {
    let class = |class: &sketching::HitClass| {
        let hit =
            |hit: &sketching::VoiceHit| json!({ "start_s": number(hit.start_s), "velocity": hit.velocity });
        json!({
            "key": class.key,
            "bend_cents": number(class.bend_cents),
            "hits": class.hits.iter().map(hit).collect::<Vec<_>>(),
            "patch": patch_json(&class.patch),
        })
    };
    json!({
        "kind": "rhythm",
        "classes": found.classes.iter().map(class).collect::<Vec<_>>(),
        "length_s": number(found.length_s),
    })
}

fn rhythm_table(found: &BeatSketch) -> String {
    let class = |(at, class): (usize, &sketching::HitClass)| {
        let times: Vec<String> = class.hits.iter().map(|hit| format!("{:.2}", hit.start_s)).collect();
        format!("hit {}: key {} ({}), at {} s", at + 1, class.key, note_name(class.key), times.join(", "))
    };
    found.classes.iter().enumerate().map(class).collect::<Vec<_>>().join("\n")
}
