//! The loss of each representation of the frames, without any network: the difference of 80 mel bands between a
//! sound and the sound made of its representation.

use std::error::Error;
use std::time::Instant;

use spectral::{
    FrameLayout, Lookahead, Magnitudes, MelBands, ShortTimeFourier, ToneEncoder, ToneFeatureMap,
    ToneFeatures, ToneFrame, ToneSynthesizer, band_difference_db, hann, reconstruct,
};

use crate::log_bins::LogBins;
use crate::sounds::NamedSound;

const RATE_HZ: f32 = 44_100.0;
const BLOCK: usize = 64;

type Analysis<'a> = (&'a mut ShortTimeFourier, &'a [f32]);
type Way = Box<dyn Fn(Analysis) -> Result<Vec<f32>, Box<dyn Error>>>;

pub fn print(sounds: &[NamedSound]) -> Result<(), Box<dyn Error>> {
    let layout = FrameLayout::default();
    let mut transform = ShortTimeFourier::new(layout);
    let bands = MelBands::new(80, layout, RATE_HZ);
    println!("\n| representation | solo | ensemble | µs a frame |\n|---|---|---|---|");
    for (name, way) in ways(layout) {
        let mut seconds = 0.0;
        let mut frames = 0;
        let mut differences = [Vec::new(), Vec::new()];
        for sound in sounds {
            let original = transform.analyze(&sound.samples).magnitudes();
            frames += original.count();
            let start = Instant::now();
            let made = way((&mut transform, &sound.samples))?;
            seconds += start.elapsed().as_secs_f64();
            let again = transform.analyze(&made).magnitudes();
            let difference_db = band_difference_db(&original, &again, &bands);
            differences[usize::from(sound.name.starts_with("ensemble"))].push(difference_db);
        }
        let [solo, ensemble] = differences.map(|all| all.iter().sum::<f64>() / all.len() as f64);
        println!(
            "| {name} | {solo:.2} dB | {ensemble:.2} dB | {:.0} |",
            1e6 * seconds / f64::from(frames as u32)
        );
    }
    Ok(())
}

fn ways(layout: FrameLayout) -> Vec<(&'static str, Way)> {
    let mel = || LogBins::mel(128, layout, RATE_HZ);
    let log = || LogBins::octaves(384, 32.703, 48.0, layout, RATE_HZ);
    vec![
        ("1,025 bins + RTPGHI(0)", reduced(None, false)),
        ("128 mel bands, interpolated, + RTPGHI(0)", reduced(Some(mel()), false)),
        ("128 mel bands, non-negative least squares, + RTPGHI(0)", reduced(Some(mel()), true)),
        ("384 log bins (those of LTS), interpolated, + RTPGHI(0)", reduced(Some(log()), false)),
        ("384 log bins, non-negative least squares, + RTPGHI(0)", reduced(Some(log()), true)),
        ("noise with 1,025 gains", Box::new(|(transform, samples)| filtered_noise(transform, samples))),
        ("100 harmonics + 65 noise bands", Box::new(move |(_, samples)| Ok(tone(layout, samples, false)?))),
        (
            "104 features of timbre, with pitch and level",
            Box::new(move |(_, samples)| Ok(tone(layout, samples, true)?)),
        ),
    ]
}

/// The sound through fewer bins and back, with phases by RTPGHI.
fn reduced(bins: Option<LogBins>, least_squares: bool) -> Way {
    Box::new(move |(transform, samples)| {
        let mut magnitudes = transform.analyze(samples).magnitudes();
        if let Some(bins) = &bins {
            let mut expanded = Magnitudes::zeros(magnitudes.bins(), 0);
            for frame in magnitudes.iter() {
                let few = bins.reduce(frame);
                expanded.push(&if least_squares { bins.least_squares(&few) } else { bins.interpolate(&few) });
            }
            magnitudes = expanded;
        }
        let frames = reconstruct(&magnitudes, transform.layout(), Lookahead::Causal)?;
        Ok(transform.synthesize(&frames, samples.len())?)
    })
}

/// White noise whose frames are multiplied by the magnitudes.
fn filtered_noise(transform: &mut ShortTimeFourier, samples: &[f32]) -> Result<Vec<f32>, Box<dyn Error>> {
    let magnitudes = transform.analyze(samples).magnitudes();
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    let white: Vec<f32> = (0..samples.len()).map(|_| uniform()).collect();
    let mut frames = transform.analyze(&white);
    let energy: f32 = hann(transform.layout().window()).iter().map(|weight| weight * weight).sum();
    let gain = (3.0 / energy).sqrt(); // uniform noise of −1…1 has a power of a third
    for (bin, magnitude) in frames.values_mut().iter_mut().zip(magnitudes.values()) {
        *bin *= magnitude * gain;
    }
    Ok(transform.synthesize(&frames, samples.len())?)
}

/// The sound through harmonics and noise, or their features, by the live forms.
fn tone(
    layout: FrameLayout,
    samples: &[f32],
    with_features: bool,
) -> Result<Vec<f32>, spectral::SpectralError> {
    let mut encoder = ToneEncoder::new(layout, RATE_HZ)?;
    let mut synthesizer = ToneSynthesizer::new(layout, BLOCK, RATE_HZ)?;
    let mut map = ToneFeatureMap::new(layout, RATE_HZ)?;
    let (mut features, mut from_features) = (ToneFeatures::default(), ToneFrame::default());
    let latency = synthesizer.latency();
    let mut made = samples.to_vec();
    made.resize((samples.len() + latency).next_multiple_of(BLOCK), 0.0);
    for block in made.chunks_mut(BLOCK) {
        if let Some(frame) = encoder.push(block) {
            if with_features {
                map.features(frame, &mut features);
                map.frame(&features, &mut from_features);
            }
            synthesizer.begin_frame(if with_features { &from_features } else { frame });
        }
        synthesizer.render_block(block);
    }
    Ok(made[latency..latency + samples.len()].to_vec())
}
