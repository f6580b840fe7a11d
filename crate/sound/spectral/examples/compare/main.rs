//! Compares methods on a folder of WAV files: phase from exact magnitudes, the losses of each representation
//! without any network, and the pitches and the costs of the live forms.
//! `cargo run --release -p spectral --example compare -- FOLDER [phases | representations | pitches | live]`;
//! files that begin with `solo` and with `ensemble` have columns of their own. `crate/sound/spectral/README.md`
//! has the tables.

mod live;
mod log_bins;
mod phases;
mod pitches;
mod representations;
mod sounds;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let folder =
        std::env::args().nth(1).ok_or("usage: compare FOLDER [phases | representations | pitches | live]")?;
    let sounds = sounds::read(folder.as_ref())?;
    if sounds.is_empty() {
        return Err("the folder has no WAV files; extract_notes makes some".into());
    }
    if let Some(other) = sounds.iter().find(|one| one.rate_hz != 44_100.0) {
        return Err(format!("{} is at {} Hz; convert it to 44100 Hz", other.name, other.rate_hz).into());
    }
    if std::env::args().nth(2).is_none_or(|part| part == "phases") {
        phases::print(&sounds)?;
    }
    if std::env::args().nth(2).is_none_or(|part| part == "representations") {
        representations::print(&sounds)?;
    }
    if std::env::args().nth(2).is_none_or(|part| part == "pitches") {
        pitches::print(&sounds)?;
    }
    if std::env::args().nth(2).is_none_or(|part| part == "live") {
        live::print(&sounds)?;
    }
    Ok(())
}

/// The median of some values.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
