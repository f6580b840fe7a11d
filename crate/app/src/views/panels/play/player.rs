//! Who plays keys (fingers on the keyboard, typed keys, MIDI), as one: everything goes through here to
//! the place where you are, part 0, and all let go together.

use std::cell::RefCell;
use std::rc::Rc;

use play::keys::{Act, Keys};
use web_sys::Event;

use crate::dom::{self, listen, window};
use crate::page::Page;

/// Who holds a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Holder {
    /// A pointer on the screen's keyboard.
    Pointer(i32),
    /// A key of the computer's keyboard, by its code.
    Typed(String),
    /// A key of a MIDI keyboard.
    Midi(u8),
    /// A press without a finger, as assistive technology does it.
    Click,
}

/// Who wants to know what is down.
type Watcher = Box<dyn Fn(&Keys<Holder>)>;

/// Cheap to clone; all clones are the same player.
#[derive(Clone)]
pub struct Player {
    page: Page,
    keys: Rc<RefCell<Keys<Holder>>>,
    watchers: Rc<RefCell<Vec<Watcher>>>,
}

impl Player {
    /// Lets all keys go whenever the page is left.
    pub fn new(page: &Page) -> Self {
        let player = Self { page: page.clone(), keys: Rc::default(), watchers: Rc::default() };
        for kind in ["blur", "pagehide"] {
            let owned = player.clone();
            listen(&window(), kind, move |_: Event| owned.release_all());
        }
        let owned = player.clone();
        listen(&dom::document(), "visibilitychange", move |_: Event| owned.release_all());
        player
    }

    /// Calls `act` after every change of what is down.
    pub fn on_change(&self, act: impl Fn(&Keys<Holder>) + 'static) {
        self.watchers.borrow_mut().push(Box::new(act));
    }

    /// A key goes down. The gesture also wakes a sleeping sound.
    pub fn press(&self, holder: Holder, key: u8, velocity: u8) {
        self.page.wake();
        let acts = self.keys.borrow_mut().press(holder, key, velocity, self.page.state().notes.is_legato());
        self.perform(acts);
    }

    /// A finger slides: the key under it goes down unless it is the one it holds.
    pub fn slide(&self, holder: Holder, key: u8, velocity: u8) {
        let held = self.keys.borrow().held_by(&holder);
        if held.is_some_and(|held| held != key) {
            self.press(holder, key, velocity);
        }
    }

    /// A key goes up.
    pub fn release(&self, holder: &Holder) {
        let act = self.keys.borrow_mut().release(holder);
        self.perform(act);
    }

    /// Whether keys sound on when they are let go.
    pub fn set_latch(&self, latch: bool) {
        let acts = self.keys.borrow_mut().set_latch(latch);
        self.perform(acts);
    }

    /// All keys go up, latched ones too.
    pub fn release_all(&self) {
        let acts = self.keys.borrow_mut().release_all();
        self.perform(acts);
    }

    fn perform(&self, acts: impl IntoIterator<Item = Act>) {
        for act in acts {
            match act {
                Act::On { key, velocity } => self.page.note_on(key, velocity),
                Act::Off { key } => self.page.note_off(key),
            }
        }
        let keys = self.keys.borrow();
        for act in self.watchers.borrow().iter() {
            act(&keys);
        }
    }
}
