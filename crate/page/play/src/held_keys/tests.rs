//! Tests of `held_keys`.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const C: u8 = 60;
const E: u8 = 64;

fn on(key: u8) -> NoteEvent {
    NoteEvent::On { part: 0, key, velocity: 100 }
}

fn off(key: u8) -> NoteEvent {
    NoteEvent::Off { part: 0, key }
}

#[test]
fn a_sliding_finger_plays_the_next_key_and_ends_the_last() {
    for (is_legato, expected) in [(false, [off(C), on(E)]), (true, [on(E), off(C)])] {
        let mut keys = HeldKeys::default();
        keys.press(KeyHolder::Pointer(1), C, 100, is_legato);
        assert_eq!(keys.press(KeyHolder::Pointer(1), E, 100, is_legato), expected);
    }
}

#[test]
fn a_key_with_two_holders_ends_with_the_second_release() {
    let mut keys = HeldKeys::default();
    keys.press(KeyHolder::Midi(C), C, 100, false);
    keys.press(KeyHolder::Click, C, 100, false);
    assert_eq!(keys.release(&KeyHolder::Click, false), []);
    assert_eq!(keys.release(&KeyHolder::Midi(C), false), [off(C)]);
}

#[test]
fn a_key_that_a_touch_holds_too_ends_with_the_last_of_them() {
    let mut keys = HeldKeys::default();
    keys.set_touch(TouchId(7), 0, &[C], 100, false);
    keys.press(KeyHolder::Midi(C), C, 100, false);
    assert_eq!(keys.set_touch(TouchId(7), 0, &[], 100, false), []);
    assert_eq!(keys.release(&KeyHolder::Midi(C), false), [off(C)]);
}

#[test]
fn the_notes_of_a_touch_show_as_pressed_keys() {
    let mut keys = HeldKeys::default();
    keys.set_touch(TouchId(1), 2, &[C, E], 100, false);
    assert!(keys.is_down(C) && keys.is_down(E) && !keys.is_down(C + 1));
    keys.set_touch(TouchId(1), 2, &[], 100, false);
    assert!(!keys.is_down(C));
}

#[test]
fn a_latched_key_that_two_held_ends_once() {
    let mut keys = HeldKeys::default();
    keys.press(KeyHolder::Midi(C), C, 100, false);
    keys.press(KeyHolder::Click, C, 100, false);
    keys.release(&KeyHolder::Click, true);
    keys.release(&KeyHolder::Midi(C), true);
    assert_eq!(keys.release_latched(), [off(C)]);
}

#[test]
fn latched_keys_sound_until_the_next_chord_or_the_end_of_the_latch() {
    let mut keys = HeldKeys::default();
    keys.press(KeyHolder::Click, C, 100, false);
    assert_eq!(keys.release(&KeyHolder::Click, true), []);
    assert!(keys.is_down(C));
    assert_eq!(keys.press(KeyHolder::Click, E, 100, false), [off(C), on(E)]);
    keys.release(&KeyHolder::Click, true);
    assert_eq!(keys.release_latched(), [off(E)]);
}

#[test]
fn a_latched_key_that_is_pressed_again_begins_again() {
    let mut keys = HeldKeys::default();
    keys.press(KeyHolder::Click, C, 100, false);
    keys.release(&KeyHolder::Click, true);
    assert_eq!(keys.press(KeyHolder::Midi(C), C, 100, false), [on(C)]);
}

#[test]
fn all_keyboards_end_together_and_touches_continue() {
    let mut keys = HeldKeys::default();
    keys.set_touch(TouchId(1), 0, &[E], 100, false);
    keys.press(KeyHolder::Midi(C), C, 100, false);
    keys.press(KeyHolder::Click, E, 100, false);
    assert_eq!(keys.release_keyboards(), [off(C)]);
    assert!(keys.holds_touch(TouchId(1)));
}

#[test]
fn keys_of_the_page_end_together_and_those_of_a_device_and_latched_ones_sound_on() {
    let mut keys = HeldKeys::default();
    keys.press(KeyHolder::Midi(E), E, 100, false);
    keys.press(KeyHolder::Midi(C), C, 100, false);
    keys.release(&KeyHolder::Midi(C), true);
    keys.press(KeyHolder::Typed("KeyW".to_owned()), C + 2, 100, false);
    keys.press(KeyHolder::Pointer(1), E, 100, false);
    assert_eq!(keys.release_pressed(), [off(C + 2)]);
    assert_eq!((keys.release_midi(), keys.release_latched()), (vec![off(E)], vec![off(C)]));
}

proptest! {
    /// After any sequence, the sounding notes are exactly those that have a holder.
    #[test]
    fn no_note_is_ever_stuck(steps in prop::collection::vec((0u8..7, 0u8..4, 60u8..64), 0..60)) {
        let mut keys = HeldKeys::default();
        let mut sounding = BTreeSet::new();
        let mut latch = false;
        for (step, who, key) in steps {
            let touch = TouchId(u32::from(who));
            let events = match step {
                0 | 1 => keys.press(KeyHolder::Midi(who), key, 90, who % 2 == 0),
                2 => keys.release(&KeyHolder::Midi(who), latch),
                3 => keys.set_touch(touch, usize::from(who), &[key, key + 4], 90, false),
                4 => keys.set_touch(touch, usize::from(who), &[], 90, false),
                5 => { latch = !latch; if latch { Vec::new() } else { keys.release_latched() } }
                _ => keys.release_keyboards(),
            };
            for event in events {
                match event {
                    NoteEvent::On { part, key, .. } => { sounding.insert((part, key)); }
                    NoteEvent::Off { part, key } => prop_assert!(sounding.remove(&(part, key)), "{part} {key}"),
                }
            }
            let held: BTreeSet<_> = keys.held.iter().map(|held| (held.part, held.key)).collect();
            prop_assert_eq!(&held, &sounding);
        }
    }
}
