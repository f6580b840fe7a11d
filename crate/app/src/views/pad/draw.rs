//! How each thing over the map is drawn. Every mark has a dark outline, so that it reads on violet
//! and on yellow alike, and stays whole at the pad's edges.

use std::f64::consts::TAU;

use play::notes::Layout;
use play::{Notes, Point};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::dom;
use crate::hand::{Mark, PART_COUNT};
use crate::pad::dots::Family;
use crate::pad::trail::Trail;
use crate::pad::view::View;

/// Radius of the ring about your place, in CSS pixels: it looks out from under a fingertip's edge.
const RING_RADIUS: f64 = 15.0;
/// Radius of the glow while the note sounds.
const GLOW_RADIUS: f64 = 34.0;
/// Radius of the mark of a landmark or a side.
const MARK_RADIUS: f64 = 11.0;
/// How far the middle of a landmark's drop is from its tip: your ring about the tip leaves its number free.
const FLAG_HEIGHT: f64 = RING_RADIUS + 2.0 + MARK_RADIUS;
/// Text on the map.
const FONT: &str = "600 12px system-ui, sans-serif";

/// Sets how every text on the map is written, once for a canvas's size: parsing a font takes longer than
/// writing with it.
pub fn set_font(context: &CanvasRenderingContext2d) {
    context.set_font(FONT);
    context.set_text_align("center");
    context.set_text_baseline("middle");
}

/// The map's colours, from the page's tokens.
pub struct Inks {
    /// You: a hue for each part.
    you: [String; PART_COUNT],
    /// The dots of each family of banks.
    families: [String; 4],
    /// Light marks.
    pub light: String,
    /// Their outlines.
    pub dark: String,
    /// The map where no patch is known.
    pub nobody: String,
}

impl Inks {
    /// Reads them from the style of an element.
    pub fn of(canvas: &HtmlCanvasElement) -> Self {
        let style = dom::window().get_computed_style(canvas).ok().flatten();
        let token = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        Self {
            you: ["--map-you", "--map-you-2", "--map-you-3", "--map-you-4", "--map-you-5"].map(token),
            families: ["--map-light", "--map-patrik", "--map-factory", "--map-other"].map(token),
            light: token("--map-light"),
            dark: token("--map-dark"),
            nobody: token("--map-nobody"),
        }
    }

    /// The colour of a family's dots.
    pub fn family(&self, family: Family) -> &str {
        &self.families[family as usize]
    }
}

/// What draws: a context with its colours and its view.
pub struct Pen<'a> {
    /// Where it draws, in CSS pixels.
    pub context: &'a CanvasRenderingContext2d,
    /// In which colours.
    pub inks: &'a Inks,
    /// From where it looks.
    pub view: &'a View,
}

impl Pen<'_> {
    /// Strokes the path twice: dark and wide, then in its ink.
    fn stroke(&self, ink: &str, width: f64, alpha: f64) {
        let Self { context, inks, .. } = self;
        for (ink, width, alpha) in [(&*inks.dark, width + 2.0, alpha * 0.7), (ink, width, alpha)] {
            context.set_stroke_style_str(ink);
            context.set_line_width(width);
            context.set_global_alpha(alpha);
            context.stroke();
        }
        context.set_global_alpha(1.0);
    }

    fn circle(&self, (x, y): (f64, f64), radius: f64) {
        self.context.begin_path();
        let _ = self.context.arc(x, y, radius, 0.0, TAU);
    }

    /// The way of the finger, fading by age.
    pub fn trail(&self, trail: &Trail, now_ms: f64) {
        let Self { context, inks, view } = self;
        // Round ends would overlap and show as beads where the lines are translucent.
        context.set_line_cap("butt");
        context.set_line_join("round");
        for (ink, width, strongest) in [(&inks.dark, 5.0, 0.35), (&inks.light, 2.5, 0.85)] {
            context.set_stroke_style_str(ink);
            context.set_line_width(width);
            for (points, strength) in trail.strokes(now_ms) {
                context.set_global_alpha(strongest * strength);
                context.begin_path();
                for (number, (x, y)) in points.map(|point| view.to_screen(point)).enumerate() {
                    if number == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
                }
                context.stroke();
            }
        }
        context.set_global_alpha(1.0);
    }

    /// A line across and one upwards through a point.
    pub fn crosshair(&self, point: Point, strength: f64) {
        let (x, y) = self.view.to_screen(point);
        let [left, top, width, height] = self.view.window;
        self.context.begin_path();
        self.context.move_to(left, y);
        self.context.line_to(left + width, y);
        self.context.move_to(x, top);
        self.context.line_to(x, top + height);
        self.stroke(&self.inks.light, 1.0, strength);
    }

    /// The ring about a part's point: quiet at rest, glowing while it sounds, broken where the patch
    /// is not the map's.
    pub fn ring(&self, mark: &Mark, hollow: bool) {
        let Self { context, inks, .. } = self;
        let at = self.kept_inside(mark.point, RING_RADIUS + 4.0);
        let you = &*inks.you[mark.part];
        if mark.sounding {
            self.circle(at, GLOW_RADIUS);
            context.set_global_alpha(0.3);
            context.set_fill_style_str(you);
            context.fill();
            context.set_global_alpha(1.0);
        }
        self.circle(at, RING_RADIUS);
        self.stroke(you, if mark.sounding { 4.0 } else { 2.5 }, 1.0);
        // A filled middle is the map's own sound; an edited one has none.
        self.circle(at, 4.5);
        if hollow {
            self.stroke(you, 2.0, 1.0);
        } else {
            context.set_fill_style_str(you);
            context.fill();
        }
        if mark.part > 0 {
            let beside = (at.0 + RING_RADIUS, at.1 - RING_RADIUS);
            self.label(beside, &(mark.part + 1).to_string(), you, &inks.dark);
        }
    }

    /// A landmark: a drop whose tip is its point.
    pub fn flag(&self, point: Point, text: &str) {
        let Self { context, inks, view } = self;
        let (x, y) = view.to_screen(point);
        if !self.is_seen((x, y)) {
            return;
        }
        let middle = middle_of_flag(view, point);
        // The drop is open towards its tip.
        let gap = if middle.1 > y { 0.75 * TAU } else { 0.25 * TAU };
        context.begin_path();
        context.move_to(x, y);
        let _ = context.arc(middle.0, middle.1, MARK_RADIUS, gap + 0.18 * TAU, gap + 0.82 * TAU);
        context.close_path();
        context.set_fill_style_str(&inks.dark);
        context.set_global_alpha(0.85);
        context.fill();
        self.stroke(&inks.light, 1.5, 1.0);
        self.text(middle, text, &inks.light);
    }

    /// The side of the comparison that waits, at its point.
    pub fn badge(&self, point: Point, text: &str) {
        self.label(self.kept_inside(point, MARK_RADIUS), text, &self.inks.dark, &self.inks.light);
    }

    /// The side that is heard, beside your ring.
    pub fn badge_beside(&self, place: Point, text: &str) {
        let (x, y) = self.kept_inside(place, 2.4 * MARK_RADIUS);
        self.label((x - 1.6 * MARK_RADIUS, y + 1.6 * MARK_RADIUS), text, &self.inks.dark, &self.inks.light);
    }

    /// A round label.
    fn label(&self, at: (f64, f64), text: &str, ground: &str, ink: &str) {
        self.circle(at, 9.0);
        self.context.set_fill_style_str(ground);
        self.context.fill();
        self.stroke(ink, 1.5, 1.0);
        self.text(at, text, ink);
    }

    fn text(&self, (x, y): (f64, f64), text: &str, ink: &str) {
        let Self { context, .. } = self;
        context.set_fill_style_str(ink);
        let _ = context.fill_text(text, x, y + 0.5);
    }

    /// A recorded gesture, as it was drawn.
    pub fn path(&self, points: impl Iterator<Item = Point>) {
        let Self { context, inks, view } = self;
        context.begin_path();
        for (number, point) in points.enumerate() {
            let (x, y) = view.to_screen(point);
            if number == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
        }
        context.set_line_cap("round");
        context.set_line_join("round");
        self.stroke(&inks.light, 2.0, 0.7);
        context.set_line_cap("butt");
    }

    /// The strips of a scale, where one lies over the pad; those of the root are lighter.
    pub fn lanes(&self, notes: &Notes) {
        if notes.layout != Layout::ScaleAcross {
            return;
        }
        let Self { context, inks, view } = self;
        let [_, top, _, height] = view.window;
        for lane in notes.lanes() {
            let (left, _) = view.to_screen(Point { x: lane.left, y: 0.0 });
            let (right, _) = view.to_screen(Point { x: lane.right, y: 0.0 });
            if lane.is_root {
                context.set_global_alpha(0.14);
                context.set_fill_style_str(&inks.light);
                context.fill_rect(left, top, right - left, height);
            }
            context.set_global_alpha(0.4);
            context.set_fill_style_str(&inks.dark);
            context.fill_rect(right - 0.5, top, 1.0, height);
        }
        context.set_global_alpha(1.0);
    }

    /// Where the mouse would play: a thin cross, and the name of the dot under it.
    pub fn hover(&self, point: Point, name: Option<&str>) {
        let Self { context, inks, view } = self;
        self.crosshair(point, 0.25);
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else { return };
        let width = context.measure_text(name).map_or(80.0, |measured| measured.width()) + 16.0;
        let (x, y) = view.to_screen(point);
        let [left, top, window_width, _] = view.window;
        let x = if x + width + 14.0 > left + window_width { x - width - 12.0 } else { x + 12.0 };
        let y = if y < top + 40.0 { y + 14.0 } else { y - 38.0 };
        context.set_fill_style_str(&inks.dark);
        context.set_global_alpha(0.85);
        context.begin_path();
        let _ = context.round_rect_with_f64(x, y, width, 24.0, 8.0);
        context.fill();
        context.set_global_alpha(1.0);
        self.text((x + width / 2.0, y + 12.0), name, &inks.light);
    }

    fn is_seen(&self, (x, y): (f64, f64)) -> bool {
        let [left, top, width, height] = self.view.window;
        (left - MARK_RADIUS..left + width + MARK_RADIUS).contains(&x)
            && (top - MARK_RADIUS..top + height + 3.0 * MARK_RADIUS).contains(&y)
    }

    /// The pixel of a point, moved so far inside that nothing of the mark is cut off.
    fn kept_inside(&self, point: Point, margin: f64) -> (f64, f64) {
        let (x, y) = self.view.to_screen(point);
        let [left, top, width, height] = self.view.window;
        let keep = |v: f64, from: f64, size: f64| v.min(from + size - margin).max(from + margin);
        (keep(x, left, width), keep(y, top, height))
    }
}

/// The middle of the round part of a landmark's flag: over its point, near the top edge under it, and
/// never cut off at the sides.
pub fn middle_of_flag(view: &View, point: Point) -> (f64, f64) {
    let (x, y) = view.to_screen(point);
    let [left, top, width, _] = view.window;
    let up = if y - FLAG_HEIGHT - MARK_RADIUS < top { 1.0 } else { -1.0 };
    let inside = x.min(left + width - MARK_RADIUS - 2.0).max(left + MARK_RADIUS + 2.0);
    (inside, y + up * FLAG_HEIGHT)
}
