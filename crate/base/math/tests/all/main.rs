//! The comparisons with glibc, one file each, in one program: each further program would
//! take seconds to compile.

mod common;
#[cfg(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu"))]
mod glibc;
mod golden;
