//! The width of a stereo sound: a patch's only width is that of its reverb, so a wide sound needs it.

/// The share of the side signal in the energy of two channels: 0 for equal channels, ½ for channels that have nothing
/// in common, 1 for channels of opposite phase. 0 for silence.
pub fn stereo_width(left: &[f32], right: &[f32]) -> f32 {
    let (mut middle, mut side) = (0.0_f64, 0.0_f64);
    for (&left, &right) in left.iter().zip(right) {
        let (left, right) = (f64::from(left), f64::from(right));
        middle += (left + right).powi(2);
        side += (left - right).powi(2);
    }
    let share = side / (middle + side);
    if share.is_finite() { share as f32 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_independent_and_opposite_channels_have_their_widths() {
        let left: Vec<f32> = (0..44_100).map(|n| (n as f32 * 0.06).sin()).collect();
        let other: Vec<f32> = (0..44_100).map(|n| (n as f32 * 0.11).sin()).collect();
        let opposite: Vec<f32> = left.iter().map(|sample| -sample).collect();
        assert_eq!(stereo_width(&left, &left), 0.0);
        assert!((stereo_width(&left, &other) - 0.5).abs() < 0.01);
        assert_eq!(stereo_width(&left, &opposite), 1.0);
        let panned = stereo_width(&left, &left.iter().map(|sample| 0.5 * sample).collect::<Vec<_>>());
        assert!((0.05..0.2).contains(&panned), "{panned}");
    }

    #[test]
    fn silence_and_samples_that_are_no_numbers_have_no_width() {
        assert_eq!(stereo_width(&[], &[]), 0.0);
        assert_eq!(stereo_width(&[0.0; 9], &[0.0; 9]), 0.0);
        assert_eq!(stereo_width(&[f32::NAN], &[1.0]), 0.0);
    }
}
