//! The pages of an OGG file. A radio or a joined file is a chain of links, each a whole file with headers, a rate and
//! a codec of its own.

/// Bytes of a page before its table of segments.
const HEAD: usize = 27;
/// The first bytes of a page.
const PAGE: &[u8] = b"OggS";
/// A flag of a page: it goes on with a packet, and: it is the first one of its stream.
const GOES_ON: u8 = 1;
const IS_FIRST: u8 = 2;

/// A page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OggPage<'a> {
    flags: u8,
    /// Samples until its end, as its codec counts them.
    pub position: i64,
    serial: u32,
    segments: &'a [u8],
    body: &'a [u8],
    begin: usize,
    end: usize,
}

/// A link of a chain.
pub(crate) struct OggLink<'a> {
    pub bytes: &'a [u8],
    pages: Vec<OggPage<'a>>,
}

/// All links, and whether bytes between the pages had to be skipped.
pub(crate) fn links(bytes: &[u8]) -> (Vec<OggLink<'_>>, bool) {
    let (pages, is_damaged) = pages(bytes);
    let mut groups: Vec<Vec<OggPage>> = Vec::new();
    let mut is_head = false;
    for page in pages {
        let is_first = page.flags & IS_FIRST != 0;
        match groups.last_mut().filter(|_| !is_first || is_head) {
            Some(group) => group.push(page),
            None => groups.push(vec![page]),
        }
        is_head = is_first;
    }
    let links = groups.into_iter().map(|pages| {
        let range = pages[0].begin..pages[pages.len() - 1].end;
        OggLink { bytes: &bytes[range], pages }
    });
    (links.collect(), is_damaged)
}

fn pages(bytes: &[u8]) -> (Vec<OggPage<'_>>, bool) {
    let (mut pages, mut at, mut is_damaged) = (Vec::new(), 0, false);
    while at < bytes.len() {
        if let Some(page) = page(bytes, at) {
            at = page.end;
            pages.push(page);
            continue;
        }
        is_damaged |= bytes[at..].iter().any(|byte| *byte != 0);
        let next = bytes[at + 1..].windows(PAGE.len()).position(|part| part == PAGE);
        at = next.map_or(bytes.len(), |gap| at + 1 + gap);
    }
    (pages, is_damaged)
}

fn page(bytes: &[u8], begin: usize) -> Option<OggPage<'_>> {
    let head = bytes.get(begin..begin + HEAD).filter(|head| head.starts_with(PAGE))?;
    let segments = bytes.get(begin + HEAD..begin + HEAD + usize::from(head[26]))?;
    let body = begin + HEAD + segments.len();
    let end = body + segments.iter().map(|length| usize::from(*length)).sum::<usize>();
    Some(OggPage {
        flags: head[5],
        position: i64::from_le_bytes(*head[6..].first_chunk()?),
        serial: u32::from_le_bytes(*head[14..].first_chunk()?),
        segments,
        body: bytes.get(body..end)?,
        begin,
        end,
    })
}

/// A codec of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OggCodec {
    Vorbis,
    Flac,
    Opus,
    Other(&'static str),
}

/// The beginnings of the first packets of codecs.
const CODECS: [(&[u8], OggCodec); 8] = [
    (b"\x01vorbis", OggCodec::Vorbis),
    (b"\x7fFLAC", OggCodec::Flac),
    (b"OpusHead", OggCodec::Opus),
    (b"Speex   ", OggCodec::Other("an OGG file with Speex")),
    (b"\x80theora", OggCodec::Other("an OGG file with a film alone")),
    (b"CELT    ", OggCodec::Other("an OGG file with CELT")),
    (b"PCM     ", OggCodec::Other("an OGG file with PCM")),
    (b"\x80kate", OggCodec::Other("an OGG file with texts")),
];

impl<'a> OggLink<'a> {
    /// The first codec of a sound, otherwise another one.
    pub fn codec(&self) -> Option<OggCodec> {
        let first = self.pages.iter().filter(|page| page.flags & IS_FIRST != 0);
        let codecs = first.filter_map(|page| CODECS.iter().find(|(name, _)| page.body.starts_with(name)));
        codecs.map(|(_, codec)| *codec).min_by_key(|codec| matches!(codec, OggCodec::Other(_)))
    }

    /// The packets of the first stream that begins like this, and the last position of its pages.
    pub fn packets(&self, beginning: &[u8]) -> (Vec<Vec<u8>>, i64) {
        let is_own = |page: &&OggPage| page.flags & IS_FIRST != 0 && page.body.starts_with(beginning);
        let Some(serial) = self.pages.iter().find(is_own).map(|page| page.serial) else {
            return (Vec::new(), 0);
        };
        let (mut packets, mut packet, mut position) = (Vec::new(), Vec::new(), 0);
        for page in self.pages.iter().filter(|page| page.serial == serial) {
            // The beginning or the end of a packet is lost with its page.
            let mut is_lost = (page.flags & GOES_ON != 0) && packet.is_empty();
            if page.flags & GOES_ON == 0 {
                packet.clear();
            }
            position = position.max(page.position);
            let mut body = page.body;
            for length in page.segments {
                let (part, rest) = body.split_at(usize::from(*length).min(body.len()));
                body = rest;
                packet.extend(part);
                if *length < u8::MAX {
                    let whole = std::mem::take(&mut packet);
                    if !std::mem::take(&mut is_lost) {
                        packets.push(whole);
                    }
                }
            }
        }
        (packets, position)
    }
}
