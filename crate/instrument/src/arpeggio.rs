//! The arpeggio: plays the keys that are held, one after the other or together, in steps timed to the
//! frame. Tells which keys go down and up; knows no sound. Never allocates.

use voice::keys::{KEYS, keys};

/// Steps a second that are possible: ten seconds a step to the edge of hearing a tone.
const SLOWEST_HZ: f64 = 0.1;
const FASTEST_HZ: f64 = 50.0;

/// Which keys a step plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// No steps: keys sound while they are held.
    Off,
    /// From the lowest key to the highest.
    Up,
    /// From the highest to the lowest.
    Down,
    /// Up and down; the outer ones once.
    UpAndDown,
    /// All of them, in the rhythm of the gate.
    Chord,
}

impl Pattern {
    /// The pattern of a number 0…4.
    pub fn from_number(number: u32) -> Option<Self> {
        [Self::Off, Self::Up, Self::Down, Self::UpAndDown, Self::Chord].get(number as usize).copied()
    }
}

/// Keys and rhythm. Keys and velocities are handed to a voice; velocity 0 lets a key go.
pub struct Arpeggio {
    sample_rate_hz: f64,
    pattern: Pattern,
    step_frames: f64,
    /// Part of a step that sounds, 0…1; with 1, steps are bound.
    gate: f64,
    /// Bit n: key n is held.
    held: u128,
    velocities: [u8; KEYS],
    /// Bit n: the arpeggio has struck key n and not yet let it go.
    sounding: u128,
    /// Steps since the first key.
    step: u32,
    /// Frames until the next step of another arpeggio, which this one falls in with after its first.
    joins: Option<f64>,
    /// Frames until the next step, and until what sounds is let go; due when less than one is left.
    to_step: f64,
    to_release: f64,
}

impl Arpeggio {
    /// Off, with nothing held.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            sample_rate_hz,
            pattern: Pattern::Off,
            step_frames: sample_rate_hz,
            gate: 1.0,
            held: 0,
            velocities: [0; KEYS],
            sounding: 0,
            step: 0,
            joins: None,
            to_step: 0.0,
            to_release: 0.0,
        }
    }

    /// Another pattern or rhythm from now on. Keys that are held begin the arpeggio when it starts and
    /// sound on as a chord when it ends. What is not a number changes nothing.
    pub fn set(&mut self, pattern: Pattern, steps_per_second: f64, gate: f64, mut voice: impl FnMut(u8, u8)) {
        if steps_per_second.is_nan() || gate.is_nan() {
            return;
        }
        let before_frames = self.step_frames;
        self.step_frames = self.sample_rate_hz / steps_per_second.clamp(SLOWEST_HZ, FASTEST_HZ);
        self.gate = gate.clamp(0.0, 1.0);
        // In the same proportion in every part, so that steps which fall together go on doing so.
        self.to_step *= self.step_frames / before_frames;
        self.to_release *= self.step_frames / before_frames;
        let before = std::mem::replace(&mut self.pattern, pattern);
        match (before, pattern) {
            (Pattern::Off, Pattern::Off) => {}
            (Pattern::Off, _) => {
                keys(self.held).for_each(|key| voice(key, 0));
                self.begin(None);
            }
            (_, Pattern::Off) => {
                self.release(&mut voice);
                keys(self.held).for_each(|key| voice(key, self.velocities[usize::from(key)]));
            }
            _ => {}
        }
    }

    /// Frames until its next step, if it plays.
    pub fn to_next_step(&self) -> Option<f64> {
        (self.pattern != Pattern::Off && self.held != 0).then_some(self.to_step)
    }

    /// A key 0…127 goes down, or up with velocity 0. The first key is struck at once; what follows falls in with
    /// another arpeggio whose next step comes in `beat` frames.
    pub fn key(&mut self, key: u8, velocity: u8, beat: Option<f64>, mut voice: impl FnMut(u8, u8)) {
        let (index, bit) = (usize::from(key & 127), 1 << (key & 127));
        if velocity > 0 {
            if self.held == 0 {
                self.begin(beat);
            }
            self.held |= bit;
            self.velocities[index] = velocity;
        } else {
            self.held &= !bit;
        }
        if self.pattern == Pattern::Off {
            voice(key, velocity);
        } else if self.held == 0 {
            self.release(&mut voice);
        }
    }

    /// Every key is up, and what sounds was silenced by others.
    pub fn forget(&mut self) {
        self.held = 0;
        self.sounding = 0;
    }

    /// Plays what is due now; how many of the next `frames` may pass until something is due again.
    pub fn play_due(&mut self, frames: usize, mut voice: impl FnMut(u8, u8)) -> usize {
        if self.pattern == Pattern::Off || self.held == 0 {
            return frames;
        }
        let (steps, releases) = (self.to_step < 1.0, self.to_release < 1.0);
        // With a full gate both come together, and the next step ends the last one.
        if releases && !(steps && self.to_release >= self.to_step) {
            self.release(&mut voice);
        }
        if steps {
            self.strike(&mut voice);
        }
        let next = if self.sounding == 0 { self.to_step } else { self.to_step.min(self.to_release) };
        frames.min(next as usize)
    }

    /// So many frames are over; nothing was due in them.
    pub fn pass(&mut self, frames: usize) {
        self.to_step -= frames as f64;
        self.to_release -= frames as f64;
    }

    fn begin(&mut self, beat: Option<f64>) {
        self.step = 0;
        self.to_step = 0.0;
        self.joins = beat;
    }

    /// How long the step is that begins now. One that would be too short to be heard as one lasts a whole one more.
    fn step_length(&mut self) -> f64 {
        match self.joins.take() {
            Some(beat) if beat < self.step_frames / 2.0 => beat + self.step_frames,
            Some(beat) => beat,
            None => self.step_frames,
        }
    }

    /// Begins a step. What sounds until then is let go after the new keys are down, so that legato binds
    /// them; but a key must be up to be struck again.
    fn strike(&mut self, voice: &mut impl FnMut(u8, u8)) {
        let before = self.sounding;
        let count = self.held.count_ones();
        let place = match self.pattern {
            Pattern::Off | Pattern::Up | Pattern::Chord => self.step % count,
            Pattern::Down => count - 1 - self.step % count,
            Pattern::UpAndDown => {
                let place = self.step % (2 * count - 2).max(1);
                if place < count { place } else { 2 * count - 2 - place }
            }
        };
        self.sounding = if self.pattern == Pattern::Chord {
            self.held
        } else {
            keys(self.held).nth(place as usize).map_or(0, |key| 1 << key)
        };
        keys(before & self.sounding).for_each(|key| voice(key, 0));
        keys(self.sounding).for_each(|key| voice(key, self.velocities[usize::from(key)]));
        keys(before & !self.sounding).for_each(|key| voice(key, 0));
        let length = self.step_length();
        self.to_release = self.to_step + (self.gate * length).max(1.0);
        self.to_step += length;
        self.step = self.step.wrapping_add(1);
    }

    fn release(&mut self, voice: &mut impl FnMut(u8, u8)) {
        keys(self.sounding).for_each(|key| voice(key, 0));
        self.sounding = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 48_000.0;

    /// What reaches the voice, with its frame: keys held from frame 0 on, in blocks of 64.
    fn played(
        pattern: Pattern,
        speed_hz: f64,
        gate: f64,
        held: &[u8],
        frames: usize,
    ) -> Vec<(usize, u8, u8)> {
        let mut arpeggio = Arpeggio::new(RATE_HZ);
        arpeggio.set(pattern, speed_hz, gate, |_, _| ());
        held.iter().for_each(|key| arpeggio.key(*key, 100, None, |_, _| panic!("struck at once")));
        let mut heard = Vec::new();
        run(&mut arpeggio, 0, frames, &mut heard);
        heard
    }

    fn run(arpeggio: &mut Arpeggio, from: usize, to: usize, heard: &mut Vec<(usize, u8, u8)>) {
        let mut frame = from;
        while frame < to {
            let block = to.min(frame / 64 * 64 + 64) - frame;
            let passed = arpeggio.play_due(block, |key, velocity| heard.push((frame, key, velocity)));
            arpeggio.pass(passed);
            frame += passed;
        }
    }

    fn struck(heard: &[(usize, u8, u8)]) -> Vec<u8> {
        heard.iter().filter(|(_, _, velocity)| *velocity > 0).map(|(_, key, _)| *key).collect()
    }

    #[test]
    fn patterns_go_through_the_keys_in_order() {
        let keys = |pattern, held: &[u8]| struck(&played(pattern, 10.0, 0.5, held, 32_000));
        assert_eq!(keys(Pattern::Up, &[64, 60, 67]), [60, 64, 67, 60, 64, 67, 60]);
        assert_eq!(keys(Pattern::Down, &[64, 60, 67]), [67, 64, 60, 67, 64, 60, 67]);
        assert_eq!(keys(Pattern::UpAndDown, &[64, 60, 67, 72]), [60, 64, 67, 72, 67, 64, 60]);
        assert_eq!(keys(Pattern::UpAndDown, &[64]), [64; 7]);
        assert_eq!(keys(Pattern::UpAndDown, &[64, 0]), [0, 64, 0, 64, 0, 64, 0]);
        assert_eq!(keys(Pattern::Chord, &[64, 127]), [64, 127].repeat(7));
    }

    #[test]
    fn steps_and_gates_come_at_their_frames() {
        let heard = played(Pattern::Up, 10.0, 0.25, &[60], 9_600);
        assert_eq!(heard, [(0, 60, 100), (1_200, 60, 0), (4_800, 60, 100), (6_000, 60, 0)]);
    }

    #[test]
    fn a_speed_that_is_no_whole_number_of_frames_does_not_drift() {
        let heard = played(Pattern::Up, 7.0, 0.0, &[60], 479_000);
        let steps: Vec<usize> = heard.iter().filter(|(_, _, v)| *v > 0).map(|(frame, ..)| *frame).collect();
        assert_eq!(steps.len(), 70);
        for (step, frame) in steps.iter().enumerate() {
            let exact = step as f64 * RATE_HZ / 7.0;
            assert!((*frame as f64 - exact).abs() <= 1.0, "step {step}: {frame}, {exact}");
        }
    }

    #[test]
    fn a_full_gate_is_legato_and_strikes_before_it_lets_go() {
        let heard = played(Pattern::Up, 10.0, 1.0, &[60, 62], 5_000);
        assert_eq!(heard, [(0, 60, 100), (4_800, 62, 100), (4_800, 60, 0)]);
        // At a speed that is no whole number of frames, too.
        let heard = played(Pattern::Up, 7.0, 1.0, &[60, 62], 479_000);
        assert!(
            heard[1..]
                .chunks_exact(2)
                .all(|pair| pair[0].0 == pair[1].0 && pair[0].2 == 100 && pair[1].2 == 0)
        );
    }

    #[test]
    fn a_key_must_be_up_to_be_struck_again() {
        let heard = played(Pattern::Up, 10.0, 1.0, &[60], 5_000);
        assert_eq!(heard, [(0, 60, 100), (4_800, 60, 0), (4_800, 60, 100)]);
        // Of two chords what they share goes up first, and what is left of the first one last.
        let mut arpeggio = Arpeggio::new(RATE_HZ);
        arpeggio.set(Pattern::Chord, 10.0, 1.0, |_, _| ());
        let mut heard = Vec::new();
        [60, 64].into_iter().for_each(|key| arpeggio.key(key, 90, None, |_, _| ()));
        run(&mut arpeggio, 0, 4_000, &mut heard);
        [(67, 90), (60, 0)]
            .into_iter()
            .for_each(|(key, velocity)| arpeggio.key(key, velocity, None, |_, _| ()));
        run(&mut arpeggio, 4_000, 5_000, &mut heard);
        let change = [(64, 0), (64, 90), (67, 90), (60, 0)].map(|(key, velocity)| (4_800, key, velocity));
        assert_eq!(heard[2..], change);
    }

    #[test]
    fn the_last_key_ends_it_and_the_next_begins_anew() {
        let mut arpeggio = Arpeggio::new(RATE_HZ);
        arpeggio.set(Pattern::Up, 10.0, 1.0, |_, _| ());
        let mut heard = Vec::new();
        [60, 62].into_iter().for_each(|key| arpeggio.key(key, 90, None, |_, _| ()));
        run(&mut arpeggio, 0, 5_000, &mut heard);
        [60, 62]
            .into_iter()
            .for_each(|key| arpeggio.key(key, 0, None, |key, velocity| heard.push((5_000, key, velocity))));
        run(&mut arpeggio, 5_000, 6_000, &mut heard);
        arpeggio.key(50, 80, None, |_, _| ());
        run(&mut arpeggio, 6_000, 7_000, &mut heard);
        assert_eq!(heard[3..], [(5_000, 62, 0), (6_000, 50, 80)]);
    }

    #[test]
    fn who_comes_later_sounds_at_once_and_falls_in() {
        for (landing, second) in [(1_000, 4_800), (4_000, 9_600)] {
            let mut arpeggios = [(); 2].map(|()| Arpeggio::new(RATE_HZ));
            let mut heard = [Vec::new(), Vec::new()];
            arpeggios.iter_mut().for_each(|arpeggio| arpeggio.set(Pattern::Up, 10.0, 0.5, |_, _| ()));
            let [first, other] = &mut arpeggios;
            first.key(60, 90, None, |_, _| ());
            run(first, 0, landing, &mut heard[0]);
            other.key(64, 90, first.to_next_step(), |_, _| ());
            run(other, landing, 15_000, &mut heard[1]);
            let struck = heard[1].iter().filter(|(_, _, velocity)| *velocity > 0);
            let frames: Vec<usize> = struck.map(|(frame, ..)| *frame).collect();
            assert_eq!(frames[..2], [landing, second], "a first step of less than half a step is none");
            assert_eq!(frames[2], second + 4_800);
        }
    }

    #[test]
    fn another_rhythm_leaves_two_that_fall_together_together() {
        let mut arpeggios = [(); 2].map(|()| Arpeggio::new(RATE_HZ));
        arpeggios.iter_mut().for_each(|arpeggio| arpeggio.set(Pattern::Up, 10.0, 0.5, |_, _| ()));
        let [first, other] = &mut arpeggios;
        first.key(60, 90, None, |_, _| ());
        run(first, 0, 4_100, &mut Vec::new());
        other.key(64, 90, first.to_next_step(), |_, _| ());
        for arpeggio in [&mut *first, &mut *other] {
            run(arpeggio, 4_100, 4_200, &mut Vec::new());
            arpeggio.set(Pattern::Up, 10.0, 0.7, |_, _| ());
            run(arpeggio, 4_200, 6_000, &mut Vec::new());
            arpeggio.set(Pattern::Up, 8.0, 0.7, |_, _| ());
        }
        let steps = |arpeggio: &mut Arpeggio| {
            let mut heard = Vec::new();
            run(arpeggio, 6_000, 40_000, &mut heard);
            heard
                .iter()
                .filter(|(_, _, velocity)| *velocity > 0)
                .map(|(frame, ..)| *frame)
                .collect::<Vec<_>>()
        };
        let (first, other) = (steps(first), steps(other));
        assert!(other.len() >= 4 && first.ends_with(&other), "{first:?}, {other:?}");
    }

    #[test]
    fn what_is_held_changes_over_when_it_starts_and_ends() {
        let mut arpeggio = Arpeggio::new(RATE_HZ);
        let mut heard = Vec::new();
        [60, 64]
            .into_iter()
            .for_each(|key| arpeggio.key(key, 90, None, |key, velocity| heard.push((key, velocity))));
        arpeggio.set(Pattern::Up, 10.0, 1.0, |key, velocity| heard.push((key, velocity)));
        arpeggio.play_due(64, |key, velocity| heard.push((key, velocity)));
        arpeggio.set(Pattern::Off, 10.0, 1.0, |key, velocity| heard.push((key, velocity)));
        arpeggio.play_due(64, |_, _| panic!("it is off"));
        let plain = [(60, 90), (64, 90)];
        assert_eq!(heard, [plain.as_slice(), &[(60, 0), (64, 0), (60, 90), (60, 0)], &plain].concat());
    }

    #[test]
    fn absurd_rhythms_are_the_nearest_possible_and_no_numbers_are_ignored() {
        assert_eq!(played(Pattern::Chord, 1e9, 9.0, &[60], 1_000).len(), 3);
        assert_eq!(played(Pattern::Chord, -1.0, -1.0, &[60], 480_001).len(), 3);
        let mut arpeggio = Arpeggio::new(RATE_HZ);
        arpeggio.set(Pattern::Up, f64::NAN, 0.5, |_, _| ());
        assert_eq!(arpeggio.pattern, Pattern::Off);
        assert_eq!(Pattern::from_number(5), None);
    }
}
