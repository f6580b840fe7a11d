//! Forward, inverse, real and complex transforms agree.

use fourier::{ExactPlanner, Planner};

const LENGTH: usize = 16;
/// The only bin that sounds.
const BIN: usize = 3;

fn cosine(frame: usize) -> f64 {
    (std::f64::consts::TAU * (BIN * frame) as f64 / LENGTH as f64).cos()
}

#[test]
fn a_cosine_is_one_bin_in_either_precision_and_comes_back_times_the_length() {
    let mut planner = Planner::new();
    let (forward, inverse) = (planner.real_forward(LENGTH), planner.real_inverse(LENGTH));
    let (mut samples, mut bins) = (forward.make_input_vec(), forward.make_output_vec());
    samples.iter_mut().enumerate().for_each(|(frame, sample)| *sample = cosine(frame) as f32);
    forward.process(&mut samples, &mut bins).unwrap();
    for (index, bin) in bins.iter().enumerate() {
        let expected = if index == BIN { LENGTH as f32 / 2.0 } else { 0.0 };
        assert!((bin.norm() - expected).abs() < 1e-5, "bin {index}: {bin}");
    }
    inverse.process(&mut bins, &mut samples).unwrap();
    for (frame, sample) in samples.iter().enumerate() {
        assert!((f64::from(*sample) - LENGTH as f64 * cosine(frame)).abs() < 1e-4, "frame {frame}");
    }

    let exact = ExactPlanner::new().real_forward(LENGTH);
    let (mut samples, mut bins) = (exact.make_input_vec(), exact.make_output_vec());
    samples.iter_mut().enumerate().for_each(|(frame, sample)| *sample = cosine(frame));
    exact.process(&mut samples, &mut bins).unwrap();
    assert!((bins[BIN].re - LENGTH as f64 / 2.0).abs() < 1e-12);
}

#[test]
fn a_complex_transform_has_the_bins_of_the_real_one_and_their_mirror() {
    let mut planner = Planner::new();
    let mut bins: Vec<_> = (0..LENGTH).map(|frame| (cosine(frame) as f32).into()).collect();
    planner.complex_forward(LENGTH).process(&mut bins);
    let sounding = (0..LENGTH).filter(|&index| bins[index].norm() > 1e-4);
    assert_eq!(sounding.collect::<Vec<_>>(), [BIN, LENGTH - BIN]);
}
