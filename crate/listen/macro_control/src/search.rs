//! The search for the curves of a patch. First every parameter is moved a little in both directions; then all
//! sides of all curves are followed at once. The search returns patches to measure and takes their measures, so
//! that it can run on any number of threads, step by step. Deterministic.

use matching::space::{Position, moved};
use patch::{Parameter, Patch};

use crate::controls::MacroControls;
use crate::curve::MacroCurve;
use crate::meter::MeasuredProperties;
use crate::property::SoundProperty;
use crate::side::{CurveSide, MeasuredPlace};
use crate::slopes::{PropertyChange, Slopes, limited};
use crate::start::MacroStart;

/// A shorter probe, at an end of the range, is useless.
const SHORTEST_PROBE: f64 = 0.015;

/// Curves that are followed at once: enough sounds for several threads, and the first curves are found early.
const FOLLOWED: usize = 2;

/// The reason why a patch has no macro-controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MacroError {
    /// The test note cannot be measured.
    #[error(
        "the patch is silent when it plays C4, so no property of its sound can be changed; choose an audible one"
    )]
    Silent,
}

/// A running search.
#[derive(Clone, Debug)]
pub struct MacroSearch {
    start: MacroStart,
    properties: Vec<SoundProperty>,
    single_parameter: bool,
    /// The start's sound, once it is measured.
    sound: Option<MeasuredProperties>,
    sides: Vec<CurveSide>,
    /// The requested places.
    asked: Vec<Position>,
    renders: usize,
}

impl MacroSearch {
    /// All eight curves of a patch.
    pub fn new(patch: &Patch) -> Self {
        Self {
            start: MacroStart::new(patch),
            properties: SoundProperty::ALL.to_vec(),
            single_parameter: false,
            sound: None,
            sides: Vec::new(),
            asked: Vec::new(),
            renders: 0,
        }
    }

    /// Only the curves of some properties.
    pub fn only(mut self, properties: &[SoundProperty]) -> Self {
        self.properties = properties.to_vec();
        self
    }

    /// Keeps the values of these parameters.
    pub fn keeping(mut self, kept: &[Parameter]) -> Self {
        self.start.keep(kept);
        self
    }

    /// Lets each curve move one parameter alone, the one with which its property changes most: a baseline.
    pub fn with_single_parameters(mut self) -> Self {
        self.single_parameter = true;
        self
    }

    /// The patches to measure next; empty when the search is over.
    pub fn candidates(&mut self) -> Vec<Patch> {
        self.asked = match self.sound {
            None => {
                let probes = self.start.axes.iter().flat_map(|&axis| self.start.probes(axis));
                std::iter::once(self.start.position).chain(probes).collect()
            }
            Some(_) => {
                let followed = self.followed();
                let sides = self.sides.iter().filter(|side| followed.contains(&side.property));
                sides.flat_map(|side| side.candidates(&self.start)).collect()
            }
        };
        self.asked.iter().map(|position| moved(&self.start.prepared, position)).collect()
    }

    /// Takes the measures of the candidates, in their order; `None` for silence.
    ///
    /// # Errors
    /// If the patch itself is silent.
    pub fn record(&mut self, measured: &[Option<MeasuredProperties>]) -> Result<(), MacroError> {
        self.renders += measured.len();
        if self.sound.is_none() {
            return self.begin(measured);
        }
        let mut rest: Vec<_> = self.asked.iter().copied().zip(measured.iter().copied()).collect();
        let followed = self.followed();
        for side in self.sides.iter_mut().filter(|side| followed.contains(&side.property)) {
            let own = side.candidates(&self.start).len().min(rest.len());
            let others = rest.split_off(own);
            side.record(&self.start, &rest);
            side.skip_empty_rounds(&self.start);
            rest = others;
        }
        Ok(())
    }

    /// The curves that are found so far, in the order of the properties; `None` before the patch is measured.
    pub fn controls(&self) -> Option<MacroControls> {
        let curve = |&property: &SoundProperty| {
            let mut sides = self.sides.iter().filter(|side| side.property == property);
            let (more, less) = (sides.next()?, sides.next()?);
            (more.is_over() && less.is_over()).then(|| MacroCurve::new(property, &less.chain, &more.chain))
        };
        let curves = self.properties.iter().filter_map(curve).collect();
        Some(MacroControls::new(self.start.clone(), self.sound?, curves))
    }

    /// The properties whose curves are followed now.
    fn followed(&self) -> Vec<SoundProperty> {
        let is_open = |property: &SoundProperty| {
            self.sides.iter().any(|side| side.property == *property && !side.is_over())
        };
        self.properties.iter().copied().filter(is_open).take(FOLLOWED).collect()
    }

    fn begin(&mut self, measured: &[Option<MeasuredProperties>]) -> Result<(), MacroError> {
        let (&own, probed) = measured.split_first().ok_or(MacroError::Silent)?;
        let sound = own.ok_or(MacroError::Silent)?;
        let mut slopes = Slopes::new(self.start.axes.len());
        for ((column, &axis), probed) in self.start.axes.iter().enumerate().zip(probed.chunks(2)) {
            let places = self.start.probes(axis);
            let found: Vec<Option<PropertyChange>> = probed
                .iter()
                .zip(&places)
                .map(|(probed, place)| {
                    let step = f64::from(place[axis]) - f64::from(self.start.position[axis]);
                    let change = PropertyChange::from((*probed)?.values) - PropertyChange::from(sound.values);
                    (step.abs() > SHORTEST_PROBE).then(|| limited(change) / step)
                })
                .collect();
            // At an end of its range a parameter has a slope in one direction only.
            if let [Some(up), Some(down)] = [found[0].or(found[1]), found[1].or(found[0])] {
                slopes.set(column, [up, down]);
            }
        }
        let from = MeasuredPlace { position: self.start.position, sound };
        let headroom_db = self.start.headroom_db();
        for &property in &self.properties {
            let slopes = slopes.only(&self.start.columns(property));
            let slopes = if self.single_parameter { single(&slopes, property) } else { slopes };
            self.sides.extend(
                [1.0, -1.0].map(|sign| CurveSide::new(property, sign, slopes.clone(), headroom_db, from)),
            );
        }
        self.sides.iter_mut().for_each(|side| side.skip_empty_rounds(&self.start));
        self.sound = Some(sound);
        Ok(())
    }
}

/// The slopes of the parameter with which a property changes most.
fn single(slopes: &Slopes, property: SoundProperty) -> Slopes {
    let steepness = |&column: &usize| slopes.steepness(property.index(), column);
    let columns = 0..slopes.directions[0].ncols();
    let steepest = columns.max_by(|a, b| steepness(a).total_cmp(&steepness(b)));
    steepest.map_or_else(|| slopes.clone(), |column| slopes.only(&[column]))
}

/// Runs a search to its end; `measure` measures patches in their order.
///
/// # Errors
/// If the patch is silent.
pub fn find(
    mut search: MacroSearch,
    mut measure: impl FnMut(&[Patch]) -> Vec<Option<MeasuredProperties>>,
) -> Result<(MacroControls, usize), MacroError> {
    loop {
        let patches = search.candidates();
        if patches.is_empty() {
            let controls = search.controls().ok_or(MacroError::Silent)?;
            return Ok((controls, search.renders));
        }
        search.record(&measure(&patches))?;
    }
}
