//! Turns a live sound into frames of harmonics and noise: takes blocks of samples, gives a frame each hop. Never
//! allocates after construction.

use crate::error::SpectralError;
use crate::frame_source::FrameSource;
use crate::layout::FrameLayout;
use crate::pitch_tracker::{PitchEstimate, PitchTracker};
use crate::tone_analysis::ToneAnalyzer;
use crate::tone_frame::ToneFrame;

/// Spectrum, pitch and [`ToneFrame`] of a live sound.
#[derive(Clone)]
pub struct ToneEncoder {
    source: FrameSource,
    tracker: PitchTracker,
    analyzer: ToneAnalyzer,
    pitch: PitchEstimate,
    frame: ToneFrame,
}

impl ToneEncoder {
    /// Before the first sample is silence.
    ///
    /// # Errors
    /// As [`ToneAnalyzer::new`].
    pub fn new(layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        Ok(Self {
            source: FrameSource::new(layout),
            tracker: PitchTracker::new(layout.window(), sample_rate_hz)?,
            analyzer: ToneAnalyzer::new(layout, sample_rate_hz)?,
            pitch: PitchEstimate::default(),
            frame: ToneFrame::default(),
        })
    }

    /// Forgets all samples and the last pitch: as before the first sample.
    pub fn reset(&mut self) {
        self.source.reset();
        self.tracker.reset();
        self.pitch = PitchEstimate::default();
        self.frame = ToneFrame::default();
    }

    /// Takes the next samples, which must not go beyond the end of a hop; at its end, returns the frame.
    pub fn push(&mut self, samples: &[f32]) -> Option<&ToneFrame> {
        if !self.source.push(samples) {
            return None;
        }
        self.pitch = self.tracker.track(self.source.samples());
        self.analyzer.analyze(self.source.magnitudes(), self.pitch, &mut self.frame);
        Some(&self.frame)
    }

    /// The pitch of the last frame.
    pub fn pitch(&self) -> PitchEstimate {
        self.pitch
    }
}
