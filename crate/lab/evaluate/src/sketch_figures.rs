//! The figures of one sketch beside its voice. The pitch is found by another method than the one of sketches.

use crate::correlation_pitch::pitch_cents;
use crate::sound_metrics::{MatchMetrics, SoundMetrics};
use serde::Serialize;
use sketching::{ContourMeter, HOP, VoiceAnalysis, attack_s};
use statistics::rank_correlation;

/// The differences of a sketch from its voice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SketchFigures {
    /// The share of the voice's voiced frames in which the sketch has the same pitch within 20 cents;
    /// `None` without any.
    pub in_tune: Option<f64>,
    /// Difference of the attack of the longest note, in seconds.
    pub attack_s: f64,
    /// Rank correlation of the brightness over time.
    pub brightness: f64,
    /// The metrics of the whole sounds.
    pub metrics: MatchMetrics,
}

/// Frames within this many dB of the loudest count, for the pitch and for the brightness.
const VOICED_DB: f32 = 24.0;
const BRIGHT_DB: f32 = 30.0;
/// A pitch that is wrong by more is out of tune.
const IN_TUNE_CENTS: f64 = 20.0;

impl SketchFigures {
    /// The figures of a sketch's sound beside the voice's samples, both at 44.1 kHz.
    pub fn new(metrics: &mut SoundMetrics, voice: &VoiceAnalysis, samples: &[f32], sound: &[f32]) -> Self {
        let found = ContourMeter::new().measure(sound);
        let group = voice.longest();
        let attack =
            |level: &[f32]| attack_s(level.get(group.first.saturating_sub(2)..group.end).unwrap_or_default());
        let bright = voice.contours.loud(BRIGHT_DB);
        let brightness = |values: &[f32]| -> Vec<f32> {
            let each = bright.iter().enumerate().filter(|(_, counts)| **counts);
            each.map(|(at, _)| around(values, at)).collect()
        };
        Self {
            in_tune: in_tune(samples, sound, &voice.contours.loud(VOICED_DB)),
            attack_s: f64::from(attack(&found.level) - attack(&voice.contours.level)),
            brightness: rank_correlation(
                &brightness(&voice.contours.brightness),
                &brightness(&found.brightness),
            ),
            metrics: metrics.compare(samples, sound),
        }
    }
}

/// The mean over 50 ms.
fn around(values: &[f32], at: usize) -> f32 {
    let near = &values[at.saturating_sub(2).min(values.len())..(at + 3).min(values.len())];
    near.iter().sum::<f32>() / near.len().max(1) as f32
}

/// The share of frames in which a sound has the voice's pitch, among the frames for which `counts` is true and the
/// voice has a pitch.
fn in_tune(voice: &[f32], sound: &[f32], counts: &[bool]) -> Option<f64> {
    let (mut voiced, mut right) = (0, 0);
    for at in (0..counts.len()).filter(|&at| counts[at]) {
        let Some(wanted) = pitch_cents(voice, at * HOP) else { continue };
        voiced += 1;
        let is_right = |own: f64| (own - wanted).abs() <= IN_TUNE_CENTS;
        right += u32::from(pitch_cents(sound, at * HOP).is_some_and(is_right));
    }
    (voiced > 0).then(|| f64::from(right) / f64::from(voiced))
}
