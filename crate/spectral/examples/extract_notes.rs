//! Writes notes of a SoundFont as WAV files, for `compare`: two notes of each of thirteen groups, at most three seconds
//! each, at 44.1 kHz, one channel. `cargo run --release -p spectral --example extract_notes -- FONT.sf2 FOLDER`
//!
//! Reads the two chunks of the file that it needs, `smpl` and `shdr` (SoundFont 2.04, sections 6.1 and 7.10).

use std::error::Error;
use std::path::Path;

/// What a sample's name begins with; the group's kind and name.
const GROUPS: [(&str, &str, &str); 13] = [
    ("Violin ", "solo", "violin"),
    ("Viola ", "solo", "viola"),
    ("Cello ", "solo", "cello"),
    ("Flute ", "solo", "flute"),
    ("English Horn ", "solo", "english-horn"),
    ("Oboe ", "solo", "oboe"),
    ("Recorder ", "solo", "recorder"),
    ("Sax-Alto ", "solo", "alto-saxophone"),
    ("Sax-Tenor ", "solo", "tenor-saxophone"),
    ("Solo Vox ", "solo", "voice"),
    ("Violins_", "ensemble", "violins"),
    ("Celli_", "ensemble", "celli"),
    ("Ahh Choir ", "ensemble", "choir"),
];
/// Notes of each group: those at a third and two thirds of its range.
const NOTES: usize = 2;
const RATE_HZ: u32 = 44_100;
const LONGEST_S: f32 = 3.0;
const SHORTEST_S: f32 = 0.7;

/// A row of `shdr`.
struct Header {
    name: String,
    start: usize,
    end: usize,
    rate_hz: u32,
    key: u8,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [font, folder] = &arguments[..] else {
        return Err("usage: extract_notes FONT.sf2 FOLDER".into());
    };
    let file = std::fs::read(font)?;
    let headers =
        headers(chunk(&file, b"shdr").ok_or("the file has no list of samples: is it a SoundFont 2?")?);
    let samples = chunk(&file, b"smpl").ok_or("the file has no samples: is it a SoundFont 2?")?;
    std::fs::create_dir_all(folder)?;
    for (prefix, kind, group) in GROUPS {
        let is_right = |name: &str| name.ends_with('R') || name.ends_with("R)");
        let mut notes: Vec<&Header> = headers
            .iter()
            .filter(|one| one.name.starts_with(prefix) && !is_right(&one.name))
            .filter(|one| (one.end - one.start) as f32 >= SHORTEST_S * one.rate_hz as f32)
            .collect();
        notes.sort_by_key(|one| one.key);
        for note in 1..=NOTES {
            let Some(header) = notes.get(notes.len() * note / (NOTES + 1)) else { continue };
            let Some(bytes) = samples.get(2 * header.start..2 * header.end) else { continue };
            let sound: Vec<f32> = bytes
                .chunks_exact(2)
                .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
                .collect();
            let mut sound = resampled(&sound, header.rate_hz);
            sound.truncate((LONGEST_S * RATE_HZ as f32) as usize);
            let path = Path::new(folder).join(format!("{kind}_{group}_{note}_{}.wav", header.key));
            write(&path, &sound)?;
            println!("{} ({})", path.display(), header.name);
        }
    }
    Ok(())
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

fn write(path: &Path, sound: &[f32]) -> Result<(), hound::Error> {
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
