//! Writes the sounds of the agreement test as WAV files, as input of the Python original:
//! `cargo run --release -p timbre --example write_sounds -- FOLDER`. See this crate's README.

#[path = "../tests/all/sounds/mod.rs"]
mod sounds;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give the folder to write to")?);
    std::fs::create_dir_all(&folder)?;
    for name in sounds::signal_names().into_iter().chain(sounds::preset_names()) {
        let Some(sound) = sounds::make(&name) else {
            println!("{name}: silent, not written");
            continue;
        };
        let channels = if sound.right.is_empty() { 1 } else { 2 };
        let specification = hound::WavSpec {
            channels,
            sample_rate: sound.sample_rate_hz,
            bits_per_sample: 32,
            sample_format: hound::SampleFormat::Float,
        };
        let mut file = hound::WavWriter::create(folder.join(format!("{name}.wav")), specification)?;
        for (index, &left) in sound.left.iter().enumerate() {
            file.write_sample(left)?;
            if let Some(&right) = sound.right.get(index) {
                file.write_sample(right)?;
            }
        }
        file.finalize()?;
    }
    Ok(())
}
