//! Notifications to the host page, as `tell(kind, detail)`:
//!
//! - `patch`, `{ x, y, values }`: the current point or its sound changed. `values`: the 41 stored values by name; null
//!   before the sound first ran.
//! - `state`, `{ state, sounding, hold, note, layer }`: `state` is `loading`, `asleep` (the next press wakes the
//!   sound), `awake` or `error`.
//! - `playing`, whether anything sounds, including keys of the host page and fading tails.
//! - `view`, `{ left, top, width, height, window }`: the pixels of the plane, and those of its visible part.
//! - `error`, the error message.
//!
//! Each call happens after our own work is done, so the host page may call the element from inside it.

use ::patch::Patch;
use js_sys::{Array, Function, Object};
use play::effect::AppEvent;
use play::state::LoadStatus;
use play::viewport::Viewport;
use play::{Point, State};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::values::{named_values, object};
use crate::app::App;
use crate::view::View;

/// The host page's name for layer 0, which shows where presets are.
const PRESETS: &str = "presets";

/// Notifies the host page of changes.
pub struct HostNotifier {
    app: App,
    tell: Function,
    /// The status last sent.
    status: Option<ElementStatus>,
    is_playing: bool,
    sound: Option<(Point, Option<Patch>)>,
    viewport: Option<Viewport>,
}

/// The detail of `state`.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementStatus {
    name: &'static str,
    is_sounding: bool,
    hold: bool,
    note: u8,
    pub layer: String,
}

impl HostNotifier {
    /// A notifier that calls `tell`.
    pub fn new(app: &App, tell: Function) -> Self {
        // The element knows it; and its settings are applied only after this.
        let status = Some(ElementStatus::of(&app.state()));
        Self { app: app.clone(), tell, status, is_playing: false, sound: None, viewport: None }
    }

    fn tell(&self, kind: &'static str, detail: impl Into<JsValue>) {
        let (tell, detail) = (self.tell.clone(), detail.into());
        spawn_local(async move {
            // The browser reports what the host page's function throws.
            let _ = tell.call2(&JsValue::NULL, &kind.into(), &detail);
        });
    }
}

impl View for HostNotifier {
    fn show(&mut self, state: &State) {
        let status = ElementStatus::of(state);
        if self.status.as_ref() != Some(&status) {
            self.tell("state", status.detail());
            self.status = Some(status);
        }
    }

    fn follow(&mut self, state: &State) {
        let viewport = state.map.viewport;
        if viewport.width > 0.0 && self.viewport.replace(viewport) != Some(viewport) {
            self.tell("view", view_detail(&viewport));
        }
        let sound = (state.point(), state.heard_patch());
        if self.sound.as_ref() != Some(&sound) {
            let (Point { x, y }, patch) = &sound;
            let values = patch.as_ref().map_or(JsValue::NULL, named_values);
            self.tell("patch", object([("x", (*x).into()), ("y", (*y).into()), ("values", values)]));
            self.sound = Some(sound);
        }
    }

    fn notify(&mut self, _state: &State, event: &AppEvent) {
        match event {
            AppEvent::Sounding(is_playing) => {
                if std::mem::replace(&mut self.is_playing, *is_playing) != *is_playing {
                    self.tell("playing", *is_playing);
                }
            }
            AppEvent::Error(error) => self.tell("error", self.app.language().error(error)),
        }
    }
}

impl ElementStatus {
    pub fn of(state: &State) -> Self {
        let shown = || state.shown_layer().map_or_else(|| PRESETS.to_owned(), |layer| layer.name.clone());
        Self {
            name: status_name(state),
            is_sounding: state.is_sounding(),
            hold: state.notes().latch,
            note: state.notes().root,
            layer: state.map.wished_layer.clone().unwrap_or_else(shown),
        }
    }

    fn detail(&self) -> Object {
        object([
            ("state", self.name.into()),
            ("sounding", self.is_sounding.into()),
            ("hold", self.hold.into()),
            ("note", self.note.into()),
            ("layer", (&self.layer).into()),
        ])
    }
}

fn view_detail(viewport: &Viewport) -> Object {
    let window: Array = viewport.window.into_iter().map(JsValue::from).collect();
    object([
        ("left", viewport.left.into()),
        ("top", viewport.top.into()),
        ("width", viewport.width.into()),
        ("height", viewport.height.into()),
        ("window", window.into()),
    ])
}

fn status_name(state: &State) -> &'static str {
    match state.loading.status {
        LoadStatus::Loading => "loading",
        LoadStatus::Failed(_) => "error",
        LoadStatus::Ready if state.sound.is_running => "awake",
        LoadStatus::Ready => "asleep",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use play::action::{Action, LoadAction, MapAction, SoundAction, Start};
    use play::error::AppError;
    use play::reduce::reduce;

    #[test]
    fn the_status_says_what_a_press_will_do() {
        let mut state = State::new(Start { is_embedded: true, ..Start::default() });
        assert_eq!(ElementStatus::of(&state).name, "loading");
        reduce(&mut state, Action::Sound(SoundAction::ContextChanged(true)));
        assert_eq!(ElementStatus::of(&state).name, "loading", "a running context alone plays nothing");
        state.loading.status = LoadStatus::Ready;
        assert_eq!(ElementStatus::of(&state).name, "awake");
        reduce(&mut state, Action::Sound(SoundAction::ContextChanged(false)));
        assert_eq!(ElementStatus::of(&state).name, "asleep");
        reduce(&mut state, Action::Load(LoadAction::Failed(AppError::SoundStopped)));
        assert_eq!(ElementStatus::of(&state).name, "error");
    }

    #[test]
    fn the_layer_is_the_one_that_the_host_page_asked_for_before_the_map_is_here() {
        let mut state = State::new(Start { is_embedded: true, ..Start::default() });
        assert_eq!(ElementStatus::of(&state).layer, "presets");
        reduce(&mut state, Action::Map(MapAction::WishLayer("depth".to_owned())));
        assert_eq!(ElementStatus::of(&state).layer, "depth");
    }
}
