//! Several parts with one output: each part is a synthesizer with its own patch, notes, pitch bend and
//! effects.
//!
//! A part that plays alone is left unchanged, bit for bit; a limiter keeps the sum of several below the level that
//! one may have. Each part has its own stretch of the noise cycle (the first has amSynth's): identical noise in
//! two parts would add up to one louder noise or a comb filter.
//!
//! The parts may be rendered in different pieces of a block, so that an event of one cuts no other.

use std::ops::Range;

use fundsp::buffer::BufferArray;
use fundsp::typenum::U2;

use crate::limiter::{RELEASE_S, THRESHOLD, decay_factor};
use crate::noise::Noise;
use crate::{MAX_BLOCK, Synthesizer};

/// Level that |left| + |right| of the sum may always reach: the threshold of amSynth's limiter, which
/// each part has.
const CEILING: f32 = THRESHOLD as f32;

/// The duration of a change of a part's gain from one value to the next, our choice: too short to be heard as a fade,
/// too long for a click.
const GAIN_S: f32 = 0.01;
/// The greatest gain of a part.
pub const PART_GAIN_LIMIT: f32 = 2.0;

/// A fixed number of synthesizers with one output.
#[derive(Clone)]
pub struct MultitimbralSynthesizer {
    parts: Vec<Synthesizer>,
    outputs: Vec<PartOutput>,
    bus: BusLimiter,
}

/// The present block of a part, and its gain.
#[derive(Clone)]
struct PartOutput {
    frames: [[f32; MAX_BLOCK]; 2],
    /// True if something in the present block sounds, and in the one before.
    sounds: bool,
    has_sounded: bool,
    gain: f32,
    target: f32,
    /// The greatest change of the gain in a frame.
    step: f32,
    gain_frames: f32,
}

impl PartOutput {
    fn new(sample_rate_hz: f32) -> Self {
        Self {
            frames: [[0.0; MAX_BLOCK]; 2],
            sounds: false,
            has_sounded: false,
            gain: 1.0,
            target: 1.0,
            step: 0.0,
            gain_frames: GAIN_S * sample_rate_hz,
        }
    }

    /// Applies the gain to the first frames, and writes it for each frame.
    fn amplify(&mut self, gains: &mut [f32]) {
        let [left, right] = &mut self.frames;
        for ((gain, left), right) in gains.iter_mut().zip(left).zip(right) {
            let way = self.target - self.gain;
            self.gain = if way.abs() > self.step { self.gain + self.step.copysign(way) } else { self.target };
            *left *= self.gain;
            *right *= self.gain;
            *gain = self.gain;
        }
    }
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
        let outputs = vec![PartOutput::new(sample_rate_hz); count];
        Self { parts, outputs, bus: BusLimiter::new(sample_rate_hz) }
    }

    /// Number of parts.
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// A part, for notes and settings. `None` beyond the last part.
    pub fn part(&mut self, index: usize) -> Option<&mut Synthesizer> {
        self.parts.get_mut(index)
    }

    /// Sets the gain of a part, 0…[`PART_GAIN_LIMIT`], clamped, in front of the sum; with a short ramp if the part
    /// sounds. Not-a-number changes nothing.
    pub fn set_gain(&mut self, index: usize, gain: f32) {
        if let Some(output) = self.outputs.get_mut(index).filter(|_| !gain.is_nan()) {
            output.target = gain.clamp(0.0, PART_GAIN_LIMIT);
            output.step = (output.target - output.gain).abs() / output.gain_frames;
            if !output.has_sounded {
                output.gain = output.target;
            }
        }
    }

    /// True if a part made a sound in the last block, its reverb included.
    pub fn sounds(&self, index: usize) -> bool {
        self.outputs.get(index).is_some_and(|output| output.has_sounded)
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
            (0..self.parts.len()).for_each(|part| self.render_part(part, 0..frames));
            self.mix(&mut left[..frames], &mut right[..frames]);
        }
    }

    /// Renders frames of the present block of one part, 64 at most, as an amSynth block of their own. They follow those
    /// that were rendered last; [`Self::mix`] ends the block.
    #[inline(never)]
    pub fn render_part(&mut self, index: usize, frames: Range<usize>) {
        let (Some(part), Some(own)) = (self.parts.get_mut(index), self.outputs.get_mut(index)) else {
            return;
        };
        let frames = frames.start.min(MAX_BLOCK)..frames.end.min(MAX_BLOCK);
        let mut output = BufferArray::<U2>::new();
        let has_sound = part.render(frames.len(), &mut output.buffer_mut());
        if !has_sound && !own.sounds {
            return;
        }
        if !std::mem::replace(&mut own.sounds, true) {
            own.frames = [[0.0; MAX_BLOCK]; 2];
        }
        let output = output.buffer_ref();
        for (channel, own) in own.frames.iter_mut().enumerate() {
            let own = &mut own[frames.clone()];
            match has_sound {
                true => own.copy_from_slice(&output.channel_f32(channel)[..own.len()]),
                false => own.fill(0.0),
            }
        }
    }

    /// Adds up the parts of the present block, whose length is that of the slices, and begins the next block.
    #[inline(never)]
    pub fn mix(&mut self, left: &mut [f32], right: &mut [f32]) {
        let frames = left.len();
        let mut loudest = [0.0f32; MAX_BLOCK];
        let (mut sounding, mut is_louder) = (0, false);
        for own in &mut self.outputs {
            own.has_sounded = std::mem::take(&mut own.sounds);
            if !own.has_sounded {
                own.gain = own.target;
                continue;
            }
            let mut gains = [1.0; MAX_BLOCK];
            if (own.gain, own.target) != (1.0, 1.0) {
                own.amplify(&mut gains[..frames]);
                if gains[..frames].iter().all(|gain| *gain == 0.0) {
                    continue;
                }
                is_louder |= own.gain.max(own.target) > 1.0;
            }
            let [part_left, part_right] = own.frames.each_ref().map(|channel| &channel[..frames]);
            if sounding == 0 {
                left.copy_from_slice(part_left);
                right.copy_from_slice(part_right);
            } else {
                left.iter_mut().zip(part_left).for_each(|(sum, sample)| *sum += sample);
                right.iter_mut().zip(part_right).for_each(|(sum, sample)| *sum += sample);
            }
            // A gain above 1 raises the sum, not its bound.
            let samples = part_left.iter().zip(part_right).zip(&gains);
            for (loudest, ((left, right), gain)) in loudest.iter_mut().zip(samples) {
                *loudest = loudest.max((left.abs() + right.abs()) / gain.max(1.0));
            }
            sounding += 1;
        }
        if sounding == 0 {
            left.fill(0.0);
            right.fill(0.0);
        }
        if sounding > 1 || is_louder || self.bus.limits() {
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
