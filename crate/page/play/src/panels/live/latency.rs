//! The time from the onset of a sung tone to its sound: of the tracker, of the way through the page, of the devices.

use std::collections::VecDeque;

use serde::Serialize;

use super::VoiceReport;

/// The reports whose median time counts as that of the way through the page.
const REPORTS: usize = 50;
/// A block of the audio thread at 48 kHz, in seconds: the way takes at least this time in each direction.
const BLOCK_S: f32 = 128.0 / 48_000.0;

/// The latency in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct VoiceLatency {
    /// The time until the pitch is sure.
    pub detector_ms: u32,
    /// The time on the way through the page.
    pub transfer_ms: u32,
    /// The delay of the microphone and the loudspeakers; 0 if the browser does not say it.
    pub device_ms: u32,
}

/// The parts of the latency, in seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct LatencyMeasurement {
    pub detector_s: f32,
    pub input_s: f32,
    output_s: f32,
    /// The times of the last reports from the audio thread to the page.
    transfers_s: VecDeque<f32>,
}

impl LatencyMeasurement {
    pub fn add(&mut self, report: &VoiceReport) {
        self.output_s = report.output_latency_s;
        self.transfers_s.push_back(report.transfer_s.max(0.0));
        if self.transfers_s.len() > REPORTS {
            self.transfers_s.pop_front();
        }
    }

    pub fn latency(&self) -> VoiceLatency {
        let in_ms = |seconds: f32| (1000.0 * seconds).round().max(0.0) as u32;
        VoiceLatency {
            detector_ms: in_ms(self.detector_s),
            transfer_ms: in_ms(2.0 * self.typical_transfer_s()),
            device_ms: in_ms(self.input_s + self.output_s),
        }
    }

    fn typical_transfer_s(&self) -> f32 {
        let mut sorted: Vec<f32> = self.transfers_s.iter().copied().collect();
        sorted.sort_by(f32::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(0.0).max(BLOCK_S)
    }
}
