//! Promises about folders of unusual sizes.

use dataset::Dataset;

/// The table of coordinates numbers the banks in 16 bits.
#[test]
fn more_files_than_can_be_numbered_are_refused_before_any_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..=1 << 16 {
        std::fs::File::create(folder.path().join(format!("{number}.amSynthPreset"))).unwrap();
    }
    let error = Dataset::read(folder.path()).unwrap_err().to_string();
    assert!(error.contains("65537 files of presets") && error.contains("65536"), "{error}");
}

#[test]
fn a_file_that_is_longer_than_any_bank_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let bank = std::fs::File::create(folder.path().join("long.bank")).unwrap();
    bank.set_len(64_000_001).unwrap();
    let error = Dataset::read(folder.path()).unwrap_err().to_string();
    assert!(error.contains("long.bank: it is longer than 64 MB"), "{error}");
}
