//! Several sounds at once: an amSynth for each finger, with its own patch, notes, bend and room.
//!
//! One part alone comes out as it is, bit for bit; parts together are kept as low as one may be. The first
//! is amSynth in its noise, too; that of the others begins elsewhere, for the same noise twice would not be
//! two sounds but a louder one, or a comb.
//! A part that is silent costs next to nothing. Only `new` allocates.

use fundsp::buffer::BufferArray;
use fundsp::typenum::U2;

use crate::limiter::{RELEASE_S, THRESHOLD, kept};
use crate::noise::Noise;
use crate::{MAX_BLOCK, Synthesizer};

/// What the sum of left and right may always reach: as much as each part, which has amSynth's limiter.
const CEILING: f32 = THRESHOLD as f32;

/// So many instruments and one output.
#[derive(Clone)]
pub struct Parts {
    parts: Vec<Synthesizer>,
    bus: BusLimiter,
}

impl Parts {
    /// `count` instruments with the default patch. Allocates all memory they will ever need, about
    /// 0.5 MB each at 48 kHz. The sample rate is taken as [`Synthesizer::new`] takes it.
    pub fn new(sample_rate_hz: f32, count: usize) -> Self {
        let mut parts = vec![Synthesizer::new(sample_rate_hz); count];
        for (index, part) in parts.iter_mut().enumerate() {
            part.set_noise(Noise::of_part(index));
        }
        let sample_rate_hz = parts.first().map_or(sample_rate_hz, Synthesizer::sample_rate_hz);
        Self { parts, bus: BusLimiter::new(sample_rate_hz) }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// A part, to be played like any instrument, but not to be rendered; `None` beyond the last one.
    pub fn part(&mut self, index: usize) -> Option<&mut Synthesizer> {
        self.parts.get_mut(index)
    }

    /// Silence at once, in all parts.
    pub fn all_sound_off(&mut self) {
        self.parts.iter_mut().for_each(Synthesizer::all_sound_off);
    }

    /// Number of voices that sound in all parts.
    pub fn active_voices(&self) -> usize {
        self.parts.iter().map(Synthesizer::active_voices).sum()
    }

    /// Renders one amSynth block of each part and adds them up; see [`Synthesizer::render_block`].
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
            self.bus.limit(&loudest[..frames], left, right);
        }
    }
}

/// Keeps the sum below the loudest of its parts or the ceiling, whichever is higher. Dividing by the number
/// of parts would do as well, but make each of them softer than it is alone. The attack takes no time, so
/// that this bound has no exception; a new peak is rounded off, not cut out.
#[derive(Clone, Debug)]
struct BusLimiter {
    keep: f32,
    /// How far the sum is above what it may be, as a ratio; at most 1 = not at all.
    excess: f32,
}

impl BusLimiter {
    fn new(sample_rate_hz: f32) -> Self {
        Self { keep: kept(RELEASE_S, sample_rate_hz) as f32, excess: 0.0 }
    }

    /// Whether it still holds a sum down that has been too loud.
    fn limits(&self) -> bool {
        self.excess > 1.0
    }

    fn limit(&mut self, loudest: &[f32], left: &mut [f32], right: &mut [f32]) {
        for (loudest, (left, right)) in loudest.iter().zip(left.iter_mut().zip(right)) {
            let level = left.abs() + right.abs();
            self.excess = (self.excess * self.keep).max(level / loudest.max(CEILING));
            if self.excess > 1.0 {
                *left /= self.excess;
                *right /= self.excess;
            }
        }
    }
}
