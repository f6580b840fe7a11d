//! The end of what was silenced: a few blocks that fade, so that silence makes no click. Never allocates.

use crate::block::BLOCK_SAMPLES;

/// Blocks of a fade: 5.3 ms at 48 kHz.
pub(crate) const END_BLOCKS: usize = 4;
const END_SAMPLES: usize = END_BLOCKS * BLOCK_SAMPLES;

/// The samples that are still to be heard of what was silenced. Several ends add up.
#[derive(Clone, Debug)]
pub(crate) struct FadingEnd {
    samples: [f32; END_SAMPLES],
    /// The samples that have been heard; all others begin there.
    done: usize,
}

impl Default for FadingEnd {
    /// Nothing.
    fn default() -> Self {
        Self { samples: [0.0; END_SAMPLES], done: END_SAMPLES }
    }
}

impl FadingEnd {
    /// Adds a block of the sound that ends, with the gain of this place in the fade. Block 0 comes next.
    pub(crate) fn keep(&mut self, index: usize, block: &[f32; BLOCK_SAMPLES]) {
        self.samples.copy_within(self.done.., 0);
        self.samples[END_SAMPLES - self.done..].fill(0.0);
        self.done = 0;
        let place = index * BLOCK_SAMPLES;
        for (at, (kept, sample)) in self.samples[place..].iter_mut().zip(block).enumerate() {
            *kept += sample * gain((place + at) as f32 / END_SAMPLES as f32);
        }
    }

    /// Adds the next block.
    pub(crate) fn add(&mut self, sum: &mut [f32; BLOCK_SAMPLES]) {
        for (sum, sample) in sum.iter_mut().zip(&self.samples[self.done..]) {
            *sum += sample;
        }
        self.done = (self.done + BLOCK_SAMPLES).min(END_SAMPLES);
    }

    /// True if nothing is left.
    pub(crate) fn is_over(&self) -> bool {
        self.done == END_SAMPLES
    }
}

/// From 1 to 0 along half a cosine, without a corner at either end.
fn gain(place: f32) -> f32 {
    0.5 + 0.5 * (std::f32::consts::PI * place).cos()
}
