//! The page as one thing: what happens when a finger presses, slides and lifts, and what a frame
//! shows of it. It joins hand, sound, pad and readouts, which do not know each other.
//!
//! The way of one finger: `press` → the hand decides → the sound performs; `slide` only stores; each
//! frame leads the sound to the hand's place, then draws pad and words.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use js_sys::Function;
use latent::coordinates::Coordinates;
use patch::Patch;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::dom;
use crate::hand::{Act, Finger, Hand};
use crate::here::Here;
use crate::load::Loaded;
use crate::notice::Notice;
use crate::pad::view::Point;
use crate::pad::{Pad, You};
use crate::sound::{Sound, code};
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// How long the tap that wakes the sound is heard, in milliseconds.
const WAKE_TAP_MS: i32 = 400;
/// How long such a tap waits for the sound to wake, in milliseconds; later it would surprise.
const WAKE_PATIENCE_MS: i32 = 1500;
/// Your ring below this height, in latent units, would lie under the legend.
const LEGEND_TOP: f32 = -3.0;

/// Everything on the page. Cheap to clone; all clones are the same page.
#[derive(Clone)]
pub struct Page(Rc<RefCell<Parts>>);

struct Parts {
    hand: Hand,
    sound: Option<Sound>,
    /// Whether the node is there and a touch will be heard once the context runs.
    prepared: bool,
    /// Whether the node had a fault: it plays on as it can, and the next try makes it anew.
    faulty: bool,
    known: Option<Coordinates>,
    pad: Pad,
    here: Here,
    tabs: Vec<Box<dyn Tab>>,
    notice: Notice,
    gain: f32,
    /// The place that sound and readouts were last led to.
    shown: Option<Point>,
    /// What part 0 sounds like, as the worklet last said.
    patch: Option<Box<Patch>>,
    /// Whether the tabs have not been told of something new.
    news: bool,
    frame: Option<Function>,
    frame_asked: bool,
}

impl Page {
    /// Finds all elements; nothing is loaded yet.
    pub fn find() -> Result<Self, Trouble> {
        let page = Self(Rc::new(RefCell::new(Parts {
            hand: Hand::default(),
            sound: None,
            prepared: false,
            faulty: false,
            known: None,
            pad: Pad::find()?,
            here: Here::find()?,
            tabs: Vec::new(),
            notice: Notice::find()?,
            gain: 1.0,
            shown: None,
            patch: None,
            news: true,
            frame: None,
            frame_asked: false,
        })));
        let owned = page.clone();
        let frame = Closure::<dyn FnMut(f64)>::new(move |now_ms| owned.show_frame(now_ms));
        page.parts().frame = Some(frame.into_js_value().unchecked_into());
        page.parts().ask_frame();
        Ok(page)
    }

    fn parts(&self) -> RefMut<'_, Parts> {
        self.0.borrow_mut()
    }

    // ---- Fingers ----

    /// A finger lands: the note starts there, now.
    pub fn press(&self, finger: Finger, point: Point) {
        let parts = &mut *self.parts();
        let act = parts.hand.press(finger, point);
        parts.perform(act);
        parts.pad.begin_trail();
    }

    /// A finger moves: the next frame follows.
    pub fn slide(&self, finger: Finger, point: Point) {
        let parts = &mut *self.parts();
        if parts.hand.holds(finger) {
            parts.hand.slide(finger, point);
            parts.ask_frame();
        }
    }

    /// A finger lifts: the note ends. If it tapped while the sound was asleep, the tap is heard now.
    pub fn lift(&self, finger: Finger) {
        let unheard = {
            let parts = &mut *self.parts();
            let unheard = parts.prepared && parts.hand.holds(finger) && !parts.hand.is_audible();
            let act = parts.hand.lift(finger);
            parts.perform(act);
            unheard
        };
        if unheard {
            let place = self.place();
            self.press(Finger::WakeTap, place);
            self.lift_after(Finger::WakeTap, WAKE_PATIENCE_MS, |hand| !hand.is_audible());
        }
    }

    /// A finger is gone without having lifted.
    pub fn lose(&self, finger: Finger) {
        let parts = &mut *self.parts();
        let act = parts.hand.lift(finger);
        parts.perform(act);
    }

    /// All fingers are gone: lost focus, hidden page.
    pub fn lose_all(&self) {
        let parts = &mut *self.parts();
        let act = parts.hand.lift_all();
        parts.perform(act);
    }

    /// Ends every sound at once.
    pub fn panic(&self) {
        self.lose_all();
        if let Some(sound) = &mut self.parts().sound {
            sound.silence();
        }
    }

    /// Moves without a touch: keys and sliders.
    pub fn step_to(&self, point: Point) {
        let parts = &mut *self.parts();
        parts.hand.step_to(point);
        parts.ask_frame();
    }

    /// Where you are.
    pub fn place(&self) -> Point {
        self.parts().hand.place()
    }

    fn lift_after(&self, finger: Finger, milliseconds: i32, still: impl FnOnce(&Hand) -> bool + 'static) {
        let page = self.clone();
        dom::after(milliseconds, move || {
            if still(&page.parts().hand) {
                page.lose(finger);
            }
        });
    }

    // ---- Pad ----

    /// The canvas, to listen on.
    pub fn canvas(&self) -> HtmlCanvasElement {
        self.parts().pad.canvas().clone()
    }

    /// The point under a pixel of the canvas (CSS pixels from its corner).
    pub fn point_at(&self, x: f64, y: f64) -> Point {
        self.parts().pad.point_at(x, y)
    }

    /// The canvas has another size.
    pub fn resized(&self) {
        let parts = &mut *self.parts();
        parts.pad.set_resized();
        parts.ask_frame();
    }

    /// The known patches arrived.
    pub fn set_known(&self, known: Coordinates) {
        let parts = &mut *self.parts();
        let points = known.x.iter().zip(&known.y).map(|(&x, &y)| Point { x, y }).collect();
        parts.pad.set_known(points);
        parts.known = Some(known);
        parts.shown = None;
        parts.ask_frame();
        parts.settle();
    }

    /// Whether the known patches are here.
    pub fn has_known(&self) -> bool {
        self.parts().known.is_some()
    }

    // ---- Sound ----

    /// Takes an open context, still without a node; an older one is closed.
    pub fn set_sound(&self, sound: Sound) {
        let parts = &mut *self.parts();
        parts.prepared = false;
        parts.faulty = false;
        parts.shown = None;
        if let Some(old) = parts.sound.replace(sound) {
            old.close();
        }
    }

    /// Does something with the sound, if there is one.
    pub fn with_sound<T>(&self, act: impl FnOnce(&mut Sound) -> T) -> Option<T> {
        self.parts().sound.as_mut().map(act)
    }

    /// A touch will be heard from now on, as soon as the context runs.
    pub fn set_prepared(&self) {
        {
            let parts = &mut *self.parts();
            parts.prepared = true;
            // A new node stands in the middle until it is led here.
            parts.shown = None;
        }
        self.sound_changed();
        self.parts().settle();
    }

    /// Whether a touch will be heard, and well.
    pub fn has_sound(&self) -> bool {
        let parts = self.parts();
        parts.prepared && !parts.faulty
    }

    /// Asks a sleeping sound to wake. Must be called inside a user's gesture.
    pub fn wake(&self) {
        if let Some(sound) = self.parts().sound.as_ref().filter(|sound| !sound.is_running()) {
            sound.wake();
        }
    }

    /// The context may have fallen asleep or woken.
    pub fn sound_changed(&self) {
        let tapped = {
            let parts = &mut *self.parts();
            let running = parts.sound.as_ref().is_some_and(Sound::is_running);
            let act = parts.hand.set_audible(running && parts.prepared);
            parts.perform(act);
            parts.notice.show_sound(running, parts.prepared);
            act.is_some() && parts.hand.holds(Finger::WakeTap)
        };
        if tapped {
            self.lift_after(Finger::WakeTap, WAKE_TAP_MS, |_| true);
        }
    }

    /// Sets the volume as a factor of the amplitude, 0…1.
    pub fn set_gain(&self, gain: f32) {
        let parts = &mut *self.parts();
        parts.gain = gain;
        if let Some(sound) = &parts.sound {
            sound.set_volume(gain);
        }
    }

    /// The volume as a factor of the amplitude, 0…1.
    pub fn gain(&self) -> f32 {
        self.parts().gain
    }

    /// What part 0 sounds like now: the next frame shows it.
    pub fn set_patch(&self, patch: Box<Patch>) {
        let parts = &mut *self.parts();
        parts.patch = Some(patch);
        parts.change();
    }

    // ---- Tabs ----

    /// Takes a tab, to be told of every change from now on.
    pub fn add_tab(&self, tab: Box<dyn Tab>) {
        let parts = &mut *self.parts();
        parts.tabs.push(tab);
        parts.change();
    }

    /// Hands the tabs a message of the worklet.
    pub fn tell_tabs(&self, message: &JsValue) {
        for tab in &mut self.parts().tabs {
            tab.hear(message);
        }
    }

    /// Says an array of numbers to the worklet: a [`code`] and what follows it.
    pub fn send(&self, message: impl IntoIterator<Item = f64>) {
        if let Some(sound) = &self.parts().sound {
            sound.send(message);
        }
    }

    /// A key goes down at your place (part 0): key 0…127, velocity 1…127.
    pub fn note_on(&self, key: u8, velocity: u8) {
        self.send([code::NOTE_ON, key.into(), velocity.into(), 0.0]);
    }

    /// The key comes up.
    pub fn note_off(&self, key: u8) {
        self.send([code::NOTE_OFF, key.into(), 0.0, 0.0]);
    }

    /// What part 0 sounds like, as the worklet last said.
    pub fn patch(&self) -> Option<Patch> {
        self.parts().patch.as_deref().copied()
    }

    // ---- State ----

    /// Loading begins, or begins again.
    pub fn begin_loading(&self) {
        self.parts().notice.begin_loading();
    }

    /// So much has arrived.
    pub fn show_loaded(&self, loaded: Loaded) {
        self.parts().notice.show_loaded(loaded);
    }

    /// Tells a person what went wrong.
    pub fn report(&self, trouble: &Trouble) {
        self.parts().notice.show_trouble(trouble);
    }

    /// Tells of a fault of the sound, which plays on as it can.
    pub fn report_fault(&self, trouble: &Trouble) {
        self.parts().faulty = true;
        self.report(trouble);
    }

    /// The processor is silent for good: nothing is audible until it is made anew.
    pub fn stopped(&self, trouble: &Trouble) {
        self.parts().prepared = false;
        self.sound_changed();
        self.report(trouble);
    }

    // ---- Frame ----

    fn show_frame(&self, now_ms: f64) {
        let parts = &mut *self.parts();
        parts.frame_asked = false;
        parts.follow_hand(now_ms);
        if std::mem::take(&mut parts.news) {
            let now = Now {
                place: parts.hand.place(),
                patch: parts.patch.as_deref(),
                known: parts.known.as_ref(),
                sounding: parts.hand.is_sounding(),
            };
            for tab in &mut parts.tabs {
                tab.show(&now);
            }
        }
        let you = You {
            place: parts.hand.place(),
            touching: parts.hand.is_touching(),
            sounding: parts.hand.is_sounding(),
        };
        if !parts.hand.is_audible() {
            parts.notice.show_way_to_wake(you.touching);
        }
        // Nothing covers the map where it is played.
        if parts.known.is_some() {
            parts.notice.show_legend(you.touching || you.place.y < LEGEND_TOP);
        }
        if parts.pad.draw(&you, now_ms) {
            parts.ask_frame();
        }
    }
}

impl Parts {
    fn perform(&mut self, act: Option<Act>) {
        if let Some((act, sound)) = act.zip(self.sound.as_mut()) {
            sound.perform(act);
        }
        self.change();
    }

    /// Leads sound and readouts to where the hand is.
    fn follow_hand(&mut self, now_ms: f64) {
        let place = self.hand.place();
        if self.shown == Some(place) {
            return;
        }
        let moved = self.shown.replace(place).is_some();
        self.news = true;
        if let Some(sound) = &mut self.sound {
            sound.glide_to(place);
        }
        if self.hand.is_touching() && !dom::media_matches("(prefers-reduced-motion: reduce)") {
            self.pad.extend_trail(place, now_ms);
        }
        self.here.show(place, self.known.as_ref(), moved);
    }

    fn settle(&mut self) {
        if self.prepared && self.known.is_some() {
            self.notice.show_ready();
        }
    }

    /// Something changed that a tab may show.
    fn change(&mut self) {
        self.news = true;
        self.ask_frame();
    }

    fn ask_frame(&mut self) {
        let Some(frame) = self.frame.as_ref().filter(|_| !self.frame_asked) else { return };
        self.frame_asked = dom::window().request_animation_frame(frame).is_ok();
    }
}
