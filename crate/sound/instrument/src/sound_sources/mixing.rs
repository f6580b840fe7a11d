//! The block that all sources have played together, and the rest of amSynth while it is inaudible. Never allocates.

use protocol::constants::BLOCK_FRAMES;
use voice::BusLimiter;

use crate::sound_source::SoundSource;

/// −100 dB: samples below this are inaudible.
const INAUDIBLE: f32 = 1e-5;
/// amSynth rests after this time of silence: longer than any echo of its reverb.
const REST_S: f64 = 0.25;

/// How long amSynth has been inaudible while it plays no part.
pub struct SynthRest {
    quiet_frames: usize,
    /// The number of frames after which it rests.
    rest_frames: usize,
    /// True if it made no sound in the last block.
    is_quiet: bool,
}

impl SynthRest {
    /// Nothing has sounded.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self { quiet_frames: 0, rest_frames: (REST_S * sample_rate_hz) as usize, is_quiet: true }
    }

    /// It plays notes, or has just ended them.
    pub fn end(&mut self) {
        self.quiet_frames = 0;
    }

    /// True if nothing of it is heard any more.
    pub fn is_resting(&self) -> bool {
        self.quiet_frames >= self.rest_frames
    }

    /// True if it made no sound in the last block.
    pub fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Takes its block, and whether it plays a part.
    pub fn hear(&mut self, voices: usize, plays: bool, [left, right]: [&mut [f32]; 2]) {
        self.is_quiet = voices == 0 && left.iter().chain(right.iter()).all(|sample| sample.abs() < INAUDIBLE);
        self.quiet_frames =
            if self.is_quiet && !plays { self.quiet_frames.saturating_add(left.len()) } else { 0 };
    }
}

/// The mixed block.
pub struct MixedBlock {
    channels: [[f32; BLOCK_FRAMES]; 2],
    /// The output of one source of tones.
    added: [[f32; BLOCK_FRAMES]; 2],
    /// The level of the loudest source in each frame.
    loudest: [f32; BLOCK_FRAMES],
}

/// Not the sum of the channels: both of tones may have the highest level.
fn peak(left: f32, right: f32) -> f32 {
    left.abs().max(right.abs())
}

impl MixedBlock {
    /// Silence.
    pub fn new() -> Self {
        let silence = [[0.0; BLOCK_FRAMES]; 2];
        Self { channels: silence, added: silence, loudest: [0.0; BLOCK_FRAMES] }
    }

    /// Silence in the first frames.
    pub fn begin(&mut self, frames: usize) {
        self.channels.iter_mut().for_each(|channel| channel[..frames].fill(0.0));
    }

    /// The first frames of left and right.
    pub fn channels(&mut self, frames: usize) -> [&mut [f32]; 2] {
        self.channels.each_mut().map(|channel| &mut channel[..frames])
    }

    fn measure(&mut self, frames: usize) {
        let [left, right] = &self.channels;
        for ((loudest, left), right) in self.loudest[..frames].iter_mut().zip(left).zip(right) {
            *loudest = peak(*left, *right);
        }
    }

    /// Renders a source of tones and adds it, as the first one or after another.
    pub fn add(&mut self, frames: usize, tones: &mut dyn SoundSource, is_first: bool) {
        if is_first {
            self.measure(frames);
        }
        let [left, right] = self.added.each_mut().map(|channel| &mut channel[..frames]);
        tones.render(left, right);
        for (index, (left, right)) in left.iter().zip(right.iter()).enumerate() {
            self.loudest[index] = self.loudest[index].max(peak(*left, *right));
            self.channels[0][index] += left;
            self.channels[1][index] += right;
        }
    }

    /// Limits the sum by its loudest source; without a source of tones the gain recovers.
    pub fn limit(&mut self, frames: usize, bus: &mut BusLimiter, has_tones: bool) {
        if !has_tones {
            self.measure(frames);
        }
        let [left, right] = self.channels.each_mut().map(|channel| &mut channel[..frames]);
        for ((left, right), loudest) in left.iter_mut().zip(right).zip(&self.loudest) {
            bus.limit(peak(*left, *right), *loudest, [left, right]);
        }
    }

    /// The left channel.
    pub fn left(&self) -> &[f32; BLOCK_FRAMES] {
        &self.channels[0]
    }

    /// The right channel.
    pub fn right(&self) -> &[f32; BLOCK_FRAMES] {
        &self.channels[1]
    }
}
