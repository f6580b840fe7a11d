//! The promises of the instrument of tones, one file each, in one program: each further program would
//! take seconds to compile.

mod common;
mod feedback_sounds;
mod life;
mod live;
mod playing;
mod real_time;
mod same_everywhere;

use assert_no_alloc::AllocDisabler;

/// Forbids allocation only to the thread that calls `assert_no_alloc`: the tests beside it may allocate.
#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;
