//! Where the program's elements stand: our own page, or an element in somebody else's. It finds them
//! by id, marks states for style sheets, and ends every listener at once when the element goes. Knows
//! no meaning of what it finds.

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

/// When a listener is called, besides being called as long as the root lives.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListenOptions {
    /// Before any element inside of the target sees the event.
    pub first: bool,
    /// It may prevent what the browser would do, even where browsers scroll without asking.
    pub preventing: bool,
}

impl Root {
    /// Our own page, all of it.
    pub fn page() -> Self {
        let element = dom::document().document_element().and_then(|root| root.dyn_into().ok());
        Self::new(element.expect("the program runs in an HTML page"), false)
    }

    /// An element in somebody else's page.
    pub fn embedded(element: HtmlElement) -> Self {
        Self::new(element, true)
    }

    fn new(element: HtmlElement, embedded: bool) -> Self {
        let life = AbortController::new().expect("its constructor has no arguments to refuse");
        Self { element, embedded, life }
    }

    /// Whether the page around is somebody else's: its keys, wheel and storage are not ours.
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

    /// Whether any element matches a selector.
    pub fn contains(&self, selector: &str) -> bool {
        self.element.query_selector(selector).is_ok_and(|found| found.is_some())
    }

    /// Sets `data-name`, which the style sheet and tests look at.
    pub fn set_data(&self, name: &str, value: &str) {
        // Fails for names with a hyphen before a lower-case letter alone, and ours are fixed.
        let _ = self.element.dataset().set(name, value);
    }

    /// Where gestures and keys are meant for us: everywhere on our own page, else inside alone.
    pub fn ours(&self) -> EventTarget {
        if self.embedded { self.element.clone().into() } else { dom::window().into() }
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

    /// The same in a certain manner.
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
        // Refused for nothing that has a valid signal.
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            kind,
            &dom::handler(handle),
            &options,
        );
    }

    /// Calls `act` when it ends.
    pub fn at_end(&self, mut act: impl FnMut() + 'static) {
        let options = AddEventListenerOptions::new();
        // What is kept beyond the end could keep all of the page alive.
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
