//! The reverb's combs: all of a channel side by side, four frames at once. Never allocates.

use super::{Delay, undenormalise};

/// A delay line with a low-pass in its feedback.
#[derive(Clone, Debug)]
pub struct Comb {
    /// Its delay line.
    pub delay: Delay,
    /// Last output of its damping filter.
    pub damped: f32,
}

/// Frames that combs compute at once: those of a vector of SSE2 or simd128.
const STEP: usize = 4;

/// All combs of a channel. Each damping filter depends on its own last output; side by side, eight such chains
/// take hardly longer than one.
#[inline(always)]
pub fn run_combs(combs: &mut [Comb; 8], input: &[f32], output: &mut [f32], feedback: f32, damping: f32) {
    let mut done = 0;
    while done < input.len() {
        let count = combs.iter().map(|comb| comb.delay.until_wrap()).fold(input.len() - done, usize::min);
        let (input, output) = (&input[done..][..count], &mut output[done..][..count]);
        let mut damped = combs.each_ref().map(|comb| comb.damped);
        let mut stored = combs.each_mut().map(|comb| comb.delay.next(count));
        let whole = count - count % STEP;
        for start in (0..whole).step_by(STEP) {
            comb_frames::<STEP>(&mut stored, start, input, output, &mut damped, feedback, damping);
        }
        for start in whole..count {
            comb_frames::<1>(&mut stored, start, input, output, &mut damped, feedback, damping);
        }
        combs.iter_mut().zip(damped).for_each(|(comb, damped)| comb.damped = damped);
        done += count;
    }
}

/// `F` frames of all combs of a channel, from `start` on.
#[inline(always)]
fn comb_frames<const F: usize>(
    stored: &mut [&mut [f32]; 8],
    start: usize,
    input: &[f32],
    output: &mut [f32],
    damped: &mut [f32; 8],
    feedback: f32,
    damping: f32,
) {
    let open = 1.0 - damping;
    let mut sum = [0.0; F];
    let mut filtered = [[0.0; 8]; F];
    for comb in 0..8 {
        for frame in 0..F {
            let out = undenormalise(stored[comb][start + frame]);
            filtered[frame][comb] = out * open;
            sum[frame] += out;
        }
    }
    output[start..][..F].copy_from_slice(&sum);
    for filtered in &mut filtered {
        for comb in 0..8 {
            damped[comb] = undenormalise(filtered[comb] + damped[comb] * damping);
            filtered[comb] = damped[comb] * feedback;
        }
    }
    for comb in 0..8 {
        for frame in 0..F {
            stored[comb][start + frame] = input[start + frame] + filtered[frame][comb];
        }
    }
}
