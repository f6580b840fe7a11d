//! The search for the curves of a patch. First the patch itself is measured, and its curves are predicted by usual
//! slopes; then every parameter is moved a little in both directions, and the curves are predicted by its own slopes;
//! then the curves are followed, two at once. The search returns patches to measure and takes their measures, so that it
//! can run on any number of threads, step by step. Deterministic.

use matching::space::{Position, moved};
use patch::{Parameter, Patch};

use crate::controls::MacroControls;
use crate::curve::MacroCurve;
use crate::meter::MeasuredProperties;
use crate::prediction::predicted_curve;
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
    /// The slopes: usual ones, then measured ones.
    slopes: Slopes,
    /// Empty until the slopes are measured.
    sides: Vec<CurveSide>,
    /// True once the slopes are measured.
    is_probed: bool,
    /// The properties whose curves the requested places belong to.
    followed: Vec<SoundProperty>,
    /// The requested places.
    asked: Vec<Position>,
    renders: usize,
}

impl MacroSearch {
    /// All eight curves of a patch.
    pub fn new(patch: &Patch) -> Self {
        let start = MacroStart::new(patch);
        Self {
            slopes: Slopes::usual(&start),
            start,
            properties: SoundProperty::ALL.to_vec(),
            single_parameter: false,
            sound: None,
            sides: Vec::new(),
            is_probed: false,
            followed: Vec::new(),
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
        self.slopes = Slopes::usual(&self.start);
        self
    }

    /// Lets each curve move one parameter alone, the one with which its property changes most: a baseline.
    pub fn with_single_parameters(mut self) -> Self {
        self.single_parameter = true;
        self
    }

    /// Follows the curve of this property before those that are not begun: a person is about to use it.
    pub fn prefer(&mut self, property: SoundProperty) {
        if let Some(place) = self.properties.iter().position(|own| *own == property) {
            self.properties[..=place].rotate_right(1);
        }
    }

    /// The patches to measure next; empty when the search is over.
    pub fn candidates(&mut self) -> Vec<Patch> {
        self.followed = self.to_follow();
        self.asked = if self.sound.is_none() {
            vec![self.start.position]
        } else if !self.is_probed {
            self.start.axes.iter().flat_map(|&axis| self.start.probes(axis)).collect()
        } else {
            let sides = self.sides.iter().filter(|side| self.followed.contains(&side.property));
            sides.flat_map(|side| side.candidates(&self.start)).collect()
        };
        self.asked.iter().map(|position| moved(&self.start.prepared, position)).collect()
    }

    /// Takes the measures of the candidates, in their order; `None` for silence.
    ///
    /// # Errors
    /// If the patch itself is silent.
    pub fn record(&mut self, measured: &[Option<MeasuredProperties>]) -> Result<(), MacroError> {
        self.renders += measured.len();
        let Some(sound) = self.sound else {
            self.sound = Some(measured.first().copied().flatten().ok_or(MacroError::Silent)?);
            return Ok(());
        };
        if !self.is_probed {
            self.begin(sound, measured);
            return Ok(());
        }
        let mut rest: Vec<_> = self.asked.iter().copied().zip(measured.iter().copied()).collect();
        for side in self.sides.iter_mut().filter(|side| self.followed.contains(&side.property)) {
            let own = side.candidates(&self.start).len().min(rest.len());
            let others = rest.split_off(own);
            side.record(&self.start, &rest);
            side.skip_empty_rounds(&self.start);
            rest = others;
        }
        Ok(())
    }

    /// The curves: measured ones where they are found, predicted ones elsewhere; `None` before the patch is measured.
    pub fn controls(&self) -> Option<MacroControls> {
        let sound = self.sound?;
        let found = |property: SoundProperty| {
            let mut sides = self.sides.iter().filter(|side| side.property == property);
            let (more, less) = (sides.next()?, sides.next()?);
            (more.is_over() && less.is_over()).then(|| MacroCurve::new(property, &less.chain, &more.chain))
        };
        let curve = |&property: &SoundProperty| {
            let slopes = self.slopes.only(&self.start.columns(property));
            found(property).unwrap_or_else(|| predicted_curve(property, &self.start, &sound, &slopes))
        };
        let curves = self.properties.iter().map(curve).collect();
        Some(MacroControls::new(self.start.clone(), sound, curves))
    }

    /// The properties whose curves are followed next.
    fn to_follow(&self) -> Vec<SoundProperty> {
        let is_open = |property: &SoundProperty| {
            self.sides.iter().any(|side| side.property == *property && !side.is_over())
        };
        self.properties.iter().copied().filter(is_open).take(FOLLOWED).collect()
    }

    /// Takes the measures of the probes.
    fn begin(&mut self, sound: MeasuredProperties, probed: &[Option<MeasuredProperties>]) {
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
        (self.slopes, self.is_probed) = (slopes, true);
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
