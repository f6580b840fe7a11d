//! Converts messages to and from JavaScript values. The only such code of the page.

use js_sys::{Array, ArrayBuffer, Object, Reflect, WebAssembly};
use wasm_bindgen::JsValue;

use crate::field::ListField;
use crate::javascript::snake_case;
use crate::{AnalysisCall, Command};

/// A property of a message; undefined if the message lacks it.
pub(crate) fn property(message: &JsValue, name: &str) -> JsValue {
    Reflect::get(message, &name.into()).unwrap_or_default()
}

impl<File: ListField, Program: ListField> Command<File, Program> {
    /// The command for the worklet: its code, then its fields, without missing ones at the end.
    pub fn to_js(&self) -> Array {
        let message = self.values();
        while message.length() > 0 && message.get(message.length() - 1).is_null() {
            message.pop();
        }
        message.unshift(&self.kind().1.into());
        message
    }
}

impl<File: ListField> AnalysisCall<File> {
    /// The call for the worker, whose result has this number.
    pub fn to_js(&self, id: u32) -> Object {
        let method = snake_case(self.kind().0);
        object([("id", id.into()), ("method", method.into()), ("arguments", self.values().into())])
    }
}

/// The first message to the analysis worker: the address of its program, and the program's module.
pub fn analysis_start(script: &str, module: &WebAssembly::Module) -> Array {
    Array::of2(&script.into(), module)
}

/// The options of the worklet's processor: its module, the network's module and the bytes of the decoder, if loaded,
/// the bytes of the grid that plays until then, and the module that plays tones, if loaded.
pub fn processor_options(
    module: &WebAssembly::Module,
    decoder: Option<(&WebAssembly::Module, &ArrayBuffer)>,
    grid: Option<&ArrayBuffer>,
    tones: Option<&WebAssembly::Module>,
) -> Object {
    let (network, decoder) = decoder.unzip();
    object([
        ("module", module.into()),
        ("network", network.map_or(JsValue::UNDEFINED, Into::into)),
        ("decoder", decoder.map_or(JsValue::UNDEFINED, Into::into)),
        ("grid", grid.map_or(JsValue::UNDEFINED, Into::into)),
        ("tones", tones.map_or(JsValue::UNDEFINED, Into::into)),
    ])
}

fn object<const COUNT: usize>(properties: [(&str, JsValue); COUNT]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of an object of our own never fails.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}
