//! The timbre of a voice as a way on the map. The search for a sound also finds the cutoffs of the filter with which the
//! sound is as bright as the voice at each moment. The way begins where the sound lies on the map, and leads over points
//! whose decoded cutoffs rise and fall by as much. It is planned like a path that follows a curve, see `path::target`.

use path::target::{Goal, TargetRequest, plan};
use plane::map::VERSION;
use plane::{Layer, Map};

use crate::Point;
use crate::tracks::sung::HummedNote;

/// The time between two cutoffs of a voice, in seconds.
const CUTOFF_S: f64 = 0.01;
/// The time between two steps of a way, in seconds: a syllable takes two or more.
const STEP_S: f64 = 0.1;
/// The least movement of a cutoff, as a stored value: a little more than a quarter of an octave. A steady hum moves by
/// less; an "ah" that becomes an "oh" in a sound with a narrow filter moves by not much more.
const LEAST_MOVE: f32 = 0.07;
/// The shares of the quietest and the highest cutoffs that do not count for a movement: onsets.
const ENDS: f32 = 0.1;
/// The points around the sound's own, from which a way is chosen: so many on each side of a square, and how far it
/// reaches, in latent units.
const SIDE: u16 = 21;
const REACH: f32 = 2.0;
/// A stored cutoff in the unit of the plan's costs: an octave is 12.5.
const UNITS: f32 = 50.0;
/// The cost of each squared cell of distance from the sound's own point, in squared units: a way stays near it.
const FAR_COST: f32 = 0.05;

const CUTOFF: &str = "cutoff";
const DISTANCE: &str = "distance";

/// The cutoffs with which a patch is as bright as a voice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoiceTimbre {
    /// The time of the first one, in seconds of the recording.
    pub begin_s: f64,
    /// Stored values, every hundredth of a second; empty if the patch keeps its own cutoff.
    pub cutoffs: Vec<f32>,
}

impl VoiceTimbre {
    /// The mean cutoff around a time in seconds of the recording.
    fn around(&self, time_s: f64) -> f32 {
        let last = self.cutoffs.len() - 1;
        let at = |time_s: f64| (((time_s - self.begin_s) / CUTOFF_S).round().max(0.0) as usize).min(last);
        let near = &self.cutoffs[at(time_s - STEP_S / 2.0)..=at(time_s + STEP_S / 2.0)];
        near.iter().sum::<f32>() / near.len() as f32
    }

    /// True if the cutoff moves while notes sound.
    pub fn moves(&self, notes: &[HummedNote]) -> bool {
        if self.cutoffs.is_empty() {
            return false;
        }
        let of_note = |note: &HummedNote| {
            let steps = (note.length_s() / STEP_S) as usize;
            let times = 0..=steps;
            let begin_s = note.start_s;
            times.map(move |step| self.around(begin_s + STEP_S * step as f64)).collect::<Vec<f32>>()
        };
        let mut heard: Vec<f32> = notes.iter().flat_map(of_note).collect();
        heard.sort_by(f32::total_cmp);
        let end = (ENDS * heard.len() as f32) as usize;
        let (low, high) = (heard.get(end), heard.len().checked_sub(end + 1).and_then(|at| heard.get(at)));
        low.zip(high).is_some_and(|(low, high)| high - low >= LEAST_MOVE)
    }
}

/// The points around a sound's own, with the cutoffs that they decode to.
#[derive(Clone, Debug, PartialEq)]
pub struct TimbreGround {
    centre: Point,
    /// Stored values, in the order of [`TimbreGround::points`].
    cutoffs: Vec<f32>,
}

impl TimbreGround {
    /// The points whose cutoffs are needed: a square around a point. Beyond the edge of the plane they lie on it.
    pub fn points(centre: Point) -> Vec<Point> {
        Map::points(SIDE, REACH).map(|from| moved(centre, from)).collect()
    }

    /// The ground of these stored cutoffs; `None` if they are not as many finite numbers as there are points.
    pub fn new(centre: Point, cutoffs: Vec<f32>) -> Option<Self> {
        let is_whole = cutoffs.len() == usize::from(SIDE).pow(2) && cutoffs.iter().all(|own| own.is_finite());
        is_whole.then_some(Self { centre, cutoffs })
    }

    /// The point in the middle.
    pub fn centre(&self) -> Point {
        self.centre
    }

    /// The cutoff in the middle.
    fn own_cutoff(&self) -> f32 {
        self.cutoffs[self.cutoffs.len() / 2]
    }

    /// The map of cutoffs and of distances from the middle, in cells. Its points are relative to the middle.
    fn map(&self) -> Map {
        let cell = 2.0 * REACH / f32::from(SIDE - 1);
        let distances = Map::points(SIDE, REACH).map(|point| point.distance(Point::default()) / cell);
        let cutoffs = self.cutoffs.iter().map(|cutoff| UNITS * cutoff);
        let layers = vec![
            Layer::new(CUTOFF, "units", ["low", "high"], cutoffs),
            Layer::new(DISTANCE, "cells", ["near", "far"], distances),
        ];
        Map { version: VERSION, model: String::new(), grid: SIDE, limit: REACH, layers }
    }
}

fn moved(centre: Point, by: Point) -> Point {
    Point::on_plane(centre.x + by.x, centre.y + by.y)
}

/// A way on the map in the time of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct TimbreWay {
    begin_s: f64,
    /// Every [`STEP_S`]; at least two.
    points: Vec<Point>,
    /// The stored cutoff of the voice at the first point.
    pub voice_cutoff: f32,
    /// The stored cutoff that the first point decodes to.
    pub decoded_cutoff: f32,
}

impl TimbreWay {
    /// The way of the timbre of notes; `None` if it does not move, or the ground has no other cutoffs.
    pub fn of(timbre: &VoiceTimbre, notes: &[HummedNote], ground: &TimbreGround) -> Option<Self> {
        if !timbre.moves(notes) {
            return None;
        }
        let begin_s = notes.iter().map(|note| note.start_s).reduce(f64::min)?;
        let end_s = notes.iter().map(|note| note.end_s).fold(begin_s, f64::max);
        let steps = ((end_s - begin_s) / STEP_S).ceil() as usize + 1;
        let cutoffs: Vec<f32> =
            (0..steps.max(2)).map(|step| timbre.around(begin_s + STEP_S * step as f64)).collect();
        let (map, own) = (ground.map(), ground.own_cutoff());
        let [least, most] = map.layer(CUTOFF)?.range();
        let wanted = |cutoff: &f32| (UNITS * (own + cutoff - cutoffs[0])).clamp(least, most);
        let goal = |layer: &str, values, weight| Goal { layer: layer.to_owned(), values, weight };
        let request = TargetRequest {
            goals: vec![
                goal(CUTOFF, cutoffs.iter().map(wanted).collect(), 1.0),
                goal(DISTANCE, vec![0.0; cutoffs.len()], FAR_COST),
            ],
            pins: vec![(0, Point::default())],
            ..TargetRequest::default()
        };
        let planned = plan(&map, &request).ok()?.points;
        let points: Vec<Point> = planned.into_iter().map(|from| moved(ground.centre, from)).collect();
        let moves = points.iter().any(|point| *point != points[0]);
        moves.then_some(Self { begin_s, points, voice_cutoff: cutoffs[0], decoded_cutoff: own })
    }

    /// The point at a time in seconds of the recording.
    pub fn at(&self, time_s: f64) -> Point {
        let last = self.points.len() - 1;
        let place = ((time_s - self.begin_s) / STEP_S).clamp(0.0, last as f64);
        let before = (place as usize).min(last - 1);
        self.points[before].towards(self.points[before + 1], (place - before as f64) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Point = Point { x: 1.0, y: -1.0 };

    fn note(start_s: f64, end_s: f64) -> HummedNote {
        HummedNote { start_s, end_s, pitch: 60.0, velocity: 90, glide: None }
    }

    /// A voice of two seconds from second 1 on, whose cutoff this is by the second.
    fn voice(cutoff: impl Fn(f32) -> f32) -> VoiceTimbre {
        VoiceTimbre { begin_s: 1.0, cutoffs: (0..200).map(|at| cutoff(at as f32 / 100.0)).collect() }
    }

    /// A plane whose cutoff rises by an octave, 0.25, in a latent unit to the right.
    fn ground() -> TimbreGround {
        let cutoffs = TimbreGround::points(HERE).iter().map(|point| 0.25 * point.x).collect();
        TimbreGround::new(HERE, cutoffs).unwrap()
    }

    #[test]
    fn a_vowel_that_darkens_leads_away_to_darker_points_and_back() {
        // An "ah" of half a second, an "oh" that is an octave and a half darker, and an "ah" again.
        let vowels =
            |time_s: f32| 0.8 - 0.375 * (4.0 * (time_s - 0.5)).min(4.0 * (1.6 - time_s)).clamp(0.0, 1.0);
        let way = TimbreWay::of(&voice(vowels), &[note(1.0, 3.0)], &ground()).unwrap();
        assert_eq!((way.at(1.0), way.decoded_cutoff), (HERE, 0.25), "it begins at the sound's own point");
        assert!((way.voice_cutoff - 0.8).abs() < 1e-3);
        for step in 0..=40 {
            let time_s = 0.05 * f64::from(step);
            let wanted = vowels(time_s as f32) - 0.8;
            let cutoff = 0.25 * (way.at(1.0 + time_s).x - HERE.x);
            assert!((cutoff - wanted).abs() < 0.13, "after {time_s} s: {cutoff} for {wanted}");
        }
        assert!(way.at(2.1).x < HERE.x - 1.2 && (way.at(2.1).y - HERE.y).abs() < 0.3, "{:?}", way.at(2.1));
        assert!(way.at(2.9).distance(HERE) < 0.3, "{:?}", way.at(2.9));
    }

    #[test]
    fn a_steady_hum_stays_at_its_point() {
        let hum = voice(|time_s| 0.8 + 0.04 * (30.0 * time_s).sin());
        assert_eq!(TimbreWay::of(&hum, &[note(1.0, 3.0)], &ground()), None);
        let silent = VoiceTimbre::default();
        assert_eq!(TimbreWay::of(&silent, &[note(1.0, 3.0)], &ground()), None);
        let in_a_pause = voice(|time_s| if time_s < 1.0 { 0.8 } else { 0.2 });
        assert_eq!(TimbreWay::of(&in_a_pause, &[note(1.0, 1.9)], &ground()), None, "between notes");
    }

    #[test]
    fn a_ground_without_other_cutoffs_has_no_way() {
        let flat = TimbreGround::new(HERE, vec![0.4; TimbreGround::points(HERE).len()]).unwrap();
        let darker = voice(|time_s| 0.8 - 0.2 * time_s);
        assert_eq!(TimbreWay::of(&darker, &[note(1.0, 3.0)], &flat), None);
        assert_eq!(TimbreGround::new(HERE, vec![0.4; 3]), None);
        assert_eq!(TimbreGround::new(HERE, vec![f32::NAN; TimbreGround::points(HERE).len()]), None);
    }

    #[test]
    fn a_way_at_the_edge_stays_on_the_plane() {
        let edge = Point { x: 3.9, y: 3.9 };
        let points = TimbreGround::points(edge);
        assert!(points.iter().all(|point| point.is_on_plane()) && points[points.len() / 2] == edge);
        let cutoffs = points.iter().map(|point| 0.25 * point.x).collect();
        let ground = TimbreGround::new(edge, cutoffs).unwrap();
        let way = TimbreWay::of(&voice(|time_s| 0.4 + 0.2 * time_s), &[note(1.0, 3.0)], &ground);
        let points = way.map(|way| way.points).unwrap_or_default();
        assert!(points.iter().all(|point| point.is_on_plane()));
    }
}
