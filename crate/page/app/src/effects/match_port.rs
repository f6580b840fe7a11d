//! The page as every script that shows itself may use it: its volume, its files, and the program of a worker.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::GainNode;

use crate::app::App;
use crate::effects::panels;

/// The page, as such a script sees it.
#[wasm_bindgen]
pub struct MatchPort(App);

impl MatchPort {
    /// Of a page.
    pub fn new(app: &App) -> Self {
        Self(app.clone())
    }
}

#[wasm_bindgen]
impl MatchPort {
    /// The volume node, to which every sound goes; undefined without a sound.
    pub fn volume(&self) -> Option<GainNode> {
        self.0.executor().with_audio(|audio| audio.volume().clone())
    }

    /// The address of a file.
    pub fn address(&self, name: &str) -> String {
        self.0.executor().assets().address(name)
    }

    /// A promise of what a search's worker needs: its module, the address of its script, and that of its program. Rejects
    /// with a sentence.
    pub fn program(&self) -> Promise {
        panels::program(&self.0)
    }
}
