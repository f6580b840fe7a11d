//! Lanes: blocks of several voices side by side, one voice per SIMD lane, frame by frame.
//!
//! A value that depends on the frame before (phases, filters, envelopes) is latency for one voice and costs hardly
//! more for eight. Every lane computes the same values in the same order as it would alone: one source for any
//! number of lanes, and one lane is the scalar voice. Never allocates.

use crate::MAX_BLOCK;

/// A block: frames of `N` lanes.
pub type LaneBlock<const N: usize> = [[f32; N]; MAX_BLOCK];

/// A block of silence.
pub const fn silence<const N: usize>() -> LaneBlock<N> {
    [[0.0; N]; MAX_BLOCK]
}

/// The buffers in which a group of voices computes its output. Kept from group to group: in WebAssembly, clearing
/// them is a call that takes a third of a voice's time. No group reads the values that the group before has left.
#[derive(Clone)]
pub struct Scratch<const N: usize> {
    /// The two audible oscillators and the LFO.
    pub oscillators: [LaneBlock<N>; 3],
    /// One envelope after the other.
    pub envelope: LaneBlock<N>,
    /// The sound.
    pub output: LaneBlock<N>,
}

impl<const N: usize> Default for Scratch<N> {
    fn default() -> Self {
        Self { oscillators: [silence(); 3], envelope: silence(), output: silence() }
    }
}

/// Turns frames into those of a single lane.
pub fn single(frames: &mut [f32]) -> &mut [[f32; 1]] {
    frames.as_chunks_mut().0
}

/// A value for each lane. Unlike [`std::array::from_fn`] and `map`, it is always inlined, so that loops around
/// it are vectorised.
#[inline(always)]
pub fn each<T: Copy + Default, const N: usize>(value: impl Fn(usize) -> T) -> [T; N] {
    let mut values = [T::default(); N];
    for (lane, stored) in values.iter_mut().enumerate() {
        *stored = value(lane);
    }
    values
}

/// The lesser of two numbers. Unlike [`f32::min`], a single instruction of SSE2 and simd128.
#[inline(always)]
pub fn least(value: f32, limit: f32) -> f32 {
    if value < limit { value } else { limit }
}
