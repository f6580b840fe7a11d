//! Promises: frames become the sound again. Phases found from magnitudes alone come near to the phases of the
//! sound. Live and whole sounds get the same samples.

use crate::common::{BLOCK, noise, through_phases, tone};
use spectral::{
    FrameLayout, Lookahead, PhaseSynthesizer, ShortTimeFourier, SpectralError, fast_griffin_lim,
    random_phases, reconstruct, single_pass_inversion, spectral_convergence_db,
};

#[test]
fn frames_become_the_sound_again() {
    for layout in [FrameLayout::default(), FrameLayout::new(512, 128).expect("it fits")] {
        let mut transform = ShortTimeFourier::new(layout);
        for length in [1, 255, 256, 257, 20_000] {
            let sound = noise(length);
            let frames = transform.analyze(&sound);
            let again = transform.synthesize(&frames, length).expect("its own frames");
            let furthest = sound.iter().zip(&again).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(furthest < 2e-6, "{length} samples: {furthest}");
        }
    }
}

/// The spectral convergence of phases for a sound, in dB.
fn convergence(sound: &[f32], lookahead: Lookahead) -> f64 {
    let mut transform = ShortTimeFourier::new(FrameLayout::default());
    let magnitudes = transform.analyze(sound).magnitudes();
    let frames = reconstruct(&magnitudes, transform.layout(), lookahead).expect("its own frames");
    let again = transform.synthesize(&frames, sound.len()).expect("its own frames");
    spectral_convergence_db(&magnitudes, &transform.analyze(&again).magnitudes())
}

#[test]
fn phases_of_tones_are_found_without_iterations() {
    for lookahead in [Lookahead::Causal, Lookahead::OneFrame] {
        let tones = [(110.0, 6.0, 0.0), (220.0, 9.0, 30.0), (440.0, 6.0, 20.0), (880.0, 12.0, 40.0)];
        for (frequency_hz, tilt_db, depth_cents) in tones {
            let found = convergence(&tone(frequency_hz, tilt_db, depth_cents, 1.0), lookahead);
            assert!(
                found <= -30.0,
                "{frequency_hz} Hz, vibrato of {depth_cents} cents, {lookahead:?}: {found:.1} dB"
            );
        }
    }
}

#[test]
fn they_are_better_than_those_of_64_iterations_and_those_of_peaks() {
    let sound = tone(220.0, 6.0, 25.0, 1.0);
    let mut transform = ShortTimeFourier::new(FrameLayout::default());
    let magnitudes = transform.analyze(&sound).magnitudes();
    let start = random_phases(&magnitudes);
    let iterated =
        fast_griffin_lim(&mut transform, &magnitudes, start, sound.len(), 64).expect("its own frames");
    let peaks = single_pass_inversion(&magnitudes, transform.layout()).expect("its own frames");
    for frames in [iterated, peaks] {
        let again = transform.synthesize(&frames, sound.len()).expect("its own frames");
        let other = spectral_convergence_db(&magnitudes, &transform.analyze(&again).magnitudes());
        assert!(other < -10.0, "the other method works, too: {other:.1}");
        assert!(convergence(&sound, Lookahead::Causal) < other, "{other:.1}");
    }
}

#[test]
fn a_live_sound_gets_the_samples_of_a_whole_one() {
    let layout = FrameLayout::default();
    let sound = tone(196.0, 6.0, 30.0, 0.5);
    let mut transform = ShortTimeFourier::new(layout);
    for lookahead in [Lookahead::Causal, Lookahead::OneFrame] {
        let magnitudes = transform.analyze(&sound).magnitudes();
        let frames = reconstruct(&magnitudes, layout, lookahead).expect("its own frames");
        let whole = transform.synthesize(&frames, sound.len()).expect("its own frames");
        for block in [BLOCK, 128, 256] {
            let live = through_phases(&sound, layout, lookahead, block, 2 * layout.window() / BLOCK);
            let latency = PhaseSynthesizer::new(layout, block, lookahead).expect("it fits").latency();
            let live = &live[latency..latency + whole.len()];
            let first = (0..whole.len()).find(|&n| whole[n].to_bits() != live[n].to_bits());
            assert_eq!(first, None, "{lookahead:?}, blocks of {block}: they differ");
        }
    }
}

#[test]
fn an_impulse_comes_after_the_latency_that_is_told() {
    let layout = FrameLayout::default();
    for lookahead in [Lookahead::Causal, Lookahead::OneFrame] {
        for position in [3000, 3100, 3333] {
            let mut sound = vec![0.0; 4096];
            sound[position] = 1.0;
            let live = through_phases(&sound, layout, lookahead, BLOCK, 64);
            let loudest =
                (0..live.len()).max_by(|&a, &b| live[a].abs().total_cmp(&live[b].abs())).expect("samples");
            let stated = PhaseSynthesizer::new(layout, BLOCK, lookahead).expect("it fits").latency();
            // Magnitudes alone do not say exactly where in its frames an impulse is.
            let error = loudest.abs_diff(position + stated);
            assert!(error <= layout.hop(), "{lookahead:?}, sample {position}: {error} samples beside it");
        }
    }
}

#[test]
fn no_block_has_much_more_work_than_the_others() {
    let layout = FrameLayout::default();
    let mut source = spectral::FrameSource::new(layout);
    let mut synthesizer = PhaseSynthesizer::new(layout, BLOCK, Lookahead::Causal).expect("it fits");
    let mut most = 0;
    for samples in noise(40_000).chunks_exact_mut(BLOCK) {
        if source.push(samples) {
            synthesizer.begin_frame(source.magnitudes());
        }
        synthesizer.render_block(samples);
        most = most.max(synthesizer.last_work());
    }
    let share = synthesizer.greatest_work() / 4;
    assert!(most <= share + share / 4, "{most} of {share} units");
}

#[test]
fn silence_stays_silent() {
    let layout = FrameLayout::default();
    for lookahead in [Lookahead::Causal, Lookahead::OneFrame] {
        let live = through_phases(&[0.0; 8192], layout, lookahead, BLOCK, 0);
        assert!(live.iter().all(|&sample| sample == 0.0));
    }
    // After a sound, too.
    let live = through_phases(&tone(300.0, 6.0, 0.0, 0.2), layout, Lookahead::Causal, BLOCK, 100);
    assert!(live[live.len() - 1024..].iter().all(|&sample| sample == 0.0));
}

#[test]
fn what_does_not_fit_is_told() {
    assert_eq!(FrameLayout::new(2048, 1024), Err(SpectralError::Layout { window: 2048, hop: 1024 }));
    let layout = FrameLayout::default();
    let error = PhaseSynthesizer::new(layout, 100, Lookahead::Causal).err();
    assert_eq!(error, Some(SpectralError::Block { block: 100, hop: 256 }));
    let other = spectral::Magnitudes::zeros(513, 4);
    assert_eq!(
        reconstruct(&other, layout, Lookahead::Causal).err(),
        Some(SpectralError::Bins { bins: 513, expected: 1025 })
    );
    assert!(single_pass_inversion(&other, layout).is_err());
}
