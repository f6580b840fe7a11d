//! Patches that nobody has programmed but somebody could have: children of two training patches. The
//! plane leads through such patches, so the surrogate must know what they sound like, and they
//! stand for the sounds of authors that the training rows do not hold. It never hears anything.

use crate::Columns;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// Share of children that take each parameter whole from either parent; of the others, this share
/// lies somewhere on the line between both, and the rest is the first parent slightly changed.
const CROSSED: f64 = 0.4;
const BETWEEN: f64 = 0.35;
/// In the third way, standard deviations of the change of a column, one of them for a child.
const CHANGES: [f32; 3] = [0.03, 0.1, 0.2];
/// In the third way, the chance of a categorical to be drawn anew.
const NEW_CLASS: f64 = 0.1;

/// `count` children of `parents`, none if there are no parents.
pub fn breed(parents: &[Columns], count: usize, random: &mut impl Rng) -> Vec<Columns> {
    if parents.is_empty() {
        return Vec::new();
    }
    let child = |_| {
        let [first, second] = [(); 2].map(|()| &parents[random.random_range(0..parents.len())]);
        match random.random_range(0.0..1.0) {
            way if way < CROSSED => crossed(first, second, random),
            way if way < CROSSED + BETWEEN => between(first, second, random),
            _ => changed(first, random),
        }
    };
    (0..count).map(child).collect()
}

/// The first, with some parameters of the second.
fn crossed(first: &Columns, second: &Columns, random: &mut impl Rng) -> Columns {
    let mut child = *first;
    let chance = random.random_range(0.0..0.5);
    let continuous = (0..CONTINUOUS.len()).map(|column| column..column + 1);
    for columns in continuous.chain(CATEGORICAL.into_iter().map(class_range)) {
        if random.random_bool(chance) {
            child[columns.clone()].copy_from_slice(&second[columns]);
        }
    }
    child
}

/// A point between both; each class of the second as likely as the second is near.
fn between(first: &Columns, second: &Columns, random: &mut impl Rng) -> Columns {
    let mut child = *first;
    let way = random.random_range(0.0..1.0);
    for column in 0..CONTINUOUS.len() {
        child[column] += way * (second[column] - first[column]);
    }
    for columns in CATEGORICAL.into_iter().map(class_range) {
        if random.random_bool(f64::from(way)) {
            child[columns.clone()].copy_from_slice(&second[columns]);
        }
    }
    child
}

/// The first with a little chance in everything.
fn changed(first: &Columns, random: &mut impl Rng) -> Columns {
    let mut child = *first;
    let change = CHANGES[random.random_range(0..CHANGES.len())];
    for column in &mut child[..CONTINUOUS.len()] {
        *column = (*column + change * random.sample::<f32, _>(StandardNormal)).clamp(0.0, 1.0);
    }
    for columns in CATEGORICAL.into_iter().map(class_range) {
        if random.random_bool(NEW_CLASS) {
            let class = random.random_range(columns.clone());
            child[columns].fill(0.0);
            child[class] = 1.0;
        }
    }
    child
}
