//! The pitches found in notes whose key is known: the number at the end of the file's name.

use std::error::Error;

use spectral::{FrameLayout, analyze_tone};

use crate::sounds::NamedSound;

const RATE_HZ: f32 = 44_100.0;
/// Frames this far below the loudest do not count, in dB.
const LEAST_DB: f32 = -40.0;
/// A frame nearer than this to the key of its note has the right pitch: vibrato and tuning are within it.
const NEAR_CENTS: f32 = 70.0;

pub fn print(sounds: &[NamedSound]) -> Result<(), Box<dyn Error>> {
    println!(
        "\n| notes | loud frames | voiced | of these at the key | an octave beside it |\n|---|---|---|---|---|"
    );
    for kind in ["solo", "ensemble"] {
        let [mut loud, mut voiced, mut near, mut octave] = [0_u32; 4];
        for sound in sounds.iter().filter(|one| one.name.starts_with(kind)) {
            let number = sound.name.trim_end_matches(".wav").rsplit('_').next();
            let Some(key) = number.and_then(|number| number.parse::<f32>().ok()) else { continue };
            let frames = analyze_tone(&sound.samples, FrameLayout::default(), RATE_HZ)?;
            let power = |at: usize| -> f32 {
                let frame = &frames[at].1;
                frame.amplitudes.iter().chain(&frame.noise).map(|level| level * level).sum()
            };
            let loudest = (0..frames.len()).map(power).fold(0.0, f32::max);
            for (at, (pitch, _)) in frames.iter().enumerate() {
                if power(at) < loudest * 10.0_f32.powf(LEAST_DB / 10.0) {
                    continue;
                }
                loud += 1;
                if pitch.is_voiced {
                    voiced += 1;
                    let cents = 1200.0 * (pitch.frequency_hz / 440.0).log2() - 100.0 * (key - 69.0);
                    near += u32::from(cents.abs() < NEAR_CENTS);
                    octave += u32::from((cents.abs() - 1200.0).abs() < NEAR_CENTS);
                }
            }
        }
        let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
        println!(
            "| {kind} | {loud} | {:.1} % | {:.1} % | {:.1} % |",
            share(voiced, loud),
            share(near, voiced),
            share(octave, voiced)
        );
    }
    Ok(())
}
