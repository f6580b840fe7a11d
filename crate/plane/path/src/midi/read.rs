//! Reads a path from a standard MIDI file: its point from controllers 16 and 17 (with 48 and 49, if there are any), its
//! level from controller 7, and its notes; of all channels together.

use midly::{MetaMessage, MidiMessage, Smf, Timing, TrackEventKind};
use plane::Point;
use protocol::constants::PATH_FILE_SIZE_LIMIT;

use super::VOLUME;
use super::controllers::{FINE, LATENT_CONTROLLERS, coordinate_of_coarse, coordinate_of_halves};
use crate::latent_path::{NOTE_LIMIT, RATES_HZ, USUAL_RATE_HZ};
use crate::strokes::PATH_LIMIT_S;
use crate::{LatentPath, PathNote};

/// Microseconds of a beat until a tempo is given (MIDI 1.0: 120 beats a minute).
const USUAL_BEAT_US: f64 = 500_000.0;

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
    /// No event in it moves the point.
    #[error(
        "the MIDI file has no controllers 16 and 17, which carry the point of a path; export the path as MIDI anew"
    )]
    NoPoint,
    /// It lasts too long, or no time at all.
    #[error("the MIDI file must last at least a thousandth of a second and at most {PATH_LIMIT_S} seconds")]
    Duration,
}

/// An event that the reader uses.
enum Happening {
    Controller(u8, u8),
    Press(u8, u8),
    Release(u8),
}

/// Reads a file.
///
/// # Errors
/// One sentence if it is not a MIDI file or has no path.
pub fn read_midi(bytes: &[u8]) -> Result<LatentPath, MidiPathError> {
    if bytes.len() > PATH_FILE_SIZE_LIMIT {
        return Err(MidiPathError::Size);
    }
    let file = Smf::parse(bytes).map_err(|_| MidiPathError::NoMidi)?;
    let (happenings, length_s) = timed(&file)?;
    if !happenings.iter().any(|(_, own)| matches!(own, Happening::Controller(16 | 17, _))) {
        return Err(MidiPathError::NoPoint);
    }
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
            let Happening::Controller(controller, value) = own else { continue };
            if *controller == VOLUME {
                volume = Some(*value);
            }
            for (axis, coarse) in LATENT_CONTROLLERS.into_iter().enumerate() {
                if *controller == coarse {
                    halves[axis] = (*value, None);
                } else if *controller == coarse + FINE {
                    halves[axis].1 = Some(*value);
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
    path.set_notes(&notes(&happenings, length_s));
    path.set_name(&name(&file));
    Ok(path)
}

/// The name of the first track that has one.
fn name(file: &Smf) -> String {
    let names = file.tracks.iter().flatten().filter_map(|event| match event.kind {
        TrackEventKind::Meta(MetaMessage::TrackName(name)) => {
            Some(String::from_utf8_lossy(name).into_owned())
        }
        _ => None,
    });
    names.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default()
}

/// The first notes, at most [`NOTE_LIMIT`].
fn notes(happenings: &[(f64, Happening)], length_s: f64) -> Vec<PathNote> {
    let mut notes: Vec<PathNote> = Vec::new();
    // The number of the last note of each key that is down.
    let mut down = [None; 128];
    for (time_s, own) in happenings {
        let key = match own {
            Happening::Press(key, _) | Happening::Release(key) => usize::from(*key & 127),
            Happening::Controller(..) => continue,
        };
        if let Some(number) = down[key].take() {
            let note: &mut PathNote = &mut notes[number];
            note.length_s = time_s - note.start_s;
        }
        if let Happening::Press(_, velocity) = own
            && notes.len() < NOTE_LIMIT
        {
            down[key] = Some(notes.len());
            let length_s = (length_s - time_s).max(0.0);
            notes.push(PathNote { start_s: *time_s, length_s, key: Some(key as u8), velocity: *velocity });
        }
    }
    notes
}

/// All events of all tracks with their times in seconds, in order, and the length of the file in seconds.
fn timed(file: &Smf) -> Result<(Vec<(f64, Happening)>, f64), MidiPathError> {
    let mut events: Vec<(u64, TrackEventKind)> = Vec::new();
    for track in &file.tracks {
        let mut tick = 0u64;
        for event in track {
            tick += u64::from(event.delta.as_int());
            events.push((tick, event.kind));
        }
    }
    events.sort_by_key(|event| event.0);
    let mut tick_s = match file.header.timing {
        Timing::Metrical(ticks) => USUAL_BEAT_US / 1e6 / f64::from(ticks.as_int().max(1)),
        Timing::Timecode(frames, ticks) => 1.0 / f64::from(frames.as_f32()) / f64::from(ticks.max(1)),
    };
    let (mut now_s, mut before) = (0.0, 0);
    let mut happenings = Vec::new();
    for (tick, kind) in events {
        now_s += (tick - before) as f64 * tick_s;
        before = tick;
        match (kind, file.header.timing) {
            (TrackEventKind::Meta(MetaMessage::Tempo(beat_us)), Timing::Metrical(ticks)) => {
                tick_s = f64::from(beat_us.as_int()) / 1e6 / f64::from(ticks.as_int().max(1));
            }
            (TrackEventKind::Midi { message, .. }, _) => {
                let own = match message {
                    MidiMessage::Controller { controller, value } => {
                        Happening::Controller(controller.as_int(), value.as_int())
                    }
                    MidiMessage::NoteOn { key, vel } if vel.as_int() > 0 => {
                        Happening::Press(key.as_int(), vel.as_int())
                    }
                    MidiMessage::NoteOn { key, .. } | MidiMessage::NoteOff { key, .. } => {
                        Happening::Release(key.as_int())
                    }
                    _ => continue,
                };
                happenings.push((now_s, own));
            }
            _ => {}
        }
    }
    // Ticks round the shortest path and the longest one.
    let least_s = 1.0 / RATES_HZ[1];
    let is_path = (0.5 * least_s..=PATH_LIMIT_S + 0.001).contains(&now_s);
    if is_path { Ok((happenings, now_s.clamp(least_s, PATH_LIMIT_S))) } else { Err(MidiPathError::Duration) }
}
