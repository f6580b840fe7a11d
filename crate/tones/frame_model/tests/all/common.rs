//! Small models with weights drawn at random.

use frame_model::{
    BIN_COUNT, COLUMN_COUNT, FEATURE_COUNT, FrameLayer, FrameModel, FrameNormalisation, LatentAxis,
    SoundDomain, TextureModel,
};

/// Numbers of −1…1, the same at every run.
pub fn draw(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(next).collect()
}

fn layer([inputs, outputs]: [usize; 2], seed: u32) -> FrameLayer {
    let scale = 1.5 / (inputs as f32).sqrt();
    let weights = draw(inputs * outputs, seed).into_iter().map(|weight| weight * scale).collect();
    FrameLayer { inputs, outputs, weights, bias: draw(outputs, seed + 100) }
}

/// A model of `latents` numbers and `width` units.
pub fn model(latents: usize, width: usize) -> FrameModel {
    let mut means = vec![-40.0; COLUMN_COUNT];
    means[FEATURE_COUNT] = 8.0;
    parts(means, FEATURE_COUNT, latents, width).checked().expect("its parts fit")
}

/// The same of textures.
pub fn texture_model(latents: usize, width: usize) -> TextureModel {
    let means = vec![-40.0; BIN_COUNT];
    TextureModel::new(parts(means, BIN_COUNT, latents, width)).expect("its parts fit")
}

fn parts(means: Vec<f32>, features: usize, latents: usize, width: usize) -> FrameModel {
    let columns = means.len();
    let axis = |index: usize| LatentAxis { low: -1.0, high: 1.5, share: 0.5_f32.powi(index as i32 + 1) };
    let from = latents + columns - features;
    FrameModel {
        domain: SoundDomain {
            name: "test".into(),
            fingerprint: 0x0123_4567_89ab_cdef,
            notices: "Drawn.".into(),
        },
        normalisation: FrameNormalisation { means, spreads: vec![12.0; columns] },
        encoder: [layer([columns, width], 1), layer([width, width], 2), layer([width, latents], 3)],
        decoder: [layer([from, width], 4), layer([width, width], 5), layer([width, features], 6)],
        axes: (0..latents).map(axis).collect(),
        scales: layer([latents, 7], 7),
        contours: Vec::new(),
    }
}
