//! A voice and a whole patch sound the same, bit for bit, alone and beside others in SIMD lanes, whatever they
//! play. A reverb that is not heard can be left out without changing a sample.

use patch::{Parameter, Patch};
use voice::controls::ControlValues;
use voice::lanes::Scratch;
use voice::limiter::{Limiter, LimiterBlock};
use voice::noise::Noise;
use voice::render::{Event, EventKind, PATCHES_TOGETHER, perform, render, render_each, render_many};
use voice::{MAX_BLOCK, Synthesizer, Voice};

const RATE_HZ: f32 = 48_000.0;
const BLOCKS: usize = 150;
const LANES: usize = 8;

/// A patch with every parameter at random.
fn any_patch(noise: &mut Noise) -> Patch {
    let mut patch = Patch::default();
    for parameter in Parameter::ALL {
        let info = parameter.info();
        patch.set(parameter, info.min + (noise.draw() * 0.5 + 0.5) * (info.max - info.min));
    }
    for time in [Parameter::AmpAttack, Parameter::AmpDecay, Parameter::FilterAttack, Parameter::FilterDecay] {
        patch.set(time, patch.get(time) * 0.2);
    }
    patch
}

/// Eight notes, each with settings and noise of its own, half of them released on the way.
struct Notes {
    voices: [Voice; LANES],
    controls: [ControlValues; LANES],
    noises: [Noise; LANES],
}

impl Notes {
    fn begin_block(&mut self, block: usize) -> usize {
        let frames = if block % 5 == 4 { 37 } else { MAX_BLOCK };
        for (lane, voice) in self.voices.iter_mut().enumerate() {
            if block == 60 + lane && lane % 2 == 0 {
                voice.note_off(&self.controls[lane]);
            }
            voice.begin_oscillators(frames, &self.controls[lane], 1.01, &mut self.noises[lane]);
        }
        frames
    }
}

#[test]
fn eight_voices_of_any_patches_equal_each_of_them_alone() {
    let mut random = Noise::for_part(5);
    for _ in 0..12 {
        let controls: [_; LANES] = std::array::from_fn(|_| ControlValues::new(&any_patch(&mut random)));
        let mut voices: [_; LANES] = std::array::from_fn(|_| Voice::new(RATE_HZ));
        for (lane, voice) in voices.iter_mut().enumerate() {
            voice.glide(100.0, 150.0 + 90.0 * lane as f32, 0.02);
            voice.set_velocity(0.1 + lane as f32 / 10.0);
            voice.note_on(&controls[lane], lane % 3 != 0);
        }
        let noises = std::array::from_fn(Noise::for_part);
        let mut alone = Notes { voices, controls, noises };
        let mut together = Notes {
            voices: alone.voices.clone(),
            controls: alone.controls.clone(),
            noises: alone.noises.clone(),
        };
        let (mut scratch, mut single) = (Scratch::default(), Scratch::default());
        for block in 0..BLOCKS {
            let frames = together.begin_block(block);
            let (voices, controls) = (&mut together.voices, together.controls.each_ref());
            Voice::begin_filters(voices.each_mut(), frames, controls, &mut scratch);
            let side_by_side = Voice::render(voices.each_mut(), frames, &mut scratch);
            alone.begin_block(block);
            for (lane, voice) in alone.voices.iter_mut().enumerate() {
                Voice::begin_filters([voice], frames, [&alone.controls[lane]], &mut single);
                let single = Voice::render([voice], frames, &mut single);
                for (frame, (single, lanes)) in single.iter().zip(side_by_side).enumerate() {
                    // The sign of a zero may differ; the sum of all voices is +0 in both cases.
                    assert!(
                        single[0].to_bits() == lanes[lane].to_bits()
                            || (single[0] == 0.0 && lanes[lane] == 0.0),
                        "block {block}, frame {frame}, lane {lane}: {} {}",
                        single[0],
                        lanes[lane]
                    );
                }
            }
        }
    }
}

fn bits(sound: [Vec<f32>; 2]) -> [Vec<u32>; 2] {
    sound.map(|channel| channel.iter().map(|sample| sample.to_bits()).collect())
}

#[test]
fn many_patches_sound_as_each_of_them_alone() {
    let mut random = Noise::for_part(21);
    let mut patches: Vec<Patch> = (0..2 * PATCHES_TOGETHER + 3).map(|_| any_patch(&mut random)).collect();
    // Reverbs that are left out and loud limiters stand beside others.
    for (at, patch) in patches.iter_mut().enumerate() {
        if at % 3 == 0 {
            patch.set(Parameter::ReverbWet, 0.0);
        }
        patch.set(Parameter::MasterVol, if at % 4 == 0 { 1.0 } else { 0.2 });
    }
    let event = |frame, kind| Event { frame, kind };
    let notes = [
        event(0, EventKind::NoteOn { key: 45, velocity: 90 }),
        event(300, EventKind::PitchBend(1234)),
        event(5_000, EventKind::NoteOn { key: 64, velocity: 127 }),
        event(9_000, EventKind::NoteOff { key: 45 }),
        event(12_000, EventKind::NoteOff { key: 64 }),
        // After more than a second of silence reverbs are found to be empty.
        event(150_000, EventKind::NoteOn { key: 57, velocity: 60 }),
    ];
    let control = |frame, controller, value| event(frame, EventKind::ControlChange { controller, value });
    let set = |frame, parameter, value| event(frame, EventKind::Parameter(parameter, value));
    let changes = [
        notes[0],
        control(100, 64, 127),
        set(2_000, Parameter::FilterCutoff, 0.7),
        control(2_500, 10, 20),
        set(3_000, Parameter::ReverbWet, 0.6),
        set(3_500, Parameter::Osc1Waveform, 2.0),
        notes[2],
        // All sound off, which ends the tails of the reverbs, too.
        control(9_000, 120, 0),
        event(10_000, EventKind::NoteOn { key: 50, velocity: 80 }),
        set(12_000, Parameter::KeyboardMode, 1.0),
        event(13_000, EventKind::NoteOn { key: 52, velocity: 80 }),
        control(14_000, 123, 0),
    ];
    let performances = [(&notes[..], 160_000), (&changes, 20_000), (&[], 100), (&notes[..1], 0)];
    for (count, (events, frames)) in
        performances.into_iter().flat_map(|performance| [(patches.len(), performance), (1, performance)])
    {
        let patches = &patches[..count];
        let together = render_many(patches, events, RATE_HZ, 100, frames);
        assert_eq!(together.len(), count);
        for (at, (patch, together)) in patches.iter().zip(together).enumerate() {
            let alone = render(patch, events, RATE_HZ, 100, frames);
            assert!(bits(together) == bits(alone), "patch {at} of {} events", events.len());
        }
    }
    assert!(render_many(&[], &notes, RATE_HZ, 64, 100).is_empty());
}

#[test]
fn patches_with_notes_of_their_own_sound_as_each_of_them_alone() {
    let mut random = Noise::for_part(22);
    let event = |frame, kind| Event { frame, kind };
    let performances: Vec<(Patch, Vec<Event>)> = (0..PATCHES_TOGETHER + 3)
        .map(|at| {
            let key = 40 + at as u8;
            let events = vec![
                event(0, EventKind::PitchBend(100 * at as i16)),
                event(0, EventKind::NoteOn { key, velocity: 90 }),
                event(MAX_BLOCK * (1 + 30 * at), EventKind::NoteOff { key }),
            ];
            (any_patch(&mut random), events)
        })
        .collect();
    let mut together = vec![[const { Vec::new() }; 2]; performances.len()];
    render_each(&performances, RATE_HZ, 30_000, |part, rendered| {
        together[part]
            .iter_mut()
            .zip(rendered)
            .for_each(|(sound, rendered)| sound.extend_from_slice(rendered));
    });
    for (at, ((patch, events), mut together)) in performances.iter().zip(together).enumerate() {
        // They lack the limiter.
        let mut limiter = Limiter::new(RATE_HZ);
        let [left, right] = together.each_mut().map(|channel| channel.chunks_mut(MAX_BLOCK));
        for (left, right) in left.zip(right) {
            Limiter::limit(&mut [LimiterBlock { limiter: &mut limiter, channels: [left, right] }]);
        }
        assert!(bits(together) == bits(render(patch, events, RATE_HZ, MAX_BLOCK, 30_000)), "patch {at}");
    }
}

#[test]
fn a_patch_that_becomes_unstable_recovers_beside_others_as_it_does_alone() {
    let mut random = Noise::for_part(34);
    let mut patches: Vec<Patch> = (0..PATCHES_TOGETHER).map(|_| any_patch(&mut random)).collect();
    for patch in patches.iter_mut().step_by(2) {
        for (parameter, value) in [
            (Parameter::LfoWaveform, 3.0),
            (Parameter::LfoFreq, 7.5),
            (Parameter::FilterModAmount, 1.0),
            (Parameter::FilterResonance, 0.97),
            (Parameter::FilterCutoff, 1.5),
            (Parameter::FilterType, 0.0),
            (Parameter::ReverbWet, 0.5),
            (Parameter::MasterVol, 0.5),
        ] {
            patch.set(parameter, value);
        }
    }
    let note = |frame| Event { frame, kind: EventKind::NoteOn { key: 60, velocity: 100 } };
    let notes: Vec<Event> = (0..12).map(|number| note(number * 4_000)).collect();
    let together = render_many(&patches, &notes, RATE_HZ, 2, 48_000);
    let mut faults = 0;
    for (at, (patch, together)) in patches.iter().zip(together).enumerate() {
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        synthesizer.set_patch(patch);
        let alone = perform(&mut synthesizer, &notes, 2, 48_000);
        faults += usize::from(synthesizer.take_fault());
        assert!(bits(together) == bits(alone), "patch {at}");
    }
    assert!(faults > 0, "no patch became unstable");
}

#[test]
fn a_reverb_that_is_left_out_is_inaudible() {
    let mut random = Noise::for_part(8);
    for _ in 0..10 {
        let mut patch = any_patch(&mut random);
        patch.set(Parameter::ReverbWet, 0.0);
        let note = Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } };
        // The engine cannot know what else a performance with controllers will change.
        let pedal = Event { frame: 0, kind: EventKind::ControlChange { controller: 64, value: 0 } };
        let bits = |events: &[Event]| bits(render(&patch, events, RATE_HZ, MAX_BLOCK, 24_000));
        assert!(bits(&[note]) == bits(&[note, pedal]), "{patch:?}");
    }
}
