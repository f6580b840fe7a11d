//! Patches and parameters as JavaScript objects, for the host page. Stored values, by amSynth's names.

use ::patch::{Parameter, Patch};
use js_sys::{Array, Error, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::words::Language;

/// The stored values of a patch by name.
pub fn named_values(patch: &Patch) -> JsValue {
    object(Parameter::ALL.map(|parameter| (parameter.name(), patch.get(parameter).into()))).into()
}

/// A patch with the stored values of an object's properties.
///
/// # Errors
/// Names what is no parameter or no number; in English, for the developer of the host page.
pub fn with_values(mut patch: Patch, named: &Object) -> Result<Patch, Error> {
    for entry in Object::entries(named) {
        let entry: Array = entry.unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        let parameter = Parameter::from_name(&name).ok_or_else(|| {
            let names = "use the names in the detail of the event patchchange";
            Error::new(&format!("“{name}” is no parameter of amSynth: {names}"))
        })?;
        let value = entry.get(1).as_f64().filter(|value| !value.is_nan());
        let value = value.ok_or_else(|| Error::new(&format!("the value of {name} is no number")))?;
        patch.set(parameter, value as f32);
    }
    Ok(patch)
}

/// A parameter's description for the host page, in the language of the element.
pub fn described(parameter: Parameter, language: &Language) -> Object {
    let info = parameter.info();
    object([
        ("name", info.name.into()),
        ("label", language.parameter(parameter).into()),
        ("group", language.group(info.group).into()),
        ("min", info.min.into()),
        ("max", info.max.into()),
        ("step", info.step.into()),
    ])
}

/// An object with these properties.
pub fn object<const COUNT: usize>(entries: [(&str, JsValue); COUNT]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // A fresh object takes any property.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}
