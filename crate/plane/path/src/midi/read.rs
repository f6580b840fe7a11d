//! Reads a path from a standard MIDI file: its point from controllers 16 and 17 (with 48 and 49, if there are any), its
//! level from controller 7, and its notes; of all channels together. Of a damaged file it reads as much as it can.

use plane::Point;
use protocol::constants::PATH_FILE_SIZE_LIMIT;

use super::VOLUME;
use super::controllers::{FINE, LATENT_CONTROLLERS, coordinate_of_coarse, coordinate_of_halves};
use super::events::{MidiEvent, MidiEvents, MidiTicks, events};
use super::notes::MidiNotes;
use crate::LatentPath;
use crate::latent_path::{NOTE_LIMIT, RATES_HZ, USUAL_RATE_HZ};
use crate::strokes::PATH_LIMIT_S;

/// Microseconds of a beat until a tempo is given (MIDI 1.0: 120 beats a minute).
const USUAL_BEAT_US: u32 = 500_000;
/// The kinds of messages that are controllers and pitch bends.
const CONTROLLER: u8 = 11;
const BEND: u8 = 14;
/// Pitch bend 0, in two halves of seven bits.
const NO_BEND: [u8; 2] = [0, 64];

/// The reason why a MIDI file is not a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MidiPathError {
    /// It is too long.
    #[error("the MIDI file has more than {} MB; choose a smaller one", PATH_FILE_SIZE_LIMIT / 1_000_000)]
    Size,
    /// It is not a standard MIDI file.
    #[error("this is not a standard MIDI file; choose one that ends in .mid")]
    NoMidi,
    /// It is damaged, and the rest is not a path.
    #[error(
        "the MIDI file is damaged, and there is no path in the part that can be read; export the path as MIDI anew"
    )]
    Damaged,
    /// No event in it moves the point.
    #[error(
        "the MIDI file has no controllers 16 and 17, which carry the point of a path; export the path as MIDI anew"
    )]
    NoPoint,
    /// It lasts too long, or no time at all.
    #[error("the MIDI file must last at least a thousandth of a second and at most {PATH_LIMIT_S} seconds")]
    Duration,
}

/// A part of a MIDI file that its path lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MidiLoss {
    /// Some bytes cannot be read.
    #[error("the MIDI file is damaged: the path has what could be read of it")]
    Damaged,
    /// It has more notes than a path.
    #[error("the MIDI file has {0} notes more than the {NOTE_LIMIT} of a path: the last ones are left out")]
    Notes(usize),
    /// It bends notes.
    #[error("the MIDI file bends notes, which a path does not: they keep the pitch of their keys")]
    Bends,
}

/// A path from a MIDI file.
#[derive(Clone, Debug, PartialEq)]
pub struct MidiImport {
    /// The path.
    pub path: LatentPath,
    /// Parts of the file that it lacks.
    pub losses: Vec<MidiLoss>,
}

/// The events of a file with their times in seconds.
type TimedEvents<'a> = Vec<(f64, MidiEvent<'a>)>;

/// Reads a file.
///
/// # Errors
/// One sentence if it is not a MIDI file or has no path.
pub fn read_midi(bytes: &[u8]) -> Result<MidiImport, MidiPathError> {
    if bytes.len() > PATH_FILE_SIZE_LIMIT {
        return Err(MidiPathError::Size);
    }
    let file = events(bytes).ok_or(MidiPathError::NoMidi)?;
    path_of(&file).map_err(|reason| if file.is_damaged { MidiPathError::Damaged } else { reason })
}

fn path_of(file: &MidiEvents) -> Result<MidiImport, MidiPathError> {
    let (happenings, length_s) = timed(file);
    let moves_point = |event: &MidiEvent| {
        matches!(event, MidiEvent::Channel { kind: CONTROLLER, values: [16 | 17, _], .. })
    };
    if !happenings.iter().any(|(_, own)| moves_point(own)) {
        return Err(MidiPathError::NoPoint);
    }
    let length_s = path_length_s(length_s).ok_or(MidiPathError::Duration)?;
    let steps = (length_s * USUAL_RATE_HZ).round().max(1.0) as usize + 1;
    let rate_hz = (steps - 1) as f64 / length_s;
    let mut next = happenings.iter().peekable();
    // The halves of both coordinates, and the volume.
    let (mut halves, mut volume) = ([(64, None); 2], None);
    let mut lanes = [Vec::with_capacity(steps), Vec::with_capacity(steps)];
    let mut level = Vec::with_capacity(steps);
    for step in 0..steps {
        // A tick may round an event to just after its step.
        let until_s = (step as f64 + 0.25) / rate_hz;
        while let Some((_, own)) = next.next_if(|(time_s, _)| *time_s <= until_s) {
            let MidiEvent::Channel { kind: CONTROLLER, values: [controller, value], .. } = *own else {
                continue;
            };
            if controller == VOLUME {
                volume = Some(value);
            }
            for (axis, coarse) in LATENT_CONTROLLERS.into_iter().enumerate() {
                if controller == coarse {
                    halves[axis] = (value, None);
                } else if controller == coarse + FINE {
                    halves[axis].1 = Some(value);
                }
            }
        }
        let [x, y] = halves.map(|(coarse, fine)| match fine {
            Some(fine) => coordinate_of_halves(coarse, fine),
            None => coordinate_of_coarse(coarse),
        });
        let point = Point::on_plane(x, y);
        lanes[0].push(point.x);
        lanes[1].push(point.y);
        level.push(volume.map_or(1.0, |volume| f32::from(volume) / 127.0));
    }
    let mut path = LatentPath::new(lanes.into(), rate_hz).map_err(|_| MidiPathError::Duration)?;
    if volume.is_some() {
        path.set_level(Some(&level));
    }
    let mut notes = MidiNotes::new(length_s);
    happenings.iter().for_each(|(time_s, own)| notes.take(*time_s, *own));
    let mut losses = Vec::new();
    losses.extend(file.is_damaged.then_some(MidiLoss::Damaged));
    losses.extend((notes.left_out > 0).then_some(MidiLoss::Notes(notes.left_out)));
    losses.extend(happenings.iter().any(|(_, own)| bends(own)).then_some(MidiLoss::Bends));
    path.set_notes(&notes.into_notes());
    path.set_name(&name(file));
    Ok(MidiImport { path, losses })
}

fn bends(event: &MidiEvent) -> bool {
    matches!(event, MidiEvent::Channel { kind: BEND, values, .. } if *values != NO_BEND)
}

/// The name of the first track that has one.
fn name(file: &MidiEvents) -> String {
    let names = file.events.iter().filter_map(|(_, event)| match event {
        MidiEvent::Name(name) => Some(patch::file::text_of(name).into_owned()),
        _ => None,
    });
    names.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default()
}

/// All events with their times in seconds, and the time of the last one.
fn timed<'a>(file: &MidiEvents<'a>) -> (TimedEvents<'a>, f64) {
    let tick_s = |beat_us: u32| match file.ticks {
        MidiTicks::OfBeat(ticks) => f64::from(beat_us) / 1e6 / f64::from(ticks),
        MidiTicks::OfSecond(ticks) => 1.0 / ticks,
    };
    let mut own_tick_s = tick_s(USUAL_BEAT_US);
    let (mut now_s, mut before) = (0.0, 0);
    let mut happenings = Vec::with_capacity(file.events.len());
    for &(tick, event) in &file.events {
        now_s += (tick - before) as f64 * own_tick_s;
        before = tick;
        if let MidiEvent::Tempo(beat_us) = event {
            own_tick_s = tick_s(beat_us);
        }
        happenings.push((now_s, event));
    }
    (happenings, now_s)
}

/// The length of a path that lasts so long in a file.
fn path_length_s(length_s: f64) -> Option<f64> {
    // Ticks round the shortest path and the longest one.
    let least_s = 1.0 / RATES_HZ[1];
    let is_path = (0.5 * least_s..=PATH_LIMIT_S + 0.001).contains(&length_s);
    is_path.then(|| length_s.clamp(least_s, PATH_LIMIT_S))
}
