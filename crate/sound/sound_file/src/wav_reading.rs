//! The chunks of a WAV file, also of one longer than 4 GB (RF64, BW64, Sony's Wave64). A header repeats itself; what it
//! says twice is computed from the rest, and a length that cannot be right is replaced by that of the file.

use std::ops::Range;

use crate::SoundFileError;

/// A beginning of other programs may stand before the header, up to so many bytes.
const LATEST_HEADER: usize = 4_096;
/// The tag of a format whose own tag stands behind it.
const EXTENSIBLE: u16 = 0xFFFE;
/// Wave64 names its chunks by a word and these bytes.
const WAVE64: &[u8] = b"riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0";
/// Bytes of a chunk's head: in WAV, in Wave64.
const HEADS: [usize; 2] = [8, 24];

/// The samples of a WAV file and their format.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WavParts<'a> {
    pub tag: u16,
    pub channels: usize,
    pub sample_rate_hz: u32,
    pub bits: u16,
    /// Bytes of a frame as the header says.
    pub frame_bytes: u16,
    pub samples: &'a [u8],
}

/// The parts of a WAV file; `None` for another file.
pub(crate) fn wav_parts(bytes: &[u8]) -> Option<Result<WavParts<'_>, SoundFileError>> {
    if bytes.starts_with(WAVE64) {
        return Some(parts(bytes, &wave64_chunks(bytes)));
    }
    let is_head = |part: &[u8]| {
        [b"RIFF", b"RF64", b"BW64"].iter().any(|name| part.starts_with(*name)) && part.ends_with(b"WAVE")
    };
    let near = &bytes[..bytes.len().min(LATEST_HEADER)];
    let bytes = &bytes[near.windows(12).position(is_head)?..];
    Some(parts(bytes, &chunks(bytes)))
}

/// The places of the contents of the two chunks that count.
#[derive(Default)]
struct WavChunks {
    format: Option<usize>,
    samples: Option<Range<usize>>,
}

fn parts<'a>(bytes: &'a [u8], found: &WavChunks) -> Result<WavParts<'a>, SoundFileError> {
    let format = bytes.get(found.format.ok_or(SoundFileError::EndsTooEarly)?..).unwrap_or_default();
    let field = |at| u16_at(format, at).ok_or(SoundFileError::EndsTooEarly);
    let tag = match field(0)? {
        EXTENSIBLE => field(24)?,
        tag => tag,
    };
    let sample_rate_hz = u32::from(field(6)?) << 16 | u32::from(field(4)?);
    let (channels, frame_bytes, bits) = (usize::from(field(2)?), field(12)?, field(14)?);
    if sample_rate_hz == 0 {
        return Err(SoundFileError::NoSampleRate);
    }
    let samples = found.samples.clone().ok_or(SoundFileError::EndsTooEarly)?;
    let samples = bytes.get(samples).unwrap_or_default();
    Ok(WavParts { tag, channels, sample_rate_hz, bits, frame_bytes, samples })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|field| u16::from_le_bytes(*field))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|field| u32::from_le_bytes(*field) as usize)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<usize> {
    let field = bytes.get(at..)?.first_chunk().map(|field| u64::from_le_bytes(*field));
    field.map(|length| usize::try_from(length).unwrap_or(usize::MAX))
}

/// True if a chunk may begin here.
fn is_chunk(bytes: &[u8], at: usize) -> bool {
    let name = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>);
    name.is_some_and(|name| name.iter().all(|byte| matches!(byte, b' '..=b'~')))
}

fn chunks(bytes: &[u8]) -> WavChunks {
    let mut found = WavChunks::default();
    let mut long_length = None;
    let mut at = 12;
    while let Some(length) = u32_at(bytes, at + 4) {
        let begin = at + HEADS[0];
        let end = begin.saturating_add(length);
        match &bytes[at..at + 4] {
            b"ds64" => long_length = u64_at(bytes, begin + 8),
            b"fmt " => found.format = found.format.or(Some(begin)),
            b"data" => {
                found.samples = Some(begin..samples_end(bytes, begin, length, long_length));
                if found.format.is_some() {
                    return found;
                }
            }
            _ => {}
        }
        // Chunks begin at even places; some programs forget it.
        let even = end.saturating_add(length % 2);
        at = if !is_chunk(bytes, even) && is_chunk(bytes, end) { end } else { even };
    }
    // A chunk with a wrong length hides those after it.
    let find = |name: &[u8]| bytes.windows(4).position(|part| part == name).map(|at| at + HEADS[0]);
    found.format = found.format.or_else(|| find(b"fmt "));
    if found.samples.is_none()
        && let Some(begin) = find(b"data")
        && let Some(length) = u32_at(bytes, begin - 4)
    {
        found.samples = Some(begin..samples_end(bytes, begin, length, long_length));
    }
    found
}

/// The end of the samples. A recorder that lost its power leaves the lengths of its beginning, and a program that
/// writes to a pipe cannot know them: then the sound ends with the bytes.
fn samples_end(bytes: &[u8], begin: usize, length: usize, long_length: Option<usize>) -> usize {
    let left = bytes.len() - begin.min(bytes.len());
    let length = if length == u32::MAX as usize { long_length.unwrap_or(length) } else { length };
    let riff_end = u32_at(bytes, 4).unwrap_or(0).saturating_add(HEADS[0]);
    let is_whole = riff_end == bytes.len();
    if length > left || length == 0 && !is_whole {
        return bytes.len();
    }
    let end = begin + length;
    let even = end + length % 2;
    // Fewer bytes are no chunk.
    let ends = bytes.len() < end + HEADS[0] || is_chunk(bytes, end) || is_chunk(bytes, even);
    let is_padding = || bytes[end..].iter().all(|byte| *byte == 0);
    if length == 0 || ends || riff_end == end || riff_end == even || is_padding() { end } else { bytes.len() }
}

fn wave64_chunks(bytes: &[u8]) -> WavChunks {
    let mut found = WavChunks::default();
    let mut at = 40;
    while let Some(length) = u64_at(bytes, at + 16) {
        let begin = at + HEADS[1];
        let end = at.saturating_add(length.max(HEADS[1]));
        match &bytes[at..at + 4] {
            b"fmt " => found.format = Some(begin),
            b"data" => found.samples = Some(begin..end.min(bytes.len()).max(begin)),
            _ => {}
        }
        at = end.min(bytes.len()).next_multiple_of(8);
    }
    found
}
