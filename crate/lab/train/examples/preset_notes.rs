//! Writes a note of each preset of amSynth's banks that sounds at one pitch, as WAV files for `latent-pad train --task
//! timbre`. `cargo run --release -p train --example preset_notes -- BANKS FOLDER` writes FOLDER/train, test and unseen:
//! the rows that the plane's networks learn from, and rows that no training sees.

use dataset::{Dataset, Split};
use frame_model::frame_layout;
use patch::Patch;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use spectral::analyze_tone;
use std::error::Error;
use std::path::Path;
use voice::render::{Event, EventKind, render};

const RATE_HZ: f32 = 44_100.0;
/// Keys that presets are played at in turn: two octaves around the test note's.
pub const KEYS: [u8; 5] = [48, 54, 60, 66, 72];
const VELOCITY: u8 = 100;
/// The part of the note that is kept, in samples: the sound after its release is not part of its timbre.
pub const LENGTH: usize = 44_100;
/// A preset sounds at one pitch if so large a share of its frames have it, within the training's tolerance.
const STEADY_SHARE: f32 = 0.5;
const TOLERANCE: f32 = 0.7;
/// Presets whose root mean square is less are left out.
pub const LEAST_LEVEL: f32 = 1e-3;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [banks, folder] = &arguments[..] else { return Err("usage: preset_notes BANKS FOLDER".into()) };
    let dataset = Dataset::read(Path::new(banks))?;
    let split = Split::new(&dataset);
    for (part, rows) in [("train", &split.train), ("test", &split.test), ("unseen", &split.unseen)] {
        let folder = Path::new(folder).join(part);
        std::fs::create_dir_all(&folder)?;
        let written = rows.par_iter().map(|&row| write(&dataset, row, &folder).unwrap_or(false));
        println!("{part}: {} of {} presets", written.filter(|&written| written).count(), rows.len());
    }
    Ok(())
}

/// Writes the note of a preset, unless it is quiet or has no steady pitch.
fn write(dataset: &Dataset, row: usize, folder: &Path) -> Result<bool, hound::Error> {
    let preset = &dataset.rows[row];
    let key = KEYS[row % KEYS.len()];
    let sound = mixed_render(&preset.patch, &[key]);
    let power = sound.iter().map(|sample| sample * sample).sum::<f32>() / LENGTH as f32;
    let Some(key) = steady_key(&sound).filter(|_| power.sqrt() > LEAST_LEVEL) else { return Ok(false) };
    write_sound(dataset, row, key, &sound, folder)?;
    Ok(true)
}

/// Keys of a patch that go down together, both channels mixed.
pub fn mixed_render(patch: &Patch, keys: &[u8]) -> Vec<f32> {
    let event = |&key: &u8| Event { frame: 0, kind: EventKind::NoteOn { key, velocity: VELOCITY } };
    let events: Vec<Event> = keys.iter().map(event).collect();
    let [left, right] = render(patch, &events, RATE_HZ, 64, LENGTH);
    left.iter().zip(&right).map(|(left, right)| 0.5 * (left + right)).collect()
}

/// Writes a sound of a preset, named by bank, preset and key.
pub fn write_sound(
    dataset: &Dataset,
    row: usize,
    key: u8,
    sound: &[f32],
    folder: &Path,
) -> Result<(), hound::Error> {
    let preset = &dataset.rows[row];
    let bank = plane::coordinates::bank_name(&dataset.banks[preset.bank]);
    let word = |text: &str| text.replace(['_', '/', '\\', '.'], " ").trim().to_owned();
    let name = format!("{}.{}_{}_{key}.wav", word(bank), word(&preset.name), preset.index);
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE_HZ as u32,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut file = hound::WavWriter::create(folder.join(name), spec)?;
    sound.iter().try_for_each(|&sample| file.write_sample(sample))?;
    file.finalize()
}

/// The key that most frames sound at: presets need not sound at the key that plays them.
pub fn steady_key(sound: &[f32]) -> Option<u8> {
    let frames = analyze_tone(sound, frame_layout(RATE_HZ), RATE_HZ).ok()?;
    let voiced = frames.iter().filter(|(pitch, _)| pitch.is_voiced);
    let mut keys: Vec<f32> =
        voiced.map(|(pitch, _)| 69.0 + 12.0 * (pitch.frequency_hz / 440.0).log2()).collect();
    keys.sort_by(f32::total_cmp);
    let middle = keys.get(keys.len() / 2)?.round();
    let steady = keys.iter().filter(|&&key| (key - middle).abs() < TOLERANCE).count();
    let is_steady = steady as f32 >= STEADY_SHARE * frames.len() as f32;
    (is_steady && (0.0..128.0).contains(&middle)).then_some(middle as u8)
}
