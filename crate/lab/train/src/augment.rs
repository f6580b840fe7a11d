//! Data augmentation: new patches, each made of two training patches. The plane contains such patches, so the
//! surrogate must learn their sounds, and they represent sounds of authors that the training rows lack. Extracts no
//! features.

use crate::Columns;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// Share of patches that take each parameter whole from either original; the next share lies somewhere on the line
/// between both, and the rest is the first original with small changes.
const CROSSED: f64 = 0.4;
const BETWEEN: f64 = 0.35;
/// For a patch of small changes, standard deviations of the change of a column; each patch has one of them.
const CHANGES: [f32; 3] = [0.03, 0.1, 0.2];
/// For a patch of small changes, the probability that a categorical is drawn again.
const NEW_CLASS: f64 = 0.1;

/// `count` patches made of `originals`; an empty list without originals.
pub fn augment(originals: &[Columns], count: usize, random: &mut impl Rng) -> Vec<Columns> {
    if originals.is_empty() {
        return Vec::new();
    }
    let augmented = |_| {
        let [first, second] = [(); 2].map(|()| &originals[random.random_range(0..originals.len())]);
        match random.random_range(0.0..1.0) {
            way if way < CROSSED => crossed(first, second, random),
            way if way < CROSSED + BETWEEN => between(first, second, random),
            _ => changed(first, random),
        }
    };
    (0..count).map(augmented).collect()
}

/// The first, with some parameters of the second.
fn crossed(first: &Columns, second: &Columns, random: &mut impl Rng) -> Columns {
    let mut patch = *first;
    let chance = random.random_range(0.0..0.5);
    let continuous = (0..CONTINUOUS.len()).map(|column| column..column + 1);
    for columns in continuous.chain(CATEGORICAL.into_iter().map(class_range)) {
        if random.random_bool(chance) {
            patch[columns.clone()].copy_from_slice(&second[columns]);
        }
    }
    patch
}

/// A point between both. Each class is that of the second with a probability equal to the share of the way to it.
fn between(first: &Columns, second: &Columns, random: &mut impl Rng) -> Columns {
    let mut patch = *first;
    let share = random.random_range(0.0..1.0);
    for column in 0..CONTINUOUS.len() {
        patch[column] += share * (second[column] - first[column]);
    }
    for columns in CATEGORICAL.into_iter().map(class_range) {
        if random.random_bool(f64::from(share)) {
            patch[columns.clone()].copy_from_slice(&second[columns]);
        }
    }
    patch
}

/// The first with a small random change in every parameter.
fn changed(first: &Columns, random: &mut impl Rng) -> Columns {
    let mut patch = *first;
    let change = CHANGES[random.random_range(0..CHANGES.len())];
    for column in &mut patch[..CONTINUOUS.len()] {
        *column = (*column + change * random.sample::<f32, _>(StandardNormal)).clamp(0.0, 1.0);
    }
    for columns in CATEGORICAL.into_iter().map(class_range) {
        if random.random_bool(NEW_CLASS) {
            let class = random.random_range(columns.clone());
            patch[columns].fill(0.0);
            patch[class] = 1.0;
        }
    }
    patch
}
