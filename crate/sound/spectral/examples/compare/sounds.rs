//! Sounds from WAV files of one folder: the first channel.

use std::error::Error;
use std::path::Path;

/// A sound and the name of its file.
pub struct NamedSound {
    pub name: String,
    pub samples: Vec<f32>,
    pub rate_hz: f32,
}

/// The WAV files of a folder, in the order of their names.
pub fn read(folder: &Path) -> Result<Vec<NamedSound>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wav"));
    paths.sort();
    let sound = |path: &std::path::PathBuf| -> Result<NamedSound, Box<dyn Error>> {
        let mut reader = hound::WavReader::open(path)?;
        let spec = reader.spec();
        let channels = usize::from(spec.channels);
        let samples = match spec.sample_format {
            hound::SampleFormat::Float => {
                reader.samples::<f32>().step_by(channels).collect::<Result<_, _>>()?
            }
            hound::SampleFormat::Int => {
                let scale = 1.0 / (1_u64 << (spec.bits_per_sample - 1)) as f32;
                let samples = reader.samples::<i32>().step_by(channels);
                samples.map(|sample| sample.map(|sample| sample as f32 * scale)).collect::<Result<_, _>>()?
            }
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(NamedSound { name, samples, rate_hz: spec.sample_rate as f32 })
    };
    paths.iter().map(sound).collect()
}
