//! Many patches at once, on all cores. The results come in the order of the patches and do not depend on the number of
//! threads.

use patch::Patch;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use crate::meter::{MeasuredScales, ScaleMeter};

/// The most patches that a thread renders side by side.
const TOGETHER: usize = 8;

/// Renders and measures every patch. `done` is called with the number of sounds that are done, from any thread.
pub fn measure_scales(patches: &[Patch], done: impl Fn(usize) + Sync) -> Vec<Option<MeasuredScales>> {
    let share = patches.len().div_ceil(rayon::current_num_threads()).clamp(1, TOGETHER);
    let measure = |meter: &mut ScaleMeter, group: &[Patch]| {
        let measured = meter.measure_patches(group);
        done(measured.len());
        measured
    };
    patches.par_chunks(share).map_init(ScaleMeter::new, measure).flatten_iter().collect()
}
