//! A finger of a recorded loop as a path, and the loop once another path has replaced that finger. The fields of the
//! loop that a path does not know stay as they are.

use path::latent_path::BEAT_LIMIT;
use path::strokes::Path;
use path::{LatentPath, LinkedLoop};

use crate::loops::{Direction, Recorded, RecordedLoop};

/// A loop without a path: the number 0 asks for a free one.
pub(super) fn empty_loop() -> RecordedLoop {
    RecordedLoop::from(Recorded { fingers: Vec::new(), length_s: 0.0 })
}

/// The path of a finger; `None` if the loop has no finger.
pub(super) fn finger_path(own: &RecordedLoop, finger: usize) -> Option<LatentPath> {
    let strokes = own.fingers.get(finger)?;
    let mut path = LatentPath::from_strokes(strokes, own.length_s);
    path.set_loop(true);
    path.set_name(own.name.as_deref().unwrap_or_default());
    path.set_beats(own.beats.map(f64::from));
    Some(path)
}

/// The whole beats of a loop once it lasts as long as a path that replaces its finger: a longer one has more of them,
/// since with as many it would only play slower. `None` if it lasts seconds.
pub(super) fn whole_beats(own: &RecordedLoop, path: &LatentPath, length_s: f64) -> Option<u16> {
    let beats = match own.length_s {
        former_s if former_s > 0.0 => f64::from(own.beats?) * length_s / former_s,
        _ => path.beats()?,
    };
    Some(beats.round().clamp(1.0, BEAT_LIMIT) as u16)
}

/// The loop with a finger replaced by a path; by several fingers if notes of the path sound at the same time.
/// `before` is the path that the finger had: one that plays like it keeps the recorded points and length.
pub(super) fn with_path(
    own: &RecordedLoop,
    finger: usize,
    before: Option<&LatentPath>,
    path: &LatentPath,
) -> RecordedLoop {
    let is_kept = before.is_some_and(|before| before.plays_like(path));
    let mut fingers: Vec<Path> = Vec::new();
    let mut length_s = if is_kept { own.length_s } else { path.length_s() };
    for (number, former) in own.fingers.iter().enumerate() {
        if number != finger || is_kept {
            fingers.push(former.clone());
        } else {
            fingers.extend(path.to_strokes());
        }
    }
    if own.fingers.is_empty() {
        fingers.extend(path.to_strokes());
    }
    length_s = fingers.iter().map(Path::end_s).fold(length_s, f64::max);
    let name = Some(path.name().to_owned()).filter(|name| !name.is_empty());
    RecordedLoop { fingers, length_s, beats: whole_beats(own, path, length_s), name, ..own.clone() }
}

/// The loop of one finger that another path replaces whole: its instrument, speed and direction stay.
pub(super) fn of_path(own: RecordedLoop, path: &LatentPath) -> RecordedLoop {
    // The other path has its own length, beats and fingers.
    let bare = RecordedLoop { fingers: Vec::new(), length_s: 0.0, beats: None, ..own };
    with_path(&bare, 0, None, path)
}

/// The part of a loop that a link holds.
pub(super) fn linked(own: &RecordedLoop) -> LinkedLoop {
    LinkedLoop {
        name: own.name.clone().unwrap_or_default(),
        fingers: own.fingers.clone(),
        length_s: own.length_s,
        beats: own.beats,
        speed: own.speed,
        direction: own.direction.number(),
        instrument: own.instrument.unwrap_or_default(),
    }
}

/// The new loop that a link holds.
pub(super) fn of_link(linked: LinkedLoop) -> RecordedLoop {
    let LinkedLoop { name, fingers, length_s, beats, speed, direction, instrument } = linked;
    let direction = Direction::ALL.get(usize::from(direction)).copied().unwrap_or_default();
    let name = Some(name).filter(|name| !name.is_empty());
    let own = RecordedLoop::from(Recorded { fingers, length_s });
    RecordedLoop { beats, speed, direction, instrument: Some(instrument), name, ..own }
}

#[cfg(test)]
mod tests {
    use path::{Scope, operators};
    use plane::Point;

    use super::*;

    fn finger(x: f32, length_s: f64) -> Path {
        let mut finger = Path::default();
        finger.land(0.0, Point { x, y: 0.0 }, 90);
        finger.slide(length_s, Point { x, y: 1.0 });
        finger.lift(length_s);
        finger
    }

    /// A loop of two seconds in four beats, which has a name.
    fn in_beats() -> RecordedLoop {
        RecordedLoop {
            number: 3,
            fingers: vec![finger(0.0, 2.0)],
            length_s: 2.0,
            beats: Some(4),
            speed: 0.5,
            direction: Direction::Backward,
            instrument: Some(2),
            name: Some("Tide".to_owned()),
            ..empty_loop()
        }
    }

    #[test]
    fn an_edited_finger_replaces_its_own_and_the_other_fingers_stay() {
        let own = RecordedLoop { fingers: vec![finger(1.0, 1.0), finger(2.0, 2.0)], ..in_beats() };
        let path = finger_path(&own, 1).unwrap();
        let moved = operators::bias(&path, Scope::Lanes, 0.5);
        let edited = with_path(&own, 1, Some(&path), &moved);
        assert_eq!((&edited.fingers[0], edited.length_s, edited.number), (&own.fingers[0], 2.0, 3));
        assert_eq!(finger_path(&edited, 1).unwrap(), moved);
        assert_eq!(finger_path(&own, 2), None);
    }

    #[test]
    fn a_path_that_replaces_a_whole_loop_keeps_its_instrument_speed_and_direction() {
        let mut path = finger_path(&in_beats(), 0).unwrap();
        path.set_name("Mix A");
        let replaced = of_path(in_beats(), &path);
        let expected = RecordedLoop { name: Some("Mix A".to_owned()), ..in_beats() };
        assert_eq!(RecordedLoop { fingers: in_beats().fingers, ..replaced }, expected);
        let new = of_path(empty_loop(), &path);
        assert_eq!((new.number, new.instrument, new.speed), (0, None, 1.0));
    }

    #[test]
    fn a_loop_in_beats_keeps_its_tempo_when_it_becomes_longer_or_shorter() {
        let path = finger_path(&in_beats(), 0).unwrap();
        let beats =
            |factor: f64| with_path(&in_beats(), 0, Some(&path), &operators::stretch(&path, factor)).beats;
        assert_eq!([0.01, 1.0, 1.5, 2.0].map(beats), [1, 4, 6, 8].map(Some));
    }

    #[test]
    fn a_file_says_the_beats_of_a_new_loop_and_a_name_can_be_removed() {
        let mut path = finger_path(&in_beats(), 0).unwrap();
        path.set_beats(Some(6.6));
        let new = of_path(empty_loop(), &path);
        assert_eq!((new.beats, new.name.as_deref()), (Some(7), Some("Tide")));
        path.set_name("");
        assert_eq!(with_path(&in_beats(), 0, None, &path).name, None);
    }

    #[test]
    fn a_loop_that_gets_another_name_keeps_its_recorded_points_and_length() {
        // The path's rate rounds some lengths to a little less.
        for length_s in (1..500).map(|number| f64::from(number) / 7.0) {
            let own = RecordedLoop { fingers: vec![finger(0.3, length_s)], length_s, ..in_beats() };
            let before = finger_path(&own, 0).unwrap();
            let mut path = before.clone();
            path.set_name("Ebb");
            let renamed = with_path(&own, 0, Some(&before), &path);
            assert_eq!(renamed, RecordedLoop { name: Some("Ebb".to_owned()), ..own });
        }
    }

    #[test]
    fn a_link_holds_all_of_a_loop_but_its_number() {
        let again = of_link(linked(&in_beats()));
        assert_eq!(again, RecordedLoop { number: 0, ..in_beats() });
    }
}
