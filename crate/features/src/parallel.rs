//! Many patches measured at once, on all cores. The results come in the order of the patches and do not depend on the
//! number of threads.

use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use voice::render::PATCHES_TOGETHER;

use crate::{AudioFeatures, FeatureExtractor, SpectralFeatures, test_note};

/// Measures every patch, or what comes with one. Each thread has a meter of its own; `measure` gets a few at a time, which it
/// may render side by side, and gives one result for each. `done` is called with the number of patches that are done, from
/// any thread.
pub fn measure_groups<T: Sync, M, R: Send>(
    patches: &[T],
    meter: impl Fn() -> M + Sync + Send,
    measure: impl Fn(&mut M, &[T]) -> Vec<R> + Sync + Send,
    done: impl Fn(usize) + Sync,
) -> Vec<R> {
    let share = patches.len().div_ceil(rayon::current_num_threads()).clamp(1, PATCHES_TOGETHER);
    let measure = |meter: &mut M, group: &[T]| {
        let measured = measure(meter, group);
        done(measured.len());
        measured
    };
    // One group per step: a patch with four oscillating voices takes several times as long as a click.
    patches.par_chunks(share).with_max_len(1).map_init(meter, measure).flatten_iter().collect()
}

/// Extracts the features of every patch. `done` is called once for each, from any thread, for a progress bar.
pub fn extract_all(patches: &[Patch], done: impl Fn() + Sync) -> Vec<AudioFeatures> {
    let extract = |extractor: &mut FeatureExtractor, group: &[Patch]| extractor.extract_group(group);
    measure_groups(patches, FeatureExtractor::new, extract, |count| (0..count).for_each(|_| done()))
}

/// Extracts the mel features of every patch alone: a fraction of the work of [`extract_all`].
pub fn spectra_all(patches: &[Patch]) -> Vec<SpectralFeatures> {
    let extract = |extractor: &mut FeatureExtractor, group: &[Patch]| -> Vec<SpectralFeatures> {
        let sounds = test_note::render_many(group);
        sounds.iter().map(|[left, right]| extractor.measure_spectrum(left, right)).collect()
    };
    measure_groups(patches, FeatureExtractor::new, extract, |_| ())
}

/// Applies `extract` to every item. For patches [`extract_all`] and [`spectra_all`] take less time.
pub fn extract_each<T: Sync, O: Send>(
    items: &[T],
    extract: impl Fn(&mut FeatureExtractor, &T) -> O + Sync,
) -> Vec<O> {
    // One item per step: a patch with four oscillating voices takes several times as long as a click.
    let items = items.par_iter().with_max_len(1);
    items.map_init(FeatureExtractor::new, |extractor, item| extract(extractor, item)).collect()
}
