//! Weights as ONNX files that carry the contract of `latent`. Only operators that the product's small
//! reader knows: Gemm, Sigmoid, Tanh, Mul, Add, Concat. Writes no file: bytes out.

use crate::dense::{Autoencoder, Dense, Half};
use latent::contract::{COLUMNS, HEARD, Kind, LATENT, LATENT_LIMIT, LOG_VARIANCE, MEAN, metadata};
use latent::onnx::{GraphProto, ModelProto, NodeProto, StringStringEntryProto, TensorProto, ValueInfoProto};

/// The decoder: a point (1 × 2) → 27 columns of 0–1 and 29 class logits (1 × 56).
pub fn decoder(weights: &Autoencoder, seed: u64) -> Vec<u8> {
    let mut graph = graph(&weights.decoder, LATENT, ["continuous_sum", "logits"]);
    graph.node.push(NodeProto::new("Sigmoid", &["continuous_sum"], "continuous"));
    graph.node.push(NodeProto::new("Concat", &["continuous", "logits"], COLUMNS).with_integer("axis", 1));
    model(graph, Kind::Decoder, seed)
}

/// The encoder: columns (1 × 56) and features of the sound (1 × 162) → mean, inside of the square, and
/// log-variance (1 × 2 each).
pub fn encoder(weights: &Autoencoder, seed: u64) -> Vec<u8> {
    let mut graph = graph(&weights.encoder, "seen_and_heard", ["mean_sum", LOG_VARIANCE]);
    let input = NodeProto::new("Concat", &[COLUMNS, HEARD], "seen_and_heard").with_integer("axis", 1);
    graph.node.insert(0, input);
    graph.initializer.push(TensorProto::new("limit", &[1], &[LATENT_LIMIT]));
    graph.node.push(NodeProto::new("Tanh", &["mean_sum"], "mean_share"));
    graph.node.push(NodeProto::new("Mul", &["mean_share", "limit"], MEAN));
    model(graph, Kind::ListeningEncoder, seed)
}

fn model(mut graph: GraphProto, kind: Kind, seed: u64) -> Vec<u8> {
    let ports = |ports: &[(&str, usize)]| {
        ports.iter().map(|&(name, length)| ValueInfoProto::new(name, &[1, length])).collect()
    };
    graph.input = ports(kind.inputs());
    graph.output = ports(kind.outputs());
    let mut entries = metadata(kind);
    entries.push(StringStringEntryProto::new("seed", seed.to_string()));
    entries.push(StringStringEntryProto::new("licence", env!("CARGO_PKG_LICENSE")));
    ModelProto::new(graph, entries).to_bytes()
}

/// The operators of one half, from the value `input` to the values of both heads.
fn graph(half: &Half<Dense>, input: &str, heads: [&str; 2]) -> GraphProto {
    let mut graph = GraphProto { name: "latent_pad".to_owned(), ..GraphProto::default() };
    let [first, second] = &half.hidden;
    dense(&mut graph, first, input, "first_sum");
    silu(&mut graph, "first_sum", "first_gate", "first");
    dense(&mut graph, second, "first", "second_sum");
    silu(&mut graph, "second_sum", "second_gate", "second_change");
    graph.node.push(NodeProto::new("Add", &["first", "second_change"], "second"));
    for (layer, head) in half.heads.iter().zip(heads) {
        dense(&mut graph, layer, "second", head);
    }
    graph
}

fn dense(graph: &mut GraphProto, layer: &Dense, input: &str, output: &str) {
    let (weight, bias) = (format!("{output}_weight"), format!("{output}_bias"));
    graph.initializer.push(TensorProto::new(&weight, &[layer.outputs, layer.inputs], &layer.weight));
    graph.initializer.push(TensorProto::new(&bias, &[layer.outputs], &layer.bias));
    graph.node.push(NodeProto::new("Gemm", &[input, &weight, &bias], output).with_integer("transB", 1));
}

/// x · sigmoid(x)
fn silu(graph: &mut GraphProto, input: &str, gate: &str, output: &str) {
    graph.node.push(NodeProto::new("Sigmoid", &[input], gate));
    graph.node.push(NodeProto::new("Mul", &[input, gate], output));
}
