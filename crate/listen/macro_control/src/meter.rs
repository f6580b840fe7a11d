//! Measures the properties of a patch's sound: the test note, rendered by the voice.

use features::loudness_lufs;
use features::test_note::{KEY, SAMPLE_RATE_HZ, render_many_at};
use matching::find_pitch;
use patch::Patch;
use std::ops::Range;
use timbre::Analyzer;

use crate::level_curve::LevelCurve;
use crate::movement::MovementMeter;
use crate::property::PropertyValues;

/// The samples in which the pitch is searched: the key of the test note is held for 2 s.
const HELD: Range<usize> = 8_820..66_150;

/// The measures of a sound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredProperties {
    /// The eight properties in points; those of the timbre models are not clipped. All finite.
    pub values: PropertyValues,
    /// Integrated loudness (ITU-R BS.1770-4) in LUFS.
    pub loudness_lufs: f64,
    /// The pitch while the key is held, in semitones above MIDI key 0; `None` if the sound has no pitch.
    pub pitch: Option<f64>,
}

/// Measures sounds one after the other; plans once. A result does not depend on earlier sounds.
pub struct PropertyMeter {
    analyzer: Analyzer,
    movement: MovementMeter,
    mono: Vec<f32>,
    /// The MIDI key of the note.
    key: u8,
}

impl Default for PropertyMeter {
    fn default() -> Self {
        Self::new()
    }
}

impl PropertyMeter {
    /// Plans all transforms. The note is the test note, C4.
    pub fn new() -> Self {
        Self::at(KEY)
    }

    /// The same with another MIDI key.
    pub fn at(key: u8) -> Self {
        let analyzer = Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models");
        Self { analyzer, movement: MovementMeter::new(f64::from(SAMPLE_RATE_HZ)), mono: Vec::new(), key }
    }

    /// Plays another MIDI key from now on.
    pub fn set_key(&mut self, key: u8) {
        self.key = key;
    }

    /// Measures a rendered test note, left and right; `None` if there is too little sound.
    pub fn measure(&mut self, [left, right]: &[Vec<f32>; 2]) -> Option<MeasuredProperties> {
        let timbre = self.analyzer.analyze_stereo(left, right).ok()?;
        self.mono.clear();
        self.mono.extend(left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)));
        let levels = LevelCurve::new(&self.mono, f64::from(SAMPLE_RATE_HZ));
        let values = [
            timbre.brightness,
            timbre.warmth,
            timbre.hardness,
            timbre.roughness,
            timbre.depth,
            levels.attack(),
            levels.length(),
            self.movement.measure(&self.mono),
        ];
        let held = &self.mono[HELD.start.min(self.mono.len())..HELD.end.min(self.mono.len())];
        let measured = MeasuredProperties {
            values,
            loudness_lufs: loudness_lufs(&[left, right]),
            pitch: find_pitch(held).map(|pitch| f64::from(pitch.keys())),
        };
        values.iter().all(|value| value.is_finite()).then_some(measured)
    }

    /// Renders the test note of each patch and measures it.
    pub fn measure_patches(&mut self, patches: &[Patch]) -> Vec<Option<MeasuredProperties>> {
        render_many_at(patches, self.key).iter().map(|sound| self.measure(sound)).collect()
    }
}

/// Renders and measures every patch at a MIDI key, on all cores; in the order of the patches. `done` is called with the
/// number of finished sounds, from any thread.
#[cfg(not(target_family = "wasm"))]
pub fn measure_all(
    patches: &[Patch],
    key: u8,
    done: impl Fn(usize) + Sync,
) -> Vec<Option<MeasuredProperties>> {
    features::measure_groups(patches, || PropertyMeter::at(key), PropertyMeter::measure_patches, done)
}
