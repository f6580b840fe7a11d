//! Plays a whole sound through the feedback of a model as the audio thread does, as fast as it can be computed.

use frame_model::FrameModel;
use spectral::SpectralError;

use crate::block::BLOCK_SAMPLES;
use crate::instrument::ToneInstrument;
use crate::live_tone::LiveMode;

/// A value that changes over time: times in seconds, rising, with positive values. Between two times it changes by
/// equal ratios in equal times; before the first and after the last it is constant.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedbackCurve {
    points: Vec<[f32; 2]>,
}

impl FeedbackCurve {
    /// A curve through pairs of a time and a value. `None` unless there is a pair, all numbers are finite, the
    /// times rise and are not negative, and the values are positive.
    pub fn new(points: Vec<[f32; 2]>) -> Option<Self> {
        let is_point = |[time, value]: &[f32; 2]| *time >= 0.0 && *value > 0.0 && (time + value).is_finite();
        let rises = points.is_sorted_by(|[a, _], [b, _]| a < b);
        (!points.is_empty() && rises && points.iter().all(is_point)).then_some(Self { points })
    }

    /// The value at a time in seconds.
    pub fn at(&self, time_s: f32) -> f32 {
        let next = self.points.partition_point(|[time, _]| *time <= time_s);
        let [before, after] =
            [next.saturating_sub(1), next.min(self.points.len() - 1)].map(|at| self.points[at]);
        let width = after[0] - before[0];
        let share = if width > 0.0 { ((time_s - before[0]) / width).clamp(0.0, 1.0) } else { 0.0 };
        before[1] * (after[1] / before[1]).powf(share)
    }
}

/// `length` samples of a model's feedback that a sound starts. The sound and the loop's own output go through a
/// band-pass whose frequency in Hz and Q follow `band_pass`, and become tones. [`ToneInstrument::set_feedback`]
/// has the limits. No sample is above −1 dBFS, and the loop sounds on after the sound has ended. The same
/// arguments always give the samples that the audio thread plays if it gets blocks of [`BLOCK_SAMPLES`].
///
/// # Errors
/// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
pub fn feedback_sound(
    model: &FrameModel,
    sound: &[f32],
    sample_rate_hz: f32,
    length: usize,
    band_pass: [&FeedbackCurve; 2],
    seed: u32,
) -> Result<Vec<f32>, SpectralError> {
    let mut instrument = ToneInstrument::new(sample_rate_hz, 1)?;
    instrument.load(model.clone());
    instrument.set_live(LiveMode::Feedback);
    instrument.seed_feedback(seed);
    let mut out = vec![0.0; length];
    let mut given = [0.0; BLOCK_SAMPLES];
    for (index, block) in out.chunks_mut(BLOCK_SAMPLES).enumerate() {
        let begin = index * BLOCK_SAMPLES;
        let [frequency_hz, q] = band_pass.map(|curve| curve.at(begin as f32 / sample_rate_hz));
        instrument.set_feedback(frequency_hz, q);
        for (sample, at) in given.iter_mut().zip(begin..) {
            *sample = sound.get(at).copied().unwrap_or(0.0);
        }
        instrument.excite(&given);
        instrument.render(block);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_goes_through_its_points_and_rests_beyond() {
        let curve = FeedbackCurve::new(vec![[1.0, 100.0], [3.0, 400.0]]).expect("it rises");
        for (time_s, value) in [(0.0, 100.0), (1.0, 100.0), (2.0, 200.0), (3.0, 400.0), (9.0, 400.0)] {
            assert!((curve.at(time_s) - value).abs() < 0.01, "{} at {time_s}", curve.at(time_s));
        }
        let constant = FeedbackCurve::new(vec![[0.0, 5.0]]).expect("one point is enough");
        assert_eq!([0.0, 7.0].map(|time| constant.at(time)), [5.0; 2]);
    }

    #[test]
    fn invalid_curves_are_refused() {
        for points in [
            vec![],
            vec![[0.0, 0.0]],
            vec![[-1.0, 5.0]],
            vec![[2.0, 5.0], [2.0, 6.0]],
            vec![[0.0, f32::INFINITY]],
            vec![[f32::NAN, 5.0]],
        ] {
            assert_eq!(FeedbackCurve::new(points.clone()), None, "{points:?}");
        }
    }
}
