//! The times of the frames of a sound. The first ones are centred before its beginning and the last ones after its
//! end, by up to half a window. A stretched sound keeps these times as they are, or it would begin late and end
//! early.

use spectral::FrameLayout;

use crate::latent_frame::LatentFrame;

/// The times of the frames of a sound, counted in hops from its beginning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameTimes {
    count: usize,
    first: f32,
    length: f32,
}

impl FrameTimes {
    /// The times of the frames of a sound of this many samples.
    pub fn new(layout: FrameLayout, samples: usize) -> Self {
        let hop = layout.hop() as f32;
        Self {
            count: layout.frames(samples),
            first: 1.0 - layout.window() as f32 / (2.0 * hop),
            length: samples as f32 / hop,
        }
    }

    /// Number of frames.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The time of a frame's centre as a share of the sound, 0…1, and the hops by which it lies before or after the
    /// sound.
    pub(crate) fn of(&self, index: usize) -> (f32, f32) {
        let hops = self.first + index as f32;
        let inside = hops.max(0.0).min(self.length);
        (if self.length > 0.0 { inside / self.length } else { 0.0 }, hops - inside)
    }

    /// The place of such a time among the frames: a frame's index, with its fraction of the way to the next frame.
    pub(crate) fn place(&self, (share, outside): (f32, f32)) -> f32 {
        share * self.length + outside - self.first
    }
}

/// The frames of a sound with their times.
#[derive(Clone, Copy, Debug)]
pub struct TimedFrames<'a> {
    /// The frames.
    pub frames: &'a [LatentFrame],
    /// The times of the frames.
    pub times: FrameTimes,
}
