//! Promise: a rhythm's kinds of hits sound together as they sound alone, and each has a channel of the MIDI file.

use matching::Target;
use midly::{MidiMessage, Smf, TrackEventKind};
use patch::Patch;
use sketching::{BeatSearch, BeatSettings, MidiTrack, SketchError, write_beats};

/// A low thud and a bright click by turns, a quarter of a second apart.
fn rhythm() -> Target {
    let sample = |n: usize| {
        let (hit, since) = (n / 11_025, (n % 11_025) as f32);
        let fall = (-since / 2000.0).exp();
        let click = if n.is_multiple_of(2) { 0.3 } else { -0.3 };
        fall * if hit.is_multiple_of(2) { 0.4 * (since * 0.012).sin() } else { click }
    };
    let samples: Vec<f32> = (0..8 * 11_025).map(sample).collect();
    Target::new(&[&samples], 44_100).unwrap()
}

#[test]
fn kinds_sound_together_as_they_sound_alone() {
    let search = BeatSearch::new(&rhythm(), BeatSettings::default()).unwrap();
    assert_eq!(search.kinds().map(|(hits, _)| hits.len()).collect::<Vec<_>>(), [4, 4]);
    let sketch = search.finish(&[Patch::default(); 2]);
    let [first, second] = [0, 1].map(|kind| sketch.render_class(&sketch.classes[kind]));
    let both = sketch.render();
    assert!(both.iter().any(|sample| sample.abs() > 0.01));
    for (at, sample) in both.iter().enumerate() {
        assert_eq!(*sample, first[at] + second[at]);
    }
    // The second kind begins after the first one.
    assert!(second[..10_000].iter().all(|sample| *sample == 0.0));
}

#[test]
fn fewer_kinds_join_the_hits() {
    let search = BeatSearch::new(&rhythm(), BeatSettings { most_kinds: 1, ..BeatSettings::default() });
    let kinds: Vec<usize> = search.unwrap().kinds().map(|(hits, _)| hits.len()).collect();
    assert_eq!(kinds, [8]);
}

#[test]
fn each_kind_has_a_channel() {
    let search = BeatSearch::new(&rhythm(), BeatSettings::default()).unwrap();
    let sketch = search.finish(&[Patch::default(); 2]);
    let bytes = write_beats(&sketch.classes, sketch.length_s, MidiTrack { name: "rhythm", bpm: 112.0 });
    let file = Smf::parse(&bytes).unwrap();
    let mut presses = [0; 2];
    for event in &file.tracks[0] {
        if let TrackEventKind::Midi { channel, message: MidiMessage::NoteOn { .. } } = event.kind {
            presses[usize::from(channel.as_int())] += 1;
        }
    }
    assert_eq!(presses, [4, 4]);
}

/// A bell of one partial, so many cents above the key 69, four times.
fn bell(cents: f32) -> Target {
    let hz = 440.0 * (cents / 1200.0).exp2();
    let sample = |n: usize| {
        let since_s = (n % 11_025) as f32 / 44_100.0;
        0.4 * (-8.0 * since_s).exp() * (std::f32::consts::TAU * hz * since_s).sin()
    };
    let samples: Vec<f32> = (0..4 * 11_025).map(sample).collect();
    Target::new(&[&samples], 44_100).unwrap()
}

#[test]
fn hits_between_two_keys_keep_their_pitch() {
    for cents in [-40.0, 40.0] {
        let search = BeatSearch::new(&bell(cents), BeatSettings::default()).unwrap();
        let sketch = search.finish(&vec![Patch::default(); search.kinds().len()]);
        let played = matching::find_pitch(&sketch.render()[..9_000]).unwrap();
        assert!((played.keys() - 69.0 - cents / 100.0).abs() < 0.1, "{cents}: {played:?}");
        let bytes = write_beats(&sketch.classes, sketch.length_s, MidiTrack { name: "bells", bpm: 112.0 });
        let file = Smf::parse(&bytes).unwrap();
        let messages = file.tracks[0].iter().filter_map(|event| match event.kind {
            TrackEventKind::Midi { message, .. } => Some(message),
            _ => None,
        });
        let until_first: Vec<MidiMessage> =
            messages.take_while(|message| !matches!(message, MidiMessage::NoteOn { .. })).collect();
        let bends: Vec<i16> = until_first
            .iter()
            .filter_map(|message| match message {
                MidiMessage::PitchBend { bend } => Some(bend.as_int()),
                _ => None,
            })
            .collect();
        // Full travel is two semitones.
        let bent = f32::from(bends[0]) / 8192.0 * 200.0;
        assert!(bends.len() == 1 && (bent - cents).abs() < 10.0, "{cents}: {bends:?}");
    }
}

#[test]
fn one_hit_is_no_rhythm() {
    let samples: Vec<f32> =
        (0..22_050).map(|n| (n as f32 * 0.05).sin() * (-(n as f32) / 3000.0).exp()).collect();
    let recording = Target::new(&[&samples], 44_100).unwrap();
    let refused = BeatSearch::new(&recording, BeatSettings::default()).err();
    assert_eq!(refused, Some(SketchError::FewHits { found: 1 }));
}

#[test]
fn clicks_that_are_shorter_than_any_sound_to_be_found_are_hits_too() {
    // 4 ms each, the last one at the end of the recording.
    let sample = |n: usize| match n % 11_025 {
        since if since < 180 => {
            if since.is_multiple_of(2) {
                0.3
            } else {
                -0.3
            }
        }
        _ => 0.0,
    };
    let samples: Vec<f32> = (0..7 * 11_025 + 180).map(sample).collect();
    let recording = Target::new(&[&samples], 44_100).unwrap();
    let search = BeatSearch::new(&recording, BeatSettings::default()).unwrap();
    assert_eq!(search.kinds().map(|(hits, _)| hits.len()).sum::<usize>(), 8);
}
