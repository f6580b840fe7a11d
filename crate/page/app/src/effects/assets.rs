//! Fetches the page's files and counts the bytes received. Knows neither what the files mean nor where they are: the
//! caller that starts the program provides the addresses, never the page's URL.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array, WebAssembly};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, HtmlMetaElement, ReadableStreamDefaultReader, RequestCache, RequestInit, Response,
};

use crate::dom;
use play::action::Progress;
use play::error::AppError;

/// How many seconds a transfer may stall. Counted by timers, not by a clock, which continues while the device sleeps.
pub const PATIENCE_S: u32 = 20;

/// The transfer of one file.
#[derive(Clone, Copy)]
struct Transfer {
    name: &'static str,
    loaded_bytes: f64,
    total_bytes: Option<f64>,
    is_here: bool,
}

/// Counts the bytes of a fixed set of files; one for the whole page.
pub struct TransferCounter {
    transfers: RefCell<Vec<Transfer>>,
    changed: Box<dyn Fn(Progress)>,
}

impl TransferCounter {
    /// Counts these files and calls `changed` whenever bytes arrive.
    pub fn new(names: &[&'static str], changed: impl Fn(Progress) + 'static) -> Self {
        let stated = stated_sizes();
        let transfers = names.iter().map(|&name| Transfer {
            name,
            loaded_bytes: 0.0,
            total_bytes: stated_size(&stated, name),
            is_here: false,
        });
        Self { transfers: RefCell::new(transfers.collect()), changed: Box::new(changed) }
    }

    /// A counter for files that no progress line shows.
    pub fn uncounted() -> Rc<Self> {
        Rc::new(Self::new(&[], |_| ()))
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

fn summary(transfers: &[Transfer]) -> Progress {
    let bytes: f64 = transfers.iter().map(|transfer| transfer.loaded_bytes).sum();
    let total: Option<f64> = transfers.iter().map(|transfer| transfer.total_bytes).sum();
    let percent =
        total.filter(|&total| total > 0.0).map(|total| (100.0 * bytes / total).clamp(0.0, 100.0) as u32);
    Progress { bytes, percent, all_here: transfers.iter().all(|transfer| transfer.is_here) }
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

/// Aborts a stalled transfer.
struct StallTimer {
    /// Seconds since the last bytes arrived; none once the transfer is over.
    still_s: Cell<Option<u32>>,
    abort: AbortController,
}

impl StallTimer {
    fn begin() -> Option<Rc<Self>> {
        let watch = Rc::new(Self { still_s: Cell::new(Some(0)), abort: AbortController::new().ok()? });
        let owned = Rc::clone(&watch);
        spawn_local(async move {
            while let Some(still_s) = owned.still_s.get() {
                if still_s >= PATIENCE_S {
                    return owned.abort.abort();
                }
                owned.still_s.set(Some(still_s + 1));
                dom::wait(1000).await;
            }
        });
        Some(watch)
    }

    fn arrived(&self) {
        self.still_s.set(Some(0));
    }

    fn end(&self) {
        self.still_s.set(None);
    }
}

/// Resolves with a response, or fails after [`PATIENCE_S`].
///
/// # Errors
/// [`AppError::FileUnreachable`].
pub async fn in_time<T>(name: &'static str, coming: impl Future<Output = T>) -> Result<T, AppError> {
    match select(pin!(coming), pin!(dom::wait(1000 * PATIENCE_S as i32))).await {
        Either::Left((value, _)) => Ok(value),
        Either::Right(_) => Err(AppError::FileUnreachable(name)),
    }
}

/// The only access to the page's files. Cheap to clone.
#[derive(Clone)]
pub struct Assets {
    locate: Function,
    /// Loads a script at an address as a module; none in an element, which loads no script on demand.
    import: Option<Function>,
    /// The sound's files, so that the page can restart the sound without a network.
    kept: Rc<RefCell<HashMap<&'static str, JsValue>>>,
    /// How many times a script failed to load.
    failures: Rc<Cell<u32>>,
    /// True if a received file was unusable.
    distrusts: Rc<Cell<bool>>,
}

impl Assets {
    /// `locate` returns the address of a file of this name: beside the script, or inside a page that carries all of
    /// them; `import` loads a script on demand.
    pub fn new(locate: Function, import: Option<Function>) -> Self {
        Self { locate, import, kept: Rc::default(), failures: Rc::default(), distrusts: Rc::default() }
    }

    /// The address of a file; its bare name if `locate` has none.
    pub fn address(&self, name: &str) -> String {
        let address = self.locate.call1(&JsValue::UNDEFINED, &name.into());
        address.ok().and_then(|address| address.as_string()).unwrap_or_else(|| name.to_owned())
    }

    /// The address of a script, with a new fragment after each failure: a browser remembers for each address that a
    /// script did not load, and never requests it again. It does not send the fragment.
    ///
    /// # Errors
    /// [`AppError::FileUnreachable`] or [`AppError::FileMissing`], if it failed to load before and does so again.
    pub async fn script_address(&self, name: &'static str) -> Result<String, AppError> {
        let address = self.address(name);
        match self.failures.get() {
            0 => Ok(address),
            failures => {
                // A script cannot be started past the browser's cache; this fetch bypasses it.
                self.bytes(name, &TransferCounter::uncounted()).await?;
                Ok(format!("{address}#{failures}"))
            }
        }
    }

    /// Loads a script as a module of the page; its exports.
    ///
    /// # Errors
    /// [`AppError::FileUnreachable`].
    pub async fn script(&self, name: &'static str) -> Result<JsValue, AppError> {
        let unreachable = |_: JsValue| AppError::FileUnreachable(name);
        let import = self.import.as_ref().ok_or(AppError::FileUnreachable(name))?;
        let address = self.script_address(name).await?;
        let loading = import.call1(&JsValue::UNDEFINED, &address.into()).map_err(unreachable)?;
        let loaded = in_time(name, JsFuture::from(Promise::resolve(&loading))).await?;
        if loaded.is_err() {
            self.script_failed();
        }
        loaded.map_err(unreachable)
    }

    /// Records that a script failed to load.
    pub fn script_failed(&self) {
        self.distrust();
        self.failures.set(self.failures.get() + 1);
    }

    /// Records that a received file is unusable: later fetches bypass the browser's cache, which may hold the damaged
    /// copy.
    pub fn distrust(&self) {
        self.distrusts.set(true);
    }

    /// The error of an unusable file; later fetches bypass the cache.
    pub fn broken(&self, name: &'static str) -> AppError {
        self.distrust();
        AppError::FileBroken(name)
    }

    /// A file as bytes.
    pub async fn bytes(
        &self,
        name: &'static str,
        progress: &Rc<TransferCounter>,
    ) -> Result<ArrayBuffer, AppError> {
        let response = self.fetch(name, progress).await?;
        read(name, response.array_buffer()).await
    }

    /// A file as bytes, kept in memory for the next request.
    pub async fn kept_bytes(
        &self,
        name: &'static str,
        progress: &Rc<TransferCounter>,
    ) -> Result<ArrayBuffer, AppError> {
        if let Some(bytes) = self.kept(name, progress) {
            return Ok(bytes);
        }
        let bytes = self.bytes(name, progress).await?;
        self.kept.borrow_mut().insert(name, bytes.clone().into());
        Ok(bytes)
    }

    /// Drops these files from memory, so that the next request fetches them again.
    pub fn forget(&self, names: &[&str]) {
        self.distrust();
        self.kept.borrow_mut().retain(|name, _| !names.contains(name));
    }

    /// The copy of a file in memory; it counts as arrived.
    pub fn kept<T: JsCast>(&self, name: &'static str, progress: &Rc<TransferCounter>) -> Option<T> {
        let kept = self.kept.borrow().get(name).cloned()?;
        progress.update(name, |transfer| {
            transfer.is_here = true;
            transfer.loaded_bytes = transfer.total_bytes.unwrap_or(0.0);
        });
        Some(kept.unchecked_into())
    }

    /// A parsed JSON file.
    pub async fn json(
        &self,
        name: &'static str,
        progress: &Rc<TransferCounter>,
    ) -> Result<JsValue, AppError> {
        let response = self.fetch(name, progress).await?;
        let text: JsValue = read(name, response.text()).await?;
        js_sys::JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| self.broken(name))
    }

    /// The value that a JSON file holds, without progress.
    pub async fn parsed<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, AppError> {
        let json = self.json(name, &TransferCounter::uncounted()).await?;
        serde_wasm_bindgen::from_value(json).map_err(|_| self.broken(name))
    }

    /// A WebAssembly file, compiled while it arrives and kept in memory for the next request.
    pub async fn module(
        &self,
        name: &'static str,
        progress: &Rc<TransferCounter>,
    ) -> Result<WebAssembly::Module, AppError> {
        if let Some(module) = self.kept(name, progress) {
            return Ok(module);
        }
        let module = self.compiled(name, progress).await?;
        self.kept.borrow_mut().insert(name, module.clone().into());
        Ok(module)
    }

    async fn compiled(
        &self,
        name: &'static str,
        progress: &Rc<TransferCounter>,
    ) -> Result<WebAssembly::Module, AppError> {
        let response = self.fetch(name, progress).await?;
        let compiling = WebAssembly::compile_streaming(&Promise::resolve(&JsValue::from(response)));
        if let Ok(module) = JsFuture::from(compiling).await {
            return Ok(module.unchecked_into());
        }
        // Servers that do not call it application/wasm, and broken transfers: the bytes decide.
        let buffer = self.bytes(name, progress).await?;
        let compiled = JsFuture::from(WebAssembly::compile(&buffer)).await;
        compiled.map(JsCast::unchecked_into).map_err(|_| self.broken(name))
    }

    async fn fetch(&self, name: &'static str, progress: &Rc<TransferCounter>) -> Result<Response, AppError> {
        let watch = StallTimer::begin().ok_or(AppError::FileUnreachable(name))?;
        let options = RequestInit::new();
        options.set_signal(Some(&watch.abort.signal()));
        if self.distrusts.get() {
            options.set_cache(RequestCache::Reload);
        }
        let answer =
            JsFuture::from(dom::window().fetch_with_str_and_init(&self.address(name), &options)).await;
        let response: Result<Response, _> = answer.map(JsCast::unchecked_into);
        if !response.as_ref().is_ok_and(|response| response.ok() && response.body().is_some()) {
            watch.end();
        }
        let response = response.map_err(|_| AppError::FileUnreachable(name))?;
        if !response.ok() {
            return Err(AppError::FileMissing { path: name, status: response.status() });
        }
        let total = content_length(&response);
        progress.update(name, |transfer| {
            transfer.loaded_bytes = 0.0;
            transfer.total_bytes = transfer.total_bytes.or(total);
        });
        if let Some(body) = response.clone().ok().and_then(|copy| copy.body()) {
            spawn_local(count(name, body.get_reader().unchecked_into(), Rc::clone(progress), watch));
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

async fn count(
    name: &'static str,
    reader: ReadableStreamDefaultReader,
    progress: Rc<TransferCounter>,
    watch: Rc<StallTimer>,
) {
    // The caller that reads the body reports a transfer that breaks off.
    while let Ok(part) = JsFuture::from(reader.read()).await {
        let chunk = Reflect::get(&part, &"value".into()).unwrap_or_default();
        let Ok(chunk) = chunk.dyn_into::<Uint8Array>() else {
            // The last chunk has no value.
            progress.update(name, |transfer| transfer.is_here = true);
            break;
        };
        watch.arrived();
        progress.update(name, |transfer| transfer.loaded_bytes += f64::from(chunk.byte_length()));
    }
    watch.end();
}

async fn read<T: JsCast>(name: &'static str, reading: Result<Promise, JsValue>) -> Result<T, AppError> {
    let reading = reading.map_err(|_| AppError::FileBroken(name))?;
    let value = JsFuture::from(reading).await.map_err(|_| AppError::FileUnreachable(name))?;
    Ok(value.unchecked_into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer(loaded_bytes: f64, total_bytes: Option<f64>) -> Transfer {
        Transfer { name: "", loaded_bytes, total_bytes, is_here: Some(loaded_bytes) == total_bytes }
    }

    #[test]
    fn a_percentage_needs_the_size_of_every_file() {
        let known = [transfer(50.0, Some(100.0)), transfer(100.0, Some(200.0))];
        assert_eq!(summary(&known), Progress { bytes: 150.0, percent: Some(50), all_here: false });
        let unknown = [transfer(50.0, Some(100.0)), transfer(100.0, None)];
        assert_eq!(summary(&unknown), Progress { bytes: 150.0, percent: None, all_here: false });
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
