//! The element's own controls: play, hold, and the map's layer with its legend. The host page can do the same by
//! property or call.

use play::State;
use play::action::{Action, Edit, MapAction, SoundAction, TouchAction};
use play::error::AppError;
use play::touches::TouchSource;
use web_sys::{Element, Event, HtmlElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{add_option, layer_words, on_click, set_pressed, show_end};
use crate::words::ScaleEnd;

/// The ids of buttons that latch.
const LATCHES: [&str; 2] = ["hold", "tool-hold"];

/// Two buttons and a list.
pub struct ElementControls {
    app: App,
    play: HtmlElement,
    /// The buttons that latch: ours, and with the panel Play the keyboard's.
    latches: Vec<HtmlElement>,
    layers: HtmlSelectElement,
    /// The texts at the legend that say what the first and the last colour mean.
    ends: [Element; 2],
    /// How many layers the list offers; known patches first.
    offered: usize,
    shown: Option<ControlsState>,
}

/// The values that the controls show.
#[derive(Clone, PartialEq)]
struct ControlsState {
    is_sounding: bool,
    hold: bool,
    layer: usize,
    ends: [ScaleEnd; 2],
}

impl ElementControls {
    /// Finds the controls and listens to them.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let controls = Self {
            app: app.clone(),
            play: root.element("play")?,
            latches: LATCHES.iter().filter_map(|id| root.element(id).ok()).collect(),
            layers: root.element("layer")?,
            ends: [root.element("legend-low")?, root.element("legend-high")?],
            offered: 1,
            shown: None,
        };
        add_option(&controls.layers, &app.language().known_patches);
        on_click(app, "play", play_or_stop)?;
        for latch in &controls.latches {
            let owned = app.clone();
            root.listen(latch, "click", move |_: Event| owned.dispatch(Action::Edit(Edit::ToggleLatch)));
        }
        let (owned, source) = (app.clone(), controls.layers.clone());
        root.listen(&controls.layers, "change", move |_: Event| {
            // The list is in the order of the layers.
            let layer = source.selected_index().try_into().unwrap_or(0);
            owned.dispatch(Action::Map(MapAction::SetLayer(layer)));
        });
        Ok(controls)
    }
}

impl View for ElementControls {
    fn show(&mut self, state: &State) {
        let language = self.app.language();
        let layers = state.library.map.as_ref().map_or(&[][..], |map| &map.layers);
        for layer in layers.iter().skip(self.offered - 1) {
            add_option(&self.layers, &language.layer_title(layer));
            self.offered += 1;
        }
        let shown = ControlsState {
            is_sounding: state.is_sounding(),
            hold: state.notes().latch,
            layer: state.map.layer,
            ends: layer_words(state, language).1,
        };
        if self.shown.as_ref() == Some(&shown) {
            return;
        }
        self.play.set_text_content(Some(language.play(shown.is_sounding)));
        for latch in &self.latches {
            set_pressed(latch, shown.hold);
        }
        self.layers.set_selected_index(shown.layer.try_into().unwrap_or(0));
        for (element, end) in self.ends.iter().zip(&shown.ends) {
            show_end(element, end);
        }
        self.shown = Some(shown);
    }
}

/// Stops the sound; if there is none, plays the current point.
fn play_or_stop(app: &App) {
    let is_sounding = app.state().is_sounding();
    app.dispatch(match is_sounding {
        true => Action::Sound(SoundAction::Panic),
        false => Action::Touch(TouchAction::Press(TouchSource::PlayButton, dom::now_ms())),
    });
}
