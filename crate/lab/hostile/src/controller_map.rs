//! A controller map: any text is a controller map or is refused by a sentence.

use voice::controller_map::ControllerMap;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let text = crate::text(bytes);
    if let Err(error) = ControllerMap::read(text) {
        assert!(error.to_string().chars().count() < 250, "{error}");
    }
}
