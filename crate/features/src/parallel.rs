//! Many patches measured at once, on all cores. The results come in the order of the patches and do not depend on the
//! number of threads.

use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use voice::render::PATCHES_TOGETHER;

use crate::{AudioFeatures, FeatureExtractor, test_note};

/// Measures every patch. Each thread has a meter of its own; `measure` gets a few patches at a time, which it may render
/// side by side, and gives one result for each. `done` is called with the number of patches that are done, from any
/// thread.
pub fn measure_groups<M, R: Send>(
    patches: &[Patch],
    meter: impl Fn() -> M + Sync + Send,
    measure: impl Fn(&mut M, &[Patch]) -> Vec<R> + Sync + Send,
    done: impl Fn(usize) + Sync,
) -> Vec<R> {
    let share = patches.len().div_ceil(rayon::current_num_threads()).clamp(1, PATCHES_TOGETHER);
    let measure = |meter: &mut M, group: &[Patch]| {
        let measured = measure(meter, group);
        done(measured.len());
        measured
    };
    // One group per step: a patch with four oscillating voices takes several times as long as a click.
    patches.par_chunks(share).with_max_len(1).map_init(meter, measure).flatten_iter().collect()
}

/// Extracts the features of every patch. `done` is called once for each, from any thread, for a progress bar.
pub fn extract_all(patches: &[Patch], done: impl Fn() + Sync) -> Vec<AudioFeatures> {
    let extract = |extractor: &mut FeatureExtractor, group: &[Patch]| -> Vec<AudioFeatures> {
        test_note::render_many(group).iter().map(|sound| extractor.measure_all(sound)).collect()
    };
    measure_groups(patches, FeatureExtractor::new, extract, |count| (0..count).for_each(|_| done()))
}

/// Applies `extract` to every item.
pub fn extract_each<T: Sync, O: Send>(
    items: &[T],
    extract: impl Fn(&mut FeatureExtractor, &T) -> O + Sync,
) -> Vec<O> {
    // One item per step: a patch with four oscillating voices takes several times as long as a click.
    let items = items.par_iter().with_max_len(1);
    items.map_init(FeatureExtractor::new, |extractor, item| extract(extractor, item)).collect()
}
