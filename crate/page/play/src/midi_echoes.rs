//! Control changes that the page sends and hears again: from a loopback port,
//! which is an output and an input of one name.

use std::collections::VecDeque;

/// How long a message may take to come back, in milliseconds: an assumption, far above what ports of one computer need.
const LONGEST_MS: f64 = 500.0;
/// The most messages that are remembered: a patch and a point twice.
const CAPACITY: usize = 128;

/// The control changes that were sent a short time ago.
#[derive(Debug, Default)]
pub struct MidiEchoes(VecDeque<SentChange>);

#[derive(Debug)]
struct SentChange {
    controller: u8,
    value: u8,
    sent_ms: f64,
}

impl MidiEchoes {
    /// Remembers a control change that is sent.
    pub fn sent(&mut self, controller: u8, value: u8, now_ms: f64) {
        if self.0.len() == CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(SentChange { controller, value, sent_ms: now_ms });
    }

    /// True if a control change that arrives from the loopback port is one that was sent, which it forgets then. Ask
    /// only for that port: another device that sends the same value by itself may return to it from a newer one.
    pub fn take(&mut self, controller: u8, value: u8, now_ms: f64) -> bool {
        self.0.retain(|sent| now_ms - sent.sent_ms < LONGEST_MS);
        let own = self.0.iter().position(|sent| (sent.controller, sent.value) == (controller, value));
        own.and_then(|own| self.0.remove(own)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_comes_back_once_and_soon() {
        let mut echoes = MidiEchoes::default();
        echoes.sent(16, 64, 0.0);
        echoes.sent(48, 3, 0.0);
        assert!(!echoes.take(16, 65, 1.0), "a knob of that number that moves");
        assert!(echoes.take(48, 3, 1.0) && echoes.take(16, 64, 1.0));
        assert!(!echoes.take(16, 64, 2.0), "it came back already");
        echoes.sent(16, 64, 10.0);
        assert!(!echoes.take(16, 64, 10.0 + LONGEST_MS), "too late");
    }

    #[test]
    fn the_latest_are_remembered() {
        let mut echoes = MidiEchoes::default();
        (0..=CAPACITY as u8).for_each(|value| echoes.sent(1, value, 0.0));
        assert!(!echoes.take(1, 0, 0.0) && echoes.take(1, CAPACITY as u8, 0.0));
    }
}
