//! The paths that the page sends to the audio thread, as 32-bit words, little-endian in a message. This module writes
//! and reads them; reading checks everything, and never allocates.
//!
//! | words | meaning |
//! |---|---|
//! | 1 | the number of fingers, 1…[`FINGER_LIMIT`] |
//! | 3 for each finger | the numbers of its strokes, levels and points |
//! | 2 for each stroke | the number of the finger's points up to its end; velocity, 1…127, and 256 × its key, 128 without one |
//! | 2 for each level | ticks from the beginning; the level, f32, 0…1 |
//! | 3 for each point | ticks from the beginning; x and y, f32 |
//!
//! Each finger's strokes, levels and points follow each other, then those of the next finger.

use plane::Point;

/// Ticks of a path's clock in a second: the fineness in which paths are kept.
pub const TICKS_PER_S: f64 = 1e4;
/// The most fingers of a path: those of two hands.
pub const FINGER_LIMIT: usize = 10;
/// The most words of all paths that play together: 2 MB, three times ten minutes of a hundred free points a second.
pub const WORD_LIMIT: usize = 1 << 19;

/// The most paths that play together: eight loops, 0…7, and two of the beat.
pub const PATH_COUNT: usize = 10;

/// The most lanes of keys: four octaves of twelve, and the root above.
pub const LANE_LIMIT: usize = 64;

/// The direction in which a path plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathDirection {
    /// From the beginning to the end.
    #[default]
    Forward,
    /// From the end to the beginning.
    Backward,
    /// Forward, then backward.
    ThereAndBack,
}

impl PathDirection {
    /// The direction of a number in a message, 0…2; forward for others.
    pub fn from_number(number: u32) -> Self {
        [Self::Forward, Self::Backward, Self::ThereAndBack].get(number as usize).copied().unwrap_or_default()
    }
}

/// The key of a stroke that has none.
pub const NO_KEY: u32 = 128;
const FINGER_WORDS: usize = 3;
const STROKE_WORDS: usize = 2;
const LEVEL_WORDS: usize = 2;
const POINT_WORDS: usize = 3;

/// A stroke to write.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreStroke {
    /// The MIDI key, 0…127; `None` if it takes the keys that touches play.
    pub key: Option<u8>,
    /// The MIDI velocity, 1…127.
    pub velocity: u8,
    /// Seconds from the beginning and points, in order of time.
    pub points: Vec<(f64, Point)>,
}

/// A finger to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreFinger {
    /// The strokes that it plays.
    pub strokes: Vec<ScoreStroke>,
    /// Seconds from the beginning and levels, 0…1, in order of time.
    pub levels: Vec<(f64, f32)>,
}

/// Writes the words of a path.
pub fn write(fingers: &[ScoreFinger]) -> Vec<u32> {
    let ticks = |time_s: f64| (time_s * TICKS_PER_S).round() as u32;
    let mut words = vec![fingers.len() as u32];
    for ScoreFinger { strokes, levels } in fingers {
        let points: usize = strokes.iter().map(|stroke| stroke.points.len()).sum();
        words.extend([strokes.len(), levels.len(), points].map(|count| count as u32));
    }
    for ScoreFinger { strokes, levels } in fingers {
        let mut end = 0;
        for stroke in strokes {
            end += stroke.points.len() as u32;
            let key = stroke.key.map_or(NO_KEY, u32::from);
            words.extend([end, u32::from(stroke.velocity) | key << 8]);
        }
        words.extend(levels.iter().flat_map(|&(time_s, level)| [ticks(time_s), level.to_bits()]));
        let points = strokes.iter().flat_map(|stroke| &stroke.points);
        words.extend(points.flat_map(|&(time_s, at)| [ticks(time_s), at.x.to_bits(), at.y.to_bits()]));
    }
    words
}

/// The positions of a finger's words.
#[derive(Clone, Copy, Debug, Default)]
pub struct FingerScore {
    strokes_at: usize,
    strokes: usize,
    levels_at: usize,
    levels: usize,
    points_at: usize,
}

/// A stroke of a finger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadStroke {
    /// Its place among the finger's strokes.
    pub number: usize,
    /// The ticks at which it begins and ends.
    pub ticks: [f64; 2],
    /// The MIDI key, 0…127; `None` if it takes the keys that touches play.
    pub key: Option<u8>,
    /// The MIDI velocity, 1…127.
    pub velocity: u8,
    /// Its points, by number.
    first: usize,
    end: usize,
}

/// Finds the fingers of a path in its words; `None` if the words are not a path of at most this many ticks.
#[inline(never)]
pub fn read(words: &[u32], length_ticks: f64) -> Option<([FingerScore; FINGER_LIMIT], usize)> {
    let count = *words.first()? as usize;
    let mut fingers = [FingerScore::default(); FINGER_LIMIT];
    let mut at = 1 + FINGER_WORDS * count.min(FINGER_LIMIT);
    if !(1..=FINGER_LIMIT).contains(&count) || words.len() < at || words.len() > WORD_LIMIT {
        return None;
    }
    for (number, finger) in fingers[..count].iter_mut().enumerate() {
        let counts = &words[1 + FINGER_WORDS * number..][..FINGER_WORDS];
        let [strokes, levels, points] = [counts[0] as usize, counts[1] as usize, counts[2] as usize];
        if [strokes, levels, points].iter().any(|&count| count > WORD_LIMIT) {
            return None;
        }
        let levels_at = at + STROKE_WORDS * strokes;
        let points_at = levels_at + LEVEL_WORDS * levels;
        *finger = FingerScore { strokes_at: at, strokes, levels_at, levels, points_at };
        at = points_at + POINT_WORDS * points;
        if words.len() < at || !finger.is_valid(words, points, length_ticks) {
            return None;
        }
    }
    (at == words.len()).then_some((fingers, count))
}

impl FingerScore {
    fn is_valid(&self, words: &[u32], points: usize, length_ticks: f64) -> bool {
        let is_forward = |at: usize, step: usize, count: usize| {
            let mut last = 0;
            let mut times = (0..count).map(|number| words[at + step * number]);
            times.all(|ticks| std::mem::replace(&mut last, ticks) <= ticks) && f64::from(last) <= length_ticks
        };
        let mut end = 0;
        let are_strokes = (0..self.strokes).all(|number| {
            let [next, sound] = self.stroke_words(words, number);
            let grows = std::mem::replace(&mut end, next) < next;
            grows && (1..128).contains(&(sound & 255)) && sound >> 8 <= NO_KEY
        });
        are_strokes
            && end as usize == points
            && is_forward(self.points_at, POINT_WORDS, points)
            && is_forward(self.levels_at, LEVEL_WORDS, self.levels)
    }

    fn stroke_words(&self, words: &[u32], number: usize) -> [u32; STROKE_WORDS] {
        let at = self.strokes_at + STROKE_WORDS * number;
        [words[at], words[at + 1]]
    }

    fn point_ticks(&self, words: &[u32], number: usize) -> f64 {
        words[self.points_at + POINT_WORDS * number].into()
    }

    fn point(&self, words: &[u32], number: usize) -> Point {
        let at = self.points_at + POINT_WORDS * number;
        Point::on_plane(f32::from_bits(words[at + 1]), f32::from_bits(words[at + 2]))
    }

    /// The number of strokes.
    pub fn strokes(&self) -> usize {
        self.strokes
    }

    /// The stroke of a number below [`Self::strokes`].
    pub fn stroke(&self, words: &[u32], number: usize) -> ReadStroke {
        let first = if number == 0 { 0 } else { self.stroke_words(words, number - 1)[0] as usize };
        let [end, sound] = self.stroke_words(words, number);
        let end = end as usize;
        let ticks = [self.point_ticks(words, first), self.point_ticks(words, end - 1)];
        let key = Some(sound >> 8).filter(|&key| key < NO_KEY).map(|key| key as u8);
        ReadStroke { number, ticks, key, velocity: sound as u8, first, end }
    }

    /// The point of a stroke at a time in ticks, on the line between the points before and after it.
    pub fn at(&self, words: &[u32], stroke: &ReadStroke, ticks: f64) -> Point {
        let count = partition(stroke.end - stroke.first, &|number| {
            self.point_ticks(words, stroke.first + number) <= ticks
        });
        let before = stroke.first + count.max(1) - 1;
        let (from, from_ticks) = (self.point(words, before), self.point_ticks(words, before));
        if before + 1 >= stroke.end {
            return from;
        }
        let to_ticks = self.point_ticks(words, before + 1);
        from.towards(self.point(words, before + 1), share(ticks, from_ticks, to_ticks))
    }

    /// The level at a time in ticks, 0…1; `None` without levels.
    pub fn level(&self, words: &[u32], ticks: f64) -> Option<f32> {
        let last = self.levels.checked_sub(1)?;
        let entry = |number: usize| {
            let at = self.levels_at + LEVEL_WORDS * number;
            let level = f32::from_bits(words[at + 1]);
            (f64::from(words[at]), if level.is_nan() { 1.0 } else { level.clamp(0.0, 1.0) })
        };
        let before = partition(self.levels, &|number| entry(number).0 <= ticks).max(1) - 1;
        let ((from_ticks, from), (to_ticks, to)) = (entry(before), entry((before + 1).min(last)));
        Some(from + (to - from) * share(ticks, from_ticks, to_ticks))
    }
}

/// The position of a time between two others, 0…1.
fn share(ticks: f64, from_ticks: f64, to_ticks: f64) -> f32 {
    if to_ticks > from_ticks {
        ((ticks - from_ticks) / (to_ticks - from_ticks)).clamp(0.0, 1.0) as f32
    } else {
        0.0
    }
}

/// The count of numbers from 0 for which `is_before` holds, at most `count`. It must hold for every number before a
/// border and for no other (binary search).
#[inline(never)]
pub fn partition(count: usize, is_before: &dyn Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32) -> Point {
        Point { x, y: -x }
    }

    fn written() -> Vec<u32> {
        let line = ScoreStroke { key: None, velocity: 90, points: vec![(0.0, at(0.0)), (1.0, at(2.0))] };
        let rest = ScoreStroke { key: Some(67), velocity: 127, points: vec![(1.5, at(3.0)), (2.0, at(3.0))] };
        write(&[
            ScoreFinger { strokes: vec![line, rest], levels: vec![(0.0, 1.0), (2.0, 0.0)] },
            ScoreFinger::default(),
        ])
    }

    #[test]
    fn what_is_written_is_read() {
        let words = written();
        let (fingers, count) = read(&words, 2.0 * TICKS_PER_S).unwrap();
        assert_eq!((count, fingers[0].strokes(), fingers[1].strokes()), (2, 2, 0));
        let [line, rest] = [0, 1].map(|number| fingers[0].stroke(&words, number));
        assert_eq!((line.key, line.velocity, line.ticks), (None, 90, [0.0, 10_000.0]));
        assert_eq!((rest.key, rest.velocity, rest.ticks), (Some(67), 127, [15_000.0, 20_000.0]));
        assert_eq!(fingers[0].at(&words, &line, 5_000.0), at(1.0));
        assert_eq!(fingers[0].at(&words, &rest, 1e9), at(3.0));
        assert_eq!(
            [0.0, 5_000.0, 3e4].map(|ticks| fingers[0].level(&words, ticks)),
            [1.0, 0.75, 0.0].map(Some)
        );
        assert_eq!(fingers[1].level(&words, 0.0), None);
    }

    #[test]
    fn words_that_are_no_path_are_rejected() {
        let words = written();
        assert!(read(&words, 19_999.0).is_none(), "it is longer");
        for length in 0..words.len() {
            assert!(read(&words[..length], 1e6).is_none(), "{length} words");
        }
        for (place, word) in
            [(0, 0), (0, 11), (0, u32::MAX), (1, u32::MAX), (3, 3), (7, 9), (8, 0), (8, 200 << 8 | 1)]
        {
            let mut damaged = words.clone();
            damaged[place] = word;
            assert!(read(&damaged, 1e6).is_none(), "{word} at {place}");
        }
    }

    #[test]
    fn points_that_are_no_numbers_lie_on_the_plane() {
        let mut words = written();
        for word in [f32::NAN, f32::INFINITY, 1e30].map(f32::to_bits) {
            let last = words.len() - 1;
            words[last] = word;
            let (fingers, _) = read(&words, 1e6).unwrap();
            let stroke = fingers[0].stroke(&words, 1);
            assert!(fingers[0].at(&words, &stroke, 2e4).is_on_plane());
        }
    }
}
