//! The loaded data of a plane.

use std::rc::Rc;

use patch::Patch;
use plane::preset_layers::PresetLayers;
use plane::{Coordinates, Layer, Map, Point, Presets};

/// Up to this distance in latent units, displayed as 0.00, the current point counts as the preset's own.
pub const SAME_POINT: f32 = 0.005;
/// How many neighbours to search for a preset's exact patch: the banks hold many patches twice.
const NEIGHBOURS: usize = 12;

/// The likelihood of a property that was measured.
const CERTAIN_PERCENT: f32 = 100.0;

/// The value of a layer of the map for a known patch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KnownValue {
    /// That of its own sound.
    Measured(f32),
    /// The one that the map has at its point.
    Predicted(f32),
}

impl KnownValue {
    /// The number, in the layer's unit.
    pub fn number(self) -> f32 {
        match self {
            Self::Measured(value) | Self::Predicted(value) => value,
        }
    }
}

/// The loaded data of the plane.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The known patches: names, banks, points.
    pub known: Option<Rc<Coordinates>>,
    /// The values of the known patches.
    pub presets: Option<Rc<Presets>>,
    /// The measured values of the page's own presets; none before they are needed.
    pub measured: Option<Rc<PresetLayers>>,
    /// The timbral map.
    pub map: Option<Rc<Map>>,
    /// True if the model has come without one, so that none loads.
    pub lacks_map: bool,
    /// How many of the first rows are the page's own, if any others are imported.
    pub own_rows: Option<usize>,
}

impl Library {
    /// The presets at a point, nearest first: their rows and their patches.
    pub fn presets_at(&self, point: Point) -> impl Iterator<Item = (usize, Patch)> {
        let loaded = self.known.as_deref().zip(self.presets.as_deref());
        loaded.into_iter().flat_map(move |(known, presets)| {
            let near = known.nearest(point.x, point.y, NEIGHBOURS).into_iter();
            let here = near.filter(|neighbour| neighbour.distance <= SAME_POINT);
            here.map(move |neighbour| (neighbour.position, presets.patch(neighbour.position)))
        })
    }

    /// The row of the preset at a point that has exactly this patch.
    pub fn exact_preset(&self, point: Point, patch: &Patch) -> Option<usize> {
        self.presets_at(point).find_map(|(row, own)| (own == *patch).then_some(row))
    }

    /// The value of a layer of the map for a row.
    pub fn value(&self, row: usize, layer: &Layer) -> Option<KnownValue> {
        let predicted = || {
            let (known, map) = (self.known.as_deref()?, self.map.as_deref()?);
            map.value_of(layer, *known.x.get(row)?, *known.y.get(row)?).map(KnownValue::Predicted)
        };
        self.measured_value(row, layer).map(KnownValue::Measured).or_else(predicted)
    }

    /// The measured value of a layer of the map for a row.
    pub fn measured_value(&self, row: usize, layer: &Layer) -> Option<f32> {
        let whole = if layer.is_likelihood() { CERTAIN_PERCENT } else { 1.0 };
        Some(whole * self.measured.as_deref()?.value(&layer.name, row)?)
    }

    /// True if a row's own sound was measured.
    pub fn is_measured(&self, row: usize) -> bool {
        self.measured.as_deref().is_some_and(|own| row < own.count())
    }

    /// True if a row is imported.
    pub fn is_imported(&self, row: usize) -> bool {
        self.own_rows.is_some_and(|own| row >= own)
    }

    /// True if a bank of the known patches is imported.
    pub fn is_imported_bank(&self, bank: usize) -> bool {
        let known = self.known.as_deref().zip(self.own_rows);
        known.is_some_and(|(known, own)| known.bank.get(own).is_some_and(|&first| bank >= usize::from(first)))
    }
}
