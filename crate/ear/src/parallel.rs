//! Many patches at once, on all cores. Each thread has an ear of its own; the answers come in the
//! order of the patches, the same for any number of threads.

use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::{Ear, Heard};

/// Hears every patch. `heard` is called once for each, from any thread, for a progress bar.
pub fn hear_all(patches: &[Patch], heard: impl Fn() + Sync) -> Vec<Heard> {
    each(patches, |ear, patch| {
        let answer = ear.hear(patch);
        heard();
        answer
    })
}

/// What `listen` says of every patch (or of whatever leads to one).
pub fn each<T: Sync, O: Send>(items: &[T], listen: impl Fn(&mut Ear, &T) -> O + Sync) -> Vec<O> {
    // One item a step: a patch with four oscillating voices takes several times as long as a click.
    items.par_iter().with_max_len(1).map_init(Ear::new, |ear, item| listen(ear, item)).collect()
}
