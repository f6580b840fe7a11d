//! The page's elements and events, with errors that name what is missing. Knows nothing of the instrument.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, FocusOptions, HtmlElement, Storage, Window};

/// The window; the program runs nowhere else.
pub fn window() -> Window {
    web_sys::window().expect("the program runs in a page")
}

/// The document of the page.
pub fn document() -> Document {
    window().document().expect("the program runs in a page")
}

/// A new element with a class, not yet in the page.
pub fn create(tag: &str, class: &str) -> Element {
    let created = document().create_element(tag).expect("a fixed tag name is valid");
    created.set_class_name(class);
    created
}

/// A new text beside a slider, not yet in the page. It is not spoken: the slider itself says the same.
pub fn create_value() -> Element {
    let created = create("output", "");
    let _ = created.set_attribute("aria-live", "off");
    created
}

/// A new element of a drawing, not yet in the page.
pub fn create_svg(tag: &str) -> Element {
    document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag).expect("a fixed tag name is valid")
}

/// Puts a new element at the end of another.
pub fn append(parent: &Element, child: &Element) {
    // Fails for a child that holds its parent alone.
    let _ = parent.append_child(child);
}

/// A JavaScript function, never freed, that passes an event to `handle`.
pub fn handler<E: JsCast + 'static>(mut handle: impl FnMut(E) + 'static) -> Function {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| handle(event.unchecked_into()));
    closure.into_js_value().unchecked_into()
}

/// Calls `act` once after this many milliseconds.
pub fn after(milliseconds: i32, act: impl FnOnce() + 'static) {
    let function = Closure::once_into_js(act);
    let set = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(function.unchecked_ref(), milliseconds);
    debug_assert!(set.is_ok());
}

/// Waits for this many milliseconds.
pub async fn wait(milliseconds: i32) {
    let waited = Promise::new(&mut |resolve, _| {
        let set = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        debug_assert!(set.is_ok());
    });
    // The promise never rejects.
    let _ = JsFuture::from(waited).await;
}

/// Waits until the browser has painted what was written: before work that keeps it from painting.
pub async fn painted() {
    let framed = Promise::new(&mut |resolve, _| {
        let _ = window().request_animation_frame(&resolve);
    });
    // The promise never rejects.
    let _ = JsFuture::from(framed).await;
    wait(0).await;
}

/// The computed value of an element's style property.
pub fn token(element: &Element, name: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default().trim().to_owned()
}

/// Shows or hides an element, and hands on the focus of one that is hidden.
pub fn set_hidden(element: &HtmlElement, hidden: bool, heir: &HtmlElement) {
    if hidden {
        hand_on_focus(element, heir);
    }
    element.set_hidden(hidden);
}

/// If an element that goes has visible keyboard focus, `heir` gets the focus, which would otherwise be lost.
pub fn hand_on_focus(element: &Element, heir: &HtmlElement) {
    if has_visible_focus(element) {
        focus_soon(heir);
    }
}

/// True if an element, or a descendant, has visible keyboard focus.
pub fn has_visible_focus(element: &Element) -> bool {
    element.matches(":focus-visible").unwrap_or(false)
        || element.query_selector(":focus-visible").is_ok_and(|found| found.is_some())
}

/// Focuses an element without scrolling, after the current task: a focus listener could otherwise run while a view
/// shows.
pub fn focus_soon(element: &HtmlElement) {
    let element = element.clone();
    after(0, move || {
        let unmoved = FocusOptions::new();
        unmoved.set_prevent_scroll(true);
        let _ = element.focus_with_options(&unmoved);
    });
}

/// True if the whole height of an element is visible: it is shown, in the window, and no scroll container clips it.
pub fn is_in_view(element: &Element) -> bool {
    let own = element.get_bounding_client_rect();
    let mut rooms = std::iter::successors(element.parent_element(), |room| room.parent_element());
    let window_px = document().document_element().map_or(0, |page| page.client_height());
    own.height() > 0.0
        && own.top() >= -1.0
        && own.bottom() <= f64::from(window_px) + 1.0
        && rooms.all(|room| {
            let room = room.get_bounding_client_rect();
            // A container without a box of its own (display: contents) clips nothing.
            room.height() == 0.0 || own.top() >= room.top() - 1.0 && own.bottom() <= room.bottom() + 1.0
        })
}

/// The element to which an event was sent, as the type that it must be.
pub fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// The frame clock, in milliseconds.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The page's localStorage; none where the browser denies it.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The storage of this tab alone, which a reload keeps; none where the browser denies it.
pub fn tab_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// True if a media query matches now.
pub fn media_matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}
