//! The files of a choice or a drop.

use wasm_bindgen::JsValue;
use web_sys::{DragEvent, File, FileList};

/// The files of a list.
pub fn list(files: Option<FileList>) -> Vec<File> {
    let files =
        files.into_iter().flat_map(|files| (0..files.length()).filter_map(move |index| files.get(index)));
    files.collect()
}

/// True if what is dragged is files.
pub fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&JsValue::from("Files"), 0))
}
