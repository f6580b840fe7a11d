//! The state as a link: made, copied, handed on, and opened when the page begins or the address changes.

use js_sys::{Function, Object, Promise, Reflect};
use play::{Link, LinkError, State};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Url;

use crate::dom;

/// The first two bytes of a model's fingerprint, which is written in hexadecimal.
pub fn model_number(fingerprint: &str) -> u16 {
    fingerprint.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

/// The address of this page that opens to this state, and how many landmarks found no room in it.
pub fn address(state: &State, layer: u8, model: u16) -> (String, usize) {
    let link = Link { state: state.clone(), layer, model };
    let left_out = state.landmarks.all().len() - link.landmarks_written();
    let here = dom::window().location().href().unwrap_or_default();
    let address = Url::new(&here).map(|url| {
        // Whoever opens it has a language of his own, and looks for no fault.
        ["lang", "debug"].into_iter().for_each(|ours| url.search_params().delete(ours));
        url.set_hash(&link.write());
        url.href()
    });
    (address.unwrap_or(here), left_out)
}

/// What the address of this page says behind its `#`; none if there is nothing.
pub fn in_address() -> Option<Result<Link, LinkError>> {
    let hash = dom::window().location().hash().unwrap_or_default();
    (hash.len() > 1).then(|| Link::read(&hash))
}

/// Takes the link out of the address: what is played from now on is not what it says.
pub fn clear_address() {
    let location = dom::window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    set_address(&path);
}

/// Writes into the address bar, and nothing is opened by that.
fn set_address(address: &str) {
    if let Ok(history) = dom::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Copies the address, or shows it where that is refused; answers whether it is copied.
pub async fn copy(address: &str) -> bool {
    let clipboard = navigator("clipboard");
    let copied = match clipboard.as_ref().and_then(|clipboard| method(clipboard, "writeText")) {
        Some(write) => settled(write.call1(&clipboard.unwrap_or_default(), &address.into())).await,
        None => false,
    };
    if !copied {
        // What else this page was told stays: the next load of it speaks the same language.
        let search = dom::window().location().search().unwrap_or_default();
        let hash = address.split_once('#').map_or("", |(_, hash)| hash);
        set_address(&format!("{search}#{hash}"));
    }
    copied
}

/// Whether the system can hand on a link.
pub fn can_hand_on() -> bool {
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).unwrap_or_default();
    method(&navigator, "share").is_some()
}

/// Hands the address with its title to the system's own menu. A person who closes it has changed his mind; that is
/// no fault.
pub async fn hand_on(address: &str, title: &str) {
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).unwrap_or_default();
    let given = Object::new();
    let _ = Reflect::set(&given, &"title".into(), &title.into());
    let _ = Reflect::set(&given, &"url".into(), &address.into());
    if let Some(share) = method(&navigator, "share") {
        settled(share.call1(&navigator, &given)).await;
    }
}

fn navigator(part: &str) -> Option<JsValue> {
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).ok()?;
    Reflect::get(&navigator, &part.into()).ok().filter(JsValue::is_object)
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

async fn settled(promised: Result<JsValue, JsValue>) -> bool {
    match promised.map(JsCast::dyn_into::<Promise>) {
        Ok(Ok(promise)) => JsFuture::from(promise).await.is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_told_apart_by_their_first_bytes() {
        assert_eq!((model_number("beef0123"), model_number("xyz"), model_number("")), (0xBEEF, 0, 0));
    }
}
