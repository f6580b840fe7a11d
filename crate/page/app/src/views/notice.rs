//! The program's visible state: the progress line, the wake prompt, the error message. Style sheets and scripts read
//! it from attributes of the root element: `data-state` (loading, ready, error), `data-sound` (asleep, awake),
//! `data-playable` (no; yes: a touch sounds as soon as the sound is awake), `data-playing` (on, off: whether any
//! voice sounds), `data-touching` (on, off: whether a finger presses the map) and `data-presets` (yes: the values of
//! the known presets, the last file that the page loads by itself, are here).

use std::ops::Range;

use play::action::{Action, LoadAction, Progress};
use play::effect::AppEvent;
use play::error::AppError;
use play::state::LoadStatus;
use play::viewport::Viewport;
use play::{Point, State};
use web_sys::HtmlElement;

use crate::app::App;
use crate::dom;
use crate::root::Root;
use crate::view::View;
use crate::views::controls::on_click;
use crate::words::Language;

/// The current point's ring between these shares of the map's visible height, from its top, would lie under the legend.
const LEGEND: Range<f64> = 0.875..1.03;

/// The elements that show the state.
pub struct Notice {
    root: Root,
    language: Language,
    dot: HtmlElement,
    progress: HtmlElement,
    wake: HtmlElement,
    muted: HtmlElement,
    error: HtmlElement,
    retry: HtmlElement,
    legend: HtmlElement,
    /// One of the two sliders that stand for the pad on a keyboard.
    across: HtmlElement,
    shown: ShownNotice,
}

/// The values that the elements show; none before they first do.
#[derive(Default)]
struct ShownNotice {
    status: Option<LoadStatus>,
    progress: Option<Progress>,
    /// True if the sound is awake, and whether it can be played.
    sound: Option<(bool, bool)>,
    is_muted: Option<bool>,
    is_playing: Option<bool>,
    is_touching: Option<bool>,
    has_presets: bool,
    /// True if the legend is out of the way; none while it is hidden.
    is_legend_aside: Option<bool>,
}

impl Notice {
    /// Finds its elements and listens to the retry button.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        on_click(app, "retry", |app| app.dispatch(Action::Load(LoadAction::Begin)))?;
        let mut notice = Self {
            root: root.clone(),
            language: app.language().clone(),
            dot: root.element("dot")?,
            progress: root.element("progress")?,
            wake: root.element("wake")?,
            muted: root.element("muted")?,
            error: root.element("trouble")?,
            retry: root.element("retry")?,
            legend: root.element("legend")?,
            across: root.element("across")?,
            shown: ShownNotice::default(),
        };
        notice.show_playing(false);
        Ok(notice)
    }

    fn show_status(&self, status: &LoadStatus) {
        if let LoadStatus::Failed(error) = status {
            let remedy =
                if error.stops_sound() { &self.language.start_sound } else { &self.language.try_again };
            self.retry.set_text_content(Some(remedy));
            return show_sentence(&self.root, &self.language.error(error));
        }
        dom::set_hidden(&self.error, true, &self.across);
        self.root.set_data("state", if *status == LoadStatus::Ready { "ready" } else { "loading" });
    }

    fn show_progress(&self, Progress { bytes, percent, all_here }: Progress) {
        if let Some(percent) = percent {
            let _ = self.progress.set_attribute("aria-valuenow", &percent.to_string());
            let _ = self.dot.style().set_property("--loaded", &format!("{percent}%"));
        }
        let text = match percent {
            _ if all_here => self.language.loading_last.clone(),
            Some(percent) => self.language.loading_percent(percent),
            None => self.language.loading_bytes(bytes),
        };
        self.progress.set_text_content(Some(&text));
    }

    fn show_sound(&self, is_awake: bool, is_playable: bool) {
        self.root.set_data("sound", if is_awake { "awake" } else { "asleep" });
        self.root.set_data("playable", if is_playable { "yes" } else { "no" });
        self.wake.set_hidden(is_awake || !is_playable);
    }

    /// Names the gesture that wakes the sound: a click, a tap, or lifting the finger.
    fn show_way_to_wake(&self, is_touching: bool) {
        let words = match is_touching {
            _ if dom::media_matches("(hover: hover) and (pointer: fine)") => &self.language.wake_by_click,
            true => &self.language.wake_by_lift,
            false => &self.language.wake_by_tap,
        };
        self.wake.set_text_content(Some(words));
    }

    fn show_playing(&mut self, is_playing: bool) {
        if self.shown.is_playing.replace(is_playing) != Some(is_playing) {
            self.root.set_data("playing", on_or_off(is_playing));
        }
    }

    /// Hides the legend until the known patches are loaded, and moves it out of the way of touches.
    fn show_legend(&mut self, state: &State) {
        let is_aside = state.touches.is_touching() || is_under_legend(&state.map.viewport, state.point());
        let is_known = state.library.known.is_some();
        if is_known && self.shown.is_legend_aside.replace(is_aside) != Some(is_aside) {
            self.legend.set_hidden(false);
            self.legend.set_class_name(if is_aside { "legend aside" } else { "legend" });
        }
    }
}

impl View for Notice {
    fn show(&mut self, state: &State) {
        if self.shown.status.as_ref() != Some(&state.loading.status) {
            self.show_status(&state.loading.status);
            self.shown.status = Some(state.loading.status.clone());
        }
        if let Some(progress) = state.loading.progress
            && self.shown.progress.replace(progress) != Some(progress)
        {
            self.show_progress(progress);
        }
        let sound = (state.sound.is_running, state.sound.phase.plays());
        if self.shown.sound.replace(sound) != Some(sound) {
            self.show_sound(sound.0, sound.1);
        }
        let is_muted = state.sound.gain <= 0.0;
        if self.shown.is_muted.replace(is_muted) != Some(is_muted) {
            self.muted.set_hidden(!is_muted);
        }
        self.show_playing(state.sound.voices_sounding > 0);
        if state.library.presets.is_some() && !std::mem::replace(&mut self.shown.has_presets, true) {
            self.root.set_data("presets", "yes");
        }
    }

    fn draw(&mut self, state: &State, _now_ms: f64) -> bool {
        if !state.sound.is_audible {
            self.show_way_to_wake(state.touches.is_touching());
        }
        self.show_legend(state);
        let is_touching = state.touches.is_pressed();
        if self.shown.is_touching.replace(is_touching) != Some(is_touching) {
            self.root.set_data("touching", on_or_off(is_touching));
        }
        false
    }

    fn notify(&mut self, _state: &State, event: &AppEvent) {
        if let AppEvent::Sounding(is_sounding) = event {
            self.show_playing(*is_sounding);
        }
    }
}

/// Shows an error message; needs no app and no other element.
pub fn show_sentence(root: &Root, sentence: &str) {
    root.set_data("state", "error");
    if let Ok(panel) = root.element::<HtmlElement>("trouble") {
        panel.set_hidden(false);
    }
    if let Ok(text) = root.element::<HtmlElement>("trouble-text") {
        text.set_text_content(Some(sentence));
    }
}

fn is_under_legend(viewport: &Viewport, point: Point) -> bool {
    let [_, top, _, height] = viewport.window;
    LEGEND.contains(&((viewport.to_screen(point).1 - top) / height))
}

fn on_or_off(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legend_steps_aside_for_a_ring_where_it_lies_in_the_visible_part() {
        let (low, middle) = (Point { x: 0.0, y: -3.5 }, Point { x: 0.0, y: 0.0 });
        let whole = Viewport::fit(400.0, 400.0);
        assert!(is_under_legend(&whole, low) && !is_under_legend(&whole, middle));
        let [left, top, _, height] = whole.window;
        let upper = whole.zoomed(4.0, left, top);
        assert!(!is_under_legend(&upper, low), "it is out of sight");
        let (x, y) = whole.to_screen(middle);
        let around = whole.zoomed(4.0, x, y).panned(0.0, 0.45 * height);
        assert!(is_under_legend(&around, middle));
    }
}
