//! How much of unheard notes models keep, beside what they can be compared with. Prints a table for each folder of notes.
//! `cargo run --release -p frame_model --example compare -- TRAIN_DIR MODEL.frames... -- TEST_DIR...`
//!
//! TRAIN_DIR holds the notes that the models were trained on: principal components are taken of them. The rows of Latent
//! Timbre Synthesis are its analysis (384 log bins) and its phases (fast Griffin–Lim) without a network between them: no
//! network can give back more than it is given, so these are a bound of what it can reach.

mod components;
#[allow(dead_code, reason = "of another example, which also has mel bins")]
#[path = "../../../spectral/examples/compare/log_bins.rs"]
mod log_bins;
#[allow(dead_code, reason = "of another example, which also reads the names")]
#[path = "../../../spectral/examples/compare/sounds.rs"]
mod sounds;

use components::Components;
use frame_model::{FrameModel, ToneCoder, TonePitch, decode_sound, encode_sound};
use log_bins::LogBins;
use spectral::{
    FrameLayout, Magnitudes, MelBands, ShortTimeFourier, SpectralError, ToneFeatureMap, ToneFeatures,
    ToneFrame, analyze_tone, band_difference_db, fast_griffin_lim, random_phases, spectral_convergence_db,
    synthesize_tone,
};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const RATE_HZ: f32 = 44_100.0;

/// What makes a sound of a sound.
type Maker = Box<dyn Fn(&[f32]) -> Result<Vec<f32>, SpectralError>>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(at) = arguments.iter().position(|word| word == "--").filter(|&at| at > 0) else {
        return Err("usage: compare TRAIN_DIR MODEL.frames... -- TEST_DIR...".into());
    };
    let mut makers: Vec<(String, Maker)> =
        vec![("104 features, no network".into(), Box::new(features_alone))];
    let components = Components::of(&sounds::read(Path::new(&arguments[0]))?)?;
    for count in [8, 16] {
        let components = components.first(count);
        makers.push((
            format!("{count} principal components"),
            Box::new(move |sound| through_components(&components, sound)),
        ));
    }
    for path in &arguments[1..at] {
        let model = FrameModel::from_bytes(&std::fs::read(path)?)?;
        let name = format!(
            "{} {}, {} latent numbers",
            Path::new(path).display(),
            model.domain.name,
            model.latents()
        );
        makers.push((
            name,
            Box::new(move |sound| {
                decode_sound(&model, &encode_sound(&model, sound, RATE_HZ)?, RATE_HZ, sound.len())
            }),
        ));
    }
    for iterations in [1, 64] {
        let name = format!("384 log bins and Griffin–Lim {iterations}, no network");
        makers.push((name, Box::new(move |sound| log_bins_alone(sound, iterations))));
    }
    for folder in &arguments[at + 1..] {
        table(folder, &makers)?;
    }
    Ok(())
}

fn table(folder: &str, makers: &[(String, Maker)]) -> Result<(), Box<dyn Error>> {
    let layout = FrameLayout::default();
    let bands = MelBands::new(80, layout, RATE_HZ);
    let mut transform = ShortTimeFourier::new(layout);
    let notes = sounds::read(Path::new(folder))?;
    if notes.is_empty() {
        return Ok(());
    }
    println!("\n{folder}: {} notes\n", notes.len());
    println!(
        "| way | 80 mel bands | 95 % interval | spectral convergence | µs a frame |\n|---|---|---|---|---|"
    );
    for (name, make) in makers {
        let [mut differences, mut convergences] = [Vec::new(), Vec::new()];
        let (mut seconds, mut frames) = (0.0, 0);
        for note in notes.iter().filter(|note| note.rate_hz == RATE_HZ) {
            let original = transform.analyze(&note.samples).magnitudes();
            let begun = Instant::now();
            let made = make(&note.samples)?;
            seconds += begun.elapsed().as_secs_f64();
            frames += original.count();
            let made = transform.analyze(&made).magnitudes();
            differences.push(band_difference_db(&original, &made, &bands));
            convergences.push(spectral_convergence_db(&original, &made));
        }
        let count = differences.len().max(1) as f64;
        let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
        let middle = mean(&differences);
        let variance =
            differences.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
        let reach = 1.96 * (variance / count).sqrt();
        println!(
            "| {name} | {middle:.2} dB | {:.2} to {:.2} dB | {:.1} dB | {:.0} |",
            middle - reach,
            middle + reach,
            mean(&convergences),
            1e6 * seconds / f64::from(frames.max(1) as u32)
        );
    }
    Ok(())
}

/// Analysis and synthesis with the frames changed on the way.
fn through_frames(
    sound: &[f32],
    mut change: impl FnMut(&mut ToneFeatureMap, &mut ToneFrame),
) -> Result<Vec<f32>, SpectralError> {
    let layout = FrameLayout::default();
    let mut map = ToneFeatureMap::new(layout, RATE_HZ)?;
    let mut frames = analyze_tone(sound, layout, RATE_HZ)?;
    frames.iter_mut().for_each(|(_, frame)| change(&mut map, frame));
    synthesize_tone(frames.iter().map(|(_, frame)| frame), layout, RATE_HZ, sound.len())
}

fn features_alone(sound: &[f32]) -> Result<Vec<f32>, SpectralError> {
    let mut features = ToneFeatures::default();
    through_frames(sound, |map, frame| {
        map.features(frame, &mut features);
        map.frame(&features, frame);
    })
}

fn through_components(components: &Components, sound: &[f32]) -> Result<Vec<f32>, SpectralError> {
    let mut features = ToneFeatures::default();
    through_frames(sound, |map, frame| {
        map.features(frame, &mut features);
        let pitch = TonePitch {
            frequency_hz: frame.frequency_hz,
            is_voiced: frame.amplitudes.iter().any(|&amplitude| amplitude > 0.0),
            level_db: features.level_db,
        };
        components.reduce(&mut features);
        ToneCoder::frame_of(map, &mut features, pitch, frame);
    })
}

fn log_bins_alone(sound: &[f32], iterations: usize) -> Result<Vec<f32>, SpectralError> {
    let layout = FrameLayout::default();
    let bins = LogBins::octaves(384, 32.703, 48.0, layout, RATE_HZ);
    let mut transform = ShortTimeFourier::new(layout);
    let mut magnitudes = Magnitudes::zeros(layout.bins(), 0);
    for frame in transform.analyze(sound).magnitudes().iter() {
        magnitudes.push(&bins.least_squares(&bins.reduce(frame)));
    }
    let start = random_phases(&magnitudes);
    let frames = fast_griffin_lim(&mut transform, &magnitudes, start, sound.len(), iterations)?;
    transform.synthesize(&frames, sound.len())
}
