//! Magnitudes in, sound out, in real time: RTPGHI frame by frame, its work spread over the blocks of a hop. Never
//! allocates after construction.

use fourier::Complex32;

use crate::error::SpectralError;
use crate::layout::FrameLayout;
use crate::overlap::OverlapAdder;
use crate::phase_integration::{Lookahead, PhaseIntegrator};
use crate::phase_reconstruction::write_bins;
use crate::transform::FrameTransform;

/// Work units of one bin's sine and cosine, and of the inverse transform for each bin: ratios of measured times, with
/// those of [`PhaseIntegrator::advance`].
const POLAR_WORK: u32 = 3;
const TRANSFORM_WORK: u32 = 2;
/// Bins of one piece of work.
const PIECE: usize = 64;

/// Synthesises sound from one frame of magnitudes a hop.
///
/// A hop consists of [`Self::begin_frame`], then [`Self::render_block`] `hop / block` times. The sound of a frame
/// begins with the next hop (with [`Lookahead::OneFrame`] with the one after that).
#[derive(Clone)]
pub struct PhaseSynthesizer {
    layout: FrameLayout,
    block: usize,
    lookahead: Lookahead,
    integrator: PhaseIntegrator,
    bins: Vec<Complex32>,
    bins_done: usize,
    transform: FrameTransform,
    overlap: OverlapAdder,
    blocks_done: usize,
    last_work: u32,
}

impl PhaseSynthesizer {
    /// A synthesizer for blocks of `block` samples.
    ///
    /// # Errors
    /// [`SpectralError::Block`] if the block does not divide the hop.
    pub fn new(layout: FrameLayout, block: usize, lookahead: Lookahead) -> Result<Self, SpectralError> {
        if block == 0 || !layout.hop().is_multiple_of(block) {
            return Err(SpectralError::Block { block, hop: layout.hop() });
        }
        Ok(Self {
            layout,
            block,
            lookahead,
            integrator: PhaseIntegrator::new(layout, lookahead),
            bins: vec![Complex32::default(); layout.bins()],
            bins_done: layout.bins(),
            transform: FrameTransform::new(layout.window()),
            overlap: OverlapAdder::new(layout),
            blocks_done: 0,
            last_work: 0,
        })
    }

    /// The delay of the sound in samples, if the frames are those of a [`crate::FrameSource`] that gets a block
    /// just before each [`Self::render_block`]. It is a window and a hop without the block, and one more hop with
    /// [`Lookahead::OneFrame`]. 46.7 ms at 48 kHz with the default layout and blocks of 64.
    pub fn latency(&self) -> usize {
        let late = if self.lookahead == Lookahead::OneFrame { self.layout.hop() } else { 0 };
        self.layout.window() + self.layout.hop() - self.block + late
    }

    /// Samples of a block.
    pub fn block(&self) -> usize {
        self.block
    }

    /// Gives the magnitudes of this hop's frame, before its first block. A magnitude that is missing or not a
    /// positive number counts as zero.
    pub fn begin_frame(&mut self, magnitudes: &[f32]) {
        self.integrator.begin(magnitudes);
        self.bins_done = 0;
        self.blocks_done = 0;
    }

    /// Renders the next block: at most [`Self::block`] samples of `out`.
    pub fn render_block(&mut self, out: &mut [f32]) {
        let blocks = self.layout.hop() / self.block;
        let index = self.blocks_done % blocks;
        let length = self.block.min(out.len());
        self.overlap.read(index * self.block, &mut out[..length]);
        self.blocks_done = index + 1;
        let share = self.greatest_work().div_ceil(blocks as u32);
        self.last_work = if self.blocks_done == blocks { self.finish_frame() } else { self.work(share) };
    }

    /// The work units of the last block; a hop has at most [`Self::greatest_work`] of them.
    pub fn last_work(&self) -> u32 {
        self.last_work
    }

    /// The most work units that a hop can have.
    pub fn greatest_work(&self) -> u32 {
        self.integrator.greatest_work() + self.layout.bins() as u32 * (POLAR_WORK + TRANSFORM_WORK)
    }

    /// Computes phases, then sines and cosines, at least `share` units if so many are left.
    fn work(&mut self, share: u32) -> u32 {
        let mut done = self.integrator.advance(share);
        while done < share && self.bins_done < self.bins.len() {
            let end = (self.bins_done + PIECE).min(self.bins.len());
            let (magnitudes, phases) = self.integrator.frame();
            write_bins(&mut self.bins, magnitudes, phases, self.bins_done..end);
            done += (end - self.bins_done) as u32 * POLAR_WORK;
            self.bins_done = end;
        }
        done
    }

    /// Does the rest of the frame's work, and makes its samples.
    fn finish_frame(&mut self) -> u32 {
        let done = self.work(u32::MAX);
        let samples = self.transform.inverse(|bins| bins.copy_from_slice(&self.bins));
        self.overlap.add(samples);
        done + self.layout.bins() as u32 * TRANSFORM_WORK
    }
}
