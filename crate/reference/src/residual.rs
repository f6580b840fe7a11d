//! How far two renderings are apart.

/// The difference of two renderings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// Level of the difference relative to the reference, dB; −∞ if there is none.
    pub relative_db: f64,
    /// The first frame that differs, if any.
    pub first_frame: Option<usize>,
}

impl Residual {
    /// Whether all samples are the same numbers.
    pub fn is_exact(&self) -> bool {
        self.first_frame.is_none()
    }
}

/// Compares a rendering (left and right) with the reference's.
pub fn residual(ours: &[Vec<f32>; 2], reference: &[Vec<f32>; 2]) -> Residual {
    let energy = |channels: &[Vec<f32>; 2]| -> f64 {
        channels.iter().flatten().map(|&sample| f64::from(sample).powi(2)).sum()
    };
    let pairs = || ours.iter().flatten().zip(reference.iter().flatten());
    let error: f64 = pairs().map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum();
    let first_frame = (0..reference[0].len().max(ours[0].len()))
        .find(|&frame| (0..2).any(|channel| ours[channel].get(frame) != reference[channel].get(frame)));
    let relative_db = if first_frame.is_none() {
        f64::NEG_INFINITY
    } else {
        10.0 * (error / energy(reference).max(f64::MIN_POSITIVE)).log10()
    };
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
}
