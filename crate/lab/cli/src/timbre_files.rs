//! The inputs of the tasks of `latent-pad timbre`: the latent space of a domain, and a sound of one channel.

use crate::error::CliError;
use crate::sound_input::read_sound;
use frame_model::{FrameModel, FrameModelError, LatentFrame, TimbreModel};
use matching::{TargetError, mono};
use spectral::SpectralError;
use std::borrow::Cow;
use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::{Component, Path, PathBuf};

/// The sample rates of sounds in a latent space, in Hz: those of `crate/sound/spectral`.
pub const RATES_HZ: RangeInclusive<u32> = 8_000..=192_000;

/// The highest level of a sound and of its frames, above full scale: no recording reaches it.
pub const MOST_DB: f32 = 40.0;

/// The shipped domains.
const SHIPPED: [(&str, &[u8]); 6] = [
    ("strings", include_bytes!("../../../../models/timbre/strings.frames")),
    ("voices", include_bytes!("../../../../models/timbre/voices.frames")),
    ("winds", include_bytes!("../../../../models/timbre/winds.frames")),
    ("brass", include_bytes!("../../../../models/timbre/brass.frames")),
    ("amsynth", include_bytes!("../../../../models/timbre/amsynth.frames")),
    ("textures", include_bytes!("../../../../models/timbre/textures.frames")),
];

/// The model of tones of a name or a file.
pub fn model(domain: &Path) -> Result<FrameModel, CliError> {
    match any_model(domain)? {
        TimbreModel::Tones(model) => Ok(model),
        TimbreModel::Textures(_) => {
            Err(CliError::FrameModel { path: domain.to_owned(), source: FrameModelError::Texture })
        }
    }
}

/// The model of a file, else the model of a name in `models/timbre/`, else the embedded one of that name.
pub fn any_model(domain: &Path) -> Result<TimbreModel, CliError> {
    let path = path_of_name(domain)
        .filter(|here| !domain.is_file() && here.is_file())
        .unwrap_or_else(|| domain.to_owned());
    let bytes = match std::fs::read(&path) {
        // A folder may have the name of a domain.
        Err(error) if error.kind() == ErrorKind::NotFound || path.is_dir() => {
            let shipped = SHIPPED.iter().find(|(name, _)| Path::new(name) == domain);
            let (_, bytes) =
                shipped.ok_or_else(|| CliError::NoDomain { name: domain.display().to_string() })?;
            Cow::Borrowed(*bytes)
        }
        read => Cow::Owned(read.map_err(CliError::read(&path))?),
    };
    TimbreModel::from_bytes(&bytes).map_err(|source| CliError::FrameModel { path, source })
}

/// The file of a domain's name in `models/timbre/`; `None` for a path or a file's name, which name a file themselves.
pub fn path_of_name(domain: &Path) -> Option<PathBuf> {
    let is_name =
        domain.components().eq([Component::Normal(domain.as_os_str())]) && domain.extension().is_none();
    is_name.then(|| Path::new("models/timbre").join(domain).with_extension("frames"))
}

/// A sound mixed to one channel, with finite samples that are audible, at most [`MOST_DB`], at a rate of [`RATES_HZ`].
pub struct MonoSound {
    path: PathBuf,
    pub samples: Vec<f32>,
    pub sample_rate_hz: u32,
}

impl MonoSound {
    pub fn read(path: &Path) -> Result<Self, CliError> {
        let sound = read_sound(path)?;
        let channels: Vec<&[f32]> = sound.channels.iter().map(Vec::as_slice).collect();
        if !channels.iter().copied().flatten().all(|sample| sample.is_finite()) {
            return Err(CliError::NotFinite { path: path.to_owned() });
        }
        let Some(samples) = mono(&channels) else {
            return Err(CliError::Target { path: path.to_owned(), source: TargetError::Silent });
        };
        if samples.iter().any(|sample| sample.abs() > 10.0_f32.powf(MOST_DB / 20.0)) {
            return Err(CliError::TooLoud { path: path.to_owned(), most_db: MOST_DB });
        }
        let own = Self { path: path.to_owned(), samples, sample_rate_hz: sound.sample_rate_hz };
        if !RATES_HZ.contains(&own.sample_rate_hz) {
            let sample_rate_hz = own.sample_rate_hz as f32;
            return Err(own.refused()(SpectralError::SampleRate { sample_rate_hz }));
        }
        Ok(own)
    }

    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(self.sample_rate_hz)
    }

    pub fn encoded(&self, model: &TimbreModel) -> Result<Vec<LatentFrame>, CliError> {
        model.encode(&self.samples, self.sample_rate_hz as f32).map_err(self.refused())
    }

    /// The error if the analysis refuses the sound.
    pub fn refused(&self) -> impl FnOnce(SpectralError) -> CliError {
        let path = self.path.clone();
        move |source| CliError::NoFrames { path, source }
    }
}
