//! A quality over the whole plane, normalized to 0…1: the source of the map's background colours and contours. Plain
//! arithmetic, no web types.

use plane::{LATENT_LIMIT, Layer, Map, Point};

/// Side of the painted image, in pixels: smooth enough to be stretched over any screen.
pub const IMAGE_SIDE: usize = 192;
/// The number of contour levels between the least and the greatest value.
const CONTOURS: usize = 7;

/// Values 0…1 on a square grid, row 0 at the top (greatest y).
pub struct Field {
    side: usize,
    shares: Vec<f32>,
    /// True if the outermost values lie on the plane's edges; otherwise in the middle of cells.
    to_the_edge: bool,
    /// The greatest value reaches this share of the colour map.
    brightest: f64,
}

impl Field {
    /// The density of known patches, as `density` computes it.
    pub fn of_density(shares: Vec<f32>) -> Self {
        // Dots and marks must read on all of it.
        Self { side: super::density::SIDE, shares, to_the_edge: false, brightest: 0.7 }
    }

    /// A layer of the timbral map.
    pub fn of_layer(map: &Map, layer: &Layer) -> Self {
        let side = usize::from(map.grid);
        let cell = |index: usize| layer.at(index % side, side - 1 - index / side, side);
        let shares = (0..side * side).map(|index| layer.share(cell(index))).collect();
        Self { side, shares, to_the_edge: true, brightest: 1.0 }
    }

    /// The value at fractions of the plane's width and height from its upper left.
    fn at(&self, across: f32, down: f32) -> f32 {
        let last = (self.side - 1) as f32;
        let position = |share: f32| match self.to_the_edge {
            true => (share * last).clamp(0.0, last),
            false => (share * self.side as f32 - 0.5).clamp(0.0, last),
        };
        let (x, y) = (position(across), position(down));
        let (column, row) = ((x as usize).min(self.side - 2), (y as usize).min(self.side - 2));
        let (right, lower) = (x - column as f32, y - row as f32);
        let value = |column: usize, row: usize| self.shares[row * self.side + column];
        let upper_mix = value(column, row) * (1.0 - right) + value(column + 1, row) * right;
        let lower_mix = value(column, row + 1) * (1.0 - right) + value(column + 1, row + 1) * right;
        upper_mix * (1.0 - lower) + lower_mix * lower
    }

    /// The values of an image, row by row.
    pub fn samples(&self) -> Vec<f32> {
        let share = |index: usize| (index as f32 + 0.5) / IMAGE_SIDE as f32;
        (0..IMAGE_SIDE * IMAGE_SIDE)
            .map(|index| self.at(share(index % IMAGE_SIDE), share(index / IMAGE_SIDE)))
            .collect()
    }

    /// The colours from the least value to the greatest, in viridis, which is perceptually uniform: pixels (red,
    /// green, blue, alpha).
    pub fn palette(&self, steps: usize) -> Vec<[u8; 4]> {
        let colour = |step: usize| {
            let share = step as f64 / (steps - 1).max(1) as f64;
            let colorous::Color { r, g, b } = colorous::VIRIDIS.eval_continuous(share * self.brightest);
            [r, g, b, 255]
        };
        (0..steps).map(colour).collect()
    }

    /// Lines of equal value, as pairs of points of the plane (marching squares).
    pub fn contours(&self) -> Vec<(Point, Point)> {
        let mut lines = Vec::new();
        let share = |index: usize| match self.to_the_edge {
            true => index as f32 / (self.side - 1) as f32,
            false => (index as f32 + 0.5) / self.side as f32,
        };
        for level in 1..=CONTOURS {
            let level = level as f32 / (CONTOURS + 1) as f32;
            for row in 0..self.side - 1 {
                for column in 0..self.side - 1 {
                    let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(right, lower)| {
                        let (column, row) = (column + right, row + lower);
                        (share(column), share(row), self.shares[row * self.side + column])
                    });
                    cross_cell(&corners, level, &mut lines);
                }
            }
        }
        lines
    }
}

/// Adds the lines that join a level's crossings of a cell's edges.
fn cross_cell(corners: &[(f32, f32, f32); 4], level: f32, lines: &mut Vec<(Point, Point)>) {
    let crossing = |edge: usize| {
        let (one, other) = (corners[edge], corners[(edge + 1) % 4]);
        let crossed = (one.2 < level) != (other.2 < level);
        crossed.then(|| {
            let share = (level - one.2) / (other.2 - one.2);
            let mix = |from: f32, to: f32| from + share * (to - from);
            Point::on_plane(
                (2.0 * mix(one.0, other.0) - 1.0) * LATENT_LIMIT,
                (1.0 - 2.0 * mix(one.1, other.1)) * LATENT_LIMIT,
            )
        })
    };
    let crossings: Vec<Point> = (0..4).filter_map(crossing).collect();
    lines.extend(crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])));
}

/// The pixels of values in the colours of a palette, whose ends show the two values of the range.
pub fn colored(values: &[f32], palette: &[[u8; 4]], [least, greatest]: [f32; 2]) -> Vec<u8> {
    let last = (palette.len() - 1) as f32;
    let per_value = last / (greatest - least).max(f32::EPSILON);
    let color = |value: &f32| palette[((value - least) * per_value + 0.5).clamp(0.0, last) as usize];
    values.iter().flat_map(color).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map of one layer that grows to the right and upwards.
    fn rising() -> Field {
        let values = Map::points(9, 4.0).map(|point| 10.0 * point.x + point.y);
        let layer = Layer::new("brightness", "points", ["dark", "bright"], values);
        let map = Map { version: 1, grid: 9, limit: 4.0, layers: vec![layer], ..Map::default() };
        Field::of_layer(&map, &map.layers[0])
    }

    #[test]
    fn a_layer_stands_on_the_screen_with_y_up() {
        let field = rising();
        assert_eq!((field.at(0.0, 1.0), field.at(1.0, 0.0)), (0.0, 1.0));
        assert!(field.at(0.2, 0.2) > field.at(0.2, 0.8), "higher is more");
    }

    fn brightness(pixels: &[u8], at: usize) -> u32 {
        pixels[4 * at..4 * at + 3].iter().map(|&value| u32::from(value)).sum()
    }

    #[test]
    fn more_is_brighter_in_the_image_and_on_the_scale() {
        let (field, last) = (rising(), IMAGE_SIDE - 1);
        let palette = field.palette(16);
        let image = colored(&field.samples(), &palette, [0.0, 1.0]);
        assert_eq!(image.len(), 4 * IMAGE_SIDE * IMAGE_SIDE);
        assert!(brightness(&image, 0) < brightness(&image, last));
        let scale = palette.concat();
        assert!((1..16).all(|step| brightness(&scale, step) > brightness(&scale, step - 1)));
    }

    #[test]
    fn a_part_of_the_range_has_all_colours() {
        let palette = rising().palette(256);
        let image = colored(&[0.1, 0.4, 0.5, 0.6, 0.9], &palette, [0.4, 0.6]);
        let pixel = |at: usize| &image[4 * at..4 * at + 4];
        assert_eq!([pixel(0), pixel(1)], [palette[0]; 2]);
        assert_eq!([pixel(3), pixel(4)], [palette[255]; 2]);
        assert!(
            brightness(&image, 1) < brightness(&image, 2) && brightness(&image, 2) < brightness(&image, 3)
        );
    }

    #[test]
    fn contours_lie_where_the_value_is() {
        let field = rising();
        let lines = field.contours();
        assert!(lines.len() >= CONTOURS * 8);
        for (from, to) in lines {
            let value = |point: Point| field.at((point.x + 4.0) / 8.0, (4.0 - point.y) / 8.0) * 8.0;
            assert!((value(from) - value(from).round()).abs() < 0.01, "{from:?}");
            assert!((value(from) - value(to)).abs() < 0.01, "one line, one value");
        }
    }
}
