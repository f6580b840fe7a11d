//! Frames of harmonics and noise to latent numbers and back, at their pitch and level. Never allocates after
//! construction.

use spectral::{FrameLayout, SpectralError, ToneFeatureMap, ToneFeatures, ToneFrame};

use crate::coder::FrameCoder;
use crate::model::FrameModel;

/// The properties of a frame beside its timbre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TonePitch {
    /// The fundamental frequency in Hz.
    pub frequency_hz: f32,
    /// True if the frame has harmonics.
    pub is_voiced: bool,
    /// The mean power in dB relative to 1.
    pub level_db: f32,
}

impl TonePitch {
    /// The pitch, voicing and level of a frame with these features.
    pub fn of(frame: &ToneFrame, features: &ToneFeatures) -> Self {
        Self {
            frequency_hz: frame.frequency_hz,
            is_voiced: frame.frequency_hz > 0.0 && frame.amplitudes.iter().any(|&amplitude| amplitude > 0.0),
            level_db: features.level_db,
        }
    }
}

/// The layout of the frames of sounds of this rate: as those of the models, 46 ms long, to the nearest power of
/// two.
pub fn frame_layout(sample_rate_hz: f32) -> FrameLayout {
    let octaves =
        if sample_rate_hz > 0.0 { (sample_rate_hz / 44_100.0).log2().round().clamp(-2.0, 2.0) } else { 0.0 };
    let scale = |samples: f32| (samples * octaves.exp2()) as usize;
    FrameLayout::new(scale(2048.0), scale(256.0)).unwrap_or_default()
}

/// Runs a model on frames of an analysis.
#[derive(Clone)]
pub struct ToneCoder {
    coder: FrameCoder,
    map: ToneFeatureMap,
    features: ToneFeatures,
}

impl ToneCoder {
    /// A coder for frames of an analysis with this layout.
    ///
    /// # Errors
    /// As [`ToneFeatureMap::new`].
    pub fn new(model: FrameModel, layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        let map = ToneFeatureMap::new(layout, sample_rate_hz)?;
        Ok(Self { coder: FrameCoder::new(model), map, features: ToneFeatures::default() })
    }

    /// Writes the latent numbers of a frame, and returns its pitch, voicing and level.
    pub fn encode(&mut self, frame: &ToneFrame, latent: &mut [f32]) -> TonePitch {
        self.map.features(frame, &mut self.features);
        self.coder.encode(&self.features, latent);
        TonePitch::of(frame, &self.features)
    }

    /// Writes the frame of these latent numbers, with exactly this pitch and level.
    pub fn decode(&mut self, latent: &[f32], pitch: TonePitch, frame: &mut ToneFrame) {
        self.coder.decode(latent, pitch.frequency_hz, &mut self.features);
        Self::frame_of(&self.map, &mut self.features, pitch, frame);
    }

    /// Writes the frame of the timbre of features, with exactly this pitch and level. It is silence for a tone
    /// without a playable harmonic: its noise alone at the whole level would be no tone.
    pub fn frame_of(
        map: &ToneFeatureMap,
        features: &mut ToneFeatures,
        pitch: TonePitch,
        frame: &mut ToneFrame,
    ) {
        features.frequency_hz = pitch.frequency_hz;
        // Levels are relative to the frame's: the level itself comes last.
        features.level_db = 0.0;
        map.frame(features, frame);
        if !pitch.is_voiced {
            frame.amplitudes.fill(0.0);
        } else if frame.amplitudes.iter().all(|&amplitude| amplitude == 0.0) {
            frame.noise.fill(0.0);
        }
        let power = map.power(frame);
        let is_silent = !pitch.level_db.is_finite() || pitch.level_db <= -120.0 || power <= 1e-12;
        let wanted = if is_silent { 0.0 } else { 10.0_f32.powf(pitch.level_db.min(40.0) / 10.0) };
        let gain = if wanted > 0.0 { (wanted / power).sqrt() } else { 0.0 };
        frame.amplitudes.iter_mut().chain(&mut frame.noise).for_each(|level| *level *= gain);
    }
}
