//! The keyboard on the screen, and the computer's as one: draws the keys, follows fingers over them
//! (glissando, several at once) and typed letters, and shows what is down, whoever plays it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver};

use super::layout::{BLACK_WIDTH, Layout};
use super::player::{Holder, Player};
use super::typing;
use crate::dom::{self, listen, window};
use crate::keys::{is_chosen, is_for_something_else, is_typed};
use crate::strings::Language;
use crate::trouble::AppError;

/// How long a press without a finger sounds, in milliseconds.
const CLICK_MS: i32 = 500;
/// Octaves from the usual ones.
const FARTHEST: i8 = 5;

/// The elements.
#[derive(Clone)]
pub struct Keyboard {
    language: Language,
    player: Player,
    board: HtmlElement,
    range: Element,
    layout: Rc<RefCell<Layout>>,
    keys: Rc<RefCell<Vec<(u8, HtmlElement)>>>,
    octaves_up: Rc<Cell<i8>>,
}

impl Keyboard {
    /// Finds its room and follows everything from now on.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(player: &Player, language: Language) -> Result<Self, AppError> {
        let keyboard = Self {
            language,
            player: player.clone(),
            board: dom::element("keyboard")?,
            range: dom::element("keys-range")?,
            layout: Rc::default(),
            keys: Rc::default(),
            octaves_up: Rc::default(),
        };
        dom::element::<HtmlElement>("keys")?.set_hidden(false);
        keyboard.follow_size();
        keyboard.follow_pointers();
        keyboard.follow_typing();
        keyboard.follow_octaves("octave-down", -1)?;
        keyboard.follow_octaves("octave-up", 1)?;
        let shown = keyboard.clone();
        player.on_change(move |keys| {
            for (key, element) in shown.keys.borrow().iter() {
                let _ = element.class_list().toggle_with_force("down", keys.is_down(*key));
            }
        });
        Ok(keyboard)
    }

    fn follow_size(&self) {
        let owned = self.clone();
        let resized = Closure::<dyn FnMut()>::new(move || owned.lay_out());
        if let Ok(observer) = ResizeObserver::new(resized.into_js_value().unchecked_ref()) {
            observer.observe(&self.board);
            // It must live as long as the page.
            std::mem::forget(observer);
        }
        self.lay_out();
    }

    fn lay_out(&self) {
        let width = f64::from(self.board.client_width());
        let layout = Layout::new(width, self.octaves_up.get());
        if width <= 0.0 || *self.layout.borrow() == layout {
            return;
        }
        self.player.release_all();
        let language = &self.language;
        self.board.set_text_content(None);
        let whites = layout.whites as f64;
        let keys = layout.keys.iter().map(|key| {
            let element: HtmlElement =
                dom::create("button", if key.is_black { "black" } else { "white" }).unchecked_into();
            let share = |units: f64| format!("{:.4}%", 100.0 * units / whites);
            let width = if key.is_black { BLACK_WIDTH } else { 1.0 };
            // Through the object model, which a strict style-src allows.
            let _ = element.style().set_property("left", &share(key.left));
            let _ = element.style().set_property("width", &share(width));
            let _ = element.set_attribute("type", "button");
            let _ = element.set_attribute("aria-label", &language.key_name(key.key));
            // Reached by the arrow keys of a screen reader; letters play them anyway.
            element.set_tab_index(-1);
            if key.key % 12 == 0 {
                element.set_text_content(Some(&language.key_name(key.key)));
            }
            let player = self.player.clone();
            let pressed = key.key;
            listen(&element, "click", move |event: MouseEvent| {
                // Fingers and mice have been heard as pointers already.
                if event.detail() == 0 {
                    player.press(Holder::Click, pressed, typing::VELOCITY);
                    let player = player.clone();
                    dom::after(CLICK_MS, move || player.release(&Holder::Click));
                }
            });
            let _ = self.board.append_child(&element);
            (key.key, element)
        });
        *self.keys.borrow_mut() = keys.collect();
        self.range.set_text_content(Some(&language.key_range(layout.lowest(), layout.highest())));
        *self.layout.borrow_mut() = layout;
    }

    fn follow_pointers(&self) {
        let owned = self.clone();
        listen(&self.board, "pointerdown", move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some((key, velocity)) = owned.under(&event) {
                // Keeps the focus where it was: letters go on playing.
                event.prevent_default();
                let _ = owned.board.set_pointer_capture(event.pointer_id());
                owned.player.press(Holder::Pointer(event.pointer_id()), key, velocity);
            }
        });
        let owned = self.clone();
        listen(&self.board, "pointermove", move |event: PointerEvent| {
            if let Some((key, velocity)) = owned.under(&event) {
                owned.player.slide(Holder::Pointer(event.pointer_id()), key, velocity);
            }
        });
        for kind in ["pointerup", "pointercancel", "lostpointercapture"] {
            let player = self.player.clone();
            listen(&self.board, kind, move |event: PointerEvent| {
                player.release(&Holder::Pointer(event.pointer_id()));
            });
        }
        listen(&self.board, "contextmenu", |event: Event| event.prevent_default());
    }

    fn under(&self, event: &PointerEvent) -> Option<(u8, u8)> {
        let room = self.board.get_bounding_client_rect();
        let across = (f64::from(event.client_x()) - room.left()) / room.width();
        let down = (f64::from(event.client_y()) - room.top()) / room.height();
        self.layout.borrow().strike(across, down)
    }

    fn follow_typing(&self) {
        let owned = self.clone();
        listen(&window(), "keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                if !is_for_something_else(&event) {
                    owned.player.release_all();
                }
                return;
            }
            if event.repeat()
                || event.ctrl_key()
                || event.alt_key()
                || event.meta_key()
                || is_typed(&event)
                || is_chosen(&event)
            {
                return;
            }
            let code = event.code();
            if let Some(step) = typing::octave_step(&code) {
                owned.shift(step);
            } else if let Some(key) = typing::key_of(&code, owned.octaves_up.get()) {
                event.prevent_default();
                owned.player.press(Holder::Typed(code), key, typing::VELOCITY);
            }
        });
        let player = self.player.clone();
        listen(&window(), "keyup", move |event: KeyboardEvent| player.release(&Holder::Typed(event.code())));
    }

    fn follow_octaves(&self, id: &'static str, step: i8) -> Result<(), AppError> {
        let owned = self.clone();
        listen(&dom::element(id)?, "click", move |_: Event| owned.shift(step));
        Ok(())
    }

    fn shift(&self, step: i8) {
        let before = self.layout.borrow().lowest();
        let octaves_up = (self.octaves_up.get() + step).clamp(-FARTHEST, FARTHEST);
        self.octaves_up.set(octaves_up);
        self.lay_out();
        if self.layout.borrow().lowest() == before {
            // At the end of MIDI's keys: what is not shown is not counted either.
            self.octaves_up.set(octaves_up - step);
        }
    }
}
