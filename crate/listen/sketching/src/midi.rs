//! Sketches as standard MIDI files.

use features::test_note::SAMPLE_RATE_HZ;
use midly::num::{u4, u7, u14, u15, u24, u28};
use midly::{
    Format, Header, MetaMessage, MidiMessage, PitchBend, Smf, Timing, Track, TrackEvent, TrackEventKind,
};

use crate::beats::HitClass;
use crate::notes::SketchedNote;
use crate::performance::{SketchPerformance, held_from};

/// Ticks of a beat.
const TICKS_PER_BEAT: u16 = 960;
/// Tempi of a standard MIDI file, in beats a minute: a beat's microseconds have 24 bits.
const TEMPI_BPM: [f32; 2] = [4.0, 6_000_000.0];
/// Brightness, by General MIDI 2; amSynth moves the cutoff by it once a person has assigned it.
const BRIGHTNESS: u8 = 74;
/// Channels of a MIDI file.
const CHANNELS: usize = 16;

/// The rank of bends and cutoffs: they are set when a note of the same tick begins.
const BEND_RANK: u8 = 6;

/// An event with its tick; events of the same tick are ordered by their ranks.
type Ranked<'a> = (u32, u8, TrackEventKind<'a>);

/// The name of a file's track, and its tempo, which moves no note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MidiTrack<'a> {
    /// The name.
    pub name: &'a str,
    /// Beats a minute.
    pub bpm: f32,
}

/// The ticks of a file at its tempo.
#[derive(Clone, Copy)]
struct Ticks {
    /// Microseconds of a beat, as the file says it.
    beat_us: u32,
}

/// The notes of a voice with its glides as pitch bend and its brightness as controller 74, on the first channel.
pub fn write_performance(performance: &SketchPerformance, track: MidiTrack) -> Vec<u8> {
    let ticks = Ticks::new(track.bpm);
    let mut events = begin(track.name, ticks);
    let mut add = |tick: u32, rank: u8, message: MidiMessage| {
        events.push((tick, rank, TrackEventKind::Midi { channel: u4::new(0), message }));
    };
    add_bends(performance, ticks, &mut add);
    for (at, value) in performance.cutoffs() {
        let [controller, value] = [BRIGHTNESS, value].map(u7::from_int_lossy);
        add(ticks.held(at), BEND_RANK, MidiMessage::Controller { controller, value });
    }
    add_notes(&performance.notes, ticks, &mut add);
    file(events, ticks.at(performance.length_s))
}

/// The hits of a rhythm: a channel for each class, bent to its pitch.
pub fn write_beats(classes: &[HitClass], length_s: f32, track: MidiTrack) -> Vec<u8> {
    let ticks = Ticks::new(track.bpm);
    let mut events = begin(track.name, ticks);
    for (number, class) in classes.iter().enumerate() {
        let channel = u4::from_int_lossy((number % CHANNELS) as u8);
        let mut add = |tick: u32, rank: u8, message: MidiMessage| {
            events.push((tick, rank, TrackEventKind::Midi { channel, message }));
        };
        let performance = class.performance(length_s);
        add_bends(&performance, ticks, &mut add);
        add_notes(&performance.notes, ticks, &mut add);
    }
    file(events, ticks.at(length_s))
}

/// Notes in the order of their starts. In legato, a key is released after the next one is pressed. But it is
/// released before it is pressed again itself, even if sums of hops differ in their last digits.
fn add_notes(notes: &[SketchedNote], ticks: Ticks, add: &mut impl FnMut(u32, u8, MidiMessage)) {
    for (index, note) in notes.iter().enumerate() {
        let [key, vel] = [note.key, note.velocity].map(u7::from_int_lossy);
        let (start, end) = (ticks.at(note.start_s), ticks.at(note.end_s));
        let next =
            notes[index + 1..].iter().find(|next| next.key == note.key).map(|next| ticks.at(next.start_s));
        let end = next.map_or(end, |next| end.min(next)).max(start + 1);
        add(start, 7, MidiMessage::NoteOn { key, vel });
        add(end, if next == Some(end) { 5 } else { 8 }, MidiMessage::NoteOff { key, vel: u7::new(64) });
    }
}

/// The bends of a performance, after their range (registered parameter 0).
fn add_bends(performance: &SketchPerformance, ticks: Ticks, add: &mut impl FnMut(u32, u8, MidiMessage)) {
    let select = [(101, 0), (100, 0), (6, performance.range_semitones()), (38, 0)];
    for (order, (controller, value)) in (1..).zip(select) {
        let [controller, value] = [controller, value].map(u7::from_int_lossy);
        add(0, order, MidiMessage::Controller { controller, value });
    }
    for (at, position) in performance.bends() {
        let bend = PitchBend(u14::from_int_lossy((i32::from(position) + 8192) as u16));
        add(ticks.held(at), BEND_RANK, MidiMessage::PitchBend { bend });
    }
}

impl Ticks {
    fn new(bpm: f32) -> Self {
        Self { beat_us: (6e7 / bpm.clamp(TEMPI_BPM[0], TEMPI_BPM[1])).round() as u32 }
    }

    fn at(self, time_s: f32) -> u32 {
        let beats = f64::from(time_s.max(0.0)) * 1e6 / f64::from(self.beat_us);
        (beats * f64::from(TICKS_PER_BEAT)).round() as u32
    }

    fn held(self, at: usize) -> u32 {
        self.at(held_from(at) as f32 / SAMPLE_RATE_HZ as f32)
    }
}

fn begin(name: &str, ticks: Ticks) -> Vec<Ranked<'_>> {
    let meta = |message| (0, 0, TrackEventKind::Meta(message));
    vec![
        meta(MetaMessage::TrackName(name.as_bytes())),
        meta(MetaMessage::Tempo(u24::from_int_lossy(ticks.beat_us))),
    ]
}

fn file(mut events: Vec<Ranked>, length: u32) -> Vec<u8> {
    events.sort_by_key(|event| (event.0, event.1));
    let last = length.max(events.last().map_or(0, |event| event.0));
    let mut track = Track::new();
    let mut before = 0;
    for (tick, _, kind) in events {
        track.push(TrackEvent { delta: u28::from_int_lossy(tick - before), kind });
        before = tick;
    }
    let end = TrackEventKind::Meta(MetaMessage::EndOfTrack);
    track.push(TrackEvent { delta: u28::from_int_lossy(last - before), kind: end });
    let header = Header::new(Format::SingleTrack, Timing::Metrical(u15::new(TICKS_PER_BEAT)));
    let mut bytes = Vec::new();
    Smf { header, tracks: vec![track] }.write(&mut bytes).expect("writing to memory cannot fail");
    bytes
}
