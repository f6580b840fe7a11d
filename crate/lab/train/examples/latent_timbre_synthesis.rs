//! Latent Timbre Synthesis rebuilt as a baseline: a variational autoencoder of 384 log bins (48 an octave from C1) with
//! 2,048 hidden units and 256 latent numbers on linear magnitudes, then fast Griffin–Lim. Prints a table for each
//! folder. It also has rows for its analysis and phases without the networks, and for our models of tones or textures,
//! whose files are given with commas between them. `cargo run --release -p train --example latent_timbre_synthesis --
//! TRAIN_DIR MODEL.frames,... STEPS -- TEST_DIR...`
//!
//! It differs from the original in four ways. The bins are read from frames of 2048 samples, 256 apart, and turned back
//! into them by non-negative least squares. Magnitudes are scaled to a mean square of 1, so that the divergence hardly
//! counts. The mean is decoded, not a draw. There are far fewer steps than in the original's 16 hours on a GPU.

#[allow(dead_code, reason = "of another example, which also has mel bins")]
#[path = "../../../sound/spectral/examples/compare/log_bins.rs"]
mod log_bins;
#[allow(dead_code, reason = "of another example, which also reads the names")]
#[path = "../../../sound/spectral/examples/compare/sounds.rs"]
mod sounds;

use candle_core::{Device, Result, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use frame_model::TimbreModel;
use log_bins::LogBins;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use spectral::{
    FrameLayout, Magnitudes, MelBands, ShortTimeFourier, band_difference_db, fast_griffin_lim, random_phases,
    spectral_convergence_db,
};
use std::error::Error;
use std::path::Path;
use std::time::Instant;
use train::dense::Dense;
use train::network::tensors;

const RATE_HZ: f32 = 44_100.0;
const BINS: usize = 384;
const HIDDEN: usize = 2048;
const LATENTS: usize = 256;
const BATCH: usize = 64;
const RATE: f64 = 5e-4;
/// The original's weight of the divergence.
const DIVERGENCE: f64 = 5e-4;

/// The two networks, each of two layers.
struct Opponent {
    layers: Vec<[Tensor; 2]>,
    variables: Vec<Var>,
}

impl Opponent {
    fn new(random: &mut impl Rng) -> Result<Self> {
        let shapes = [(BINS, HIDDEN), (HIDDEN, 2 * LATENTS), (LATENTS, HIDDEN), (HIDDEN, BINS)];
        let (mut layers, mut variables) = (Vec::new(), Vec::new());
        for (inputs, outputs) in shapes {
            let (weight, bias) = tensors(&Dense::random(inputs, outputs, random))?;
            let pair = [Var::from_tensor(&weight)?, Var::from_tensor(&bias)?];
            layers.push(pair.clone().map(Var::into_inner));
            variables.extend(pair);
        }
        Ok(Self { layers, variables })
    }

    fn layer(&self, index: usize, input: &Tensor) -> Result<Tensor> {
        let [weight, bias] = &self.layers[index];
        input.matmul(&weight.t()?)?.broadcast_add(bias)
    }

    fn encode(&self, bins: &Tensor) -> Result<[Tensor; 2]> {
        let both = self.layer(1, &self.layer(0, bins)?.relu()?)?;
        let part = |from| both.narrow(1, from, LATENTS)?.contiguous();
        Ok([part(0)?, part(LATENTS)?.clamp(-10.0, 4.0)?])
    }

    fn decode(&self, latent: &Tensor) -> Result<Tensor> {
        self.layer(3, &self.layer(2, latent)?.relu()?)
    }
}

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, models, steps, separator, tests @ ..] = &arguments[..] else {
        return Err("usage: TRAIN_DIR MODEL.frames,... STEPS -- TEST_DIR...".into());
    };
    if separator != "--" {
        return Err("usage: TRAIN_DIR MODEL.frames,... STEPS -- TEST_DIR...".into());
    }
    let model = |path: &str| -> std::result::Result<_, Box<dyn Error>> {
        Ok(TimbreModel::from_bytes(&std::fs::read(path)?)?)
    };
    let models: Vec<TimbreModel> = models.split(',').map(model).collect::<std::result::Result<_, _>>()?;
    let steps: usize = steps.parse()?;
    let layout = FrameLayout::default();
    let bins = LogBins::octaves(BINS, 32.703, 48.0, layout, RATE_HZ);
    let mut transform = ShortTimeFourier::new(layout);
    let notes: Vec<Vec<Vec<f32>>> = sounds::read(Path::new(folder))?
        .iter()
        .map(|note| {
            transform.analyze(&note.samples).magnitudes().iter().map(|frame| bins.reduce(frame)).collect()
        })
        .collect();
    let squares = |frame: &Vec<f32>| frame.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>();
    let count: usize = notes.iter().map(|note| note.len() * BINS).sum();
    let scale = (count as f64 / notes.iter().flatten().map(squares).sum::<f64>()).sqrt() as f32;
    // As in our own training: two threads would wait for each other.
    let thread = train::single_thread::SingleThread::new()?;
    let opponent = thread.run(|| learn(&notes, scale, steps))?;
    for folder in tests {
        println!(
            "\n{folder}, after {steps} steps\n\n| way | 80 mel bands | spectral convergence | µs a frame |\n|---|---|---|---|"
        );
        let notes = sounds::read(Path::new(folder))?;
        let ways =
            [1, 64].into_iter().flat_map(|iterations| [Some(&opponent), None].map(|one| (iterations, one)));
        for (iterations, opponent) in ways {
            let network = if opponent.is_some() { "rebuilt" } else { "without its network" };
            row(&format!("{network}, Griffin–Lim {iterations}"), &notes, |sound| {
                let original = ShortTimeFourier::new(layout).analyze(sound).magnitudes();
                let magnitudes = through(opponent, &bins, &original, scale)?;
                let start = random_phases(&magnitudes);
                let mut transform = ShortTimeFourier::new(layout);
                let phases = fast_griffin_lim(&mut transform, &magnitudes, start, sound.len(), iterations)?;
                Ok(transform.synthesize(&phases, sound.len())?)
            })?;
        }
        for model in &models {
            row(&format!("our model {}", model.parts().domain.name), &notes, |sound| {
                Ok(model.decode(&model.encode(sound, RATE_HZ)?, RATE_HZ, sound.len())?)
            })?;
        }
    }
    Ok(())
}

/// Prints how near the sounds of one method come to the originals, and its computing time.
fn row(
    name: &str,
    notes: &[sounds::NamedSound],
    make: impl Fn(&[f32]) -> std::result::Result<Vec<f32>, Box<dyn Error>>,
) -> std::result::Result<(), Box<dyn Error>> {
    let layout = FrameLayout::default();
    let bands = MelBands::new(80, layout, RATE_HZ);
    let mut transform = ShortTimeFourier::new(layout);
    let [mut difference, mut convergence, mut seconds] = [0.0; 3];
    let (mut count, mut frames) = (0.0, 0.0);
    for note in notes {
        let original = transform.analyze(&note.samples).magnitudes();
        let begun = Instant::now();
        let made = make(&note.samples)?;
        seconds += begun.elapsed().as_secs_f64();
        frames += original.count() as f64;
        let made = transform.analyze(&made).magnitudes();
        difference += band_difference_db(&original, &made, &bands);
        convergence += spectral_convergence_db(&original, &made);
        count += 1.0;
    }
    let (difference, convergence, micros) = (difference / count, convergence / count, 1e6 * seconds / frames);
    println!("| {name} | {difference:.2} dB | {convergence:.1} dB | {micros:.0} |");
    Ok(())
}

fn learn(notes: &[Vec<Vec<f32>>], scale: f32, steps: usize) -> Result<Opponent> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let opponent = Opponent::new(&mut random)?;
    let adam = ParamsAdamW { lr: RATE, weight_decay: 0.0, ..Default::default() };
    let mut optimiser = AdamW::new(opponent.variables.clone(), adam)?;
    for step in 1..=steps {
        let mut rows = Vec::with_capacity(BATCH * BINS);
        for _ in 0..BATCH {
            let note = &notes[random.random_range(0..notes.len())];
            rows.extend(note[random.random_range(0..note.len())].iter().map(|value| value * scale));
        }
        let batch = Tensor::from_vec(rows, (BATCH, BINS), &Device::Cpu)?;
        let [mean, log_variance] = opponent.encode(&batch)?;
        let noise: Vec<f32> = (0..BATCH * LATENTS).map(|_| random.sample(StandardNormal)).collect();
        let noise = Tensor::from_vec(noise, (BATCH, LATENTS), &Device::Cpu)?;
        let latent = (&mean + (noise * (&log_variance * 0.5)?.exp()?)?)?;
        let error = (opponent.decode(&latent)? - &batch)?.sqr()?.mean_all()?;
        let divergence = (((mean.sqr()? + log_variance.exp()?)? - &log_variance)? - 1.0)?;
        let loss = (&error + (divergence.mean_all()? * (0.5 * DIVERGENCE))?)?;
        // A tenth of the step size for the last third.
        optimiser.set_learning_rate(if 3 * step > 2 * steps { 0.1 * RATE } else { RATE });
        optimiser.backward_step(&loss)?;
        if step % 100 == 0 {
            eprintln!("step {step}: mean squared error {:.5}", error.to_scalar::<f32>()?);
        }
    }
    Ok(opponent)
}

/// The magnitudes decoded from the latent numbers of all frames of a sound; without a network they come from its bins,
/// which bounds the result of any network.
fn through(
    opponent: Option<&Opponent>,
    bins: &LogBins,
    original: &Magnitudes,
    scale: f32,
) -> Result<Magnitudes> {
    let mut magnitudes = Magnitudes::zeros(original.bins(), 0);
    let Some(opponent) = opponent else {
        original.iter().for_each(|frame| magnitudes.push(&bins.least_squares(&bins.reduce(frame))));
        return Ok(magnitudes);
    };
    let rows: Vec<f32> =
        original.iter().flat_map(|frame| bins.reduce(frame)).map(|value| value * scale).collect();
    let [mean, _] = opponent.encode(&Tensor::from_vec(rows, (original.count(), BINS), &Device::Cpu)?)?;
    let decoded = opponent.decode(&mean)?.to_vec2::<f32>()?;
    for frame in decoded {
        let frame: Vec<f32> = frame.iter().map(|value| (value / scale).max(0.0)).collect();
        magnitudes.push(&bins.least_squares(&frame));
    }
    Ok(magnitudes)
}
