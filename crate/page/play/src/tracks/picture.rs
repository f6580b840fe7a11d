//! The picture of a loop in its track: its notes as blocks where it plays several keys, or else the course of its path.

use path::strokes::Path;
use plane::{LATENT_LIMIT, Point};

use crate::loops::{Direction, RecordedLoop};
use crate::notes::Notes;

/// Steps of a round in which a sliding finger's keys are looked up: a sixty-fourth of a bar in loops of two bars.
const STEPS: u16 = 128;

/// A note of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoteBlock {
    /// Where it begins, as a share of the round.
    pub start: f32,
    /// Its length, as a share of the round.
    pub length: f32,
    /// Its MIDI key.
    pub key: u8,
}

/// The picture of a loop.
#[derive(Clone, Debug, PartialEq)]
pub enum LoopPicture {
    /// Its notes, in order of time; their lowest and their highest key differ.
    Notes(Vec<NoteBlock>),
    /// The heights of its fingers, 0…1, where they are down: a list of shares of the round and heights for each stroke.
    Course(Vec<Vec<[f32; 2]>>),
}

impl LoopPicture {
    /// The picture of a loop; `notes` are those of touches, for a loop that keeps none of its own.
    pub fn new(own: &RecordedLoop, notes: &Notes) -> Self {
        let notes = own.sound.as_deref().map_or(notes, |sound| &sound.notes);
        let turned = |share: f64| if own.direction == Direction::Backward { 1.0 - share } else { share };
        let share = |time_s: f64| turned(time_s / own.length_s) as f32;
        let mut blocks = Vec::new();
        for path in &own.fingers {
            add_blocks(path, own.length_s, notes, &mut blocks);
        }
        let is_melody = blocks.iter().any(|block: &SlidKey| block.key != blocks[0].key);
        if !is_melody {
            let strokes = own.fingers.iter().flat_map(|path| courses(path, own.length_s));
            let placed = |line: Vec<(f64, f32)>| {
                line.into_iter().map(|(time_s, height)| [share(time_s), height]).collect()
            };
            return Self::Course(strokes.map(placed).collect());
        }
        let block = |own_block: &SlidKey| {
            let (one, other) = (share(own_block.start_s), share(own_block.end_s));
            NoteBlock { start: one.min(other), length: (other - one).abs(), key: own_block.key }
        };
        let mut blocks: Vec<NoteBlock> = blocks.iter().map(block).collect();
        blocks.sort_by(|one, other| one.start.total_cmp(&other.start));
        Self::Notes(blocks)
    }
}

/// A key that a finger plays, in seconds of the recording.
struct SlidKey {
    start_s: f64,
    end_s: f64,
    key: u8,
}

/// Adds the keys that a finger plays one after another.
fn add_blocks(path: &Path, length_s: f64, notes: &Notes, blocks: &mut Vec<SlidKey>) {
    let step_s = length_s / f64::from(STEPS);
    for note in path.notes() {
        let (from_s, to_s) = (note.start_s, note.start_s + note.length_s.max(step_s));
        if let Some(key) = note.key {
            blocks.push(SlidKey { start_s: from_s, end_s: to_s, key });
            continue;
        }
        let first = blocks.len();
        let steps = ((to_s - from_s) / step_s).ceil() as u16;
        for step in 0..steps {
            let now_s = from_s + f64::from(step) * step_s;
            let Some(now) = path.at(now_s.min(note.start_s + note.length_s)) else { continue };
            let Some(&key) = notes.keys_at(now.point).first() else { continue };
            let end_s = (now_s + step_s).min(to_s);
            match blocks[first..].last_mut() {
                Some(last) if last.key == key => last.end_s = end_s,
                _ => blocks.push(SlidKey { start_s: now_s, end_s, key }),
            }
        }
    }
}

/// The strokes of a finger as times in seconds and heights on the plane, 0…1.
fn courses(path: &Path, length_s: f64) -> Vec<Vec<(f64, f32)>> {
    let step_s = length_s / f64::from(STEPS);
    let height = |point: Point| (point.y + LATENT_LIMIT) / (2.0 * LATENT_LIMIT);
    let course = |start_s: f64, length_s: f64| {
        let steps = (length_s / step_s).ceil().max(1.0) as u16;
        let times = (0..=steps).map(move |step| start_s + length_s * f64::from(step) / f64::from(steps));
        times.filter_map(|time_s| Some((time_s, height(path.at(time_s)?.point)))).collect()
    };
    path.notes().map(|note| course(note.start_s, note.length_s)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scale;
    use crate::loops::Recorded;
    use crate::notes::Layout;

    /// A finger that slides over the whole plane within a round of a second.
    fn slide() -> RecordedLoop {
        let mut path = Path::default();
        path.land(0.0, Point { x: -4.0, y: -4.0 }, 90);
        (1..=100).for_each(|step| {
            let place = -4.0 + 0.08 * step as f32;
            path.slide(f64::from(step) / 100.0, Point { x: place, y: place });
        });
        RecordedLoop::from(Recorded { fingers: vec![path], length_s: 1.0 })
    }

    #[test]
    fn a_slide_over_a_scale_shows_its_keys_one_after_another() {
        let (scale, layout) = (Scale::Major, Layout::ScaleAcross);
        let notes = Notes { scale, layout, octaves: 1, ..Notes::default() };
        let LoopPicture::Notes(blocks) = LoopPicture::new(&slide(), &notes) else { panic!("a melody") };
        let keys: Vec<u8> = blocks.iter().map(|block| block.key).collect();
        assert_eq!(keys, [60, 62, 64, 65, 67, 69, 71, 72]);
        assert!(blocks.iter().all(|block| (block.length - 0.125).abs() < 0.02));
        let backward = RecordedLoop { direction: Direction::Backward, ..slide() };
        let LoopPicture::Notes(blocks) = LoopPicture::new(&backward, &notes) else { panic!("a melody") };
        assert_eq!(blocks.first().map(|block| block.key), Some(72));
    }

    #[test]
    fn a_single_note_shows_the_course_of_its_path() {
        let LoopPicture::Course(lines) = LoopPicture::new(&slide(), &Notes::default()) else {
            panic!("one note")
        };
        let [line] = &lines[..] else { panic!("one stroke") };
        assert!(line.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] <= pair[1][1]));
        assert_eq!((line[0], line[line.len() - 1]), ([0.0, 0.0], [1.0, 1.0]));
    }

    #[test]
    fn a_tap_is_visible() {
        let mut path = Path::default();
        path.land(0.5, Point::default(), 90);
        let own = RecordedLoop::from(Recorded { fingers: vec![path], length_s: 1.0 });
        let LoopPicture::Course(lines) = LoopPicture::new(&own, &Notes::default()) else {
            panic!("one note")
        };
        assert_eq!(lines[0][0], [0.5, 0.5]);
    }
}
