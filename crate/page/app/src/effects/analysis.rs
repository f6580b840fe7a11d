//! The page's end of the analysis worker (crate/wasm/analysis), which analyzes sounds and runs encoders: asynchronous
//! calls. The first call starts the worker; the page works without it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::future::try_join3;
use js_sys::{Array, Float64Array, Function, Promise, Uint8Array, WebAssembly};
use protocol::web::analysis_start;
use protocol::{AnalysisCall, AnalysisMessage};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use crate::dom;
use crate::effects::assets::{Assets, PATIENCE_S, TransferCounter};
use crate::words::Language;

/// A call whose files are the page's own memory.
type PageCall = AnalysisCall<Uint8Array>;

const SCRIPT: &str = "analysis-worker.js";
/// The script that the worker imports, and the WebAssembly module that it gets.
const PROGRAM: &str = "analysis.js";
const MODULE: &str = "analysis_bg.wasm";

/// Cheap to clone; all clones are the same Worker.
#[derive(Clone)]
pub struct AnalysisClient(Rc<WorkerState>);

struct WorkerState {
    assets: Assets,
    language: Language,
    worker: RefCell<Option<Worker>>,
    /// For each pending call: the functions to call with its result or with its error message.
    waiting: RefCell<HashMap<u32, [Function; 2]>>,
    calls: Cell<u32>,
    has_model: Cell<bool>,
    /// True if the running Worker has reported that it started.
    has_begun: Cell<bool>,
    /// True if the pad is gone, to which it belongs.
    has_ended: Cell<bool>,
    /// The address of the script that was made for the Worker, until that has started.
    own_script: RefCell<Option<String>>,
}

impl AnalysisClient {
    /// Not started yet.
    pub fn new(assets: Assets, language: Language) -> Self {
        Self(Rc::new(WorkerState {
            assets,
            language,
            worker: RefCell::default(),
            waiting: RefCell::default(),
            calls: Cell::default(),
            has_model: Cell::default(),
            has_begun: Cell::default(),
            has_ended: Cell::default(),
            own_script: RefCell::default(),
        }))
    }

    /// The eight descriptors of a sound, in `timbre`'s order; empty if the sound is too short.
    ///
    /// # Errors
    /// The message to show, if the Worker is lost or rejects the call.
    pub async fn describe(
        &self,
        left: Vec<f32>,
        right: Vec<f32>,
        sample_rate_hz: f64,
    ) -> Result<Vec<f64>, String> {
        self.call(&AnalysisCall::Describe { left, right, sample_rate_hz }).await
    }

    /// Loads a model; the previous one stays if the Worker rejects this one.
    ///
    /// # Errors
    /// The message to show, if the Worker is lost or rejects the model.
    pub async fn load_model(&self, encoder: &[u8], decoder: &[u8]) -> Result<(), String> {
        let [encoder, decoder] = [encoder, decoder].map(Uint8Array::from);
        self.call(&AnalysisCall::LoadModel { encoder, decoder }).await?;
        self.0.has_model.set(true);
        Ok(())
    }

    /// True if the running Worker has a model.
    pub fn has_model(&self) -> bool {
        self.0.has_model.get()
    }

    /// The 41 values at a point.
    ///
    /// # Errors
    /// The message to show, if the Worker is lost or rejects the call.
    pub async fn decode(&self, [x, y]: [f32; 2]) -> Result<Vec<f32>, String> {
        self.numbers(&AnalysisCall::Decode { x, y }).await
    }

    /// The encoder's points (x, y) for patches of 41 values each.
    ///
    /// # Errors
    /// The message to show, if the Worker is lost or rejects the call.
    pub async fn encode(&self, values: &[f32]) -> Result<Vec<f32>, String> {
        self.numbers(&AnalysisCall::Encode { values: values.to_vec() }).await
    }

    /// The point near another that sounds most like a patch: x, y, and the distance in dB.
    ///
    /// # Errors
    /// The message to show, if the Worker is lost or rejects the call.
    pub async fn search_nearby(&self, values: &[f32], [x, y]: [f32; 2]) -> Result<Vec<f32>, String> {
        self.numbers(&AnalysisCall::SearchNearby { values: values.to_vec(), x, y }).await
    }

    /// How a patch of 41 values sounds: the value of each layer of the map, in order.
    ///
    /// # Errors
    /// The message to show, if the Worker is lost or rejects the call.
    pub async fn measure_patch(&self, values: &[f32]) -> Result<Vec<f32>, String> {
        self.numbers(&AnalysisCall::MeasurePatch { values: values.to_vec() }).await
    }

    async fn numbers(&self, call: &PageCall) -> Result<Vec<f32>, String> {
        Ok(self.call(call).await?.into_iter().map(|number| number as f32).collect())
    }

    async fn call(&self, call: &PageCall) -> Result<Vec<f64>, String> {
        let worker = self.worker().await?;
        let id = self.0.calls.get().wrapping_add(1);
        self.0.calls.set(id);
        let answered = Promise::new(&mut |resolve, reject| {
            self.0.waiting.borrow_mut().insert(id, [resolve, reject]);
        });
        worker.post_message(&call.to_js(id)).map_err(|_| self.lost())?;
        let answer = JsFuture::from(answered).await.map_err(|error| match error.as_string() {
            Some(reason) => self.0.language.refused(&reason),
            None => self.lost(),
        })?;
        Ok(Float64Array::new(&answer).to_vec())
    }

    fn lost(&self) -> String {
        self.0.language.listener_lost.clone()
    }

    /// The Worker; starts it if none is running.
    async fn worker(&self) -> Result<Worker, String> {
        let running = || self.0.worker.borrow().clone();
        if let Some(worker) = running() {
            return Ok(worker);
        }
        let (module, script, program) = self.program().await?;
        // Another call may have started it meanwhile.
        running().map_or_else(|| self.start(&script, &program, &module), Ok)
    }

    /// The things that a Worker of this kind needs: its module, and the addresses of its script and of its program's.
    ///
    /// # Errors
    /// The message to show, if something does not load.
    pub async fn program(&self) -> Result<(WebAssembly::Module, String, String), String> {
        let (assets, uncounted) = (&self.0.assets, TransferCounter::uncounted());
        let loading = try_join3(
            assets.module(MODULE, &uncounted),
            assets.script_address(SCRIPT),
            assets.script_address(PROGRAM),
        );
        loading.await.map_err(|_| self.lost())
    }

    fn start(&self, script: &str, program: &str, module: &WebAssembly::Module) -> Result<Worker, String> {
        if self.0.has_ended.get() {
            return Err(self.lost());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // In a page of another origin only a script of that page's own can start a Worker.
        let worker = Worker::new_with_options(script, &options)
            .or_else(|_| {
                let own = importing(script)?;
                let worker = Worker::new_with_options(&own, &options);
                self.0.own_script.replace(Some(own));
                worker
            })
            .map_err(|_| self.lost())?;
        let owned = self.clone();
        worker.set_onmessage(Some(&dom::handler(move |event: MessageEvent| owned.answer(&event.data()))));
        let owned = self.clone();
        worker.set_onerror(Some(&dom::handler(move |_: Event| owned.lose())));
        worker.post_message(&analysis_start(program, module)).map_err(|_| self.lost())?;
        *self.0.worker.borrow_mut() = Some(worker.clone());
        self.0.has_begun.set(false);
        let (owned, started) = (self.clone(), worker.clone());
        dom::after(1000 * PATIENCE_S as i32, move || {
            let runs = owned.0.worker.borrow().as_ref() == Some(&started);
            if runs && !owned.0.has_begun.get() {
                owned.lose();
            }
        });
        Ok(worker)
    }

    fn answer(&self, message: &JsValue) {
        let waiting = |id: u32| self.0.waiting.borrow_mut().remove(&id);
        match AnalysisMessage::from_js(message) {
            Some(AnalysisMessage::Begun {}) => {
                self.0.has_begun.set(true);
                self.free_script();
            }
            Some(AnalysisMessage::Lost {}) => self.lose(),
            Some(AnalysisMessage::Value { id, value }) => {
                if let Some([resolve, _]) = waiting(id) {
                    let value = Float64Array::from(value.as_slice());
                    let _ = resolve.call1(&JsValue::UNDEFINED, &value);
                }
            }
            Some(AnalysisMessage::Error { id, message }) => {
                if let Some([_, reject]) = waiting(id) {
                    let _ = reject.call1(&JsValue::UNDEFINED, &message.into());
                }
            }
            None => {}
        }
    }

    /// Frees the script that was made for the Worker, which reads it once.
    fn free_script(&self) {
        if let Some(own) = self.0.own_script.take() {
            let _ = Url::revoke_object_url(&own);
        }
    }

    /// The script did not load or failed: rejects all pending calls; the next call starts a new Worker.
    fn lose(&self) {
        if !self.0.has_begun.get() {
            self.0.assets.script_failed();
        }
        self.stop();
    }

    /// Ends the Worker, if there is one, for good: no call starts another.
    pub fn end(&self) {
        self.0.has_ended.set(true);
        self.stop();
    }

    fn stop(&self) {
        self.0.has_model.set(false);
        self.free_script();
        if let Some(worker) = self.0.worker.take() {
            // They own this.
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        for [_, reject] in self.0.waiting.take().into_values() {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    }
}

/// The address of a script of this page that imports another one.
fn importing(script: &str) -> Result<String, JsValue> {
    let text = format!("import {};", js_sys::JSON::stringify(&script.into())?);
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    Url::create_object_url_with_blob(&blob)
}
