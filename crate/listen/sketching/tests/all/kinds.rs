//! The kind of a sound is told for notes, chords, melodies, loops and tremolos of amSynth.

use matching::Target;
use patch::{Parameter, Patch};
use sketching::{KindOfSound, goes_on_at_its_end, kind_of_sound};
use voice::MAX_BLOCK;
use voice::render::{Event, EventKind, render};

const RATE_HZ: f32 = 44_100.0;

/// The sound of a patch that plays notes: begin and end in seconds, and key.
fn play(patch: &Patch, notes: &[(f32, f32, u8)], length_s: f32) -> Vec<f32> {
    let frame = |seconds: f32| (seconds * RATE_HZ) as usize;
    let event = |&(begin_s, end_s, key): &(f32, f32, u8)| {
        [
            Event { frame: frame(begin_s), kind: EventKind::NoteOn { key, velocity: 100 } },
            Event { frame: frame(end_s), kind: EventKind::NoteOff { key } },
        ]
    };
    let mut events: Vec<Event> = notes.iter().flat_map(event).collect();
    events.sort_by_key(|event| event.frame);
    let [left, right] = render(patch, &events, RATE_HZ, MAX_BLOCK, frame(length_s));
    left.iter().zip(&right).map(|(left, right)| 0.5 * (left + right)).collect()
}

fn patch(values: &[(Parameter, f32)]) -> Patch {
    let mut patch = Patch::default();
    values.iter().for_each(|&(parameter, value)| patch.set(parameter, value));
    patch
}

fn target(sound: &[f32]) -> Target {
    Target::new(&[sound], RATE_HZ as u32).unwrap()
}

fn kind(sound: &[f32]) -> KindOfSound {
    kind_of_sound(&target(sound))
}

const NOISE: [(Parameter, f32); 2] = [(Parameter::Osc1Waveform, 3.0), (Parameter::OscMix, -1.0)];

/// A hit of noise with a cutoff and a decay.
fn drum(cutoff: f32, decay: f32) -> Patch {
    let own = [
        (Parameter::AmpSustain, 0.0),
        (Parameter::AmpDecay, decay),
        (Parameter::AmpRelease, decay),
        (Parameter::FilterCutoff, cutoff),
    ];
    patch(&[&NOISE[..], &own].concat())
}

#[test]
fn notes_of_any_key_are_notes() {
    for key in [36, 48, 60, 72, 84] {
        let found = kind(&play(&Patch::default(), &[(0.0, 1.0, key)], 1.5));
        assert!(matches!(found, KindOfSound::OneNote { pitch } if pitch.key == key), "{key}: {found:?}");
    }
}

#[test]
fn one_hit_is_no_rhythm_and_has_no_pitch() {
    for (cutoff, decay) in [(0.1, 0.45), (0.6, 0.3), (1.4, 0.5), (1.4, 0.8)] {
        assert_eq!(kind(&play(&drum(cutoff, decay), &[(0.0, 0.3, 60)], 1.5)), KindOfSound::Unpitched);
    }
}

#[test]
fn chords_have_their_keys() {
    for keys in [&[48, 52, 55][..], &[55, 58, 62], &[50, 54, 57, 60]] {
        let notes: Vec<(f32, f32, u8)> = keys.iter().map(|&key| (0.0, 1.5, key)).collect();
        let found = kind(&play(&Patch::default(), &notes, 2.0));
        let KindOfSound::Chord { keys: found } = found else { panic!("{keys:?}: {found:?}") };
        let found: Vec<u8> = found.iter().map(|key| key.round() as u8).collect();
        assert_eq!(found, keys);
    }
}

#[test]
fn slow_and_fast_melodies_are_melodies() {
    for note_s in [0.18, 0.3, 0.5] {
        let at = |(at, key): (usize, &u8)| (at as f32 * note_s, (at as f32 + 0.9) * note_s, *key);
        let notes: Vec<(f32, f32, u8)> = [60, 64, 62, 67, 65].iter().enumerate().map(at).collect();
        let found = kind(&play(&Patch::default(), &notes, 5.0 * note_s + 0.3));
        assert!(matches!(found, KindOfSound::Melody { notes: 4..=6 }), "{note_s}: {found:?}");
    }
}

#[test]
fn loops_of_drums_are_rhythms() {
    for beats_per_minute in [80.0, 120.0, 170.0] {
        let step_s = 15.0 / beats_per_minute;
        let track = |patch: Patch, steps: &[usize]| {
            let notes: Vec<(f32, f32, u8)> =
                steps.iter().map(|&at| (at as f32 * step_s, at as f32 * step_s + 0.05, 60)).collect();
            play(&patch, &notes, 16.0 * step_s)
        };
        let low = track(drum(0.1, 0.45), &[0, 4, 8, 12]);
        let high = track(drum(1.2, 0.25), &[2, 6, 7, 10, 14]);
        let sound: Vec<f32> = low.iter().zip(&high).map(|(low, high)| low + high).collect();
        let found = kind(&sound);
        assert!(matches!(found, KindOfSound::Rhythm { hits: 6..=11 }), "{beats_per_minute}: {found:?}");
    }
}

#[test]
fn held_pads_with_a_tremolo_are_no_rhythms() {
    for wave in [0.0, 1.0, 5.0] {
        for speed in [1.7, 2.2] {
            let tremolo = [
                (Parameter::LfoWaveform, wave),
                (Parameter::LfoFreq, speed),
                (Parameter::AmpModAmount, 1.0),
                (Parameter::FilterCutoff, 0.8),
            ];
            let tone = kind(&play(&patch(&tremolo), &[(0.0, 3.0, 55)], 3.5));
            assert!(
                matches!(tone, KindOfSound::OneNote { pitch } if pitch.key == 55),
                "{wave} {speed}: {tone:?}"
            );
            let noise = kind(&play(&patch(&[&NOISE[..], &tremolo].concat()), &[(0.0, 3.0, 55)], 3.5));
            assert_eq!(noise, KindOfSound::Unpitched, "{wave} {speed}");
        }
    }
}

#[test]
fn a_tone_that_is_cut_off_goes_on_at_its_end() {
    let held = play(&Patch::default(), &[(0.0, 3.0, 60)], 2.0);
    assert!(goes_on_at_its_end(&target(&held)));
    let whole = play(&Patch::default(), &[(0.0, 1.0, 60)], 2.0);
    assert!(!goes_on_at_its_end(&target(&whole)));
}

#[test]
fn hummed_notes_of_which_one_glides_are_a_melody_and_no_chord() {
    let mut turns = 0.0_f32;
    let mut note = |key: f32, glide: f32| -> Vec<f32> {
        let sample = |n: usize| {
            let share = n as f32 / 22_050.0;
            turns += 440.0 * ((key + glide * share - 69.0) / 12.0).exp2() / RATE_HZ;
            let partial = |k: i32| (std::f32::consts::TAU * k as f32 * turns).sin() / (k * k) as f32;
            0.3 * (share / 0.1).min((1.0 - share) / 0.2).min(1.0) * (1..8).map(partial).sum::<f32>()
        };
        (0..22_050).map(sample).chain(vec![0.0; 5_512]).collect()
    };
    let found = kind(&[note(57.0, 0.0), note(60.0, 3.0)].concat());
    assert!(matches!(found, KindOfSound::Melody { .. }), "{found:?}");
}
