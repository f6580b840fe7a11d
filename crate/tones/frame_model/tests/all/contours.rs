//! Promises: a model keeps its contours in its file, and gives the one that fits a tone. Older files, which have none,
//! load; damaged ones give an error and never a panic.

use crate::common::{draw, model};
use frame_model::{FrameModel, FrameModelError, ToneContour};
use proptest::prelude::*;

/// A contour of a note at a key and a place, whose attack takes so many steps.
fn contour(key: u8, place: f32, attack: usize, steps: usize) -> ToneContour {
    let quarters = |seed: u32, scale: f32| -> Vec<f32> {
        draw(steps, seed).into_iter().map(|value| (value * scale * 4.0).round() / 4.0).collect()
    };
    let numbers =
        |at: usize| draw(2, at as u32).into_iter().map(|value| (value * 50.0).round() / 50.0).collect();
    ToneContour {
        key,
        release_s: 0.25,
        loop_start: attack.max(steps / 2).min(steps - 2),
        place: vec![place, 0.0],
        level_db: (0..steps).map(|step| if step < attack { -30.0 } else { 0.5 }).collect(),
        noise_db: quarters(3, 20.0),
        cents: quarters(4, 25.0).into_iter().map(f32::round).collect(),
        latent: (0..steps.div_ceil(2)).map(numbers).collect(),
    }
}

fn living() -> FrameModel {
    let contours = vec![contour(48, -1.0, 4, 60), contour(48, 1.0, 20, 61), contour(84, 1.0, 4, 2)];
    model(2, 4).with_contours(contours).expect("they fit")
}

#[test]
fn a_file_gives_its_contours_again_and_one_without_them_loads() {
    let bytes = living().to_bytes();
    let again = FrameModel::from_bytes(&bytes).expect("our own file");
    assert_eq!(again.contours, living().contours);
    assert_eq!(again.to_bytes(), bytes);
    let older = model(2, 4).to_bytes();
    assert!(bytes.starts_with(&older), "the contours come last");
    assert!(FrameModel::from_bytes(&older).expect("an older file").contours.is_empty());
}

#[test]
fn a_file_that_ends_within_its_contours_is_refused() {
    let (bytes, older) = (living().to_bytes(), model(2, 4).to_bytes().len());
    for length in older + 1..bytes.len() {
        let error = FrameModel::from_bytes(&bytes[..length]).expect_err("it is cut off");
        let is_named = matches!(error, FrameModelError::TooShort | FrameModelError::TooLong { .. });
        assert!(is_named, "{length} bytes: {error}");
    }
    let long = [&bytes[..], &[0]].concat();
    assert_eq!(FrameModel::from_bytes(&long), Err(FrameModelError::TooLong { count: 1 }));
}

#[test]
fn contours_that_do_not_fit_are_refused() {
    let broken: [fn(&mut ToneContour); 9] = [
        |one| one.key = 128,
        |one| one.release_s = f32::NAN,
        |one| one.loop_start = 59,
        |one| one.place.truncate(1),
        |one| one.level_db[3] = f32::INFINITY,
        |one| one.noise_db.truncate(3),
        |one| one.cents[0] = 500.0,
        |one| one.latent[0].truncate(1),
        |one| one.latent.truncate(2),
    ];
    for change in broken {
        let mut one = contour(60, 0.0, 4, 60);
        change(&mut one);
        let error = model(2, 4).with_contours(vec![one]).expect_err("it is broken");
        assert_eq!(error, FrameModelError::Damaged { what: "the contours" });
    }
    let many = vec![contour(60, 0.0, 4, 8); 257];
    assert!(model(2, 4).with_contours(many).is_err(), "too many");
}

#[test]
fn a_tone_follows_the_note_that_is_nearest_in_key_and_place() {
    let model = living();
    assert_eq!(model.contour_of(50.0, 100, &[-1.2, 0.1]), Some(0));
    assert_eq!(model.contour_of(50.0, 100, &[1.2, 0.1]), Some(1));
    assert_eq!(model.contour_of(80.0, 100, &[1.2, 0.1]), Some(2));
    assert_eq!(model.contour_of(80.0, 100, &[f32::NAN, 0.1]), model.contour_of(80.0, 100, &[f32::NAN, 0.1]));
    assert_eq!(crate::common::model(2, 4).contour_of(60.0, 100, &[0.0, 0.0]), None);
}

#[test]
fn a_soft_key_follows_a_longer_attack_than_a_hard_one() {
    let contours = vec![contour(60, 0.0, 2, 60), contour(60, 0.05, 25, 60)];
    let model = model(2, 4).with_contours(contours).expect("they fit");
    let attack_s = |velocity| {
        let index = model.contour_of(60.0, velocity, &[0.02, 0.0]).expect("there are two");
        model.contours[index].attack_s()
    };
    assert!(attack_s(10) > attack_s(127), "{} {}", attack_s(10), attack_s(127));
}

#[test]
fn values_between_two_steps_lie_between_them_and_beyond_the_ends_at_the_ends() {
    let one = ToneContour { cents: vec![0.0, 10.0, -10.0, 0.0], ..contour(60, 0.0, 1, 4) };
    for (place, cents) in
        [(-5.0, 0.0), (0.0, 0.0), (0.5, 5.0), (1.5, 0.0), (3.0, 0.0), (99.0, 0.0), (f32::NAN, 0.0)]
    {
        assert_eq!(one.at(place).cents, cents, "at {place}");
    }
}

proptest! {
    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = living().to_bytes();
        let from = model(2, 4).to_bytes().len();
        for (place, byte) in changes {
            let place = from + place.index(bytes.len() - from);
            bytes[place] = byte;
        }
        if let Ok(model) = FrameModel::from_bytes(&bytes) {
            for (at, one) in model.contours.iter().enumerate() {
                let point = one.at(at as f32 * 7.3);
                prop_assert!(point.level_db.is_finite() && point.noise_db.is_finite() && point.cents.is_finite());
                prop_assert!(one.loop_start + 1 < one.steps());
            }
            let chosen = model.contour_of(60.0, 64, &[0.3, 0.1]);
            prop_assert_eq!(chosen.is_some(), !model.contours.is_empty());
        }
    }
}
