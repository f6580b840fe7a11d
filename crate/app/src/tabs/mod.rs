//! The four tabs: a sheet under the pad on a phone, sections of a column elsewhere. Here is what a
//! tab is to the page and which tab is seen; what is in a tab is the tab's own. One module, one
//! element `#panel-…` of index.html and one www/tab-….css each.
//!
//! The interface between page and tab:
//! - The page tells its tabs by [`Tab::show`] what to write, by [`Tab::follow`] what to pass on, and by
//!   [`Tab::set_sounding`] and [`Tab::take_piece`]. A tab must not call the [`Page`] inside these: the page is telling just then.
//! - A tab tells the page from its own event handlers, by the methods of [`Page`]: `change` and
//!   `adjust` for what is in `play::State` (the page brings hand, sound and worklet in line: notes,
//!   arpeggio and held parameters need no message of the tab's own), `go`, `edit`, `send` and more.

pub mod patch;
pub mod places;
pub mod play;
pub mod share;

use ::patch::Patch;
use ::play::{Options, Point, State};
use plane::coordinates::Coordinates;
use plane::map::Map;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::analysis::AnalysisClient;
use crate::dom::{self, listen};
use crate::ghost::Ghosts;
use crate::page::Page;
use crate::recording::{Piece, Recorder};
use crate::strings::Language;
use crate::trouble::Trouble;

/// What is true now.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// What everything is said in.
    pub language: &'a Language,
    /// Where you are: the latent point of part 0, which keys and the first finger play.
    pub place: Point,
    /// All that a person has set and can undo: notes, landmarks, A and B, a patch of one's own.
    pub state: &'a State,
    /// What part 0 sounds like: the patch of one's own, or the decoded one once that is known.
    pub patch: Option<&'a Patch>,
    /// The row of the known preset whose very patch this is.
    pub exact: Option<usize>,
    /// The known patches, once they are here.
    pub known: Option<&'a Coordinates>,
    /// Whether the presets themselves are here, too.
    pub has_presets: bool,
    /// What the plane sounds like, once that is here.
    pub map: Option<&'a Map>,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
    /// The gesture and what moves by itself.
    pub ghosts: &'a Ghosts,
    /// The layer that the pad shows, see `Pad::set_layer`.
    pub layer: usize,
    /// What is switched on on the pad.
    pub options: Options,
    /// Whether fingers look around instead of playing.
    pub explore: bool,
    /// Whether only a part of the plane is seen.
    pub is_zoomed: bool,
    /// Whether a touch sounds.
    pub is_sounding: bool,
}

impl Now<'_> {
    /// Whether the patch was edited: it is neither the decoded one nor a known preset's.
    pub fn is_edited(&self) -> bool {
        self.state.patch.is_some() && self.exact.is_none()
    }
}

/// What the page asks of a tab. All calls come while the page is busy: no call back.
pub trait Tab {
    /// Shows what is true now. Called in the first frame that has something new, and ten times a second
    /// while a finger moves; a tab leaves alone what did not change.
    fn show(&mut self, now: &Now<'_>);

    /// Tells others what a person has set and what part 0 sounds like: in every frame in which that may
    /// have changed. Writes nothing on the page.
    fn follow(&mut self, _state: &State, _patch: Option<&Patch>) {}

    /// Whether any voice sounds, whoever plays it.
    fn set_sounding(&mut self, _is_sounding: bool) {}

    /// A piece of a recording that was asked for.
    fn take_piece(&mut self, _piece: &Piece) {}

    /// Something went wrong, and the page says so.
    fn report(&mut self, _trouble: &Trouble) {}
}

/// The tabs by the `data-tab` they show and their button, in their order.
const TABS: [(&str, &str); 4] =
    [("play", "tab-play"), ("patch", "tab-patch"), ("places", "tab-places"), ("share", "tab-share")];

/// Makes the tabs and follows their buttons from now on.
///
/// # Errors
/// If the page lacks an element.
pub fn build(page: &Page) -> Result<(), Trouble> {
    let analysis = AnalysisClient::new(page.assets(), page.language());
    let owned = page.clone();
    let recorder = Recorder::new(move |command| owned.send(command));
    page.add_tab(Box::new(play::Play::build(page, &analysis, &recorder)?));
    page.add_tab(Box::new(patch::PatchTab::build(page)?));
    page.add_tab(Box::new(places::Places::build(page)?));
    page.add_tab(Box::new(share::Share::build(page, &analysis, &recorder)?));
    follow_buttons()
}

fn follow_buttons() -> Result<(), Trouble> {
    for (_, id) in TABS {
        listen(&dom::element(id)?, "click", move |_: Event| select(id));
    }
    listen(&dom::element("tabs")?, "keydown", |event: KeyboardEvent| {
        let neighbour = match event.key().as_str() {
            "ArrowLeft" => TABS.len() - 1,
            "ArrowRight" => 1,
            _ => return,
        };
        let root = dom::document().document_element();
        let shown = root.and_then(|root| root.get_attribute("data-tab")).unwrap_or_default();
        let position = TABS.iter().position(|(name, _)| *name == shown).unwrap_or(0);
        let (_, id) = TABS[(position + neighbour) % TABS.len()];
        select(id);
        if let Ok(tab) = dom::element::<HtmlElement>(id) {
            let _ = tab.focus();
        }
    });
    Ok(())
}

/// Where all sections are seen at once, they scroll to the one of this button.
fn lead_to(tab: &HtmlElement) {
    let panel = tab.get_attribute("aria-controls");
    let panel =
        panel.and_then(|panel| dom::document().get_element_by_id(&panel)?.dyn_into::<HtmlElement>().ok());
    if let Some(panel) = panel {
        dom::lead_to(&panel, "side");
    }
}

fn select(selected: &str) {
    for (name, id) in TABS {
        let Ok(tab) = dom::element::<HtmlElement>(id) else { continue };
        let _ = tab.set_attribute("aria-selected", if id == selected { "true" } else { "false" });
        tab.set_tab_index(if id == selected { 0 } else { -1 });
        if id == selected {
            dom::set_root_data("tab", name);
            lead_to(&tab);
        }
    }
}
