//! The details of a sound: mel spectra at two resolutions in short times, and the level in steps of 10 ms. Near the
//! solution they tell sounds apart that have the same features: another waveform, an attack of another length.

use std::sync::Arc;

use features::mel_triangles::MelTriangles;
use fourier::PowerSpectra;

use crate::level_steps::STEP;
use crate::preparation::sum_of_squares;

/// The lowest and the highest corner of the bands.
const RANGE_HZ: [f64; 2] = [40.0, 16_000.0];
/// Levels this far below the loudest of the target count as silence.
const SPECTRUM_RANGE_DB: f32 = 60.0;
/// The same for the level of the whole sound.
const LEVEL_RANGE_DB: f32 = 50.0;
/// The power of silence, for logarithms.
const SILENCE: f32 = 1e-12;

/// A resolution of the spectrum.
struct Resolution {
    /// Samples of a frame.
    frame: usize,
    /// Samples from frame to frame.
    hop: usize,
    bands: usize,
    /// Each time has this many times as many frames as the time before.
    growth: f64,
    /// The longest time, in frames.
    longest: f64,
}

const RESOLUTIONS: [Resolution; 2] = [
    Resolution { frame: 1024, hop: 512, bands: 40, growth: 1.25, longest: 8.0 },
    Resolution { frame: 8192, hop: 4096, bands: 200, growth: 1.3, longest: 6.0 },
];

/// The weight of each part of the details: both resolutions, and the level. A mean difference of a dB in it counts as
/// this share of the distance of a usual preset and the mean of all.
const WEIGHTS: [f32; 3] = [0.0072, 0.0036, 0.018];
/// Differences grow by their square below this and by themselves above, so that a few great ones do not decide alone.
const BENDS_DB: [f32; 3] = [8.0, 8.0, 12.0];

/// The powers of a sound in all bands and times of one resolution, time by time.
struct Analysis {
    frame: usize,
    bands: MelTriangles,
    /// The first frame of each time, and the end of the last.
    times: Vec<usize>,
    hop: usize,
}

impl Analysis {
    fn new(resolution: &Resolution, length: usize) -> Self {
        let &Resolution { frame, hop, bands, growth, longest } = resolution;
        let frames = length / hop + 1;
        let mut times = vec![0];
        let (mut width, mut end) = (1.0, 0.0);
        while times[times.len() - 1] < frames {
            end += width;
            times.push((end as usize).min(frames));
            width = (width * growth).min(longest);
        }
        Self { frame, bands: MelTriangles::new(frame, RANGE_HZ, bands), times, hop }
    }

    /// By spectra of its frame's length.
    fn powers(&self, samples: &[f32], spectra: &mut PowerSpectra) -> Vec<f32> {
        let count = self.bands.count();
        let mut powers = vec![0.0; count * (self.times.len() - 1)];
        // The middle of the first frame is the first sample.
        let start = |index: usize| (index * self.hop) as isize - (self.frame / 2) as isize;
        let times = self.times.windows(2).enumerate().flat_map(|(time, pair)| {
            let share = 1.0 / (pair[1] - pair[0]).max(1) as f32;
            (pair[0]..pair[1]).map(move |index| (index, time, share))
        });
        let frames: Vec<(usize, usize, f32)> = times.collect();
        for pair in frames.chunks(2) {
            let bins =
                spectra.measure(samples, [pair[0], pair[pair.len() - 1]].map(|(index, ..)| start(index)));
            for (&(_, time, share), bins) in pair.iter().zip(bins) {
                let powers = &mut powers[time * count..][..count];
                powers.iter_mut().zip(self.bands.powers(bins)).for_each(|(sum, power)| *sum += share * power);
            }
        }
        powers
    }
}

/// Compares the details of sounds with those of a target.
#[derive(Clone)]
pub struct Details {
    analyses: Arc<[Analysis; 2]>,
    spectra: [PowerSpectra; 2],
    /// The levels of the target, in dB: both resolutions, and the level.
    target_db: Arc<[Vec<f32>; 3]>,
    /// The least level of each part, in dB.
    least_db: [f32; 3],
    /// The factor of each part.
    factors: [f32; 3],
}

impl Details {
    /// The details of a target.
    pub fn of(target: &[f32]) -> Self {
        let analyses = RESOLUTIONS.each_ref().map(|resolution| Analysis::new(resolution, target.len()));
        let mut spectra = RESOLUTIONS.each_ref().map(|resolution| PowerSpectra::new(resolution.frame));
        let target_db =
            measure(&analyses, &mut spectra, target).map(|powers| decibels(&powers, 0.0, f32::MIN));
        let loudest = target_db.each_ref().map(|levels| levels.iter().copied().fold(f32::MIN, f32::max));
        let ranges = [SPECTRUM_RANGE_DB, SPECTRUM_RANGE_DB, LEVEL_RANGE_DB];
        let least_db = std::array::from_fn(|part| loudest[part] - ranges[part]);
        let counts = [RESOLUTIONS[0].bands, RESOLUTIONS[1].bands, 1];
        let factors = std::array::from_fn(|part| {
            // Silent times do not count, so that a long file's silence does not hide its note.
            let sounding = |time: &[f32]| time.iter().any(|&level| level > least_db[part]);
            let times = target_db[part].chunks(counts[part]).filter(|time| sounding(time)).count();
            (WEIGHTS[part] / (times.max(1) * counts[part]) as f32).sqrt()
        });
        let mut target_db = target_db;
        for (levels, least) in target_db.iter_mut().zip(least_db) {
            levels.iter_mut().for_each(|level| *level = level.max(least));
        }
        Self { analyses: Arc::new(analyses), spectra, target_db: Arc::new(target_db), least_db, factors }
    }

    /// The number of differences.
    pub fn count(&self) -> usize {
        self.target_db.iter().map(Vec::len).sum()
    }

    /// The powers of a sound: both resolutions, and the level.
    pub fn measure(&mut self, samples: &[f32]) -> [Vec<f32>; 3] {
        measure(&self.analyses, &mut self.spectra, samples)
    }

    /// The weighted differences of a sound with these powers and a gain. Their squares' sum is a part of the distance.
    pub fn differences(&self, powers: &[Vec<f32>; 3], gain_db: f32) -> Vec<f32> {
        let mut differences = Vec::with_capacity(self.count());
        for (part, powers) in powers.iter().enumerate() {
            let levels = decibels(powers, gain_db, self.least_db[part]);
            let pairs = levels.iter().zip(&self.target_db[part]);
            differences
                .extend(pairs.map(|(own, target)| self.factors[part] * bent(own - target, BENDS_DB[part])));
        }
        differences
    }
}

fn measure(analyses: &[Analysis; 2], spectra: &mut [PowerSpectra; 2], samples: &[f32]) -> [Vec<f32>; 3] {
    let [short, long] = std::array::from_fn(|at| analyses[at].powers(samples, &mut spectra[at]));
    [short, long, steps(samples)]
}

/// A difference that grows like its root above a difference.
fn bent(difference_db: f32, bend_db: f32) -> f32 {
    difference_db / (1.0 + difference_db.abs() / bend_db).sqrt()
}

/// The mean power of each step of the level: the last one ends in silence.
fn steps(samples: &[f32]) -> Vec<f32> {
    let power = |step: &[f32]| sum_of_squares(step) / STEP as f32;
    samples.chunks(STEP).map(power).collect()
}

fn decibels(powers: &[f32], gain_db: f32, least_db: f32) -> Vec<f32> {
    let level = |&power: &f32| (10.0 * power.max(SILENCE).log10() + gain_db).max(least_db);
    powers.iter().map(level).collect()
}
