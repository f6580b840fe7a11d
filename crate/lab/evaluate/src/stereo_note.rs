//! The sound of a note in both channels, as a person hears it and as a file has it; `matching::render` mixes them.

use features::test_note::SAMPLE_RATE_HZ;
use matching::TargetNote;
use patch::Patch;
use voice::MAX_BLOCK;
use voice::render::{Event, EventKind, render};

/// amSynth bends by two semitones at the full travel of 8,192.
const BEND_PER_CENT: f32 = 8192.0 / 200.0;

/// A patch and the note that it plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedPatch {
    /// The patch.
    pub patch: Patch,
    /// The note.
    pub note: TargetNote,
}

/// The left and the right channel of a patch that plays a note, at 44.1 kHz.
pub fn render_stereo(patch: &Patch, note: &TargetNote) -> [Vec<f32>; 2] {
    let key = note.key;
    let bend = (note.bend_cents * BEND_PER_CENT).round() as i16;
    // As in a search: a release falls at the beginning of a block.
    let released = (note.held_s * SAMPLE_RATE_HZ as f32) as usize / MAX_BLOCK * MAX_BLOCK;
    let events = [
        Event { frame: 0, kind: EventKind::PitchBend(bend) },
        Event { frame: 0, kind: EventKind::NoteOn { key, velocity: note.velocity } },
        Event { frame: released.max(MAX_BLOCK), kind: EventKind::NoteOff { key } },
    ];
    render(patch, &events, SAMPLE_RATE_HZ as f32, MAX_BLOCK, note.frames())
}

/// The mean of both channels.
pub fn mean_channel([left, right]: &[Vec<f32>; 2]) -> Vec<f32> {
    left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;

    #[test]
    fn its_mean_is_the_sound_by_which_a_search_judges() {
        let mut patch = Patch::default();
        patch.set(Parameter::ReverbWet, 0.5);
        patch.set(Parameter::AmpRelease, 0.6);
        for (bend_cents, held_s) in [(0.0, 0.3), (-37.0, 0.0), (12.5, 0.7001)] {
            let note = TargetNote { key: 50, bend_cents, velocity: 71, held_s, length_s: 1.2 };
            let stereo = render_stereo(&patch, &note);
            assert_ne!(stereo[0], stereo[1], "a reverb is wide");
            assert_eq!(mean_channel(&stereo), matching::render(&patch, &note));
        }
    }
}
