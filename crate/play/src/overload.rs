//! Whether the sound keeps up with the clock on the wall, and what is given up when it does not: voices,
//! step by step, and later given back. It knows no clock and no sound: readings in, a limit out.

/// How far the sound may seem to fall behind without having lost anything, in seconds: a phone's output
/// takes up to 20 ms at once, and its clock is read somewhere in between.
const TOLERANCE_S: f64 = 0.03;
/// The most that a sound card's clock goes slow, as a share: cheap quartzes are within 0.01 %.
const SLOWEST_CLOCK: f64 = 3e-4;
/// Readings of so many seconds are judged together: by the best of them.
const WINDOW_S: f64 = 1.0;
/// Readings further apart are no neighbours, in seconds: the page was asleep.
const LONGEST_GAP_S: f64 = 2.0;
/// Two losses within so many seconds are no accident.
const AGAIN_S: f64 = 10.0;
/// Without a loss for so long, in seconds, a step is given back; for twice as long after each relapse.
const CALM_S: f64 = 60.0;
/// The most voices of a part, step by step; 0 is one for each key. With fewer than two nothing rings on.
const STEPS: [u8; 4] = [0, 8, 4, 2];

/// Compares two clocks: the wall's and the one that counts what was played.
#[derive(Clone, Debug, Default)]
pub struct UnderrunDetector {
    window: Option<Window>,
    /// How far the sound is behind when all is well, in seconds.
    usual_s: Option<f64>,
}

/// The readings of a second.
#[derive(Clone, Copy, Debug)]
struct Window {
    start_s: f64,
    last_s: f64,
    least_behind_s: f64,
}

impl UnderrunDetector {
    /// A reading of both clocks, in seconds; several in a second, please. Answers how much sound was lost,
    /// in seconds, once a second; not yet: `None`.
    pub fn look(&mut self, wall_s: f64, played_s: f64) -> Option<f64> {
        let behind_s = wall_s - played_s;
        let window = match &mut self.window {
            Some(window) if (0.0..LONGEST_GAP_S).contains(&(wall_s - window.last_s)) => window,
            _ => {
                self.rest();
                self.window = Some(Window { start_s: wall_s, last_s: wall_s, least_behind_s: behind_s });
                return None;
            }
        };
        window.last_s = wall_s;
        window.least_behind_s = window.least_behind_s.min(behind_s);
        let length_s = wall_s - window.start_s;
        if length_s < WINDOW_S {
            return None;
        }
        let behind_s = window.least_behind_s;
        self.window = Some(Window { start_s: wall_s, last_s: wall_s, least_behind_s: f64::INFINITY });
        let usual_s = self.usual_s.map_or(behind_s, |usual_s| usual_s + SLOWEST_CLOCK * length_s);
        let lost_s = behind_s - usual_s;
        let is_loss = lost_s > TOLERANCE_S;
        self.usual_s = Some(if is_loss { behind_s } else { usual_s.min(behind_s) });
        Some(if is_loss { lost_s } else { 0.0 })
    }

    /// The sound rests, or nobody looked: what comes next is compared with nothing before.
    pub fn rest(&mut self) {
        *self = Self::default();
    }
}

/// How many voices the sound may have.
#[derive(Clone, Debug)]
pub struct VoiceBudget {
    step: usize,
    last_loss_s: Option<f64>,
    /// Since when nothing was lost or changed.
    calm_since_s: f64,
    calm_s: f64,
}

impl Default for VoiceBudget {
    fn default() -> Self {
        Self { step: 0, last_loss_s: None, calm_since_s: 0.0, calm_s: CALM_S }
    }
}

impl VoiceBudget {
    /// So much was lost in the last second, see [`UnderrunDetector::look`]. Answers the new limit of each part's
    /// voices where it changes; 0 is none.
    pub fn lost(&mut self, wall_s: f64, lost_s: f64) -> Option<u8> {
        if lost_s > 0.0 {
            let again = self.last_loss_s.replace(wall_s).is_some_and(|before_s| wall_s - before_s < AGAIN_S);
            self.calm_since_s = wall_s;
            if !again || self.step + 1 == STEPS.len() {
                return None;
            }
            self.step += 1;
            self.last_loss_s = None;
            return Some(self.limit());
        }
        if self.step == 0 || wall_s - self.calm_since_s < self.calm_s {
            return None;
        }
        self.step -= 1;
        self.calm_since_s = wall_s;
        // What was given back too early is given back later.
        self.calm_s *= 2.0;
        Some(self.limit())
    }

    /// The most voices of a part now; 0 is one for each key.
    pub fn limit(&self) -> u8 {
        STEPS[self.step]
    }

    /// Whether voices alone do not help: a larger buffer of the output may, from the next visit on.
    pub fn needs_latency(&self) -> bool {
        self.step > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Looks four times a second for `seconds`; the sound is played at `rate` (1: as it should) in bursts
    /// of 20 ms. What was lost in all.
    fn play(watch: &mut UnderrunDetector, from_s: f64, seconds: f64, rate: f64) -> f64 {
        let looks = (seconds * 4.0) as usize;
        let times = (0..looks).map(|look| from_s + look as f64 * 0.2513);
        let burst = |time_s: f64| (time_s / 0.02).floor() * 0.02;
        times.filter_map(|time_s| watch.look(time_s, burst(from_s + (time_s - from_s) * rate))).sum()
    }

    #[test]
    fn a_sound_that_keeps_up_loses_nothing_whatever_its_bursts_and_its_clock() {
        for rate in [1.0, 0.9999, 1.0001] {
            assert_eq!(play(&mut UnderrunDetector::default(), 7.0, 3600.0, rate), 0.0, "{rate}");
        }
    }

    #[test]
    fn what_is_lost_is_counted() {
        let mut watch = UnderrunDetector::default();
        assert_eq!(play(&mut watch, 0.0, 10.0, 1.0), 0.0);
        let lost_s = play(&mut watch, 10.0, 20.0, 0.9);
        assert!((1.7..2.1).contains(&lost_s), "{lost_s} of 2 s");
    }

    #[test]
    fn a_page_that_slept_has_lost_nothing() {
        let mut watch = UnderrunDetector::default();
        play(&mut watch, 0.0, 10.0, 1.0);
        // The sound stood still for a minute, and the page with it.
        let later = |seconds: f64| (0..80).map(move |look| 70.0 + seconds + f64::from(look) * 0.25);
        assert_eq!(later(0.0).filter_map(|wall_s| watch.look(wall_s, wall_s - 60.0)).sum::<f64>(), 0.0);
    }

    #[test]
    fn two_losses_cost_voices_and_calm_gives_them_back_later_each_time() {
        let mut thrift = VoiceBudget::default();
        assert_eq!(thrift.lost(1.0, 0.1), None, "one is an accident");
        assert_eq!(thrift.lost(30.0, 0.1), None, "another one, long after");
        assert_eq!(thrift.lost(32.0, 0.1), Some(8));
        assert!(!thrift.needs_latency());
        assert_eq!(thrift.lost(91.0, 0.0), None);
        assert_eq!(thrift.lost(93.0, 0.0), Some(0));
        assert_eq!((thrift.lost(94.0, 0.1), thrift.lost(95.0, 0.1)), (None, Some(8)));
        assert_eq!((thrift.lost(160.0, 0.0), thrift.lost(216.0, 0.0)), (None, Some(0)));
    }

    #[test]
    fn at_last_two_voices_are_left() {
        let mut thrift = VoiceBudget::default();
        let limits: Vec<u8> = (0..40).filter_map(|second| thrift.lost(f64::from(second), 0.5)).collect();
        assert_eq!(limits, [8, 4, 2]);
        assert!(thrift.needs_latency());
    }

    proptest! {
        #[test]
        fn no_clock_breaks_it(readings in prop::collection::vec((any::<f64>(), any::<f64>()), 0..50)) {
            let (mut watch, mut thrift) = (UnderrunDetector::default(), VoiceBudget::default());
            for (wall_s, played_s) in readings {
                if let Some(lost_s) = watch.look(wall_s, played_s) {
                    prop_assert!(lost_s >= 0.0);
                    thrift.lost(wall_s, lost_s);
                }
            }
        }
    }
}
