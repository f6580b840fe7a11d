//! Promises of the law between the pad and the latent space: ±3 are the percentiles, both ways agree, odd input stays
//! finite.

use frame_model::FrameModel;
use std::path::Path;

fn strings() -> FrameModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/timbre/strings.frames");
    FrameModel::from_bytes(&std::fs::read(path).expect("it is shipped")).expect("our own file")
}

#[test]
fn three_is_the_percentile_and_nought_the_middle() {
    let model = strings();
    let mut latent = [9.0; 8];
    model.latent_at([3.0, -3.0], &[1.0, -1.0, 0.0], &mut latent);
    let [a, b, c, d, e, f, ..] = &model.axes[..] else { panic!("eight axes") };
    let middle = |low: f32, high: f32| 0.5 * (low + high);
    let wanted = [a.high, b.low, c.high, d.low, middle(e.low, e.high), middle(f.low, f.high)];
    for (number, wanted) in latent.iter().zip(wanted) {
        assert!((number - wanted).abs() < 1e-5, "{number} is not {wanted}");
    }
}

#[test]
fn both_ways_agree_beyond_the_pad_too() {
    let model = strings();
    let (point, offsets) = ([-4.0, 5.5], [0.25, -1.5, 0.0, 0.5, -0.5, 1.0]);
    let mut latent = [0.0; 8];
    model.latent_at(point, &offsets, &mut latent);
    let mut back = [0.0; 6];
    model.offsets_of(&latent, &mut back);
    let pairs = model.point_of(&latent).into_iter().chain(back).zip(point.into_iter().chain(offsets));
    for (found, wanted) in pairs {
        assert!((found - wanted).abs() < 1e-4, "{found} is not {wanted}");
    }
}

#[test]
fn odd_input_stays_finite() {
    let mut model = strings();
    model.axes[1].high = model.axes[1].low;
    let mut latent = [0.0; 12];
    model.latent_at([f32::NAN, f32::INFINITY], &[f32::NEG_INFINITY; 20], &mut latent);
    assert!(latent.iter().all(|number| number.is_finite()));
    assert_eq!(latent[8..], [0.0; 4]);
    assert_eq!(model.point_of(&[1.0, 2.0])[1], 0.0);
    assert_eq!(model.point_of(&[]), [0.0; 2]);
}
