//! The root of the program's elements: our own page, or an element of a host page. Finds elements by id, sets state
//! attributes for style sheets, and removes every listener when the element goes. Does not interpret what it finds.

use wasm_bindgen::JsCast;
use web_sys::{AbortController, AddEventListenerOptions, Event, EventTarget, HtmlElement};

use crate::dom;
use play::error::AppError;

/// The element around everything. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Root {
    element: HtmlElement,
    embedded: bool,
    life: AbortController,
}

/// Options of a listener.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListenOptions {
    /// Capture: called before any element inside the target.
    pub first: bool,
    /// Not passive: may prevent the browser's default action, such as scrolling.
    pub preventing: bool,
}

impl Root {
    /// Our own page, all of it.
    pub fn page() -> Self {
        let element = dom::document().document_element().and_then(|root| root.dyn_into().ok());
        Self::new(element.expect("the program runs in an HTML page"), false)
    }

    /// An element of a host page.
    pub fn embedded(element: HtmlElement) -> Self {
        Self::new(element, true)
    }

    fn new(element: HtmlElement, embedded: bool) -> Self {
        let life = AbortController::new().expect("its constructor has no arguments to refuse");
        Self { element, embedded, life }
    }

    /// True if the root is an element of a host page, which owns the keys, the wheel and the storage.
    pub fn is_embedded(&self) -> bool {
        self.embedded
    }

    /// The element of an id, as the type that it must be.
    ///
    /// # Errors
    /// If there is none.
    pub fn element<T: JsCast>(&self, id: &'static str) -> Result<T, AppError> {
        let found = self.element.query_selector(&format!("#{id}")).ok().flatten();
        found.and_then(|element| element.dyn_into().ok()).ok_or(AppError::ElementMissing(id))
    }

    /// True if any element matches a selector.
    pub fn contains(&self, selector: &str) -> bool {
        self.element.query_selector(selector).is_ok_and(|found| found.is_some())
    }

    /// Sets `data-name`, which style sheets and tests read.
    pub fn set_data(&self, name: &str, value: &str) {
        // Fails only for names with a hyphen before a lower-case letter; ours are fixed.
        let _ = self.element.dataset().set(name, value);
    }

    /// True if a data attribute of the root element has this value.
    pub fn has_data(&self, name: &str, value: &str) -> bool {
        self.element.dataset().get(name).is_some_and(|own| own == value)
    }

    /// Where gestures and keys are ours: the whole document on our own page, otherwise only inside the element.
    pub fn ours(&self) -> EventTarget {
        if self.embedded { self.element.clone().into() } else { dom::window().into() }
    }

    /// True if an event comes from our own elements, not from content that a host page puts into its element.
    pub fn is_own(&self, event: &Event) -> bool {
        self.element.contains(dom::target(event).as_ref())
    }

    /// Calls `handle` for each event of a kind until [`Root::end`].
    pub fn listen<E: JsCast + 'static>(
        &self,
        target: &EventTarget,
        kind: &str,
        handle: impl FnMut(E) + 'static,
    ) {
        self.listen_as(ListenOptions::default(), target, kind, handle);
    }

    /// Like [`Root::listen`], with options.
    pub fn listen_as<E: JsCast + 'static>(
        &self,
        ListenOptions { first, preventing }: ListenOptions,
        target: &EventTarget,
        kind: &str,
        handle: impl FnMut(E) + 'static,
    ) {
        let options = AddEventListenerOptions::new();
        options.set_capture(first);
        options.set_signal(&self.life.signal());
        if preventing {
            options.set_passive(false);
        }
        // Cannot fail with a valid signal.
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            kind,
            &dom::handler(handle),
            &options,
        );
    }

    /// Calls `act` when the root ends.
    pub fn at_end(&self, mut act: impl FnMut() + 'static) {
        let options = AddEventListenerOptions::new();
        // A listener that outlives the root could keep the whole page in memory.
        options.set_once(true);
        let _ = self.life.signal().add_event_listener_with_callback_and_add_event_listener_options(
            "abort",
            &dom::handler(move |_: Event| act()),
            &options,
        );
    }

    /// Ends every listener.
    pub fn end(&self) {
        self.life.abort();
    }
}
