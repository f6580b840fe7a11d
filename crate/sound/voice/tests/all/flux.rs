//! Spectral flux, the measure of how suddenly a sound changes, and sweeps across the latent plane.
//!
//! The flux of a frame is the sum over all bins of max(0, L(now) − L(before)), L(m) = ln(1 + 1000 m), m = 1 for a
//! sine at full scale. The window is a Hann window of 1024 frames (21 ms), the hop 128 frames (2.7 ms).
//!
//! - The logarithm counts clicks at frequencies at which the sound itself has little energy, where they are
//!   audible.
//! - The factor 1000 gives little weight to bins that are 60 dB down or more.
//! - Only rises count, because a partial that ends does not click.
//! - The window is as long as a crossfade, so that beats between partials of a low note do not count.
#![allow(dead_code, reason = "the test and the example use different parts")]

use fourier::Planner;
use patch::{PARAMETER_COUNT, Parameter, Patch};
use voice::{MAX_BLOCK, Synthesizer};

pub const RATE_HZ: f32 = 48_000.0;
const WINDOW: usize = 1024;
pub const HOP: usize = 128;
/// Blocks before the sweep begins, for the note's attack.
const LEAD_BLOCKS: usize = 300;
/// Blocks between two patches of the file.
const STEP_BLOCKS: usize = 8;
const SWEEP_PATCHES: usize = 94;

/// Categorical parameters, which crossfade.
pub const CATEGORIES: [Parameter; 9] = [
    Parameter::Osc1Waveform,
    Parameter::Osc2Waveform,
    Parameter::Osc2Sync,
    Parameter::Osc2Range,
    Parameter::Osc2Pitch,
    Parameter::LfoWaveform,
    Parameter::FreqModOsc,
    Parameter::FilterType,
    Parameter::FilterSlope,
];

/// Peak of the flux during the sweep.
pub fn peak(sound: &[f32]) -> f32 {
    curve(sound).into_iter().fold(0.0, f32::max)
}

/// The flux from the start of the sweep, one value per hop.
pub fn curve(sound: &[f32]) -> Vec<f32> {
    let transform = Planner::new().real_forward(WINDOW);
    let window: Vec<f32> =
        (0..WINDOW).map(|i| 0.5 - 0.5 * (std::f32::consts::TAU * i as f32 / WINDOW as f32).cos()).collect();
    let mut spectrum = transform.make_output_vec();
    let levels: Vec<Vec<f32>> = sound[LEAD_BLOCKS * MAX_BLOCK - WINDOW..]
        .windows(WINDOW)
        .step_by(HOP)
        .map(|frames| {
            // 4 / length: the half of a real sine, and the mean of the window.
            let scale = 4.0 / WINDOW as f32;
            let mut frames: Vec<f32> = frames.iter().zip(&window).map(|(x, w)| x * w * scale).collect();
            transform.process(&mut frames, &mut spectrum).expect("lengths fit");
            spectrum.iter().map(|bin| (1.0 + 1000.0 * bin.norm()).ln()).collect()
        })
        .collect();
    levels
        .windows(2)
        .map(|pair| pair[1].iter().zip(&pair[0]).map(|(now, before)| (now - before).max(0.0)).sum())
        .collect()
}

/// Four sweeps of a second each, from `sweeps.csv`.
pub fn sweeps() -> Vec<Vec<Patch>> {
    let rows: Vec<Patch> = include_str!("../sweeps.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let mut values = [0.0; PARAMETER_COUNT];
            for (value, text) in values.iter_mut().zip(line.split(',')) {
                *value = text.parse().expect("a number");
            }
            Patch::from_values(&values)
        })
        .collect();
    rows.chunks(SWEEP_PATCHES).map(<[Patch]>::to_vec).collect()
}

/// The sweep with constant categorical parameters, once for each combination that it passes.
pub fn held(sweep: &[Patch]) -> Vec<Vec<Patch>> {
    let mut combinations: Vec<[f32; 9]> = Vec::new();
    for patch in sweep {
        let combination = CATEGORIES.map(|category| patch.get(category));
        if !combinations.contains(&combination) {
            combinations.push(combination);
        }
    }
    let hold = |combination: &[f32; 9]| {
        let hold = |patch: &Patch| {
            let mut patch = *patch;
            CATEGORIES.iter().zip(combination).for_each(|(category, value)| patch.set(*category, *value));
            patch
        };
        sweep.iter().map(hold).collect()
    };
    combinations.iter().map(hold).collect()
}

/// The patch of block `block`, interpolated between two patches of the file.
fn at(sweep: &[Patch], block: usize) -> Patch {
    let (index, part) = (block / STEP_BLOCKS, (block % STEP_BLOCKS) as f32 / STEP_BLOCKS as f32);
    let (from, to) = (&sweep[index.min(sweep.len() - 1)], &sweep[(index + 1).min(sweep.len() - 1)]);
    let mut patch = *from;
    for parameter in Parameter::ALL {
        let (from, to) = (from.get(parameter), to.get(parameter));
        patch.set(parameter, from + (to - from) * part);
    }
    patch
}

/// Renders a held note under a sweep; `follow` sets each block's patch.
pub fn play(sweep: &[Patch], key: u8, follow: impl Fn(&mut Synthesizer, &Patch)) -> Vec<f32> {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.set_patch(&sweep[0]);
    synthesizer.note_on(key, 100);
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    let mut sound = Vec::new();
    for block in 0..LEAD_BLOCKS + sweep.len() * STEP_BLOCKS {
        if let Some(block) = block.checked_sub(LEAD_BLOCKS) {
            follow(&mut synthesizer, &at(sweep, block));
        }
        synthesizer.render_block(&mut left, &mut right);
        sound.extend_from_slice(&left);
    }
    sound
}

/// Morphs without crossfades: categorical parameters jump.
pub fn without_crossfade(synthesizer: &mut Synthesizer, patch: &Patch) {
    for category in CATEGORIES {
        synthesizer.set_parameter(category, patch.get(category));
    }
    synthesizer.morph_to(patch);
}
