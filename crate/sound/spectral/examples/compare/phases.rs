//! Phase from exact magnitudes: the error of each method, and its time.

use std::error::Error;
use std::time::Instant;

use spectral::{
    Complex32, FrameLayout, Lookahead, Magnitudes, ShortTimeFourier, SpectralError, SpectralFrames,
    fast_griffin_lim, log_spectral_distance_db, random_phases, reconstruct, single_pass_inversion,
    spectral_convergence_db,
};

use crate::median;
use crate::sounds::NamedSound;

/// One way to find phases for the magnitudes of a sound of so many samples.
type Method =
    fn(&mut ShortTimeFourier, &Magnitudes, usize) -> Result<SpectralFrames<Complex32>, SpectralError>;

const METHODS: [(&str, Method); 7] = [
    ("fast Griffin–Lim, 1 iteration", |transform, magnitudes, length| {
        fast_griffin_lim(transform, magnitudes, random_phases(magnitudes), length, 1)
    }),
    ("fast Griffin–Lim, 16 iterations", |transform, magnitudes, length| {
        fast_griffin_lim(transform, magnitudes, random_phases(magnitudes), length, 16)
    }),
    ("fast Griffin–Lim, 64 iterations", |transform, magnitudes, length| {
        fast_griffin_lim(transform, magnitudes, random_phases(magnitudes), length, 64)
    }),
    ("SPSI", |transform, magnitudes, _| single_pass_inversion(magnitudes, transform.layout())),
    ("RTPGHI(0), causal", |transform, magnitudes, _| {
        reconstruct(magnitudes, transform.layout(), Lookahead::Causal)
    }),
    ("RTPGHI(1), one frame late", |transform, magnitudes, _| {
        reconstruct(magnitudes, transform.layout(), Lookahead::OneFrame)
    }),
    ("RTPGHI(1) + 4 fast Griffin–Lim", |transform, magnitudes, length| {
        let start = reconstruct(magnitudes, transform.layout(), Lookahead::OneFrame)?;
        fast_griffin_lim(transform, magnitudes, start, length, 4)
    }),
];

pub fn print(sounds: &[NamedSound]) -> Result<(), Box<dyn Error>> {
    let mut transform = ShortTimeFourier::new(FrameLayout::default());
    let analyzed: Vec<(usize, Magnitudes)> =
        sounds.iter().map(|one| (one.samples.len(), transform.analyze(&one.samples).magnitudes())).collect();
    let frames: usize = analyzed.iter().map(|(_, magnitudes)| magnitudes.count()).sum();
    println!("{} sounds, {frames} frames of 2048 samples, 256 apart\n", sounds.len());
    println!(
        "| method | spectral convergence | worst | LSD | µs a frame | of 64 iterations |\n|---|---|---|---|---|---|"
    );
    let mut rows = Vec::new();
    for (name, method) in METHODS {
        let mut row = Row::default();
        for (one, (length, magnitudes)) in sounds.iter().zip(&analyzed) {
            let start = Instant::now();
            let found = method(&mut transform, magnitudes, *length)?;
            let sound = transform.synthesize(&found, one.samples.len())?;
            row.seconds += start.elapsed().as_secs_f64();
            row.measure(magnitudes, &transform.analyze(&sound).magnitudes());
        }
        row.seconds /= f64::from(frames as u32);
        rows.push((name.to_owned(), row));
    }
    for (window, hop) in [(2048, 512), (1024, 128)] {
        let mut other = ShortTimeFourier::new(FrameLayout::new(window, hop)?);
        let mut row = Row::default();
        let mut frames = 0;
        for (one, (length, magnitudes)) in sounds.iter().zip(&analyzed) {
            let given = other.analyze(&one.samples).magnitudes();
            frames += given.count();
            let start = Instant::now();
            let found = reconstruct(&given, other.layout(), Lookahead::Causal)?;
            let sound = other.synthesize(&found, *length)?;
            row.seconds += start.elapsed().as_secs_f64();
            row.measure(magnitudes, &transform.analyze(&sound).magnitudes());
        }
        row.seconds /= f64::from(frames as u32);
        rows.push((format!("RTPGHI(0), frames of {window}, {hop} apart"), row));
    }
    let opponent = rows.iter().find(|(name, _)| name.contains("64")).map_or(f64::NAN, |(_, row)| row.seconds);
    for (name, row) in rows {
        row.print(&name, opponent);
    }
    Ok(())
}

/// The measures of a method.
#[derive(Default)]
struct Row {
    /// Seconds a frame.
    seconds: f64,
    convergences: Vec<f64>,
    distances: Vec<f64>,
}

impl Row {
    fn measure(&mut self, original: &Magnitudes, other: &Magnitudes) {
        self.convergences.push(spectral_convergence_db(original, other));
        self.distances.push(log_spectral_distance_db(original, other));
    }

    fn print(self, name: &str, opponent_seconds: f64) {
        let worst = self.convergences.iter().copied().fold(f64::MIN, f64::max);
        println!(
            "| {name} | {:.1} dB | {worst:.1} dB | {:.2} dB | {:.0} | 1/{:.1} |",
            median(self.convergences),
            median(self.distances),
            1e6 * self.seconds,
            opponent_seconds / self.seconds,
        );
    }
}
