//! A recording of tones, noise and silence that is sketched, as a melody and as a rhythm. Its analyses are refused by a
//! sentence, or have hits and notes within the recording, and MIDI files in which every note ends.

use std::collections::HashSet;
use std::f32::consts::TAU;

use arbitrary::Arbitrary;
use matching::Target;
use midly::{MidiMessage, Smf, TrackEventKind};
use patch::Patch;
use sketching::{
    BeatSearch, BeatSettings, MidiTrack, SketchSearch, SketchSettings, VoiceAnalysis, write_beats,
    write_performance,
};

/// Each input takes less than a second.
const LONGEST_S: f32 = 2.0;
const RATES_HZ: [u32; 3] = [8_000, 44_100, 48_000];

#[derive(Arbitrary, Debug)]
struct RecordedPart {
    frequency_hz: u16,
    end_frequency_hz: u16,
    length_ms: u8,
    level: u8,
    noise: u8,
}

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let Some(input) = crate::structured::<(u8, Vec<RecordedPart>)>(bytes) else { return };
    let (rate, parts) = input;
    let rate_hz = RATES_HZ[usize::from(rate) % RATES_HZ.len()];
    let Ok(recording) = Target::new(&[&recording(&parts, rate_hz)], rate_hz) else { return };
    let length_s = recording.note().length_s;
    assert!((0.0..=LONGEST_S).contains(&recording.lead_s()), "{}", recording.lead_s());

    match VoiceAnalysis::new(&recording)
        .and_then(|voice| SketchSearch::new(&recording, voice, SketchSettings::default()))
    {
        Ok(mut search) => {
            let sketch = search.finish(&Patch::default());
            for note in &sketch.performance.notes {
                assert!(0.0 <= note.start_s && note.start_s < note.end_s, "{note:?}");
                assert!(note.end_s <= length_s + 0.02 && note.key < 128 && note.velocity < 128, "{note:?}");
            }
            assert!(sketch.patch.values().iter().all(|value| value.is_finite()));
            ends_every_note(&write_performance(
                &sketch.performance.later(recording.lead_s()),
                MidiTrack { name: "voice", bpm: 112.0 },
            ));
        }
        Err(error) => assert!(error.to_string().chars().count() < 300, "{error}"),
    }

    match BeatSearch::new(&recording, BeatSettings::default()) {
        Ok(search) => {
            let sketch = search.finish(&vec![Patch::default(); search.kinds().len()]);
            for hit in sketch.classes.iter().flat_map(|class| &class.hits) {
                assert!(0.0 <= hit.start_s && hit.start_s + hit.held_s <= length_s + 0.02, "{hit:?}");
            }
            let sketch = sketch.later(recording.lead_s());
            ends_every_note(&write_beats(
                &sketch.classes,
                sketch.length_s,
                MidiTrack { name: "beats", bpm: 112.0 },
            ));
        }
        Err(error) => assert!(error.to_string().chars().count() < 300, "{error}"),
    }
}

/// The parts one after the other. Noise is the same in each run.
fn recording(parts: &[RecordedPart], rate_hz: u32) -> Vec<f32> {
    let mut samples = Vec::new();
    let mut random = 1_u32;
    for part in parts {
        let frames = rate_hz as usize * usize::from(part.length_ms) / 1000;
        let [begin, end] = [part.frequency_hz, part.end_frequency_hz].map(f32::from);
        let [level, noise] = [part.level, part.noise].map(|value| f32::from(value) / 255.0);
        let mut phase = 0.0;
        for frame in 0..frames {
            phase += (begin + (end - begin) * frame as f32 / frames as f32) / rate_hz as f32;
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let random = random as f32 / u32::MAX as f32 - 0.5;
            samples.push(level * (phase * TAU).sin() + noise * random);
        }
        if samples.len() as f32 >= LONGEST_S * rate_hz as f32 {
            break;
        }
    }
    samples.truncate((LONGEST_S * rate_hz as f32) as usize);
    samples
}

/// A note that is pressed ends before its key is pressed again, and before the file ends.
fn ends_every_note(midi: &[u8]) {
    let file = Smf::parse(midi).expect("what is written can be read");
    let mut held = HashSet::new();
    for event in file.tracks.iter().flatten() {
        let TrackEventKind::Midi { channel, message } = event.kind else { continue };
        match message {
            MidiMessage::NoteOn { key, .. } => assert!(held.insert((channel, key)), "pressed twice: {key}"),
            MidiMessage::NoteOff { key, .. } => assert!(held.remove(&(channel, key)), "not pressed: {key}"),
            _ => {}
        }
    }
    assert!(held.is_empty(), "{held:?} never end");
}
