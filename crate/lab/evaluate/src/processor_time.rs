//! The processor's time of the present thread, which other programs on the machine do not lengthen.

use std::time::Instant;

/// The time at which something began, on one thread.
#[derive(Clone, Copy, Debug)]
pub struct ProcessorTime {
    /// Nanoseconds of this thread; `None` if the system does not tell them.
    thread_ns: Option<u64>,
    begun: Instant,
}

impl ProcessorTime {
    /// The present time.
    pub fn now() -> Self {
        Self { thread_ns: thread_ns(), begun: Instant::now() }
    }

    /// Seconds of this thread's processor since then; seconds of the clock where the system does not tell them.
    pub fn seconds(self) -> f64 {
        match self.thread_ns.zip(thread_ns()) {
            Some((before, now)) => now.saturating_sub(before) as f64 * 1e-9,
            None => self.begun.elapsed().as_secs_f64(),
        }
    }
}

/// Linux counts them; see its documentation of schedstats.
fn thread_ns() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn work_counts_and_sleep_does_not() {
        if thread_ns().is_none() {
            return;
        }
        let begun = ProcessorTime::now();
        std::thread::sleep(Duration::from_millis(60));
        let slept = begun.seconds();
        let (until, mut sum) = (Instant::now(), 0.0_f64);
        while until.elapsed() < Duration::from_millis(60) || begun.seconds() < slept + 0.01 {
            sum += std::hint::black_box(1.0_f64).sin();
        }
        assert!(slept < 0.03 && begun.seconds() > slept && sum > 0.0, "{slept}");
    }
}
