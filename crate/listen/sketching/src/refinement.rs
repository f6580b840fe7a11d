//! Refines a sketched patch by rendering its whole performance, step by step: first with other envelopes of the
//! filter, then by an evolution. Half-way the performance may change.

use matching::MatchSettings;
use matching::space::{SEARCHED_CONTINUOUS, moved, position};
use patch::{Parameter, Patch};

use crate::analysis::VoiceAnalysis;
use crate::contours::{ContourMeter, HOP_S};
use crate::evolution::{Evolution, GENERATION};
use crate::performance::SketchPerformance;

/// The parameters that move.
const FREE: [Parameter; 14] = [
    Parameter::AmpAttack,
    Parameter::AmpDecay,
    Parameter::AmpSustain,
    Parameter::AmpRelease,
    Parameter::FilterAttack,
    Parameter::FilterDecay,
    Parameter::FilterSustain,
    Parameter::FilterRelease,
    Parameter::FilterResonance,
    Parameter::FilterEnvAmount,
    Parameter::FilterCutoff,
    Parameter::OscMix,
    Parameter::Osc1Pulsewidth,
    Parameter::Osc2Pulsewidth,
];
/// The patch with other envelopes of the filter: up or down, fast or slow.
fn envelopes(from: &Patch) -> Vec<Patch> {
    let mut found = Vec::new();
    for amount in [-15.0, -8.0, 4.0, 14.0] {
        for (attack_s, decay_s, sustain) in [(0.005, 0.15, 0.2), (0.15, 0.4, 0.3), (0.3, 0.1, 1.0)] {
            let mut patch = *from;
            patch.set(Parameter::FilterEnvAmount, amount);
            patch.set(Parameter::FilterSustain, sustain);
            for (parameter, seconds) in
                [(Parameter::FilterAttack, attack_s), (Parameter::FilterDecay, decay_s)]
            {
                patch.set(parameter, parameter.info().law.value(seconds));
            }
            found.push(patch);
        }
    }
    found
}

/// A running refinement.
pub struct SketchRefinement {
    settings: MatchSettings,
    /// The generations left, and the number of all.
    left: usize,
    generations: usize,
    best: (Patch, f64),
    candidates: Vec<Patch>,
    evolution: Option<Evolving>,
}

/// The evolution, once it has begun.
struct Evolving {
    search: Evolution,
    from: Patch,
    axes: [usize; FREE.len()],
    places: Vec<Vec<f32>>,
}

impl SketchRefinement {
    /// A refinement from a patch on, within limits; `settings` has the number of patches that may be rendered.
    pub fn new(settings: MatchSettings, from: Patch) -> Self {
        let others = envelopes(&from).into_iter().map(|patch| settings.limited(patch));
        let candidates: Vec<Patch> = [from].into_iter().chain(others).collect();
        let generations = (settings.renders as usize).saturating_sub(candidates.len()) / GENERATION;
        let best = (from, f64::INFINITY);
        Self { settings, left: generations, generations, best, candidates, evolution: None }
    }

    /// The patches to judge next; empty at the end.
    pub fn candidates(&self) -> &[Patch] {
        &self.candidates
    }

    /// The best patch, and its distance from the voice.
    pub fn best(&self) -> (Patch, f64) {
        self.best
    }

    /// True when exactly half of the generations are judged.
    pub fn is_half_way(&self) -> bool {
        self.evolution.is_some() && self.left == self.generations / 2
    }

    /// Sets the best patch's distance from the voice, after a change of the performance by which patches are
    /// judged.
    pub fn judge_anew(&mut self, loss: f64) {
        self.best.1 = loss;
    }

    /// Takes the candidates' distances from the voice, in their order.
    pub fn record(&mut self, losses: &[f64]) {
        let candidates = std::mem::take(&mut self.candidates);
        for (patch, &loss) in candidates.iter().zip(losses) {
            if loss < self.best.1 {
                self.best = (*patch, loss);
            }
        }
        match &mut self.evolution {
            Some(Evolving { search, places, .. }) => {
                let judged = std::mem::take(places).into_iter();
                search.learn(judged.zip(losses.iter().map(|&loss| loss as f32)).collect());
            }
            None => self.begin(),
        }
        self.next();
    }

    fn begin(&mut self) {
        let from = self.best.0;
        let axes = FREE
            .map(|parameter| SEARCHED_CONTINUOUS.iter().position(|&other| other == parameter).unwrap_or(0));
        let start = position(&from);
        let search = Evolution::new(axes.iter().map(|&axis| start[axis]).collect(), self.settings.seed);
        self.evolution = Some(Evolving { search, from, axes, places: Vec::new() });
    }

    fn next(&mut self) {
        let Some(Evolving { search, from, axes, places }) = self.evolution.as_mut().filter(|_| self.left > 0)
        else {
            return;
        };
        self.left -= 1;
        let start = position(from);
        let at = |place: &Vec<f32>| {
            let mut position = start;
            axes.iter().zip(place).for_each(|(&axis, &value)| position[axis] = value);
            self.settings.limited(moved(from, &position))
        };
        *places = search.places();
        self.candidates = places.iter().map(at).collect();
    }
}

/// Sets the velocity of each note so that its part is as loud as the voice's, relative to the others.
pub fn balance(voice: &VoiceAnalysis, performance: &mut SketchPerformance, patch: &Patch) {
    if voice.groups.len() < 2 {
        return;
    }
    let level = ContourMeter::new().measure(&performance.render(patch)).level;
    let gain = |first: usize, end: usize| {
        let (wanted, own) = (&voice.contours.level[first..end], &level[first..end]);
        let both: f32 = wanted.iter().zip(own).map(|(wanted, own)| wanted * own).sum();
        both / own.iter().map(|own| own * own).sum::<f32>().max(1e-12)
    };
    let gains: Vec<f32> = voice.groups.iter().map(|group| gain(group.first, group.end)).collect();
    let velocity = |note: &crate::notes::SketchedNote| {
        let at = (note.start_s / HOP_S).round() as usize;
        let group = voice.groups.iter().position(|group| (group.first..group.end).contains(&at));
        f32::from(note.velocity) * group.map_or(1.0, |group| gains[group])
    };
    let wanted: Vec<f32> = performance.notes.iter().map(velocity).collect();
    let loudest = wanted.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    for (note, wanted) in performance.notes.iter_mut().zip(wanted) {
        note.velocity = (wanted / loudest * 110.0).round().clamp(1.0, 127.0) as u8;
    }
}
