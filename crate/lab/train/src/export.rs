//! Weights as ONNX files with the manifests of crate `model`, with operators that its graph lowering knows: Gemm,
//! MatMul, Sigmoid, Softmax, Log, Mul, Add, Concat. Returns bytes and writes no file.

use crate::dense::{Dense, TwoHeaded};
use crate::posterior::Posterior;
use model::kinds::{COLUMNS, FEATURES, LATENT, LATENT_COUNT, LOG_VARIANCE, MEAN, SoundEncoder};
use model::onnx::{GraphProto, NodeProto, TensorProto};
use model::{Manifest, ModelKind, PatchDecoder};
use plane::Point;

/// The provenance of a model, for its manifest.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The seed of its training.
    pub seed: u64,
    /// The training data, in words.
    pub source: String,
}

/// The decoder: a point (1 × 2) → 27 columns of 0–1 and 29 class logits (1 × 56).
pub fn decoder(weights: &TwoHeaded<Dense>, provenance: &Provenance) -> Vec<u8> {
    let mut graph = two_headed(weights, LATENT, ["continuous_sum", "logits"]);
    graph.node.push(NodeProto::new("Sigmoid", &["continuous_sum"], "continuous"));
    graph.node.push(NodeProto::new("Concat", &["continuous", "logits"], COLUMNS).with_integer("axis", 1));
    file::<PatchDecoder>(graph, provenance)
}

/// The encoder: features (1 × 170) → mean, inside of the square, and log-variance (1 × 2 each) of the posterior. The
/// variance is the sum of two: the variance of the points (the mean of the squares less the square of the mean), and
/// the variance within a cell.
pub fn encoder(posterior: &Posterior, provenance: &Provenance) -> Vec<u8> {
    let mut graph = empty();
    dense(&mut graph, &posterior.projection, FEATURES, "coordinates");
    dense(&mut graph, &posterior.scores, "coordinates", "scores");
    graph.node.push(NodeProto::new("Softmax", &["scores"], "shares").with_integer("axis", 1));
    let points: Vec<f32> = posterior.points.iter().flat_map(|&Point { x, y }| [x, y]).collect();
    let squares: Vec<f32> = points.iter().map(|axis| axis * axis).collect();
    for (name, moments, output) in [("points", &points, MEAN), ("squares", &squares, "mean_of_squares")] {
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
    file::<SoundEncoder>(graph, provenance)
}

/// The bytes of a file of a kind.
pub fn file<K: ModelKind>(graph: GraphProto, provenance: &Provenance) -> Vec<u8> {
    let mut manifest = Manifest {
        source: Some(provenance.source.clone()),
        licence: Some(env!("CARGO_PKG_LICENSE").to_owned()),
        ..K::manifest()
    };
    manifest.other.push(("seed".to_owned(), provenance.seed.to_string()));
    manifest.into_file(graph).to_bytes()
}

/// The operators of a network, from the value `input` to the values of both heads.
fn two_headed(network: &TwoHeaded<Dense>, input: &str, heads: [&str; 2]) -> GraphProto {
    let mut graph = empty();
    let [first, second] = &network.hidden;
    dense(&mut graph, first, input, "first_sum");
    silu(&mut graph, "first_sum", "first_gate", "first");
    dense(&mut graph, second, "first", "second_sum");
    silu(&mut graph, "second_sum", "second_gate", "second_change");
    graph.node.push(NodeProto::new("Add", &["first", "second_change"], "second"));
    for (layer, head) in network.heads.iter().zip(heads) {
        dense(&mut graph, layer, "second", head);
    }
    graph
}

/// A graph without operators.
pub fn empty() -> GraphProto {
    GraphProto { name: "latent_pad".to_owned(), ..GraphProto::default() }
}

/// Adds a layer from the value `input` to the value `output`.
pub fn dense(graph: &mut GraphProto, layer: &Dense, input: &str, output: &str) {
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
