//! Measures the timbral scales of a patch's sound: the test note, rendered by the voice.

use features::loudness_lufs;
use features::test_note::{SAMPLE_RATE_HZ, render_many};
use patch::Patch;
use timbre::{Analyzer, Descriptor};

/// The number of scales: all descriptors of the AudioCommons models but the reverb, which is a yes or no.
pub const SCALE_COUNT: usize = Descriptor::ALL.len() - 1;

/// The measures of a sound: its places on some scales.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaledSound<const N: usize> {
    /// Each scale in points: 100 points are the distance of its ends.
    pub scales: [f64; N],
    /// Integrated loudness (ITU-R BS.1770-4) in LUFS.
    pub loudness_lufs: f64,
}

/// The timbral scales of a sound in the order of [`Descriptor::ALL`], 0…100 points.
pub type MeasuredScales = ScaledSound<SCALE_COUNT>;

/// Measures sounds one after the other; plans once. A result does not depend on earlier sounds.
pub struct ScaleMeter(Analyzer);

impl Default for ScaleMeter {
    fn default() -> Self {
        Self::new()
    }
}

impl ScaleMeter {
    /// Plans all transforms.
    pub fn new() -> Self {
        Self(Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models"))
    }

    /// Renders the test note of each patch and measures it; `None` if there is too little sound.
    pub fn measure_patches(&mut self, patches: &[Patch]) -> Vec<Option<MeasuredScales>> {
        render_many(patches).iter().map(|sound| self.measure(sound)).collect()
    }

    fn measure(&mut self, [left, right]: &[Vec<f32>; 2]) -> Option<MeasuredScales> {
        let timbre = self.0.analyze_stereo(left, right).ok()?.clipped();
        let scales = std::array::from_fn(|at| timbre.get(Descriptor::ALL[at]));
        let measured = MeasuredScales { scales, loudness_lufs: loudness_lufs(&[left, right]) };
        scales.iter().all(|value| value.is_finite()).then_some(measured)
    }
}

/// Renders and measures every patch, on all cores; in the order of the patches. `done` is called with the number
/// of finished sounds, from any thread.
#[cfg(not(target_family = "wasm"))]
pub fn measure_scales(patches: &[Patch], done: impl Fn(usize) + Sync) -> Vec<Option<MeasuredScales>> {
    features::measure_groups(patches, ScaleMeter::new, ScaleMeter::measure_patches, done)
}
