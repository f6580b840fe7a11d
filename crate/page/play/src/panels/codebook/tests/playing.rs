//! The picked presets, which play one after another.

use plane::preset_layers::PresetLayers;

use super::*;
use crate::action::{PointerAction, TouchAction};

#[test]
fn the_picked_presets_play_one_after_another_and_leave_the_point_alone() {
    let mut page = CodebookPage::open();
    let before = page.here();
    page.play(&[3, 1, 99]);
    assert!(page.is_auditioning() && page.model().is_playing);
    assert_eq!(page.model().chosen, Some(3));
    page.wait();
    assert!(page.is_auditioning());
    assert_eq!(page.model().chosen, Some(1));
    page.wait();
    let is_over = !page.is_auditioning() && !page.model().is_playing;
    assert!(is_over, "the last one has sounded as long as the others, and there is no row 99");
    assert_eq!(page.here(), before);
    assert!(!page.state.history.can_undo());
}

#[test]
fn one_event_ends_all_presets_that_play() {
    let ends: [fn(&mut CodebookPage); 11] = [
        |page| page.play(&[]),
        |page| page.own(CodebookAction::ReleaseBars),
        |page| page.own(CodebookAction::ToggleCodes),
        |page| page.own(CodebookAction::Go { dot: 0 }),
        |page| page.act(Action::Sound(SoundAction::Panic)),
        |page| page.act(Action::Sound(SoundAction::PageHidden)),
        |page| page.act(Action::Sound(SoundAction::PageLeft)),
        |page| page.know(KNOWN, LAYERS),
        |page| page.select(Tab::Play),
        CodebookPage::close,
        |page| page.act(Action::Find(FindAction::LikeHere)),
    ];
    for (number, end) in ends.into_iter().enumerate() {
        let mut page = CodebookPage::open();
        page.play(&[0, 1, 2]);
        end(&mut page);
        assert!(!page.model().is_playing && !page.is_auditioning(), "{number}");
        page.wait();
        assert!(!page.is_auditioning(), "{number}: an old timer plays nothing");
    }
}

#[test]
fn who_looks_at_another_window_hears_the_presets_on() {
    let mut page = CodebookPage::open();
    page.play(&[0, 1, 2]);
    page.act(Action::Pointer(PointerAction::Blur));
    page.frame();
    assert!(page.model().is_playing && !page.is_auditioning());
    page.wait();
    assert!(page.is_auditioning());
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
    page.wait();
    assert!(page.is_auditioning(), "the third one");
}

#[test]
fn the_timer_of_ended_presets_does_not_shorten_the_next_ones() {
    let mut page = CodebookPage::open();
    page.play(&[0, 1]);
    let old = std::mem::take(&mut page.timers);
    page.play(&[]);
    page.play(&[2, 3]);
    for action in old {
        page.act(action);
    }
    assert_eq!(page.model().chosen, Some(2));
}

#[test]
fn presets_of_other_loudness_play_equally_loud() {
    let mut page = CodebookPage::open();
    let names: Vec<String> = (0..KNOWN).map(|row| format!("Preset {row}")).collect();
    let rows: Vec<Vec<f32>> = [-30.0, -20.0, -14.0, -20.0, -60.0]
        .map(|lufs| {
            let mut row = vec![50.0; 9];
            row[8] = lufs;
            row
        })
        .to_vec();
    let measured = PresetLayers::new(names.iter().map(String::as_str), &rows);
    page.act(Action::Load(LoadAction::Measured(Rc::new(measured))));
    page.play(&[1, 0, 2, 3, 4]);
    let usual = Patch::default().get(Parameter::MasterVol);
    let mut louder_db = Vec::new();
    for _ in 0..KNOWN {
        louder_db.push(40.0 * (page.volume.expect("a preset sounds") / usual).log10());
        page.wait();
    }
    let most_db = 40.0 * (1.0 / usual).log10();
    for (db, wanted) in louder_db.iter().zip([0.0, most_db, -6.0, 0.0, most_db]) {
        assert!((db - wanted).abs() < 0.1, "{louder_db:?}");
    }
}
