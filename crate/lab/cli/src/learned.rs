//! Warns if a model may have been trained on the rows of an evaluation, by comparing its `training.json`, or the
//! metadata of a network that guesses patches, with the banks. Never refuses: figures of training rows are valid, too.

use crate::error::CliError;
use crate::model::ModelFile;
use ::evaluate::RowSet;
use ::model::kinds::SoundToPatch;
use ::model::network::read;
use ::model::{Manifest, ModelKind};
use dataset::{Dataset, Split, fingerprint};
use serde::Deserialize;
use std::path::Path;

/// The fields of `training.json` that identify the banks.
#[derive(Deserialize)]
struct TrainingRecord {
    /// Fingerprint of the decoder.
    model: String,
    banks: usize,
    presets: usize,
    distinct: usize,
    /// Fingerprint of the rows; older models lack it.
    training_fingerprint: Option<String>,
}

/// A warning about a comparison of rows of `banks`, if needed; `named` is the path of a given decoder, and `decoder`
/// the bytes of the file.
pub fn warning(named: Option<&Path>, decoder: &[u8], banks: &Path) -> Result<Option<String>, CliError> {
    let beside = named.map(|decoder| decoder.with_file_name("training.json"));
    let place = named.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let training = ModelFile::Training.read(beside.as_deref()).ok();
    let training =
        training.and_then(|(path, json)| Some((path, serde_json::from_slice::<TrainingRecord>(&json).ok()?)));
    let Some((path, training)) = training.filter(|(_, training)| training.model == fingerprint(decoder))
    else {
        let place = place.unwrap_or(Path::new(".")).display();
        return Ok(Some(format!(
            "no training.json of this model in {place} says what it learned: it may have learned the rows that it is compared by"
        )));
    };
    let dataset = Dataset::read(banks)?;
    let is_same = match &training.training_fingerprint {
        Some(fingerprint) => *fingerprint == Split::new(&dataset).fingerprint(&dataset),
        None => {
            let at_hand = (dataset.banks.len(), dataset.rows.len(), dataset.distinct().len());
            at_hand == (training.banks, training.presets, training.distinct)
        }
    };
    Ok((!is_same).then(|| {
        format!(
            "by {} the model was trained on other presets than those of {}: it may have learned the rows that it is compared by",
            path.display(),
            banks.display()
        )
    }))
}

/// The words before the fingerprint of the learned rows in the metadata of a network that guesses patches.
const FINGERPRINT_WORDS: &str = "row fingerprint ";

/// The same warning for a network that guesses patches, with these bytes, of the file `path`.
pub fn network_warning(path: &Path, onnx: &[u8], banks: &Path) -> Result<Option<String>, CliError> {
    let file = read(onnx).map_err(CliError::model(path))?;
    let manifest = Manifest::read(&file, SoundToPatch::REMEDY).map_err(CliError::model(path))?;
    let source = manifest.source.unwrap_or_default();
    let learned = source.split_once(FINGERPRINT_WORDS).map(|(_, rest)| rest);
    let dataset = Dataset::read(banks)?;
    let own = Split::new(&dataset).fingerprint(&dataset);
    Ok((learned != Some(own.as_str())).then(|| {
        format!(
            "{} does not say that it was trained on the presets of {}: it may have learned the rows that it is compared by",
            path.display(),
            banks.display()
        )
    }))
}

/// The fingerprint of the training rows of Debian's banks, all of which the published networks learned.
const DEBIANS_ROWS: &str = "c4a8cf95472429b3";

/// The same warning for the published networks, which have no `training.json`: they learned neither the test rows nor
/// the unseen rows of Debian's banks.
pub fn published_warning(row_sets: &[RowSet], banks: &Path) -> Result<Option<String>, CliError> {
    let dataset = Dataset::read(banks)?;
    let is_debians = Split::new(&dataset).fingerprint(&dataset) == DEBIANS_ROWS;
    let is_new = is_debians && !row_sets.contains(&RowSet::Validation);
    Ok((!is_new).then(|| {
        "the published networks may have learned the rows that they are compared by: choose --rows test or unseen of Debian's \
         banks, /usr/share/amsynth/banks"
            .to_owned()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANKS: &str = "/usr/share/amsynth/banks";

    fn models() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models")
    }

    fn warned(training: &str, banks: &Path) -> bool {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("training.json"), training).unwrap();
        let decoder = std::fs::read(models().join("decoder.onnx")).unwrap();
        warning(Some(&folder.path().join("decoder.onnx")), &decoder, banks).unwrap().is_some()
    }

    #[test]
    fn the_shipped_model_learned_from_debians_banks() {
        let decoder = std::fs::read(models().join("decoder.onnx")).unwrap();
        for named in [None, Some(models().join("decoder.onnx"))] {
            assert_eq!(warning(named.as_deref(), &decoder, Path::new(BANKS)).unwrap(), None);
        }
        let path = models().join("sound_to_patch.onnx");
        let network = std::fs::read(&path).unwrap();
        assert_eq!(network_warning(&path, &network, Path::new(BANKS)).unwrap(), None);
    }

    #[test]
    fn other_rows_another_model_and_missing_information_give_warnings() {
        let text = std::fs::read_to_string(models().join("training.json")).unwrap();
        let shipped: serde_json::Value = serde_json::from_str(&text).unwrap();
        let dataset = Dataset::read(Path::new(BANKS)).unwrap();
        let with = |key: &str, value: &str| {
            let mut training = shipped.clone();
            training[key] = value.into();
            training.to_string()
        };
        let own = Split::new(&dataset).fingerprint(&dataset);
        assert!(!warned(&with("training_fingerprint", &own), Path::new(BANKS)));
        assert!(warned(&with("training_fingerprint", "0123456789abcdef"), Path::new(BANKS)));
        assert!(warned(&with("model", "0123456789abcdef"), Path::new(BANKS)));
        assert!(warned("no JSON", Path::new(BANKS)));
        let one = tempfile::tempdir().unwrap();
        let bank = "amsynth_factory.bank";
        std::fs::copy(Path::new(BANKS).join(bank), one.path().join(bank)).unwrap();
        assert!(warned(&text, one.path()));
    }
}
