//! The document as a link: written, copied, shared, and read from the page's address.

use js_sys::{Function, Object, Promise, Reflect};
use play::{Link, LinkError, State};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Url;

use crate::app::App;
use crate::dom;

/// Stands for an imported model, which has no fingerprint: its landmarks sound different everywhere else.
const IMPORTED_MODEL: u16 = u16::MAX;

/// The first two bytes of a model's fingerprint, which is written in hexadecimal.
pub fn model_number(fingerprint: &str) -> u16 {
    fingerprint.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

/// The link to what a page plays and shows.
pub fn of(state: &State) -> Link {
    let known = state.amsynth_library().known.as_ref();
    let mut document = state.shared_document();
    let mut model = known.map_or(0, |known| model_number(&known.model));
    // An imported model has no fingerprint, and the receiver's decodes another patch.
    if known.is_some_and(|known| known.model.is_empty()) {
        document.patch = document.patch.or_else(|| state.heard_patch().map(Box::new));
        // A link has no patches of landmarks.
        if document.landmarks.all().iter().any(|landmark| landmark.instrument.is_amsynth()) {
            model = IMPORTED_MODEL;
        }
    }
    Link { document, layer: state.map.layer as u8, model, name: state.match_name().map(str::to_owned) }
}

/// The address of this page that opens what a link holds, and how many of its landmarks do not fit into it.
pub fn address(link: &Link) -> (String, usize) {
    let left_out = link.document.landmarks.all().len() - link.landmarks_written();
    (with_fragment(&link.write()), left_out)
}

/// The address of this page that opens what a fragment holds.
pub fn with_fragment(fragment: &str) -> String {
    let here = dom::window().location().href().unwrap_or_default();
    let address = Url::new(&here).map(|url| {
        // The recipient may have another language, and does not debug.
        ["lang", "debug"].into_iter().for_each(|own| url.search_params().delete(own));
        url.set_hash(fragment);
        url.href()
    });
    address.unwrap_or(here)
}

/// The link in the fragment of the page's address; none if there is no fragment, or one that the editor of paths reads.
pub fn in_address() -> Option<Result<Link, LinkError>> {
    let hash = dom::window().location().hash().unwrap_or_default();
    (hash.len() > 1 && to_path().is_none()).then(|| Link::read(&hash))
}

/// The fragment of the page's address if it is that of a link to a path: `path::link::LINK_PREFIX`.
pub fn to_path() -> Option<String> {
    dom::window().location().hash().ok().filter(|hash| hash.starts_with("#path="))
}

/// Removes the link from the address, because the document will differ from it.
pub fn clear_address() {
    let location = dom::window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    set_address(&path);
}

/// Changes the address bar without an event; the entry keeps the mark of the sheet.
fn set_address(address: &str) {
    if let Ok(history) = dom::window().history() {
        let mark = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&mark, "", Some(address));
    }
}

/// Copies the address, or shows it in the address bar if the browser refuses; returns whether it copied.
pub async fn copy(address: &str) -> bool {
    let clipboard = navigator("clipboard");
    let copied = match clipboard.as_ref().and_then(|clipboard| method(clipboard, "writeText")) {
        Some(write) => succeeds(write.call1(&clipboard.unwrap_or_default(), &address.into())).await,
        None => false,
    };
    if !copied {
        // The rest of the address stays: a reload has the same language.
        let search = dom::window().location().search().unwrap_or_default();
        let hash = address.split_once('#').map_or("", |(_, hash)| hash);
        set_address(&format!("{search}#{hash}"));
    }
    copied
}

/// True if the system can share a link.
pub fn can_share() -> bool {
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).unwrap_or_default();
    method(&navigator, "share").is_some()
}

/// Passes the address to the system's share menu, with the title of the loops or the name of a kept answer as its
/// title, or a general one. Closing that menu is no error.
pub async fn share(app: &App, address: &str) {
    let title = title(&app.state()).unwrap_or(&app.language().link_title).to_owned();
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).unwrap_or_default();
    let shared = Object::new();
    let _ = Reflect::set(&shared, &"title".into(), &title.into());
    let _ = Reflect::set(&shared, &"url".into(), &address.into());
    if let Some(share) = method(&navigator, "share") {
        succeeds(share.call1(&navigator, &shared)).await;
    }
}

/// The name of what a link holds: the title of its loops, or that of a kept answer.
fn title(state: &State) -> Option<&str> {
    let title = &state.document().title;
    Some(title.as_str()).filter(|title| !title.is_empty()).or_else(|| state.match_name())
}

fn navigator(part: &str) -> Option<JsValue> {
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).ok()?;
    Reflect::get(&navigator, &part.into()).ok().filter(JsValue::is_object)
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

async fn succeeds(promised: Result<JsValue, JsValue>) -> bool {
    match promised.map(JsCast::dyn_into::<Promise>) {
        Ok(Ok(promise)) => JsFuture::from(promise).await.is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    use plane::Coordinates;
    use play::action::{Action, Edit, Start};

    #[test]
    fn a_link_from_an_imported_model_has_the_patch_that_it_decodes() {
        let mut state = State::new(Start::default());
        state.sound.decoded = Some(Box::default());
        for (model, has_patch) in [("beef", false), ("", true)] {
            state.library.known =
                Some(Rc::new(Coordinates { model: model.to_owned(), ..Coordinates::default() }));
            assert_eq!(of(&state).document.patch.is_some(), has_patch, "{model}");
        }
    }

    #[test]
    fn a_link_from_an_imported_model_has_no_model_of_a_page_if_it_has_landmarks() {
        let mut state = State::new(Start::default());
        state.library.known = Some(Rc::default());
        assert_eq!(of(&state).model, 0, "what it plays is in its patch");
        play::reduce(&mut state, Action::Edit(Edit::AddLandmark("Here".to_owned())));
        assert_eq!(of(&state).model, IMPORTED_MODEL);
    }

    #[test]
    fn models_differ_by_their_first_bytes() {
        assert_eq!((model_number("beef0123"), model_number("xyz"), model_number("")), (0xBEEF, 0, 0));
    }
}
