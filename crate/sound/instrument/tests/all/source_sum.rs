//! Promises of the sum of amSynth and another source: it stays below full scale, and it equals a source that
//! sounds alone bit for bit.

use crate::steady_source::choose;
use instrument::{Instrument, SoundSource, Tuning};
use plane::Point;

/// The level of the loudest tones.
const LEVEL: f32 = 0.89;

/// Plays a steady value while keys are down.
struct LoudSource(usize);

impl SoundSource for LoudSource {
    fn note(&mut self, _part: usize, _key: u8, velocity: u8) {
        self.0 = usize::from(velocity > 0);
    }

    fn is_legato(&mut self, _part: usize) -> bool {
        false
    }

    fn pitch_bend(&mut self, _part: usize, _value: i16) {}

    fn control_change(&mut self, _part: usize, _controller: u8, _value: u8) {}

    fn set_gain(&mut self, _part: usize, _gain: f32) {}

    fn move_to(&mut self, _part: usize, _point: Point) {}

    fn set_voice_limit(&mut self, _voices: usize) {}

    fn set_tuning(&mut self, _tuning: &Tuning) {}

    fn all_sound_off(&mut self) {}

    fn active_voices(&self) -> usize {
        self.0
    }

    fn take_fault(&mut self, _part: usize) -> bool {
        false
    }

    fn render(&mut self, left: &mut [f32], right: &mut [f32]) {
        left.fill(LEVEL);
        right.fill(LEVEL);
    }
}

/// An instrument that plays a loud chord of amSynth at one side.
fn instrument() -> Box<Instrument> {
    let mut instrument = Instrument::new(48_000.0).expect("a usual rate");
    instrument.hold_parameter(patch::Parameter::MasterVol.index(), 1.0);
    instrument.hold_parameter(patch::Parameter::AmpRelease.index(), 1.0);
    instrument.control_change(0, 10, 0);
    (0..6).for_each(|key| instrument.note_on(0, 40 + 7 * key, 127));
    instrument
}

fn play(instrument: &mut Instrument, blocks: usize) -> Vec<[f32; 2]> {
    let mut sound = Vec::new();
    for _ in 0..blocks {
        instrument.render(64);
        sound.extend(instrument.left().iter().zip(instrument.right()).map(|(&left, &right)| [left, right]));
    }
    sound
}

fn loudest(sound: &[[f32; 2]]) -> f32 {
    sound.iter().flatten().fold(0.0, |loudest, sample| loudest.max(sample.abs()))
}

#[test]
fn both_together_stay_below_full_scale_and_either_alone_is_as_it_is() {
    let [mut plain, mut both] = [instrument(), instrument()];
    assert_eq!(play(&mut plain, 100), play(&mut both, 100));
    for instrument in [&mut plain, &mut both] {
        choose(instrument, Box::new(LoudSource(0)));
    }
    both.note_on(0, 60, 127);
    let (ending, sum) = (loudest(&play(&mut plain, 100)), play(&mut both, 100));
    assert!(ending > 0.3, "amSynth still sounds: {ending}");
    assert!(loudest(&sum) < 1.0, "{}", loudest(&sum));
    // amSynth has ended, and the gain has recovered.
    let alone = play(&mut both, 4_000);
    assert_eq!(alone[alone.len() - 1], [LEVEL; 2]);
}

#[test]
fn the_gain_recovers_without_a_jump_when_one_of_them_ends() {
    let [mut plain, mut both] = [instrument(), instrument()];
    play(&mut plain, 100);
    play(&mut both, 100);
    choose(&mut both, Box::new(LoudSource(0)));
    both.note_on(0, 60, 127);
    play(&mut both, 100);
    both.note_off(0, 60);
    choose(&mut plain, Box::new(LoudSource(0)));
    play(&mut plain, 100);
    let (own, now) = (play(&mut plain, 20), play(&mut both, 20));
    let ratio = |frame: usize| now[frame][0] / own[frame][0];
    assert!(ratio(100) < 0.99 && (ratio(1_200) - ratio(100)).abs() < 0.1, "{} {}", ratio(100), ratio(1_200));
}
