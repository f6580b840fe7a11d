//! The event queue of the audio thread: whatever numbers come in whatever order, with and without a decoder,
//! the samples are finite and bounded, and after the end of all sound no voice is left. The reverb's tail of a very
//! loud sound may ring on, as amSynth's does; that is bounded, too.

use arbitrary::Arbitrary;
use instrument::path_player::{BeatLock, PathDirection, PathPace, PathStart, TransportState};
use instrument::{Instrument, PART_COUNT, PathSoundSettings};
use model::PatchDecoder;
use patch::Patch;
use plane::Point;
use plane::presets::Presets;
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

const DECODER: &[u8] = include_bytes!("../../../../models/decoder.onnx");
/// The frames of one case; the rest is ignored.
const FRAMES: usize = 20_000;
/// Long enough for a step of an arpeggio that still runs and for the release of a short tap at usual rates.
const END_FRAMES: usize = 6_400;

#[derive(Arbitrary, Debug)]
struct EventSequence {
    sample_rate_hz: Option<f64>,
    has_decoder: bool,
    events: Vec<HostileEvent>,
}

#[derive(Arbitrary, Debug)]
enum HostileEvent {
    NoteOn { part: u8, key: u8, velocity: u8 },
    NoteOff { part: u8, key: u8 },
    OddNote { part: usize, key: u32, velocity: u32 },
    PitchBend { part: u8, value: i32 },
    ControlChange { part: u8, controller: u8, value: u8 },
    SetParameter { part: u8, index: u8, value: f32 },
    HoldParameter { index: u8, value: f32 },
    Value { index: u8, value: f32 },
    SetPatch { part: u8, point: [f32; 2] },
    TakePatchBack { part: u8 },
    AllSoundOff,
    Arpeggio { pattern: u8, steps_per_second: f64, gate: f64 },
    VoiceLimit { voices: u8 },
    Tuning { scale: Vec<u8>, map: Vec<u8> },
    Recall { seconds: f64 },
    NextPiece,
    MoveTo { part: u8, point: [f32; 2] },
    Automate { part: u8, point: [f32; 2] },
    Grid { side: u8, bytes: Vec<u8> },
    GridFile { bytes: Vec<u8> },
    Render { frames: u16 },
    PathRoom { words: Vec<u32> },
    PlayPath { number: u8, numbers: [f64; 3], flags: u8, lock: [f64; 2] },
    StopPath { number: u8 },
    PathPace { number: u8, rate: f64, direction: u8 },
    PathSound { number: u8, flags: u8, lanes: u8, rhythm: [f64; 2], source: u8 },
    PathGain { number: u8, gain: f32 },
    Transport { bpm: f64, state: u8 },
    ClaimParts { parts: u32 },
    ChooseSource { number: u8 },
}

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let Some(sequence) = crate::structured::<EventSequence>(bytes) else { return };
    let sample_rate_hz = sequence.sample_rate_hz.unwrap_or(48_000.0);
    let Some(mut instrument) = Instrument::new(sample_rate_hz) else { return };
    if sequence.has_decoder {
        let decoder = PatchDecoder::from_onnx(DECODER).expect("our decoder is one");
        instrument.set_decoder(Box::new(decoder)).expect("it decodes everywhere");
    }
    // The greatest amplitude behind amSynth's limiter (crate/sound/voice/tests/all/corners.rs), for each part.
    let limit = 0.9 / (1.0 - (-2.2 / (0.0001 * sample_rate_hz as f32)).exp()) * 1.001;
    let bound = limit * PART_COUNT as f32;
    let mut left = FRAMES;
    for event in sequence.events {
        if let HostileEvent::Render { frames } = event {
            let frames = usize::from(frames).min(left);
            left -= frames;
            render(&mut instrument, frames, bound);
        } else {
            play(&mut instrument, event);
        }
    }
    render(&mut instrument, 64, bound);
    instrument.all_sound_off();
    assert_eq!(instrument.active_voices(), 0);
    render(&mut instrument, END_FRAMES, bound);
    assert_eq!(instrument.active_voices(), 0);
}

fn play(instrument: &mut Instrument, event: HostileEvent) {
    match event {
        HostileEvent::NoteOn { part, key, velocity } => {
            instrument.note_on(part.into(), key.into(), velocity.into())
        }
        HostileEvent::NoteOff { part, key } => instrument.note_off(part.into(), key.into()),
        HostileEvent::OddNote { part, key, velocity } => instrument.note_on(part, key, velocity),
        HostileEvent::PitchBend { part, value } => instrument.pitch_bend(part.into(), value),
        HostileEvent::ControlChange { part, controller, value } => {
            instrument.control_change(part.into(), controller.into(), value.into());
        }
        HostileEvent::SetParameter { part, index, value } => {
            instrument.set_parameter(part.into(), index.into(), value);
        }
        HostileEvent::HoldParameter { index, value } => instrument.hold_parameter(index.into(), value),
        HostileEvent::Value { index, value } => {
            let values = instrument.values();
            let count = values.len();
            values[usize::from(index) % count] = value;
        }
        HostileEvent::SetPatch { part, point } => instrument.set_patch(part.into(), point),
        HostileEvent::TakePatchBack { part } => instrument.take_patch_back(part.into()),
        HostileEvent::AllSoundOff => instrument.all_sound_off(),
        HostileEvent::Arpeggio { pattern, steps_per_second, gate } => {
            instrument.arpeggio(pattern.into(), steps_per_second, gate);
        }
        HostileEvent::VoiceLimit { voices } => instrument.voice_limit(voices.into()),
        HostileEvent::Tuning { scale, map } => {
            fill(instrument, &scale, &map);
            if instrument.set_tuning(scale.len(), map.len()).is_err() {
                assert!(!instrument.error().is_empty());
            }
        }
        HostileEvent::Recall { seconds } => drop(instrument.recall(seconds)),
        HostileEvent::NextPiece => assert!(instrument.next_piece() <= instrument.piece()[0].len()),
        HostileEvent::Automate { part, point } => instrument.automate(part.into(), point),
        HostileEvent::Grid { side, bytes } => {
            let side = usize::from(side % 12);
            let mut values = bytes.iter().cycle().map(|&byte| f32::from(byte) / 255.0);
            let mut patch = || Patch::from_values(&std::array::from_fn(|_| values.next().unwrap_or(0.5)));
            let grid = Presets::new((0..side * side).map(|_| patch()).collect()).to_bytes();
            fill(instrument, &grid, &[]);
            assert_eq!(instrument.load_grid(grid.len()).is_ok(), side >= 2);
        }
        HostileEvent::GridFile { bytes } => {
            fill(instrument, &bytes, &[]);
            // Bytes that are not a grid change nothing.
            let _ = instrument.load_grid(bytes.len());
        }
        HostileEvent::MoveTo { part, point } => instrument.move_to(part.into(), point),
        HostileEvent::PathRoom { words } => fill_path(instrument, &words),
        HostileEvent::PlayPath {
            number,
            numbers: [length_s, rate, at_s],
            flags,
            lock: [beats, origin_beats],
        } => {
            let pace = PathPace { rate, direction: PathDirection::from_number((flags % 4).into()) };
            let lock = BeatLock::new(beats, origin_beats);
            let start = PathStart { length_s, repeats: flags > 99, pace, at_s, lock };
            if flags % 8 == 0 {
                fill_path(instrument, &tap());
            }
            if instrument.play_path(number.into(), &start).is_err() {
                assert!(!instrument.error().is_empty());
            }
        }
        HostileEvent::StopPath { number } => instrument.stop_path(number.into()),
        HostileEvent::PathPace { number, rate, direction } => {
            let pace = PathPace { rate, direction: PathDirection::from_number(direction.into()) };
            instrument.set_path_pace(number.into(), pace);
        }
        HostileEvent::PathSound { number, flags, lanes, rhythm: [steps_per_second, gate], source } => {
            let settings = PathSoundSettings {
                has_overrides: flags % 2 == 0,
                lanes: lanes.into(),
                is_legato: flags > 99,
                pattern: (flags % 7).into(),
                steps_per_second,
                gate,
                source: source.into(),
                cutoff_shift: steps_per_second as f32,
            };
            instrument.set_path_sound(number.into(), &settings);
        }
        HostileEvent::PathGain { number, gain } => instrument.set_path_gain(number.into(), gain),
        HostileEvent::Transport { bpm, state } => {
            if let Some(state) = TransportState::from_number(state.into()) {
                instrument.set_transport(bpm, state);
            }
        }
        HostileEvent::ClaimParts { parts } => instrument.claim_parts(parts),
        HostileEvent::ChooseSource { number } => instrument.choose_source(number.into()),
        HostileEvent::Render { .. } => unreachable!("rendered by the caller, who counts the frames"),
    }
}

fn fill(instrument: &mut Instrument, first: &[u8], second: &[u8]) {
    let room = instrument.buffer(first.len() + second.len()).expect("it is small");
    room[..first.len()].copy_from_slice(first);
    room[first.len()..].copy_from_slice(second);
}

/// A path of one finger that taps three times.
fn tap() -> Vec<u32> {
    let point = Point { x: 1.0, y: -1.0 };
    let stroke = |start_s: f64| ScoreStroke {
        key: None,
        velocity: 100,
        points: vec![(start_s, point), (start_s + 0.01, point)],
    };
    write(&[ScoreFinger { strokes: vec![stroke(0.0), stroke(0.02), stroke(0.05)], levels: vec![(0.0, 0.5)] }])
}

fn fill_path(instrument: &mut Instrument, words: &[u32]) {
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(words);
}

fn render(instrument: &mut Instrument, mut frames: usize, bound: f32) {
    while frames > 0 {
        let count = frames.min(64);
        instrument.render(count);
        for sample in instrument.left()[..count].iter().chain(&instrument.right()[..count]) {
            assert!(sample.abs() <= bound, "{sample}");
        }
        frames -= count;
    }
}
