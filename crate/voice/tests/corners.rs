//! Promise: whatever the patch, the rate and the size of the blocks, the sound is made of numbers that
//! an ear survives, and it ends after the keys were let go.

mod common;

use common::cases;
use patch::{PARAMETER_COUNT, Parameter, Patch};
use proptest::prelude::*;
use voice::{MAX_BLOCK, Synthesizer};

const RATES_HZ: [f32; 8] = [8_000.0, 22_050.0, 32_000.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0, 384_000.0];

struct TestPlayer {
    synthesizer: Synthesizer,
    rate_hz: f32,
    sizes: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

impl TestPlayer {
    fn new(rate_hz: f32, patch: &Patch, sizes: Vec<usize>) -> Self {
        let mut synthesizer = Synthesizer::new(rate_hz);
        synthesizer.set_patch(patch);
        Self { synthesizer, rate_hz, sizes: sizes.into_iter().cycle() }
    }

    /// Renders, and gives the peak of |left| + |right| of it.
    fn play(&mut self, seconds: f32) -> f32 {
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        let (mut frames, mut peak) = ((seconds * self.rate_hz) as usize, 0.0f32);
        while frames > 0 {
            let size = self.sizes.next().unwrap_or(MAX_BLOCK).min(frames);
            self.synthesizer.render_block(&mut left[..size], &mut right[..size]);
            for (left, right) in left[..size].iter().zip(&right[..size]) {
                assert!(left.is_finite() && right.is_finite());
                peak = peak.max(left.abs() + right.abs());
            }
            frames -= size;
        }
        peak
    }

    /// The most that the limiter lets through: its peak detector knows of a sudden sound after the
    /// first frame by the share that its attack of 0.1 ms takes up in one frame.
    fn bound(&self) -> f32 {
        0.9 / (1.0 - (-2.2 / (0.0001 * self.rate_hz)).exp()) * 1.001
    }

    /// Strikes four keys and lets them go: never too loud, and the voices end.
    fn check_sound(&mut self) {
        let bound = self.bound();
        let keys = [0, 36, 69, 127];
        for key in keys {
            self.synthesizer.note_on(key, 127);
            let peak = self.play(0.05);
            assert!(peak <= bound, "{peak} above {bound}");
        }
        let peak = self.play(0.2);
        assert!(peak <= bound, "{peak} above {bound}");
        keys.into_iter().for_each(|key| self.synthesizer.note_off(key));
        // The longest release of `patch`, and a little more.
        self.play(1.2);
        assert_eq!(self.synthesizer.active_voices(), 0);
    }

    /// The same, and then silence.
    fn check(&mut self) {
        self.check_sound();
        self.play(2.0);
        let rest = self.play(0.1);
        assert!(rest < 1e-3, "{rest} is left after three seconds");
    }
}

/// A patch of positions 0…1 in the ranges. Releases of up to a second and a small room: the end is
/// waited for.
fn patch(positions: &[f32]) -> Patch {
    let mut patch = Patch::default();
    for (parameter, position) in Parameter::ALL.into_iter().zip(positions) {
        let info = parameter.info();
        patch.set(parameter, info.min + position * (info.max - info.min));
    }
    patch.set(Parameter::AmpRelease, patch.get(Parameter::AmpRelease).min(0.99));
    patch.set(Parameter::ReverbRoomsize, patch.get(Parameter::ReverbRoomsize).min(0.4));
    patch
}

#[test]
fn every_parameter_at_its_ends() {
    for parameter in Parameter::ALL {
        for end in [parameter.info().min, parameter.info().max] {
            let mut patch = patch(&[]);
            patch.set(parameter, end);
            patch.set(Parameter::AmpRelease, patch.get(Parameter::AmpRelease).min(0.99));
            patch.set(Parameter::ReverbRoomsize, patch.get(Parameter::ReverbRoomsize).min(0.4));
            TestPlayer::new(44_100.0, &patch, vec![MAX_BLOCK]).check();
        }
    }
}

#[test]
fn everything_at_its_ends() {
    for end in [0.0, 1.0] {
        for rate_hz in RATES_HZ {
            TestPlayer::new(rate_hz, &patch(&[end; PARAMETER_COUNT]), vec![64, 1, 63]).check();
        }
    }
}

#[test]
fn rates_that_nobody_has_are_taken_as_the_nearest() {
    for rate_hz in [f32::NAN, -1.0, 0.0, f32::INFINITY] {
        let mut synthesizer = Synthesizer::new(rate_hz);
        assert!(voice::SAMPLE_RATES_HZ.contains(&synthesizer.sample_rate_hz()));
        synthesizer.note_on(60, 100);
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        (0..50).for_each(|_| synthesizer.render_block(&mut left, &mut right));
        assert!(left.iter().all(|sample| sample.is_finite()));
    }
}

/// amSynth's filter blows up under noise at full depth and resonance in short blocks; there it plays
/// no numbers at all from 1.03 s on (found by a random performance).
#[test]
fn a_filter_that_blows_up_is_caught_and_the_next_note_sounds() {
    let mut patch = Patch::default();
    for (parameter, value) in [
        (Parameter::FilterResonance, 0.97),
        (Parameter::FilterType, 1.0),
        (Parameter::FilterSlope, 0.0),
        (Parameter::FilterCutoff, -0.5),
        (Parameter::FilterModAmount, 1.0),
        (Parameter::FilterKbdTrack, 0.5457636),
        (Parameter::LfoWaveform, 3.0),
        (Parameter::MasterVol, 0.8),
    ] {
        patch.set(parameter, value);
    }
    let mut player = TestPlayer::new(48_000.0, &patch, vec![17]);
    player.synthesizer.note_on(108, 100);
    let bound = player.bound();
    for _ in 0..20 {
        assert!(player.play(1.0) <= bound);
    }
    assert!(player.synthesizer.take_fault(), "it did not blow up");
    player.synthesizer.set_patch(&Patch::default());
    player.synthesizer.all_sound_off();
    player.synthesizer.note_on(60, 100);
    assert!(player.play(1.0) > 0.1, "the instrument is dead");
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn random_patches(
        positions in prop::collection::vec(prop_oneof![3 => 0.0f32..=1.0, 1 => Just(0.0), 1 => Just(1.0)], PARAMETER_COUNT),
        rate in 0..RATES_HZ.len(),
    ) {
        let mut patch = patch(&positions);
        // Under fast modulation at full resonance the filter can blow up (in amSynth, too), and what is
        // left in the room then takes long to die away: no promise of silence there.
        patch.set(Parameter::FilterResonance, patch.get(Parameter::FilterResonance).min(0.8));
        TestPlayer::new(RATES_HZ[rate], &patch, vec![MAX_BLOCK]).check();
    }

    #[test]
    fn random_patches_in_odd_blocks(
        positions in prop::collection::vec(prop_oneof![3 => 0.0f32..=1.0, 1 => Just(0.0), 1 => Just(1.0)], PARAMETER_COUNT),
        rate in 0..RATES_HZ.len(),
        sizes in prop::collection::vec(1usize..=MAX_BLOCK, 1..8),
    ) {
        TestPlayer::new(RATES_HZ[rate], &patch(&positions), sizes).check_sound();
    }

    #[test]
    fn patches_that_change_while_playing(
        steps in prop::collection::vec(prop::collection::vec(0.0f32..=1.0, PARAMETER_COUNT), 2..6),
        rate in 0..RATES_HZ.len(),
    ) {
        let mut player = TestPlayer::new(RATES_HZ[rate], &Patch::default(), vec![MAX_BLOCK]);
        let bound = player.bound();
        for positions in steps {
            player.synthesizer.set_patch(&patch(&positions));
            player.synthesizer.note_on(60, 100);
            prop_assert!(player.play(0.1) <= bound);
        }
    }
}
