//! Banks for tests, made up by a seeded generator.

use patch::encoding::CATEGORICAL;
use patch::{Parameter, Patch, Preset};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use tempfile::TempDir;
use train::Settings;
use train::decoder_training::DecoderSchedule;

/// Presets of two kinds that a plane can tell apart: every categorical at its first class and a fast
/// attack, or every one at its last class and a slow attack; all else at random.
pub fn two_kinds(count: usize) -> Vec<Preset> {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let preset = |at: usize| {
        let is_first_kind = at.is_multiple_of(2);
        let mut patch = Patch::default();
        for parameter in Parameter::ALL {
            let info = parameter.info();
            patch.set(parameter, info.min + random.random_range(0.0..1.0) * (info.max - info.min));
        }
        for parameter in CATEGORICAL {
            patch.set(parameter, if is_first_kind { parameter.info().min } else { parameter.info().max });
        }
        patch.set(Parameter::AmpAttack, if is_first_kind { 0.1 } else { 2.4 });
        Preset { name: format!("preset {at}"), patch }
    };
    (0..count).map(preset).collect()
}

/// A folder with one bank `made.bank` of these presets.
pub fn folder(presets: &[Preset]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_bank(folder.path(), "made.bank", presets);
    folder
}

/// Writes a bank file.
pub fn write_bank(folder: &Path, name: &str, presets: &[Preset]) {
    let text = patch::file::write_bank(presets).expect("a bank of at most 128 presets");
    std::fs::write(folder.join(name), text).expect("a writable folder");
}

/// A training of a second or two, which learns next to nothing.
pub fn tiny() -> Settings {
    let quick = Settings::quick();
    Settings {
        most_presets: [40, 8],
        augmented: 10,
        rounds: 1,
        grid: 3,
        surrogate_steps: [10, 5],
        decoder: DecoderSchedule { steps: 10, ..quick.decoder },
        decoder_steps: 5,
        plane_grid: 4,
        ..quick
    }
}
