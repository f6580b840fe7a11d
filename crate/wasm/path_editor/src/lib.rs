//! The planner of paths that follow a curve, and the codebook of the page, as a wasm module that a lesson and
//! `www/codebook/` load on demand. Decides nothing about the page.
#![forbid(unsafe_code)]

mod page_codebook;
mod page_loop;
mod planner;
mod refusal;

pub use page_codebook::PageCodebook;
pub use planner::PathPlanner;
