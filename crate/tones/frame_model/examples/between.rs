//! Measures whether the timbral scales change evenly between two sounds and beyond them. Pairs of notes go through
//! a model, at nine places from half before the first to half beyond the second. The measurement is repeated with
//! the pitch and the level of the first note in both, so that the timbre alone changes.
//! `cargo run --release -p frame_model --example between -- MODEL.frames PAIRS NOTES_DIR`

#[allow(dead_code, reason = "of another example, which also reads the names")]
#[path = "../../../sound/spectral/examples/compare/sounds.rs"]
mod sounds;

use frame_model::{
    FrameModel, FrameTimes, SoundAlignment, TimedFrames, decode_sound, encode_sound, frame_layout,
    interpolated,
};
use std::error::Error;
use std::path::Path;
use timbre::{Analyzer, Descriptor};

const RATE_HZ: f32 = 44_100.0;
const PLACES: [f32; 9] = [-0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5];
/// A scale that differs by less than this between the two sounds, in points, is left out.
const LEAST_DIFFERENCE: f64 = 5.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, pairs, folder] = &arguments[..] else {
        return Err("usage: between MODEL.frames PAIRS NOTES_DIR".into());
    };
    let model = FrameModel::from_bytes(&std::fs::read(file)?)?;
    let notes = sounds::read(Path::new(folder))?;
    let pairs = pairs.parse()?;
    for is_timbre_alone in [false, true] {
        println!("{}", if is_timbre_alone { "the timbre alone" } else { "timbre, pitch and level" });
        compare(&model, &notes, pairs, is_timbre_alone)?;
    }
    Ok(())
}

fn compare(
    model: &FrameModel,
    notes: &[sounds::NamedSound],
    count: usize,
    is_timbre_alone: bool,
) -> Result<(), Box<dyn Error>> {
    let mut analyzer = Analyzer::new(RATE_HZ as u32)?;
    let (mut inside, mut all, mut greatest_db) = (Vec::new(), Vec::new(), 0.0_f32);
    let mut each = [const { Vec::new() }; Descriptor::SCALES.len()];
    for pair in 0..count {
        // Partners from all over the folder.
        let (a, b) = (pair % notes.len(), (pair * 7 + 3 + pair / notes.len()) % notes.len());
        let [a, b] = [&notes[a].samples, &notes[b].samples];
        let length = a.len().max(b.len());
        let [times_a, times_b, times] =
            [a.len(), b.len(), length].map(|samples| FrameTimes::new(frame_layout(RATE_HZ), samples));
        let [first, mut second] = [encode_sound(model, a, RATE_HZ)?, encode_sound(model, b, RATE_HZ)?];
        if is_timbre_alone {
            let own = TimedFrames { frames: &first, times: times_a };
            let stretched = interpolated([own, own], &SoundAlignment::even(), times_b, |_| 0.0);
            for (frame, other) in second.iter_mut().zip(&stretched) {
                frame.pitch = other.pitch;
            }
        }
        let ends =
            [TimedFrames { frames: &first, times: times_a }, TimedFrames { frames: &second, times: times_b }];
        let (mut scales, mut levels) = (Vec::new(), Vec::new());
        for place in PLACES {
            let made = decode_sound(
                model,
                &interpolated(ends, &SoundAlignment::even(), times, |_| place),
                RATE_HZ,
                length,
            )?;
            assert!(made.iter().all(|sample| sample.is_finite()), "not finite");
            levels.push(level_db(&made));
            scales.push(analyzer.analyze(&made)?);
        }
        for (each, scale) in each.iter_mut().zip(Descriptor::SCALES) {
            let values: Vec<f64> = scales.iter().map(|one| one.get(scale)).collect();
            if (values[6] - values[2]).abs() >= LEAST_DIFFERENCE {
                let correlation = rank_correlation(&values[2..7]).abs();
                inside.push(correlation);
                each.push(correlation);
                all.push(rank_correlation(&values).abs());
            }
        }
        // Beyond a sound the level stays that of the sound.
        for [beyond, end] in [[0, 2], [1, 2], [7, 6], [8, 6]] {
            greatest_db = greatest_db.max((levels[beyond] - levels[end]).abs());
        }
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    for (name, values) in [("from 0 to 1", inside), ("from -0.5 to 1.5", all)] {
        let share = values.iter().filter(|&&value| value >= 0.95).count() as f64 / values.len().max(1) as f64;
        println!(
            "{name}: {} scales of {count} pairs; mean rank correlation {:.3}, at least 0.95 in {:.0} %",
            values.len(),
            mean(&values),
            100.0 * share
        );
    }
    for (scale, values) in Descriptor::SCALES.iter().zip(&each) {
        println!("{scale:?} from 0 to 1: {} pairs, {:.2}", values.len(), mean(values));
    }
    println!("level: beyond an end at most {greatest_db:.1} dB from it");
    Ok(())
}

fn level_db(samples: &[f32]) -> f32 {
    10.0 * (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32)
        .max(1e-12)
        .log10()
}

/// Spearman's correlation of values with their order.
fn rank_correlation(values: &[f64]) -> f64 {
    let rank = |value: f64| values.iter().filter(|&&other| other < value).count() as f64;
    let count = values.len() as f64;
    let squares: f64 = values.iter().enumerate().map(|(at, &value)| (rank(value) - at as f64).powi(2)).sum();
    1.0 - 6.0 * squares / (count * (count * count - 1.0))
}
