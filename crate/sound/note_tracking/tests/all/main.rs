//! The promises of the tracker of notes, one file each, in one program: each further program would
//! take seconds to compile.

mod any_input;
mod common;
mod no_allocation;
mod singing;

use assert_no_alloc::AllocDisabler;

/// Forbids allocation only to the thread that calls `assert_no_alloc`: the tests beside it may allocate.
#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;
