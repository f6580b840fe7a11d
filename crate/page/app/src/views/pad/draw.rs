//! How each thing over the map is drawn. Every mark has a dark outline, so that it reads on violet and on yellow alike.
//! All but the ring of a point stay whole at the pad's edges.

use std::f64::consts::TAU;

use plane::Point;
use play::Notes;
use play::dot_names::{Area, LABEL_HEIGHT_PX, near_label};
use play::notes::Layout;
use play::viewport::{FLAG_RADIUS_PX, RING_RADIUS_PX, Viewport};
use web_sys::CanvasRenderingContext2d;

use crate::views::pad::colors::MapColors;
use crate::views::pad::trail::Trail;

/// Radius of the glow about a point that sounds, in CSS pixels.
const GLOW_RADIUS_PX: f64 = 34.0;
/// The least width of a lane with a note name, in CSS pixels: that of “C#” with a gap.
const NAMED_LANE_PX: f64 = 22.0;
/// How far the middle of a lane's name is from the lower edge, in CSS pixels: a phone's sheet covers 14 of them.
const LANE_NAME_UP_PX: f64 = 23.0;
/// Text on the map.
const FONT: &str = "600 13px system-ui, sans-serif";
const NAME_FONT: &str = "500 13px system-ui, sans-serif";
/// Radius of the thin ring about the nearest preset's dot, in CSS pixels.
const NEAREST_RADIUS_PX: f64 = 7.0;
/// Space left and right of a label's text, in CSS pixels.
const LABEL_PADDING_PX: f64 = 10.0;

/// Sets the font and alignment of all text on the map, once per canvas size: parsing a font takes longer than drawing
/// with it.
pub fn set_font(context: &CanvasRenderingContext2d) {
    context.set_font(FONT);
    context.set_text_align("center");
    context.set_text_baseline("middle");
}

/// Sets the font of the dots' names.
pub fn set_name_font(context: &CanvasRenderingContext2d) {
    context.set_font(NAME_FONT);
    context.set_text_align("center");
    context.set_text_baseline("middle");
}

/// The width of a label with this text, in CSS pixels.
pub fn label_width(context: &CanvasRenderingContext2d, text: &str) -> f64 {
    context.measure_text(text).map_or(80.0, |measured| measured.width()) + 2.0 * LABEL_PADDING_PX
}

/// A touch, down or latched, as the map shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TouchMark {
    /// Its part.
    pub part: usize,
    /// Where it is.
    pub point: Point,
    /// True if it sounds.
    pub is_sounding: bool,
}

/// A drawing context with colours and viewport.
pub struct Pen<'a> {
    /// The canvas context, in CSS pixels.
    pub context: &'a CanvasRenderingContext2d,
    /// The map's colours.
    pub colors: &'a MapColors,
    /// The visible part of the plane.
    pub viewport: &'a Viewport,
}

impl Pen<'_> {
    /// Strokes the path twice: dark and wide, then in its colour.
    pub fn stroke(&self, color: &str, width: f64, alpha: f64) {
        let Self { context, colors, .. } = self;
        for (color, width, alpha) in [(&*colors.dark, width + 2.0, alpha * 0.7), (color, width, alpha)] {
            context.set_stroke_style_str(color);
            context.set_line_width(width);
            context.set_global_alpha(alpha);
            context.stroke();
        }
        context.set_global_alpha(1.0);
    }

    /// Begins a path: a circle of this radius in CSS pixels.
    pub fn circle(&self, (x, y): (f64, f64), radius: f64) {
        self.context.begin_path();
        let _ = self.context.arc(x, y, radius, 0.0, TAU);
    }

    /// The trail of the current point, fading by age.
    pub fn trail(&self, trail: &Trail, now_ms: f64) {
        let Self { context, colors, viewport } = self;
        // Round ends would overlap and show as beads where the lines are translucent.
        context.set_line_cap("butt");
        context.set_line_join("round");
        for (color, width, strongest) in [(&colors.dark, 5.0, 0.35), (&colors.light, 2.5, 0.85)] {
            context.set_stroke_style_str(color);
            context.set_line_width(width);
            for (points, strength) in trail.strokes(now_ms) {
                context.set_global_alpha(strongest * strength);
                context.begin_path();
                for (number, (x, y)) in points.map(|point| viewport.to_screen(point)).enumerate() {
                    if number == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
                }
                context.stroke();
            }
        }
        context.set_global_alpha(1.0);
    }

    /// A horizontal and a vertical line through a point.
    pub fn crosshair(&self, point: Point, strength: f64) {
        let (x, y) = self.viewport.to_screen(point);
        let [left, top, width, height] = self.viewport.window;
        self.context.begin_path();
        self.context.move_to(left, y);
        self.context.line_to(left + width, y);
        self.context.move_to(x, top);
        self.context.line_to(x, top + height);
        self.stroke(&self.colors.light, 1.0, strength);
    }

    /// The ring about a part's point: thin at rest, glowing while it sounds with the sound's `level`, 0…1, hollow where
    /// the patch is not the decoded one.
    pub fn ring(&self, mark: &TouchMark, is_hollow: bool, level: f64) {
        let Self { context, colors, .. } = self;
        let at = self.viewport.ring_center(mark.point, RING_RADIUS_PX + 4.0);
        let color = colors.ring(mark.part);
        if mark.is_sounding {
            self.circle(at, GLOW_RADIUS_PX * (0.72 + 0.5 * level));
            context.set_global_alpha(0.3);
            context.set_fill_style_str(color);
            context.fill();
            context.set_global_alpha(0.75);
            context.set_stroke_style_str(color);
            context.set_line_width(1.5);
            context.stroke();
            context.set_global_alpha(1.0);
        }
        self.circle(at, RING_RADIUS_PX);
        self.stroke(color, if mark.is_sounding { 4.0 } else { 2.5 }, 1.0);
        self.circle(at, 4.5);
        if is_hollow {
            self.stroke(color, 2.0, 1.0);
        } else {
            context.set_fill_style_str(color);
            context.fill();
        }
    }

    /// Where the number of a further finger stands, beside its ring.
    pub fn beside_ring(&self, point: Point) -> (f64, f64) {
        let at = self.viewport.kept_inside(point, RING_RADIUS_PX + 4.0);
        (at.0 + RING_RADIUS_PX, at.1 - RING_RADIUS_PX)
    }

    /// A landmark: a flag whose tip is its point.
    pub fn flag(&self, point: Point, text: &str) {
        let Self { context, colors, viewport } = self;
        let (x, y) = viewport.to_screen(point);
        if !viewport.shows_flag(point) {
            return;
        }
        let middle = viewport.flag_center(point);
        // The circle is open towards the tip, which is to its right where the tools cover it.
        let (right, down) = (x - middle.0, y - middle.1);
        let gap = TAU * if right > down.abs() { 0.0 } else { 0.5 - 0.25 * down.signum() };
        context.begin_path();
        context.move_to(x, y);
        let _ = context.arc(middle.0, middle.1, FLAG_RADIUS_PX, gap + 0.18 * TAU, gap + 0.82 * TAU);
        context.close_path();
        context.set_fill_style_str(&colors.dark);
        context.set_global_alpha(0.85);
        context.fill();
        self.stroke(&colors.light, 1.5, 1.0);
        self.text(middle, text, &colors.light);
    }

    /// The inactive side of the comparison, at its point.
    pub fn badge(&self, point: Point, text: &str) {
        self.label(
            self.viewport.badge_center(point, FLAG_RADIUS_PX),
            text,
            &self.colors.dark,
            &self.colors.light,
        );
    }

    /// The active side of the comparison, beside the ring.
    pub fn badge_beside(&self, point: Point, text: &str) {
        let (x, y) = self.viewport.kept_inside(point, 2.4 * FLAG_RADIUS_PX);
        self.label(
            self.viewport.beside_tools((x - 1.6 * FLAG_RADIUS_PX, y + 1.6 * FLAG_RADIUS_PX)),
            text,
            &self.colors.dark,
            &self.colors.light,
        );
    }

    /// A round label.
    pub fn label(&self, at: (f64, f64), text: &str, ground: &str, color: &str) {
        self.circle(at, 7.0 + 2.0 * text.len() as f64);
        self.context.set_fill_style_str(ground);
        self.context.fill();
        self.stroke(color, 1.5, 1.0);
        self.text(at, text, color);
    }

    /// Light text with a dark outline.
    pub fn outlined(&self, (x, y): (f64, f64), text: &str) {
        let Self { context, colors, .. } = self;
        context.set_line_join("round");
        context.set_line_width(3.0);
        context.set_stroke_style_str(&colors.dark);
        let _ = context.stroke_text(text, x, y + 0.5);
        self.text((x, y), text, &colors.light);
    }

    fn text(&self, (x, y): (f64, f64), text: &str, color: &str) {
        let Self { context, .. } = self;
        context.set_fill_style_str(color);
        let _ = context.fill_text(text, x, y + 0.5);
    }

    /// The lanes of a scale laid over the pad, with their notes' names at the lower edge; those of the root are
    /// lighter, and alone have names where all would be too dense.
    pub fn lanes(&self, notes: &Notes, names: &[String]) {
        if notes.layout != Layout::ScaleAcross {
            return;
        }
        let Self { context, colors, viewport } = self;
        let [_, top, _, height] = viewport.window;
        for (lane, name) in notes.lanes().into_iter().zip(names) {
            let (left, _) = viewport.to_screen(Point { x: lane.left, y: 0.0 });
            let (right, _) = viewport.to_screen(Point { x: lane.right, y: 0.0 });
            if lane.is_root {
                context.set_global_alpha(0.14);
                context.set_fill_style_str(&colors.light);
                context.fill_rect(left, top, right - left, height);
            }
            context.set_global_alpha(0.4);
            context.set_fill_style_str(&colors.dark);
            context.fill_rect(right - 0.5, top, 1.0, height);
            if lane.is_root || right - left >= NAMED_LANE_PX {
                context.set_global_alpha(1.0);
                self.outlined(((left + right) / 2.0, top + height - LANE_NAME_UP_PX), name);
            }
        }
        context.set_global_alpha(1.0);
    }

    /// The hover mark of the mouse: a thin cross, and the name of the dot under it.
    pub fn hover(&self, point: Point, name: Option<&str>) {
        let Self { context, viewport, .. } = self;
        self.crosshair(point, 0.25);
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else { return };
        let width = label_width(context, name);
        let (x, y) = viewport.to_screen(point);
        let [left, top, window_width, _] = viewport.window;
        let x = if x + width + 14.0 > left + window_width { x - width - 12.0 } else { x + 12.0 };
        let y = if y < top + 44.0 { y + 14.0 } else { y - 42.0 };
        self.pill(&Area { left: x, top: y, width, height: LABEL_HEIGHT_PX }, name);
    }

    /// A thin ring about the dot of the nearest preset, and from there a line to a label with `name`, if any, beside
    /// what is `taken`.
    pub fn nearest(&self, dot: Point, here: Point, name: Option<&str>, taken: &[Area]) {
        let (dot, here) = (self.viewport.to_screen(dot), self.viewport.to_screen(here));
        let is_apart = (dot.0 - here.0).hypot(dot.1 - here.1) > RING_RADIUS_PX;
        if let Some(name) = name {
            let area = near_label(dot, here, label_width(self.context, name), &self.label_window(), taken);
            let (x, y) = (area.left + area.width / 2.0, area.top + area.height / 2.0);
            let distance = (x - dot.0).hypot(y - dot.1).max(1.0);
            let share = NEAREST_RADIUS_PX / distance;
            self.context.begin_path();
            self.context.move_to(dot.0 + share * (x - dot.0), dot.1 + share * (y - dot.1));
            self.context.line_to(x, y);
            self.stroke(&self.colors.light, 1.5, 0.9);
            self.circle(dot, NEAREST_RADIUS_PX);
            self.stroke(&self.colors.light, 1.5, 0.9);
            self.pill(&area, name);
        } else if is_apart {
            self.circle(dot, NEAREST_RADIUS_PX);
            self.stroke(&self.colors.light, 1.0, 0.7);
        }
    }

    /// Where labels may stand.
    pub fn label_window(&self) -> Area {
        let [left, top, width, height] = self.viewport.window;
        Area { left: left + 8.0, top: top + 8.0, width: width - 16.0, height: height - 16.0 }
    }

    /// A text on a dark ground.
    fn pill(&self, area: &Area, text: &str) {
        let Self { context, colors, .. } = self;
        let Area { left, top, width, height } = *area;
        context.set_fill_style_str(&colors.dark);
        context.set_global_alpha(0.85);
        context.begin_path();
        let _ = context.round_rect_with_f64(left, top, width, height, 8.0);
        context.fill();
        context.set_global_alpha(1.0);
        self.text((left + width / 2.0, top + height / 2.0), text, &colors.light);
    }
}
