//! Several parts with one output: each part is a synthesizer with its own patch, notes, pitch bend and
//! effects.
//!
//! A part that plays alone is left unchanged, bit for bit; a limiter keeps the sum of several below the level that
//! one may have. Each part has its own stretch of the noise cycle (the first has amSynth's): identical noise in
//! two parts would add up to one louder noise or a comb filter.

use fundsp::buffer::BufferArray;
use fundsp::typenum::U2;

use crate::limiter::{RELEASE_S, THRESHOLD, decay_factor};
use crate::noise::Noise;
use crate::{MAX_BLOCK, Synthesizer};

/// Level that |left| + |right| of the sum may always reach: the threshold of amSynth's limiter, which
/// each part has.
const CEILING: f32 = THRESHOLD as f32;

/// A fixed number of synthesizers with one output.
#[derive(Clone)]
pub struct MultitimbralSynthesizer {
    parts: Vec<Synthesizer>,
    bus: BusLimiter,
}

impl MultitimbralSynthesizer {
    /// `count` synthesizers with the default patch. Allocates all memory they will ever need, about
    /// 0.5 MB each at 48 kHz. For sample rates out of range see [`Synthesizer::new`].
    pub fn new(sample_rate_hz: f32, count: usize) -> Self {
        let mut parts = vec![Synthesizer::new(sample_rate_hz); count];
        for (index, part) in parts.iter_mut().enumerate() {
            part.set_noise(Noise::for_part(index));
        }
        let sample_rate_hz = parts.first().map_or(sample_rate_hz, Synthesizer::sample_rate_hz);
        Self { parts, bus: BusLimiter::new(sample_rate_hz) }
    }

    /// Number of parts.
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// A part, for notes and settings; render only through [`render_block`](Self::render_block).
    /// `None` beyond the last part.
    pub fn part(&mut self, index: usize) -> Option<&mut Synthesizer> {
        self.parts.get_mut(index)
    }

    /// Silences all parts at once.
    pub fn all_sound_off(&mut self) {
        self.parts.iter_mut().for_each(Synthesizer::all_sound_off);
    }

    /// Number of sounding voices in all parts.
    pub fn active_voices(&self) -> usize {
        self.parts.iter().map(Synthesizer::active_voices).sum()
    }

    /// Renders one amSynth block of each part and adds them up; see [`Synthesizer::render_block`].
    #[inline(never)]
    pub fn render_block(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(MAX_BLOCK).zip(right.chunks_mut(MAX_BLOCK)) {
            let frames = left.len().min(right.len());
            self.render(&mut left[..frames], &mut right[..frames]);
        }
    }

    fn render(&mut self, left: &mut [f32], right: &mut [f32]) {
        let frames = left.len();
        let mut loudest = [0.0f32; MAX_BLOCK];
        let mut sounding = 0;
        let mut output = BufferArray::<U2>::new();
        for part in &mut self.parts {
            if !part.render(frames, &mut output.buffer_mut()) {
                continue;
            }
            let output = output.buffer_ref();
            let (part_left, part_right) =
                (&output.channel_f32(0)[..frames], &output.channel_f32(1)[..frames]);
            if sounding == 0 {
                left.copy_from_slice(part_left);
                right.copy_from_slice(part_right);
            } else {
                left.iter_mut().zip(part_left).for_each(|(sum, sample)| *sum += sample);
                right.iter_mut().zip(part_right).for_each(|(sum, sample)| *sum += sample);
            }
            for (loudest, (left, right)) in loudest.iter_mut().zip(part_left.iter().zip(part_right)) {
                *loudest = loudest.max(left.abs() + right.abs());
            }
            sounding += 1;
        }
        if sounding == 0 {
            left.fill(0.0);
            right.fill(0.0);
        }
        if sounding > 1 || self.bus.limits() {
            for (&loudest, (left, right)) in loudest.iter().zip(left.iter_mut().zip(right)) {
                self.bus.limit(left.abs() + right.abs(), loudest, [left, right]);
            }
        }
    }
}

/// Keeps the sum below its loudest part or the ceiling, whichever is higher. Dividing by the number of
/// parts would also do, but would make each part softer than it is alone. The attack is instantaneous, so
/// that the bound has no exception.
#[derive(Clone, Debug)]
pub struct BusLimiter {
    decay: f32,
    /// Ratio of the sum to its bound, which decays after a peak; at most 1 = no limiting.
    excess: f32,
}

impl BusLimiter {
    /// A limiter with unity gain.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self { decay: decay_factor(RELEASE_S, sample_rate_hz) as f32, excess: 0.0 }
    }

    /// True while the gain has not recovered from a peak.
    pub fn limits(&self) -> bool {
        self.excess > 1.0
    }

    /// Limits a frame by its level and that of its loudest part.
    #[inline(never)]
    pub fn limit(&mut self, level: f32, loudest: f32, [left, right]: [&mut f32; 2]) {
        self.excess = (self.excess * self.decay).max(level / loudest.max(CEILING));
        if self.excess > 1.0 {
            *left /= self.excess;
            *right /= self.excess;
        }
    }
}
