//! A target from a sound: its contour for each descriptor, sounds that make none, and a person who does something else
//! while a sound is read.

use super::*;
use crate::sounds::SoundNumber;

/// Scales of 64 parts: brightness falls, warmth rises in the first half, the others stay.
fn darker() -> Vec<Vec<f32>> {
    let part =
        |index: usize| vec![50.0, 50.0, 90.0 - index as f32, 50.0, 20.0 + index.min(32) as f32, 50.0, 50.0];
    (0..64).map(part).collect()
}

impl PathsPage {
    pub(super) fn give_sound(&mut self, name: &str) {
        self.follow_curve(PathsCurveAction::GiveSound { file: file(name) });
    }

    /// The page reads a sound of these frames and measures its parts.
    pub(super) fn hear(&mut self, frames: usize, parts: Vec<Vec<f32>>) {
        let (task, _) = self.task();
        self.answer(task, PathsAnswer::Sound { sound: SoundNumber::of(1), frames, is_damaged: false });
        self.end(task);
        let (task, _) = self.task();
        self.answer(task, PathsAnswer::Parts { parts });
        self.end(task);
    }
}

#[test]
fn the_contour_of_a_sound_is_the_target_for_each_descriptor() {
    let mut page = PathsPage::following();
    page.follow_curve(PathsCurveAction::ChooseShape { shape: PathsShape::Sound });
    assert_eq!(
        (page.curve().counts.asked, page.curve().target.shape),
        (1, PathsShape::Sine),
        "a file is asked for"
    );
    page.give_sound("darker.wav");
    assert_eq!(page.curve().remark, PathsCurveRemark::Reading { file: "darker.wav".to_owned() });
    page.hear(88_200, darker());
    let target = page.curve().target;
    assert_eq!((target.shape, target.length_s), (PathsShape::Sound, 2.0));
    assert!(target.values[0] > target.values[40] && target.values[40] > target.values[63]);
    page.follow_curve(PathsCurveAction::ChooseShape { shape: PathsShape::Sine });
    page.follow_curve(PathsCurveAction::ChooseShape { shape: PathsShape::Sound });
    assert_eq!(page.curve().target.values, target.values, "back to it without choosing it again");
    page.follow_curve(PathsCurveAction::ChooseDescriptor { descriptor: PathsDescriptor::Warmth });
    let curve = page.curve();
    assert!(curve.target.values[0] < curve.target.values[40]);
    let descriptor = PathsDescriptor::Warmth;
    let said = PathsCurveRemark::Contour {
        file: "darker.wav".to_owned(),
        is_beginning: false,
        is_damaged: false,
        descriptor,
    };
    assert_eq!(curve.remark, said);
}

#[test]
fn a_sound_whose_descriptor_stays_as_it_is_makes_no_target() {
    let mut page = PathsPage::following();
    page.follow_curve(PathsCurveAction::ChooseDescriptor { descriptor: PathsDescriptor::Depth });
    page.give_sound("steady.wav");
    page.hear(88_200, darker());
    let curve = page.curve();
    let said = PathsCurveRemark::NoContour { file: "steady.wav".to_owned(), is_beginning: false };
    assert_eq!((curve.target.shape, curve.remark), (PathsShape::Line, said));
    page.give_sound("silence.wav");
    page.hear(88_200, vec![Vec::new(); 64]);
    let said = PathsCurveRemark::NoContour { file: "silence.wav".to_owned(), is_beginning: false };
    assert_eq!(page.curve().remark, said);
}

#[test]
fn a_minute_is_the_target_as_a_whole_and_of_a_longer_sound_the_beginning() {
    for (frames, is_beginning) in [(60 * 44_100, false), (60 * 44_100 + 1, true)] {
        let mut page = PathsPage::following();
        page.give_sound("long.wav");
        page.hear(frames, darker());
        let curve = page.curve();
        let descriptor = PathsDescriptor::Brightness;
        let said = PathsCurveRemark::Contour {
            file: "long.wav".to_owned(),
            is_beginning,
            is_damaged: false,
            descriptor,
        };
        assert_eq!((curve.remark, curve.target.length_s), (said, 60.0));
    }
}

#[test]
fn what_a_person_does_while_a_sound_is_read_is_not_replaced_by_the_sound() {
    let drawn = PathsCurveAction::ChooseShape { shape: PathsShape::Drawn };
    let place = PathsTargetPlace { share: 0.2, value: 50.0 };
    let cases = [
        (PathsCurveAction::ChooseShape { shape: PathsShape::Line }, PathsShape::Line),
        (PathsCurveAction::Find, PathsShape::Drawn),
        (PathsCurveAction::PressTarget { pointer: 1, place }, PathsShape::Drawn),
        (PathsCurveAction::MoveTargetPoint { index: 2, value: 60.0 }, PathsShape::Drawn),
    ];
    for (act, shape) in cases {
        for is_read in [false, true] {
            let mut page = PathsPage::following();
            page.follow_curve(drawn.clone());
            page.give_sound("late.wav");
            let (read, _) = page.task();
            if is_read {
                page.answer(
                    read,
                    PathsAnswer::Sound { sound: SoundNumber::of(1), frames: 88_200, is_damaged: false },
                );
                page.end(read);
            }
            let (late, _) = page.task();
            page.follow_curve(act.clone());
            page.answer(
                late,
                PathsAnswer::Sound { sound: SoundNumber::of(1), frames: 88_200, is_damaged: false },
            );
            page.answer(late, PathsAnswer::Parts { parts: darker() });
            let target = page.curve().target;
            assert_eq!((target.shape, target.length_s), (shape, 8.0), "{act:?}, read: {is_read}");
        }
    }
}

#[test]
fn a_file_that_is_no_sound_gets_a_sentence_and_the_target_stays() {
    let mut page = PathsPage::following();
    page.give_sound("noise.wav");
    let (task, _) = page.task();
    page.fail(task, "not_audio");
    let said = PathsCurveRemark::Unread { file: "noise.wav".to_owned(), word: "not_audio".to_owned() };
    assert_eq!((page.curve().remark, page.curve().target.shape), (said, PathsShape::Sine));
    page.find();
    page.give_sound("next.wav");
    assert!(!page.curve().search.is_running, "the search ends, since its target goes");
}

#[test]
fn a_file_that_is_damaged_in_part_is_told_with_its_contour() {
    let mut page = PathsPage::following();
    page.give_sound("torn.mp3");
    let (task, _) = page.task();
    let sound = PathsAnswer::Sound { sound: SoundNumber::of(1), frames: 88_200, is_damaged: true };
    page.answer(task, sound);
    page.end(task);
    let (task, _) = page.task();
    page.answer(task, PathsAnswer::Parts { parts: darker() });
    page.end(task);
    let remark = page.curve().remark;
    assert!(matches!(remark, PathsCurveRemark::Contour { is_damaged: true, .. }), "{remark:?}");
}

#[test]
fn a_path_along_a_contour_is_struck_and_equally_loud_and_saved_so() {
    let mut page = PathsPage::following();
    page.give_sound("darker.wav");
    page.hear(88_200, darker());
    page.find();
    let (_, task) = page.task();
    assert!(matches!(task, PathsTask::Measure { note_s: Some(0.5), .. }), "{task:?}");
    while page.measure(0.0) {}
    page.follow_curve(PathsCurveAction::KeepFound);
    page.own(PathsAction::Save { kind: PathsFileKind::Midi });
    let saved = page.running.iter().find_map(|(_, task)| match task {
        PathsTask::Save { path, .. } => Some(path.clone()),
        _ => None,
    });
    let saved = saved.expect("a file is written");
    assert_eq!((saved.notes.len(), saved.level.is_some()), (4, true), "two seconds, two notes a second");
}
