//! The page as one thing: what a person does with it, and what a frame shows. It joins hand, sound,
//! pad, words and tabs, which do not know each other. An element in somebody else's page is the same
//! with other tabs.
//!
//! The way of one finger: `press` → the hand decides → the sound performs; `slide` only stores; each
//! frame leads the sound to the hand's places, then draws pad and words.
//!
//! [`Page`] is what all listeners hold. Its methods stand in `fingers` (touches), `sounding` (the
//! sound and its state) and `doing` (what can be undone).

mod doing;
mod fingers;
mod frame;
mod keep;
mod sounding;

pub use doing::with_held;

use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;
use std::rc::Rc;

use ::patch::Patch;
use js_sys::{ArrayBuffer, Function};
use plane::coordinates::Coordinates;
use plane::map::Map;
use plane::presets::Presets;
use play::{History, Notes, Point, Session, State};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::dom;
use crate::ghost::Ghosts;
use crate::hand::{Finger, Hand};
use crate::here::Here;
use crate::load::Assets;
use crate::notice::Notice;
use crate::outlet::Outlet;
use crate::pad::Pad;
use crate::root::Root;
use crate::sound::AudioOutput;
use crate::strings::Language;
use crate::tabs::Tab;
use crate::trouble::Trouble;

/// Everything on the page. Cheap to clone; all clones are the same page.
#[derive(Clone)]
pub struct Page(Rc<RefCell<Parts>>);

struct Parts {
    root: Root,
    language: Language,
    assets: Assets,
    history: History<State>,
    hand: Hand,
    /// The fingers that landed on a landmark or a dot and have not slid away, with where they landed.
    resting: Vec<(Finger, Point)>,
    ghosts: Ghosts,
    sound: Option<AudioOutput>,
    /// Where the sound goes; none: to the loudspeaker.
    outlet: Option<Outlet>,
    /// The bytes of the decoder that a person brought, in place of the page's own.
    decoder: Option<ArrayBuffer>,
    /// Why the sound refused it, until another one is brought.
    refused_decoder: Option<String>,
    /// Whether the node is there and a touch will be heard once the context runs.
    prepared: bool,
    /// Whether the decoder is there, and what is heard is that of the very point.
    decodes: bool,
    /// Whether the worklet itself has said so.
    is_confirmed: bool,
    /// Whether the sound was awake once in this visit.
    has_run: bool,
    /// Whether the node had a fault: it plays on as it can, and the next try makes it anew.
    faulty: bool,
    known: Option<Rc<Coordinates>>,
    presets: Option<Rc<Presets>>,
    pad: Pad,
    here: Here,
    tabs: Vec<Box<dyn Tab>>,
    notice: Notice,
    gain: f32,
    /// The most voices of each part of the sound; 0: one for each key.
    voice_limit: u8,
    /// The keys that are down at your place, with their velocities: of keyboards, not of touches.
    keys: BTreeMap<u8, u8>,
    /// What the worklet was last told, to tell it of changes alone.
    told: Told,
    /// What part 0 was last decoded to.
    decoded: Option<Box<Patch>>,
    /// The place that the words were last about.
    shown: Option<Point>,
    /// Whether they said that the patch was edited.
    edited: bool,
    /// Whether something is new that a person waits to see.
    news: bool,
    /// Whether place or sound have moved on since the words were last about them.
    drifted: bool,
    /// When the words were last written.
    said_ms: f64,
    frame: Option<Function>,
    frame_asked: bool,
    last_frame_ms: f64,
    /// Whether the free mouse has been stopped by a click.
    frozen: bool,
    /// Whether a change waits to be kept for the next visit.
    keeping: bool,
    /// The visit as it was last read or kept: whatever differs from it since was done in this copy of the page.
    kept: Session,
    /// Whether the person knows that nothing is kept.
    told_not_kept: bool,
}

/// What the worklet was last told.
#[derive(Default)]
struct Told {
    patch: Option<Box<Patch>>,
    notes: Option<Notes>,
}

impl Page {
    /// Our own page, as the last visit left it; nothing is loaded yet.
    ///
    /// # Errors
    /// If it lacks an element.
    pub fn open(assets: Assets, language: Language) -> Result<Self, Trouble> {
        Self::find(Root::page(), assets, language, &keep::last_visit(), None)
    }

    /// An element in somebody else's page, whose graph the sound goes to. It keeps nothing.
    ///
    /// # Errors
    /// If it lacks an element.
    pub fn embed(root: Root, assets: Assets, language: Language, outlet: Outlet) -> Result<Self, Trouble> {
        Self::find(root, assets, language, &Session::default(), Some(outlet))
    }

    fn find(
        root: Root,
        assets: Assets,
        language: Language,
        session: &Session,
        outlet: Option<Outlet>,
    ) -> Result<Self, Trouble> {
        let mut hand = Hand::default();
        hand.step_to(session.state.place);
        hand.set_notes(session.state.notes);
        let mut pad = Pad::find(&root)?;
        pad.set_layer(session.layer.into());
        pad.options = session.options;
        let page = Self(Rc::new(RefCell::new(Parts {
            here: Here::find(&root)?,
            notice: Notice::find(&root, &language)?,
            root,
            language,
            assets,
            history: History::new(session.state.clone()),
            hand,
            resting: Vec::new(),
            ghosts: Ghosts::of(session),
            sound: None,
            outlet,
            decoder: None,
            refused_decoder: None,
            prepared: false,
            decodes: false,
            is_confirmed: false,
            has_run: false,
            faulty: false,
            known: None,
            presets: None,
            pad,
            tabs: Vec::new(),
            gain: 1.0,
            voice_limit: 0,
            keys: BTreeMap::new(),
            told: Told::default(),
            decoded: None,
            shown: None,
            edited: false,
            news: true,
            drifted: false,
            said_ms: 0.0,
            frame: None,
            frame_asked: false,
            last_frame_ms: 0.0,
            frozen: false,
            keeping: false,
            kept: session.clone(),
            told_not_kept: false,
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

    /// Where its elements stand.
    pub fn root(&self) -> Root {
        self.parts().root.clone()
    }

    /// What it speaks.
    pub fn language(&self) -> Language {
        self.parts().language.clone()
    }

    /// Its files.
    pub fn assets(&self) -> Assets {
        self.parts().assets.clone()
    }

    /// Ends it: silent at once, without listeners, and never drawn again.
    pub fn end(&self) {
        self.panic();
        let parts = &mut *self.parts();
        parts.root.end();
        // The frame and the listeners own clones of the page; without them it can go.
        parts.frame = None;
        parts.tabs.clear();
        if let Some(sound) = parts.sound.take() {
            sound.close();
        }
    }

    // ---- Pad ----

    /// The canvas, to listen on.
    pub fn canvas(&self) -> HtmlCanvasElement {
        self.parts().pad.canvas().clone()
    }

    /// What is seen of the pad, from what is behind to what is in front: canvases of the same size.
    pub fn pictures(&self) -> [HtmlCanvasElement; 2] {
        self.parts().pad.pictures()
    }

    /// Does something with the pad, and draws it anew.
    pub fn with_pad<T>(&self, act: impl FnOnce(&mut Pad) -> T) -> T {
        let parts = &mut *self.parts();
        parts.change();
        act(&mut parts.pad)
    }

    /// What the plane sounds like arrived.
    pub fn set_map(&self, map: Option<Map>) {
        let parts = &mut *self.parts();
        parts.pad.set_map(map);
        parts.change();
    }

    /// The known patches arrived.
    pub fn set_known(&self, known: Coordinates) {
        let parts = &mut *self.parts();
        let known = Rc::new(known);
        parts.pad.set_known(Rc::clone(&known));
        parts.known = Some(known);
        parts.shown = None;
        parts.change();
        parts.settle();
    }

    /// The known patches, if they are here.
    pub fn known(&self) -> Option<Rc<Coordinates>> {
        self.parts().known.clone()
    }

    /// The presets themselves arrived.
    pub fn set_presets(&self, presets: Presets) {
        let parts = &mut *self.parts();
        parts.presets = Some(Rc::new(presets));
        parts.shown = None;
        parts.change();
    }

    /// The presets themselves, if they are here.
    pub fn presets(&self) -> Option<Rc<Presets>> {
        self.parts().presets.clone()
    }

    // ---- Tabs ----

    /// Takes a tab, to be told of every change from now on.
    pub fn add_tab(&self, tab: Box<dyn Tab>) {
        let parts = &mut *self.parts();
        parts.tabs.push(tab);
        parts.change();
    }
}

impl Parts {
    /// Something changed that a frame or a tab may show.
    fn change(&mut self) {
        self.news = true;
        self.ask_frame();
    }

    /// Place or sound moved on: the next frame draws it, the words follow as fast as one can read.
    fn drift(&mut self) {
        self.drifted = true;
        self.ask_frame();
    }

    fn ask_frame(&mut self) {
        let Some(frame) = self.frame.as_ref().filter(|_| !self.frame_asked) else { return };
        self.frame_asked = dom::window().request_animation_frame(frame).is_ok();
    }
}
