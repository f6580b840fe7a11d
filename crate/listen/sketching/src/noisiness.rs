//! The share of a sound's power that is noise, with or without a pitch: tones are peaks of a fine spectrum, and noise
//! is what lies as high as its surroundings.

use fourier::Planner;
use std::f32::consts::TAU;

/// Samples of a frame: 186 ms, which divides the harmonics of the lowest keys.
const FRAME: usize = 8192;
/// The surroundings of a bin, on each side.
const EACH_SIDE: usize = 12;
/// Noise reaches this many times the median of its surroundings.
const ABOVE_MEDIAN: f32 = 3.0;
/// The share that is found in white noise: 1 − e^(−3 ln 2).
const OF_NOISE: f32 = 0.875;
/// Bins from which on the power counts: 27 Hz.
const FIRST_BIN: usize = 5;

/// The share of the power of a sound at 44.1 kHz that is noise, about 0 for tones and 1 for noise; 0 for silence.
pub fn noise_share(samples: &[f32]) -> f32 {
    let plan = Planner::new().real_forward(FRAME);
    let (mut input, mut bins) = (plan.make_input_vec(), plan.make_output_vec());
    let mut scratch = plan.make_scratch_vec();
    let window: Vec<f32> = (0..FRAME).map(|n| 0.5 - 0.5 * (TAU * n as f32 / FRAME as f32).cos()).collect();
    let (mut noise, mut whole) = (0.0_f64, 0.0_f64);
    let mut near = Vec::with_capacity(2 * EACH_SIDE + 1);
    for first in (0..samples.len().max(1)).step_by(FRAME / 2) {
        for (n, (input, weight)) in input.iter_mut().zip(&window).enumerate() {
            *input = weight * samples.get(first + n).copied().unwrap_or(0.0);
        }
        plan.process_with_scratch(&mut input, &mut bins, &mut scratch)
            .expect("the buffers were made by the plan itself");
        let powers: Vec<f32> = bins.iter().map(|bin| bin.norm_sqr()).collect();
        for (at, &power) in powers.iter().enumerate().skip(FIRST_BIN) {
            near.clear();
            near.extend_from_slice(
                &powers[at.saturating_sub(EACH_SIDE)..(at + EACH_SIDE + 1).min(powers.len())],
            );
            let middle = near.len() / 2;
            let (_, median, _) = near.select_nth_unstable_by(middle, f32::total_cmp);
            noise += f64::from(power.min(ABOVE_MEDIAN * *median));
            whole += f64::from(power);
        }
    }
    if whole > 0.0 { ((noise / whole) as f32 / OF_NOISE).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise() -> impl FnMut() -> f32 {
        let mut state = 1_u32;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 - 0.5
        }
    }

    /// A saw of some frequency, and a bell without a pitch.
    fn tones(hz: f32) -> [Vec<f32>; 2] {
        let partial = |n: usize, hz: f32| (TAU * hz * n as f32 / 44_100.0).sin();
        let saw = |n: usize| (1..12).map(|k| partial(n, hz * k as f32) / k as f32).sum::<f32>();
        let bell = |n: usize| [1.0, 2.76, 5.4].map(|ratio| partial(n, hz * ratio)).iter().sum::<f32>();
        [(0..44_100).map(saw).collect(), (0..44_100).map(bell).collect()]
    }

    #[test]
    fn tones_have_no_noise_and_noise_is_noise() {
        for tone in [55.0, 220.0, 1000.0].map(tones).as_flattened() {
            assert!(noise_share(tone) < 0.05, "{}", noise_share(tone));
        }
        let mut noise = noise();
        let sound: Vec<f32> = (0..44_100).map(|_| noise()).collect();
        assert!((noise_share(&sound) - 1.0).abs() < 0.1, "{}", noise_share(&sound));
        assert_eq!(noise_share(&[]), 0.0);
    }

    #[test]
    fn the_share_of_a_mixture_lies_between() {
        let mut noise = noise();
        let [tone, _] = tones(220.0);
        // The saw has a power of about 0.8, the noise one of a twelfth.
        let mixed: Vec<f32> = tone.iter().map(|sample| sample + 3.0 * noise()).collect();
        assert!((noise_share(&mixed) - 0.48).abs() < 0.12, "{}", noise_share(&mixed));
    }
}
