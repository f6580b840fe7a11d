//! The features of one patch: renders the test note and measures it.

use ebur128::{EbuR128, Mode};
use patch::Patch;
use timbre::{Analyzer, Descriptor, Descriptors};
use voice::render::PATCHES_TOGETHER;

use crate::spectrum::{SPECTRAL_COUNT, SpectralFeatures, Spectrum};
use crate::test_note::{self, SAMPLE_RATE_HZ};

/// The least reported loudness, in LUFS: the absolute gate of ITU-R BS.1770.
pub const SILENCE_LUFS: f64 = -70.0;

/// The length of [`AudioFeatures::vector`].
pub const FEATURE_COUNT: usize = SPECTRAL_COUNT + 1 + Descriptor::SCALES.len();

/// The features of a patch's sound.
#[derive(Clone, Debug, PartialEq)]
pub struct AudioFeatures {
    /// Mel features of both channels' mean.
    pub spectrum: SpectralFeatures,
    /// The timbre models' results, not clipped; `None` if there is too little sound.
    pub descriptors: Option<Descriptors>,
    /// Integrated loudness (ITU-R BS.1770-4) in LUFS, at least [`SILENCE_LUFS`].
    pub loudness_lufs: f64,
}

impl AudioFeatures {
    /// The seven scales, each within 0 to 100 points, in the order of [`Descriptor::SCALES`]; all 0 if there is too
    /// little sound.
    pub fn scales(&self) -> [f64; Descriptor::SCALES.len()] {
        scales(self.descriptors)
    }

    /// A network's input for a sound: see [`feature_vector`].
    pub fn vector(&self) -> [f32; FEATURE_COUNT] {
        feature_vector(&self.spectrum, Some(self.scales()))
    }

    /// True if the sound seems reverberant; false for silence.
    pub fn is_reverberant(&self) -> bool {
        self.descriptors.is_some_and(|descriptors| descriptors.reverb)
    }
}

fn scales(descriptors: Option<Descriptors>) -> [f64; Descriptor::SCALES.len()] {
    descriptors.map_or([0.0; Descriptor::SCALES.len()], |descriptors| descriptors.clipped().scales())
}

/// The spectrum, 1 if the timbre was measured and 0 if not, then the seven scales, which are 0 if not measured.
pub fn feature_vector(
    spectrum: &SpectralFeatures,
    scales: Option<[f64; Descriptor::SCALES.len()]>,
) -> [f32; FEATURE_COUNT] {
    let mut vector = [0.0; FEATURE_COUNT];
    vector[..SPECTRAL_COUNT].copy_from_slice(spectrum);
    if let Some(scales) = scales {
        vector[SPECTRAL_COUNT] = 1.0;
        vector[SPECTRAL_COUNT + 1..]
            .iter_mut()
            .zip(scales)
            .for_each(|(number, scale)| *number = scale as f32);
    }
    vector
}

/// Extracts the features of patches one after the other. Making an extractor takes longer than a frame of a page, a
/// patch some tens of milliseconds. A patch's features do not depend on earlier ones.
pub struct FeatureExtractor {
    spectrum: Spectrum,
    analyzer: Analyzer,
    mono: Vec<f32>,
}

impl Default for FeatureExtractor {
    fn default() -> Self {
        Self::new()
    }
}

impl FeatureExtractor {
    /// Plans all transforms.
    pub fn new() -> Self {
        let analyzer = Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models");
        Self { spectrum: Spectrum::new(), analyzer, mono: Vec::new() }
    }

    /// Renders the test note and measures everything.
    pub fn extract(&mut self, patch: &Patch) -> AudioFeatures {
        self.measure_all(&test_note::render(patch))
    }

    /// As [`Self::extract`] for each patch, in less time.
    pub fn extract_group(&mut self, patches: &[Patch]) -> Vec<AudioFeatures> {
        let groups = patches.chunks(PATCHES_TOGETHER).map(test_note::render_many);
        groups.flatten().map(|sound| self.measure_all(&sound)).collect()
    }

    /// Measures everything of a rendered test note, left and right.
    pub fn measure_all(&mut self, [left, right]: &[Vec<f32>; 2]) -> AudioFeatures {
        AudioFeatures {
            spectrum: self.measure_spectrum(left, right),
            descriptors: self.analyzer.analyze_stereo(left, right).ok(),
            loudness_lufs: loudness_lufs(&[left, right]),
        }
    }

    /// Renders the test note and measures the mel features alone: a fraction of the work of [`Self::extract`].
    pub fn spectrum(&mut self, patch: &Patch) -> SpectralFeatures {
        let [left, right] = test_note::render(patch);
        self.measure_spectrum(&left, &right)
    }

    /// Measures the mel features of a rendered test note. Measures the seven scales, which take most of the time,
    /// only if `are_wanted` returns true for the mel features. Both are as in [`AudioFeatures`].
    pub fn measure_scales_if(
        &mut self,
        [left, right]: &[Vec<f32>; 2],
        are_wanted: impl FnOnce(&SpectralFeatures) -> bool,
    ) -> (SpectralFeatures, Option<[f64; Descriptor::SCALES.len()]>) {
        let spectrum = self.measure_spectrum(left, right);
        let scales = are_wanted(&spectrum).then(|| scales(self.analyzer.analyze_stereo(left, right).ok()));
        (spectrum, scales)
    }

    /// The seven scales of a sound, each within 0 to 100 points; all 0 if there is too little sound.
    pub fn scales_of(&mut self, channels: [&[f32]; 2]) -> [f64; Descriptor::SCALES.len()] {
        self.audible_scales(channels).unwrap_or_default()
    }

    /// The same; `None` if there is too little sound.
    pub(crate) fn audible_scales(
        &mut self,
        [left, right]: [&[f32]; 2],
    ) -> Option<[f64; Descriptor::SCALES.len()]> {
        Some(self.analyzer.analyze_stereo(left, right).ok()?.clipped().scales())
    }

    /// Measures the mel features of a rendered test note.
    pub(crate) fn measure_spectrum(&mut self, left: &[f32], right: &[f32]) -> SpectralFeatures {
        self.mono.clear();
        self.mono.extend(left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)));
        self.spectrum.measure(&self.mono)
    }
}

/// The integrated loudness (ITU-R BS.1770-4) of a sound of one or two channels at 44.1 kHz, in LUFS, at least
/// [`SILENCE_LUFS`].
pub fn loudness_lufs(channels: &[&[f32]]) -> f64 {
    let frames = channels.iter().map(|channel| channel.len()).min().unwrap_or(0);
    let measured = EbuR128::new(channels.len() as u32, SAMPLE_RATE_HZ, Mode::I).and_then(|mut meter| {
        meter.add_frames_planar_f32(channels)?;
        if frames < METER_FRAMES {
            let silence = vec![0.0; METER_FRAMES - frames];
            meter.add_frames_planar_f32(&vec![silence.as_slice(); channels.len()])?;
        }
        meter.loudness_global()
    });
    measured.map_or(SILENCE_LUFS, |lufs| lufs.max(SILENCE_LUFS))
}

/// The meter needs a longer sound: its blocks last 0.4 s.
const METER_FRAMES: usize = 4 * SAMPLE_RATE_HZ as usize / 10;
