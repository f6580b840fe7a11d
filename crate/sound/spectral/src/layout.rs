//! The layout of frames in a sound: the length of the window and the distance from frame to frame.

use crate::error::SpectralError;

/// The layout of frames. Frame `k` ends with sample `(k + 1) · hop − 1` of the sound, so that a frame is complete
/// as soon as its last hop of samples is there. Before the first sample are zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameLayout {
    window: usize,
    hop: usize,
}

impl Default for FrameLayout {
    /// 2048 samples, 256 from frame to frame: the redundancy of 8 that phase from magnitudes needs (Marafioti et al.,
    /// arXiv 2106.05148).
    fn default() -> Self {
        Self { window: 2048, hop: 256 }
    }
}

impl FrameLayout {
    /// Frames of `window` samples, `hop` samples apart.
    ///
    /// # Errors
    /// [`SpectralError::Layout`] unless the window is even and has 16 to 65536 samples, and the hop divides it and is
    /// at most a quarter of it (so that the squares of the Hann windows add up to a constant).
    pub fn new(window: usize, hop: usize) -> Result<Self, SpectralError> {
        let fits = (16..=65_536).contains(&window)
            && window.is_multiple_of(2)
            && hop > 0
            && window.is_multiple_of(hop)
            && window / hop >= 4;
        if fits { Ok(Self { window, hop }) } else { Err(SpectralError::Layout { window, hop }) }
    }

    /// Samples of a frame.
    pub fn window(self) -> usize {
        self.window
    }

    /// Samples from frame to frame.
    pub fn hop(self) -> usize {
        self.hop
    }

    /// Bins of a frame: half its samples plus one.
    pub fn bins(self) -> usize {
        self.window / 2 + 1
    }

    /// Frames that cover a sound of `samples`: each sample lies in `window / hop` of them.
    pub fn frames(self, samples: usize) -> usize {
        if samples == 0 { 0 } else { (samples - 1) / self.hop + self.window / self.hop }
    }

    /// Zeros before the first sample in the first frame.
    pub(crate) fn lead(self) -> usize {
        self.window - self.hop
    }

    /// The factor for overlapped frames that were windowed twice: the sum of the squares of Hann windows is 3/8 of
    /// the redundancy everywhere.
    pub(crate) fn overlap_gain(self) -> f32 {
        self.hop as f32 / (0.375 * self.window as f32)
    }
}
