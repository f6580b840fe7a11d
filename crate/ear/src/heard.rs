//! One patch heard: the test note played and everything measured in it.

use ebur128::{EbuR128, Mode};
use patch::Patch;
use timbre::{Analyzer, Descriptor, Descriptors};

use crate::note::{self, SAMPLE_RATE_HZ};
use crate::spectrum::{FEATURE_COUNT, Features, Spectrum};

/// Loudness of what is never as loud as this, in LUFS: the absolute gate of ITU-R BS.1770.
pub const SILENCE_LUFS: f64 = -70.0;

/// How many numbers [`Heard::numbers`] has.
pub const NUMBER_COUNT: usize = FEATURE_COUNT + 1 + Descriptor::SCALES.len();

/// What a patch sounds like.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Mel features of both channels' mean.
    pub features: Features,
    /// The timbre models' answers, not clipped; `None` where there is too little sound to judge.
    pub descriptors: Option<Descriptors>,
    /// Integrated loudness (ITU-R BS.1770-4) in LUFS, at least [`SILENCE_LUFS`].
    pub loudness_lufs: f64,
}

impl Heard {
    /// The seven scales, each within 0 to 100 points, in the order of [`Descriptor::SCALES`]. Silence
    /// has nothing of any quality: zeros.
    pub fn scales(&self) -> [f64; Descriptor::SCALES.len()] {
        self.descriptors.map_or([0.0; Descriptor::SCALES.len()], |descriptors| descriptors.clipped().scales())
    }

    /// What a network is told of a sound: see [`numbers`].
    pub fn numbers(&self) -> [f32; NUMBER_COUNT] {
        numbers(&self.features, Some(self.scales()))
    }

    /// Whether the sound seems reverberant; silence does not.
    pub fn is_reverberant(&self) -> bool {
        self.descriptors.is_some_and(|descriptors| descriptors.reverb)
    }
}

/// The features, 1 if the timbre was judged and 0 if not, then the seven scales, which are 0 if not judged.
pub fn numbers(features: &Features, scales: Option<[f64; Descriptor::SCALES.len()]>) -> [f32; NUMBER_COUNT] {
    let mut numbers = [0.0; NUMBER_COUNT];
    numbers[..FEATURE_COUNT].copy_from_slice(features);
    if let Some(scales) = scales {
        numbers[FEATURE_COUNT] = 1.0;
        numbers[FEATURE_COUNT + 1..]
            .iter_mut()
            .zip(scales)
            .for_each(|(number, scale)| *number = scale as f32);
    }
    numbers
}

/// Hears patches one after the other. Making one takes longer than a frame of a page, hearing a
/// patch some tens of milliseconds. Same patch, same answer, whatever was heard before.
pub struct Ear {
    spectrum: Spectrum,
    analyzer: Analyzer,
    mono: Vec<f32>,
}

impl Default for Ear {
    fn default() -> Self {
        Self::new()
    }
}

impl Ear {
    /// Plans everything that can be planned.
    pub fn new() -> Self {
        let analyzer = Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models");
        Self { spectrum: Spectrum::new(), analyzer, mono: Vec::new() }
    }

    /// Plays and measures everything.
    pub fn hear(&mut self, patch: &Patch) -> Heard {
        let [left, right] = note::play(patch);
        Heard {
            features: self.measure(&left, &right),
            descriptors: self.analyzer.analyze_stereo(&left, &right).ok(),
            loudness_lufs: loudness_lufs(&left, &right),
        }
    }

    /// Plays and measures the mel features alone: a fraction of the work of [`Self::hear`].
    pub fn features(&mut self, patch: &Patch) -> Features {
        let [left, right] = note::play(patch);
        self.measure(&left, &right)
    }

    fn measure(&mut self, left: &[f32], right: &[f32]) -> Features {
        self.mono.clear();
        self.mono.extend(left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)));
        self.spectrum.measure(&self.mono)
    }
}

fn loudness_lufs(left: &[f32], right: &[f32]) -> f64 {
    let measured = EbuR128::new(2, SAMPLE_RATE_HZ, Mode::I).and_then(|mut meter| {
        meter.add_frames_planar_f32(&[left, right])?;
        meter.loudness_global()
    });
    measured.map_or(SILENCE_LUFS, |lufs| lufs.max(SILENCE_LUFS))
}
