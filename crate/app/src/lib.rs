//! The page, and the same as an element in somebody else's page: it shows the latent plane, follows fingers and keys, and tells the worklet where they
//! are. It makes no sound itself and decodes nothing; the worklet does both.
//!
//! Start reading at `page`: the way of one finger. `prepare` loads, `pad` draws, `sound` speaks to
//! the worklet, `hand` decides who has the note, `tabs` holds what lies below the pad.
#![forbid(unsafe_code)]

mod analysis;
mod bars;
mod dom;
mod element;
mod files;
mod ghost;
mod glide;
mod hand;
mod here;
mod kept;
mod keys;
mod legend;
mod load;
mod midi;
mod notice;
mod outlet;
mod overload;
mod pad;
mod page;
mod playing;
mod prepare;
mod readout;
mod recording;
mod root;
mod second_finger;
mod sleep;
mod sound;
mod strings;
mod tabs;
mod tools;
mod trouble;

use js_sys::{Error, Function};
use wasm_bindgen::prelude::*;

use load::Assets;
use page::Page;
use root::Root;
use strings::Language;
use trouble::Trouble;

/// Brings our own page to life; the script of the page calls it once. `locate` answers the address of each
/// file by its name, see `load::Assets`; `words` are those of a language, see www/words/.
///
/// # Errors
/// If a word is missing: then there is no sentence to show.
#[wasm_bindgen]
pub fn start(locate: Function, words: &JsValue) -> Result<(), Error> {
    let language = Language::new(words)?;
    if let Err(trouble) = begin(Assets::new(locate), language.clone()) {
        notice::show_sentence(&Root::page(), &language.trouble(&trouble));
    }
    Ok(())
}

fn begin(assets: Assets, language: Language) -> Result<(), Trouble> {
    let page = Page::open(assets, language)?;
    pad::pointer::follow(&page);
    keys::follow(&page)?;
    page.add_tab(Box::new(legend::Legend::build(&page)?));
    page.add_tab(Box::new(tools::Tools::build(&page)?));
    tabs::build(&page)?;
    page.add_tab(Box::new(playing::Playing::follow(page.root())));
    prepare::follow_retry(&page)?;
    second_finger::follow(&page);
    sleep::follow(&page);
    overload::follow(&page);
    prepare::prepare(&page);
    Ok(())
}
