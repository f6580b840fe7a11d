//! The drawer with the keys of the screen, and the computer's keyboard as one: draws the keys, follows pointers over
//! them (glissando, several at once) and typed letters, and shows which keys are down. `play` decides which notes
//! sound.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use play::State;
use play::action::{Action, KeyAction, PageAction};
use play::error::AppError;
use play::held_keys::KeyHolder;
use play::velocity::USUAL_VELOCITY;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, Node, PointerEvent, ResizeObserver};

use super::layout::{BLACK_WIDTH, KeyShape, KeyboardLayout};
use super::typing;
use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::on_click;
use crate::views::controls::{is_chosen, is_typed};

/// How long a press without a pointer sounds, in milliseconds.
const CLICK_MS: i32 = 500;
/// The farthest octave shift.
const FARTHEST: i8 = 5;

/// The keyboard. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct KeyboardView(Rc<KeyboardParts>);

struct KeyboardParts {
    app: App,
    drawer: HtmlElement,
    board: HtmlElement,
    range: Element,
    layout: RefCell<KeyboardLayout>,
    keys: RefCell<Vec<KeyElement>>,
    octaves_up: Cell<i8>,
    /// The way of the drawer downwards under a pointer, as a share of the page's height.
    drag: Cell<Option<f64>>,
}

/// A key on the screen.
struct KeyElement {
    key: u8,
    element: HtmlElement,
    is_down: bool,
}

impl KeyboardView {
    /// Finds its elements and follows pointers and letters.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let keyboard = Self(Rc::new(KeyboardParts {
            app: app.clone(),
            drawer: root.element("keys")?,
            board: root.element("keyboard")?,
            range: root.element("keys-range")?,
            layout: RefCell::default(),
            keys: RefCell::default(),
            octaves_up: Cell::default(),
            drag: Cell::default(),
        }));
        if root.contains("#keys-close") && !root.is_embedded() {
            on_click(app, "keys-close", |app| app.dispatch(Action::Page(PageAction::ToggleKeys)))?;
        }
        keyboard.follow_size();
        keyboard.follow_pointers();
        keyboard.follow_clicks();
        keyboard.follow_typing();
        for (id, step) in [("octave-down", -1), ("octave-up", 1)] {
            let owned = keyboard.clone();
            on_click(app, id, move |_| owned.shift(step))?;
        }
        Ok(keyboard)
    }

    fn dispatch(&self, action: KeyAction) {
        self.0.app.dispatch(Action::Key(action, dom::now_ms()));
    }

    fn follow_size(&self) {
        let owned = self.clone();
        let resized = Closure::<dyn FnMut()>::new(move || owned.lay_out());
        if let Ok(observer) = ResizeObserver::new(resized.into_js_value().unchecked_ref()) {
            observer.observe(&self.0.board);
            self.0.app.root().at_end(move || observer.disconnect());
        }
        self.lay_out();
    }

    fn lay_out(&self) {
        let parts = &*self.0;
        let width = f64::from(parts.board.client_width());
        let layout = KeyboardLayout::new(width, parts.octaves_up.get());
        if width <= 0.0 || *parts.layout.borrow() == layout {
            return;
        }
        // A key whose element is gone receives no release.
        self.dispatch(KeyAction::ReleasePressed);
        parts.board.set_text_content(None);
        let keys = layout.keys.iter().map(|shape| self.add_key(shape, layout.whites));
        *parts.keys.borrow_mut() = keys.collect();
        let range = parts.app.language().key_range(layout.lowest(), layout.highest());
        parts.range.set_text_content(Some(&range));
        *parts.layout.borrow_mut() = layout;
    }

    fn add_key(&self, shape: &KeyShape, whites: usize) -> KeyElement {
        let language = self.0.app.language();
        let class = if shape.is_black { "black" } else { "white" };
        let element: HtmlElement = dom::create("button", class).unchecked_into();
        let share = |units: f64| format!("{:.4}%", 100.0 * units / whites as f64);
        let width = if shape.is_black { BLACK_WIDTH } else { 1.0 };
        // By CSSOM, since a strict style-src blocks the style attribute.
        let _ = element.style().set_property("left", &share(shape.left));
        let _ = element.style().set_property("width", &share(width));
        let _ = element.set_attribute("type", "button");
        let _ = element.set_attribute("aria-label", &language.key_name(shape.key));
        // Reached by the arrow keys of a screen reader; letters play them anyway.
        element.set_tab_index(-1);
        if shape.key.is_multiple_of(12) {
            element.set_text_content(Some(&language.key_name(shape.key)));
        }
        dom::append(&self.0.board, &element);
        KeyElement { key: shape.key, element, is_down: false }
    }

    fn follow_pointers(&self) {
        let (root, board) = (self.0.app.root(), &self.0.board);
        let owned = self.clone();
        root.listen(board, "pointerdown", move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some((key, velocity)) = owned.key_under(&event) {
                // Keeps the focus, so that letters keep playing.
                event.prevent_default();
                let _ = owned.0.board.set_pointer_capture(event.pointer_id());
                owned.dispatch(KeyAction::Press(KeyHolder::Pointer(event.pointer_id()), key, velocity));
            }
        });
        let owned = self.clone();
        root.listen(board, "pointermove", move |event: PointerEvent| {
            if let Some((key, velocity)) = owned.key_under(&event) {
                owned.dispatch(KeyAction::Slide(KeyHolder::Pointer(event.pointer_id()), key, velocity));
            }
        });
        for kind in ["pointerup", "pointercancel", "lostpointercapture"] {
            let owned = self.clone();
            root.listen(board, kind, move |event: PointerEvent| {
                owned.dispatch(KeyAction::Release(KeyHolder::Pointer(event.pointer_id())));
            });
        }
        root.listen(board, "contextmenu", |event: Event| event.prevent_default());
    }

    fn key_under(&self, event: &PointerEvent) -> Option<(u8, u8)> {
        let board = self.0.board.get_bounding_client_rect();
        let across = (f64::from(event.client_x()) - board.left()) / board.width();
        let down = (f64::from(event.client_y()) - board.top()) / board.height();
        let (key, along) = self.0.layout.borrow().key_at(across, down)?;
        let velocity_from = self.0.app.state().notes().velocity_from;
        Some((key, velocity_from.velocity(along as f32, event.pressure())))
    }

    /// Presses by assistive technology. One listener for all keys, which are rebuilt with every resize.
    fn follow_clicks(&self) {
        let owned = self.clone();
        self.0.app.root().listen(&self.0.board, "click", move |event: MouseEvent| {
            // Pointer events have handled clicks by pointers.
            if event.detail() != 0 {
                return;
            }
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            let key = {
                let keys = owned.0.keys.borrow();
                keys.iter().find(|key| key.element.contains(target.as_ref())).map(|key| key.key)
            };
            if let Some(key) = key {
                owned.dispatch(KeyAction::Press(KeyHolder::Click, key, USUAL_VELOCITY));
                let owned = owned.clone();
                dom::after(CLICK_MS, move || owned.dispatch(KeyAction::Release(KeyHolder::Click)));
            }
        });
    }

    fn follow_typing(&self) {
        let root = self.0.app.root();
        let owned = self.clone();
        root.listen(&root.ours(), "keydown", move |event: KeyboardEvent| {
            let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
            let is_text = is_typed(&event) || is_chosen(&event) || !owned.0.app.root().is_own(&event);
            if event.repeat() || has_modifier || is_text {
                return;
            }
            let code = event.code();
            if let Some(step) = typing::octave_step(&code) {
                owned.shift(step);
            } else if let Some(key) = typing::key_of(&code, owned.0.octaves_up.get()) {
                event.prevent_default();
                owned.dispatch(KeyAction::Press(KeyHolder::Typed(code), key, USUAL_VELOCITY));
            }
        });
        let owned = self.clone();
        root.listen(&root.ours(), "keyup", move |event: KeyboardEvent| {
            owned.dispatch(KeyAction::Release(KeyHolder::Typed(event.code())));
        });
    }

    fn show_drawer(&self, is_open: bool) {
        let parts = &*self.0;
        if parts.drawer.hidden() != is_open {
            return;
        }
        if let Ok(opener) = parts.app.root().element("keys-open") {
            dom::set_hidden(&parts.drawer, !is_open, &opener);
        } else {
            parts.drawer.set_hidden(!is_open);
        }
        parts.app.root().set_data("keys", if is_open { "open" } else { "closed" });
    }

    fn show_drag(&self, drag: Option<f64>) {
        if self.0.drag.replace(drag) != drag {
            // By CSSOM, since a strict style-src blocks the style attribute.
            let down = format!("{:.2}dvh", 100.0 * drag.unwrap_or(0.0));
            let _ = self.0.drawer.style().set_property("--drag", &down);
        }
    }

    fn shift(&self, step: i8) {
        let parts = &*self.0;
        let (before, lowest) = (parts.octaves_up.get(), parts.layout.borrow().lowest());
        parts.octaves_up.set((before + step).clamp(-FARTHEST, FARTHEST));
        self.lay_out();
        // Keys that are not shown are laid out once they are.
        if parts.board.client_width() > 0 && parts.layout.borrow().lowest() == lowest {
            // At the end of MIDI's range the shift does not grow.
            parts.octaves_up.set(before);
        }
    }
}

impl View for KeyboardView {
    fn show(&mut self, state: &State) {
        // An element that has keys has no button for them.
        let is_open = state.page.are_keys_open || state.page.is_embedded;
        self.show_drawer(is_open);
        self.show_drag(state.page.keys_drag);
        for key in self.0.keys.borrow_mut().iter_mut() {
            let is_down = state.keys.is_down(key.key);
            if std::mem::replace(&mut key.is_down, is_down) != is_down {
                let _ = key.element.class_list().toggle_with_force("down", is_down);
            }
        }
    }
}
