//! A reload that the page begins itself: for another language (www/visitor.js) or a new version (www/offline.js).
//! Stores first what the reload would lose.

use play::action::{Action, LoadAction};
use web_sys::{Element, Event};

use crate::app::App;
use crate::root::ListenOptions;

/// The elements, and their events before a reload.
const RELOADS: [(&str, &str); 2] = [("language", "change"), ("update", "reload")];

/// Installs the listeners, which come before those of the scripts. An element of a host page has no such elements.
pub fn follow(app: &App) {
    for (id, event) in RELOADS {
        let Ok(element) = app.root().element::<Element>(id) else { continue };
        let (owned, first) = (app.clone(), ListenOptions { first: true, ..ListenOptions::default() });
        app.root().listen_as(first, &element, event, move |_: Event| {
            owned.dispatch(Action::Load(LoadAction::KeepTab));
        });
    }
}
