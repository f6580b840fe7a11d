//! A value of a script, and enums that are read from one. Derived code for enums with many variants took a sixth of the
//! bytes of the page's program: `script_enum` reads the same objects, with a call for each field.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// The name of the field that tells the variant.
const TAG: &str = "type";

/// The reason why a value cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("a script has sent what this page does not know: {0}; reload the page")]
pub struct ScriptValueError(String);

impl Error for ScriptValueError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self(reason.to_string())
    }
}

/// A value of a script.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ScriptValue {
    /// Null, or undefined.
    Nothing,
    Truth(bool),
    Number(f64),
    Text(String),
    List(Vec<ScriptValue>),
    /// The fields of an object.
    Record(Vec<(String, ScriptValue)>),
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = ScriptValue;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value of a script")
    }

    fn visit_bool<E>(self, value: bool) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Truth(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Nothing)
    }

    fn visit_none<E>(self) -> Result<ScriptValue, E> {
        Ok(ScriptValue::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ScriptValue, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(ScriptValue::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut record: A) -> Result<ScriptValue, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = record.next_entry()? {
            fields.push(field);
        }
        Ok(ScriptValue::Record(fields))
    }
}

impl<'de> Deserialize<'de> for ScriptValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ValueVisitor)
    }
}

impl<'de> IntoDeserializer<'de, ScriptValueError> for ScriptValue {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for ScriptValue {
    type Error = ScriptValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ScriptValueError> {
        match self {
            Self::Nothing => visitor.visit_unit(),
            Self::Truth(value) => visitor.visit_bool(value),
            // A whole number may be that of an integer.
            Self::Number(value) if value.fract() == 0.0 && value.abs() < 2_f64.powi(53) => {
                visitor.visit_i64(value as i64)
            }
            Self::Number(value) => visitor.visit_f64(value),
            Self::Text(value) => visitor.visit_string(value),
            Self::List(values) => visitor.visit_seq(SeqDeserializer::new(values.into_iter())),
            Self::Record(fields) => visitor.visit_map(MapDeserializer::new(fields.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ScriptValueError> {
        match self {
            Self::Nothing => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ScriptValueError> {
        match self {
            Self::Text(name) => visitor.visit_enum(name.into_deserializer()),
            _ => Err(ScriptValueError::custom("an enum that is no text")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ScriptValueError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

/// True if a script writes a name of Rust so: `length_s` is `lengthS` there or stays as it is,
/// `AddPlace` is `addPlace`.
fn is_written_so(own: &str, script: &str) -> bool {
    if own.contains('_') && own == script {
        return true;
    }
    let mut letters = script.chars();
    let mut begins = false;
    for (at, letter) in own.chars().enumerate() {
        if letter == '_' {
            begins = true;
            continue;
        }
        let wanted = match (begins, at) {
            (true, _) => letter.to_ascii_uppercase(),
            (false, 0) => letter.to_ascii_lowercase(),
            (false, _) => letter,
        };
        begins = false;
        if letters.next() != Some(wanted) {
            return false;
        }
    }
    letters.next().is_none()
}

/// An object whose field `type` tells the variant of an enum.
pub(crate) struct TaggedRecord {
    tag: String,
    fields: Vec<(String, ScriptValue)>,
}

impl TaggedRecord {
    /// Reads an object.
    pub fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut record = Self { tag: String::new(), fields: Vec::new() };
        if let ScriptValue::Record(fields) = ScriptValue::deserialize(from)? {
            record.fields = fields;
        }
        if let ScriptValue::Text(tag) = record.take(TAG) {
            record.tag = tag;
        }
        Ok(record)
    }

    /// True if it is this variant.
    pub fn is(&self, variant: &str) -> bool {
        is_written_so(variant, &self.tag)
    }

    /// The name of its variant.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Takes a field; nothing if it lacks it.
    fn take(&mut self, field: &str) -> ScriptValue {
        let at = self.fields.iter().position(|(name, _)| is_written_so(field, name));
        at.map_or(ScriptValue::Nothing, |at| self.fields.swap_remove(at).1)
    }

    /// Reads a field.
    pub fn field<'de, T: Deserialize<'de>>(&mut self, field: &str) -> Result<T, ScriptValueError> {
        T::deserialize(self.take(field))
    }
}

/// Declares an enum that is read from an object of a script: its field `type` has the name of the variant, and the
/// others those of the variant's fields, in camel case.
macro_rules! script_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$own:meta])* $variant:ident $({ $($(#[$about:meta])* $field:ident: $kind:ty),* $(,)? })?,)*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $($(#[$own])* $variant $({ $($(#[$about])* $field: $kind),* })?,)*
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                use serde::de::Error;
                #[allow(unused_mut, reason = "an enum may have no fields")]
                let mut record = $crate::panels::script_value::TaggedRecord::read(from)?;
                $(if record.is(stringify!($variant)) {
                    return Ok(Self::$variant $({
                        $($field: record.field(stringify!($field)).map_err(D::Error::custom)?),*
                    })?);
                })*
                Err(D::Error::custom(record.tag()))
            }
        }
    };
}
pub(crate) use script_enum;

#[cfg(test)]
mod tests {
    script_enum! {
        #[derive(Debug, PartialEq)]
        pub enum TestAction {
            Undo,
            MovePlace { index: usize, length_s: f64, other: Option<u8>, places: Vec<[f32; 2]> },
        }
    }

    fn read(text: &str) -> Result<TestAction, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn an_action_of_a_script_is_read_by_its_type_and_the_names_of_its_fields() {
        let text =
            r#"{ "type": "movePlace", "index": 2, "lengthS": 1, "other": null, "places": [[0.5, 1]] }"#;
        let moved = TestAction::MovePlace { index: 2, length_s: 1.0, other: None, places: vec![[0.5, 1.0]] };
        assert_eq!(read(text).unwrap(), moved);
        assert_eq!(read(r#"{ "type": "undo" }"#).unwrap(), TestAction::Undo);
    }

    #[test]
    fn what_is_no_such_action_is_refused() {
        for text in [
            "1",
            r#"{ "type": "MovePlace" }"#,
            r#"{ "type": "movePlace", "index": 2 }"#,
            r#"{ "type": "movePlace", "index": -2, "lengthS": 1, "places": [] }"#,
            r#"{ "type": "movePlace", "index": 0.5, "lengthS": 1, "places": [] }"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
