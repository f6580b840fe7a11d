//! The part of the page that searches for patches that sound like a given sound, `match.js`, as the program sees it.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;
use web_sys::File;

#[wasm_bindgen]
extern "C" {
    /// What `match.js` has built.
    #[derive(Clone)]
    pub type MatchScript;

    /// Shows the search: its run; whether it goes on; the chosen strand; what is heard, −1 for the target or a strand;
    /// how it plays, as a position in `MatchPlaying`; what the next run keeps, bit by bit; whether the chosen patch is the
    /// current one; and for each strand its renders, its done share, its distance, and where its mark is on the pad, x and y
    /// in CSS pixels. Not-a-number is what a strand has not, or what is not shown.
    #[wasm_bindgen(method)]
    #[allow(clippy::too_many_arguments)]
    pub fn show(
        this: &MatchScript,
        run: u32,
        is_running: bool,
        chosen: u32,
        heard: i32,
        playing: u8,
        kept: u8,
        is_current: bool,
        strands: &[f32],
    );

    /// Takes a file that a person has dropped or opened elsewhere on the page.
    #[wasm_bindgen(method, js_name = takeFile)]
    pub fn take_file(this: &MatchScript, file: &File);
}

/// The script, once it is loaded.
#[derive(Default)]
pub struct SoundMatcher {
    script: RefCell<Option<MatchScript>>,
    is_opening: Cell<bool>,
    /// The last file that was given while it loads.
    held: RefCell<Option<File>>,
}

impl SoundMatcher {
    /// The script, if it is loaded.
    pub fn script(&self) -> Option<MatchScript> {
        self.script.borrow().clone()
    }

    /// Whether to load it now: it is neither loaded nor on its way.
    pub fn try_open(&self) -> bool {
        self.script().is_none() && !self.is_opening.replace(true)
    }

    /// Keeps a file for the script.
    pub fn hold(&self, file: File) {
        self.held.replace(Some(file));
    }

    /// The file that the script has not taken yet.
    pub fn take_held(&self) -> Option<File> {
        self.held.take()
    }

    /// The script is loaded, or could not be loaded; then what was kept for it is lost.
    pub fn set_script(&self, script: Option<MatchScript>) {
        self.is_opening.set(false);
        if script.is_none() {
            self.held.take();
        }
        self.script.replace(script);
    }
}
