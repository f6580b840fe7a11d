//! Where the audio thread reports a finger of a loop. Plain data; crate `protocol` describes the report.

use crate::touches::{PART_COUNT, TouchSource};

/// The numbers of a finger in a report.
const ROW: usize = 4;
/// The numbers in place of the part of a finger that waits for one, and of a loop that has ended.
const WAITS: f32 = -2.0;
const HAS_ENDED: f32 = -3.0;

/// A finger of a loop that plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedFinger {
    /// The number of the loop.
    pub number: u8,
    /// The number of the finger.
    pub finger: u8,
    /// The part that it plays; none in a pause, and if no part was free.
    pub part: Option<usize>,
    /// True if no part was free.
    pub waits: bool,
    /// True if the loop, which does not repeat, has ended.
    pub has_ended: bool,
    /// Where the loop is, in seconds of the recording.
    pub time_s: f64,
}

impl PlayedFinger {
    /// The fingers of a report.
    pub fn read(report: &[f32]) -> Vec<Self> {
        let finger = |&[path, finger, part, time_s]: &[f32; ROW]| Self {
            number: path as u8 + 1,
            finger: finger as u8,
            part: (part >= 0.0).then_some(part as usize).filter(|&part| part < PART_COUNT),
            waits: part == WAITS,
            has_ended: part == HAS_ENDED,
            time_s: time_s.into(),
        };
        report.as_chunks::<ROW>().0.iter().map(finger).collect()
    }

    /// The source of its touch.
    pub fn source(&self) -> TouchSource {
        TouchSource::Loop(self.number, self.finger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_four_numbers_for_each_finger() {
        let read = PlayedFinger::read(&[0.0, 1.0, 4.0, 0.5, 7.0, 0.0, -2.0, 1.0, 2.0, 0.0, -3.0, 9.0, 1.0]);
        let parts: Vec<_> = read.iter().map(|finger| (finger.number, finger.finger, finger.part)).collect();
        assert_eq!(parts, [(1, 1, Some(4)), (8, 0, None), (3, 0, None)]);
        assert!(read[1].waits && read[2].has_ended && read[0].time_s == 0.5);
        assert_eq!(PlayedFinger::read(&[0.0, 0.0, 99.0, f32::NAN])[0].part, None);
    }
}
