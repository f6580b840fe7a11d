//! The recorded notes of a domain as points of its model's plane: the table from which the page shows them.

use super::heads::features;
use crate::error::TrainError;
use crate::progress::{Reporter, Stage, TrainingProgress};
use frame_model::{FrameCoder, FrameModel, NoteSound};
use patch::note_name;
use plane::Point;
use plane::coordinates::{Coordinates, VERSION};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// A row for each note with a pitch, by instrument and key, at the mean of its frames' latent numbers; points beyond
/// the plane's edge are moved to the edge. A bank is an instrument. A note of a file such as `bank.preset_5_60` has a
/// name of its own. A row does not have the axes from the third on.
///
/// # Errors
/// [`TrainError::Notes`] if the sample rate of a note is outside of 8 to 192 kHz.
pub fn note_points(
    model: &FrameModel,
    notes: &[NoteSound],
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<Coordinates, TrainError> {
    let mut notes: Vec<&NoteSound> = notes.iter().collect();
    notes.sort_by(|a, b| (a.identity(), a.number(), &a.name).cmp(&(b.identity(), b.number(), &b.name)));
    let reporter = Reporter::begin(Stage::Notes, notes.len(), progress);
    let point = |note: &&NoteSound| {
        let point = mean_point(model, note);
        reporter.advance();
        point
    };
    let points: Vec<Option<Point>> = notes.par_iter().map(point).collect::<Result<_, TrainError>>()?;

    let mut table = Coordinates {
        version: VERSION,
        model: format!("{:016x}", model.domain.fingerprint),
        ..Coordinates::default()
    };
    for (note, point) in notes.into_iter().zip(points) {
        let Some(Point { x, y }) = point else { continue };
        let (group, key) = note.identity();
        let (instrument, own_name) = group.split_once('.').unwrap_or((group, ""));
        let instrument = instrument_name(instrument);
        if table.banks.last() != Some(&instrument) {
            table.banks.push(instrument.clone());
        }
        let bank = table.banks.len() as u16 - 1;
        let of_key = |key| format!("{instrument} {}", note_name(key));
        let name = match own_name {
            "" => key.map_or(instrument.clone(), of_key),
            own => own.to_owned(),
        };
        let index = table.bank.iter().filter(|&&one| one == bank).count() as u16;
        table.name.push(distinguished(name, &table.name));
        table.bank.push(bank);
        table.index.push(index);
        table.x.push(rounded(x));
        table.y.push(rounded(y));
    }
    Ok(table)
}

/// The point of the mean of a note's frames; `None` without a frame that has a pitch.
fn mean_point(model: &FrameModel, note: &NoteSound) -> Result<Option<Point>, TrainError> {
    let columns = note.columns()?;
    let mut coder = FrameCoder::new(model.clone());
    let mut latent = vec![0.0; model.latents()];
    let mut sums = vec![0.0_f64; model.latents()];
    for frame in &columns {
        coder.encode(&features(frame), &mut latent);
        sums.iter_mut().zip(&latent).for_each(|(sum, &number)| *sum += f64::from(number));
    }
    if columns.is_empty() {
        return Ok(None);
    }
    let mean: Vec<f32> = sums.iter().map(|sum| (sum / columns.len() as f64) as f32).collect();
    let [x, y] = model.point_of(&mean);
    Ok(Some(Point::on_plane(x, y)))
}

/// An instrument in words: `french-horns` is “French horns”.
fn instrument_name(group: &str) -> String {
    let words = group.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The name, with a number if another recording has the same name: recordings of one key differ in the manner of
/// playing.
fn distinguished(name: String, others: &[String]) -> String {
    let numbered = |number| if number == 1 { name.clone() } else { format!("{name} ({number})") };
    (1..).map(numbered).find(|name| !others.contains(name)).unwrap_or_default()
}

/// Thousandths: a pad has a pixel for about eight of them.
fn rounded(coordinate: f32) -> f32 {
    (coordinate * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instruments_are_spelled_in_words() {
        assert_eq!(["violin", "double-bass", ""].map(instrument_name), ["Violin", "Double bass", ""]);
    }

    #[test]
    fn recordings_of_the_same_key_have_different_names() {
        let mut names = Vec::new();
        for _ in 0..3 {
            names.push(distinguished("Cello C3".to_owned(), &names));
        }
        assert_eq!(names, ["Cello C3", "Cello C3 (2)", "Cello C3 (3)"]);
    }
}
