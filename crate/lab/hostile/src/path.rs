//! A path file, as JSON or as MIDI: it is refused by a sentence, or a path within its limits that is written and read
//! again unchanged, converts to strokes and stays valid under every operator.

use path::latent_path::{LANE_LIMIT, NAME_LIMIT, NOTE_LIMIT, VALUE_LIMIT, VALUE_RANGE};
use path::midi::{MidiUsual, read_midi, write_midi};
use path::strokes::PATH_LIMIT_S;
use path::{LatentPath, Scope, closing, noise, operators, read, smooth, write};

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let path = match std::str::from_utf8(bytes) {
        Ok(text) => read(text).map_err(|error| error.to_string()),
        Err(_) => read_midi(bytes).map(|import| import.path).map_err(|error| error.to_string()),
    };
    let path = match path {
        Ok(path) => path,
        Err(error) => return assert!(error.chars().count() < 300, "{error}"),
    };
    check(&path);
    let again = read(&write(&path)).expect("what was written is read");
    assert_eq!(write(&again), write(&path));
    assert_eq!(again.lanes(), path.lanes());
    // Large paths take the same code, but are slow.
    if path.steps() > 2000 {
        return;
    }
    let length_s = path.length_s();
    for changed in [
        operators::reverse(&path),
        operators::scale(&path, Scope::Lanes, -1.5),
        operators::bias(&path, Scope::Level, 0.3),
        operators::stretch(&path, 0.37),
        operators::erase(&path, Scope::Lanes, 1..3),
        noise::randomise(&path, Scope::Lanes, 7, 0.5, length_s / 10.0),
        smooth::smooth(&path, Scope::Lanes, length_s / 7.0),
        closing::closed(&path, length_s / 3.0),
    ] {
        check(&changed);
        read(&write(&changed)).expect("what operators make is read");
    }
    for finger in path.to_strokes() {
        check(&LatentPath::from_strokes(&finger, length_s));
    }
    if path.lanes().len() == 2 {
        check(
            &read_midi(&write_midi(&path, MidiUsual { key: 60, bpm: 120.0 }))
                .expect("what was exported is read")
                .path,
        );
    }
}

fn check(path: &LatentPath) {
    assert!((1..=LANE_LIMIT).contains(&path.lanes().len()) && path.steps() >= 2);
    assert!(path.lanes().iter().all(|lane| lane.len() == path.steps()));
    assert!(path.steps() * path.lanes().len() <= VALUE_LIMIT);
    assert!(path.lanes().iter().flatten().all(|value| value.abs() <= VALUE_RANGE));
    assert!(path.level().is_none_or(|level| level.len() == path.steps()));
    assert!(path.length_s() > 0.0 && path.length_s() < PATH_LIMIT_S + 0.01);
    assert!((1..=NOTE_LIMIT).contains(&path.notes().len()));
    assert!(path.notes().iter().all(|note| note.start_s >= 0.0 && note.end_s() < path.length_s() + 0.001));
    assert!(path.name().chars().count() <= NAME_LIMIT);
}
