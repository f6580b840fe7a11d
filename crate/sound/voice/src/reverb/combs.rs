//! The reverb's combs: all of a channel side by side. Never allocates.

use super::delay::{Delay, Feedback, undenormalise};
use crate::lanes::each;

/// A delay line with a low-pass in its feedback, in each of `N` lanes.
#[derive(Clone, Debug)]
pub struct Comb<const N: usize> {
    /// Its delay line.
    pub delay: Delay<N>,
    /// Last output of its damping filter.
    pub damped: [f32; N],
}

/// Frames of a single lane that combs compute at once: those of a vector of SSE2 or simd128.
const STEP: usize = 4;

/// All combs of a channel. Each damping filter depends on its own last output; side by side, eight such chains
/// take hardly longer than one.
#[inline(always)]
pub fn run_combs<const N: usize>(
    combs: &mut [Comb<N>; 8],
    input: &[[f32; N]],
    output: &mut [[f32; N]],
    feedback: &Feedback<N>,
) {
    let mut done = 0;
    while done < input.len() {
        let count = combs.iter().map(|comb| comb.delay.until_wrap()).fold(input.len() - done, usize::min);
        let (input, output) = (&input[done..][..count], &mut output[done..][..count]);
        let mut damped = combs.each_ref().map(|comb| comb.damped);
        let stored = combs.each_mut().map(|comb| comb.delay.next(count));
        if N == 1 {
            let input = input.as_flattened();
            let [gain, damping] = [feedback.gain, feedback.damping].map(|setting| [setting[0]; 8]);
            let mut beside = damped.map(|damped| damped[0]);
            one_lane(
                stored.map(<[[f32; N]]>::as_flattened_mut),
                input,
                output.as_flattened_mut(),
                &mut beside,
                &Feedback { gain, damping },
            );
            damped = beside.map(|damped| [damped; N]);
        } else {
            lanes(stored, input, output, &mut damped, feedback);
        }
        combs.iter_mut().zip(damped).for_each(|(comb, damped)| comb.damped = damped);
        done += count;
    }
}

/// The feedback into delay lines whose output is `out`.
#[inline(always)]
fn feed_back<const L: usize>(
    out: [f32; L],
    damped: &mut [f32; L],
    Feedback { gain, damping }: &Feedback<L>,
) -> [f32; L] {
    *damped = each(|at| undenormalise(out[at] * (1.0 - damping[at]) + damped[at] * damping[at]));
    each(|at| damped[at] * gain[at])
}

/// Several lanes: a vector holds one comb of each.
#[inline(always)]
fn lanes<const N: usize>(
    stored: [&mut [[f32; N]]; 8],
    input: &[[f32; N]],
    output: &mut [[f32; N]],
    damped: &mut [[f32; N]; 8],
    feedback: &Feedback<N>,
) {
    let mut stored = stored.map(|stored| &mut stored[..input.len()]);
    for (frame, (input, output)) in input.iter().zip(output).enumerate() {
        let mut sum = [0.0; N];
        for (stored, damped) in stored.iter_mut().zip(&mut *damped) {
            let stored = &mut stored[frame];
            let out: [_; N] = each(|lane| undenormalise(stored[lane]));
            sum = each(|lane| sum[lane] + out[lane]);
            let back = feed_back(out, damped, feedback);
            *stored = each(|lane| input[lane] + back[lane]);
        }
        *output = sum;
    }
}

/// A single lane: a vector holds one frame of each comb.
#[inline(always)]
fn one_lane(
    mut stored: [&mut [f32]; 8],
    input: &[f32],
    output: &mut [f32],
    damped: &mut [f32; 8],
    feedback: &Feedback<8>,
) {
    let whole = input.len() - input.len() % STEP;
    for start in (0..whole).step_by(STEP) {
        one_lane_frames::<STEP>(&mut stored, start, input, output, damped, feedback);
    }
    for start in whole..input.len() {
        one_lane_frames::<1>(&mut stored, start, input, output, damped, feedback);
    }
}

/// `F` frames, from `start` on.
#[inline(always)]
fn one_lane_frames<const F: usize>(
    stored: &mut [&mut [f32]; 8],
    start: usize,
    input: &[f32],
    output: &mut [f32],
    damped: &mut [f32; 8],
    feedback: &Feedback<8>,
) {
    let mut sum = [0.0; F];
    let mut frames = [[0.0; 8]; F];
    for comb in 0..8 {
        for frame in 0..F {
            let out = undenormalise(stored[comb][start + frame]);
            frames[frame][comb] = out;
            sum[frame] += out;
        }
    }
    output[start..][..F].copy_from_slice(&sum);
    for frame in &mut frames {
        *frame = feed_back(*frame, damped, feedback);
    }
    for comb in 0..8 {
        for frame in 0..F {
            stored[comb][start + frame] = input[start + frame] + frames[frame][comb];
        }
    }
}
