//! The spectrogram of a sound, as a small picture to compare two sounds by eye. For people: the search compares
//! [`crate::judge`]'s features.

use features::test_note::SAMPLE_RATE_HZ;
use fourier::Planner;
use std::f32::consts::TAU;

/// Moments of a spectrogram, from the beginning of the sound to its end.
pub const MOMENT_COUNT: usize = 160;
/// Frequencies, in steps of equal width in mel.
pub const FREQUENCY_COUNT: usize = 80;
/// The lowest and the highest one, in Hz: the lowest fundamentals of music, and the end of most sounds' spectra.
pub const FREQUENCIES_HZ: [f32; 2] = [40.0, 14_000.0];
/// Levels this far below the loudest are as dark as silence: they can hardly be heard beside it.
const RANGE_DB: f32 = 65.0;
/// Samples of a frame: 46 ms, as in the features.
const FRAME: usize = 2048;

/// Levels of a sound at 44.1 kHz, 1 for its loudest and 0 for silence, row by row: the highest frequency first, each
/// from the first moment to the last.
pub fn spectrogram(samples: &[f32]) -> Vec<f32> {
    let plan = Planner::new().real_forward(FRAME);
    let (mut input, mut bins) = (plan.make_input_vec(), plan.make_output_vec());
    let mut scratch = plan.make_scratch_vec();
    let window: Vec<f32> = (0..FRAME).map(|n| 0.5 - 0.5 * (TAU * n as f32 / FRAME as f32).cos()).collect();
    let rows = rows();
    let mut powers = vec![0.0_f32; MOMENT_COUNT * FREQUENCY_COUNT];
    for moment in 0..MOMENT_COUNT {
        let middle = samples.len() * (2 * moment + 1) / (2 * MOMENT_COUNT);
        for (place, (input, weight)) in input.iter_mut().zip(&window).enumerate() {
            let sample = (middle + place).checked_sub(FRAME / 2).and_then(|at| samples.get(at));
            *input = weight * sample.copied().unwrap_or(0.0);
        }
        plan.process_with_scratch(&mut input, &mut bins, &mut scratch)
            .expect("the buffers were made by the plan itself");
        for (row, &[from, to]) in rows.iter().enumerate() {
            // The loudest of a row: a harmonic is a line, however wide its row.
            let loudest = bins[from..=to].iter().map(|bin| bin.norm_sqr()).fold(0.0, f32::max);
            powers[row * MOMENT_COUNT + moment] = loudest;
        }
    }
    let loudest = powers.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    powers.iter().map(|power| (1.0 + 10.0 * (power / loudest).log10() / RANGE_DB).max(0.0)).collect()
}

/// The first and the last bin of each row, the highest frequency first.
fn rows() -> Vec<[usize; 2]> {
    let mel = |hz: f32| (1.0 + hz / 700.0).ln();
    let [low, high] = FREQUENCIES_HZ.map(mel);
    let bin = |edge: usize| {
        let hz = 700.0 * ((low + (high - low) * edge as f32 / FREQUENCY_COUNT as f32).exp() - 1.0);
        (hz * FRAME as f32 / SAMPLE_RATE_HZ as f32).round() as usize
    };
    (0..FREQUENCY_COUNT).rev().map(|row| [bin(row), bin(row + 1).max(bin(row) + 1) - 1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_a_line_that_begins_where_it_begins() {
        let tone = |n: usize| (TAU * 1000.0 * n as f32 / SAMPLE_RATE_HZ as f32).sin();
        let sound: Vec<f32> = (0..44_100).map(|n| if n < 22_050 { 0.0 } else { 0.01 * tone(n) }).collect();
        let levels = spectrogram(&sound);
        let row = levels.chunks(MOMENT_COUNT).position(|row| row[120] > 0.99).unwrap();
        let [from, to] = rows()[row].map(|bin| bin as f32 * 44_100.0 / FRAME as f32);
        assert!((from - 30.0..to + 30.0).contains(&1000.0), "{from} {to}");
        let line = &levels[row * MOMENT_COUNT..][..MOMENT_COUNT];
        assert!(line[..70].iter().all(|&level| level == 0.0) && line[90..].iter().all(|&level| level > 0.9));
        assert_eq!(levels[MOMENT_COUNT - 1], 0.0, "nothing at the highest frequency");
    }

    #[test]
    fn silence_and_short_sounds_have_a_picture() {
        for sound in [&[][..], &[0.0; 5000], &[0.5; 3]] {
            let levels = spectrogram(sound);
            assert_eq!(levels.len(), MOMENT_COUNT * FREQUENCY_COUNT);
            assert!(levels.iter().all(|level| (0.0..=1.0).contains(level)));
        }
        assert!(spectrogram(&[0.0; 5000]).iter().all(|&level| level == 0.0));
    }
}
