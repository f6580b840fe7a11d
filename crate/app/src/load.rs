//! Fetches the page's files and counts what has arrived. Knows no meaning of what it fetches.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlMetaElement, ReadableStreamDefaultReader, Response};

use crate::dom;
use crate::trouble::Trouble;

/// One file on its way.
#[derive(Clone, Copy)]
struct Transfer {
    path: &'static str,
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
    pub fn new(paths: &[&'static str], changed: impl Fn(Loaded) + 'static) -> Self {
        let stated = stated_sizes();
        let transfers = paths.iter().map(|&path| Transfer {
            path,
            loaded_bytes: 0.0,
            total_bytes: stated_size(&stated, path),
            is_here: false,
        });
        Self { transfers: RefCell::new(transfers.collect()), changed: Box::new(changed) }
    }

    fn update(&self, path: &str, update: impl FnOnce(&mut Transfer)) {
        if let Some(transfer) = self.transfers.borrow_mut().iter_mut().find(|transfer| transfer.path == path)
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

/// The sizes that the build wrote into the page: “path bytes, path bytes”.
fn stated_sizes() -> String {
    let found = dom::document().query_selector("meta[name=asset-bytes]").ok().flatten();
    found
        .and_then(|meta| meta.dyn_into::<HtmlMetaElement>().ok())
        .map(|meta| meta.content())
        .unwrap_or_default()
}

fn stated_size(stated: &str, path: &str) -> Option<f64> {
    let entry = stated.split(',').find_map(|entry| entry.trim().strip_prefix(path)?.strip_prefix(' '))?;
    entry.trim().parse().ok()
}

/// A file as bytes.
pub async fn bytes(path: &'static str, progress: &Rc<Progress>) -> Result<ArrayBuffer, Trouble> {
    let response = fetch(path, progress).await?;
    read(path, response.array_buffer()).await
}

/// A JSON file as the value it stands for.
pub async fn json(path: &'static str, progress: &Rc<Progress>) -> Result<JsValue, Trouble> {
    let response = fetch(path, progress).await?;
    let text: JsValue = read(path, response.text()).await?;
    js_sys::JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| Trouble::FileBroken(path))
}

/// A WebAssembly file, compiled while it arrives.
pub async fn module(path: &'static str, progress: &Rc<Progress>) -> Result<WebAssembly::Module, Trouble> {
    let response = fetch(path, progress).await?;
    let compiling = WebAssembly::compile_streaming(&Promise::resolve(&JsValue::from(response)));
    if let Ok(module) = JsFuture::from(compiling).await {
        return Ok(module.unchecked_into());
    }
    // Servers that do not call it application/wasm, and broken transfers: the bytes decide.
    let buffer = bytes(path, progress).await?;
    let compiled = JsFuture::from(WebAssembly::compile(&buffer)).await;
    compiled.map(JsCast::unchecked_into).map_err(|_| Trouble::FileBroken(path))
}

async fn fetch(path: &'static str, progress: &Rc<Progress>) -> Result<Response, Trouble> {
    let answer = JsFuture::from(dom::window().fetch_with_str(path)).await;
    let response: Response = answer.map_err(|_| Trouble::FileUnreachable(path))?.unchecked_into();
    if !response.ok() {
        return Err(Trouble::FileMissing { path, status: response.status() });
    }
    let total = content_length(&response);
    progress.update(path, |transfer| {
        transfer.loaded_bytes = 0.0;
        transfer.total_bytes = transfer.total_bytes.or(total);
    });
    if let Some(body) = response.clone().ok().and_then(|copy| copy.body()) {
        spawn_local(count(path, body.get_reader().unchecked_into(), Rc::clone(progress)));
    }
    Ok(response)
}

/// The length the server states, if it is that of the file itself and not of a compressed form.
fn content_length(response: &Response) -> Option<f64> {
    let header = |name: &str| response.headers().get(name).ok().flatten();
    match header("content-encoding") {
        None => header("content-length")?.parse().ok(),
        Some(_) => None,
    }
}

async fn count(path: &'static str, reader: ReadableStreamDefaultReader, progress: Rc<Progress>) {
    // A transfer that breaks off is reported by whoever reads the file itself.
    while let Ok(part) = JsFuture::from(reader.read()).await {
        let chunk = Reflect::get(&part, &"value".into()).unwrap_or_default();
        let Ok(chunk) = chunk.dyn_into::<Uint8Array>() else {
            // The last part has no value.
            return progress.update(path, |transfer| transfer.is_here = true);
        };
        progress.update(path, |transfer| transfer.loaded_bytes += f64::from(chunk.byte_length()));
    }
}

async fn read<T: JsCast>(path: &'static str, reading: Result<Promise, JsValue>) -> Result<T, Trouble> {
    let reading = reading.map_err(|_| Trouble::FileBroken(path))?;
    let value = JsFuture::from(reading).await.map_err(|_| Trouble::FileUnreachable(path))?;
    Ok(value.unchecked_into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer(loaded_bytes: f64, total_bytes: Option<f64>) -> Transfer {
        Transfer { path: "", loaded_bytes, total_bytes, is_here: Some(loaded_bytes) == total_bytes }
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
