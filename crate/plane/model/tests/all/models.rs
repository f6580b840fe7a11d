//! Small networks of the kind we train, with weights from a seeded generator, written as ONNX, and
//! the same networks computed by hand with double precision.

use model::kinds::{ColumnEncoder, FEATURE_COUNT, SoundEncoder};
use model::onnx::{GraphProto, ModelProto, NodeProto, TensorProto};
use model::{ModelKind, PatchDecoder};

/// Width of the hidden layers.
pub const WIDTH: usize = 24;

/// SplitMix64 (Steele, Lea and Flood 2014), as numbers of ±`scale`.
pub fn weights(seed: u64, count: usize, scale: f32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    (0..count).map(|_| ((next() >> 40) as f32 / (1 << 23) as f32 - 1.0) * scale).collect()
}

/// A model of a kind.
pub fn model<K: ModelKind>(node: Vec<NodeProto>, initializer: Vec<TensorProto>) -> ModelProto {
    let graph = GraphProto { node, name: "test".to_owned(), initializer, ..GraphProto::default() };
    K::manifest().into_file(graph)
}

/// Residual SiLU layers, then 27 columns through a sigmoid beside 29 logits.
pub fn decoder() -> ModelProto {
    let node = vec![
        NodeProto::new("Gemm", &["latent", "w1", "b1"], "a1").with_integer("transB", 1),
        NodeProto::new("Sigmoid", &["a1"], "s1"),
        NodeProto::new("Mul", &["a1", "s1"], "h1"),
        NodeProto::new("MatMul", &["h1", "w2"], "m2"),
        NodeProto::new("Add", &["m2", "b2"], "a2"),
        NodeProto::new("Tanh", &["a2"], "t2"),
        NodeProto::new("Add", &["h1", "t2"], "h2"),
        NodeProto::new("Gemm", &["h2", "w3", "b3"], "a3"),
        NodeProto::new("Sigmoid", &["a3"], "continuous"),
        NodeProto::new("Relu", &["h2"], "r2"),
        NodeProto::new("Gemm", &["r2", "w4"], "logits"),
        NodeProto::new("Concat", &["continuous", "logits"], "columns").with_integer("axis", 1),
    ];
    let initializer = vec![
        TensorProto::new("w1", &[WIDTH, 2], &weights(1, WIDTH * 2, 0.8)),
        TensorProto::new("b1", &[WIDTH], &weights(2, WIDTH, 0.5)),
        TensorProto::new("w2", &[WIDTH, WIDTH], &weights(3, WIDTH * WIDTH, 0.3)),
        TensorProto::new("b2", &[1, WIDTH], &weights(4, WIDTH, 0.5)),
        TensorProto::new("w3", &[WIDTH, 27], &weights(5, WIDTH * 27, 0.3)),
        TensorProto::new("b3", &[27], &weights(6, 27, 0.5)),
        TensorProto::new("w4", &[WIDTH, 29], &weights(7, WIDTH * 29, 0.2)),
    ];
    model::<PatchDecoder>(node, initializer)
}

/// The outputs of [`decoder`].
pub fn decoder_by_hand(latent: [f32; 2]) -> Vec<f64> {
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    let a1 = product(&latent.map(f64::from), &weights(1, WIDTH * 2, 0.8), true);
    let h1: Vec<f64> = sum(&a1, &weights(2, WIDTH, 0.5)).iter().map(|&x| x * sigmoid(x)).collect();
    let a2 = sum(&product(&h1, &weights(3, WIDTH * WIDTH, 0.3), false), &weights(4, WIDTH, 0.5));
    let h2: Vec<f64> = h1.iter().zip(&a2).map(|(h1, a2)| h1 + a2.tanh()).collect();
    let a3 = sum(&product(&h2, &weights(5, WIDTH * 27, 0.3), false), &weights(6, 27, 0.5));
    let r2: Vec<f64> = h2.iter().map(|&x| x.max(0.0)).collect();
    let logits = product(&r2, &weights(7, WIDTH * 29, 0.2), false);
    a3.into_iter().map(sigmoid).chain(logits).collect()
}

/// Two heads on one tanh layer.
pub fn encoder() -> ModelProto {
    let node = vec![
        NodeProto::new("Gemm", &["columns", "w", "b"], "a").with_integer("transB", 1),
        NodeProto::new("Tanh", &["a"], "h"),
        NodeProto::new("Gemm", &["h", "wm", "bm"], "mean").with_integer("transB", 1),
        NodeProto::new("Gemm", &["h", "wv", "bv"], "log_variance").with_integer("transB", 1),
    ];
    let initializer = vec![
        TensorProto::new("w", &[WIDTH, 56], &weights(8, WIDTH * 56, 0.3)),
        TensorProto::new("b", &[WIDTH], &weights(9, WIDTH, 0.3)),
        TensorProto::new("wm", &[2, WIDTH], &weights(10, WIDTH * 2, 0.5)),
        TensorProto::new("bm", &[2], &weights(11, 2, 0.5)),
        TensorProto::new("wv", &[2, WIDTH], &weights(12, WIDTH * 2, 0.5)),
        TensorProto::new("bv", &[2], &weights(13, 2, 0.5)),
    ];
    model::<ColumnEncoder>(node, initializer)
}

/// The outputs of [`encoder`] for columns: mean, then log variance.
pub fn encoder_by_hand(columns: &[f32]) -> [Vec<f64>; 2] {
    let h = first_by_hand(columns).into_iter().map(f64::tanh).collect::<Vec<_>>();
    heads_by_hand([&h, &h])
}

/// The outputs of [`sound_encoder`] for features.
pub fn sound_encoder_by_hand(features: &[f32]) -> [Vec<f64>; 2] {
    let powers: Vec<f64> = first_by_hand(features).into_iter().map(f64::exp).collect();
    let total: f64 = powers.iter().sum();
    let h: Vec<f64> = powers.into_iter().map(|power| power / total).collect();
    let logarithms: Vec<f64> = h.iter().map(|share| share.ln() / 8.0).collect();
    heads_by_hand([&h, &logarithms])
}

fn first_by_hand(input: &[f32]) -> Vec<f64> {
    let input: Vec<f64> = input.iter().copied().map(f64::from).collect();
    sum(&product(&input, &weights(8, WIDTH * input.len(), 0.3), true), &weights(9, WIDTH, 0.3))
}

fn heads_by_hand(h: [&[f64]; 2]) -> [Vec<f64>; 2] {
    let [mean, log_variance] = h;
    [(mean, 10, 11), (log_variance, 12, 13)]
        .map(|(h, w, b)| sum(&product(h, &weights(w, WIDTH * 2, 0.5), true), &weights(b, 2, 0.5)))
}

/// The same kind of encoder on features, with a softmax and a logarithm in it.
pub fn sound_encoder() -> ModelProto {
    let node = vec![
        NodeProto::new("Gemm", &["heard", "w", "b"], "a").with_integer("transB", 1),
        NodeProto::new("Softmax", &["a"], "h").with_integer("axis", 1),
        NodeProto::new("Log", &["h"], "whole_l"),
        NodeProto::new("Mul", &["whole_l", "eighth"], "l"),
        NodeProto::new("Gemm", &["h", "wm", "bm"], "mean").with_integer("transB", 1),
        NodeProto::new("Gemm", &["l", "wv", "bv"], "log_variance").with_integer("transB", 1),
    ];
    let length = FEATURE_COUNT;
    let mut initializer = encoder().graph.unwrap().initializer;
    initializer[0] = TensorProto::new("w", &[WIDTH, length], &weights(8, WIDTH * length, 0.3));
    // Logarithms are large: an eighth of them stays in the range where a float is exact to a millionth.
    initializer.push(TensorProto::new("eighth", &[1], &[0.125]));
    model::<SoundEncoder>(node, initializer)
}

fn product(row: &[f64], matrix: &[f32], transposed: bool) -> Vec<f64> {
    let width = matrix.len() / row.len();
    let weight = |from: usize, to: usize| {
        f64::from(if transposed { matrix[to * row.len() + from] } else { matrix[from * width + to] })
    };
    (0..width).map(|to| row.iter().enumerate().map(|(from, x)| x * weight(from, to)).sum()).collect()
}

fn sum(row: &[f64], bias: &[f32]) -> Vec<f64> {
    row.iter().zip(bias).map(|(x, &b)| x + f64::from(b)).collect()
}
