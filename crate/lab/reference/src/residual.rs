//! The difference of two renderings. Never tolerates a difference: callers compare with their own limit.

/// The difference of two renderings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// Level of the difference relative to the reference, dB; −∞ without a difference.
    pub relative_db: f64,
    /// The first frame that differs, if any.
    pub first_frame: Option<usize>,
}

impl Residual {
    /// True if all samples are the same numbers.
    pub fn is_exact(&self) -> bool {
        self.first_frame.is_none()
    }
}

/// Compares a rendering (left and right) with the reference, up to the reference's first non-finite frame:
/// amSynth's filter can become unstable under fast modulation at full resonance, and its output after that
/// is undefined.
pub fn residual(ours: &[Vec<f32>; 2], reference: &[Vec<f32>; 2]) -> Residual {
    let frames = ours[0].len().max(reference[0].len());
    let compared = (0..frames)
        .find(|&frame| reference.iter().any(|channel| channel.get(frame).is_some_and(|s| !s.is_finite())))
        .unwrap_or(frames);
    let (mut error, mut energy, mut first_frame) = (0.0, f64::MIN_POSITIVE, None);
    for frame in 0..compared {
        for (ours, reference) in ours.iter().zip(reference) {
            let sample = |channel: &Vec<f32>| channel.get(frame).copied().unwrap_or(f32::INFINITY);
            let (ours, reference) = (sample(ours), sample(reference));
            error += (f64::from(ours) - f64::from(reference)).powi(2);
            energy += f64::from(reference).powi(2);
            if ours != reference && first_frame.is_none() {
                first_frame = Some(frame);
            }
        }
    }
    let relative_db = if first_frame.is_some() { 10.0 * (error / energy).log10() } else { f64::NEG_INFINITY };
    Residual { relative_db, first_frame }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_difference_has_a_known_level() {
        let reference = [vec![1.0, -1.0], vec![1.0, 1.0]];
        assert!(residual(&reference, &reference).is_exact());
        let ours = [vec![1.0, -1.0], vec![1.0, 1.02]];
        let residual = residual(&ours, &reference);
        assert_eq!(residual.first_frame, Some(1));
        assert!((residual.relative_db + 40.0).abs() < 0.01, "{residual:?}");
    }

    #[test]
    fn a_missing_end_is_a_difference_and_a_non_finite_reference_is_not() {
        let reference = [vec![0.5, 0.25], vec![0.5, 0.25]];
        let short = [vec![0.5], vec![0.5]];
        assert_eq!(residual(&short, &reference).first_frame, Some(1));
        let non_finite = [vec![0.5, f32::NAN], vec![0.5, 0.0]];
        assert!(residual(&reference, &non_finite).is_exact());
    }
}
