//! The link of the dialog Share: copied, sent, as a code to scan, and opened from the page's address.

use play::State;
use play::action::{Action, Edit, MapAction};
use play::error::AppError;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

use super::{SharePanel, code};
use crate::dom;
use crate::effects::link;
use crate::views::controls::close_menu;

impl SharePanel {
    pub(super) fn listen_to_links(&self) -> Result<(), AppError> {
        self.on_press("copy-link", |app, panel, _| async move {
            let ((address, left_out), language) = (panel.address(), app.language());
            let copied =
                if link::copy(&address).await { &language.link_copied } else { &language.link_shown };
            format!("{copied}{left_out}")
        })?;
        self.on_press("hand-on-link", |app, panel, _| async move {
            let (address, left_out) = panel.address();
            // Not awaited: the system's menu may never report that it was closed.
            spawn_local(async move { link::share(&app, &address).await });
            left_out.trim_start_matches(". ").to_owned()
        })?;
        self.on_press("scan-code", |app, panel, _| async move {
            let (address, _) = panel.address();
            code::toggle(&app, &address).await
        })?;
        let root = self.0.app.root();
        root.element::<HtmlElement>("hand-on-link")?.set_hidden(!link::can_share());
        // One button is the main one: the system's share sheet offers more than a copy does.
        root.element::<Element>("copy-link")?.set_class_name(if link::can_share() { "" } else { "main" });
        // The host page's address is not ours to read or change.
        if !root.is_embedded() {
            self.open_link();
            let owned = self.clone();
            self.listen(&dom::window(), "hashchange", move |_: Event| owned.open_link());
        }
        Ok(())
    }

    fn address(&self) -> (String, String) {
        let state = self.0.app.state();
        let own = link::of(&state);
        let (address, landmarks) = link::address(&own);
        (address, self.0.app.language().left_out(landmarks, own.loops_written()))
    }

    fn open_link(&self) {
        let Some(read) = link::in_address() else {
            return crate::views::panels::loops::open_linked(&self.0.app);
        };
        let language = self.0.app.language();
        match read {
            Err(error) => {
                link::clear_address();
                self.0.status.say(&language.link_refused(&error));
            }
            Ok(sent) => {
                let layer = sent.layer.into();
                // The link's offer must be seen, and a menu would cover it.
                for menu in ["share-menu", "more-menu", "map-menu", "tempo-menu"] {
                    close_menu(&self.0.app, menu);
                }
                self.0.unchecked_model.set(Some(sent.model));
                self.0.app.dispatch(Action::Edit(Edit::OpenLink(Box::new(sent))));
                self.0.app.dispatch(Action::Map(MapAction::SetLayer(layer)));
            }
        }
    }

    /// Shows a message if a link was made with another model.
    pub(super) fn check_model(&self, state: &State) {
        let known = &state.amsynth_library().known;
        let (Some(sent), Some(known)) = (self.0.unchecked_model.get(), known) else { return };
        self.0.unchecked_model.set(None);
        if sent != 0 && sent != link::model_number(&known.model) {
            self.0.status.say(&self.0.app.language().other_model);
        }
    }
}
