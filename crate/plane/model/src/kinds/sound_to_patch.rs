//! From a sound and a known preset that sounds similar to a patch that sounds more like it: `sound_to_patch.onnx`.

use super::{COLUMNS, OWN_TRAINING};
use crate::ModelError;
use crate::kind::ModelKind;
use crate::manifest::Manifest;
use crate::network::Network;
use patch::Patch;
use patch::full_encoding::{self, FULL_COUNT};

/// Port of the levels: at each of 22 times 32 of the sound, then the differences of a known preset's.
pub const LEVELS: &str = "levels";
/// Count of the levels.
pub const LEVEL_COUNT: usize = 1408;
/// Port of the other inputs: 24 principal components of the sound, the differences of the preset's, three numbers of
/// the note, the preset's columns.
pub const FACTS: &str = "facts";
/// Count of these inputs; together with the levels they are `guess::INPUT_COUNT` of crate `matching`.
pub const FACT_COUNT: usize = 108;
/// Port of the random numbers.
pub const NOISE: &str = "noise";
/// Count of the random numbers: `guess::NOISE_COUNT` of crate `matching`.
pub const NOISE_COUNT: usize = 64;
/// Key of the identity of the numbers.
const SOUND_SET: &str = "sound_set";
/// Value of that key: change it with the numbers.
const SOUND_NUMBERS: &str = "mel 32 x 22 + 24 components + note + preset";

/// The network, loaded and ready.
#[derive(Debug)]
pub struct SoundToPatch {
    network: Network,
}

impl ModelKind for SoundToPatch {
    const FORMAT: &'static str = "latent-pad sound to patch";
    const VERSION: &'static str = "1";
    const REMEDY: &'static str = OWN_TRAINING;
    const INPUTS: &'static [(&'static str, usize)] =
        &[(LEVELS, LEVEL_COUNT), (FACTS, FACT_COUNT), (NOISE, NOISE_COUNT)];
    const OUTPUTS: &'static [(&'static str, usize)] = &[(COLUMNS, FULL_COUNT)];

    fn statements() -> Manifest {
        Manifest {
            columns: full_encoding::column_names().into(),
            other: vec![(SOUND_SET.to_owned(), SOUND_NUMBERS.to_owned())],
            ..Manifest::default()
        }
    }

    fn from_network(network: Network) -> Self {
        Self { network }
    }
}

impl SoundToPatch {
    /// The patch that is guessed for `sound`, by correcting `preset`. Without `noise` (all 0) it is the best guess;
    /// standard normal numbers draw guesses unlike each other.
    ///
    /// # Errors
    /// If an input has another length, or an input or a result is not finite.
    pub fn patch(&mut self, sound: &[f32], noise: &[f32], preset: &Patch) -> Result<Patch, ModelError> {
        let mut columns = [0.0; FULL_COUNT];
        let (levels, facts) = sound.split_at(sound.len().min(LEVEL_COUNT));
        self.network.run(&[levels, facts, noise], &mut [&mut columns])?;
        for (column, before) in columns.iter_mut().zip(full_encoding::encode(preset)) {
            *column += before;
        }
        Ok(full_encoding::decode(&columns, preset))
    }
}
