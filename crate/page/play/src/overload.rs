//! Detects whether the sound falls behind real time, and then limits voices, step by step, and later restores them.
//! Reads no clock: readings in, a limit out.

/// How far the sound may appear to fall behind without an underrun, in seconds: a phone's output takes up to 20 ms at
/// once, and its clock is read somewhere in between.
const TOLERANCE_S: f64 = 0.03;
/// How slow a sound card's clock may run, as a fraction: cheap quartzes are within 0.01 %.
const SLOWEST_CLOCK: f64 = 3e-4;
/// The window of readings, in seconds, of which the best counts.
const WINDOW_S: f64 = 1.0;
/// The largest gap between comparable readings, in seconds: beyond it the page was asleep.
const LONGEST_GAP_S: f64 = 2.0;
/// Two losses within this many seconds reduce the voices.
const AGAIN_S: f64 = 10.0;
/// After this long without a loss, in seconds, one step is restored; twice as long after each relapse.
const CALM_S: f64 = 60.0;
/// The most voices of a part, step by step; 0 is one for each key. With fewer than two, releases would be cut off.
const STEPS: [u8; 4] = [0, 8, 4, 2];

/// Compares the real-time clock with the audio clock.
#[derive(Clone, Debug, Default)]
pub struct UnderrunDetector {
    window: Option<Window>,
    /// The usual lag of the audio clock, in seconds.
    usual_s: Option<f64>,
}

/// The readings of one window.
#[derive(Clone, Copy, Debug)]
struct Window {
    start_s: f64,
    last_s: f64,
    least_behind_s: f64,
}

impl UnderrunDetector {
    /// Takes a reading of both clocks, in seconds; call it several times a second. Returns the lost sound, in
    /// seconds, once per window; otherwise `None`.
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

    /// Drops earlier readings after the sound or the readings have paused.
    pub fn rest(&mut self) {
        *self = Self::default();
    }
}

/// The limit of voices.
#[derive(Clone, Debug)]
pub struct VoiceBudget {
    step: usize,
    last_loss_s: Option<f64>,
    /// The time of the last loss or change.
    calm_since_s: f64,
    calm_s: f64,
}

impl Default for VoiceBudget {
    fn default() -> Self {
        Self { step: 0, last_loss_s: None, calm_since_s: 0.0, calm_s: CALM_S }
    }
}

impl VoiceBudget {
    /// Takes the loss of the last window, see [`UnderrunDetector::look`]. Returns the new limit of each part's voices
    /// if it changes; 0 is no limit.
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
        // After a relapse, wait longer before restoring.
        self.calm_s *= 2.0;
        Some(self.limit())
    }

    /// The most voices of a part now; 0 is one for each key.
    pub fn limit(&self) -> u8 {
        STEPS[self.step]
    }

    /// True if fewer voices did not suffice, so that the next visit needs a larger output buffer.
    pub fn needs_latency(&self) -> bool {
        self.step > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Four readings a second for `seconds`; the sound plays at `rate` (1: real time) in bursts of 20 ms. Returns the
    /// total loss.
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
    fn losses_are_counted() {
        let mut watch = UnderrunDetector::default();
        assert_eq!(play(&mut watch, 0.0, 10.0, 1.0), 0.0);
        let lost_s = play(&mut watch, 10.0, 20.0, 0.9);
        assert!((1.7..2.1).contains(&lost_s), "{lost_s} of 2 s");
    }

    #[test]
    fn a_page_that_slept_has_lost_nothing() {
        let mut watch = UnderrunDetector::default();
        play(&mut watch, 0.0, 10.0, 1.0);
        // The sound and the page paused for a minute.
        let later = |seconds: f64| (0..80).map(move |look| 70.0 + seconds + f64::from(look) * 0.25);
        assert_eq!(later(0.0).filter_map(|wall_s| watch.look(wall_s, wall_s - 60.0)).sum::<f64>(), 0.0);
    }

    #[test]
    fn two_losses_cost_voices_and_each_relapse_delays_their_return() {
        let mut budget = VoiceBudget::default();
        assert_eq!(budget.lost(1.0, 0.1), None, "one is an accident");
        assert_eq!(budget.lost(30.0, 0.1), None, "another one, long after");
        assert_eq!(budget.lost(32.0, 0.1), Some(8));
        assert!(!budget.needs_latency());
        assert_eq!(budget.lost(91.0, 0.0), None);
        assert_eq!(budget.lost(93.0, 0.0), Some(0));
        assert_eq!((budget.lost(94.0, 0.1), budget.lost(95.0, 0.1)), (None, Some(8)));
        assert_eq!((budget.lost(160.0, 0.0), budget.lost(216.0, 0.0)), (None, Some(0)));
    }

    #[test]
    fn two_voices_always_remain() {
        let mut budget = VoiceBudget::default();
        let limits: Vec<u8> = (0..40).filter_map(|second| budget.lost(f64::from(second), 0.5)).collect();
        assert_eq!(limits, [8, 4, 2]);
        assert!(budget.needs_latency());
    }

    proptest! {
        #[test]
        fn no_clock_breaks_it(readings in prop::collection::vec((any::<f64>(), any::<f64>()), 0..50)) {
            let (mut watch, mut budget) = (UnderrunDetector::default(), VoiceBudget::default());
            for (wall_s, played_s) in readings {
                if let Some(lost_s) = watch.look(wall_s, played_s) {
                    prop_assert!(lost_s >= 0.0);
                    budget.lost(wall_s, lost_s);
                }
            }
        }
    }
}
