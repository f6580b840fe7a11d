//! Tests of `link`.

use super::*;
use crate::chord::{ArpeggioMode, Chord};
use crate::compare::Location;
use crate::notes::Layout;
use patch::{Info, PARAMETER_COUNT, Parameter};
use proptest::prelude::*;

fn any_patch() -> impl Strategy<Value = Patch> {
    prop::collection::vec(0.0f32..=1.0, PARAMETER_COUNT).prop_map(|positions| {
        let mut patch = Patch::default();
        for parameter in Parameter::ALL {
            let Info { min, max, .. } = *parameter.info();
            patch.set(parameter, min + positions[parameter.index()] * (max - min));
        }
        patch
    })
}

fn link(place: Point, patch: Option<Patch>, names: &[String]) -> Link {
    let notes = Notes {
        chord: Chord::Seventh,
        arpeggio: ArpeggioMode::Gate,
        layout: Layout::ScaleAcross,
        gate: 0.31,
        ..Notes::default()
    };
    let mut document = Document { point: place, patch: patch.map(Box::new), notes, ..Document::default() };
    for (number, name) in names.iter().enumerate() {
        let point = Point::on_plane(number as f32 * 0.1, -1.0);
        let instrument = LocationInstrument { number: number as u8 % 3, ..LocationInstrument::default() };
        document.landmarks.drop_at(Location { instrument, ..point.into() }, name).unwrap();
    }
    document.instrument = LocationInstrument { number: 4, axes: [1, -2, 3, -100, 100, 0] };
    Link { document, layer: 3, model: 0xBEEF, name: None }
}

proptest! {
    #[test]
    fn point_patch_and_notes_are_restored_to_the_bit(
        x in -4.0f32..=4.0, y in -4.0f32..=4.0, patch in proptest::option::of(any_patch()),
        names in prop::collection::vec("[a-zé]{1,60}", 0..20), name in proptest::option::of("[a-zé]{1,40}"),
    ) {
        let sent = Link { name: name.clone(), ..link(Point { x, y }, patch, &names) };
        let text = sent.write();
        prop_assert!(text.len() <= LINK_LIMIT, "{}", text.len());
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
        let Link { document, layer, model, name: got } = Link::read(&text).unwrap();
        prop_assert!(got == name || got.is_none() && document.landmarks.all().is_empty());
        prop_assert_eq!(document.point, sent.document.point);
        prop_assert_eq!(&document.patch, &sent.document.patch);
        prop_assert_eq!(document.notes, sent.document.notes);
        prop_assert_eq!((layer, document.instrument, model), (3, sent.document.instrument, 0xBEEF));
        for (got, kept) in document.landmarks.all().iter().zip(sent.document.landmarks.all()) {
            prop_assert_eq!((&got.name, got.instrument), (&kept.name, kept.instrument));
            prop_assert!(got.point.distance(kept.point) < 2e-4);
        }
    }

    #[test]
    fn a_changed_letter_or_a_cut_is_detected(place in 0usize..40, letter in "[A-Za-z0-9_-]", cut in 1usize..40) {
        let text = link(Point { x: 1.0, y: 2.0 }, None, &["Bass".to_owned()]).write();
        let (place, cut) = (place % text.len(), cut % text.len());
        let mut changed = text.clone();
        changed.replace_range(place..=place, &letter);
        prop_assert!(changed == text || Link::read(&changed) == Err(LinkError::Damaged));
        prop_assert_eq!(Link::read(&text[..cut]), Err(LinkError::Damaged));
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".{0,300}", letters in "[A-Za-z0-9_-]{0,256}") {
        prop_assert!(Link::read(&text).is_err() && Link::read(&letters).is_err());
    }
}

#[test]
fn a_plain_point_is_short_and_a_full_patch_leaves_room_for_a_landmark() {
    let place = Link {
        document: Document { point: Point { x: 1.5, y: -2.5 }, ..Document::default() },
        ..Link::default()
    };
    assert!(place.write().len() < 24, "{}", place.write());
    let mut full = link(Point::default(), Some(Patch::default()), &["Bass".to_owned()]);
    // A domain has no patch.
    full.document.instrument = LocationInstrument::default();
    assert_eq!(full.landmarks_written(), 1);
}

#[test]
fn a_link_survives_what_messengers_and_sentences_add() {
    let link = link(Point { x: 1.0, y: -2.0 }, None, &["a".to_owned()]);
    let text = link.write();
    let read = Link::read(&text).unwrap();
    let escaped = text.replace('-', "%2D").replace('_', "%5f");
    for changed in [format!("#{text}."), format!("{text}%20see%20this"), format!(" {text}) "), escaped] {
        assert_eq!(Link::read(&changed).unwrap(), read, "{changed}");
    }
}

#[test]
fn a_root_that_the_page_chooses_by_the_sound_is_chosen_by_it_behind_a_link() {
    for is_root_chosen in [false, true] {
        let mut link = link(Point::default(), None, &[]);
        link.document.notes = Notes { bpm: 112.0, is_root_chosen, ..Notes::default() };
        assert_eq!(Link::read(&link.write()).unwrap().document.notes, link.document.notes);
    }
}

#[test]
fn a_link_of_another_version_says_so() {
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(Link::default().write()).unwrap();
    bytes.truncate(bytes.len() - 2);
    bytes[0] = 9;
    bytes.extend(CHECKSUM.checksum(&bytes).to_le_bytes());
    let text = format!("#{}", BASE64_URL_SAFE_NO_PAD.encode(bytes));
    assert_eq!(Link::read(&text), Err(LinkError::Version(9)));
}
