//! Weights as ONNX files that carry the contract of `latent`. Only operators that the product's small
//! reader knows: Gemm, MatMul, Sigmoid, Softmax, Log, Mul, Add, Concat. Writes no file: bytes out.

use crate::dense::{Dense, Half};
use crate::posterior::Posterior;
use model::contract::{COLUMNS, HEARD, Kind, LATENT, LATENT_COUNT, LOG_VARIANCE, MEAN, metadata};
use model::onnx::{GraphProto, ModelProto, NodeProto, StringStringEntryProto, TensorProto, ValueInfoProto};

/// The decoder: a point (1 × 2) → 27 columns of 0–1 and 29 class logits (1 × 56).
pub fn decoder(weights: &Half<Dense>, seed: u64) -> Vec<u8> {
    let mut graph = half(weights, LATENT, ["continuous_sum", "logits"]);
    graph.node.push(NodeProto::new("Sigmoid", &["continuous_sum"], "continuous"));
    graph.node.push(NodeProto::new("Concat", &["continuous", "logits"], COLUMNS).with_integer("axis", 1));
    model(graph, Kind::Decoder, seed)
}

/// The encoder: what was heard (1 × 170) → mean, inside of the square, and log-variance (1 × 2 each) of
/// the posterior. The variance is that of the points, the mean of the squares less the square of the mean,
/// and that within a cell.
pub fn encoder(posterior: &Posterior, seed: u64) -> Vec<u8> {
    let mut graph = empty();
    dense(&mut graph, &posterior.listening, HEARD, "coordinates");
    dense(&mut graph, &posterior.scores, "coordinates", "scores");
    graph.node.push(NodeProto::new("Softmax", &["scores"], "shares").with_integer("axis", 1));
    let points = posterior.points.as_flattened();
    let squares: Vec<f32> = points.iter().map(|axis| axis * axis).collect();
    for (name, moments, output) in [("points", points, MEAN), ("squares", &squares, "mean_of_squares")] {
        graph.initializer.push(TensorProto::new(name, &[posterior.points.len(), LATENT_COUNT], moments));
        graph.node.push(NodeProto::new("MatMul", &["shares", name], output));
    }
    graph.initializer.push(TensorProto::new("minus_one", &[1], &[-1.0]));
    graph.initializer.push(TensorProto::new("cell_variance", &[1], &[posterior.cell_variance]));
    graph.node.push(NodeProto::new("Mul", &[MEAN, MEAN], "square_of_mean"));
    graph.node.push(NodeProto::new("Mul", &["square_of_mean", "minus_one"], "less"));
    graph.node.push(NodeProto::new("Add", &["mean_of_squares", "less"], "between_cells"));
    graph.node.push(NodeProto::new("Add", &["between_cells", "cell_variance"], "variance"));
    graph.node.push(NodeProto::new("Log", &["variance"], LOG_VARIANCE));
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
fn half(half: &Half<Dense>, input: &str, heads: [&str; 2]) -> GraphProto {
    let mut graph = empty();
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

fn empty() -> GraphProto {
    GraphProto { name: "latent_pad".to_owned(), ..GraphProto::default() }
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
