//! Where a point of the plane lies on the screen, and back: the one place that knows that y points
//! up and how far the plane may stretch. Plain arithmetic, no web types.

pub use play::{Point, REACH};

/// Least and greatest width over height of the plane on the screen. Latent axes have no unit, so
/// some stretch is no lie; beyond these the plane keeps its shape and leaves a margin.
pub const ASPECTS: [f64; 2] = [0.7, 1.45];

/// The rectangle of the pad, in CSS pixels, that shows the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Width; 0 while the pad has no size.
    pub width: f64,
    /// Height; 0 while the pad has no size.
    pub height: f64,
}

impl View {
    /// The largest allowed rectangle in the middle of a pad of this size in CSS pixels.
    pub fn fit(pad_width: f64, pad_height: f64) -> Self {
        let width = pad_width.min(pad_height * ASPECTS[1]);
        let height = pad_height.min(pad_width / ASPECTS[0]);
        Self { left: (pad_width - width) / 2.0, top: (pad_height - height) / 2.0, width, height }
    }

    /// Pixels per latent unit to the right and *down* (so the second is negative), and the pixel of
    /// the plane's middle. Both ways of the mapping are made of these four numbers.
    fn scales(&self) -> (f64, f64, f64, f64) {
        let side = f64::from(2.0 * REACH);
        let (centre_x, centre_y) = (self.left + self.width / 2.0, self.top + self.height / 2.0);
        (self.width / side, -self.height / side, centre_x, centre_y)
    }

    /// The pixel of a point.
    pub fn to_screen(self, point: Point) -> (f64, f64) {
        let (scale_x, scale_y, centre_x, centre_y) = self.scales();
        (centre_x + f64::from(point.x) * scale_x, centre_y + f64::from(point.y) * scale_y)
    }

    /// The point under a pixel, or the nearest one on the plane; the middle while there is no size.
    pub fn to_plane(self, x: f64, y: f64) -> Point {
        let (scale_x, scale_y, centre_x, centre_y) = self.scales();
        if self.width <= 0.0 || self.height <= 0.0 {
            return Point::default();
        }
        Point::on_plane(((x - centre_x) / scale_x) as f32, ((y - centre_y) / scale_y) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn screen_and_back_is_the_same_point(
            width in 20.0f64..4000.0, height in 20.0f64..4000.0, x in -4.0f32..=4.0, y in -4.0f32..=4.0,
        ) {
            let view = View::fit(width, height);
            let (pixel_x, pixel_y) = view.to_screen(Point { x, y });
            let back = view.to_plane(pixel_x, pixel_y);
            prop_assert!((back.x - x).abs() < 1e-4 && (back.y - y).abs() < 1e-4, "{back:?}");
        }

        #[test]
        fn plane_stays_inside_the_pad_and_in_shape(width in 1.0f64..4000.0, height in 1.0f64..4000.0) {
            let view = View::fit(width, height);
            prop_assert!(view.left >= -1e-9 && view.top >= -1e-9);
            prop_assert!(view.left + view.width <= width + 1e-6 && view.top + view.height <= height + 1e-6);
            let aspect = view.width / view.height;
            prop_assert!((ASPECTS[0] - 1e-9..=ASPECTS[1] + 1e-9).contains(&aspect), "{aspect}");
            prop_assert!(view.width >= width - 1e-9 || view.height >= height - 1e-9, "it touches two edges");
        }
    }

    #[test]
    fn up_on_the_screen_is_more_y() {
        let view = View::fit(390.0, 500.0);
        assert!(view.to_plane(195.0, 100.0).y > view.to_plane(195.0, 400.0).y);
        assert_eq!(view.to_plane(0.0, 0.0), Point { x: -4.0, y: 4.0 });
    }

    #[test]
    fn outside_of_the_plane_is_its_edge_and_no_size_is_its_middle() {
        let wide = View::fit(1000.0, 100.0);
        assert_eq!(wide.to_plane(5.0, 50.0).x, -4.0);
        assert_eq!(View::fit(0.0, 0.0).to_plane(10.0, 10.0), Point::default());
    }
}
