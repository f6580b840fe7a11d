//! A change of the language: www/visitor.js then reloads the page. Stores first what the reload would lose.

use play::action::{Action, LoadAction};
use web_sys::{Element, Event};

use crate::app::App;
use crate::root::ListenOptions;

/// Installs the listener, which comes before that of the script. An element of a host page has no choice of languages.
pub fn follow(app: &App) {
    let Ok(language) = app.root().element::<Element>("language") else { return };
    let (owned, first) = (app.clone(), ListenOptions { first: true, ..ListenOptions::default() });
    app.root().listen_as(first, &language, "change", move |_: Event| {
        owned.dispatch(Action::Load(LoadAction::KeepTab));
    });
}
