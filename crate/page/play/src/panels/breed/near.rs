//! The nearest presets of a sound, whose sections it can take.

use super::generation::SectionDonor;
use super::round::BredSound;
use crate::similarity::Similarity;
use crate::state::State;

/// How many presets give sections.
const NEAR_COUNT: usize = 12;

/// The twelve nearest presets that differ from the sound and from each other, the nearest first; none before they are
/// loaded.
pub(super) fn near_presets(state: &State, sound: &BredSound) -> Vec<SectionDonor> {
    let library = state.amsynth_library();
    let Some((known, presets)) = library.known.as_deref().zip(library.presets.as_deref()) else {
        return Vec::new();
    };
    let similarity = Similarity::new(library);
    let own = similarity.traits(sound.location.point, Some(&sound.patch), state.exact_preset());
    let distance = |row: usize| {
        let point = crate::Point { x: known.x[row], y: known.y[row] };
        own.distance(&similarity.traits(point, Some(&presets.patch(row)), Some(row)))
    };
    let count = known.len().min(presets.all().len());
    let mut rows: Vec<(f32, usize)> = (0..count).map(|row| (distance(row), row)).collect();
    rows.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut near: Vec<SectionDonor> = Vec::new();
    for (_, row) in rows {
        let patch = presets.patch(row);
        // The banks hold many patches twice.
        if patch != sound.patch && near.iter().all(|donor| donor.patch != patch) {
            near.push(SectionDonor { name: known.name[row].trim().to_owned(), patch });
        }
        if near.len() == NEAR_COUNT {
            break;
        }
    }
    near
}
