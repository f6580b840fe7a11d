//! The delay lines of the reverb and their feedback, in one lane or in several. Allocates only in `new`.

/// The feedback of the combs, in each lane.
#[derive(Clone, Copy, Debug)]
pub struct Feedback<const N: usize> {
    /// Gain of the feedback.
    pub gain: [f32; N],
    /// Coefficient of the damping filter.
    pub damping: [f32; N],
}

/// amSynth's `undenormalise`: denormal and negative samples become 0.
#[inline(always)]
pub fn undenormalise(sample: f32) -> f32 {
    if sample < f32::MIN_POSITIVE { 0.0 } else { sample }
}

/// A delay line.
#[derive(Clone, Debug)]
pub struct Delay<const N: usize> {
    frames: Vec<[f32; N]>,
    position: usize,
}

impl<const N: usize> Delay<N> {
    /// A silent delay line of this length at 44.1 kHz.
    pub fn new(frames_at_44100: u32, sample_rate_hz: f32) -> Self {
        // The product is an integer, the quotient f32 (amSynth): 1557 comes out as 1556 at 44.1 kHz.
        let product = u64::from(frames_at_44100) * sample_rate_hz as u64;
        let length = (product as f32 / 44_100.0).max(1.0) as usize;
        Self { frames: vec![[0.0; N]; length], position: 0 }
    }

    /// Frames until the ring buffer wraps: at least 1.
    #[inline(always)]
    pub fn until_wrap(&self) -> usize {
        self.frames.len() - self.position
    }

    /// The next `count` frames, at most [`until_wrap`](Self::until_wrap); advances past them.
    #[inline(always)]
    pub fn next(&mut self, count: usize) -> &mut [[f32; N]] {
        let start = self.position;
        self.position = if count == self.until_wrap() { 0 } else { start + count };
        &mut self.frames[start..][..count]
    }

    /// True if a lane reads as 0 everywhere: [`undenormalise`] turns everything below the least normal number into
    /// 0.
    pub fn is_empty(&self, lane: usize) -> bool {
        self.frames.iter().all(|stored| stored[lane] < f32::MIN_POSITIVE)
    }

    /// Silence in all lanes; the position stays.
    pub fn clear(&mut self) {
        self.frames.fill([0.0; N]);
    }

    /// Silence in a lane.
    pub fn clear_lane(&mut self, lane: usize) {
        self.frames.iter_mut().for_each(|frame| frame[lane] = 0.0);
    }

    /// The initial state.
    pub fn reset(&mut self) {
        self.clear();
        self.position = 0;
    }
}
