//! Downloads, and files that a person imports: bytes with a name. Knows no format.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use crate::dom;

/// How long the browser has to read a download, in milliseconds, before its memory is freed.
const DOWNLOAD_MS: i32 = 60_000;

/// A file that a person imports.
#[derive(Clone, Debug)]
pub struct ReceivedFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Reads a file; none if the browser cannot, because the file is gone or access is denied.
pub async fn read(file: &File) -> Option<ReceivedFile> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(ReceivedFile { name: file.name(), bytes: Uint8Array::new(&buffer).to_vec() })
}

/// Downloads a file.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &kind) {
        save_blob(name, &blob);
    }
}

/// Downloads a blob that the browser has encoded, such as a picture.
pub fn save_blob(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    let link: HtmlAnchorElement = dom::create("a", "").unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    dom::after(DOWNLOAD_MS, move || {
        let _ = Url::revoke_object_url(&address);
    });
}

/// A text as a valid file name: letters, digits, blanks, hyphens, points within; never empty or long.
pub fn safe_name(name: &str) -> String {
    const LONGEST: usize = 60;
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') { c } else { '-' };
    let name: String = name.trim_matches([' ', '.']).chars().take(LONGEST).map(safe).collect();
    if name.chars().any(char::is_alphanumeric) {
        name.trim_end_matches('.').to_owned()
    } else {
        "latent-pad".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_refers_to_another_folder() {
        assert_eq!(safe_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(safe_name("latent -0.31 1.20"), "latent -0.31 1.20");
        assert_eq!(safe_name("Hollow Choir 2"), "Hollow Choir 2");
        assert_eq!(safe_name(" ... "), "latent-pad");
    }
}
