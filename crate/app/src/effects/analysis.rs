//! The page's end of the analysis worker, which analyzes sounds and runs encoders: calls that are answered later. The
//! first call starts the worker; the page works without it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::future::try_join3;
use js_sys::{Array, Float32Array, Function, Object, Promise, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::dom;
use crate::effects::assets::{Assets, PATIENCE_S, TransferCounter};
use crate::words::Language;

const SCRIPT: &str = "listener-worker.js";
/// What the script is told to load, and the WebAssembly that it is given.
const PROGRAM: &str = "listener.js";
const MODULE: &str = "listener_bg.wasm";

/// Cheap to clone; all clones are the same Worker.
#[derive(Clone)]
pub struct AnalysisWorker(Rc<WorkerState>);

struct WorkerState {
    assets: Assets,
    language: Language,
    worker: RefCell<Option<Worker>>,
    /// Who waits for an answer: what to call with it, or with the sentence of what went wrong.
    waiting: RefCell<HashMap<u32, [Function; 2]>>,
    calls: Cell<u32>,
    has_model: Cell<bool>,
    /// Whether the Worker that runs has said that it is there.
    has_begun: Cell<bool>,
}

impl AnalysisWorker {
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
        }))
    }

    /// The eight descriptors of a sound, in `timbre`'s order; empty where there is too little of it.
    ///
    /// # Errors
    /// The sentence to be shown, where the Worker is lost or refuses.
    pub async fn describe(
        &self,
        left: &Float32Array,
        right: &Float32Array,
        rate_hz: f64,
    ) -> Result<Vec<f64>, String> {
        let given = Array::of3(left, right, &rate_hz.into());
        let answer = self.call("describe", &given).await?;
        Ok(js_sys::Float64Array::new(&answer).to_vec())
    }

    /// Takes a model; the one of before stays if this one is refused.
    ///
    /// # Errors
    /// The sentence to be shown, where the Worker is lost or says what is wrong with it.
    pub async fn load_model(&self, encoder: &[u8], decoder: &[u8]) -> Result<(), String> {
        let given = Array::of2(&Uint8Array::from(encoder), &Uint8Array::from(decoder));
        self.call("load_model", &given).await?;
        self.0.has_model.set(true);
        Ok(())
    }

    /// Whether the Worker that runs now has a model.
    pub fn has_model(&self) -> bool {
        self.0.has_model.get()
    }

    /// The 41 values at a point.
    ///
    /// # Errors
    /// The sentence to be shown, where the Worker is lost or refuses.
    pub async fn decode(&self, [x, y]: [f32; 2]) -> Result<Vec<f32>, String> {
        self.numbers("decode", &Array::of2(&x.into(), &y.into())).await
    }

    /// Where the encoder places patches of 41 values each: x, y for each.
    ///
    /// # Errors
    /// The sentence to be shown, where the Worker is lost or refuses.
    pub async fn encode(&self, values: &[f32]) -> Result<Vec<f32>, String> {
        self.numbers("encode", &Array::of1(&Float32Array::from(values))).await
    }

    /// Where near a point it sounds most like a patch: x, y, and the distance in dB.
    ///
    /// # Errors
    /// The sentence to be shown, where the Worker is lost or refuses.
    pub async fn listen(&self, values: &[f32], [x, y]: [f32; 2]) -> Result<Vec<f32>, String> {
        self.numbers("listen", &Array::of3(&Float32Array::from(values), &x.into(), &y.into())).await
    }

    async fn numbers(&self, method: &str, given: &Array) -> Result<Vec<f32>, String> {
        Ok(Float32Array::new(&self.call(method, given).await?).to_vec())
    }

    async fn call(&self, method: &str, given: &Array) -> Result<JsValue, String> {
        let worker = self.worker().await?;
        let id = self.0.calls.get().wrapping_add(1);
        self.0.calls.set(id);
        let message = Object::new();
        for (name, value) in [("id", id.into()), ("method", method.into()), ("arguments", given.into())] {
            // Setting a property of an object of our own never fails.
            let _ = Reflect::set(&message, &name.into(), &value);
        }
        let answered = Promise::new(&mut |resolve, reject| {
            self.0.waiting.borrow_mut().insert(id, [resolve, reject]);
        });
        worker.post_message(&message).map_err(|_| self.lost())?;
        JsFuture::from(answered).await.map_err(|error| match error.as_string() {
            Some(reason) => self.0.language.refused(&reason),
            None => self.lost(),
        })
    }

    fn lost(&self) -> String {
        self.0.language.listener_lost.clone()
    }

    /// The Worker; started now if it is not yet, or no longer.
    async fn worker(&self) -> Result<Worker, String> {
        let uncounted = TransferCounter::uncounted();
        let running = || self.0.worker.borrow().clone();
        if let Some(worker) = running() {
            return Ok(worker);
        }
        let assets = &self.0.assets;
        let loading = try_join3(
            assets.module(MODULE, &uncounted),
            assets.script_address(SCRIPT),
            assets.script_address(PROGRAM),
        );
        let (module, script, program) = loading.await.map_err(|_| self.lost())?;
        // Somebody else may have started it meanwhile.
        running().map_or_else(|| self.start(&script, &program, &module), Ok)
    }

    fn start(&self, script: &str, program: &str, module: &WebAssembly::Module) -> Result<Worker, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(script, &options).map_err(|_| self.lost())?;
        let owned = self.clone();
        worker.set_onmessage(Some(&dom::handler(move |event: MessageEvent| owned.answer(&event.data()))));
        let owned = self.clone();
        worker.set_onerror(Some(&dom::handler(move |_: Event| owned.lose())));
        let start = Array::of2(&program.into(), module);
        worker.post_message(&start).map_err(|_| self.lost())?;
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
        let get = |name: &str| Reflect::get(message, &name.into()).unwrap_or_default();
        if get("lost") == true {
            return self.lose();
        }
        if get("begun") == true {
            return self.0.has_begun.set(true);
        }
        let waiting = get("id").as_f64().and_then(|id| self.0.waiting.borrow_mut().remove(&(id as u32)));
        let Some([resolve, reject]) = waiting else { return };
        let error = get("error");
        let _ = match error.is_undefined() {
            true => resolve.call1(&JsValue::UNDEFINED, &get("value")),
            false => reject.call1(&JsValue::UNDEFINED, &error),
        };
    }

    /// The script could not be loaded or broke: everyone who waits is told, and the next call tries anew.
    fn lose(&self) {
        self.0.has_model.set(false);
        if !self.0.has_begun.get() {
            self.0.assets.script_failed();
        }
        if let Some(worker) = self.0.worker.take() {
            worker.terminate();
        }
        for [_, reject] in self.0.waiting.take().into_values() {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    }
}
