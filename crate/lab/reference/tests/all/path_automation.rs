//! Promise: a path that is exported as MIDI automation of the 41 parameters sounds in Debian's amSynth, with the
//! exported controller map, exactly as our voice plays the same file.
//!
//! The file is coarser than the path: a controller has 128 values, and changes come a hundred times a second, where the
//! page decodes a patch for each block of 64 frames and crossfades. So sounds are compared by bits for the file, and
//! the parameters of the file with those of the path within a 250th of each range, half a step of a controller.

use midly::{MidiMessage, Smf, Timing, TrackEventKind};
use patch::{Parameter, Patch};
use path::midi::controllers::{map, map_file};
use path::midi::{MidiUsual, write_automation};
use path::{LatentPath, PathNote};
use plane::Point;
use reference::residual::residual;
use reference::{Job, SetUp, render_job};
use voice::Synthesizer;
use voice::controller_map::ControllerMap;
use voice::render::{Event, EventKind, perform};

const RATE_HZ: u32 = 44_100;
/// Hundredths of a second: the plug-in crashes in a single call with four thousand events.
const STEPS: usize = 20;
/// Half a step of a controller, as a share of a parameter's range.
const TOLERANCE: f32 = 1.0 / 250.0;

/// A plane whose parameters all move with x: numbers evenly, choices in turns.
fn decode(point: Point) -> Patch {
    let mut patch = Patch::default();
    let share = (point.x + 4.0) / 8.0;
    for (number, parameter) in Parameter::ALL.into_iter().enumerate() {
        let info = parameter.info();
        let turned = if number % 2 == 0 { share } else { 1.0 - share };
        // The middle of the range, where most settings sound.
        let value = info.min + (0.2 + 0.6 * turned) * (info.max - info.min);
        patch.set(parameter, parameter.snap(value));
    }
    patch.set(Parameter::AmpAttack, 0.05);
    patch.set(Parameter::MasterVol, 0.5);
    patch
}

fn exported() -> (LatentPath, Vec<Event>) {
    let x: Vec<f32> = (0..=STEPS).map(|step| (step as f32 / STEPS as f32 * 7.0).sin() * 3.9).collect();
    let mut path = LatentPath::new(vec![x, vec![0.0; STEPS + 1]], 100.0).unwrap();
    let note = |start_s: f64, key| PathNote { start_s, length_s: 0.08, key: Some(key), velocity: 100 };
    path.set_notes(&[note(0.0, 57), note(0.06, 64), note(0.11, 60)]);
    let bytes =
        write_automation(&path, MidiUsual { key: 60, bpm: 120.0 }, |point| Some(decode(point))).unwrap();
    let file = Smf::parse(&bytes).unwrap();
    let Timing::Metrical(ticks) = file.header.timing else { panic!("ticks of a beat") };
    // 120 beats a minute.
    let tick_s = 0.5 / f64::from(ticks.as_int());
    let mut tick = 0;
    let mut events = Vec::new();
    for event in &file.tracks[0] {
        tick += event.delta.as_int();
        let TrackEventKind::Midi { message, .. } = event.kind else { continue };
        let frame = (f64::from(tick) * tick_s * f64::from(RATE_HZ)).round() as usize;
        let kind = match message {
            MidiMessage::NoteOn { key, vel } => {
                EventKind::NoteOn { key: key.as_int(), velocity: vel.as_int() }
            }
            MidiMessage::NoteOff { key, .. } => EventKind::NoteOff { key: key.as_int() },
            MidiMessage::Controller { controller, value } => {
                EventKind::ControlChange { controller: controller.as_int(), value: value.as_int() }
            }
            other => panic!("{other:?} is no part of a path"),
        };
        events.push(Event { frame, kind });
    }
    (path, events)
}

#[test]
fn an_automated_path_sounds_in_amsynth_as_in_our_voice() {
    let (_, events) = exported();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("amsynth")).unwrap();
    std::fs::write(folder.path().join("amsynth/controllers"), map_file()).unwrap();
    let set_up = SetUp { configuration: Some(folder.path().to_owned()), ..SetUp::default() };
    let frames = 3 * RATE_HZ as usize / 2;
    // A single call of the host: the plug-in takes its parameters from the host again in each call,
    // the program does not.
    let job =
        Job { patch: Patch::default(), events, sample_rate_hz: RATE_HZ, host_block: frames, frames, set_up };
    let amsynth = render_job(job.clone()).unwrap_or_else(|error| panic!("{error}"));
    let mut synthesizer = Synthesizer::new(RATE_HZ as f32);
    synthesizer.set_patch(&job.patch);
    synthesizer.set_controller_map(ControllerMap::read(&map_file()).unwrap());
    let ours = perform(&mut synthesizer, &job.events, job.host_block, frames);
    let residual = residual(&ours, &amsynth);
    assert!(residual.is_exact(), "differs from frame {:?} on", residual.first_frame);
    assert!(ours[0].iter().any(|sample| sample.abs() > 0.01), "nothing was played");
}

#[test]
fn automated_parameters_are_those_of_the_path_within_half_a_step_of_a_controller() {
    let (path, events) = exported();
    let mut values = [0.0; 41];
    let mut at = 0;
    for step in 0..=STEPS {
        let time_s = step as f64 / 100.0;
        while let Some(event) = events.get(at).filter(|event| {
            // A tick is half a millisecond.
            event.frame as f64 / f64::from(RATE_HZ) <= time_s + 0.001
        }) {
            if let EventKind::ControlChange { controller, value } = event.kind {
                let parameter = Parameter::ALL
                    .into_iter()
                    .find(|parameter| map()[parameter.index()] == controller)
                    .expect("each controller is a parameter");
                let info = parameter.info();
                values[parameter.index()] =
                    parameter.snap(info.min + f32::from(value) / 127.0 * (info.max - info.min));
            }
            at += 1;
        }
        let patch = decode(path.point_at(time_s));
        for parameter in Parameter::ALL {
            let info = parameter.info();
            let difference = (values[parameter.index()] - patch.get(parameter)).abs();
            assert!(
                difference <= TOLERANCE * (info.max - info.min),
                "{} at {time_s} s: {difference}",
                parameter.name()
            );
        }
    }
}
