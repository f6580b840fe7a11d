//! The numbers that a texture's networks read and write: the levels of a frame's bins relative to the frame's own
//! level, and that level beside them. Never allocates after construction.

use spectral::{FrameLayout, SpectralError, check_rate};

use crate::normalisation::FLOOR_DB;

/// Bins of a frame of 1024 samples at 44.1 kHz; sounds of other rates are read at their frequencies.
///
/// Phases of frames of 2048 samples would make a live sound 46.7 ms late, phases of frames of 1024 samples 22.7
/// ms, at the cost of 1.1 dB of spectral convergence (`crate/sound/spectral`).
pub const BIN_COUNT: usize = 513;
/// The frequency of the second bin in Hz: 44,100 / 1024.
const BIN_HZ: f32 = 43.066_406;
/// Frames below this level are silent, in dB.
const SILENCE_DB: f32 = -120.0;
/// No frame is louder, in dB.
const LOUDEST_DB: f32 = 40.0;

/// The layout of the frames of textures at this rate: 23 ms long, to the nearest power of two, an eighth of it
/// apart.
pub fn texture_layout(sample_rate_hz: f32) -> FrameLayout {
    let octaves =
        if sample_rate_hz > 0.0 { (sample_rate_hz / 44_100.0).log2().round().clamp(-2.0, 2.0) } else { 0.0 };
    let scale = |samples: f32| (samples * octaves.exp2()) as usize;
    FrameLayout::new(scale(1024.0), scale(128.0)).unwrap_or_default()
}

/// The weight of each bin's level in an error: as many mels as the bin is wide (O'Shaughnessy 1987), with a mean
/// of 1. Equal weights would count the octave from 11 to 22 kHz as much as everything below it.
pub fn bin_weights() -> [f32; BIN_COUNT] {
    // The slope of 2595 log10(1 + f / 700), without the constant.
    let mut weights = std::array::from_fn(|bin| 1.0 / (700.0 + bin as f32 * BIN_HZ));
    let mean = weights.iter().sum::<f32>() / BIN_COUNT as f32;
    weights.iter_mut().for_each(|weight| *weight /= mean);
    weights
}

/// The conversion between the bins of a model and the bins of a sound's frames.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextureGrid {
    /// Bins of the sound for one of the model.
    ratio: f32,
    bins: usize,
    /// The factor from the sum of a frame's squared magnitudes to its mean power.
    power_share: f32,
}

impl TextureGrid {
    /// Refuses the rates that tones refuse.
    pub(crate) fn new(layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        let window = layout.window() as f32;
        let ratio = BIN_HZ * window / sample_rate_hz;
        Ok(Self {
            // At 44.1 kHz exactly 1.
            ratio: if (ratio - 1.0).abs() < 1e-4 { 1.0 } else { ratio },
            bins: layout.bins(),
            // Both halves of the spectrum, and the sum of a Hann window's squares, 3/8 of its length (Parseval).
            power_share: 2.0 / (0.375 * window * window),
        })
    }

    /// Writes the model's levels of a frame's magnitudes, and returns the frame's level, both in dB.
    pub(crate) fn levels(&self, magnitudes: &[f32], levels_db: &mut [f32]) -> f32 {
        let magnitudes = &magnitudes[..self.bins.min(magnitudes.len())];
        for (bin, level) in levels_db.iter_mut().enumerate() {
            *level = between(magnitudes, bin as f32 * self.ratio);
        }
        let sum: f32 = levels_db.iter().map(|magnitude| magnitude * magnitude).sum();
        let level_db = 10.0 * (self.power(magnitudes) + 1e-20).log10();
        let reference_db = 10.0 * (sum + 1e-20).log10();
        for level in levels_db {
            *level = (20.0 * level.max(1e-12).log10() - reference_db).max(FLOOR_DB);
        }
        level_db
    }

    /// Turns the model's levels in dB into a frame's magnitudes, with exactly this level. The levels become
    /// magnitudes.
    pub(crate) fn magnitudes(&self, levels_db: &mut [f32], level_db: f32, magnitudes: &mut [f32]) {
        for level in levels_db.iter_mut() {
            // A level at the floor may stand for silence.
            *level = if *level > FLOOR_DB { 10.0_f32.powf(*level / 20.0) } else { 0.0 };
        }
        for (bin, magnitude) in magnitudes.iter_mut().enumerate() {
            *magnitude = between(levels_db, bin as f32 / self.ratio);
        }
        let power = self.power(magnitudes);
        let is_silent = !level_db.is_finite() || level_db <= SILENCE_DB || power <= 1e-20;
        let wanted = if is_silent { 0.0 } else { 10.0_f32.powf(level_db.min(LOUDEST_DB) / 10.0) };
        let gain = if wanted > 0.0 { (wanted / power).sqrt() } else { 0.0 };
        magnitudes.iter_mut().for_each(|magnitude| *magnitude *= gain);
    }

    fn power(&self, magnitudes: &[f32]) -> f32 {
        self.power_share * magnitudes.iter().map(|magnitude| magnitude * magnitude).sum::<f32>()
    }
}

/// The magnitude at a place between bins; 0 beyond the last.
fn between(magnitudes: &[f32], place: f32) -> f32 {
    let low = place as usize;
    let Some(&a) = magnitudes.get(low) else { return 0.0 };
    let b = magnitudes.get(low + 1).copied().unwrap_or(a);
    let value = a + (b - a) * place.fract();
    if value.is_finite() { value.clamp(0.0, 1e9) } else { 0.0 }
}

/// A frame's magnitudes as the levels that a model reads, and back, without a model.
#[derive(Clone, Debug)]
pub struct TextureLevels {
    grid: TextureGrid,
    levels_db: Vec<f32>,
}

impl TextureLevels {
    /// A conversion for frames with this layout.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn new(layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        Ok(Self { grid: TextureGrid::new(layout, sample_rate_hz)?, levels_db: vec![FLOOR_DB; BIN_COUNT] })
    }

    /// Writes the level of each bin, relative to the frame's own, which it returns; all in dB.
    pub fn read(&mut self, magnitudes: &[f32], levels_db: &mut [f32; BIN_COUNT]) -> f32 {
        self.grid.levels(magnitudes, levels_db)
    }

    /// Writes the magnitudes of these levels, with exactly this level.
    pub fn write(&mut self, levels_db: &[f32; BIN_COUNT], level_db: f32, magnitudes: &mut [f32]) {
        for (own, level) in self.levels_db.iter_mut().zip(levels_db) {
            *own = if level.is_finite() { level.clamp(FLOOR_DB, 0.0) } else { FLOOR_DB };
        }
        self.grid.magnitudes(&mut self.levels_db, level_db, magnitudes);
    }
}
