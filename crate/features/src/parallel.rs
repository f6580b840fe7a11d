//! Features of many patches at once, on all cores. Each thread has an extractor of its own; the results come in the
//! order of the patches and do not depend on the number of threads.

use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::{AudioFeatures, FeatureExtractor};

/// Extracts the features of every patch. `done` is called once for each, from any thread, for a progress bar.
pub fn extract_all(patches: &[Patch], done: impl Fn() + Sync) -> Vec<AudioFeatures> {
    extract_each(patches, |extractor, patch| {
        let features = extractor.extract(patch);
        done();
        features
    })
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
