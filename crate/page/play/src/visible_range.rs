//! The range of values that the map's colours span: the whole layer, or zoomed in what is visible of it, so that near
//! differences are seen. Pure arithmetic.

use plane::{Layer, Map};

use crate::viewport::Viewport;

/// Values along each side of the visible part: about two for each point of the grid at twice its size.
const SAMPLES: usize = 32;
/// The least span of the colours, as a share of the layer's: less would show the rounding of the map's values.
const LEAST_SHARE: f32 = 0.06;

/// Least and greatest value that the colours show. A likelihood always has its whole scale.
pub fn visible_range(map: &Map, layer: &Layer, viewport: &Viewport) -> [f32; 2] {
    let whole = layer.range();
    if !viewport.is_zoomed() || layer.is_likelihood() {
        return whole;
    }
    let [left, top, width, height] = viewport.window;
    let at = |from: f64, size: f64, sample: usize| from + size * sample as f64 / (SAMPLES - 1) as f64;
    let samples = (0..SAMPLES * SAMPLES).filter_map(|index| {
        let point = viewport.to_plane(at(left, width, index % SAMPLES), at(top, height, index / SAMPLES));
        map.value_of(layer, point.x, point.y)
    });
    let [least, greatest] = samples.fold([f32::INFINITY, f32::NEG_INFINITY], |[least, greatest], value| {
        [least.min(value), greatest.max(value)]
    });
    if least > greatest {
        return whole;
    }
    let missing = LEAST_SHARE * (whole[1] - whole[0]) - (greatest - least);
    let margin = missing.max(0.0) / 2.0;
    [(least - margin).max(whole[0]), (greatest + margin).min(whole[1])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::Point;
    use proptest::prelude::*;

    /// A layer that grows by 1 to the right and by 5 upwards.
    fn map() -> Map {
        let values = Map::points(17, 4.0).map(|Point { x, y }| x + 5.0 * y);
        let layer = Layer::new("brightness", "points", ["dark", "bright"], values);
        Map { grid: 17, limit: 4.0, layers: vec![layer], ..Map::default() }
    }

    #[test]
    fn the_whole_plane_has_the_whole_range() {
        let map = map();
        assert_eq!(visible_range(&map, &map.layers[0], &Viewport::fit(400.0, 400.0)), [-24.0, 24.0]);
    }

    #[test]
    fn a_corner_has_its_own_range() {
        let map = map();
        let view = Viewport::fit(400.0, 400.0).zoomed(4.0, 400.0, 0.0);
        let [least, greatest] = visible_range(&map, &map.layers[0], &view);
        assert!((least - 12.0).abs() < 0.2 && (greatest - 24.0).abs() < 0.2, "{least} {greatest}");
    }

    #[test]
    fn a_likelihood_keeps_its_scale() {
        let values = (0u8..4).map(|cell| f32::from(cell % 2));
        let layer = Layer::new("reverb", plane::likelihood::YES_NO, ["dry", "reverberant"], values);
        let map = Map { grid: 2, limit: 4.0, layers: vec![layer], ..Map::default() }.with_likelihoods();
        let view = Viewport::fit(400.0, 400.0).zoomed(8.0, 0.0, 0.0);
        assert_eq!(visible_range(&map, &map.layers[0], &view), [0.0, 100.0]);
    }

    proptest! {
        #[test]
        fn a_visible_range_lies_in_the_whole_one_and_is_never_empty(
            zoom in 1.0f64..12.0, x in 0.0f64..400.0, y in 0.0f64..300.0,
        ) {
            let map = map();
            let layer = &map.layers[0];
            let [least, greatest] = visible_range(&map, layer, &Viewport::fit(400.0, 300.0).zoomed(zoom, x, y));
            prop_assert!(least >= -24.0 && greatest <= 24.0 && greatest - least > 1.0, "{least} {greatest}");
        }
    }
}
