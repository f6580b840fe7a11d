//! The ONNX file format: the protobuf messages and fields that our networks need. Fields that are not declared here
//! are skipped on reading. Never interprets a graph; that is `lowering`.
//!
//! Source of names and field numbers: `onnx.proto3` of the ONNX project, IR version 8.

use prost::Message;

/// IR version that the files we write declare.
pub const IR_VERSION: i64 = 8;
/// Version of the standard operator set that the files we write declare.
pub const OPERATOR_SET_VERSION: i64 = 13;
/// `TensorProto.data_type` of 32-bit floats.
pub const DATA_TYPE_FLOAT: i32 = 1;
/// `TensorProto.data_location` of tensors whose data are in another file.
pub const DATA_LOCATION_EXTERNAL: i32 = 1;
/// `AttributeProto.type` of an integer.
pub const ATTRIBUTE_TYPE_INT: i32 = 2;

/// A whole file.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct ModelProto {
    #[prost(int64, tag = "1")]
    pub ir_version: i64,
    #[prost(string, tag = "2")]
    pub producer_name: String,
    #[prost(string, tag = "3")]
    pub producer_version: String,
    #[prost(string, tag = "6")]
    pub doc_string: String,
    #[prost(message, optional, tag = "7")]
    pub graph: Option<GraphProto>,
    #[prost(message, repeated, tag = "8")]
    pub opset_import: Vec<OperatorSetIdProto>,
    #[prost(message, repeated, tag = "14")]
    pub metadata_props: Vec<StringStringEntryProto>,
}

/// The operators of a network in an order in which they can be computed.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct GraphProto {
    #[prost(message, repeated, tag = "1")]
    pub node: Vec<NodeProto>,
    #[prost(string, tag = "2")]
    pub name: String,
    #[prost(message, repeated, tag = "5")]
    pub initializer: Vec<TensorProto>,
    #[prost(message, repeated, tag = "11")]
    pub input: Vec<ValueInfoProto>,
    #[prost(message, repeated, tag = "12")]
    pub output: Vec<ValueInfoProto>,
}

/// One operator with the names of its inputs and outputs.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct NodeProto {
    #[prost(string, repeated, tag = "1")]
    pub input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    pub output: Vec<String>,
    #[prost(string, tag = "3")]
    pub name: String,
    #[prost(string, tag = "4")]
    pub op_type: String,
    #[prost(message, repeated, tag = "5")]
    pub attribute: Vec<AttributeProto>,
    #[prost(string, tag = "7")]
    pub domain: String,
}

/// A constant setting of an operator.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct AttributeProto {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(float, tag = "2")]
    pub f: f32,
    #[prost(int64, tag = "3")]
    pub i: i64,
    #[prost(int32, tag = "20")]
    pub r#type: i32,
}

/// A constant array, row by row: in `float_data` or, as little-endian bytes, in `raw_data`.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct TensorProto {
    #[prost(int64, repeated, tag = "1")]
    pub dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    pub data_type: i32,
    #[prost(float, repeated, tag = "4")]
    pub float_data: Vec<f32>,
    #[prost(string, tag = "8")]
    pub name: String,
    #[prost(bytes = "vec", tag = "9")]
    pub raw_data: Vec<u8>,
    #[prost(int32, tag = "14")]
    pub data_location: i32,
}

/// The name and type of an input or output of the graph.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct ValueInfoProto {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(message, optional, tag = "2")]
    pub r#type: Option<TypeProto>,
}

/// The type of a value; `None` for types that are not tensors.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct TypeProto {
    #[prost(message, optional, tag = "1")]
    pub tensor_type: Option<TensorTypeProto>,
}

/// Element type and shape of a tensor.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct TensorTypeProto {
    #[prost(int32, tag = "1")]
    pub elem_type: i32,
    #[prost(message, optional, tag = "2")]
    pub shape: Option<TensorShapeProto>,
}

/// The dimensions of a tensor, outermost first.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct TensorShapeProto {
    #[prost(message, repeated, tag = "1")]
    pub dim: Vec<DimensionProto>,
}

/// One dimension.
#[derive(Clone, PartialEq, Message)]
pub struct DimensionProto {
    /// Its size or name.
    #[prost(oneof = "Dimension", tags = "1, 2")]
    pub value: Option<Dimension>,
}

/// The size of a dimension: a number, or a name for a number that is free.
#[derive(Clone, PartialEq, prost::Oneof)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub enum Dimension {
    #[prost(int64, tag = "1")]
    DimValue(i64),
    #[prost(string, tag = "2")]
    DimParam(String),
}

/// The set and the version of the operators that the graph uses. An empty domain is the standard set.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct OperatorSetIdProto {
    #[prost(string, tag = "1")]
    pub domain: String,
    #[prost(int64, tag = "2")]
    pub version: i64,
}

/// One entry of the metadata.
#[derive(Clone, PartialEq, Message)]
#[allow(missing_docs, reason = "named and described by onnx.proto3")]
pub struct StringStringEntryProto {
    #[prost(string, tag = "1")]
    pub key: String,
    #[prost(string, tag = "2")]
    pub value: String,
}

impl ModelProto {
    /// A file of `graph` in the versions that we write. Its bytes: `encode_to_vec()`.
    pub fn new(graph: GraphProto, metadata: Vec<StringStringEntryProto>) -> Self {
        let standard = OperatorSetIdProto { domain: String::new(), version: OPERATOR_SET_VERSION };
        Self {
            ir_version: IR_VERSION,
            producer_name: "latent-pad".to_owned(),
            producer_version: env!("CARGO_PKG_VERSION").to_owned(),
            graph: Some(graph),
            opset_import: vec![standard],
            metadata_props: metadata,
            ..Self::default()
        }
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.encode_to_vec()
    }
}

impl NodeProto {
    /// A standard operator that makes one value; the value's name is also the operator's.
    pub fn new(operator: &str, inputs: &[&str], output: &str) -> Self {
        Self {
            input: inputs.iter().map(|&name| name.to_owned()).collect(),
            output: vec![output.to_owned()],
            name: output.to_owned(),
            op_type: operator.to_owned(),
            ..Self::default()
        }
    }

    /// The same operator with an integer attribute.
    pub fn with_integer(mut self, name: &str, value: i64) -> Self {
        let name = name.to_owned();
        self.attribute.push(AttributeProto { name, i: value, r#type: ATTRIBUTE_TYPE_INT, f: 0.0 });
        self
    }
}

impl TensorProto {
    /// An array of floats; `values` row by row, as many as the product of `dimensions`.
    pub fn new(name: &str, dimensions: &[usize], values: &[f32]) -> Self {
        Self {
            dims: dimensions.iter().map(|&size| size as i64).collect(),
            data_type: DATA_TYPE_FLOAT,
            name: name.to_owned(),
            raw_data: values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            ..Self::default()
        }
    }
}

impl ValueInfoProto {
    /// An input or output of floats.
    pub fn new(name: &str, dimensions: &[usize]) -> Self {
        let value = |&size: &usize| DimensionProto { value: Some(Dimension::DimValue(size as i64)) };
        let shape = TensorShapeProto { dim: dimensions.iter().map(value).collect() };
        let tensor = TensorTypeProto { elem_type: DATA_TYPE_FLOAT, shape: Some(shape) };
        Self { name: name.to_owned(), r#type: Some(TypeProto { tensor_type: Some(tensor) }) }
    }

    /// The sizes of its dimensions if it is a tensor of floats whose shape is known; `None` in the
    /// place of a size that is free.
    pub fn float_shape(&self) -> Option<Vec<Option<i64>>> {
        let tensor = self.r#type.as_ref()?.tensor_type.as_ref()?;
        if tensor.elem_type != DATA_TYPE_FLOAT {
            return None;
        }
        let size = |dimension: &DimensionProto| match dimension.value {
            Some(Dimension::DimValue(size)) => Some(size),
            _ => None,
        };
        Some(tensor.shape.as_ref()?.dim.iter().map(size).collect())
    }
}

impl StringStringEntryProto {
    /// An entry of the metadata.
    pub fn new(key: &str, value: impl Into<String>) -> Self {
        Self { key: key.to_owned(), value: value.into() }
    }
}
