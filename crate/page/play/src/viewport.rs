//! Converts points of the plane to pixels and back: the only module that knows that y points up, how far the plane
//! may stretch, and which part of it is visible. Plain arithmetic, no web types.

use plane::{LATENT_LIMIT, Point};

/// Least and greatest width over height of the plane on the screen: a tall phone, and a phone on its side. Latent axes
/// have no unit, so some stretch is fair; beyond these limits the plane leaves a margin.
pub const ASPECTS: [f64; 2] = [0.6, 1.6];
/// The greatest zoom: a fingertip then covers about a tenth of a latent unit on a phone.
pub const GREATEST_ZOOM: f64 = 12.0;
/// Radius of the ring about the current point, in CSS pixels: just visible around a fingertip.
pub const RING_RADIUS_PX: f64 = 15.0;
/// Radius of a landmark's flag, in CSS pixels.
pub const FLAG_RADIUS_PX: f64 = 11.0;
/// How far the middle of a flag is from its tip, in CSS pixels: the ring about the tip leaves its number free.
pub const FLAG_HEIGHT_PX: f64 = RING_RADIUS_PX + 2.0 + FLAG_RADIUS_PX;
/// From the tools to the middle of a flag beside them, in CSS pixels: its radius and its outline.
const MARK_ROOM_PX: f64 = FLAG_RADIUS_PX + 3.0;

/// The part of the window's width and height at each edge in which a point chosen elsewhere is hard to see.
const EDGE: f64 = 0.2;

/// A ring above this height, in CSS pixels, would lie under the notes at the pad's upper edge.
const NOTES_PX: f64 = 76.0;
/// A ring below this share of the pad's height makes room for the offer above it.
const MIDDLE: f64 = 0.42;

/// Where the ring of the current point is: the notes over the map make room for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum RingPlace {
    /// Where notes lie.
    Top,
    /// Below that, in the upper part.
    Upper,
    /// In the lower part.
    Lower,
}

/// The plane on the pad: the rectangle, in CSS pixels, that the whole plane would fill. Zoomed in it
/// is larger than its window, the part of the pad that shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Viewport {
    /// The plane's left edge.
    pub left: f64,
    /// The plane's top edge.
    pub top: f64,
    /// The plane's width; 0 while the pad has no size.
    pub width: f64,
    /// The plane's height; 0 while the pad has no size.
    pub height: f64,
    /// Left, top, width and height of the window: the plane where nothing is zoomed.
    pub window: [f64; 4],
    /// The left edge and the lower edge of the tools, which cover the pad's upper right corner; both 0 where they are
    /// hidden.
    pub tools: [f64; 2],
}

impl Viewport {
    /// Where the ring of a point is.
    pub fn ring_place(&self, point: Point) -> RingPlace {
        let [_, top, _, height] = self.window;
        match self.to_screen(point).1 {
            y if y < NOTES_PX => RingPlace::Top,
            y if y < top + MIDDLE * height => RingPlace::Upper,
            _ => RingPlace::Lower,
        }
    }

    /// The largest allowed rectangle in the middle of a pad of this size in CSS pixels.
    pub fn fit(pad_width: f64, pad_height: f64) -> Self {
        let width = pad_width.min(pad_height * ASPECTS[1]);
        let height = pad_height.min(pad_width / ASPECTS[0]);
        let (left, top) = ((pad_width - width) / 2.0, (pad_height - height) / 2.0);
        let window = [left, top, width, height];
        Self { left, top, width, height, window, ..Self::default() }
    }

    /// On a flat pad of this size in CSS pixels: as wide as the pad, the strip of the plane around a point; with the
    /// same zoom.
    pub fn strip(&self, pad_width: f64, pad_height: f64, point: Point) -> Self {
        let height = (pad_width / ASPECTS[1]).max(pad_height);
        let window = [0.0, 0.0, pad_width, pad_height];
        let strip = self.refit_into(Self { width: pad_width, height, window, ..Self::default() });
        let (x, y) = strip.to_screen(point);
        strip.panned(pad_width / 2.0 - x, pad_height / 2.0 - y)
    }

    /// The same part of the plane on a pad of another size.
    pub fn refit(&self, pad_width: f64, pad_height: f64) -> Self {
        self.refit_into(Self::fit(pad_width, pad_height))
    }

    /// The same zoom and middle in another viewport, which shows the plane without zoom.
    fn refit_into(&self, fresh: Self) -> Self {
        let fresh = Self { tools: self.tools, ..fresh };
        if !self.is_zoomed() {
            return fresh;
        }
        let (middle, zoom) = (self.middle(), self.zoom());
        let [left, top, width, height] = fresh.window;
        let (x, y) = (left + width / 2.0, top + height / 2.0);
        let zoomed = fresh.zoomed(zoom, x, y);
        let (at_x, at_y) = zoomed.to_screen(middle);
        zoomed.panned(x - at_x, y - at_y)
    }

    /// The zoom: 1 shows the whole plane.
    pub fn zoom(&self) -> f64 {
        if self.window[2] > 0.0 { self.width / self.window[2] } else { 1.0 }
    }

    /// The pixel of a point, moved into the window so that a mark of this radius is not clipped.
    pub fn kept_inside(&self, point: Point, radius: f64) -> (f64, f64) {
        let (x, y) = self.to_screen(point);
        let [left, top, width, height] = self.window;
        let keep = |v: f64, from: f64, size: f64| v.min(from + size - radius).max(from + radius);
        (keep(x, left, width), keep(y, top, height))
    }

    /// The middle of the ring about a point: the point itself, where its crosshair is, so that an edge of the map may
    /// cut the ring. A point out of sight has its ring whole at the nearest edge.
    pub fn ring_center(&self, point: Point, radius: f64) -> (f64, f64) {
        let at = self.to_screen(point);
        let (x, y) = self.kept_inside(point, 0.0);
        let is_in_sight = (x - at.0).abs() < 0.5 && (y - at.1).abs() < 0.5;
        if is_in_sight { at } else { self.kept_inside(point, radius) }
    }

    /// True if only a part of the plane is visible.
    pub fn is_zoomed(&self) -> bool {
        self.zoom() > 1.0
    }

    /// Zoomed in by a factor (below 1: out); the point under the pixel (x, y) stays there.
    pub fn zoomed(&self, factor: f64, x: f64, y: f64) -> Self {
        let [.., width, _] = self.window;
        let zoom = (self.zoom() * factor).clamp(1.0, GREATEST_ZOOM);
        let factor = zoom / self.zoom();
        let (left, top) = (x + (self.left - x) * factor, y + (self.top - y) * factor);
        Self { left, top, width: width * zoom, height: self.height * factor, ..*self }.kept()
    }

    /// Moved by this many pixels, within the plane.
    pub fn panned(&self, right: f64, down: f64) -> Self {
        Self { left: self.left + right, top: self.top + down, ..*self }.kept()
    }

    /// Moved so that the plane fills the window.
    fn kept(self) -> Self {
        let [left, top, width, height] = self.window;
        Self {
            left: self.left.min(left).max(left + width - self.width),
            top: self.top.min(top).max(top + height - self.height),
            ..self
        }
    }

    /// How far two points are from each other on the screen, in CSS pixels.
    pub fn distance_px(&self, one: Point, other: Point) -> f64 {
        let ((x, y), (other_x, other_y)) = (self.to_screen(one), self.to_screen(other));
        (x - other_x).hypot(y - other_y)
    }

    /// Centred on a point, as far as the plane allows.
    pub fn centered(&self, point: Point) -> Self {
        let [left, top, width, height] = self.window;
        let (x, y) = self.to_screen(point);
        self.panned(left + width / 2.0 - x, top + height / 2.0 - y)
    }

    /// The middle of the visible part of the plane.
    pub fn middle(&self) -> Point {
        let [left, top, width, height] = self.window;
        self.to_plane(left + width / 2.0, top + height / 2.0)
    }

    /// The visible part of the plane: its upper left and its lower right point.
    pub fn visible(&self) -> [Point; 2] {
        let [left, top, width, height] = self.window;
        [self.to_plane(left, top), self.to_plane(left + width, top + height)]
    }

    /// Centred on a point, as far as the plane allows, if the point is out of sight or close to an edge, where tools,
    /// legend and overview lie.
    pub fn showing(&self, point: Point) -> Self {
        let [left, top, width, height] = self.window;
        let (x, y) = self.to_screen(point);
        let (across, down) = (width * EDGE, height * EDGE);
        let is_inside = (left + across..=left + width - across).contains(&x)
            && (top + down..=top + height - down).contains(&y);
        if is_inside {
            return *self;
        }
        self.centered(point)
    }

    /// True if a landmark's flag is to be seen.
    pub fn shows_flag(&self, point: Point) -> bool {
        let (x, y) = self.to_screen(point);
        let [left, top, width, height] = self.window;
        (left - FLAG_RADIUS_PX..left + width + FLAG_RADIUS_PX).contains(&x)
            && (top - FLAG_RADIUS_PX..top + height + 3.0 * FLAG_RADIUS_PX).contains(&y)
    }

    /// The middle of a badge: at its point, but inside the window and beside the tools.
    pub fn badge_center(&self, point: Point, radius: f64) -> (f64, f64) {
        self.beside_tools(self.kept_inside(point, radius))
    }

    /// The middle of the round part of a landmark's flag: over its point, near the top edge under it, never cut off at
    /// the sides, and never under the tools, where it could not be pressed.
    pub fn flag_center(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.to_screen(point);
        let [left, top, width, _] = self.window;
        let up = if y - FLAG_HEIGHT_PX - FLAG_RADIUS_PX < top { 1.0 } else { -1.0 };
        let inside = x.min(left + width - FLAG_RADIUS_PX - 2.0).max(left + FLAG_RADIUS_PX + 2.0);
        self.beside_tools((inside, y + up * FLAG_HEIGHT_PX))
    }

    /// The middle of a flag or a badge, moved to the left of the tools or below them, whichever is nearer, where they
    /// would cover it. Not inlined, which would make the page's download larger.
    #[inline(never)]
    pub fn beside_tools(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [left, bottom] = self.tools;
        let (beside, below) = (left - MARK_ROOM_PX, bottom + MARK_ROOM_PX);
        if bottom <= 0.0 || x <= beside || y >= below {
            (x, y)
        } else if x - beside < below - y {
            (beside, y)
        } else {
            (x, below)
        }
    }

    /// Pixels per latent unit to the right and *down* (so the second is negative), and the pixel of the plane's
    /// middle. Both directions of the mapping use these four numbers.
    fn scales(&self) -> (f64, f64, f64, f64) {
        let side = f64::from(2.0 * LATENT_LIMIT);
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
            zoom in 0.1f64..20.0, at_x in 0.0f64..1.0, at_y in 0.0f64..1.0,
        ) {
            let view = Viewport::fit(width, height).zoomed(zoom, at_x * width, at_y * height);
            let (pixel_x, pixel_y) = view.to_screen(Point { x, y });
            let back = view.to_plane(pixel_x, pixel_y);
            prop_assert!((back.x - x).abs() < 1e-4 && (back.y - y).abs() < 1e-4, "{back:?}");
        }

        #[test]
        fn plane_stays_inside_the_pad_and_in_shape(width in 1.0f64..4000.0, height in 1.0f64..4000.0) {
            let view = Viewport::fit(width, height);
            prop_assert!(view.left >= -1e-9 && view.top >= -1e-9);
            prop_assert!(view.left + view.width <= width + 1e-6 && view.top + view.height <= height + 1e-6);
            let aspect = view.width / view.height;
            prop_assert!((ASPECTS[0] - 1e-9..=ASPECTS[1] + 1e-9).contains(&aspect), "{aspect}");
            prop_assert!(view.width >= width - 1e-9 || view.height >= height - 1e-9, "it touches two edges");
        }

        #[test]
        fn the_plane_fills_the_window_and_zooming_keeps_the_point_under_the_finger(
            steps in prop::collection::vec((0.3f64..3.0, 0.0f64..390.0, 0.0f64..500.0), 1..20),
        ) {
            let mut view = Viewport::fit(390.0, 500.0);
            for (factor, x, y) in steps {
                let before = view.to_plane(x, y);
                let closer = view.zoomed(factor, x, y);
                if factor > 1.0 {
                    let (now_x, now_y) = closer.to_screen(before);
                    prop_assert!((now_x - x).abs() < 0.1 && (now_y - y).abs() < 0.1);
                }
                view = closer.panned(x - 200.0, y - 250.0);
                prop_assert!(view.left <= 1e-6 && view.left + view.width >= 390.0 - 1e-6);
                prop_assert!(view.top <= 1e-6 && view.top + view.height >= 500.0 - 1e-6);
            }
        }
    }

    proptest! {
        #[test]
        fn no_badge_and_no_visible_flag_lies_under_the_tools(
            x in -4.0f32..=4.0, y in -4.0f32..=4.0, zoom in 1.0f64..12.0, is_column: bool,
        ) {
            let tools = if is_column { [336.0, 270.0] } else { [80.0, 44.0] };
            let view = Viewport { tools, ..Viewport::fit(390.0, 500.0) }.zoomed(zoom, 300.0, 100.0);
            let point = Point { x, y };
            let is_free = |(x, y): (f64, f64)| x + FLAG_RADIUS_PX < tools[0] || y - FLAG_RADIUS_PX > tools[1];
            prop_assert!(is_free(view.badge_center(point, FLAG_RADIUS_PX)));
            prop_assert!(is_free(view.flag_center(point)));
            let own = Viewport { tools: [0.0; 2], ..view }.flag_center(point);
            let is_far = own.0 < tools[0] - 15.0 || own.1 > tools[1] + 15.0;
            prop_assert!(!is_far || view.flag_center(point) == own, "others stay at their places");
        }
    }

    #[test]
    fn a_rotated_phone_shows_the_same_point() {
        let view = Viewport::fit(390.0, 500.0).zoomed(4.0, 100.0, 400.0);
        let middle = view.to_plane(195.0, 250.0);
        let turned = view.refit(500.0, 390.0);
        let now = turned.to_plane(250.0, 195.0);
        assert!(middle.distance(now) < 1e-3 && (turned.zoom() - 4.0).abs() < 1e-9, "{middle:?} {now:?}");
    }

    #[test]
    fn a_flat_pad_shows_the_strip_around_the_point_and_then_the_whole_plane_again() {
        let whole = Viewport::fit(390.0, 500.0);
        for y in [-4.0, -1.0, 0.0, 3.9] {
            let point = Point { x: 1.0, y };
            let strip = whole.strip(390.0, 100.0, point);
            let (at_x, at_y) = strip.to_screen(point);
            assert!((0.0..=390.0).contains(&at_x) && (-1e-9..=100.0 + 1e-9).contains(&at_y), "{at_x} {at_y}");
            assert!(!strip.is_zoomed() && strip.width == 390.0 && strip.height > 240.0);
            assert_eq!(strip.refit(390.0, 500.0), whole);
            let closer = strip.zoomed(2.0, 200.0, 50.0);
            assert!((closer.height - 2.0 * strip.height).abs() < 1e-9 && closer.zoom() == 2.0);
        }
        let zoomed = whole.zoomed(3.0, 0.0, 0.0);
        assert!((zoomed.strip(390.0, 100.0, Point::default()).zoom() - 3.0).abs() < 1e-9);
    }

    #[test]
    fn up_on_the_screen_is_more_y() {
        let view = Viewport::fit(390.0, 500.0);
        assert!(view.to_plane(195.0, 100.0).y > view.to_plane(195.0, 400.0).y);
        assert_eq!(view.to_plane(0.0, 0.0), Point { x: -4.0, y: 4.0 });
    }

    #[test]
    fn outside_of_the_plane_is_its_edge_and_no_size_is_its_middle() {
        let wide = Viewport::fit(1000.0, 100.0);
        assert_eq!(wide.to_plane(5.0, 50.0).x, -4.0);
        assert_eq!(Viewport::fit(0.0, 0.0).to_plane(10.0, 10.0), Point::default());
    }

    #[test]
    fn a_ring_stays_with_its_crosshair_and_shows_where_a_point_out_of_sight_is() {
        let corner = Point { x: 4.0, y: -4.0 };
        let whole = Viewport::fit(400.0, 400.0);
        assert_eq!(whole.ring_center(corner, 19.0), whole.to_screen(corner));
        assert_eq!(whole.ring_center(corner, 19.0), (400.0, 400.0));
        let zoomed = whole.zoomed(4.0, 0.0, 0.0);
        assert_eq!(zoomed.ring_center(corner, 19.0), (381.0, 381.0));
    }
}
