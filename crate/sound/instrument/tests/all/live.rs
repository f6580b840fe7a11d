//! Promises of a source that transforms sound: keys that are down sound on when it begins to transform amSynth's
//! sound, and when it ends.

use crate::steady_source::{SteadySource, choose, controller, instrument, play};
use instrument::LiveSound;
use protocol::constants::BLOCK_FRAMES;

/// Two seconds, after which the notes that ended on amSynth are silent.
const ENDING_BLOCKS: usize = 1_500;

#[test]
fn keys_that_are_down_sound_on_when_amsynth_becomes_the_live_sound_and_when_it_ends() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    choose(&mut instrument, Box::new(source.clone()));
    instrument.control_change(1, 64, 127);
    instrument.note_on(1, 50, 100);
    // Held by the pedal alone.
    instrument.note_on(1, 55, 100);
    play(&mut instrument, 100);
    instrument.note_off(1, 55);
    play(&mut instrument, 1);
    instrument.set_live(LiveSound::Own);
    assert_eq!(
        (source.0.borrow().down.len(), instrument.active_voices()),
        (0, 1),
        "amSynth plays what is down"
    );
    play(&mut instrument, ENDING_BLOCKS);
    instrument.set_live(LiveSound::Off);
    assert_eq!(source.0.borrow().down, [(1, 50)]);
    assert_eq!(controller(&source, 1, 64), Some(127));
    play(&mut instrument, ENDING_BLOCKS);
    assert_eq!(instrument.active_voices(), 1, "amSynth has ended it");
    instrument.note_off(1, 50);
    play(&mut instrument, 1);
    assert_eq!(source.0.borrow().down, []);
}

#[test]
fn a_tap_that_ends_as_the_source_changes_ends_on_the_new_one() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    choose(&mut instrument, Box::new(source.clone()));
    instrument.set_live(LiveSound::Own);
    instrument.note_on(0, 60, 100);
    instrument.note_off(0, 60);
    play(&mut instrument, 1);
    instrument.set_live(LiveSound::Off);
    play(&mut instrument, 100);
    assert_eq!(source.0.borrow().down, []);
}

#[test]
fn an_arpeggio_goes_on_when_amsynth_becomes_the_live_sound() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    choose(&mut instrument, Box::new(source));
    // All keys, in steps of ten seconds.
    instrument.arpeggio(4, 0.1, 1.0);
    [60, 64].into_iter().for_each(|key| instrument.note_on(0, key, 100));
    play(&mut instrument, 10);
    instrument.set_live(LiveSound::Own);
    play(&mut instrument, 1);
    assert_eq!(instrument.active_voices(), 2);
}

#[test]
fn another_model_plays_the_keys_of_amsynth_that_was_live() {
    let [source, other] = [SteadySource::default(), SteadySource::default()];
    let mut instrument = instrument();
    choose(&mut instrument, Box::new(source));
    instrument.set_live(LiveSound::Own);
    instrument.note_on(0, 60, 100);
    play(&mut instrument, 100);
    // The page does this: the keys that are down go down again, and then its live sound ends.
    choose(&mut instrument, Box::new(other.clone()));
    instrument.note_on(0, 60, 100);
    instrument.set_live(LiveSound::Off);
    play(&mut instrument, ENDING_BLOCKS);
    assert_eq!((other.0.borrow().down.as_slice(), instrument.active_voices()), ([(0, 60)].as_slice(), 1));
    instrument.note_off(0, 60);
    play(&mut instrument, 1);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn a_model_or_amsynth_that_comes_ends_the_keys_of_amsynth_that_is_live() {
    for tones in [Some(SteadySource::default()), None] {
        let mut instrument = instrument();
        choose(&mut instrument, Box::new(SteadySource::default()));
        instrument.set_live(LiveSound::Own);
        instrument.note_on(0, 60, 100);
        play(&mut instrument, 100);
        match tones {
            Some(tones) => choose(&mut instrument, Box::new(tones)),
            None => instrument.choose_source(0),
        }
        instrument.set_live(LiveSound::Off);
        play(&mut instrument, ENDING_BLOCKS);
        assert_eq!(instrument.active_voices(), 0, "nobody lifts it a second time");
    }
}

#[test]
fn a_source_that_transforms_amsynth_is_heard_in_its_place() {
    let [mut plain, mut live] = [instrument(), instrument()];
    let source = SteadySource::default();
    choose(&mut live, Box::new(source.clone()));
    live.set_live(LiveSound::Own);
    for instrument in [&mut plain, &mut live] {
        instrument.note_on(0, 60, 100);
    }
    let (own, transformed) = (play(&mut plain, 50), play(&mut live, 50));
    assert!(transformed.iter().all(|&sample| sample == 0.25));
    assert_eq!(source.0.borrow().listened, own);
    live.set_live(LiveSound::Off);
    live.note_on(1, 52, 100);
    play(&mut live, 1);
    assert_eq!(source.0.borrow().down, [(0, 60), (1, 52)], "the domain plays again");
}

#[test]
fn what_sounds_fades_when_it_is_transformed_and_when_it_is_heard_again() {
    let [mut plain, mut live] = [instrument(), instrument()];
    choose(&mut live, Box::new(SteadySource::default()));
    live.choose_source(0);
    for instrument in [&mut plain, &mut live] {
        instrument.note_on(0, 60, 100);
    }
    assert_eq!(play(&mut plain, 100), play(&mut live, 100));
    let share = |now: &[f32], own: &[f32]| {
        let (mut product, mut power) = (0.0, 0.0);
        for (now, own) in now.iter().zip(own) {
            product += (now - 0.25) * own;
            power += own * own;
        }
        product / power
    };
    for (sound, ends) in
        [(LiveSound::Own, [0.9..1.0, 0.0..0.001]), (LiveSound::Foreign, [0.0..0.1, 0.999..1.001])]
    {
        live.set_live(sound);
        let (own, now) = (play(&mut plain, 20), play(&mut live, 20));
        let last = own.len() - BLOCK_FRAMES;
        let shares = [share(&now[..BLOCK_FRAMES], &own[..BLOCK_FRAMES]), share(&now[last..], &own[last..])];
        assert!(ends[0].contains(&shares[0]) && ends[1].contains(&shares[1]), "{sound:?}: {shares:?}");
    }
}
