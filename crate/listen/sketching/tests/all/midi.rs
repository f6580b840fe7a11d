//! The MIDI file of a sketch as another program reads it: legato notes overlap, and a wide glide announces its
//! range. The first bend and cutoff of a note come before it, and a key is released before it is played again.

use midly::{MetaMessage, MidiMessage, Smf, TrackEventKind};
use sketching::{MidiTrack, SketchPerformance, SketchedNote, write_performance};

fn note(start_s: f32, end_s: f32, key: u8) -> SketchedNote {
    SketchedNote { start_s, end_s, key, velocity: 100 }
}

/// The messages of a file in their order, with their ticks.
fn messages(performance: &SketchPerformance) -> Vec<(u32, MidiMessage)> {
    let bytes = write_performance(performance, MidiTrack { name: "hum", bpm: 120.0 });
    let mut tick = 0;
    let message = |event: &midly::TrackEvent| {
        tick += event.delta.as_int();
        let TrackEventKind::Midi { message, .. } = event.kind else { return None };
        Some((tick, message))
    };
    Smf::parse(&bytes).unwrap().tracks[0].iter().filter_map(message).collect()
}

#[test]
fn a_note_after_a_silence_begins_with_its_bend_and_cutoff() {
    for lead_s in [0.0, 0.305, 0.307, 0.3125] {
        let performance = SketchPerformance {
            notes: vec![note(0.0, 0.1, 60), note(0.1, 0.2, 60)],
            bend_cents: [[40.0; 10], [-60.0; 10]].concat(),
            cutoff: [[40; 10], [50; 10]].concat(),
            length_s: 0.2,
        };
        let messages = messages(&performance.later(lead_s));
        let at = |is: &dyn Fn(&MidiMessage) -> bool| {
            let places = messages.iter().enumerate().filter(|(_, (_, message))| is(message));
            places.map(|(place, _)| place).collect::<Vec<usize>>()
        };
        let presses = at(&|message| matches!(message, MidiMessage::NoteOn { .. }));
        let bends = at(&|message| matches!(message, MidiMessage::PitchBend { .. }));
        let cutoffs =
            at(&|message| matches!(message, MidiMessage::Controller { controller, .. } if *controller == 74));
        for moves in [bends, cutoffs] {
            assert_eq!(moves.len(), 2, "after {lead_s} s: {messages:?}");
            assert!(moves.iter().zip(&presses).all(|(moved, press)| moved < press), "{lead_s}: {messages:?}");
        }
    }
}

#[test]
fn a_key_that_is_played_again_at_once_is_released_before() {
    // Sums of hops of 10 ms differ in their last digits, and more so after a lead.
    let hop_s = 0.01_f32;
    let begin_s = 796.0 * hop_s;
    for (notes, lead_s) in [
        ([note(0.0, 0.199_999_97, 60), note(0.199_999_99, 0.5, 60)], 0.0),
        ([note(begin_s, begin_s + 10.0 * hop_s, 60), note(806.0 * hop_s, 9.0, 60)], 0.114_739_23),
    ] {
        let performance =
            SketchPerformance { notes: notes.to_vec(), length_s: 9.0, ..SketchPerformance::default() };
        let messages = messages(&performance.later(lead_s)).into_iter();
        let is_press = messages.filter_map(|(_, message)| match message {
            MidiMessage::NoteOn { .. } => Some(true),
            MidiMessage::NoteOff { .. } => Some(false),
            _ => None,
        });
        assert_eq!(is_press.collect::<Vec<bool>>(), [true, false, true, false], "after {lead_s} s");
    }
}

#[test]
fn notes_and_a_wide_glide_are_read_back() {
    let performance = SketchPerformance {
        notes: vec![note(0.0, 0.505, 60), note(0.5, 1.0, 62)],
        bend_cents: (0..100).map(|at| 5.0 * at as f32).collect(),
        cutoff: (0..100).map(|at| 40 + at / 50).collect(),
        length_s: 1.0,
    };
    let bytes = write_performance(&performance, MidiTrack { name: "hum", bpm: 120.0 });
    let file = Smf::parse(&bytes).unwrap();
    let (mut tick, mut presses, mut releases, mut bends, mut controllers) =
        (0, vec![], vec![], vec![], vec![]);
    for event in &file.tracks[0] {
        tick += event.delta.as_int();
        let TrackEventKind::Midi { message, .. } = event.kind else { continue };
        match message {
            MidiMessage::NoteOn { key, .. } => presses.push((tick, key.as_int())),
            MidiMessage::NoteOff { key, .. } => releases.push((tick, key.as_int())),
            MidiMessage::PitchBend { bend } => bends.push(bend.as_int()),
            MidiMessage::Controller { controller, value } => {
                controllers.push((controller.as_int(), value.as_int()))
            }
            _ => {}
        }
    }
    // 120 beats a minute of 960 ticks.
    assert_eq!(presses, [(0, 60), (960, 62)]);
    assert_eq!(releases, [(970, 60), (1920, 62)]);
    assert_eq!(controllers, [(101, 0), (100, 0), (6, 12), (38, 0), (74, 40), (74, 41)]);
    assert!(bends.len() == 99 && bends.is_sorted(), "{bends:?}");
    // 495 cents of a range of 1,200.
    assert_eq!(bends.last().copied(), Some(3379));
    assert_eq!(tick, 1920);
}

#[test]
fn a_file_states_its_tempo_which_moves_no_note() {
    let performance = SketchPerformance {
        notes: vec![note(0.0, 0.5, 60), note(0.5, 1.0, 62)],
        bend_cents: vec![0.0; 100],
        cutoff: vec![40; 100],
        length_s: 1.0,
    };
    for bpm in [60.0, 96.0, 240.0] {
        let bytes = write_performance(&performance, MidiTrack { name: "hum", bpm });
        let file = Smf::parse(&bytes).unwrap();
        let (mut ticks, mut beat_s, mut starts_s) = (0, 0.0, Vec::new());
        for event in &file.tracks[0] {
            ticks += event.delta.as_int();
            match event.kind {
                TrackEventKind::Meta(MetaMessage::Tempo(beat_us)) => {
                    beat_s = f64::from(beat_us.as_int()) / 1e6
                }
                TrackEventKind::Midi { message: MidiMessage::NoteOn { .. }, .. } => {
                    starts_s.push(f64::from(ticks) / 960.0 * beat_s);
                }
                _ => {}
            }
        }
        assert!((60.0 / beat_s - f64::from(bpm)).abs() < 0.01, "{bpm}: {beat_s} s");
        assert!(
            starts_s.len() == 2 && starts_s[0] < 1e-3 && (starts_s[1] - 0.5).abs() < 1e-3,
            "{bpm}: {starts_s:?}"
        );
    }
}
