//! The two macros that declare messages: each makes the Rust type and the rows from which
//! [`crate::javascript`] writes its JavaScript type.

/// A message as JavaScript sees it.
#[derive(Clone, Copy, Debug)]
pub struct MessageRow {
    /// Name of the Rust variant.
    pub name: &'static str,
    /// Its number, in messages that have one.
    pub code: u8,
    /// The documentation of the message, line by line.
    pub documentation: &'static [&'static str],
    /// The values in the message, in order.
    pub fields: &'static [FieldRow],
}

/// A value in a message.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    /// Name of the Rust field.
    pub name: &'static str,
    /// Its type in JavaScript.
    pub javascript: &'static str,
    /// True if it may be missing.
    pub is_optional: bool,
}

/// An enum whose messages are lists: a number (or a method's name), then the fields in their order.
macro_rules! lists {
    (
        $(#[$meta:meta])* pub enum $type:ident<$($file:ident),+>;
        $($(#[doc = $doc:literal])+ $variant:ident = $code:literal {
            $($(#[doc = $field_doc:literal])+ $field:ident: $field_type:ty),* $(,)?
        })*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $type<$($file),+> {
            $($(#[doc = $doc])+ $variant { $($(#[doc = $field_doc])+ $field: $field_type),* },)*
        }

        impl<$($file: crate::field::ListField),+> $type<$($file),+> {
            /// The messages as JavaScript has them.
            pub const ROWS: &'static [crate::MessageRow] = &[$(crate::MessageRow {
                name: stringify!($variant),
                code: $code,
                documentation: &[$($doc),+],
                fields: &[$(crate::FieldRow {
                    name: stringify!($field),
                    javascript: <$field_type as crate::field::ListField>::JAVASCRIPT,
                    is_optional: <$field_type as crate::field::ListField>::IS_OPTIONAL,
                }),*],
            }),*];

            /// The message's name and number, as in [`Self::ROWS`], whose texts a page does not download.
            pub fn kind(&self) -> (&'static str, u8) {
                match self { $(Self::$variant { .. } => (stringify!($variant), $code)),* }
            }

            /// The fields as JavaScript values, in their order.
            #[cfg(feature = "web")]
            pub fn values(&self) -> js_sys::Array {
                match self {
                    $(Self::$variant { $($field),* } => {
                        let values: &[wasm_bindgen::JsValue] = &[$(crate::field::ListField::to_js($field)),*];
                        values.iter().collect()
                    })*
                }
            }
        }
    };
}

/// An enum whose messages are objects with a property `type`, the variant's name in camelCase.
macro_rules! objects {
    (
        $(#[$meta:meta])* pub enum $type:ident;
        $($(#[doc = $doc:literal])+ $variant:ident {
            $($(#[doc = $field_doc:literal])+ $field:ident: $field_type:ty),* $(,)?
        })*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $type {
            $($(#[doc = $doc])+ $variant { $($(#[doc = $field_doc])+ $field: $field_type),* },)*
        }

        impl $type {
            /// The messages as JavaScript has them.
            pub const ROWS: &'static [crate::MessageRow] = &[$(crate::MessageRow {
                name: stringify!($variant),
                code: 0,
                documentation: &[$($doc),+],
                fields: &[$(crate::FieldRow {
                    name: stringify!($field),
                    javascript: <$field_type as crate::field::ObjectField>::JAVASCRIPT,
                    is_optional: <$field_type as crate::field::ObjectField>::IS_OPTIONAL,
                }),*],
            }),*];

            /// Reads a message; `None` if it is not one of these.
            #[cfg(feature = "web")]
            pub fn from_js(message: &wasm_bindgen::JsValue) -> Option<Self> {
                use crate::javascript::camel_case;
                let get = |name: &str| crate::web::property(message, &camel_case(name));
                let kind = get("type").as_string()?;
                $(if kind == camel_case(stringify!($variant)) {
                    return Some(Self::$variant {
                        $($field: <$field_type as crate::field::ObjectField>::from_js(get(stringify!($field)))?),*
                    });
                })*
                None
            }
        }
    };
}

pub(crate) use {lists, objects};
