//! Fetches the page's files and counts what has arrived. Knows no meaning of what it fetches, nor
//! where it lies: whoever starts the program says so, and it is never taken from the page's address.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlMetaElement, ReadableStreamDefaultReader, Response};

use crate::dom;
use crate::trouble::Trouble;

/// One file on its way.
#[derive(Clone, Copy)]
struct Transfer {
    name: &'static str,
    loaded_bytes: f64,
    total_bytes: Option<f64>,
    is_here: bool,
}

/// How far all files together are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loaded {
    /// Bytes that have arrived, uncompressed.
    pub bytes: f64,
    /// The same as a share of all, if the size of every file is known.
    pub percent: Option<u32>,
    /// Whether every file is here to its last byte.
    pub all_here: bool,
}

/// Counts the bytes of a fixed set of files; one for the whole page.
pub struct Progress {
    transfers: RefCell<Vec<Transfer>>,
    changed: Box<dyn Fn(Loaded)>,
}

impl Progress {
    /// Counts these files and calls `changed` whenever some of them arrived.
    pub fn new(names: &[&'static str], changed: impl Fn(Loaded) + 'static) -> Self {
        let stated = stated_sizes();
        let transfers = names.iter().map(|&name| Transfer {
            name,
            loaded_bytes: 0.0,
            total_bytes: stated_size(&stated, name),
            is_here: false,
        });
        Self { transfers: RefCell::new(transfers.collect()), changed: Box::new(changed) }
    }

    fn update(&self, name: &str, update: impl FnOnce(&mut Transfer)) {
        if let Some(transfer) = self.transfers.borrow_mut().iter_mut().find(|transfer| transfer.name == name)
        {
            update(transfer);
        }
        let loaded = summary(&self.transfers.borrow());
        (self.changed)(loaded);
    }
}

fn summary(transfers: &[Transfer]) -> Loaded {
    let bytes: f64 = transfers.iter().map(|transfer| transfer.loaded_bytes).sum();
    let total: Option<f64> = transfers.iter().map(|transfer| transfer.total_bytes).sum();
    let percent =
        total.filter(|&total| total > 0.0).map(|total| (100.0 * bytes / total).clamp(0.0, 100.0) as u32);
    Loaded { bytes, percent, all_here: transfers.iter().all(|transfer| transfer.is_here) }
}

/// The sizes that the build wrote into the page: “name bytes, name bytes”.
fn stated_sizes() -> String {
    let found = dom::document().query_selector("meta[name=asset-bytes]").ok().flatten();
    found
        .and_then(|meta| meta.dyn_into::<HtmlMetaElement>().ok())
        .map(|meta| meta.content())
        .unwrap_or_default()
}

fn stated_size(stated: &str, name: &str) -> Option<f64> {
    let entry = stated.split(',').find_map(|entry| entry.trim().strip_prefix(name)?.strip_prefix(' '))?;
    entry.trim().parse().ok()
}

/// Where the page's files are. Cheap to clone; the one way to them.
#[derive(Clone)]
pub struct Assets {
    locate: Function,
}

impl Assets {
    /// `locate` answers the address of a file of this name: beside the script, or inside a page that
    /// carries all of them.
    pub fn new(locate: Function) -> Self {
        Self { locate }
    }

    /// Where a file is; its bare name if that is not known.
    pub fn address(&self, name: &str) -> String {
        let address = self.locate.call1(&JsValue::UNDEFINED, &name.into());
        address.ok().and_then(|address| address.as_string()).unwrap_or_else(|| name.to_owned())
    }

    /// A file as bytes.
    pub async fn bytes(&self, name: &'static str, progress: &Rc<Progress>) -> Result<ArrayBuffer, Trouble> {
        let response = self.fetch(name, progress).await?;
        read(name, response.array_buffer()).await
    }

    /// A JSON file as the value it stands for.
    pub async fn json(&self, name: &'static str, progress: &Rc<Progress>) -> Result<JsValue, Trouble> {
        let response = self.fetch(name, progress).await?;
        let text: JsValue = read(name, response.text()).await?;
        js_sys::JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| Trouble::FileBroken(name))
    }

    /// A WebAssembly file, compiled while it arrives.
    pub async fn module(
        &self,
        name: &'static str,
        progress: &Rc<Progress>,
    ) -> Result<WebAssembly::Module, Trouble> {
        let response = self.fetch(name, progress).await?;
        let compiling = WebAssembly::compile_streaming(&Promise::resolve(&JsValue::from(response)));
        if let Ok(module) = JsFuture::from(compiling).await {
            return Ok(module.unchecked_into());
        }
        // Servers that do not call it application/wasm, and broken transfers: the bytes decide.
        let buffer = self.bytes(name, progress).await?;
        let compiled = JsFuture::from(WebAssembly::compile(&buffer)).await;
        compiled.map(JsCast::unchecked_into).map_err(|_| Trouble::FileBroken(name))
    }

    async fn fetch(&self, name: &'static str, progress: &Rc<Progress>) -> Result<Response, Trouble> {
        let answer = JsFuture::from(dom::window().fetch_with_str(&self.address(name))).await;
        let response: Response = answer.map_err(|_| Trouble::FileUnreachable(name))?.unchecked_into();
        if !response.ok() {
            return Err(Trouble::FileMissing { path: name, status: response.status() });
        }
        let total = content_length(&response);
        progress.update(name, |transfer| {
            transfer.loaded_bytes = 0.0;
            transfer.total_bytes = transfer.total_bytes.or(total);
        });
        if let Some(body) = response.clone().ok().and_then(|copy| copy.body()) {
            spawn_local(count(name, body.get_reader().unchecked_into(), Rc::clone(progress)));
        }
        Ok(response)
    }
}

/// The length the server states, if it is that of the file itself and not of a compressed form.
fn content_length(response: &Response) -> Option<f64> {
    let header = |name: &str| response.headers().get(name).ok().flatten();
    match header("content-encoding") {
        None => header("content-length")?.parse().ok(),
        Some(_) => None,
    }
}

async fn count(name: &'static str, reader: ReadableStreamDefaultReader, progress: Rc<Progress>) {
    // A transfer that breaks off is reported by whoever reads the file itself.
    while let Ok(part) = JsFuture::from(reader.read()).await {
        let chunk = Reflect::get(&part, &"value".into()).unwrap_or_default();
        let Ok(chunk) = chunk.dyn_into::<Uint8Array>() else {
            // The last part has no value.
            return progress.update(name, |transfer| transfer.is_here = true);
        };
        progress.update(name, |transfer| transfer.loaded_bytes += f64::from(chunk.byte_length()));
    }
}

async fn read<T: JsCast>(name: &'static str, reading: Result<Promise, JsValue>) -> Result<T, Trouble> {
    let reading = reading.map_err(|_| Trouble::FileBroken(name))?;
    let value = JsFuture::from(reading).await.map_err(|_| Trouble::FileUnreachable(name))?;
    Ok(value.unchecked_into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer(loaded_bytes: f64, total_bytes: Option<f64>) -> Transfer {
        Transfer { name: "", loaded_bytes, total_bytes, is_here: Some(loaded_bytes) == total_bytes }
    }

    #[test]
    fn a_percentage_is_given_only_when_it_is_true() {
        let known = [transfer(50.0, Some(100.0)), transfer(100.0, Some(200.0))];
        assert_eq!(summary(&known), Loaded { bytes: 150.0, percent: Some(50), all_here: false });
        let unknown = [transfer(50.0, Some(100.0)), transfer(100.0, None)];
        assert_eq!(summary(&unknown), Loaded { bytes: 150.0, percent: None, all_here: false });
        assert!(summary(&[transfer(100.0, Some(100.0))]).all_here);
        assert_eq!(summary(&[]).percent, None);
        assert_eq!(summary(&[transfer(120.0, Some(100.0))]).percent, Some(100), "never more than all");
    }

    #[test]
    fn sizes_stated_by_the_build_are_read() {
        let stated = "worklet.wasm 3100000, decoder.onnx 30000";
        assert_eq!(stated_size(stated, "decoder.onnx"), Some(30000.0));
        assert_eq!(stated_size(stated, "worklet.was"), None);
        assert_eq!(stated_size("", "worklet.wasm"), None);
        assert_eq!(stated_size("worklet.wasm many", "worklet.wasm"), None);
    }
}
