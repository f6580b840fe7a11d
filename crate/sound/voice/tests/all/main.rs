//! The promises of the synthesizer, one file each, in one program: each further program would
//! take seconds to compile.

mod blocks;
mod common;
mod controllers;
mod corners;
mod flux;
mod lanes;
mod morph;
mod multitimbral;
mod no_allocation;
mod playing;
mod programs;
mod readers;
mod safety;
mod scales;
mod sounds;
mod tuning;
mod voice_limit;

use assert_no_alloc::AllocDisabler;

/// Forbids allocation only to the thread that calls `assert_no_alloc`: the tests beside it may allocate.
#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;
