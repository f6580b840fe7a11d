//! The document as the fragment of a link, which opens to the same sound. Postcard bytes with a checksum, in
//! base64url, at most [`LINK_LIMIT`] characters: point and patch are exact; landmarks are included as far as they
//! fit, in order and without their patches. The loops of a document follow as a part of their own (`jam_link`).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use crc::{CRC_16_IBM_SDLC, Crc};
use patch::{Group, Patch};
use serde::{Deserialize, Serialize};

use crate::jam_link::Jam;
use crate::landmarks::tidy_name;
use crate::link_patch::LinkPatch;
pub use crate::link_patch::{LINK_VERSION, LinkError};
use crate::saved_notes::{LinkNotes, LinkNotesRest};
use crate::tone_domain::{LocationInstrument, OFFSET_COUNT};
use crate::{Document, LATENT_LIMIT, Landmarks, Locks, Notes, Point};

/// The longest fragment: with an address of up to 42 characters a link stays below 300.
pub const LINK_LIMIT: usize = 256;
/// The longest address that fits into a code to scan, in bytes: a QR code of version 40 with the least correction.
pub const CODE_LIMIT: usize = 2953;
/// Resolution of landmarks in a link: steps from the middle to the edge, 2¹⁵ with the middle.
const FINENESS: f32 = 32_767.0;

/// More layers than a map has. In a link the instrument counts so many times more than the layer: a page without
/// instruments then shows its presets.
const LAYER_LIMIT: u8 = 32;

/// Detects every change of up to three letters, and all but one in 65,536 of the others.
const CHECKSUM: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_SDLC);

/// The contents of a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// Location, patch, instrument with its axes, notes, landmarks. (A and B are not included.)
    pub document: Document,
    /// Index of the map's layer that is shown, less than 32.
    pub layer: u8,
    /// The first two bytes of the model's fingerprint: another model decodes other sounds.
    pub model: u16,
    /// The name of the patch, if a search has found it; tidy.
    pub name: Option<String>,
}

/// Separates the loops from the sound: no letter of base64url, so that a page that knows no loops reports such a link
/// as damaged.
const JAM_MARK: char = '.';

/// How completely a link contains a document's loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopsWritten {
    /// There are none.
    None,
    /// They are in the link.
    Whole,
    /// They are in the link, with so few points that a person hears it.
    Coarse,
    /// They do not fit into a link.
    LeftOut,
}

/// The serialized fields, in this order.
#[derive(Serialize, Deserialize)]
struct LinkPayload {
    model: u16,
    place: (f32, f32),
    layer: u8,
    /// None for the default notes.
    notes: Option<LinkNotes>,
    patch: Option<LinkPatch>,
    landmarks: Vec<(i16, i16, String)>,
}

/// Precedes the byte of the locked groups. No first byte of [`LinkNotesRest`], whose first field is a short list.
const LOCKED_MARK: u8 = 0xff;

/// Precedes the axes of the instrument, a byte each, and the number of each landmark's instrument. No first byte of
/// [`LinkNotesRest`] either.
const INSTRUMENTS_MARK: u8 = 0xfe;

/// Precedes the number of bytes of the patch's name, and the name. No first byte of [`LinkNotesRest`] either.
const NAME_MARK: u8 = 0xfd;

impl Link {
    /// The fragment's text: the sound, and the loops if there are any and they fit.
    pub fn write(&self) -> String {
        let mut text = self.write_sound();
        if let Some(jam) = Jam::of(&self.document).and_then(|jam| jam.write()) {
            text.push(JAM_MARK);
            text += &jam.text;
        }
        text
    }

    /// Tells how completely the text contains the document's loops.
    pub fn loops_written(&self) -> LoopsWritten {
        match Jam::of(&self.document).map(|jam| jam.write()) {
            None => LoopsWritten::None,
            Some(None) => LoopsWritten::LeftOut,
            Some(Some(jam)) if jam.is_coarse => LoopsWritten::Coarse,
            Some(Some(_)) => LoopsWritten::Whole,
        }
    }

    fn write_sound(&self) -> String {
        let mut written = LinkPayload::from(self);
        let rest = written.notes.as_ref().and_then(|_| LinkNotesRest::of(&self.document.notes));
        let locked = locked(&self.document);
        let instruments = instruments(&self.document);
        let mut name = self.name.as_deref();
        loop {
            let count = written.landmarks.len();
            let text = text(&written, locked, &instruments[..OFFSET_COUNT + count], name, rest.as_ref());
            if text.len() <= LINK_LIMIT || written.landmarks.pop().is_none() && name.take().is_none() {
                return text;
            }
        }
    }

    /// Reads a fragment, with or without its `#`.
    ///
    /// # Errors
    /// If it is damaged or of another version.
    pub fn read(text: &str) -> Result<Self, LinkError> {
        let text = &cleaned(text);
        let Some((sound, jam)) = text.split_once(JAM_MARK) else { return Self::read_sound(text) };
        let mut link = Self::read_sound(sound)?;
        Jam::read(jam)?.put_into(&mut link.document);
        Ok(link)
    }

    fn read_sound(text: &str) -> Result<Self, LinkError> {
        if text.len() > LINK_LIMIT {
            return Err(LinkError::Damaged);
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Damaged)?;
        let (bytes, sum) = bytes.split_last_chunk().ok_or(LinkError::Damaged)?;
        if CHECKSUM.checksum(bytes) != u16::from_le_bytes(*sum) {
            return Err(LinkError::Damaged);
        }
        let (&version, body) = bytes.split_first().ok_or(LinkError::Damaged)?;
        if version != LINK_VERSION {
            return Err(LinkError::Version(version));
        }
        let (written, rest) =
            postcard::take_from_bytes::<LinkPayload>(body).map_err(|_| LinkError::Damaged)?;
        let mut link = Self::try_from(written)?;
        let (locked, rest) = match rest {
            [LOCKED_MARK, locked, rest @ ..] => (*locked, rest),
            rest => (0, rest),
        };
        link.document.locks = locks(locked, link.document.patch.as_deref());
        let mut rest = rest;
        if let [INSTRUMENTS_MARK, instruments @ ..] = rest {
            let count = OFFSET_COUNT + link.document.landmarks.all().len();
            let (instruments, others) = instruments.split_at_checked(count).ok_or(LinkError::Damaged)?;
            rest = others;
            let (axes, numbers) = instruments.split_at(OFFSET_COUNT);
            link.document.instrument.axes = std::array::from_fn(|axis| axes[axis] as i8);
            link.document.landmarks.set_instruments(numbers);
        }
        if let [NAME_MARK, length, others @ ..] = rest {
            let (name, others) = others.split_at_checked((*length).into()).ok_or(LinkError::Damaged)?;
            rest = others;
            let name = tidy_name(str::from_utf8(name).map_err(|_| LinkError::Damaged)?);
            link.name = Some(name).filter(|name| !name.is_empty());
        }
        if !rest.is_empty() {
            let rest = LinkNotesRest::read(rest).map_err(|_| LinkError::Damaged)?;
            link.document.notes = rest.complete(link.document.notes).tidy();
        }
        Ok(link)
    }

    /// How many of the landmarks fit.
    pub fn landmarks_written(&self) -> usize {
        Self::read(&self.write()).map_or(0, |link| link.document.landmarks.all().len())
    }
}

/// The locked groups as bits, in order. Their values are the patch's.
fn locked(document: &Document) -> u8 {
    let is_locked = |group: Group| document.patch.is_some() && document.locks.holds(group);
    Group::ALL.into_iter().rev().fold(0, |bits, group| bits << 1 | u8::from(is_locked(group)))
}

/// The locks of these bits, see [`locked`].
fn locks(bits: u8, patch: Option<&Patch>) -> Locks {
    let mut locks = Locks::default();
    for (position, group) in Group::ALL.into_iter().enumerate() {
        if let Some(patch) = patch.filter(|_| bits >> position & 1 == 1) {
            locks.lock(group, patch);
        }
    }
    locks
}

/// The axes of the instrument, and the number of each landmark's instrument.
fn instruments(document: &Document) -> Vec<u8> {
    let numbers = document.landmarks.all().iter().map(|landmark| landmark.instrument.number);
    document.instrument.axes.map(|axis| axis as u8).into_iter().chain(numbers).collect()
}

/// A fragment without what a messenger or a sentence adds: a mark before it, escaped letters, words and a full stop
/// after it.
fn cleaned(text: &str) -> String {
    let mut text = text.trim().trim_start_matches('#').to_owned();
    for (escaped, letter) in
        [("%2D", "-"), ("%2d", "-"), ("%5F", "_"), ("%5f", "_"), ("%2E", "."), ("%2e", ".")]
    {
        text = text.replace(escaped, letter);
    }
    let is_foreign = |letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    text.truncate(text.find(is_foreign).unwrap_or(text.len()));
    text.trim_end_matches('.').to_owned()
}

/// Version, body, locked groups if there are any, instruments if any is not amSynth in the middle of its axes, the name
/// if there is one, the rest of the notes, checksum; as text.
fn text(
    written: &LinkPayload,
    locked: u8,
    instruments: &[u8],
    name: Option<&str>,
    rest: Option<&LinkNotesRest>,
) -> String {
    const WRITABLE: &str = "numbers and texts can always be written";
    let mut bytes = vec![LINK_VERSION];
    bytes.extend(postcard::to_allocvec(written).expect(WRITABLE));
    if locked != 0 {
        bytes.extend([LOCKED_MARK, locked]);
    }
    if instruments.iter().any(|&byte| byte != 0) {
        bytes.push(INSTRUMENTS_MARK);
        bytes.extend(instruments);
    }
    if let Some((name, length)) = name.and_then(|name| Some((name, u8::try_from(name.len()).ok()?))) {
        bytes.extend([NAME_MARK, length]);
        bytes.extend(name.bytes());
    }
    bytes.extend(rest.iter().flat_map(|rest| rest.bytes()));
    bytes.extend(CHECKSUM.checksum(&bytes).to_le_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl From<&Link> for LinkPayload {
    fn from(Link { document, layer, model, .. }: &Link) -> Self {
        let coarse = |v: f32| (v / LATENT_LIMIT * FINENESS).round() as i16;
        let landmarks = document.landmarks.all().iter();
        Self {
            model: *model,
            place: (document.point.x, document.point.y),
            layer: layer % LAYER_LIMIT + document.instrument.number % 8 * LAYER_LIMIT,
            notes: (document.notes != Notes::default()).then(|| LinkNotes::from(&document.notes)),
            patch: document.patch.as_deref().map(LinkPatch::from),
            landmarks: landmarks
                .map(|mark| (coarse(mark.point.x), coarse(mark.point.y), mark.name.clone()))
                .collect(),
        }
    }
}

impl TryFrom<LinkPayload> for Link {
    type Error = LinkError;

    fn try_from(written: LinkPayload) -> Result<Self, LinkError> {
        let fine = |v: i16| f32::from(v) / FINENESS * LATENT_LIMIT;
        let mut landmarks = Landmarks::default();
        for (x, y, name) in &written.landmarks {
            landmarks
                .drop_at(Point::on_plane(fine(*x), fine(*y)).into(), name)
                .map_err(|_| LinkError::Damaged)?;
        }
        let document = Document {
            point: Point::on_plane(written.place.0, written.place.1),
            patch: written.patch.map(|patch| patch.try_into().map(Box::new)).transpose()?,
            instrument: LocationInstrument {
                number: written.layer / LAYER_LIMIT,
                ..LocationInstrument::default()
            },
            notes: written.notes.map(Notes::from).unwrap_or_default().tidy(),
            landmarks,
            ..Document::default()
        };
        Ok(Self { document, layer: written.layer % LAYER_LIMIT, model: written.model, name: None })
    }
}

#[cfg(test)]
mod tests;
