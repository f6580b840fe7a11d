//! Interpolation by sound: patches whose timbral scales change evenly from those of the first to those of the second, found
//! by rendering and measuring. Deterministic.

use matching::with_gain;
use patch::{Parameter, Patch};

use crate::candidates::{MeasuredPatch, choose, mean_square, tried, wanted};
use crate::meter::MeasuredScales;
use crate::pair::{InterpolationError, PatchPair};
use crate::refinement::StepRefinement;

/// How often the steps of a refinement are tried, each time from the best patch with the same slopes.
const ROUNDS: usize = 3;

/// `steps` patches, at least 3, from the first of the pair to the second; both are exact. `measure` measures patches in their
/// order: about 300 for nine steps.
///
/// # Errors
/// If an end is silent.
pub fn by_sound(
    pair: &PatchPair,
    steps: usize,
    mut measure: impl FnMut(&[Patch]) -> Vec<Option<MeasuredScales>>,
) -> Result<Vec<Patch>, InterpolationError> {
    let steps = steps.max(3);
    let [from, to] = measure(&[pair.from, pair.to])[..] else { return Err(InterpolationError::Silent) };
    let (Some(from), Some(to)) = (from, to) else { return Err(InterpolationError::Silent) };
    let ends = [MeasuredPatch { patch: pair.from, sound: from }, MeasuredPatch { patch: pair.to, sound: to }];
    let (places, patches): (Vec<_>, Vec<_>) =
        tried(pair, &order(pair, &from, &mut measure)).into_iter().unzip();
    let sounds = measure(&patches);
    let heard = places.into_iter().zip(patches).zip(sounds);
    let heard: Vec<_> = heard
        .filter_map(|((place, patch), sound)| Some((place, MeasuredPatch { patch, sound: sound? })))
        .collect();
    let chosen = choose(steps, ends, &heard);
    let last = steps - 1;
    let share = |step: usize| step as f64 / last as f64;
    let inner = chosen.iter().enumerate().skip(1).take(chosen.len().saturating_sub(2));
    let mut refined: Vec<StepRefinement> =
        inner.map(|(step, &own)| StepRefinement::new(own, wanted([&from, &to], share(step)))).collect();
    measure_each(&mut refined, &mut measure, StepRefinement::probes, |own, probed| own.learn(probed));
    for _ in 0..ROUNDS {
        measure_each(&mut refined, &mut measure, StepRefinement::steps, |own, measured| {
            measured.iter().for_each(|(patch, sound)| own.take(patch, sound));
        });
    }
    let loud = |(at, own): (usize, &StepRefinement)| {
        let MeasuredPatch { patch, sound } = own.best();
        let line_lufs = from.loudness_lufs + share(at + 1) * (to.loudness_lufs - from.loudness_lufs);
        with_gain(&patch, (line_lufs - sound.loudness_lufs) as f32).0
    };
    let between = refined.iter().enumerate().map(loud);
    Ok(std::iter::once(pair.from).chain(between).chain([pair.to]).collect())
}

/// Measures what each refinement asks for, all at once, and tells each the results of its own.
fn measure_each(
    all: &mut [StepRefinement],
    measure: &mut impl FnMut(&[Patch]) -> Vec<Option<MeasuredScales>>,
    ask: impl Fn(&StepRefinement) -> Vec<Patch>,
    tell: impl Fn(&mut StepRefinement, &[(Patch, Option<MeasuredScales>)]),
) {
    let asked: Vec<Vec<Patch>> = all.iter().map(ask).collect();
    let mut sounds = measure(&asked.concat()).into_iter();
    for (own, patches) in all.iter_mut().zip(asked) {
        let measured: Vec<_> = patches.into_iter().zip(sounds.by_ref()).collect();
        tell(own, &measured);
    }
}

/// The parameters that switch: first those that change the sound of the middle less.
fn order(
    pair: &PatchPair,
    from: &MeasuredScales,
    measure: &mut impl FnMut(&[Patch]) -> Vec<Option<MeasuredScales>>,
) -> Vec<Parameter> {
    let switches = pair.switches();
    let alone = switches.iter().map(|&own| pair.at(0.5, |parameter| parameter == own));
    let patches: Vec<Patch> = std::iter::once(pair.at(0.5, |_| false)).chain(alone).collect();
    let sounds = measure(&patches);
    let middle = sounds[0].unwrap_or(*from);
    let change = |sound: &Option<MeasuredScales>| {
        sound.map_or(f64::INFINITY, |sound| mean_square(|at| sound.scales[at] - middle.scales[at]))
    };
    let mut changes: Vec<(Parameter, f64)> =
        switches.into_iter().zip(sounds[1..].iter().map(change)).collect();
    changes.sort_by(|one, other| one.1.total_cmp(&other.1));
    changes.into_iter().map(|(parameter, _)| parameter).collect()
}
