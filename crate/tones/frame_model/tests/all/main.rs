//! The promises of models of frames, one file each, in one program: each further program would
//! take seconds to compile.

mod coding;
mod common;
mod contours;
mod domain_range;
mod model_files;
mod plane_law;
mod shipped_models;
mod textures;
mod whole_sounds;

use assert_no_alloc::AllocDisabler;

/// Forbids allocation only to the thread that calls `assert_no_alloc`: the tests beside it may allocate.
#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;
