//! Promises of MIDI files of other programs: odd and damaged ones are read as far as they go, and the reader says if a
//! part is missing; a note ends when its own channel lets it go.

use path::midi::{MidiImport, MidiLoss, MidiPathError, is_midi, read_midi};
use path::{LatentPath, PathNote};

/// A quarter of a beat at 120 beats a minute, which is an eighth of a second, in two bytes of variable length.
const EIGHTH: [u8; 2] = [0x81, 0x70];
const END: [u8; 4] = [0, 0xFF, 0x2F, 0];
const TEMPO: [u8; 7] = [0, 0xFF, 0x51, 3, 7, 0xA1, 0x20];

fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    [name, &u32::try_from(content.len()).unwrap().to_be_bytes(), content].concat()
}

fn header(tracks: u8) -> Vec<u8> {
    let format = u8::from(tracks > 1);
    chunk(b"MThd", &[0, format, 0, tracks, 0x03, 0xC0])
}

/// Eight steps of controller 16, an eighth of a second each, with other bytes before the fourth one.
fn moves(between: &[u8], status: &[u8]) -> Vec<u8> {
    let mut events = [&[0, 0xB0, 17, 64][..]].concat();
    for step in 0..8 {
        if step == 4 {
            events.extend(between);
        }
        events.extend(EIGHTH);
        events.extend(if step == 0 { &[0xB0] } else { status });
        events.extend([16, step * 16]);
    }
    events
}

fn file(events: &[u8]) -> Vec<u8> {
    [header(1), chunk(b"MTrk", &[&TEMPO, events, &END].concat())].concat()
}

fn import(bytes: &[u8]) -> MidiImport {
    read_midi(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The points that a path passes, without repetitions, and its length.
fn passed(path: &LatentPath) -> (Vec<f32>, f64) {
    let mut points = path.lanes()[0].clone();
    points.dedup();
    (points, path.length_s())
}

fn assert_whole(bytes: &[u8], losses: &[MidiLoss]) {
    let import = import(bytes);
    let (points, length_s) = passed(&import.path);
    // The middle stands before the first controller.
    assert_eq!(points[1..], [-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0], "{bytes:x?}");
    assert!((length_s - 1.0).abs() < 1e-9, "{length_s} s of {bytes:x?}");
    assert_eq!(import.losses, losses, "{bytes:x?}");
}

#[test]
fn a_running_status_goes_on_after_every_other_event() {
    for between in [
        &[0, 0xFF, 0x01, 2, b'%', b'+'][..],
        &[0, 0xFF, 0x06, 0],
        &[0, 0xFF, 0x7F, 3, 1, 2, 3],
        &[0, 0xFF, 0x20, 1, 5],
        &[0, 0xFF, 0x59, 2, 0, 0, 0, 0xFF, 0x58, 4, 4, 2, 24, 8],
        &[0, 0xF0, 3, 0x41, 0x10, 0xF7],
        &[0, 0xF0, 2, 0x41, 0x10, 0, 0xF7, 2, 0x42, 0xF7],
        &[0, 0xF7, 1, 0xF8],
        &[0, 0xF8],
        &[0, 0xF1, 5],
        &[0, 0xF2, 5, 6],
        &[0, 0xFE, 0, 0xF6],
    ] {
        assert_whole(&file(&moves(between, &[])), &[]);
        assert_whole(&file(&moves(between, &[0xB0])), &[]);
    }
}

#[test]
fn messages_of_other_kinds_only_take_time() {
    for between in
        [&[0, 0xC0, 5][..], &[0, 0xC0, 5, 0, 6], &[0, 0xD1, 5], &[0, 0xA0, 60, 5], &[0, 0xE0, 0, 64]]
    {
        assert_whole(&file(&moves(between, &[0xB0])), &[]);
    }
    assert_whole(&file(&moves(&[0, 0xE0, 1, 64], &[0xB0])), &[MidiLoss::Bends]);
}

#[test]
fn a_long_message_without_a_length_ends_at_its_last_byte() {
    assert_whole(&file(&moves(&[0, 0xF0, 0x7E, 0x7F, 0x09, 0x01, 0xF7], &[0xB0])), &[]);
}

#[test]
fn a_value_that_no_message_has_is_left_out_with_a_word() {
    assert_whole(&file(&moves(&[0, 0xB0, 16, 0x90], &[0xB0])), &[MidiLoss::Damaged]);
}

#[test]
fn bytes_between_tracks_are_passed() {
    let [tempo, events] = [[&TEMPO[..], &END].concat(), [&moves(&[], &[])[..], &END].concat()];
    let [tempo, events] = [tempo, events].map(|content| chunk(b"MTrk", &content));
    let join = |parts: &[&[u8]]| [&header(2)[..], &parts.concat()].concat();
    for junk in [&b"\x85\x01\x02"[..], b"\xff\x2f\0", b"XF", b"text and more text", b"MTr"] {
        for parts in
            [[junk, &tempo, &[], &events], [&[], &tempo, junk, &events], [junk, &tempo, junk, &events]]
        {
            assert_whole(&join(&parts), &[MidiLoss::Damaged]);
        }
    }
    let other = chunk(b"XFIH", b"odd");
    for fine in [&other[..], b"\0\0\0", &[&other[..], &other].concat()] {
        assert_whole(&join(&[fine, &tempo, fine, &events]), &[]);
    }
    assert_whole(&join(&[&tempo, &events, b"\x1a\x1arest"]), &[]);
    assert_whole(&join(&[&tempo, &[], &events]).repeat(1), &[]);
}

#[test]
fn a_longer_header_is_passed() {
    let events = chunk(b"MTrk", &[&TEMPO, &moves(&[], &[])[..], &END].concat());
    let header = chunk(b"MThd", &[0, 0, 0, 1, 0x03, 0xC0, 9, 9]);
    assert_whole(&[header, events].concat(), &[]);
}

#[test]
fn a_track_with_a_wrong_length_is_read_to_its_end() {
    let tempo = [&TEMPO[..], &END].concat();
    let events = [&moves(&[], &[])[..], &END].concat();
    for length in [0, 5, 12, 20, 4_000, u32::MAX] {
        let wrong = |content: &[u8]| [b"MTrk", &length.to_be_bytes()[..], content].concat();
        for parts in [
            [wrong(&tempo), chunk(b"MTrk", &events)],
            [chunk(b"MTrk", &tempo), wrong(&events)],
            [wrong(&tempo), wrong(&events)],
        ] {
            let bytes = [&header(2)[..], &parts.concat()].concat();
            let (points, length_s) = passed(&import(&bytes).path);
            assert_eq!((points.len(), length_s), (9, 1.0), "{length}");
        }
    }
}

#[test]
fn a_track_that_is_cut_off_is_read_as_far_as_it_goes() {
    let whole = file(&moves(&[], &[]));
    for cut in [4, 5, 6, 7] {
        let import = import(&whole[..whole.len() - cut]);
        assert_eq!(import.losses, [MidiLoss::Damaged], "{cut}");
        let (points, _) = passed(&import.path);
        assert!(points.len() >= 8, "{cut}: {points:?}");
    }
    // Without the event that ends a track, it ends at its length.
    let no_end = [header(1), chunk(b"MTrk", &[&TEMPO, &moves(&[], &[])[..]].concat())].concat();
    assert_whole(&no_end, &[]);
    // One track of two is missing.
    let missing = [header(2), chunk(b"MTrk", &[&TEMPO, &moves(&[], &[])[..], &END].concat())].concat();
    assert_whole(&missing, &[MidiLoss::Damaged]);
}

#[test]
fn a_damaged_file_without_a_path_is_called_damaged() {
    let whole = file(&moves(&[], &[]));
    for cut in [14, 18, 22, 30] {
        assert_eq!(read_midi(&whole[..cut]), Err(MidiPathError::Damaged), "{cut}");
    }
    assert_eq!(read_midi(&whole[..12]), Err(MidiPathError::NoMidi));
    assert_eq!(read_midi(&file(&TEMPO)), Err(MidiPathError::NoPoint));
}

#[test]
fn a_file_within_another_one_is_found() {
    let own = file(&moves(&[], &[]));
    let riff = |chunks: &[&[u8]]| {
        let content = [b"RMID", &chunks.concat()[..]].concat();
        [b"RIFF", &u32::try_from(content.len()).unwrap().to_le_bytes()[..], &content].concat()
    };
    let part = |name: &[u8], content: &[u8]| {
        let pad = vec![0; content.len() % 2];
        [name, &u32::try_from(content.len()).unwrap().to_le_bytes()[..], content, &pad].concat()
    };
    let [list, odd] = [part(b"LIST", b"INFOINAM\x02\0\0\0a\0"), part(b"DISP", b"odd")];
    let data = part(b"data", &own);
    for chunks in
        [vec![&data[..]], vec![&list, &data], vec![&odd, &data], vec![&odd, &list, &data, &odd, &list]]
    {
        let bytes = riff(&chunks);
        assert!(is_midi(&bytes));
        assert_whole(&bytes, &[]);
    }
    let mut wrong = riff(&[&odd, &data]);
    wrong[4..8].fill(0);
    assert_whole(&wrong, &[]);
    // The header of an old Macintosh.
    let mac = [&[0; 128], &own[..]].concat();
    assert!(
        is_midi(&mac) && !is_midi(b"{\"format\":\"latent-pad path\"}") && !is_midi(b"RIFF\0\0\0\0WAVEfmt ")
    );
    assert_whole(&mac, &[]);
}

/// Notes as start, length and key, in sixteenths of a beat of 1920 ticks a second.
fn notes(events: &[(u8, &[u8])]) -> Vec<(f64, f64, u8)> {
    let mut bytes = vec![0, 0xB0, 16, 64];
    for (eighths, message) in events {
        // The delta of so many eighths of a second.
        let ticks = u16::from(*eighths) * 240;
        bytes.extend([0x80 | (ticks >> 7) as u8, (ticks & 0x7F) as u8]);
        bytes.extend(*message);
    }
    let import = import(&file(&bytes));
    assert_eq!(import.losses, []);
    let shown = |note: &PathNote| (note.start_s * 8.0, note.length_s * 8.0, note.key.unwrap());
    import.path.notes().iter().map(shown).collect()
}

#[test]
fn a_note_ends_by_the_release_of_its_own_channel() {
    let two =
        notes(&[(0, &[0x90, 60, 100]), (1, &[0x91, 60, 100]), (1, &[0x81, 60, 64]), (6, &[0x80, 60, 64])]);
    assert_eq!(two, [(0.0, 8.0, 60), (1.0, 1.0, 60)]);
    let crossed =
        notes(&[(0, &[0x9F, 60, 100]), (1, &[0x90, 60, 100]), (1, &[0x8F, 60, 64]), (2, &[0x90, 60, 0])]);
    assert_eq!(crossed, [(0.0, 2.0, 60), (1.0, 3.0, 60)]);
}

#[test]
fn a_pedal_holds_the_notes_of_its_channel() {
    let (down, up): (&[u8], &[u8]) = (&[0xB0, 64, 127], &[0xB0, 64, 0]);
    let (press, release): (&[u8], &[u8]) = (&[0x90, 60, 100], &[0x80, 60, 64]);
    assert_eq!(notes(&[(0, down), (0, press), (1, release), (7, up), (8, up)]), [(0.0, 8.0, 60)]);
    // Down only after the press; a second pedal; another channel's pedal.
    assert_eq!(notes(&[(0, press), (1, down), (1, release), (2, up), (4, up)]), [(0.0, 4.0, 60)]);
    assert_eq!(
        notes(&[(0, &[0xB0, 69, 64]), (0, press), (1, release), (2, &[0xB0, 69, 63])]),
        [(0.0, 3.0, 60)]
    );
    assert_eq!(notes(&[(0, &[0xB1, 64, 127]), (0, press), (1, release), (2, up)]), [(0.0, 1.0, 60)]);
    // Never up: to the end. A key that is still down outlasts the pedal.
    assert_eq!(notes(&[(0, down), (0, press), (1, release), (4, down)]), [(0.0, 5.0, 60)]);
    assert_eq!(notes(&[(0, down), (0, press), (2, up), (1, release), (1, up)]), [(0.0, 3.0, 60)]);
}

#[test]
fn a_pedal_holds_several_notes_until_it_goes_up_or_their_keys_go_down_again() {
    let held = notes(&[
        (0, &[0xB0, 64, 127]),
        (0, &[0x90, 60, 100]),
        (1, &[0x80, 60, 64]),
        (0, &[0x90, 64, 100]),
        (1, &[0x80, 64, 64]),
        (0, &[0x90, 60, 90]),
        (1, &[0x80, 60, 64]),
        (1, &[0xB0, 64, 0]),
        (1, &[0x90, 67, 90]),
        (1, &[0x80, 67, 64]),
    ]);
    assert_eq!(held, [(0.0, 2.0, 60), (1.0, 3.0, 64), (2.0, 2.0, 60), (5.0, 1.0, 67)]);
}

#[test]
fn the_sostenuto_pedal_holds_only_the_keys_that_were_down() {
    let kept = notes(&[
        (0, &[0x90, 60, 100]),
        (1, &[0xB0, 66, 127]),
        (0, &[0x90, 64, 100]),
        (1, &[0x80, 60, 64]),
        (0, &[0x80, 64, 64]),
        (2, &[0xB0, 66, 0]),
        (2, &[0xB0, 66, 0]),
    ]);
    assert_eq!(kept, [(0.0, 4.0, 60), (1.0, 1.0, 64)]);
}

#[test]
fn channel_modes_release_keys() {
    let press: &[u8] = &[0x90, 60, 100];
    let down: &[u8] = &[0xB0, 64, 127];
    let later: (u8, &[u8]) = (4, &[0xB0, 1, 0]);
    assert_eq!(notes(&[(0, press), (1, &[0xB0, 123, 0]), later]), [(0.0, 1.0, 60)]);
    assert_eq!(notes(&[(0, press), (1, &[0xB0, 120, 0]), later]), [(0.0, 1.0, 60)]);
    assert_eq!(notes(&[(0, down), (0, press), (1, &[0xB0, 123, 0]), later]), [(0.0, 5.0, 60)]);
    assert_eq!(
        notes(&[(0, down), (0, press), (1, &[0xB0, 123, 0]), (1, &[0xB0, 121, 0]), later]),
        [(0.0, 2.0, 60)]
    );
}

#[test]
fn notes_beyond_those_of_a_path_are_counted() {
    let limit = path::latent_path::NOTE_LIMIT;
    let presses: Vec<u8> = (0..limit + 3).flat_map(|_| [0, 0x90, 60, 100, 0, 0x80, 60, 64]).collect();
    let import = import(&file(&[&moves(&[], &[])[..], &presses].concat()));
    assert_eq!(import.losses, [MidiLoss::Notes(3)]);
    assert_eq!(import.path.notes().len(), limit);
}

#[test]
fn a_track_has_a_name_in_any_encoding() {
    for name in [&b"Bl\xE4ser"[..], "Bläser".as_bytes()] {
        let meta = [&[0, 0xFF, 3, u8::try_from(name.len()).unwrap()], name].concat();
        assert_eq!(import(&file(&[&meta[..], &moves(&[], &[])].concat())).path.name(), "Bläser");
    }
}
