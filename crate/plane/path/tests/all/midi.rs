//! Promises of MIDI files: a path that was written is read again to within the resolution of controllers and ticks;
//! another file is refused with one sentence.

use midly::{MetaMessage, MidiMessage, Smf, TrackEventKind};
use path::midi::{MidiPathError, MidiUsual, read_midi, write_automation, write_midi};
use path::{LatentPath, PathNote};
use proptest::prelude::*;

const USUAL: MidiUsual = MidiUsual { key: 60, bpm: 120.0 };

proptest! {
    #[test]
    fn a_written_path_is_read_again(
        (x, y, level) in (3usize..200).prop_flat_map(|steps| {
            let lane = || prop::collection::vec(-4.0f32..=4.0, steps);
            (lane(), lane(), prop::option::of(prop::collection::vec(0.0f32..=1.0, steps)))
        }),
        notes in prop::collection::vec((0.0f64..0.8, 0.01f64..0.2, 0u8..128), 0..5),
        beats in prop::option::of(1.0f64..16.0),
    ) {
        let mut path = LatentPath::new(vec![x, y], 100.0).unwrap();
        path.set_level(level.as_deref());
        path.set_beats(beats);
        path.set_name("A path");
        let length_s = path.length_s();
        let mut keys = std::collections::BTreeSet::new();
        // Two notes of one key at the same time are one in MIDI.
        let notes: Vec<PathNote> = notes
            .into_iter()
            .filter(|note| keys.insert(note.2))
            .map(|(start, length, key)| PathNote {
                start_s: start * length_s, length_s: length * length_s, key: Some(key), velocity: 90,
            })
            .collect();
        path.set_notes(&notes);
        let again = read_midi(&write_midi(&path, USUAL)).unwrap().path;
        prop_assert_eq!((again.name(), again.steps()), ("A path", path.steps()));
        for (one, other) in path.points().zip(again.points()) {
            prop_assert!(one.distance(other) < 1e-3, "{one:?} {other:?}");
        }
        for (one, other) in path.level().unwrap_or(&[]).iter().zip(again.level().unwrap_or(&[])) {
            prop_assert!((one - other).abs() < 0.005);
        }
        prop_assert_eq!(path.level().is_some(), again.level().is_some());
        prop_assert_eq!(path.notes().len(), again.notes().len());
        // By key: notes that begin within one tick may change places.
        for one in path.notes() {
            let key = one.key.unwrap_or(60);
            let other = again.notes().iter().find(|other| other.key == Some(key)).unwrap();
            prop_assert_eq!(one.velocity, other.velocity);
            prop_assert!((one.start_s - other.start_s).abs() < 2e-3);
            prop_assert!((one.end_s() - other.end_s()).abs() < 4e-3);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..400) {
        let _ = read_midi(&bytes);
        let path = LatentPath::new(vec![vec![0.0, 1.0]; 2], 10.0).unwrap();
        let mut file = write_midi(&path, USUAL);
        file.truncate(cut);
        let _ = read_midi(&file);
        file.extend(bytes);
        let _ = read_midi(&file);
    }
}

#[test]
fn another_file_gets_one_sentence() {
    assert_eq!(read_midi(b"no MIDI"), Err(MidiPathError::NoMidi));
    let path = LatentPath::new(vec![vec![0.0, 1.0]; 2], 10.0).unwrap();
    let automation = write_automation(&path, USUAL, |_| Some(patch::Patch::default())).unwrap();
    let patch_only = read_midi(&automation).unwrap_err();
    assert!(patch_only.to_string().contains("controllers 16 and 17"), "{patch_only}");
    assert_eq!(write_automation(&path, USUAL, |_| None), None);
}

#[test]
fn the_first_name_that_is_not_empty_counts() {
    let mut path = LatentPath::new(vec![vec![0.0, 1.0]; 2], 10.0).unwrap();
    path.set_name("Lead");
    let file = write_midi(&path, USUAL);
    // As a file of two tracks, of which the first has an empty name.
    let tempo_track = b"MTrk\0\0\0\x08\0\xFF\x03\0\0\xFF\x2F\0";
    let header = [&file[..8], &[0, 1, 0, 2], &file[12..14]].concat();
    let two = [&header, &tempo_track[..], &file[14..]].concat();
    assert_eq!(read_midi(&two).unwrap().path.name(), "Lead");
}

#[test]
fn a_key_stays_down_until_the_last_of_its_notes_ends() {
    let mut path = LatentPath::new(vec![vec![0.0; 401]; 2], 100.0).unwrap();
    let note = |start_s: f64, length_s: f64, key| PathNote { start_s, length_s, key, velocity: 90 };
    // Two without a key, of which the second begins while the first sounds;
    // and one of the same key right after another.
    path.set_notes(&[note(0.0, 1.0, None), note(0.5, 1.5, None), note(2.0, 0.5, Some(60))]);
    let again = read_midi(&write_midi(&path, USUAL)).unwrap().path;
    let times: Vec<[i64; 2]> = again
        .notes()
        .iter()
        .map(|note| [note.start_s, note.end_s()].map(|time_s| (time_s * 100.0).round() as i64))
        .collect();
    assert_eq!(times, [[0, 50], [50, 200], [200, 250]]);
    // Some programs pair the presses of a key with its releases, one to one.
    let file = write_midi(&path, USUAL);
    let file = Smf::parse(&file).unwrap();
    let is_press = file.tracks[0].iter().filter_map(|event| match event.kind {
        TrackEventKind::Midi { message: MidiMessage::NoteOn { .. }, .. } => Some(true),
        TrackEventKind::Midi { message: MidiMessage::NoteOff { .. }, .. } => Some(false),
        _ => None,
    });
    assert_eq!(is_press.collect::<Vec<_>>(), [true, false].repeat(3));
}

#[test]
fn the_shortest_path_is_read_again() {
    for length_s in [0.001, 1.0 / 120.0] {
        let path = LatentPath::new(vec![vec![0.0, 1.0]; 2], 1.0 / length_s).unwrap();
        let again = read_midi(&write_midi(&path, USUAL)).unwrap().path;
        assert!((again.length_s() - length_s).abs() < 3e-4, "{length_s}: {}", again.length_s());
        assert!((again.lanes()[0][again.steps() - 1] - 1.0).abs() < 1e-3);
    }
}

#[test]
fn a_file_says_the_tempo_of_its_beats_or_else_the_usual_one() {
    let mut path = LatentPath::new(vec![vec![0.0; 201]; 2], 100.0).unwrap();
    let tempo_us = |path: &LatentPath| {
        let file = write_midi(path, MidiUsual { key: 60, bpm: 96.0 });
        let again = read_midi(&file).unwrap().path;
        assert!((again.length_s() - 2.0).abs() < 1e-3, "the tempo changes no time: {}", again.length_s());
        let file = Smf::parse(&file).unwrap();
        file.tracks[0].iter().find_map(|event| match event.kind {
            TrackEventKind::Meta(MetaMessage::Tempo(beat_us)) => Some(beat_us.as_int()),
            _ => None,
        })
    };
    assert_eq!(tempo_us(&path), Some(625_000));
    path.set_beats(Some(3.0));
    assert_eq!(tempo_us(&path), Some(666_667));
}
