//! Writes a path as a standard MIDI file. Values are sent only when they change, at most a hundred times a second;
//! controllers stand before the notes of the same time.

use midly::num::{u4, u7, u15, u24, u28};
use midly::{Format, Header, MetaMessage, MidiMessage, Smf, Timing, Track, TrackEvent, TrackEventKind};
use patch::{Parameter, Patch};
use plane::Point;

use super::VOLUME;
use super::controllers::ControllerSender;
use crate::LatentPath;
use crate::latent_path::USUAL_RATE_HZ;

/// Ticks of a beat.
pub(super) const TICKS_PER_BEAT: u16 = 960;
/// Tempi of a standard MIDI file, in beats a minute: a beat's microseconds have 24 bits.
const TEMPI_BPM: [f64; 2] = [4.0, 6_000_000.0];

/// The values of a MIDI file that its path leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MidiUsual {
    /// The key of notes without a key.
    pub key: u8,
    /// The tempo of a path without a length in beats, in beats a minute.
    pub bpm: f64,
}

/// An event at a tick. Of several events at one tick, the event of the lowest rank comes first.
pub(super) struct Timed<'a> {
    pub tick: u32,
    pub rank: u8,
    pub kind: TrackEventKind<'a>,
}

/// A note in ticks.
#[derive(Clone, Copy)]
pub(super) struct TickNote {
    pub start: u32,
    pub end: u32,
    pub key: u8,
    pub velocity: u8,
}

/// The microseconds of a beat at a tempo, as a file says it.
pub(super) fn beat_us(bpm: f64) -> u32 {
    (6e7 / bpm.clamp(TEMPI_BPM[0], TEMPI_BPM[1])).round() as u32
}

/// The ticks of a file at its tempo.
struct Clock {
    /// Microseconds of a beat, as the file says it.
    beat_us: u32,
}

impl Clock {
    /// The clock whose tempo makes the path's beats last as long as the path; of a path without beats, the usual one.
    fn new(path: &LatentPath, usual_bpm: f64) -> Self {
        let bpm = path.beats().map_or(usual_bpm, |beats| beats / path.length_s() * 60.0);
        Self { beat_us: beat_us(bpm) }
    }

    fn tick(&self, time_s: f64) -> u32 {
        (time_s * 1e6 / f64::from(self.beat_us) * f64::from(TICKS_PER_BEAT)).round() as u32
    }
}

/// The path with its point in controllers 16 and 17 (14 bits each, with 48 and 49), its level in controller 7 and its
/// notes. Only the first two lanes count.
pub fn write_midi(path: &LatentPath, usual: MidiUsual) -> Vec<u8> {
    let mut sender = ControllerSender::default();
    let mut level = None;
    file(path, usual, |time_s| {
        let mut values = sender.point(path.point_at(time_s));
        if path.level().is_some() {
            let next = (path.level_at(time_s) * 127.0).round() as u8;
            if level.replace(next) != Some(next) {
                values.push((VOLUME, next));
            }
        }
        values
    })
}

/// The path as the 41 parameters of its patches, in the controllers of [`super::controllers::map_file`], which amSynth
/// must have; its notes as in [`write_midi`]. If the path has a level, it replaces the volume. `None` as soon as
/// `decode` gives no patch.
pub fn write_automation(
    path: &LatentPath,
    usual: MidiUsual,
    mut decode: impl FnMut(Point) -> Option<Patch>,
) -> Option<Vec<u8>> {
    let mut sender = ControllerSender::default();
    let mut is_whole = true;
    let bytes = file(path, usual, |time_s| {
        let Some(mut patch) = decode(path.point_at(time_s)) else {
            is_whole = false;
            return Vec::new();
        };
        if path.level().is_some() {
            patch.set(Parameter::MasterVol, path.level_at(time_s));
        }
        sender.patch(&patch)
    });
    is_whole.then_some(bytes)
}

/// A file of notes and of the controllers that `values` gives at each time in seconds.
fn file(path: &LatentPath, usual: MidiUsual, mut values: impl FnMut(f64) -> Vec<(u8, u8)>) -> Vec<u8> {
    let clock = Clock::new(path, usual.bpm);
    let mut events = vec![
        Timed {
            tick: 0,
            rank: 0,
            kind: TrackEventKind::Meta(MetaMessage::TrackName(path.name().as_bytes())),
        },
        Timed {
            tick: 0,
            rank: 0,
            kind: TrackEventKind::Meta(MetaMessage::Tempo(u24::from_int_lossy(clock.beat_us))),
        },
    ];
    // The shortest path, too, has its end.
    let steps = (path.length_s() * USUAL_RATE_HZ).round().max(1.0) as usize;
    for step in 0..=steps {
        let time_s = (step as f64 / USUAL_RATE_HZ).min(path.length_s());
        for (controller, value) in values(time_s) {
            let message = MidiMessage::Controller {
                controller: u7::from_int_lossy(controller),
                value: u7::from_int_lossy(value),
            };
            events.push(Timed { tick: clock.tick(time_s), rank: 2, kind: on_channel(0, message) });
        }
    }
    for note in path.notes() {
        let (start, end) = (clock.tick(note.start_s), clock.tick(note.end_s()));
        let key = note.key.unwrap_or(usual.key);
        push_note(&mut events, 0, TickNote { start, end, key, velocity: note.velocity });
    }
    let track = track(events, 0, clock.tick(path.length_s()));
    let header = Header::new(Format::SingleTrack, Timing::Metrical(u15::new(TICKS_PER_BEAT)));
    let mut bytes = Vec::new();
    Smf { header, tracks: vec![track] }.write(&mut bytes).expect("writing to memory cannot fail");
    bytes
}

pub(super) fn on_channel(channel: u8, message: MidiMessage) -> TrackEventKind<'static> {
    TrackEventKind::Midi { channel: u4::from_int_lossy(channel), message }
}

/// Adds a note, which lasts at least a tick.
pub(super) fn push_note(events: &mut Vec<Timed<'_>>, channel: u8, note: TickNote) {
    let TickNote { start, end, key, velocity } = note;
    let (key, vel) = (u7::from_int_lossy(key.min(127)), u7::from_int_lossy(velocity));
    let begins = on_channel(channel, MidiMessage::NoteOn { key, vel });
    events.push(Timed { tick: start, rank: 3, kind: begins });
    let ends = on_channel(channel, MidiMessage::NoteOff { key, vel: u7::new(64) });
    events.push(Timed { tick: end.max(start + 1), rank: 1, kind: ends });
}

/// The track of events, in any order, that all are on a channel. It ends at a tick, or with its last event.
pub(super) fn track(mut events: Vec<Timed<'_>>, channel: u8, end: u32) -> Track<'_> {
    events.sort_by_key(|event| (event.tick, event.rank));
    let last = end.max(events.last().map_or(0, |event| event.tick));
    let mut track = Track::new();
    let mut before = 0;
    // The notes that hold each key: it is released when the last of them ends.
    let mut holders = [0u16; 128];
    for Timed { tick, kind, .. } in events {
        match kind {
            TrackEventKind::Midi { message: MidiMessage::NoteOn { key, .. }, .. } => {
                let holders = &mut holders[usize::from(key.as_int())];
                // Programs may pair the presses of a key with its releases, one to one.
                if *holders > 0 {
                    let kind = on_channel(channel, MidiMessage::NoteOff { key, vel: u7::new(64) });
                    track.push(TrackEvent { delta: u28::from_int_lossy(tick - before), kind });
                    before = tick;
                }
                *holders += 1;
            }
            TrackEventKind::Midi { message: MidiMessage::NoteOff { key, .. }, .. } => {
                let holders = &mut holders[usize::from(key.as_int())];
                *holders -= 1;
                if *holders > 0 {
                    continue;
                }
            }
            _ => {}
        }
        track.push(TrackEvent { delta: u28::from_int_lossy(tick - before), kind });
        before = tick;
    }
    let end = TrackEventKind::Meta(MetaMessage::EndOfTrack);
    track.push(TrackEvent { delta: u28::from_int_lossy(last - before), kind: end });
    track
}
