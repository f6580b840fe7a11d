//! The page's editor of paths, as a wasm module that `www/paths/` loads on demand. It keeps the lanes of the edited
//! path, applies operators to the kept original, mixes four paths and plans a path that follows a curve. It also has
//! the codebook of the page, which `www/codebook/` shows. Decides nothing about the page.
#![forbid(unsafe_code)]

mod curves;
mod editor;
mod four;
mod operate;
mod page_codebook;
mod page_loop;
mod planner;
mod refusal;

pub use editor::PathEditor;
pub use four::PathMixer;
pub use page_codebook::PageCodebook;
pub use planner::PathPlanner;
