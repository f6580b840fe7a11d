//! Promises of `latent-pad evaluate` that need no figures: sounds, presets or networks that give none get one sentence instead
//! of zeros, and rows that a model may have learned a warning.

use model::onnx::{GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

#[test]
fn too_few_presets_to_match_with_are_said_to_be_too_few() {
    let (few, sounds) = (first_presets(6), noise());
    let arguments = ["--banks", &text(&few, ""), "--sounds", &text(&sounds, "sounds"), "--renders", "1"];
    let output = evaluate("match", &arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("too few presets") && message.contains("add banks"), "{message}");
    assert!(!message.contains("rows"), "{message}");
}
