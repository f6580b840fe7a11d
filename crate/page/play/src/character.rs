//! The character of a sound in a few words: the qualities that are farthest from the middle of their scale. Pure.

use plane::{Layer, Map, Point};

use crate::State;
use crate::editing::HeardValues;

/// The unit of a layer that says how much sounds, not how it sounds.
const LOUDNESS_UNIT: &str = "LUFS";

/// A quality of the sound and the end of its scale that is nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trait {
    /// The position of the quality's layer in the map.
    pub layer: usize,
    /// True for the greatest value of the layer.
    pub is_high: bool,
}

/// The traits that are farthest from the middle of their scale, the farthest first; at most this many. `value` gives
/// the sound's value in a layer of this position, if it is known.
pub fn strongest(map: &Map, count: usize, value: impl Fn(usize, &Layer) -> Option<f32>) -> Vec<Trait> {
    let layers = map.layers.iter().enumerate().filter(|(_, layer)| layer.unit != LOUDNESS_UNIT);
    let shares =
        layers.filter_map(|(position, layer)| Some((position, layer.share(value(position, layer)?) - 0.5)));
    let mut shares: Vec<(usize, f32)> = shares.collect();
    shares.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    shares.truncate(count);
    shares.into_iter().map(|(layer, share)| Trait { layer, is_high: share > 0.0 }).collect()
}

impl State {
    /// The value of a layer of the map, at its position, where the values are known from `heard`; `point` is that of
    /// the sound. None if it is not known.
    pub fn value_of(
        &self,
        heard: &HeardValues<'_>,
        point: Point,
        (position, layer): (usize, &Layer),
    ) -> Option<f32> {
        match heard {
            HeardValues::Measured(values) => values.get(position).copied(),
            HeardValues::OfPreset(row) => self.library.value(*row, layer).map(|value| value.number()),
            _ => self.library.map.as_deref()?.value(&layer.name, point.x, point.y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map with layers of 0…100.
    fn map(names: &[(&str, &str)]) -> Map {
        let layer = |&(name, unit): &(&str, &str)| Layer::new(name, unit, ["low", "high"], [0.0, 100.0]);
        Map { layers: names.iter().map(layer).collect(), ..Map::default() }
    }

    #[test]
    fn the_words_name_what_is_farthest_from_the_middle_and_never_how_loud_it_is() {
        let map =
            map(&[("warmth", "points"), ("loudness", "LUFS"), ("depth", "points"), ("hardness", "points")]);
        let values = [70.0, 100.0, 49.0, 5.0];
        let found = strongest(&map, 2, |position, _| Some(values[position]));
        assert_eq!(found, [Trait { layer: 3, is_high: false }, Trait { layer: 0, is_high: true }]);
    }

    #[test]
    fn a_sound_of_which_nothing_is_known_has_no_words() {
        let map = map(&[("warmth", "points"), ("depth", "points")]);
        assert!(strongest(&map, 3, |_, _| None).is_empty());
        assert!(strongest(&Map::default(), 3, |_, _| Some(1.0)).is_empty());
    }
}
