//! Promises of the range of a transfer's latent numbers: numbers in it stay exactly, numbers beyond it go to its
//! end and no farther, odd input stays finite.

use crate::common::model;
use frame_model::{LatentAxis, TRANSFER_SHARE};

#[test]
fn numbers_within_stay_and_others_go_to_the_end() {
    let axis = LatentAxis { low: -1.0, high: 3.0, share: 0.5 };
    let [low, high] = [-TRANSFER_SHARE, TRANSFER_SHARE].map(|offset| axis.number_at(offset));
    assert!((low - (1.0 - 2.0 * TRANSFER_SHARE)).abs() < 1e-6, "{low}");
    assert!((high - (1.0 + 2.0 * TRANSFER_SHARE)).abs() < 1e-6, "{high}");
    for number in [low, 0.123_456_7, 1.0, high] {
        assert_eq!(axis.limited(number), number);
    }
    for (number, end) in [(-9.0, low), (low - 0.01, low), (high + 0.01, high), (f32::INFINITY, high)] {
        assert_eq!(axis.limited(number), end, "{number}");
    }
}

#[test]
fn each_axis_of_a_model_has_its_own_range() {
    let mut model = model(3, 8);
    (model.axes[1].low, model.axes[1].high) = (-20.0, -10.0);
    let mut latent = [9.0, 9.0, 0.25, 9.0, f32::NAN];
    model.limit_to_domain(&mut latent);
    let end = |axis: usize| model.axes[axis].number_at(TRANSFER_SHARE);
    assert_eq!(latent[..4], [end(0), end(1), 0.25, 9.0], "numbers without an axis are left alone");
}

#[test]
fn odd_input_stays_finite() {
    let mut model = model(2, 8);
    model.axes[1].high = model.axes[1].low;
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut latent = [number; 2];
        model.limit_to_domain(&mut latent);
        assert!(latent.iter().all(|number| number.is_finite()), "{number}: {latent:?}");
        assert_eq!(latent[1], -1.0);
    }
}
