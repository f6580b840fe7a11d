//! A file that is not ours is rejected, and the message says what is wrong with it.

use super::models;
use model::network::Network;
use model::onnx::{
    Dimension, GraphProto, ModelProto, NodeProto, StringStringEntryProto, TensorProto, ValueInfoProto,
};
use model::{Manifest, ModelError, ModelKind, PatchDecoder, PatchEncoder};
use plane::Point;

fn refusal(change: impl FnOnce(&mut ModelProto)) -> String {
    let mut model = models::decoder();
    change(&mut model);
    PatchDecoder::from_onnx(&model.to_bytes()).unwrap_err().to_string()
}

fn graph_refusal(change: impl FnOnce(&mut GraphProto)) -> String {
    refusal(|model| change(model.graph.as_mut().unwrap()))
}

#[track_caller]
fn assert_says(message: &str, parts: &[&str]) {
    assert!(parts.iter().all(|part| message.contains(part)), "{message:?} lacks one of {parts:?}");
    assert!(message.len() < 400, "too long: {message:?}");
}

#[test]
fn every_key_of_the_manifest_is_required_and_checked() {
    for entry in models::decoder().metadata_props {
        let missing = refusal(|model| model.metadata_props.retain(|other| other.key != entry.key));
        assert_says(&missing, &["no", &entry.key, "; train it with `latent-pad train`"]);
        let wrong = refusal(|model| {
            let other = model.metadata_props.iter_mut().find(|other| other.key == entry.key).unwrap();
            other.value =
                other.value.rsplit_once(',').map_or("other".to_owned(), |(head, _)| format!("{head},9"));
        });
        assert_says(
            &wrong,
            &[
                &entry.key,
                "expected",
                "; choose such a file, or train it with this version of `latent-pad train`",
            ],
        );
    }
}

#[test]
fn a_changed_column_is_named_by_its_position() {
    let message = refusal(|model| {
        let columns = model.metadata_props.iter_mut().find(|entry| entry.key == "columns").unwrap();
        columns.value = columns.value.replace("filter_type_3", "filter_kind_3");
    });
    assert_says(&message, &["columns[49]", "filter_kind_3", "filter_type_3"]);
}

#[test]
fn other_metadata_may_be_added() {
    let mut model = models::decoder();
    model.metadata_props.push(StringStringEntryProto::new("seed", "1"));
    assert!(PatchDecoder::from_onnx(&model.to_bytes()).is_ok());
}

#[test]
fn source_and_licence_are_read_if_present() {
    let read = |model: &ModelProto| Manifest::read(model, PatchDecoder::REMEDY).unwrap();
    let silent = read(&models::decoder());
    assert_eq!((silent.source, silent.licence), (None, None));
    let manifest = Manifest {
        source: Some("two banks".to_owned()),
        licence: Some("GPL-3.0-or-later".to_owned()),
        ..PatchDecoder::manifest()
    };
    let model = manifest.clone().into_file(models::decoder().graph.unwrap());
    assert_eq!(read(&model), manifest);
    assert!(PatchDecoder::from_onnx(&model.to_bytes()).is_ok());
}

#[test]
fn numbers_and_sizes_of_the_metadata_are_checked_before_they_are_used() {
    let message = refusal(|model| {
        let minimum = model.metadata_props.iter_mut().find(|entry| entry.key == "minimum").unwrap();
        minimum.value = minimum.value.replacen("0", "low", 1);
    });
    assert_says(&message, &["minimum[", "low", "a number"]);
    let entry = StringStringEntryProto::new("remark", "x".repeat(100_000));
    let message = refusal(|model| model.metadata_props.push(entry));
    assert_says(&message, &["remark", "100000 bytes"]);
    let entry = StringStringEntryProto::new("remark", "");
    let message = refusal(|model| model.metadata_props.extend(vec![entry; 1000]));
    assert_says(&message, &["metadata", "1007 entries"]);
}

#[test]
fn an_encoder_is_no_decoder() {
    let message = PatchDecoder::from_onnx(&models::encoder().to_bytes()).unwrap_err().to_string();
    assert_says(&message, &["format", "latent-pad encoder", "latent-pad decoder"]);
    let message = PatchEncoder::from_onnx(&models::decoder().to_bytes()).unwrap_err().to_string();
    assert_says(&message, &["format", "latent-pad encoder", "latent-pad decoder"]);
}

#[test]
fn ports_are_checked() {
    let message = graph_refusal(|graph| graph.input[0].name = "z".to_owned());
    assert_says(&message, &["input is z [1,2]", "expected latent [1,2]; train it with `latent-pad train`"]);
    let message = graph_refusal(|graph| {
        let tensor = graph.output[0].r#type.as_mut().unwrap().tensor_type.as_mut().unwrap();
        tensor.shape.as_mut().unwrap().dim[1].value = Some(Dimension::DimValue(55));
    });
    assert_says(&message, &["output is columns [1,55]", "expected columns [1,56]"]);
}

/// The declared shape may lie about what the graph computes.
#[test]
fn the_computed_length_counts() {
    let mut model = models::decoder();
    let graph = model.graph.as_mut().unwrap();
    graph.node.last_mut().unwrap().input.truncate(1);
    let message = PatchDecoder::from_onnx(&model.to_bytes()).unwrap_err().to_string();
    assert_says(&message, &["\"columns\" has 27 numbers"]);
}

#[test]
fn unknown_operators_and_settings_are_named() {
    let message = graph_refusal(|graph| graph.node[1].op_type = "Erf".to_owned());
    assert_says(&message, &["Erf", "Sigmoid, Tanh"]);
    let message = graph_refusal(|graph| graph.node[1].domain = "com.example".to_owned());
    assert_says(&message, &["com.example.Sigmoid"]);
    let message = graph_refusal(|graph| graph.node[0] = graph.node[0].clone().with_integer("transA", 1));
    assert_says(&message, &["Gemm with transA = 1"]);
    let message = graph_refusal(|graph| graph.node[11].attribute[0].i = 0);
    assert_says(&message, &["Concat with axis = 0"]);
}

#[test]
fn broken_weights_are_named() {
    let weights = |change: fn(&mut TensorProto)| graph_refusal(|graph| change(&mut graph.initializer[2]));
    assert_says(
        &weights(|w2| w2.raw_data[..4].copy_from_slice(&f32::NAN.to_le_bytes())),
        &["w2", "not finite"],
    );
    assert_says(&weights(|w2| w2.raw_data.truncate(400)), &["w2", "100 numbers instead of 24 × 24"]);
    assert_says(&weights(|w2| w2.raw_data.truncate(401)), &["w2", "list of floats"]);
    assert_says(&weights(|w2| w2.data_type = 7), &["w2", "data type 7"]);
    assert_says(&weights(|w2| w2.data_location = 1), &["w2", "another file"]);
    assert_says(&weights(|w2| w2.dims = vec![24, -24]), &["w2", "dimension"]);
    assert_says(&weights(|w2| w2.dims = vec![i64::MAX, i64::MAX]), &["w2", "dimension"]);
    assert_says(&weights(|w2| w2.dims = vec![2, 2, 144]), &["w2", "3 dimensions"]);
    assert_says(&weights(|w2| w2.dims = vec![18, 32]), &["multiplies 24 numbers by 18 × 32"]);
}

#[test]
fn broken_graphs_are_described() {
    let message = graph_refusal(|graph| graph.node.swap(0, 1));
    assert_says(&message, &["nothing makes \"a1\""]);
    let message = graph_refusal(|graph| graph.node[2].output[0] = "a1".to_owned());
    assert_says(&message, &["\"a1\" is made twice"]);
    let message = graph_refusal(|graph| graph.node[2].input.truncate(1));
    assert_says(&message, &["Mul \"h1\" reads 1 values instead of 2"]);
    let message = graph_refusal(|graph| graph.node[6].input[1] = "latent".to_owned());
    assert_says(&message, &["Add \"h2\" joins 24 numbers with 2"]);
    let message = graph_refusal(|graph| {
        graph.node = vec![NodeProto::new("Relu", &["latent"], "columns"); 300];
    });
    assert_says(&message, &["300 operators"]);
    let message = graph_refusal(|graph| graph.initializer = vec![TensorProto::default(); 1025]);
    assert_says(&message, &["1025 arrays, at most 1024"]);
}

/// A network of one row of a thousand numbers, an array of a million and one of 8192.
fn wide(node: Vec<NodeProto>) -> Result<Network, ModelError> {
    let graph = GraphProto {
        node,
        input: vec![ValueInfoProto::new("x", &[1, 1024])],
        output: vec![ValueInfoProto::new("y", &[1, 1024])],
        initializer: vec![
            TensorProto::new("w", &[1024, 1024], &vec![0.001; 1024 * 1024]),
            TensorProto::new("long", &[8192], &[1.0; 8192]),
        ],
        ..GraphProto::default()
    };
    Network::new(&ModelProto::new(graph, Vec::new()))
}

/// Each use of a matrix counts: a small file could fill the memory, and decode for seconds.
#[test]
fn weights_are_counted_at_each_use() {
    let product = |from: &str, to: &str| NodeProto::new("MatMul", &[from, "w"], to);
    let mut network = wide(vec![product("x", "a"), product("a", "y")]).unwrap();
    network.run(&[&[1.0; 1024]], &mut [&mut [0.0; 1024]]).unwrap();
    let message =
        wide(vec![product("x", "a"), product("a", "b"), product("b", "y")]).unwrap_err().to_string();
    assert_says(&message, &["3145728 weights up to MatMul \"y\", at most 2097152"]);
}

#[test]
fn joined_values_are_counted_first() {
    let concat = |inputs: &[&str], to: &str| NodeProto::new("Concat", inputs, to).with_integer("axis", 1);
    let message = |node: Vec<NodeProto>| wide(node).unwrap_err().to_string();
    assert_says(&message(vec![concat(&["long"; 2], "y")]), &["makes 16384 numbers, at most 8192"]);
    assert_says(&message(vec![concat(&["long"; 256], "y")]), &["makes 2097152 numbers, at most 8192"]);
    assert_says(&message(vec![concat(&["long"; 257], "y")]), &["joins 257 values, at most 256"]);
    assert_says(&message(vec![concat(&["x"; 205], "a"); 5]), &["read 1025 values, at most 1024"]);
    assert_says(&message(vec![concat(&vec!["long"; 524_288], "y")]), &["read 524288 values, at most 1024"]);
}

#[test]
fn no_name_of_a_file_makes_a_long_message() {
    let long = "x".repeat(7_000_000);
    for message in [
        graph_refusal(|graph| graph.node[1].op_type = long.clone()),
        graph_refusal(|graph| graph.node[1].domain = long.clone()),
        graph_refusal(|graph| {
            graph.node[1].op_type = long.clone();
            graph.node[1].output.clear();
        }),
        graph_refusal(|graph| {
            graph.node[1].name = long.clone();
            graph.node[1].input.clear();
        }),
        graph_refusal(|graph| graph.node[0] = graph.node[0].clone().with_integer(&long, 1)),
        graph_refusal(|graph| graph.node[1].input[0] = long.clone()),
        graph_refusal(|graph| graph.input[0].name = long.clone()),
        graph_refusal(|graph| {
            graph.initializer[2].name = long.clone();
            graph.initializer[2].data_type = 7;
            graph.node[3].input[1] = long.clone();
        }),
        refusal(|model| model.metadata_props[0].value = long),
    ] {
        assert_says(&message, &["model"]);
    }
}

#[test]
fn a_file_of_another_kind_is_no_onnx() {
    for bytes in [&b""[..], b"<?xml version=\"1.0\"?>", b"RIFF\0\0\0\0WAVEfmt "] {
        assert_says(&PatchDecoder::from_onnx(bytes).unwrap_err().to_string(), &["not an ONNX model"]);
    }
    assert_says(&PatchDecoder::from_onnx(&vec![0; 9 << 20]).unwrap_err().to_string(), &["9437184 bytes"]);
}

#[test]
fn a_point_that_is_not_finite_is_rejected() {
    let mut decoder = PatchDecoder::from_onnx(&models::decoder().to_bytes()).unwrap();
    assert_eq!(decoder.decode(Point { x: 0.0, y: f32::NAN }), Err(ModelError::InputNotFinite(1)));
    assert_eq!(decoder.decode(Point { x: f32::INFINITY, y: 0.0 }), Err(ModelError::InputNotFinite(0)));
    assert!(decoder.decode(Point::default()).is_ok());
}

#[test]
fn a_result_that_is_not_finite_is_refused() {
    let mut model = models::decoder();
    let graph = model.graph.as_mut().unwrap();
    graph.initializer[6] = TensorProto::new("w4", &[models::WIDTH, 29], &[f32::MAX; models::WIDTH * 29]);
    let mut decoder = PatchDecoder::from_onnx(&model.to_bytes()).unwrap();
    assert_eq!(decoder.decode(Point { x: 1.0, y: 1.0 }), Err(ModelError::OutputNotFinite));
}
