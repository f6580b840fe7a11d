//! The pitch of a frame by normalised cross-correlation (Talkin, "A robust algorithm for pitch tracking", 1995, without
//! its choice among candidates over time): another method than the one of sketches, so that it can check them.

/// Samples that are compared: 20 ms at 44.1 kHz.
const COMPARED: usize = 882;
/// Shortest and longest period in samples: 2,100 to 60 Hz.
const PERIODS: [usize; 2] = [21, 735];
/// A frame is voiced above this correlation.
const VOICED: f64 = 0.8;
/// The shortest period whose correlation is within this share of the greatest counts.
const FIRST: f64 = 0.93;

/// The pitch of a sound at 44.1 kHz around a sample, in cents above one period a sample's time;
/// `None` if it is unvoiced.
pub fn pitch_cents(samples: &[f32], middle: usize) -> Option<f64> {
    let of = |period: usize| -> f64 {
        // Both parts lie evenly around the middle.
        let sample = |at: usize| {
            let at = (middle + at).checked_sub((COMPARED + period) / 2).and_then(|at| samples.get(at));
            at.map_or(0.0, |&sample| f64::from(sample))
        };
        let (mut both, mut own, mut later) = (0.0, 0.0, 0.0);
        for at in 0..COMPARED {
            let (a, b) = (sample(at), sample(at + period));
            both += a * b;
            own += a * a;
            later += b * b;
        }
        both / (own * later).sqrt().max(1e-12)
    };
    let correlations: Vec<f64> = (PERIODS[0] - 1..=PERIODS[1] + 1).map(of).collect();
    let peaks = (1..correlations.len() - 1)
        .filter(|&at| correlations[at] > correlations[at - 1] && correlations[at] >= correlations[at + 1]);
    let peaks: Vec<usize> = peaks.collect();
    let greatest = peaks.iter().map(|&at| correlations[at]).fold(0.0, f64::max);
    let at = peaks.into_iter().find(|&at| correlations[at] >= FIRST * greatest)?;
    let [before, here, after] = [at - 1, at, at + 1].map(|at| correlations[at]);
    let period = (PERIODS[0] - 1 + at) as f64 + 0.5 * (before - after) / (before - 2.0 * here + after);
    (here >= VOICED).then(|| -1200.0 * period.log2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_are_found_and_noise_is_unvoiced() {
        for hz in [80.0_f32, 147.0, 440.0, 1500.0] {
            let partial = |n: usize, k: f32| (std::f32::consts::TAU * hz * k * n as f32 / 44_100.0).sin() / k;
            let tone: Vec<f32> = (0..8000).map(|n| (1..5).map(|k| partial(n, k as f32)).sum()).collect();
            let wanted = 1200.0 * f64::from(hz / 44_100.0).log2();
            let found = pitch_cents(&tone, 4000).unwrap();
            assert!((found - wanted).abs() < 4.0, "{hz}: {found} {wanted}");
        }
        let mut state = 1_u32;
        let noise: Vec<f32> = (0..8000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state as f32 / u32::MAX as f32 - 0.5
            })
            .collect();
        assert_eq!(pitch_cents(&noise, 4000), None);
        assert_eq!(pitch_cents(&[], 0), None);
    }
}
