//! Banks for tests, made up by a seeded generator.

use patch::encoding::CATEGORICAL;
use patch::{Parameter, Patch, Preset};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use tempfile::TempDir;

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
