//! The samples of a WAV file: whole numbers, floats, and the logarithmic numbers of telephones. A file with samples in
//! another format is named.

use crate::sound::{LONGEST_S, SoundFile};
use crate::wav_reading::WavParts;
use crate::{SoundFileError, SoundLoss};

/// Formats of samples (Microsoft's RIFF registry).
const PCM: u16 = 1;
const FLOAT: u16 = 3;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;

/// Names of the formats of samples that a WAV file may hold.
const NAMES: [(u16, &str); 13] = [
    (0x02, "a WAV file with ADPCM"),
    (0x11, "a WAV file with ADPCM"),
    (0x31, "a WAV file with GSM"),
    (0x42, "a WAV file with G.723"),
    (0x45, "a WAV file with G.726"),
    (0x50, "a WAV file with MPEG audio"),
    (0x55, "a WAV file with MP3"),
    (0x92, "a WAV file with Dolby AC-3"),
    (0xFF, "a WAV file with AAC"),
    (0x161, "a WAV file with WMA"),
    (0x566F, "a WAV file with Vorbis"),
    (0x704F, "a WAV file with Opus"),
    (0xF1AC, "a WAV file with FLAC"),
];

/// The channels of a WAV file.
pub(crate) fn decode_pcm(wav: &WavParts) -> Result<SoundFile, SoundFileError> {
    let read = reader(wav)?;
    let frame_bytes = read.bytes * wav.channels;
    if frame_bytes == 0 || wav.samples.len() < frame_bytes {
        return Err(SoundFileError::NoSound);
    }
    let frames = wav.samples.len() / frame_bytes;
    let most = LONGEST_S * wav.sample_rate_hz as usize;
    let mut channels = vec![Vec::with_capacity(frames.min(most)); wav.channels];
    for frame in wav.samples.chunks_exact(frame_bytes).take(most) {
        for (channel, sample) in channels.iter_mut().zip(frame.chunks_exact(read.bytes)) {
            channel.push((read.sample)(sample));
        }
    }
    let losses = if frames > most { vec![SoundLoss::Long] } else { Vec::new() };
    Ok(SoundFile { channels, sample_rate_hz: wav.sample_rate_hz, losses })
}

/// The bytes of a sample, and its value.
struct SampleReader {
    bytes: usize,
    sample: fn(&[u8]) -> f32,
}

fn reader(wav: &WavParts) -> Result<SampleReader, SoundFileError> {
    let bits = match wav.bits {
        // Some programs leave it out.
        0 => 8 * (usize::from(wav.frame_bytes) / wav.channels.max(1)),
        bits => usize::from(bits),
    };
    let sample: fn(&[u8]) -> f32 = match (wav.tag, bits.div_ceil(8)) {
        (PCM, 1) => |bytes| f32::from(bytes[0]) / 128.0 - 1.0,
        (PCM, 2) => |bytes| f32::from(i16::from_le_bytes(fixed(bytes))) / 32_768.0,
        (PCM, 3) => |bytes| whole([0, bytes[0], bytes[1], bytes[2]]),
        (PCM, 4) => |bytes| whole(fixed(bytes)),
        (FLOAT, 4) => |bytes| f32::from_le_bytes(fixed(bytes)),
        (FLOAT, 8) => |bytes| f64::from_le_bytes(fixed(bytes)) as f32,
        (A_LAW, _) => |bytes| a_law(bytes[0]),
        (MU_LAW, _) => |bytes| mu_law(bytes[0]),
        _ => return Err(SoundFileError::Unsupported(name(wav.tag, bits))),
    };
    let bytes = if matches!(wav.tag, A_LAW | MU_LAW) { 1 } else { bits.div_ceil(8) };
    Ok(SampleReader { bytes, sample })
}

fn name(tag: u16, bits: usize) -> String {
    let known = NAMES.iter().find(|(own, _)| *own == tag).map(|(_, name)| (*name).to_owned());
    known.unwrap_or_else(|| match tag {
        PCM | FLOAT => format!("a WAV file with samples of {bits} bits"),
        _ => format!("a WAV file with samples in the format {tag:#06x}"),
    })
}

fn fixed<const COUNT: usize>(bytes: &[u8]) -> [u8; COUNT] {
    bytes.first_chunk().copied().unwrap_or([0; COUNT])
}

/// A share of full scale of 32 bits.
fn whole(bytes: [u8; 4]) -> f32 {
    (f64::from(i32::from_le_bytes(bytes)) / 2_147_483_648.0) as f32
}

/// ITU-T G.711.
fn a_law(byte: u8) -> f32 {
    let byte = byte ^ 0x55;
    let (exponent, mantissa) = (byte >> 4 & 7, i32::from(byte & 15));
    let magnitude = match exponent {
        0 => mantissa << 4 | 8,
        _ => (mantissa << 4 | 0x108) << (exponent - 1),
    };
    (if byte & 0x80 == 0 { -magnitude } else { magnitude }) as f32 / 32_768.0
}

/// ITU-T G.711.
fn mu_law(byte: u8) -> f32 {
    let byte = !byte;
    let magnitude = ((i32::from(byte & 15) << 3 | 0x84) << (byte >> 4 & 7)) - 0x84;
    (if byte & 0x80 == 0 { magnitude } else { -magnitude }) as f32 / 32_768.0
}
