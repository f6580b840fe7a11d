//! Plays loops: where each finger of each loop is, frame by frame. Speed, direction and tempo may change at any time
//! without a jump. Pure: the caller passes the time that has elapsed.

use plane::Point;

use crate::Direction;
use crate::loops::RecordedLoop;

/// The state of a played finger in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Played {
    /// Its point and the MIDI velocity of its note; none in a pause.
    pub now: Option<(Point, u8)>,
    /// Whether it landed since the last frame: a note begins.
    pub landed: bool,
}

/// A loop in playback.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopPlayback {
    /// The number of the loop.
    pub number: u8,
    /// Seconds from the beginning of the recording.
    time_s: f64,
    /// Whether it runs backward, there and back.
    is_returning: bool,
    /// The stroke of each finger in the last frame.
    strokes: Vec<Option<usize>>,
}

impl LoopPlayback {
    /// Playback from the beginning, before the first landing.
    pub fn new(own: &RecordedLoop) -> Self {
        let time_s = if own.direction == Direction::Backward { own.length_s } else { 0.0 };
        let strokes = vec![None; own.fingers.len()];
        Self { number: own.number, time_s, is_returning: false, strokes }
    }

    /// The time in the recording, in seconds from its beginning.
    pub fn time_s(&self) -> f64 {
        self.time_s
    }

    /// Advances by this many seconds of real time at a tempo; returns the state of each finger. The result does not
    /// depend on the division into frames.
    pub fn advance(&mut self, own: &RecordedLoop, bpm: f32, elapsed_s: f64) -> Vec<Played> {
        let begins_anew = self.move_on(own, (elapsed_s * own.rate(bpm)).max(0.0));
        self.strokes.resize(own.fingers.len(), None);
        let fingers = own.fingers.iter().zip(&mut self.strokes);
        fingers
            .map(|(path, before)| {
                let now = path.at(self.time_s);
                let stroke = now.map(|now| now.stroke);
                let is_other = std::mem::replace(before, stroke) != stroke;
                let landed = stroke.is_some() && (begins_anew || is_other);
                Played { now: now.map(|now| (now.point, now.velocity)), landed }
            })
            .collect()
    }

    /// Moves on by seconds of the recording; returns whether a round has begun anew.
    fn move_on(&mut self, own: &RecordedLoop, elapsed_s: f64) -> bool {
        let length_s = own.length_s;
        let time_s = self.time_s.clamp(0.0, length_s);
        let elapsed_s = if elapsed_s.is_finite() { elapsed_s } else { 0.0 };
        match own.direction {
            Direction::Forward => {
                self.time_s = (time_s + elapsed_s) % length_s;
                time_s + elapsed_s >= length_s
            }
            Direction::Backward => {
                let passed_s = length_s - time_s + elapsed_s;
                self.time_s = length_s - passed_s % length_s;
                passed_s >= length_s
            }
            Direction::ThereAndBack => {
                let passed_s = if self.is_returning { 2.0 * length_s - time_s } else { time_s } + elapsed_s;
                let phase_s = passed_s % (2.0 * length_s);
                self.is_returning = phase_s > length_s;
                self.time_s = if self.is_returning { 2.0 * length_s - phase_s } else { phase_s };
                // The touch turns without lifting.
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_recording::LoopRecording;
    use crate::loops::Loops;
    use crate::touches::TouchSource;
    use proptest::prelude::*;

    const BPM: f32 = 120.0;

    fn at(x: f32) -> Point {
        Point { x, y: -x }
    }

    /// A loop of a recording that ends at this time.
    fn looped(recording: LoopRecording, end_s: f64) -> RecordedLoop {
        let mut loops = Loops::default();
        loops.add(recording.finish(end_s).unwrap(), BPM);
        loops.get(1).unwrap().clone()
    }

    /// A stroke from 0 to 1 within a second, a pause of half a second, a tap at 3 of half a second.
    fn drawn() -> RecordedLoop {
        let finger = TouchSource::Pointer(1);
        let mut recording = LoopRecording::default();
        for step in 0..=50 {
            recording.touch(finger, 7.0 + 0.02 * f64::from(step), at(step as f32 / 50.0), 100);
        }
        recording.lift(finger, 8.0);
        recording.touch(finger, 8.5, at(3.0), 70);
        recording.lift(finger, 9.0);
        looped(recording, 20.0)
    }

    fn near(played: &[Played], x: f32) -> bool {
        played[0].now.is_some_and(|(point, _)| point.distance(at(x)) < 0.03)
    }

    #[test]
    fn playback_keeps_the_recorded_times_and_has_no_hole() {
        let own = drawn();
        let mut playing = LoopPlayback::new(&own);
        assert!((own.length_s - 2.0).abs() < 1e-9, "it ends with the last lift");
        let first = playing.advance(&own, BPM, 0.25);
        assert!(near(&first, 0.25) && first[0].landed);
        assert!(!playing.advance(&own, BPM, 0.25)[0].landed, "it is still down");
        assert_eq!(playing.advance(&own, BPM, 0.75)[0].now, None, "the pause");
        let tap = playing.advance(&own, BPM, 0.3);
        assert!(near(&tap, 3.0) && tap[0].landed && tap[0].now.unwrap().1 == 70);
        assert!(near(&playing.advance(&own, BPM, 0.44), 3.0), "to the end");
        let again = playing.advance(&own, BPM, 0.02);
        assert!(near(&again, 0.01) && again[0].landed, "at once: {again:?}");
    }

    #[test]
    fn speed_and_direction_change_without_a_jump() {
        let mut own = drawn();
        own.speed = 2.0;
        let mut playing = LoopPlayback::new(&own);
        assert!(near(&playing.advance(&own, BPM, 0.25), 0.5));
        own.direction = Direction::Backward;
        assert!(near(&playing.advance(&own, BPM, 0.0), 0.5));
        assert!(near(&playing.advance(&own, BPM, 0.1), 0.3));
        own.direction = Direction::ThereAndBack;
        assert!(near(&playing.advance(&own, BPM, 0.1), 0.5));
        own.speed = 1.0;
        assert!(near(&playing.advance(&own, BPM, 0.1), 0.6));
    }

    #[test]
    fn there_and_back_turns_without_lifting() {
        let finger = TouchSource::Pointer(1);
        let mut recording = LoopRecording::default();
        recording.touch(finger, 0.0, at(0.0), 100);
        recording.touch(finger, 0.04, at(1.0), 100);
        let own = RecordedLoop { direction: Direction::ThereAndBack, speed: 0.5, ..looped(recording, 0.04) };
        let mut playing = LoopPlayback::new(&own);
        let landings = (0..100).filter(|_| playing.advance(&own, BPM, 0.013)[0].landed).count();
        assert_eq!(landings, 1);
    }

    proptest! {
        #[test]
        fn frames_of_any_length_lead_to_the_same_point(
            frames in prop::collection::vec(0.001f64..0.4, 1..60),
            direction in 0usize..3,
            speed in 0.125f64..8.0,
        ) {
            let own = RecordedLoop { direction: Direction::ALL[direction], speed, ..drawn() };
            let mut many = LoopPlayback::new(&own);
            let mut one = many.clone();
            for &frame in &frames {
                many.advance(&own, BPM, frame);
            }
            one.advance(&own, BPM, frames.iter().sum());
            let apart_s = (many.time_s() - one.time_s()).abs();
            prop_assert!(apart_s < 1e-6 || (apart_s - own.length_s).abs() < 1e-6, "{apart_s} s apart");
        }

        /// Whatever is drawn with however many fingers is played again at the same times, with the same notes.
        #[test]
        fn a_loop_replays_the_points_of_every_finger(
            fingers in prop::collection::vec(
                prop::collection::vec((0.02f64..0.2, -4.0f32..4.0, any::<bool>()), 1..20), 1..5,
            ),
        ) {
            // What happens, in order of time: which finger, where, and whether it lifts afterwards.
            let mut events: Vec<(f64, usize, f32, bool)> = Vec::new();
            for (finger, steps) in fingers.iter().enumerate() {
                let mut time_s = 0.003 * finger as f64;
                for &(wait_s, x, lifts) in steps {
                    events.push((time_s, finger, x, lifts));
                    time_s += wait_s;
                }
            }
            events.sort_by(|one, other| one.0.total_cmp(&other.0));
            let mut recording = LoopRecording::default();
            for &(time_s, finger, x, lifts) in &events {
                let source = TouchSource::Pointer(finger as i32);
                recording.touch(source, time_s, at(x), 100);
                if lifts {
                    recording.lift(source, time_s + 0.01);
                }
            }
            let end_s = events.last().unwrap().0 + 0.01;
            let own = looped(recording, end_s);
            prop_assert!(own.length_s <= end_s + 1e-3);
            for &(time_s, _, x, _) in &events {
                let mut playing = LoopPlayback::new(&own);
                let played = playing.advance(&own, BPM, (time_s + 1e-4).min(own.length_s - 1e-6));
                let is_there = |played: &Played| played.now.is_some_and(|(point, _)| point.distance(at(x)) < 0.6);
                prop_assert!(played.iter().any(is_there), "nothing at {x} after {time_s} s: {played:?}");
            }
        }
    }
}
