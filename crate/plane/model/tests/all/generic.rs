//! Generic ONNX: free or fixed batch, any operator of tract-onnx, clear errors.

use super::models;
use model::PatchDecoder;
use model::generic::run;
use model::onnx::{Dimension, NodeProto, TensorProto};

/// The outputs that tract's own reader of ONNX computes from an input.
pub fn by_tract_onnx(onnx: &[u8], input: &[f32]) -> Vec<Vec<f64>> {
    let outputs = run(onnx, &[input]).unwrap();
    outputs.into_iter().map(|row| row.into_iter().map(f64::from).collect()).collect()
}

#[test]
fn a_free_batch_becomes_one() {
    let mut model = models::decoder();
    let graph = model.graph.as_mut().unwrap();
    for port in graph.input.iter_mut().chain(&mut graph.output) {
        let tensor = port.r#type.as_mut().unwrap().tensor_type.as_mut().unwrap();
        tensor.shape.as_mut().unwrap().dim[0].value = Some(Dimension::DimParam("batch".to_owned()));
    }
    let fixed = run(&models::decoder().to_bytes(), &[&[1.0, -2.0]]).unwrap();
    assert_eq!(run(&model.to_bytes(), &[&[1.0, -2.0]]).unwrap(), fixed);
}

#[test]
fn operators_beyond_ours_run() {
    let node = vec![
        NodeProto::new("MatMul", &["latent", "w"], "a"),
        NodeProto::new("Softmax", &["a"], "columns").with_integer("axis", 1),
    ];
    let w = TensorProto::new("w", &[2, 56], &models::weights(3, 112, 1.0));
    let outputs = run(&models::model::<PatchDecoder>(node, vec![w]).to_bytes(), &[&[0.1, 0.2]]).unwrap();
    assert_eq!(outputs.len(), 1);
    assert_eq!(outputs[0].len(), 56);
    assert!((outputs[0].iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

#[test]
fn another_count_of_numbers_is_refused() {
    let message = run(&models::decoder().to_bytes(), &[&[1.0, 2.0, 3.0]]).unwrap_err().to_string();
    assert_eq!(message, "the model reads 2 numbers, but 3 were given");
}

#[test]
fn another_count_of_inputs_is_refused() {
    let message = run(&models::decoder().to_bytes(), &[&[1.0, 2.0], &[3.0]]).unwrap_err().to_string();
    assert_eq!(message, "the model has 1 inputs, but 2 were given; choose another model");
}

#[test]
fn a_file_of_another_kind_is_refused() {
    for bytes in [&b""[..], b"hello, I am a text\n"] {
        let message = run(bytes, &[&[1.0, 2.0]]).unwrap_err().to_string();
        assert!(message.contains("not an ONNX model"), "{message}");
    }
}

#[test]
fn an_unknown_operator_is_named() {
    let node = vec![NodeProto::new("Frobnicate", &["latent"], "columns")];
    let message = run(&models::model::<PatchDecoder>(node, vec![]).to_bytes(), &[&[0.1, 0.2]]).unwrap_err();
    assert!(message.to_string().contains("Frobnicate"), "{message}");
}

#[test]
fn a_long_name_of_an_operator_makes_no_long_sentence() {
    let mut model = models::decoder();
    model.graph.as_mut().unwrap().node[1].op_type = "x".repeat(7_000_000);
    let message = run(&model.to_bytes(), &[&[0.0, 0.0]]).unwrap_err().to_string();
    assert!(message.contains('x') && message.chars().count() < 1024, "{message}");
}
