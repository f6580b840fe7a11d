//! Many patches measured at once, on all cores. The results come in the order of the patches and do not depend on the
//! number of threads.

use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;
use std::sync::{Mutex, PoisonError};

use voice::render::PATCHES_TOGETHER;

use crate::{AudioFeatures, FeatureExtractor, STRUCK_COUNT, SpectralFeatures, test_note};

/// Meters that are not in use. A new meter must first make its plans and buffers: a new [`FeatureExtractor`] takes
/// half as long again for its first sound.
struct IdleMeters<M, N> {
    idle: Mutex<Vec<M>>,
    new: N,
}

impl<M, N: Fn() -> M> IdleMeters<M, N> {
    fn new(new: N) -> Self {
        Self { idle: Mutex::new(Vec::new()), new }
    }

    fn with<R>(&self, measure: impl FnOnce(&mut M) -> R) -> R {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut meter = idle.unwrap_or_else(&self.new);
        let measured = measure(&mut meter);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(meter);
        measured
    }
}

/// Measures every patch, or every item that has one. There are no more meters than threads. `measure` gets a few
/// patches at a time, which it may render side by side, and gives one result for each. `done` is called with the
/// number of finished patches, from any thread.
pub fn measure_groups<T: Sync, M: Send, R: Send>(
    patches: &[T],
    meter: impl Fn() -> M + Sync,
    measure: impl Fn(&mut M, &[T]) -> Vec<R> + Sync,
    done: impl Fn(usize) + Sync,
) -> Vec<R> {
    let share = patches.len().div_ceil(rayon::current_num_threads()).clamp(1, PATCHES_TOGETHER);
    let meters = IdleMeters::new(meter);
    let measure = |group: &[T]| {
        let measured = meters.with(|meter| measure(meter, group));
        done(measured.len());
        measured
    };
    // One group per step: a patch with four oscillating voices takes several times as long as a click.
    patches.par_chunks(share).with_max_len(1).map(measure).flatten_iter().collect()
}

/// Extracts the features of every patch. `done` is called once for each, from any thread, for a progress bar.
pub fn extract_all(patches: &[Patch], done: impl Fn() + Sync) -> Vec<AudioFeatures> {
    let extract = |extractor: &mut FeatureExtractor, group: &[Patch]| extractor.extract_group(group);
    measure_groups(patches, FeatureExtractor::new, extract, |count| (0..count).for_each(|_| done()))
}

/// Measures every patch in notes that are struck every `note_s` seconds, as [`FeatureExtractor::measure_struck`]. `done`
/// is called once for each, from any thread.
pub fn struck_all(patches: &[Patch], note_s: f64, done: impl Fn() + Sync) -> Vec<[f32; STRUCK_COUNT]> {
    let measure = |extractor: &mut FeatureExtractor, group: &[Patch]| extractor.measure_struck(group, note_s);
    measure_groups(patches, FeatureExtractor::new, measure, |count| (0..count).for_each(|_| done()))
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
    let extractors = IdleMeters::new(FeatureExtractor::new);
    let extract = |item: &T| extractors.with(|extractor| extract(extractor, item));
    // One item per step, as above.
    items.par_iter().with_max_len(1).map(extract).collect()
}

#[cfg(test)]
mod tests {
    use super::measure_groups;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn there_are_no_more_meters_than_threads() {
        let made = AtomicUsize::new(0);
        let meter = || made.fetch_add(1, Ordering::Relaxed);
        let doubled = measure_groups(
            &(0..1000).collect::<Vec<u32>>(),
            meter,
            |_, group| group.iter().map(|number| 2 * number).collect(),
            |_| {},
        );
        assert!(doubled.iter().copied().eq((0..2000).step_by(2)));
        let made = made.into_inner();
        assert!((1..=rayon::current_num_threads()).contains(&made), "{made} meters");
    }
}
