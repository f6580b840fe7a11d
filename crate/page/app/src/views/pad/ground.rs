//! Everything that lies still on the map: the layers with their names, marks and the small map. Painted after a change,
//! and moved on while something fades or the view moves; otherwise at rest.

use play::State;
use play::dot_names::{Area, NAMING_ZOOM, near_label};
use play::error::AppError;
use play::viewport::Viewport;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::app::App;
use crate::dom;
use crate::views::pad::colors::MapColors;
use crate::views::pad::draw::{self, Pen};
use crate::views::pad::ease::Eased;
use crate::views::pad::layers::{Layers, LayersView};
use crate::views::pad::minimap::Minimap;
use crate::views::pad::names::Names;
use crate::views::pad::regions::RegionNames;
use crate::views::pad::scene::StillMarks;
use crate::words::Language;

/// How long the viewport must rest before the dots are painted again, in milliseconds: stretching the bitmap until
/// then costs little.
const REST_MS: f64 = 120.0;

/// The still part of the map.
pub struct Ground {
    language: Language,
    layers: Layers,
    names: Names,
    regions: RegionNames,
    minimap: Minimap,
    /// The marks on the layers.
    marks: Option<StillMarks>,
    /// Canvas pixels per CSS pixel.
    ratio: f64,
    /// How much of the dots is there, 0…1.
    presence: Eased<1>,
    /// The values, 0…1 of the layer's, that the colours span, and those that they are to span.
    range: Eased<2>,
    target: [f32; 2],
    /// The viewport of the last frame.
    viewport: Viewport,
    /// When the viewport last changed, while the dots are not painted for it.
    looked_ms: Option<f64>,
    /// True if the person prefers reduced motion, as of the last change.
    is_calm: bool,
}

/// The canvas of what moves: measures texts, and knows the map's place on the screen.
pub struct Paper<'a> {
    /// The canvas.
    pub canvas: &'a HtmlCanvasElement,
    /// Its context, in CSS pixels.
    pub context: &'a CanvasRenderingContext2d,
    /// The map's colours.
    pub colors: &'a MapColors,
}

impl Ground {
    /// Finds the canvases.
    ///
    /// # Errors
    /// If one is missing, or the browser gives no drawing context.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self {
            language: app.language().clone(),
            layers: Layers::new(root.element("map")?, root.element("scale")?)?,
            names: Names::default(),
            regions: RegionNames::default(),
            minimap: Minimap::build(app)?,
            marks: None,
            ratio: 1.0,
            presence: Eased::at([0.0]),
            range: Eased::at([0.0, 1.0]),
            target: [0.0, 1.0],
            viewport: Viewport::default(),
            looked_ms: None,
            is_calm: false,
        })
    }

    /// The browser has lost the contents of the canvases.
    pub fn set_lost(&mut self) {
        self.layers.set_lost();
    }

    /// The canvases have another size, in pixels.
    pub fn resize(&mut self, width: u32, height: u32, ratio: f64) {
        self.ratio = ratio;
        self.layers.resize(width, height);
    }

    /// True if something still moves.
    pub fn is_moving(&self) -> bool {
        self.looked_ms.is_some() || self.presence.is_moving() || self.range.is_moving()
    }

    /// The areas of the elements that lie on the map.
    pub fn taken(&self) -> &[Area] {
        self.names.taken()
    }

    /// Paints what has changed, or what the viewport shows now that it rests.
    pub fn show(&mut self, state: &State, paper: &Paper<'_>, now_ms: f64) {
        let viewport = state.map.viewport;
        if self.looked_ms.is_some_and(|looked_ms| now_ms - looked_ms >= REST_MS) && self.viewport == viewport
        {
            self.looked_ms = None;
            self.regions.outdate();
            self.layers.repaint();
        }
        self.follow(state, now_ms);
        let view = LayersView {
            viewport,
            ratio: self.ratio,
            presence: self.presence.values()[0],
            range: self.range.values(),
        };
        if view.presence > 0.0 && self.layers.lacks_dots() {
            self.names.measure_map(paper.canvas);
            let near = self.near_label_area(state, paper);
            let names = self.names.place(state, paper.context, near);
            self.layers.paint_dots(paper.colors, &view, state.library.known.as_deref(), names);
        }
        if !self.marks.as_ref().is_some_and(|marks| marks.are_of(state)) {
            self.marks = Some(StillMarks::of(state, &self.language));
            self.layers.outdate();
        }
        if self.regions.are_outdated(state) {
            // While the view moves, what lies on the map stays where it is.
            if self.looked_ms.is_none() {
                self.names.measure_map(paper.canvas);
            }
            self.regions.place(state, &self.language, paper.context, self.names.taken());
            draw::set_font(paper.context);
            self.layers.outdate();
        }
        if self.regions.fade(state) {
            self.layers.outdate();
        }
        self.layers.show(paper.colors, &view, |context| {
            let pen = Pen { context, colors: paper.colors, viewport: &viewport };
            draw::set_font(context);
            self.regions.draw(&pen, state);
            draw::set_font(context);
            self.marks.iter().for_each(|marks| marks.draw(&pen));
        });
        self.minimap.show(&viewport, self.layers.backdrop(), paper.colors);
    }

    /// Takes what the state shows, and moves what fades and the colours' range on.
    fn follow(&mut self, state: &State, now_ms: f64) {
        let presence = [f32::from(u8::from(state.shows_dots()))];
        let has_moved = self.viewport != state.map.viewport;
        if !self.is_moving() && (has_moved || self.presence.values() != presence) {
            self.is_calm = dom::media_matches("(prefers-reduced-motion: reduce)");
        }
        if has_moved {
            (self.viewport, self.looked_ms) = (state.map.viewport, Some(now_ms));
        }
        let has_other_quality = self.layers.take(state);
        if has_moved || has_other_quality {
            self.target = match state.shown_layer().zip(state.color_range()) {
                Some((layer, range)) => range.map(|value| layer.share(value)),
                None => [0.0, 1.0],
            };
        }
        self.presence.follow(presence, now_ms, self.is_calm);
        // Without motion the colours change once, when the view rests.
        if has_other_quality || !self.is_calm || self.looked_ms.is_none() {
            self.range.follow(self.target, now_ms, self.is_calm || has_other_quality);
        }
    }

    /// The label of the nearest preset, on a zoomed map.
    pub fn near_label(&self, state: &State) -> Option<String> {
        if state.map.viewport.zoom() < NAMING_ZOOM {
            return None;
        }
        let (row, _) = state.nearest_preset()?;
        let known = state.library.known.as_deref()?;
        Some(self.language.near(self.language.named(&known.name[row])))
    }

    fn near_label_area(&self, state: &State, paper: &Paper<'_>) -> Option<Area> {
        let (_, dot) = state.nearest_preset()?;
        let width = draw::label_width(paper.context, &self.near_label(state)?);
        let viewport = &state.map.viewport;
        let pen = Pen { context: paper.context, colors: paper.colors, viewport };
        let (dot, here) = (viewport.to_screen(dot), viewport.to_screen(state.point()));
        Some(near_label(dot, here, width, &pen.label_window(), self.taken()))
    }
}
