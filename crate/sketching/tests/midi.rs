//! The MIDI file of a sketch as another program reads it: legato notes overlap, and a wide glide announces its range.

use midly::{MidiMessage, Smf, TrackEventKind};
use sketching::{SketchPerformance, SketchedNote, write_performance};

#[test]
fn notes_and_a_wide_glide_are_read_back() {
    let note = |start_s, end_s, key| SketchedNote { start_s, end_s, key, velocity: 100 };
    let performance = SketchPerformance {
        notes: vec![note(0.0, 0.505, 60), note(0.5, 1.0, 62)],
        bend_cents: (0..100).map(|at| 5.0 * at as f32).collect(),
        cutoff: (0..100).map(|at| 40 + at / 50).collect(),
        length_s: 1.0,
    };
    let bytes = write_performance(&performance, "hum");
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
