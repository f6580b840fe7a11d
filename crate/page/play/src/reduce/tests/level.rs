//! The level of the output.

use super::*;

fn voices(page: &mut Page, count: u32) {
    page.act(Action::Sound(SoundAction::VoicesSounding(count)));
}

fn measure(page: &mut Page, rms: f32) -> bool {
    page.act(Action::Sound(SoundAction::Level(rms)));
    page.effects.iter().any(|effect| matches!(effect, Effect::MeasureLevel(_)))
}

#[test]
fn it_is_measured_from_the_first_voice_to_the_end_of_the_tail() {
    let mut page = Page::awake();
    voices(&mut page, 2);
    assert_eq!(page.effects.iter().filter(|effect| **effect == Effect::MeasureLevel(0)).count(), 1);
    voices(&mut page, 3);
    assert!(!page.effects.contains(&Effect::MeasureLevel(0)), "one measurement at a time");
    assert!(measure(&mut page, 0.1));
    let loud = page.state.sound.level;
    voices(&mut page, 0);
    assert!(loud > 0.5 && measure(&mut page, 0.02), "the tail");
    let mut count = 0;
    while measure(&mut page, 0.0) {
        count += 1;
        assert!(count < 60, "it comes to rest");
    }
    assert_eq!(page.state.sound.level, 0.0);
    page.frame();
    assert!(!page.effects.contains(&Effect::RequestFrame), "no frames in silence");
}

#[test]
fn a_sleeping_context_has_no_level() {
    let mut page = Page::awake();
    voices(&mut page, 1);
    measure(&mut page, 0.5);
    page.act(Action::Sound(SoundAction::ContextChanged(false)));
    for _ in 0..60 {
        measure(&mut page, 0.5);
    }
    assert_eq!((page.state.sound.level, page.state.sound.is_measured), (0.0, false));
}

#[test]
fn what_sounds_on_after_an_interruption_is_measured_again() {
    let mut page = Page::awake();
    voices(&mut page, 1);
    page.act(Action::Sound(SoundAction::ContextChanged(false)));
    while measure(&mut page, 0.5) {}
    page.act(Action::Sound(SoundAction::ContextChanged(true)));
    assert!(page.effects.contains(&Effect::MeasureLevel(0)));
    assert!(measure(&mut page, 0.5) && page.state.sound.level > 0.0);
}

proptest! {
    #[test]
    fn a_level_rises_at_once_falls_slowly_and_is_a_share(values in prop::collection::vec(any::<f32>(), 1..50)) {
        let mut page = Page::awake();
        voices(&mut page, 1);
        for rms in values {
            let before = page.state.sound.level;
            measure(&mut page, rms);
            let level = page.state.sound.level;
            prop_assert!((0.0..=1.0).contains(&level) && level > 0.7 * before - 0.01, "{before} → {level}");
        }
    }
}
