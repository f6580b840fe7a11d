//! The details of a sound: mel spectra at two resolutions in short times, and the level in steps of 10 ms. Near the
//! solution they tell sounds apart that have the same features: another waveform, an attack of another length.

use std::f64::consts::TAU;
use std::sync::Arc;

use features::test_note::SAMPLE_RATE_HZ;
use fourier::{Complex32, Planner, RealToComplex};

/// The lowest and the highest corner of the bands.
const RANGE_HZ: [f64; 2] = [40.0, 16_000.0];
/// Levels this far below the loudest of the target count as silence.
const SPECTRUM_RANGE_DB: f32 = 60.0;
/// The same for the level of the whole sound.
const LEVEL_RANGE_DB: f32 = 50.0;
/// The power of silence, for logarithms.
const SILENCE: f32 = 1e-12;

/// Samples of a step of the level: 10 ms.
const LEVEL_STEP: usize = SAMPLE_RATE_HZ as usize / 100;

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
const WEIGHTS: [f32; 3] = [0.024, 0.012, 0.03];
/// Differences grow by their square below this and by themselves above, so that a few great ones do not decide alone.
const BENDS_DB: [f32; 3] = [8.0, 8.0, 12.0];

/// The powers of a sound in all bands and times of one resolution, time by time.
struct Analysis {
    plan: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    /// Each band's first bin, and its weights.
    bands: Vec<(usize, Vec<f32>)>,
    /// The first frame of each time, and the end of the last.
    times: Vec<usize>,
    hop: usize,
}

impl Analysis {
    fn new(resolution: &Resolution, length: usize) -> Self {
        let &Resolution { frame, hop, bands, growth, longest } = resolution;
        let plan = Planner::new().real_forward(frame);
        let hann: Vec<f64> = (0..frame).map(|n| 0.5 - 0.5 * (TAU * n as f64 / frame as f64).cos()).collect();
        let sum: f64 = hann.iter().sum();
        let frames = length / hop + 1;
        let mut times = vec![0];
        let (mut width, mut end) = (1.0, 0.0);
        while times[times.len() - 1] < frames {
            end += width;
            times.push((end as usize).min(frames));
            width = (width * growth).min(longest);
        }
        Self {
            plan,
            window: hann.iter().map(|weight| (weight / sum) as f32).collect(),
            bands: triangles(frame, bands),
            times,
            hop,
        }
    }

    fn powers(&self, samples: &[f32], scratch: &mut TransformBuffers) -> Vec<f32> {
        let frame = self.window.len();
        let count = self.bands.len();
        let mut powers = vec![0.0; count * (self.times.len() - 1)];
        scratch.fit(&self.plan);
        for (time, pair) in self.times.windows(2).enumerate() {
            let powers = &mut powers[time * count..][..count];
            let share = 1.0 / (pair[1] - pair[0]).max(1) as f32;
            for index in pair[0]..pair[1] {
                // The middle of the first frame is the first sample.
                let first = (index * self.hop) as isize - (frame / 2) as isize;
                scratch.take(samples, first, &self.window);
                scratch.transform(&self.plan);
                for (power, (first_bin, weights)) in powers.iter_mut().zip(&self.bands) {
                    let bins = &scratch.powers[*first_bin..];
                    *power += share * bins.iter().zip(weights).map(|(bin, weight)| bin * weight).sum::<f32>();
                }
            }
        }
        powers
    }
}

/// The buffers of a transform.
#[derive(Clone, Default)]
struct TransformBuffers {
    input: Vec<f32>,
    bins: Vec<Complex32>,
    powers: Vec<f32>,
    other: Vec<Complex32>,
}

impl TransformBuffers {
    fn fit(&mut self, plan: &Arc<dyn RealToComplex<f32>>) {
        self.input.resize(plan.len(), 0.0);
        self.bins.resize(plan.len() / 2 + 1, Complex32::default());
        self.powers.resize(plan.len() / 2 + 1, 0.0);
        self.other.resize(plan.get_scratch_len(), Complex32::default());
    }

    /// Takes the samples from `first` on, which may begin before the sound and end after it.
    fn take(&mut self, samples: &[f32], first: isize, window: &[f32]) {
        let before = first.min(0).unsigned_abs().min(window.len());
        let begin = first.max(0) as usize;
        let inside = samples.get(begin..).unwrap_or(&[]);
        let count = inside.len().min(window.len() - before);
        self.input.fill(0.0);
        let places = self.input[before..].iter_mut().zip(&inside[..count]).zip(&window[before..]);
        places.for_each(|((input, sample), weight)| *input = sample * weight);
    }

    fn transform(&mut self, plan: &Arc<dyn RealToComplex<f32>>) {
        plan.process_with_scratch(&mut self.input, &mut self.bins, &mut self.other)
            .expect("the buffers were made by the plan itself");
        self.powers.iter_mut().zip(&self.bins).for_each(|(power, bin)| *power = bin.norm_sqr());
    }
}

/// Compares the details of sounds with those of a target.
#[derive(Clone)]
pub struct Details {
    analyses: Arc<[Analysis; 2]>,
    scratch: TransformBuffers,
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
        let mut scratch = TransformBuffers::default();
        let [short, long] = analyses.each_ref().map(|analysis| analysis.powers(target, &mut scratch));
        let target_db = [short, long, steps(target)].map(|powers| decibels(&powers, 0.0, f32::MIN));
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
        Self { analyses: Arc::new(analyses), scratch, target_db: Arc::new(target_db), least_db, factors }
    }

    /// The number of differences.
    pub fn count(&self) -> usize {
        self.target_db.iter().map(Vec::len).sum()
    }

    /// The powers of a sound: both resolutions, and the level.
    pub fn measure(&mut self, samples: &[f32]) -> [Vec<f32>; 3] {
        let [short, long] =
            self.analyses.each_ref().map(|analysis| analysis.powers(samples, &mut self.scratch));
        [short, long, steps(samples)]
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

/// A difference that grows like its root above a difference.
fn bent(difference_db: f32, bend_db: f32) -> f32 {
    difference_db / (1.0 + difference_db.abs() / bend_db).sqrt()
}

/// The mean power of each step of the level.
fn steps(samples: &[f32]) -> Vec<f32> {
    let power = |step: &[f32]| step.iter().map(|sample| sample * sample).sum::<f32>() / LEVEL_STEP as f32;
    samples.chunks(LEVEL_STEP).map(power).collect()
}

fn decibels(powers: &[f32], gain_db: f32, least_db: f32) -> Vec<f32> {
    let level = |&power: &f32| (10.0 * power.max(SILENCE).log10() + gain_db).max(least_db);
    powers.iter().map(level).collect()
}

/// Triangles over neighbouring bins whose corners are equally far apart in mel, and at least a bin.
fn triangles(frame: usize, count: usize) -> Vec<(usize, Vec<f32>)> {
    let bin_hz = f64::from(SAMPLE_RATE_HZ) / frame as f64;
    let [low, high] = RANGE_HZ.map(|hz| 2595.0 * (1.0 + hz / 700.0).log10());
    let corner = |at: usize| {
        let mel = low + (high - low) * at as f64 / (count + 1) as f64;
        700.0 * (10.0_f64.powf(mel / 2595.0) - 1.0) / bin_hz
    };
    let triangle = |band: usize| {
        let [begin, middle, end] = [band, band + 1, band + 2].map(corner);
        let first = begin.ceil() as usize;
        let weights: Vec<f32> = (first..=end.floor() as usize)
            .map(|bin| {
                ((bin as f64 - begin) / (middle - begin)).min((end - bin as f64) / (end - middle)).max(0.0)
                    as f32
            })
            .collect();
        // A band between two bins has the nearer one.
        if weights.iter().all(|&weight| weight == 0.0) {
            (middle.round() as usize, vec![1.0])
        } else {
            (first, weights)
        }
    };
    (0..count).map(triangle).collect()
}
