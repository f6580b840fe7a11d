//! Features of many patches at once, on all cores. Each thread has an extractor of its own; the results come in the
//! order of the patches and do not depend on the number of threads.

use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use voice::render::PATCHES_TOGETHER;

use crate::{AudioFeatures, FeatureExtractor, test_note};

/// Extracts the features of every patch. `done` is called once for each, from any thread, for a progress bar.
pub fn extract_all(patches: &[Patch], done: impl Fn() + Sync) -> Vec<AudioFeatures> {
    let share = patches.len().div_ceil(rayon::current_num_threads()).clamp(1, PATCHES_TOGETHER);
    let groups: Vec<&[Patch]> = patches.chunks(share).collect();
    let extract = |extractor: &mut FeatureExtractor, group: &&[Patch]| -> Vec<AudioFeatures> {
        let measured = test_note::render_many(group).into_iter().map(|sound| {
            let features = extractor.measure_all(&sound);
            done();
            features
        });
        measured.collect()
    };
    extract_each(&groups, extract).into_iter().flatten().collect()
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
