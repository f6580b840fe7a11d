//! What moves over the map: trail, crosshair and ring. Every mark has a dark outline, so that it
//! reads on violet and on yellow alike.

use std::f64::consts::TAU;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::dom;
use crate::pad::You;
use crate::pad::trail::Trail;
use crate::pad::view::View;

/// Radius of the ring about your place, in CSS pixels: it looks out from under a fingertip's edge.
const RING_RADIUS: f64 = 15.0;
/// Radius of the glow while the note sounds.
const GLOW_RADIUS: f64 = 34.0;

/// The map's colours, from the page's tokens.
pub struct Inks {
    /// You.
    pub you: String,
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
            you: token("--map-you"),
            light: token("--map-light"),
            dark: token("--map-dark"),
            nobody: token("--map-nobody"),
        }
    }
}

/// The way of the finger, fading by age.
pub fn trail(context: &CanvasRenderingContext2d, inks: &Inks, view: &View, trail: &Trail, now_ms: f64) {
    // Round ends would overlap and show as beads where the lines are translucent.
    context.set_line_cap("butt");
    for (ink, width, strongest) in [(&inks.dark, 5.0, 0.35), (&inks.light, 2.5, 0.85)] {
        context.set_stroke_style_str(ink);
        context.set_line_width(width);
        for (from, to, strength) in trail.lines(now_ms) {
            let ((from_x, from_y), (to_x, to_y)) = (view.to_screen(from), view.to_screen(to));
            context.set_global_alpha(strongest * strength);
            context.begin_path();
            context.move_to(from_x, from_y);
            context.line_to(to_x, to_y);
            context.stroke();
        }
    }
    context.set_global_alpha(1.0);
}

/// Crosshair and ring where you are: quiet at rest, glowing while the note sounds.
pub fn you(context: &CanvasRenderingContext2d, inks: &Inks, view: &View, you: &You) {
    let (x, y) = view.to_screen(you.place);
    let hair = if you.touching { 0.6 } else { 0.3 };
    for (ink, width, alpha) in [(&inks.dark, 3.0, hair * 0.5), (&inks.light, 1.0, hair)] {
        context.set_stroke_style_str(ink);
        context.set_line_width(width);
        context.set_global_alpha(alpha);
        context.begin_path();
        context.move_to(view.left, y);
        context.line_to(view.left + view.width, y);
        context.move_to(x, view.top);
        context.line_to(x, view.top + view.height);
        context.stroke();
    }
    if you.sounding {
        context.set_global_alpha(0.3);
        context.set_fill_style_str(&inks.you);
        context.begin_path();
        let _ = context.arc(x, y, GLOW_RADIUS, 0.0, TAU);
        context.fill();
    }
    let ring = if you.sounding { 4.0 } else { 2.5 };
    for (ink, width, alpha) in [(&inks.dark, ring + 3.0, 0.7), (&inks.you, ring, 1.0)] {
        context.set_stroke_style_str(ink);
        context.set_line_width(width);
        context.set_global_alpha(alpha);
        context.begin_path();
        let _ = context.arc(x, y, RING_RADIUS, 0.0, TAU);
        context.stroke();
    }
    context.set_global_alpha(1.0);
}
