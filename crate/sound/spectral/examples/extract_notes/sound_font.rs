//! Samples of a SoundFont: the two chunks of the file that hold them, `smpl` and `shdr` (SoundFont 2.04, sections 6.1
//! and 7.10).

use std::error::Error;
use std::path::Path;

pub const RATE_HZ: u32 = 44_100;

/// A row of `shdr`: a recording, in values of `smpl`.
pub struct Header {
    pub name: String,
    pub start: usize,
    pub end: usize,
    /// The part that repeats while a key is held.
    pub repeated: std::ops::Range<usize>,
    pub rate_hz: u32,
    pub key: u8,
}

impl Header {
    /// True if this is the right channel of a stereo recording.
    pub fn is_right(&self) -> bool {
        self.name.ends_with('R') || self.name.ends_with("R)")
    }

    pub fn seconds(&self) -> f32 {
        (self.end - self.start) as f32 / self.rate_hz as f32
    }
}

/// A font in memory.
pub struct SoundFont {
    pub headers: Vec<Header>,
    pub values: Vec<i16>,
}

impl SoundFont {
    pub fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let file = std::fs::read(path)?;
        let headers =
            headers(chunk(&file, b"shdr").ok_or("the file has no list of samples: is it a SoundFont 2?")?);
        let bytes = chunk(&file, b"smpl").ok_or("the file has no samples: is it a SoundFont 2?")?;
        let values = bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
        Ok(Self { headers, values })
    }

    /// The values of a recording; empty if the font is damaged.
    pub fn recording(&self, header: &Header) -> &[i16] {
        self.values.get(header.start..header.end).unwrap_or(&[])
    }

    /// A recording at 44.1 kHz, of at most `longest_s`; if its repeated part makes it longer, of at least `shortest_s`.
    pub fn sound(&self, header: &Header, shortest_s: f32, longest_s: f32) -> Vec<f32> {
        let values = self.recording(header);
        let mut sound: Vec<f32> = values.iter().map(|&value| f32::from(value) / 32_768.0).collect();
        let repeated = header.repeated.start.saturating_sub(header.start)
            ..header.repeated.end.saturating_sub(header.start);
        let wanted = (shortest_s * header.rate_hz as f32) as usize;
        if sound.len() < wanted && repeated.len() > 32 && repeated.end <= sound.len() {
            sound.truncate(repeated.end);
            let part = sound[repeated].to_vec();
            while sound.len() < wanted {
                sound.extend_from_slice(&part);
            }
        }
        let mut sound = resampled(&sound, header.rate_hz);
        sound.truncate((longest_s * RATE_HZ as f32) as usize);
        sound
    }
}

/// The content of the last chunk with this name.
fn chunk<'a>(file: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    // Chunks lie in lists: RIFF, then LIST sdta and LIST pdta.
    let word = |at: usize| Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?) as usize);
    let mut at = 12;
    while at + 8 <= file.len() {
        let length = word(at + 4)?;
        if &file[at..at + 4] == b"LIST" {
            at += 12;
            continue;
        }
        if &file[at..at + 4] == name {
            return file.get(at + 8..at + 8 + length);
        }
        at += 8 + length + length % 2;
    }
    None
}

fn headers(chunk: &[u8]) -> Vec<Header> {
    let row = |row: &[u8]| {
        let word = |at: usize| u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]);
        let name = row[..20].iter().take_while(|&&byte| byte != 0).map(|&byte| char::from(byte)).collect();
        Header {
            name,
            start: word(20) as usize,
            end: (word(24) as usize).max(word(20) as usize),
            repeated: word(28) as usize..word(32) as usize,
            rate_hz: word(36).max(1),
            key: row[40],
        }
    };
    chunk.chunks_exact(46).map(row).collect()
}

/// The same sound at 44.1 kHz, by a windowed sinc of 64 zero crossings.
fn resampled(sound: &[f32], rate_hz: u32) -> Vec<f32> {
    if rate_hz == RATE_HZ {
        return sound.to_vec();
    }
    let ratio = f64::from(rate_hz) / f64::from(RATE_HZ);
    let cutoff = (1.0 / ratio).min(1.0) * 0.97;
    let reach = (32.0 / cutoff) as i64;
    let length = (sound.len() as f64 / ratio) as usize;
    let sample = |n: usize| {
        let at = n as f64 * ratio;
        let middle = at.floor() as i64;
        let term = |k: i64| {
            let distance = at - k as f64;
            let x = std::f64::consts::PI * distance * cutoff;
            let sinc = if x.abs() < 1e-9 { 1.0 } else { x.sin() / x };
            let window = 0.5 + 0.5 * (std::f64::consts::PI * distance / (reach + 1) as f64).cos();
            usize::try_from(k)
                .ok()
                .and_then(|k| sound.get(k))
                .map_or(0.0, |&one| f64::from(one) * sinc * window * cutoff)
        };
        (middle - reach..=middle + reach).map(term).sum::<f64>() as f32
    };
    (0..length).map(sample).collect()
}

/// Writes a sound as 32-bit floats, one channel.
pub fn write(path: &Path, sound: &[f32]) -> Result<(), hound::Error> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE_HZ,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::create(path, spec)?;
    sound.iter().try_for_each(|&sample| writer.write_sample(sample))?;
    writer.finalize()
}
