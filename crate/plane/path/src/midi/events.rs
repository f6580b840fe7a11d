//! The events of a standard MIDI file: of a sound one, and as many as can be read of a damaged one. Knows nothing of
//! paths, never panics.
//!
//! It tolerates the faults that other programs tolerate. A running status goes on after texts and system messages: MIDI
//! 1.0 ends it there, many programs do not. Between tracks anything may stand. A track may lack its end or have a wrong
//! length. The file may stand in a RIFF file (`.rmi`) or behind another header.

/// The first bytes of every standard MIDI file.
const HEAD: &[u8] = b"MThd";
/// The same with the usual length of the header, which no text contains.
const WHOLE_HEAD: &[u8] = b"MThd\0\0\0\x06";
/// The first bytes of a track.
const TRACK: &[u8] = b"MTrk";
/// Bytes of a chunk before its content: its name and its length.
const CHUNK_HEAD: usize = 8;
/// Bytes of the header with the chunk's head.
const HEADER: usize = 14;

/// The unit of the ticks of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum MidiTicks {
    /// Parts of a beat.
    OfBeat(u16),
    /// Parts of a second.
    OfSecond(f64),
}

/// An event that a reader of paths may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MidiEvent<'a> {
    /// A message of a channel: its kind (8…14), the channel, and two values, of which some messages have only one.
    Channel { kind: u8, channel: u8, values: [u8; 2] },
    /// The name of a track.
    Name(&'a [u8]),
    /// Microseconds of a beat.
    Tempo(u32),
    /// Another event, or the end of a track: it only takes time.
    Other,
}

/// The events of all tracks.
pub(super) struct MidiEvents<'a> {
    pub ticks: MidiTicks,
    /// With the ticks since the beginning; in order, those of one tick in the order of the tracks.
    pub events: Vec<(u64, MidiEvent<'a>)>,
    /// True if some bytes could not be read.
    pub is_damaged: bool,
}

/// True if a file is a standard MIDI file, maybe a damaged one or within a RIFF file.
pub fn is_midi(bytes: &[u8]) -> bool {
    bytes.starts_with(HEAD)
        || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"RMID")
        || find(bytes, WHOLE_HEAD).is_some()
}

/// The place of some bytes in others.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

fn number<const COUNT: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: &[u8; COUNT] = bytes.get(at..)?.first_chunk()?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// The events of a file; `None` if it has no header.
pub(super) fn events(bytes: &[u8]) -> Option<MidiEvents<'_>> {
    let begin = if bytes.starts_with(HEAD) { 0 } else { find(bytes, WHOLE_HEAD)? };
    let bytes = &bytes[begin..];
    let tracks = number::<2>(bytes, CHUNK_HEAD + 2)?;
    let division = number::<2>(bytes, CHUNK_HEAD + 4)? as u16;
    let [frames, parts] = division.to_be_bytes();
    let ticks = match frames {
        0..0x80 => MidiTicks::OfBeat(division.max(1)),
        // 29 is 30 frames of 1.001 seconds altogether.
        _ => {
            let frames = if frames as i8 == -29 { 30.0 / 1.001 } else { -f64::from(frames as i8) };
            MidiTicks::OfSecond(frames * f64::from(parts.max(1)))
        }
    };
    let header = CHUNK_HEAD.saturating_add(number::<4>(bytes, 4)?);
    let is_longer = header > HEADER && bytes.get(header..).is_some_and(|rest| rest.starts_with(TRACK));
    let mut at = if is_longer { header } else { HEADER };
    let mut all = MidiEvents { ticks, events: Vec::new(), is_damaged: false };
    let mut count = 0;
    while let Some(gap) = bytes.get(at..).and_then(|rest| find(rest, TRACK)) {
        all.is_damaged |= !are_chunks(&bytes[at..at + gap]);
        let chunk = at + gap;
        let Some(length) = number::<4>(bytes, chunk + 4) else {
            all.is_damaged = true;
            break;
        };
        let mut track = TrackReader::new(bytes, chunk + CHUNK_HEAD, length);
        all.is_damaged |= !track.read(&mut all.events);
        at = track.at;
        count += 1;
    }
    all.is_damaged |= count < tracks;
    all.events.sort_by_key(|event| event.0);
    Some(all)
}

/// True if bytes between two tracks are whole chunks of other programs, or no bytes, or only padding.
fn are_chunks(mut bytes: &[u8]) -> bool {
    while bytes.iter().any(|byte| *byte != 0) {
        let Some(length) = number::<4>(bytes, 4).filter(|_| is_chunk_name(bytes)) else { return false };
        let Some(rest) = bytes.get(CHUNK_HEAD.saturating_add(length)..) else { return false };
        bytes = rest;
    }
    true
}

fn is_chunk_name(bytes: &[u8]) -> bool {
    bytes.get(..4).is_some_and(|name| name.iter().all(u8::is_ascii_graphic))
}

/// Reads the events of one track.
struct TrackReader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The end that the track's length names.
    end: usize,
    /// No event reaches further: the end of the file, or the next track.
    limit: usize,
    status: Option<u8>,
}

impl<'a> TrackReader<'a> {
    fn new(bytes: &'a [u8], at: usize, length: usize) -> Self {
        let end = at.saturating_add(length);
        // A length beyond the file is wrong: the next track may begin before.
        let from = if end <= bytes.len() { end } else { at };
        let limit = find(&bytes[from..], TRACK).map_or(bytes.len(), |gap| from + gap);
        Self { bytes, at, end, limit, status: None }
    }

    /// Appends the events; returns whether all of them could be read.
    fn read(&mut self, events: &mut Vec<(u64, MidiEvent<'a>)>) -> bool {
        let mut tick = 0_u64;
        let mut is_whole = true;
        loop {
            let rest = &self.bytes[self.at..];
            let is_end = rest.is_empty() || rest.starts_with(TRACK) || is_chunk_name(rest);
            if self.at == self.end && is_end {
                return is_whole;
            }
            if self.at >= self.limit || rest.starts_with(TRACK) {
                return false;
            }
            let Some(ticks) = self.length() else { return false };
            let is_last = self.bytes[self.at..].starts_with(&[0xFF, 0x2F]);
            tick = tick.saturating_add(ticks as u64);
            match self.event() {
                Some(Ok(event)) => events.push((tick, event)),
                Some(Err(Unreadable)) => is_whole = false,
                None => return false,
            }
            if is_last {
                return is_whole;
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes[..self.limit].get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// A number of variable length: seven bits of each byte, of which all but the last one have an eighth bit.
    fn length(&mut self) -> Option<usize> {
        let mut number = 0_u32;
        loop {
            let byte = self.byte()?;
            number = number << 7 | u32::from(byte & 0x7F);
            if byte < 0x80 {
                return Some(number as usize);
            }
        }
    }

    fn data(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        let data = self.bytes[..self.limit].get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(data)
    }

    /// The next event without its time; `None` if none can be read from here on.
    fn event(&mut self) -> Option<Result<MidiEvent<'a>, Unreadable>> {
        let first = self.byte()?;
        match first {
            0xFF => {
                let kind = self.byte()?;
                Some(Ok(meta(kind, self.data()?)))
            }
            0xF0 | 0xF7 => {
                let begin = self.at;
                if self.data().is_none() {
                    // Some programs write no length, only the message up to its last byte.
                    let length = self.bytes[begin..self.limit].iter().position(|byte| *byte == 0xF7)?;
                    self.at = begin + length + 1;
                }
                Some(Ok(MidiEvent::Other))
            }
            0xF1 | 0xF3 => self.byte().map(|_| Ok(MidiEvent::Other)),
            0xF2 => self.byte().and(self.byte()).map(|_| Ok(MidiEvent::Other)),
            0xF4.. => Some(Ok(MidiEvent::Other)),
            _ => {
                let status = if first < 0x80 { self.status? } else { first };
                self.status = Some(status);
                let one = if first < 0x80 { first } else { self.byte()? };
                let other = if matches!(status >> 4, 12 | 13) { 0 } else { self.byte()? };
                let event =
                    MidiEvent::Channel { kind: status >> 4, channel: status & 15, values: [one, other] };
                Some(if one < 0x80 && other < 0x80 { Ok(event) } else { Err(Unreadable) })
            }
        }
    }
}

/// A value above 127, which no message has.
struct Unreadable;

fn meta(kind: u8, data: &[u8]) -> MidiEvent<'_> {
    match (kind, data) {
        (0x03, name) => MidiEvent::Name(name),
        (0x51, [a, b, c]) => MidiEvent::Tempo(u32::from_be_bytes([0, *a, *b, *c])),
        _ => MidiEvent::Other,
    }
}
