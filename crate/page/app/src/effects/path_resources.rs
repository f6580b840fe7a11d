//! The resources of the page that the editor of paths needs beside its model: names of instruments, and the clipboard.
//! Decides nothing.

use js_sys::Promise;
use play::tone_domain::ToneDomain;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::effects::link;
use crate::effects::panels::PanelPort;

#[wasm_bindgen]
impl PanelPort {
    /// Copies the address of the page with a fragment, or shows it in the address bar; resolves to true if it is
    /// copied.
    #[wasm_bindgen(js_name = copyLink)]
    pub fn copy_link(&self, fragment: &str) -> Promise {
        let address = link::with_fragment(fragment);
        future_to_promise(async move { Ok(link::copy(&address).await.into()) })
    }

    /// The name of the instrument of a number, 0 for amSynth; undefined if there is no such instrument.
    pub fn instrument(&self, number: u8) -> Option<String> {
        if number == 0 {
            return Some("amSynth".to_owned());
        }
        Some(self.app().language().domain(ToneDomain::of_number(number)?).to_owned())
    }
}
