//! The part of a link behind the `#`, as it is, and as the body of a link with a correct checksum: it is rejected or
//! gives a document within its limits, which another link restores. A link to a path gives a loop, which another link
//! restores unless it is too long.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use crc::{CRC_16_IBM_SDLC, Crc};
use path::LinkedLoop;
use path::link::LINK_PREFIX;
use path::strokes::{PATH_LIMIT_S, Path};
use play::link::{LINK_LIMIT, LINK_VERSION};
use play::{LATENT_LIMIT, Link};

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        open(text);
        open_path(text);
    }
    let mut whole = vec![LINK_VERSION];
    whole.extend(bytes);
    whole.extend(Crc::<u16>::new(&CRC_16_IBM_SDLC).checksum(&whole).to_le_bytes());
    let letters = BASE64_URL_SAFE_NO_PAD.encode(whole);
    open(&letters);
    open_path(&format!("{LINK_PREFIX}{letters}"));
}

fn open_path(text: &str) {
    let Ok(own) = LinkedLoop::read(text) else { return };
    assert!(own.length_s > 0.0 && own.length_s <= PATH_LIMIT_S, "{}", own.length_s);
    assert!(
        !own.fingers.is_empty() && own.fingers.iter().map(Path::end_s).all(|end_s| end_s <= own.length_s)
    );
    if let Some(written) = own.write() {
        assert!(written.len() <= path::link::LINK_LIMIT, "{written}");
        assert_eq!(LinkedLoop::read(&written).as_ref(), Ok(&own), "what was written is read");
    }
}

fn open(text: &str) {
    let Ok(link) = Link::read(text) else { return };
    let point = link.document.point;
    assert!(point.x.abs() <= LATENT_LIMIT && point.y.abs() <= LATENT_LIMIT, "{point:?}");
    let written = link.write();
    assert!(written.len() <= LINK_LIMIT, "{written}");
    let again = Link::read(&written).expect("what was written is read");
    assert_eq!((again.document.point, again.document.patch), (link.document.point, link.document.patch));
    assert_eq!(again.document.instrument, link.document.instrument);
    assert_eq!(
        (again.document.notes, again.layer, again.model),
        (link.document.notes, link.layer, link.model)
    );
}
