//! The first stage of an interpolation by sound: makes the patches to try between both ends, and chooses those
//! with which the scales change evenly.

use matching::with_gain;
use patch::{Parameter, Patch};

use crate::meter::ScaledSound;
use crate::pair::{PatchPair, squared_distance};

/// Shares of the way that are tried for each number of switched parameters.
const SHARES: usize = 13;
/// The most patches that are tried; with more parameters that switch, fewer shares.
const MOST: usize = 120;
/// The cost of one parameter's whole scale between neighbours, in points²: enough to decide between patches that
/// sound the same.
const DISTANCE_COST: f64 = 2.0;
/// The cost of a dB that is missing of the wanted loudness although the volume is at its highest, in points².
const QUIET_COST: f64 = 4.0;
/// The weight of an uneven change against the distance of a sound from the line.
const CHANGE_WEIGHT: f64 = 0.5;

/// A measured patch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MeasuredPatch<const N: usize> {
    pub(crate) patch: Patch,
    pub(crate) sound: ScaledSound<N>,
}

/// The patches between both ends. `order` has the parameters that switch, in the order in which they switch. Each
/// patch comes with its share of the way and the number of parameters that have switched.
pub(crate) fn tried(pair: &PatchPair, order: &[Parameter]) -> Vec<([usize; 2], Patch)> {
    let shares = SHARES.min(MOST / (order.len() + 1)).max(3);
    let grid = (0..=order.len()).flat_map(|switched| (0..shares).map(move |share| [share, switched]));
    let patch = |place: [usize; 2]| {
        let [share, switched] = place;
        let share = share as f32 / (shares - 1) as f32;
        // An inaudible parameter switches in the middle.
        let is_switched = |parameter| match order.iter().position(|&other| other == parameter) {
            Some(at) => at < switched,
            None => share >= 0.5,
        };
        (place, pair.at(share, is_switched))
    };
    grid.map(patch).collect()
}

/// The sound that a step of an even series has.
pub(crate) fn wanted<const N: usize>(ends: [&ScaledSound<N>; 2], share: f64) -> ScaledSound<N> {
    let between = |from: f64, to: f64| from + share * (to - from);
    ScaledSound {
        scales: std::array::from_fn(|at| between(ends[0].scales[at], ends[1].scales[at])),
        loudness_lufs: between(ends[0].loudness_lufs, ends[1].loudness_lufs),
    }
}

/// How far a sound is from the wanted one, in points²: its scales, and the loudness that its volume cannot reach.
pub(crate) fn miss<const N: usize>(own: &MeasuredPatch<N>, wanted: &ScaledSound<N>) -> f64 {
    let louder_db = wanted.loudness_lufs - own.sound.loudness_lufs;
    let missing_db = (louder_db - f64::from(with_gain(&own.patch, louder_db as f32).1)).max(0.0);
    QUIET_COST * missing_db.powi(2) + mean_square(N, |at| own.sound.scales[at] - wanted.scales[at])
}

/// The mean square of a difference of `count` scales, in points².
pub(crate) fn mean_square(count: usize, difference: impl Fn(usize) -> f64) -> f64 {
    (0..count).map(|at| difference(at).powi(2)).sum::<f64>() / count as f64
}

/// The series of `steps` patches with the least cost (Viterbi's algorithm): near the line between the ends' scales,
/// changing evenly, and never going back in share or switches. The ends are given.
pub(crate) fn choose<const N: usize>(
    steps: usize,
    ends: [MeasuredPatch<N>; 2],
    tried: &[([usize; 2], MeasuredPatch<N>)],
) -> Vec<MeasuredPatch<N>> {
    let last = steps - 1;
    let sounds = [&ends[0].sound, &ends[1].sound];
    let slope = |at: usize| (sounds[1].scales[at] - sounds[0].scales[at]) / last as f64;
    let change = |from: &MeasuredPatch<N>, to: &MeasuredPatch<N>| {
        let uneven = mean_square(N, |at| to.sound.scales[at] - from.sound.scales[at] - slope(at));
        CHANGE_WEIGHT * uneven + DISTANCE_COST * squared_distance(&from.patch, &to.patch)
    };
    let off = |step: usize, own: &MeasuredPatch<N>| miss(own, &wanted(sounds, step as f64 / last as f64));
    let mut costs: Vec<f64> = tried.iter().map(|(_, own)| off(1, own) + change(&ends[0], own)).collect();
    let mut before = Vec::new();
    for step in 2..last {
        let best = |(place, own): &([usize; 2], MeasuredPatch<N>)| {
            let reached = tried
                .iter()
                .zip(&costs)
                .enumerate()
                .filter(|(_, ((from, _), _))| from.iter().zip(place).all(|(from, to)| from <= to));
            let costs = reached.map(|(at, ((_, from), cost))| (at, cost + change(from, own)));
            costs
                .min_by(|one, other| one.1.total_cmp(&other.1))
                .map_or((0, f64::INFINITY), |(at, cost)| (at, cost + off(step, own)))
        };
        let found: Vec<(usize, f64)> = tried.iter().map(best).collect();
        costs = found.iter().map(|(_, cost)| *cost).collect();
        before.push(found.into_iter().map(|(at, _)| at).collect::<Vec<_>>());
    }
    let whole = |at: &usize| costs[*at] + change(&tried[*at].1, &ends[1]);
    let mut chosen = vec![ends[1]];
    if let Some(mut at) = (0..tried.len()).min_by(|one, other| whole(one).total_cmp(&whole(other))) {
        chosen.push(tried[at].1);
        for places in before.iter().rev() {
            at = places[at];
            chosen.push(tried[at].1);
        }
    }
    chosen.push(ends[0]);
    chosen.reverse();
    chosen
}
