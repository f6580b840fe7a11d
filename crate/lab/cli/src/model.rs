//! Finds a model's files: the given path, else the folder `models/` in the working directory, else the embedded ones,
//! so that the command works wherever it is installed.

use crate::error::CliError;
use crate::output::warn;
use ::model::ModelKind;
use ::model::PatchDecoder;
use ::model::kinds::SoundToPatch;
use dataset::fingerprint;
use features::{COMPONENT_COUNT, PerceptualDistance, ProjectedSound, SPECTRAL_COUNT};
use matching::KnownSounds;
use patch::Patch;
use plane::presets::Presets;
use plane::{Coordinates, Map};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use timbre::Descriptor;

/// The advice if the encoder of a given decoder cannot be read.
pub const BESIDE: &str = "put the encoder beside the decoder of --model, under this name";

/// The old name of `distance.json`.
const OLD_DISTANCE_NAME: &str = "hearing.json";

/// A file of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelFile {
    /// A point of the plane → a patch.
    Decoder,
    /// A patch → a point of the plane.
    Encoder,
    /// The perceptual distance of the search.
    Distance,
    /// The sounds of the plane.
    Sounds,
    /// The points of the known presets.
    Coordinates,
    /// The timbral map.
    Map,
    /// All values of the known presets.
    Presets,
    /// The sounds of the known presets.
    PresetSounds,
    /// The values of the known presets in each layer of the map.
    PresetLayers,
    /// A sound → patches that may sound like it.
    SoundToPatch,
    /// Its training rows and the figures of its choice.
    Training,
}

impl ModelFile {
    /// Its file's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decoder => "decoder.onnx",
            Self::Encoder => "encoder.onnx",
            Self::Distance => "distance.json",
            Self::Sounds => "sounds.bin",
            Self::Coordinates => "coordinates.json",
            Self::Map => "map.json",
            Self::Presets => "presets.bin",
            Self::PresetSounds => "preset_sounds.bin",
            Self::PresetLayers => "preset_layers.bin",
            Self::SoundToPatch => "sound_to_patch.onnx",
            Self::Training => "training.json",
        }
    }

    /// The file of the shipped model.
    pub fn embedded(self) -> &'static [u8] {
        match self {
            Self::Decoder => include_bytes!("../../../../models/decoder.onnx"),
            Self::Encoder => include_bytes!("../../../../models/encoder.onnx"),
            Self::Distance => include_bytes!("../../../../models/distance.json"),
            Self::Sounds => include_bytes!("../../../../models/sounds.bin"),
            Self::Coordinates => include_bytes!("../../../../models/coordinates.json"),
            Self::Map => include_bytes!("../../../../models/map.json"),
            Self::Presets => include_bytes!("../../../../models/presets.bin"),
            Self::PresetSounds => include_bytes!("../../../../models/preset_sounds.bin"),
            Self::PresetLayers => include_bytes!("../../../../models/preset_layers.bin"),
            Self::SoundToPatch => include_bytes!("../../../../models/sound_to_patch.onnx"),
            Self::Training => include_bytes!("../../../../models/training.json"),
        }
    }

    /// The advice if it cannot be read.
    fn remedy(self) -> &'static str {
        match self {
            Self::Decoder | Self::Encoder | Self::SoundToPatch => "name the file with --model",
            Self::Distance => "name it with --distance, or make it with `latent-pad train -o models`",
            Self::Coordinates => "make it with `latent-pad place -o models`",
            Self::Map => "make it with `latent-pad map -o map.json`",
            Self::PresetLayers => {
                "make it with `latent-pad map -o map.json --preset-layers preset_layers.bin`, which writes both files"
            }
            Self::Sounds | Self::Presets | Self::PresetSounds | Self::Training => {
                "make it with `latent-pad train -o models`"
            }
        }
    }

    /// The file that it needs, if that file does not name its model.
    fn partner(self) -> Option<Self> {
        match self {
            Self::Decoder => Some(Self::Encoder),
            Self::Encoder => Some(Self::Decoder),
            Self::Presets => Some(Self::PresetSounds),
            Self::PresetSounds => Some(Self::Presets),
            _ => None,
        }
    }

    /// Its path if no option names it.
    pub fn here(self) -> PathBuf {
        Path::new("models").join(self.name())
    }

    /// Its path beside a given decoder.
    pub fn beside(self, decoder: Option<&Path>) -> Option<PathBuf> {
        decoder.map(|decoder| decoder.with_file_name(self.name()))
    }

    /// Its bytes, and the path to name in an error.
    pub fn read(self, named: Option<&Path>) -> Result<(PathBuf, Cow<'static, [u8]>), CliError> {
        self.read_or(named, self.remedy())
    }

    /// The same, with the advice if it cannot be read.
    pub fn read_or(
        self,
        named: Option<&Path>,
        remedy: &'static str,
    ) -> Result<(PathBuf, Cow<'static, [u8]>), CliError> {
        let path = named.map_or_else(|| self.here(), Path::to_owned);
        if named.is_none() && !path.is_file() {
            // The embedded file would be used with a partner of another model, and give wrong results.
            return match self.partner().filter(|partner| partner.here().is_file()) {
                Some(partner) => Err(CliError::HalfModel { here: partner.name(), missing: self.name() }),
                None => Ok((self.name().into(), Cow::Borrowed(self.embedded()))),
            };
        }
        match std::fs::read(&path) {
            Ok(bytes) => Ok((path, Cow::Owned(bytes))),
            Err(source) => Err(CliError::ReadModel { path, source, remedy }),
        }
    }

    /// Its content, if it is JSON.
    pub fn parse<T: DeserializeOwned>(json: &[u8], path: &Path, remedy: &'static str) -> Result<T, CliError> {
        serde_json::from_slice(json).map_err(|source| CliError::Json {
            path: path.to_owned(),
            source,
            remedy,
        })
    }
}

/// The decoder and the timbral map of its plane: those of given files, else as [`ModelFile::read`] finds them; and the
/// advice if there is no such map.
pub fn plane_of(
    decoder: Option<&Path>,
    map: Option<&Path>,
    remedy: &'static str,
) -> Result<(PatchDecoder, Map), CliError> {
    let (path, onnx) = ModelFile::Decoder.read(decoder)?;
    let loaded = PatchDecoder::from_onnx(&onnx).map_err(CliError::model(&path))?;
    let beside = ModelFile::Map.beside(decoder);
    let (path, json) = ModelFile::Map.read_or(map.or(beside.as_deref()), remedy)?;
    let map: Map = ModelFile::parse(&json, &path, remedy)?;
    if map.model != fingerprint(&onnx) {
        return Err(CliError::OtherMap { path, remedy });
    }
    // Measurements are compared with the scales in their order.
    let names = path::target::scales(&map).map(|layer| layer.name.as_str());
    if !names.eq(Descriptor::SCALES.map(Descriptor::name)) {
        return Err(CliError::MapScales { path, remedy });
    }
    Ok((loaded, map))
}

/// The network that guesses the patch of a sound: of a given file, else as [`ModelFile::read`] finds it.
pub fn sound_to_patch(named: Option<&Path>) -> Result<SoundToPatch, CliError> {
    let (path, onnx) = ModelFile::SoundToPatch.read(named)?;
    SoundToPatch::load(&onnx).map_err(CliError::model(&path))
}

/// The encoder of a given decoder: beside it, with “encoder” for “decoder” in its name, or else under its usual name.
pub fn encoder_beside(decoder: &Path) -> PathBuf {
    let name = decoder.file_name().unwrap_or_default().to_string_lossy();
    if name.contains("decoder") {
        decoder.with_file_name(name.replace("decoder", "encoder"))
    } else {
        decoder.with_file_name(ModelFile::Encoder.name())
    }
}

/// The perceptual distance: that of a given file, else the one beside a given decoder, else that of `models/`, else the
/// embedded one; and its fingerprint. Warns if the distance may be that of another model than the decoder's.
pub fn distance(
    named: Option<&Path>,
    decoder: Option<&Path>,
) -> Result<(PerceptualDistance, String), CliError> {
    let names = [ModelFile::Distance.name(), OLD_DISTANCE_NAME];
    let beside = decoder.and_then(|decoder| {
        names.map(|name| decoder.with_file_name(name)).into_iter().find(|path| path.is_file())
    });
    let (path, json) = ModelFile::Distance.read(named.or(beside.as_deref()))?;
    let metric = ModelFile::parse(&json, &path, ModelFile::Distance.remedy())?;
    if !is_valid(&metric) {
        return Err(CliError::InvalidMetric { path });
    }
    if let (None, None, Some(decoder)) = (named, &beside, decoder) {
        let used = if path.is_file() { path.display().to_string() } else { "the built-in one".to_owned() };
        warn(format_args!("no distance.json beside {}: {used} is used", decoder.display()));
    }
    Ok((metric, fingerprint(&json)))
}

/// The points of the known presets on the plane of the decoder with these bytes: those of a given file, or those beside
/// a given decoder, else as [`ModelFile::read`] finds them. `instead` is further advice for the error.
pub fn known_points(
    named: Option<&Path>,
    decoder: Option<&Path>,
    onnx: &[u8],
    instead: &'static str,
) -> Result<Coordinates, CliError> {
    let beside = ModelFile::Coordinates.beside(decoder);
    let (path, json) = ModelFile::Coordinates.read(named.or(beside.as_deref()))?;
    let table: Coordinates = ModelFile::parse(&json, &path, ModelFile::Coordinates.remedy())?;
    if table.model == fingerprint(onnx) { Ok(table) } else { Err(CliError::OtherModel { path, instead }) }
}

/// The known presets and their sounds.
pub fn known_presets() -> Result<(Vec<Patch>, KnownSounds), CliError> {
    let (of_presets, bytes) = ModelFile::Presets.read(None)?;
    let own = fingerprint(&bytes);
    let presets = Presets::from_bytes(&bytes)
        .map_err(|source| CliError::Presets { path: of_presets.clone(), source })?;
    let presets = presets.all().to_vec();
    let (path, bytes) = ModelFile::PresetSounds.read(None)?;
    if KnownSounds::fingerprints(&bytes).is_some_and(|[presets, _]| presets != own) {
        return Err(CliError::OtherSounds { path, presets: of_presets });
    }
    let known = KnownSounds::from_bytes(&bytes, presets.len())
        .map_err(|source| CliError::KnownSounds { path, source })?;
    Ok((presets, known))
}

/// Without this check, a missing component or a spread of 0 would make all sounds equally far apart.
fn is_valid(metric: &PerceptualDistance) -> bool {
    let projection = metric.projection();
    let components = projection.components();
    let is_whole =
        |numbers: &[f32]| numbers.len() == SPECTRAL_COUNT && numbers.iter().all(|number| number.is_finite());
    // Coordinates are divided by the spreads, which are private.
    let one = ProjectedSound { phi: [1.0; _], scales: [1.0; _] };
    components.len() == COMPONENT_COUNT
        && is_whole(projection.mean())
        && components.iter().all(|component| is_whole(component))
        && metric.coordinates(&one).iter().all(|number| number.is_finite() && *number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests run in the crate's folder, which has no `models/`.
    #[test]
    fn the_embedded_distance_is_the_shipped_one() {
        assert!(!Path::new("models").exists());
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/distance.json");
        assert_eq!(distance(None, None).unwrap(), distance(Some(&shipped), None).unwrap());
        // A model without its own distance uses the embedded one.
        assert!(distance(None, Some(Path::new("/absent/decoder.onnx"))).is_ok());
    }
}
