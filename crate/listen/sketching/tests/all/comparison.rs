//! An answer is compared with the sound as it was given, at whatever level that is.

use matching::{Target, TargetNote, as_loud_as, render, with_gain};
use patch::{Parameter, Patch};
use sketching::{Remark, compare_patch, compare_sketch};

fn patch() -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, 0.6);
    patch.set(Parameter::MasterVol, 0.5);
    patch
}

const NOTE: TargetNote = TargetNote { key: 57, length_s: 2.5, ..TargetNote::TEST };

/// A patch's sound in a file, with this gain.
fn given(gain: f32) -> Target {
    let samples: Vec<f32> = render(&patch(), &NOTE).iter().map(|sample| gain * sample).collect();
    Target::new(&[&samples], 44_100).expect("a sound")
}

#[test]
fn an_answer_with_the_loudness_of_a_loud_or_quiet_file_is_no_different() {
    for gain in [0.1, 0.5, 1.0] {
        let target = given(gain);
        let answer = as_loud_as(&target, &patch(), &NOTE);
        let (difference, remarks) = compare_patch(&target, &answer, &NOTE, false);
        assert!(difference.percent < 6.0 && remarks.is_empty(), "{gain}: {difference:?} {remarks:?}");
    }
}

#[test]
fn an_answer_that_is_too_quiet_is_told_so_unless_its_volume_is_not_set_yet() {
    let target = given(1.0);
    let quiet = with_gain(&patch(), -12.0).0;
    let (_, remarks) = compare_patch(&target, &quiet, &NOTE, false);
    assert!(matches!(remarks[..], [Remark::TooQuiet { by_db }] if (by_db - 12.0).abs() < 1.0), "{remarks:?}");
    assert_eq!(compare_patch(&target, &quiet, &NOTE, true).1, []);
}

#[test]
fn a_sketch_at_any_level_is_as_loud_as_its_target() {
    let target = given(1.0);
    let quiet: Vec<f32> = target.sounding().iter().map(|sample| 0.01 * sample).collect();
    let (difference, remarks) = compare_sketch(&target, &quiet);
    assert!(difference.percent < 1.0 && remarks.is_empty(), "{difference:?} {remarks:?}");
    assert!(compare_sketch(&target, &[]).0.is_silent);
}
