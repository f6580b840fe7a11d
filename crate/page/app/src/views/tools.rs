//! The choice of the instrument, and the buttons of the page that show a state: hold, undo, redo, pin, A/B, explore,
//! and the mouse that plays without a press.

use play::action::{Action, Edit, MapAction};
use play::compare::Side;
use play::error::AppError;
use play::instruments::{InstrumentAction, Instruments};
use play::sound_state::DecoderChoice;
use play::state::LoadStatus;
use play::tone_domain::ToneDomain;
use play::{Options, State};
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{close_menu, on_click, set_enabled, set_pressed};

/// The name of the first instrument, in every language.
pub const AMSYNTH: &str = "amSynth";

/// The values of the root element's attribute `data-instrument`, by the instrument's number.
const INSTRUMENTS: [&str; ToneDomain::ALL.len() + 1] =
    ["amsynth", "strings", "voices", "winds", "brass", "amsynth-tones"];

/// The buttons that show a state.
pub struct Tools {
    app: App,
    latch: Element,
    undo: Element,
    redo: Element,
    compare: HtmlElement,
    end_comparison: HtmlElement,
    side: Element,
    explore: Element,
    map_button: HtmlElement,
    show_all: HtmlElement,
    free_mouse: HtmlInputElement,
    instrument: HtmlSelectElement,
    shown: Option<ToolsState>,
}

/// The values that the buttons show.
#[derive(Clone, Copy, PartialEq)]
struct ToolsState {
    latch: bool,
    is_exploring: bool,
    free_mouse: bool,
    can_undo: bool,
    can_redo: bool,
    is_zoomed: bool,
    /// True if an imported model plays.
    has_own_model: bool,
    /// The number of the instrument that plays, and that of the chosen one, which may still load.
    instruments: [u8; 2],
    /// The active side of a comparison.
    heard: Option<Side>,
}

impl ToolsState {
    fn of(state: &State) -> Self {
        let comparison = &state.document().comparison;
        let Instruments { domain, wanted, .. } = state.sound.instruments;
        // One that could not be loaded is chosen no more.
        let wanted = wanted.filter(|_| !matches!(state.loading.status, LoadStatus::Failed(_)));
        Self {
            latch: state.notes().latch,
            is_exploring: state.map.is_exploring,
            free_mouse: state.map.options.free_mouse,
            can_undo: state.history.can_undo(),
            can_redo: state.history.can_redo(),
            is_zoomed: state.map.viewport.is_zoomed(),
            has_own_model: matches!(state.sound.decoder, DecoderChoice::Imported),
            instruments: [domain, wanted.or(domain)].map(ToneDomain::number),
            heard: comparison.other.is_some().then_some(comparison.heard),
        }
    }
}

impl Tools {
    /// Finds the buttons and listens to them.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        for (id, action) in [
            ("tool-hold", Action::Edit(Edit::ToggleLatch)),
            ("tool-undo", Action::Edit(Edit::Undo)),
            ("tool-redo", Action::Edit(Edit::Redo)),
            ("tool-compare", Action::Edit(Edit::SwitchSides)),
            ("tool-compare-end", Action::Edit(Edit::EndComparison)),
            ("tool-all", Action::Map(MapAction::ShowAll)),
        ] {
            on_click(app, id, move |app| app.dispatch(action.clone()))?;
        }
        on_click(app, "tool-explore", |app| {
            app.dispatch(Action::Map(MapAction::ToggleExplore));
            // The map is what moves now.
            close_menu(app, "map-menu");
        })?;
        on_click(app, "tool-mark", |app| {
            let name = landmark_name(app);
            app.dispatch(Action::Edit(Edit::AddLandmark(name)));
        })?;
        let root = app.root();
        let free_mouse: HtmlInputElement = root.element("more-free")?;
        let (owned, source) = (app.clone(), free_mouse.clone());
        root.listen(&free_mouse, "change", move |_: Event| set_free_mouse(&owned, source.checked()));
        let instrument: HtmlSelectElement = root.element("instrument")?;
        let (owned, source) = (app.clone(), instrument.clone());
        root.listen(&instrument, "change", move |_: Event| {
            let domain = ToneDomain::of_number(source.selected_index() as u8);
            owned.dispatch(Action::Instrument(InstrumentAction::Choose(domain)));
        });
        let compare: HtmlElement = root.element("tool-compare")?;
        let side = compare.query_selector("b").ok().flatten();
        Ok(Self {
            app: app.clone(),
            latch: root.element("tool-hold")?,
            undo: root.element("tool-undo")?,
            redo: root.element("tool-redo")?,
            side: side.ok_or(AppError::ElementMissing("tool-compare"))?,
            compare,
            end_comparison: root.element("tool-compare-end")?,
            explore: root.element("tool-explore")?,
            map_button: root.element("map-button")?,
            show_all: root.element("tool-all")?,
            free_mouse,
            instrument,
            shown: None,
        })
    }
}

impl View for Tools {
    fn show(&mut self, state: &State) {
        let now = ToolsState::of(state);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        set_pressed(&self.latch, now.latch);
        set_pressed(&self.explore, now.is_exploring);
        set_enabled(&self.undo, now.can_undo);
        self.free_mouse.set_checked(now.free_mouse);
        set_enabled(&self.redo, now.can_redo);
        dom::set_hidden(&self.show_all, !now.is_zoomed, &self.map_button);
        let name = if now.has_own_model { &self.app.language().your_model } else { AMSYNTH };
        if let Some(first) = self.instrument.first_element_child() {
            first.set_text_content(Some(name));
        }
        let [plays, chosen] = now.instruments;
        self.instrument.set_selected_index(chosen.into());
        let root = self.app.root();
        // The pressed button that returns to amSynth goes with its panel. Who pressed it by mouse or finger plays by
        // the space then.
        if plays == 0 && root.has_data("gesture", "keydown") && root.contains("#tones :focus") {
            let unmoved = FocusOptions::new();
            unmoved.set_prevent_scroll(true);
            let _ = self.instrument.focus_with_options(&unmoved);
        }
        root.set_data("instrument", INSTRUMENTS[usize::from(plays)]);
        set_pressed(&self.compare, now.heard.is_some());
        dom::set_hidden(&self.end_comparison, now.heard.is_none(), &self.compare);
        let sides = now.heard.map(|heard| if heard == Side::A { ["A", "B"] } else { ["B", "A"] });
        self.side.set_text_content(Some(sides.map_or("AB", |[heard, _]| heard)));
        let _ = self.compare.set_attribute("aria-label", &self.app.language().compare(sides));
        self.app.root().set_data("explore", if now.is_exploring { "on" } else { "off" });
    }
}

/// The name for a new landmark: the one that the patch has in this visit, or that of the nearest known patch.
fn landmark_name(app: &App) -> String {
    let (state, language) = (app.state(), app.language());
    if let Some(name) = state.heard_patch().and_then(|patch| app.executor().name_of(&patch)) {
        return name;
    }
    let point = state.point();
    let near = state
        .library
        .known
        .as_deref()
        .and_then(|known| Some(language.named(&known.name[known.closest(point.x, point.y)?]).to_owned()));
    near.unwrap_or_else(|| language.unnamed.clone())
}

fn set_free_mouse(app: &App, free_mouse: bool) {
    let options = Options { free_mouse, ..app.state().map.options };
    app.dispatch(Action::Map(MapAction::SetOptions(options)));
}
