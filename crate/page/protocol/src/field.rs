//! The JavaScript type of each value in a message and, with the feature `web`, its conversion. Messages have fields
//! of these types only.

use patch::Patch;
use plane::Point;
#[cfg(feature = "web")]
use {js_sys::Array, wasm_bindgen::JsValue};

/// A value in a list, from Rust to JavaScript.
pub trait ListField {
    /// The type in JavaScript.
    const JAVASCRIPT: &'static str;
    /// True if it may be missing at the end of a list.
    const IS_OPTIONAL: bool = false;

    /// The JavaScript value.
    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue;
}

/// A value in an object, from JavaScript to Rust.
pub trait ObjectField: Sized {
    /// The type in JavaScript.
    const JAVASCRIPT: &'static str;
    /// True if it may be missing.
    const IS_OPTIONAL: bool = false;

    /// The value; `None` if it has another type.
    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self>;
}

/// An unused position in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unused;

macro_rules! number_fields {
    ($($type:ty),*) => {$(
        impl ListField for $type {
            const JAVASCRIPT: &'static str = "number";

            #[cfg(feature = "web")]
            fn to_js(&self) -> JsValue {
                (*self).into()
            }
        }
    )*};
}

number_fields!(u8, i16, f32, f64);

impl ListField for Unused {
    const JAVASCRIPT: &'static str = "number";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        0.into()
    }
}

impl ListField for Vec<f32> {
    const JAVASCRIPT: &'static str = "Float32Array";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        js_sys::Float32Array::from(self.as_slice()).into()
    }
}

impl ListField for Vec<f64> {
    const JAVASCRIPT: &'static str = "Float64Array";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        js_sys::Float64Array::from(self.as_slice()).into()
    }
}

/// The bytes of a file.
impl ListField for Vec<u8> {
    const JAVASCRIPT: &'static str = "Uint8Array";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        js_sys::Uint8Array::from(self.as_slice()).into()
    }
}

/// A compiled WebAssembly file, where there is no JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NativeProgram;

impl ListField for NativeProgram {
    const JAVASCRIPT: &'static str = "WebAssembly.Module";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        JsValue::NULL
    }
}

/// A compiled WebAssembly file.
#[cfg(feature = "web")]
impl ListField for js_sys::WebAssembly::Module {
    const JAVASCRIPT: &'static str = "WebAssembly.Module";

    fn to_js(&self) -> JsValue {
        self.into()
    }
}

/// The bytes of a file, already in JavaScript.
#[cfg(feature = "web")]
impl ListField for js_sys::Uint8Array {
    const JAVASCRIPT: &'static str = "Uint8Array";

    fn to_js(&self) -> JsValue {
        self.into()
    }
}

impl ListField for Box<Patch> {
    const JAVASCRIPT: &'static str = "Float32Array";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        js_sys::Float32Array::from(self.values().as_slice()).into()
    }
}

impl ListField for Point {
    const JAVASCRIPT: &'static str = "[x: number, y: number]";

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        Array::of2(&self.x.into(), &self.y.into()).into()
    }
}

/// `None` is null.
impl<Field: ListField> ListField for Option<Field> {
    const JAVASCRIPT: &'static str = Field::JAVASCRIPT;
    const IS_OPTIONAL: bool = true;

    #[cfg(feature = "web")]
    fn to_js(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, Field::to_js)
    }
}

impl ObjectField for f64 {
    const JAVASCRIPT: &'static str = "number";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        value.as_f64()
    }
}

impl ObjectField for bool {
    const JAVASCRIPT: &'static str = "boolean";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl ObjectField for u32 {
    const JAVASCRIPT: &'static str = "number";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        value.as_f64().map(|number| number as Self)
    }
}

impl ObjectField for String {
    const JAVASCRIPT: &'static str = "string";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl ObjectField for Vec<f32> {
    const JAVASCRIPT: &'static str = "Float32Array";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        use wasm_bindgen::JsCast;
        Some(value.dyn_into::<js_sys::Float32Array>().ok()?.to_vec())
    }
}

/// The result of a call: numbers of either precision, or an empty list.
impl ObjectField for Vec<f64> {
    const JAVASCRIPT: &'static str = "Float32Array | Float64Array | undefined";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        if value.is_undefined() {
            Some(Self::new())
        } else {
            Some(js_sys::Float64Array::new(&value).to_vec())
        }
    }
}

impl ObjectField for Box<Patch> {
    const JAVASCRIPT: &'static str = "Float32Array";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        let values: [f32; patch::PARAMETER_COUNT] = Vec::<f32>::from_js(value)?.try_into().ok()?;
        Some(Self::new(Patch::from_values(&values)))
    }
}

impl ObjectField for Point {
    const JAVASCRIPT: &'static str = "[x: number, y: number]";

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        use wasm_bindgen::JsCast;
        let pair: Array = value.dyn_into().ok()?;
        Some(Self::on_plane(pair.get(0).as_f64()? as f32, pair.get(1).as_f64()? as f32))
    }
}

impl<Field: ObjectField> ObjectField for Option<Field> {
    const JAVASCRIPT: &'static str = Field::JAVASCRIPT;
    const IS_OPTIONAL: bool = true;

    #[cfg(feature = "web")]
    fn from_js(value: JsValue) -> Option<Self> {
        if value.is_undefined() { Some(None) } else { Field::from_js(value).map(Some) }
    }
}
