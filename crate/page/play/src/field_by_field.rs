//! Lenient deserialization, field by field: a missing or invalid field gets its default and affects no other field.
//! Reads parsed values (JavaScript objects, `serde_json::Value`), since a text parser cannot continue after an error.
//! Reads the bytes of links strictly, since no field can be skipped there.

/// Implements `Deserialize` for a struct with defaults. Lists its fields in order, which is that of a link's bytes;
/// `as` names a helper type that reads the field.
macro_rules! field_by_field {
    ($name:ident { $($field:ident $(= $saved:literal)? $(as $reader:ident)?),+ $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, text: &mut std::fmt::Formatter) -> std::fmt::Result {
                        text.write_str(concat!("the fields of ", stringify!($name)))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut read = $name::default();
                        while let Some(key) = map.next_key::<String>()? {
                            match key.as_str() {
                                $(field_by_field!(@name $field $($saved)?) => if let Ok(value) = map.next_value() {
                                    read.$field = field_by_field!(@of value $($reader)?);
                                })+
                                _ => drop(map.next_value::<serde::de::IgnoredAny>()?),
                            }
                        }
                        Ok(read)
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut values: A) -> Result<$name, A::Error> {
                        let missing = || serde::de::Error::custom("fewer values than fields");
                        $(
                            let value = values.next_element()?.ok_or_else(missing)?;
                            let $field = field_by_field!(@of value $($reader)?);
                        )+
                        Ok($name { $($field),+ })
                    }
                }

                deserializer.deserialize_struct(stringify!($name), &[$(field_by_field!(@name $field $($saved)?)),+], Fields)
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $saved:literal) => { $saved };
    (@of $value:ident) => { $value };
    (@of $value:ident $reader:ident) => { { let $reader(value) = $value; value } };
}

pub(crate) use field_by_field;
